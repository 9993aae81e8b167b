"""Random records: every value that has a field at the archive is found again, in both spellings."""

from __future__ import annotations

import re
import tempfile
from collections import Counter
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, Phase, given, settings

from rembi_widgets.formats import pagetab
from rembi_widgets.record import Absent, Curation, Quantity, Term, is_empty
from tests.formats.full_records import full_records
from tests.pagetab.reading import Part, Sent, parts, read

SEVERAL_SECTIONS = ("Biosample", "Specimen", "Image acquisition", "Study Component")
ORDER = [
    "Publication",
    "Funding",
    "Biosample",
    "Specimen",
    "Image acquisition",
    "Image correlation",
    "Image analysis",
    "Annotation",
    "Study Component",
    "Author",
    "Organization",
]
PLAIN = {
    "specimens": {"preparation_method": "Sample preparation protocol", "growth_protocol": "Growth protocol"},
    "correlations": {
        "alignment": "Spatial and temporal alignment",
        "fiducials_used": "Fiducials used",
        "transformation_matrix": "Transformation matrix",
        "related_images": "Related images",
    },
    "analyses": {
        "method": "Image analysis overview",
        "data_used": "Image analysis overview",
        "software": "Image analysis overview",
        "result_type": "Image analysis overview",
    },
    "annotations": {
        "overview": "Annotation Overview",
        "method": "Annotation Method",
        "confidence_level": "Annotation Confidence Level",
        "criteria": "Annotation Criteria",
        "coverage": "Annotation Coverage",
    },
    "components": {"description": "Description"},
    "biosamples": {"description": "Description"},
}
"""Collection to the fields whose words stand in an attribute of its section, alone or among others."""
KINDS = {
    "biosamples": "Biosample",
    "specimens": "Specimen",
    "acquisitions": "Image acquisition",
    "correlations": "Image correlation",
    "analyses": "Image analysis",
    "annotations": "Annotation",
    "components": "Study Component",
}


def seen(text: str) -> str:
    """A text as the archive may hold it: no control characters, lines end with LF, no outer blanks."""
    text = text.replace("\r\n", "\n").replace("\r", "\n")
    return re.sub("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f]", " ", text).strip()


def words(value: Any) -> str:
    if isinstance(value, Absent):
        return seen(value.absent.replace("_", " ") + (f" ({value.reason})" if value.reason else ""))
    if isinstance(value, Term):
        return seen(value.label)
    if isinstance(value, Quantity):
        return seen(str(value))
    if isinstance(value, float):
        return f"{value:.0f}" if value == int(value) and abs(value) < 1e15 else repr(value)
    return seen(str(value))


def many(value: Any) -> list[Any]:
    return list(value) if isinstance(value, tuple) else [] if value is None else [value]


def words_of(value: Any) -> list[str]:
    """The words of the values that are not blank once what nobody can see is gone."""
    return [text for text in map(words, many(value)) if text]


def has(text: str, value: Any) -> None:
    for one in words_of(value):
        assert one in text, (one, text)


def given_only(value: Any) -> list[str]:
    return [] if isinstance(value, Absent) else words_of(value)


def write(record: Curation) -> Sent:
    with tempfile.TemporaryDirectory() as folder:
        pagetab.write(record, Path(folder))
        return read(Path(folder))


@settings(max_examples=25, deadline=None, phases=(Phase.generate,), suppress_health_check=list(HealthCheck))
@given(full_records())
def test_every_value_is_found_again(record: Curation) -> None:
    if not isinstance(record.study.release_date, str):
        record = record.model_copy(update={"study": record.study.model_copy(update={"release_date": "2026-11-24"})})
    sent = write(record)
    check_shape(sent)
    check_study(record, sent)
    check_people(record, sent)
    for collection, kind in KINDS.items():
        for entity, part in zip(getattr(record, collection), sent.study.all(kind), strict=True):
            for field, name in PLAIN.get(collection, {}).items():
                if not is_empty(getattr(entity, field)) and words_of(getattr(entity, field)):
                    has(part.value(name), getattr(entity, field))
    check_biosamples(record, sent)
    check_specimens(record, sent)
    check_acquisitions(record, sent)
    check_components(record, sent)


