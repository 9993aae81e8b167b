"""Several variables of one biosample: one text for the archive's reader, told apart again when it is read."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

from hypothesis import given, settings
from hypothesis import strategies as st

from rembi_widgets.formats import pagetab
from rembi_widgets.formats.pagetab._words import stacked, unstacked
from rembi_widgets.record import Curation
from tests.formats.builder import full_record

PIECES = st.lists(st.sampled_from(["a", ";", "\n", "  ", "; ", ";\n", ";\n  ", "x: y", "serum"]), min_size=1)
VALUES = PIECES.map(lambda pieces: "".join(pieces).strip()).filter(bool)


@settings(deadline=None)
@given(st.lists(VALUES, min_size=1))
def test_what_is_put_together_comes_apart(values: list[str]) -> None:
    assert unstacked(stacked(values)) == values


@settings(deadline=None)
@given(PIECES.map("".join))
def test_a_text_of_any_kind_is_written_as_it_was_read(text: str) -> None:
    parts = [part for part in unstacked(text) if part.strip()]
    tidy = [part.strip() for part in parts]
    if parts == tidy == unstacked(text):
        assert stacked(parts) == text


def with_variables(**given_: Any) -> Curation:
    return Curation.model_validate({"biosamples": [{"id": "bs-1", "title": "HeLa", **given_}]})


def attributes(folder: Path) -> list[tuple[str, str]]:
    tree = json.loads((folder / "submission.json").read_text(encoding="utf-8"))
    (section,) = [one for one in tree["section"]["subsections"] if one["type"] == "Biosample"]
    return [(one["name"], one["value"]) for one in section["attributes"] if one["name"].endswith("variable")]


def test_each_variable_stands_once_and_comes_back_as_it_was(tmp_path: Path) -> None:
    record = with_variables(
        extrinsic_variable=["latrunculin A; 30 min", "serum"],
        intrinsic_variable=["stable H2B-GFP", "TP53 null"],
        experimental_variable=[{"id": "va-1", "name": "dose", "value": "1 µM"}, {"id": "va-2", "value": "time"}],
    )
    pagetab.write(record, tmp_path)
    assert attributes(tmp_path) == [
        ("Experimental variable", "dose: 1 µM;\ntime"),
        ("Extrinsic variable", "latrunculin A; 30 min;\nserum"),
        ("Intrinsic variable", "stable H2B-GFP;\nTP53 null"),
    ]
    for name in ("submission.json", "submission.tsv"):
        (read,) = pagetab.read(tmp_path / name).record.biosamples
        assert read.extrinsic_variable == ("latrunculin A; 30 min", "serum")
        assert read.intrinsic_variable == ("stable H2B-GFP", "TP53 null")
        assert [(row.name, row.value) for row in read.experimental_variable] == [("dose", "1 µM"), (None, "time")]


def test_a_record_that_repeats_them_is_read_and_stays_as_it_was(tmp_path: Path) -> None:
    pagetab.write(with_variables(extrinsic_variable=["a", "b"]), tmp_path)
    tree = json.loads((tmp_path / "submission.json").read_text(encoding="utf-8"))
    (section,) = [one for one in tree["section"]["subsections"] if one["type"] == "Biosample"]
    kept = [one for one in section["attributes"] if one["name"] != "Extrinsic variable"]
    section["attributes"] = [*kept, *({"name": "Extrinsic variable", "value": value} for value in "ab")]
    (tmp_path / "submission.json").write_text(json.dumps(tree), encoding="utf-8")
    found = pagetab.read(tmp_path / "submission.json").record
    assert found.biosamples[0].extrinsic_variable == ("a", "b")
    pagetab.write(found, tmp_path / "again")
    assert attributes(tmp_path / "again") == [("Extrinsic variable", "a"), ("Extrinsic variable", "b")]


def test_our_own_full_record_has_no_variable_that_the_reader_cannot_take() -> None:
    found = pagetab.simulate(full_record())
    assert not {one.code for one in found.ingest.findings} & {"simulation_ingest_variables"}
