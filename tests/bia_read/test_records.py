"""Real records: what curators corrected is named, what they left is not, and all of it comes back as it was."""

from __future__ import annotations

import json
import shutil
from pathlib import Path
from typing import Any

import pytest

from rembi_widgets import formats
from rembi_widgets.app import main
from rembi_widgets.app._submission import check_submission
from rembi_widgets.formats import pagetab
from rembi_widgets.record import Curation, Finding
from tests.bia_read.bags import bag, written

FAULTS: dict[str, tuple[str, str]] = {
    "S-BIAD1043": ("doi_form", "nature.com"),
    "S-BIAD1135": ("url_form", "doi.org/10.17632"),
    "S-BIAD1201": ("url_form", "10.3389"),
    "S-BIAD1261": ("pagetab.author_without_name", ""),
    "S-BIAD1388": ("publication_untraceable", ""),
    "S-BIAD15": ("pagetab.organisation_without_accno", ""),
    "S-BIAD1752": ("doi_form", "DOI: 10.26508"),
    "S-BIAD1879": ("doi_form", "https:// dx.doi.org"),
    "S-BIAD1982": ("doi_form", "2024.09.23"),
    "S-BIAD2235": ("doi_form", "TBD"),
    "S-BIAD2324": ("doi_form", "arXiv"),
    "S-BIAD590": ("pagetab.component_without_associations", ""),
    "S-BIAD628": ("pagetab.component_without_associations", ""),
    "S-BIAD662": ("publication_untraceable", ""),
    "S-BIAD954": ("email_form", "<"),
    "S-BSMS4": ("pagetab.affiliation_no_reference", "o1"),
    "S-BSST651": ("email_form", "@"),
}
"""Record to the finding that names what its curators had to mend, and to a part of what was found."""


def path_of(samples: Path, accession: str, state: str) -> Path:
    return samples / "bia" / "records" / f"{accession}_{state}.json"


def errors(found: tuple[Finding, ...]) -> list[tuple[str, str]]:
    return [(one.code, one.found or "") for one in found if one.level == "error"]


@pytest.mark.parametrize("accession", FAULTS)
def test_what_curators_had_to_mend_is_an_error(samples: Path, accession: str) -> None:
    code, found = FAULTS[accession]
    said = errors(check_submission(path_of(samples, accession, "original")))
    assert any(one == code and found in text for one, text in said), said


def test_a_licence_in_another_spelling_is_an_error_too(samples: Path) -> None:
    said = check_submission(path_of(samples, "S-BIAD15", "original"))
    one = next(one for one in said if one.code == "bia_licence")
    assert (one.found, one.wanted) == ("CC-BY 4.0", "CC BY 4.0")


@pytest.mark.parametrize("accession", FAULTS)
def test_corrected_records_have_no_error(samples: Path, accession: str) -> None:
    assert errors(check_submission(path_of(samples, accession, "corrected"))) == []


@pytest.mark.parametrize("accession", FAULTS)
def test_corrected_records_come_back_whole(samples: Path, tmp_path: Path, accession: str) -> None:
    path = path_of(samples, accession, "corrected")
    assert bag(written(pagetab.read(path).record, tmp_path)) == bag(pagetab.open_document(path).submission)
    tsv, js = (pagetab.open_document(tmp_path / f"submission.{end}").submission for end in ("tsv", "json"))
    assert not bag(js, accnos=False) - bag(tsv, accnos=False)


@pytest.mark.parametrize("accession", FAULTS)
def test_originals_come_back_with_what_they_had(samples: Path, tmp_path: Path, accession: str) -> None:
    path = path_of(samples, accession, "original")
    lost = bag(pagetab.open_document(path).submission) - bag(written(pagetab.read(path).record, tmp_path))
    assert not lost


ORDER = ("Publication", "Funding", "Biosample", "Specimen", "Image acquisition", "Image correlation", "Image analysis")
REST = ("Annotations", "Annotation", "Study Component", "author", "organisation")


