"""REMBI YAML: what is read, what is kept, what comes back, what is refused."""

from __future__ import annotations

import re
import tempfile
from pathlib import Path
from typing import Any

import pytest
import yaml
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from rembi_widgets.errors import RembiError
from rembi_widgets.formats import FORMATS, READABLE, Read, proposal, read, rembiyaml, write
from rembi_widgets.formats.rembiyaml._safe import LARGEST, load
from rembi_widgets.record import Curation, leaves
from rembi_widgets.store import open_curation
from tests.formats.builder import full_record
from tests.formats.full_records import full_records
from tests.rembiyaml.documents import WITH_MIFA
from tests.strategies import records


def read_text(text: str) -> Read:
    with tempfile.TemporaryDirectory() as folder:
        (Path(folder) / "a.yaml").write_bytes(text.encode("utf-8"))
        return rembiyaml.read(Path(folder) / "a.yaml")


def written(record: Curation) -> dict[str, Any]:
    with tempfile.TemporaryDirectory() as folder:
        (file,) = rembiyaml.write(record, Path(folder)).files
        found: dict[str, Any] = yaml.safe_load(file.read_bytes())
    return found


def codes(findings: Any) -> list[str]:
    return [one.code.removeprefix("rembiyaml_") for one in findings]


@pytest.fixture(scope="module")
def record() -> Curation:
    return read_text(WITH_MIFA).record


def test_it_is_a_format_that_is_read_and_written(tmp_path: Path) -> None:
    assert "rembi-yaml" in FORMATS
    assert "rembi-yaml" in READABLE
    assert [path.name for path in write("rembi-yaml", full_record(), tmp_path).files] == ["rembi-metadata.yaml"]
    assert read(tmp_path, "rembi-yaml").record.study.title == full_record().study.title


def test_the_study_is_read(record: Curation) -> None:
    study = record.study
    assert study.release_date == "2024-08-02"
    assert study.keywords == ("AI", "NO")
    assert study.license == "CC0"
    assert study.funding_statement == "Paid by nobody."
    assert (study.version, study.version_timestamp) == ("1.0", "2020-07-17T00:00:00Z")
    assert record.grants[0].grant_id == "0844198"
    assert record.publications[0].pubmed_id == "PMC7419523"
    assert record.links[0].model_extra == {"x-yaml-link_type": "code"}


def test_people_share_an_organisation(record: Curation) -> None:
    first, second = record.people
    assert [role.label for role in first.roles] == ["conceptualization", "data acquisition"]
    assert first.affiliations == second.affiliations == (record.organisations[0].id,)
    assert record.organisations[0].address == "1 Example Street"


def test_terms_have_their_ids(record: Curation) -> None:
    organism = record.biosamples[0].organism[0]
    assert (organism.label, organism.id, organism.model_extra) == (
        "Homo sapiens",
        "NCBITaxon:9606",
        {"common_name": "human"},
    )
    assert record.acquisitions[0].imaging_method[0].id == "FBbi:00000251"


def test_variables_have_names_and_values(record: Curation) -> None:
    first, second = record.biosamples[0].experimental_variable
    assert (first.name, first.value, second.name, second.value) == ("dose", "1 µM", "Time", None)
    assert record.biosamples[0].intrinsic_variable == ("GFP", "on")


def test_associations_lead_to_what_they_name(record: Curation) -> None:
    (link,), (sample,) = record.components[0].associations, record.samples
    assert (sample.biosample, sample.specimen) == (record.biosamples[0].id, record.specimens[0].id)
    assert link.sample == sample.id
    assert link.acquisition == record.acquisitions[0].id
    assert link.correlation == record.correlations[0].id
    assert link.analysis == record.analyses[0].id


def test_annotations_are_read(record: Curation) -> None:
    (annotation,) = record.annotations
    assert annotation.annotation_type == ("segmentation_mask", "counts")
    assert (annotation.title, annotation.coverage, annotation.confidence_level) == ("Masks", "100%", "10 years")


