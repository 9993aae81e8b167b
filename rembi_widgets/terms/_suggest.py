"""Free text to terms: what a column, or a whole record, surely means, as proposals that a person confirms.

A search offers guesses while one types; here nobody looks at each answer, so only two things count: the text is a name
of the term (its label, a synonym, an alias, in any case and plural), or it is one slip of the finger away from one.
What has no such answer is left as it is and listed.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from rembi_widgets.record import COLLECTIONS, GUIDE, Curation, Edit, Origin, Term
from rembi_widgets.terms._fields import FIELDS, parts_of
from rembi_widgets.terms._held import SHORTEST, closeness, follow_layers, held, in_branch, kept, slip_of
from rembi_widgets.terms._ranking import POINTS
from rembi_widgets.terms._search import search
from rembi_widgets.terms._suggestion import Proposed, Suggestion, Suggestions

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from rembi_widgets.record import FieldGuide
    from rembi_widgets.terms._suggestion import Proposing

SUGGESTED = "suggested"
"""Kind of origin of a proposed term."""
SAME, NAMED = 1.0, 0.98
"""Confidence where the text is a name as it stands, and at most where it is one but for case, plural or an ending."""
DULLEST = 30
"""Points that a name may lose and be proposed however short it is."""


def suggest(source: Curation | str | Iterable[str], field: str | None = None) -> Suggestions:
    """Propose terms for free text.

    Parameters
    ----------
    source
        A record; one text; or texts, such as a column, of which each is answered once with how often it stands there.
    field
        A field of the record (``organism``) or part of the vocabulary that texts belong to; of a record, the only
        field of the term search to look at.

    Raises
    ------
    RembiError
        If there is no such field.

    Examples
    --------
    >>> found = suggest(["Homo sapiens (human)", "Beads"], "organism")
    >>> [one.term.id for one in found.found], [one.text for one in found.left]
    (['NCBITaxon:9606'], ['Beads'])
    """
    parts_of(field)
    follow_layers()
    if isinstance(source, Curation):
        return _of_record(source, field)
    counts: dict[str, int] = {}
    for text in [source] if isinstance(source, str) else source:
        if isinstance(text, str) and text.strip():
            counts[text] = counts.get(text, 0) + 1
    return _sorted([_suggestion(text, field, count=count) for text, count in counts.items()])


def propose_terms(curation: Proposing, field: str | None = None) -> Proposed:
    """Propose terms for the free text of an open curation: one change of unconfirmed values.

    Values that a person typed or confirmed stay as they are.

    Raises
    ------
    RembiError
        If there is no such field, or (``DiskError``) the disk refuses.
    """
    found = suggest(curation.record, field)
    change = curation.propose(found.edits, origin=SUGGESTED) if found.edits else None
    taken = {edit.path for edit in change.edits} if change is not None else set()
    proposed = tuple(one for one in found.found if one.path in taken)
    kept = tuple(one for one in found.found if one.path not in taken)
    return Proposed(change, proposed, kept, found.left)


def _sorted(all_: list[Suggestion], edits: tuple[Edit, ...] = ()) -> Suggestions:
    found, left = [one for one in all_ if one.term], [one for one in all_ if not one.term]
    return Suggestions(tuple(found), tuple(left), edits)


def _of_record(record: Curation, only: str | None) -> Suggestions:
    all_: list[Suggestion] = []
    edits: list[Edit] = []
    for path, field, value in _term_fields(record):
        if only is not None and only not in {field.name, field.terms}:
            continue
        said = [value] if isinstance(value, Term) else list(value) if isinstance(value, tuple) else []
        mine = {place: _suggestion(term.label, field.terms, path) for place, term in enumerate(said) if _is_free(term)}
        all_ += mine.values()
        edits += _edit(path, value, said, mine)
    return _sorted(all_, tuple(edits))


def _is_free(term: object) -> bool:
    return isinstance(term, Term) and not term.id


def _edit(path: str, value: Any, said: list[Term], mine: dict[int, Suggestion]) -> Iterator[Edit]:
    found = {place: one for place, one in mine.items() if one.term is not None}
    if found:
        mended = [found[place].term if place in found else term for place, term in enumerate(said)]
        texts = ", ".join(one.text for one in found.values())
        sure = min(one.confidence for one in found.values())
        origin = Origin.model_validate({"kind": SUGGESTED, "source": texts, "confidence": sure})
        yield Edit(op="set", path=path, value=mended[0] if isinstance(value, Term) else mended, origin=origin)


def _term_fields(record: Curation) -> Iterator[tuple[str, FieldGuide, Any]]:
    """Give the values of all fields that have a vocabulary, with their paths."""
    for section in GUIDE.values():
        fields = [field for field in section.fields.values() if FIELDS.get(field.terms or "")]
        for path, entity in _entities(record, section.collection, section.kind) if fields else ():
            for field in fields:
                yield f"{path}/{field.name}", field, getattr(entity, field.name)


def _entities(record: Curation, collection: str, kind: str) -> Iterator[tuple[str, Any]]:
    for name in COLLECTIONS if kind == "rows" else [collection] if collection in COLLECTIONS else []:
        for entity in getattr(record, name):
            path = f"/{name}/{entity.id}"
            if kind != "rows":
                yield path, entity
            else:
                yield from ((f"{path}/{collection}/{row.id}", row) for row in getattr(entity, collection, ()))


def _suggestion(text: str, field: str | None, path: str = "", count: int = 1) -> Suggestion:
    term, confidence, why = _meant(text.strip(), field)
    return Suggestion(text, field, term, confidence, why, path, count)


@kept
def _meant(text: str, field: str | None) -> tuple[Term | None, float, str]:
    for match in search(text, field, limit=3):
        if not match.confident or in_branch(match.id, field) is False:
            continue
        sure = SAME if match.kind == "id" else _confidence(text, match.id)
        if sure:
            return Term(label=match.label, id=match.id, ontology=match.ontology), sure, match.why
    return None, 0.0, ""


def _confidence(text: str, identity: str) -> float:
    term = held(identity)
    if term is None or term.obsolete:
        return 0.0
    if text in term.texts:
        return SAME
    points = closeness(term, text)
    if points >= POINTS["bag"] - DULLEST or (points and len(text) >= SHORTEST):
        return round(min(NAMED, points / 1000), 2)
    return round(slip_of(term, text), 2)
