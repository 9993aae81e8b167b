"""Merging and splitting the gallery's groups: one change each, undone as one, refused with a sentence if it is none."""

from __future__ import annotations

from typing import Any

import pytest

from rembi_widgets.errors import RembiError


def keys(session: Any) -> list[Any]:
    return list(session.curation.record.images.column("group"))


def counts(ask: Any) -> dict[str, int]:
    return {group["key"]: group["count"] for group in ask("groups")["groups"]}


@pytest.fixture
def three(session: Any) -> Any:
    """Give the session with three groups: two images, one, and one that no group has."""
    rows = ["im-4"]
    session.curation.edit(
        [
            {"op": "add", "path": "/images", "rows": rows},
            {"op": "fill", "path": "/images/group", "rows": rows, "value": "g2"},
        ]
    )
    return session


def test_two_groups_become_one_in_one_change(ask: Any, three: Any) -> None:
    before = len(three.curation.history)
    answer = ask("merge-groups", keys=["g2", "g1"])
    assert (answer["kind"], answer["count"], answer["key"]) == ("ack", 1, "g1")
    assert keys(three) == ["g1", "g1", None, "g1"]
    assert len(three.curation.history) == before + 1
    ask("undo")
    assert keys(three) == ["g1", "g1", None, "g2"]
    ask("redo")
    assert counts(ask) == {"g1": 3, "": 1}


def test_images_without_a_group_can_be_taken_in_even_if_they_were_chosen_first(ask: Any, three: Any) -> None:
    answer = ask("merge-groups", keys=["", "g1", "g2"])
    assert (answer["count"], answer["key"]) == (2, "g1")
    assert keys(three) == ["g1"] * 4


@pytest.mark.parametrize("named", [None, [], ["g1"], ["g1", "g1"], ["g1", "gone"], ["gone", "lost"]])
def test_less_than_two_groups_are_refused_and_nothing_changes(ask: Any, three: Any, named: Any) -> None:
    before = len(three.curation.history)
    with pytest.raises(RembiError, match="Choose two groups"):
        ask("merge-groups", keys=named)
    assert len(three.curation.history) == before


def test_images_become_a_group_of_their_own_and_come_back_with_undo(ask: Any, three: Any) -> None:
    before = len(three.curation.history)
    answer = ask("split-group", rows=["im-2"])
    assert answer["count"] == 1
    assert keys(three) == ["g1", answer["key"], None, "g2"]
    assert answer["key"] not in {"g1", "g2"}
    assert len(three.curation.history) == before + 1
    ask("undo")
    assert keys(three) == ["g1", "g1", None, "g2"]


def test_rows_of_several_groups_and_of_none_can_be_one(ask: Any, three: Any) -> None:
    key = ask("split-group", rows=["im-1", "im-3", "im-4"])["key"]
    assert keys(three) == [key, "g1", key, key]


def test_a_filter_of_the_file_table_names_images_too(ask: Any, three: Any) -> None:
    answer = ask("split-group", table="images", filter="a/1", where={})
    assert (answer["count"], keys(three)[1]) == (1, answer["key"])


def test_images_without_a_group_can_be_given_one(ask: Any, three: Any) -> None:
    key = ask("split-group", rows=["im-3"])["key"]
    assert keys(three) == ["g1", "g1", key, "g2"]


def test_a_whole_group_and_no_image_are_refused(ask: Any, three: Any) -> None:
    before = keys(three)
    with pytest.raises(RembiError, match="they are a group already"):
        ask("split-group", rows=["im-1", "im-2"])
    for rows in ([], ["im-gone"]):
        with pytest.raises(RembiError, match="None of these images"):
            ask("split-group", rows=rows)
    assert keys(three) == before


def test_what_is_decided_carries_no_pencil(ask: Any, three: Any) -> None:
    ask("split-group", rows=["im-1"])
    marks = three.curation.record.images.marks.get("group")
    assert marks is None or marks[0] is None or marks[0].confirmed
