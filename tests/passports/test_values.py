"""Words and numbers of microscope files: units, decimal commas, what says nothing, what cannot be; names of parts."""

from __future__ import annotations

import json
import math
from contextlib import suppress
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rembi_widgets.images import Passport
from rembi_widgets.images._passport import GROUPS, Microscopes, PassportError, PassportPart
from rembi_widgets.images._passport_match import alike, called, folded, match_objective, near
from rembi_widgets.images._passport_read import read_passport_file, read_passports
from rembi_widgets.images._passport_values import (
    IMMERSION,
    LONGEST,
    NOTHING,
    RANGES,
    Part,
    number,
    quantity,
    split,
    text,
)
from rembi_widgets.locale import LANGUAGES
from tests.passports.files import OURS, micro_meta, part

VALUES = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=12),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=5), inner, max_size=3),
    max_leaves=8,
)


def read(document: Any) -> Passport:
    [passport] = read_passports(json.dumps(document).encode(), "scope.json")
    return passport


@pytest.mark.parametrize("word", sorted(NOTHING))
def test_every_word_for_nothing_is_nothing(word: str) -> None:
    assert text(word) is None
    assert text(f"  {word.upper()} ") is None


@pytest.mark.parametrize(
    ("said", "wanted"),
    [
        (1.4, "1.4"),
        (40, "40"),
        (0, "0"),
        (True, None),
        (None, None),
        (["x"], None),
        ("a\tb\nc", "a b c"),
        ("a\x00b", "a b"),
        ("half \ud800", "half ?"),
        (0.1 + 0.2, "0.3"),
    ],
)
def test_a_text_is_one_line(said: Any, wanted: str | None) -> None:
    assert text(said) == wanted


@given(st.text(max_size=60))
def test_a_text_read_again_is_the_same(said: str) -> None:
    found = text(said)
    assert found is None or text(found) == found


def test_a_long_text_is_cut() -> None:
    assert len(text("x" * 3 * LONGEST) or "") == LONGEST


@pytest.mark.parametrize(
    ("said", "wanted"),
    [
        ("488 nm", (488.0, "nm")),
        ("0,17mm", (0.17, "mm")),
        ("1e3", (1000.0, None)),
        ("1e3000", (None, None)),
        ("-5 °C", (-5.0, "°C")),
        ("nm 488", (None, None)),
        ("1.2.3", (None, None)),
        ("1e3000 nm", (None, None)),
        ("488 nm laser", (None, None)),
        (7, (7.0, None)),
        (math.inf, (None, None)),
        (math.nan, (None, None)),
        (True, (None, None)),
        ({}, (None, None)),
    ],
)
def test_a_number_and_its_unit(said: Any, wanted: tuple[float | None, str | None]) -> None:
    assert split(said) == wanted


@pytest.mark.parametrize(
    ("said", "wanted"), [("60x", 60.0), ("60 X", 60.0), ("60×", 60.0), ("1,4", 1.4), ("60 nm", None), ("x60", None)]
)
def test_a_magnification_may_have_its_sign(said: str, wanted: float | None) -> None:
    assert number(said) == wanted


@pytest.mark.parametrize(
    ("name", "amount", "unit", "wanted"),
    [
        ("wavelength", 488, "nm", {"number": 488, "unit": "nm"}),
        ("wavelength", 0.488, "µm", {"number": 488, "unit": "nm"}),
        ("wavelength", 4880, "Å", {"number": 488, "unit": "nm"}),
        ("wavelength", 99, "nm", None),
        ("wavelength", 488, "furlong", None),
        ("wavelength", None, "nm", None),
        ("working_distance", 0.13, "mm", {"number": 0.13, "unit": "mm"}),
        ("working_distance", 130, "µm", {"number": 0.13, "unit": "mm"}),
        ("working_distance", 99, "µm", {"number": 99, "unit": "µm"}),
        ("working_distance", 40, "Âµm", {"number": 40, "unit": "µm"}),
        ("working_distance", 1, "m", None),
        ("working_distance", -3, "mm", None),
    ],
)
def test_lengths_are_in_the_units_of_the_record(name: str, amount: Any, unit: str, wanted: Any) -> None:
    assert quantity(name, amount, unit) == wanted


@pytest.mark.parametrize("name", ["magnification", "na", "refractive_index"])
def test_the_ends_of_what_can_be_are_kept_and_beyond_is_told(name: str) -> None:
    least, most = RANGES[name]
    for value, kept in ((least, True), (most, True), (least / 2, False), (most * 1.1, False)):
        made = Part("/objectives/0")
        made.number(name, {"key": value}, "key")
        assert (name in made.values) is kept
        assert len(made.notes) == (not kept)


