"""References, uses and titles."""

from __future__ import annotations

import pytest

from rembi_widgets.checks._references import HALVES, REFERENCES, TITLED
from rembi_widgets.record import COLLECTIONS, GUIDE, PREFIXES, Edit, get
from tests.checks.builder import clean, codes, mended, only, with_edits, with_set

PLACES = {
    "people": "/people/pe-1",
    "samples": "/samples/sa-1",
    "acquisitions.channels": "/acquisitions/ac-1/channels/ch-1",
    "components.associations": "/components/sc-1/associations/as-1",
    "annotations": "/annotations/at-1",
}


def with_annotation() -> object:
    value = {"title": "Masks", "overview": "x", "method": "y", "annotation_type": ["tracks"], "authors": ["pe-1"]}
    return with_edits(Edit(op="add", path="/annotations", id="at-1", value=value))


@pytest.mark.parametrize(("place", "field", "target"), REFERENCES)
def test_a_reference_to_nothing_is_found_and_taken_out(place: str, field: str, target: str) -> None:
    record = with_annotation()
    path = f"{PLACES[place]}/{field}"
    many = isinstance(get(record, path), tuple)
    before = get(record, path)
    broken = with_set(path, [*before, "gone"] if many else "gone", record=record)
    found = only(broken, "reference_nowhere")
    assert (found.path, found.found, found.level) == (path, "gone", "error")
    assert get(mended(broken, found), path) == (before if many else None)


def test_the_references_are_those_of_the_guide() -> None:
    told = {
        (section.collection, field.name, field.of)
        for section in GUIDE.values()
        for field in section.fields.values()
        if field.of and section.kind != "table"
    }
    assert told == {(place.rpartition(".")[2], field, target) for place, field, target in REFERENCES}


def test_removing_an_entity_leaves_its_references_to_be_mended() -> None:
    record = with_edits(Edit(op="remove", path="/specimens/sp-1"))
    assert only(record, "reference_nowhere").path == "/samples/sa-1/specimen"


@pytest.mark.parametrize(("place", "field", "code"), HALVES)
def test_a_half_is_an_error_where_the_guide_requires_it_and_a_warning_elsewhere(
    place: str, field: str, code: str
) -> None:
    record = with_set(f"{PLACES[place]}/{field}", None)
    levels = {target: only(record, code, target).level for target in ("isatab", "bia", "idr", "omero")}
    assert levels == {"isatab": "error", "bia": "error", "idr": "warning", "omero": "warning"}


def test_a_used_entity_is_silent_and_a_second_one_is_not() -> None:
    record = with_edits(Edit(op="add", path="/biosamples", id="bs-2", value={"title": "Second"}))
    assert only(record, "unused_biosamples").path == "/biosamples/bs-2"
    sample = Edit(op="add", path="/samples", id="sa-2", value={"title": "S2", "biosample": "bs-2", "specimen": "sp-1"})
    assert "unused_biosamples" not in codes(with_edits(sample, record=record))


@pytest.mark.parametrize("collection", TITLED)
def test_a_title_given_twice_is_numbered(collection: str) -> None:
    prefix = PREFIXES[collection]
    adds = [Edit(op="add", path=f"/{collection}", id=f"{prefix}-t{n}", value={"title": "Twin"}) for n in range(2)]
    record = with_edits(*adds)
    found = only(record, "title_twice")
    assert (found.path, found.wanted) == (f"/{collection}/{prefix}-t1/title", "Twin (2)")
    assert "title_twice" not in codes(mended(record, found))


def test_the_number_given_is_free() -> None:
    titles = ["Twin", "twin", "Twin (2)", " TWIN"]
    record = with_edits(
        *(Edit(op="add", path="/specimens", id=f"sp-t{n}", value={"title": title}) for n, title in enumerate(titles))
    )
    from rembi_widgets.checks import check

    wanted = [finding.wanted for finding in check(record) if finding.code == "title_twice"]
    assert wanted == ["twin (3)", " TWIN (4)"]


def test_the_same_title_in_two_sections_is_no_clash() -> None:
    assert "title_twice" not in codes(with_set("/specimens/sp-1/title", clean().biosamples[0].title))


def test_titled_collections_have_titles() -> None:
    assert all("title" in COLLECTIONS[name].model_fields for name in TITLED)