def check_shape(sent: Sent) -> None:
    found = [part.kind for part in sent.study.sections]
    assert found == sorted(found, key=ORDER.index)
    accnos = [part.accno for part in parts(sent.whole)[1:] if part.accno]
    assert len(set(accnos)) == len(accnos)
    assert all(kind in found for kind in SEVERAL_SECTIONS)
    for kind in KINDS.values():
        titles = [part.value("Name" if kind == "Study Component" else "Title") for part in sent.study.all(kind)]
        assert len({title.casefold() for title in titles}) == len(titles)
    for part in parts(sent.whole)[2:]:
        assert all(name and value for name, value, *_ in part.attributes)


def check_study(record: Curation, sent: Sent) -> None:
    study = record.study
    assert sent.study.value("Title") == words(study.title)
    assert sent.study.values("Description") == words_of(study.description)[:1]
    wanted = dict.fromkeys(word for field in (study.keywords, study.study_type) for word in given_only(field))
    assert sent.study.values("Keywords") == list(wanted)
    for name, value in (("Acknowledgements", study.acknowledgements), ("Funding statement", study.funding_statement)):
        has("\n".join(sent.study.values(name)), value)
    assert sent.study.values("License") == given_only(study.license)
    assert [url for url, _ in sent.study.links] == [text for one in record.links for text in given_only(one.url)]
    told = [one for one in record.links if given_only(one.url)]
    assert [[it[1] for it in held] for _, held in sent.study.links] == [given_only(one.description) for one in told]
    attributes = {name: value for name, value, *_ in sent.whole.attributes}
    assert attributes["Template"] == "BioImages.v5"
    assert attributes["AttachTo"] == "BioImages"
    assert attributes["ReleaseDate"] == words(study.release_date)
    assert attributes["DOI"] == ""


def multiset(found: list[Part], names: tuple[str, ...]) -> Counter[tuple[tuple[str, ...], ...]]:
    return Counter(tuple(tuple(part.values(name)) for name in names) for part in found)


def check_people(record: Curation, sent: Sent) -> None:
    funding = Counter((tuple(given_only(g.funder)), tuple(given_only(g.grant_id))) for g in record.grants)
    del funding[(), ()]
    assert multiset(sent.study.all("Funding"), ("Agency", "grant_id")) == funding
    names = {"title": "Title", "authors": "Authors", "pubmed_id": "Pubmed ID", "year": "Year", "status": "Status"}
    said = [one for one in record.publications if any(given_only(getattr(one, f)) for f in (*names, "doi"))]
    for one, part in zip(said, sent.study.all("Publication"), strict=False):
        for field, name in names.items():
            assert part.values(name) == given_only(getattr(one, field))
    accnos = {
        one.id: part.accno for one, part in zip(record.organisations, sent.study.all("Organization"), strict=True)
    }
    for one, part in zip(record.organisations, sent.study.all("Organization"), strict=True):
        for field, name in {"title": "Name", "address": "Address", "ror": "RORID"}.items():
            assert part.values(name) == given_only(getattr(one, field))
    for person, part in zip(record.people, sent.study.all("Author"), strict=True):
        has(" ".join(part.values("Name")), tuple(given_only(person.first_name) + given_only(person.last_name)))
        assert part.values("E-mail") == given_only(person.email)
        assert part.values("ORCID") == given_only(person.orcid)
        assert "; ".join(part.values("Role")) == "; ".join(given_only(person.roles))
        references = [
            value for name, value, is_reference, _ in part.attributes if name == "affiliation" and is_reference
        ]
        assert references == [accnos[one] for one in many(person.affiliations)]


def check_biosamples(record: Curation, sent: Sent) -> None:
    for one, part in zip(record.biosamples, sent.study.all("Biosample"), strict=True):
        assert part.values("Organism") == words_of(one.organism)
        ids = ["NCBITaxon_9606" if term.id else None for term in many(one.organism)]
        assert [found.get("TermId") for found in part.qualified("Organism")] == ids
        below = part.all("Organism")
        assert [(it.values("NCBI taxon ID") or [None])[0] for it in below] == ids
        assert [" ".join(it.values("Scientific name")) for it in below] == words_of(one.organism)
        has("\n".join(part.values("Biological entity")), one.biological_entity)
        for name in ("intrinsic", "extrinsic"):
            (told,) = part.values(f"{name.capitalize()} variable") or [""]  # the archive's reader takes one
            assert told.split(";\n") == (words_of(getattr(one, f"{name}_variable")) or [""])
        experimental = "\n".join(part.values("Experimental variable"))
        for row in one.experimental_variable:
            has(experimental, row.name)
            has(experimental, row.value)


