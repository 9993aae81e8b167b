"""JSON that is read piece by piece: of many things that say the same, what they say is held once.

The lists that grow with the images are gone through thing by thing, so that never more than one of them is held as
Python makes it of its text: that would be seven times the text. A text that is not as it should be goes to ``json`` as
a whole, which tells where.
"""

from __future__ import annotations

import json
import re
from typing import Any

Json = dict[str, Any]
_SPACE = re.compile(r"[ \t\n\r]*")
_DEEPEST = 8
"""Levels down to which objects are gone through; an assay's materials are at the seventh."""
_MOST_HELD = 10_000
"""Different pieces that are held to be found again: those that are on each thing another would fill the memory."""
_LISTS = frozenset(
    ["studies", "assays", "processSequence", "dataFiles", "sources", "samples", "otherMaterials", "materials"]
)


class _Strange(Exception):  # noqa: N818 - it is no error yet: json tells
    """A text that ``json`` must look at."""


def parsed(text: str) -> Any:
    """Give what a text is, as ``json.loads`` does.

    Raises
    ------
    json.JSONDecodeError
        If it is no JSON, with line and column.
    RecursionError
        If it is too deep.
    """
    try:
        return _Pieces(text).whole()
    except _Strange:
        return json.loads(text)


class _Pieces:
    def __init__(self, text: str) -> None:
        self._text, self._decode = text, json.JSONDecoder().raw_decode
        self._known: dict[str, Any] = {}

    def whole(self) -> Any:
        found, at = self._value(self._space(0), 0)
        if self._space(at) != len(self._text):
            raise _Strange
        return found

    def _space(self, at: int) -> int:
        match = _SPACE.match(self._text, at)
        return match.end() if match else at

    def _value(self, at: int, depth: int) -> tuple[Any, int]:
        begin = self._text[at : at + 1]
        if depth < _DEEPEST and begin == "{":
            return self._object(at, depth)
        return self._plain(at)

    def _plain(self, at: int) -> tuple[Any, int]:
        try:
            return self._decode(self._text, at)
        except ValueError as fault:
            raise _Strange from fault

    def _object(self, at: int, depth: int) -> tuple[Json, int]:
        found: Json = {}
        at = self._space(at + 1)
        if self._text[at : at + 1] == "}":
            return found, at + 1
        while True:
            if self._text[at : at + 1] != '"':
                raise _Strange
            key, at = self._plain(at)
            at = self._space(self._after(self._space(at), ":"))
            inside = key in _LISTS and self._text[at : at + 1] in {"[", "{"}
            found[key], at = self._inside(key, at, depth + 1) if inside else self._plain(at)
            at = self._space(at)
            if self._text[at : at + 1] == "}":
                return found, at + 1
            at = self._space(self._after(at, ","))

    def _after(self, at: int, sign: str) -> int:
        if self._text[at : at + 1] != sign:
            raise _Strange
        return at + 1

    def _inside(self, key: str, at: int, depth: int) -> tuple[Any, int]:
        if self._text[at] == "{":
            return self._value(at, depth)
        return self._list(at, depth, whole=key in {"studies", "assays"})

    def _list(self, at: int, depth: int, *, whole: bool) -> tuple[list[Any], int]:
        found: list[Any] = []
        at = self._space(at + 1)
        if self._text[at : at + 1] == "]":
            return found, at + 1
        while True:
            one, at = self._value(at, depth + 1) if whole else self._plain(at)
            found.append(one if whole else self._shrunk(one))
            at = self._space(at)
            if self._text[at : at + 1] == "]":
                return found, at + 1
            at = self._space(self._after(at, ","))

    def _shrunk(self, thing: Any) -> Any:
        """Give a thing whose values are those of others that say the same."""
        if isinstance(thing, dict):
            for key, value in thing.items():
                if isinstance(value, dict | list):
                    thing[key] = self._same(value)
        return thing

    def _same(self, value: Any) -> Any:
        name = repr(value)  # only equal values have it: 1 is not 1.0
        if name in self._known:
            return self._known[name]
        if isinstance(value, list):
            for place, one in enumerate(value):
                if isinstance(one, dict):
                    value[place] = self._known.setdefault(repr(one), one)
        if len(self._known) >= _MOST_HELD:
            self._known.clear()
        self._known[name] = value
        return value
