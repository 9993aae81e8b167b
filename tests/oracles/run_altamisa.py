"""Run by an interpreter that has altamisa: read and validate sets of ISA-Tab, print warnings and model as JSON.

``python run_altamisa.py SET_FOLDER...``
"""

import json
import sys
import warnings
from pathlib import Path

from altamisa.isatab import (
    AssayReader,
    AssayValidator,
    InvestigationReader,
    InvestigationValidator,
    StudyReader,
    StudyValidator,
)


def annotation(value):
    if hasattr(value, "accession"):
        return [value.name, value.ontology_name, value.accession]
    return value


def said(parts):
    return {part.name: [annotation(item) for item in part.value] for part in parts}


def material(node):
    comments = {comment.name: comment.value for comment in node.comments}
    facts = {"type": node.type, "name": node.name, "comments": comments}
    return facts | {"characteristics": said(node.characteristics), "factors": said(node.factor_values)}


def process(node):
    units = {part.name: annotation(part.unit) for part in node.parameter_values if part.unit}
    comments = {comment.name: comment.value for comment in node.comments}
    facts = {"protocol": node.protocol_ref, "name": node.name, "comments": comments}
    return facts | {"parameters": said(node.parameter_values), "units": units}


def graph(table):
    nodes = {key: material(node) for key, node in table.materials.items()}
    steps = {key: process(node) for key, node in table.processes.items()}
    return {"materials": nodes, "processes": steps, "arcs": [[arc.tail, arc.head] for arc in table.arcs]}


def opened(path):
    return path.open(newline="", encoding="utf-8")


def read(folder):
    with opened(folder / "i_investigation.txt") as stream:
        investigation = InvestigationReader.from_stream(stream).read()
    InvestigationValidator(investigation).validate()
    info = investigation.studies[0]
    with opened(folder / info.info.path) as stream:
        study = StudyReader.from_stream(info.info.identifier, stream).read()
    StudyValidator(investigation, info, study).validate()
    assays = {}
    for assay_info in info.assays:
        with opened(folder / assay_info.path) as stream:
            assay = AssayReader.from_stream(info.info.identifier, str(assay_info.path), stream).read()
        AssayValidator(investigation, info, assay_info, assay, study).validate()
        assays[str(assay_info.path)] = graph(assay)
    return {"study": graph(study), "assays": assays, "protocols": sorted(info.protocols)}


def main():
    found = {}
    for folder in sys.argv[1:]:
        with warnings.catch_warnings(record=True) as caught:
            warnings.simplefilter("always")
            model = read(Path(folder))
        messages = [f"{warning.category.__name__}: {warning.message}" for warning in caught]
        found[folder] = {"warnings": messages, "model": model}
    json.dump(found, sys.stdout)


if __name__ == "__main__":
    main()
