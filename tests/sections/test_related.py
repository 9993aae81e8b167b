"""The images of a correlation: one written form, patterns, and texts of people kept as they are."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rembi_widgets.record import Related, entries_match, entries_of, read_related

PATHS = ["light/a.tif", "light/b.tif", "light/deep/c.tif", "sem/a.mrc", "odd;name|*%.tif"]


def test_both_sides_and_a_note_are_read() -> None:
    assert read_related("moving: a.tif; b.tif | fixed: c.mrc | aligned on beads") == Related(
        ("a.tif", "b.tif"), ("c.mrc",), "aligned on beads"
    )
    assert read_related("fixed: c.mrc") == Related((), ("c.mrc",))


@pytest.mark.parametrize("said", ["", "confocal/cell_04.tif is the overview of sem/cell_04.mrc", "moved | fixed"])
def test_other_texts_are_a_note(said: str) -> None:
    assert read_related(said) == Related(note=said)
    assert str(read_related(said)) == said
    assert read_related(None) == Related()


@pytest.mark.parametrize(
    ("entry", "names"),
    [
        ("light/*.tif", [0, 1]),
        ("light/**", [0, 1, 2]),
        ("**a.*", [0, 3]),
        ("sem/a.mrc", [3]),
        ("odd%3Bname%7C%2A%25.tif", [4]),
        ("light/[ab].tif", []),
        ("nothing", []),
    ],
)
def test_entries_name_files(entry: str, names: list[int]) -> None:
    assert entries_match([entry], PATHS) == {entry: tuple(names)}


def test_few_files_are_named_and_many_are_folders() -> None:
    many = [f"light/{n}.tif" for n in range(200)]
    assert entries_of(["light/1.tif", "odd;name|*%.tif"], PATHS) == ("light/1.tif", "odd%3Bname%7C%2A%25.tif")
    assert entries_of(many, [*many, "sem/a.mrc"]) == ("light/*",)
    assert entries_of([*many, "sem/a.mrc"], [*many, "sem/a.mrc", "sem/b.mrc"]) == ("light/*", "sem/a.mrc")
    assert entries_of(many[:100], many) is None
    assert entries_of([], many) == ()


@given(st.lists(st.text(max_size=8), max_size=4), st.lists(st.text(max_size=8), max_size=4))
def test_any_paths_come_back(moving: list[str], fixed: list[str]) -> None:
    sides = [entries_of([path.strip() for path in side if path.strip()], []) or () for side in (moving, fixed)]
    held = Related(sides[0], sides[1])
    read = read_related(str(held))
    assert read == held
    paths = [path.strip() for path in (*moving, *fixed) if path.strip()]
    for entry, places in entries_match((*read.moving, *read.fixed), paths).items():
        assert [entries_of([paths[place]], []) for place in places] == [(entry,)] * len(places)
        assert places
