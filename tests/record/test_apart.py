"""Changes made apart by several people: one record whatever the order, and both values where they differ."""

from __future__ import annotations

import random
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from rembi_widgets.record import Change, Conflict, Curation, Edit, History, Origin

TITLE = "/study/title"


@dataclass
class Writer:
    """Somebody with a copy of the history, who makes changes in knowledge of what reached them."""

    name: str
    history: History = field(default_factory=History)
    made: list[Change] = field(default_factory=list)

    def make(self, *edits: Edit, origin: str = "typed", **more: Any) -> Change:
        change = Change(
            id=f"{self.name}-{len(self.made) + 1}",
            author=self.name,
            at="2026-01-02T03:04:05+00:00",
            clock=self.history.clock + 1,
            origin=Origin(kind=origin),
            edits=edits,
            seen=self.history.news(self.name),
            **more,
        )
        self.history.take(change)
        self.made.append(change)
        return change

    def set(self, path: str, value: Any, origin: str = "typed") -> Change:
        return self.make(Edit(op="set", path=path, value=value), origin=origin)

    def add(self, collection: str, identity: str, **value: Any) -> Change:
        return self.make(Edit(op="add", path=collection, id=identity, value=value))

    def remove(self, path: str) -> Change:
        return self.make(Edit(op="remove", path=path))

    def hear(self, *others: Writer) -> None:
        self.history.merge(change for other in others for change in other.made)

    @property
    def record(self) -> Curation:
        return self.history.record


def three() -> tuple[Writer, Writer, Writer]:
    return Writer("ada"), Writer("grace"), Writer("rosalind")


def merged(*writers: Writer) -> History:
    history = History()
    history.merge(change for one in writers for change in one.made)
    return history


def said(conflicts: Sequence[Conflict]) -> dict[str, list[Any]]:
    return {one.path: [rival.value for rival in one.rivals] for one in conflicts}


# -- fields


def test_edits_of_different_fields_merge_in_silence() -> None:
    ada, grace, _ = three()
    ada.set(TITLE, "Nuclei")
    grace.set("/study/description", "of cells")
    found = merged(ada, grace)
    assert (found.record.study.title, found.record.study.description) == ("Nuclei", "of cells")
    assert found.conflicts == ()


def test_two_values_for_one_field_are_both_kept_until_somebody_chooses() -> None:
    ada, grace, rosalind = three()
    ada.set(TITLE, "Nuclei")
    grace.set(TITLE, "Kernels")
    for one in (ada, grace, rosalind):
        one.hear(ada, grace)
        assert one.record.study.title == "Kernels"
        (conflict,) = one.history.conflicts
        assert [(rival.author, rival.value) for rival in conflict.rivals] == [("ada", "Nuclei"), ("grace", "Kernels")]
        assert conflict.rivals[0].at == "2026-01-02T03:04:05+00:00"
    rosalind.set(TITLE, "Nuclei")
    for one in (ada, grace, merged(ada, grace, rosalind)):
        if isinstance(one, Writer):
            one.hear(rosalind)
        history = one.history if isinstance(one, Writer) else one
        assert history.record.study.title == "Nuclei"
        assert history.conflicts == ()


def test_the_same_value_twice_is_no_conflict() -> None:
    ada, grace, _ = three()
    ada.set(TITLE, "Nuclei")
    grace.set(TITLE, "Nuclei")
    assert merged(ada, grace).conflicts == ()


def test_one_who_saw_the_others_value_replaces_it_in_silence() -> None:
    ada, grace, _ = three()
    ada.set(TITLE, "Nuclei")
    grace.hear(ada)
    grace.set(TITLE, "Kernels")
    ada.hear(grace)
    ada.set(TITLE, "Cells")
    assert merged(ada, grace).conflicts == ()
    assert merged(ada, grace).record.study.title == "Cells"


def test_a_value_and_an_emptied_field_are_two_values() -> None:
    ada, grace, _ = three()
    ada.set(TITLE, "Nuclei")
    grace.hear(ada)
    ada.make(Edit(op="clear", path=TITLE))
    grace.set(TITLE, "Kernels")
    assert said(merged(ada, grace).conflicts) == {TITLE: [None, "Kernels"]}


def test_three_values_are_three() -> None:
    writers = three()
    for one, title in zip(writers, ("a", "b", "c"), strict=True):
        one.set(TITLE, title)
    assert said(merged(*writers).conflicts) == {TITLE: ["a", "b", "c"]}


