"""Values: our own submissions come back as the records they were, as far as PageTab holds them, and then stay so."""

from __future__ import annotations

import json
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

from rembi_widgets.formats import pagetab, proposal
from rembi_widgets.record import Absent, Change, Curation, Origin, Term, apply
from tests.bia_read.bags import bag
from tests.formats.builder import full_record
from tests.formats.full_records import full_records

WORDS = st.text("abcdefghij äßé,.-()/αµ", min_size=1, max_size=30).map(str.strip).filter(bool)
ABSENCES = st.builds(Absent, absent=st.sampled_from(["not_applicable", "not_recorded"]), reason=st.none() | WORDS)
TEXTS = WORDS | ABSENCES


def terms(prefix: str) -> st.SearchStrategy[Term]:
    free = st.builds(Term, label=WORDS)
    known = st.builds(
        Term, label=WORDS, id=st.integers(1, 99999).map(lambda n: f"{prefix}:{n:08}"), ontology=st.just(prefix)
    )
    return free | known


@st.composite
def held_records(draw: st.DrawFn) -> dict[str, Any]:
    """A record of nothing but what PageTab has an attribute for."""
    orgs = [{"id": f"or-{n}", "title": draw(WORDS), "address": draw(WORDS)} for n in range(2)]
    names = st.text("abcdefghij", min_size=1, max_size=8)
    people = [
        {
            "id": f"pe-{n}",
            "first_name": draw(names),
            "last_name": f"{draw(names)}{n}",
            "email": f"{n}@example.org",
            "roles": [Term(label=draw(names))],
            "affiliations": draw(st.lists(st.sampled_from(["or-0", "or-1"]), unique=True, max_size=2)),
        }
        for n in range(2)
    ]
    biosamples = [
        {
            "id": f"bs-{n}",
            "title": f"B{n}",
            "organism": [draw(terms("NCBITaxon"))],
            "biological_entity": [draw(terms("UBERON"))],
            "description": draw(TEXTS),
            "intrinsic_variable": draw(st.lists(WORDS, max_size=2)),
            "extrinsic_variable": draw(st.lists(WORDS, max_size=2)),
            "experimental_variable": [{"id": f"va-{n}", "name": draw(names), "value": draw(WORDS)}],
        }
        for n in range(2)
    ]
    return {
        "study": {
            "title": draw(WORDS),
            "description": draw(TEXTS),
            "release_date": "2026-05-01",
            "license": draw(st.sampled_from(["CC0", "CC BY 4.0"])),
            "keywords": draw(st.lists(WORDS, unique=True, max_size=3)),
            "acknowledgements": draw(TEXTS),
            "funding_statement": draw(WORDS),
        },
        "people": people,
        "organisations": orgs,
        "publications": [{"id": "pu-0", "title": draw(WORDS), "doi": "10.1234/abc", "year": "2024", "authors": "A"}],
        "grants": [{"id": "gr-0", "funder": draw(WORDS), "grant_id": draw(WORDS)}],
        "links": [{"id": "li-0", "url": "https://example.org/a", "description": draw(WORDS)}],
        "biosamples": biosamples,
        "specimens": [
            {"id": f"sp-{n}", "title": f"S{n}", "preparation_method": draw(WORDS), "growth_protocol": draw(TEXTS)}
            for n in range(2)
        ],
        "samples": [
            {"id": f"sa-{n}", "title": f"B{n} / S0", "biosample": f"bs-{n}", "specimen": "sp-0"} for n in range(2)
        ],
        "acquisitions": [
            {
                "id": "ac-0",
                "title": "A",
                "instrument_model": draw(WORDS),
                "acquisition_parameters": draw(WORDS),
                "imaging_method": draw(st.lists(terms("FBbi"), min_size=1, max_size=2)),
            }
        ],
        "correlations": [{"id": "co-0", "title": "C", "alignment": draw(TEXTS), "fiducials_used": draw(WORDS)}],
        "analyses": [{"id": "an-0", "title": "N", "method": draw(WORDS), "software": draw(WORDS), "data_used": "all"}],
        "annotations": [
            {
                "id": "at-0",
                "title": "T",
                "overview": draw(WORDS),
                "annotation_type": ["counts", "tracks"],
                "authors": ["pe-1"],
            }
        ],
        "components": [
            {
                "id": "sc-0",
                "title": "SC",
                "description": draw(TEXTS),
                "associations": [
                    {
                        "id": f"as-{n}",
                        "sample": f"sa-{n}",
                        "acquisition": "ac-0",
                        "analysis": "an-0",
                        "correlation": "co-0",
                    }
                    for n in range(2)
                ],
            }
        ],
    }


