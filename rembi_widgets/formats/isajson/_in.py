"""ISA-JSON as the text files of an ISA-Tab."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from rembi_widgets.formats.isajson import _labels as labels
from rembi_widgets.formats.isajson._cells import quoted
from rembi_widgets.formats.isajson._labels import ACCESSION, ACCESSION_KEPT, COMPONENT_TYPE, MADE, SOURCE
from rembi_widgets.formats.isajson._tables import Tables
from rembi_widgets.formats.isajson._things import Reader, header_of

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from rembi_widgets.formats.isajson._annotation import Json
    from rembi_widgets.formats.isajson._load import Look
    from rembi_widgets.formats.isajson._things import Value

Entry = dict[str, str]
_COLUMN = re.compile(r"Column ([0-9]{1,3}) (.*)", re.DOTALL)
_BAD_NAME = re.compile(r"[\\/\x00-\x1f]|\A\.*\Z")
_WITH_ROWS = 2
"""Lines of a table that has a row."""
_TERM = (ACCESSION, SOURCE)
_STRUCTURE = frozenset(
    [
        "studies",
        "materials",
        "processSequence",
        "characteristicCategories",
        "unitCategories",
        "dataFiles",
        "filename",
        "comments",
        "assays",
        "factors",
        "protocols",
        "people",
        "publications",
        "studyDesignDescriptors",
        "ontologySourceReferences",
        "annotationValue",
        "termSource",
        "termAccession",
    ]
)


class Back:
    """The files of the ISA-Tab that an ISA-JSON says; ``files`` are their lines by name."""

    def __init__(self, data: Json, look: Look) -> None:
        self.look, self.reader = look, Reader(look)
        self.files: dict[str, list[str]] = {}
        self._names: set[str] = set()
        name = self._name(look.text(data.get("filename"), "/filename"), "i_investigation.txt", "i_")
        self.files[name] = list(self._investigation(data))
        self.investigation = name

    def _name(self, said: str, usual: str, begin: str) -> str:
        """Give the name of a file: the one that is said, if it can be one and no other file has it."""
        name = said.strip()
        if _BAD_NAME.search(name) or not name.casefold().startswith(begin) or not name.endswith(".txt"):
            name = usual
        stem, count = name.removesuffix(".txt"), 1
        while name.casefold() in self._names:
            count += 1
            name = f"{stem}-{count}.txt"
        if said and name != said:
            self.look.tell("info", "file_name", "/filename", found=said[:80], name=name)
        self._names.add(name.casefold())
        return name

    def _file(self, data: Json, usual: str, begin: str, text: list[str]) -> str:
        """Give the name of the file of a table; two tables that say the same are one file, an empty one may be none."""
        said = self.look.text(data.get("filename"), "/filename")
        if not said and len(text) < _WITH_ROWS:
            return ""
        if self.files.get(said) == text:
            return said
        name = self._name(said, usual, begin)
        self.files[name] = text
        return name

    def _investigation(self, data: Json) -> Iterator[str]:
        sections = {heading: (key, spec) for heading, key, spec in labels.ABOVE}
        yield from self._list("ONTOLOGY SOURCE REFERENCE", data, "", sections)
        yield from self._head("INVESTIGATION", data, labels.INVESTIGATION, "")
        for heading in ("INVESTIGATION PUBLICATIONS", "INVESTIGATION CONTACTS"):
            yield from self._list(heading, data, "", sections)
        for study, place in self.look.things(data, "studies", ""):
            yield from self._study(study, place)

    def _study(self, data: Json, place: str) -> Iterator[str]:
        sections = {heading: (key, spec) for heading, key, spec in labels.BELOW}
        tables = Tables(self.look, self.reader, data, place)
        number = place.rpartition("/")[2]
        data = {**data, "filename": self._file(data, f"s_study-{number}.txt", "s_", tables.study())}
        assays = []
        for assay, at in self.look.things(data, "assays", place):
            usual = f"a_assay-{number}-{at.rpartition('/')[2]}.txt"
            assays.append({**assay, "filename": self._file(assay, usual, "a_", tables.assay(assay, at))})
        data["assays"] = assays
        yield from self._head("STUDY", data, labels.STUDY, place)
        for heading in sections:
            yield from self._list(heading, data, place, sections)

    def _head(self, heading: str, data: Json, spec: labels.Spec, place: str) -> Iterator[str]:
        entry = self._entry(data, spec, place)
        beside: dict[int, Entry] = {}
        for label in [label for label in entry if (found := _COLUMN.fullmatch(label))]:
            found = _COLUMN.fullmatch(label)
            if found is not None:
                beside.setdefault(int(found.group(1)), {})[found.group(2)] = entry.pop(label)
        width = max(beside, default=1)
        yield from _section(heading, spec, [entry, *(beside.get(number, {}) for number in range(2, width + 1))])

    def _list(
        self, heading: str, data: Json, place: str, sections: Mapping[str, tuple[str, labels.Spec]]
    ) -> Iterator[str]:
        key, spec = sections[heading]
        found = [
            self._entry(one, spec, at) for one, at in self.look.things(data, key, place) if not self._made(one, at)
        ]
        yield from _section(heading, spec, found)

    def _made(self, data: Json, place: str) -> bool:
        """Tell whether something was declared only for the JSON's sake."""
        return any(name == MADE for name, _ in self.reader.comments(data, place))

    def _entry(self, data: Json, spec: labels.Spec, place: str) -> Entry:
        entry: Entry = {}
        for label, key, kind in spec:
            self._put(entry, label, kind, data.get(key) if key else _without_comments(data), f"{place}/{key}")
        for name, value in self.reader.comments(data, place):
            if name != ACCESSION_KEPT:
                _free(entry, header_of(name), value)
        known = frozenset(key for _, key, _ in spec) | _STRUCTURE
        self.look.unknown(data, known, place)
        return {label: value for label, value in entry.items() if value}

    def _put(self, entry: Entry, label: str, kind: str, data: object, place: str) -> None:
        if kind == "term":
            said = self.reader.annotation(data, place)
            entry[label], entry[label + SOURCE], entry[label + ACCESSION] = said[:3]
        elif kind == "terms":
            held = [one for one in self._items(data, place) if not (isinstance(one, dict) and self._made(one, place))]
            self._terms(entry, label, [self._term(one, place) for one in held])
        elif kind == "components":
            parts = [(self.look.thing(one, place), place) for one in self._items(data, place)]
            entry[label] = ";".join(self.look.text(one.get("componentName"), at) for one, at in parts)
            self._terms(
                entry, COMPONENT_TYPE, [self.reader.annotation(one.get("componentType"), at) for one, at in parts]
            )
            for one, at in parts:
                self.reader.leave_comments(one, at)
        else:
            entry[label] = self.look.text(data, place)

    def _items(self, data: object, place: str) -> Sequence[object]:
        if data is not None and not isinstance(data, list):
            self.look.tell("warning", "not_list", place, found=str(data)[:80])
        return data if isinstance(data, list) else ()

    def _term(self, data: object, place: str) -> Value:
        if isinstance(data, dict) and "parameterName" in data:
            self.reader.leave_comments(data, place)
            return self.reader.annotation(data["parameterName"], place)
        return self.reader.annotation(data, place)

    def _terms(self, entry: Entry, label: str, values: Sequence[Value]) -> None:
        for suffix, place in (("", 0), (SOURCE, 1), (ACCESSION, 2)):
            said = [value[place] for value in values]
            entry[label + suffix] = ";".join(said) if any(said) else ""


