"""A crate for tests: the entities by id, the rows of the file list; anything that leads nowhere is refused."""

from __future__ import annotations

import csv
import json
from dataclasses import dataclass
from pathlib import Path
from typing import Any

BIA = [
    "Study",
    "Publication",
    "Contributor",
    "Affiliation",
    "Grant",
    "FundingBody",
    "ExternalReference",
    "Dataset",
    "FileList",
    "Specimen",
    "BioSample",
    "Taxon",
    "Protocol",
    "SpecimenImagingPreparationProtocol",
    "SignalChannel",
    "ImageAcquisitionProtocol",
    "AnnotationMethod",
    "ImageAnalysisMethod",
    "ImageCorrelationMethod",
]
REQUIRED = {
    "Study": ("name", "description", "license", "datePublished", "hasPart", "accessionId"),
    "Contributor": ("name",),
    "Affiliation": ("name",),
    "Dataset": ("name", "description"),
    "FileList": ("tableSchema",),
    "Specimen": ("biologicalEntity", "imagingPreparationProtocol"),
    "BioSample": ("name", "description"),
    "Protocol": ("name", "description"),
    "SpecimenImagingPreparationProtocol": ("name", "description"),
    "ImageAcquisitionProtocol": ("name", "description", "imagingInstrumentDescription"),
    "AnnotationMethod": ("name", "description"),
    "ImageAnalysisMethod": ("name", "description"),
    "ImageCorrelationMethod": ("name", "description"),
}
REFERENCES = {
    "http://schema.org/isPartOf": "Dataset",
    "http://bia/associatedSubject": "Specimen",
    "http://bia/associatedImageAcquisitionProtocol": "ImageAcquisitionProtocol",
    "http://bia/associatedAnnotationMethod": "AnnotationMethod",
}


@dataclass
class Crate:
    """A crate: its context, entities by id, and rows by the meaning or else the header of a column."""

    context: list[Any]
    nodes: dict[str, dict[str, Any]]
    rows: list[dict[str, str]]

    def all(self, kind: str) -> list[dict[str, Any]]:
        return [node for node in self.nodes.values() if f"bia:{kind}" in node["@type"]]

    def only(self, kind: str) -> dict[str, Any]:
        found = self.all(kind)
        assert len(found) == 1, (kind, len(found))
        return found[0]

    def named(self, kind: str, name: str) -> dict[str, Any]:
        return next(node for node in self.all(kind) if node.get("name") == name)

    def of(self, node: dict[str, Any], key: str) -> list[dict[str, Any]]:
        """The entities that one names."""
        held = node.get(key, [])
        return [self.nodes[ref["@id"]] for ref in (held if isinstance(held, list) else [held])]


def kinds(node: dict[str, Any]) -> list[str]:
    return [name.removeprefix("bia:") for name in node["@type"] if name.removeprefix("bia:") in BIA and ":" in name]


def refs(node: dict[str, Any]) -> list[str]:
    values = (one for value in node.values() for one in (value if isinstance(value, list) else [value]))
    return [one["@id"] for one in values if isinstance(one, dict)]


def read(folder: Path) -> Crate:
    said = json.loads((folder / "ro-crate-metadata.json").read_text(encoding="utf-8"))
    nodes = {node["@id"]: node for node in said["@graph"]}
    assert len(nodes) == len(said["@graph"]), "an id stands twice"
    crate = Crate(said["@context"], nodes, [])
    crate.rows = read_list(crate, folder / "file_list.tsv")
    check(crate)
    return crate


def read_list(crate: Crate, path: Path) -> list[dict[str, str]]:
    columns = crate.of(crate.of(crate.only("FileList"), "tableSchema")[0], "column")
    with path.open(encoding="utf-8", newline="") as stream:
        header, *rows = csv.reader(stream, delimiter="\t")
    assert header == [column["columnName"] for column in columns]
    assert len(set(header)) == len(header)
    assert all(len(row) == len(header) for row in rows)
    meanings = [column.get("propertyUrl", column["columnName"]) for column in columns]
    return [dict(zip(meanings, row, strict=True)) for row in rows]


def check(crate: Crate) -> None:
    known = {ref for node in crate.nodes.values() for ref in refs(node)} - {"https://w3id.org/ro/crate/1.1"}
    assert known <= crate.nodes.keys()
    assert crate.nodes.keys() - known == {"ro-crate-metadata.json"}
    for node in crate.nodes.values():
        if node["@id"] != "ro-crate-metadata.json" and not node["@type"][-1].startswith("csvw:"):
            assert len(kinds(node)) == 1, node["@type"]
        for kind in kinds(node) if isinstance(node["@type"], list) else ():
            assert all(node.get(name) for name in REQUIRED.get(kind, ())), node
        assert all(value not in ("", None, []) for value in node.values()), node
    for row in crate.rows:
        for meaning, kind in REFERENCES.items():
            for ref in filter(None, row.get(meaning, "").split(",")):
                assert f"bia:{kind}" in crate.nodes[ref]["@type"]
    paths = [row["http://bia/filePath"] for row in crate.rows]
    assert len(set(paths)) == len(paths)