def plain(record: Curation) -> Any:
    """A record without marks, its ids named by the places of what they name."""
    said = record.model_copy(update={"marks": {}}).plain()
    text = json.dumps({key: value for key, value in said.items() if key not in {"files", "images", "marks", "setup"}})
    ids = [one.id for name in type(record).model_fields for one in _entities(getattr(record, name))]
    for place, identity in enumerate(dict.fromkeys(ids)):
        text = text.replace(f'"{identity}"', f'"#{place}"')
    return json.loads(text)


def _entities(held: Any) -> list[Any]:
    found = [one for one in held if hasattr(one, "id")] if isinstance(held, tuple) else []
    below = [
        row for one in found for name in ("experimental_variable", "associations") for row in getattr(one, name, ())
    ]
    return [*found, *below]


@settings(max_examples=25, deadline=None, phases=(Phase.generate,), suppress_health_check=list(HealthCheck))
@given(held_records())
def test_what_pagetab_has_an_attribute_for_comes_back_as_it_was(given_record: dict[str, Any]) -> None:
    record = Curation.model_validate(given_record)
    with TemporaryDirectory() as folder:
        pagetab.write(record, Path(folder))
        found = pagetab.read(Path(folder))
    assert plain(found.record) == plain(record)
    assert found.findings == ()


@settings(max_examples=15, deadline=None, phases=(Phase.generate,), suppress_health_check=list(HealthCheck))
@given(full_records())
def test_any_submission_of_ours_comes_back_and_stays(record: Curation) -> None:
    if not isinstance(record.study.release_date, str):
        record = record.model_copy(update={"study": record.study.model_copy(update={"release_date": "2026-11-24"})})
    with TemporaryDirectory() as one, TemporaryDirectory() as two:
        first, second = Path(one), Path(two)
        pagetab.write(record, first)
        js, tsv = (pagetab.open_document(first / f"submission.{end}") for end in ("json", "tsv"))
        assert [found for found in (*js.findings, *tsv.findings) if found.level == "error"] == []
        assert bag(js.submission, accnos=False) == bag(tsv.submission, accnos=False)
        pagetab.write(pagetab.read(first).record, second)
        assert bag(pagetab.open_document(second).submission) == bag(js.submission)
        assert {path.name for path in first.iterdir()} == {path.name for path in second.iterdir()}
        for path in first.glob("file_list*.tsv"):
            assert _paths(path) == _paths(second / path.name)


def _paths(path: Path) -> list[str]:
    return sorted(line.split("\t")[0] for line in path.read_text(encoding="utf-8").split("\n"))


LOSSES = {
    "an instrument's parts": "acquisitions/instrument_manufacturer",
    "an objective": "acquisitions/objective_model",
    "channels": "acquisitions/channels",
    "labels of samples": "samples/labels",
    "a status of a sample": "samples/experimental_status",
    "a growth medium": "specimens/growth_medium",
    "terms of a preparation": "specimens/preparation_terms",
}
"""What the archive's form has only texts for: it comes back inside a text, and no more as a field."""


def test_what_is_lost_as_a_field_is_there_as_text(tmp_path: Path) -> None:
    record = full_record()
    pagetab.write(record, tmp_path)
    found = pagetab.read(tmp_path).record
    text = (tmp_path / "submission.json").read_text(encoding="utf-8")
    for name, place in LOSSES.items():
        collection, field = place.split("/")
        given_ones = [getattr(one, field) for one in getattr(record, collection)]
        assert not any(getattr(one, field) for one in getattr(found, collection)), name
        for value in (value for value in given_ones if isinstance(value, str)):
            assert value in text


def test_every_value_bears_where_it_came_from(tmp_path: Path) -> None:
    pagetab.write(full_record(), tmp_path)
    found = pagetab.read(tmp_path).record
    mark = found.marks[f"/biosamples/{found.biosamples[0].id}/organism"]
    assert (mark.confirmed, mark.origin.kind) == (False, "import")
    assert (mark.origin.source, mark.origin.header) == ("submission.json", "Biosample/Organism")
    assert all(path.count("/") >= 2 for path in found.marks)


