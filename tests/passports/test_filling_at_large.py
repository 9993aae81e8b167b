"""What filling from a microscope promises: nobody's word is lost, twice is once, one undo takes all; tiers rise."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rembi_widgets.checks import microscope_findings
from rembi_widgets.errors import RembiError
from rembi_widgets.images import Passport, chosen_microscope, passport_edits, tier
from rembi_widgets.images._nboq import TIERS
from rembi_widgets.images._passport import PassportPart
from rembi_widgets.images._passport_edits import OBJECTIVE, STAND, USED
from rembi_widgets.locale import LANGUAGES
from rembi_widgets.record import get
from rembi_widgets.store import open_curation
from tests.passports.files import ACQUISITION

WORDS = st.sampled_from(["Nikon", "Zeiss", "Ti2-E", "Axio Imager", "Inverted"])
SAID = st.dictionaries(st.sampled_from(sorted(STAND.values())), WORDS, max_size=6)
LENSES = [
    PassportPart(values={"model": "Plan Apo 60x", "magnification": 60.0, "na": 1.4, "immersion": "Oil"}),
    PassportPart(values={"model": "Plan Apo 20x", "magnification": 20.0, "na": 0.75, "immersion": "Air"}),
]


def scope(name: str = "Scope", *, lenses: int = 2, **stand: Any) -> Passport:
    part = PassportPart(values=stand or {"manufacturer": "Nikon", "model": "Ti2-E"})
    return Passport(name=name, id=f"id-{name}", source=f"{name}.json", stand=part, objectives=tuple(LENSES[:lenses]))


def opened(*said: dict[str, Any], origin: str | None = None) -> Any:
    made = open_curation(None)
    made.edit(
        [
            {"op": "add", "path": "/acquisitions", "id": f"ac-{n}", "value": {"title": f"A{n}", **value}}
            for n, value in enumerate(said, 1)
        ],
        **({"origin": origin} if origin else {}),
    )
    return made


def use(made: Any, passport: Passport, **given_: Any) -> Any:
    return made.propose(passport_edits(made.record, passport, **given_), origin="passport")


@given(SAID)
def test_what_a_person_said_is_never_lost(said: dict[str, str]) -> None:
    made = opened(said)
    use(made, scope(manufacturer="Leica", model="SP8", type="Upright"))
    [held] = made.record.acquisitions
    assert {name: getattr(held, name) for name in said} == said
    for of, value in (("manufacturer", "Leica"), ("model", "SP8"), ("type", "Upright")):
        if STAND[of] not in said:
            assert getattr(held, STAND[of]) == value


@given(SAID, st.integers(0, 2))
def test_choosing_twice_is_choosing_once(said: dict[str, str], lenses: int) -> None:
    made, passport = opened(said, {}), scope(lenses=lenses)
    assert use(made, passport) is not None
    before = made.record
    assert passport_edits(made.record, passport) == []
    assert use(made, passport) is None
    made.undo()
    assert chosen_microscope(made.record.acquisitions[0]) is None
    made.redo()
    assert made.record.acquisitions == before.acquisitions


@given(st.lists(st.sampled_from(["A", "B", "C"]), min_size=1, max_size=5))
def test_only_the_last_microscope_is_kept(names: list[str]) -> None:
    made = opened(ACQUISITION)
    for name in names:
        use(made, scope(name, manufacturer=f"Maker {name}"))
    [held] = made.record.acquisitions
    assert (chosen_microscope(held) or {})["name"] == names[-1]
    assert held.instrument_manufacturer == f"Maker {names[-1]}"
    assert [one["name"] for one in get(made.record, USED)] == [names[-1]]


def test_a_microscope_stays_known_while_one_acquisition_has_it() -> None:
    made = opened({}, {})
    use(made, scope("A"))
    use(made, scope("B"), acquisitions=["ac-2"])
    assert sorted(one["name"] for one in get(made.record, USED)) == ["A", "B"]
    use(made, scope("B"), acquisitions=["ac-1"])
    assert [one["name"] for one in get(made.record, USED)] == ["B"]


@pytest.mark.parametrize(
    ("said", "place"),
    [
        ({"objective_magnification": 60}, 0),
        ({"objective_na": 0.75}, 1),
        ({"objective_model": "PLAN APO 20X"}, 1),
        ({}, None),
        ({"objective_magnification": 100}, None),
    ],
)
def test_the_objective_is_that_which_the_images_tell(said: dict[str, Any], place: int | None) -> None:
    made = opened(said, origin="scan")
    use(made, scope())
    [held] = made.record.acquisitions
    assert held.objective_immersion == (None if place is None else LENSES[place].values["immersion"])


@pytest.mark.parametrize("place", [0, 1])
def test_a_person_may_choose_the_objective(place: int) -> None:
    made = opened({})
    use(made, scope(), objective=place)
    [held] = made.record.acquisitions
    for name in OBJECTIVE:
        assert getattr(held, f"objective_{name}") == LENSES[place].values.get(name)


@pytest.mark.parametrize(
    ("wrong", "key"),
    [
        ({"objective": 2}, "microscopes.no_objective"),
        ({"objective": -1}, "microscopes.no_objective"),
        ({"acquisitions": ["ac-9"]}, "microscopes.no_acquisition"),
        ({"acquisitions": ["ac-1", ""]}, "microscopes.no_acquisition"),
    ],
)
def test_what_is_not_there_cannot_be_filled(wrong: dict[str, Any], key: str) -> None:
    made = opened({})
    with pytest.raises(RembiError) as raised:
        passport_edits(made.record, scope(), **wrong)
    assert raised.value.key == key
    assert all(raised.value.say(lang) for lang in LANGUAGES)


def test_nothing_is_filled_where_nothing_is_named() -> None:
    assert passport_edits(opened({}).record, scope(), []) == []
    assert passport_edits(opened().record, scope()) == []


def test_an_acquisition_named_twice_is_filled_once() -> None:
    made = opened({})
    once, twice = (len(passport_edits(made.record, scope(), names)) for names in (["ac-1"], ["ac-1", "ac-1"]))
    assert once == twice > 0


@pytest.mark.parametrize(
    ("said", "codes"),
    [
        ({"objective_magnification": 100}, {"objective_not_on_microscope"}),
        ({"objective_magnification": 60, "objective_immersion": "Water"}, {"objective_conflict"}),
        ({"instrument_model": "Axio Imager"}, {"stand_conflict"}),
        ({"instrument_model": "TI2 E"}, set()),
        ({"objective_magnification": 60.2}, set()),
        ({}, set()),
    ],
)
def test_what_does_not_fit_has_its_code(said: dict[str, Any], codes: set[str]) -> None:
    made = opened(said, origin="scan")
    use(made, scope())
    found = microscope_findings(made.record)
    assert {one.code for one in found} == codes
    for one in found:
        assert one.path.startswith("/acquisitions/ac-1/")
        assert all(str(one.found) in one.message(lang) for lang in LANGUAGES)


def test_a_conflict_is_settled_by_its_fix() -> None:
    made = opened({"objective_magnification": 60, "objective_immersion": "Water"}, origin="scan")
    use(made, scope())
    [one] = microscope_findings(made.record)
    made.edit(one.fix)
    assert made.record.acquisitions[0].objective_immersion == "Oil"
    assert microscope_findings(made.record) == ()


@given(st.lists(st.sampled_from([name for fields in TIERS for name in fields if "/" not in name]), unique=True))
def test_a_field_more_never_lowers_the_tier(names: list[str]) -> None:
    made, reached = opened({}), 0
    for name in names:
        value: Any = {"number": 1, "unit": "mm"} if name.endswith("distance") else 1
        kind = value if name.endswith(("magnification", "na", "distance")) else "word"
        before = tier(made.record.acquisitions[0]).missing
        made.edit([{"op": "set", "path": f"/acquisitions/ac-1/{name}", "value": kind}])
        now = tier(made.record.acquisitions[0])
        assert now.reached >= reached
        assert name not in now.missing
        if now.reached == reached:
            assert set(now.missing) == set(before) - {name}
        reached = now.reached


def test_the_whole_road_to_the_highest_tier() -> None:
    value: dict[str, Any] = {
        **{name: "word" for name in TIERS[0] + TIERS[1] if "/" not in name},
        "objective_magnification": 60,
        "objective_na": 1.4,
        "light_sources": [{"id": "ls-1", "kind": "Laser", "wavelength": {"number": 488, "unit": "nm"}}],
        "detectors": [{"id": "de-1", "kind": "CMOS"}],
        "filters": [{"id": "fi-1", "kind": "BandPass"}],
        "channels": [{"id": "ch-1", "name": "a", "mode": "b", "contrast_method": "Brightfield", "illumination": "c"}],
    }
    made = opened(value)
    found = tier(made.record.acquisitions[0])
    assert (found.reached, found.next) == (2, "objective_model")
    assert set(found.missing) == {"objective_model", "objective_working_distance", "x-qc_dataset"}
    distance = {"number": 0.13, "unit": "mm"}
    for name, said in (("objective_model", "x"), ("objective_working_distance", distance), ("x-qc_dataset", "y")):
        made.edit([{"op": "set", "path": f"/acquisitions/ac-1/{name}", "value": said}])
    assert tier(made.record.acquisitions[0]).to_json() == {"reached": 3, "of": 3, "next": None, "missing": []}