def test_unknown_keys_are_kept(record: Curation) -> None:
    assert record.specimens[0].model_extra == {"x-yaml-storage": "-80"}
    assert (record.study.model_extra or {})["x-yaml.root.workflow"] == {"steps": ["a", "b"]}


def test_every_value_says_where_it_is_from_and_nobody_has_confirmed_it(record: Curation) -> None:
    assert {where for where, _ in leaves(record)} == record.marks.keys()
    assert {(mark.confirmed, mark.origin.source) for mark in record.marks.values()} == {(False, "a.yaml")}


def test_it_comes_back_as_it_was(record: Curation) -> None:
    # every scalar is text here and the last line break of a block is none of it
    plain, _ = load(WITH_MIFA.replace("sample_preparation: |", "sample_preparation: |-").encode(), "x")
    assert without_empty(written(record)) == without_empty(plain)


def without_empty(value: Any) -> Any:
    if isinstance(value, dict):
        held = {key: without_empty(one) for key, one in value.items()}
        return {key: one for key, one in held.items() if one not in (None, "", [], {})}
    return [without_empty(one) for one in value] if isinstance(value, list) else value


def test_it_goes_into_a_curation(record: Curation, tmp_path: Path) -> None:
    with open_curation(tmp_path) as curation:
        curation.propose(proposal(record, curation.record), origin="import")
        held = curation.record
    assert held.specimens == record.specimens
    assert held.study == record.study
    assert held.components == record.components


@pytest.mark.parametrize(
    "text", ["NO", "on", "2024-08-02", "1.10", "0x10", "1e5", "1_000", "12:30:45", "=", "<<", "null"]
)
def test_text_stays_text(text: str) -> None:
    quoted = text if text != "null" else "'null'"
    found = read_text(f"study:\n  title: {quoted}\n").record.study.title
    assert found == text


def test_no_key_is_mistaken_for_a_field() -> None:
    found = read_text("specimens:\n  A:\n    title: B\n    id: c\n    samples/x: d\n").record
    assert (found.specimens[0].title, found.specimens[0].id[:3]) == ("A", "sp-")
    assert written(found)["specimens"] == {"A": {"title": "B", "id": "c", "samples/x": "d"}}


ODD = {
    "study: [a]\nbiosamples: {}\n": "not_mapping",
    "study: {title: [a, b]}\n": "not_text",
    "specimens: {A: {sample_preparation: {x: y}}}\n": "not_text",
    "study: {title: a, title: b}\n": "twice",
    "study_component: {A: {name: a}}\nassociations: {B: {biosample_id: x}}\n": "by_place",
    "study_component: {}\nassociations: {B: {biosample_id: x}}\n": "no_component",
    "study_component: {A: {name: a}}\nassociations: {A: {biosample_id: x}}\n": "no_title",
}


@pytest.mark.parametrize("text", ODD)
def test_what_is_odd_is_told_and_kept(text: str) -> None:
    found = read_text(text)
    assert ODD[text] in codes(found.findings)
    again = written(found.record)
    flat = yaml.safe_dump(again)
    for word in re.findall(r"\b[abxy]\b", text.split("study_component", maxsplit=1)[0]):
        assert word in flat


