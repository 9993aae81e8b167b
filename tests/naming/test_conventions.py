"""How programs name what they make from an image, one convention a case; and what must never be matched."""

from __future__ import annotations

import pytest

from rembi_widgets.naming import match_by_name
from rembi_widgets.naming._rules import Rule, fits, joint, learn
from rembi_widgets.naming._words import cores, name_of, shape_of, words_of

CONVENTIONS = {
    "cellpose": {
        "a_1.tif": ["a_1_cp_masks.png", "a_1_seg.npy", "a_1_flows.tif"],
        "a_2.tif": ["a_2_cp_masks.png", "a_2_seg.npy", "a_2_flows.tif"],
    },
    "stardist in Fiji": {
        "exp/a_1.tif": ["exp/Label Image a_1.tif", "exp/RoiSet_a_1.zip"],
        "exp/a_2.tif": ["exp/Label Image a_2.tif", "exp/RoiSet_a_2.zip"],
    },
    "QuPath": {
        "slides/S12-0034.svs": ["annotations/S12-0034.geojson", "measurements/S12-0034 detections.txt"],
        "slides/S12-0035.svs": ["annotations/S12-0035.geojson", "measurements/S12-0035 detections.txt"],
    },
    "ilastik": {
        "raw/t001.h5": ["raw/t001_Simple Segmentation.h5", "raw/t001_Probabilities.h5"],
        "raw/t002.h5": ["raw/t002_Simple Segmentation.h5", "raw/t002_Probabilities.h5"],
    },
    "CellProfiler": {
        "P1/r01c01f01.tiff": ["out/P1/r01c01f01_Nuclei.png"],
        "P1/r01c02f01.tiff": ["out/P1/r01c02f01_Nuclei.png"],
        "P2/r01c01f01.tiff": ["out/P2/r01c01f01_Nuclei.png"],
    },
    "TrackMate": {
        "movie01.tif": ["movie01_Tracks.xml", "movie01-spots.csv"],
        "movie02.tif": ["movie02_Tracks.xml", "movie02-spots.csv"],
    },
    "Cell Tracking Challenge": {
        "01/t000.tif": ["01_GT/SEG/man_seg000.tif"],
        "01/t001.tif": ["01_GT/SEG/man_seg001.tif"],
    },
    "ImageJ regions numbered": {
        "img_a.tif": ["img_a_roi1.roi", "img_a_roi2.roi", "img_a_roi12.roi"],
        "img_b.tif": ["img_b_roi1.roi", "img_b_roi2.roi", "img_b_roi3.roi"],
    },
    "projections": {
        "stack_1.czi": ["MAX_stack_1.tif"],
        "stack_2.czi": ["MAX_stack_2.tif"],
    },
    "OME-Zarr zipped": {
        "raw/p1_A01.ome.zarr.zip": ["seg/p1_A01_labels.ome.zarr.zip"],
        "raw/p1_A02.ome.zarr.zip": ["seg/p1_A02_labels.ome.zarr.zip"],
    },
    "extension doubled": {
        "a_1.nd2": ["a_1.nd2_mask.tif"],
        "a_2.nd2": ["a_2.nd2_mask.tif"],
    },
    "camel case": {
        "cell1Raw.tif": ["cell1Mask.tif"],
        "cell2Raw.tif": ["cell2Mask.tif"],
    },
    "blanks and accents": {
        "Été 2024/Souris 1.lif": ["Été 2024/Souris 1 contours.zip"],
        "Été 2024/Souris 2.lif": ["Été 2024/Souris 2 contours.zip"],
    },
    "one folder for each image": {
        "0a1b/images/0a1b.png": ["0a1b/masks/77.png", "0a1b/masks/78.png"],
        "9c8d/images/9c8d.png": ["9c8d/masks/12.png"],
    },
    "different zeros": {
        "Image 1.tif": ["Mask 0001.png"],
        "Image 12.tif": ["Mask 0012.png"],
    },
}


@pytest.mark.parametrize("name", CONVENTIONS)
def test_a_program_that_names_its_files_like_this(name: str) -> None:
    wanted = {target: source for source, targets in CONVENTIONS[name].items() for target in targets}
    found = match_by_name(CONVENTIONS[name], wanted)
    assert {target: source for source, target in found.pairs} == wanted
    assert found.unmatched.targets == ()


