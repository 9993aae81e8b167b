"""One value at a time: where it goes in the record, where it comes from in the file, and what is told of it."""

from __future__ import annotations

import tempfile
from pathlib import Path
from typing import Any

import pytest
import yaml

from rembi_widgets.formats import Read, rembiyaml
from rembi_widgets.record import Curation, Finding, Table


def read(text: str) -> Read:
    with tempfile.TemporaryDirectory() as folder:
        (Path(folder) / "a.yaml").write_bytes(text.encode("utf-8"))
        return rembiyaml.read(Path(folder) / "a.yaml")


def record(text: str) -> Curation:
    return read(text).record


def write(made: Curation) -> tuple[dict[str, Any], tuple[Finding, ...]]:
    with tempfile.TemporaryDirectory() as folder:
        done = rembiyaml.write(made, Path(folder))
        return yaml.safe_load(done.files[0].read_bytes()), done.findings


def said(**parts: Any) -> dict[str, Any]:
    return write(Curation.model_validate(parts))[0]


def codes(found: Any) -> list[str]:
    return [one.code.removeprefix("rembiyaml_") for one in found]


def told(**parts: Any) -> list[str]:
    return codes(write(Curation.model_validate(parts))[1])


@pytest.mark.parametrize(
    ("key", "field"),
    [
        ("title", "title"),
        ("description", "description"),
        ("private_until_date", "release_date"),
        ("acknowledgements", "acknowledgements"),
    ],
)
def test_a_text_of_the_study_has_its_field_and_its_key(key: str, field: str) -> None:
    made = record(f"study: {{{key}: words}}")
    assert getattr(made.study, field) == "words"
    assert write(made)[0]["study"][key] == "words"


@pytest.mark.parametrize("key", ["license", "licence"])
@pytest.mark.parametrize("value", ["CC0", "{name: CC0}", "{url: CC0}", "{name: CC0, url: 'https://example.org'}"])
def test_a_licence_is_read_however_it_is_given(key: str, value: str) -> None:
    assert record(f"study: {{{key}: {value}}}").study.license == "CC0"


def test_a_known_licence_gets_its_address() -> None:
    assert said(study={"license": "CC0"})["study"]["license"] == {
        "name": "CC0",
        "url": "https://creativecommons.org/publicdomain/zero/1.0/legalcode",
    }


def test_a_licence_nobody_knows_has_a_name_alone() -> None:
    assert said(study={"license": "Mine"})["study"]["license"] == {"name": "Mine"}


@pytest.mark.parametrize("value", ["one", "[one]", "[one, null, '']"])
def test_one_keyword_need_be_no_list(value: str) -> None:
    assert record(f"study: {{keywords: {value}}}").study.keywords == ("one",)


@pytest.mark.parametrize(
    ("value", "statement", "grants"),
    [
        ("paid", "paid", []),
        ("{funding_statement: paid}", "paid", []),
        ("{grant_references: {funder: F, identifier: '7'}}", None, [("F", "7")]),
        ("{grant_references: [{funder: F}, {identifier: '8'}]}", None, [("F", None), (None, "8")]),
    ],
)
def test_funding_is_a_statement_or_grants(value: str, statement: str | None, grants: list[Any]) -> None:
    made = record(f"study: {{funding: {value}}}")
    assert made.study.funding_statement == statement
    assert [(one.funder, one.grant_id) for one in made.grants] == grants


@pytest.mark.parametrize(
    ("value", "roles"),
    [("a", ["a"]), ("'a, b'", ["a", "b"]), ("' a ,, b '", ["a", "b"]), ("null", [])],
)
def test_roles_are_split_at_commas(value: str, roles: list[str]) -> None:
    made = record(f"study: {{authors: [{{last_name: A, role: {value}}}]}}")
    assert [one.label for one in made.people[0].roles or ()] == roles


def test_roles_are_written_with_commas() -> None:
    person = {"id": "pe-1", "last_name": "A", "roles": [{"label": "a"}, {"label": "b"}]}
    assert said(people=[person])["study"]["authors"] == [{"last_name": "A", "role": "a, b"}]


@pytest.mark.parametrize("value", ["Place", "{name: Place}", "[Place]", "[{name: Place}, null]"])
def test_an_affiliation_is_an_organisation(value: str) -> None:
    made = record(f"study: {{authors: [{{last_name: A, affiliation: {value}}}]}}")
    assert [one.title for one in made.organisations] == ["Place"]
    assert made.people[0].affiliations == (made.organisations[0].id,)


def test_two_places_of_one_name_at_two_addresses_are_two() -> None:
    homes = "[{name: P, address: a}, {name: P, address: b}]"
    made = record(f"study: {{authors: [{{last_name: A, affiliation: {homes}}}]}}")
    assert [one.address for one in made.organisations] == ["a", "b"]


def test_an_organisation_that_nobody_belongs_to_is_told() -> None:
    assert told(organisations=[{"id": "or-1", "title": "Alone"}]) == ["nobody"]


