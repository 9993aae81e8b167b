"""What the engravings of objectives say, as vendors write them."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rembi_widgets.images._found import Found
from rembi_widgets.images._objective_name import MEDIA, engraving, optics, tidy_name

ENGRAVINGS = [
    ("Plan-Apochromat 63x/1.4 Oil DIC M27", 63.0, 1.4, "Oil"),
    ("Plan-Apochromat 5x/0.35", 5.0, 0.35, None),
    ("EC Plan-Neofluar 40x/1.30 Oil DIC M27", 40.0, 1.3, "Oil"),
    ("C-Apochromat 63x/1.20 W Korr M27", 63.0, 1.2, "Water"),
    ("LD LCI Plan-Apochromat 25x/0.8 Imm Korr DIC", 25.0, 0.8, None),
    ("HC PL APO CS2    63x/1.30 GLYC ", 63.0, 1.3, "Glycerol"),
    ("HC PL APO CS2 63x/1.40 OIL", 63.0, 1.4, "Oil"),
    ("HC FLUOTAR L 25x/0.95 WATER", 25.0, 0.95, "Water"),
    ("HC PL FLUOTAR 10x/0.30 DRY", 10.0, 0.3, "Air"),
    ("UPLFLN   40X  NA:0.75", 40.0, 0.75, None),
    ("UPLSAPO   60X O  NA:1.35", 60.0, 1.35, None),
    ("Plan Apo λ 60x", 60.0, None, None),
    ("Apo TIRF 100x Oil DIC N2 NA 1.49", 100.0, 1.49, "Oil"),
    ("Fluar 2.5x/0.12", 2.5, 0.12, None),
    ("Plan 1,25x/0,04", 1.25, 0.04, None),
    ("", None, None, None),
    ("20", None, None, None),
    ("Nikon CFI 10x10 grid", None, None, None),
    ("M27 0.17 coverslip", None, None, None),
]


@pytest.mark.parametrize(("name", "power", "na", "medium"), ENGRAVINGS)
def test_engravings(name: str, power: float | None, na: float | None, medium: str | None) -> None:
    assert engraving(name) == (power, na, medium)


@given(st.text(max_size=60))
def test_any_text(name: str) -> None:
    power, na, medium = engraving(name)
    assert power is None or 0 <= power < 1000
    assert na is None or 0 <= na < 2
    assert medium is None or medium in MEDIA.values()


@pytest.mark.parametrize(
    ("name", "tidied"), [("  a   b ", "a b"), ("", None), ("   ", None), (None, None), ("a\n\tb", "a b")]
)
def test_tidy_names(name: str | None, tidied: str | None) -> None:
    assert tidy_name(name) == tidied


def test_a_number_of_its_own_goes_before_the_engraving() -> None:
    found = Found()
    told = optics(found, "Plan 40x/0.75 Oil", "name", {"na": (0.8, "na")})
    said = {name: (value, place) for name, value, place in told}
    assert said == {"na": (0.8, "na"), "magnification": (40.0, "name"), "immersion": ("Oil", "name")}
    assert found.confidence == {"objective.magnification": "derived", "objective.immersion": "derived"}


def test_nothing_is_invented() -> None:
    found = Found()
    assert [value for _, value, _ in optics(found, None, "name", {})] == [None, None, None]
    assert found.confidence == {}
