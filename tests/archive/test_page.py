"""The page of the archive and the ways back: what is shown is what is sent, and every path leads into the record."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from rembi_widgets.formats import pagetab
from rembi_widgets.record import Curation, Finding, get
from tests.formats.builder import full_record

EMPTY = Curation.model_validate({})


def mappings(plain: Any) -> Iterator[dict[str, Any]]:
    if isinstance(plain, dict):
        yield plain
        for value in plain.values():
            yield from mappings(value)
    elif isinstance(plain, list):
        for value in plain:
            yield from mappings(value)


def written(record: Curation, folder: Path) -> Any:
    pagetab.write(record, folder)
    return json.loads((folder / "submission.json").read_text(encoding="utf-8"))


def attributes(tree: Any) -> list[tuple[str, str]]:
    held = [tree, *(part for part in mappings(tree["section"]) if "attributes" in part)]
    return [(one["name"], one.get("value", "")) for part in held for one in part.get("attributes", ())]


def test_every_attribute_that_is_sent_is_shown(tmp_path: Path) -> None:
    record = full_record()
    page = pagetab.page(record)
    shown = {(row["name"], row["value"]) for row in mappings(page) if "qualifiers" in row}
    above = {page["title"], page["release_date"], page["description"], *page["keywords"], page["template"]}
    titles = {part["title"] for part in mappings(page) if "title" in part}
    cells = {cell for part in page["components"] for row in part["associations"]["rows"] for cell in row}
    sent = attributes(written(record, tmp_path))
    references = {"affiliation", "AttachTo", "DOI"}
    lost = [
        (name, value)
        for name, value in sent
        if (name, value) not in shown and value not in above | titles | cells and name not in references
    ]
    assert lost == []


def test_nothing_is_shown_that_is_not_sent(tmp_path: Path) -> None:
    record = full_record()
    sent = set(attributes(written(record, tmp_path)))
    for row in mappings(pagetab.page(record)):
        if "qualifiers" in row:
            assert (row["name"], row["value"]) in sent


def test_the_file_list_begins_as_the_one_that_is_written(tmp_path: Path) -> None:
    record = full_record()
    pagetab.write(record, tmp_path)
    for part in pagetab.page(record)["components"]:
        listed = part["list"]
        lines = [line.split("\t") for line in (tmp_path / listed["name"]).read_text(encoding="utf-8").splitlines()]
        assert [listed["columns"], *listed["rows"]] == lines[: len(listed["rows"]) + 1]
        assert listed["count"] == len(lines) - 1
        assert len(listed["paths"]) == len(listed["rows"])
        assert all(image in record.images for image in listed["images"])


def test_every_path_leads_to_something(tmp_path: Path) -> None:
    record = full_record()
    paths = {row["path"] for row in mappings(pagetab.page(record)) if row.get("path")}
    assert {"/study/license", "/biosamples/bs-1/organism", "/acquisitions/ac-1/imaging_method"} <= paths
    for path in paths:
        parts = path.split("/")
        assert parts[1] == "study" or get(record, "/".join(parts[:3])) is not None, path
        if len(parts) == 4 and parts[1] != "study":
            assert hasattr(get(record, "/".join(parts[:3])), parts[3]), path


def test_parts_of_a_component_are_those_that_its_associations_name() -> None:
    record = full_record()
    for part, component in zip(pagetab.page(record)["components"], record.components, strict=True):
        named = {link.acquisition for link in component.associations if link.acquisition}
        shown = {one["path"].split("/")[2] for one in part["parts"] if one["kind"] == "Image acquisition"}
        assert shown == named


def test_authors_name_their_organisations_by_number() -> None:
    page = pagetab.page(full_record())
    first = page["authors"][0]
    assert first["organisations"] == [1, 2]
    assert [one["title"] for one in page["organisations"]] == ["Institut Curie", "SFR Bonamy"]


def test_a_part_that_nothing_names_is_shown_all_the_same() -> None:
    record = Curation.model_validate(
        {"biosamples": [{"id": "bs-9", "title": "alone", "organism": [{"label": "Danio"}]}]}
    )
    (alone,) = pagetab.page(record)["others"]
    assert (alone["kind"], alone["title"], alone["path"]) == ("Biosample", "alone", "/biosamples/bs-9")


def test_what_stands_below_an_entity_leads_to_its_field() -> None:
    record = Curation.model_validate(
        {"biosamples": [{"id": "bs-9", "title": "alone", "organism": [{"label": "Danio"}]}]}
    )
    (alone,) = pagetab.page(record)["others"]
    (below,) = alone["below"]
    assert below["kind"] == "Organism"
    assert {row["path"] for row in below["rows"]} == {"/biosamples/bs-9"}


def test_an_empty_record_has_a_page() -> None:
    page = pagetab.page(EMPTY)
    assert (page["title"], page["authors"], page["components"], page["licence"]) == ("", [], [], None)
    assert page["doi"] == ""


def test_a_study_of_annotations_alone_has_no_licence() -> None:
    record = Curation.model_validate(
        {"study": {"title": "Outlines", "license": "CC0"}, "annotations": [{"id": "at-1", "title": "nuclei"}]}
    )
    page = pagetab.page(record)
    assert page["template"] == "BioImages.MIFA.v1"
    assert page["licence"] is None
    assert [one["title"] for one in page["annotations"]] == ["nuclei"]


def test_a_page_is_plain_json() -> None:
    page = pagetab.page(full_record())
    assert json.loads(json.dumps(page)) == page


@pytest.mark.parametrize("record", [full_record(), EMPTY], ids=["full", "empty"])
def test_each_thing_that_would_be_said_leads_into_the_record(record: Curation) -> None:
    found, leads = pagetab.simulate(record), pagetab.leads(record)
    for name in pagetab.PARTS:
        for finding in getattr(found, name).findings:
            path = leads.finding(finding)
            collection = path.split("/")[1]
            assert hasattr(record, collection), (finding.code, path)


def lead(record: Curation, code: str, path: str, found: str | None = None) -> str:
    return pagetab.leads(record).finding(Finding(level="error", code=f"simulation_{code}", path=path, found=found))


WAYS = {
    ("form_required", "/author-2/E-mail", None): "/people/pe-2/email",
    ("form_required", "/author-1/Name", None): "/people/pe-1/last_name",
    ("form_required", "/author-1/affiliation", None): "/people/pe-1/affiliations",
    ("form_required", "/Study-1/License", None): "/study/license",
    ("form_required", "/submission/ReleaseDate", None): "/study/release_date",
    ("form_required", "/Biosample-1/Experimental variable", None): "/biosamples/bs-1/experimental_variable",
    ("form_required", "/Image acquisition-2/Imaging method", None): "/acquisitions/ac-2/imaging_method",
    ("form_section", "/Study-1", "image acquisition"): "/acquisitions",
    ("form_associations", "/Study Component-1", "x"): "/components/sc-1/associations",
    ("ingest_no_author", "/Study-1", None): "/people",
    ("server_doi_organisation", "/Study-1", None): "/organisations",
    ("ingest_link", "/Study-1/Link", "https://example.org/b"): "/links/li-2/url",
    ("ingest_link", "/Study-1/Link", "elsewhere"): "/links",
    ("server_path", "/Study Component-1/File List", "no such file"): "/files",
    ("server_list_missing", "/Study Component-1/File List", "a.tsv"): "/components/sc-1",
    ("ingest_key", "/nowhere-7/Title", None): "/study/title",
}


@pytest.mark.parametrize("said", WAYS, ids=lambda said: f"{said[0]} {said[1]}")
def test_a_finding_leads_to_its_field(said: tuple[str, str, str | None]) -> None:
    assert lead(full_record(), *said) == WAYS[said]


def test_a_refused_path_leads_to_its_file() -> None:
    record = full_record()
    row, path = record.files.ids[1], record.files.column("path")[1]
    assert lead(record, "server_path", "/Study Component-1/File List", path) == f"/files/{row}/path"


def test_an_association_leads_to_its_line() -> None:
    record = full_record()
    line = record.components[0].associations[0]
    found = lead(record, "ingest_association", "/Associations-1/Specimen", "x")
    assert found == f"/components/{record.components[0].id}/associations/{line.id}/sample"


def test_a_record_that_was_read_keeps_its_ways_back(samples: Path) -> None:
    record = pagetab.read(samples / "bia" / "records" / "S-BIAD2324_corrected.json").record
    page = pagetab.page(record)
    assert page["accession"] == "S-BIAD2324"
    paths = {row["path"] for row in mappings(page) if row.get("path")}
    assert all(path.startswith("/study") or get(record, "/".join(path.split("/")[:3])) is not None for path in paths)
    assert len(page["components"]) == len(record.components) > 0
