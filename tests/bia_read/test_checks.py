"""What the archive's reader cannot follow: each rule has a case that triggers it, one that does not, and its fix."""

from __future__ import annotations

from typing import Any

import pytest

from rembi_widgets.checks import check
from rembi_widgets.record import Curation, Edit, Finding
from tests.checks.builder import clean, codes, mended, only, with_edits, with_set

LINK = "/components/sc-1/associations/as-1"


def published(record: Curation) -> Curation:
    return with_set("/study/accession", "S-BIAD1", record)


def with_key(record: Curation, key: str, value: str, **fields: Any) -> Curation:
    """A record whose only association keeps a title that no section has."""
    (component,) = record.components
    (link,) = component.associations
    row = type(link).model_validate({**dict(link), **fields, key: value})
    return record.model_copy(update={"components": (component.model_copy(update={"associations": (row,)}),)})


def without_associations() -> Curation:
    return with_edits(Edit(op="remove", path=LINK))


def without_fault(record: Curation, found: Finding) -> bool:
    """Whether a fix silences its finding."""
    return found.code not in codes(mended(record, found), "bia")


NEW = {
    "bia_component_without_associations",
    "bia_association_nowhere",
    "bia_association_misspelled",
    "bia_licence",
    "bia_list_elsewhere",
    *(f"alone_{name}" for name in ("biosamples", "specimens", "samples", "acquisitions", "correlations", "analyses")),
}


def test_a_complete_record_triggers_none_of_them() -> None:
    assert not NEW & codes(clean(), "bia")
    assert not NEW & codes(published(clean()), "bia")


def test_a_component_without_associations() -> None:
    record = without_associations()
    found = only(record, "bia_component_without_associations", "bia")
    assert (found.level, found.path) == ("error", "/components/sc-1")
    assert without_fault(record, found)
    (link,) = mended(record, found).components[0].associations
    assert (link.sample, link.acquisition) == ("sa-1", "ac-1")
    assert "bia_component_without_associations" not in codes(record, "isatab")


def test_a_choice_of_samples_has_no_fix() -> None:
    record = with_edits(
        Edit(op="add", path="/samples", id="sa-2", value={"title": "two"}), record=without_associations()
    )
    assert only(record, "bia_component_without_associations", "bia").fix is None


def test_an_association_that_names_no_section() -> None:
    record = with_key(clean(), "x-bia-Image acquisition", "Somewhere else entirely", acquisition=None)
    found = only(record, "bia_association_nowhere", "bia")
    assert (found.level, found.path, found.found) == ("error", f"{LINK}/acquisition", "Somewhere else entirely")
    assert "bia_association_nowhere" not in codes(with_set(f"{LINK}/acquisition", "ac-1", record), "bia")


@pytest.mark.parametrize(
    ("attribute", "said", "fields"),
    [
        ("Image acquisition", "confocal, 63x oill", {"acquisition": None}),
        ("Biosample", "NIH 3T3 latrunculin", {"sample": None}),
        ("Specimen", "Fixed DAPI", {"sample": None}),
    ],
)
def test_a_misspelled_title_is_offered_right(attribute: str, said: str, fields: dict[str, Any]) -> None:
    record = with_key(clean(), f"x-bia-{attribute}", said, **fields)
    found = only(record, "bia_association_misspelled", "bia")
    assert found.level == "error"
    assert found.wanted
    assert without_fault(record, found)


def test_a_title_kept_beside_a_choice_is_no_fault() -> None:
    assert not NEW & codes(with_key(clean(), "x-bia-Specimen", "gone"), "bia")
    told = codes(with_key(clean(), "x-bia-Colour", "gone", acquisition=None), "bia")
    assert not {"bia_association_nowhere", "bia_association_misspelled"} & told


@pytest.mark.parametrize(
    ("said", "meant"), [("CC-BY 4.0", "CC BY 4.0"), ("cc0", "CC0"), ("CC BY NC 4.0", "CC BY-NC 4.0")]
)
def test_a_licence_that_the_reader_does_not_know(said: str, meant: str) -> None:
    record = published(with_set("/study/license", said))
    found = only(record, "bia_licence", "bia")
    assert (found.level, found.wanted) == ("error", meant)
    assert without_fault(record, found)


