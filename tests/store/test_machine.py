"""Whatever is done to a curation, in whatever order and over restarts, it is what a plain list of values says."""

from __future__ import annotations

import copy
import shutil
import tempfile
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, precondition, rule

from rembi_widgets.record import Edit, diff
from rembi_widgets.store import OpenCuration, _curation, open_curation
from tests.strategies import words

FIELDS = ("title", "description", "license")
ROWS = tuple(f"im-{n}" for n in range(70))  # more than stand in a journal line


class Said:
    """The plain model: a study, biosamples in order, and one column of the images."""

    def __init__(self) -> None:
        self.study: dict[str, str] = {}
        self.biosamples: list[tuple[str, str]] = []
        self.qc: dict[str, str] = {}

    def of(self, curation: OpenCuration) -> bool:
        record = curation.record
        assert {k: v for k, v in record.study.plain().items() if k in FIELDS} == self.study
        assert [(one.id, one.title) for one in record.biosamples] == self.biosamples
        column = zip(record.images.ids, record.images.column("qc_info"), strict=True)
        assert {row: value for row, value in column if value is not None} == self.qc
        return True


class CurationMachine(RuleBasedStateMachine):
    """Drives a curation and the model side by side."""

    def __init__(self) -> None:
        super().__init__()
        self.folder = Path(tempfile.mkdtemp(prefix="rembi-test-"))
        self.said, self.undone, self.redone = Said(), list[Said](), list[Said]()
        self.number = 0

    @initialize()
    def begin(self) -> None:
        open_curation(self.folder, author="a scan").edit([Edit(op="add", path="/images", rows=ROWS)])
        self.curation = open_curation(self.folder, author="me")

    def keep(self, before: Said) -> None:
        self.undone.append(before)
        self.redone.clear()

    def step(self) -> Said:
        """Give the model to be changed, and remember it as it was."""
        self.keep(copy.deepcopy(self.said))
        return self.said

    @rule(name=st.sampled_from(FIELDS), value=words)
    def set_field(self, name: str, value: str) -> None:
        self.step().study[name] = value
        self.curation.set(f"/study/{name}", value)

    @rule(name=st.sampled_from(FIELDS))
    def clear_field(self, name: str) -> None:
        self.step().study.pop(name, None)
        self.curation.clear(f"/study/{name}")

    @rule(title=words, place=st.integers(0, 3))
    def add(self, title: str, place: int) -> None:
        held = self.step().biosamples
        place = min(place, len(held))
        identity = self.curation.add("/biosamples", {"title": title}, after=held[place - 1][0] if place else None)
        held.insert(place, (identity, title))

    @precondition(lambda self: self.said.biosamples)
    @rule(data=st.data())
    def remove(self, data: st.DataObject) -> None:
        held = self.step().biosamples
        gone = held.pop(data.draw(st.integers(0, len(held) - 1)))
        self.curation.remove(f"/biosamples/{gone[0]}")

    @precondition(lambda self: self.said.biosamples)
    @rule(data=st.data())
    def move(self, data: st.DataObject) -> None:
        held = self.step().biosamples
        moved = held.pop(data.draw(st.integers(0, len(held) - 1)))
        place = data.draw(st.integers(0, len(held)))
        self.curation.move(f"/biosamples/{moved[0]}", held[place - 1][0] if place else None)
        held.insert(place, moved)

    @rule(value=words, count=st.integers(1, len(ROWS)))
    def fill(self, value: str, count: int) -> None:
        self.step().qc.update(dict.fromkeys(ROWS[:count], value))
        self.curation.edit([Edit(op="fill", path="/images/qc_info", rows=ROWS[:count], value=value)])

    @rule()
    def undo(self) -> None:
        assert self.curation.can_undo is bool(self.undone)
        if self.curation.undo():
            self.redone.append(self.said)
            self.said = self.undone.pop()

    @rule()
    def redo(self) -> None:
        assert self.curation.can_redo is bool(self.redone)
        if self.curation.redo():
            self.undone.append(self.said)
            self.said = self.redone.pop()

    @rule()
    def close_and_reopen(self) -> None:
        self.curation.close()
        self.curation = open_curation(self.folder, author="me")
        assert self.curation.reports == []

    @rule()
    def die_and_reopen(self) -> None:
        """The process ends without a word; another begins."""
        self.curation = open_curation(self.folder, author="me")
        assert self.curation.reports == []

    @invariant()
    def all_is_as_said(self) -> None:
        assert not hasattr(self, "curation") or self.said.of(self.curation)

    def teardown(self) -> None:
        if hasattr(self, "curation"):
            again = open_curation(self.folder)
            assert diff(again.record, self.curation.record) == ()
        shutil.rmtree(self.folder)