def _without_comments(data: Json) -> Json:
    """Give an annotation that stands in a section of its own: its comments have rows there."""
    held = data.get("comments")
    if not isinstance(held, list):
        return {**data, "comments": None}
    return {**data, "comments": [one for one in held if isinstance(one, dict) and one.get("name") == ACCESSION_KEPT]}


def _free(entry: Entry, header: str, value: str) -> None:
    if not entry.get(header):
        entry[header] = value
        return
    count = 2
    name = header.removesuffix("]")
    while (other := f"{name} {count}" + ("]" if header.endswith("]") else "")) in entry:
        count += 1
    entry[other] = value


def _section(heading: str, spec: labels.Spec, entries: Sequence[Mapping[str, str]]) -> Iterator[str]:
    shown = entries or [{}]
    own = [label + suffix for label, _, kind in spec for suffix in _suffixes(kind, label)]
    if heading == "STUDY PROTOCOLS":
        own += [COMPONENT_TYPE, *(COMPONENT_TYPE + suffix for suffix in _TERM)]
    more = dict.fromkeys(label for entry in shown for label in entry if label not in own)
    yield heading + "\n"
    for label in (*own, *more):
        yield line(label, [entry.get(label, "") for entry in shown])


def _suffixes(kind: str, _: str) -> tuple[str, ...]:
    return ("", *_TERM) if kind in {"term", "terms"} else ("",)


def line(label: str, cells: Iterable[str]) -> str:
    """Give a line of a section; a label stands without quotes, if it can."""
    plain = label if not set(label) & set('"\t\r\n') else quoted(label)
    return "\t".join([plain, *map(quoted, cells)]) + "\n"
