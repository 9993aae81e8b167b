"""Filling acquisitions from a passport, and what does not fit afterwards."""

from __future__ import annotations

from typing import Any

import pytest

from rembi_widgets.app import use_microscope
from rembi_widgets.checks import check, microscope_findings
from rembi_widgets.errors import RembiError
from rembi_widgets.images import Passport, chosen_microscope, passport_edits
from rembi_widgets.record import get, plain

AC = "/acquisitions/ac-1"


def use(curation: Any, passport: Passport, **given: Any) -> Any:
    return curation.propose(passport_edits(curation.record, passport, **given), origin="passport")


def held(curation: Any) -> Any:
    return curation.record.acquisitions[0]


def test_stand_objective_and_parts_fill_what_is_empty(curation: Any, ours: Passport) -> None:
    use(curation, ours)
    found = held(curation)
    assert (found.instrument_manufacturer, found.instrument_model, found.instrument_type) == (
        "Nikon",
        "Ti2-E",
        "Inverted",
    )
    assert (found.objective_model, found.objective_immersion) == ("Plan Apo 60x", "Oil")
    assert plain(found.objective_working_distance) == {"number": 0.13, "unit": "mm"}
    assert [row.model for row in (*found.light_sources, *found.detectors, *found.filters)] == [
        "OBIS 488",
        "OBIS 561",
        "Prime BSI",
        "ET525/50m",
    ]


def test_what_is_filled_waits_in_pencil_and_tells_its_place(curation: Any, ours: Passport) -> None:
    use(curation, ours)
    mark = curation.record.marks[f"{AC}/objective_model"]
    assert (mark.confirmed, mark.origin.kind) == (False, "passport")
    assert (mark.origin.source, mark.origin.header) == ("sd.yaml", "/objectives/0/model")
    row = held(curation).detectors[0]
    assert curation.record.marks[f"{AC}/detectors/{row.id}/model"].origin.header == "/detectors/0/model"


def test_what_headers_and_persons_said_stays(curation: Any, ours: Passport) -> None:
    curation.edit([{"op": "set", "path": f"{AC}/instrument_model", "value": "IX83"}], origin="scan")
    curation.set(f"{AC}/instrument_serial", "42")
    curation.set(f"{AC}/objective_immersion", {"absent": "not_recorded"})
    curation.set(f"{AC}/instrument_type", "Upright")
    curation.clear(f"{AC}/instrument_type")
    curation.add(f"{AC}/detectors", {"model": "Prime BSI Express"})
    use(curation, ours)
    found = held(curation)
    assert (found.instrument_model, found.instrument_serial, found.instrument_type) == ("IX83", "42", None)
    assert plain(found.objective_immersion) == {"absent": "not_recorded"}
    assert [(row.model, row.manufacturer) for row in found.detectors] == [("Prime BSI Express", "Photometrics")]


def test_choosing_again_changes_nothing_and_undo_takes_all_back(curation: Any, ours: Passport) -> None:
    before = plain(held(curation))
    use(curation, ours)
    assert use(curation, ours) is None
    curation.undo()
    assert plain(held(curation)) == before
    assert get(curation.record, "/setup/x-microscopes") is None


def test_another_microscope_takes_the_first_ones_values_away(curation: Any, ours: Passport, tesm: Passport) -> None:
    use(curation, ours)
    curation.confirm(f"{AC}/instrument_type")
    use(curation, tesm)
    found = held(curation)
    assert found.instrument_manufacturer == "Olympus/Biomedical Imaging Group"
    assert (found.instrument_serial, found.instrument_type) == (None, "Inverted")
    assert found.objective_model == "PlanApo 60X/1.4 Oil"
    assert [row.model for row in found.detectors] == ["iXon 885Em (DU-885K-CSO-#VP)"]
    assert chosen_microscope(found) == {
        "name": tesm.name,
        "id": tesm.id,
        "model_version": "2.01.0",
        "tier": 3,
        "file": tesm.source,
    }
    assert [one["name"] for one in get(curation.record, "/setup/x-microscopes")] == [tesm.name]


def test_lasers_are_those_of_the_channels_if_these_tell_of_all(curation: Any, ours: Passport) -> None:
    curation.add(f"{AC}/channels", {"name": "GFP", "excitation": {"number": 491, "unit": "nm"}})
    use(curation, ours)
    assert [row.model for row in held(curation).light_sources] == ["OBIS 488"]
    curation.add(f"{AC}/channels", {"name": "DIC"})
    use(curation, ours)
    assert len(held(curation).light_sources) == 2


def test_a_row_is_completed_by_its_wavelength(curation: Any, ours: Passport) -> None:
    row = curation.add(f"{AC}/light_sources", {"wavelength": {"number": 561, "unit": "nm"}})
    use(curation, ours)
    [found] = held(curation).light_sources
    assert (found.id, found.model, found.kind) == (row, "OBIS 561", "Laser")


