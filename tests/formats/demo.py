"""The demo's record: drafted from its images, and completed as its visitor would."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from rembi_widgets.app._demo import make_demo
from rembi_widgets.record import Curation
from rembi_widgets.store import OpenCuration, open_curation

STUDY = {
    "title": "Actin and the shape of the nucleus in HeLa cells",
    "description": "Nuclei of cells treated with latrunculin A, beside controls.",
    "license": "CC0",
    "keywords": ["nucleus", "actin"],
    "release_date": "2027-01-01",
}
METHOD = "Fixed in 4 % PFA; stained with Hoechst 33342, phalloidin and an antibody against lamin A/C."


def demo_record(folder: Path) -> Curation:
    """Make the demo dataset in a folder and curate it."""
    from rembi_widgets.images import scan

    make_demo(folder)
    with open_curation(folder) as curation:
        curation.propose(scan(folder))
        complete(curation)
        return curation.record


def complete(curation: OpenCuration) -> None:
    """Say what no file knows: the study, who, how the cells were prepared, which images show which sample."""
    edits: list[dict[str, Any]] = [
        {"op": "set", "path": f"/study/{name}", "value": value} for name, value in STUDY.items()
    ]
    person = {"first_name": "Ada", "last_name": "Example", "email": "ada@example.org", "affiliations": ["or-1"]}
    edits.append({"op": "add", "path": "/organisations", "id": "or-1", "value": {"title": "An institute"}})
    edits.append({"op": "add", "path": "/people", "id": "pe-1", "value": person})
    edits.append({"op": "set", "path": "/specimens/sp-fixed/preparation_method", "value": METHOD})
    for component in curation.record.components:
        first = component.associations[0]
        where = f"/components/{component.id}/associations"
        edits.append({"op": "set", "path": f"{where}/{first.id}/sample", "value": "sa-control"})
        if component.title == "01_confocal":
            value = {"sample": "sa-test", "acquisition": first.acquisition}
            edits.append({"op": "add", "path": where, "id": "as-treated", "value": value})
    treated = tuple(_images_in(curation.record, "01_confocal/latrunculin"))
    edits.append({"op": "fill", "path": "/images/association", "rows": treated, "value": "as-treated"})
    curation.edit(edits)


def _images_in(record: Curation, folder: str) -> list[str]:
    paths = {row: record.files.value(row, "path") or "" for row in record.files.ids}
    files = record.images.column("file")
    return [row for row, file in zip(record.images.ids, files, strict=True) if paths[file].startswith(folder)]