def test_what_was_read_goes_into_a_curation_once(tmp_path: Path) -> None:
    pagetab.write(full_record(), tmp_path)
    found = pagetab.read(tmp_path).record
    edits = proposal(found, Curation())
    change = Change(
        id="c-1", author="tester", at="2026-01-01T00:00:00Z", origin=Origin(kind="import"), edits=tuple(edits)
    )
    held = apply(Curation(), change)
    assert proposal(pagetab.read(tmp_path).record, held) == []
    assert plain(held) == plain(found)


def submission(folder: Path, *sections: dict[str, Any], **root: Any) -> Path:
    said = {
        "attributes": [{"name": "ReleaseDate", "value": "2026-01-01"}],
        "section": {"type": "Study", **root, "subsections": list(sections)},
        "type": "submission",
    }
    path = folder / "submission.json"
    path.write_text(json.dumps(said), encoding="utf-8")
    return path


def section(kind: str, *attributes: tuple[str, str], **more: Any) -> dict[str, Any]:
    return {"type": kind, "attributes": [{"name": name, "value": value} for name, value in attributes], **more}


def test_spellings_of_one_attribute(tmp_path: Path) -> None:
    author = section(
        "author", ("Name", "Ada B. Lovelace"), ("Email", "ada@example.org"), ("role", "submitter; analyst")
    )
    specimen = section("specimen", ("Title", "s"), ("Sample Preparation Protocol", "fixed"))
    root = [{"name": "Keyword", "value": "one"}, {"name": "Keywords", "value": "two"}]
    record = pagetab.read(submission(tmp_path, author, specimen, attributes=root)).record
    (person,) = record.people
    assert (person.first_name, person.last_name, person.email) == ("Ada B.", "Lovelace", "ada@example.org")
    assert [str(role) for role in person.roles] == ["submitter", "analyst"]
    assert record.specimens[0].preparation_method == "fixed"
    assert record.study.keywords == ("one", "two")


def test_an_attribute_without_a_field_is_kept_under_a_key(tmp_path: Path) -> None:
    read = pagetab.read(submission(tmp_path, section("Biosample", ("Title", "b"), ("Age", "5"), ("Age", "6"))))
    (one,) = read.record.biosamples
    assert one.plain()["x-bia-Age"] == ["5", "6"]
    assert [kept.path for kept in read.kept] == [f"/biosamples/{one.id}/x-bia-Age"] * 2
    assert {found.code for found in read.findings} == {"pagetab.kept"}


def test_a_link_with_a_type_is_an_address(tmp_path: Path) -> None:
    links = [
        {"url": "10.1234/x", "attributes": [{"name": "Type", "value": "DOI"}]},
        {"url": "https://example.org", "attributes": [{"name": "Type", "value": "doi"}]},
        {"url": "nowhere", "attributes": []},
    ]
    record = pagetab.read(submission(tmp_path, links=links)).record
    assert [one.url for one in record.links] == ["https://doi.org/10.1234/x", "https://example.org", "nowhere"]


def test_an_association_that_names_nothing_is_told_and_kept(tmp_path: Path) -> None:
    rows = section("Associations", ("Biosample", "b"), ("Specimen", "gone"))
    component = section("Study Component", ("Name", "n"), subsections=[rows])
    read = pagetab.read(submission(tmp_path, section("Biosample", ("Title", "b")), component))
    (link,) = read.record.components[0].associations
    assert link.plain()["x-bia-Specimen"] == "gone"
    (told,) = [one for one in read.findings if one.code == "pagetab.association_nowhere"]
    assert (told.level, told.found, told.path) == (
        "error",
        "gone",
        "/submission.json#/section/subsections/1/subsections/0/attributes/1",
    )


def test_a_free_key_without_a_home_is_told(tmp_path: Path) -> None:
    record = Curation.model_validate(
        {"study": {"title": "t", "x-lab": "5"}, "components": [{"id": "sc-1", "title": "c", "x-room": "6"}]}
    )
    told = [one for one in pagetab.write(record, tmp_path).findings if one.code == "pagetab_no_home"]
    assert [one.path for one in told] == ["/study/x-lab", "/components/sc-1/x-room"]
    assert all("x-" in one.message("fr") for one in told)