def test_an_organisation_of_somebody_is_not_told() -> None:
    person = {"id": "pe-1", "affiliations": ["or-1"]}
    assert told(organisations=[{"id": "or-1", "title": "Home"}], people=[person]) == []


def test_several_affiliations_are_written_as_a_list_and_told() -> None:
    homes = [{"id": "or-1", "title": "A"}, {"id": "or-2", "title": "B"}]
    parts = {"organisations": homes, "people": [{"id": "pe-1", "affiliations": ["or-1", "or-2"]}]}
    assert said(**parts)["study"]["authors"][0]["affiliation"] == [{"name": "A"}, {"name": "B"}]
    assert told(**parts) == ["several"]


@pytest.mark.parametrize(
    ("value", "label", "identity"),
    [
        ("Homo sapiens", "Homo sapiens", None),
        ("{scientific_name: Homo sapiens, ncbi_taxon: '9606'}", "Homo sapiens", "NCBITaxon:9606"),
        ("{common_name: human}", "human", None),
        ("{ncbi_taxon: 'NCBI:txid9606'}", "NCBI:txid9606", "NCBITaxon:9606"),
        ("{scientific_name: Homo sapiens, ncbi_taxon: odd}", "Homo sapiens", "odd"),
    ],
)
def test_an_organism_has_a_name_and_an_id(value: str, label: str, identity: str | None) -> None:
    (organism,) = record(f"biosamples: {{A: {{organism: {value}}}}}").biosamples[0].organism
    assert (organism.label, organism.id) == (label, identity)


@pytest.mark.parametrize("value", ["null", "''", "{}", "[]", "{scientific_name: null}", "[null, {}]"])
def test_an_organism_of_nothing_is_none(value: str) -> None:
    assert not record(f"biosamples: {{A: {{organism: {value}}}}}").biosamples[0].organism


@pytest.mark.parametrize(
    ("value", "label", "identity", "ontology"),
    [
        ("confocal", "confocal", None, None),
        ("{value: confocal}", "confocal", None, None),
        ("{value: ' confocal '}", "confocal", None, None),
        ("{value: c, ontology_name: FBbi, ontology_id: 'FBbi:1'}", "c", "FBbi:1", "FBbi"),
        ("{ontology_id: 'http://purl.obolibrary.org/obo/FBbi_00000251'}", None, "FBbi:00000251", None),
    ],
)
def test_a_method_has_a_name_an_id_and_an_ontology(
    value: str, label: str | None, identity: str | None, ontology: str | None
) -> None:
    (method,) = record(f"acquisitions: {{A: {{imaging_method: {value}}}}}").acquisitions[0].imaging_method
    assert (method.id, method.ontology) == (identity, ontology)
    assert method.label == (label or "http://purl.obolibrary.org/obo/FBbi_00000251")


@pytest.mark.parametrize(
    ("value", "name", "amount"),
    [("'dose: 1 mM'", "dose", "1 mM"), ("dose", "dose", None), ("'a: b: c'", "a", "b: c"), ("'a:b'", "a:b", None)],
)
def test_a_variable_is_split_at_its_first_colon(value: str, name: str, amount: str | None) -> None:
    made = record(f"biosamples: {{A: {{experimental_variables: [{value}]}}}}")
    (found,) = made.biosamples[0].experimental_variable
    assert (found.name, found.value) == (name, amount)


def test_a_variable_is_written_with_a_colon() -> None:
    rows = [{"id": "va-1", "name": "dose", "value": "1 mM"}, {"id": "va-2", "name": "time"}]
    made = said(biosamples=[{"id": "bs-1", "title": "A", "experimental_variable": rows}])
    assert made["biosamples"]["A"]["experimental_variables"] == ["dose: 1 mM", "time"]


def test_entities_of_one_title_are_written_under_two_names() -> None:
    made = said(specimens=[{"id": "sp-1", "title": "A"}, {"id": "sp-2", "title": "A"}])
    assert len(made["specimens"]) == 2


LINKS = """\
biosamples: {B: {description: b}}
specimens: {S: {storage: s}}
acquisitions: {Q: {imaging_method: q}}
study_component: {C: {name: c}}
associations: {C: %s}
"""


def test_associations_of_one_pair_share_a_sample() -> None:
    row = "{biosample_id: B, specimen_id: S}"
    made = record(LINKS % f"[{row}, {row}]")
    assert len(made.samples) == 1
    assert [one.sample for one in made.components[0].associations] == [made.samples[0].id] * 2


def test_an_association_without_a_biosample_has_the_specimen_alone() -> None:
    (sample,) = record(LINKS % "{specimen_id: S}").samples
    assert (sample.biosample, bool(sample.specimen)) == (None, True)


def test_an_association_of_an_acquisition_alone_has_no_sample() -> None:
    made = record(LINKS % "{acquisition_id: Q}")
    assert made.samples == ()
    assert made.components[0].associations[0].acquisition == made.acquisitions[0].id


def test_blanks_around_a_title_do_not_part_an_association() -> None:
    assert "no_title" not in codes(read(LINKS % "{biosample_id: ' B '}").findings)


