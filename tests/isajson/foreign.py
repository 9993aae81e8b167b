"""ISA-JSON of other people's making, for tests: small, and without what only ours has."""

from __future__ import annotations

import json
from collections.abc import Sequence
from pathlib import Path
from typing import Any


def process(
    identity: str,
    *,
    protocol: str = "#protocol/1",
    inputs: Sequence[str] = (),
    outputs: Sequence[str] = (),
    previous: str = "",
    next: str = "",  # noqa: A002 - the key's own word
    **more: Any,
) -> dict[str, Any]:
    """A process; links that are empty are left out."""
    links = {"previousProcess": previous, "nextProcess": next}
    return {
        "@id": identity,
        "name": "",
        "executesProtocol": {"@id": protocol},
        "parameterValues": [],
        "performer": "",
        "date": "",
        **{key: {"@id": value} for key, value in links.items() if value},
        "inputs": [{"@id": one} for one in inputs],
        "outputs": [{"@id": one} for one in outputs],
        "comments": [],
        **more,
    }


def term(value: Any, source: str = "", accession: str = "") -> dict[str, Any]:
    """An ontology annotation."""
    return {"annotationValue": value, "termSource": source, "termAccession": accession}


def plain() -> dict[str, Any]:
    """A source, a sample, and an assay with one file; processes have no links, as some programs leave them out."""
    characteristic = {"category": {"@id": "#cat/1"}, "value": term("Mus musculus", "NCBITaxon", "")}
    assay = {
        "@id": "#assay/1",
        "filename": "a_a.txt",
        "measurementType": term("cell migration assay"),
        "technologyType": term("microscopy imaging"),
        "technologyPlatform": "Axio",
        "characteristicCategories": [],
        "unitCategories": [{"@id": "#unit/1", **term("second", "UO", "http://purl.obolibrary.org/obo/UO_0000010")}],
        "materials": {"samples": [{"@id": "#sample/1"}], "otherMaterials": []},
        "dataFiles": [{"@id": "#data/1", "name": "one.tif", "type": "Image File", "comments": []}],
        "processSequence": [
            process(
                "#p/2",
                protocol="#protocol/2",
                inputs=["#sample/1"],
                outputs=["#data/1"],
                name="run 1",
                performer="A",
                date="2020-01-02",
                parameterValues=[{"category": {"@id": "#par/1"}, "value": 0.5, "unit": {"@id": "#unit/1"}}],
            )
        ],
        "comments": [{"name": "Note", "value": "kept"}],
    }
    study = {
        "@id": "#study/1",
        "filename": "s_a.txt",
        "identifier": "S-1",
        "title": "A title",
        "description": "",
        "submissionDate": "",
        "publicReleaseDate": "2021-01-01",
        "publications": [],
        "people": [{"lastName": "B", "firstName": "A", "email": None, "roles": [term("author"), term("curator")]}],
        "studyDesignDescriptors": [term("time series design", "EFO", "")],
        "protocols": [
            {"@id": "#protocol/1", "name": "collect", "protocolType": term("sample collection"), "parameters": []},
            {
                "@id": "#protocol/2",
                "name": "image",
                "protocolType": term("data acquisition"),
                "parameters": [{"@id": "#par/1", "parameterName": term("exposure")}],
                "components": [{"componentName": "Axio", "componentType": term("microscope")}],
            },
        ],
        "materials": {
            "sources": [{"@id": "#source/1", "name": "mouse 1", "characteristics": [characteristic], "comments": []}],
            "samples": [
                {
                    "@id": "#sample/1",
                    "name": "liver 1",
                    "characteristics": [],
                    "factorValues": [{"category": {"@id": "#factor/1"}, "value": 5, "unit": {"@id": "#unit/9"}}],
                    "derivesFrom": [{"@id": "#source/1"}],
                }
            ],
            "otherMaterials": [],
        },
        "processSequence": [process("#p/1", inputs=["#source/1"], outputs=["#sample/1"])],
        "factors": [{"@id": "#factor/1", "factorName": "dose", "factorType": term("dose")}],
        "characteristicCategories": [{"@id": "#cat/1", "characteristicType": term("organism")}],
        "unitCategories": [{"@id": "#unit/9", **term("mg", "", "")}],
        "assays": [assay],
        "comments": [],
    }
    return {
        "identifier": "I-1",
        "title": "",
        "ontologySourceReferences": [{"name": "UO", "file": "", "version": "", "description": "Units"}],
        "people": [],
        "publications": [],
        "studies": [study],
        "comments": [{"name": "Created With", "value": "somebody"}],
    }


def write(data: Any, path: Path) -> Path:
    """Write a JSON."""
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(json.dumps(data), encoding="utf-8")
    return path
