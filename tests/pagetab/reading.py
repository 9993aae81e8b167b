"""A reader of PageTab for tests, along the server's grammar: it refuses what the server does."""

from __future__ import annotations

import csv
import io
import json
import re
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

PATH = re.compile(r"^(?!\./)(?!.*/$)(?!.*\.\./)[0-9A-Za-z!\-_*'(). /]+$")
"""The server's own expression for a path."""


class RefusedError(Exception):
    """The server says no."""


def refuse(when: object, said: str) -> None:
    """Refuse for a reason."""
    if when:
        raise RefusedError(said)


@dataclass
class Part:
    """A section as both spellings tell it: its subsections in order, its attributes as given."""

    kind: str
    accno: str | None
    attributes: list[tuple[Any, ...]] = field(default_factory=list)
    links: list[tuple[Any, ...]] = field(default_factory=list)
    sections: list[Part] = field(default_factory=list)

    def values(self, name: str) -> list[str]:
        return [one[1] for one in self.attributes if one[0] == name]

    def value(self, name: str) -> str:
        found = self.values(name)
        assert len(found) == 1, (self.kind, name, found)
        return found[0]

    def qualified(self, name: str) -> list[dict[str, str]]:
        return [dict(one[3]) for one in self.attributes if one[0] == name]

    def all(self, kind: str) -> list[Part]:
        return [one for one in self.sections if one.kind == kind]


def blocks(text: str) -> list[list[list[str]]]:
    """The blocks of a TSV: rows between lines of blank cells, comments passed over."""
    found: list[list[list[str]]] = [[]]
    for row in csv.reader(io.StringIO(text, newline=""), delimiter="\t", strict=True):
        cells = [cell.strip() for cell in row]
        if not any(cells):
            found.append([])
        elif not cells[0].startswith("#"):
            found[-1].append(cells)
    return [block for block in found if block]


def attributes(rows: list[list[str]]) -> list[tuple[Any, ...]]:
    found: list[tuple[Any, ...]] = []
    for name, value in ([*row, ""][:2] for row in rows):
        refuse(not name, "an attribute needs a name")
        if name[0] + name[-1] in {"[]", "()"}:
            refuse(not found, "a qualifier needs a value above it")
            if name.startswith("["):
                found[-1][3].append((name[1:-1], value))
        elif name[0] + name[-1] == "<>":
            found.append((name[1:-1], value, True, []))
        else:
            found.append((name, value, False, []))
    return found


def read_tsv(text: str) -> Part:
    """Read a submission; the root is below a part of kind ``submission``."""
    head, *rest = blocks(text)
    refuse(head[0][0].casefold() != "submission", "the first block is the submission")
    whole = Part("submission", (head[0][1:] or [None])[0], attributes(head[1:]))
    refuse(not {one[0]: one[1] for one in whole.attributes}.get("ReleaseDate"), "the submission needs a ReleaseDate")
    known: dict[str, Part] = {}
    last = whole
    for block in rest:
        kind, accno, parent = [*block[0], "", ""][:3]
        if kind.casefold() == "link":
            last.links.append((accno, attributes(block[1:])))
            continue
        if kind.endswith("]"):
            table(block)
            continue
        part = Part(kind, accno or None, attributes(block[1:]))
        refuse(accno in known, f"accno {accno} stands twice")
        refuse(parent and parent not in known, f"no section {parent} above")
        home = known[parent] if parent else whole if last is whole else whole.sections[0]
        home.sections.append(part)
        last = part
        if accno:
            known[accno] = part
    return whole


def table(block: list[list[str]]) -> None:
    header, *rows = block
    refuse(not rows, "a table needs a row")
    refuse(not all(header), "a header cell is blank")
    refuse(any(len(row) > len(header) for row in rows), "a row is longer than its header")


def read_json(text: str) -> Part:
    said = json.loads(text)
    assert said["type"] == "submission"
    whole = Part("submission", said.get("accno"), _attributes(said["attributes"]))
    whole.sections = [_part(said["section"])]
    return whole


def _part(node: dict[str, Any]) -> Part:
    assert node.keys() <= {"accno", "type", "attributes", "links", "subsections", "files"}
    part = Part(node["type"], node.get("accno"), _attributes(node.get("attributes", [])))
    part.links = [(one["url"], _attributes(one.get("attributes", []))) for one in node.get("links", [])]
    part.sections = [_part(one) for one in node.get("subsections", []) if isinstance(one, dict)]
    return part


def _attributes(held: list[dict[str, Any]]) -> list[tuple[Any, ...]]:
    for one in held:
        assert one.keys() <= {"name", "value", "reference", "valqual"}
        assert isinstance(one.get("value", ""), str)
        refuse(not one["name"].strip(), "an attribute needs a name")
    return [
        (
            one["name"],
            one.get("value", ""),
            one.get("reference", False),
            [(it["name"], it["value"]) for it in one.get("valqual", [])],
        )
        for one in held
    ]


def read_list(data: bytes) -> list[dict[str, str]]:
    """Read a TSV file list: split at tabs, no quotes, rows as the server counts them."""
    header, *lines = [line.split("\t") for line in data.decode("utf-8").split("\n") if line.strip()]
    refuse(header[0] != "Files", "the first cell is Files")
    refuse(not all(cell.strip() for cell in header), "a header cell is blank")
    refuse(len(set(map(str.casefold, header))) < len(header), "a header stands twice")
    refuse(not lines, "a list needs a file")
    for number, row in enumerate(lines, 2):
        refuse(not row[0].strip(), f"row {number} has no path")
        refuse(len(row) > len(header), f"row {number} is longer than the header")
    return [dict(zip(header, row, strict=False)) for row in lines]


def read_list_json(data: bytes) -> list[dict[str, Any]]:
    return [
        {
            "Files": one["path"],
            **{it["name"]: it["value"] for it in one["attributes"]},
            "_": (one["type"], one.get("size")),
        }
        for one in json.loads(data)
    ]


@dataclass
class Sent:
    """A folder ready to upload: the submission, and its lists by name."""

    whole: Part
    lists: dict[str, list[dict[str, str]]]

    @property
    def study(self) -> Part:
        return self.whole.sections[0]


def read(folder: Path) -> Sent:
    """Read a folder; both spellings of everything must hold the same."""
    tsv = read_tsv((folder / "submission.tsv").read_bytes().decode("utf-8"))
    assert read_json((folder / "submission.json").read_text(encoding="utf-8")) == tsv
    named = [value for part in parts(tsv) for value in part.values("File List")]
    lists = {}
    for name in named:
        lists[name] = read_list((folder / name).read_bytes())
        twin = read_list_json((folder / name).with_suffix(".json").read_bytes())
        held = [{key: value for key, value in row.items() if key != "_"} for row in twin]
        assert held == [{key: value for key, value in row.items() if value} for row in lists[name]]
    on_disk = {path.name for path in folder.glob("file_list*")}
    assert on_disk == {name for one in named for name in (one, one.removesuffix(".tsv") + ".json")}
    return Sent(tsv, lists)


def parts(part: Part) -> list[Part]:
    return [part, *(below for one in part.sections for below in parts(one))]
