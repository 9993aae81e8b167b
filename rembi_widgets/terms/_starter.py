"""What comes with the package: its tables of terms and of names, read as one layer.

A table takes part by its columns: ``id`` and ``label`` make it one of terms, ``id`` and ``alias`` one of further names,
``id`` and ``same`` one of terms whose names belong to a term of a better known ontology as well.
``fbbi.tsv``, ``uo.tsv``, ``cmpo.tsv``, ``cl.tsv`` and ``uberon.tsv`` hold names, definitions and hierarchy of those
ontologies (CC BY); ``edam_bioimaging.tsv`` holds names of imaging topics of EDAM-BIOIMAGING (CC BY-SA 4.0), apart from
the others as its licence wants.
"""

from __future__ import annotations

import csv
import io
from dataclasses import dataclass, field
from functools import cache
from hashlib import blake2b
from importlib.resources import files
from typing import TYPE_CHECKING

from rembi_widgets.terms._layer import LayerTerm, OtherName

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from rembi_widgets.terms._layer import Kind

TABLES = (
    "starter_vocabulary.tsv",
    "fbbi.tsv",
    "uo.tsv",
    "cmpo.tsv",
    "cl.tsv",
    "uberon.tsv",
    "edam_bioimaging.tsv",
    "enrichment.tsv",
    "common_names.tsv",
    "aliases.tsv",
    "strains.tsv",
)
"""The tables read first, and the order of the first tells what is used most; any other in ``data`` comes after them."""
LEAST, STEP, CHOSEN = 0.5, 0.01, 0.35
"""Popularity of the first table's terms: 1 for the first of a part, a step less for each after it; and of those that
another table holds because somebody thought of them."""
KINDS: dict[str, Kind] = {
    "exact": "exact",
    "alias": "alias",
    "related": "related",
    "broad": "broad",
    "narrow": "narrow",
}


@dataclass
class _Found:
    """What the tables together say of one term."""

    label: str = ""
    names: list[OtherName] = field(default_factory=list)
    parts: list[str] = field(default_factory=list)
    parents: list[str] = field(default_factory=list)
    definition: str = ""
    popularity: float = 0.0
    obsolete: bool = False
    replaced_by: str = ""


class StarterLayer:
    """The vocabulary of the package as a layer."""

    name = "starter"
    source = (
        "rembi_widgets; FBbi 2026-01-30; UO 2026-01-16; CMPO 2017-12-19; slims of CL 2026-06-08 and UBERON 2026-04-01; "
        "EDAM-BIOIMAGING 1.0alpha"
    )
    licence = "CC0 1.0; FBbi, UO and CL CC BY 4.0, CMPO and UBERON CC BY 3.0, EDAM-BIOIMAGING CC BY-SA 4.0"

    @property
    def version(self) -> str:
        """A digest of the tables."""
        return _version()

    def terms(self) -> Iterator[LayerTerm]:
        """Give every term of the tables, those used most first."""
        for identity, found in _gathered().items():
            if found.label:
                yield LayerTerm(
                    identity,
                    found.label,
                    tuple(dict.fromkeys(found.names)),
                    tuple(dict.fromkeys(found.parts)),
                    tuple(dict.fromkeys(found.parents)),
                    found.definition,
                    found.popularity,
                    found.obsolete,
                    found.replaced_by,
                )


def rows_of(said: str) -> Iterator[dict[str, str]]:
    """Read a table of the package: tabs, a header, nothing quoted."""
    return csv.DictReader(io.StringIO(said), delimiter="\t", quoting=csv.QUOTE_NONE)


@cache
def _texts() -> Mapping[str, str]:
    folder = files("rembi_widgets.terms") / "data"
    others = sorted({one.name for one in folder.iterdir() if one.name.endswith(".tsv")} - set(TABLES))
    return {name: folder.joinpath(name).read_text(encoding="utf-8") for name in (*TABLES, *others)}


@cache
def _version() -> str:
    digest = blake2b(digest_size=8)
    for name, said in _texts().items():
        digest.update(f"{name}\0{said}\0".encode())
    return digest.hexdigest()


def _gathered() -> dict[str, _Found]:
    found: dict[str, _Found] = {}
    ranks: dict[str, int] = {}
    twins: list[tuple[str, str]] = []
    for table, said in _texts().items():
        columns = set(said.partition("\n")[0].split("\t"))
        if {"id", "label"} <= columns:
            for row in rows_of(said):
                _take_term(found.setdefault(row["id"], _Found()), row, ranks if table == TABLES[0] else None)
        elif {"id", "alias"} <= columns:
            for row in rows_of(said):
                found.setdefault(row["id"], _Found()).names += _aliases(row)
        elif {"id", "same"} <= columns:
            twins += [(row["id"], row["same"]) for row in rows_of(said)]
    for identity, same in twins:
        if identity in found and same in found:
            found[same].names += [OtherName(found[identity].label), *found[identity].names]
    return found


def _take_term(into: _Found, row: Mapping[str, str | None], ranks: dict[str, int] | None) -> None:
    get = {column: value or "" for column, value in row.items()}
    into.label = into.label or get["label"]
    into.parts += _listed(get.get("parts", ""))
    into.parents += _listed(get.get("parents", ""))
    into.definition = into.definition or get.get("definition", "")
    into.obsolete = into.obsolete or get.get("obsolete", "") == "1"
    into.replaced_by = into.replaced_by or get.get("replaced_by", "")
    into.names += _synonyms(get.get("synonyms", ""))
    into.popularity = max(into.popularity, float(get.get("popularity") or 0))
    part = get.get("field")
    if part:
        into.parts.append(part)
        place = None if ranks is None else ranks.get(part, 0)
        into.popularity = max(into.popularity, CHOSEN if place is None else max(LEAST, 1 - STEP * place))
        if ranks is not None:
            ranks[part] = ranks.get(part, 0) + 1


def _listed(cell: str) -> list[str]:
    return [one.strip() for one in cell.split("|") if one.strip()]


def _synonyms(cell: str) -> Iterable[OtherName]:
    for one in _listed(cell):
        kind, colon, name = one.partition(":")
        known = KINDS.get(kind) if colon else None
        yield OtherName(name.strip(), known) if known else OtherName(one)


def _aliases(row: Mapping[str, str | None]) -> Iterator[OtherName]:
    """Give a curated name; a strain also with the noun it is said with, ``Wistar rat`` beside ``Wistar``."""
    lang, alias = row.get("lang") or "", row["alias"] or ""
    yield OtherName(alias, "alias", lang)
    for noun in _listed(row.get("nouns") or ""):
        yield OtherName(f"{alias} {noun}", "alias", lang)
