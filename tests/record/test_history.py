"""The history of a record: whatever order changes arrive in, whoever undoes, the record is one and the same."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rembi_widgets.errors import RembiError
from rembi_widgets.record import Change, Curation, Edit, History, Origin
from tests.strategies import words


def made(identity: str, clock: int, *edits: Edit, author: str = "", **more: Any) -> Change:
    writer = identity.rpartition("-")[0]
    return Change(id=identity, clock=clock, author=author or writer, origin=Origin(kind="typed"), edits=edits, **more)


def title(value: str) -> Edit:
    return Edit(op="set", path="/study/title", value=value)


FIELDS = ("title", "description", "license")


@st.composite
def changes_of_three(draw: st.DrawFn) -> list[Change]:
    """Changes of three writers: entities made, named, removed, and fields set, some of which cannot be applied."""
    found: list[Change] = []
    clocks = dict.fromkeys("abc", 0)
    for number in range(draw(st.integers(1, 12))):
        writer, entity = draw(st.sampled_from("abc")), f"bs-{draw(st.integers(0, 2))}"
        edit = draw(
            st.sampled_from(
                [
                    Edit(op="set", path=f"/study/{draw(st.sampled_from(FIELDS))}", value=draw(words)),
                    Edit(op="add", path="/biosamples", id=entity, value={"title": draw(words)}),
                    Edit(op="set", path=f"/biosamples/{entity}/title", value=draw(words)),
                    Edit(op="remove", path=f"/biosamples/{entity}"),
                ]
            )
        )
        clocks[writer] += draw(st.integers(1, 3))
        found.append(made(f"{writer}-{number}", clocks[writer], edit))
    return found


def state(history: History) -> tuple[Any, ...]:
    return history.record, [c.id for c in history.changes], sorted(c.id for c, _ in history.refused), history.clock


@given(changes_of_three(), st.data())
def test_changes_give_one_record_in_whatever_order_they_arrive(changes: list[Change], data: st.DataObject) -> None:
    together, apart = History(), History()
    together.merge(changes)
    for change in data.draw(st.permutations(changes)):
        apart.merge([change])
    assert state(apart) == state(together)


@given(changes_of_three())
def test_what_is_known_is_not_taken_twice(changes: list[Change]) -> None:
    history = History()
    assert len(history.merge(changes)) == len(changes)
    before = state(history)
    assert history.merge(changes) == ()
    assert state(history) == before
    assert all(change.id in history for change in changes)


@given(st.lists(words, min_size=1, max_size=8), st.data())
def test_undo_goes_back_one_by_one_and_redo_forward(titles: list[str], data: st.DataObject) -> None:
    history, records = History(), [Curation()]
    for number, value in enumerate(titles, 1):
        history.take(made(f"a-{number}", number, title(value)))
        records.append(history.record)
    place, clock = len(titles), len(titles)
    for back in data.draw(st.lists(st.booleans(), max_size=20)):
        step = history.undo_step("a") if back else history.redo_step("a")
        assert (step is None) == (place == 0 if back else place == len(titles))
        if step is not None:
            clock, place = clock + 1, place + (-1 if back else 1)
            how = {"undoes": step.of} if back else {"redoes": step.of}
            history.take(made(f"a-{clock}", clock, *step.edits, **how))
            assert history.record == records[place]


def test_a_new_change_ends_what_could_be_redone() -> None:
    history = History()
    history.take(made("a-1", 1, title("one")))
    history.take(made("a-2", 2, *history.undo_step("a").edits, undoes="a-1"))
    assert history.can_redo("a")
    history.take(made("a-3", 3, title("two")))
    assert not history.can_redo("a")
    assert history.redo_step("a") is None


def test_each_author_undoes_only_what_is_theirs() -> None:
    history = History()
    history.take(made("a-1", 1, title("mine")))
    history.take(made("b-1", 2, Edit(op="set", path="/study/description", value="theirs")))
    step = history.undo_step("a")
    assert (step.of, [edit.path for edit in step.edits]) == ("a-1", ["/study/title"])
    assert not history.can_undo("c")
    assert history.undo_step("c") is None


def test_ones_own_later_value_is_no_reason_to_leave_a_path() -> None:
    history = History()
    history.take(made("a-1", 1, title("one"), author="me"))
    history.take(made("b-1", 2, title("two"), author="me"))
    assert history.undo_step("me").left == ()


def test_undoing_leaves_what_stood_on_something_gone_since() -> None:
    history = History()
    history.take(made("b-1", 1, Edit(op="add", path="/biosamples", id="bs-1")))
    history.take(made("a-1", 2, Edit(op="set", path="/biosamples/bs-1/title", value="x"), title("t")))
    history.take(made("b-2", 3, Edit(op="remove", path="/biosamples/bs-1")))
    step = history.undo_step("a")
    assert [edit.path for edit in step.edits] == ["/study/title"]


def images(*rows: str) -> Edit:
    return Edit(op="add", path="/images", rows=rows)


def qc(value: Any, *rows: str) -> Edit:
    return Edit(op="fill", path="/images/qc_info", rows=rows, value=value)


@pytest.mark.parametrize(
    "theirs", [qc("blurred", "im-2"), Edit(op="set", path="/images/im-2/qc_info", value="blurred")]
)
def test_undoing_a_bulk_change_leaves_the_cells_that_others_filled_since(theirs: Edit) -> None:
    history = History()
    history.take(made("b-1", 1, images("im-1", "im-2", "im-3")))
    history.take(made("a-1", 2, qc("sharp", "im-1", "im-2", "im-3")))
    history.take(made("b-2", 3, theirs))
    step = history.undo_step("a")
    history.take(made("a-2", 4, *step.edits, undoes="a-1"))
    assert history.record.images.column("qc_info") == (None, "blurred", None)
    assert step.left == ("/images/im-2/qc_info",)


def test_undoing_one_cell_leaves_it_to_who_filled_the_column_since() -> None:
    history = History()
    history.take(made("b-1", 1, images("im-1", "im-2")))
    history.take(made("a-1", 2, Edit(op="set", path="/images/im-1/qc_info", value="sharp")))
    history.take(made("b-2", 3, qc("all the same", "im-1", "im-2")))
    step = history.undo_step("a")
    assert (step.edits, step.left) == ((), ("/images/im-1/qc_info",))


def test_a_proposal_done_again_is_still_from_the_machine() -> None:
    history = History()
    scan = Change(id="a-1", clock=1, author="a", origin=Origin(kind="scan"), edits=(title("found"),))
    history.take(scan)
    history.take(made("a-2", 2, *history.undo_step("a").edits, undoes="a-1"))
    step = history.redo_step("a")
    again = Change(id="a-3", clock=3, author="a", origin=Origin(kind="redo"), edits=step.edits, redoes="a-1")
    history.take(again)
    mark = history.record.marks["/study/title"]
    assert (mark.origin.kind, mark.confirmed) == ("scan", False)


def test_a_refused_change_stays_out_of_the_record_and_counts_for_the_clock() -> None:
    history = History()
    history.merge([made("a-1", 7, Edit(op="set", path="/biosamples/bs-9/title", value="x"))])
    assert history.record == Curation()
    assert [(change.id, fault.key) for change, fault in history.refused] == [("a-1", "record.nothing_there")]
    assert (history.clock, "a-1" in history) == (7, True)
    assert not history.can_undo("a")


def test_a_refused_change_is_taken_once_what_it_stands_on_arrives() -> None:
    history = History()
    history.merge([made("a-1", 2, Edit(op="set", path="/biosamples/bs-1/title", value="x"))])
    history.merge([made("b-1", 1, Edit(op="add", path="/biosamples", id="bs-1"))])
    assert history.record.biosamples[0].title == "x"
    assert history.refused == []


def test_a_change_that_fails_half_way_leaves_nothing_behind() -> None:
    history = History()
    with pytest.raises(RembiError):
        history.take(made("a-1", 1, title("half"), Edit(op="remove", path="/biosamples/bs-9")))
    assert history.record == Curation()
    assert history.changes == []


def test_a_history_may_begin_with_a_record() -> None:
    start = Curation.model_validate({"study": {"title": "imported"}})
    history = History(start)
    history.take(made("a-1", 1, title("typed")))
    assert [edit.value for edit in history.undo_step("a").edits] == ["imported"]
