"""Values as people give them: numbers, quantities, absences, marks and findings, and how they stand in JSON."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from rembi_widgets.errors import RembiError
from rembi_widgets.record import (
    COLLECTIONS,
    ROWS,
    Absent,
    Acquisition,
    Change,
    Curation,
    Edit,
    Finding,
    Mark,
    Named,
    Origin,
    Quantity,
    Term,
    apply,
    diff,
    entity_leaves,
    get,
    is_empty,
    leaves,
    new_id,
    parts,
    plain,
)
from tests.strategies import numbers, records


def acquisition(**fields: Any) -> Acquisition:
    edit = Edit(op="add", path="/acquisitions", id="ac-1", value=fields)
    return apply(Curation(), Change(id="w-1", edits=(edit,))).acquisitions[0]


@given(numbers)
def test_a_number_is_read_with_a_point_or_a_comma(number: float) -> None:
    point = f"{number:.15g}"
    for said in (point, point.replace(".", ","), f"  {point} "):
        assert acquisition(objective_na=said).objective_na == number


@pytest.mark.parametrize("text", ["about 1.4", "1.4.2", "1,4,2", "nan", "inf", "-Infinity", "0x10", "½"])
def test_what_is_no_number_stays_as_it_was_typed(text: str) -> None:
    assert acquisition(objective_na=text).objective_na == text
    assert acquisition(time_interval=text).time_interval.number is None


@pytest.mark.parametrize("number", [float("nan"), float("inf")])
def test_a_number_that_json_lacks_stays_as_text(number: float) -> None:
    assert acquisition(objective_na=number).objective_na == str(number)
    assert acquisition(time_interval=number).time_interval == Quantity(text=str(number))
    with pytest.raises(RembiError, match="time_interval"):
        acquisition(time_interval={"number": number, "unit": "s"})


@given(numbers, st.sampled_from(["s", "ms", "µm", "°C", "e⁻/Å²"]))
def test_a_quantity_is_read_as_it_is_said(number: float, unit: str) -> None:
    said = str(Quantity(number=number, unit=unit))
    assert acquisition(time_interval=said).time_interval == Quantity(number=number, unit=unit)


@pytest.mark.parametrize(
    ("said", "read"),
    [
        ("10", Quantity(number=10)),
        ("10  ms ", Quantity(number=10, unit="ms")),
        ("-80 °C", Quantity(number=-80, unit="°C")),
        ("1e-3 s", Quantity(number=0.001, unit="s")),
        ("10ms", Quantity(text="10ms")),
        ("ten ms", Quantity(text="ten ms")),
        (0, Quantity(number=0)),
    ],
)
def test_quantities(said: object, read: Quantity) -> None:
    assert acquisition(time_interval=said).time_interval == read


@pytest.mark.parametrize(
    ("quantity", "words"),
    [
        (Quantity(number=2, unit="s"), "2 s"),
        (Quantity(number=0.1 + 0.2), "0.3"),
        (Quantity(text="a while"), "a while"),
        (Quantity(unit="nm"), "nm"),
        (Quantity(), ""),
    ],
)
def test_a_quantity_in_words(quantity: Quantity, words: str) -> None:
    assert str(quantity) == words


def test_a_yes_or_no_is_no_quantity() -> None:
    with pytest.raises(RembiError, match="time_interval"):
        acquisition(time_interval=True)


@pytest.mark.parametrize("collection", sorted(COLLECTIONS))
def test_every_field_but_references_takes_an_honest_absence(collection: str) -> None:
    model, absent = COLLECTIONS[collection], {"absent": "not_applicable", "reason": "none used"}
    takers = [name for name, found in model.model_fields.items() if "Absent" in str(found.annotation)]
    edits = [Edit(op="add", path=f"/{collection}", id="e-1")]
    edits += [Edit(op="set", path=f"/{collection}/e-1/{name}", value=absent) for name in takers]
    entity = getattr(apply(Curation(), Change(id="w-1", edits=tuple(edits))), collection)[0]
    assert {name for name, value in entity if isinstance(value, Absent)} == set(takers)
    assert all(entity.plain()[name] == absent for name in takers)
    held = {"id", *takers, *(name for name in model.model_fields if name in ROWS)}
    others = model.model_fields.keys() - held
    assert all("Ref" in str(model.__annotations__[name]) for name in others)


@pytest.mark.parametrize("given_", [{"absent": "forgotten"}, {"absent": None}, {"absent": ["not_recorded"]}])
def test_an_absence_for_no_known_reason_is_refused(given_: object) -> None:
    with pytest.raises(RembiError, match="software"):
        acquisition(software=given_)


@pytest.mark.parametrize(("value", "empty"), [(None, True), ("", True), ((), True), ([], True), ({}, True)])
def test_nothing_is_empty(value: object, empty: bool) -> None:
    assert is_empty(value) is empty


@pytest.mark.parametrize("value", [0, 0.0, False, " ", Absent(absent="not_recorded"), [None]])
def test_a_zero_a_no_and_an_absence_are_answers(value: object) -> None:
    assert not is_empty(value)


def test_ids_are_short_easily_read_and_unlike_those_taken(monkeypatch: pytest.MonkeyPatch) -> None:
    drawn = iter([0, 0, 1])
    monkeypatch.setattr("rembi_widgets.record._base.secrets.randbelow", lambda _: next(drawn))
    first = new_id("bs")
    assert first == "bs-22222222"
    assert new_id("bs", {first}) == "bs-32222222"


@settings(max_examples=30)
@given(records())
def test_every_leaf_leads_to_its_value(record: Curation) -> None:
    found = dict(leaves(record))
    assert all(get(record, path) == value for path, value in found.items())
    assert not any(is_empty(value) for value in found.values())


def test_leaves_of_an_entity_include_those_of_its_rows() -> None:
    entity = acquisition(title="t", channels=[{"id": "ch-1", "name": "DNA"}], software="")
    found = dict(entity_leaves(entity, "/acquisitions/ac-1"))
    assert found == {"/acquisitions/ac-1/title": "t", "/acquisitions/ac-1/channels/ch-1/name": "DNA"}


@pytest.mark.parametrize("path", ["", "/", "study", "//", "/study/", "/study//title", "study/title"])
def test_a_path_begins_with_a_slash_and_names_something(path: str) -> None:
    with pytest.raises(RembiError, match="no path"):
        parts(path)


def test_rows_without_an_id_get_one_from_their_place() -> None:
    made = acquisition(channels=[{"name": "a"}, {"id": "ch-own", "name": "b"}], detectors=({"kind": "PMT"},))
    assert [channel.id for channel in made.channels] == ["ac-1-0", "ch-own"]
    assert made.detectors[0].id == "ac-1-0"


def test_a_fault_in_a_row_names_the_row() -> None:
    with pytest.raises(RembiError) as caught:
        acquisition(channels=[{"name": "a"}, {"name": ["b", "c"]}])
    assert caught.value.values["path"].startswith("/acquisitions/ac-1/channels/1/name")
    assert caught.value.values["found"] == "['b', 'c']"


def test_a_long_wrong_value_is_told_in_short() -> None:
    with pytest.raises(RembiError) as caught:
        acquisition(software=["x" * 500])
    assert len(caught.value.values["found"]) == 80


def test_own_fields_stand_beside_the_known_ones_through_everything() -> None:
    free = {"shelf": 3, "notes": ["a", {"b": None}]}
    edits = (
        Edit(op="add", path="/biosamples", id="bs-1", value={"title": "t", "mouse line": "C57"}),
        Edit(op="set", path="/biosamples/bs-1/x-freezer", value=free),
        Edit(op="set", path="/study/x-room", value="2.13"),
    )
    record = apply(Curation(), Change(id="w-1", edits=edits))
    assert get(record, "/biosamples/bs-1/x-freezer") == free
    assert get(record, "/biosamples/bs-1/mouse line") == "C57"
    assert {"/biosamples/bs-1/mouse line", "/study/x-room"} <= dict(leaves(record)).keys()
    assert apply(Curation(), Change(id="w-2", edits=diff(Curation(), record))) == record
    cleared = apply(record, Change(id="w-2", edits=(Edit(op="clear", path="/study/x-room"),)))
    assert get(cleared, "/study/x-room") is None


def test_a_key_nobody_knows_goes_away_when_the_other_record_lacks_it() -> None:
    before = Curation.model_validate({"study": {"x-room": "2.13", "title": "t"}})
    after = Curation.model_validate({"study": {"title": "t"}})
    assert [(edit.op, edit.path) for edit in diff(before, after, marks=False)] == [("clear", "/study/x-room")]


def test_moves_lead_to_any_order() -> None:
    ids = [f"bs-{n}" for n in range(5)]
    before = Curation.model_validate({"biosamples": [{"id": one} for one in ids]})
    after = Curation.model_validate({"biosamples": [{"id": one} for one in (ids[3], ids[0], ids[4], ids[1])]})
    reached = apply(before, Change(id="w-1", edits=diff(before, after)))
    assert [one.id for one in reached.biosamples] == ["bs-3", "bs-0", "bs-4", "bs-1"]


@pytest.mark.parametrize(("after", "order"), [(None, "bac"), ("*", "acb"), ("bs-c", "acb"), ("nobody", "acb")])
def test_an_entity_moves_to_the_first_place_the_last_or_behind_another(after: str | None, order: str) -> None:
    record = Curation.model_validate({"biosamples": [{"id": f"bs-{one}"} for one in "abc"]})
    moved = apply(record, Change(id="w-1", edits=(Edit(op="move", path="/biosamples/bs-b", after=after),)))
    assert "".join(one.id[-1] for one in moved.biosamples) == order


def test_rows_of_an_entity_move_and_go() -> None:
    channels = [{"id": f"ch-{n}"} for n in range(3)]
    record = Curation.model_validate({"acquisitions": [{"id": "ac-1", "channels": channels}]})
    where = "/acquisitions/ac-1/channels"
    edits = (Edit(op="move", path=f"{where}/ch-2", after=None), Edit(op="remove", path=f"{where}/ch-0"))
    after = apply(record, Change(id="w-1", edits=edits))
    assert [one.id for one in after.acquisitions[0].channels] == ["ch-2", "ch-1"]


def test_there_is_no_row_in_an_entity_that_is_not_there() -> None:
    with pytest.raises(RembiError) as caught:
        apply(Curation(), Change(id="w-1", edits=(Edit(op="add", path="/acquisitions/ac-9/channels", id="ch-1"),)))
    assert caught.value.key == "record.nothing_there"


def test_nothing_is_confirmed_where_nothing_is() -> None:
    with pytest.raises(RembiError) as caught:
        apply(Curation(), Change(id="w-1", edits=(Edit(op="confirm", path="/study/title"),)))
    assert caught.value.key == "record.nothing_there"


def test_a_mark_is_restored_and_forgotten() -> None:
    scanned = Mark(confirmed=False, origin=Origin(kind="scan", header="Image/@Name", count=3))
    edits = (Edit(op="set", path="/study/title", value="x"), Edit(op="confirm", path="/study/title", mark=scanned))
    record = apply(Curation(), Change(id="w-1", origin=Origin(kind="typed"), edits=edits))
    assert record.marks["/study/title"] == scanned
    forgotten = Edit(op="confirm", path="/study/title", mark=None)
    assert forgotten.forgets
    assert apply(record, Change(id="w-2", edits=(forgotten,))).marks == {}


def test_an_added_entity_may_bring_its_marks() -> None:
    known = {"title": {"confirmed": False, "origin": {"kind": "import"}}}
    edit = Edit(op="add", path="/links", id="li-1", value={"title": "t", "url": "u"}, marks=known)
    record = apply(Curation(), Change(id="w-1", edits=(edit,)))
    assert record.marks == {"/links/li-1/title": Mark(confirmed=False, origin=Origin(kind="import"))}


@pytest.mark.parametrize("known", [3, ["title"], {"title": 3}, {"title": {"confirmed": "perhaps"}}])
def test_marks_of_no_kind_are_refused(known: object) -> None:
    with pytest.raises(RembiError, match="/links/li-1"):
        apply(Curation(), Change(id="w-1", edits=(Edit(op="add", path="/links", id="li-1", marks=known),)))


def test_an_edit_stands_in_json_with_only_what_was_said() -> None:
    edit = Edit(op="set", path="/study/title", value=Term(label="x"), mark=None)
    assert edit.plain() == {"op": "set", "path": "/study/title", "value": {"label": "x"}, "mark": None}
    assert Edit.model_validate(edit.plain()) == edit
    assert not Edit(op="clear", path="/study/title").forgets


def test_a_finding_speaks_both_languages_and_names_fields_in_each() -> None:
    values = {"file": "rembi.json", "reason": Named(key="guide.study.title.label")}
    finding = Finding(level="warning", code="checkpoint_unreadable", path="/study", values=values)
    assert "rembi.json" in finding.message("en")
    assert finding.message("en") != finding.message("fr")
    assert str(finding) == finding.message("en")


def test_a_finding_as_json_brings_its_mending_edits() -> None:
    mend = Edit(op="clear", path="/study/title")
    finding = Finding(level="info", code="edited_outside", path="/study", values={"n": 1}, found="x", fix=(mend,))
    said = finding.to_json("fr")
    assert said["fix"] == [mend.plain()]
    assert (said["found"], said["wanted"], said["level"]) == ("x", None, "info")
    assert said["message"] == finding.message("fr")


def test_plain_goes_through_lists_and_mappings() -> None:
    assert plain({"a": (Term(label="x"), [Quantity(number=1)])}) == {"a": [{"label": "x"}, [{"number": 1}]]}
    assert str(Term(label="HeLa", id="CVCL_0030")) == "HeLa"
