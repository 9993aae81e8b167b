"""A complete, valid record of a small study, and what tests need to break it one thing at a time."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import UTC, datetime, timedelta
from typing import Any

from rembi_widgets.checks import check
from rembi_widgets.record import Change, Curation, Edit, Finding, Mark, Origin, Table, apply

IMAGES = 6
RELEASE = (datetime.now(UTC).date() + timedelta(days=100)).isoformat()
"""A day within the two years from now that an archive takes."""
CELLS = {"size_x": 512, "size_y": 512, "size_z": 25, "size_c": 2, "size_t": 1}
"""Pixels of every image; with the pixel sizes below 153.6 x 153.6 x 25 µm."""

PREPARATION = "Grown on coverslips, fixed in 4 % formaldehyde for 10 min, stained with DAPI, mounted in glycerol."


def clean(images: int = IMAGES) -> Curation:
    """Give a record with everything that every target asks."""
    return Curation.model_validate({**ENTITIES, "files": files(images), "images": image_rows(images)})


def files(count: int) -> Table:
    ids = tuple(f"fl-{n}" for n in range(count))
    return Table(
        ids,
        {
            "path": tuple(f"plate1/cells_{n:05}.ome.tif" for n in range(count)),
            "kind": ("file",) * count,
            "size_bytes": tuple(1000 + n for n in range(count)),
            "component": ("sc-1",) * count,
        },
    )


def image_rows(count: int) -> Table:
    ids = tuple(f"im-{n}" for n in range(count))
    same = {
        **CELLS,
        "component": "sc-1",
        "association": "as-1",
        "pixel_size_x": 0.3,
        "pixel_size_y": 0.3,
        "pixel_size_z": 1.0,
        "image_type": "primary",
        "image_format": "OME-TIFF",
        "compression": "none",
        "size_description": "153.6 x 153.6 x 25 µm",
        "acquired_at": "2025-11-03T10:00:00",
        "channel_information": "interleaved planes",
        "processing_method": "none",
        "qc_info": "looked at by eye",
    }
    columns: dict[str, tuple[Any, ...]] = {name: (value,) * count for name, value in same.items()}
    return Table(ids, {"file": tuple(f"fl-{n}" for n in range(count)), **columns})


ENTITIES: Mapping[str, Any] = {
    "setup": {"imaging": ["light"], "targets": ["isatab"]},
    "study": {
        "title": "Nuclear shape of mouse fibroblasts after actin disruption",
        "description": "Fibroblasts were treated with latrunculin A and imaged by confocal microscopy.",
        "study_type": [{"label": "microscopy assay", "id": "EFO:0002909", "ontology": "EFO"}],
        "keywords": ["nucleus", "actin"],
        "license": "CC BY 4.0",
        "submission_date": "2025-12-01",
        "release_date": RELEASE,
        "acknowledgements": "The imaging facility.",
        "funding_statement": "Paid for by a foundation.",
    },
    "people": [
        {
            "id": "pe-1",
            "first_name": "Ada",
            "last_name": "Example",
            "email": "ada@example.org",
            "orcid": "0000-0002-1825-0097",
            "roles": [{"label": "investigation"}],
            "affiliations": ["or-1"],
        }
    ],
    "organisations": [
        {"id": "or-1", "title": "Example Institute", "ror": "https://ror.org/02catss52", "address": "1 Example Road"}
    ],
    "publications": [
        {
            "id": "pu-1",
            "title": "Actin shapes the nucleus",
            "authors": "Example A",
            "doi": "10.1038/s41592-021-01166-8",
            "pubmed_id": "34654919",
            "year": "2025",
        }
    ],
    "grants": [{"id": "gr-1", "funder": "A Foundation", "grant_id": "G-1"}],
    "links": [{"id": "li-1", "url": "https://example.org/code", "description": "Code"}],
    "biosamples": [
        {
            "id": "bs-1",
            "title": "NIH 3T3, latrunculin",
            "organism": [{"label": "Mus musculus", "id": "NCBITaxon:10090", "ontology": "NCBITaxon"}],
            "biological_entity": [{"label": "NIH 3T3", "id": "CVCL_0594", "ontology": "CVCL"}],
            "description": "Fibroblasts",
            "intrinsic_variable": ["wild type"],
            "extrinsic_variable": ["latrunculin A"],
            "experimental_variable": [{"id": "va-1", "name": "latrunculin A", "value": "1 µM"}],
        }
    ],
    "specimens": [
        {
            "id": "sp-1",
            "title": "Fixed, DAPI",
            "preparation_method": PREPARATION,
            "preparation_terms": [{"label": "formaldehyde fixed tissue", "id": "FBbi:00000010", "ontology": "FBbi"}],
            "preparation_url": "https://example.org/protocol",
            "growth_protocol": "In DMEM at 37 °C.",
        }
    ],
    "samples": [
        {
            "id": "sa-1",
            "title": "NIH 3T3 fixed",
            "biosample": "bs-1",
            "specimen": "sp-1",
            "experimental_status": "test",
            "location_within_biosample": "whole cells",
            "signal_contrast_mechanism": [{"label": "fluorescence emission", "id": "FBbi:00000316"}],
            "labels": [
                {
                    "id": "lb-1",
                    "content": {"label": "4',6-diamidino-2-phenylindole (DAPI)", "id": "FBbi:00000056"},
                    "biological_entity": {"label": "DNA", "id": "CHEBI:16991"},
                }
            ],
        }
    ],
    "acquisitions": [
        {
            "id": "ac-1",
            "title": "Confocal, 63x oil",
            "imaging_method": [{"label": "confocal microscopy", "id": "FBbi:00000251", "ontology": "FBbi"}],
            "instrument_manufacturer": "Example Optics",
            "instrument_model": "Model 1",
            "software": "Example Software 2",
            "objective_model": "Plan 63x",
            "objective_magnification": 63,
            "objective_na": 1.4,
            "objective_immersion": "Oil",
            "acquisition_parameters": "405 nm at 2 %, averaging 2.",
            "channels": [
                {
                    "id": "ch-1",
                    "name": "DAPI",
                    "label": "lb-1",
                    "fluorophore": "DAPI",
                    "excitation": {"number": 405, "unit": "nm"},
                    "emission": {"number": 460, "unit": "nm"},
                    "exposure_time": {"number": 10, "unit": "ms"},
                    "colour": "#0000FF",
                }
            ],
            "light_sources": [{"id": "ls-1", "kind": "Laser", "wavelength": {"number": 405, "unit": "nm"}}],
            "detectors": [{"id": "de-1", "kind": "PMT", "model": "P1"}],
        }
    ],
    "components": [
        {
            "id": "sc-1",
            "title": "Fixed cells",
            "description": "Confocal stacks of fixed cells.",
            "associations": [{"id": "as-1", "sample": "sa-1", "acquisition": "ac-1"}],
        }
    ],
}


def change(*edits: Edit, kind: str = "typed") -> Change:
    return Change(id="w-1", origin=Origin(kind=kind), edits=edits)


def with_edits(*edits: Edit, record: Curation | None = None) -> Curation:
    return apply(clean() if record is None else record, change(*edits))


def with_set(path: str, value: Any, record: Curation | None = None) -> Curation:
    """Give the clean record with one value set, or cleared with ``None``."""
    edit = Edit(op="clear", path=path) if value is None else Edit(op="set", path=path, value=value)
    return with_edits(edit, record=record)


def with_fill(column: str, value: Any, rows: tuple[str, ...] = ("im-1",), record: Curation | None = None) -> Curation:
    table = "files" if rows[0].startswith("fl") else "images"
    return with_edits(Edit(op="fill", path=f"/{table}/{column}", rows=rows, value=value), record=record)


def codes(record: Curation, target: str = "isatab", facts: Any = None) -> set[str]:
    return {finding.code for finding in check(record, target, facts)}


def only(record: Curation, code: str, target: str = "isatab", facts: Any = None) -> Finding:
    """Give the one finding of a rule."""
    found = [finding for finding in check(record, target, facts) if finding.code == code]
    assert len(found) == 1, [str(finding) for finding in check(record, target, facts)]
    return found[0]


def mended(record: Curation, finding: Finding) -> Curation:
    """Give a record after its finding's fix."""
    assert finding.fix
    return apply(record, change(*finding.fix, kind="fix"))


def pencilled(record: Curation, *paths: str) -> Curation:
    marks = {path: Mark(confirmed=False, origin=Origin(kind="scan")) for path in paths}
    return record.model_copy(update={"marks": {**record.marks, **marks}})