@pytest.fixture(autouse=True)
def _no_timers(monkeypatch: pytest.MonkeyPatch) -> None:
    """Checkpoints are written by rules, not by the clock."""
    monkeypatch.setattr(_curation.OpenCuration, "_wait_for_idle", lambda _: None)


TestCuration = CurationMachine.TestCase
TestCuration.settings = settings(max_examples=40, stateful_step_count=25, deadline=None)


@st.composite
def persons_and_proposals(draw: st.DrawFn) -> tuple[list[dict[str, Any]], list[dict[str, Any]]]:
    """What a person does and what a machine proposes, over the same fields and cells."""

    def one(what: st.SearchStrategy[str]) -> dict[str, Any]:
        row, value = draw(st.sampled_from(["im-1", "im-2", "im-3"])), draw(what)
        some = draw(st.lists(st.sampled_from(["im-1", "im-2", "im-3"]), unique=True, min_size=1))
        return draw(
            st.sampled_from(
                [
                    {"op": "set", "path": f"/study/{draw(st.sampled_from(FIELDS))}", "value": value},
                    {"op": "clear", "path": f"/study/{draw(st.sampled_from(FIELDS))}"},
                    {"op": "set", "path": f"/images/{row}/qc_info", "value": value},
                    {"op": "clear", "path": f"/images/{row}/qc_info"},
                    {"op": "fill", "path": "/images/qc_info", "rows": some, "value": value},
                    {"op": "fill", "path": "/images/qc_info", "rows": some, "values": [value] * len(some)},
                ]
            )
        )

    def some(what: st.SearchStrategy[str]) -> list[dict[str, Any]]:
        return [one(what) for _ in range(draw(st.integers(1, 4)))]

    return some(words), some(words.map("machine: {}".format))


@given(persons_and_proposals())
def test_no_proposal_ever_changes_what_a_person_gave(said: tuple[list[dict[str, Any]], list[dict[str, Any]]]) -> None:
    curation, (persons, machines) = open_curation(), said
    curation.edit([Edit(op="add", path="/images", rows=("im-1", "im-2", "im-3"))])
    curation.edit(persons)
    before = curation.record
    curation.propose(machines)
    after = curation.record
    for path, mark in before.marks.items():
        assert (curation.get(path), after.marks[path]) == (getattr(before.study, path.rpartition("/")[2]), mark)
    for row in before.images.ids:
        if before.images.mark(row, "qc_info") is not None:
            assert after.images.row(row) == before.images.row(row)
    news = {path for path, mark in after.marks.items() if not mark.confirmed}
    assert news.isdisjoint(before.marks)


def test_a_proposal_does_not_overwrite_what_a_person_wrote_elsewhere_a_moment_ago(tmp_path: Path) -> None:
    machine, person = open_curation(tmp_path), open_curation(tmp_path)
    person.set("/study/title", "typed")
    assert machine.propose([{"op": "set", "path": "/study/title", "value": "found"}]) is None
    assert machine.record.study.title == "typed"


def test_a_proposal_for_some_rows_keeps_each_value_with_its_row() -> None:
    curation = open_curation()
    curation.edit([Edit(op="add", path="/images", rows=("im-1", "im-2", "im-3"))])
    curation.set("/images/im-2/size_x", 9)
    proposal = {"op": "fill", "path": "/images/size_x", "rows": ["im-3", "im-2", "im-1"], "values": [3, 2, 1]}
    marks = {"palette": [{"confirmed": False}, None], "use": [0, 0, 1]}
    curation.propose([{**proposal, "marks": marks}])
    images = curation.record.images
    assert images.column("size_x") == (1, 9, 3)
    assert (images.mark("im-1", "size_x"), images.mark("im-3", "size_x").confirmed) == (None, False)


@pytest.mark.parametrize("path", ["/images", "/images/im-1", "/nothing/at/all", "/study", "study"])
def test_a_proposal_on_no_field_is_refused_in_words(path: str) -> None:
    curation = open_curation()
    for op in ("set", "fill", "clear"):
        with pytest.raises(_curation.RembiError):
            curation.propose([{"op": op, "path": path, "rows": ["im-1"], "value": 1}])
    assert curation.history == ()
