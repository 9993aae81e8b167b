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

    def attempt(self, file, action):
        with warnings.catch_warnings(record=True) as caught:
            warnings.simplefilter("always")
            try:
                result = action()
            except Exception as fault:
                result = None
                self.messages.append({"file": file, "kind": type(fault).__name__, "message": str(fault)})
        for warning in caught:
            kind = warning.category.__name__
            if kind.endswith("IsaWarning") or "Isa" in kind:
                self.messages.append({"file": file, "kind": kind, "message": str(warning.message)})
        return result


def loaded(reader, path, *ids):
    with path.open(newline="", encoding="utf-8") as stream:
        return reader.from_stream(*ids, stream).read()


def told_of(path, told, seen):
    investigation = told.attempt(path.name, lambda: loaded(InvestigationReader, path))
    if investigation is None:
        return
    told.attempt(path.name, lambda: InvestigationValidator(investigation).validate())
    for number, info in enumerate(investigation.studies):
        study = None
        place = path.parent / info.info.path if info.info.path else None
        if place and place.is_file():
            seen.add(place.name)
            study = told.attempt(place.name, lambda: loaded(StudyReader, place, f"S{number}"))
            if study:
                told.attempt(place.name, lambda: StudyValidator(investigation, info, study).validate())
        for count, assay_info in enumerate(info.assays):
            where = path.parent / assay_info.path if assay_info.path else None
            if where and where.is_file():
                seen.add(where.name)
                assay = told.attempt(where.name, lambda: loaded(AssayReader, where, f"S{number}", f"A{count}"))
                if assay and study:
                    told.attempt(
                        where.name, lambda: AssayValidator(investigation, info, assay_info, assay, study).validate()
                    )


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
                told.attempt(path.name, lambda: loaded(reader, path, *ids))
        found[name] = told.messages
    json.dump(found, sys.stdout)


if __name__ == "__main__":
    main()
