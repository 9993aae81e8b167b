"""Terms: what a person types or pastes, turned into a term of an ontology, with no network.

``search`` answers from the vocabulary that comes with the package and the layers beside it; ``lookup`` tells what is
known of an identifier. Free text is always allowed beside both.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from rembi_widgets.lazy import on_use
from rembi_widgets.terms._fields import FIELDS, PARTS

if TYPE_CHECKING:
    from rembi_widgets.record import Term
    from rembi_widgets.terms._claim import Claim, Fault
    from rembi_widgets.terms._faults import faults, source_faults
    from rembi_widgets.terms._held import draws_on
    from rembi_widgets.terms._layer import Layer, LayerTerm, OtherName
    from rembi_widgets.terms._layers import fetch as fetch_pack
    from rembi_widgets.terms._layers import health, pack_up
    from rembi_widgets.terms._layers import import_file as import_packs
    from rembi_widgets.terms._layers import known as known_packs
    from rembi_widgets.terms._layers import records as packs
    from rembi_widgets.terms._layers import remove as remove_pack
    from rembi_widgets.terms._lint import claim, finding_of, lint
    from rembi_widgets.terms._lookup import Known, children_of, in_field, lookup, parents_of
    from rembi_widgets.terms._match import Match
    from rembi_widgets.terms._online import OnlineAnswer, OnlineTerm, TopUp, online
    from rembi_widgets.terms._ontologies import ontology_named
    from rembi_widgets.terms._search import by_id, search, vocabulary
    from rembi_widgets.terms._sources import forget, layers, making
    from rembi_widgets.terms._suggest import propose_terms, suggest
    from rembi_widgets.terms._suggestion import Proposed, Suggestion, Suggestions

__all__ = [
    "FIELDS",
    "PARTS",
    "Claim",
    "Fault",
    "Known",
    "Layer",
    "LayerTerm",
    "Match",
    "OnlineAnswer",
    "OnlineTerm",
    "OtherName",
    "Proposed",
    "Suggestion",
    "Suggestions",
    "Term",
    "TopUp",
    "by_id",
    "children_of",
    "claim",
    "draws_on",
    "faults",
    "fetch_pack",
    "finding_of",
    "forget",
    "health",
    "import_packs",
    "in_field",
    "known_packs",
    "layers",
    "lint",
    "lookup",
    "making",
    "online",
    "ontology_named",
    "pack_up",
    "packs",
    "parents_of",
    "propose_terms",
    "remove_pack",
    "search",
    "source_faults",
    "suggest",
    "vocabulary",
]

_HOMES = {
    "_claim": ("Claim", "Fault"),
    "_faults": ("faults", "source_faults"),
    "_held": ("draws_on",),
    "_lint": ("claim", "finding_of", "lint"),
    "_ontologies": ("ontology_named",),
    "_suggest": ("propose_terms", "suggest"),
    "_suggestion": ("Proposed", "Suggestion", "Suggestions"),
    "_layer": ("Layer", "LayerTerm", "OtherName"),
    "_lookup": ("Known", "children_of", "in_field", "lookup", "parents_of"),
    "_match": ("Match",),
    "_search": ("by_id", "search", "vocabulary"),
    "_sources": ("forget", "layers", "making"),
}

_FURTHER = {
    "OnlineAnswer": "_online",
    "OnlineTerm": "_online",
    "TopUp": "_online",
    "fetch_pack": "_layers:fetch",
    "health": "_layers",
    "import_packs": "_layers:import_file",
    "known_packs": "_layers:known",
    "online": "_online",
    "pack_up": "_layers",
    "packs": "_layers:records",
    "remove_pack": "_layers:remove",
}

__getattr__ = on_use(
    __name__,
    {"Term": "rembi_widgets.record:Term"}
    | {name: f"rembi_widgets.terms.{home}" for name, home in _FURTHER.items()}
    | {name: f"rembi_widgets.terms.{home}" for home, names in _HOMES.items() for name in names},
)