@pytest.mark.parametrize("accession", FAULTS)
def test_sections_are_grouped_as_the_form_writes_them(samples: Path, tmp_path: Path, accession: str) -> None:
    said = written(pagetab.read(path_of(samples, accession, "corrected")).record, tmp_path).section
    order = [kind.casefold() for kind in (*ORDER, *REST)]
    same = {"organization": "organisation"}
    kinds = [same.get(one.kind.casefold(), one.kind.casefold()) for one in said.children()]
    places = [order.index(kind) for kind in kinds if kind in order]
    assert places == sorted(places)


@pytest.mark.parametrize("accession", ["S-BIAD954", "S-BIAD590", "S-BIAD2324", "S-BSMS4"])
def test_a_record_comes_back_through_a_curation(samples: Path, tmp_path: Path, accession: str) -> None:
    path = path_of(samples, accession, "corrected")
    assert main(["import", str(path), str(tmp_path / "data"), "--from", "bia"]) == 0
    assert main(["import", str(path), str(tmp_path / "data")]) == 0  # found out by its content; nothing is new
    main(["export", str(tmp_path / "data"), "--to", "bia", str(tmp_path / "out")])
    assert bag(pagetab.open_document(tmp_path / "out").submission) == bag(pagetab.open_document(path).submission)


def test_the_command_line_checks_a_submission(samples: Path, capsys: pytest.CaptureFixture[str]) -> None:
    status = main(["check", str(path_of(samples, "S-BIAD954", "original")), "--for", "bia", "--json"])
    said = json.loads(capsys.readouterr().out)
    assert status == 1
    assert said["target"] == "bia"
    assert [one["code"] for one in said["findings"] if one["level"] == "error"] == ["email_form"]
    assert main(["check", str(path_of(samples, "S-BIAD954", "corrected")), "--for", "bia"]) == 0


def test_people_are_left_out_when_asked(samples: Path, tmp_path: Path) -> None:
    path = path_of(samples, "S-BIAD954", "corrected")
    mails = [one.value or "" for one in _people(path) if "@" in (one.value or "")]
    assert mails
    record = formats.read(path, people=False).record
    assert not record.people
    assert not record.organisations
    pagetab.write(record, tmp_path)
    text = (tmp_path / "submission.json").read_text(encoding="utf-8") + str(record)
    assert not [value for value in mails if value in text]
    assert '"author"' not in text.casefold()


def _people(path: Path) -> list[Any]:
    sections = pagetab.open_document(path).submission.section.children()
    authors = [one for one in sections if one.kind.casefold() == "author"]
    return [it for one in authors for it in one.attributes if it.name in {"Name", "E-mail"}]


def with_title(record: Curation, name: str, place: int, **fields: Any) -> Curation:
    held = list(getattr(record, name))
    held[place] = held[place].model_copy(update=fields)
    return record.model_copy(update={name: tuple(held)})


def test_what_a_person_changes_is_written_and_all_else_stays(samples: Path, tmp_path: Path) -> None:
    path = path_of(samples, "S-BIAD1201", "corrected")
    record = pagetab.read(path).record
    old = record.biosamples[0].title
    before, after = (
        bag(written(one, tmp_path / name))
        for name, one in (("a", record), ("b", with_title(record, "biosamples", 0, title="Renamed")))
    )
    gone, fresh = before - after, after - before
    assert {one[0] for one in (*gone, *fresh)} == {"attribute"}
    assert {(one[1], one[2], one[3]) for one in gone} == {
        ("/Study/Biosample", "Title", old),
        ("/Study/Study Component/Associations", "Biosample", old),
    }
    assert {one[3] for one in fresh} == {"Renamed"}
    assert sum(gone.values()) == sum(fresh.values())


def test_a_new_title_of_the_study_stands_in_both_places(samples: Path, tmp_path: Path) -> None:
    record = pagetab.read(path_of(samples, "S-BIAD2324", "corrected")).record
    changed = record.model_copy(update={"study": record.study.model_copy(update={"title": "Another title of it"})})
    said = written(changed, tmp_path)
    titles = [one.value for one in (*said.attributes, *said.section.attributes) if one.name == "Title"]
    assert titles == ["Another title of it"] * 2


