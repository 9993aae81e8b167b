"""Completeness follows the guide, field by field and target by target."""

from __future__ import annotations

from typing import Any

import pytest

from rembi_widgets.checks import check
from rembi_widgets.checks._asked import homes, in_scope, label, level, use
from rembi_widgets.checks._case import Case
from rembi_widgets.locale import has
from rembi_widgets.record import GUIDE, TABLES, TARGETS, Curation, FieldGuide, SectionGuide
from tests.checks.builder import clean, codes, only, with_fill, with_set

OWN_SENTENCE = {
    ("sample", "biosample"),
    ("sample", "specimen"),
    ("association", "sample"),
    ("association", "acquisition"),
}
"""Required references with a rule of their own."""


def filled(section: SectionGuide) -> list[tuple[str, Any]]:
    """Give the entities of a section in the clean record."""
    record = clean()
    if section.kind == "one":
        return [(f"/{section.collection}", getattr(record, section.collection))]
    return [found for home in homes(section) for found in Case(record).entities(home)]


def places(said: str) -> list[Any]:
    """Give target, section, path and field of everything that the guide calls required (or recommended)."""
    return [
        pytest.param(target, section, path, field, id=f"{target}{path}/{field.name}")
        for target in TARGETS
        for section in GUIDE.values()
        if section.collection not in TABLES and section.name != "setup"
        for path, _ in filled(section)
        for field in section.fields.values()
        if level(Case(clean(), (target,)), field) == said and field.kind != "rows" and not field.composed_from
    ]


@pytest.mark.parametrize(("target", "section", "path", "field"), places("required"))
def test_a_required_answer_that_is_missing_is_an_error(
    target: str, section: SectionGuide, path: str, field: FieldGuide
) -> None:
    found = check(with_set(f"{path}/{field.name}", None), target)
    errors = [finding for finding in found if finding.path == f"{path}/{field.name}" and finding.level == "error"]
    assert len(errors) == 1
    own = (section.name, field.name) in OWN_SENTENCE
    assert errors[0].code.startswith(f"{section.name}_without" if own else "field_missing")


@pytest.mark.parametrize(("target", "section", "path", "field"), places("recommended"))
def test_a_recommended_answer_that_is_missing_is_worth_a_look(
    target: str, section: SectionGuide, path: str, field: FieldGuide
) -> None:
    where = f"{path}/{field.name}"
    before = {finding.path for finding in check(clean(), target)}
    if where in before or (section.name, field.name) in OWN_SENTENCE:
        return
    if field.of and not Case(clean()).ids.get(field.of):
        return
    found = [finding for finding in check(with_set(where, None), target) if finding.path == where]
    assert [finding.code for finding in found] == ["recommended_open"]
    assert found[0].values["label"] == label(section, field)


@pytest.mark.parametrize("target", TARGETS)
@pytest.mark.parametrize("section", [s for s in GUIDE.values() if s.kind in {"many", "table"}], ids=lambda s: s.name)
def test_a_needed_section_without_entities_is_one_error(target: str, section: SectionGuide) -> None:
    bare = clean().model_copy(update={section.collection: type(getattr(clean(), section.collection))()})
    found = [finding for finding in check(bare, target) if finding.path == f"/{section.collection}"]
    needed = use(Case(clean(), (target,)), section) == "required"
    assert [finding.code for finding in found] == (["section_empty"] if needed else [])


def test_a_new_entity_is_asked_everything() -> None:
    from rembi_widgets.record import Edit
    from tests.checks.builder import with_edits

    record = with_edits(Edit(op="add", path="/acquisitions", id="new"))
    asked = {f.path.rpartition("/")[2] for f in check(record) if f.code == "field_missing"}
    assert asked == {"title", "imaging_method", "instrument_model"}


def test_scope_is_a_matter_of_what_was_said() -> None:
    objective = GUIDE["acquisition"].fields["objective_model"].scope
    said = {
        kind: in_scope(Case(with_set("/setup/imaging", [kind])), objective) for kind in ("light", "electron", "xray")
    }
    assert said == {"light": True, "electron": False, "xray": False}
    assert not in_scope(Case(Curation()), objective)
    assert in_scope(Case(Curation()), GUIDE["study"].scope)


def test_all_targets_together_ask_what_the_strictest_asks() -> None:
    keywords, everyone = GUIDE["study"].fields["keywords"], Case(clean(), TARGETS)
    assert [level(Case(clean(), (target,)), keywords) for target in ("isatab", "bia")] == ["recommended", "required"]
    assert level(everyone, keywords) == "required"
    assert use(everyone, GUIDE["publication"]) == "required"


def test_a_recommended_column_with_a_hole_is_worth_a_look() -> None:
    found = only(with_fill("qc_info", None, ("im-4",)), "recommended_open")
    assert (found.path, found.found) == ("/images/im-4/qc_info", "1")


def test_a_title_of_blanks_is_too_short() -> None:
    assert only(with_set("/study/title", " " * 30), "too_short", "bia").found == "0"


def test_a_licence_off_the_list_is_refused_by_the_archive_only() -> None:
    record = with_set("/study/license", "MIT")
    assert only(record, "not_a_choice", "bia").level == "error"
    assert only(record, "not_a_choice", "isatab").level == "warning"
    assert only(record, "not_a_choice", "bia").fix is None


def test_several_answers_are_looked_at_one_by_one() -> None:
    from rembi_widgets.record import Edit
    from tests.checks.builder import with_edits

    value = {"title": "Masks", "annotation_type": ["Segmentation mask", "tracks"]}
    record = with_edits(Edit(op="add", path="/annotations", id="at-1", value=value))
    found = only(record, "not_a_choice")
    assert found.found == "Segmentation mask"
    assert found.fix is not None
    assert found.fix[0].value == ["segmentation_mask", "tracks"]


def test_free_choices_take_anything() -> None:
    assert "not_a_choice" not in codes(with_set("/acquisitions/ac-1/objective_immersion", "silicone oil"))


def test_every_label_that_a_sentence_may_need_is_in_the_catalogue() -> None:
    for section in GUIDE.values():
        assert has(label(section).key, "fr")
        for field in section.fields.values():
            assert has(label(section, field).key, "fr")
