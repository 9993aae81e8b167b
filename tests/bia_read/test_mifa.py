"""Annotations of somebody else's images: the template BioImages.MIFA.v1, out and in."""

from __future__ import annotations

import json
from pathlib import Path

from rembi_widgets.formats import pagetab
from rembi_widgets.record import Curation, Table
from tests.bia_read.bags import bag, written

MASKS = Curation.model_validate(
    {
        "study": {
            "title": "Masks of published nuclei",
            "description": "d",
            "license": "CC0",
            "release_date": "2026-05-01",
        },
        "people": [{"id": "pe-1", "last_name": "Lovelace", "roles": ["data analyst"]}],
        "annotations": [
            {
                "id": "at-1",
                "title": "masks",
                "overview": "o",
                "annotation_type": ["counts", "tracks"],
                "method": "by hand",
            }
        ],
        "files": Table(
            ("fl-1", "fl-2"),
            {
                "path": ("masks/1.png", "masks/2.png"),
                "made_by": ("at-1", "at-1"),
                "x-bia-source_image": ("images/1.tif", "images/2.tif"),
            },
        ),
    }
)


def template(samples: Path) -> set[str]:
    said = json.loads((samples / "bia" / "templates" / "bia_templates_compact.json").read_text(encoding="utf-8"))
    return {one["name"] for one in said["BioImages.MIFA.v1"]["root"]["fields"]}


def test_a_study_of_annotations_is_written_in_the_template_for_them(samples: Path, tmp_path: Path) -> None:
    said = written(MASKS, tmp_path)
    assert [one.value for one in said.attributes if one.name == "Template"] == ["BioImages.MIFA.v1"]
    assert {one.name for one in said.section.attributes} <= template(samples)
    (section,) = [one for one in said.section.children() if one.kind.startswith("Annotation")]
    assert [one.value for one in section.attributes if one.name == "Annotation Type"] == ["counts, tracks"]


def test_the_images_they_were_made_on_are_named_though_they_are_elsewhere(tmp_path: Path) -> None:
    written(MASKS, tmp_path)
    lines = (tmp_path / "file_list_masks.tsv").read_text(encoding="utf-8").split("\n")
    header, *rows = (line.split("\t") for line in lines if line)
    assert [row[header.index("source_image")] for row in rows] == ["images/1.tif", "images/2.tif"]
    assert header.count("source_image") == 1


def test_they_come_back(tmp_path: Path) -> None:
    first = written(MASKS, tmp_path / "a")
    found = pagetab.read(tmp_path / "a").record
    assert found.annotations[0].annotation_type == ("counts", "tracks")
    assert found.files.column("x-bia-source_image") == ("images/1.tif", "images/2.tif")
    assert bag(written(found, tmp_path / "b")) == bag(first)


def test_with_images_of_ones_own_it_is_the_usual_template(tmp_path: Path) -> None:
    record = MASKS.model_copy(update={"components": Curation.model_validate({"components": [{"id": "c"}]}).components})
    said = written(record, tmp_path)
    assert [one.value for one in said.attributes if one.name == "Template"] == ["BioImages.v5"]
