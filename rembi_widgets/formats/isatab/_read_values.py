"""From the words of a cell back to a value of the record: absences, numbers, terms, quantities, several values."""

from __future__ import annotations

import re
from functools import cache
from typing import TYPE_CHECKING, Any, NamedTuple

from rembi_widgets.formats.isatab._cells import ABSENCES, NOT_RECORDED, READS_AS_ABSENT
from rembi_widgets.formats.isatab._ontologies import curie, default_version, source_of_id
from rembi_widgets.formats.isatab._units import SYMBOLS
from rembi_widgets.record import Absent, Quantity, Term

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from rembi_widgets.record import Frozen

ABSENT = {said: absence for absence, said in ABSENCES.items()}
_NUMBER = re.compile(r"[+-]?(?:\d+\.?\d*|\.\d+)(?:[eE][+-]?\d+)?")
_ESCAPED = re.compile(r"\\(.)", re.DOTALL)
_FLAGS = {"true": True, "false": False}


class Kind(NamedTuple):
    """What a field takes: ``text``, ``number``, ``flag``, ``term`` or ``quantity``; one or many; an absence or not."""

    base: str
    many: bool
    absent: bool


class Said(NamedTuple):
    """What a place of an ISA-Tab says, and where it stands."""

    text: str
    header: str
    reason: str = ""
    sources: str = ""
    accessions: str = ""
    unit: str | None = None
    escaped: bool = False


_BASES = (("Term", "term"), ("Quantity", "quantity"), ("bool", "flag"), ("float", "number"))


@cache
def kind_of(model: type[Frozen], field: str) -> Kind:
    """Give the kind of a field of a class of the record."""
    said = str(model.model_fields[field].annotation)
    base = next((base for word, base in _BASES if word in said), "text")
    return Kind(base, "tuple" in said, "Absent" in said)


def split(cell: str) -> list[str]:
    r"""Give the several values of one cell.

    >>> split(r"DAPI\; 1:500;GFP")
    ['DAPI; 1:500', 'GFP']
    """
    if "\\" not in cell:
        return cell.split(";")
    parts, current, escaped = [], "", False
    for letter in cell:
        if escaped or letter not in "\\;":
            current, escaped = current + letter, False
        elif letter == "\\":
            escaped = True
        else:
            parts.append(current)
            current = ""
    return [*parts, current]


def unescaped(cell: str) -> str:
    r"""Give the one value of a cell in which ``;`` and ``\`` may be escaped."""
    return _ESCAPED.sub(r"\1", cell) if "\\" in cell else cell


def unmarked(text: str) -> str:
    r"""Give a text that has a backslash before it so that it does not read as an absence."""
    return text[1:] if text.startswith("\\") and READS_AS_ABSENT.fullmatch(text) else text


def as_number(text: str) -> float | str:
    """Give a number as one, other text as it is.

    >>> as_number("0.085"), as_number("nan"), as_number("20x")
    (0.085, 'nan', '20x')
    """
    return float(text) if _NUMBER.fullmatch(text) else text


class Values:
    """Reads values; knows the versions of the sources of terms.

    Parameters
    ----------
    versions
        Name of a term source to its version, as the investigation declares them.
    rembi
        Whether cells have the layout's escapes and words for absences.
    """

    def __init__(self, versions: Mapping[str, str], *, rembi: bool) -> None:
        self.versions, self.rembi = versions, rembi

    def read(self, kind: Kind, said: Said) -> Any:
        """Give the value that is said, ``None`` where there is none."""
        if not said.text:
            return None
        if kind.absent and self.rembi and said.text in ABSENT:
            return Absent.model_validate({"absent": ABSENT[said.text], "reason": said.reason or None})
        if kind.many:
            return self._many(kind, said)
        text = said.text if not self.rembi else unescaped(said.text) if said.escaped else unmarked(said.text)
        if kind.base == "term":
            return self.term(text, said.sources, said.accessions)
        return self.one(kind.base, text, said.unit)

    def one(self, base: str, text: str, unit: str | None = None) -> Any:
        """Give one value that is no term."""
        if base == "number":
            return as_number(text)
        if base == "flag":
            return _FLAGS.get(text.casefold(), text)
        if base == "quantity":
            return text if unit is None else quantity(text, unit)
        return text

    def items(self, cell: str) -> list[str]:
        """Give several values of a cell; only the layout escapes ``;``."""
        return split(cell) if self.rembi else [part.strip() for part in cell.split(";")]

    def _many(self, kind: Kind, said: Said) -> tuple[Any, ...]:
        items = list(map(unmarked, self.items(said.text))) if self.rembi else self.items(said.text)
        if kind.base != "term":
            return tuple(items)
        sources, accessions = (_as_long(self.items(cell), items) for cell in (said.sources, said.accessions))
        rows = zip(items, sources, accessions, strict=True)
        return tuple(self.term(*row) for row in rows if any(row))

    def rows(self, kind: Kind, said: Said, count: int) -> list[Any]:
        """Give one value a row of an entity: rows share a cell."""
        lists = (said.text, said.reason, said.sources, said.accessions)
        texts, reasons, sources, accessions = (_as_long(self.items(cell), range(count)) for cell in lists)
        parts = zip(texts, reasons, sources, accessions, strict=True)
        # the items are split already: nothing is escaped in them
        return [self.read(kind, Said(text, said.header, why, ref, number)) for text, why, ref, number in parts]

    def term(self, label: str, source: str, accession: str) -> Term:
        """Give a term; its id is a CURIE where its accession is an address of an ontology that is known."""
        if not accession:
            return Term(label=label)
        identity = curie(accession)
        if not self.rembi and source and identity == accession and ":" not in accession and "_" not in accession:
            identity = f"{source}:{accession}"
        name = source or source_of_id(identity) or None
        return Term(label=label or identity, id=identity, ontology=name, version=self._version(name))

    def _version(self, source: str | None) -> str | None:
        said = self.versions.get(source or "", "")
        known = self.rembi and (said in {NOT_RECORDED, default_version(source or "")} or ", " in said)
        return None if known or not said else said


def quantity(text: str, unit: str) -> Quantity:
    """Give a quantity from its number and the label or symbol of its unit.

    >>> quantity("405", "nanometer").unit
    'nm'
    """
    number = as_number(text)
    symbol = SYMBOLS.get(unit, unit) or None
    if isinstance(number, str):
        return Quantity(text=number, unit=symbol)
    return Quantity(number=number, unit=symbol)


def _as_long(values: list[str], wanted: Sequence[object]) -> list[str]:
    return (values + [""] * (len(wanted) - len(values)))[: len(wanted)]
