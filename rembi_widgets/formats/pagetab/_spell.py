"""The two spellings of a PageTab document.

Source: the server's TSV grammar (blocks between blank lines; type, accno and parent's accno in a block's first line;
``[x]`` qualifies the value above, ``<x>`` names a section) and its JSON form.
"""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from rembi_widgets.formats.pagetab._parts import Attribute, Section, Submission

QUOTED = ("\n", "\t", '"')
"""What puts a cell of the TSV in quotes."""


def tsv(submission: Submission) -> Iterator[str]:
    """Give the lines of the TSV."""
    yield from _block(["Submission", submission.accno or ""], submission.attributes)
    yield from _section(submission.section, None)


def _section(section: Section, parent: str | None) -> Iterator[str]:
    yield "\n"
    yield from _block([section.kind, section.accno or "", parent or ""], section.attributes)
    for link in section.links:  # right below its section: a link belongs to the section block above it
        yield "\n"
        yield from _block(["Link", link.url], link.attributes)
    for child in section.sections:
        # a child of the root names no parent
        yield from _section(child, None if section.kind == "Study" else section.accno)


def _block(head: list[str], attributes: Iterable[Attribute]) -> Iterator[str]:
    while not head[-1]:
        head.pop()
    yield _line(*head)
    for one in attributes:
        yield _line(f"<{one.name}>" if one.reference else one.name, one.value)
        for name, value in one.qualifiers:
            yield _line(f"[{name}]", value)


def _line(*cells: str) -> str:
    return "\t".join(map(_cell, cells)) + "\n"


def _cell(text: str) -> str:
    return '"' + text.replace('"', '""') + '"' if any(mark in text for mark in QUOTED) else text


def as_json(submission: Submission) -> str:
    """Give the JSON."""
    whole = {
        **({"accno": submission.accno} if submission.accno else {}),
        "attributes": [_attribute(one) for one in submission.attributes],
        "section": _node(submission.section),
        "type": "submission",
    }
    return json.dumps(whole, ensure_ascii=False, indent=2) + "\n"


def _attribute(one: Attribute) -> dict[str, Any]:
    said: dict[str, Any] = {"name": one.name, "value": one.value}
    if one.reference:
        said["reference"] = True
    if one.qualifiers:
        said["valqual"] = [{"name": name, "value": value} for name, value in one.qualifiers]
    return said


def _node(section: Section) -> dict[str, Any]:
    said: dict[str, Any] = {"accno": section.accno} if section.accno else {}
    said |= {"type": section.kind, "attributes": [_attribute(one) for one in section.attributes]}
    if section.links:
        links = [{"url": one.url, "attributes": [_attribute(it) for it in one.attributes]} for one in section.links]
        said["links"] = links
    if section.sections:
        said["subsections"] = [_node(child) for child in section.sections]
    return said
