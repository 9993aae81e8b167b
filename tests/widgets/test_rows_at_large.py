"""What tables, folders and names promise of any content: filters, sorting, pages, filling, guesses of samples."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from rembi_widgets.errors import RembiError
from rembi_widgets.record import Curation
from rembi_widgets.store import open_curation
from rembi_widgets.widgets._folders import rolled
from rembi_widgets.widgets._matching import SAME_WORD, best, score, words
from rembi_widgets.widgets._rows import PAGE_LIMIT, Query, confirm_edits, fill_edits, find, page, summary
from tests.widgets.conftest import PENCIL

SIZES = st.lists(st.none() | st.integers(1, 5), min_size=1, max_size=12)
NAMES = st.text(alphabet="aAb1_- /é", max_size=12)


def table(sizes: list[int | None], notes: list[str | None] | None = None) -> Curation:
    rows = [f"im-{place}" for place in range(len(sizes))]
    opened = open_curation(None)
    opened.edit(
        [
            {"op": "add", "path": "/images", "rows": rows},
            {"op": "fill", "path": "/images/size_x", "rows": rows, "values": sizes},
            {"op": "fill", "path": "/images/qc_info", "rows": rows, "values": notes or [None] * len(rows)},
        ]
    )
    return opened.record


def ask(**said: Any) -> Query:
    return Query.read({"table": "images", **said})


@given(SIZES)
def test_sorting_is_by_value_with_nothing_last(sizes: list[int | None]) -> None:
    record = table(sizes)
    found = [record.images.value(row, "size_x") for row in find(record, ask(sort="size_x"))]
    known = sorted(size for size in sizes if size is not None)
    assert found == [*known, *[None] * (len(sizes) - len(known))]


@given(SIZES, st.none() | st.integers(1, 6))
def test_a_filter_finds_what_is_equal_and_no_other(sizes: list[int | None], wanted: int | None) -> None:
    record = table(sizes)
    found = find(record, ask(where={"size_x": wanted}))
    assert len(found) == sizes.count(wanted)
    assert all(record.images.value(row, "size_x") == wanted for row in found)


@given(SIZES, st.integers(-3, 15), st.integers(0, 15))
def test_pages_together_are_the_table(sizes: list[int | None], offset: int, limit: int) -> None:
    record = table(sizes)
    told = page(record, ask(), offset, limit, ids=True)
    start = max(0, offset)
    assert [row["id"] for row in told["rows"]] == list(record.images.ids[start : start + limit])
    assert told["ids"] == list(record.images.ids)
    assert told["matched"] == told["total"] == len(sizes)


def test_a_page_has_a_limit_whatever_is_asked() -> None:
    record = table([1] * (PAGE_LIMIT + 5))
    assert len(page(record, ask(), 0, 10**9)["rows"]) == PAGE_LIMIT


@given(SIZES)
def test_a_summary_counts_every_row_once(sizes: list[int | None]) -> None:
    told = summary(table(sizes), ask())
    assert told["count"] == len(sizes)
    said = told["fields"].get("size_x")
    different = set(sizes)
    if different == {None}:
        assert said is None
    elif len(different) == 1:
        assert said["value"] == sizes[0]
    else:
        assert said["mixed"] == len(different)
        assert said["empty"] == sizes.count(None)
        assert said["counts"] == sorted(said["counts"], reverse=True)


@pytest.mark.parametrize(
    ("text", "found"),
    [("blurred", ["im-0"]), ("BLUR", ["im-0"]), ("blurred 12", ["im-0"]), ("dark blurred", []), ("", ["im-0", "im-1"])],
)
def test_all_words_must_be_found_in_any_case(text: str, found: list[str]) -> None:
    assert find(table([12, 3], ["Blurred", "dark"]), ask(filter=text)) == found


@pytest.mark.parametrize("said", [{"table": "people"}, {"table": None}, {}, {"table": "images/.."}])
def test_a_table_that_is_not_there_is_refused(said: dict[str, Any]) -> None:
    with pytest.raises(RembiError):
        Query.read(said)


@pytest.mark.parametrize("sort", ["nothing", "-nothing", "-", "--size_x"])
def test_sorting_by_a_column_that_is_not_there_keeps_the_order(sort: str) -> None:
    record = table([3, 1, 2])
    assert sorted(find(record, ask(sort=sort))) == ["im-0", "im-1", "im-2"]


def test_rows_that_are_gone_are_passed_over() -> None:
    record = table([3, 1, 2])
    assert find(record, ask(rows=["im-2", "im-9", "im-0"])) == ["im-2", "im-0"]


@given(SIZES, st.integers(1, 5))
def test_filling_sets_what_was_found_and_nothing_else(sizes: list[int | None], where: int) -> None:
    record = table(sizes)
    edits = fill_edits(record, ask(where={"size_x": where}), "qc_info", "good")
    assert bool(edits) == (where in sizes)
    rows = edits[0].rows if edits else ()
    assert list(rows or ()) == [f"im-{place}" for place, size in enumerate(sizes) if size == where]


def test_confirming_keeps_values_and_takes_the_pencil_away() -> None:
    opened = open_curation(None)
    rows = ["im-0", "im-1"]
    opened.edit(
        [
            {"op": "add", "path": "/images", "rows": rows},
            {"op": "fill", "path": "/images/size_x", "rows": rows, "values": [4, 5], "marks": {"all": PENCIL}},
            {"op": "fill", "path": "/images/size_y", "rows": rows, "values": [6, 7], "marks": {"all": PENCIL}},
        ]
    )
    assert summary(opened.record, ask())["fields"]["size_x"]["pencil"] == 2
    opened.edit(confirm_edits(opened.record, ask(rows=["im-0"]), columns={"size_x"}))
    fields = summary(opened.record, ask())["fields"]
    assert fields["size_x"]["pencil"] == 1
    assert fields["size_y"]["pencil"] == 2
    assert list(opened.record.images.column("size_x")) == [4, 5]
    opened.edit(confirm_edits(opened.record, ask()))
    assert confirm_edits(opened.record, ask()) == []


@given(st.lists(st.from_regex(r"[ab]{1,2}(/[ab]{1,2}){0,4}", fullmatch=True), max_size=30), st.integers(1, 6))
def test_folders_are_folded_into_those_above_them(names: list[str], most: int) -> None:
    listed, folded = rolled(names, most)
    assert set(listed) == set(names)
    for name, at in listed.items():
        assert name == at or name.startswith(f"{at}/")
        assert at == name or at in folded
    tops = {name.split("/")[0] for name in names}
    assert len(set(listed.values())) <= max(most, len(tops))
    assert not any(one != other and one.startswith(f"{other}/") for one in listed.values() for other in folded)


@given(NAMES)
@example("1__")
@example("1__2")
def test_words_are_in_one_writing(name: str) -> None:
    found = words(name)
    assert all(word == word.casefold() and word.isalnum() for word in found)
    assert words(name.replace("-", " ").replace("_", " ")) == found


@pytest.mark.parametrize(("said", "word"), SAME_WORD.items())
def test_other_ways_to_write_a_word_are_that_word(said: str, word: str) -> None:
    assert word in words(said)
    assert score(words(f"plate_{said}"), words(word)) > 0


@pytest.mark.parametrize(
    ("folder", "wanted"),
    [
        ("HeLa/ctrl_rep1", "sa-1"),
        ("hela-Treated", "sa-2"),
        ("01_Untreated", "sa-1"),
        ("témoin", "sa-1"),
        ("nocodazole 10 nM", "sa-2"),
        ("noco", "sa-2"),
        ("hela", None),
        ("ctrl and treated", None),
        ("", None),
        ("10", None),
    ],
)
def test_a_folder_speaks_for_one_sample_or_none(folder: str, wanted: str | None) -> None:
    samples = {"sa-1": words("control"), "sa-2": words("treated nocodazole")}
    assert best(folder, samples) == wanted


def test_the_only_sample_needs_no_word_and_none_is_none() -> None:
    assert best("anything", {"sa-1": frozenset()}) == "sa-1"
    assert best("anything", {}) is None


@given(NAMES, st.dictionaries(st.sampled_from(["a", "b", "c"]), NAMES.map(words), min_size=2))
def test_a_guess_is_the_one_with_the_most_words(folder: str, samples: dict[str, frozenset[str]]) -> None:
    found = best(folder, samples)
    counts = {sample: score(words(folder), known) for sample, known in samples.items()}
    if found is None:
        assert max(counts.values()) == 0 or list(counts.values()).count(max(counts.values())) > 1
    else:
        assert all(counts[found] > count for sample, count in counts.items() if sample != found)
