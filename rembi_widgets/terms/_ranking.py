"""The ranking table: points for how a query and a name meet, read from ``data/ranking.tsv``.

The points are those that did best when several ways to search were compared on queries of biologists: what is equal
beats what begins alike, which beats words inside, which beats slips of the finger.
"""

from __future__ import annotations

from importlib.resources import files

from rembi_widgets.terms._starter import rows_of

_TABLE = files("rembi_widgets.terms").joinpath("data", "ranking.tsv").read_text(encoding="utf-8")
POINTS: dict[str, float] = {row["what"]: float(row["points"]) for row in rows_of(_TABLE)}
"""What a match is to its points."""

SECOND: dict[str, int] = {
    "EDAM_BIM": 1,
    "EDAM": 3,
    "CHEBI": 4,
    "EFO": 1,
    "FBbt": 1,
    "ZFA": 1,
    "WBbt": 1,
    "CLO": 1,
    "BTO": 1,
}
"""Ontologies that come after the first choice of their parts."""
ENOUGH = 630.0
"""Points below which slips of the finger are looked for too."""
NEAR = 78.0
"""Likeness, of 100, from which a name may be a slip of the finger away."""
WORD_NEAR = 80.0
"""Likeness, of 100, from which a word is corrected."""