@pytest.mark.parametrize(
    "text",
    [
        "study: {authors: {first_name: A}}\n",
        "study: {authors: [A, {last_name: B}]}\n",
        "study: {authors: [{last_name: B, role: [a, b], affiliation: Place}]}\n",
        "study: {authors: [{last_name: B, affiliation: [{name: P}, {name: Q}]}]}\n",
        "study: {keywords: one}\n",
        "study: {keywords: [{a: b}, one]}\n",
        "study: {funding: a statement}\n",
        "study: {funding: {grant_references: [a, {funder: F}], other: x}}\n",
        "study: {license: CC0}\n",
        "study: {license: [a]}\n",
        "study: {rembi_version: '2.0'}\n",
        "biosamples: {A: text}\n",
        "biosamples: {A: {organism: Homo sapiens, biological_entity: [a, b]}}\n",
        "biosamples: {A: {organism: [{scientific_name: S}, {common_name: C}]}}\n",
        "biosamples: {A: {intrinsic_variables: [a, {b: c}]}}\n",
        "acquisitions: {A: {imaging_method: [{value: V}, W]}}\n",
        "annotations: {A: {annotation_type: [a, b]}}\nversion: {B: {version: '1'}}\n",
        "version: {A: {version: '1', by: me}}\n",
        "study_component: {A: text}\nassociations: {A: [{biosample_id: x}, y]}\n",
        "study_component: {A: {name: N, file_list: f.tsv}}\n",
    ],
)
def test_no_word_is_lost(text: str) -> None:
    plain, _ = load(text.encode(), "x")
    flat = yaml.safe_dump(written(read_text(text).record), width=10**6)
    for word in _words(plain):
        assert word in flat


def _words(value: Any) -> list[str]:
    if isinstance(value, dict):
        return [word for one in value.values() for word in _words(one)]
    return [word for one in value for word in _words(one)] if isinstance(value, list) else [str(value)]


BOMB = "a: &a [x, x, x, x, x, x, x, x, x]\n" + "".join(
    f"{after}: &{after} [{', '.join([f'*{before}'] * 9)}]\n"
    for before, after in zip("abcdefgh", "bcdefghi", strict=True)
)


@pytest.mark.parametrize(
    ("text", "key"),
    [
        (BOMB, "bomb"),
        ("study: &a [*a]\n", "bomb"),
        ("study: " + "[" * 3000, "too_deep"),
        ("study: " + "{a: " * 3000, "too_deep"),
        ("study: [\n", "no_yaml"),
        ("study: !!python/object/apply:os.system [ls]\n: :", "no_yaml"),
        ("study:\n\ttitle: x\n", "no_yaml"),
        ("--- {study: {}}\n--- {study: {}}\n", "no_yaml"),
        ("\x00", "no_yaml"),
        ("", "no_rembi"),
        ("- study\n", "no_rembi"),
        ("title: x\n", "no_rembi"),
    ],
)
def test_what_is_none_is_refused_in_a_sentence(text: str, key: str) -> None:
    with pytest.raises(RembiError) as caught:
        read_text(text)
    assert caught.value.key == f"rembiyaml.{key}"
    assert "a.yaml" in caught.value.say("fr")


def test_objects_are_never_made() -> None:
    found = read_text("study: {title: !!python/object/apply:os.getcwd []}\nspecimens: {A: {x: !mine text}}\n").record
    assert found.study.title is None
    assert found.specimens[0].model_extra == {"x-yaml-x": "text"}


def test_an_alias_is_what_it_stands_for() -> None:
    found = read_text("specimens: {A: &a {sample_preparation: p}, B: *a}\n").record
    assert [one.preparation_method for one in found.specimens] == ["p", "p"]


def test_a_file_that_is_too_large_or_no_text_is_refused(tmp_path: Path) -> None:
    file = tmp_path / "a.yaml"
    file.write_bytes(b"#" * (LARGEST + 1))
    with pytest.raises(RembiError, match="too large"):
        rembiyaml.read(file)
    file.write_bytes(b"study: {title: \xe9}")
    with pytest.raises(RembiError, match="UTF-8"):
        rembiyaml.read(file)
    file.write_bytes("study: {title: é}".encode("utf-16"))
    assert rembiyaml.read(file).record.study.title == "é"


def test_a_folder_holds_one(tmp_path: Path) -> None:
    with pytest.raises(RembiError, match="0 YAML files"):
        rembiyaml.read(tmp_path)
    (tmp_path / "a.yml").write_text("study: {title: a}\n", encoding="utf-8")
    assert rembiyaml.read(tmp_path).record.study.title == "a"
    (tmp_path / "b.yaml").write_text("study: {title: b}\n", encoding="utf-8")
    with pytest.raises(RembiError, match="2 YAML files"):
        rembiyaml.read(tmp_path)
    (tmp_path / "rembi-metadata.yaml").write_text("study: {title: c}\n", encoding="utf-8")
    assert rembiyaml.read(tmp_path).record.study.title == "c"
    with pytest.raises(RembiError, match="no file or folder"):
        rembiyaml.read(tmp_path / "none")