def test_the_first_key_that_says_something_is_taken() -> None:
    made = Part("/x")
    made.word("model", {"Model": "N/A", "Name": "Plan Apo"}, "Model", "Name")
    made.number("na", {"LensNA": 0, "NumericalAperture": "1,4"}, "LensNA", "NumericalAperture")
    assert made.values == {"model": "Plan Apo", "na": 1.4}
    assert made.places == {"model": "/x/Name", "na": "/x/NumericalAperture"}
    assert made.notes == []


@pytest.mark.parametrize(("word", "medium"), IMMERSION.items())
def test_every_word_for_a_medium_is_one_of_ome(word: str, medium: str) -> None:
    found = read(micro_meta(part("Objective", Model="Lens", ImmersionType=word.title())))
    assert found.objectives[0].values["immersion"] == medium


@pytest.mark.parametrize("lang", LANGUAGES)
def test_a_dropped_value_is_told_with_its_place(lang: str) -> None:
    [note] = read(micro_meta(part("Objective", Model="Lens", LensNA=14))).warnings
    assert "/components/0/LensNA" in note.say(lang)
    assert "14" in note.say(lang)


@given(values=st.dictionaries(st.sampled_from(["Model", "LensNA", "Magnification", "WorkingDistance", "Name"]), VALUES))
def test_no_values_of_an_objective_break_the_reading(values: dict[str, Any]) -> None:
    found = read(micro_meta({"Schema_ID": "Objective.json", **values}))
    for lens in found.objectives:
        for name in ("magnification", "na"):
            if name in lens.values:
                least, most = RANGES[name]
                assert least <= lens.values[name] <= most
        assert set(lens.places) <= set(lens.values)
    json.dumps(found.to_json("fr"), allow_nan=False)


@given(VALUES)
def test_no_json_breaks_the_reading(document: Any) -> None:
    found: tuple[Passport, ...] = ()
    with suppress(PassportError):  # a sentence, and no other fault
        found = read_passports(json.dumps(document).encode(), "x.json")
    assert all(passport.name for passport in found)


@pytest.mark.parametrize("file", ["tesm_v2.01_tier3_77components.json"])
def test_a_real_microscope_is_one_document(samples: Path, file: str) -> None:
    [found] = read_passport_file(samples / "microscopes" / file)
    plain = found.to_json("en")
    json.dumps(plain, allow_nan=False)
    assert plain["key"] == found.key != ""
    assert [len(plain[group]) for group in GROUPS] == [len(getattr(found, group)) for group in GROUPS]
    assert all(lens.called for lens in found.objectives)


def test_every_real_file_is_a_microscope_or_gives_a_sentence(samples: Path) -> None:
    read_ones = 0
    for path in sorted((samples / "microscopes").rglob("*.json")):
        try:
            found = read_passport_file(path)
        except PassportError as fault:
            assert path.name in fault.say("fr")  # noqa: PT017 - each file is the one or the other
            continue
        read_ones += len(found)
        assert all(passport.source == path.name for passport in found)
        assert len({passport.key for passport in found}) == len(found)
    assert read_ones > 1


@pytest.mark.parametrize(("lang", "parts"), [("en", 7), ("fr", 7)])
def test_one_line_tells_name_stand_and_parts(ours: Passport, lang: str, parts: int) -> None:
    line = ours.line(lang)
    assert ours.name in line
    assert ours.stand_name == "Nikon Ti2-E"
    assert ours.stand_name in line
    counts = [len(getattr(ours, group)) for group in GROUPS]
    assert counts == [2, 2, 1, 1]
    assert sum(counts) < parts
    assert all(str(count) in line for count in counts)


def test_a_microscope_without_a_stand_has_a_line_too() -> None:
    assert "-" in Passport(name="Bare").line("en")


def test_a_part_is_called_by_its_name_where_nothing_else_is_known() -> None:
    assert PassportPart(name="Turret 3").called == "Turret 3"
    assert PassportPart().called == ""
    assert PassportPart(name="x", values={"magnification": 20.0, "na": 0.75}).called == "20×/0.75"


@pytest.mark.parametrize("wanted", ["confocal", " CONFOCAL ", "id-7", "one.json", "one", "k1"])
def test_a_microscope_is_found_by_each_of_its_names(wanted: str) -> None:
    first = Passport(name="Confocal", id="id-7", source="one.json", key="k1")
    second = Passport(name="Widefield", source="two.json", key="k2")
    assert Microscopes((first, second)).named(wanted) is first


