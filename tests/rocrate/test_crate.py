"""Crates: what stands where, what must be there, what may be hostile; and what the archive's own checker says."""

from __future__ import annotations

import json
import os
import re
import tempfile
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings

from rembi_widgets.formats import FORMATS, rocrate, write
from rembi_widgets.formats.rocrate._context import OURS, context, terms
from rembi_widgets.record import Curation, Table
from tests.formats.builder import full_record
from tests.formats.full_records import full_records
from tests.rocrate import validator
from tests.rocrate.reading import Crate, read
from tests.strategies import records

IMAGE, PATH, SOURCE = "http://bia/Image", "http://bia/filePath", "http://bia/associatedSourceImage"
TYPE = "http://www.w3.org/1999/02/22-rdf-syntax-ns#type"


@pytest.fixture(scope="module")
def crate(tmp_path_factory: pytest.TempPathFactory) -> Crate:
    folder = tmp_path_factory.mktemp("crate")
    rocrate.write(full_record(), folder)
    return read(folder)


def crate_of(**parts: Any) -> Crate:
    with tempfile.TemporaryDirectory() as folder:
        rocrate.write(Curation.model_validate(parts), Path(folder))
        return read(Path(folder))


def codes(**parts: Any) -> list[str]:
    with tempfile.TemporaryDirectory() as folder:
        return [one.code for one in rocrate.write(Curation.model_validate(parts), Path(folder)).findings]


def test_it_is_a_format(tmp_path: Path) -> None:
    assert "rocrate" in FORMATS
    written = write("rocrate", full_record(), tmp_path / "out")
    assert [path.name for path in written.files] == ["ro-crate-metadata.json", "file_list.tsv"]


def test_the_study_is_the_root(crate: Crate) -> None:
    study = crate.only("Study")
    assert study["@id"] == "./"
    assert study["name"] == full_record().study.title
    assert [node["name"] for node in crate.of(study, "author")] == ["Marie Curie", "Perrine Paul"]
    assert {node["@id"] for node in crate.of(study, "hasPart")} >= {"#sc-1", "#sc-2", "file_list.tsv"}
    assert crate.of(study, "funding")[0]["identifier"] == "ANR-10-INBS-04"
    assert crate.of(study, "relatedPublication")[0]["yearPublished"] == 2021
    assert [node["@id"] for node in crate.of(study, "seeAlso")] == ["https://example.org/a", "https://example.org/b"]


def test_people_and_organisations_have_their_own_ids(crate: Crate) -> None:
    person = crate.nodes["https://orcid.org/0000-0002-1825-0097"]
    assert person["givenName"], person["familyName"] == ("Marie", "Curie")
    assert [node["@id"] for node in crate.of(person, "memberOf")] == ["https://ror.org/04t0gwh46", "#or-2"]


def test_two_people_of_one_orcid_are_two() -> None:
    people = [{"id": f"pe-{n}", "last_name": name, "orcid": "0000-0002-1825-0097"} for n, name in enumerate("AB")]
    assert [node["name"] for node in crate_of(people=people).all("Contributor")] == ["A", "B"]


def test_labels_are_signal_channels_of_the_sample_and_of_its_preparation(crate: Crate) -> None:
    sample = crate.nodes["#sa-1-1"]
    channels = crate.of(sample, "signalChannelInformation")
    assert [node["channelContentDescription"] for node in channels] == ["DAPI (CHEBI_51231)", "AF488"]
    assert [node["channelBiologicalEntity"] for node in channels] == ["DNA", "\u03b1-tubulin"]
    assert [node["identifier"] for node in channels] == ["DAPI", "GFP"]
    assert {node["signalContrastMechanismDescription"] for node in channels} == {"fluorescence"}
    preparation = crate.of(sample, "imagingPreparationProtocol")[0]
    assert {node["@id"] for node in channels} <= {
        node["@id"] for node in crate.of(preparation, "signalChannelInformation")
    }


def test_a_contrast_without_labels_is_a_signal_channel_too() -> None:
    sample = {"id": "sa-1", "biosample": "bs-1", "specimen": "sp-1", "signal_contrast_mechanism": ["phase"]}
    made = crate_of(biosamples=[{"id": "bs-1"}], specimens=[{"id": "sp-1"}], samples=[sample])
    assert made.only("SignalChannel")["signalContrastMechanismDescription"] == "phase"


def test_samples_say_their_status_and_place(crate: Crate) -> None:
    sample = crate.nodes["#sa-1-1"]
    assert sample["experimentalStatus"] == "control"
    assert sample["locationWithinBiosample"] == "whole cell"
    assert crate.of(sample, "biologicalEntity")[0]["name"] == "HeLa-1"