def test_a_person_may_say_which_objective(curation: Any, ours: Passport) -> None:
    curation.clear(f"{AC}/objective_magnification")
    curation.clear(f"{AC}/objective_na")
    assert held(curation).objective_model is None
    use(curation, ours)
    assert held(curation).objective_model is None
    use(curation, ours, objective=1)
    assert held(curation).objective_model == "Plan Apo 20x"
    with pytest.raises(RembiError, match="no objective number 7"):
        passport_edits(curation.record, ours, objective=7)
    with pytest.raises(RembiError, match="no acquisition ac-9"):
        passport_edits(curation.record, ours, ["ac-9"])


def test_the_quality_control_dataset_is_a_value(curation: Any, ours: Passport) -> None:
    use(curation, ours)
    assert get(curation.record, f"{AC}/x-qc_dataset") == "https://doi.org/10.5281/zenodo.1"
    use(curation, ours, qc="https://doi.org/10.5281/zenodo.2")
    assert get(curation.record, f"{AC}/x-qc_dataset") == "https://doi.org/10.5281/zenodo.2"


def test_only_the_acquisitions_named_are_filled(curation: Any, ours: Passport) -> None:
    other = curation.add("/acquisitions", {"title": "Other"})
    use(curation, ours, acquisitions=["ac-1"])
    assert chosen_microscope(curation.record.acquisitions[1]) is None
    use(curation, ours)
    assert curation.get(f"/acquisitions/{other}/instrument_model") == "Ti2-E"


def codes(curation: Any) -> list[tuple[str, str, str]]:
    return [(one.level, one.code, one.path) for one in microscope_findings(curation.record)]


def test_what_fits_gives_no_finding(curation: Any, ours: Passport) -> None:
    use(curation, ours)
    assert codes(curation) == []


def test_an_objective_the_microscope_has_not_is_found(curation: Any, ours: Passport) -> None:
    curation.set(f"{AC}/objective_magnification", 63)
    use(curation, ours)
    [found] = microscope_findings(curation.record)
    assert (found.level, found.code, found.path) == (
        "warning",
        "objective_not_on_microscope",
        f"{AC}/objective_magnification",
    )
    assert (found.found, found.wanted) == ("63×/1.4", "Plan Apo 60x (60×/1.4 Oil); Plan Apo 20x (20×/0.75 Air)")
    assert "Spinning disk" in found.message("fr")
    assert found.code in {one.code for one in check(curation.record, "bia")}


def test_a_conflict_has_both_values_and_a_fix(curation: Any, ours: Passport) -> None:
    curation.set(f"{AC}/objective_immersion", "Water")
    use(curation, ours)
    [found] = microscope_findings(curation.record)
    assert (found.code, found.found, found.wanted) == ("objective_conflict", "Water", "Oil")
    curation.edit(found.fix or (), origin="fix")
    assert held(curation).objective_immersion == "Oil"
    assert codes(curation) == []


def test_a_stand_of_another_name_is_worth_a_look(curation: Any, ours: Passport) -> None:
    curation.set(f"{AC}/instrument_model", "IX83")
    curation.set(f"{AC}/instrument_manufacturer", "NIKON")
    use(curation, ours)
    assert codes(curation) == [("info", "stand_conflict", f"{AC}/instrument_model")]


def test_images_of_another_objective_are_found(curation: Any, ours: Passport) -> None:
    line = {"id": "as-1", "acquisition": "ac-1"}
    rows = ["im-1", "im-2", "im-3", "im-4"]
    lenses = ["Plan Apo 60x", "Plan-Neofluar 40x/1.30 Oil", "40× NA 1.3 Oil", None]
    curation.edit(
        [
            {"op": "add", "path": "/components", "id": "sc-1", "value": {"title": "C", "associations": [line]}},
            {"op": "add", "path": "/images", "rows": rows},
            {"op": "fill", "path": "/images/component", "rows": rows, "value": "sc-1"},
            {"op": "fill", "path": "/images/objective", "rows": rows, "values": lenses},
        ],
        origin="scan",
    )
    use(curation, ours)
    found = [(path, code) for _, code, path in codes(curation)]
    assert found == [
        ("/images/im-2/objective", "images_objective_not_on_microscope"),
        ("/images/im-3/objective", "images_objective_not_on_microscope"),
    ]


@pytest.mark.parametrize("odd", ["text", 3, [1, None], [{"name": "Spinning disk", "id": "sd-204"}], {"name": []}])
def test_odd_free_keys_break_no_check(curation: Any, ours: Passport, odd: Any) -> None:
    use(curation, ours)
    curation.set("/setup/x-microscopes", odd)
    assert codes(curation) == []
    curation.set(f"{AC}/x-microscope", odd)
    assert codes(curation) == []
    use(curation, ours)
    assert held(curation).instrument_model == "Ti2-E"


def test_a_notebook_uses_a_microscope_by_name(curation: Any, ours: Passport, tmp_path: Any) -> None:
    (tmp_path / "sd.yaml").write_text("microscope: Mine\nmodel: X1\n")
    assert use_microscope(curation, "mine", "ac-1", where=tmp_path) is not None
    assert held(curation).instrument_model == "X1"
    assert use_microscope(curation, ours, ["ac-1"]) is not None
    assert held(curation).instrument_model == "Ti2-E"