@pytest.mark.parametrize(
    ("sources", "targets"),
    [
        (["control_1.tif", "control_2.tif"], ["treated_1_mask.tif"]),
        (["day1_cell3.tif"], ["day2_cell3_mask.tif"]),
        (["plate1/A01.tif", "plate2/A01.tif"], ["plate3/A01_mask.tif"]),
        (["a.tif", "b.tif"], ["README.md", "LICENSE.txt"]),
        (["img_001.tif"], ["img_002_mask.tif"]),
        (["scan_2024.tif"], ["report_2023.csv"]),
    ],
)
def test_names_that_only_look_alike_are_left_alone(sources: list[str], targets: list[str]) -> None:
    found = match_by_name(sources, targets)
    assert found.pairs == ()
    assert found.unmatched.targets == tuple(targets)


@pytest.mark.parametrize(
    ("path", "stem", "extension"),
    [
        ("a/b/Cell_01.OME.TIF", "cell_01", ".OME.TIF"),
        ("x.ome.zarr.zip", "x", ".ome.zarr.zip"),
        ("x_seg.npy", "x_seg", ".npy"),
        ("x.tar.gz", "x", ".tar.gz"),
        (".hidden", ".hidden", ""),
        ("noext", "noext", ""),
        ("v1.2_final.csv", "v1.2_final", ".csv"),
        ("a.nd2", "a", ".nd2"),
    ],
)
def test_a_name_is_a_stem_and_an_extension(path: str, stem: str, extension: str) -> None:
    found = name_of(path)
    assert (found.stem, found.extension) == (stem, extension)
    assert found.path == path


def test_numbers_with_and_without_zeros() -> None:
    assert name_of("a_007.tif", numbers=True).stem == name_of("a_7.tif", numbers=True).stem == "a_7"
    assert name_of("a_000.tif", numbers=True).stem == "a_0"


def test_words_and_runs_of_them() -> None:
    assert words_of("a1-b_02") == ["a", "1", "-", "b", "_", "02"]
    assert [core for _, core, _ in cores("a_1-b")] == ["a_1-b", "a_1", "1-b", "a", "1", "b"]
    assert all("".join(part) == "a_1-b" for part in cores("a_1-b"))
    assert shape_of("plate12/A01") == "plate#/A#"


def test_a_very_long_name_is_looked_at_from_both_ends() -> None:
    stem = "_".join(f"w{n}" for n in range(200))
    found = cores(stem)
    assert len(found) < 600
    assert found[0] == ("", stem, "")
    assert match_by_name([f"{stem}.tif"], [f"{stem}_mask.tif"]).pairs == ((f"{stem}.tif", f"{stem}_mask.tif"),)


@pytest.mark.parametrize(
    ("source", "target", "good"),
    [
        (("", ""), ("", "_mask"), True),
        (("", "_raw"), ("", ""), True),
        (("image_", ""), ("mask_", ""), True),
        (("control_", ""), ("treated_", ""), False),
        (("", "_001"), ("", "_009_mask"), False),
        (("", "_001"), ("", "_001_mask"), False),
        (("", "_w1"), ("", "_cells"), False),
        (("", "_w1"), ("", "_mask"), True),
    ],
)
def test_what_may_surround_the_shared_part(source: tuple[str, str], target: tuple[str, str], good: bool) -> None:
    assert fits(source, target) is good


def test_rules_are_joint_where_sources_compete() -> None:
    assert joint([("", "_w1"), ("", "_w2")], ("", "_mask")) == Rule((("", "_w1"), ("", "_w2")), ("", "_mask"))
    assert joint([("", "_w1"), ("", "")], ("", "_mask")) == Rule((("", ""),), ("", "_mask"))
    assert joint([("control_", "")], ("treated_", "")) is None
    assert joint([], ("", "")) is None


def test_a_rule_reads_names_both_ways() -> None:
    (rule,) = learn(name_of("image-final_0012.tif"), name_of("image-labels_0012.tif"))
    assert rule.of_source("image-final_0013") == ["0013"]
    assert rule.of_target("image-labels_0013") == "0013"
    assert rule.of_target("other_0013") is None
    assert rule.of_source("other_0013") == []
    assert learn(name_of("a.tif"), name_of("b.tif")) == []