def test_what_the_format_has_no_place_for_is_told(tmp_path: Path) -> None:
    found = rembiyaml.write(full_record(), tmp_path).findings
    assert {"no_home", "no_files", "several"} <= set(codes(found))
    assert all("{" not in one.message("en") + one.message("fr") for one in found)


def test_structure_is_told_in_texts() -> None:
    said = written(full_record())
    method = said["specimens"]["PFA-fixed"]["sample_preparation"]
    assert "DAPI marks DNA" in method
    acquisition = said["acquisitions"]["ACQ confocal 63x"]
    assert acquisition["imaging_method"]["ontology_id"] == "http://purl.obolibrary.org/obo/FBbi_00000253"
    assert "Zeiss LSM 880" in acquisition["imaging_instrument"]
    assert said["biosamples"]["HeLa-1"]["organism"]["ncbi_taxon"] == "NCBI:txid9606"
    assert said["study"]["rembi_version"] == "1.5"


def bare(record: Curation) -> Curation:
    return record.model_copy(update={"marks": {}})


texts = st.text(st.characters(blacklist_categories=("Cs", "Cc", "Zl", "Zp")), min_size=1, max_size=12)
plain = texts.map(lambda text: " ".join(text.split())).filter(lambda text: text and ": " not in text)
titles = st.lists(plain, min_size=1, max_size=3, unique_by=str.casefold)
fields = st.dictionaries(st.sampled_from(["sample_preparation", "growth_protocol", "storage"]), plain)


@st.composite
def documents(draw: st.DrawFn) -> dict[str, Any]:
    """Documents in the shape of the templates."""
    biosamples, specimens, acquisitions = draw(titles), draw(titles), draw(titles)
    link = {
        "biosample_id": draw(st.sampled_from(biosamples)),
        "specimen_id": draw(st.sampled_from(specimens)),
        "acquisition_id": draw(st.sampled_from(acquisitions)),
    }
    name = draw(plain)
    return {
        "study": {"title": draw(plain), "keywords": draw(titles), "rembi_version": "1.5", "note": draw(plain)},
        "biosamples": {one: {"biological_entity": draw(plain), "extra": draw(titles)} for one in biosamples},
        "specimens": {one: draw(fields) or {"storage": "x"} for one in specimens},
        "acquisitions": {
            one: {"imaging_method": {"value": draw(plain)}, "imaging_instrument": draw(plain)} for one in acquisitions
        },
        "study_component": {draw(plain): {"name": name, "rembi_version": "1.5"}},
        "associations": {},
        "more": draw(st.dictionaries(plain, plain, min_size=1, max_size=2)),
        "_link": link,
    }


@settings(max_examples=30, deadline=None, suppress_health_check=list(HealthCheck))
@given(documents())
def test_any_document_comes_back_as_it_was(document: dict[str, Any]) -> None:
    document["associations"] = dict.fromkeys(document["study_component"], document["_link"])
    del document["_link"]
    found = read_text(yaml.safe_dump(document, allow_unicode=True, sort_keys=False))
    assert written(found.record) == document


@settings(max_examples=12, deadline=None, suppress_health_check=list(HealthCheck))
@given(full_records() | records())
def test_any_record_is_written_and_what_was_read_comes_back(record: Curation) -> None:
    with tempfile.TemporaryDirectory() as folder:
        rembiyaml.write(record, Path(folder))
        first = rembiyaml.read(Path(folder)).record
        rembiyaml.write(first, Path(folder))
        second = rembiyaml.read(Path(folder)).record
        rembiyaml.write(second, Path(folder))
    assert [one.title for one in second.components] == [one.title for one in first.components]
    assert len(second.biosamples) == len(first.biosamples) == len(record.biosamples)