def test_an_entity_that_is_removed_is_not_written(samples: Path, tmp_path: Path) -> None:
    record = pagetab.read(path_of(samples, "S-BIAD2235", "corrected")).record
    said = written(record.model_copy(update={"publications": (), "components": ()}), tmp_path).section
    assert not [one for one in said.all() if one.kind in {"Publication", "Study Component", "Associations"}]


def test_an_entity_that_is_added_gets_an_accno_of_its_own(samples: Path, tmp_path: Path) -> None:
    record = pagetab.read(path_of(samples, "S-BIAD954", "corrected")).record
    fresh = [type(record.biosamples[0])(id=f"bs-new{n}", title=f"New {n}") for n in range(9)]
    said = written(record.model_copy(update={"biosamples": (*record.biosamples, *fresh)}), tmp_path).section
    accnos = [one.accno for one in said.all() if one.accno]
    assert len(accnos) == len(set(accnos))


def test_a_kept_text_that_somebody_broke_costs_only_what_it_kept(samples: Path, tmp_path: Path) -> None:
    record = pagetab.read(path_of(samples, "S-BIAD954", "corrected")).record
    for broken in ("{", "[]", '{"section": 5}', '{"section": {"type": "A"}, "was": 5}'):
        said = written(with_title(record, "biosamples", 0, **{"x-pagetab": broken}), tmp_path / str(len(broken)))
        assert [one for one in said.section.children() if one.kind == "Biosample"]


def test_old_templates_stay_what_they_are(samples: Path, tmp_path: Path) -> None:
    said = written(pagetab.read(path_of(samples, "S-BIAD1752", "corrected")).record, tmp_path)
    assert [one.value for one in said.attributes if one.name == "Template"] == ["BioImages.v4"]
    assert "Annotations" in {one.kind for one in said.section.children()}


def test_the_fields_of_the_converters(samples: Path) -> None:
    record = pagetab.read(path_of(samples, "S-BIAD628", "corrected")).record
    first = record.biosamples[0]
    (organism,) = first.organism
    assert (organism.label, organism.id) == ("Nematostella vectensis (starlet sea anemone)", "NCBITaxon:45351")
    assert record.acquisitions[0].imaging_method[0].id == "FBbi:00000369"
    assert record.specimens[0].preparation_method
    assert record.components[0].associations[0].sample == record.samples[0].id
    assert not record.study.plain().get("x-bia-Keyword")


def test_nested_sections_are_the_association_they_mean(samples: Path) -> None:
    record = pagetab.read(path_of(samples, "S-BIAD590", "original")).record
    (component,) = record.components
    (link,) = component.associations
    (sample,) = record.samples
    assert (link.sample, link.acquisition) == (sample.id, record.acquisitions[0].id)
    assert (sample.biosample, sample.specimen) == (record.biosamples[0].id, record.specimens[0].id)


@pytest.mark.parametrize("name", ["S-BIADTEST", "S-BIAD1492"])
def test_lists_beside_a_record_are_read(samples: Path, tmp_path: Path, name: str) -> None:
    folder = tmp_path / name
    shutil.copytree(samples / "bia" / name, folder)
    record = pagetab.read(folder / f"{name}.json").record
    made = {one.id for one in record.annotations}
    masks = [row for row, maker in enumerate(record.files.column("made_by")) if maker in made]
    assert masks
    assert {record.files.column("source_image")[row] for row in masks} <= {*record.images.ids, None}
    assert errors(check_submission(folder / f"{name}.json")) == []
    assert bag(written(record, tmp_path / "out")) == bag(pagetab.open_document(folder / f"{name}.json").submission)
    lists = sorted(path.name for path in (tmp_path / "out").glob("*.json") if path.name != "submission.json")
    assert [one for one in lists if (folder / one).is_file()] == lists


def test_nothing_of_the_samples_is_in_the_package(samples: Path) -> None:
    mails = [
        one.value or ""
        for path in (samples / "bia" / "records").glob("*.json")
        for one in _people(path)
        if "@" in (one.value or "")
    ]
    root = Path(formats.__file__).parent.parent
    code = "".join(path.read_text(encoding="utf-8") for path in root.rglob("*.py"))
    assert mails
    assert not [one for one in mails if one in code]
