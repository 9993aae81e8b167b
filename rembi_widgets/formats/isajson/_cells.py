"""Rows of nodes and processes as the text of a table: which columns there are, and a cell for each."""

from __future__ import annotations

from typing import TYPE_CHECKING

from rembi_widgets.formats.isajson._things import Value

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from rembi_widgets.formats.isajson._things import Thing

Token = tuple[str, int]
"""Header of a node, or nothing and the number of a process."""
Column = tuple[str, list[str]]
_BESIDE = ("", "Term Source REF", "Term Accession Number", "Unit", "Term Source REF", "Term Accession Number")
_NOTHING = Value()
_FACTORS, _MANY_PATTERNS = "Factor Value[", 300


def quoted(text: str) -> str:
    """Give a cell as it is, in quotes."""
    return '"' + text.replace('"', '""') + '"' if '"' in text else f'"{text}"'


def row_text(cells: Iterable[str]) -> str:
    """Give a line of quoted cells."""
    return "\t".join(map(quoted, cells)) + "\n"


def tokens(row: Sequence[Thing]) -> tuple[Token, ...]:
    """Give what stands at each place of a row."""
    found: list[Token] = []
    number = 0
    for thing in row:
        if thing.kind == "process":
            number = max(thing.step, number + 1)
            found.append(("", number))
        else:
            found.append((thing.header, 0))
    return tuple(found)


def _merged(one: Sequence[Token], other: Sequence[Token]) -> list[Token]:
    """Give the shortest sequence that holds two, each in its order."""
    lengths = [[0] * (len(other) + 1) for _ in range(len(one) + 1)]
    for i in range(len(one) - 1, -1, -1):
        for j in range(len(other) - 1, -1, -1):
            same = one[i] == other[j]
            lengths[i][j] = 1 + lengths[i + 1][j + 1] if same else max(lengths[i + 1][j], lengths[i][j + 1])
    found: list[Token] = []
    i = j = 0
    while i < len(one) and j < len(other):
        if one[i] == other[j]:
            found.append(one[i])
            i, j = i + 1, j + 1
        elif lengths[i + 1][j] >= lengths[i][j + 1]:
            found.append(one[i])
            i += 1
        else:
            found.append(other[j])
            j += 1
    return [*found, *one[i:], *other[j:]]


def _places(pattern: Sequence[Token], template: Sequence[Token]) -> list[int]:
    found, at = [], 0
    for token in pattern:
        at = template.index(token, at)
        found.append(at)
        at += 1
    return found


class Grid:
    """Rows in columns.

    Parameters
    ----------
    rows
        Things of each row.
    usual
        Gives the header of the names of a process.
    """

    def __init__(self, rows: Sequence[Sequence[Thing]], usual: Mapping[str, str], default: str) -> None:
        self._usual, self._default = usual, default
        patterns = dict.fromkeys(map(tokens, rows))
        longest = sorted(patterns, key=lambda one: -len(one))
        template: list[Token] = []
        for pattern in longest[:_MANY_PATTERNS]:
            template = _merged(template, pattern) if template else list(pattern)
        self.left_out = len(longest) - len(longest[:_MANY_PATTERNS])
        fit = {pattern: _places(pattern, template) for pattern in longest[:_MANY_PATTERNS]}
        self._columns: list[list[Thing | None]] = [[None] * len(rows) for _ in template]
        for number, row in enumerate(rows):
            for place, thing in zip(fit.get(tokens(row), ()), row, strict=False):
                self._columns[place][number] = thing
        self._template = template

    def columns(self) -> list[Column]:
        """Give the columns, those that are empty left out."""
        found: list[Column] = []
        for (header, _), things in zip(self._template, self._columns, strict=True):
            found += self._node(header, things) if header else self._process(things)
        return found

    def _node(self, header: str, things: Sequence[Thing | None]) -> list[Column]:
        return [(header, [thing.name if thing else "" for thing in things]), *_said(things)]

    def _process(self, things: Sequence[Thing | None]) -> list[Column]:
        refs = ("Protocol REF", [thing.protocol if thing else "" for thing in things])
        named = next((thing for thing in things if thing is not None and thing.name), None)
        said = _said(things)
        if named is None:
            return [refs, *said]
        header = named.header or self._usual.get(named.protocol, self._default) or "Comment[Process Name]"
        names = (header, [thing.name if thing else "" for thing in things])
        if not any(refs[1]):
            return [names, *said]
        at = next((place for place, (known, _) in enumerate(said) if known.startswith("Comment[")), len(said))
        return [refs, *said[:at], names, *said[at:]]


def _said(things: Sequence[Thing | None]) -> list[Column]:
    keys: dict[tuple[str, int], None] = {}
    for said in {id(thing.said): thing.said for thing in things if thing is not None}.values():
        if keys.keys() != said.keys():
            keys.update(dict.fromkeys(said))
    order: dict[str, int] = {}
    for header, _ in keys:
        order.setdefault(_base(header), len(order))
    ordered = sorted(keys, key=lambda key: (_rank(key[0]), order[_base(key[0])]))
    return [column for key in ordered for column in _columns(key, things)]


def _rank(header: str) -> int:
    return header.startswith("Comment[") + 2 * header.startswith(_FACTORS)


def _base(header: str) -> str:
    """Give the header beside which a column stood."""
    name, bracket, _ = header.rpartition("] ")
    return name + "]" if bracket and "[" in name else header


def _columns(key: tuple[str, int], things: Sequence[Thing | None]) -> Iterator[Column]:
    values = [thing.said.get(key, _NOTHING) if thing is not None else _NOTHING for thing in things]
    parts = list(zip(*values, strict=True))
    if not any(map(any, parts)):
        return
    header = _beside_header(key[0])
    yield header, list(parts[0])
    for place in _shown(parts):
        yield _BESIDE[place], list(parts[place])


def _beside_header(header: str) -> str:
    """Give the bare header of a column that stood beside a column without a home.

    >>> _beside_header("Factor Value[dose] Unit"), _beside_header("Factor Value[dose] Unit Term Source REF")
    ('Unit', 'Term Source REF')
    """
    return header if (base := _base(header)) == header else header[len(base) + 1 :].removeprefix("Unit ")


def _shown(parts: Sequence[Sequence[str]]) -> list[int]:
    """Give the places of the parts that something stands in; source and accession go together."""
    found: list[int] = []
    if any(parts[1]) or any(parts[2]):
        found += [1, 2]
    if any(parts[3]) or any(parts[4]) or any(parts[5]):
        found.append(3)
    return found + ([4, 5] if any(parts[4]) or any(parts[5]) else [])


def lines(columns: Sequence[Column]) -> Iterator[str]:
    """Give the lines of a table."""
    yield row_text(header for header, _ in columns)
    for cells in zip(*(column for _, column in columns), strict=True):
        yield row_text(cells)
