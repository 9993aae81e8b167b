"""The rules of the schemas of ISA-JSON 1.0, written down by hand: keys, kinds, enumerations, references."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from rembi_widgets.formats.isajson._labels import DATA, DATE, EMAIL, MATERIALS, URI

ANY_VALUE = ("OntologyAnnotation", "text", "number")
COMMON = {"@id": "uri", "comments": "[Comment]"}
VALUE = {"category": "ref", "value": "value", "unit": "ref"}
RULES: dict[str, dict[str, str]] = {
    "Investigation": {
        "filename": "text",
        "identifier": "text",
        "title": "text",
        "description": "text",
        "submissionDate": "date",
        "publicReleaseDate": "date",
        "ontologySourceReferences": "[Source_of_terms]",
        "publications": "[Publication]",
        "people": "[Person]",
        "studies": "[Study]",
    },
    "Study": {
        "filename": "text",
        "identifier": "text",
        "title": "text",
        "description": "text",
        "submissionDate": "date",
        "publicReleaseDate": "date",
        "publications": "[Publication]",
        "people": "[Person]",
        "studyDesignDescriptors": "[OntologyAnnotation]",
        "protocols": "[Protocol]",
        "materials": "StudyMaterials",
        "processSequence": "[Process]",
        "assays": "[Assay]",
        "factors": "[Factor]",
        "characteristicCategories": "[MaterialAttribute]",
        "unitCategories": "[OntologyAnnotation]",
    },
    "Assay": {
        "filename": "text",
        "measurementType": "OntologyAnnotation",
        "technologyType": "OntologyAnnotation",
        "technologyPlatform": "text",
        "dataFiles": "[Data]",
        "materials": "AssayMaterials",
        "characteristicCategories": "[MaterialAttribute]",
        "unitCategories": "[OntologyAnnotation]",
        "processSequence": "[Process]",
    },
    "StudyMaterials": {"sources": "[Source]", "samples": "[Sample]", "otherMaterials": "[Material]"},
    "AssayMaterials": {"samples": "[Sample]", "otherMaterials": "[Material]"},
    "Source": {"name": "text", "characteristics": "[MaterialAttributeValue]"},
    "Sample": {
        "name": "text",
        "characteristics": "[MaterialAttributeValue]",
        "factorValues": "[FactorValue]",
        "derivesFrom": "[ref]",
    },
    "Material": {"name": "text", "type": "material", "characteristics": "[MaterialAttributeValue]"},
    "Data": {"name": "text", "type": "data"},
    "MaterialAttribute": {"characteristicType": "OntologyAnnotation"},
    "MaterialAttributeValue": VALUE,
    "FactorValue": VALUE,
    "ParameterValue": VALUE,
    "Factor": {"factorName": "text", "factorType": "OntologyAnnotation"},
    "Protocol": {
        "name": "text",
        "protocolType": "OntologyAnnotation",
        "description": "text",
        "uri": "uri",
        "version": "text",
        "parameters": "[ProtocolParameter]",
        "components": "[Component]",
    },
    "ProtocolParameter": {"parameterName": "OntologyAnnotation"},
    "Component": {"componentName": "text", "componentType": "OntologyAnnotation"},
    "Process": {
        "name": "text",
        "executesProtocol": "ref",
        "parameterValues": "[ParameterValue]",
        "performer": "text",
        "date": "date",
        "previousProcess": "ref",
        "nextProcess": "ref",
        "inputs": "[ref]",
        "outputs": "[ref]",
    },
    "Publication": {
        "pubMedID": "text",
        "doi": "text",
        "authorList": "text",
        "title": "text",
        "status": "OntologyAnnotation",
    },
    "Person": {
        "lastName": "text",
        "firstName": "text",
        "midInitials": "text",
        "email": "email",
        "phone": "text",
        "fax": "text",
        "address": "text",
        "affiliation": "text",
        "roles": "[OntologyAnnotation]",
    },
    "Source_of_terms": {"name": "text", "file": "text", "version": "text", "description": "text"},
    "OntologyAnnotation": {"annotationValue": "label", "termSource": "text", "termAccession": "uri"},
    "Comment": {"name": "text", "value": "text"},
    "ref": {},
}
FORMS = {"date": DATE, "email": EMAIL, "uri": URI}
ENUMERATIONS = {"data": DATA, "material": MATERIALS}


def faults(data: Any, kind: str = "Investigation", place: str = "") -> Iterator[str]:
    """What a thing does that its schema does not allow."""
    if kind.startswith("["):
        if not isinstance(data, list):
            yield f"{place}: no list"
            return
        for number, item in enumerate(data):
            yield from faults(item, kind[1:-1], f"{place}/{number}")
        return
    if kind not in RULES:
        yield from _plain_faults(data, kind, place)
        return
    if not isinstance(data, dict):
        yield f"{place}: no object"
        return
    known = RULES[kind] | COMMON
    for key, value in data.items():
        if key not in known:
            yield f"{place}/{key}: not a key of {kind}"
        else:
            yield from faults(value, known[key], f"{place}/{key}")


def _plain_faults(data: Any, kind: str, place: str) -> Iterator[str]:
    if kind == "value" and isinstance(data, dict):
        yield from faults(data, "OntologyAnnotation", place)
    elif kind in {"value", "label"} and isinstance(data, str | int | float) and not isinstance(data, bool):
        return
    elif not isinstance(data, str):
        yield f"{place}: no text"
    elif kind in ENUMERATIONS and data not in ENUMERATIONS[kind]:
        yield f"{place}: {data!r} is not one of {kind}"
    elif kind in FORMS and data and not FORMS[kind].fullmatch(data):
        yield f"{place}: {data!r} is no {kind}"


def declared(data: Any) -> list[str]:
    """The names that things have; a reference is an object with nothing but a name."""
    found: list[str] = []
    if isinstance(data, Mapping):
        found += [data["@id"]] if "@id" in data and len(data) > 1 else []
        found += [name for value in data.values() for name in declared(value)]
    elif isinstance(data, list):
        found += [name for value in data for name in declared(value)]
    return found


def references(data: Any) -> set[str]:
    """The names that something refers to."""
    if isinstance(data, Mapping):
        own = {data["@id"]} if set(data) == {"@id"} else set()
        return own.union(*map(references, data.values()))
    return set().union(*map(references, data)) if isinstance(data, list) else set()
