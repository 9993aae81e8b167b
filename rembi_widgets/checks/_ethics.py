"""Human material: a word on ethics and consent has to go with it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from rembi_widgets.checks._case import finding
from rembi_widgets.record import Term, is_empty

if TYPE_CHECKING:
    from collections.abc import Iterator

    from rembi_widgets.checks._case import Case
    from rembi_widgets.record import Finding

HUMAN = "NCBITaxon:9606"
HUMAN_NAMES = frozenset({"homo sapiens", "homo sapiens (human)", "human", "homo sapiens sapiens", "humain"})
CELL_LINES = ("CVCL", "CLO")
"""Ontologies of established cell lines: their material was consented to long ago, if ever."""


def ethics(case: Case) -> Iterator[Finding]:
    """Find human biosamples in a study without an ethics statement; established cell lines are only worth a look."""
    if not is_empty(case.record.study.ethics_statement):
        return
    human = [sample for sample in case.record.biosamples if any(map(_is_human, _terms(sample.organism)))]
    if not human:
        return
    others = [sample for sample in human if not any(map(_is_cell_line, _terms(sample.biological_entity)))]
    names = ", ".join(case.name(f"/biosamples/{sample.id}") for sample in (others or human)[:3])
    if others:
        yield finding("warning", "ethics_missing", "/study/ethics_statement", found=names)
    else:
        yield finding("info", "ethics_cell_lines", "/study/ethics_statement", found=names)


def _terms(value: Any) -> tuple[Term, ...]:
    return value if isinstance(value, tuple) else ()


def _is_human(term: Term) -> bool:
    said = (term.id or "").replace("_", ":")
    return said == HUMAN or (not said and " ".join(term.label.casefold().split()) in HUMAN_NAMES)


def _is_cell_line(term: Term) -> bool:
    return (term.id or "").startswith(CELL_LINES)
