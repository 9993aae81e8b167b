"""A full record, by hand: every section, two components, terms, units, absences, several images in a file."""

from __future__ import annotations

from rembi_widgets.record import Curation, Table

HELA = {"label": "HeLa", "id": "CVCL_0030", "ontology": "Cellosaurus"}
HUMAN = {"label": "Homo sapiens", "id": "NCBITaxon:9606"}
SPINNING = {"label": "spinning disk confocal microscopy", "id": "FBbi:00000253"}
BRIGHT = {"label": "bright-field microscopy", "id": "FBbi:00000243"}


def table(prefix: str, rows: list[dict]) -> Table:
    """Build a table from its rows."""
    ids = tuple(row.get("id", f"{prefix}-{number}") for number, row in enumerate(rows, 1))
    names = dict.fromkeys(name for row in rows for name in row if name != "id")
    return Table(ids, {name: tuple(row.get(name) for row in rows) for name in names})


def biosample(number: int, compound: str) -> dict:
    return {
        "id": f"bs-{number}",
        "title": f"HeLa-{number}",
        "organism": [HUMAN],
        "biological_entity": [HELA],
        "description": "cervical carcinoma line",
        "intrinsic_variable": ["stable H2B-mCherry"],
        "extrinsic_variable": ["37 °C; 5 % CO2", "dark"],
        "experimental_variable": [{"id": f"va-{number}", "name": "compound", "value": compound}],
    }


def sample(biosample_number: int, specimen: int, status: str) -> dict:
    number = f"{biosample_number}-{specimen}"
    labels = [
        {
            "id": f"lb-{number}-1",
            "content": {"label": "DAPI", "id": "CHEBI:51231"},
            "biological_entity": "DNA",
        },
        {"id": f"lb-{number}-2", "content": "AF488", "biological_entity": "\u03b1-tubulin"},
    ]
    return {
        "id": f"sa-{number}",
        "title": f"spec-{number}",
        "biosample": f"bs-{biosample_number}",
        "specimen": f"sp-{specimen}",
        "experimental_status": status,
        "location_within_biosample": "whole cell",
        "signal_contrast_mechanism": ["fluorescence"],
        "labels": labels,
    }


CONFOCAL = {
    "id": "ac-1",
    "title": "ACQ confocal 63x",
    "imaging_method": [SPINNING],
    "instrument_manufacturer": "Zeiss",
    "instrument_model": "LSM 880",
    "instrument_type": "inverted",
    "software": "ZEN 2.3 black",
    "objective_manufacturer": "Zeiss",
    "objective_model": "Plan-Apochromat",
    "objective_magnification": 63,
    "objective_na": 1.4,
    "objective_immersion": "oil",
    "objective_working_distance": {"number": 190, "unit": "µm"},
    "channels": [
        {
            "id": "ch-1",
            "name": "DAPI",
            "label": "lb-1-1-1",
            "excitation": {"number": 405, "unit": "nm"},
            "emission": {"number": 450, "unit": "nm"},
            "exposure_time": {"number": 100, "unit": "ms"},
        },
        {"id": "ch-2", "name": "GFP", "label": "lb-1-1-2", "excitation": {"absent": "not_recorded", "reason": "lost"}},
    ],
    "light_sources": [{"id": "ls-1", "kind": "laser", "wavelength": {"number": 405, "unit": "nm"}}],
    "detectors": [{"id": "de-1", "kind": "PMT"}, {"id": "de-2", "kind": "GaAsP", "model": "Quasar; 32"}],
    "filters": [{"id": "fi-1", "kind": "dichroic", "model": "MBS 405"}],
    "temperature": {"number": 37, "unit": "°C"},
    "acquisition_parameters": "Z-stack, Airyscan off",
    "x-gain": 500,
}
WIDEFIELD = {
    "id": "ac-2",
    "title": "ACQ widefield 20x",
    "imaging_method": [BRIGHT],
    "instrument_model": "Nikon Ti2",
    "objective_magnification": 20,
    "objective_na": 0.75,
    "time_interval": {"number": 5, "unit": "min"},
}


def image(component: int, name: str, association: str, **more: object) -> tuple[dict, dict]:
    file = {
        "id": f"fl-{name}",
        "path": f"images/c{component}/{name}.ome.tiff",
        "sha256": "ab" * 32,
        "format": "OME-TIFF",
    }
    row = {
        "id": f"im-{name}",
        "file": file["id"],
        "component": f"sc-{component}",
        "association": association,
        "size_x": 2048,
        "size_y": 2048,
        "size_z": 31,
        "size_c": 2,
        "size_t": 1,
        "pixel_size_x": 0.085,
        "pixel_size_y": 0.085,
        "acquired_at": "2026-10-01T10:00:00+02:00",
        "image_type": "multi-channel z-stack",
        "image_format": "OME-TIFF",
        **more,
    }
    return file, row


