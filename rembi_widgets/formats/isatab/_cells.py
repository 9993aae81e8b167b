"""What stands in one cell: words for a value, several values in one cell, quotes.

Rules of the readers that the cells must pass: altamisa strips every cell and says so; isatools drops every line of the
file that begins with ``#`` and takes a line that is a section's heading for that section, within a quoted cell too.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

from rembi_widgets.record import Absent, Quantity, Term

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Sequence

EMPTY = '""'
ABSENCES = {"not_applicable": "not applicable", "not_recorded": "not recorded"}
"""An honest absence to the words that stand for it."""
READS_AS_ABSENT = re.compile(rf"\\*(?:{'|'.join(ABSENCES.values())})")
"""What a text is that has a backslash put before it."""
NOT_RECORDED = ABSENCES["not_recorded"]
HEADINGS = (
    "ONTOLOGY SOURCE REFERENCE|(?:INVESTIGATION|STUDY)(?: PUBLICATIONS| CONTACTS)?"
    "|STUDY (?:DESIGN DESCRIPTORS|FACTORS|ASSAYS|PROTOCOLS)"
)
_ODD = re.compile("[\x00-\x08\n-\x1f\x7f\ud800-\udfff]")
_CONTROL = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f]")
_SURROGATE = re.compile("[\ud800-\udfff]")
_TRAP = re.compile(rf"\s*[\r\n]\s*(?=#)|\s*[\r\n]\s*(?=(?:{HEADINGS})[^\S\r\n]*[\r\n])")


def number(value: float) -> str:
    """Write a number so that it reads back as the same: ``2048``, ``0.085``."""
    whole = int(value) if value == value // 1 and abs(value) < 1e15 else None  # noqa: PLR2004 - beyond, digits are lost
    return repr(value) if whole is None else str(whole)


def _quantity(value: Quantity) -> str:
    amount = value.text if value.number is None else number(value.number)
    return " ".join(part for part in (amount, value.unit) if part)


_WORDS: dict[type, Callable[[Any], str]] = {
    str: str,
    type(None): lambda _: "",
    bool: lambda value: "true" if value else "false",
    int: str,
    float: number,
    Absent: lambda value: ABSENCES[value.absent],
    Term: lambda value: value.label or value.id or "",
    Quantity: _quantity,
}


def words(value: Any) -> str:
    """Give the words for a value; several values are joined by ``;``, nothing is empty."""
    return _WORDS.get(type(value), str)(value)


def verbatim(value: Any) -> str:
    r"""Give the words for a value so that a text which reads like an honest absence comes back as the text it is.

    >>> verbatim("not applicable"), verbatim(Absent(absent="not_applicable"))
    ('\\not applicable', 'not applicable')
    """
    text = words(value)
    return "\\" + text if not isinstance(value, Absent) and READS_AS_ABSENT.fullmatch(text) else text


def reason(value: Any) -> str:
    """Give the reasons of absences, in step with the words."""
    if isinstance(value, Absent):
        return value.reason or ""
    if isinstance(value, tuple):
        reasons = [reason(item) for item in value]
        return joined(reasons) if any(reasons) else ""
    return ""


def escape(text: str) -> str:
    r"""Write one of several values: ``\`` and ``;`` get a ``\`` before them."""
    return text.strip().replace("\\", "\\\\").replace(";", "\\;")


def joined(values: Iterable[Any]) -> str:
    r"""Write several values in one cell.

    >>> joined(["DAPI; 1:500", "GFP"])
    'DAPI\\; 1:500;GFP'
    """
    return ";".join(escape(verbatim(value)) for value in values)


_WORDS |= {tuple: joined, list: joined}


def tame(text: str) -> str:
    """Take from a text what no reader of ISA-Tab can hold: control characters, halves of characters, line traps."""
    if _ODD.search(text):
        text = _SURROGATE.sub("\ufffd", _CONTROL.sub(" ", text))
        text = _TRAP.sub(" ", text)
    return text.strip()


def quote(text: str) -> str:
    """Write a cell: stripped, in quotes, its own quotes doubled.

    >>> quote('the "spindle" of HeLa')
    '"the ""spindle"" of HeLa"'
    """
    return '"' + tame(text).replace('"', '""') + '"'


def quote_all(texts: Sequence[str]) -> list[str]:
    """Write many cells; one search over all of them finds whether any needs more than its quotes."""
    if _ODD.search(joint := "".join(texts)) or '"' in joint:
        return [quote(text) for text in texts]
    return [f'"{text.strip()}"' for text in texts]
