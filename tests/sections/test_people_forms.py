"""A lab's list in every form that is read, the odd lists that labs really have, and what comes into a study."""

from __future__ import annotations

import csv
import io
import json
from contextlib import suppress
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rembi_widgets.errors import RembiError
from rembi_widgets.formats.people import ENDINGS, LabOrganisation, LabPerson, known_as, people_edits, read_people
from rembi_widgets.formats.people._person import FIELD_OF, HEADERS, folded, orcid_of, parted, person_of, ror_of
from rembi_widgets.locale import LANGUAGES
from rembi_widgets.record import Curation
from rembi_widgets.store import open_curation

ORCID, ROR = "0000-0002-1825-0097", "https://ror.org/02catss52"
WORDS = st.from_regex(r"[A-Z][a-z]{1,8}", fullmatch=True)


def people(name: str, text: str | bytes) -> list[LabPerson]:
    return list(read_people(name, text if isinstance(text, bytes) else text.encode()))


def one(name: str, text: str | bytes) -> LabPerson:
    [found] = people(name, text)
    return found


ALICE = {
    "csv": f"First name,Last name,E-mail,ORCID iD,Affiliation,ROR\nAlix,Moreau,am@lab.test,{ORCID},Institute,{ROR}\n",
    "tsv": f"Prénom\tNom\tCourriel\tORCID\tInstitution\tROR\nAlix\tMoreau\tam@lab.test\t{ORCID}\tInstitute\t{ROR}\n",
    "txt": f"name;mail;orcid;organisation;ror id\nMoreau, Alix;am@lab.test;{ORCID};Institute;{ROR}\n",
    "json": json.dumps(
        {
            "members": [
                {
                    "givenName": "Alix",
                    "familyName": "Moreau",
                    "email": "mailto:am@lab.test",
                    "orcid": f"https://orcid.org/{ORCID}",
                    "affiliation": {"name": "Institute", "id": ROR},
                }
            ]
        }
    ),
    "yaml": f"people:\n- given names: Alix\n  family names: Moreau\n  email: am@lab.test\n  orcid: {ORCID}\n"
    f"  affiliation:\n  - name: Institute\n    ror: {ROR}\n",
    "yml": f"Alix Moreau:\n  email: am@lab.test\n  orcid: {ORCID}\n  affiliation: Institute ({ROR})\n",
    "cff": f"cff-version: 1.2.0\nauthors:\n- given-names: Alix\n  family-names: Moreau\n  email: am@lab.test\n"
    f"  orcid: https://orcid.org/{ORCID}\n  affiliation: Institute\n  ror: {ROR}\n",
    "vcf": "BEGIN:VCARD\r\nN:Moreau;Alix;;;\r\nFN:Alix Moreau\r\nitem1.EMAIL;TYPE=work:am@lab.te\r\n st\r\n"
    f"ORG:Institute;\r\nX-ORCID:{ORCID}\r\nURL:{ROR}\r\nEND:VCARD\r\n",
}


def test_every_form_is_held_by_a_test() -> None:
    assert set(ALICE) == set(ENDINGS)


@pytest.mark.parametrize("ending", ALICE)
def test_the_same_person_in_every_form(ending: str) -> None:
    found = one(f"people.{ending}", ALICE[ending])
    assert (found.first_name, found.last_name) == ("Alix", "Moreau")
    assert (found.email, found.orcid) == ("am@lab.test", ORCID)
    assert found.organisations == (LabOrganisation("Institute", ROR),)


@pytest.mark.parametrize("code", ["utf-8", "utf-8-sig", "utf-16", "cp1252"])
def test_lists_of_old_and_new_programs_are_decoded(code: str) -> None:
    assert one("people.csv", "Prénom,Nom\nZoé,Lefèvre\n".encode(code)).name == "Zoé Lefèvre"


@pytest.mark.parametrize(
    ("name", "data", "key"),
    [
        ("people.docx", b"x", "sections.lab_form"),
        ("people", b"name\nA B\n", "sections.lab_form"),
        ("people.csv", b"", "sections.lab_nobody"),
        ("people.csv", b"# only a note\n\n", "sections.lab_nobody"),
        ("people.csv", b"name\n", "sections.lab_nobody"),
        ("people.csv", b"colour,size\nred,3\n", "sections.lab_headers"),
        ("people.json", b"{", "sections.lab_broken"),
        ("people.json", b"[" * 100_000, "sections.lab_broken"),
        ("people.json", b"[1, 2, true, null]", "sections.lab_nobody"),
        ("people.json", b'"Alix"', "sections.lab_nobody"),
        ("people.yaml", b"a: [", "sections.lab_broken"),
        ("people.yaml", b"- !!python/object/apply:os.getcwd []\n", "sections.lab_broken"),
        ("people.yaml", b"\x00", "sections.lab_broken"),
        ("people.vcf", b"BEGIN:VCARD\nNOTE:nobody\nEND:VCARD\n", "sections.lab_nobody"),
        ("people.vcf", b"BEGIN:VCARD\nFN:Alix Moreau\n", "sections.lab_nobody"),
        ("people.csv", b"name\n" + b"x" * 4_000_001, "sections.lab_large"),
    ],
)
def test_what_is_no_list_of_people_gives_a_sentence(name: str, data: bytes, key: str) -> None:
    with pytest.raises(RembiError) as raised:
        read_people(name, data)
    assert raised.value.key == key
    for lang in LANGUAGES:
        assert name in raised.value.say(lang)


