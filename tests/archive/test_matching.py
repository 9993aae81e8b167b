"""Annotation files are matched to their images by name: a fix where names tell, a list where they do not."""

from __future__ import annotations

from typing import Any

import pytest

from rembi_widgets.checks import _bia_sources, check
from rembi_widgets.record import Change, Curation, Table, apply


def study(masks: list[str], images: list[str], scenes: int = 1) -> Curation:
    paths = [*images, *masks]
    made = [None] * len(images) + ["at-1"] * len(masks)
    held = [f"fl-{n}" for n in range(len(images)) for _ in range(scenes)]
    return Curation.model_validate(
        {
            "components": [{"id": "sc-1", "title": "cells", "associations": [{"id": "as-1"}]}],
            "annotations": [{"id": "at-1", "title": "masks"}],
            "files": Table(
                tuple(f"fl-{n}" for n in range(len(paths))),
                {
                    "path": tuple(paths),
                    "made_by": tuple(made),
                    "component": ("sc-1",) * len(images) + (None,) * len(masks),
                },
            ),
            "images": Table(
                tuple(f"im-{n}" for n in range(len(held))),
                {"file": tuple(held), "component": ("sc-1",) * len(held)},
            ),
        }
    )


def found(record: Curation, code: str) -> list[Any]:
    return [one for one in check(record, "bia") if one.code == code]


MASKS = [f"masks/cell_{n}_mask.png" for n in range(1, 6)]
IMAGES = [f"raw/cell_{n}.tif" for n in range(1, 6)]


def mended(record: Curation, fix: Any) -> Curation:
    return apply(record, Change(id="w-1", edits=fix))


def test_names_tell_and_the_fix_fills_them_in() -> None:
    record = study(MASKS, IMAGES)
    (missing,) = found(record, "bia_source_image_missing")
    after = mended(record, missing.fix)
    assert after.files.column("source_image")[5:] == tuple(f"im-{n}" for n in range(5))
    assert found(after, "bia_source_image_missing") == []
    assert found(after, "bia_source_image_unlisted") == []
    assert "5" in missing.say("finding.bia_source_image_missing.fix")


def test_what_no_name_tells_is_listed_and_left() -> None:
    record = study([*MASKS, "masks/overview_of_all.csv"], IMAGES)
    (missing,) = found(record, "bia_source_image_missing")
    (unmatched,) = found(record, "bia_source_image_unmatched")
    assert "masks/overview_of_all.csv" in unmatched.found
    assert unmatched.path == "/files/fl-10/source_image"
    after = mended(record, missing.fix)
    assert after.files.column("source_image")[10] is None


def test_a_file_of_several_images_is_named_as_a_file() -> None:
    (missing,) = found(study(MASKS, IMAGES, scenes=2), "bia_source_image_missing")
    assert list(missing.fix[0].values) == [f"fl-{n}" for n in range(5)]


@pytest.mark.parametrize("masks", [["x.png"], ["measurements.csv", "notes.txt"]])
def test_where_names_tell_nothing_there_is_no_fix(masks: list[str]) -> None:
    (missing,) = found(study(masks, IMAGES), "bia_source_image_missing")
    assert missing.fix is None
    assert found(study(masks, IMAGES), "bia_source_image_unmatched") == []


def test_too_many_names_are_left_to_the_screen(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(_bia_sources, "MOST", 2)
    (missing,) = found(study(MASKS, IMAGES), "bia_source_image_missing")
    assert missing.fix is None


def test_an_annotation_that_is_matched_passes_the_simulation() -> None:
    from rembi_widgets.formats import pagetab

    record = study(MASKS, IMAGES)
    (missing,) = found(record, "bia_source_image_missing")
    page = pagetab.page(mended(record, missing.fix))
    assert page["annotations"][0]["list"]["columns"][:2] == ["Files", "source_image"]
    assert page["annotations"][0]["list"]["rows"][0][:2] == ["masks/cell_1_mask.png", "raw/cell_1.tif"]