def test_only_the_last_of_ones_own_values_counts() -> None:
    ada, grace, _ = three()
    for title in ("N", "Nu", "Nuclei"):
        ada.set(TITLE, title)
    grace.set(TITLE, "Kernels")
    assert said(merged(ada, grace).conflicts) == {TITLE: ["Kernels", "Nuclei"]}


def test_confirming_one_value_while_another_is_typed_is_a_conflict() -> None:
    ada, grace, _ = three()
    ada.set(TITLE, "from the header", origin="scan")
    grace.hear(ada)
    ada.make(Edit(op="confirm", path=TITLE))
    grace.set(TITLE, "by hand")
    assert said(merged(ada, grace).conflicts) == {TITLE: ["from the header", "by hand"]}


def test_undo_of_a_value_in_conflict_leaves_the_others() -> None:
    ada, grace, _ = three()
    ada.set(TITLE, "Nuclei")
    grace.set(TITLE, "Kernels")
    grace.hear(ada)
    step = grace.history.undo_step("grace")
    assert step is not None
    grace.make(*step.edits, origin="undo", undoes=step.of)
    assert grace.record.study.title == "Nuclei"
    assert grace.history.conflicts == ()


# -- machines yield to people


@pytest.mark.parametrize("late", ["machine", "person"])
def test_what_a_machine_proposes_apart_never_replaces_what_a_person_gave(late: str) -> None:
    ada, grace, _ = three()
    scanner, person = (grace, ada) if late == "machine" else (ada, grace)
    scanner.set(TITLE, "from the header", origin="scan")
    person.set(TITLE, "by hand")
    found = merged(ada, grace)
    assert found.record.study.title == "by hand"
    assert found.record.marks[TITLE].confirmed
    assert found.conflicts == ()


def test_a_scan_apart_leaves_the_cells_that_a_person_filled() -> None:
    ada, grace, _ = three()
    rows = tuple(f"im-{number}" for number in range(5))
    ada.make(Edit(op="add", path="/images", rows=rows), origin="scan")
    grace.hear(ada)
    ada.make(Edit(op="fill", path="/images/qc_info", rows=rows[:2], value="blurred"))
    ada.make(Edit(op="set", path="/images/im-4/qc_info", value="lost"))
    grace.make(Edit(op="fill", path="/images/qc_info", rows=rows, value="good"), origin="scan")
    column = merged(ada, grace).record.images.column("qc_info")
    assert list(column) == ["blurred", "blurred", "good", "good", "lost"]


# -- tables


def test_cells_that_two_people_filled_apart_are_one_conflict_a_column() -> None:
    ada, grace, rosalind = three()
    rows = tuple(f"im-{number}" for number in range(6))
    ada.make(Edit(op="add", path="/images", rows=rows), origin="scan")
    grace.hear(ada)
    ada.make(Edit(op="fill", path="/images/qc_info", rows=rows[:4], value="good"))
    grace.make(Edit(op="fill", path="/images/qc_info", rows=rows[2:], values=("good", "bad", "bad", "bad")))
    found = merged(ada, grace)
    (conflict,) = found.conflicts
    assert conflict.path == "/images/im-3/qc_info"
    assert conflict.rows == ("im-3",)
    assert [rival.value for rival in conflict.rivals] == ["good", "bad"]
    assert list(found.record.images.column("qc_info")) == ["good", "good", "good", "bad", "bad", "bad"]
    rosalind.hear(ada, grace)
    rosalind.set("/images/im-3/qc_info", "bad")
    assert merged(ada, grace, rosalind).conflicts == ()


def test_many_rows_in_conflict_are_told_together() -> None:
    ada, grace, rosalind = three()
    rows = tuple(f"im-{number}" for number in range(200))
    ada.make(Edit(op="add", path="/images", rows=rows), origin="scan")
    grace.hear(ada)
    ada.make(Edit(op="fill", path="/images/qc_info", rows=rows, value="good"))
    grace.make(Edit(op="fill", path="/images/qc_info", rows=rows, value="bad"))
    (conflict,) = merged(ada, grace).conflicts
    assert conflict.rows == rows
    rosalind.hear(ada, grace)
    rosalind.make(Edit(op="fill", path="/images/qc_info", rows=rows, value="good"))
    assert rosalind.history.conflicts == ()


