"""The tables of a study as lines: its own, and those of its assays."""

from __future__ import annotations

from typing import TYPE_CHECKING

from rembi_widgets.formats.isajson._cells import Grid, lines
from rembi_widgets.formats.isajson._labels import MADE
from rembi_widgets.formats.isajson._scope import name_header
from rembi_widgets.formats.isajson._things import Thing, Value, take_header
from rembi_widgets.formats.isajson._ways import Ways

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from rembi_widgets.formats.isajson._annotation import Json
    from rembi_widgets.formats.isajson._load import Look
    from rembi_widgets.formats.isajson._things import Reader

_LISTS = {
    "sources": "Source Name",
    "samples": "Sample Name",
    "otherMaterials": "Extract Name",
    "dataFiles": "Raw Data File",
}
_VALUES = {"characteristics": "Characteristics", "factorValues": "Factor Value"}
_NODE = frozenset(["name", "type", "comments", "characteristics", "factorValues", "derivesFrom"])
_PROCESS = frozenset(
    [
        "name",
        "executesProtocol",
        "parameterValues",
        "performer",
        "date",
        "previousProcess",
        "nextProcess",
        "inputs",
        "outputs",
        "comments",
    ]
)
_ATTRIBUTES = {"performer": "Performer", "date": "Date"}


