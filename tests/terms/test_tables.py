"""The tables that come with the package are what the ontologies' own files say."""

from __future__ import annotations

from pathlib import Path

import pytest

from rembi_widgets.terms._branches import ontology_of
from rembi_widgets.terms._index import known_as
from rembi_widgets.terms._ranking import POINTS
from rembi_widgets.terms._starter import StarterLayer, rows_of
from rembi_widgets.terms._words import words
from tests.terms.tables import HERE, TABLES, table


@pytest.mark.parametrize("name", TABLES)
def test_a_table_equals_the_files_of_its_ontology(name: str, samples: Path) -> None:
    assert (HERE / name).read_text(encoding="utf-8") == table(TABLES[name](samples / "terms"))


def test_counts_are_those_of_the_ontologies(samples: Path) -> None:
    fbbi, uo, cmpo = (TABLES[name](samples / "terms") for name in ("fbbi.tsv", "uo.tsv", "cmpo.tsv"))
    assert sum(not row.obsolete for row in fbbi.values()) == 540
    assert sum(not row.obsolete for row in uo.values()) >= 573
    assert sum(not row.obsolete for row in cmpo.values()) == 399


def test_the_share_alike_table_holds_names_alone() -> None:
    rows = list(rows_of((HERE / "edam_bioimaging.tsv").read_text(encoding="utf-8")))
    assert all(row["id"].startswith("EDAM_BIM:topic_") and not row["definition"] for row in rows)
    for other in HERE.glob("*.tsv"):
        terms = (
            rows_of(other.read_text(encoding="utf-8")) if other.name not in {"edam_bioimaging.tsv", "words.tsv"} else ()
        )
        assert not [row for row in terms if "label" in row and row.get("id", "").startswith("EDAM_BIM")]


@pytest.mark.parametrize("name", ["aliases.tsv", "strains.tsv", "enrichment.tsv", "common_names.tsv"])
def test_every_name_is_of_a_term(name: str) -> None:
    known = {term.id for term in StarterLayer().terms()}
    rows = list(rows_of((HERE / name).read_text(encoding="utf-8")))
    assert {row["id"] for row in rows} <= known
    assert all(row["alias"] == row["alias"].strip() != "" for row in rows)


def test_identifiers_are_of_one_spelling() -> None:
    ids = [term.id for term in StarterLayer().terms()]
    assert len(ids) == len(set(ids)) == len({known_as(one) for one in ids})
    assert {ontology_of(one) for one in ids} >= {"NCBITaxon", "FBbi", "UO", "CL", "UBERON", "CVCL", "CMPO", "EDAM_BIM"}


def test_parents_are_terms_too() -> None:
    known = {term.id: term for term in StarterLayer().terms()}
    assert all(parent in known for term in known.values() for parent in term.parents)


def test_the_layer_says_what_it_is() -> None:
    layer = StarterLayer()
    assert layer.name == "starter"
    assert layer.version == StarterLayer().version
    assert "CC BY-SA" in layer.licence
    assert "FBbi" in layer.source


def test_points_fall_from_equal_to_alike() -> None:
    order = [
        "exact",
        "squeezed",
        "bag",
        "core",
        "prefix",
        "squeezed_prefix",
        "guess",
        "words",
        "word_prefix",
        "all_words",
    ]
    assert [POINTS[what] for what in order] == sorted((POINTS[what] for what in order), reverse=True)


def test_words_mean_something_else_than_themselves() -> None:
    known = words()
    assert known.means["em"] == ("electron", "microscopy")
    assert "de" in known.stop
    assert "larva" in known.dull["generic", "organism"]
    assert not known.stop & known.means.keys()
