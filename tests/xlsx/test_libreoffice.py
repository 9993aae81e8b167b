"""A workbook that LibreOffice opened, changed and saved: exactly the changed cells come back."""

from __future__ import annotations

import os
import shutil
import subprocess
from pathlib import Path

import pytest

from rembi_widgets.formats import xlsx
from rembi_widgets.record import Curation, Origin, run
from tests.xlsx.test_workbook import changed, curation

SOFFICE = os.environ.get("REMBI_SOFFICE") or shutil.which("soffice")


@pytest.fixture
def soffice() -> str:
    if SOFFICE is None:
        assert not os.environ.get("REMBI_REQUIRE_ORACLES"), "LibreOffice is wanted here and was not found"
        pytest.skip("LibreOffice is not installed")
    return SOFFICE


def resaved(soffice: str, path: Path, folder: Path, step: str = "xlsx") -> Path:
    """Have LibreOffice open a file and save it, without a window."""
    profile = f"-env:UserInstallation=file://{folder}/profile"
    command = [soffice, profile, "--headless", "--convert-to", step, "--outdir", str(folder / step), str(path)]
    subprocess.run(command, check=True, capture_output=True, timeout=120)
    return folder / step / f"{path.stem}.{step}"


def test_saving_changes_nothing(soffice: str, tmp_path: Path) -> None:
    (path,) = xlsx.write(curation(), tmp_path).files
    back = xlsx.edits(resaved(soffice, path, tmp_path), curation())
    assert (back.edits, back.findings) == ((), ())


def test_exactly_the_edited_cells_come_back(soffice: str, tmp_path: Path) -> None:
    (path,) = xlsx.write(curation(), tmp_path).files
    ods = resaved(soffice, path, tmp_path, "ods")  # another format between: nothing of ours survives but cells
    book = changed(
        resaved(soffice, ods, tmp_path),
        {
            ("study", "study", "title"): "Nuclei",
            ("study", "study", "keywords"): "MAR1\n=SUM(A1)\nSEPT2",
            ("variable", "va-1", "value"): "0013",
            ("sample", "sa-1", "biosample"): "tissue",
            ("acquisition", "ac-1", "objective_na"): 1.3,
            ("image", "im-2", "description"): "blurred",
            ("biosample", "", "title"): "blood",
        },
    )
    saved = resaved(soffice, book, tmp_path / "again")
    back = xlsx.edits(saved, curation())
    assert back.findings == ()
    assert {edit.path for edit in back.edits} == {
        "/study/title",
        "/study/keywords",
        "/biosamples/bs-1/experimental_variable/va-1/value",
        "/samples/sa-1/biosample",
        "/acquisitions/ac-1/objective_na",
        "/images/description",
        "/biosamples",
    }
    record = run(curation(), back.edits, Origin())[0]
    assert record.study.keywords == ("MAR1", "=SUM(A1)", "SEPT2")
    assert record.biosamples[0].experimental_variable[0].value == "0013"
    assert record.samples[0].biosample == "bs-2"
    assert record.acquisitions[0].objective_na == 1.3
    assert record.biosamples[2].title == "blood"
    assert isinstance(record, Curation)
