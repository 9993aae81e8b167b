"""The rules of the archive's form, server and reader, one broken thing at a time; no other target has them."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from rembi_widgets.checks import _bia, check
from rembi_widgets.locale import LANGUAGES
from rembi_widgets.record import Absent, Curation, Edit, Finding
from tests.checks.builder import clean, codes, mended, only, with_edits, with_fill, with_set
from tests.formats.builder import table

TODAY = date(2026, 11, 25)
ABSENT = {"absent": "not_applicable"}
ANNOTATION = {
    "id": "at-1",
    "title": "Nuclei",
    "overview": "Masks of nuclei",
    "annotation_type": ["segmentation_mask"],
    "method": "By hand",
}


@pytest.fixture(autouse=True)
def _day(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(_bia, "today", lambda: TODAY)


def bia(record: Curation, code: str) -> Finding:
    """Give the one finding of a rule, and hold that no other target has it and that both languages can say it."""
    found = only(record, code, "bia")
    assert code not in codes(record, "isatab") | codes(record, "idr") | codes(record, "omero")
    assert code in codes(record, "all")
    assert len({found.message(lang) for lang in LANGUAGES}) == len(LANGUAGES)
    return found


def with_date(said: str, accession: str | None = None) -> Curation:
    record = with_set("/study/release_date", said)
    return with_set("/study/accession", accession, record) if accession else record


@pytest.mark.parametrize("said", ["2026-11-25", "2027-06-01", "2028-11-25"])
def test_a_date_in_the_window_is_taken(said: str) -> None:
    assert not {"bia_release_past", "bia_release_far"} & codes(with_date(said), "bia")


def test_a_past_date_is_refused_for_a_new_study() -> None:
    record = with_date("2026-11-24")
    found = bia(record, "bia_release_past")
    assert (found.level, found.path, found.found, found.wanted) == (
        "error",
        "/study/release_date",
        "2026-11-24",
        "2026-11-25",
    )
    assert mended(record, found).study.release_date == "2026-11-25"
    assert "bia_release_past" not in codes(with_date("2026-11-24", "S-BIAD4711"), "bia")


def test_more_than_two_years_ahead_is_refused() -> None:
    record = with_date("2028-11-26")
    found = bia(record, "bia_release_far")
    assert (found.level, found.wanted) == ("error", "2028-11-25")
    assert mended(record, found).study.release_date == "2028-11-25"


def test_a_date_of_another_form_is_left_to_its_own_rule() -> None:
    found = codes(with_date("26/11/2031"), "bia")
    assert "date_form" in found
    assert not {"bia_release_past", "bia_release_far"} & found


@pytest.mark.parametrize("said", ["TBD", "pending", "To be added.", "n/a", "-", "???", "xxx", "Unknown", "(tbc)"])
def test_a_placeholder_is_no_answer(said: str) -> None:
    found = bia(with_set("/publications/pu-1/title", said), "bia_placeholder")
    assert (found.level, found.path, found.found) == ("error", "/publications/pu-1/title", said)


@pytest.mark.parametrize(
    "said", ["Pending degradation of cyclin", "Unknown soldier beetles", "None of the cells", "Nx"]
)
def test_words_that_only_begin_like_one_are_an_answer(said: str) -> None:
    assert "bia_placeholder" not in codes(with_set("/publications/pu-1/title", said), "bia")


def test_a_placeholder_elsewhere_is_sent_back_and_can_be_emptied() -> None:
    record = with_set("/study/description", "TBD")
    found = bia(record, "bia_placeholder")
    assert (found.level, found.path) == ("warning", "/study/description")
    assert "Study: Description" in str(found)
    assert mended(record, found).study.description is None


def test_answers_of_a_list_are_no_placeholders() -> None:
    assert "bia_placeholder" not in codes(with_set("/publications/pu-1/status", "in preparation"), "bia")


def test_an_author_without_affiliation_gets_no_doi() -> None:
    found = bia(with_set("/people/pe-1/affiliations", ABSENT), "bia_author_without_organisation")
    assert (found.level, found.path) == ("error", "/people/pe-1/affiliations")
    assert "Ada Example" in str(found)


def test_an_author_without_a_name_gets_no_doi() -> None:
    record = with_set("/people/pe-1/first_name", None, with_set("/people/pe-1/last_name", ABSENT))
    assert bia(record, "bia_author_without_name").path == "/people/pe-1/last_name"
    assert "bia_author_without_name" not in codes(with_set("/people/pe-1/first_name", None), "bia")


def test_an_organisation_without_a_name_gets_no_doi() -> None:
    record = with_set("/organisations/or-1/title", ABSENT)
    assert bia(record, "bia_organisation_without_name").path == "/organisations/or-1/title"
    alone = with_set("/people/pe-1/affiliations", ABSENT, record)
    assert "bia_organisation_without_name" not in codes(alone, "bia")


def test_the_form_takes_one_organism() -> None:
    two = [{"label": "Mus musculus", "id": "NCBITaxon:10090"}, {"label": "Homo sapiens", "id": "NCBITaxon:9606"}]
    found = bia(with_set("/biosamples/bs-1/organism", two), "bia_organism_several")
    assert (found.level, found.found, found.wanted) == ("warning", "Mus musculus, Homo sapiens", "Mus musculus")


@pytest.mark.parametrize(
    ("path", "wanted"),
    [
        ("plate1/Aβ+ & Co.tif", "plate1/A--- Et Co.tif"),
        ("plate1/crête.tif", "plate1/crete.tif"),
        ("plate1/50% [a].tif", "plate1/50- (a).tif"),
        ("plate1/a  b.tif", "plate1/a b.tif"),
    ],
)
def test_a_path_with_characters_that_the_server_refuses(path: str, wanted: str) -> None:
    found = bia(with_fill("path", path, ("fl-1",)), "bia_path_refused")
    assert (found.level, found.path, found.found, found.wanted) == ("error", "/files/fl-1/path", path, wanted)


def test_a_zarr_may_end_with_a_slash_and_windows_may_turn_it() -> None:
    assert "bia_path_refused" not in codes(with_fill("path", "plate1\\stack.ome.zarr/", ("fl-1",)), "bia")


def test_paths_are_counted_and_those_that_would_clash_are_told() -> None:
    record = with_fill("path", "plate1/é.tif", ("fl-1",), with_fill("path", "plate1/è.tif", ("fl-2",)))
    assert bia(record, "bia_path_refused").values["n"] == 2
    found = bia(record, "bia_path_doubled")
    assert (found.level, found.values["n"]) == ("warning", 2)
    taken = with_fill("path", "plate1/e.tif", ("fl-3",), with_fill("path", "plate1/é.tif", ("fl-1",)))
    assert bia(taken, "bia_path_doubled").found == "plate1/é.tif"


def test_a_file_of_more_than_two_terabytes() -> None:
    found = bia(with_fill("size_bytes", 2.1e12, ("fl-2",)), "bia_file_too_large")
    assert (found.level, found.path, found.found) == ("error", "/files/fl-2", "plate1/cells_00002.ome.tif")
    assert "bia_file_too_large" not in codes(with_fill("size_bytes", 2e12, ("fl-2",)), "bia")


def test_more_than_two_hundred_thousand_files_are_asked_about(monkeypatch: pytest.MonkeyPatch) -> None:
    from rembi_widgets.checks import _bia_files

    monkeypatch.setattr(_bia_files, "MOST", 5)
    found = bia(clean(6), "bia_many_files")
    assert (found.level, found.found, found.wanted) == ("info", "6", "5")
    assert "bia_many_files" not in codes(clean(5), "bia")


def annotated(*made: dict[str, Any]) -> Curation:
    record = clean()
    files = [record.files.row(row) for row in record.files.ids]
    more = [{"id": f"fl-made-{n}", "path": f"masks/{n}.tif", "made_by": "at-1", **one} for n, one in enumerate(made)]
    base = record.model_dump(exclude={"files", "images", "marks"})
    tables = {"files": table("fl", [*files, *more]), "images": record.images}
    return Curation.model_validate({**base, **tables, "annotations": [ANNOTATION]})


def test_annotation_files_that_name_an_image_of_a_component_are_fine() -> None:
    found = codes(annotated({"source_image": "im-1"}, {"source_image": "fl-2"}), "bia")
    assert not {code for code in found if code.startswith("bia_")}


def test_an_annotation_needs_a_file() -> None:
    found = bia(annotated(), "bia_annotation_without_files")
    assert (found.level, found.path) == ("error", "/annotations/at-1")
    assert "Nuclei" in str(found)


def test_annotation_files_need_a_source_image() -> None:
    found = bia(annotated({"source_image": "im-1"}, {}, {}), "bia_source_image_missing")
    assert (found.level, found.path, found.values["n"]) == ("error", "/files/fl-made-1/source_image", 2)


def test_a_source_image_stands_in_a_component() -> None:
    record = annotated({"source_image": "im-1"}, {"source_image": "fl-made-0"})
    found = bia(record, "bia_source_image_unlisted")
    assert (found.level, found.path, found.found) == ("error", "/files/fl-made-1/source_image", "fl-made-0")
    homeless = with_edits(
        Edit(op="fill", path="/images/component", rows=("im-1",), value=None),
        Edit(op="fill", path="/images/association", rows=("im-1",), value=None),
        Edit(op="fill", path="/files/component", rows=("fl-1",), value=None),
        record=annotated({"source_image": "im-1"}),
    )
    assert bia(homeless, "bia_source_image_unlisted").found == "im-1"


BROKEN: dict[str, tuple[str, Any]] = {
    "doi_form": ("/publications/pu-1/doi", "arXiv:2401.00001"),
    "email_form": ("/people/pe-1/email", "\u202aada@example"),
    "url_form": ("/links/li-1/url", "see the web page"),
    "not_a_choice": ("/study/license", "CC-BY"),
    "too_short": ("/study/title", "Short"),
    "date_form": ("/study/release_date", "next year"),
    "field_missing": ("/people/pe-1/affiliations", None),
    "reference_nowhere": ("/people/pe-1/affiliations", ["or-9"]),
}
"""Faults that curators had to mend by hand, each an error here by a rule that other targets share."""


@pytest.mark.parametrize("code", BROKEN)
def test_a_fault_that_curators_mended_is_an_error(code: str) -> None:
    path, value = BROKEN[code]
    levels = {finding.level for finding in check(with_set(path, value), "bia") if finding.code == code}
    assert levels == {"error"}


def test_a_publication_without_title_and_doi_is_an_error() -> None:
    record = with_set("/publications/pu-1/doi", None, with_set("/publications/pu-1/title", None))
    assert only(record, "publication_untraceable", "bia").level == "error"


def test_a_component_without_associations_is_an_error() -> None:
    record = clean()
    bare = record.components[0].model_copy(update={"associations": ()})
    found = check(record.model_copy(update={"components": (bare,)}), "bia")
    assert ("error", "/components/sc-1/associations") in {(one.level, one.path) for one in found}


def test_titles_that_stand_twice_are_an_error() -> None:
    record = clean()
    again = record.specimens[0].model_copy(update={"id": "sp-2"})
    found = only(record.model_copy(update={"specimens": (*record.specimens, again)}), "title_twice", "bia")
    assert found.level == "error"


def test_absences_are_no_texts() -> None:
    record = with_set("/study/release_date", ABSENT)
    assert isinstance(record.study.release_date, Absent)
    assert not {"bia_release_past", "bia_release_far", "bia_placeholder"} & codes(record, "bia")
