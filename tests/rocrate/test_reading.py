"""Crates read: ours, the archive's own, and those with a fault."""

from __future__ import annotations

import json
import tempfile
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings

from rembi_widgets.errors import RembiError
from rembi_widgets.formats import READABLE, proposal, read, rocrate
from rembi_widgets.record import Curation, leaves
from rembi_widgets.store import open_curation
from tests.formats.builder import full_record
from tests.formats.full_records import full_records

OWN = {
    "biosamples": ("title", "description", "organism", "intrinsic_variable", "extrinsic_variable"),
    "samples": ("title", "biosample", "specimen", "experimental_status", "location_within_biosample", "labels"),
    "annotations": ("title", "overview", "method", "criteria", "coverage", "confidence_level", "annotation_type"),
    "analyses": ("title", "method", "data_used", "software"),
    "correlations": ("title", "alignment", "fiducials_used", "transformation_matrix", "related_images"),
    "components": ("title", "description"),
    "grants": ("funder", "grant_id"),
    "publications": ("title", "authors", "doi", "pubmed_id", "year", "status"),
}
"""Collection to the fields that a crate of ours gives back as they were."""


@pytest.fixture(scope="module")
def record() -> Curation:
    with tempfile.TemporaryDirectory() as folder:
        rocrate.write(full_record(), Path(folder))
        return rocrate.read(Path(folder)).record


def again(record: Curation) -> Curation:
    with tempfile.TemporaryDirectory() as folder:
        rocrate.write(record, Path(folder))
        return rocrate.read(Path(folder)).record


@pytest.mark.parametrize("collection", OWN)
def test_what_has_a_property_of_its_own_comes_back(record: Curation, collection: str) -> None:
    for field in OWN[collection]:
        here = [getattr(one, field) for one in getattr(record, collection)]
        assert here == [getattr(one, field) for one in getattr(full_record(), collection)], field


def test_the_study_comes_back(record: Curation) -> None:
    was = full_record().study
    for field in ("title", "license", "release_date", "accession", "acknowledgements", "funding_statement", "version"):
        assert str(getattr(record.study, field)) == str(getattr(was, field)), field


def test_people_and_their_organisations_come_back(record: Curation) -> None:
    assert [(one.first_name, one.last_name, one.email) for one in record.people] == [
        (one.first_name, one.last_name, one.email) for one in full_record().people
    ]
    names = {one.id: one.title for one in record.organisations}
    assert [names[ref] for ref in record.people[0].affiliations] == ["Institut Curie", "SFR Bonamy"]


def test_methods_have_their_ids(record: Curation) -> None:
    assert record.acquisitions[0].imaging_method[0].id == "FBbi:00000253"
    assert record.samples[0].labels[0].content.id == "CHEBI:51231"


def test_files_and_images_come_back(record: Curation) -> None:
    was, files, images = full_record(), record.files, record.images
    assert set(files.column("path")) <= set(was.files.column("path"))
    assert len(images) == len({image for image in was.images.column("file") if image})
    links = {link.id: link for part in record.components for link in part.associations}
    first = files.column("path").index("images/c1/spec-1-1_000.ome.tiff")
    image = images.column("file").index(files.ids[first])
    link = links[images.column("association")[image]]
    assert (link.sample, link.acquisition) == ("sa-1-1", "ac-1")
    assert images.column("size_x")[image] == 2048
    masks = [place for place, maker in enumerate(files.column("made_by")) if maker == "at-1"]
    assert all(files.column("source_image")[place] in files.ids for place in masks)
    assert masks


def test_it_goes_into_a_curation(tmp_path: Path) -> None:
    rocrate.write(full_record(), tmp_path / "crate")
    assert "rocrate" in READABLE
    found = read(tmp_path / "crate", "rocrate")
    (tmp_path / "data").mkdir()
    with open_curation(tmp_path / "data") as curation:
        curation.propose(proposal(found.record, curation.record), origin="import")
        assert curation.record.samples == found.record.samples
        assert len(curation.record.files) == len(found.record.files)
    assert {where for where, _ in leaves(found.record)} == found.record.marks.keys()


@settings(max_examples=12, deadline=None, suppress_health_check=list(HealthCheck))
@given(full_records())
def test_what_was_read_is_written_and_read_the_same(record: Curation) -> None:
    first = again(again(record))
    second = again(first)
    for name in ("biosamples", "samples", "annotations", "people", "organisations", "publications", "grants"):
        assert [one.plain() for one in getattr(second, name)] == [one.plain() for one in getattr(first, name)]
    assert second.files.column("path") == first.files.column("path")
    assert second.images.ids == first.images.ids


def crates(samples: Path) -> list[Path]:
    found = sorted((samples / "rocrate" / "bia").rglob("ro-crate-metadata.json"))
    assert len(found) > 20
    return [path.parent for path in found]


