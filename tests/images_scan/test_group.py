"""Groups: images taken in the same way, and what a few of them say differently."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rembi_widgets.images import ImageChannel, ImageRecord
from rembi_widgets.images._group import group
from rembi_widgets.images._methods import METHODS, methods
from tests.images_scan.makers import ACTIN, AIR, DNA, LSM, OIL, image


def keys(*images: ImageRecord) -> int:
    return len({found.key for found in group(images)})


def test_images_that_differ_only_in_what_no_group_asks_for_are_one_group() -> None:
    (found,) = group([image("a.tif"), image("b.tif", size_x=1024, size_z=3, acquired_at="2026-03-13T10:00:00")])
    assert (found.count, found.images) == (2, (0, 1))
    assert found.ranges["size_x"] == (512, 1024)
    assert found.ranges["acquired_at"] == ("2026-03-12T10:00:00", "2026-03-13T10:00:00")


@pytest.mark.parametrize(
    "other",
    [
        {"instrument": replace(LSM, model="LSM 880")},
        {"instrument": None},
        {"objective": AIR},
        {"objective": replace(OIL, na=1.3)},
        {"objective": replace(OIL, immersion=None)},
        {"objective": None},
        {"channels": (DNA,)},
        {"channels": (DNA, replace(ACTIN, excitation_nm=470.0))},
        {"channels": (DNA, replace(ACTIN, acquisition_mode=None))},
        {"channels": ()},
        {"px_x_um": 0.101},
        {"px_y_um": None},
        {"size_z": 1},
        {"size_z": None},
        {"size_t": 5},
        {"size_t": None},
    ],
)
def test_one_value_of_the_key_makes_another_group(other: dict[str, Any]) -> None:
    assert keys(image(), image(**other)) == 2


@pytest.mark.parametrize(
    "other",
    [
        {"instrument": replace(LSM, serial="7")},
        {"objective": replace(OIL, manufacturer="Carl Zeiss", correction="PlanApo")},
        {"channels": (ACTIN, DNA)},
        {"channels": (replace(DNA, name="nuclei"), ACTIN)},
        {"channels": (replace(DNA, excitation_nm=405.2), replace(ACTIN, exposure_s=0.2))},
        {"px_x_um": 0.10004},
        {"size_z": 99},
    ],
)
def test_what_lies_within_the_key_stays_in_the_group(other: dict[str, Any]) -> None:
    assert keys(image(), image(**other)) == 1


def test_plain_images_of_different_channel_counts_are_apart() -> None:
    assert keys(image(channels=(), size_c=3), image(channels=(), size_c=1)) == 2


def test_a_key_is_the_same_in_every_scan() -> None:
    alone, (among, *_) = group([image()])[0], group([image(), image("b.tif"), image(objective=AIR)])
    assert alone.key == among.key
    assert alone.key.startswith("g-")
    assert len(alone.key) == 14


def test_the_largest_group_comes_first() -> None:
    found = group([image(objective=AIR), image(), image()])
    assert [item.count for item in found] == [2, 1]


@given(st.lists(st.sampled_from([{}, {"size_t": 3}, {"px_x_um": None}, {"objective": AIR}]), max_size=12))
def test_every_image_is_in_exactly_one_group(kinds: list[dict[str, Any]]) -> None:
    images = [image(f"{place}.tif", **kind) for place, kind in enumerate(kinds)]
    assert sorted(place for found in group(images) for place in found.images) == list(range(len(images)))


def test_titles_in_both_languages() -> None:
    (found,) = group([image()])
    assert found.title_in("en") == "Confocal, 63×, oil, 2 channels, z-stack"
    assert found.title_in("fr") == "Confocal, 63×, huile, 2 canaux, pile en z"


@pytest.mark.parametrize(
    ("given", "title"),
    [
        (
            {"size_z": 1, "size_t": 8, "objective": AIR, "channels": (DNA,), "size_c": 1},
            "Confocal, 20×, air, 1 channel, time-lapse",
        ),
        ({"objective": replace(OIL, immersion="Melted butter")}, "Confocal, 63×, melted butter, 2 channels, z-stack"),
        ({"objective": None, "channels": (), "size_z": None, "size_c": None}, "Images whose headers say little"),
    ],
)
def test_titles_say_only_what_is_known(given: dict[str, Any], title: str) -> None:
    assert group([image(**given)])[0].title_in("en") == title


def test_a_title_that_would_be_one_piece_names_the_channels() -> None:
    plain = image(objective=None, channels=(ImageChannel(name="Hoechst"),), size_c=1, size_z=1)
    assert group([plain])[0].title_in("en") == "1 channel, Hoechst"


def test_titles_of_two_groups_are_told_apart() -> None:
    found = group([image(), image(px_x_um=0.2), image(channels=(DNA, replace(ACTIN, fluor="Cy3")))])
    titles = {item.title_in("en") for item in found}
    assert len(titles) == 3
    assert any("Cy3" in title for title in titles)
    assert any("0.2 µm" in title for title in titles)


def test_titles_that_nothing_tells_apart_are_numbered() -> None:
    found = group([image(px_y_um=0.1), image(px_y_um=0.2)])
    assert [item.title_in("en")[-4:] for item in found] == [" (1)", " (2)"]


def test_a_few_images_that_differ_are_named() -> None:
    images = [image(f"{n}.tif") for n in range(30)] + [image("odd.tif", px_z_um=0.7)]
    (found,) = group(images)
    (outlier,) = found.outliers
    assert str(outlier) == "1 of 31 differ: z step in µm 0.7"
    assert outlier.say("fr") == "1 sur 31 diffèrent : pas en z en µm 0.7"
    assert outlier.images == (30,)
    assert found.to_json("en")["outliers"][0]["message"] == str(outlier)


def test_a_value_that_is_missing_in_a_few_is_named() -> None:
    images = [image(f"{n}.tif") for n in range(30)] + [image("odd.tif", px_z_um=None)]
    assert str(group(images)[0].outliers[0]) == "1 of 31 differ: z step in µm not stated"


def test_half_and_half_is_no_outlier() -> None:
    (found,) = group([image(f"{n}.tif", size_x=512 * (1 + n % 2)) for n in range(20)])
    assert found.outliers == ()


def test_a_small_group_beside_a_large_one_is_named_there_and_stays_apart() -> None:
    images = [image(f"a/{n}.tif") for n in range(40)] + [image(f"a/odd{n}.tif", objective=AIR) for n in range(3)]
    large, small = group(images)
    assert (large.count, small.count) == (40, 3)
    assert str(large.outliers[0]) == "3 of 43 differ: objective Plan-Apochromat 20x, 20×, NA 0.8, Air"
    assert small.outliers == ()


@pytest.mark.parametrize(
    "odd",
    [
        image("b/odd.tif", objective=AIR),  # in another folder
        image("a/odd.tif", objective=AIR, px_x_um=0.3),  # differs in two values
    ],
)
def test_other_small_groups_are_no_outliers(odd: ImageRecord) -> None:
    large, _ = group([*(image(f"a/{n}.tif") for n in range(40)), odd])
    assert large.outliers == ()


def test_real_files_fall_into_groups_with_titles_of_their_own(samples: Any) -> None:
    from rembi_widgets.images import scan

    found = scan(samples / "images").groups
    titles = [item.title_in("en") for item in found]
    assert len(set(titles)) == len(titles)
    assert len({item.key for item in found}) == len(found)


def test_methods_have_the_ontologys_own_labels(samples: Any) -> None:
    rows = (samples / "terms/starter_vocabulary.tsv").read_text(encoding="utf-8").splitlines()
    labels = {row.split("\t")[1]: row.split("\t")[2] for row in rows if row.startswith("imaging_method")}
    assert {method.id: method.label for method in METHODS} == {method.id: labels[method.id] for method in METHODS}


@pytest.mark.parametrize(
    ("mode", "contrast", "fluor", "expected"),
    [
        ("LaserScanningConfocalMicroscopy", "Fluorescence", None, "FBbi:00000251"),
        ("SpinningDiskConfocal", None, None, "FBbi:00000253"),
        ("MultiPhotonMicroscopy", None, None, "FBbi:00000255"),
        ("WideField", "Fluorescence", None, "FBbi:00000246"),
        ("WideField", None, "DAPI", "FBbi:00000246"),
        ("WideField", "DIC", None, "FBbi:00000245"),
        (None, "Brightfield", None, "FBbi:00000243"),
        ("TEM", None, None, "FBbi:00000258"),
        ("Other", "Other", None, None),
        ("WideField", None, None, None),
        (None, None, None, None),
    ],
)
def test_methods_as_headers_name_them(mode: str, contrast: str, fluor: str, expected: str | None) -> None:
    channel = ImageChannel(acquisition_mode=mode, contrast_method=contrast, fluor=fluor)
    found = methods(image(channels=(channel,), instrument=None))
    assert [method.id for method, _ in found] == ([expected] if expected else [])


def test_two_channels_may_be_taken_by_two_methods() -> None:
    light = ImageChannel(index=1, name="TL", contrast_method="Brightfield")
    assert [method.name for method, _ in methods(image(channels=(DNA, light)))] == ["confocal", "bright_field"]


def test_an_electron_microscope_is_told_by_its_type() -> None:
    found = methods(image(channels=(), instrument=replace(LSM, type="TEM")))
    assert [(method.name, field) for method, field in found] == [("tem", "instrument.type")]
