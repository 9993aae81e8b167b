"""``form.value``: a table of what assigning, observing and linking do."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import ipywidgets
import pytest
import traitlets

import rembi_widgets as rw
from rembi_widgets.errors import RembiError
from rembi_widgets.store import open_curation
from rembi_widgets.widgets import Form

FORMS = [
    rw.StudyForm,
    rw.BiosampleForm,
    rw.SpecimenForm,
    rw.ImageAcquisitionForm,
    rw.ImageDataForm,
    rw.ImageCorrelationForm,
    rw.ImageAnalysisForm,
    rw.AnnotationForm,
    rw.StudyComponentForm,
]


def heard(form: Form) -> list[Any]:
    """Collect the values that ``observe`` gives."""
    told: list[Any] = []
    form.observe(lambda change: told.append(change["new"]), "value")
    return told


@pytest.mark.parametrize("form", FORMS, ids=lambda form: form.__name__)
def test_each_section_stands_alone(form: type[Form]) -> None:
    made = form()
    assert made.value == {}
    assert isinstance(made, ipywidgets.DOMWidget)
    assert form.__doc__  # traitlets gives an instance a class of its own, which has none


@pytest.mark.parametrize("form", FORMS, ids=lambda form: form.__name__)
def test_an_assigned_value_is_one_change_and_comes_back(form: type[Form]) -> None:
    made = form()
    before, told = len(made.curation.history), heard(made)
    field = "qc_info" if form is rw.ImageDataForm else "title"
    made.value = {field: "Nuclei"}
    assert made.value == {field: "Nuclei"}
    assert len(told) == 1
    assert len(made.curation.history) == before + 1


def test_equal_values_do_not_fire() -> None:
    form = rw.BiosampleForm(value={"title": "a", "organism": [{"label": "Homo sapiens"}]})
    told, count = heard(form), len(form.curation.history)
    form.value = {"organism": [{"label": "Homo sapiens"}], "title": "a"}
    form.value = dict(form.value)
    assert told == []
    assert len(form.curation.history) == count


@pytest.mark.parametrize("form", FORMS, ids=lambda form: form.__name__)
def test_no_undo_takes_the_forms_own_entity_away(form: type[Form]) -> None:
    made = form()
    field = "qc_info" if form is rw.ImageDataForm else "title"
    assert not made.curation.can_undo
    made.set(field, "Nuclei")
    made.curation.undo()
    assert made.curation.undo() is None
    made.set(field, "Nuclei again")
    assert made.value == {field: "Nuclei again"}


def test_setting_one_field_fires_once() -> None:
    form = rw.BiosampleForm()
    told = heard(form)
    form.set("title", "CM001")
    form.set("organism", "Homo sapiens")
    assert [set(value) for value in told] == [{"title"}, {"title", "organism"}]


@pytest.mark.parametrize(
    "spoil",
    [
        lambda value: value.__setitem__("title", "b"),
        lambda value: value.update(title="b"),
        lambda value: value.pop("title"),
        lambda value: value["organism"].append({"label": "b"}),
        lambda value: value["organism"][0].__setitem__("label", "b"),
        lambda value: value["organism"].sort(),
        lambda value: value.__ior__({"title": "b"}),
    ],
)
def test_changing_in_place_says_what_to_do_instead(spoil: Any) -> None:
    form = rw.BiosampleForm(value={"title": "a", "organism": ["Homo sapiens"]})
    with pytest.raises(RembiError, match=r"form\.set\(path, value\)"):
        spoil(form.value)
    assert form.value["title"] == "a"


def test_linked_forms_settle() -> None:
    one, two = rw.BiosampleForm(), rw.BiosampleForm()
    traitlets.link((one, "value"), (two, "value"))
    one.set("title", "from one")
    assert two.value == one.value == {"title": "from one"}
    two.value = {"title": "from two", "description": "d"}
    assert one.value == two.value
    one.value = {}
    assert two.value == {}


def test_two_forms_of_one_curation_follow_each_other(tmp_path: Path) -> None:
    curation = open_curation(tmp_path)
    one, two = rw.StudyForm(curation), rw.StudyForm(curation)
    one.set("/study/title", "t")
    assert two.value == {"title": "t"}
    curation.undo()
    assert one.value == two.value == {}


def test_a_list_form_shows_all_and_takes_a_list(tmp_path: Path) -> None:
    form = rw.BiosampleForm(tmp_path)
    form.value = [{"title": "a"}, {"title": "b"}]
    ids = [item["id"] for item in form.value]
    form.value = [{"id": ids[1], "title": "b"}]
    assert [(item["id"], item["title"]) for item in form.value] == [(ids[1], "b")]
    assert [entity.title for entity in open_curation(tmp_path).record.biosamples] == ["b"]


def test_rows_keep_their_ids_when_a_value_without_ids_is_assigned() -> None:
    form = rw.ImageAcquisitionForm(value={"channels": [{"name": "DAPI"}, {"name": "GFP"}]})
    ids = [row["id"] for row in form.value["channels"]]
    form.value = {"channels": [{"name": "DAPI"}, {"name": "mCherry"}]}
    assert [row["id"] for row in form.value["channels"]] == ids
    assert form.value["channels"][1]["name"] == "mCherry"


def test_the_study_brings_its_people() -> None:
    form = rw.StudyForm(value={"title": "t", "people": [{"last_name": "Curie"}]})
    assert form.value["people"][0]["last_name"] == "Curie"
    form.value = {"title": "t"}
    assert form.value == {"title": "t"}


def test_a_value_of_the_wrong_kind_is_refused_and_nothing_changes() -> None:
    form = rw.BiosampleForm(value={"title": "a"})
    with pytest.raises(RembiError):
        form.set("organism", [3])
    with pytest.raises(RembiError, match="no field"):
        form.set("titel", "x")
    assert form.value == {"title": "a"}
