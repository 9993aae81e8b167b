"""A PageTab document as plain JSON, whoever wrote it: its sections with their attributes, one after the other."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from rembi_widgets.record import Finding

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping


@dataclass(frozen=True)
class Part:
    """A section.

    Attributes
    ----------
    kind
        Its type, in lower case.
    where
        Its accno, or its type and number: what a finding's path begins with.
    links
        Its links, the address of each as its accno.
    below
        Sections below it.
    """

    kind: str
    accno: str
    where: str
    attributes: tuple[Mapping[str, Any], ...]
    links: tuple[Part, ...] = ()
    below: tuple[Part, ...] = field(default=(), repr=False)

    def values(self, name: str, *, exact: bool = False) -> list[str]:
        """Give what stands under a name, without blanks; the case of a name does not count unless it must."""
        wanted = name if exact else name.casefold()
        held = ((str(one.get("name") or ""), one.get("value")) for one in self.attributes)
        found = (str(value) for key, value in held if (key if exact else key.casefold()) == wanted and value)
        return [value for value in found if value.strip()]

    def value(self, name: str, *, exact: bool = False) -> str:
        """Give the first value under a name, empty if there is none."""
        return next(iter(self.values(name, exact=exact)), "")

    def all(self, *kinds: str) -> Iterator[Part]:
        """Give the sections of some types, at any depth, itself among them."""
        if self.kind in kinds:
            yield self
        for one in self.below:
            yield from one.all(*kinds)

    def every(self) -> Iterator[Part]:
        """Give all sections, itself first."""
        yield self
        for one in self.below:
            yield from one.every()


@dataclass(frozen=True)
class Document:
    """A submission: what stands at its top, and its root section."""

    accno: str
    top: Part
    root: Part

    @property
    def template(self) -> str:
        """Give the name of the template, empty if it names none."""
        return self.top.value("Template")

    def either(self, name: str) -> str:
        """Give a value of the submission, else of the study: records have some in either place."""
        return self.top.value(name) or self.root.value(name)


def document(tree: Any) -> Document | None:
    """Read the JSON form; ``None`` if it is none."""
    if not isinstance(tree, dict) or not isinstance(tree.get("section"), dict):
        return None
    accno = str(tree.get("accno") or "")
    top = Part("submission", accno, "submission", _dicts(tree.get("attributes")))
    return Document(accno, top, _part(tree["section"], {}))


def _part(node: Mapping[str, Any], counts: dict[str, int]) -> Part:
    kind = str(node.get("type") or "").strip()
    accno = str(node.get("accno") or "").strip()
    counts[kind] = counts.get(kind, 0) + 1
    where = accno or f"{kind}-{counts[kind]}"
    below = tuple(_part(one, counts) for one in _dicts(node.get("subsections")))
    where = where.replace("/", "_")
    links = tuple(
        Part("link", str(one.get("url") or "").strip(), where, _dicts(one.get("attributes")))
        for one in _dicts(node.get("links"))
    )
    return Part(kind.casefold(), accno, where, _dicts(node.get("attributes")), links, below)


def _dicts(value: Any) -> tuple[dict[str, Any], ...]:
    """Give the mappings of a list; an array within it is a table, its rows are as good as others."""
    found: list[dict[str, Any]] = []
    for one in value if isinstance(value, list) else ():
        found += [row for row in (one if isinstance(one, list) else [one]) if isinstance(row, dict)]
    return tuple(found)


def said(level: Any, code: str, part: Part, name: str = "", *, found: str = "", **values: Any) -> Finding:
    """Make a finding of a section, at an attribute if it is of one."""
    path = f"/{part.where}/{name}" if name else f"/{part.where}"
    told = {"where": part.where, "name": name, "found": found, **values}
    return Finding(level=level, code=f"simulation_{code}", path=path, values=told, found=found or None)