def test_organisms_are_taxa_with_the_archives_ids(crate: Crate) -> None:
    assert crate.only("Taxon")["@id"] == "NCBI:txid9606"
    labels = [{"label": "Homo sapiens (human)", "id": "NCBITaxon:9606"}, {"label": "human", "id": "NCBITaxon:9606"}]
    made = crate_of(biosamples=[{"id": "bs-1", "organism": labels}])
    assert [node["scientificName"] for node in made.all("Taxon")] == ["Homo sapiens", "human"]
    assert made.all("Taxon")[0]["commonName"] == "human"


def test_methods_keep_their_ids_in_the_form_of_the_profile() -> None:
    methods = [{"label": "confocal", "id": "FBbi:00000251"}, {"label": "echography", "id": "EDAM:3954"}, "by eye"]
    node = crate_of(acquisitions=[{"id": "ac-1", "imaging_method": methods}]).only("ImageAcquisitionProtocol")
    assert node["imagingMethodName"] == ["confocal", "echography (EDAM_3954)", "by eye"]
    assert node["fbbiId"] == ["obo:FBbi_00000251"]


def test_components_and_annotations_are_data_sets_of_two_kinds(crate: Crate) -> None:
    rembi = [node["name"] for node in crate.all("RembiDataset")]
    assert rembi == ["Fixed confocal", "Live widefield"]
    annotated = crate.only("MifaDataset")
    assert crate.of(annotated, "associatedAnnotationMethod")[0]["annotationCriteria"] == "in focus"


def test_rows_name_their_data_set_specimen_and_acquisition(crate: Crate) -> None:
    rows = {row[PATH]: row for row in crate.rows}
    record = full_record()
    assert rows.keys() <= set(record.files.column("path"))
    first = rows["images/c1/spec-1-1_000.ome.tiff"]
    assert first["http://schema.org/isPartOf"] == "#sc-1"
    assert first["http://bia/associatedSubject"] == "#sa-1-1"
    assert first["http://bia/associatedImageAcquisitionProtocol"] == "#ac-1"
    assert first[TYPE] == IMAGE
    assert first["SizeX"] == "2048"


def test_sources_of_annotations_are_rows_of_images(crate: Crate) -> None:
    rows = {row[PATH]: row for row in crate.rows}
    sources = [row[SOURCE] for row in crate.rows if row[SOURCE]]
    assert sources
    assert all(rows[path][TYPE] == IMAGE for path in sources)


@pytest.mark.parametrize("path", ["a,b.tif", "[x].tif", "NA", "1", "nan/x", "N/A", "1e5", '"q".tif', "#3/b.tif"])
def test_a_path_that_a_cell_cannot_hold_is_named_otherwise(path: str) -> None:
    made = crate_of(
        components=[{"id": "sc-1"}],
        annotations=[{"id": "at-1"}],
        files=Table(
            ("fl-1", "fl-2"),
            {
                "path": (path, "mask.tif"),
                "component": ("sc-1", None),
                "made_by": (None, "at-1"),
                "source_image": (None, "fl-1"),
            },
        ),
    )
    image, mask = made.rows
    assert image[PATH].removeprefix("./") == path
    assert image[TYPE] == IMAGE
    assert mask[SOURCE] in {image[PATH], image["http://schema.org/name"]}
    assert not re.search(r'[,"\[\]]', mask[SOURCE])


def test_a_file_of_two_components_stands_once_and_is_told() -> None:
    parts = {
        "components": [
            {"id": "sc-1", "associations": [{"id": "as-1"}]},
            {"id": "sc-2", "associations": [{"id": "as-2"}]},
        ],
        "files": Table(("fl-1",), {"path": ("a.czi",)}),
        "images": Table(("im-1", "im-2"), {"file": ("fl-1", "fl-1"), "association": ("as-1", "as-2")}),
    }
    assert [row[PATH] for row in crate_of(**parts).rows] == ["a.czi"]
    assert "rocrate_twice" in codes(**parts)


def test_what_nobody_gave_is_told_and_something_stands_for_it() -> None:
    found = codes()
    wanted = ["rocrate_title", "rocrate_description", "rocrate_people", "rocrate_license", "rocrate_release_date"]
    assert found == wanted
    study = crate_of().only("Study")
    assert study["name"] == "not recorded"
    assert study["license"] == "https://www.ebi.ac.uk/about/terms-of-use/"
    assert study["datePublished"] == datetime.now(UTC).date().isoformat()
    assert study["accessionId"] == "not assigned"


