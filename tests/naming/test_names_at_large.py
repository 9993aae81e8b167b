"""What matching promises of any names: order does not matter, a person's word holds, nothing is said twice or lost."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rembi_widgets.naming import (
    Matching,
    all_accepted,
    annotation_type_of,
    is_accepted,
    looks_made,
    match_by_name,
    proposal,
)
from rembi_widgets.naming._words import cores, is_word, name_of, shape_of, words_of

STEMS = st.from_regex(r"[a-z]{2,6}_[0-9]{2,3}", fullmatch=True)
PATHS = st.text(alphabet="abAB01_- ./é", min_size=1, max_size=20)


def pairs_of(found: Matching) -> dict[str, str]:
    return {target: source for source, target in found.pairs}


@given(stems=st.lists(STEMS, min_size=2, max_size=12, unique=True), random=st.randoms(use_true_random=False))
def test_the_order_of_names_does_not_matter(stems: list[str], random: Any) -> None:
    sources = [f"raw/{stem}.tif" for stem in stems]
    targets = [f"seg/{stem}_labels.tif" for stem in stems]
    plain = pairs_of(match_by_name(sources, targets))
    random.shuffle(sources)
    random.shuffle(targets)
    assert pairs_of(match_by_name(sources, targets)) == plain
    assert all(source.removeprefix("raw/").split(".")[0] in target for target, source in plain.items())


@given(sources=st.lists(PATHS, max_size=12), targets=st.lists(PATHS, max_size=12))
def test_every_name_is_paired_open_or_lonely(sources: list[str], targets: list[str]) -> None:
    found = match_by_name(sources, targets)
    told = [*pairs_of(found), *found.ambiguous, *found.unmatched.targets]
    assert sorted(told) == sorted(set(targets))
    used = {source for source, _ in found.pairs}
    assert used | set(found.unmatched.sources) == set(sources) - set(targets)
    assert used.isdisjoint(found.unmatched.sources)


@given(sources=st.lists(PATHS, min_size=1, max_size=8), targets=st.lists(PATHS, min_size=1, max_size=8), at=st.data())
def test_what_a_person_showed_holds(sources: list[str], targets: list[str], at: st.DataObject) -> None:
    source, target = at.draw(st.sampled_from(sources)), at.draw(st.sampled_from(targets))
    found = match_by_name(sources, targets, examples=[(source, target)])
    if source not in targets:
        assert pairs_of(found)[target] == source
    else:
        assert pairs_of(found).get(target) != source


def test_examples_of_names_that_are_not_there_are_passed_over() -> None:
    plain = match_by_name(["a_1.tif"], ["a_1_mask.png"])
    odd = match_by_name(["a_1.tif"], ["a_1_mask.png"], examples=[("b.tif", "a_1_mask.png"), ("a_1.tif", "c.png")])
    assert odd == plain
    assert odd.pairs == (("a_1.tif", "a_1_mask.png"),)


def test_one_example_teaches_a_whole_folder() -> None:
    sources = [f"day/{n:03d}.tif" for n in range(20)]
    targets = [f"out/x{n:03d}y.png" for n in range(20)]
    found = match_by_name(sources, targets, examples=[(sources[3], targets[3])])
    assert pairs_of(found)[targets[3]] == sources[3]
    assert all(source[4:7] == target[5:8] for target, source in pairs_of(found).items())


def test_the_pattern_counts_the_pairs_that_follow_it() -> None:
    sources = [f"c_{n:02d}.tif" for n in range(9)]
    targets = [f"m/c_{n:02d}_mask.png" for n in range(7)]
    found = match_by_name(sources, targets)
    assert found.pattern is not None
    assert found.pattern.count == len(found.pairs) == 7
    assert str(found.pattern) == "{name}.tif ↔ m/{name}_mask.png"
    assert match_by_name([], []).pattern is None


def test_a_name_given_twice_is_one_name() -> None:
    found = match_by_name(["a_1.tif", "a_1.tif"], ["a_1_roi.zip", "a_1_roi.zip"])
    assert found.pairs == (("a_1.tif", "a_1_roi.zip"),)
    assert found.unmatched.sources == ()


@pytest.mark.parametrize(
    ("sources", "target", "wanted"),
    [
        (["wt/f1.tif", "ko/f1.tif"], "masks/ko/f1.png", "ko/f1.tif"),
        (["p1/A01/f1.tif", "p2/A01/f1.tif"], "p2/masks/A01/f1.png", "p2/A01/f1.tif"),
        (["Day 1/x.tif", "Day 2/x.tif"], "labels/day 2/x_label.tif", "Day 2/x.tif"),
        (["s/ABC.TIF"], "s/abc_mask.tif", "s/ABC.TIF"),
        (["e\u0301_1.tif"], "é_1_mask.tif", "e\u0301_1.tif"),
        (["img_7.tif"], "mask_007.tif", "img_7.tif"),
    ],
)
def test_folders_case_and_form_lead_to_the_right_image(sources: list[str], target: str, wanted: str) -> None:
    assert pairs_of(match_by_name(sources, [target])) == {target: wanted}


@pytest.mark.parametrize(
    ("sources", "target"),
    [
        (["a/x_1.tif"], "b/y_2.png"),
        (["cell_01.tif"], "cell_02_mask.tif"),
        (["control_1.tif"], "treated_1.tif"),
        (["image.tif"], "readme.md"),
    ],
)
def test_names_of_other_images_find_nobody(sources: list[str], target: str) -> None:
    found = match_by_name(sources, [target])
    assert found.pairs == ()
    assert found.unmatched.targets == (target,)


def test_many_names_take_about_as_many_steps(monkeypatch: pytest.MonkeyPatch) -> None:
    """Count how often a name is taken apart: as often for one name of many as for one of few."""
    from rembi_widgets.naming import _matching

    counts = []
    for many in (100, 1000):
        calls = 0

        def counted(stem: str) -> list[tuple[str, str, str]]:
            nonlocal calls
            calls += 1
            return cores(stem)

        monkeypatch.setattr(_matching, "cores", counted)
        sources, targets = [f"c_{n:04d}.tif" for n in range(many)], [f"c_{n:04d}_mask.tif" for n in range(many)]
        assert len(match_by_name(sources, targets).pairs) == many
        counts.append(calls / many)
    assert counts[1] <= counts[0]


def test_the_masks_of_a_real_segmentation_go_to_their_images(samples: Path) -> None:
    """Take every real list of files: what is paired shares its words, and no image is its own."""
    seen = 0
    for path in sorted((samples / "bia").rglob("*.json"))[:40]:
        held = json.loads(path.read_bytes())
        listed = (
            [str(one["path"]) for one in held if isinstance(one, dict) and "path" in one]
            if isinstance(held, list)
            else []
        )
        made = [name for name in listed if looks_made(name)][:300]
        rest = [name for name in listed if not looks_made(name)][:300]
        found = match_by_name(rest, made)
        seen += len(listed)
        for source, target in found.pairs:
            assert source != target
            assert source in rest
            assert target in made
    assert seen > 0


@pytest.mark.parametrize(
    ("path", "kind"),
    [
        ("bboxes/img_1.json", "bounding_boxes"),
        ("cell.tracks.csv", "tracks"),
        ("spots_c1.csv", "point_annotations"),
        ("cell_counts.xlsx", "counts"),
        ("classes/a.png", "class_labels"),
        ("a_seg.npy", "segmentation_mask"),
        ("A.ROI", "geometrical_annotations"),
        ("masques/a.tif", "segmentation_mask"),
        ("a/b/c.tif", None),
        ("maskerade.tif", None),
        ("", None),
    ],
)
def test_the_kind_that_a_name_tells(path: str, kind: str | None) -> None:
    assert annotation_type_of(path) == kind


@pytest.mark.parametrize("path", ["unmasked.tif", "classic/c1.tif", "objective.tif", "protocol/day1.nd2", "seeds.tif"])
def test_words_that_only_begin_alike_make_nothing(path: str) -> None:
    assert not looks_made(path)


@given(PATHS)
def test_whatever_has_a_kind_of_mask_looks_made(path: str) -> None:
    masked = f"{path.strip('/') or 'x'}_mask.tif"
    assert looks_made(masked) or name_of(masked).stem == ""


@given(st.text(max_size=40))
def test_what_is_proposed_is_accepted_and_stays(path: str) -> None:
    found = proposal(path)
    assert is_accepted(found)
    assert proposal(found) == found


@given(st.lists(st.text(alphabet="ab./ -+\né", max_size=8), max_size=6))
def test_all_are_accepted_when_each_is(paths: list[str]) -> None:
    assert all_accepted(paths) == all(is_accepted(path) for path in paths)


@pytest.mark.parametrize("path", ["./a.tif", "a/../b.tif", "a/", "a  b.tif", "é.tif", "", "a\tb", "a#b", "a\nb"])
def test_paths_the_server_refuses(path: str) -> None:
    assert not is_accepted(path)
    assert is_accepted(proposal(path))


@given(st.text(max_size=60))
def test_words_put_together_are_the_stem(stem: str) -> None:
    assert "".join(words_of(stem)) == stem


@given(st.text(alphabet="ab1_-", max_size=40))
def test_each_run_of_words_lies_in_its_stem(stem: str) -> None:
    found = cores(stem)
    assert all(before + core + behind == stem for before, core, behind in found)
    assert all(is_word(core) and is_word(core[-1]) for _, core, _ in found)
    lengths = [len(core) for _, core, _ in found]
    assert lengths == sorted(lengths, reverse=True)


@given(st.integers(0, 10**6), st.integers(0, 10**6))
def test_names_that_differ_in_numbers_have_one_shape(one: int, other: int) -> None:
    assert shape_of(f"plate{one}_A") == shape_of(f"plate{other}_A") == "plate#_A"


@given(PATHS)
def test_a_name_read_keeps_its_path(path: str) -> None:
    found = name_of(path)
    assert found.path == path
    assert found.stem == found.stem.casefold()
    assert "/" not in found.stem
    assert all("/" not in folder for folder in found.folders)
