"""Each rule: a record that triggers it, the clean one that does not, and its fix, which makes it silent."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from rembi_widgets.record import Absent, Curation, Edit, Finding, Mark
from tests.checks.builder import clean, codes, mended, only, pencilled, with_edits, with_fill, with_set

Made = Callable[[], Curation]


def setting(path: str, value: Any) -> Made:
    return lambda: with_set(path, value)


def filling(column: str, value: Any, *rows: str) -> Made:
    return lambda: with_fill(column, value, rows or ("im-1",))


def adding(collection: str, **value: Any) -> Made:
    return lambda: with_edits(Edit(op="add", path=f"/{collection}", id="new", value=value))


def second_association() -> Curation:
    edit = Edit(
        op="add", path="/components/sc-1/associations", id="as-2", value={"sample": "sa-1", "acquisition": "ac-1"}
    )
    return with_fill("association", None, ("im-2", "im-4"), record=with_edits(edit))


def human(entity: dict[str, str]) -> Curation:
    record = with_set("/biosamples/bs-1/organism", [{"label": "Homo sapiens", "id": "NCBITaxon:9606"}])
    return with_set("/biosamples/bs-1/biological_entity", [entity], record=record)


CASES: dict[str, tuple[Made, str]] = {
    "section_empty": (lambda: with_edits(Edit(op="remove", path="/specimens/sp-1")), "/specimens"),
    "field_missing": (setting("/biosamples/bs-1/organism", None), "/biosamples/bs-1/organism"),
    "field_missing_one": (setting("/study/title", None), "/study/title"),
    "field_absent": (setting("/biosamples/bs-1/organism", {"absent": "not_recorded"}), "/biosamples/bs-1/organism"),
    "field_absent_one": (setting("/study/description", {"absent": "not_applicable"}), "/study/description"),
    "recommended_open": (setting("/study/keywords", None), "/study/keywords"),
    "too_short": (setting("/study/title", "Nuclei and latrunculin"), "/study/title"),
    "not_a_choice": (setting("/study/license", "cc-by 4.0"), "/study/license"),
    "email_form": (setting("/people/pe-1/email", "ada@example"), "/people/pe-1/email"),
    "orcid_form": (setting("/people/pe-1/orcid", "0000000218250097"), "/people/pe-1/orcid"),
    "orcid_digit": (setting("/people/pe-1/orcid", "0000-0002-1825-0091"), "/people/pe-1/orcid"),
    "ror_form": (setting("/organisations/or-1/ror", "02catss52"), "/organisations/or-1/ror"),
    "ror_digit": (setting("/organisations/or-1/ror", "https://ror.org/02catss53"), "/organisations/or-1/ror"),
    "doi_form": (setting("/publications/pu-1/doi", "TBD"), "/publications/pu-1/doi"),
    "pubmed_form": (setting("/publications/pu-1/pubmed_id", "PMID: 34654919"), "/publications/pu-1/pubmed_id"),
    "year_form": (setting("/publications/pu-1/year", "'25"), "/publications/pu-1/year"),
    "url_form": (setting("/links/li-1/url", "www.example.org/code"), "/links/li-1/url"),
    "colour_form": (
        setting("/acquisitions/ac-1/channels/ch-1/colour", "0000FF"),
        "/acquisitions/ac-1/channels/ch-1/colour",
    ),
    "publication_untraceable": (adding("publications", authors="Somebody"), "/publications/new/title"),
    "date_form": (setting("/study/release_date", "31/01/2026"), "/study/release_date"),
    "release_too_early": (setting("/study/release_date", "2025-01-01"), "/study/release_date"),
    "reference_nowhere": (setting("/people/pe-1/affiliations", ["or-1", "or-gone"]), "/people/pe-1/affiliations"),
    "sample_without_biosample": (setting("/samples/sa-1/biosample", None), "/samples/sa-1/biosample"),
    "sample_without_specimen": (setting("/samples/sa-1/specimen", None), "/samples/sa-1/specimen"),
    "association_without_sample": (
        setting("/components/sc-1/associations/as-1/sample", None),
        "/components/sc-1/associations/as-1/sample",
    ),
    "association_without_acquisition": (
        setting("/components/sc-1/associations/as-1/acquisition", None),
        "/components/sc-1/associations/as-1/acquisition",
    ),
    **{
        f"unused_{name}": (adding(name, title="Another"), f"/{name}/new")
        for name in ("biosamples", "specimens", "samples", "acquisitions", "correlations", "analyses")
    },
    "title_twice": (adding("specimens", title="fixed,  dapi"), "/specimens/new/title"),
    "images_nowhere_file": (filling("file", "fl-gone", "im-2", "im-3"), "/images/im-2/file"),
    "images_nowhere_component": (filling("component", "sc-gone"), "/images/im-1/component"),
    "images_nowhere_association": (filling("association", "as-gone"), "/images/im-1/association"),
    "files_nowhere_component": (filling("component", "sc-gone", "fl-3"), "/files/fl-3/component"),
    "files_nowhere_made_by": (filling("made_by", "an-gone", "fl-3"), "/files/fl-3/made_by"),
    "files_nowhere_source_image": (filling("source_image", "im-gone", "fl-3"), "/files/fl-3/source_image"),
    "component_without_images": (adding("components", title="Empty"), "/components/new"),
    "images_without_component": (filling("component", None, "im-3", "im-5"), "/images/im-3/component"),
    "images_unassigned": (second_association, "/images/im-2/association"),
    "pixel_sizes_mixed": (filling("pixel_size_x", 0.6, "im-4"), "/images/im-4/pixel_size_x"),
    "size_differs": (filling("size_description", "999 x 999 µm", "im-2", "im-5"), "/images/im-2/size_description"),
    "file_without_path": (filling("path", None, "fl-2"), "/files/fl-2/path"),
    "path_outside": (filling("path", "../secret.tif", "fl-2"), "/files/fl-2/path"),
    "path_twice": (filling("path", "plate1/cells_00001.ome.tif", "fl-2"), "/files/fl-2/path"),
    "path_case": (filling("path", "plate1/CELLS_00001.ome.tif", "fl-2"), "/files/fl-2/path"),
    "path_letters": (filling("path", "day 1: control/a.tif", "fl-2"), "/files/fl-2/path"),
    "path_reserved": (filling("path", "plate1/aux.ome.tif", "fl-2"), "/files/fl-2/path"),
    "path_end": (filling("path", "plate1./a.tif", "fl-2"), "/files/fl-2/path"),
    "path_long": (filling("path", "plate/" + "x" * 200, "fl-2"), "/files/fl-2/path"),
    "files_unreadable": (filling("message", "not a TIFF", "fl-2"), "/files/fl-2/path"),
    "ethics_missing": (lambda: human({"label": "biopsy"}), "/study/ethics_statement"),
    "ethics_cell_lines": (lambda: human({"label": "HeLa", "id": "CVCL_0030"}), "/study/ethics_statement"),
    "unconfirmed": (lambda: pencilled(clean(), "/acquisitions/ac-1/software"), "/acquisitions/ac-1/software"),
    "unconfirmed_study": (lambda: pencilled(clean(), "/study/title"), "/study/title"),
    "free_text": (setting("/biosamples/bs-1/organism", ["an unheard-of beast"]), "/biosamples/bs-1/organism"),
    "free_text_term": (setting("/biosamples/bs-1/organism", ["souris"]), "/biosamples/bs-1/organism"),
}


@pytest.mark.parametrize("code", CASES)
def test_a_rule_finds_its_fault_and_leads_to_it(code: str) -> None:
    made, path = CASES[code]
    assert only(made(), code).path == path


@pytest.mark.parametrize("code", CASES)
def test_a_rule_is_silent_on_a_clean_record(code: str) -> None:
    assert code not in codes(clean())


@pytest.mark.parametrize("code", CASES)
def test_a_fix_makes_its_finding_silent(code: str) -> None:
    record = CASES[code][0]()
    found = only(record, code)
    if found.fix is None:
        assert code not in FIXED
        return
    assert code in FIXED
    after = mended(record, found)
    assert (code, found.path) not in {(one.code, one.path) for one in _all(after)}


FIXED = {
    "not_a_choice",
    "orcid_form",
    "ror_form",
    "pubmed_form",
    "url_form",
    "colour_form",
    "date_form",
    "reference_nowhere",
    "title_twice",
    "images_nowhere_component",
    "images_nowhere_association",
    "files_nowhere_component",
    "files_nowhere_made_by",
    "files_nowhere_source_image",
    "size_differs",
    "unconfirmed",
    "unconfirmed_study",
    "free_text_term",
}
"""Rules whose case above can be mended at one click."""


def _all(record: Curation) -> tuple[Finding, ...]:
    from rembi_widgets.checks import check

    return check(record, "all")


@pytest.mark.parametrize(
    ("said", "meant"),
    [
        ("https://orcid.org/0000-0002-1825-0097", "0000-0002-1825-0097"),
        ("orcid.org/0000-0002-1694-233x", "0000-0002-1694-233X"),
        ("ORCID iD: 0000 0002 1825 0097", "0000-0002-1825-0097"),
        ("0000-0002-1825", None),
        ("me", None),
    ],
)
def test_an_orcid_in_another_form(said: str, meant: str | None) -> None:
    found = only(with_set("/people/pe-1/orcid", said), "orcid_form")
    assert (found.fix[0].value if found.fix else None) == meant


def test_a_wrong_check_digit_is_named_and_not_mended() -> None:
    found = only(with_set("/people/pe-1/orcid", "0000-0002-1825-0091"), "orcid_digit")
    assert (found.found, found.wanted, found.fix) == ("0000-0002-1825-0091", "0000-0002-1825-0097", None)
    assert "if only the last digit is wrong" in str(found)


@pytest.mark.parametrize(
    "good", ["https://ror.org/02catss52", "https://ror.org/03yrm5c26", "https://ror.org/05dxps055"]
)
def test_real_ror_ids_are_good(good: str) -> None:
    assert not {"ror_form", "ror_digit"} & codes(with_set("/organisations/or-1/ror", good))


@pytest.mark.parametrize(
    ("said", "meant"),
    [
        ("https://doi.org/10.1038/s41592-021-01166-8", "10.1038/s41592-021-01166-8"),
        ("http://dx.doi.org/10.1038/s41592-021-01166-8", "10.1038/s41592-021-01166-8"),
        ("doi:10.1038/s41592-021-01166-8.", "10.1038/s41592-021-01166-8"),
        ("DOI 10.1038/s41592-021-01166-8", "10.1038/s41592-021-01166-8"),
        ("arXiv:2101.00001", None),
        ("10.1038/x (in press)", None),
    ],
)
def test_a_doi_in_another_form(said: str, meant: str | None) -> None:
    found = only(with_set("/publications/pu-1/doi", said), "doi_form", "bia")
    assert (found.fix[0].value if found.fix else None) == meant
    assert found.level == "error"


@pytest.mark.parametrize(
    ("said", "meant"),
    [
        ("\u202aada@example.org", "ada@example.org"),
        ("Ada Example <ada@example.org>", "ada@example.org"),
        ("mailto:ada@example.org", "ada@example.org"),
        ("ada at example.org", None),
        ("ada@example..org", None),
    ],
)
def test_an_address_in_another_form(said: str, meant: str | None) -> None:
    found = only(with_set("/people/pe-1/email", said), "email_form")
    assert (found.fix[0].value if found.fix else None) == meant


@pytest.mark.parametrize(
    ("said", "meant"),
    [
        ("20260131", "2026-01-31"),
        ("2026-1-5", "2026-01-05"),
        ("2026-01-31T12:00:00Z", "2026-01-31"),
        ("31.01.2026", "2026-01-31"),
        ("01/31/2026", "2026-01-31"),
        ("3/3/2026", "2026-03-03"),
        ("1er février 2026", "2026-02-01"),
        ("Aug. 5th, 2026", "2026-08-05"),
        ("03/04/2026", None),
        ("31/02/2026", None),
        ("next summer", None),
    ],
)
def test_a_date_in_another_form(said: str, meant: str | None) -> None:
    found = only(with_set("/study/release_date", said), "date_form")
    assert (found.fix[0].value if found.fix else None) == meant


@pytest.mark.parametrize(
    "stated", ["153.6 \u00d7 153.6 \u00d7 24 µm", "0.1536 mm x 0.1536 mm", "154 x 153 um", "63x oil", "large"]
)
def test_a_stated_size_that_agrees_or_says_something_else(stated: str) -> None:
    assert "size_differs" not in codes(with_fill("size_description", stated))


def test_the_depth_of_a_stack_must_multiply_up() -> None:
    found = only(with_fill("size_description", "153.6 x 153.6 x 2.5 µm"), "size_differs")
    assert found.wanted == "153.6 \u00d7 153.6 \u00d7 25 µm"


@pytest.mark.parametrize(
    "path", ["/etc/passwd", "C:\\images\\a.tif", "a/../../b.tif", "\\\\server\\a.tif", "~/a.tif", "..", "a\0b"]
)
def test_paths_that_leave_the_folder(path: str) -> None:
    assert only(with_fill("path", path, ("fl-2",)), "path_outside").level == "error"


@pytest.mark.parametrize("path", ["a..b/c.tif", "..a/b.tif", "a/b c.tif", "é/ü.tif"])
def test_paths_that_stay_in_the_folder(path: str) -> None:
    assert "path_outside" not in codes(with_fill("path", path, ("fl-2",)))


class Facts:
    """What a disk could say."""

    def __init__(self, sizes: dict[str, int | None]) -> None:
        self.sizes = sizes

    def exists(self, path: str) -> bool:
        return path in self.sizes

    def size(self, path: str) -> int | None:
        return self.sizes.get(path)


def disk() -> dict[str, int | None]:
    table = clean().files
    return dict(zip(table.column("path"), table.column("size_bytes"), strict=True))


def test_files_that_are_as_they_were() -> None:
    assert not {"files_missing", "files_changed"} & codes(clean(), facts=Facts(disk()))


def test_files_that_are_gone_or_changed() -> None:
    now = disk()
    del now["plate1/cells_00001.ome.tif"], now["plate1/cells_00002.ome.tif"]
    now["plate1/cells_00003.ome.tif"] = 7
    facts = Facts(now)
    gone, changed = only(clean(), "files_missing", facts=facts), only(clean(), "files_changed", facts=facts)
    assert (gone.path, gone.values["n"], gone.level) == ("/files/fl-1/path", 2, "warning")
    assert (changed.path, changed.values["n"]) == ("/files/fl-3/path", 1)
    assert only(clean(), "files_missing", "bia", facts).level == "error"


def test_a_directory_has_no_size_and_is_there() -> None:
    assert not {"files_missing", "files_changed"} & codes(clean(), facts=Facts(dict.fromkeys(disk())))


def test_an_honest_answer_is_enough_for_what_is_recommended() -> None:
    record = with_set("/study/keywords", Absent(absent="not_applicable"))
    assert not {"recommended_open", "field_absent", "field_absent_one"} & codes(record)


def test_an_ethics_statement_or_an_honest_answer_silences_the_question() -> None:
    sample = human({"label": "biopsy"})
    for answer in ("Approved by a committee.", {"absent": "not_applicable"}):
        assert "ethics_missing" not in codes(with_set("/study/ethics_statement", answer, record=sample))


def test_a_text_composed_from_other_fields_is_not_missing() -> None:
    record = with_set("/acquisitions/ac-1/acquisition_parameters", None)
    assert "field_missing" not in codes(record, "bia")


def test_what_another_kind_of_imaging_asks_is_not_asked() -> None:
    electron = with_set("/setup/imaging", ["electron"])
    bare = with_set("/acquisitions/ac-1/objective_model", None, record=electron)
    assert not any("objective" in str(f.path) for f in _all(bare))
    assert any(f.path.endswith("accelerating_voltage") for f in _all(electron))


def test_one_finding_for_many_rows() -> None:
    found = only(with_fill("component", None, tuple(f"im-{n}" for n in range(5))), "images_without_component")
    assert (found.values["n"], found.found, found.wanted) == (5, "1/6", "6/6")


def test_one_free_text_is_mended_and_the_other_stays() -> None:
    record = with_set("/biosamples/bs-1/organism", ["an unheard-of beast", "mouse"])
    after = mended(record, only(record, "free_text_term"))
    assert [term.label for term in after.biosamples[0].organism] == ["an unheard-of beast", "Mus musculus"]


def test_an_entity_without_a_title_goes_by_its_number() -> None:
    found = [
        f for f in _all(with_edits(Edit(op="add", path="/biosamples", id="new"))) if f.path == "/biosamples/new/title"
    ]
    assert found[0].values["name"] == "2"


def test_what_made_a_file_is_used() -> None:
    record = with_edits(Edit(op="add", path="/analyses", id="an-1", value={"title": "Segmentation"}))
    assert "unused_analyses" in codes(record)
    assert "unused_analyses" not in codes(with_fill("made_by", "an-1", ("fl-3",), record=record))


def test_pencil_in_a_table_is_one_finding() -> None:
    record = clean()
    marks = [Mark(confirmed=False), Mark(), None, Mark(confirmed=False), None, None]
    table = record.images.with_cells("size_x", record.images.ids, record.images.column("size_x"), marks)
    found = only(record.model_copy(update={"images": table}), "unconfirmed_images")
    assert (found.path, found.values["n"]) == ("/images", 2)
