"""What the ISA-Tab does not hold: it is named in a finding, and everything else is written."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from rembi_widgets.formats import Written, isatab
from rembi_widgets.locale import LANGUAGES
from rembi_widgets.record import Curation
from tests.formats.builder import full_record, table
from tests.formats.reading import Tables, read


def codes(found: Written) -> set[str]:
    return {finding.code.removeprefix("isatab.") for finding in found.findings}


def lines(folder: Path) -> list[str]:
    return [line for path in folder.iterdir() for line in path.read_text(encoding="utf-8").split("\n") if line]


def unused(collection: str) -> Callable[[Curation], Curation]:
    def add(record: Curation) -> Curation:
        held = getattr(record, collection)
        more = held[0].model_copy(update={"id": "zz-9", "title": "nobody's"})
        if collection == "components":
            more = more.model_copy(update={"associations": ()})
        return record.model_copy(update={collection: (*held, more)})

    return add


@pytest.mark.parametrize(
    ("collection", "word"),
    [
        ("biosamples", "biosample"),
        ("specimens", "specimen"),
        ("samples", "sample"),
        ("acquisitions", "acquisition"),
        ("analyses", "analysis"),
        ("correlations", "correlation"),
        ("annotations", "annotation"),
        ("organisations", "organisation"),
        ("components", "component"),
    ],
)
def test_what_nothing_uses_is_named_and_not_written(collection: str, word: str, tmp_path: Path) -> None:
    done = isatab.write(unused(collection)(full_record()), tmp_path)
    (finding,) = done.findings
    assert (finding.code, finding.path) == (f"isatab.unused_{word}", f"/{collection}/zz-9")
    for lang in LANGUAGES:
        assert "nobody's" in finding.message(lang)
    assert "nobody's" not in "".join(lines(tmp_path))


def with_column(record: Curation, name: str, column: str, rows: list[str], value: Any) -> Curation:
    held = getattr(record, name).with_cells(column, rows, [value] * len(rows), [None] * len(rows))
    return record.model_copy(update={name: held})


def test_images_without_an_association_are_left_out_and_counted(tmp_path: Path) -> None:
    record = with_column(full_record(), "images", "association", ["im-spec-2-1_000", "im-spec-2-1_002"], None)
    done = isatab.write(record, tmp_path)
    (finding,) = done.findings
    assert finding.code == "isatab.images_without_association"
    assert finding.values == {"n": 2, "first": "images/c1/spec-2-1_000.ome.tiff"}
    assert "spec-2-1_000" not in "".join(lines(tmp_path))


def test_an_image_takes_its_components_only_association(tmp_path: Path) -> None:
    record = full_record()
    alone = record.components[1].model_copy(update={"associations": record.components[1].associations[:1]})
    record = record.model_copy(update={"components": (record.components[0], alone)})
    record = with_column(record, "images", "association", [row for row in record.images.ids if "-2_" in row], None)
    tables = read_after(record, tmp_path)
    rows = tables.assays["a_Live-widefield.txt"]
    assert {row[0]["Sample Name"] for row in rows} == {"spec-1-2"}
    assert len(rows) == 6


def read_after(record: Curation, folder: Path) -> Tables:
    isatab.write(record, folder)
    return read(folder)


@pytest.mark.parametrize(
    ("field", "code"),
    [("sample", "images_without_sample"), ("acquisition", "association_without_acquisition")],
)
def test_an_association_that_lacks_something_is_told(field: str, code: str, tmp_path: Path) -> None:
    record = full_record()
    links = record.components[0].associations
    component = record.components[0].model_copy(
        update={"associations": (links[0], links[1].model_copy(update={field: None}))}
    )
    done = isatab.write(record.model_copy(update={"components": (component, record.components[1])}), tmp_path)
    assert code in codes(done)
    assert read(tmp_path)


def test_a_sample_without_a_biosample_gets_a_source_of_its_name(tmp_path: Path) -> None:
    samples = (full_record().samples[0].model_copy(update={"biosample": None}), *full_record().samples[1:])
    done = isatab.write(full_record().model_copy(update={"samples": samples}), tmp_path)
    assert codes(done) == {"sample_without_biosample"}
    assert ("spec-1-1", "spec-1-1") in {(row[0]["Source Name"], row[-1]["Sample Name"]) for row in read(tmp_path).study}


def test_files_without_a_source_are_told_apart_from_files_nothing_uses(tmp_path: Path) -> None:
    record = with_column(full_record(), "files", "source_image", ["fl-a1"], None)
    assert codes(isatab.write(record, tmp_path)) == {"derived_without_source", "unused_annotation"}
    more = with_column(full_record(), "files", "made_by", ["fl-counts"], None)
    assert codes(isatab.write(more, tmp_path)) == {"unused_files"}


def test_an_image_whose_file_is_not_known_is_told(tmp_path: Path) -> None:
    record = with_column(full_record(), "images", "file", ["im-spec-2-1_000"], "fl-gone")
    assert "images_without_file" in codes(isatab.write(record, tmp_path))


def test_a_mask_that_is_an_image_keeps_what_its_header_says(tmp_path: Path) -> None:
    record = full_record()
    more = table("im", [*({"id": row, **record.images.row(row)} for row in record.images.ids), MASK])
    rows = read_after(record.model_copy(update={"images": more}), tmp_path).assays["a_analysis-segmentation.txt"]
    (mask,) = [row[4] for row in rows if row[4]["Derived Data File"] == "masks/c1/spec-1-1_000.ome.tiff"]
    assert mask["Comment[Image Type]"] == "segmentation"
    assert mask["Comment[Dimension Extents]"] == "X=512"
    assert mask["Comment[Image REMBI ID]"] == "im-mask"


MASK = {"id": "im-mask", "file": "fl-mask-0", "component": "sc-1", "image_type": "segmentation", "size_x": 512.0}


def test_findings_have_sentences_in_both_languages() -> None:
    from rembi_widgets.locale import catalogue

    english, french = ({key for key in catalogue(lang) if key.startswith("finding.isatab.")} for lang in LANGUAGES)
    assert english == french
    source = "".join(path.read_text(encoding="utf-8") for path in Path(isatab.__file__).parent.glob("*.py"))
    for key in english:
        code = key.removeprefix("finding.isatab.")
        assert f'"{code}"' in source or code.startswith("unused_"), code