def test_a_title_in_other_letters_is_another() -> None:
    found = read(LINKS % "{biosample_id: b}").findings
    assert [(one.level, one.found, one.values["wanted"]) for one in found] == [("error", "b", "B")]


def test_a_reference_that_is_no_text_is_told_and_kept() -> None:
    made = read(LINKS % "{biosample_id: [B]}")
    assert codes(made.findings) == ["no_title"]
    assert write(made.record)[0]["associations"] == {"C": {"biosample_id": ["B"]}}


@pytest.mark.parametrize("rows", ["{biosample_id: B}", "[{biosample_id: B}, {specimen_id: S}]"])
def test_associations_come_back_as_they_were(rows: str) -> None:
    assert write(record(LINKS % rows))[0]["associations"] == {"C": yaml.safe_load(rows)}


def test_associations_of_another_name_are_taken_by_place_only_if_there_are_as_many() -> None:
    base = "biosamples: {B: {description: b}}\nstudy_component: {C: {name: c}, D: {name: d}}\nassociations: "
    assert codes(read(base + "{X: {biosample_id: B}, Y: {biosample_id: B}}").findings) == ["by_place", "by_place"]
    assert codes(read(base + "{X: {biosample_id: B}}").findings) == ["no_component"]


def test_associations_of_the_same_name_are_not_told() -> None:
    assert codes(read(LINKS % "{biosample_id: B}").findings) == []


def test_the_key_of_a_component_comes_back_beside_its_name() -> None:
    made = record("study_component: {key: {name: A name}}")
    assert made.components[0].title == "A name"
    assert write(made)[0]["study_component"]["key"]["name"] == "A name"


def test_a_component_without_a_name_is_called_by_its_key() -> None:
    assert record("study_component: {key: {description: d}}").components[0].title == "key"


def test_the_version_is_the_one_of_the_first_annotation() -> None:
    made = record("annotations: {A: {}, B: {}}\nversion: {B: {version: '2'}, A: {version: '1', changes: all}}")
    assert (made.study.version, made.study.version_changes) == ("1", "all")
    assert write(made)[0]["version"] == {"A": {"version": "1", "changes": "all"}, "B": {"version": "2"}}


def test_a_version_without_annotations_is_kept() -> None:
    made = record("version: {A: {version: '1'}}\nstudy: {title: t}")
    assert made.study.version is None
    assert write(made)[0]["version"] == {"A": {"version": "1"}}


@pytest.mark.parametrize(
    "field", ["study_type", "accession", "submission_date", "ethics_statement", "ai_models_trained"]
)
def test_a_field_of_the_study_without_a_key_is_told(field: str) -> None:
    value = ["x"] if field in {"study_type", "ai_models_trained"} else "x"
    found = write(Curation.model_validate({"study": {field: value}}))[1]
    assert [(one.code, one.path) for one in found] == [("rembiyaml_no_home", f"/study/{field}")]


def test_the_files_that_it_holds_none_of_are_counted() -> None:
    found = write(Curation(files=Table(("fl-1", "fl-2"), {"path": ("a", "b")})))[1]
    assert [(one.code, one.values["n"]) for one in found] == [("rembiyaml_no_files", 2)]


def test_an_empty_record_is_written_and_nothing_is_told() -> None:
    assert said() == {"study": {"rembi_version": "1.5"}}
    assert told() == []


@pytest.mark.parametrize("title", ["\x00a", "a\ud800", "- a", "a: b", "#a", "'", "é\u2028b", "😀", "x" * 100_000])
def test_a_title_of_any_kind_makes_a_file_that_is_read(title: str) -> None:
    made = Curation().model_copy(update={"study": Curation().study.model_copy(update={"title": title})})
    assert write(made)[0]["study"]["title"]


@pytest.mark.parametrize("name", ["a.yaml", "a.YML", "a.YAML"])
def test_a_yaml_is_known_by_its_ending(tmp_path: Path, name: str) -> None:
    (tmp_path / name).write_text("study: {}", encoding="utf-8")
    assert rembiyaml.recognises(tmp_path / name)


@pytest.mark.parametrize("name", ["a.json", "yaml", "a.yaml.txt"])
def test_another_ending_is_no_yaml(tmp_path: Path, name: str) -> None:
    (tmp_path / name).write_text("study: {}", encoding="utf-8")
    assert not rembiyaml.recognises(tmp_path / name)


def test_a_folder_is_known_by_our_own_file_alone(tmp_path: Path) -> None:
    (tmp_path / "a.yaml").write_text("study: {}", encoding="utf-8")
    assert not rembiyaml.recognises(tmp_path)
    (tmp_path / "rembi-metadata.yaml").write_text("study: {}", encoding="utf-8")
    assert rembiyaml.recognises(tmp_path)


def test_a_folder_that_ends_like_a_file_is_no_file(tmp_path: Path) -> None:
    (tmp_path / "a.yaml").mkdir()
    (tmp_path / "b.yaml").write_text("study: {title: t}", encoding="utf-8")
    assert rembiyaml.read(tmp_path).record.study.title == "t"
