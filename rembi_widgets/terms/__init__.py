"""Terms: what a person types or pastes, turned into a term of an ontology, with no network.

``search`` answers from a small vocabulary that comes with the package. Free text is always allowed beside it.
"""

from __future__ import annotations

from rembi_widgets.record import Term
from rembi_widgets.terms._faults import Claim, Fault, faults, source_faults
from rembi_widgets.terms._fields import FIELDS
from rembi_widgets.terms._lint import claim, finding_of, lint
from rembi_widgets.terms._match import Match
from rembi_widgets.terms._ontologies import ontology_named
from rembi_widgets.terms._search import by_id, search, vocabulary
from rembi_widgets.terms._suggest import Proposed, Suggestion, Suggestions, propose_terms, suggest

__all__ = [
    "FIELDS",
    "Claim",
    "Fault",
    "Match",
    "Proposed",
    "Suggestion",
    "Suggestions",
    "Term",
    "by_id",
    "claim",
    "faults",
    "finding_of",
    "lint",
    "ontology_named",
    "propose_terms",
    "search",
    "source_faults",
    "suggest",
    "vocabulary",
]
