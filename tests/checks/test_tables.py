"""Images and files: many rows, few findings, and sizes that multiply up."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rembi_widgets.checks import check, completeness
from rembi_widgets.checks._sizes import UNITS, stated_size
from rembi_widgets.record import Edit
from tests.checks.builder import clean, codes, mended, only, with_edits, with_fill

SIZES = st.floats(min_value=0.01, max_value=1e5).map(lambda size: float(f"{size:.4g}"))


@given(
    st.lists(SIZES, min_size=2, max_size=3),
    st.sampled_from(sorted(UNITS)),
    st.sampled_from([" x ", "x", " \u00d7 ", "*"]),
)
def test_a_stated_size_is_read_in_micrometres(sizes: list[float], unit: str, sign: str) -> None:
    said = sign.join(f"{size:f}" for size in sizes) + f" {unit}"
    read = stated_size(said)
    assert read is not None
    assert read == pytest.approx([float(f"{size:f}") * UNITS[unit] for size in sizes])


@pytest.mark.parametrize(
    ("said", "read"),
    [
        ("1,5 x 2 µm", (1.5, 2.0)),
        ("0.1 mm x 200 µm", (100.0, 200.0)),
        ("10 x 10 x 5 nm", (0.01, 0.01, 0.005)),
        ("10 x 10", None),
        ("10 x 10 pixels", None),
        ("63x", None),
        ("", None),
    ],
)
def test_what_counts_as_a_stated_size(said: str, read: tuple[float, ...] | None) -> None:
    assert stated_size(said) == (None if read is None else pytest.approx(read))


@given(st.text(max_size=40))
def test_no_text_upsets_the_reading_of_sizes(said: str) -> None:
    read = stated_size(said)
    assert read is None or len(read) in {2, 3}


def test_sizes_that_differ_are_mended_row_by_row() -> None:
    record = with_fill("size_x", 256, ("im-3",), record=with_fill("size_description", "9 x 9 µm", ("im-1",)))
    found = only(record, "size_differs")
    assert found.values["n"] == 2
    column = mended(record, found).images.column("size_description")
    assert column[1] == "153.6 \u00d7 153.6 µm"
    assert column[3] == "76.8 \u00d7 153.6 \u00d7 25 µm"
    assert column[0] == clean().images.column("size_description")[0]


def test_without_pixel_sizes_a_stated_size_is_believed() -> None:
    record = with_fill("size_description", "9 x 9 µm", ("im-1",), record=with_fill("pixel_size_x", None, ("im-1",)))
    assert "size_differs" not in codes(record)


def test_pixel_sizes_that_headers_round_differently_are_one() -> None:
    assert "pixel_sizes_mixed" not in codes(with_fill("pixel_size_x", 0.300001, ("im-2",)))


def test_processed_images_may_have_another_pixel_size() -> None:
    record = with_fill("image_type", "projection", ("im-2",), record=with_fill("pixel_size_x", 0.6, ("im-2",)))
    assert "pixel_sizes_mixed" not in codes(record)


def test_images_belong_to_the_only_association_by_themselves() -> None:
    everyone = tuple(clean().images.ids)
    assert "images_unassigned" not in codes(with_fill("association", None, everyone))


def test_an_association_of_another_component_does_not_count() -> None:
    two = with_edits(
        Edit(
            op="add", path="/components/sc-1/associations", id="as-2", value={"sample": "sa-1", "acquisition": "ac-1"}
        ),
        Edit(op="add", path="/components", id="sc-2", value={"title": "Other", "description": "Another."}),
        Edit(
            op="add", path="/components/sc-2/associations", id="as-3", value={"sample": "sa-1", "acquisition": "ac-1"}
        ),
    )
    record = with_fill("association", "as-3", ("im-2",), record=two)
    found = only(record, "images_unassigned")
    assert (found.path, found.values["n"]) == ("/images/im-2/association", 1)


def test_a_component_of_files_alone_has_content() -> None:
    record = with_edits(
        Edit(op="add", path="/components", id="sc-2", value={"title": "Tables", "description": "Counts."})
    )
    assert "component_without_images" in codes(record)
    assert "component_without_images" not in codes(with_fill("component", "sc-2", ("fl-1",), record=record))


def test_a_dead_reference_in_many_rows_is_one_finding_and_one_fix() -> None:
    record = with_fill("component", "sc-gone", ("im-1", "im-2", "im-5"))
    found = only(record, "images_nowhere_component")
    assert (found.values["n"], found.found) == (3, "sc-gone")
    assert found.fix is not None
    assert found.fix[0].rows == ("im-1", "im-2", "im-5")
    assert mended(record, found).images.column("component")[1] is None


@pytest.mark.parametrize("maker", ["analyses", "annotations", "correlations"])
def test_files_may_be_made_by(maker: str) -> None:
    record = with_edits(Edit(op="add", path=f"/{maker}", id="mk-1", value={"title": "Made"}))
    assert "files_nowhere_made_by" not in codes(with_fill("made_by", "mk-1", ("fl-1",), record=record))


def test_accents_written_in_two_ways_are_one_path() -> None:
    record = with_fill("path", "caf\u00e9.tif", ("fl-1",), record=with_fill("path", "cafe\u0301.tif", ("fl-2",)))
    assert only(record, "path_twice").path == "/files/fl-2/path"


def test_a_path_that_stands_twice_is_no_clash_of_case() -> None:
    assert "path_case" not in codes(with_fill("path", "plate1/cells_00001.ome.tif", ("fl-2",)))


def test_odd_cells_upset_nothing() -> None:
    odd = {"label": "odd", "extra": {"deep": [1]}}
    record = clean()
    for column in ("component", "association", "file", "pixel_size_x", "image_type", "size_description"):
        record = with_fill(column, odd, ("im-1",), record=record)
    for column in ("path", "component", "made_by", "size_bytes"):
        record = with_fill(column, odd, ("fl-1",), record=record)
    assert {"images_nowhere_component", "images_nowhere_file"} <= codes(record)


def test_many_images_give_few_findings() -> None:
    record = clean(3000)
    rows = record.images.ids[1000:]
    broken = with_fill("component", None, rows, record=with_fill("size_description", "9 x 9 µm", rows, record=record))
    found = check(broken, "all")
    assert len(found) == 3
    assert {finding.code: finding.values["n"] for finding in found} == {
        "images_without_component": 2000,
        "size_differs": 2000,
        "recommended_open": 1,
    }
    assert completeness(broken)["image"].state == "done"
