"""The ways through a sequence of processes: each is a row of the table."""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from rembi_widgets.formats.isajson._load import Look
    from rembi_widgets.formats.isajson._things import Thing

_ROWS_FOR_EACH = 20
_AT_LEAST = 1_000
_MOST_ELEMENTS = 20_000_000
LONGEST = 1_000
"""Elements of one row."""
Way = list[str]
"""Names of nodes and processes, in order."""


class Ways:
    """The ways through the processes of a study or an assay.

    Parameters
    ----------
    processes
        Processes by name, in the order of the sequence.
    nodes
        Nodes by name.
    """

    def __init__(self, processes: Mapping[str, Thing], nodes: Mapping[str, Thing], look: Look, place: str) -> None:
        self._processes, self._nodes, self._look, self._place = processes, nodes, look, place
        self._onward: dict[str, dict[str, None]] = defaultdict(dict)
        self._before: dict[str, dict[str, None]] = defaultdict(dict)
        self._link()
        self._untie()

    def _link(self) -> None:
        linked = set()
        for name, process in self._processes.items():
            for tail, head in ((process.before, name), (name, process.after)):
                if tail and head and self._known(tail, head):
                    self._onward[tail][head] = self._before[head][tail] = None
                    linked |= {tail, head}
        makers: dict[str, list[str]] = defaultdict(list)
        for name, process in self._processes.items():
            for node in process.outputs:
                makers[node].append(name)
        for name, process in self._processes.items():
            if name in linked and (self._before[name] or not process.inputs):
                continue
            for maker in (maker for node in process.inputs for maker in makers[node] if maker != name):
                self._onward[maker][name] = self._before[name][maker] = None

    def _known(self, tail: str, head: str) -> bool:
        lost = tail if tail not in self._processes else head if head not in self._processes else None
        if lost is not None:
            self._look.tell("warning", "dangling", f"{self._place}/processSequence", found=lost[:80])
        return lost is None

    def _untie(self) -> None:
        """Cut what leads back to a process on its own way."""
        state: dict[str, int] = {}
        for first in self._processes:
            stack = [(first, iter(list(self._onward[first])))] if first not in state else []
            state.setdefault(first, 1)
            while stack:
                name, ways = stack[-1]
                head = next(ways, None)
                if head is None:
                    state[name] = 2
                    stack.pop()
                elif state.get(head) == 1:
                    del self._onward[name][head], self._before[head][name]
                    self._look.tell("warning", "cycle", f"{self._place}/processSequence", found=head[:80])
                elif head not in state:
                    state[head] = 1
                    stack.append((head, iter(list(self._onward[head]))))

    def rows(self) -> Iterator[Way]:
        """Give the ways, in the order of the sequence; beyond what its processes can mean, they are cut off."""
        links = sum(len(one.inputs) + len(one.outputs) + 1 for one in self._processes.values())
        most, elements = links * _ROWS_FOR_EACH + _AT_LEAST, 0
        for count, row in enumerate(self._all()):
            elements += len(row)
            if count >= most or elements > _MOST_ELEMENTS:
                self._look.tell("error", "too_many_rows", f"{self._place}/processSequence", n=count)
                return
            yield row

    def _all(self) -> Iterator[Way]:
        for name, process in self._processes.items():
            made = {node for before in self._before[name] for node in self._processes[before].outputs}
            starts: list[Way] = [[node, name] for node in process.inputs if node not in made]
            if not starts and not self._before[name]:
                starts = [[name]]
            for start in starts:
                yield from self._from(start)

    def _from(self, start: Way) -> Iterator[Way]:
        stack = [start]
        while stack:
            way = stack.pop()
            if len(way) > LONGEST:
                self._look.tell("error", "too_long", f"{self._place}/processSequence", n=LONGEST)
                yield way
                continue
            further = list(self._further(way))
            if further:
                stack += reversed(further)
            else:
                yield way

    def _further(self, way: Way) -> Iterator[Way]:
        """Give the way on by one process; a way whose end is a node is at its end."""
        name = way[-1]
        process = self._processes.get(name)
        if process is None:
            return
        onward = self._onward[name]
        for group in self._groups(process):
            heads = [head for head in onward if self._takes(head, group, process)]
            for head in heads:
                yield [*way, *group, head]
            if group and not heads:
                yield [*way, *group]

    def _takes(self, head: str, group: Sequence[str], process: Thing) -> bool:
        inputs = self._processes[head].inputs
        return any(node in inputs for node in group) or not any(node in inputs for node in process.outputs)

    def _groups(self, process: Thing) -> list[list[str]]:
        """Give the outputs that stand in one row: one of each type, if there are as many of each."""
        if len(process.outputs) < 2:  # noqa: PLR2004 - one output, or none
            return [list(process.outputs)]
        types: dict[str, list[str]] = defaultdict(list)
        for node in process.outputs:
            types[self._nodes[node].header].append(node)
        if len({len(nodes) for nodes in types.values()}) == 1:
            return [list(group) for group in zip(*types.values(), strict=True)]
        return [[node] for node in process.outputs]
