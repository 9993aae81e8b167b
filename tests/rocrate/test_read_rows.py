"""The file list of a crate: what each row becomes, and what no row may do to the others."""

from __future__ import annotations

from pathlib import Path

import pytest

from rembi_widgets.formats import rocrate
from tests.rocrate.making import ACQ, BIO, DATA, IMAGE, PREP, codes, crate, entity, record, ref


def test_rows_belong_to_their_data_set() -> None:
    made = record(BIO, PREP, ACQ, DATA, rows=f"p\td\tt\na.tif\t#d\t{IMAGE}\n./b.tif\t#none\t\n")
    assert made.files.column("path") == ("a.tif", "b.tif")
    assert made.files.column("component") == (made.components[0].id, None)
    assert made.images.column("file") == (made.files.ids[0],)


def test_without_rows_each_sample_goes_with_each_acquisition() -> None:
    more = entity("#r", "ImageAcquisitionProtocol", name="R")
    data = {**DATA, "associatedImageAcquisitionProtocol": ref("#q", "#r")}
    made = record(BIO, PREP, ACQ, more, data)
    links = made.components[0].associations
    assert [one.acquisition for one in links] == [one.id for one in made.acquisitions]
    assert {one.sample for one in links} == {made.samples[0].id}


def test_a_row_without_a_path_is_no_file() -> None:
    assert len(record(DATA, BIO, PREP, ACQ, rows="p\td\n\t#d\n").files) == 0


def test_a_row_without_a_path_is_no_image_either() -> None:
    assert len(record(DATA, BIO, PREP, ACQ, rows=f"p\td\tt\n\t#d\t{IMAGE}\na.tif\t#d\t{IMAGE}\n").images) == 1


def test_a_path_that_stands_twice_is_one_file() -> None:
    made = record(DATA, BIO, PREP, ACQ, rows=f"p\td\tt\na.tif\t#d\t{IMAGE}\n./a.tif\t#d\t{IMAGE}\n")
    assert made.files.column("path") == ("a.tif",)
    assert len(made.images) == 1


def test_rows_of_one_path_are_told() -> None:
    found = crate(rows="p\na.tif\nb.tif\n./a.tif\nb.tif\n")
    assert codes(found) == ["row_twice"]
    assert found.findings[0].values == {"n": 2, "found": "a.tif"}


def test_rows_of_different_paths_are_not_told() -> None:
    assert codes(crate(rows="p\na.tif\nA.tif\n\n\n")) == []


@pytest.mark.parametrize(
    ("size", "held"), [("12", 12.0), ("", None), ("-1", None), ("1.5", None), ("many", None), ("9" * 400, None)]
)
def test_a_size_is_digits(size: str, held: float | None) -> None:
    made = record(rows=f"p\ts\na.tif\t{size}\n")
    assert made.files.column("size_bytes") == (held,)


@pytest.mark.parametrize("size", ["9" * 400, "12", "nan", "x"])
def test_any_size_that_was_read_is_written(tmp_path: Path, size: str) -> None:
    made = record(DATA, BIO, PREP, ACQ, rows=f"p\td\ts\na.tif\t#d\t{size}\n")
    assert len(rocrate.write(made, tmp_path).files) == 2


@pytest.mark.parametrize("text", ["nan", "inf", "-inf", "many", "1_000", "1e999"])
def test_a_number_of_an_image_that_is_none_costs_itself_alone(tmp_path: Path, text: str) -> None:
    made = record(DATA, BIO, PREP, ACQ, rows=f"p\td\tt\tSizeX\na.tif\t#d\t{IMAGE}\t{text}\n")
    assert made.files.column("path") == ("a.tif",)
    assert len(rocrate.write(made, tmp_path).files) == 2
