"""Which images a correlation brings together: its one written form.

The record keeps it as text, so that every export can carry it: ``moving: light/*.ome.tiff | fixed: sem/cell_04.mrc``.
An entry is the path of a file in the dataset or a pattern (``*`` within a folder's name, ``**`` over folders);
entries are parted by ``;``. In a path, ``;``, ``|``, ``*`` and ``%`` are written ``%3B``, ``%7C``, ``%2A`` and
``%25``. Any other text stands for itself: it was written by a person, and is kept.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

_FORM = re.compile(r"\s*(?:moving:(?P<moving>[^|]*))?\|?\s*(?:fixed:(?P<fixed>[^|]*))?(?:\|(?P<note>.*))?", re.DOTALL)
_CODES = {"%": "%25", ";": "%3B", "|": "%7C", "*": "%2A"}
_DECODE = {code: letter for letter, code in _CODES.items()}
MOST_NAMED = 50
"""Images that are named one by one; more are said by patterns."""


@dataclass(frozen=True)
class Related:
    """The two sides of a correlation: what was transformed, and onto what; and what else was written."""

    moving: tuple[str, ...] = ()
    fixed: tuple[str, ...] = ()
    note: str = ""

    def __str__(self) -> str:
        sides = [
            f"{name}: {'; '.join(said)}" for name, said in (("moving", self.moving), ("fixed", self.fixed)) if said
        ]
        return " | ".join([*sides, *([self.note] if self.note else [])])


def entry_of(path: str) -> str:
    """Write a path as an entry.

    >>> entry_of("a;b.tif")
    'a%3Bb.tif'
    """
    return "".join(_CODES.get(letter, letter) for letter in path)


def read_related(text: str | None) -> Related:
    """Read the text of the field; what is not in the form is its note.

    >>> read_related("moving: a.tif; b.tif | fixed: c.mrc")
    Related(moving=('a.tif', 'b.tif'), fixed=('c.mrc',), note='')
    """
    said = (text or "").strip()
    found = _FORM.fullmatch(said) if said.startswith(("moving:", "fixed:")) else None
    if found is None:
        return Related(note=said)
    moving, fixed = (
        tuple(part.strip() for part in (found[name] or "").split(";") if part.strip()) for name in ("moving", "fixed")
    )
    return Related(moving, fixed, (found["note"] or "").strip())


def _expression(entry: str) -> re.Pattern[str]:
    parts = re.split(r"(\*\*|\*)", entry)
    said = {"**": ".*", "*": "[^/]*"}
    return re.compile("".join(said.get(part, re.escape(_plain(part))) for part in parts), re.DOTALL)


def _plain(entry: str) -> str:
    return re.sub("%(?:25|3B|7C|2A)", lambda code: _DECODE[code[0]], entry)


def entries_match(entries: Iterable[str], paths: Sequence[str]) -> dict[str, tuple[int, ...]]:
    """Give the places, in a list of paths, of what each entry names; none for one that names nothing."""
    places = {path: place for place, path in enumerate(paths)}
    found = {}
    for entry in entries:
        if "*" in entry:
            fits = _expression(entry).fullmatch
            found[entry] = tuple(place for place, path in enumerate(paths) if fits(path))
        else:
            place = places.get(_plain(entry))
            found[entry] = () if place is None else (place,)
    return found


def entries_of(chosen: Iterable[str], paths: Iterable[str]) -> tuple[str, ...] | None:
    """Give the entries for chosen files: each by name if they are few, else folders of which all files were chosen.

    ``None`` if there are many and they are not whole folders: a pattern has to say which.
    """
    wanted = dict.fromkeys(chosen)
    if len(wanted) <= MOST_NAMED:
        return tuple(entry_of(path) for path in wanted)
    others = {path.rpartition("/")[0] for path in paths if path not in wanted}
    folders = dict.fromkeys(path.rpartition("/")[0] for path in wanted)
    alone = [path for path in wanted if path.rpartition("/")[0] in others]
    if len(alone) > MOST_NAMED:
        return None
    whole = [f"{entry_of(folder)}/*" if folder else "*" for folder in folders if folder not in others]
    return (*whole, *(entry_of(path) for path in alone))
