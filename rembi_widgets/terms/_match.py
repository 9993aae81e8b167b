"""A match: a term that may be what was meant, why, and how sure that is."""

from __future__ import annotations

from dataclasses import dataclass

CONFIDENT = 600.0
"""Points from which a match may be offered as what was meant; below it is only a guess."""


@dataclass(frozen=True, slots=True)
class Match:
    """A term that a query may mean.

    Attributes
    ----------
    id
        Its CURIE, such as ``FBbi:00000251``; Cellosaurus writes its own with an underscore (``CVCL_0030``).
    label
        The ontology's own label.
    ontology
        The prefix of its ontology.
    why
        In the language in use: ``label``, ``also called souris``, ``close to Mus musculus``.
    score
        Points, up to about 1,100; only good for comparing answers to one query.
    confident
        Whether it may be taken for what was meant.
    definition
        The ontology's definition, or empty.
    kind
        What was met: ``label``, ``alias`` (curated), ``synonym`` (the ontology's), ``slip`` (of the finger), ``id``,
        ``guess`` (only a part fits, or another field's term), or ``first`` in a list opened without a query.
    """

    id: str
    label: str
    ontology: str
    why: str
    score: float
    confident: bool
    definition: str = ""
    kind: str = "label"
