"""What a value looks like in a cell, and what a cell says: text stays text, whatever a spreadsheet would make of it."""

from __future__ import annotations

import re
import zlib
from datetime import date, datetime, time
from typing import TYPE_CHECKING, Any

from rembi_widgets.record import Absent, Quantity, Term, plain

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

LONGEST = 32767
"""Characters that a cell takes."""
ABSENCES = {"not_applicable": "not applicable", "not_recorded": "not recorded"}
"""How an honest absence is written: ``[not recorded] lost with the old computer``."""

_ABSENT = re.compile(r"\[(not applicable|sans objet|not recorded|non renseigné)\](?: (.*))?", re.DOTALL)
_FRENCH = {"sans objet": "not applicable", "non renseigné": "not recorded"}
_TERM = re.compile(r"(.*\S) \[([A-Za-z][\w.-]*[:_][^\s\[\]]+)\]", re.DOTALL)
_QUANTITY = re.compile(r"([-+]?\d+(?:[.,]\d+)?(?:[eE][-+]?\d+)?)(?: (\S.*))?")
_REFUSED = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")
"""Characters that XML, and so a workbook, cannot hold."""

Shown = str | float | bool | None


def shown(value: Any, names: Mapping[str, str]) -> Shown:
    """Give what stands in a cell for a value; ``names`` turns ids that are referred to into titles."""
    if value is None or isinstance(value, bool | int | float):
        return value
    if isinstance(value, list | tuple):
        return clean("\n".join(str(shown(item, names)) for item in value)) or None
    if isinstance(value, Absent):
        return clean(" ".join(part for part in (f"[{ABSENCES[value.absent]}]", value.reason) if part))
    if isinstance(value, Term):
        return clean(f"{value.label} [{value.id}]" if value.id else value.label)
    if isinstance(value, str):
        return clean(names.get(value, value)) or None
    return clean(str(value)) or None


def clean(text: str) -> str:
    """Give a text as a cell can hold it."""
    return _REFUSED.sub("\ufffd", text.replace("\r\n", "\n").replace("\r", "\n"))[:LONGEST]


def said(cell: Any) -> str:
    """Give what a cell says as one text, by which cells are compared."""
    if cell is None:
        return ""
    if isinstance(cell, bool):
        return "TRUE" if cell else "FALSE"
    if isinstance(cell, int | float):
        return f"{cell:.15g}"
    if isinstance(cell, datetime):
        return cell.date().isoformat() if cell.time() == time() else cell.isoformat(timespec="seconds")
    if isinstance(cell, date | time):
        return cell.isoformat()
    return str(cell).replace("\r\n", "\n").replace("\r", "\n").strip("\n")


def check_of(cells: Sequence[Any]) -> str:
    """Give six letters a cell that tell later whether somebody changed it."""
    return "".join(f"{zlib.crc32(said(cell).encode(errors='surrogatepass')) & 0xFFFFFF:06x}" for cell in cells)


def read_cell(cell: Any, kind: str, find: Callable[[str], str]) -> Any:
    """Give the JSON form of what a cell says.

    Parameters
    ----------
    cell
        As openpyxl gives it.
    kind
        The kind of the field in the guide.
    find
        Turns a title into the id of what has it.
    """
    text = said(cell).strip()
    if not text:
        return None
    absent = _ABSENT.fullmatch(text)
    if absent:
        word = _FRENCH.get(absent[1], absent[1])
        return plain(Absent(absent=word.replace(" ", "_"), reason=absent[2] or None))
    return _READERS.get(kind, _text)(cell, text, find)


def _text(_cell: Any, text: str, _find: Callable[[str], str]) -> Any:
    return text


def _number(cell: Any, text: str, _find: Callable[[str], str]) -> Any:
    if isinstance(cell, int | float) and not isinstance(cell, bool):
        return cell
    return text


def _flag(cell: Any, text: str, _find: Callable[[str], str]) -> Any:
    if isinstance(cell, bool):
        return cell
    return {"TRUE": True, "YES": True, "VRAI": True, "OUI": True, "FALSE": False, "NO": False, "FAUX": False,
            "NON": False}.get(text.upper(), text)  # fmt: skip


def _term(_cell: Any, text: str, _find: Callable[[str], str]) -> Any:
    found = _TERM.fullmatch(text)
    if not found:
        return {"label": text}
    return {"label": found[1], "id": found[2], "ontology": re.split("[:_]", found[2])[0]}


def _quantity(_cell: Any, text: str, _find: Callable[[str], str]) -> Any:
    found = _QUANTITY.fullmatch(text)
    if not found:
        return {"text": text}
    return plain(Quantity(number=float(found[1].replace(",", ".")), unit=found[2]))


def _lines(text: str) -> list[str]:
    return [line.strip() for line in text.split("\n") if line.strip()]


_READERS: dict[str, Callable[[Any, str, Callable[[str], str]], Any]] = {
    "number": _number,
    "flag": _flag,
    "term": _term,
    "terms": lambda cell, text, find: [_term(cell, line, find) for line in _lines(text)],
    "texts": lambda _cell, text, _find: _lines(text),
    "choices": lambda _cell, text, _find: _lines(text),
    "quantity": _quantity,
    "ref": lambda _cell, text, find: find(text),
    "refs": lambda _cell, text, find: [find(line) for line in _lines(text)],
}