def test_a_name_that_several_have_or_none_is_told_with_what_there_is() -> None:
    twins = Microscopes(tuple(Passport(name="Confocal", source=f"{n}.json", key=f"k{n}") for n in range(2)))
    with pytest.raises(PassportError, match=r"0\.json, 1\.json"):
        twins.named("confocal")
    with pytest.raises(PassportError, match="Confocal"):
        twins.named("")
    with pytest.raises(PassportError):
        Microscopes().named("confocal")


def test_many_microscopes_are_counted_and_listed(ours: Passport) -> None:
    found = Microscopes((ours,), ({"path": "x.json", "message": "no"},))
    assert (len(found), list(found), found[0]) == (1, [ours], ours)
    said = found.to_json("fr")
    assert [one["name"] for one in said["microscopes"]] == [ours.name]
    assert said["unreadable"] == [{"path": "x.json", "message": "no"}]


@pytest.mark.parametrize(
    ("one", "other", "same"),
    [
        ("Plan Apo 60x/1.40", "PLAN APO 60X 1.40 oil", True),
        ("Plan-Apochromat 63x/1.4", "plan apochromat 63x", True),
        ("60x", "Plan Apo 60x", False),
        ("Plan Apo 60x", "Plan Fluor 60x", False),
        ("", "", False),
    ],
)
def test_names_are_alike_by_letters_and_digits(one: str, other: str, same: bool) -> None:
    assert alike(folded(one), folded(other)) is same
    assert alike(folded(other), folded(one)) is same


@given(st.floats(1, 200), st.floats(0.05, 1.7))
def test_numbers_written_in_two_places_are_one(power: float, aperture: float) -> None:
    assert near("magnification", power, power * 1.005)
    assert not near("magnification", power, power * 1.05)
    assert near("na", aperture, round(aperture, 2))
    assert not near("na", aperture, aperture + 0.02)
    assert not near("na", aperture, None)


@given(st.lists(st.sampled_from([(60.0, 1.4), (63.0, 1.4), (20.0, 0.75), (10.0, 0.3)]), min_size=1, unique=True))
def test_each_lens_of_a_turret_finds_itself_by_its_numbers(turret: list[tuple[float, float]]) -> None:
    lenses = [{"magnification": power, "na": aperture} for power, aperture in turret]
    for place, lens in enumerate(lenses):
        found = match_objective(lens, lenses)
        assert (found.state, found.place, found.differs) == ("found", place, ())


def test_no_objectives_and_no_words_are_unknown() -> None:
    assert match_objective({}, []).state == "unknown"
    assert match_objective({"magnification": 60}, []).state == "unknown"
    assert match_objective({"model": ["x"], "na": "1.4"}, [{}, {}]).state == "unknown"


def test_what_is_said_in_too_few_words_is_called_short() -> None:
    assert called({}) == ""
    assert called({"immersion": "Oil"}) == "Oil"
    assert called({"model": "Apo", "na": 1.4}) == "Apo (1.4)"


@pytest.mark.parametrize(
    ("change", "key"),
    [
        (("microscope: Spinning disk", "microscope: n/a"), "microscopes.no_name"),
        (("serial: no", "serial: &a no\nx: *a"), "microscopes.alias"),
        (("objectives:", "objectives: ["), "microscopes.no_yaml"),
        (("microscope:", "instrument:"), "microscopes.no_microscope"),
    ],
)
def test_a_broken_description_gives_its_sentence(change: tuple[str, str], key: str) -> None:
    with pytest.raises(PassportError) as raised:
        read_passports(OURS.replace(*change).encode(), "sd.yaml")
    assert raised.value.key == key
    assert all("sd.yaml" in raised.value.say(lang) for lang in LANGUAGES)


def test_more_parts_than_a_microscope_can_have_are_refused() -> None:
    lens = part("Objective", Model="x")
    with pytest.raises(PassportError, match="5000"):
        read(micro_meta(*[lens] * 5001))
    lines = "\n".join("  - {kind: Laser, model: a}" for _ in range(501))
    with pytest.raises(PassportError, match="500"):
        read_passports(f"microscope: x\nlight_sources:\n{lines}\n".encode(), "x.yaml")


def test_a_document_that_is_too_deep_or_too_large_is_refused() -> None:
    for data in (b'{"a":' * 70 + b"1" + b"}" * 70, b"[" * 100_000):
        with pytest.raises(PassportError) as raised:
            read_passports(data, "x.json")
        assert raised.value.key == "microscopes.no_json"
    with pytest.raises(PassportError) as raised:
        read_passports(b"{" + b" " * (16 * 2**20), "x.json")
    assert raised.value.key == "microscopes.too_large"