def test_licences_of_curated_records() -> None:
    assert "bia_licence" not in codes(published(with_set("/study/license", "CC BY-NC-SA 4.0")), "bia")
    found = only(published(with_set("/study/license", "all rights reserved")), "bia_licence", "bia")
    assert found.fix is None
    assert "bia_licence" not in codes(
        with_set("/study/license", "all rights reserved"), "bia"
    )  # the form's list says it


@pytest.mark.parametrize("collection", ["components", "annotations"])
def test_a_file_list_that_was_not_there(collection: str) -> None:
    value = {"title": "elsewhere", "x-bia-File List": "list.json"}
    record = with_edits(Edit(op="add", path=f"/{collection}", id="x-9", value=value))
    found = only(record, "bia_list_elsewhere", "bia")
    assert (found.level, found.path, found.found) == ("warning", f"/{collection}/x-9", "list.json")


ALONE = {
    "biosamples": "unused_biosamples",
    "specimens": "unused_specimens",
    "samples": "unused_samples",
    "acquisitions": "unused_acquisitions",
    "correlations": "unused_correlations",
    "analyses": "unused_analyses",
}


@pytest.mark.parametrize("collection", ALONE)
def test_what_nothing_uses_is_said_as_each_target_writes_it(collection: str) -> None:
    record = with_edits(Edit(op="add", path=f"/{collection}", id="x-9", value={"title": "alone"}))
    alone = f"alone_{collection}"
    assert only(record, alone, "bia").path == f"/{collection}/x-9"
    assert ALONE[collection] not in codes(record, "bia")
    assert alone not in codes(record, "isatab")
    assert ALONE[collection] in codes(record, "isatab")
    assert {alone, ALONE[collection]} <= codes(record, "all")
    assert "left out" not in only(record, alone, "bia").message("en")


def test_what_only_the_form_asks_is_a_warning_once_the_archive_has_the_study() -> None:
    record = with_edits(
        Edit(op="clear", path="/people/pe-1/email"), Edit(op="set", path="/study/description", value="Short.")
    )
    graver = {one.code for one in check(record, "bia") if one.level == "error"}
    assert graver == {"field_missing", "too_short"}
    assert [one for one in check(published(record), "bia") if one.level == "error"] == []
    assert graver <= {one.code for one in check(published(record), "bia") if one.level == "warning"}


def test_what_the_reader_fails_on_stays_an_error() -> None:
    record = published(with_set("/publications/pu-1/doi", "TBD"))
    assert {one.code for one in check(record, "bia") if one.level == "error"} >= {"doi_form"}
    assert (
        only(with_set("/study/accession", "mine", with_set("/people/pe-1/email", None)), "field_missing", "bia").level
        == "error"
    )


@pytest.mark.parametrize("code", sorted(NEW))
def test_every_sentence_is_there_in_both_languages(code: str) -> None:
    values = {"name": "n", "found": "f", "wanted": "w", "attribute": "a"}
    one = Finding(level="error", code=code, path="/study", values=values)
    assert one.message("en") != one.message("fr")
    assert "{" not in one.message("en") + one.message("fr")


def test_annotations_of_others_images_need_no_samples() -> None:
    record = Curation.model_validate({"annotations": [{"id": "at-1", "title": "masks"}]})
    empty = {one.path for one in check(record, "bia") if one.code == "section_empty"}
    assert not empty & {"/biosamples", "/specimens", "/samples", "/acquisitions", "/components", "/images"}
    assert "/people" in empty
    assert "/biosamples" in {one.path for one in check(Curation(), "bia") if one.code == "section_empty"}


@pytest.mark.parametrize(("doi", "level"), [("10.1234/x", "warning"), (None, "error"), ("TBD", "error")])
def test_a_title_that_is_none_is_fatal_only_without_a_doi(doi: str | None, level: str) -> None:
    record = published(with_set("/publications/pu-1/title", "pending", with_set("/publications/pu-1/doi", doi)))
    found = [one for one in check(record, "bia") if one.code == "bia_placeholder" and one.path.endswith("title")]
    assert [one.level for one in found] == [level]
