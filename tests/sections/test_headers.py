"""The words by which lists of people name their columns, and names parted into first and last."""

from __future__ import annotations

import pytest

from rembi_widgets.formats.people._person import FIELD_OF, LabPerson, folded, orcid_of, parted, person_of, ror_of

HEADERS = {
    "First name": "first_name",
    "first_name": "first_name",
    "Given-Name": "first_name",
    "PRÉNOM": "first_name",
    "Prénom(s)": "first_name",
    "Last Name": "last_name",
    "Surname": "last_name",
    "family-names": "last_name",
    "Nom de famille": "last_name",
    "Name": "name",
    "Full name": "name",
    "Nom complet": "name",
    "Nom": "name",
    "Nom et prénom": "name",
    "E-mail": "email",
    "Mail": "email",
    "Email address": "email",
    "Courriel": "email",
    "Adresse e-mail": "email",
    "Adresse électronique": "email",
    "Mél": "email",
    "ORCID": "orcid",
    "ORCID iD": "orcid",
    "Identifiant ORCID": "orcid",
    "Role": "roles",
    "Rôle": "roles",
    "Fonction": "roles",
    "Affiliation": "affiliation",
    "Institution": "affiliation",
    "Organisation": "affiliation",
    "Laboratoire": "affiliation",
    "Unité": "affiliation",
    "Établissement": "affiliation",
    "ROR": "ror",
    "ROR id": "ror",
    "Identifiant ROR": "ror",
    "Address": "address",
    "Adresse": "address",
    "Adresse postale": "address",
}


@pytest.mark.parametrize(("header", "field"), HEADERS.items())
def test_a_header_is_known(header: str, field: str) -> None:
    assert FIELD_OF[folded(header)] == field


@pytest.mark.parametrize("header", ["Plate", "Phone", "Téléphone", "", "Bureau"])
def test_other_headers_are_not(header: str) -> None:
    assert folded(header) not in FIELD_OF


@pytest.mark.parametrize(
    ("whole", "first", "last"),
    [
        ("Ada Lovelace", "Ada", "Lovelace"),
        ("LOVELACE Ada", "Ada", "LOVELACE"),
        ("DU CHÂTELET Émilie", "Émilie", "DU CHÂTELET"),
        ("Lovelace, Ada King", "Ada King", "Lovelace"),
        ("Jean-Pierre Serre", "Jean-Pierre", "Serre"),
        ("J.-P. SERRE", "J.-P.", "SERRE"),
        ("Plato", "", "Plato"),
        ("PLATO", "", "PLATO"),
        ("", "", ""),
    ],
)
def test_a_whole_name_is_parted(whole: str, first: str, last: str) -> None:
    assert parted(whole) == (first, last)


@pytest.mark.parametrize(
    ("said", "first", "last"),
    [
        ({"Prénom": "Ada", "Nom": "Lovelace"}, "Ada", "Lovelace"),
        ({"first name": "Ada", "name": "Ada Lovelace"}, "Ada", "Lovelace"),
        ({"Nom": "Ada Lovelace"}, "Ada", "Lovelace"),
        ({"Surname": "Lovelace"}, "", "Lovelace"),
    ],
)
def test_columns_make_a_name(said: dict[str, str], first: str, last: str) -> None:
    found = person_of(said)
    assert found is not None
    assert (found.first_name, found.last_name) == (first, last)


@pytest.mark.parametrize(
    ("said", "orcid"),
    [
        ("0000-0002-1825-0097", "0000-0002-1825-0097"),
        ("https://orcid.org/0000-0002-1694-233x", "0000-0002-1694-233X"),
        ("0000000218250097", "0000-0002-1825-0097"),
        ("0000 0002 1825 0097", "0000-0002-1825-0097"),
        ("none", ""),
        ("1234", ""),
    ],
)
def test_an_orcid_is_found(said: str, orcid: str) -> None:
    assert orcid_of(said) == orcid


@pytest.mark.parametrize(
    ("said", "ror"),
    [
        ("https://ror.org/02CATSS52", "https://ror.org/02catss52"),
        ("02catss52", "https://ror.org/02catss52"),
        ("ror.org/02catss52/", "https://ror.org/02catss52"),
        ("Institute", ""),
    ],
)
def test_a_ror_is_found(said: str, ror: str) -> None:
    assert ror_of(said) == ror


def test_several_affiliations_keep_their_own_ror() -> None:
    found = person_of({"name": "A", "affiliation": "One; Two", "ror": "02catss52; 03yrm5c26", "address": "Rue 1"})
    assert found is not None
    assert [(one.title, one.ror) for one in found.organisations] == [
        ("One", "https://ror.org/02catss52"),
        ("Two", "https://ror.org/03yrm5c26"),
    ]


def test_nobody_is_nobody() -> None:
    assert person_of({"Affiliation": "Institute"}) is None
    assert person_of({}) is None
    assert LabPerson("Ada", "L", "a@b.c", "0000-0002-1825-0097").keys == (
        "orcid:0000-0002-1825-0097",
        "email:a@b.c",
        "name:ada l",
    )
