"""The grown vocabulary: every id is one that an ontology holds, under the label we give."""

from __future__ import annotations

import csv
import re
from collections import Counter
from functools import cache
from pathlib import Path

import pytest

from rembi_widgets.terms._keys import fold, squeeze

DATA = Path(__file__).parents[2] / "rembi_widgets" / "terms" / "data"
SHAPES = {
    "NCBITaxon": r"NCBITaxon:\d+",
    "CL": r"CL:\d{7}",
    "UBERON": r"UBERON:\d{7}",
    "CVCL": r"CVCL_[A-Z0-9]{4}",
    "FBbi": r"FBbi:\d{8}",
    "CHEBI": r"CHEBI:\d+",
    "CMPO": r"CMPO:\d{7}",
    "FBbt": r"FBbt:\d{8}",
    "ZFA": r"ZFA:\d{7}",
    "WBbt": r"WBbt:\d{7}",
    "EFO": r"EFO:\d{7}",
}


def rows(name: str) -> list[dict[str, str]]:
    said = (DATA / name).read_text(encoding="utf-8").splitlines()
    return list(csv.DictReader(said, delimiter="\t", quoting=csv.QUOTE_NONE))


@cache
def more() -> tuple[dict[str, str], ...]:
    return tuple(rows("more_vocabulary.tsv"))


def of(*prefixes: str) -> dict[str, str]:
    return {row["id"]: row["label"] for row in more() if re.split(r"[:_]", row["id"])[0] in prefixes}


@cache
def labels(path: Path) -> dict[str, str]:
    """Give id and name of the live terms of an OBO file, by four lines that share nothing with the package's reader."""
    stanzas = path.read_text(encoding="utf-8").split("\n[Term]\n")[1:]
    live = [stanza for stanza in stanzas if "\nis_obsolete: true" not in stanza]
    found = [re.match(r"id: (\S+)\nname: (.+)", stanza) for stanza in live]
    return {match[1]: match[2] for match in found if match}


@cache
def fbbi(path: Path) -> dict[str, str]:
    said = path.read_text(encoding="utf-8")
    obo = r"(?:obo:|<http://purl\.obolibrary\.org/obo/)(FBbi_\d+)>?"
    gone = set(re.findall(rf"\(owl:deprecated {obo}", said))
    found = re.findall(rf'\(rdfs:label {obo} "([^"]*)"', said)
    return {one.replace("_", ":"): label for one, label in found if one not in gone}


def test_the_vocabulary_has_grown_in_every_corner() -> None:
    counts = Counter(row["field"] for row in more())
    assert counts["organism"] >= 440
    assert counts["cell_type"] >= 200
    assert counts["tissue"] >= 350
    assert counts["cell_line"] >= 190
    assert counts["label"] >= 180
    assert counts["phenotype"] >= 95


def test_ids_have_the_shape_of_their_ontology_and_stand_once() -> None:
    ids = [row["id"] for row in more()]
    assert all(re.fullmatch(SHAPES[re.split(r"[:_]", one)[0]], one) for one in ids)
    assert len(set(ids)) == len(ids)
    assert not set(ids) & {row["id"] for row in rows("starter_vocabulary.tsv")}


def test_each_row_names_its_source_with_a_version() -> None:
    assert all(re.search(r"\d", row["source"]) for row in more())


def test_no_label_of_the_starter_is_given_a_second_id() -> None:
    group = {"cell_line": "entity", "cell_type": "entity", "tissue": "entity"}
    every = [*rows("starter_vocabulary.tsv"), *more()]
    met = Counter((group.get(row["field"], row["field"]), fold(row["label"])) for row in every)
    assert [label for label, times in met.items() if times > 1] == []


def test_names_belong_to_a_term_and_are_in_english_or_french_or_neither() -> None:
    named = rows("more_names.tsv")
    assert {row["id"] for row in named} <= {row["id"] for row in more()}
    assert {row["lang"] for row in named} == {"en", "fr", ""}
    assert sum(row["lang"] == "fr" for row in named) >= 900
    assert all(row["alias"] == row["alias"].strip() for row in named)


def test_a_name_stands_once_at_its_term_and_is_not_its_label() -> None:
    label = {row["id"]: fold(row["label"]) for row in more()}
    named = rows("more_names.tsv")
    pairs = [(row["id"], row["alias"]) for row in named]
    assert len(set(pairs)) == len(pairs)
    assert [row for row in named if fold(row["alias"]) == label[row["id"]]] == []


@pytest.mark.parametrize(
    ("prefix", "file", "least"),
    [
        ("CL", "cl/general_cell_types_upper_slim.obo", 27),
        ("UBERON", "uberon/efo-slim.obo", 130),
        ("CMPO", "cmpo/cmpo.obo", 99),
    ],
)
def test_labels_are_those_of_the_ontology_files(samples: Path, prefix: str, file: str, least: int) -> None:
    held = labels(samples / "terms" / file)
    ours = {one: label for one, label in of(prefix).items() if one in held}
    far = {one: label for one, label in ours.items() if squeeze(fold(held[one])) != squeeze(fold(label))}
    assert far == {}  # letter for letter would fail on the slim's older "gall bladder" alone
    assert len(ours) >= least


def test_labels_of_fbbi_are_those_of_its_edit_file(samples: Path) -> None:
    held = fbbi(samples / "terms" / "fbbi" / "fbbi-edit_foundingGIDE_2026-01-30.owl")
    assert of("FBbi").items() <= held.items()


def test_most_organisms_are_on_the_list_of_popular_taxa(samples: Path) -> None:
    popular = set((samples / "terms" / "ncbitaxon" / "taxon-subset-ids.txt").read_text().split())
    ours = set(of("NCBITaxon"))
    assert len(ours & popular) / len(ours) > 0.8
