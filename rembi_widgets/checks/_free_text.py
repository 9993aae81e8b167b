"""Free text where an ontology has a term for it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from rembi_widgets.checks._asked import homes, label
from rembi_widgets.checks._case import finding
from rembi_widgets.record import GUIDE, TABLES, Edit, Term
from rembi_widgets.terms import FIELDS, search

if TYPE_CHECKING:
    from collections.abc import Iterator

    from rembi_widgets.checks._case import Case
    from rembi_widgets.record import Finding


def free_text(case: Case) -> Iterator[Finding]:
    """Find free text in fields with a vocabulary; a term that is surely meant is offered."""
    for section in GUIDE.values():
        fields = [field for field in section.fields.values() if FIELDS.get(field.terms or "")]
        for home in homes(section) if fields and section.collection not in TABLES else ():
            for path, entity in case.entities(home):
                for field in fields:
                    names = {"section": label(section), "label": label(section, field)}
                    yield from _look(f"{path}/{field.name}", getattr(entity, field.name), field.terms or "", names)


def _look(path: str, value: Any, vocabulary: str, names: dict[str, Any]) -> Iterator[Finding]:
    said = [value] if isinstance(value, Term) else list(value) if isinstance(value, tuple) else []
    free = [term for term in said if isinstance(term, Term) and not term.id]
    if not free:
        return
    meant = {term.label: found for term in free if (found := _meant(term, vocabulary))}
    found = ", ".join(term.label for term in free)
    if not meant and names["quiet"]:
        return
    if not meant:
        yield finding("info", "free_text", path, found=found, **names)
        return
    mended = [meant.get(term.label, term) if not term.id else term for term in said]
    fix = (Edit(op="set", path=path, value=mended[0] if isinstance(value, Term) else mended),)
    wanted = ", ".join(f"{term.label} ({term.id})" for term in meant.values())
    yield finding("info", "free_text_term", path, found=found, wanted=wanted, fix=fix, **names)


def _meant(term: Term, vocabulary: str) -> Term | None:
    best = search(term.label, vocabulary, limit=1)
    if not best or not best[0].confident:
        return None
    return Term(label=best[0].label, id=best[0].id, ontology=best[0].ontology)
