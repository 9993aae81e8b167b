"""Changes as pure functions: what they do, how they are undone, and what they refuse."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rembi_widgets.errors import RembiError
from rembi_widgets.record import (
    Absent,
    Change,
    Curation,
    Edit,
    Mark,
    Origin,
    Quantity,
    Term,
    apply,
    diff,
    get,
    invert,
    leaves,
)
from tests.strategies import edits, records


def change(*made: Edit, kind: str = "typed") -> Change:
    return Change(id="w-1", origin=Origin(kind=kind), edits=made)


def with_biosample(**fields: object) -> Curation:
    return apply(Curation(), change(Edit(op="add", path="/biosamples", id="bs-1", value=fields)))


@given(st.data())
def test_apply_then_invert_is_identity(data: st.DataObject) -> None:
    before = data.draw(records())
    after, made = before, []
    for _ in range(data.draw(st.integers(1, 4))):
        edit = data.draw(edits(after))
        after = apply(after, change(edit))
        made.append(edit)
    whole = change(*made)
    assert apply(before, whole) == after
    assert apply(after, change(*invert(before, whole))) == before


@given(records(), records())
def test_diff_then_apply_reaches_the_target(before: Curation, after: Curation) -> None:
    assert apply(before, change(*diff(before, after))) == after


@given(records())
def test_a_change_survives_its_journal_form(record: Curation) -> None:
    whole = change(*diff(Curation(), record))
    again = Change.model_validate_json(Change.model_validate(whole.plain()).model_dump_json(exclude_unset=True))
    assert apply(Curation(), again) == record


def test_a_typed_value_is_confirmed_and_a_scanned_one_is_not() -> None:
    record = with_biosample(title="MAR1")
    scanned = apply(record, change(Edit(op="set", path="/biosamples/bs-1/description", value="x"), kind="scan"))
    assert scanned.marks["/biosamples/bs-1/title"].confirmed
    assert not scanned.marks["/biosamples/bs-1/description"].confirmed


def test_confirming_keeps_the_origin() -> None:
    edit = Edit(op="set", path="/study/title", value="x", origin=Origin(kind="scan", header="Image/@Name"))
    record = apply(Curation(), change(edit, Edit(op="confirm", path="/study/title")))
    assert record.marks["/study/title"] == Mark(confirmed=True, origin=Origin(kind="scan", header="Image/@Name"))


@pytest.mark.parametrize(
    ("value", "wanted"),
    [
        ("Homo sapiens", (Term(label="Homo sapiens"),)),
        ([{"label": "HeLa", "id": "CVCL_0030"}], (Term(label="HeLa", id="CVCL_0030"),)),
        ({"absent": "not_recorded", "reason": "lost"}, Absent(absent="not_recorded", reason="lost")),
        ("", ()),
        (None, ()),
    ],
)
def test_terms_are_read_from_what_people_give(value: object, wanted: object) -> None:
    record = apply(with_biosample(), change(Edit(op="set", path="/biosamples/bs-1/organism", value=value)))
    assert record.biosamples[0].organism == wanted


@pytest.mark.parametrize(
    ("value", "wanted"),
    [
        (12, Quantity(number=12)),
        ("1,5 s", Quantity(number=1.5, unit="s")),
        ("about a minute", Quantity(text="about a minute")),
        ({"number": 3, "unit": "min"}, Quantity(number=3, unit="min")),
        ({"absent": "not_applicable"}, Absent(absent="not_applicable")),
    ],
)
def test_quantities_are_read_from_what_people_give(value: object, wanted: object) -> None:
    record = apply(Curation(), change(Edit(op="add", path="/acquisitions", id="ac-1")))
    record = apply(record, change(Edit(op="set", path="/acquisitions/ac-1/time_interval", value=value)))
    assert record.acquisitions[0].time_interval == wanted


@pytest.mark.parametrize(
    ("edit", "key"),
    [
        (Edit(op="set", path="study/title", value="x"), "record.path_form"),
        (Edit(op="set", path="/study/titel", value="x"), "record.no_field"),
        (Edit(op="set", path="/biosamples/bs-9/title", value="x"), "record.nothing_there"),
        (Edit(op="set", path="/biosamples/bs-1/organism/0", value="x"), "record.nothing_there"),
        (Edit(op="set", path="/biosamples/bs-1/id", value="x"), "record.not_a_field"),
        (Edit(op="set", path="/biosamples/bs-1/title", value=["x"]), "record.wrong_kind"),
        (Edit(op="set", path="/biosamples/bs-1/__class__", value="x"), "record.nothing_there"),
        (Edit(op="add", path="/biosamples", value={}), "record.no_id"),
        (Edit(op="add", path="/biosamples", id="bs-1", value={}), "record.id_taken"),
        (Edit(op="add", path="/study", id="bs-1", value={}), "record.no_list"),
        (Edit(op="add", path="/biosamples/bs-1/organism", id="x"), "record.no_list"),
        (Edit(op="remove", path="/biosamples/bs-9"), "record.nothing_there"),
        (Edit(op="fill", path="/images/nothing", rows=("im-1",), value=1), "record.no_field"),
        (Edit(op="fill", path="/images/qc_info", rows=("im-1",), values=("a", "b")), "record.not_as_many"),
        (Edit(op="fill", path="/images", rows=("im-1",)), "record.not_a_column"),
        (Edit(op="set", path="/images/im-9/qc_info", value="x"), "record.nothing_there"),
    ],
)
def test_what_cannot_be_done_is_said(edit: Edit, key: str) -> None:
    record = with_biosample(title="a")
    with pytest.raises(RembiError) as caught:
        apply(record, change(edit))
    assert caught.value.key == key
    assert edit.path.split("/")[-1] in str(caught.value) or "id" in str(caught.value)


def test_rows_of_an_entity_are_named_by_id() -> None:
    record = apply(
        Curation(), change(Edit(op="add", path="/acquisitions", id="ac-1", value={"channels": [{"id": "ch-1"}]}))
    )
    record = apply(record, change(Edit(op="add", path="/acquisitions/ac-1/channels", id="ch-2", after=None)))
    record = apply(record, change(Edit(op="set", path="/acquisitions/ac-1/channels/ch-1/name", value="DAPI")))
    assert [channel.id for channel in record.acquisitions[0].channels] == ["ch-2", "ch-1"]
    assert get(record, "/acquisitions/ac-1/channels/ch-1/name") == "DAPI"


def test_removing_and_undoing_brings_values_marks_and_place_back() -> None:
    record = with_biosample(title="a", keywords="kept although unknown")
    record = apply(record, change(Edit(op="add", path="/biosamples", id="bs-2", value={"title": "b"})))
    gone = change(Edit(op="remove", path="/biosamples/bs-1"))
    assert not any(path.startswith("/biosamples/bs-1") for path in apply(record, gone).marks)
    assert apply(apply(record, gone), change(*invert(record, gone))) == record


def test_a_rename_is_followed_by_every_reference() -> None:
    record = with_biosample(title="a")
    record = apply(record, change(Edit(op="add", path="/samples", id="sa-1", value={"biosample": "bs-1"})))
    renamed = apply(record, change(Edit(op="set", path="/biosamples/bs-1/title", value="b")))
    assert get(renamed, f"/biosamples/{renamed.samples[0].biosample}/title") == "b"


def test_unknown_keys_of_an_import_are_kept() -> None:
    record = with_biosample(title="a", breeding_facility="north wing")
    assert record.biosamples[0].plain()["breeding_facility"] == "north wing"
    assert ("/biosamples/bs-1/breeding_facility", "north wing") in set(leaves(record))


def test_one_fill_sets_many_rows_and_is_undone_in_one_step() -> None:
    rows = tuple(f"im-{n}" for n in range(1000))
    record = apply(Curation(), change(Edit(op="add", path="/images", rows=rows)))
    filled = change(Edit(op="fill", path="/images/qc_info", rows=rows[:500], value="sharp"), kind="scan")
    after = apply(record, filled)
    assert after.images.column("qc_info").count("sharp") == 500
    assert not after.images.mark("im-7", "qc_info").confirmed
    assert apply(after, change(*invert(record, filled))) == record


def test_undoing_a_scan_is_one_edit_that_names_rows_only() -> None:
    rows = tuple(f"im-{n}" for n in range(100))
    scan = change(
        Edit(op="add", path="/images", rows=rows),
        Edit(op="fill", path="/images/size_x", rows=rows, value=512),
        kind="scan",
    )
    back = invert(Curation(), scan)
    assert [(edit.op, edit.rows) for edit in back] == [("remove", rows)]
