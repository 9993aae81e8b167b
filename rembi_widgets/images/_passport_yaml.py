"""Our own microscope file, for those who have none: a short YAML, ``microscope:`` with its name on the first line.

Every value is read as the text that was written: YAML's own rules would make ``no`` a truth value. An alias is refused,
as a few lines of them can stand for gigabytes.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from rembi_widgets.images._imagerecord import Note
from rembi_widgets.images._passport import GROUPS, Passport, PassportError, PassportPart
from rembi_widgets.images._passport_values import Part, objective, text

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

LARGEST = 256 * 1024
"""Bytes; the example in the documentation has 2,000."""
MOST = 500
"""Parts of one kind."""
STAND = {
    "manufacturer": "manufacturer",
    "model": "model",
    "stand": "type",
    "serial": "serial",
    "description": "description",
    "software": "software",
}
"""Key of the file to the value of the stand."""
LENS = {
    name: (name,)
    for name in ("manufacturer", "model", "immersion", "correction", "magnification", "na", "refractive_index")
}
ROWS = {
    "light_sources": ("kind", "manufacturer", "model"),
    "detectors": ("kind", "manufacturer", "model"),
    "filters": ("kind", "model", "description"),
}
KNOWN = frozenset({"microscope", "id", "version", "quality_control", *STAND, *GROUPS})


def load(data: str, source: str) -> Any:
    """Read YAML as text, lists and mappings.

    Raises
    ------
    PassportError
        If it is too large, has aliases, or is no YAML.
    """
    import yaml

    if len(data) > LARGEST:
        raise PassportError("microscopes.too_large", name=source, most=f"{LARGEST // 1024} kB")

    class Plain(yaml.BaseLoader):
        """YAML without types and without aliases."""

        def compose_node(self, parent: Any, index: Any) -> Any:
            """Compose a node that is written out."""
            if self.check_event(yaml.AliasEvent):
                raise PassportError("microscopes.alias", name=source)
            return super().compose_node(parent, index)

    try:
        return Plain(data).get_single_data()
    except (yaml.YAMLError, RecursionError, ValueError, TypeError) as fault:
        raise PassportError("microscopes.no_yaml", name=source, place=_place(fault)) from None


def _place(fault: Exception) -> str:
    mark = getattr(fault, "problem_mark", None)
    return str(mark.line + 1) if mark is not None else "?"


def is_ours(data: object) -> bool:
    """Tell whether a document is a microscope of our own."""
    return isinstance(data, dict) and isinstance(data.get("microscope"), str)


def read_ours(data: Mapping[str, Any], source: str) -> Passport:
    """Read a microscope of our own; keys that are not known are told.

    Raises
    ------
    PassportError
        If it has no name, or too many parts.
    """
    name = text(data.get("microscope"))
    if name is None:
        raise PassportError("microscopes.no_name", name=source)
    notes = [Note("microscopes.note.unknown_key", {"found": str(key)[:80]}) for key in data if key not in KNOWN]
    stand = Part("", notes=notes)
    for key, value in STAND.items():
        stand.word(value, data, key)
    groups: dict[str, Any] = {group: tuple(_parts(data.get(group), group, source, notes)) for group in GROUPS}
    return Passport(
        name=name[:200],
        id=text(data.get("id")),
        format="rembi-microscope",
        model_version=text(data.get("version")),
        source=source,
        stand=stand.make(None, None),
        qc=text(data.get("quality_control")),
        warnings=tuple(notes),
        **groups,
    )


def _parts(found: object, group: str, source: str, notes: list[Note]) -> Iterator[PassportPart]:
    listed = found if isinstance(found, list) else [found] if found else []
    if len(listed) > MOST:
        raise PassportError("microscopes.too_many_parts", name=source, most=MOST)
    for index, held in enumerate(listed):
        part = Part(f"/{group}/{index}", notes=notes)
        if isinstance(held, dict):
            _read(part, held, group)
        else:
            part.drop("", held)
        if part.values:
            yield part.make(held.get("id"), held.get("name"))


def _read(part: Part, held: Mapping[str, Any], group: str) -> None:
    if group == "objectives":
        objective(part, held, LENS)
        part.length("working_distance", held, "working_distance", "", default="mm")
        return
    for name in ROWS[group]:
        part.word(name, held, name)
    if group == "light_sources":
        part.length("wavelength", held, "wavelength", "", default="nm")
