"""Terms with an id: whether it is one, fits the name and the field, is written as usual, and still in use.

Free text is never wrong here: what it may mean is another rule's to offer.
"""

from __future__ import annotations

from itertools import groupby
from typing import TYPE_CHECKING, Any

from rembi_widgets.checks._asked import homes
from rembi_widgets.record import GUIDE, SINGLETONS, TABLES, Term, is_empty
from rembi_widgets.terms import claim, draws_on, faults, finding_of

if TYPE_CHECKING:
    from collections.abc import Iterator

    from rembi_widgets.checks._case import Case
    from rembi_widgets.record import FieldGuide, Finding
    from rembi_widgets.terms import Fault

KINDS = frozenset({"term", "terms"})


def terms(case: Case) -> Iterator[Finding]:
    """Find terms whose id, name, ontology and field do not fit together; one finding a fault and field."""
    for section in GUIDE.values():
        fields = [field for field in section.fields.values() if field.kind in KINDS]
        for home in homes(section) if fields and section.collection not in TABLES else ():
            for path, entity in _entities(case, home):
                for field in fields:
                    value = getattr(entity, field.name)
                    if not is_empty(value):
                        yield from _look(f"{path}/{field.name}", field, value)


def _entities(case: Case, home: str) -> Iterator[tuple[str, Any]]:
    if home in SINGLETONS:
        yield f"/{home}", getattr(case.record, home)
    else:
        yield from case.entities(home)


def _look(path: str, field: FieldGuide, value: Any) -> Iterator[Finding]:
    said = [value] if isinstance(value, Term) else list(value) if isinstance(value, tuple) else []
    wrong = [(place, fault) for place, term in enumerate(said) for fault in _faults(term, field)]
    for _, same in groupby(sorted(wrong, key=lambda one: one[1].code), key=lambda one: one[1].code):
        yield _finding(path, said, list(same), several=not isinstance(value, Term))


def _faults(term: Term, field: FieldGuide) -> tuple[Fault, ...]:
    if not isinstance(term, Term) or not term.id:
        return ()
    found = faults(claim(term, field.terms))
    if not found:
        return ()
    expected = draws_on(field.terms)  # proteins and chemicals are looked up elsewhere
    return tuple(one for one in found if one.code != "term_not_held" or dict(one.values)["ontology"] in expected)


def _finding(path: str, said: list[Term], same: list[tuple[int, Fault]], *, several: bool) -> Finding:
    """Give the finding of all faults of one code in a field, with one fix for those that are certain."""
    mended = {place: fault.mended for place, fault in same if fault.mended is not None}
    value: Any = None
    if len(mended) == len(same):
        whole = [_kept(term, mended[place]) if place in mended else term for place, term in enumerate(said)]
        value = whole if several else tuple(whole)
    return finding_of(tuple(fault for _, fault in same), path, value)


def _kept(term: Term, mended: Term) -> Term:
    """Give a mended term with what else was said of it; another term has another version."""
    if mended.label != term.label:
        return mended
    return term.model_copy(update={"id": mended.id, "ontology": mended.ontology})
