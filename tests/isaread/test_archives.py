"""Every archive of the samples as a curation: how much of it there is, and what is told of it."""

from __future__ import annotations

from collections import Counter
from pathlib import Path

import pytest

from rembi_widgets.formats import isatab
from rembi_widgets.record import COLLECTIONS, TABLES, Curation

Counts = dict[str, int]
ARCHIVES: dict[str, tuple[Counts, Counts]] = {
    "altamisa/BII-I-1": (
        {
            "people": 3,
            "organisations": 1,
            "publications": 4,
            "biosamples": 20,
            "specimens": 4,
            "samples": 178,
            "acquisitions": 3,
            "analyses": 2,
            "components": 4,
            "files": 182,
            "associations": 162,
        },
        {
            "kept": 125,
            "kept_cells": 26,
            "left_cells": 12,
        },
    ),
    "altamisa/BII-I-2": (
        {
            "people": 3,
            "organisations": 1,
            "publications": 4,
            "specimens": 9,
            "analyses": 2,
            "components": 4,
        },
        {
            "kept": 103,
            "kept_cells": 7,
            "table_missing": 6,
        },
    ),
    "altamisa/i_assays": (
        {
            "specimens": 1,
        },
        {
            "kept": 8,
            "kept_cells": 4,
            "table_missing": 2,
        },
    ),
    "altamisa/i_comments": (
        {
            "people": 3,
            "organisations": 1,
            "publications": 4,
            "specimens": 9,
            "analyses": 2,
            "components": 4,
        },
        {
            "kept": 134,
            "kept_cells": 10,
            "table_missing": 6,
        },
    ),
    "altamisa/i_fullinvest": (
        {
            "people": 3,
            "organisations": 1,
            "publications": 4,
            "specimens": 9,
            "analyses": 2,
            "components": 4,
        },
        {
            "kept": 144,
            "kept_cells": 10,
            "table_missing": 6,
        },
    ),
    "altamisa/i_fullinvest2": (
        {
            "people": 3,
            "organisations": 1,
            "publications": 4,
            "specimens": 9,
            "analyses": 2,
            "components": 4,
        },
        {
            "kept": 142,
            "kept_cells": 10,
            "table_missing": 4,
        },
    ),
    "altamisa/i_minimal": (
        {
            "biosamples": 1,
            "specimens": 1,
            "samples": 1,
            "acquisitions": 1,
            "components": 1,
            "files": 2,
            "associations": 1,
        },
        {
            "kept": 8,
            "kept_cells": 5,
        },
    ),
    "altamisa/i_minimal2": (
        {
            "biosamples": 1,
            "specimens": 1,
            "samples": 1,
            "acquisitions": 1,
            "components": 1,
            "files": 2,
            "associations": 1,
        },
        {
            "kept": 11,
            "kept_cells": 5,
        },
    ),
    "altamisa/i_onlyinvest": (
        {
            "people": 3,
            "organisations": 1,
            "publications": 3,
        },
        {
            "kept": 12,
            "kept_cells": 7,
            "no_study": 1,
        },
    ),
    "altamisa/i_small": (
        {
            "people": 1,
            "biosamples": 5,
            "specimens": 1,
            "samples": 4,
            "acquisitions": 1,
            "components": 1,
            "files": 5,
            "associations": 2,
        },
        {
            "kept": 15,
            "kept_cells": 7,
            "left_cells": 2,
        },
    ),
    "altamisa/i_small2": (
        {
            "people": 1,
            "biosamples": 1,
            "specimens": 1,
            "samples": 2,
            "acquisitions": 1,
            "analyses": 1,
            "components": 1,
            "files": 4,
            "associations": 2,
        },
        {
            "kept": 16,
            "kept_cells": 10,
            "left_cells": 6,
        },
    ),
    "altamisa/i_warnings": (
        {
            "people": 1,
            "publications": 1,
            "biosamples": 1,
            "specimens": 1,
            "samples": 2,
            "acquisitions": 1,
            "components": 2,
            "files": 2,
            "associations": 4,
        },
        {
            "kept": 17,
            "kept_cells": 5,
        },
    ),
    "altamisa/test_exceptions": (
        {},
        {
            "kept_cells": 5,
            "no_study": 1,
            "ragged_row": 3,
            "section_missing": 3,
            "table_unnamed": 8,
            "unknown_column": 1,
        },
    ),
    "altamisa/test_gelelect": (
        {
            "biosamples": 1,
            "specimens": 1,
            "samples": 1,
            "acquisitions": 1,
            "analyses": 1,
            "components": 1,
            "files": 2,
            "images": 2,
            "associations": 1,
        },
        {
            "kept": 17,
            "kept_cells": 8,
            "unknown_column": 2,
        },
    ),
    "scidata/sdata20141-isa1": (
        {
            "people": 4,
            "organisations": 1,
            "publications": 3,
            "biosamples": 4,
            "samples": 4,
            "acquisitions": 1,
            "analyses": 1,
            "components": 3,
            "files": 10,
            "associations": 10,
        },
        {
            "kept": 39,
            "kept_cells": 5,
            "left_cells": 8,
        },
    ),
    "scidata/sdata201412-isa1": (
        {
            "people": 4,
            "organisations": 2,
            "biosamples": 68,
            "specimens": 1,
            "samples": 208,
            "acquisitions": 1,
            "analyses": 10,
            "components": 1,
            "files": 1014,
            "associations": 208,
        },
        {
            "kept": 98,
            "kept_cells": 8,
            "left_cells": 2,
        },
    ),
    "scidata/sdata201414-isa1": (
        {
            "people": 2,
            "organisations": 2,
            "biosamples": 12,
            "specimens": 1,
            "samples": 12,
            "acquisitions": 1,
            "analyses": 1,
            "components": 1,
            "files": 13,
            "associations": 12,
        },
        {
            "kept": 37,
            "kept_cells": 5,
            "left_cells": 1,
        },
    ),
    "scidata/sdata201417-isa1": (
        {
            "people": 4,
            "organisations": 2,
            "publications": 1,
            "biosamples": 54,
            "specimens": 1,
            "samples": 63,
            "acquisitions": 9,
            "analyses": 5,
            "components": 2,
            "files": 46,
            "associations": 63,
        },
        {
            "kept": 127,
            "kept_cells": 6,
            "left_cells": 4,
            "unknown_column": 1,
        },
    ),
    "scidata/sdata201419-isa1": (
        {
            "people": 6,
            "organisations": 1,
            "biosamples": 27,
            "specimens": 1,
            "samples": 1,
            "acquisitions": 1,
            "analyses": 1,
            "components": 1,
            "files": 3,
            "associations": 1,
        },
        {
            "kept": 33,
            "kept_cells": 5,
        },
    ),
    "scidata/sdata201420-isa1": (
        {
            "people": 9,
            "organisations": 4,
            "publications": 1,
            "biosamples": 2898,
            "specimens": 1,
            "samples": 2898,
            "acquisitions": 3,
            "analyses": 1,
            "components": 1,
        },
        {
            "kept": 42,
            "kept_cells": 4,
            "table_missing": 1,
        },
    ),
    "scidata/sdata201422-isa1": (
        {
            "people": 4,
            "organisations": 2,
            "biosamples": 2,
            "specimens": 1,
            "samples": 2,
            "acquisitions": 1,
            "components": 1,
            "files": 2,
            "associations": 2,
        },
        {
            "kept": 29,
            "kept_cells": 4,
        },
    ),
    "scidata/sdata201424-isa1": (
        {
            "people": 5,
            "organisations": 4,
            "publications": 1,
            "biosamples": 1,
            "specimens": 1,
            "samples": 1,
            "acquisitions": 1,
            "analyses": 1,
            "components": 1,
            "files": 2,
            "associations": 1,
        },
        {
            "kept": 23,
            "kept_cells": 5,
        },
    ),
    "scidata/sdata201426-isa1": (
        {
            "people": 2,
            "organisations": 1,
            "publications": 1,
            "biosamples": 56,
            "specimens": 1,
            "samples": 56,
            "acquisitions": 1,
            "analyses": 1,
            "components": 1,
            "files": 99,
            "associations": 56,
        },
        {
            "kept": 40,
            "kept_cells": 6,
            "left_cells": 4,
        },
    ),
    "scidata/sdata201428-isa1": (
        {
            "people": 11,
            "organisations": 7,
            "publications": 1,
            "biosamples": 21,
            "specimens": 1,
            "samples": 21,
            "acquisitions": 1,
            "analyses": 1,
            "components": 1,
            "files": 21,
            "associations": 21,
        },
        {
            "kept": 36,
            "kept_cells": 7,
        },
    ),
    "scidata/sdata20143-isa1": (
        {
            "people": 8,
            "organisations": 3,
            "biosamples": 21,
            "specimens": 1,
            "samples": 21,
            "acquisitions": 3,
            "analyses": 4,
            "components": 3,
            "files": 1152,
            "associations": 61,
        },
        {
            "kept": 74,
            "kept_cells": 12,
            "left_cells": 1,
        },
    ),
    "scidata/sdata201432-isa1": (
        {
            "people": 3,
            "organisations": 1,
            "biosamples": 1,
            "specimens": 1,
            "samples": 1,
            "acquisitions": 1,
            "analyses": 1,
            "components": 1,
            "files": 44,
            "associations": 1,
        },
        {
            "kept": 36,
            "kept_cells": 5,
            "left_cells": 6,
        },
    ),
    "scidata/sdata201434-isa1": (
        {
            "people": 12,
            "organisations": 4,
            "biosamples": 27,
            "specimens": 1,
            "samples": 27,
            "acquisitions": 1,
            "analyses": 1,
            "components": 1,
            "files": 109,
            "associations": 27,
        },
        {
            "kept": 36,
            "kept_cells": 5,
        },
    ),
    "scidata/sdata201440-isa1": (
        {
            "people": 2,
            "organisations": 1,
            "publications": 1,
            "biosamples": 211,
            "specimens": 1,
            "samples": 211,
            "acquisitions": 2,
            "analyses": 1,
            "components": 1,
            "files": 17,
            "associations": 301,
        },
        {
            "kept": 39,
            "kept_cells": 8,
            "left_cells": 2,
            "unknown_column": 1,
        },
    ),
    "scidata/sdata201449-isa1": (
        {
            "people": 85,
            "organisations": 32,
            "publications": 1,
            "biosamples": 33,
            "specimens": 1,
            "samples": 1512,
            "acquisitions": 1,
            "components": 1,
            "files": 150,
            "associations": 1512,
        },
        {
            "kept": 33,
            "kept_cells": 11,
            "left_cells": 10,
        },
    ),
    "scidata/sdata201454-isa1": (
        {
            "people": 12,
            "organisations": 5,
            "biosamples": 22,
            "specimens": 1,
            "samples": 22,
            "acquisitions": 1,
            "components": 1,
            "files": 22,
            "associations": 22,
        },
        {
            "kept": 52,
            "kept_cells": 11,
            "left_cells": 2,
        },
    ),
    "scidata/sdata201513-isa1": (
        {
            "people": 9,
            "organisations": 7,
            "biosamples": 3,
            "specimens": 1,
            "samples": 12,
            "acquisitions": 1,
            "components": 1,
            "files": 1,
            "associations": 12,
        },
        {
            "kept": 34,
            "kept_cells": 5,
            "left_cells": 3,
        },
    ),
    "scidata/sdata20153-isa1": (
        {
            "people": 13,
            "organisations": 3,
            "publications": 1,
            "biosamples": 120,
            "specimens": 1,
            "samples": 120,
            "acquisitions": 1,
            "analyses": 8,
            "components": 1,
            "files": 683,
            "associations": 120,
        },
        {
            "kept": 93,
            "kept_cells": 10,
            "left_cells": 5,
        },
    ),
    "scidata/sdata201546-isa1": (
        {
            "people": 8,
            "organisations": 4,
            "biosamples": 1,
            "specimens": 1,
            "samples": 3,
            "acquisitions": 1,
            "analyses": 1,
            "components": 1,
            "files": 4,
            "associations": 3,
        },
        {
            "kept": 33,
            "kept_cells": 9,
        },
    ),
    "scidata/sdata201557-isa1": (
        {
            "people": 13,
            "organisations": 6,
            "biosamples": 3,
            "specimens": 2,
            "samples": 10,
            "acquisitions": 4,
            "components": 1,
            "files": 4,
            "associations": 12,
        },
        {
            "kept": 35,
            "kept_cells": 5,
            "left_cells": 7,
            "unknown_column": 1,
        },
    ),
}
"""Archive to the number of its entities, files and images, and to that of its findings by code."""