@pytest.mark.parametrize("said", ["CC BY 4.0", "cc-by-4.0", "https://creativecommons.org/licenses/by/4.0/legalcode"])
def test_licences_are_addresses(said: str) -> None:
    study = crate_of(study={"license": said}).only("Study")
    assert study["license"] == "https://creativecommons.org/licenses/by/4.0/legalcode"
    assert study["licenseStatement"] == said


def test_unknown_keys_are_told() -> None:
    made = crate_of(
        people=[{"id": "pe-1", "last_name": "A", "x-shoe": "44"}],
        specimens=[{"id": "sp-1", "x-storage": {"at": "-80"}}],
        links=[{"id": "li-1", "url": "not an address", "x-seen": "yes"}],
    )
    assert made.only("Contributor")["description"] == "x-shoe: 44"
    assert "x-storage at: -80" in made.only("SpecimenImagingPreparationProtocol")["description"]
    assert made.only("ExternalReference")["url"] == "not an address"


def test_what_nothing_uses_is_in_the_crate_all_the_same() -> None:
    made = crate_of(biosamples=[{"id": "bs-1", "title": "left over"}])
    assert [node["name"] for node in made.of(made.only("Study"), "mentions")] == ["left over"]


@settings(max_examples=20, deadline=None, suppress_health_check=list(HealthCheck))
@given(full_records() | records())
def test_every_reference_of_any_record_leads_somewhere(record: Curation) -> None:
    with tempfile.TemporaryDirectory() as folder:
        rocrate.write(record, Path(folder))
        read(Path(folder))


def _texts(crate: Crate) -> str:
    return re.sub(r"\s+", " ", json.dumps([*crate.nodes.values(), crate.rows], ensure_ascii=False))


@settings(max_examples=12, deadline=None, suppress_health_check=list(HealthCheck))
@given(full_records())
def test_every_text_of_a_module_is_in_the_crate(record: Curation) -> None:
    with tempfile.TemporaryDirectory() as folder:
        rocrate.write(record, Path(folder))
        held = _texts(read(Path(folder)))
    for collection in ("biosamples", "specimens", "samples", "correlations", "analyses", "annotations", "publications"):
        for entity in getattr(record, collection):
            for name, value in entity:
                if isinstance(value, str) and name not in {"id", "biosample", "specimen"} and value.isprintable():
                    wanted = re.sub(r"\s+", " ", json.dumps(value.strip(), ensure_ascii=False)[1:-1])
                    assert wanted in held, (collection, name, value)


def test_our_names_are_not_the_archives() -> None:
    assert not set(OURS) & set(terms())
    assert context()[0] == "https://w3id.org/ro/crate/1.1/context"


def test_the_terms_are_those_of_the_checker(samples: Path) -> None:
    said = json.loads((samples / "rocrate" / "bia" / "bia-context-0.3.1.json").read_text(encoding="utf-8"))
    assert said["@context"] == [context()[0], terms()]


def test_every_property_has_a_name_in_the_context(crate: Crate, samples: Path) -> None:
    said = json.loads((samples / validator.CONTEXT).read_text(encoding="utf-8"))["@context"]
    known = said.keys() | terms().keys() | set(OURS)
    used = {name for node in crate.nodes.values() for name in node if not name.startswith("@")}
    assert used <= known


def test_the_checker_has_no_issue() -> None:
    reason = validator.why_not()
    if reason:
        (pytest.fail if os.environ.get("REMBI_REQUIRE_BIACRATE") == "1" else pytest.skip)(reason)
    found = validator.issues()
    assert found["context"] == [context()[0], terms()]
    assert len(found["crates"]) == validator.RANDOM + 1
    assert {name: said for name, said in found["crates"].items() if said} == {}


def test_the_checker_does_find_faults(tmp_path: Path) -> None:
    if reason := validator.why_not():
        pytest.skip(reason)
    rocrate.write(full_record(), tmp_path)
    file = tmp_path / "ro-crate-metadata.json"
    file.write_text(file.read_text(encoding="utf-8").replace('"bia:Dataset"', '"bia:Taxon"'), encoding="utf-8")
    assert any(validator.checked([tmp_path])["crates"].values())


def test_without_its_interpreter_the_checker_is_not_run(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.delenv("REMBI_BIACRATE_PYTHON", raising=False)
    assert validator.main([]) == 0
    assert validator.main(["--required"]) == 1
    assert capsys.readouterr().out.startswith("bia-ro-crate-validator: NOT RUN (")