def check_specimens(record: Curation, sent: Sent) -> None:
    for one, part in zip(record.specimens, sent.study.all("Specimen"), strict=True):
        protocol, growth = ("\n".join(part.values(name)) for name in ("Sample preparation protocol", "Growth protocol"))
        for value in given_only(one.preparation_terms) + given_only(one.preparation_url):
            assert value in protocol
        has(growth, tuple(given_only(one.growth_medium)))
        flat = " ".join(protocol.replace(";", " ").split())
        for sample in (sample for sample in record.samples if sample.specimen == one.id):
            fields = (sample.signal_contrast_mechanism, sample.experimental_status, sample.location_within_biosample)
            labels = [value for row in sample.labels for value in (row.content, row.biological_entity)]
            for text in (text for value in (*fields, *labels) for text in given_only(value)):
                assert " ".join(text.replace(";", " ").split()) in flat


def check_acquisitions(record: Curation, sent: Sent) -> None:
    for one, part in zip(record.acquisitions, sent.study.all("Image acquisition"), strict=True):
        assert part.values("Imaging method") == words_of(one.imaging_method)
        for term, found in zip(
            [term for term in many(one.imaging_method) if words(term)], part.qualified("Imaging method"), strict=True
        ):
            assert ("TermId" in found) == bool(getattr(term, "id", None))
        check_instrument(one, "\n".join(part.values("Imaging instrument")))
        check_parameters(one, part)


def check_instrument(one: Any, told: str) -> None:
    for name in type(one).model_fields:
        if name.startswith(("instrument_", "objective_")) or name == "software":
            has(told, tuple(given_only(getattr(one, name))))
    for row in (row for name in ("light_sources", "detectors", "filters") for row in getattr(one, name)):
        for field in type(row).model_fields.keys() - {"id"}:
            has(told, tuple(given_only(getattr(row, field))))


def check_parameters(one: Any, part: Part) -> None:
    told = "\n".join(part.values("Image acquisition parameters") + part.values("Acquisition settings"))
    if given_only(one.acquisition_parameters):
        assert part.value("Image acquisition parameters") == words(one.acquisition_parameters)
    for row in one.channels:
        for field in type(row).model_fields.keys() - {"id", "label"}:
            has(told, tuple(given_only(getattr(row, field))))
    for field in ("time_interval", "temperature", "accelerating_voltage", "electron_dose", "tilt_range"):
        has(told, tuple(given_only(getattr(one, field))))


def check_components(record: Curation, sent: Sent) -> None:
    titles = {
        entity.id: part.value("Title")
        for collection, kind in KINDS.items()
        if kind != "Study Component"
        for entity, part in zip(getattr(record, collection), sent.study.all(kind), strict=True)
    }
    samples = {sample.id: sample for sample in record.samples}
    listed: Counter[str] = Counter()
    for one, part in zip(record.components, sent.study.all("Study Component"), strict=True):
        wanted = set()
        for link in one.associations:
            sample = samples[link.sample or ""]
            row = (sample.biosample, sample.specimen, link.acquisition, link.correlation, link.analysis)
            wanted.add(tuple(titles.get(ref or "", "") for ref in row))
        names = ("Biosample", "Specimen", "Image acquisition", "Image correlation", "Image analysis")
        rows = [tuple("".join(it.values(name)) for name in names) for it in part.all("Associations")]
        assert sorted(rows) == sorted(wanted)
        listed.update(row["Files"] for row in sent.lists[part.value("File List")])
    for one, part in zip(record.annotations, sent.study.all("Annotation"), strict=True):
        assert part.values("Annotation Type") == words_of(one.annotation_type)
        rows = sent.lists[part.value("File List")]
        listed.update(row["Files"] for row in rows)
        assert all(row["source_image"] in record.files.column("path") for row in rows)
    assert listed.keys() == set(record.files.column("path"))


def test_a_text_is_seen_as_it_is() -> None:
    assert seen(" a\r\nb\x00 ") == "a\nb"
    with pytest.raises(AssertionError):
        has("nothing", "something")
