"""Reading microscope files: both generations of Micro-Meta App, our YAML, and what is neither."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from rembi_widgets.images import Passport, PassportError
from rembi_widgets.images._passport_read import LARGEST, read_passport_file, read_passports
from rembi_widgets.images._passport_values import number, quantity, text
from tests.passports.files import OURS, micro_meta, part


def read(document: Any) -> Passport:
    [passport] = read_passports(json.dumps(document).encode(), "scope.json")
    return passport


def dropped(passport: Passport) -> list[str]:
    return [str(note) for note in passport.warnings]


def pointed(document: Any, pointer: str) -> Any:
    for name in pointer.split("/")[1:]:
        document = document[int(name)] if isinstance(document, list) else document[name]
    return document


# name, id, version, tier, type of stand, objectives, light sources, detectors, filters: read off the files by hand
REAL = [
    ("tesm_v1.05_tier3_37components", "TESM_MMA_el_91719", "1.05.3", 3, "Inverted", (4, 5, 1, 14)),
    ("tesm_v1.05_tier5_37components", "TESM_MMA_el_91719", "1.05.3", 5, "Inverted", (4, 5, 1, 14)),
    ("tesm_v2.01_tier3_77components", "1-3-1_STRAMBIO_TESM_033121", "2.01.0", 3, "Inverted", (5, 5, 1, 19)),
]


@pytest.mark.parametrize(("file", "name", "version", "tier", "stand", "counts"), REAL)
def test_real_saves_of_both_generations(
    samples: Path, file: str, name: str, version: str, tier: int, stand: str, counts: tuple[int, ...]
) -> None:
    [passport] = read_passport_file(samples / "microscopes" / f"{file}.json")
    assert (passport.name, passport.model_version, passport.tier) == (name, version, tier)
    assert passport.stand.values["type"] == stand
    parts = (passport.objectives, passport.light_sources, passport.detectors, passport.filters)
    assert tuple(map(len, parts)) == counts


def test_every_value_of_a_real_save_has_its_place(samples: Path) -> None:
    path = samples / "microscopes" / "tesm_v2.01_tier3_77components.json"
    document, [passport] = json.loads(path.read_bytes()), read_passport_file(path)
    parts = [passport.stand, *passport.objectives, *passport.light_sources, *passport.detectors, *passport.filters]
    assert all(part.places.keys() == part.values.keys() for part in parts)
    found = [pointed(document, place) for part in parts for place in part.places.values()]
    assert len(found) > 80
    assert pointed(document, passport.objectives[0].places["na"]) == 1.4


OBJECTIVES = [
    ("PlanApo 60X/1.4 Oil", 60.0, 1.4, "Oil", "PlanApo", 0.15),
    ("Apo N 60X Oil TIRF", 60.0, 1.49, "Oil", "Apo", 0.1),
    ("UPlanAPO 40x/1.00na Oil Objective", 40.0, 1.0, "Oil", "UPlanApo", 0.12),
    ("UPlanFl 20x", 20.0, 0.5, "Air", "UPlanFl", 2.1),
    ("CFI Plan Apo NCG 100X Oil", 100.0, 1.4, "Oil", "PlanApo", 0.16),
]


def test_the_objectives_of_a_real_save(tesm: Passport) -> None:
    names = ("model", "magnification", "na", "immersion", "correction")
    found = [(*(lens.values[name] for name in names), lens.values["working_distance"]) for lens in tesm.objectives]
    assert found == [(*lens[:5], {"number": lens[5], "unit": "mm"}) for lens in OBJECTIVES]


def test_the_lasers_of_a_real_save_have_wavelengths_and_its_lamp_has_none(tesm: Passport) -> None:
    found = [(part.values["kind"], part.values.get("wavelength", {}).get("number")) for part in tesm.light_sources]
    assert found == [("Filament", None), ("Laser", 405), ("Laser", 491.5), ("Laser", 561.5), ("Laser", 658)]


def test_an_empty_slot_is_no_filter(tesm: Passport) -> None:
    assert all(part.name != "Empty" for part in tesm.filters)
    assert tesm.detectors[0].values == {
        "kind": "EMCCD",
        "manufacturer": "Andor",
        "model": "iXon 885Em (DU-885K-CSO-#VP)",
    }


def test_a_portals_item_wraps_the_same_microscope(samples: Path, tesm: Passport) -> None:
    [wrapped] = read_passport_file(samples / "microscopes" / "4dn_microscope_configuration.json")
    assert (wrapped.id, len(wrapped.filters)) == (tesm.id, len(tesm.filters))
    assert wrapped.objectives[0].places["na"].startswith("/0/microscope/components/")


@pytest.mark.parametrize("file", ["4dn_image_setting", "4dn_imaging_path", "4dn_file_microscopy"])
def test_other_items_of_the_portal_are_no_microscopes(samples: Path, file: str) -> None:
    with pytest.raises(PassportError, match=r"describes no microscope"):
        read_passport_file(samples / "microscopes" / f"{file}.json")


def test_our_own_yaml(ours: Passport) -> None:
    assert (ours.name, ours.id, ours.model_version, ours.format) == (
        "Spinning disk",
        "sd-204",
        "2026-03",
        "rembi-microscope",
    )
    assert ours.stand.values == {"manufacturer": "Nikon", "model": "Ti2-E", "type": "Inverted", "serial": "no"}
    assert ours.qc == "https://doi.org/10.5281/zenodo.1"
    assert [lens.values["na"] for lens in ours.objectives] == [1.4, 0.75]
    assert [lens.values["working_distance"] for lens in ours.objectives] == [
        {"number": 0.13, "unit": "mm"},
        {"number": 40.0, "unit": "µm"},
    ]
    assert [light.values["wavelength"]["number"] for light in ours.light_sources] == [488.0, 561.0]
    assert ours.objectives[0].values["immersion"] == "Oil"
    assert ours.warnings == ()


def test_keys_that_are_not_known_are_told() -> None:
    [passport] = read_passports((OURS + "colour: red\n").encode(), "sd.yaml")
    assert dropped(passport) == ["“colour” is no key of a microscope file, and is left out."]


@pytest.mark.parametrize(
    ("values", "notes"),
    [
        ({"LensNA": 0}, 0),
        ({"LensNA": 14}, 1),
        ({"Magnification": -60}, 1),
        ({"Magnification": "sixty"}, 1),
        ({"WorkingDistance": 0.1, "WorkingDistanceUnit": "pixel"}, 1),
        ({"Correction": "Other"}, 0),
        ({"NominalImmersionMedium": "NA"}, 0),
        ({"Manufacturer": ["x"]}, 1),
    ],
)
def test_a_value_that_cannot_be_costs_that_value(values: dict[str, Any], notes: int) -> None:
    passport = read(micro_meta(part("Objective", Model="Lens", **values)))
    assert passport.objectives[0].values == {"model": "Lens"}
    assert len(dropped(passport)) == notes


def test_lengths_and_words_are_those_of_the_record() -> None:
    given = {"WorkingDistance": 110, "WorkingDistanceUnit": "Âµm", "ImmersionType": "Mineral Oil"}
    lens = read(micro_meta(part("Objective", **given))).objectives[0]
    assert (lens.values["working_distance"], lens.values["immersion"]) == ({"number": 0.11, "unit": "mm"}, "Oil")


def test_an_engraving_says_what_numbers_leave_open() -> None:
    lens = read(micro_meta(part("Objective", Model="HC PL APO CS2 63x/1.30 GLYC"))).objectives[0]
    assert (lens.values["magnification"], lens.values["na"], lens.values["immersion"]) == (63.0, 1.3, "Glycerol")
    assert lens.places["na"] == "/components/0/Model"


@pytest.mark.parametrize(
    ("schema", "group", "kind"),
    [
        ("Fluorescence_LightSource_LightEmittingDiode", "light_sources", "LightEmittingDiode"),
        ("Transmitted_LightSource_Something", "light_sources", "Other"),
        ("Laser", "light_sources", "Laser"),
        ("CMOS", "detectors", "CMOS"),
        ("PhotoMultiplierTube", "detectors", "PMT"),
        ("HybridPhotoDetector", "detectors", "Hybrid detector"),
        ("FilterCube", "filters", "FilterSet"),
        ("NeutralDensityFilter", "filters", "NeutralDensity"),
        ("StandardDichroic", "filters", "Dichroic"),
    ],
)
def test_components_are_told_by_their_schema(schema: str, group: str, kind: str) -> None:
    [found] = getattr(read(micro_meta(part(schema, Model="M"))), group)
    assert (found.values["kind"], found.values["model"]) == (kind, "M")


@pytest.mark.parametrize("schema", ["MicroscopeTable", "EmissionFilterWheel", "ObjectiveTurret", "", "x" * 500])
def test_components_that_are_not_asked_for_are_left_alone(schema: str) -> None:
    passport = read(micro_meta(part(schema, Model="M"), "text", None, 3))  # type: ignore[arg-type]
    assert not any((passport.objectives, passport.light_sources, passport.detectors, passport.filters))


def test_a_filter_says_what_it_lets_through() -> None:
    bands = [{"Wavelength": 525, "FWHMBandwidth": 50}, {"CutIn": 680, "CutOut": 0}, "?"]
    [found] = read(micro_meta(part("EmissionFilter", Type="MultiPass", TransmittanceRange=bands))).filters
    assert found.values == {"kind": "MultiPass", "description": "EmissionFilter: 525/50, >680 nm"}


BROKEN = [
    (b"", "is empty"),
    (b"   \n", "is empty"),
    (b"\x00\x01\x02", "is no text"),
    (b"{", "no JSON"),
    (b'{"a": 1', "no JSON"),
    (b"[" * 100_000, "no JSON"),
    (b'{"a":' * 200 + b"1" + b"}" * 200, "no JSON"),
    (b"[]", "describes no microscope"),
    (b'{"Schema_ID": "Image.json"}', "settings of one image"),
    (b"key: [1, 2", "no YAML"),
    (b"microscope: &a x\nmodel: *a\n", "aliases"),
    (b"a: &a [x]\nb: &b [*a,*a]\nc: [*b,*b]\n", "aliases"),
    (b"microscope: n/a\n", "does not name"),
    (b"!!python/object/apply:os.system ['true']", "describes no microscope"),
    (b"- " * 100_000, "no YAML"),
    (b"microscope: x\nmicroscope: !!binary\n  - y", "describes no microscope"),
    (b"x" * (300 * 1024), "larger than 256 kB"),
    (b"x" * (LARGEST + 1), "larger than 16 MB"),
    (json.dumps(micro_meta(*[{}] * 5001)).encode(), "more than 5000 parts"),
]


@pytest.mark.parametrize(("data", "said"), BROKEN, ids=[said for _, said in BROKEN])
def test_what_is_no_microscope_gives_a_sentence(data: bytes, said: str) -> None:
    with pytest.raises(PassportError, match=said) as caught:
        read_passports(data, "odd.file")
    assert caught.value.say("fr") != caught.value.say("en")


def test_latin_1_and_a_mark_at_the_start_are_read() -> None:
    document = json.dumps(micro_meta(Name="Mikroskop für µ"), ensure_ascii=False)
    for encoding in ("latin-1", "utf-8-sig", "utf-16"):
        [passport] = read_passports(document.encode(encoding), "scope.json")
        assert passport.name == "Mikroskop für µ"


def test_a_file_that_cannot_be_opened_gives_a_sentence(tmp_path: Path) -> None:
    with pytest.raises(PassportError, match=r"nowhere\.json cannot be opened"):
        read_passport_file(tmp_path / "nowhere.json")


SCALARS = st.one_of(st.none(), st.booleans(), st.integers(), st.floats(), st.text(max_size=20))
KEYS = st.sampled_from(["Name", "Model", "LensNA", "Magnification", "WorkingDistance", "WorkingDistanceUnit", "Type"])
HELD = st.recursive(SCALARS, lambda inner: st.lists(inner, max_size=3) | st.dictionaries(KEYS, inner, max_size=4))
SCHEMAS = st.sampled_from(["Objective.json", "CCD.json", "EmissionFilter.json", "Laser.json", "Instrument.json", ""])
EXTRA = st.sampled_from(["TransmittanceRange", "IlluminationWavelengthRange", "Manufacturer"])
COMPONENTS = st.dictionaries(st.one_of(KEYS, EXTRA), HELD, max_size=6).flatmap(
    lambda held: SCHEMAS.map(lambda schema: {**held, "Schema_ID": schema})
)


@settings(deadline=None)
@given(st.lists(COMPONENTS | HELD, max_size=5), HELD, HELD)
@example([{"Schema_ID": "Objective.json", "LensNA": float("nan"), "Magnification": 10**400}], None, {"Type": 3})
@example([{"Schema_ID": "Laser.json", "IlluminationWavelengthRange": {"PeakWavelength": "\ud800"}}], "\ud800", [])
def test_no_micro_meta_document_breaks_the_reader(components: list[Any], name: Any, stand: Any) -> None:
    document = {"Schema_ID": "Instrument.json", "Name": name, "MicroscopeStand": stand, "components": components}
    try:
        found = read_passports(json.dumps(document).encode(), "odd.json")
    except PassportError:
        return  # a number of more digits than are read
    for passport in found:
        json.dumps(passport.to_json(), allow_nan=False).encode()
        passport.line("fr").encode()
        assert all(note.say("fr") for note in passport.warnings)


@settings(deadline=None)
@given(
    st.binary(max_size=300) | st.text(max_size=200).map(lambda said: f"microscope: {said}".encode("utf-8", "replace"))
)
@example(b"microscope: x\nobjectives: {na: .inf}\nlight_sources: [1]\n1: 2\n? [a]\n: b\n")
def test_no_bytes_break_the_reader(data: bytes) -> None:
    try:
        found = read_passports(data, "odd.yaml")
    except PassportError as fault:
        said = [fault.say("fr")]
    else:
        said = [passport.line("fr") for passport in found]
    assert all(said)


@settings(deadline=None)
@given(st.floats(min_value=0.2, max_value=1.6), st.integers(min_value=1, max_value=150))
def test_numbers_are_what_was_written(aperture: float, power: int) -> None:
    na = round(aperture, 2)
    document = micro_meta(part("Objective", LensNA=str(na).replace(".", ","), Magnification=f"{power}x"))
    lens = read(document).objectives[0]
    assert (lens.values["na"], lens.values["magnification"]) == (na, float(power))


def test_what_says_nothing_is_nothing() -> None:
    assert [text(said) for said in ("NA", " n/a ", "", True, [], "a\tb\x00c")] == [None] * 5 + ["a b c"]
    assert number("1e400") is None
    assert quantity("wavelength", 0.488, "µm") == {"number": 488.0, "unit": "nm"}
    assert quantity("wavelength", 488.0, "1/nm") is None
