"""A cell of the ISA-Tab leads to the values it says: all of them, and no others."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import HealthCheck, Phase, given, settings

from rembi_widgets.formats import isatab
from rembi_widgets.record import Curation, Edit, Origin, get, run
from tests.formats.builder import full_record
from tests.formats.full_records import full_records
from tests.isaread.test_identity import CASES, changed
from tests.isaview.cells import Cell, values, written

STRUCTURE = {
    "Term Source Name",
    "Term Source File",
    "Term Source Version",
    "Term Source Description",
    "Comment[Created With]",
    "Comment[ISA Layout]",
    "Comment[REMBI Version]",
    "Comment[REMBI Module]",
    "Study File Name",
    "Study Factor Type",
    "Study Assay Measurement Type",
    "Study Assay Technology Type",
    "Study Assay Technology Platform",
    "Study Protocol Type",
    "Study Protocol Parameters Name",
}
"""Labels of the investigation file that say how an ISA-Tab is made, not what a person said. A platform is ``not
recorded`` where there is no instrument to name."""
BEHIND = (" Term Accession Number", " Term Source REF")
PROTOCOL_ONLY = {"growth not described", "sample collection", "image acquisition", "histology"}
"""Names of protocols that stand for nothing of the record."""


def is_structure(cell: Cell) -> bool:
    label = cell.label
    for end in BEHIND:
        label = label.removesuffix(end)
    named = cell.label in {"Study Protocol Name", "Protocol REF"} and cell.text.split(" 2")[0] in PROTOCOL_ONLY
    nothing = cell.label == "Derived Data File" and cell.text == "not recorded"
    return label in STRUCTURE or "[Own " in label or named or nothing


def unexplained(cells: list[Cell]) -> list[tuple[str, str, str]]:
    return [(cell.file, cell.label, cell.text) for cell in cells if not cell.paths and not is_structure(cell)]


def exists(record: Curation, path: str) -> bool:
    """Tell whether a path leads to something, or to a field of something."""
    owner, _, field = path.rpartition("/")
    return get(record, path) is not None or (get(record, owner) is not None and bool(field))


FAST = (Phase.explicit, Phase.reuse, Phase.generate)


@settings(max_examples=20, deadline=None, suppress_health_check=list(HealthCheck), phases=FAST)
@given(record=full_records())
def test_every_cell_leads_to_its_values_or_is_structure(
    record: Curation, tmp_path_factory: pytest.TempPathFactory
) -> None:
    cells = written(record, tmp_path_factory.mktemp("set"))
    assert unexplained(cells) == []
    assert [path for cell in cells for path in cell.paths if not exists(record, path)] == []
    reached = {path for cell in cells for path in cell.paths}
    assert sorted(path for path in values(record) if path not in reached and not is_apart(path)) == []


def is_apart(path: str) -> bool:
    """Tell whether a value is none of an ISA-Tab: ``mtime`` only tells a scan what is new."""
    return path.endswith("/mtime")


def test_every_value_of_the_full_record_is_reached(tmp_path: Path) -> None:
    record = full_record()
    reached = {path for cell in written(record, tmp_path) for path in cell.paths}
    assert sorted(values(record).keys() - reached) == []
    assert len(reached) > 400


@pytest.mark.parametrize("profile", ["bioimaging", "isatools-default"])
def test_structure_leads_nowhere_in_either_profile(profile: str, tmp_path: Path) -> None:
    cells = written(full_record(), tmp_path, profile)
    assert unexplained(cells) == []
    assert [cell for cell in cells if is_structure(cell) and cell.paths and cell.label in STRUCTURE] == [
        cell for cell in cells if cell.label == "Study Assay Technology Platform" and cell.paths
    ]


@pytest.mark.parametrize("parts", CASES.values(), ids=CASES.keys())
def test_what_is_peculiar_is_led_too(parts: dict[str, dict[str, object]], tmp_path: Path) -> None:
    record = changed(**parts)
    cells = written(record, tmp_path)
    assert unexplained(cells) == []
    reached = {path for cell in cells for path in cell.paths}
    assert sorted(values(record).keys() - reached) == []


TEXTS = sorted(path for path, value in values(full_record()).items() if isinstance(value, str))
OF_STRUCTURE = {
    "sample",
    "acquisition",
    "biosample",
    "specimen",
    "label",
    "file",
    "component",
    "association",
    "made_by",
}
OF_STRUCTURE |= {"source_image", "analysis", "correlation"}
CHANGEABLE = [path for path in TEXTS if path.rpartition("/")[2] not in OF_STRUCTURE and "/path" not in path]


def test_a_value_that_changes_changes_its_cells_and_no_others(tmp_path: Path) -> None:
    record = full_record()
    before = keyed(written(record, tmp_path / "before"))
    for number, path in enumerate(CHANGEABLE[::4]):
        after = keyed(written(told(record, path), tmp_path / str(number)))
        assert after.keys() == before.keys(), path
        moved = [was for key, was in before.items() if was.text != after[key].text]
        assert moved, path
        assert {cell.label for cell in moved if path not in cell.paths} <= FOLLOW, path
        assert any(path in cell.paths for cell in moved), path


def keyed(cells: list[Cell]) -> dict[tuple[object, ...], Cell]:
    """Give cells by file, row or section, and label: a column may have another place when a value changes."""
    found: dict[tuple[object, ...], Cell] = {}
    for cell in cells:
        section = cell.file.startswith("i_")
        where = (cell.file.partition("-")[0], *(cell.at if section else cell.at[:1]), cell.label)
        number = 0
        while (*where, number) in found:
            number += 1
        found[*where, number] = cell
    return found


FOLLOW = {"Study File Name", "Assay Name", "Data Transformation Name", "Study Protocol Components Type"}
"""Names that are made of several values: one of them leads to the first."""


def told(record: Curation, path: str) -> Curation:
    value = get(record, path)
    if path.endswith("_date"):  # what is no date has another place
        return run(record, [Edit(op="set", path=path, value="2031-02-03")], Origin(kind="typed"))[0]
    return run(record, [Edit(op="set", path=path, value=f"{value}9")], Origin(kind="typed"))[0]


@pytest.mark.parametrize(
    ("file", "label", "path"),
    [
        ("i_investigation.txt", "Study Title", "/study/title"),
        ("i_investigation.txt", "Comment[License]", "/study/license"),
        ("i_investigation.txt", "Study Person Last Name", "/people/pe-1/last_name"),
        ("i_investigation.txt", "Study Person Affiliation", "/organisations/or-1/title"),
        ("s_S-rembi-demo.txt", "Characteristics[organism]", "/biosamples/bs-1/organism"),
        ("s_S-rembi-demo.txt", "Term Accession Number", "/biosamples/bs-1/organism"),
        ("s_S-rembi-demo.txt", "Sample Name", "/samples/sa-1-1/title"),
    ],
)
def test_cells_that_people_look_for(file: str, label: str, path: str, tmp_path: Path) -> None:
    cells = written(full_record(), tmp_path)
    assert path in next(cell.paths for cell in cells if cell.file == file and cell.label == label)


def test_a_row_that_is_too_short_and_an_empty_cell_lead_nowhere(tmp_path: Path) -> None:
    record = full_record()
    isatab.write(record, tmp_path)
    study = next(tmp_path.glob("s_*.txt"))
    lines = study.read_text(encoding="utf-8").splitlines()
    study.write_text("\n".join([*lines[:-1], lines[-1].partition("\t")[0]]) + "\n", encoding="utf-8")
    document = isatab.open_document(tmp_path)
    table, leads = document.tables[study.name], isatab.Leads(document, record)
    last = len(table) - 1
    assert [leads.in_table(table, last, column) for column in (1, 5)] == [(), ()]
