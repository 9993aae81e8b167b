"""Names that every reader takes: of fields within brackets, of nodes and protocols, of files."""

from __future__ import annotations

import re
import unicodedata
from typing import TYPE_CHECKING, Any

from rembi_widgets.formats.isatab._cells import tame, words
from rembi_widgets.record import Absent

if TYPE_CHECKING:
    from collections.abc import Iterable

_LONGEST = 60
_READ_AS_EMPTY = frozenset(
    ["#N/A", "#N/A N/A", "#NA", "-1.#IND", "-1.#QNAN", "-NaN", "-nan", "1.#IND", "1.#QNAN", "<NA>", "N/A", "NA"],
).union(["NULL", "NaN", "None", "n/a", "nan", "null"])
"""Words that pandas, and with it isatools, reads as an empty cell."""
_IN_BRACKETS = (
    (re.compile(r"[\[\].;\"\\#\x00-\x1f\x7f]+"), " "),
    (re.compile(r"\bprotocol ref\b", re.IGNORECASE), "protocol_ref"),
    (re.compile(r" (file)", re.IGNORECASE), r"_\1"),
    (re.compile(r"label", re.IGNORECASE), "marker"),
    (re.compile(r"material type", re.IGNORECASE), "material_type"),
    (re.compile(r"unnamed: ", re.IGNORECASE), "unnamed "),
    (re.compile(r"\s+"), " "),
)
"""What must not stand within brackets, and what stands instead: isatools cuts a header at a dot, and takes one with
`` File`` or ``Protocol REF`` in it for a node, one with ``label`` for the column Label."""


def field_name(text: str) -> str:
    """Give a name that can stand within brackets, such as ``Comment[...]``.

    >>> field_name("N.A. of objective")
    'N A of objective'
    """
    for pattern, instead in _IN_BRACKETS:
        text = pattern.sub(instead, text)
    return _not_empty(tame(text) or "field")


def _not_empty(text: str) -> str:
    return f"{text} (name)" if text in _READ_AS_EMPTY else text


def node_name(value: Any, fallback: str) -> str:
    """Give a name for a node or protocol: on one line, no comment, not read as empty.

    >>> node_name("#3", "sample"), node_name("NA", "sample"), node_name(None, "sample")
    ('no. 3', 'NA (name)', 'sample')
    """
    text = "" if isinstance(value, Absent) else words(value)
    if not text.isprintable() or "  " in text or text[:1] in " #" or text[-1:] == " ":
        text = " ".join(tame(text).split())
    if text.startswith("#"):
        text = "no. " + text.lstrip("# ")
    return _not_empty(text) if text and text != "no. " else fallback


def slug(text: str, fallback: str = "study") -> str:
    """Give a part of a file name: ASCII letters, digits, ``-`` and ``_``.

    >>> slug("Défauts mitotiques, HeLa")
    'Defauts-mitotiques-HeLa'
    """
    plain = unicodedata.normalize("NFKD", text).encode("ascii", "ignore").decode()
    return re.sub(r"[^A-Za-z0-9_]+", "-", plain)[:_LONGEST].strip("-_") or fallback


MADE_UP = "Made Up Name"
"""Comment on a node or protocol that has a name though what it stands for has no title."""


class Taken:
    """Names given so far; each new one is unlike them, upper and lower case being the same."""

    def __init__(self, names: Iterable[str] = ()) -> None:
        self._names = {name.casefold() for name in names}
        self._next: dict[str, int] = {}

    def fresh(self, name: str, join: str = " ") -> str:
        """Give the name, or the name with the first free number behind it."""
        tried, count = name, self._next.get(name.casefold(), 1)
        while tried.casefold() in self._names:
            count += 1
            tried = f"{name}{join}{count}"
        self._next[name.casefold()] = count
        self._names.add(tried.casefold())
        return tried