@given(st.binary(max_size=200), st.sampled_from(ENDINGS))
def test_no_bytes_break_the_reader(data: bytes, ending: str) -> None:
    found: tuple[LabPerson, ...] = ()
    with suppress(RembiError):  # a sentence, and no other fault
        found = read_people(f"people.{ending}", data)
    assert all(person.name or person.email for person in found)


@given(st.lists(st.tuples(WORDS, WORDS), min_size=1, max_size=8, unique_by=lambda one: folded("".join(one))))
def test_a_written_table_is_read_back(names: list[tuple[str, str]]) -> None:
    out = io.StringIO()
    writer = csv.writer(out)
    writer.writerow(["last name", "first name"])
    writer.writerows((last, first) for first, last in names)
    assert [(found.first_name, found.last_name) for found in people("people.csv", out.getvalue())] == names


def test_a_person_who_is_there_twice_is_read_once() -> None:
    text = f"name,email,orcid\nAda Byron,a@lab.example,{ORCID}\nA. Byron,,{ORCID}\nAda B,A@LAB.example,\n"
    assert [found.name for found in people("people.csv", text)] == ["Ada Byron"]


def test_two_of_one_name_and_different_addresses_are_two() -> None:
    text = "name,email\nAda Byron,a@lab.example\nAda Byron,b@lab.example\n"
    assert [found.email for found in people("people.csv", text)] == ["a@lab.example", "b@lab.example"]


def test_one_line_that_says_nothing_costs_that_line() -> None:
    text = "name,email\n,\nAda Byron,a@lab.example\n,not an address\n"
    assert [found.name for found in people("people.csv", text)] == ["Ada Byron"]


def test_quoted_cells_may_hold_separators() -> None:
    assert one("people.csv", 'name,address,affiliation\n"Byron, Ada","1, rue X","Lab, A"\n') == LabPerson(
        "Ada", "Byron", organisations=(LabOrganisation("Lab, A", "", "1, rue X"),)
    )


def test_roles_are_parted_by_semicolons_or_listed() -> None:
    assert one("people.tsv", "name\trole\nAda Byron\tmicroscopy; analysis | writing\n").roles == (
        "microscopy",
        "analysis",
        "writing",
    )
    assert one("people.json", '[{"name": "Ada Byron", "roles": ["a", {"name": "b"}, null, ""]}]').roles == ("a", "b")


@pytest.mark.parametrize(
    ("whole", "names"),
    [
        ("Ada", ("", "Ada")),
        ("", ("", "")),
        ("de la Cruz, María José", ("María José", "de la Cruz")),
        ("DE LA CRUZ María", ("María", "DE LA CRUZ")),
        ("Maria DUPONT", ("Maria", "DUPONT")),
        ("J. R. Smith", ("J. R.", "Smith")),
        ("ADA BYRON", ("ADA", "BYRON")),
        ("Byron,", ("", "Byron")),
        ("  Ada   Byron ", ("Ada", "Byron")),
    ],
)
def test_a_whole_name_is_parted(whole: str, names: tuple[str, str]) -> None:
    assert parted(whole) == names


@pytest.mark.parametrize(
    ("said", "wanted"),
    [
        (f"https://orcid.org/{ORCID}", ORCID),
        ("0000000218250097", ORCID),
        ("0000 0002 1825 0097", ORCID),
        ("0000-0002-1694-233x", "0000-0002-1694-233X"),
        ("0000-0002-1825", ""),
        ("", ""),
    ],
)
def test_an_orcid_is_found_in_any_writing(said: str, wanted: str) -> None:
    assert orcid_of(said) == wanted


@pytest.mark.parametrize(
    ("said", "wanted"),
    [("02catss52", ROR), (ROR.upper(), ROR), ("ror.org/02catss52", ROR), ("12catss52", ""), ("02catss5", ""), ("", "")],
)
def test_a_ror_id_is_an_address(said: str, wanted: str) -> None:
    assert ror_of(said) == wanted


def test_no_header_means_two_things() -> None:
    said = [header for known in HEADERS.values() for header in known.split()]
    assert len(said) == len(set(said)) == len(FIELD_OF)
    assert all(folded(header) == header for header in said)


