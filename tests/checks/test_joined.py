"""What nothing uses, what leads nowhere, what joins only one thing, what is named twice: once wrong, once right."""

from __future__ import annotations

from typing import Any

import pytest

from rembi_widgets.checks._references import HALVES, OPTIONAL_USE, REFERENCES, TITLED, USES
from rembi_widgets.locale import LANGUAGES
from rembi_widgets.record import Curation, Edit, get
from tests.checks.builder import clean, codes, mended, only, with_edits, with_fill, with_set

NEEDED = sorted(set(USES) - OPTIONAL_USE)
VALUES: dict[str, dict[str, Any]] = {
    "biosamples": {"title": "spare", "organism": [{"label": "Mus musculus", "id": "NCBITaxon:10090"}]},
    "specimens": {"title": "spare"},
    "samples": {"title": "spare", "biosample": "bs-1", "specimen": "sp-1"},
    "acquisitions": {"title": "spare"},
    "correlations": {"title": "spare"},
    "analyses": {"title": "spare"},
}
USED_BY: dict[str, tuple[str, str]] = {
    "biosamples": ("/samples", "biosample"),
    "specimens": ("/samples", "specimen"),
    "samples": ("/components/sc-1/associations", "sample"),
    "acquisitions": ("/components/sc-1/associations", "acquisition"),
    "correlations": ("/components/sc-1/associations", "correlation"),
    "analyses": ("/components/sc-1/associations", "analysis"),
}


def spare(collection: str) -> Curation:
    """Give the clean record with an entity that nothing uses."""
    return with_edits(Edit(op="add", path=f"/{collection}", id="zz-1", value=VALUES[collection]))


@pytest.mark.parametrize("collection", NEEDED)
def test_an_entity_that_nothing_uses_is_told_of(collection: str) -> None:
    found = only(spare(collection), f"unused_{collection}")
    assert (found.level, found.path) == ("warning", f"/{collection}/zz-1")
    for lang in LANGUAGES:
        assert "spare" in found.message(lang)


@pytest.mark.parametrize("collection", NEEDED)
def test_the_archive_takes_it_and_is_told_of_differently(collection: str) -> None:
    found = only(spare(collection), f"alone_{collection}", "bia")
    assert (found.level, found.path) == ("warning", f"/{collection}/zz-1")
    assert f"unused_{collection}" not in codes(spare(collection), "bia")
    for lang in LANGUAGES:
        assert "spare" in found.message(lang)


@pytest.mark.parametrize("collection", NEEDED)
@pytest.mark.parametrize("target", ["isatab", "bia", "all"])
def test_one_that_is_used_is_not(collection: str, target: str) -> None:
    place, field = USED_BY[collection]
    record = with_edits(Edit(op="add", path=place, id="use-1", value={field: "zz-1"}), record=spare(collection))
    assert not codes(record, target) & {f"unused_{collection}", f"alone_{collection}"}


@pytest.mark.parametrize("collection", ["analyses", "correlations"])
def test_what_made_a_file_is_used(collection: str) -> None:
    record = with_fill("made_by", "zz-1", rows=("fl-5",), record=spare(collection))
    assert f"unused_{collection}" not in codes(record)


@pytest.mark.parametrize("collection", sorted(OPTIONAL_USE - {"labels"}))
def test_people_and_organisations_need_nobody_to_refer_to_them(collection: str) -> None:
    record = with_edits(Edit(op="add", path=f"/{collection}", id="zz-1", value={}))
    assert not [code for code in codes(record) if code.startswith("unused_")]


def test_every_reference_is_one_that_the_model_has() -> None:
    assert {target for _, _, target in REFERENCES} == set(USES)
    assert set(VALUES) == set(USED_BY) == set(NEEDED)


LOST = {
    "/people/pe-1/affiliations": ["or-9"],
    "/samples/sa-1/biosample": "bs-9",
    "/samples/sa-1/specimen": "sp-9",
    "/acquisitions/ac-1/channels/ch-1/label": "lb-9",
    "/components/sc-1/associations/as-1/sample": "sa-9",
    "/components/sc-1/associations/as-1/acquisition": "ac-9",
    "/components/sc-1/associations/as-1/correlation": "co-9",
    "/components/sc-1/associations/as-1/analysis": "an-9",
}


@pytest.mark.parametrize("path", LOST)
def test_a_reference_to_nothing_is_an_error_at_its_field(path: str) -> None:
    found = only(with_set(path, LOST[path]), "reference_nowhere")
    assert (found.level, found.path) == ("error", path)
    assert found.found in str(LOST[path])


@pytest.mark.parametrize("path", LOST)
def test_the_fix_of_a_lost_reference_clears_it(path: str) -> None:
    record = with_set(path, LOST[path])
    after = mended(record, only(record, "reference_nowhere"))
    assert not get(after, path)
    assert "reference_nowhere" not in codes(after)


def test_of_several_references_the_fix_keeps_those_that_lead_somewhere() -> None:
    record = with_set("/people/pe-1/affiliations", ["or-9", "or-1", "or-8"])
    found = only(record, "reference_nowhere")
    assert found.found == "or-9, or-8"
    assert mended(record, found).people[0].affiliations == ("or-1",)


HALF = {
    "sample_without_biosample": "/samples/sa-1/biosample",
    "sample_without_specimen": "/samples/sa-1/specimen",
    "association_without_sample": "/components/sc-1/associations/as-1/sample",
    "association_without_acquisition": "/components/sc-1/associations/as-1/acquisition",
}


@pytest.mark.parametrize("code", HALF)
def test_what_joins_only_one_thing_is_told_of(code: str) -> None:
    found = only(with_set(HALF[code], None), code)
    assert (found.level, found.path) == ("error", HALF[code])
    assert code not in codes(clean())


def test_every_half_has_its_case() -> None:
    assert {code for _, _, code in HALVES} == set(HALF)


@pytest.mark.parametrize("collection", [name for name in TITLED if getattr(clean(), name)])
@pytest.mark.parametrize("change", [str.upper, lambda title: f"  {title} ", lambda title: title.replace(" ", "  ")])
def test_a_title_given_twice_is_offered_a_number(collection: str, change: Any) -> None:
    title = getattr(clean(), collection)[0].title
    record = with_edits(Edit(op="add", path=f"/{collection}", id="zz-1", value={"title": change(title)}))
    found = only(record, "title_twice")
    assert (found.level, found.path) == ("warning", f"/{collection}/zz-1/title")
    assert found.wanted == f"{change(title)} (2)"
    assert "title_twice" not in codes(mended(record, found))


def test_the_number_that_is_offered_is_free() -> None:
    record = clean()
    for number, title in enumerate(["Fixed cells (2)", "Fixed cells"]):
        record = with_edits(
            Edit(op="add", path="/components", id=f"zz-{number}", value={"title": title}), record=record
        )
    assert only(record, "title_twice").wanted == "Fixed cells (3)"


def test_one_title_in_two_sections_is_no_fault() -> None:
    record = with_edits(Edit(op="add", path="/analyses", id="zz-1", value={"title": "Fixed cells"}))
    assert "title_twice" not in codes(record)