def test_a_cell_set_after_a_fill_is_ones_own_last_word() -> None:
    ada, grace, _ = three()
    ada.make(Edit(op="add", path="/images", rows=("im-1", "im-2")), origin="scan")
    grace.hear(ada)
    ada.make(Edit(op="fill", path="/images/qc_info", rows=("im-1", "im-2"), value="good"))
    ada.set("/images/im-1/qc_info", "fair")
    grace.set("/images/im-1/qc_info", "bad")
    (conflict,) = merged(ada, grace).conflicts
    assert sorted(rival.value for rival in conflict.rivals) == ["bad", "fair"]


# -- entities


def cells() -> tuple[Writer, Writer, Writer]:
    writers = three()
    writers[0].add("/biosamples", "bs-1", title="cells")
    for one in writers[1:]:
        one.hear(writers[0])
    return writers


@pytest.mark.parametrize("first", ["remover", "editor"])
def test_what_one_removed_while_another_wrote_in_it_stays(first: str) -> None:
    ada, grace, rosalind = cells()
    remover, editor = (ada, grace) if first == "remover" else (grace, ada)
    remover.remove("/biosamples/bs-1")
    editor.set("/biosamples/bs-1/description", "fixed")
    for one in (ada, grace, rosalind):
        one.hear(ada, grace)
        assert [entity.description for entity in one.record.biosamples] == ["fixed"]
        (conflict,) = one.history.conflicts
        assert conflict.path == "/biosamples/bs-1"
        assert {(rival.author, rival.removed) for rival in conflict.rivals} == {
            (remover.name, True),
            (editor.name, False),
        }
    assert merged(ada, grace).refused == []
    rosalind.remove("/biosamples/bs-1")
    assert rosalind.record.biosamples == ()
    assert merged(ada, grace, rosalind).conflicts == ()


def test_going_on_in_an_entity_keeps_it() -> None:
    ada, grace, _ = cells()
    ada.remove("/biosamples/bs-1")
    grace.set("/biosamples/bs-1/description", "fixed")
    grace.hear(ada)
    grace.set("/biosamples/bs-1/title", "fixed cells")
    found = merged(ada, grace)
    assert found.conflicts == ()
    assert [entity.title for entity in found.record.biosamples] == ["fixed cells"]


def test_a_row_added_to_what_another_removed_keeps_it() -> None:
    ada, grace, _ = three()
    ada.add("/acquisitions", "ac-1", title="confocal")
    grace.hear(ada)
    grace.remove("/acquisitions/ac-1")
    ada.add("/acquisitions/ac-1/channels", "ch-1", name="DAPI")
    found = merged(ada, grace)
    assert [channel.name for channel in found.record.acquisitions[0].channels] == ["DAPI"]
    assert [conflict.path for conflict in found.conflicts] == ["/acquisitions/ac-1"]


def test_what_both_removed_is_gone() -> None:
    ada, grace, _ = cells()
    ada.remove("/biosamples/bs-1")
    grace.remove("/biosamples/bs-1")
    found = merged(ada, grace)
    assert found.record.biosamples == ()
    assert found.conflicts == ()


def test_one_edit_that_came_too_late_costs_no_other() -> None:
    ada, grace, _ = cells()
    ada.remove("/biosamples/bs-1")
    grace.make(Edit(op="move", path="/biosamples/bs-1", after=None), Edit(op="set", path=TITLE, value="Nuclei"))
    found = merged(ada, grace)
    assert found.record.study.title == "Nuclei"
    assert [change.author for change, _ in found.partly] == ["grace"]


def test_the_order_of_a_list_merges() -> None:
    ada, grace, _ = three()
    for identity in ("bs-1", "bs-2", "bs-3"):
        ada.add("/biosamples", identity, title=identity)
    grace.hear(ada)
    ada.make(Edit(op="move", path="/biosamples/bs-3", after=None))
    grace.add("/biosamples", "bs-4", title="bs-4")
    grace.make(Edit(op="move", path="/biosamples/bs-4", after="bs-1"))
    assert [one.id for one in merged(ada, grace).record.biosamples] == ["bs-3", "bs-1", "bs-4", "bs-2"]


# -- older journals, and any order at all


def test_changes_of_older_journals_count_as_seen() -> None:
    old = [
        Change(id=f"{name}-1", author=name, clock=1, origin=Origin(kind="typed"), edits=(edit,))
        for name, edit in (
            ("ada", Edit(op="set", path=TITLE, value="a")),
            ("grace", Edit(op="set", path=TITLE, value="b")),
        )
    ]
    history = History()
    history.merge(old)
    assert history.conflicts == ()
    assert history.news("ada") is None
    assert history.news("rosalind") == {"ada": 1, "grace": 1}


