"""Words, ids and the long texts that are composed from the structure."""

from __future__ import annotations

import io
import zipfile
from pathlib import Path
from typing import Any

import pytest

from rembi_widgets.formats.pagetab import _texts
from rembi_widgets.formats.pagetab._words import qualifiers, said, tame, term_id
from rembi_widgets.record import Absent, Acquisition, Label, Quantity, Sample, Specimen, Term

CONFOCAL: dict[str, Any] = {
    "id": "ac-1",
    "instrument_manufacturer": "Zeiss",
    "instrument_model": "LSM 980",
    "instrument_type": "Inverted",
    "instrument_serial": "4711",
    "objective_model": "Plan-Apochromat",
    "objective_magnification": 63,
    "objective_na": 1.4,
    "objective_immersion": "Oil",
    "objective_working_distance": {"number": 0.19, "unit": "mm"},
    "light_sources": [{"id": "ls-1", "kind": "Laser", "wavelength": {"number": 488, "unit": "nm"}}],
    "detectors": [{"id": "de-1", "kind": "PMT", "model": "GaAsP"}],
    "filters": [{"id": "fi-1", "kind": "BandPass", "description": "500-550 nm"}],
    "channels": [
        {"id": "ch-1", "name": "GFP", "label": "lb-1", "excitation": {"number": 488, "unit": "nm"}},
        {"id": "ch-2"},
    ],
    "temperature": {"number": 37, "unit": "°C"},
    "software": "ZEN",
}
LABEL = Label(id="lb-1", content=Term(label="eGFP"), biological_entity=Term(label="EGFR"))


@pytest.mark.parametrize(
    ("value", "wanted"),
    [
        (None, ""),
        (True, "yes"),
        (2048.0, "2048"),
        (0.085, "0.085"),
        (Absent(absent="not_recorded", reason="lost"), "not recorded (lost)"),
        (Term(label="", id="CL:1"), "CL:1"),
        (Quantity(text="about 5", unit="ms"), "about 5 ms"),
        (("a", None, "b"), "a; b"),
        (" a\r\nb\x00 ", "a\nb"),
        ("\ud800", "\ufffd"),
    ],
)
def test_words(value: Any, wanted: str) -> None:
    assert said(value) == wanted
    assert tame(wanted) == wanted


@pytest.mark.parametrize(
    ("identity", "wanted"),
    [
        ("fbbi:00000251", "FBbi_00000251"),
        ("NCBITaxon_9606", "NCBITaxon_9606"),
        ("http://www.ebi.ac.uk/efo/EFO_0000001", "EFO_0000001"),
        ("UBERON:1", "UBERON_1"),
        ("4932", "4932"),
    ],
)
def test_ids(identity: str, wanted: str) -> None:
    assert term_id(identity) == wanted


def test_free_text_has_no_qualifiers_and_a_named_ontology_wins() -> None:
    assert qualifiers(Term(label="mouse")) == ()
    assert qualifiers("mouse") == ()
    assert qualifiers(Term(label="x", id="AB:1", ontology="My own")) == (("Ontology", "My own"), ("TermId", "AB_1"))
    assert qualifiers(Term(label="x", id="NCBITaxon:1", ontology="ncbitaxon"))[0] == ("Ontology", "NCBITaxon")


def test_the_instrument_is_composed() -> None:
    assert _texts.instrument(Acquisition.model_validate(CONFOCAL)) == (
        "Zeiss LSM 980, Inverted; Serial number: 4711; "
        "Objective: Plan-Apochromat 63x/1.4 Oil, working distance 0.19 mm; Light source: Laser 488 nm; "
        "Detector: PMT GaAsP; Filter: BandPass 500-550 nm; Software: ZEN"
    )


def test_what_the_name_of_the_objective_says_is_not_said_again() -> None:
    named = {**CONFOCAL, "objective_model": "Plan-Apochromat 63x/1.4 Oil"}
    assert "Objective: Plan-Apochromat 63x/1.4 Oil, working" in _texts.instrument(Acquisition.model_validate(named))


def test_the_parameters_are_composed() -> None:
    told = _texts.settings(Acquisition.model_validate(CONFOCAL), {"lb-1": LABEL})
    assert told == "Channel GFP: label eGFP marks EGFR, excitation 488 nm; Temperature: 37 °C"


def test_samples_that_say_the_same_say_it_once_and_others_by_name() -> None:
    specimen = Specimen(id="sp-1", preparation_method="Fixed.", preparation_url="https://example.org")
    one, two = (Sample(id=f"sa-{n}", title=f"S{n}", labels=(LABEL,)) for n in (1, 2))
    same = "Fixed.\nProtocol: https://example.org\nLabel: eGFP marks EGFR"
    assert _texts.preparation(specimen, [one]) == _texts.preparation(specimen, [one, two]) == same
    other = two.model_copy(update={"experimental_status": "control"})
    assert _texts.preparation(specimen, [one, other]).splitlines()[2:] == [
        "Sample S1: Label: eGFP marks EGFR",
        "Sample S2: Label: eGFP marks EGFR; Experimental status: control",
    ]


def test_the_app_gives_a_zip_named_after_folder_and_format(tmp_path: Path) -> None:
    from rembi_widgets.widgets import Curator
    from rembi_widgets.widgets._handlers import HANDLERS

    (tmp_path / "nuclei").mkdir()
    curator = Curator(tmp_path / "nuclei")
    curator.session.curation.set("/study/title", "A study")
    content, [data] = HANDLERS["export"](curator.session, {"format": "bia"}, [])
    curator.session.close()
    assert content["name"] == "nuclei-bia.zip"
    assert zipfile.ZipFile(io.BytesIO(data)).namelist() == ["README.txt", "submission.json", "submission.tsv"]
