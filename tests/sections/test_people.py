"""A lab's list of its people: every form and both languages; nobody twice; organisations come along."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rembi_widgets.errors import RembiError
from rembi_widgets.formats.people import LabOrganisation, LabPerson, known_as, people_edits, read_people
from rembi_widgets.locale import LANGUAGES
from rembi_widgets.store import lab_files, lab_people, open_curation

ORCID, ROR = "0000-0002-1825-0097", "https://ror.org/02catss52"
ADA = LabPerson(
    "Ada", "Lovelace", "ada@example.org", ORCID, organisations=(LabOrganisation("Analytical Institute", ROR),)
)
WORK, MAIL = "Analytical Institute", "ada@example.org"
FORMS = {
    "people.csv": "First name,Last name,E-mail,ORCID,Affiliation,ROR\n" + f"Ada,Lovelace,{MAIL},{ORCID},{WORK},{ROR}",
    "personnes.csv": "Prénom;Nom;Courriel;Identifiant ORCID;Établissement;ROR\n"
    f"Ada;Lovelace;{MAIL};{ORCID};{WORK};02catss52",
    "a.tsv": "Name\tMail\torcid id\tInstitution\tror_id\n"
    f"Ada Lovelace\t{MAIL}\thttps://orcid.org/{ORCID}\t{WORK}\t{ROR}",
    "nom.csv": "Nom;Adresse e-mail;ORCID;Laboratoire;ROR\n"
    f"Lovelace, Ada;mailto:{MAIL};{ORCID.replace('-', '')};{WORK};{ROR}",
    "b.json": json.dumps(
        {
            "people": [
                {"name": "Ada Lovelace", "email": MAIL, "orcid": ORCID, "affiliation": {"name": WORK, "ror": ROR}},
            ]
        }
    ),
    "c.json": json.dumps(
        [
            {
                "given-names": "Ada",
                "family-names": "Lovelace",
                "email": [MAIL],
                "orcid": ORCID,
                "affiliation": [f"{WORK} ({ROR})"],
            }
        ]
    ),
    "d.yaml": f"people:\n  - first name: Ada\n    last name: Lovelace\n    e-mail: {MAIL}\n    orcid: {ORCID}\n"
    f"    affiliation:\n      - name: {WORK}\n        ror: {ROR}\n",
    "CITATION.cff": "cff-version: 1.2.0\nauthors:\n  - given-names: Ada\n    family-names: Lovelace\n"
    f"    email: {MAIL}\n    orcid: https://orcid.org/{ORCID}\n    affiliation: {WORK} {ROR}\n",
    "by_name.yml": f"Ada Lovelace:\n  email: {MAIL}\n  orcid: {ORCID}\n  affiliation: {WORK}\n  ror: {ROR}\n",
    "e.vcf": "BEGIN:VCARD\r\nVERSION:3.0\r\nN:Lovelace;Ada;;;\r\nFN:Ada Lovelace\r\nEMAIL;TYPE=work:ada@exam\r\n"
    f" ple.org\r\nORG:{WORK}\r\nX-ORCID:{ORCID}\r\nitem1.URL:{ROR}\r\nEND:VCARD\r\n",
}


@pytest.mark.parametrize("name", FORMS)
def test_each_form_says_the_same(name: str) -> None:
    assert read_people(name, FORMS[name].encode()) == (ADA,)


def test_an_old_code_of_windows_and_a_mark_at_the_begin() -> None:
    said = "Prénom;Nom\nÉmilie;du Châtelet"
    for data in (said.encode("cp1252"), said.encode("utf-8-sig"), said.encode("utf-16")):
        assert read_people("p.csv", data)[0].name == "Émilie du Châtelet"


def test_nobody_is_named_twice_and_empty_lines_are_nobody() -> None:
    said = (
        "Name,E-mail\nAda Lovelace,ada@example.org\nA. Lovelace,ADA@example.org\n,\nAda Lovelace,\nMax,max@example.org"
    )
    assert [one.name for one in read_people("p.csv", said.encode())] == ["Ada Lovelace", "Max"]


def test_two_who_share_a_name_are_two_if_their_addresses_differ() -> None:
    said = "Name,E-mail\nAda L,a@example.org\nAda L,b@example.org"
    assert len(read_people("p.csv", said.encode())) == 2


@pytest.mark.parametrize(
    ("name", "data", "key"),
    [
        ("p.docx", b"", "sections.lab_form"),
        ("p.csv", b"", "sections.lab_nobody"),
        ("p.csv", b"Plate,Well\n1,A01", "sections.lab_headers"),
        ("p.json", b"{", "sections.lab_broken"),
        ("p.json", b"[" * 100_000, "sections.lab_broken"),
        ("p.json", b"3", "sections.lab_nobody"),
        ("p.yaml", b"a: [", "sections.lab_broken"),
        ("p.yaml", b"!!python/object/apply:os.system ['true']", "sections.lab_broken"),
        ("p.vcf", b"BEGIN:VCARD\nEND:VCARD", "sections.lab_nobody"),
        ("p.csv", b"Name\n" + b"x" * 5_000_000, "sections.lab_large"),
    ],
)
def test_what_cannot_be_read_is_said(name: str, data: bytes, key: str) -> None:
    with pytest.raises(RembiError) as fault:
        read_people(name, data)
    assert fault.value.key == key
    assert all(name in fault.value.say(lang) for lang in LANGUAGES)


@given(st.binary(max_size=80), st.sampled_from(["csv", "json", "yaml", "vcf", "tsv"]))
def test_any_bytes_are_read_or_refused(data: bytes, ending: str) -> None:
    try:
        found = read_people(f"p.{ending}", data)
    except RembiError:
        return
    assert all(one.name or one.email for one in found)


def test_people_come_with_their_organisations_once() -> None:
    max_ = LabPerson("Max", "Delbrück", "max@example.org", organisations=(LabOrganisation("analytical institute"),))
    with open_curation(None) as opened:
        opened.edit(people_edits(opened.record, [ADA, max_], "people.csv"), origin="copy")
        record = opened.record
        assert [one.title for one in record.organisations] == ["Analytical Institute"]
        assert {one.affiliations for one in record.people} == {(record.organisations[0].id,)}
        mark = record.marks[f"/people/{record.people[0].id}/orcid"]
        assert (mark.confirmed, mark.origin.kind, mark.origin.source) == (True, "copy", "people.csv")
        assert people_edits(record, [ADA, max_]) == []
        opened.undo()
        assert opened.record.people == ()


@pytest.mark.parametrize(
    "held",
    [
        {"orcid": f"https://orcid.org/{ORCID}"},
        {"email": "ADA@example.org"},
        {"first_name": "ada", "last_name": "LOVELACE"},
    ],
)
def test_somebody_who_is_there_gets_only_what_is_empty(held: dict[str, str]) -> None:
    with open_curation(None) as opened:
        identity = opened.add("/people", held)
        assert known_as(opened.record, ADA) == identity
        opened.edit(people_edits(opened.record, [ADA]))
        (person,) = opened.record.people
        assert {name: getattr(person, name) for name in held} == held
        assert person.last_name
        assert person.affiliations


def test_one_name_and_two_orcids_are_two_people() -> None:
    with open_curation(None) as opened:
        opened.add("/people", {"first_name": "Ada", "last_name": "Lovelace", "orcid": "0000-0001-5109-3700"})
        assert known_as(opened.record, ADA) is None


def test_lists_are_found_near_the_dataset_and_in_the_settings(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    dataset = tmp_path / "lab" / "project" / "set"
    dataset.mkdir(parents=True)
    settings = tmp_path / "settings"
    monkeypatch.setattr("rembi_widgets.store._lab.config_folder", lambda: settings)
    monkeypatch.delenv("REMBI_LAB", raising=False)
    assert lab_people(dataset).people == ()
    (tmp_path / "lab" / "people.csv").write_text(FORMS["people.csv"], encoding="utf-8")
    settings.mkdir()
    (settings / "people.yaml").write_text(
        "- name: Ada Lovelace\n  email: ada@example.org\n- name: Max D\n", encoding="utf-8"
    )
    (dataset / "people.vcf").write_text("nothing", encoding="utf-8")
    found = lab_people(dataset)
    assert [(person.name, source) for person, source in found.people] == [
        ("Ada Lovelace", "people.csv"),
        ("Max D", "people.yaml"),
    ]
    assert [fault.key for fault in found.unreadable] == ["sections.lab_nobody"]
    inside = lab_people(dataset, dataset.parent)
    assert [source for _, source in inside.people] == ["people.yaml", "people.yaml"]
    named = tmp_path / "named"
    named.mkdir()
    (named / "people.json").write_text(FORMS["b.json"], encoding="utf-8")
    for place in (named, named / "people.json"):
        monkeypatch.setenv("REMBI_LAB", str(place))
        assert lab_files(dataset)[0] == named / "people.json"
