"""Rows as chains of processes: what two rows share from their beginning is one process in both.

A process belongs to one way from the first node to it, so that its ways onward are exactly the rows. Processes that
have the same name, say the same and go the same ways onward are one with several inputs, if no row is lost by it.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Sequence

IMPLIED = -1
"""Place of a process that the table does not have."""
_NOTHING, _PROCESS = -1, -2
"""What a process at the end of a row makes, and one that leads to another process directly."""
Element = tuple[int, int]
"""Place of a step, number of the thing that a row has there."""


@dataclass(slots=True)
class Process:
    """A process: what it is, whence it comes, what goes in and out."""

    element: Element
    parent: int
    inputs: Sequence[Element] = ()
    outputs: Collection[Element] = ()
    children: Sequence[int] = ()
    next: int = -1
    merged: int = -1

    def make(self, element: Element) -> None:
        """Add an output; most processes have one, for which a dict takes four times the room."""
        if not self.outputs:
            self.outputs = (element,)
        elif isinstance(self.outputs, dict):
            self.outputs[element] = None
        elif element not in self.outputs:
            self.outputs = dict.fromkeys((*self.outputs, element))

    def lead(self, child: int) -> None:
        """Add a process that comes after it."""
        if isinstance(self.children, list):
            self.children.append(child)
        else:
            self.children = [child]


class Chains:
    """The processes of a table."""

    def __init__(self, processes: Iterable[int]) -> None:
        self._places = frozenset(processes)
        self.processes: list[Process] = []
        self.alone: dict[Element, None] = {}
        self._known: dict[tuple[int, Element | None, Element, int], int] = {}
        self._ends: set[tuple[int, Element | None]] = set()
        self.rows = 0

    def add(self, row: Sequence[Element]) -> None:
        """Add a row: its elements in the order of the columns, blank ones left out."""
        self.rows += 1
        current, node = -1, None
        for number, element in enumerate(row, 1):
            if element[0] in self._places:
                made = row[number][0] if number < len(row) else _NOTHING
                current = self._step(current, node, element, _PROCESS if made in self._places else made)
                node = None
            elif node is not None:
                current = self._step(current, node, (IMPLIED, 0), element[0])
                self.processes[current].make(element)
                node = element
            else:
                if current >= 0:
                    self.processes[current].make(element)
                node = element
        if current < 0 and node is not None:
            self.alone[node] = None
        self._ends.add((current, node))

    def _step(self, parent: int, node: Element | None, element: Element, made: int) -> int:
        """Give the process of a step.

        One that leads to another directly is not the one that makes something; one that makes a file is not the one
        that makes an extract, for what one process makes of different kinds is read as one row.
        """
        key = (parent, node, element, made)
        found = self._known.get(key)
        if found is None:
            found = self._known[key] = len(self.processes)
            self.processes.append(Process(element, parent, () if node is None else (node,)))
            if parent >= 0:
                self.processes[parent].lead(found)
        return found

    @property
    def lost(self) -> int:
        """Rows that come back as a part of another: they stood twice, or begin or end where another goes on."""
        onward = {(parent, node) for parent, node, *_ in self._known}
        made = {node for process in self.processes for node in process.outputs}
        alone = {node for node in self.alone if (-1, node) not in onward}
        begun = {node for process in self.processes if process.parent < 0 for node in process.inputs}
        ends = self._ends - onward
        cut = sum(1 for last, node in ends if node is None and last >= 0 and self.processes[last].outputs)
        return self.rows - len(ends) + cut + len(made & (alone | begun))

    def forget(self) -> None:
        """Let go of what only further rows, and the count of those that are lost, need."""
        self._known, self._ends = {}, set()

    def join(self) -> None:
        """Make one process of those that are the same but for their inputs, last ones first."""
        same: dict[tuple[object, ...], int] = {}
        for number in range(len(self.processes) - 1, -1, -1):
            process = self.processes[number]
            if process.outputs and process.element[0] != IMPLIED and self._is_only_way(number, process):
                onward = tuple(self.final(child) for child in process.children)
                first = (process.parent < 0, bool(process.inputs))
                key = (process.element, first, tuple(process.outputs), onward)
                self._merge(number, same.setdefault(key, number))
        for process in self.processes:
            process.next = self.final(process.children[0]) if process.children else -1
            process.parent = self.final(process.parent) if process.parent >= 0 else -1

    def _is_only_way(self, number: int, process: Process) -> bool:
        """Tell whether all that the process before makes goes into this one, and into no other."""
        if process.parent < 0:
            return True
        parent = self.processes[process.parent]
        return list(parent.children) == [number] and tuple(parent.outputs) == tuple(process.inputs)

    def _merge(self, number: int, into: int) -> None:
        if number == into:
            return
        self.processes[number].merged = into
        inputs = dict.fromkeys([*self.processes[number].inputs, *self.processes[into].inputs])
        self.processes[into].inputs = tuple(inputs)

    def final(self, number: int) -> int:
        """Give the process that a process became."""
        while self.processes[number].merged >= 0:
            number = self.processes[number].merged
        return number
