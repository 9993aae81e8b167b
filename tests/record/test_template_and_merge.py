"""A study as a template of another, and two records brought together three ways."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given, settings

from rembi_widgets.record import COLLECTIONS, Curation, Mark, Origin, as_template, diff, merge
from rembi_widgets.record._template import NAMING_PEOPLE, OF_ONE_STUDY, TELLING_OF_PEOPLE, VALUES_ONLY
from tests.checks.builder import clean
from tests.formats.builder import full_record
from tests.strategies import records

BASE = Curation.model_validate(
    {
        "study": {"title": "Nuclei", "keywords": ["one"]},
        "biosamples": [{"id": "bs-1", "title": "cells", "description": "grown"}, {"id": "bs-2", "title": "more"}],
    }
)


def changed(**study: Any) -> Curation:
    """Give the base with another study."""
    return BASE.model_copy(update={"study": BASE.study.model_copy(update=study)})


def without(*ids: str) -> Curation:
    return BASE.model_copy(update={"biosamples": tuple(one for one in BASE.biosamples if one.id not in ids)})


def described(identity: str, text: str) -> Curation:
    held = tuple(one.model_copy(update={"description": text}) if one.id == identity else one for one in BASE.biosamples)
    return BASE.model_copy(update={"biosamples": held})


@pytest.mark.parametrize("record", [full_record(), clean()], ids=["full", "clean"])
def test_a_template_leaves_behind_what_is_true_of_one_study_only(record: Curation) -> None:
    new = as_template(record)
    assert all(getattr(new.study, field) is None for field in OF_ONE_STUDY)
    assert len(new.files) == len(new.images) == 0


def test_a_template_names_nobody_unasked() -> None:
    new = as_template(full_record())
    assert all(getattr(new, name) == () for name in NAMING_PEOPLE)
    assert all(getattr(new.study, name, None) is None for name in TELLING_OF_PEOPLE)
    assert all(not one.authors for one in new.annotations)
    assert "Curie" not in new.model_dump_json()


def test_people_come_along_if_asked() -> None:
    old = full_record()
    new = as_template(old, people=True)
    assert new.people == old.people
    assert new.organisations == old.organisations
    assert new.study.acknowledgements == old.study.acknowledgements
    assert new.annotations[0].authors == old.annotations[0].authors


def test_values_are_kept_by_default() -> None:
    old = full_record()
    new = as_template(old)
    assert new.study.description == old.study.description
    assert new.biosamples == old.biosamples
    assert new.acquisitions == old.acquisitions
    assert new.grants == old.grants


def test_cleared_only_titles_and_what_holds_together_stay() -> None:
    old = full_record()
    new = as_template(old, "clear")
    assert new.study == Curation().study
    assert [one.title for one in new.biosamples] == [one.title for one in old.biosamples]
    assert all(one.description is None and not one.organism for one in new.biosamples)
    assert [(one.biosample, one.specimen) for one in new.samples] == [(s.biosample, s.specimen) for s in old.samples]
    assert [one.associations for one in new.components] == [one.associations for one in old.components]
    assert all(getattr(new, name) == () for name in VALUES_ONLY)


def test_cleared_people_keep_their_names_if_asked() -> None:
    assert [one.last_name for one in as_template(full_record(), "clear", people=True).people] == ["Curie", "Paul"]


def test_own_fields_are_kept_and_what_was_kept_of_a_document_is_not() -> None:
    study = {"title": "a", "x-project": "P-7", "x-pagetab-rest": [1], "x-isa-rest": [2], "x-bia-rest": [3]}
    new = as_template(Curation.model_validate({"study": study}))
    assert new.study.model_extra == {"x-project": "P-7"}


@pytest.mark.parametrize("values", ["keep", "clear"])
def test_nobody_has_confirmed_a_template(values: Any) -> None:
    new = as_template(full_record(), values, people=True)
    assert new.marks
    assert all(
        not mark.confirmed and mark.origin == Origin(kind="copy", source="S-rembi-demo") for mark in new.marks.values()
    )


def test_without_an_accession_the_title_is_the_origin() -> None:
    new = as_template(BASE)
    assert {mark.origin.source for mark in new.marks.values() if mark.origin} == {"Nuclei"}


def test_what_is_set_up_is_taken_over_and_needs_no_confirmation() -> None:
    old = clean()
    new = as_template(old)
    assert new.setup == old.setup
    assert not [path for path in new.marks if path.startswith("/setup")]


@settings(max_examples=30, deadline=None)
@given(records())
def test_any_record_can_be_a_template(record: Curation) -> None:
    for new in (as_template(record), as_template(record, "clear", people=True)):
        assert len(new.files) == len(new.images) == 0
        assert all(len(getattr(new, name)) <= len(getattr(record, name)) for name in COLLECTIONS)


@settings(max_examples=30, deadline=None)
@given(records())
def test_a_template_of_a_template_holds_the_same(record: Curation) -> None:
    once = as_template(record)
    again = as_template(once)
    assert again.study == once.study
    assert all(getattr(again, name) == getattr(once, name) for name in COLLECTIONS)


def test_an_empty_study_is_an_empty_template() -> None:
    assert as_template(Curation()) == Curation()


def test_what_only_one_changed_is_taken_from_either_side() -> None:
    other = changed(title="Kernels")
    assert merge(BASE, BASE, other).record.study.title == "Kernels"
    assert merge(BASE, other, BASE).record.study.title == "Kernels"


def test_different_fields_come_together_without_a_word() -> None:
    found = merge(BASE, changed(title="Kernels"), changed(description="of cells"))
    assert (found.record.study.title, found.record.study.description) == ("Kernels", "of cells")
    assert found.conflicts == ()


def test_the_same_change_on_both_sides_is_one() -> None:
    found = merge(BASE, changed(title="Kernels"), changed(title="Kernels"))
    assert (found.record.study.title, found.conflicts) == ("Kernels", ())


def test_one_field_changed_differently_holds_ours_and_tells_both() -> None:
    found = merge(BASE, changed(title="Ours"), changed(title="Theirs"))
    (conflict,) = found.conflicts
    assert found.record.study.title == "Ours"
    assert conflict.path == "/study/title"
    assert [(rival.author, rival.value) for rival in conflict.rivals] == [("theirs", "Theirs"), ("ours", "Ours")]


def test_an_emptied_field_is_a_value_too() -> None:
    (conflict,) = merge(BASE, changed(title=None), changed(title="Theirs")).conflicts
    assert {rival.value for rival in conflict.rivals} == {None, "Theirs"}


def test_what_both_removed_is_gone_without_a_word() -> None:
    found = merge(BASE, without("bs-2"), without("bs-2"))
    assert [one.id for one in found.record.biosamples] == ["bs-1"]
    assert found.conflicts == ()


@pytest.mark.parametrize("ours_removes", [True, False])
def test_what_one_removed_and_the_other_edited_stays_and_is_told(ours_removes: bool) -> None:
    removed, edited = without("bs-1"), described("bs-1", "frozen")
    found = merge(BASE, removed, edited) if ours_removes else merge(BASE, edited, removed)
    (kept,) = (one for one in found.record.biosamples if one.id == "bs-1")
    assert kept.description == "frozen"
    (conflict,) = found.conflicts
    assert conflict.path == "/biosamples/bs-1"
    assert [rival.removed for rival in conflict.rivals].count(True) == 1


def test_what_one_removed_and_nobody_touched_is_gone() -> None:
    found = merge(BASE, without("bs-1"), changed(title="Kernels"))
    assert [one.id for one in found.record.biosamples] == ["bs-2"]
    assert found.conflicts == ()


def test_what_each_added_is_there() -> None:
    ours = Curation.model_validate({**BASE.plain(), "specimens": [{"id": "sp-1", "title": "fixed"}]})
    theirs = Curation.model_validate({**BASE.plain(), "specimens": [{"id": "sp-2", "title": "live"}]})
    found = merge(BASE, ours, theirs)
    assert {one.title for one in found.record.specimens} == {"fixed", "live"}
    assert found.conflicts == ()


def test_a_proposal_yields_to_a_person() -> None:
    proposed = changed(title="from a scan")
    mark = Mark(confirmed=False, origin=Origin(kind="scan"))
    proposed = proposed.model_copy(update={"marks": {"/study/title": mark}})
    for found in (merge(BASE, proposed, changed(title="typed")), merge(BASE, changed(title="typed"), proposed)):
        assert (found.record.study.title, found.conflicts) == ("typed", ())


@settings(max_examples=20, deadline=None)
@given(records(), records())
def test_merging_is_taken_from_both_sides_alike(base: Curation, other: Curation) -> None:
    assert merge(base, other, base).conflicts == merge(base, base, other).conflicts == ()
    assert merge(base, other, base).record == merge(base, base, other).record


@settings(max_examples=20, deadline=None)
@given(records())
def test_a_record_merged_with_itself_is_itself(record: Curation) -> None:
    found = merge(record, record, record)
    assert found.record == record
    assert found.conflicts == ()


@settings(max_examples=20, deadline=None)
@given(records())
def test_nothing_leads_from_a_record_to_itself(record: Curation) -> None:
    assert diff(record, record) == ()
