"""Which objective took an image, and the tier of NBO-Q that an acquisition reaches."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from rembi_widgets.images import Passport, Tier, match_objective, tier
from rembi_widgets.images._nboq import QC, TIERS
from rembi_widgets.images._passport_match import called
from rembi_widgets.record import GUIDE, Acquisition

LENSES: list[dict[str, Any]] = [
    {"model": "PlanApo 60X/1.4 Oil", "magnification": 60.0, "na": 1.4, "immersion": "Oil"},
    {"model": "Apo N 60X Oil TIRF", "magnification": 60.0, "na": 1.49, "immersion": "Oil"},
    {"model": "UPlanFl 20x", "magnification": 20.0, "na": 0.5, "immersion": "Air"},
    {"model": "UPlanSApo 20x", "magnification": 20.0, "na": 0.75, "immersion": "Air"},
    {"model": "LUMFLN 20xW", "magnification": 20.0, "na": 0.5, "immersion": "Water"},
]
CASES: list[tuple[dict[str, Any], str, int | None, list[str]]] = [
    ({"magnification": 60, "na": 1.4}, "found", 0, []),
    ({"magnification": 60.0, "na": 1.49}, "found", 1, []),
    ({"magnification": 60, "na": 1.4, "model": "Plan Apo 60x / 1.40 Oil"}, "found", 0, ["model"]),
    ({"magnification": 60, "na": 1.4, "model": "planapo 60x"}, "found", 0, []),
    ({"magnification": 60, "na": 1.4, "immersion": "Water"}, "found", 0, ["immersion"]),
    ({"magnification": 63, "na": 1.4}, "missing", None, []),
    ({"magnification": 60, "na": 1.42}, "missing", None, []),
    ({"magnification": 60}, "several", None, []),
    ({"na": 0.75}, "found", 3, []),
    ({"magnification": 20, "na": 0.5}, "several", None, []),
    ({"magnification": 20, "na": 0.5, "immersion": "Water"}, "found", 4, []),
    ({"magnification": 20, "na": 0.5, "model": "UPlanFl 20x"}, "found", 2, []),
    ({"model": "Apo N 60X Oil TIRF"}, "found", 1, []),
    ({"model": "Apo N 60X Oil TIRF", "magnification": 100}, "found", 1, ["magnification"]),
    ({"model": "UPlan", "magnification": 4}, "several", None, []),
    ({"model": "Neofluar"}, "missing", None, []),
    ({}, "unknown", None, []),
    ({"magnification": "sixty", "model": None}, "unknown", None, []),
]


@pytest.mark.parametrize(("said", "state", "place", "differs"), CASES)
def test_objectives_are_matched(said: dict[str, Any], state: str, place: int | None, differs: list[str]) -> None:
    found = match_objective(said, LENSES)
    assert (found.state, found.place, [name for name, _, _ in found.differs]) == (state, place, differs)


def test_the_only_objective_is_taken_when_nothing_is_said() -> None:
    assert match_objective({}, LENSES[:1]).state == "only"
    assert match_objective({}, []).state == "unknown"
    assert match_objective({"magnification": 60}, []).state == "unknown"


def test_each_objective_of_a_real_microscope_finds_itself(tesm: Passport) -> None:
    lenses = [lens.values for lens in tesm.objectives]
    for place, lens in enumerate(lenses):
        alone = ({"magnification": lens["magnification"], "na": lens["na"]}, {"model": lens["model"]}, lens)
        assert [match_objective(said, lenses).place for said in alone] == [place] * 3


SAID = st.fixed_dictionaries(
    {},
    optional={
        "magnification": st.sampled_from([4, 20, 60.0, 100, "x"]),
        "na": st.sampled_from([0.5, 1.4, 1.49]),
        "model": st.sampled_from(["", "UPlanFl 20x", "Apo", "PlanApo"]),
        "immersion": st.sampled_from(["Oil", "Water"]),
    },
)


@settings(deadline=None)
@given(SAID, st.lists(SAID, max_size=4))
def test_a_match_is_one_of_those_that_are_there(said: dict[str, Any], lenses: list[dict[str, Any]]) -> None:
    found = match_objective(said, lenses)
    assert (found.place is None) is (found.state not in {"found", "only"})
    assert found.place is None or 0 <= found.place < len(lenses)
    assert all(lenses[found.place or 0][name] == its for name, _, its in found.differs)


def test_an_objective_is_called_by_model_and_numbers() -> None:
    assert [called(one) for one in (LENSES[0], {"model": "X"}, {"na": 1.4}, {})] == [
        "PlanApo 60X/1.4 Oil (60×/1.4 Oil)",
        "X",
        "1.4",
        "",
    ]


FIRST: dict[str, Any] = {
    "id": "ac-1",
    "instrument_manufacturer": "Zeiss",
    "instrument_model": "LSM 980",
    "instrument_type": "Inverted",
    "objective_manufacturer": "Zeiss",
    "objective_magnification": 63,
    "objective_na": 1.4,
    "light_sources": [{"id": "ls-1", "kind": "Laser"}, {"id": "ls-2", "kind": "Filament"}],
    "detectors": [{"id": "de-1", "kind": "PMT"}],
    "channels": [
        {"id": "ch-1", "name": "DNA", "mode": "LaserScanningConfocalMicroscopy", "contrast_method": "Fluorescence"},
        {"id": "ch-2", "name": "DIC", "mode": "LaserScanningConfocalMicroscopy", "contrast_method": "DIC"},
    ],
}
SECOND: dict[str, Any] = {
    **FIRST,
    "objective_immersion": "Oil",
    "objective_correction": "PlanApo",
    "filters": [{"id": "fi-1", "kind": "BandPass"}],
    "channels": [
        {**FIRST["channels"][0], "fluorophore": "DAPI", "illumination": "Epifluorescence"},
        {**FIRST["channels"][1], "illumination": "Transmitted"},
    ],
}
THIRD: dict[str, Any] = {
    **SECOND,
    "objective_model": "Plan-Apochromat 63x/1.40",
    "objective_working_distance": {"number": 0.19, "unit": "mm"},
    "light_sources": [{**FIRST["light_sources"][0], "wavelength": 405}, FIRST["light_sources"][1]],
    "channels": [{**SECOND["channels"][0], "excitation": 405, "emission": 450}, SECOND["channels"][1]],
    QC: "https://doi.org/10.5281/zenodo.1",
}


def reached(value: dict[str, Any]) -> Tier:
    return tier(Acquisition.model_validate(value))


def test_the_tiers_of_an_acquisition() -> None:
    assert reached({"id": "ac-1"}).reached == 0
    assert reached({"id": "ac-1"}).next == "instrument_manufacturer"
    assert reached(FIRST) == Tier(1, ("objective_immersion", "objective_correction", "filters", *_of_channels()))
    assert reached(SECOND).next == "objective_model"
    assert reached(THIRD) == Tier(3)
    assert reached(THIRD).to_json() == {"reached": 3, "of": 3, "next": None, "missing": []}


def _of_channels() -> list[str]:
    # a transmitted channel has no fluorophore, yet a way of illumination
    return ["channels/ch-1/fluorophore", "channels/ch-1/illumination", "channels/ch-2/illumination"]


@pytest.mark.parametrize(("absent", "next_"), [("not_applicable", None), ("not_recorded", "filters")])
def test_that_there_can_be_no_value_is_a_value(absent: str, next_: str | None) -> None:
    assert reached({**THIRD, "objective_correction": {"absent": absent}}).next == (next_ and "objective_correction")


def test_every_field_of_a_tier_is_one_of_the_record() -> None:
    known = GUIDE["acquisition"].fields
    for name in (name for fields in TIERS for name in fields if name != QC):
        field, _, column = name.partition("/")
        assert field in known
        assert not column or column in GUIDE[known[field].rows or ""].fields
