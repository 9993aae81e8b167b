"""Run by an interpreter that has altamisa: what it says of each investigation and table, as JSON.

``python run_altamisa.py FOLDER...``: each investigation file of a folder is read and validated, then its studies and
assays; tables that no investigation names are read alone. A fault ends one file, never the run.
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


class Told:
    def __init__(self):
        self.messages = []

    def attempt(self, file, action, *given):
        with warnings.catch_warnings(record=True) as caught:
            warnings.simplefilter("always")
            try:
                result = action(*given)
            except Exception as fault:  # noqa: BLE001 - a fault ends one file, never the run
                result = None
                self.messages.append({"file": file, "kind": type(fault).__name__, "message": str(fault)})
        for warning in caught:
            kind = warning.category.__name__
            if "Isa" in kind:
                self.messages.append({"file": file, "kind": kind, "message": str(warning.message)})
        return result


def loaded(reader, path, *ids):
    with path.open(newline="", encoding="utf-8") as stream:
        return reader.from_stream(*ids, stream).read()


def told_of(path, told, seen):
    investigation = told.attempt(path.name, loaded, InvestigationReader, path)
    if investigation is None:
        return
    told.attempt(path.name, InvestigationValidator(investigation).validate)
    for number, info in enumerate(investigation.studies):
        study = read_table(path, info.info.path, told, seen, StudyReader, f"S{number}")
        if study:
            told.attempt(info.info.path.name, StudyValidator(investigation, info, study).validate)
        for count, one in enumerate(info.assays):
            assay = read_table(path, one.path, told, seen, AssayReader, f"S{number}", f"A{count}")
            if assay and study:
                told.attempt(one.path.name, AssayValidator(investigation, info, one, assay, study).validate)


def read_table(path, name, told, seen, reader, *ids):
    place = path.parent / name if name else None
    if place is None or not place.is_file():
        return None
    seen.add(place.name)
    return told.attempt(place.name, loaded, reader, place, *ids)


def main():
    found = {}
    for name in sys.argv[1:]:
        folder, told, seen = Path(name), Told(), set()
        for path in sorted(folder.glob("i_*.txt")):
            told_of(path, told, seen)
        for path in sorted(folder.glob("[as]_*.txt")):
            if path.name not in seen:
                reader = StudyReader if path.name[0] == "s" else AssayReader
                ids = ("S",) if path.name[0] == "s" else ("S", "A")
                told.attempt(path.name, loaded, reader, path, *ids)
        found[name] = told.messages
    json.dump(found, sys.stdout)


if __name__ == "__main__":
    main()
