"""A table of an ISA-Tab as materials, data and a sequence of processes."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from rembi_widgets.formats.isajson._annotation import amount, comment
from rembi_widgets.formats.isajson._labels import DATA, DATE, KEPT, MADE, MATERIALS, NODE, STEP
from rembi_widgets.formats.isajson._plan import DATA as DATA_STEP
from rembi_widgets.formats.isajson._plan import MATERIAL, PROCESS, SAMPLE, SOURCE, steps
from rembi_widgets.formats.isajson._rows import IMPLIED, Chains

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

    from rembi_widgets.formats.isajson._annotation import Json
    from rembi_widgets.formats.isajson._plan import Part, Step
    from rembi_widgets.formats.isajson._rows import Element
    from rembi_widgets.formats.isajson._scope import Scope
    from rembi_widgets.formats.isatab._document import Table

Cells = tuple[str, ...]
_ALIKE = frozenset(["characteristics", "factorValues", "parameterValues"])
"""Lists in which all things of a column stand, empty ones too: isatools' dump fails where they are not alike."""
_LISTS = {SOURCE: "sources", SAMPLE: "samples", MATERIAL: "otherMaterials", DATA_STEP: "dataFiles"}


class TableJson:
    """What a table becomes.

    Attributes
    ----------
    lists
        ``sources``, ``samples``, ``otherMaterials`` and ``dataFiles``.
    processes
        The process sequence, each made when it is asked for.
    """

    def __init__(self, table: Table | None, scope: Scope) -> None:
        self.scope = scope
        self.lists: dict[str, list[Json]] = {name: [] for name in _LISTS.values()}
        self.samples: list[Json] = []
        self.used_samples: list[str] = []
        self._steps: list[Step] = steps(table.columns) if table is not None else []
        self._things: list[list[Cells]] = []
        self._ids: list[list[str]] = []
        self.chains = Chains(place for place, step in enumerate(self._steps) if step.kind == PROCESS)
        if table is not None:
            self._take(table)
        self.processes = list(self._sequence())

    def _take(self, table: Table) -> None:
        numbers = []
        for step in self._steps:
            columns = [table.cells(column.index) for column in step.columns]
            known: dict[Cells, int] = {}
            step.parts = [part for part in step.parts if any(any(columns[cell]) for cell in part.cells if cell >= 0)]
            numbers.append([known.setdefault(cells, len(known)) for cells in zip(*columns, strict=True)])
            self._things.append(list(known))
        blank = [next((n for n, cells in enumerate(things) if not any(cells)), -1) for things in self._things]
        for row in zip(*numbers, strict=True):
            elements = [(place, thing) for place, thing in enumerate(row) if thing != blank[place]]
            self.chains.add(elements)
        for place, step in enumerate(self._steps):
            self._ids.append(self._nodes(step, self._things[place]) if step.kind != PROCESS else [])
        self.chains.join()

    def _nodes(self, step: Step, things: list[Cells]) -> list[str]:
        make = _Maker(step, self.scope)
        ids = []
        for cells in things:
            name = cells[step.name] if step.name >= 0 else ""
            known = self.scope.known_sample(name) if step.kind == SAMPLE and not _said(step, cells) else None
            if known is not None:
                self.used_samples += [known] if any(cells) else []
                ids.append(known)
                continue
            node = self._node(step, name, make(cells))
            ids.append(node["@id"])
            if any(cells):
                self._list(step, node)
        return ids

    def _list(self, step: Step, node: Json) -> None:
        self.scope.keep_node(step.kind, node)
        self.lists[_LISTS[self._listed(step)]].append(node)

    def _listed(self, step: Step) -> str:
        """Give the kind of list that a node stands in: a study has no data files, an assay no sources."""
        if step.kind == DATA_STEP and self.scope.is_study:
            return MATERIAL
        return MATERIAL if step.kind == SOURCE and not self.scope.is_study else step.kind

    def _node(self, step: Step, name: str, said: Json) -> Json:
        kind = self._listed(step)
        node: Json = {"@id": self.scope.names.fresh(kind), "name": name}
        comments = said["comments"]
        if kind in {MATERIAL, DATA_STEP}:
            types, default = (DATA, "Raw Data File") if kind == DATA_STEP else (MATERIALS, "Extract Name")
            node["type"] = step.header if step.header in types else default
            if step.header not in types:
                comments = [*comments, comment(NODE, step.header)]
        if kind != DATA_STEP:
            node["characteristics"] = said["characteristics"]
        if kind == SAMPLE:
            node["factorValues"] = said["factorValues"]
        return {**node, "comments": comments}

    def _sequence(self) -> Iterator[Json]:
        final = [number for number, one in enumerate(self.chains.processes) if one.merged < 0]
        ids = {number: self.scope.names.fresh("process") for number in final}
        makers = {place: _Maker(step, self.scope) for place, step in enumerate(self._steps) if step.kind == PROCESS}
        ordinals: dict[int, int] = {}
        for number in final:
            one = self.chains.processes[number]
            place, thing = one.element
            before = ordinals.get(one.parent, 0)
            if place == IMPLIED:
                made, ordinals[number] = _implied(self.scope), before
            else:
                step = self._steps[place]
                made = _process(step, self._things[place][thing], makers[place], self.scope)
                ordinals[number] = step.ordinal
                if step.ordinal != before + 1:
                    made["comments"] = [*made["comments"], comment(STEP, str(step.ordinal))]
            links = {"previousProcess": one.parent, "nextProcess": one.next}
            shown: Json = {"@id": ids[number], **made}
            shown |= {key: {"@id": ids[other]} for key, other in links.items() if other >= 0}
            shown["inputs"] = [{"@id": self._id(element)} for element in one.inputs]
            shown["outputs"] = [{"@id": self._id(element)} for element in one.outputs]
            yield shown

    def _id(self, element: Element) -> str:
        place, thing = element
        return self._ids[place][thing]

    def sources_of_samples(self) -> dict[str, list[str]]:
        """Give the sources that each sample derives from, by the ways through the processes."""
        found: dict[str, dict[str, None]] = {}
        origin: list[Sequence[Element]] = []
        sources = {place for place, step in enumerate(self._steps) if step.kind == SOURCE}
        samples = {place for place, step in enumerate(self._steps) if step.kind == SAMPLE}
        for one in self.chains.processes:
            held = [node for node in one.inputs if node[0] in sources]
            if not held and 0 <= one.parent < len(origin):
                held = list(origin[one.parent])
            origin.append(held)
            for node in one.outputs:
                if node[0] in samples:
                    found.setdefault(self._id(node), {}).update(dict.fromkeys(self._id(source) for source in held))
        return {sample: list(said) for sample, said in found.items()}