class Tables:
    """Reads the tables of one study."""

    def __init__(self, look: Look, reader: Reader, study: Json, place: str) -> None:
        self.look, self.reader, self._study, self._place = look, reader, study, place
        self._protocols: dict[str, str] = {}
        self._types: dict[str, str] = {}
        self._shared: dict[str, Thing] = {}
        for protocol, at in look.things(study, "protocols", place):
            self._protocol(protocol, at)
        for factor, at in look.things(study, "factors", place):
            self._category(factor, look.text(factor.get("factorName"), at), at)
        self._own(study, place)

    def _protocol(self, protocol: Json, place: str) -> None:
        name = self.look.text(protocol.get("name"), f"{place}/name")
        made = {said for key, said in self.reader.comments(protocol, place) if key == MADE}
        self._protocols[self.look.text(protocol.get("@id"), place)] = "" if "Protocol REF" in made else name
        self._types[name] = self.reader.annotation(protocol.get("protocolType"), place).text
        for parameter, at in self.look.things(protocol, "parameters", place):
            self._category(parameter, self.reader.annotation(parameter.get("parameterName"), at).text, at)

    def _category(self, data: Json, name: str, place: str) -> None:
        identity = self.look.text(data.get("@id"), place)
        self.reader.categories[identity] = name
        self.reader.order[identity] = len(self.reader.order)

    def _own(self, data: Json, place: str) -> None:
        for category, at in self.look.things(data, "characteristicCategories", place):
            kind = category.get("characteristicType", category if "annotationValue" in category else None)
            self._category(category, self.reader.annotation(kind, at).text, at)
        for unit, at in self.look.things(data, "unitCategories", place):
            self.reader.units[self.look.text(unit.get("@id"), at)] = self.reader.annotation(unit, at)

    def study(self) -> list[str]:
        """Give the lines of the study's table."""
        materials = self.look.thing(self._study.get("materials"), f"{self._place}/materials")
        self._shared = self._nodes(materials, f"{self._place}/materials")
        return list(self._table(self._study, self._shared, self._shared, self._place, is_study=True))

    def assay(self, assay: Json, place: str) -> list[str]:
        """Give the lines of an assay's table."""
        self._own(assay, place)
        materials = self.look.thing(assay.get("materials"), f"{place}/materials")
        own = self._nodes(assay, place) | self._nodes(materials, f"{place}/materials")
        known = {name: _bare(thing) for name, thing in self._shared.items()} | own
        return list(self._table(assay, known, own, place, is_study=False))

    def _nodes(self, holder: Json, place: str) -> dict[str, Thing]:
        found: dict[str, Thing] = {}
        for key, header in _LISTS.items():
            for data, at in self.look.taken(holder, key, place):
                identity = self.look.text(data.get("@id"), at)
                if identity in found:
                    self.look.tell("warning", "id_twice", at, found=identity[:80])
                    continue
                if "name" not in data and identity in self._shared:
                    found[identity] = _bare(self._shared[identity])
                else:
                    found[identity] = self._node(data, header, at)
        return found

    def _node(self, data: Json, header: str, place: str) -> Thing:
        said = self.look.text(data.get("type"), f"{place}/type") if header not in {"Source Name", "Sample Name"} else ""
        thing = Thing(header, self.look.text(data.get("name"), f"{place}/name"), kind="node")
        if said and not take_header(thing, said):
            thing.said["Comment[Type]", 0] = Value(said)
        thing.inputs = [self.look.text(one.get("@id"), at) for one, at in self.look.things(data, "derivesFrom", place)]
        for key, kind in _VALUES.items():
            self.reader.take_values(thing, kind, data, key, place)
        self.reader.take_comments(thing, data, place)
        self.look.unknown(data, _NODE, place)
        return thing

    def _table(
        self, holder: Json, known: dict[str, Thing], own: Mapping[str, Thing], place: str, *, is_study: bool
    ) -> Iterator[str]:
        processes = self._processes(holder, known, place)
        rows: list[Sequence[Thing]] = []
        used: set[str] = set()
        for way in Ways(processes, known, self.look, place).rows():
            used.update(way)
            things = [processes[one] if one in processes else known[one] for one in way]
            rows.append([thing for thing in things if not thing.implied])
        for name, thing in own.items():
            if name not in used and thing.inputs:
                found = [known[source] for source in thing.inputs if source in known]
                rows += [[source, thing] for source in found] or [[thing]]
                used.update([name, *thing.inputs])
        rows += [[thing] for name, thing in own.items() if name not in used]
        usual = {name: name_header(kind, is_study=is_study) for name, kind in self._types.items()}
        grid = Grid(rows, usual, name_header("", is_study=is_study))
        if grid.left_out:
            self.look.tell("error", "too_many_shapes", f"{place}/processSequence", n=grid.left_out)
        columns = grid.columns()
        return lines(columns or [("Source Name" if is_study else "Sample Name", [])])

    def _processes(self, holder: Json, known: dict[str, Thing], place: str) -> dict[str, Thing]:
        found: dict[str, Thing] = {}
        for data, at in self.look.taken(holder, "processSequence", place):
            identity = self.look.text(data.get("@id"), at) or at
            if identity in found:
                self.look.tell("warning", "id_twice", at, found=identity[:80])
                identity = at
            found[identity] = self._process(data, known, at)
        for clash in found.keys() & known.keys():
            self.look.tell("warning", "id_twice", place, found=clash[:80])
            known.pop(clash)
            for process in found.values():
                process.inputs = [one for one in process.inputs if one != clash]
                process.outputs = [one for one in process.outputs if one != clash]
        return found

    def _process(self, data: Json, known: Mapping[str, Thing], place: str) -> Thing:
        thing = Thing("", self.look.text(data.get("name"), f"{place}/name"), kind="process")
        reference = self.look.reference(data.get("executesProtocol"), f"{place}/executesProtocol")
        if reference and reference not in self._protocols:
            self.look.tell("warning", "dangling", f"{place}/executesProtocol", found=reference[:80])
        thing.protocol = self._protocols.get(reference, "")
        self.reader.take_values(thing, "Parameter Value", data, "parameterValues", place)
        for key, header in _ATTRIBUTES.items():
            text = self.look.text(data.get(key), f"{place}/{key}")
            if text:
                thing.said[header, 0] = self.reader.annotation(text, place)
        self.reader.take_comments(thing, data, place)
        thing.before = self.look.reference(data.get("previousProcess"), f"{place}/previousProcess")
        thing.after = self.look.reference(data.get("nextProcess"), f"{place}/nextProcess")
        thing.inputs = self._ends(data, "inputs", known, place)
        thing.outputs = self._ends(data, "outputs", known, place)
        self.look.unknown(data, _PROCESS, place)
        return thing

    def _ends(self, data: Json, key: str, known: Mapping[str, Thing], place: str) -> tuple[str, ...]:
        found: dict[str, None] = {}
        for one, at in self.look.things(data, key, place):
            name = self.look.text(one.get("@id"), at)
            if name in known:
                found[name] = None
            else:
                self.look.tell("warning", "dangling", at, found=name[:80])
        return tuple(found)


def _bare(thing: Thing) -> Thing:
    """Give a node of the study as an assay names it: without what is said of it there."""
    return Thing(thing.header, thing.name, kind=thing.kind)
