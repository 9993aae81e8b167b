"""How many widget models the curator makes: the same few, however much it shows."""

from __future__ import annotations

from pathlib import Path

import ipywidgets
import pytest

import rembi_widgets as rw
from rembi_widgets.store import open_curation

MOST = 12


def models_made(folder: Path, biosamples: int) -> int:
    with open_curation(folder) as curation:
        curation.edit(
            [
                {"op": "add", "path": "/biosamples", "id": f"bs-{n}", "value": {"title": f"Sample {n}"}}
                for n in range(biosamples)
            ]
        )
    before = set(ipywidgets.widgets.widget._instances)
    made = rw.Curator(folder)
    made.session.handle({"kind": "attach", "req": "1"}, [], lambda *_: None)
    count = len(set(ipywidgets.widgets.widget._instances) - before)
    made.session.close()
    return count


def test_the_curator_is_a_handful_of_models(tmp_path: Path) -> None:
    few, many = tmp_path / "few", tmp_path / "many"
    few.mkdir()
    many.mkdir()
    one, two_hundred = models_made(few, 1), models_made(many, 200)
    assert one == two_hundred
    assert one <= MOST


@pytest.mark.parametrize("form", [rw.StudyForm, rw.BiosampleForm, rw.ImageAcquisitionForm])
def test_a_form_carries_the_loader_and_not_the_bundle(form: type[rw.BiosampleForm]) -> None:
    made = form()
    state = made.get_state()
    assert len(state["_esm"]) < 4_000
    assert len(state["bundle"]) == 16
    made.close()
