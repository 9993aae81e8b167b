"""What the fields of a form ask and say: edits by message, rows of a table, terms alone, two displays of one form."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
import traitlets

import rembi_widgets as rw
from rembi_widgets.store import open_curation
from rembi_widgets.widgets import View


class Display:
    """A display of a view, as a page has it: what it sends, and what it hears."""

    def __init__(self, view: View) -> None:
        self.view = view
        self.heard: list[dict[str, Any]] = []
        view.session.attach(lambda message, _buffers: self.heard.append(dict(message)))

    def ask(self, kind: str, **content: Any) -> dict[str, Any]:
        answers: list[dict[str, Any]] = []
        message = {"kind": kind, "req": "r1", **content}
        self.view.session.handle(message, [], lambda said, _buffers: answers.append(dict(said)))
        return answers[0]

    def edit(self, **edit: Any) -> dict[str, Any]:
        return self.ask("edits", edits=[edit])

    def patches(self) -> list[dict[str, Any]]:
        return [said for said in self.heard if said["kind"] == "patch"]


def path_of(form: View, field: str) -> str:
    return f"{form.options['path']}/{field}"


def test_two_displays_of_one_form_share_one_value() -> None:
    form = rw.BiosampleForm()
    one, two = Display(form), Display(form)
    one.edit(op="set", path=path_of(form, "title"), value="from one")
    assert form.value == {"title": "from one"}
    assert [patch["puts"] for patch in one.patches()] == [patch["puts"] for patch in two.patches()]
    two.edit(op="clear", path=path_of(form, "title"))
    assert form.value == {}
    assert len(one.patches()) == 2


def test_typing_in_one_of_two_linked_forms_changes_both_and_settles() -> None:
    one, two = rw.SpecimenForm(), rw.SpecimenForm()
    traitlets.link((one, "value"), (two, "value"))
    told: list[Any] = []
    two.observe(lambda change: told.append(change["new"]), "value")
    Display(one).edit(op="set", path=path_of(one, "title"), value="fixed")
    assert two.value == {"title": "fixed"}
    Display(two).edit(op="set", path=path_of(two, "growth_medium"), value="DMEM")
    assert one.value == two.value == {"title": "fixed", "growth_medium": "DMEM"}
    assert len(told) == 2


@pytest.mark.parametrize(
    ("field", "sent", "held"),
    [
        ("temperature", {"number": 37, "unit": "°C"}, {"number": 37, "unit": "°C"}),
        ("temperature", {"text": "room", "unit": "°C"}, {"text": "room", "unit": "°C"}),
        ("temperature", {"absent": "not_recorded", "reason": "lost"}, {"absent": "not_recorded", "reason": "lost"}),
        ("objective_na", 1.4, 1.4),
        ("objective_na", "about one", "about one"),
        ("imaging_method", [{"label": "confocal"}], [{"label": "confocal"}]),
        ("imaging_method", {"absent": "not_applicable"}, {"absent": "not_applicable"}),
        ("objective_immersion", "Oil", "Oil"),
    ],
)
def test_what_a_field_sends_is_held_as_it_was_sent(field: str, sent: Any, held: Any) -> None:
    form = rw.ImageAcquisitionForm()
    assert Display(form).edit(op="set", path=path_of(form, field), value=sent)["kind"] == "ack"
    assert form.value == {field: held}


def test_a_row_is_added_moved_removed_and_brought_back_with_its_marks() -> None:
    form = rw.ImageAcquisitionForm(value={"channels": [{"name": "DAPI"}]})
    display, channels = Display(form), path_of(form, "channels")
    display.edit(op="add", path=channels, id="ch-2", value={"name": "GFP"})
    display.edit(op="move", path=f"{channels}/ch-2", after=None)
    assert [row["name"] for row in form.value["channels"]] == ["GFP", "DAPI"]
    display.edit(op="remove", path=f"{channels}/ch-2")
    pencil = {"name": {"confirmed": False, "origin": {"kind": "header"}}}
    display.edit(op="add", path=channels, id="ch-2", value={"name": "GFP"}, after=None, marks=pencil)
    assert [row["name"] for row in form.value["channels"]] == ["GFP", "DAPI"]
    assert form.curation.record.marks[f"{channels}/ch-2/name"].confirmed is False


def test_an_entity_is_made_and_referred_to_in_one_change(tmp_path: Path) -> None:
    curation = open_curation(tmp_path)
    sample = curation.add("/samples")
    before = len(curation.history)
    form = rw.SpecimenForm(curation)
    edits = [
        {"op": "add", "path": "/specimens", "id": "sp-new", "value": {}},
        {"op": "set", "path": f"/samples/{sample}/specimen", "value": "sp-new"},
    ]
    assert Display(form).ask("edits", edits=edits)["kind"] == "ack"
    assert curation.record.samples[0].specimen == "sp-new"
    assert len(curation.history) == before + 1


def test_the_image_form_reads_and_writes_its_own_row() -> None:
    form = rw.ImageDataForm(value={"size_x": 2048})
    display, row = Display(form), form.options["path"].split("/")[2]
    display.edit(op="set", path=path_of(form, "contrast_inversion"), value=False)
    answer = display.ask("rows", table="images", rows=[row], limit=1)
    assert answer["total"] == 1
    assert {key: answer["rows"][0][key] for key in ("id", "size_x", "contrast_inversion")} == {
        "id": row,
        "size_x": 2048,
        "contrast_inversion": False,
    }
    display.edit(op="clear", path=path_of(form, "size_x"))
    assert form.value == {"contrast_inversion": False}


def test_a_refused_edit_says_why_and_changes_nothing() -> None:
    form = rw.BiosampleForm(value={"title": "a"})
    answer = Display(form).edit(op="set", path=path_of(form, "organism"), value=[3])
    assert answer["kind"] == "refused"
    assert "organism" in answer["message"]
    assert form.value == {"title": "a"}