def _said(step: Step, cells: Cells) -> bool:
    return any(cell for place, cell in enumerate(cells) if place != step.name)


def _implied(scope: Scope) -> Json:
    return {
        "name": "",
        "executesProtocol": {"@id": scope.protocol("")},
        "parameterValues": [],
        "performer": "",
        "date": "",
        "comments": [comment(MADE, "Process")],
    }


def _process(step: Step, cells: Cells, make: _Maker, scope: Scope) -> Json:
    protocol = cells[step.ref] if step.ref >= 0 else ""
    said = make(cells, protocol)
    performer, date = said.get("performer", ""), said.get("date", "")
    comments = said["comments"]
    if date and not DATE.fullmatch(date):
        comments, date = [*comments, comment(f"{KEPT}Date", date)], ""
    name = cells[step.name] if step.name >= 0 else ""
    if name and scope.name_of(protocol, is_study=scope.is_study) != step.header:
        comments = [*comments, comment(NODE, step.header)]
    return {
        "name": name,
        "executesProtocol": {"@id": scope.protocol(protocol)},
        "parameterValues": said["parameterValues"],
        "performer": performer,
        "date": date,
        "comments": comments,
    }


class _Maker:
    """Makes the values and comments of the things of a step; what was made once for the same cells is taken again."""

    def __init__(self, step: Step, scope: Scope) -> None:
        self._scope = scope
        self._several = {(part.home, part.name) for part in step.parts if part.again}
        self._made: list[tuple[Part, dict[Any, list[Any]]]] = [(part, {}) for part in step.parts]

    def __call__(self, cells: Cells, protocol: str = "") -> Json:
        said: Json = {"characteristics": [], "factorValues": [], "parameterValues": [], "comments": []}
        for part, made in self._made:
            own = tuple(cells[place] if place >= 0 else "" for place in part.cells)
            key = (protocol, *own) if part.home == "parameterValues" else own
            values = made.get(key)
            if values is None:
                values = made[key] = self._values(part, own, protocol)
            if part.home in said:
                said[part.home] += values
            elif values:
                said[part.home] = values[0]
        return said

    def _values(self, part: Part, own: Cells, protocol: str) -> list[Any]:
        if not any(own) and part.home not in _ALIKE and (part.home, part.name) not in self._several:
            return []
        if part.home == "comments":
            return [comment(part.name, own[0])]
        if len(own) == 1:
            return [own[0]]
        category = _CATEGORIES[part.home](self._scope, part, protocol)
        return [{"category": {"@id": category}, **value} for value in self._valued(own)]

    def _valued(self, own: Cells) -> Iterator[Json]:
        value, source, accession, unit, unit_source, unit_accession = own
        beside: Json = {}
        if unit or unit_source or unit_accession:
            beside["unit"] = {"@id": self._scope.unit(unit, unit_source, unit_accession)}
        if not source and not accession:
            yield {"value": amount(value) if beside else value, **beside}
            return
        for said in self._scope.names.annotations(value, source, accession):
            yield {"value": said, **beside}


_CATEGORIES: dict[str, Callable[[Scope, Part, str], str]] = {
    "characteristics": lambda scope, part, _: scope.category(part.name, part.again),
    "factorValues": lambda scope, part, _: scope.factor(part.name, part.again),
    "parameterValues": lambda scope, part, protocol: scope.parameter(protocol, part.name, part.again),
}
