"""Files matched to their images by name: the ways labs write it, real lists, examples, and any names at all."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rembi_widgets.naming import annotation_type_of, looks_made, match_by_name

STEM = st.from_regex(r"[a-z]{1,5}_[0-9]{1,4}", fullmatch=True)
WAYS = [
    ("{}.tif", "{}_mask.tif"),
    ("{}.tif", "labels/{}.png"),
    ("{}.ome.tiff", "{}_cp_masks.png"),
    ("{}.tif", "{}_seg.npy"),
    ("img/{}.czi", "RoiSet_{}.zip"),
    ("{}_raw.tif", "masks/{}_labels.tif"),
    ("image_{}.nd2", "mask_{}.tif"),
    ("raw/{}.ome.zarr.zip", "seg/{}-segmentation.ome.zarr.zip"),
    ("{}.tif", "{}_measurements.csv"),
    ("MAX_{}.tif", "{}_outlines.roi"),
    ("données/{}.tif", "étiquettes/{}_masque.tif"),
]


@pytest.mark.parametrize(("source", "target"), WAYS)
def test_the_ways_labs_write_it(source: str, target: str) -> None:
    names = [f"cell_{n:03d}" for n in (1, 2, 10, 11)]
    sources, targets = ([way.format(name) for name in names] for way in (source, target))
    found = match_by_name(sources, reversed(targets))
    assert sorted(found.pairs) == sorted(zip(sources, targets, strict=True))
    assert not found.ambiguous
    assert found.unmatched.sources == found.unmatched.targets == ()
    assert found.pattern is not None
    assert found.pattern.count == len(names)


def test_several_files_of_one_image_each_follow_their_own_rule() -> None:
    found = match_by_name(["a_1.tif", "a_2.tif"], ["a_1_mask.tif", "a_2_mask.tif", "a_1_seg.npy", "roi/a_2.zip"])
    assert {target: source for source, target in found.pairs} == {
        "a_1_mask.tif": "a_1.tif",
        "a_2_mask.tif": "a_2.tif",
        "a_1_seg.npy": "a_1.tif",
        "roi/a_2.zip": "a_2.tif",
    }
    assert str(found.pattern) == "{name}.tif ↔ {name}_mask.tif"
    assert len(found.patterns) == 3


def test_what_has_no_partner_is_listed_both_ways() -> None:
    found = match_by_name(["a_1.tif", "a_2.tif"], ["a_1_mask.tif", "a_3_mask.tif", "readme.txt"])
    assert found.pairs == (("a_1.tif", "a_1_mask.tif"),)
    assert found.unmatched.sources == ("a_2.tif",)
    assert found.unmatched.targets == ("a_3_mask.tif", "readme.txt")


def test_a_number_that_is_another_is_another_image() -> None:
    found = match_by_name(["img_1.tif", "img_10.tif", "img_100.tif"], ["img_10_mask.tif", "img_1000_mask.tif"])
    assert found.pairs == (("img_10.tif", "img_10_mask.tif"),)


def test_zeros_before_a_number_do_not_matter_where_nothing_else_fits() -> None:
    found = match_by_name(["img_1.tif", "img_10.tif"], ["mask_001.tif", "mask_010.tif"])
    assert found.pairs == (("img_1.tif", "mask_001.tif"), ("img_10.tif", "mask_010.tif"))


def test_the_same_name_in_several_folders() -> None:
    found = match_by_name(
        ["p1/raw/A01.tif", "p2/raw/A01.tif"], ["p1/masks/A01.png", "p2/masks/A01.png", "p3/masks/A01.png"]
    )
    assert found.pairs == (("p1/raw/A01.tif", "p1/masks/A01.png"), ("p2/raw/A01.tif", "p2/masks/A01.png"))
    assert found.unmatched.targets == ("p3/masks/A01.png",)


def test_many_masks_in_the_folder_of_one_image() -> None:
    found = match_by_name(["a/images/a.png", "b/images/b.png"], ["a/masks/11ff.png", "a/masks/e0.png", "b/masks/9.png"])
    assert [source for source, _ in found.pairs] == ["a/images/a.png", "a/images/a.png", "b/images/b.png"]


def test_a_folder_called_like_the_image() -> None:
    found = match_by_name(["cell_1.tif", "cell_2.tif"], ["rois/cell_1/0001-0002.roi", "rois/cell_2/0003-0004.roi"])
    assert [source for source, _ in found.pairs] == ["cell_1.tif", "cell_2.tif"]


def test_letters_of_any_case_and_form_are_the_same() -> None:
    found = match_by_name(["Crête_1.tif"], ["CRE\u0302TE_1_Mask.TIF"])
    assert found.pairs == (("Crête_1.tif", "CRE\u0302TE_1_Mask.TIF"),)


def test_two_channels_of_one_field_are_ambiguous_until_somebody_shows_one() -> None:
    sources = ["A01_w1.tif", "A01_w2.tif", "B02_w1.tif", "B02_w2.tif"]
    targets = ["A01_mask.tif", "B02_mask.tif"]
    found = match_by_name(sources, targets)
    assert found.pairs == ()
    assert found.ambiguous == {
        "A01_mask.tif": ("A01_w1.tif", "A01_w2.tif"),
        "B02_mask.tif": ("B02_w1.tif", "B02_w2.tif"),
    }
    shown = match_by_name(sources, targets, examples=[("A01_w2.tif", "A01_mask.tif")])
    assert shown.pairs == (("A01_w2.tif", "A01_mask.tif"), ("B02_w2.tif", "B02_mask.tif"))
    assert shown.unmatched.sources == ("A01_w1.tif", "B02_w1.tif")


def test_an_example_teaches_what_no_word_tells() -> None:
    sources = ["control_1.tif", "control_2.tif"]
    targets = ["treated_1.csv", "treated_2.csv"]
    assert match_by_name(sources, targets).pairs == ()
    found = match_by_name(sources, targets, examples=[("control_1.tif", "treated_1.csv")])
    assert found.pairs == (("control_1.tif", "treated_1.csv"), ("control_2.tif", "treated_2.csv"))


def test_an_example_holds_even_if_the_names_share_nothing() -> None:
    found = match_by_name(["a.tif", "b.tif"], ["x.png"], examples=[("b.tif", "x.png"), ("gone.tif", "x.png")])
    assert found.pairs == (("b.tif", "x.png"),)


def test_a_file_is_never_its_own_source() -> None:
    found = match_by_name(["a_1.tif", "a_1_mask.tif"], ["a_1_mask.tif"])
    assert found.pairs == (("a_1.tif", "a_1_mask.tif"),)
    assert match_by_name(["a.tif"], ["a.tif"]).pairs == ()


@pytest.mark.parametrize(("sources", "targets"), [([], []), (["a.tif"], []), ([], ["a_mask.tif"]), (["", "/"], ["."])])
def test_nothing_to_match(sources: list[str], targets: list[str]) -> None:
    assert match_by_name(sources, targets).pairs == ()


def test_a_published_list_of_masks(samples: Path) -> None:
    """S-BIAD1492 names the source of each mask: the names alone lead to the same."""
    folder = samples / "bia" / "S-BIAD1492"
    sources = [entry["path"] for entry in json.loads((folder / "bbc024_images.json").read_text())]
    entries = json.loads((folder / "bbc024_masks.json").read_text())
    known = {entry["path"]: attribute(entry, "source image") for entry in entries}
    found = match_by_name(sources, known)
    assert {target: source for source, target in found.pairs} == known


def attribute(entry: dict[str, Any], name: str) -> str:
    return next(str(one["value"]) for one in entry["attributes"] if one["name"].casefold() == name)


@given(st.lists(STEM, min_size=1, max_size=25, unique=True), st.sampled_from(WAYS), st.randoms(use_true_random=False))
def test_any_names_written_one_way_are_matched(stems: list[str], way: tuple[str, str], random: Any) -> None:
    sources, targets = ([part.format(stem) for stem in stems] for part in way)
    mixed = list(targets)
    random.shuffle(mixed)
    found = match_by_name(sources, mixed)
    right = set(zip(sources, targets, strict=True))
    assert set(found.pairs) <= right
    assert {target for _, target in found.pairs} | set(found.ambiguous) == set(targets)


NAME = st.text(st.sampled_from("ab1_-./é ") | st.characters(codec="utf-8"), max_size=12)


@given(st.lists(NAME, max_size=12), st.lists(NAME, max_size=12))
def test_any_names_are_told_once(sources: list[str], targets: list[str]) -> None:
    found = match_by_name(sources, targets)
    told = [target for _, target in found.pairs] + list(found.ambiguous) + list(found.unmatched.targets)
    assert sorted(told) == sorted(set(targets))
    used = {source for source, _ in found.pairs}
    assert used.isdisjoint(found.unmatched.sources)
    assert used | set(found.unmatched.sources) == set(sources) - set(targets)


@pytest.mark.parametrize(
    ("path", "kind"),
    [
        ("cells_001_cp_masks.png", "segmentation_mask"),
        ("labels/cells_001.png", "segmentation_mask"),
        ("cells_001_seg.npy", "segmentation_mask"),
        ("RoiSet_cells.zip", "geometrical_annotations"),
        ("a.geojson", "geometrical_annotations"),
        ("a_bbox.csv", "bounding_boxes"),
        ("tracks/a.csv", "tracks"),
        ("a_spots.csv", "point_annotations"),
        ("a_counts.csv", "counts"),
        ("a_masque.tif", "segmentation_mask"),
        ("a.csv", None),
    ],
)
def test_the_kind_of_annotation_a_name_says(path: str, kind: str | None) -> None:
    assert annotation_type_of(path) == kind
    assert looks_made(path)


@pytest.mark.parametrize("path", ["cells_001.tif", "raw/plate 1/A01_w1.ome.tif", "Unmasked.nd2", "labelfree.czi"])
def test_images_do_not_look_made(path: str) -> None:
    assert not looks_made(path)
