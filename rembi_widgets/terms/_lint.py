"""The linter: what is wrong with a term, as findings with the fix where it is certain."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from rembi_widgets.locale import text
from rembi_widgets.record import Edit, Finding, Named, Term
from rembi_widgets.terms._claim import Claim
from rembi_widgets.terms._faults import faults
from rembi_widgets.terms._fields import parts_of
from rembi_widgets.terms._identity import read_identity

if TYPE_CHECKING:
    from rembi_widgets.terms._claim import Fault

    Said = Term | str | tuple[str, str] | tuple[str, str, str] | Mapping[str, Any]

PLACE = "/term"
"""Path of a finding about a term that stands nowhere in a record."""


def lint(said: Said, field: str | None = None, *, path: str = PLACE) -> tuple[Finding, ...]:
    """Tell what is wrong with a term: its id, its name, whether it fits the field, and how it is written.

    Parameters
    ----------
    said
        A term; its name and id, and the ontology where that is named too; its JSON form; or an id alone. Free text,
        which has no id, is never wrong.
    field
        A field of the record (``imaging_method``) or part of the vocabulary; ``None`` where any term may stand.
    path
        Where it stands in a record: what the findings lead to, and what their fixes set.

    Raises
    ------
    RembiError
        If there is no such field.

    Examples
    --------
    >>> wrong = lint(("light sheet fluorescence microscopy", "FBbi:00000364"), "imaging_method")
    >>> [finding.code for finding in wrong], wrong[0].wanted
    (['term_label', 'term_branch'], 'SPIM (FBbi:00000369)')
    """
    parts_of(field)
    term = _term(said)
    found = faults(claim(term, field))
    return tuple(finding_of((fault,), path, (fault.mended,) if fault.mended else None) for fault in found)


def claim(term: Term, field: str | None) -> Claim:
    """Give a term of a record as the linter takes it."""
    return Claim(term.label, term.id or "", term.ontology or "", field)


def finding_of(same: tuple[Fault, ...], path: str, value: Any = None) -> Finding:
    """Give the finding of faults of one code at one place.

    Parameters
    ----------
    value
        What the fix sets there; a tuple of one for a field that holds one; ``None`` for no fix.
    """
    first = same[0]
    wanted = first.wanted if len(same) == 1 else ", ".join(dict.fromkeys(_words(fault.wanted) for fault in same))
    found = ", ".join(dict.fromkeys(fault.found for fault in same))
    fix = None if value is None else (Edit(op="set", path=path, value=value[0] if isinstance(value, tuple) else value),)
    values = {**dict(first.values), "found": found, "wanted": wanted}
    return Finding(
        level=first.level, code=first.code, path=path, values=values, found=found, wanted=_words(wanted, first), fix=fix
    )


def _words(wanted: str | Named, fault: Fault | None = None) -> str:
    if not isinstance(wanted, Named):
        return wanted
    return text(wanted.key, None, **{name: str(value) for name, value in (fault.values if fault else ())})


def _term(said: Said) -> Term:
    if isinstance(said, Term):
        return said
    if isinstance(said, str):
        is_id = said.strip().isdigit() or read_identity(said) is not None
        return Term(label="", id=said) if is_id else Term(label=said)
    if isinstance(said, Mapping):
        return Term.model_validate({"label": "", **said})
    label, identity, *source = (part or "" for part in said)
    return Term(label=label, id=identity or None, ontology=source[0] if source else None)
