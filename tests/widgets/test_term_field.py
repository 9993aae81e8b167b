"""``TermField``: what its value is, what may be assigned, and that it links as any trait does."""

from __future__ import annotations

from typing import Any

import ipywidgets
import pytest
import traitlets

import rembi_widgets as rw
from rembi_widgets.errors import RembiError
from rembi_widgets.record import Term
from rembi_widgets.widgets import TermField

MOUSE = {"label": "Mus musculus", "id": "NCBITaxon:10090", "ontology": "NCBITaxon"}
HUMAN = {"label": "Homo sapiens", "id": "NCBITaxon:9606", "ontology": "NCBITaxon"}


def heard(field: TermField) -> list[Any]:
    """Collect the values that ``observe`` gives."""
    told: list[Any] = []
    field.observe(lambda change: told.append(change["new"]), "value")
    return told


def test_it_begins_empty() -> None:
    assert TermField("organism").value is None
    assert TermField("organism", multiple=True).value == ()
    assert isinstance(TermField(field="organism"), ipywidgets.DOMWidget)


@pytest.mark.parametrize(
    ("given", "value"),
    [
        (None, None),
        ("", None),
        (MOUSE, MOUSE),
        (Term(**MOUSE), MOUSE),
        ("my mouse", {"label": "my mouse"}),
        ({"label": "my mouse"}, {"label": "my mouse"}),
        ("NCBITaxon:10090", MOUSE),
        ("NCBITaxon_10090", MOUSE),
        ("http://purl.obolibrary.org/obo/NCBITaxon_10090", MOUSE),
        ({"id": "NCBITaxon:10090"}, MOUSE),
        ({"id": "NCBITaxon:10090", "label": ""}, MOUSE),
        ({"label": "x", "id": "ZZ:1"}, {"label": "x", "id": "ZZ:1"}),
        ({"id": "ZZ:1"}, {"label": "ZZ:1", "id": "ZZ:1"}),
        ({**MOUSE, "version": "2026", "note": "kept"}, {**MOUSE, "version": "2026", "note": "kept"}),
        ([], None),
        ([MOUSE], MOUSE),
    ],
)
def test_what_one_term_may_be_told_as(given: Any, value: Any) -> None:
    assert TermField("organism", value=given).value == value
    assigned = TermField("organism")
    assigned.value = given
    assert assigned.value == value


@pytest.mark.parametrize(
    ("given", "value"),
    [
        (None, ()),
        ([], ()),
        (MOUSE, (MOUSE,)),
        ("yeast", ({"label": "yeast"},)),
        ([MOUSE, "yeast"], (MOUSE, {"label": "yeast"})),
        ((Term(**MOUSE), "NCBITaxon:9606"), (MOUSE, HUMAN)),
    ],
)
def test_what_several_terms_may_be_told_as(given: Any, value: Any) -> None:
    assert TermField("organism", multiple=True, value=given).value == value


@pytest.mark.parametrize("given", [3, [3], {"id": 3}, {}, {"label": ["a"]}, object(), [["a"]]])
def test_what_is_no_term_is_refused_and_changes_nothing(given: Any) -> None:
    field = TermField("organism", value=MOUSE)
    with pytest.raises(RembiError, match="another kind"):
        field.value = given
    assert field.value == MOUSE


def test_equal_values_do_not_fire() -> None:
    field = TermField("organism", value=MOUSE)
    told = heard(field)
    field.value = dict(reversed(MOUSE.items()))
    field.value = "NCBITaxon:10090"
    assert told == []
    field.value = None
    field.value = None
    assert told == [None]


def test_several_that_are_equal_do_not_fire() -> None:
    field = TermField("organism", multiple=True, value=[MOUSE, HUMAN])
    told = heard(field)
    field.value = [dict(MOUSE), dict(HUMAN)]
    assert told == []
    field.value = [HUMAN]
    assert told == [(HUMAN,)]


@pytest.mark.parametrize(
    "spoil",
    [
        lambda value: value.__setitem__("label", "b"),
        lambda value: value.update(label="b"),
        lambda value: value.pop("id"),
    ],
)
def test_it_is_not_changed_in_place(spoil: Any) -> None:
    field = TermField("organism", value=MOUSE)
    with pytest.raises(RembiError, match="not changed in place"):
        spoil(field.value)
    many = TermField("organism", multiple=True, value=[MOUSE])
    with pytest.raises(RembiError, match="not changed in place"):
        spoil(many.value[0])
    assert field.value == many.value[0] == MOUSE


@pytest.mark.parametrize("multiple", [False, True])
def test_linked_both_ways_it_settles(multiple: bool) -> None:
    one, two = (TermField("organism", multiple=multiple) for _ in range(2))
    traitlets.link((one, "value"), (two, "value"))
    told = heard(two)
    one.value = [MOUSE]
    assert two.value == one.value
    two.value = None
    assert one.value == two.value == (() if multiple else None)
    assert len(told) == 2


def test_what_the_browser_sets_becomes_a_frozen_value() -> None:
    field = TermField("organism", multiple=True)
    field.set_state({"value": [dict(MOUSE), {"label": "yeast"}]})
    assert field.value == (MOUSE, {"label": "yeast"})
    assert hash(field.value)
    single = TermField("organism", value=MOUSE)
    single.set_state({"value": None})
    assert single.value is None


def test_its_state_can_cross_the_wire() -> None:
    import json

    field = TermField("organism", multiple=True, value=[MOUSE])
    assert json.loads(json.dumps(field.get_state("value"))) == {"value": [MOUSE]}


@pytest.mark.parametrize("name", ["biosample.organism", "/biosamples/bs-1/organism", "organism"])
def test_a_field_may_be_named_with_where_it_stands(name: str) -> None:
    assert TermField(name).options["field"] == "organism"


def test_a_field_without_terms_is_refused_with_the_names_of_those_that_have_some() -> None:
    with pytest.raises(RembiError, match="organism"):
        TermField("nothing")


def test_it_is_on_the_face_of_the_package() -> None:
    assert rw.TermField is TermField
