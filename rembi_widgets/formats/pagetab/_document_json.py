"""PageTab in JSON: sections, attributes, links and files, each with its pointer."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

from rembi_widgets.errors import RembiError
from rembi_widgets.formats.pagetab._parts import Attribute, File, Link, Section, Submission

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from rembi_widgets.formats.pagetab._document import Source
    from rembi_widgets.formats.pagetab._parts import Pairs

DEEPEST = 60
"""Levels of sections that are read: real records have four."""


def loaded(text: str, file: str) -> Any:
    """Give what a JSON says.

    Raises
    ------
    RembiError
        If it is no JSON, with line and column.
    """
    try:
        return json.loads(text)
    except json.JSONDecodeError as error:
        raise RembiError("pagetab.no_json", path=file, line=error.lineno, column=error.colno) from error
    except RecursionError as error:
        raise RembiError("pagetab.too_deep", path=file) from error


def read_text(text: str, held: Source) -> Submission:
    """Read a submission.

    Raises
    ------
    RembiError
        If it is no JSON, or has no section.
    """
    said = loaded(text, held.file)
    if not isinstance(said, dict) or not isinstance(said.get("section"), dict):
        raise RembiError("pagetab.no_section", path=held.file)
    reading = _Reading(held)
    attributes = reading.attributes(said, "")
    accno = reading.text(said.get("accno", said.get("accNo")), "/accno")
    return Submission(accno, attributes, reading.section(said["section"], "/section", 0), "/")


class _Reading:
    """What one JSON says; what is not as the server wants it is told and passed over."""

    def __init__(self, held: Source) -> None:
        self.held = held

    def text(self, value: Any, at: str) -> str | None:
        """Give a value as text; a blank one is none."""
        if value is None:
            return None
        if isinstance(value, dict | list):
            self.held.tell("error", "not_text", at, found=json.dumps(value)[:60])
            return None
        if not isinstance(value, str):
            said = json.dumps(value)
            self.held.tell("warning", "number_for_text", at, found=said)
            return said
        return value

    def _each(self, node: dict[str, Any], key: str, at: str) -> Iterator[tuple[Any, str]]:
        """Give the parts of a list, those of its inner lists too."""
        for one, where in self._list(node, key, at):
            if isinstance(one, list):
                if not one:
                    self.held.tell("error", "empty_table", where)
                yield from ((row, f"{where}/{place}") for place, row in enumerate(one))
            else:
                yield one, where

    def _list(self, node: dict[str, Any], key: str, at: str) -> Iterator[tuple[Any, str]]:
        said = node.get(key)
        if said is None:
            return
        if not isinstance(said, list):
            self.held.tell("error", "not_a_list", f"{at}/{key}", name=key)
            return
        yield from ((one, f"{at}/{key}/{place}") for place, one in enumerate(said))

    def _objects(self, node: dict[str, Any], key: str, at: str) -> Iterator[tuple[dict[str, Any], str]]:
        for one, where in self._each(node, key, at):
            if isinstance(one, dict):
                yield one, where
            else:
                self.held.tell("error", "not_an_object", where, found=json.dumps(one)[:60])

    def attributes(self, node: dict[str, Any], at: str) -> list[Attribute]:
        """Read the attributes of something."""
        found = []
        for one, where in self._objects(node, "attributes", at):
            name = (self.text(one.get("name"), f"{where}/name") or "").strip()
            if not name:
                self.held.tell("error", "attribute_without_name", where, found=str(one.get("value") or "")[:60])
                continue
            reference = any(one.get(key) is True or one.get(key) == "true" for key in ("reference", "isReference"))
            value = self.text(one.get("value"), f"{where}/value")
            found.append(
                Attribute(
                    name, value, self._pairs(one, "valqual", where), reference, self._pairs(one, "nmqual", where), where
                )
            )
        return found

    def _pairs(self, node: dict[str, Any], key: str, at: str) -> Pairs:
        spelled = next((name for name in node if name.casefold() == key), key)
        found = []
        for one, where in self._objects(node, spelled, at):
            name = self.text(one.get("name"), f"{where}/name")
            if not name:
                self.held.tell("error", "attribute_without_name", where, found=str(one.get("value") or "")[:60])
                continue
            found.append((name, self.text(one.get("value"), f"{where}/value")))
        return tuple(found)

    def section(self, node: dict[str, Any], at: str, depth: int) -> Section:
        """Read a section and all below it."""
        if depth > DEEPEST:
            raise RembiError("pagetab.too_deep", path=self.held.file)
        kind = self.text(node.get("type"), f"{at}/type") or ""
        if not kind:
            self.held.tell("error", "section_without_type", at)
        accno = self.text(node.get("accno", node.get("accNo")), f"{at}/accno")
        section = Section(kind or "Section", accno, self.attributes(node, at), at=at)
        section.links = [link for one, where in self._objects(node, "links", at) if (link := self._link(one, where))]
        section.files = [file for one, where in self._objects(node, "files", at) if (file := self.file(one, where))]
        section.sections = list(self._below(node, at, depth))
        return section

    def _below(self, node: dict[str, Any], at: str, depth: int) -> Iterator[Section | list[Section]]:
        key = "sections" if "sections" in node and "subsections" not in node else "subsections"
        for one, where in self._list(node, key, at):
            if isinstance(one, dict):
                yield self.section(one, where, depth + 1)
            elif isinstance(one, list) and one:
                rows = [(row, f"{where}/{place}") for place, row in enumerate(one) if isinstance(row, dict)]
                yield [self.section(row, place, depth + 1) for row, place in rows]
            else:
                code = "empty_table" if one == [] else "not_an_object"
                self.held.tell("error", code, where, found=json.dumps(one)[:60])

    def _link(self, node: dict[str, Any], at: str) -> Link | None:
        url = (self.text(node.get("url"), f"{at}/url") or "").strip()
        if not url:
            self.held.tell("error", "link_without_url", at)
            return None
        return Link(url, tuple(self.attributes(node, at)), at)

    def file(self, node: dict[str, Any], at: str) -> File | None:
        """Read a file of a section or of a list."""
        path = self.text(node.get("path", node.get("filePath")), f"{at}/path")
        if not path or not path.strip():
            self.held.tell("error", "blank_path", at)
            return None
        size = node.get("size")
        if isinstance(size, str) and size.isdigit():
            size = int(size)
        kind = "directory" if node.get("type") == "directory" else "file"
        known = size if isinstance(size, int) and not isinstance(size, bool) else None
        return File(path, tuple(self.attributes(node, at)), known, kind, at)


def section_of(node: dict[str, Any], held: Source) -> Section:
    """Read one section."""
    return _Reading(held).section(node, "", 0)


def file_reader(held: Source) -> Callable[[dict[str, Any], str], File | None]:
    """Give what reads one file of a list in JSON."""
    return _Reading(held).file