def test_a_writer_names_only_what_is_new_to_it() -> None:
    ada, grace, _ = three()
    assert ada.set(TITLE, "a").seen == {}
    assert ada.set(TITLE, "b").seen is None
    grace.hear(ada)
    assert grace.set(TITLE, "c").seen == {"ada": 2}
    ada.hear(grace)
    assert ada.set(TITLE, "d").seen == {"grace": 1}
    assert ada.set(TITLE, "e").seen is None


FIELDS = (TITLE, "/study/description", "/study/acknowledgements")


def _step(one: Writer, draw: random.Random, number: int) -> None:
    """Let a writer make one change that is possible in what it knows."""
    record = one.record
    entities = [f"/biosamples/{entity.id}" for entity in record.biosamples]
    paths = [*FIELDS, *(f"{entity}/{name}" for entity in entities for name in ("title", "description"))]
    rows = record.images.ids
    choices: list[list[Edit]] = [
        [Edit(op="set", path=draw.choice(paths), value=draw.choice("abc"))],
        [Edit(op="clear", path=draw.choice(paths))],
        [Edit(op="add", path="/biosamples", id=f"bs-{one.name}{number}", value={"title": "new"})],
        [Edit(op="add", path="/images", rows=(f"im-{one.name}{number}",))],
    ]
    if entities:
        choices += [[Edit(op="remove", path=draw.choice(entities))], [Edit(op="move", path=draw.choice(entities))]]
    if rows:
        some = tuple(sorted(draw.sample(rows, draw.randint(1, len(rows)))))
        choices.append([Edit(op="fill", path="/images/qc_info", rows=some, value=draw.choice("gb"))])
        choices.append([Edit(op="set", path=f"/images/{draw.choice(rows)}/qc_info", value=draw.choice("gb"))])
        choices.append([Edit(op="remove", path="/images", rows=some[:1])])
    origin = draw.choice(["typed", "typed", "typed", "scan"])
    step = one.history.undo_step(one.name) if draw.random() < 0.15 else None
    if step is not None and step.edits:
        one.make(*step.edits, origin="undo", undoes=step.of)
    else:
        one.make(*draw.choice(choices), origin=origin)


def _histories(draw: random.Random) -> tuple[Writer, ...]:
    writers = three()
    for number in range(draw.randint(4, 24)):
        one = draw.choice(writers)
        if draw.random() < 0.3:
            other = draw.choice(writers)
            upto = draw.randint(0, len(other.made))  # a journal that arrives late: only its beginning
            one.history.merge(other.made[:upto])
        _step(one, draw, number)
    return writers


def _in_pieces(changes: Iterable[Change], draw: random.Random) -> History:
    history, left = History(), list(changes)
    draw.shuffle(left)
    while left:
        count = draw.randint(1, len(left))
        history.merge(left[:count])
        left = left[count:]
    return history


@settings(max_examples=200, deadline=None)
@given(st.integers(0, 10**9))
def test_random_histories_give_one_record_in_whatever_order_they_arrive(seed: int) -> None:
    draw = random.Random(seed)
    writers = _histories(draw)
    everything = [change for one in writers for change in one.made]
    whole = merged(*writers)
    for _ in range(3):
        pieces = _in_pieces(everything, draw)
        assert pieces.record == whole.record
        assert _told(pieces) == _told(whole)
        assert {change.id for change in pieces.changes} == {change.id for change in whole.changes}
    for one in writers:
        one.hear(*writers)
        assert one.record == whole.record
        assert _told(one.history) == _told(whole)


def _told(history: History) -> set[tuple[str, tuple[str, ...], frozenset[Any]]]:
    return {(one.path, one.rows, frozenset(map(repr, one.rivals))) for one in history.conflicts}


@settings(max_examples=100, deadline=None)
@given(st.integers(0, 10**9))
def test_no_value_that_a_person_gave_is_lost_without_a_word(seed: int) -> None:
    draw = random.Random(seed)
    ada, grace, _ = three()
    for one in (ada, grace):
        for _ in range(draw.randint(1, 4)):
            one.set(draw.choice(FIELDS), draw.choice("abc"))
    found = merged(ada, grace)
    told = said(found.conflicts)
    for one in (ada, grace):
        for path in FIELDS:
            last = [edit.value for change in one.made for edit in change.edits if edit.path == path][-1:]
            for value in last:
                kept = getattr(found.record.study, path.rpartition("/")[2])
                assert value == kept or value in told[path]
