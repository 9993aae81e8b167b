"""Pages of the two tables: what a view asks of them, and what it changes by them."""

from __future__ import annotations

from typing import Any

import pytest

from rembi_widgets.errors import RembiError


def ids(answer: dict[str, Any]) -> list[str]:
    return [row["id"] for row in answer["rows"]]


def test_a_page_has_rows_with_the_path_of_their_file_and_marks_of_what_is_unconfirmed(ask: Any) -> None:
    answer = ask("rows", table="images")
    assert (answer["total"], answer["matched"]) == (3, 3)
    assert answer["rows"][0]["path"] == "b/2.tiff"
    assert set(answer["rows"][0]["marks"]) == {"qc_info"}
    assert answer["rows"][2]["marks"] == {}


def test_an_offset_and_a_limit_give_a_part_and_ids_give_all_that_match(ask: Any) -> None:
    answer = ask("rows", table="images", offset=1, limit=1, ids=True)
    assert ids(answer) == ["im-2"]
    assert answer["ids"] == ["im-1", "im-2", "im-3"]


@pytest.mark.parametrize(
    ("words", "found"),
    [
        ("treated", ["im-2"]),
        ("fixed CONFOCAL", ["im-1", "im-2", "im-3"]),
        ("hela", ["im-1", "im-2"]),
        ("g1", []),
        ("fl-1", []),
        ("as-1", []),
        ("a/1", ["im-2"]),
    ],
)
def test_what_is_searched_are_the_words_a_person_reads_not_ids(ask: Any, words: str, found: list[str]) -> None:
    if words == "fixed CONFOCAL":
        found = ["im-1", "im-2"]  # the third has no line, so no acquisition is named in its row
    assert ids(ask("rows", table="images", filter=words)) == found


@pytest.mark.parametrize(
    ("sort", "order"),
    [
        ("size_x", ["im-3", "im-1", "im-2"]),
        ("-size_x", ["im-1", "im-2", "im-3"]),
        ("association", ["im-1", "im-2", "im-3"]),
        ("path", ["im-2", "im-1", "im-3"]),
    ],
)
def test_a_column_sorts_by_its_words(ask: Any, sort: str, order: list[str]) -> None:
    assert ids(ask("rows", table="images", sort=sort)) == order


def test_where_asks_for_cells_and_none_for_empty_ones(ask: Any) -> None:
    assert ids(ask("rows", table="images", where={"group": "g1"})) == ["im-1", "im-2"]
    assert ids(ask("rows", table="images", where={"association": None})) == ["im-3"]


def test_there_are_only_two_tables(ask: Any) -> None:
    with pytest.raises(RembiError):
        ask("rows", table="people")


def test_a_value_is_set_for_the_rows_meant_and_counted(ask: Any, session: Any) -> None:
    answer = ask("fill", table="images", where={"group": "g1"}, column="image_type", value="raw")
    assert answer["count"] == 2
    assert session.curation.record.images.column("image_type") == ("raw", "raw", None)


def test_confirming_a_group_keeps_values_and_origins_and_is_one_change(ask: Any, session: Any) -> None:
    before = len(session.curation.history)
    path = "/acquisitions/ac-1/instrument_model"
    answer = ask("fill", table="images", where={"group": "g1"}, confirm=True, paths=[path, "/study/title"])
    record = session.curation.record
    assert answer["count"] == 2
    assert len(session.curation.history) == before + 1
    assert record.marks[path].confirmed
    assert record.images.value("im-1", "qc_info") == "blurred"
    mark = record.images.mark("im-2", "qc_info")
    assert mark is not None
    assert (mark.confirmed, mark.origin.source) == (True, "a.tiff")


def test_confirming_is_undone_in_one_step(ask: Any, session: Any) -> None:
    ask("fill", table="images", confirm=True)
    ask("undo")
    mark = session.curation.record.images.mark("im-1", "qc_info")
    assert mark is not None
    assert not mark.confirmed


def test_nothing_to_confirm_makes_no_change(ask: Any, session: Any) -> None:
    before = len(session.curation.history)
    assert ask("fill", table="images", rows=["im-3"], confirm=True)["count"] == 1
    assert len(session.curation.history) == before


def test_a_summary_says_what_all_share_and_where_they_differ(ask: Any) -> None:
    fields = ask("summary", table="images")["fields"]
    assert fields["component"]["value"] == "sc-1"
    assert (fields["size_x"]["mixed"], fields["size_x"]["examples"]) == (2, [128, 64])
    assert fields["qc_info"]["pencil"] == 2


@pytest.mark.parametrize(
    ("how", "count"),
    [({"folder": "a"}, 1), ({"group": "g1"}, 2), ({"rows": ["im-3"]}, 1), ({"filter": "tiff"}, 3), ({"rows": []}, 0)],
)
def test_images_are_assigned_by_folder_group_rows_or_filter(
    ask: Any, session: Any, how: dict[str, Any], count: int
) -> None:
    answer = ask("assign", component="sc-1", association="as-2", **how)
    assert answer["count"] == count
    given = session.curation.record.images.column("association")
    assert given.count("as-2") >= count
