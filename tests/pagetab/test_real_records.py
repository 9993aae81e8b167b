"""Beside real records of the archive, as its curators corrected them: the same sections, attributes and marks."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from rembi_widgets.formats import pagetab
from rembi_widgets.record import Curation
from tests.formats.builder import full_record
from tests.formats.demo import demo_record
from tests.pagetab.reading import Part, parts, read, read_json

V5 = ("S-BIAD2235", "S-BIAD2324")
SAME = {"organisation": "Organization", "Organization": "Organization"}
"""Section type of a record to ours: the form's validator knows only the second."""
ELSEWHERE = {"Table"}
"""A section of one record's own making."""
OWN = {
    "Biosample": {"x-passage"},
    "Image acquisition": {"Image data", "Acquisition settings"},
    "Image correlation": {"Related images"},
    "Annotation": {"Annotation Author"},
    "Publication": {"Status"},
}
"""Attributes that are ours: the template takes others in these sections."""


@pytest.fixture(scope="module")
def ours(tmp_path_factory: pytest.TempPathFactory) -> Part:
    folder = tmp_path_factory.mktemp("ours")
    record = full_record()
    first = record.components[0]
    links = tuple(one.model_copy(update={"analysis": "an-1", "correlation": "co-1"}) for one in first.associations)
    parts_of = (first.model_copy(update={"associations": links}), *record.components[1:])
    pagetab.write(record.model_copy(update={"components": parts_of}), folder)
    return read(folder).whole


@pytest.fixture(scope="module")
def template(samples: Path) -> dict[str, Any]:
    said = json.loads((samples / "bia" / "templates" / "bia_templates_compact.json").read_text(encoding="utf-8"))
    root: dict[str, Any] = said["BioImages.v5"]["root"]
    return root


def sections(root: dict[str, Any]) -> dict[str, dict[str, Any]]:
    found = {root["name"]: root}
    for one in [*root.get("sections", []), *root.get("tables", [])]:
        found |= sections(one)
    return found


def fields(section: dict[str, Any]) -> list[dict[str, Any]]:
    return [*section.get("fields", []), *section.get("columns", [])]


def by_kind(whole: Part) -> dict[str, set[str]]:
    found: dict[str, set[str]] = {}
    for part in parts(whole):
        found.setdefault(SAME.get(part.kind, part.kind), set()).update(name for name, *_ in part.attributes)
    return found


@pytest.mark.parametrize("accession", V5)
def test_what_real_records_have_is_what_ours_has(samples: Path, ours: Part, accession: str) -> None:
    path = samples / "bia" / "records" / f"{accession}_corrected.json"
    real, mine = by_kind(read_json(path.read_text(encoding="utf-8"))), by_kind(ours)
    assert real.keys() - ELSEWHERE <= mine.keys()
    assert {
        kind: names - mine[kind] for kind, names in real.items() if kind not in ELSEWHERE and names - mine[kind]
    } == {}


@pytest.mark.parametrize("accession", V5)
def test_references_and_qualifiers_stand_where_real_records_have_them(
    samples: Path, ours: Part, accession: str
) -> None:
    path = samples / "bia" / "records" / f"{accession}_corrected.json"
    real = read_json(path.read_text(encoding="utf-8"))
    assert marks(real) <= marks(ours)


def marks(whole: Part) -> set[tuple[str, str, bool, tuple[str, ...]]]:
    return {
        (SAME.get(part.kind, part.kind), name, reference, tuple(key for key, _ in held))
        for part in parts(whole)
        for name, _, reference, held in part.attributes
        if reference or held
    }


def test_sections_follow_the_order_of_the_form(ours: Part, template: dict[str, Any]) -> None:
    kinds = list(dict.fromkeys(part.kind for part in ours.sections[0].sections))
    wanted = [*(one for one in ("Publication", "Funding")), *(one["name"] for one in template["sections"])]
    assert [kind for kind in kinds if kind in wanted] == [kind for kind in wanted if kind in kinds]


def test_every_required_attribute_of_the_template_is_there(ours: Part, template: dict[str, Any]) -> None:
    known = sections(template)
    for part in parts(ours)[1:]:
        wanted = {one["name"] for one in fields(known.get(part.kind, {})) if one["level"] == "required"}
        assert wanted <= {name for name, *_ in part.attributes}, part.kind


def test_no_attribute_is_there_that_the_template_does_not_take(ours: Part, template: dict[str, Any]) -> None:
    known = {**sections(template), "Author": {"fields": [{"name": n} for n in AUTHOR]}}
    for part in parts(ours)[1:]:
        if part.kind in known:
            names = {one["name"] for one in fields(known[part.kind])} | OWN.get(part.kind, set())
            extra = {name for name, *_ in part.attributes} - names
            assert not {name for name in extra if not name.startswith("x-")}, part.kind
            assert not (extra and known[part.kind].get("allowNewAttribute") is False), part.kind


