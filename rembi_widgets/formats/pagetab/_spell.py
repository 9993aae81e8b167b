"""The two spellings of a PageTab document.

Source: the server's TSV grammar (blocks between blank lines; type, accno and parent's accno in a block's first line;
``(x)`` qualifies the name and ``[x]`` the value above, ``<x>`` names a section) and its JSON form.
"""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from rembi_widgets.formats.pagetab._parts import Attribute, File, Link, Section, Submission

QUOTED = ("\n", "\t", '"', "\r")
"""What puts a cell of the TSV in quotes."""


def tsv(submission: Submission) -> Iterator[str]:
    """Give the lines of the TSV."""
    yield from _block(["Submission", submission.accno or ""], submission.attributes)
    yield from _section(submission.section, "", _Accnos(submission.section))


class _Accnos:
    """Accnos for sections that have none and need one, because a subsection names them."""

    def __init__(self, root: Section) -> None:
        self.taken = {one.accno for one in root.all() if one.accno}

    def of(self, section: Section) -> str:
        """Give the accno of a section; empty for one that needs none."""
        if section.accno or not section.sections:
            return section.accno or ""
        count = 1
        while f"{section.kind}-p{count}" in self.taken:
            count += 1
        self.taken.add(f"{section.kind}-p{count}")
        return f"{section.kind}-p{count}"


def _section(section: Section, parent: str, accnos: _Accnos, *, root: bool = True) -> Iterator[str]:
    yield "\n"
    accno = section.accno or "" if root else accnos.of(section)
    yield from _block([section.kind, accno, parent], section.attributes)
    for link in section.links:  # right below its section: a link belongs to the section block above it
        yield "\n"
        yield from _block(["Link", link.url], link.attributes)
    for file in section.files:
        yield "\n"
        yield from _block(["File", file.path], file.attributes)
    above = "" if root else accno  # a child of the root names no parent
    for child in section.sections:
        if isinstance(child, list):
            yield from _rows(child, above, accnos)
        else:
            yield from _section(child, above, accnos, root=False)


def _rows(rows: Sequence[Section], parent: str, accnos: _Accnos) -> Iterator[str]:
    """Give the rows of a table: as one where a table can hold them, else a block each."""
    columns = [_columns(row) for row in rows]
    simple = not any(row.sections or row.links or row.files or row.kind != rows[0].kind for row in rows)
    if not simple or any(one is None for one in columns):
        for row in rows:
            yield from _section(row, parent, accnos, root=False)
        return
    header = list(dict.fromkeys(name for one in columns if one for name in one))
    yield "\n"
    yield _line(f"{rows[0].kind}[{parent}]", *(name for name, _ in header))
    for row, held in zip(rows, columns, strict=True):
        yield _line(row.accno or "", *((held or {}).get(column) or "" for column in header))


def _columns(row: Section) -> dict[tuple[str, str], str] | None:
    """Give the cells of a row by header and by the column that it qualifies; ``None`` where a name stands twice."""
    cells: dict[tuple[str, str], str] = {}
    for one in row.attributes:
        if one.names or one.qualifiers or (_name(one), "") in cells or not one.value:
            return None
        cells[_name(one), ""] = one.value
    return cells or None


def _name(one: Attribute) -> str:
    return f"<{one.name}>" if one.reference else one.name


def _block(head: list[str], attributes: Iterable[Attribute]) -> Iterator[str]:
    while not head[-1]:
        head.pop()
    yield _line(*head)
    for one in attributes:
        yield _line(_name(one), one.value or "")
        for name, value in one.names:
            yield _line(f"({name})", value or "")
        for name, value in one.qualifiers:
            yield _line(f"[{name}]", value or "")


def _line(*cells: str) -> str:
    return "\t".join(map(_cell, cells)) + "\n"


def _cell(text: str) -> str:
    return '"' + text.replace('"', '""') + '"' if any(mark in text for mark in QUOTED) else text


def as_json(submission: Submission) -> str:
    """Give the JSON."""
    whole = {
        **({"accno": submission.accno} if submission.accno else {}),
        "attributes": [attribute(one) for one in submission.attributes],
        "section": node(submission.section),
        "type": "submission",
    }
    return json.dumps(whole, ensure_ascii=False, indent=2) + "\n"


def attribute(one: Attribute) -> dict[str, Any]:
    """Give an attribute as JSON."""
    said: dict[str, Any] = {"name": one.name, **({} if one.value is None else {"value": one.value})}
    if one.reference:
        said["reference"] = True
    for key, pairs in (("nmqual", one.names), ("valqual", one.qualifiers)):
        if pairs:
            said[key] = [{"name": name, **({} if value is None else {"value": value})} for name, value in pairs]
    return said


def link(one: Link) -> dict[str, Any]:
    """Give a link as JSON."""
    return {"url": one.url, "attributes": [attribute(it) for it in one.attributes]}


def file(one: File) -> dict[str, Any]:
    """Give a file as JSON."""
    size = {} if one.size is None else {"size": one.size}
    return {"path": one.path, **size, "attributes": [attribute(it) for it in one.attributes], "type": one.kind}


def node(section: Section) -> dict[str, Any]:
    """Give a section as JSON."""
    said: dict[str, Any] = {"accno": section.accno} if section.accno else {}
    said |= {"type": section.kind, "attributes": [attribute(one) for one in section.attributes]}
    if section.links:
        said["links"] = [link(one) for one in section.links]
    if section.files:
        said["files"] = [file(one) for one in section.files]
    if section.sections:
        said["subsections"] = [
            [node(row) for row in child] if isinstance(child, list) else node(child) for child in section.sections
        ]
    return said
