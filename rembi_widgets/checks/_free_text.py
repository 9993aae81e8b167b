"""Free text where an ontology has a term for it."""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING, Any

from rembi_widgets.checks._asked import homes, label
from rembi_widgets.checks._case import finding
from rembi_widgets.record import GUIDE, TABLES, Edit, Term
from rembi_widgets.terms import FIELDS, search

if TYPE_CHECKING:
    from collections.abc import Iterator

    from rembi_widgets.checks._case import Case
    from rembi_widgets.record import FieldGuide, Finding, SectionGuide


def free_text(case: Case) -> Iterator[Finding]:
    """Find free text in fields with a vocabulary; a term that is surely meant is offered."""
    for section in GUIDE.values():
        fields = [field for field in section.fields.values() if FIELDS.get(field.terms or "")]
        for home in homes(section) if fields and section.collection not in TABLES else ():
            for path, entity in case.entities(home):
                for field in fields:
                    yield from _look(section, field, f"{path}/{field.name}", getattr(entity, field.name))


def _look(section: SectionGuide, field: FieldGuide, path: str, value: Any) -> Iterator[Finding]:
    said = [value] if isinstance(value, Term) else list(value) if isinstance(value, tuple) else []
    free = [term for term in said if isinstance(term, Term) and not term.id]
    meant = {term.label: found for term in free if (found := _meant(term.label, field.terms or ""))}
    values: dict[str, Any] = {
        "section": label(section),
        "label": label(section, field),
        "found": ", ".join(term.label for term in free),
    }
    if meant:
        mended = [term if term.id else meant.get(term.label, term) for term in said]
        fix = (Edit(op="set", path=path, value=mended[0] if isinstance(value, Term) else mended),)
        wanted = ", ".join(f"{term.label} ({term.id})" for term in meant.values())
        yield finding("info", "free_text_term", path, wanted=wanted, fix=fix, **values)
    elif free and section.kind != "rows":  # what a label marks is seldom in a vocabulary
        yield finding("info", "free_text", path, **values)


@lru_cache(maxsize=4096)
def _meant(said: str, vocabulary: str) -> Term | None:
    best = search(said, vocabulary, limit=1)
    if not best or not best[0].confident:
        return None
    return Term(label=best[0].label, id=best[0].id, ontology=best[0].ontology)
