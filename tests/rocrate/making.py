"""Crates made by hand, as somebody else's program would write them."""

from __future__ import annotations

import json
import tempfile
from pathlib import Path
from typing import Any

from rembi_widgets.formats import Read, rocrate
from rembi_widgets.formats.rocrate._context import context
from rembi_widgets.formats.rocrate._open import Node
from rembi_widgets.record import Curation

Entity = dict[str, Any]
STUDY: Entity = {"@id": "./", "@type": ["Dataset", "bia:Study"], "name": "A study"}
LIST: Entity = {"@id": "file_list.tsv", "@type": ["File", "bia:FileList"], "tableSchema": {"@id": "#schema"}}
SCHEMA: Entity = {
    "@id": "#schema",
    "@type": ["csvw:Schema"],
    "column": [{"@id": "#path"}, {"@id": "#dataset"}, {"@id": "#type"}, {"@id": "#size"}],
}
COLUMNS: tuple[Entity, ...] = (
    {"@id": "#path", "@type": ["csvw:Column"], "columnName": "p", "propertyUrl": "http://bia/filePath"},
    {"@id": "#dataset", "@type": ["csvw:Column"], "columnName": "d", "propertyUrl": "http://schema.org/isPartOf"},
    {
        "@id": "#type",
        "@type": ["csvw:Column"],
        "columnName": "t",
        "propertyUrl": "http://www.w3.org/1999/02/22-rdf-syntax-ns#type",
    },
    {"@id": "#size", "@type": ["csvw:Column"], "columnName": "s", "propertyUrl": "http://bia/sizeInBytes"},
)
LISTED = (LIST, SCHEMA, *COLUMNS)
IMAGE = "http://bia/Image"


def entity(identity: str, kind: str, **held: Any) -> Entity:
    """One entity of a class of the archive."""
    return {"@id": identity, "@type": [f"bia:{kind}"], **held}


def ref(*identities: str) -> list[dict[str, str]]:
    """A list of references."""
    return [{"@id": one} for one in identities]


def node(kind: str = "BioSample", **held: Any) -> Node:
    """One entity as the reading sees it."""
    return Node("#x", frozenset({kind}), held)


def put(folder: Path, *entities: Entity, rows: str | bytes | None = None, ours: bool = False) -> Path:
    """Write a crate with a study and some entities; ``rows`` is its file list."""
    folder.mkdir(parents=True, exist_ok=True)
    study = () if any(one["@id"] == "./" for one in entities) else (STUDY,)
    said = context() if ours else context()[:1]
    whole = {"@context": said, "@graph": [*study, *entities, *(LISTED if rows is not None else ())]}
    (folder / "ro-crate-metadata.json").write_text(json.dumps(whole), encoding="utf-8")
    if rows is not None:
        (folder / "file_list.tsv").write_bytes(rows.encode("utf-8") if isinstance(rows, str) else rows)
    return folder


def crate(*entities: Entity, rows: str | bytes | None = None, ours: bool = False) -> Read:
    """Read such a crate."""
    with tempfile.TemporaryDirectory() as folder:
        return rocrate.read(put(Path(folder), *entities, rows=rows, ours=ours))


def codes(found: Read) -> list[str]:
    """The codes of what was found, without the room."""
    return [one.code.removeprefix("rocrate_") for one in found.findings]


def record(*entities: dict[str, Any], **said: Any) -> Curation:
    """Give the record of such a crate."""
    return crate(*entities, **said).record


BIO = entity("#b", "BioSample", name="B")
PREP = entity("#p", "SpecimenImagingPreparationProtocol", name="P", description="fixed")
ACQ = entity("#q", "ImageAcquisitionProtocol", name="Q")
DATA = entity(
    "#d",
    "Dataset",
    name="D",
    associatedBiologicalEntity=ref("#b"),
    associatedSpecimenImagingPreparationProtocol=ref("#p"),
    associatedImageAcquisitionProtocol=ref("#q"),
)
