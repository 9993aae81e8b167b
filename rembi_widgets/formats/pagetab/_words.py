"""What stands in one value: words for any value of a record, and the forms in which the archive keeps ontology ids."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

from rembi_widgets.record import Absent, Quantity, Term

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

ABSENCES = {"not_applicable": "not applicable", "not_recorded": "not recorded"}
_CONTROL = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f]")
_SURROGATE = re.compile("[\ud800-\udfff]")
_BETWEEN, _WITHIN = ";\n", ";\n  "
"""What stands between several values in one text, and instead of it within one."""
_BETWEEN_ONLY = re.compile(r";\n(?!  )")
_SPELLED = {"ncbitaxon": "NCBITaxon", "ncbi taxonomy": "NCBITaxon", "fbbi": "FBbi"}
"""The two ontologies of the form, as its own defaults spell them."""


def number(value: float) -> str:
    """Write a number so that it reads back as the same: ``2048``, ``0.085``."""
    whole = int(value) if value == value // 1 and abs(value) < 1e15 else None  # noqa: PLR2004 - beyond, digits are lost
    return repr(value) if whole is None else str(whole)


def _absent(value: Absent) -> str:
    return f"{ABSENCES[value.absent]} ({value.reason})" if value.reason else ABSENCES[value.absent]


def _quantity(value: Quantity) -> str:
    amount = value.text if value.number is None else number(value.number)
    return " ".join(part for part in (amount, value.unit) if part)


_WORDS: dict[type, Callable[[Any], str]] = {
    type(None): lambda _: "",
    bool: lambda value: "yes" if value else "no",
    float: number,
    Absent: _absent,
    Term: lambda value: value.label or value.id or "",
    Quantity: _quantity,
}


def tame(text: str) -> str:
    """Give a text without outer blanks, control characters and halves of characters; lines end with LF."""
    tidy = text.replace("\r\n", "\n").replace("\r", "\n")
    return _SURROGATE.sub("\ufffd", _CONTROL.sub(" ", tidy)).strip()


def said(value: Any) -> str:
    """Give the words for a value; nothing is empty, an absence is its words and its reason.

    >>> said(Quantity(number=488.0, unit="nm")), said(("a", "b")), said(Absent(absent="not_recorded"))
    ('488 nm', 'a; b', 'not recorded')
    """
    return tame(_WORDS.get(type(value), str)(value))


def given(value: Any) -> str:
    """Give the words for a value, none for an absence: identifiers and addresses are themselves or not there."""
    return "" if isinstance(value, Absent) else said(value)


def joined(values: Iterable[Any], join: str = "; ") -> str:
    """Give several values as one text, without the empty ones."""
    return join.join(text for text in map(said, values) if text)


_WORDS |= {tuple: joined, list: joined}


def stacked(values: Iterable[Any]) -> str:
    r"""Give several values as the one text that the archive's reader takes, so that they can be told apart again.

    The reader makes a list of one of an attribute, and fails where the attribute stands twice.

    >>> stacked(["latrunculin A; 30 min", "serum"])
    'latrunculin A; 30 min;\nserum'
    """
    return _BETWEEN.join(text.replace(_BETWEEN, _WITHIN) for text in map(said, values) if text)


def unstacked(text: str) -> list[str]:
    r"""Give the values of a text that ``stacked`` made; any other text is one.

    >>> unstacked("latrunculin A;\nserum"), unstacked("latrunculin A; serum")
    (['latrunculin A', 'serum'], ['latrunculin A; serum'])
    """
    parts = _BETWEEN_ONLY.split(text.replace("\r\n", "\n").replace("\r", "\n"))
    return [part.replace(_WITHIN, _BETWEEN) for part in parts]


def each(value: Any) -> tuple[Any, ...]:
    """Give the values of a field that may hold several; an absence is one."""
    return value if isinstance(value, tuple) else () if value is None else (value,)


def term_id(identity: str) -> str:
    """Give the id of a term in the form that the archive's reader keeps.

    >>> term_id("NCBITaxon:9606"), term_id("http://purl.obolibrary.org/obo/FBbi_00000251")
    ('NCBITaxon_9606', 'FBbi_00000251')
    """
    last = identity.rstrip("/").rpartition("/")[2] if "://" in identity else identity
    prefix, _, rest = last.replace(":", "_", 1).partition("_")
    prefix = _SPELLED.get(prefix.casefold(), prefix)
    return tame(f"{prefix}_{rest}" if rest else prefix)


def qualifiers(value: Any) -> tuple[tuple[str, str], ...]:
    """Give what qualifies the value of a term: its ontology and its id; nothing for free text."""
    if not isinstance(value, Term) or not value.id:
        return ()
    identity = term_id(value.id)
    prefix = identity.partition("_")[0]
    name = tame(value.ontology or "") or prefix
    return ("Ontology", _SPELLED.get(name.casefold(), name)), ("TermId", identity)
