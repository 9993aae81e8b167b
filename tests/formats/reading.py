"""A reader of ISA-Tab for tests: nothing but the csv module, and nothing from the writer."""

from __future__ import annotations

import csv
import re
from dataclasses import dataclass
from pathlib import Path

NODES = {"Source Name", "Sample Name", "Protocol REF", "Image File", "Derived Data File"}
BESIDE = {"Unit", "Term Source REF", "Term Accession Number"}


@dataclass
class Tables:
    """A set: sections of the investigation as label to values, tables as rows of nodes."""

    sections: dict[str, dict[str, list[str]]]
    study: list[list[dict[str, str]]]
    assays: dict[str, list[list[dict[str, str]]]]
    headers: dict[str, list[str]]

    def column(self, section: str, identity: str, module: str | None = None) -> dict[str, str]:
        """The column of a section that bears an id."""
        rows = self.sections[section]
        modules = rows.get("Comment[REMBI Module]", [None] * len(rows["Comment[REMBI ID]"]))
        for place, (found, of) in enumerate(zip(rows["Comment[REMBI ID]"], modules, strict=True)):
            if found == identity and module in {None, of}:
                return {label: values[place] for label, values in rows.items()}
        raise AssertionError((section, identity))


def cells(path: Path) -> list[list[str]]:
    with path.open(newline="", encoding="utf-8") as stream:
        return list(csv.reader(stream, delimiter="\t"))


def read(folder: Path) -> Tables:
    """Read a set; rows must be as long as their headers, and values of a section as many as the section's."""
    sections: dict[str, dict[str, list[str]]] = {}
    current: dict[str, list[str]] = {}
    for line in cells(folder / "i_investigation.txt"):
        if len(line) == 1:
            current = sections.setdefault(line[0], {})
        else:
            assert line[0] not in current, line[0]
            current[line[0]] = line[1:]
    for name, rows in sections.items():
        assert len({len(values) for values in rows.values()}) == 1, name
    found = {path.name: cells(path) for path in sorted(folder.glob("[sa]_*.txt"))}
    tables = {name: nodes(lines) for name, lines in found.items()}
    study = sections["STUDY"]["Study File Name"][0]
    named = [name for name in sections["STUDY ASSAYS"]["Study Assay File Name"] if name]
    assert set(tables) == {study, *named}
    headers = {name: lines[0] for name, lines in found.items()}
    return Tables(sections, tables[study], {name: tables[name] for name in named}, headers)


def nodes(lines: list[list[str]]) -> list[list[dict[str, str]]]:
    """Rows as nodes; what stands beside a column gets that column's name before it."""
    header, rows = lines[0], []
    for line in lines[1:]:
        assert len(line) == len(header)
        row: list[dict[str, str]] = []
        main = owner = ""
        for name, cell in zip(header, line, strict=True):
            if name in NODES:
                row.append({})
            if name in BESIDE:
                owner = main + " Unit" if main + " Unit" in row[-1] and name != "Unit" else main
                row[-1][f"{owner} {name}"] = cell
            else:
                main = name
                assert name not in row[-1], (name, header)
                row[-1][name] = cell
        rows.append(row)
    return rows


def split(cell: str) -> list[str]:
    """Several values of one cell."""
    parts, current, escaped = [], "", False
    for letter in cell:
        if escaped or letter not in "\\;":
            current, escaped = current + letter, False
        elif letter == "\\":
            escaped = True
        else:
            parts.append(current)
            current = ""
    return [*parts, current]


def seen(text: str) -> str:
    """A text as a reader may see it: its outer blanks, control characters and traps are gone."""
    text = re.sub("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f]", " ", text)
    trapped = re.search(r"[\r\n]\s*(#|STUDY PROTOCOLS)", text)
    return " ".join(text.split()) if trapped else text.strip()


def same(found: str, wanted: str) -> bool:
    """Tell whether a cell holds a text."""
    wanted = seen(wanted)
    return found == wanted or " ".join(found.split()) == wanted