def test_every_crate_of_the_archive_is_read_and_written_again(samples: Path, tmp_path: Path) -> None:
    for folder in crates(samples):
        found = rocrate.read(folder)
        assert found.record.people, folder.name
        assert found.record.study.title
        rocrate.write(found.record, tmp_path / folder.name)
        assert again(found.record).study.title == found.record.study.title


def test_a_crate_of_the_archive_keeps_its_grain(samples: Path) -> None:
    home = samples / "rocrate" / "bia"
    found = rocrate.read(home / "ingest_outputs" / "S-BIADTEST_COMBINE_FILELIST").record
    assert (len(found.biosamples), len(found.specimens), len(found.components), len(found.annotations)) == (2, 2, 2, 1)
    assert len(found.files) == 6
    full = rocrate.read(home / "generated_full_0.3.1").record
    assert full.biosamples[0].organism[0].model_dump(include={"label", "id"}) == {
        "label": "Mus musculus (mouse)",
        "id": "NCBITaxon:10090",
    }
    assert full.specimens[0].growth_protocol == "KSOM"
    assert full.samples[0].labels[0].content.label == "DAPI"
    assert full.acquisitions[0].imaging_method[0].id == "FBbi:00000251"
    assert full.study.release_date == "2026-01-01"
    (mask,) = [place for place, maker in enumerate(full.files.column("made_by")) if maker]
    assert full.files.column("source_image")[mask] == full.files.ids[1 - mask]


def changed(tmp_path: Path, change: Callable[[dict[str, Any]], Any]) -> Path:
    rocrate.write(full_record(), tmp_path)
    file = tmp_path / "ro-crate-metadata.json"
    whole = json.loads(file.read_text(encoding="utf-8"))
    change(whole)
    file.write_text(json.dumps(whole), encoding="utf-8")
    return tmp_path


def node(whole: dict[str, Any], identity: str) -> dict[str, Any]:
    return next(one for one in whole["@graph"] if one["@id"] == identity)


def codes(folder: Path) -> list[str]:
    return [one.code for one in rocrate.read(folder).findings]


def test_a_reference_that_leads_nowhere_is_told(tmp_path: Path) -> None:
    folder = changed(tmp_path, lambda whole: node(whole, "#sa-1-1").update(biologicalEntity=[{"@id": "#none"}]))
    assert "rocrate_dangling" in codes(folder)


def test_a_property_that_means_nothing_is_kept(tmp_path: Path) -> None:
    folder = changed(tmp_path, lambda whole: node(whole, "#sp-1").update(shelf="B 3"))
    found = rocrate.read(folder)
    assert [one.code for one in found.findings] == ["rocrate_unknown"]
    assert found.record.specimens[0].model_extra == {"x-shelf": "B 3"}


def test_a_list_that_is_not_there_is_told(tmp_path: Path) -> None:
    rocrate.write(full_record(), tmp_path)
    (tmp_path / "file_list.tsv").unlink()
    assert codes(tmp_path) == ["rocrate_list"]


def test_a_list_outside_the_crate_is_not_opened(tmp_path: Path) -> None:
    (tmp_path / "secret.tsv").write_text("file_path\tdataset\nsecret.tif\t#sc-1\n", encoding="utf-8")
    folder = changed(tmp_path / "crate", lambda whole: node(whole, "file_list.tsv").update({"@id": "../secret.tsv"}))
    found = rocrate.read(folder)
    assert len(found.record.files) == 0
    assert "rocrate_list" in [one.code for one in found.findings]


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("", "not JSON"),
        ("[" * 100_000, "not JSON"),
        ("{}", "@graph"),
        ("[]", "@graph"),
        ('{"@graph": []}', "bia:Study"),
        ('{"@graph": [3, {"@id": 4}, {"@id": "./", "@type": 5}]}', "bia:Study"),
    ],
)
def test_what_is_no_crate_is_refused_in_a_sentence(tmp_path: Path, text: str, reason: str) -> None:
    (tmp_path / "ro-crate-metadata.json").write_text(text, encoding="utf-8")
    with pytest.raises(RembiError, match=reason):
        rocrate.read(tmp_path)


def test_where_there_is_none_it_says_so(tmp_path: Path) -> None:
    with pytest.raises(RembiError, match="no crate"):
        rocrate.read(tmp_path)


@pytest.mark.parametrize("odd", [None, 3, True, "x", [], [3], {"@id": 4}, {"a": 1}, [[1]], {"@value": {"a": 1}}])
def test_odd_values_cost_themselves_alone(tmp_path: Path, odd: Any) -> None:
    def change(whole: dict[str, Any]) -> None:
        for one in whole["@graph"]:
            if one["@id"] not in {"file_list.tsv", "#columns"} and not one["@id"].startswith("#column"):
                for name in list(one):
                    if not name.startswith("@"):
                        one[name] = odd

    found = rocrate.read(changed(tmp_path, change)).record
    assert len(found.biosamples) == 2