AUTHOR = ("Name", "E-mail", "Role", "ORCID", "affiliation")
"""What real records have: the hidden template of the form says it otherwise, and its reader wants these."""


def test_one_value_where_the_form_takes_one(ours: Part, template: dict[str, Any]) -> None:
    known = sections(template)
    repeated = {"Keywords", "Experimental variable", "Extrinsic variable", "Intrinsic variable"}
    for part in parts(ours)[1:]:
        for one in fields(known.get(part.kind, {})):
            if not one.get("multiple") and one["name"] not in repeated:
                assert len(part.values(one["name"])) <= 1, (part.kind, one["name"])


def test_associations_name_titles_and_affiliations_name_accnos(ours: Part) -> None:
    study = ours.sections[0]
    titles = {kind: {one.value("Title") for one in study.all(kind)} for kind in MODULES}
    for component in study.all("Study Component"):
        for row in component.all("Associations"):
            for kind in MODULES:
                assert set(row.values(kind)) <= titles[kind]
    accnos = {one.accno for one in study.all("Organization")}
    assert {value for one in study.all("Author") for value in one.values("affiliation")} <= accnos


MODULES = ("Biosample", "Specimen", "Image acquisition", "Image correlation", "Image analysis")


def test_annotations_name_images_of_components(ours: Part, tmp_path: Path) -> None:
    pagetab.write(full_record(), tmp_path)
    sent = read(tmp_path)
    listed = {row["Files"] for one in sent.study.all("Study Component") for row in sent.lists[one.value("File List")]}
    for one in ours.sections[0].all("Annotation"):
        assert all(row["source_image"] in listed for row in sent.lists[one.value("File List")])


def test_nobody_of_the_samples_is_in_what_is_written(samples: Path, ours: Part) -> None:
    real = [
        read_json(path.read_text(encoding="utf-8")) for path in (samples / "bia" / "records").glob("*_corrected.json")
    ]
    mails = {value for whole in real for part in parts(whole) for value in part.values("E-mail")}
    assert mails
    assert not mails & {value for part in parts(ours) for value in part.values("E-mail")}


@pytest.fixture(scope="module")
def demo(tmp_path_factory: pytest.TempPathFactory) -> Curation:
    return demo_record(tmp_path_factory.mktemp("demo"))


ONLY_A_PERSON = {
    ("field_missing", "acquisitions", "imaging_method"),
    ("field_missing", "acquisitions", "instrument_model"),
    ("field_missing", "components", "description"),
}
"""What no file of the demo tells and its visitor has not said: how the overview was taken, what a component shows."""


def test_the_demo_has_no_error_but_what_only_a_person_knows(demo: Curation) -> None:
    from rembi_widgets.checks import check

    errors = [one for one in check(demo, "bia") if one.level == "error"]
    open_ = {(one.code, one.path.split("/")[1], one.path.rpartition("/")[2]) for one in errors}
    assert open_ == ONLY_A_PERSON


def test_the_demo_becomes_a_submission(demo: Curation, tmp_path: Path) -> None:
    pagetab.write(demo, tmp_path)
    sent = read(tmp_path)
    assert [one.value("Name") for one in sent.study.all("Study Component")] == ["01_confocal", "02_live", "03_overview"]
    first = sent.lists["file_list_01_confocal.tsv"]
    assert {row["Experimental status"] for row in first} == {"control", "test"}
    assert {row["Folder 2"] for row in first} == {"control", "latrunculin"}
    confocal = sent.study.all("Image acquisition")[0]
    assert "Zeiss LSM 980" in confocal.value("Imaging instrument")
    assert "excitation 405 nm" in confocal.value("Image acquisition parameters")
    assert "SizeX: " in confocal.value("Image data")


def test_the_command_line_writes_it(demo: Curation, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    from rembi_widgets.app import main
    from rembi_widgets.store import open_curation

    (tmp_path / "data").mkdir()
    with open_curation(tmp_path / "data") as curation:
        curation.edit([{"op": "set", "path": "/study/title", "value": demo.study.title}])
    status = main(["export", str(tmp_path / "data"), "--to", "bia", str(tmp_path / "out")])
    assert status == 1  # a title alone is no submission yet, and it is written all the same
    assert (
        read_json((tmp_path / "out" / "submission.json").read_text(encoding="utf-8")).value("Title") == demo.study.title
    )
    assert "submission.tsv" in capsys.readouterr().out