def full_record() -> Curation:
    """Everything that REMBI and MIFA ask for, and nothing that nothing uses."""
    pairs = [
        image(1, f"spec-{b}-1_{n:03d}", f"as-{b}-1", contrast_inversion=False) for b in (1, 2) for n in range(3)
    ] + [image(2, f"spec-{b}-2_{n:03d}", f"as-{b}-2", time_increment=300) for b in (1, 2) for n in range(3)]
    files, images = [pair[0] for pair in pairs], [pair[1] for pair in pairs]
    scenes = {**images[-1], "id": "im-scene", "scene_index": 1, "image_type": "overview"}
    images[-1] = {**images[-1], "scene_index": 0}
    images.append(scenes)
    made = [
        {
            "id": f"fl-mask-{n}",
            "path": f"masks/c1/spec-1-1_{n:03d}.ome.tiff",
            "made_by": "an-1",
            "source_image": f"im-spec-1-1_{n:03d}",
        }
        for n in range(3)
    ]
    made += [
        {"id": "fl-t1", "path": "transforms/t1.xml", "made_by": "co-1", "source_image": "im-spec-1-1_000"},
        {"id": "fl-counts", "path": "results/counts.csv", "made_by": "an-1", "source_image": None},
        {
            "id": "fl-a1",
            "path": "annotations/a1.geojson",
            "made_by": "at-1",
            "source_image": "im-spec-2-1_001",
            "annotation_type": "geometrical_annotations",
            "spatial_information": "whole image",
            "creation_time": "2026-11-01",
        },
    ]
    return Curation.model_validate(
        {
            "study": {
                "title": 'Mitotic "spindle" défauts in HeLa',
                "description": "Effect of nocodazole on \u03b1-tubulin;\nsee protocol.",
                "study_type": [{"label": "perturbation design", "id": "EFO:0001887"}],
                "keywords": ["mitosis", "spindle", "HeLa; Kyoto"],
                "license": "CC-BY-4.0",
                "accession": "S-rembi-demo",
                "submission_date": "2026-11-22",
                "release_date": "2027-01-01",
                "ethics_statement": {"absent": "not_applicable", "reason": "established cell line"},
                "acknowledgements": "We thank the platform.",
                "funding_statement": "Funded by ANR",
                "x-project": {"code": "P-7", "sites": ["Nantes", "Lyon"]},
            },
            "people": [
                {
                    "id": "pe-1",
                    "first_name": "Marie",
                    "last_name": "Curie",
                    "email": "m@example.org",
                    "orcid": "0000-0002-1825-0097",
                    "roles": [{"label": "investigator role", "id": "OBI:0000103"}],
                    "affiliations": ["or-1", "or-2"],
                },
                {"id": "pe-2", "first_name": "Perrine", "last_name": "Paul", "roles": ["data curator", "analyst"]},
            ],
            "organisations": [
                {"id": "or-1", "title": "Institut Curie", "ror": "https://ror.org/04t0gwh46", "address": "Paris"},
                {"id": "or-2", "title": "SFR Bonamy", "address": "Nantes"},
            ],
            "publications": [
                {
                    "id": "pu-1",
                    "title": "REMBI",
                    "authors": "Sarkans U;Chiu W",
                    "doi": "https://doi.org/10.1038/s41592-021-01166-8",
                    "pubmed_id": "34021280",
                    "year": "2021",
                    "status": "Published",
                }
            ],
            "grants": [{"id": "gr-1", "funder": "Agence Nationale de la Recherche", "grant_id": "ANR-10-INBS-04"}],
            "links": [
                {"id": "li-1", "url": "https://example.org/a", "description": "code"},
                {"id": "li-2", "url": "https://example.org/b", "description": "raw data"},
            ],
            "biosamples": [biosample(1, "DMSO"), biosample(2, "nocodazole")],
            "specimens": [
                {
                    "id": "sp-1",
                    "title": "PFA-fixed",
                    "preparation_method": "PFA fixation\non coverslips",
                    "preparation_url": "https://doi.org/10.17504/protocols.io.demo",
                    "growth_protocol": "Cells grown in DMEM",
                    "growth_medium": "DMEM + 10 % FBS",
                },
                {"id": "sp-2", "title": "live", "preparation_method": "live mounting"},
            ],
            "samples": [sample(1, 1, "control"), sample(1, 2, "control"), sample(2, 1, "test"), sample(2, 2, "test")],
            "acquisitions": [CONFOCAL, WIDEFIELD],
            "correlations": [
                {
                    "id": "co-1",
                    "title": "image correlation",
                    "alignment": "affine, manual",
                    "fiducials_used": "gold beads",
                    "transformation_matrix": "1 0 0;0 1 0;0 0 1",
                    "related_images": "images/c2/spec-1-2_000.ome.tiff: overview",
                }
            ],
            "analyses": [
                {
                    "id": "an-1",
                    "title": "segmentation",
                    "result_type": ["segmentation mask"],
                    "data_used": "all z-planes",
                    "method": "Cellpose cyto3",
                    "software": "Cellpose 3.0",
                }
            ],
            "annotations": [
                {
                    "id": "at-1",
                    "title": "nuclei outlines",
                    "overview": "Nuclei drawn by hand",
                    "annotation_type": ["geometrical_annotations", "class_labels"],
                    "method": "by hand in QuPath",
                    "criteria": "in focus",
                    "coverage": "10 %",
                    "confidence_level": "expert",
                    "authors": ["pe-2"],
                }
            ],
            "components": [
                {
                    "id": "sc-1",
                    "title": "Fixed confocal",
                    "description": "Fixed cells, 2 channels",
                    "associations": [
                        {"id": "as-1-1", "sample": "sa-1-1", "acquisition": "ac-1", "correlation": "co-1"},
                        {"id": "as-2-1", "sample": "sa-2-1", "acquisition": "ac-1"},
                    ],
                },
                {
                    "id": "sc-2",
                    "title": "Live widefield",
                    "description": "Time lapse, 1 channel",
                    "associations": [
                        {"id": "as-1-2", "sample": "sa-1-2", "acquisition": "ac-2"},
                        {"id": "as-2-2", "sample": "sa-2-2", "acquisition": "ac-2"},
                    ],
                },
            ],
            "files": table("fl", [*files, *made]),
            "images": table("im", images),
        }
    )