def counted(record: Curation) -> Counts:
    found = {name: len(getattr(record, name)) for name in (*COLLECTIONS, *TABLES)}
    found["associations"] = sum(len(one.associations) for one in record.components)
    return {name: count for name, count in found.items() if count}


@pytest.mark.parametrize(("name", "told"), ARCHIVES.items(), ids=ARCHIVES.keys())
def test_an_archive_becomes_a_curation(name: str, told: tuple[Counts, Counts], samples: Path) -> None:
    found = isatab.read(samples / "isa" / "corpus" / name)
    codes = Counter(finding.code.removeprefix("isaread.") for finding in found.findings)
    assert (counted(found.record), dict(sorted(codes.items()))) == told
    for kept, told_by in ((True, ("kept", "kept_cells")), (False, ("left", "left_cells"))):
        headings = {(one.file, one.header) for one in found.kept if bool(one.path) == kept}
        said = [one for one in found.findings if one.code.removeprefix("isaread.") in told_by]
        assert {(one.values["file"], one.found) for one in said} == headings


def test_no_archive_is_forgotten(samples: Path) -> None:
    folders = {str(path.relative_to(samples / "isa" / "corpus").as_posix()) for path in samples.glob("isa/corpus/*/*")}
    assert folders == ARCHIVES.keys()