@pytest.mark.parametrize(
    "header", ["E-Mail Address", "ORCID iD", "Prénom", "NOM DE FAMILLE", "Établissement", "ror_id"]
)
def test_headers_are_known_in_any_writing(header: str) -> None:
    assert folded(header) in FIELD_OF


@given(
    st.dictionaries(
        st.sampled_from(["name", "email", "orcid", "role", "affiliation", "ror", "address"]),
        st.recursive(
            st.none() | st.booleans() | st.integers() | st.text(max_size=8),
            lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=4), inner, max_size=3),
            max_leaves=6,
        ),
    )
)
def test_odd_values_cost_no_more_than_the_person(said: dict[str, Any]) -> None:
    found = person_of(said)
    assert found is None or found.name or found.email


def test_ror_ids_go_with_their_affiliations_in_order() -> None:
    found = person_of({"name": "Ada Byron", "affiliation": "A; B", "ror": "02catss52; 05abcde12"})
    assert found is not None
    assert [(place.title, place.ror[-9:]) for place in found.organisations] == [("A", "02catss52"), ("B", "05abcde12")]


def test_a_ror_id_alone_is_an_organisation() -> None:
    found = person_of({"name": "Ada Byron", "ror": ROR})
    assert found is not None
    assert found.organisations == (LabOrganisation("", ROR),)


def added(*chosen: LabPerson, record: Curation | None = None) -> Curation:
    opened = open_curation()
    opened.edit(people_edits(record or opened.record, chosen, "people.csv"))
    return opened.record


PERSON = LabPerson("Ada", "Byron", "a@lab.example", ORCID, ("analysis",), (LabOrganisation("Lab", ROR, "Rue X"),))


def test_a_person_comes_with_their_organisation() -> None:
    record = added(PERSON)
    [held], [home] = record.people, record.organisations
    assert (held.first_name, held.last_name, held.email, held.orcid) == ("Ada", "Byron", "a@lab.example", ORCID)
    assert list(held.affiliations) == [home.id]
    assert (home.title, home.ror, home.address) == ("Lab", ROR, "Rue X")


def test_the_list_is_the_origin_of_every_value() -> None:
    record = added(PERSON)
    sources = {mark.origin.source for mark in record.marks.values() if mark.origin}
    assert sources == {"people.csv"}


def test_people_of_one_place_share_it() -> None:
    other = LabPerson("Mary", "Somer", organisations=(LabOrganisation("LAB"),))
    record = added(PERSON, other)
    assert len(record.organisations) == 1
    assert record.people[0].affiliations == record.people[1].affiliations


@pytest.mark.parametrize(
    ("again", "known"),
    [
        (LabPerson("A.", "B.", orcid=ORCID), True),
        (LabPerson("X", "Y", email="A@Lab.example"), True),
        (LabPerson("ada", "BYRON"), True),
        (LabPerson("Ada", "Byron", orcid="0000-0001-5109-3700"), False),
        (LabPerson("Ada", "Other"), False),
        (LabPerson(), False),
    ],
)
def test_somebody_is_known_by_orcid_address_or_name(again: LabPerson, known: bool) -> None:
    record = added(PERSON)
    assert (known_as(record, again) == record.people[0].id) is known


def test_somebody_who_is_there_gets_only_what_is_empty() -> None:
    opened = open_curation()
    opened.edit(
        [{"op": "add", "path": "/people", "id": "pe-1", "value": {"first_name": "A.", "email": "a@lab.example"}}]
    )
    opened.edit(people_edits(opened.record, [PERSON]))
    [held] = opened.record.people
    assert (held.first_name, held.last_name, held.orcid) == ("A.", "Byron", ORCID)


def test_taking_the_same_people_again_changes_nothing() -> None:
    record = added(PERSON)
    assert people_edits(record, [PERSON, PERSON]) == []


def test_two_whose_letters_run_together_alike_are_two() -> None:
    text = "First name,Last name,E-mail\nBab,B,\nB,Abb,b@lab.test\n"
    assert [found.name for found in people("people.csv", text)] == ["Bab B", "B Abb"]


@pytest.mark.parametrize(
    ("one_way", "other"),
    [("Jean-Pierre", "jean pierre"), ("Zoé", "ZOE"), ("O'Neil", "ONeil"), ("María  José", "Maria Jose")],
)
def test_a_name_is_the_same_with_other_signs(one_way: str, other: str) -> None:
    assert LabPerson(one_way, "Byron").keys == LabPerson(other, "Byron").keys


def test_a_name_and_a_place_without_letters_are_known_again() -> None:
    place = LabOrganisation("-")
    record = added(LabPerson("A", "B", organisations=(place,)), LabPerson("A", "C", organisations=(place,)))
    assert len(record.organisations) == 1
    assert [found.last_name for found in people("people.csv", "name\n'\n")] == ["'"]
