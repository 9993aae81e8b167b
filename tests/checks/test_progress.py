"""How far each section is, and where to go on."""

from __future__ import annotations

import json

import pytest
from hypothesis import HealthCheck, given, settings

from rembi_widgets.checks import Progress, completeness
from rembi_widgets.errors import RembiError
from rembi_widgets.record import GUIDE, Curation, Edit, Mark
from tests.checks.builder import clean, pencilled, with_edits, with_fill, with_set
from tests.strategies import records

SECTIONS = [
    "study",
    "biosample",
    "specimen",
    "sample",
    "acquisition",
    "image",
    "correlation",
    "analysis",
    "annotation",
    "component",
]


def test_sections_are_named_as_the_guide_names_them() -> None:
    assert list(completeness(clean())) == SECTIONS
    assert set(SECTIONS) <= set(GUIDE)


def test_a_clean_record_is_done() -> None:
    states = {name: state.state for name, state in completeness(clean()).items()}
    unused = {"correlation", "analysis", "annotation"}
    assert states == {name: "unused" if name in unused else "done" for name in SECTIONS}
    assert all(state.done == state.of for state in completeness(clean()).values())


def test_an_empty_record_says_where_to_begin() -> None:
    study = completeness(Curation(), "bia")["study"]
    assert (study.state, study.done, study.next) == ("empty", 0, ("/study", "title"))
    assert completeness(Curation(), "bia")["biosample"].next == ("/biosamples", "title")


def test_what_is_missing_is_counted_and_named() -> None:
    before = completeness(clean())["biosample"]
    after = completeness(with_set("/biosamples/bs-1/organism", None))["biosample"]
    assert (after.to_do, after.done, after.of) == (1, before.done - 1, before.of)
    assert (after.state, after.next) == ("todo", ("/biosamples/bs-1", "organism"))


def test_a_recommended_answer_left_open_is_nothing_to_do() -> None:
    after = completeness(with_set("/biosamples/bs-1/description", None))["biosample"]
    assert (after.to_do, after.state, after.of - after.done) == (0, "done", 1)


def test_an_honest_answer_counts() -> None:
    after = completeness(with_set("/biosamples/bs-1/organism", {"absent": "not_recorded"}))["biosample"]
    assert (after.to_do, after.state) == (0, "done")


def test_people_are_part_of_the_study() -> None:
    nobody = with_edits(Edit(op="remove", path="/people/pe-1"))
    assert completeness(nobody)["study"].next == ("/people", "first_name")
    assert completeness(nobody)["study"].state == "todo"


def test_a_column_counts_when_every_row_has_it() -> None:
    full, holey = (completeness(record)["image"] for record in (clean(), with_fill("pixel_size_x", None, ("im-2",))))
    assert (full.of, holey.done) == (holey.of, full.done - 1)


def test_pencil_is_counted_in_entities_and_rows_of_the_tables() -> None:
    record = pencilled(
        clean(), "/acquisitions/ac-1/software", "/acquisitions/ac-1/channels/ch-1/name", "/acquisitions/gone/x"
    )
    assert completeness(record)["acquisition"].pencil == 2
    marks = [Mark(confirmed=False), Mark(), None, Mark(confirmed=False), None, None]
    table = record.images.with_cells("size_x", record.images.ids, record.images.column("size_x"), marks)
    assert completeness(record.model_copy(update={"images": table}))["image"].pencil == 2


def test_a_section_that_the_target_does_not_need_is_unused() -> None:
    assert completeness(Curation(), "omero")["biosample"].state == "unused"
    assert completeness(Curation(), "isatab")["biosample"].state == "empty"


def test_correlation_is_asked_of_correlative_imaging_only() -> None:
    added = with_edits(Edit(op="add", path="/correlations", id="co-1", value={"title": "LM to EM"}))
    assert completeness(added, "bia")["correlation"].of == 0
    correlative = with_set("/setup/imaging", ["correlative"], record=added)
    assert completeness(correlative, "bia")["correlation"].next == ("/correlations/co-1", "alignment")


def test_the_json_form_names_the_field_to_go_to() -> None:
    said = completeness(with_set("/study/title", None))["study"].to_json()
    assert said["next"] == {"path": "/study", "field": "title"}
    assert set(said) == {"done", "of", "to_do", "pencil", "state", "next"}
    assert json.loads(json.dumps(Progress().to_json()))["state"] == "unused"


def test_an_unknown_target_is_refused() -> None:
    with pytest.raises(RembiError):
        completeness(clean(), "nowhere")


@settings(suppress_health_check=[HealthCheck.too_slow], deadline=None)
@given(records())
def test_counts_agree(record: Curation) -> None:
    for state in completeness(record, "all").values():
        assert 0 <= state.done <= state.of
        assert state.to_do <= state.of - state.done
        assert (state.next is None) == (state.to_do == 0)
        assert state.state in {"unused", "empty", "todo", "done"}
