"""Branches: which parts of the vocabulary a term belongs to, told by what stands above it.

The roots are those of the ontologies' releases: an illumination is no imaging method, whatever its name says.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

ELSEWHERE = "elsewhere"
"""Part of the terms that are in no part: they are found by identifier, and beside a field, never as its answer."""

ROOTS: dict[str, str] = {
    "FBbi:00000222": "imaging_method",
    "FBbi:00000321": "imaging_method",
    "FBbi:00000241": "imaging_method",
    "FBbi:00000001": "sample_prep",
    "FBbi:00000031": "label",
    "FBbi:00000269": "signal",
    "FBbi:00000270": "signal",
    "FBbi:00000271": "signal",
    "FBbi:00000590": "signal",
    "FBbi:00000268": ELSEWHERE,
    "UO:0000046": ELSEWHERE,
    "FBbi:00000398": "sample_prep",
    "FBbi:00000399": "sample_prep",
}
"""Term to a part that it and all below it belong to; negative stains and shadows are ways to see and to prepare,
and *kilo* is no unit."""

WHOLE: dict[str, str] = {
    "NCBITaxon": "organism",
    "CVCL": "cell_line",
    "CL": "cell_type",
    "UBERON": "tissue",
    "UO": "unit",
    "CMPO": "phenotype",
    "EDAM_BIM": "imaging_method",
}
"""Ontologies that belong to one part altogether."""


def ontology_of(identity: str) -> str:
    """Give the prefix of an identifier: ``CVCL`` of ``CVCL_0030``, ``EDAM_BIM`` of ``EDAM_BIM:topic_3444``.

    Examples
    --------
    >>> ontology_of("CVCL_0030"), ontology_of("EDAM_BIM:topic_3444")
    ('CVCL', 'EDAM_BIM')
    """
    prefix, colon, _ = identity.partition(":")
    return prefix if colon else identity.partition("_")[0]


def parts_by_branch(
    identity: str, said: Iterable[str], parents: Callable[[str], Iterable[str]], own: set[str]
) -> tuple[str, ...]:
    """Give the parts of a term.

    Parameters
    ----------
    said
        The parts its layers say it is in; where its ontology's branches are known, they decide instead.
    parents
        Gives the ids one step up.
    own
        Is filled with the ids of the term and of all above it.
    """
    whole = WHOLE.get(ontology_of(identity))
    _climb(identity, parents, own)
    branch = {ROOTS[one] for one in own if one in ROOTS}
    if branch:
        return tuple(sorted(branch))
    given = dict.fromkeys(said)
    if whole:
        given.setdefault(whole)
    return tuple(given) or (ELSEWHERE,)


def _climb(identity: str, parents: Callable[[str], Iterable[str]], seen: set[str]) -> None:
    open_ends = [identity]
    while open_ends:
        one = open_ends.pop()
        if one not in seen:
            seen.add(one)
            open_ends += parents(one)
