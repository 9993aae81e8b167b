"""A document of ISA-Tab as ISA-JSON, without what the ISA-Tab says passing through anything else."""

from __future__ import annotations

import json
from itertools import chain
from pathlib import PurePosixPath
from typing import TYPE_CHECKING, Any

from rembi_widgets.formats.isajson import _labels as labels
from rembi_widgets.formats.isajson._annotation import Names, comment
from rembi_widgets.formats.isajson._scope import Declared, Scope
from rembi_widgets.formats.isajson._sections import entries, made
from rembi_widgets.formats.isajson._table import Lazily, TableJson
from rembi_widgets.record import Finding

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from rembi_widgets.formats.isajson._annotation import Json
    from rembi_widgets.formats.isatab._document import Document, Investigation, Section, Study, Table
    from rembi_widgets.record import Level


def told(level: Level, code: str, path: str, **values: Any) -> Finding:
    """Make a finding about a place of a file."""
    said = {"file": path.split(":", 1)[0], **values}
    return Finding(level=level, code=f"isajson.{code}", path=path, values=said, found=values.get("found"))


class Mapped:
    """An investigation as ISA-JSON.

    Attributes
    ----------
    data
        The object.
    findings
        What it does not hold as it was.
    """

    def __init__(self, document: Document, one: Investigation) -> None:
        self.findings: list[Finding] = []
        self._names = Names()
        self._document = document
        self.data = self._investigation(one)
        self.findings += [told("warning", "stray", f"{one.file.name}:{row.line}:1", line=row.line) for row in one.stray]

    def _list(self, section: Section, spec: labels.Spec) -> list[Json]:
        return [made(entry, spec, self._names) for entry in entries(section)]

    def _head(self, section: Section, spec: labels.Spec) -> Json:
        [entry] = entries(section, one=True)
        return made(entry, spec, self._names)

    def _investigation(self, one: Investigation) -> Json:
        found: Json = {"@id": "#investigation/1", "filename": PurePosixPath(one.file.name).name}
        found |= self._head(one.section("INVESTIGATION"), labels.INVESTIGATION)
        for heading, key, spec in labels.ABOVE:
            found[key] = self._list(one.section(heading), spec)
        found["studies"] = [self._study(study, number) for number, study in enumerate(one.studies, 1)]
        self._declare_sources(found["ontologySourceReferences"])
        for heading in one.sections.keys() - {"INVESTIGATION", *(row[0] for row in labels.ABOVE)}:
            line = one.sections[heading].line
            self.findings.append(told("warning", "section", f"{one.file.name}:{line}:1", line=line, found=heading))
        return found

    def _declare_sources(self, declared: list[Json]) -> None:
        known = {one["name"] for one in declared}
        for name in sorted(self._names.sources - known):
            said = {"name": name, "file": "", "version": "", "description": ""}
            declared.append({**said, "comments": [comment(labels.MADE, "Term Source")]})

    def _study(self, study: Study, number: int) -> Json:
        found: Json = {"@id": f"#study/{number}", **self._head(study.section("STUDY"), labels.STUDY)}
        for heading, key, spec in labels.BELOW:
            found[key] = self._list(study.section(heading), spec)
        declared = Declared(found["protocols"], found["factors"], self._names)
        scope = Scope(declared, is_study=True)
        table = self._table(study.table, scope)
        derived, samples = table.sources_of_samples(), table.lists["samples"]
        found["materials"] = {key: table.lists[key] for key in ("sources", "samples", "otherMaterials")}
        found["materials"]["samples"] = Lazily(len(samples), lambda: _derived(samples, derived))
        found["processSequence"] = table.processes
        tables = [table]
        for place, assay in enumerate(found["assays"]):
            tables.append(self._assay(assay, study.assays[place] if place < len(study.assays) else None, declared))
        _use_all(tables, declared)
        return found | _own(scope)

    def _assay(self, assay: Json, table: Table | None, declared: Declared) -> TableJson:
        scope = Scope(declared, is_study=False)
        found = self._table(table, scope)
        assay["@id"] = self._names.fresh("assay")
        samples, own = dict.fromkeys(found.used_samples), found.lists["samples"]
        assay["materials"] = {
            "samples": Lazily(len(samples) + len(own), lambda: chain(({"@id": one} for one in samples), own)),
            "otherMaterials": found.lists["otherMaterials"],
        }
        assay["dataFiles"] = found.lists["dataFiles"]
        assay["processSequence"] = found.processes
        assay.update(_own(scope))
        return found

    def _table(self, table: Table | None, scope: Scope) -> TableJson:
        found = TableJson(table, scope)
        if table is not None:
            if found.lost:
                self.findings.append(told("info", "rows_once", table.name, n=found.lost))
            lines = table.file
            notes = sum(1 for row in range(len(lines.rows)) if lines.rows[row] and lines.is_comment(row))
            if notes:
                self.findings.append(told("info", "notes", table.name, n=notes))
        return found


def _own(scope: Scope) -> Json:
    return {"characteristicCategories": list(scope.categories.values()), "unitCategories": list(scope.units.values())}


def _derived(samples: Iterable[Json], derived: Mapping[str, Iterable[str]]) -> Iterator[Json]:
    for sample in samples:
        yield {**sample, "derivesFrom": [{"@id": source} for source in derived.get(sample["@id"], ())]}


def _use_all(tables: Iterable[TableJson], declared: Declared) -> None:
    """Give an empty value to each parameter that is declared and never used: isatools warns of it.

    All processes of the first table that has such a protocol get one: isatools wants them alike.
    """
    lacking: dict[str, list[str]] = {}
    for protocol in declared.protocols:
        unused = [one["@id"] for one in protocol["parameters"] if one["@id"] not in declared.used]
        if unused:
            lacking[protocol["@id"]] = unused
    for table in tables:
        for name in table.protocols.intersection(lacking):
            table.unused[name] = lacking.pop(name)


def lines(data: Json) -> Iterator[str]:
    """Give the text of an object piece by piece: each thing of a list on a line of its own."""
    yield from _pieces(data, 0)
    yield "\n"


_LONG = frozenset(
    [
        "studies",
        "assays",
        "materials",
        "sources",
        "samples",
        "otherMaterials",
        "dataFiles",
        "processSequence",
        "protocols",
        "factors",
        "people",
        "publications",
        "ontologySourceReferences",
        "characteristicCategories",
        "unitCategories",
        "comments",
    ]
)


def _pieces(data: Any, depth: int) -> Iterator[str]:
    edge = "\n" + " " * depth
    if isinstance(data, dict):
        yield "{"
        for number, (key, value) in enumerate(data.items()):
            yield f"{',' if number else ''}{edge} {json.dumps(key)}: "
            if key in _LONG and value:
                yield from _pieces(value, depth + 1)
            else:
                yield "[]" if isinstance(value, Lazily) else json.dumps(value)
        yield edge + "}"
        return
    yield "["
    for number, item in enumerate(data):
        yield f"{',' if number else ''}{edge} "
        if "studies" in item or "processSequence" in item:
            yield from _pieces(item, depth + 1)
        else:
            yield json.dumps(item)
    yield edge + "]"
