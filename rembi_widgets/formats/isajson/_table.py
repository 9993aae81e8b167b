"""A table of an ISA-Tab as materials, data and a sequence of processes."""

from __future__ import annotations

from array import array
from functools import partial
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
_MOST_MADE = 1_000
"""Values of a column that are held to be taken again: of one that says something else on each row, none come again."""
_LISTS = {SOURCE: "sources", SAMPLE: "samples", MATERIAL: "otherMaterials", DATA_STEP: "dataFiles"}


class Lazily:
    """Things that are made anew each time that they are gone over; how many they are is known before."""

    def __init__(self, count: int, make: Callable[[], Iterator[Json]]) -> None:
        self._count, self._make = count, make

    def __len__(self) -> int:
        return self._count

    def __iter__(self) -> Iterator[Json]:
        return self._make()


class TableJson:
    """What a table becomes: first what it declares and the names of its things, the things when they are written.

    Attributes
    ----------
    lists
        ``sources``, ``samples``, ``otherMaterials`` and ``dataFiles``.
    processes
        The process sequence.
    protocols
        Names (``@id``) of the protocols that its processes execute.
    unused
        Name of a protocol to those of its parameters that nothing uses: its processes here get an empty value of each.
    lost
        Rows that come back as a part of another.
    """

    def __init__(self, table: Table | None, scope: Scope) -> None:
        self.scope = scope
        self.used_samples: list[str] = []
        self.protocols: set[str] = set()
        self.unused: dict[str, list[str]] = {}
        self._counts = dict.fromkeys(_LISTS.values(), 0)
        self._steps: list[Step] = steps(table.columns) if table is not None else []
        self._things: list[list[Cells]] = []
        self._ids: list[list[str]] = []
        self._own: dict[int, bytearray] = {}
        self._chains = Chains(place for place, step in enumerate(self._steps) if step.kind == PROCESS)
        if table is not None:
            self._take(table)
        self.lost = self._chains.lost
        self._chains.forget()
        self._makers = [_Maker(step, scope) for step in self._steps]
        for place, step in enumerate(self._steps):
            self._ids.append(self._declare_nodes(place) if step.kind != PROCESS else [])
        self._chains.join()
        self._final = array("q", (number for number, one in enumerate(self._chains.processes) if one.merged < 0))
        self._declare_processes()
        self.lists = {name: Lazily(count, partial(self._nodes, name)) for name, count in self._counts.items()}
        self.processes = Lazily(len(self._final), self._sequence)

    def _take(self, table: Table) -> None:
        numbers = []
        for step in self._steps:
            columns = [table.cells(column.index) for column in step.columns]
            known: dict[Cells, int] = {}
            step.parts = [part for part in step.parts if any(any(columns[cell]) for cell in part.cells if cell >= 0)]
            numbers.append(array("q", (known.setdefault(cells, len(known)) for cells in zip(*columns, strict=True))))
            self._things.append(list(known))
        blank = [next((n for n, cells in enumerate(things) if not any(cells)), -1) for things in self._things]
        same = [[(place, thing) for thing in range(len(things))] for place, things in enumerate(self._things)]
        for row in zip(*numbers, strict=True):
            self._chains.add([same[place][thing] for place, thing in enumerate(row) if thing != blank[place]])

    def _declare_nodes(self, place: int) -> list[str]:
        """Name the nodes of a step, and declare what they use, in the order in which they are written."""
        step, make, ids = self._steps[place], self._makers[place], []
        kind, own = self._listed(step), bytearray(len(self._things[place]))
        for number, cells in enumerate(self._things[place]):
            name = cells[step.name] if step.name >= 0 else ""
            known = self.scope.known_sample(name) if step.kind == SAMPLE and not _said(step, cells) else None
            if known is not None:
                self.used_samples += [known] if any(cells) else []
                ids.append(known)
                continue
            make.declare(cells)
            ids.append(self.scope.names.fresh(kind))
            if any(cells):
                self.scope.keep_node(step.kind, name, ids[-1])
                own[number] = 1
        self._own[place] = own
        self._counts[_LISTS[kind]] += sum(own)
        return ids

    def _declare_processes(self) -> None:
        first = self.scope.names.several("process", len(self._final))
        self._numbers = array("q", bytes(8 * len(self._chains.processes)))
        for number, process in enumerate(self._final, first):
            self._numbers[process] = number
            place, thing = self._chains.processes[process].element
            if place == IMPLIED:
                self.protocols.add(self.scope.protocol(""))
                continue
            step, cells = self._steps[place], self._things[place][thing]
            protocol = cells[step.ref] if step.ref >= 0 else ""
            self._makers[place].declare(cells, protocol)
            self.protocols.add(self.scope.protocol(protocol))

    def _nodes(self, name: str) -> Iterator[Json]:
        for place, step in enumerate(self._steps):
            if step.kind == PROCESS or _LISTS[self._listed(step)] != name:
                continue
            rows = zip(self._things[place], self._ids[place], self._own[place], strict=True)
            make = self._makers[place]
            yield from (self._node(step, cells, identity, make(cells)) for cells, identity, own in rows if own)

    def _listed(self, step: Step) -> str:
        """Give the kind of list that a node stands in: a study has no data files, an assay no sources."""
        if step.kind == DATA_STEP and self.scope.is_study:
            return MATERIAL
        return MATERIAL if step.kind == SOURCE and not self.scope.is_study else step.kind

    def _node(self, step: Step, cells: Cells, identity: str, said: Json) -> Json:
        kind = self._listed(step)
        node: Json = {"@id": identity, "name": cells[step.name] if step.name >= 0 else ""}
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
        ordinals = array("q", bytes(8 * (len(self._chains.processes) + 1)))  # the last one is before the first
        for number in self._final:
            one = self._chains.processes[number]
            place, thing = one.element
            before = ordinals[one.parent]
            if place == IMPLIED:
                made, ordinals[number] = _implied(self.scope), before
            else:
                step = self._steps[place]
                made = _process(step, self._things[place][thing], self._makers[place], self.scope)
                ordinals[number] = step.ordinal
                if step.ordinal != before + 1:
                    made["comments"] = [*made["comments"], comment(STEP, str(step.ordinal))]
            empty = self.unused.get(made["executesProtocol"]["@id"], ())
            made["parameterValues"] += [{"category": {"@id": one}, "value": ""} for one in empty]
            links = {"previousProcess": one.parent, "nextProcess": one.next}
            shown: Json = {"@id": self._named(number), **made}
            shown |= {key: {"@id": self._named(other)} for key, other in links.items() if other >= 0}
            shown["inputs"] = [{"@id": self._id(element)} for element in one.inputs]
            shown["outputs"] = [{"@id": self._id(element)} for element in one.outputs]
            yield shown

    def _named(self, number: int) -> str:
        return f"#process/{self._numbers[number]}"

    def _id(self, element: Element) -> str:
        place, thing = element
        return self._ids[place][thing]

    def sources_of_samples(self) -> dict[str, list[str]]:
        """Give the sources that each sample derives from, by the ways through the processes."""
        found: dict[str, dict[str, None]] = {}
        origin: list[Sequence[Element]] = []
        sources = {place for place, step in enumerate(self._steps) if step.kind == SOURCE}
        samples = {place for place, step in enumerate(self._steps) if step.kind == SAMPLE}
        for one in self._chains.processes:
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
    """Makes the values and comments of the things of a step; what was made for the same cells is taken again."""

    def __init__(self, step: Step, scope: Scope) -> None:
        self._scope = scope
        self._several = {(part.home, part.name) for part in step.parts if part.again}
        self._made: list[tuple[Part, dict[Any, list[Any]]]] = [(part, {}) for part in step.parts]
        self._declaring = [(part, made) for part, made in self._made if len(part.cells) > 1]

    def declare(self, cells: Cells, protocol: str = "") -> None:
        """Declare the categories, units and term sources that a thing uses."""
        for part, made in self._declaring:
            self._of(part, made, cells, protocol)

    def __call__(self, cells: Cells, protocol: str = "") -> Json:
        said: Json = {"characteristics": [], "factorValues": [], "parameterValues": [], "comments": []}
        for part, made in self._made:
            values = self._of(part, made, cells, protocol)
            if part.home in said:
                said[part.home] += values
            elif values:
                said[part.home] = values[0]
        return said

    def _of(self, part: Part, made: dict[Any, list[Any]], cells: Cells, protocol: str) -> list[Any]:
        own = tuple([cells[place] if place >= 0 else "" for place in part.cells])
        key = (protocol, *own) if part.home == "parameterValues" else own
        values = made.get(key)
        if values is None:
            if len(made) >= _MOST_MADE:
                made.clear()
            values = made[key] = self._values(part, own, protocol)
        return values

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
