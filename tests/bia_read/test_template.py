"""A study as the template of another: its structure, values if they are wanted, people never unasked."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from rembi_widgets import formats
from rembi_widgets.formats import as_template, pagetab, proposal
from rembi_widgets.record import Change, Curation, Origin, apply
from tests.checks.builder import clean
from tests.formats.builder import full_record


def test_structure_and_values_are_taken_over() -> None:
    old = full_record()
    new = as_template(old)
    for name in (
        "biosamples",
        "specimens",
        "samples",
        "acquisitions",
        "correlations",
        "analyses",
        "components",
        "grants",
    ):
        assert [one.id for one in getattr(new, name)] == [one.id for one in getattr(old, name)]
    assert new.acquisitions == old.acquisitions
    assert (new.study.title, new.study.description) == (old.study.title, old.study.description)
    assert new.setup == old.setup


def test_what_is_of_one_study_stays_behind() -> None:
    old = full_record()
    new = as_template(old.model_copy(update={"study": old.study.model_copy(update={"accession": "S-BIAD1"})}))
    assert (len(new.files), len(new.images)) == (0, 0)
    assert not [
        name for name in ("accession", "release_date", "submission_date", "version") if getattr(new.study, name)
    ]


@pytest.mark.parametrize("values", ["keep", "clear"])
def test_people_stay_behind_unless_asked(values: Any) -> None:
    new = as_template(clean(), values)
    assert (new.people, new.organisations, new.publications) == ((), (), ())
    assert new.study.acknowledgements is None
    text = str(new)
    assert "Ada" not in text
    assert "ada@example.org" not in text
    asked = as_template(clean(), values, people=True)
    assert asked.people == clean().people
    assert asked.organisations == clean().organisations


def test_cleared_values_leave_titles_and_how_they_belong_together() -> None:
    new = as_template(clean(), "clear")
    assert new.biosamples[0].plain() == {
        "id": "bs-1",
        "title": "NIH 3T3, latrunculin",
        "experimental_variable": [{"id": "va-1", "name": "latrunculin A"}],
    }
    assert new.samples[0].plain()["specimen"] == "sp-1"
    assert new.components[0].associations == clean().components[0].associations
    assert new.acquisitions[0].channels[0].plain() == {"id": "ch-1", "name": "DAPI", "label": "lb-1"}
    assert new.study.plain() == {}
    assert (new.grants, new.links) == ((), ())


def test_nothing_of_it_is_confirmed() -> None:
    new = as_template(clean())
    marks = new.marks
    assert marks["/biosamples/bs-1/organism"].origin == Origin(kind="copy", source=clean().study.title)
    assert not any(mark.confirmed for mark in marks.values())
    change = Change(id="c-1", origin=Origin(kind="copy"), edits=tuple(proposal(new, Curation())))
    held = apply(Curation(), change)
    assert held.biosamples == new.biosamples
    assert held.components == new.components
    assert not held.marks["/biosamples/bs-1/organism"].confirmed


def test_a_published_study_becomes_a_new_submission(samples: Path, tmp_path: Path) -> None:
    path = samples / "bia" / "records" / "S-BIAD1752_corrected.json"
    record = formats.read(path).record
    mails = [str(one.email) for one in record.people if one.email]
    new = as_template(record)
    assert mails
    assert not [mail for mail in mails if mail in str(new)]
    pagetab.write(new, tmp_path)
    said = pagetab.open_document(tmp_path).submission
    assert said.accno is None
    assert {one.value for one in said.attributes if one.name == "Template"} == {"BioImages.v5"}
    assert len([one for one in said.section.children() if one.kind == "Biosample"]) == len(record.biosamples)
    assert "x-pagetab" not in str(new)
