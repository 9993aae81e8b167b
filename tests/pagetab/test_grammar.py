"""The server's grammar: the test reader refuses each fault it names, and the writer commits none of them."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from rembi_widgets.errors import RembiError
from rembi_widgets.formats import FORMATS, pagetab, write
from rembi_widgets.formats.pagetab import _spell
from rembi_widgets.formats.pagetab._parts import Attribute, Link, Section, Submission
from rembi_widgets.record import Curation
from tests.formats.builder import full_record
from tests.pagetab.reading import Part, RefusedError, Sent, blocks, read, read_json, read_list, read_tsv

HEAD = "Submission\nReleaseDate\t2027-01-01\n\nStudy\tS1\nTitle\tA study\n"
REFUSED = {
    "accno S1 stands twice": HEAD + "\nBiosample\tS1\nTitle\tx\n",
    "no section b9 above": HEAD + "\nOrganism\t\tb9\nScientific name\tx\n",
    "a qualifier needs a value above it": HEAD + "\nBiosample\tb1\n[Ontology]\tNCBITaxon\n",
    "a table needs a row": HEAD + "\nFunding[]\tAgency\n",
    "a row is longer than its header": HEAD + "\nFunding[]\tAgency\nf1\tANR\tmore\n",
    "a header cell is blank": HEAD + "\nFunding[]\t\tAgency\nf1\tx\ty\n",
    "an attribute needs a name": HEAD + "\nBiosample\tb1\n\tvalue\n",
    "the submission needs a ReleaseDate": HEAD.replace("ReleaseDate", "Released"),
    "the first block is the submission": HEAD.partition("\n\n")[2],
}
REFUSED_LISTS = {
    "the first cell is Files": "\ufeffFiles\na.tif\n",
    "a header cell is blank": "Files\t\tWell\na.tif\tx\tA1\n",
    "row 3 has no path": "Files\tWell\na.tif\tA1\n\tA2\n",
    "row 2 is longer than the header": "Files\na.tif\tA1\n",
    "a list needs a file": "Files\tWell\n\n",
    "a header stands twice": "Files\tWell\twell\na.tif\tA1\tA1\n",
}


@pytest.mark.parametrize("said", REFUSED)
def test_the_test_reader_refuses_what_the_server_does(said: str) -> None:
    with pytest.raises(RefusedError, match=said):
        read_tsv(REFUSED[said])


@pytest.mark.parametrize("said", REFUSED_LISTS)
def test_the_test_reader_refuses_lists_as_the_server_does(said: str) -> None:
    with pytest.raises(RefusedError, match=said):
        read_list(REFUSED_LISTS[said].encode())


def test_the_head_is_read() -> None:
    assert read_tsv(HEAD).sections[0].value("Title") == "A study"


def sent(tmp_path: Path, record: Curation | None = None, spelling: str = "v5") -> Sent:
    pagetab.write(record or full_record(), tmp_path, spelling=spelling)
    return read(tmp_path)


def small(section: Section) -> Submission:
    return Submission(None, [Attribute("ReleaseDate", "2027-01-01")], section)


def both(section: Section) -> Part:
    whole = small(section)
    tsv = read_tsv("".join(_spell.tsv(whole)))
    assert tsv == read_json(_spell.as_json(whole))
    return tsv.sections[0]


@pytest.mark.parametrize(
    "value",
    [
        'the "spindle"',
        "two\nlines",
        "a\n\nblank line",
        "a\ttab",
        '"',
        "# no comment",
        "[x]",
        "<x>",
        "one\n# two",
        "Link",
    ],
)
def test_a_value_comes_back_as_it_was(value: str) -> None:
    study = Section("Study", "S1")
    study.put("Title", value)
    child = Section("Biosample", "b1")
    child.put("Title", value)
    study.sections.append(child)
    found = both(study)
    assert found.value("Title") == value
    assert found.sections[0].value("Title") == value


def test_links_stand_right_below_the_study() -> None:
    study = Section("Study", "S1", links=[Link("https://example.org", (Attribute("Description", "Code"),))])
    study.sections.append(Section("Author", "author-1", [Attribute("affiliation", "o1", reference=True)]))
    text = "".join(_spell.tsv(small(study)))
    assert [block[0] for block in blocks(text)] == [
        ["Submission"],
        ["Study", "S1"],
        ["Link", "https://example.org"],
        ["Author", "author-1"],
    ]
    assert "<affiliation>\to1\n" in text
    assert both(study).links == [("https://example.org", [("Description", "Code", False, [])])]


def test_a_subsection_names_its_parent_and_may_have_no_accno() -> None:
    component = Section("Study Component", "c1", sections=[Section("Associations", None, [Attribute("Specimen", "s")])])
    text = "".join(_spell.tsv(small(Section("Study", "S1", sections=[component]))))
    assert "\nAssociations\t\tc1\nSpecimen\ts\n" in text


def test_a_new_study_has_no_accno_and_asks_for_a_doi(tmp_path: Path) -> None:
    found = sent(tmp_path)
    text = (tmp_path / "submission.tsv").read_text(encoding="utf-8")
    assert text.startswith("Submission\nTemplate\tBioImages.v5\n")
    assert "\nDOI\t\n" in text
    assert found.whole.accno is None
    said = json.loads((tmp_path / "submission.json").read_text(encoding="utf-8"))
    assert {"name": "DOI", "value": ""} in said["attributes"]
    assert "accno" not in said


def test_a_study_with_an_accession_keeps_it_and_its_doi(tmp_path: Path) -> None:
    record = full_record()
    known = record.model_copy(update={"study": record.study.model_copy(update={"accession": "S-BIAD4711"})})
    found = sent(tmp_path, known)
    assert found.whole.accno == "S-BIAD4711"
    assert found.whole.value("DOI") == "10.6019/S-BIAD4711"


@pytest.mark.parametrize(
    ("license_", "address"),
    [
        ("CC0", "https://creativecommons.org/publicdomain/zero/1.0/legalcode"),
        ("CC BY 4.0", "https://creativecommons.org/licenses/by/4.0/legalcode"),
    ],
)
def test_a_licence_has_its_address(tmp_path: Path, license_: str, address: str) -> None:
    record = full_record()
    found = sent(tmp_path, record.model_copy(update={"study": record.study.model_copy(update={"license": license_})}))
    assert found.study.qualified("License") == [{"URL": address}]


def test_ids_survive_as_the_archive_keeps_them(tmp_path: Path) -> None:
    study = sent(tmp_path).study
    biosample, acquisition = study.all("Biosample")[0], study.all("Image acquisition")[0]
    assert biosample.qualified("Organism") == [{"Ontology": "NCBITaxon", "TermId": "NCBITaxon_9606"}]
    assert biosample.qualified("Biological entity") == [{"Ontology": "Cellosaurus", "TermId": "CVCL_0030"}]
    assert acquisition.qualified("Imaging method") == [{"Ontology": "FBbi", "TermId": "FBbi_00000253"}]
    organism = biosample.all("Organism")[0]
    assert (organism.value("Scientific name"), organism.value("NCBI taxon ID")) == ("Homo sapiens", "NCBITaxon_9606")


def test_a_common_name_stands_apart(tmp_path: Path) -> None:
    record = full_record()
    named = record.biosamples[0].model_copy(
        update={"organism": (record.biosamples[0].organism[0].model_copy(update={"label": "Homo sapiens (human)"}),)}
    )
    found = sent(tmp_path, record.model_copy(update={"biosamples": (named, *record.biosamples[1:])}))
    organism = found.study.all("Biosample")[0].all("Organism")[0]
    assert (organism.value("Scientific name"), organism.value("Common name")) == ("Homo sapiens", "human")


def test_the_older_spelling_of_annotations(tmp_path: Path) -> None:
    older = sent(tmp_path / "v4", spelling="v4").study
    newer = sent(tmp_path / "v5").study
    assert len(older.all("Annotations")) == len(newer.all("Annotation")) == 1
    assert not older.all("Annotation")
    assert not newer.all("Annotations")
    types = newer.all("Annotation")[0].values("Annotation Type")
    assert older.all("Annotations")[0].value("Annotation Type") == ", ".join(types)


def test_there_is_no_third_spelling(tmp_path: Path) -> None:
    with pytest.raises(RembiError, match="v5, v4"):
        pagetab.write(full_record(), tmp_path, spelling="v3")


def test_the_format_goes_by_the_name_of_its_target(tmp_path: Path) -> None:
    assert "bia" in FORMATS
    names = [path.name for path in write("bia", full_record(), tmp_path).files]
    assert names[:2] == ["submission.tsv", "submission.json"]
    assert names[-1] == "README.txt"
    assert sorted(names) == sorted(path.name for path in tmp_path.iterdir())


def test_titles_that_stand_twice_are_told_apart(tmp_path: Path) -> None:
    record = full_record()
    same = tuple(one.model_copy(update={"title": "HeLa"}) for one in record.biosamples)
    written = pagetab.write(record.model_copy(update={"biosamples": same}), tmp_path)
    study = read(tmp_path).study
    assert [one.value("Title") for one in study.all("Biosample")] == ["HeLa", "HeLa (2)"]
    rows = [it.value("Biosample") for one in study.all("Study Component") for it in one.all("Associations")]
    assert sorted(set(rows)) == ["HeLa", "HeLa (2)"]
    renamed = [one for one in written.findings if one.code == "pagetab_renamed"]
    assert [(one.path, one.found, one.wanted) for one in renamed] == [("/biosamples/bs-2/title", "HeLa", "HeLa (2)")]
    assert "HeLa (2)" in str(renamed[0])


def test_what_has_no_field_is_told(tmp_path: Path) -> None:
    written = pagetab.write(full_record(), tmp_path)
    told = [one.path for one in written.findings if one.code == "pagetab_no_home"]
    assert told[:2] == ["/study/submission_date", "/study/ethics_statement"]
    assert all("BioImage Archive" in str(one) for one in written.findings if one.code == "pagetab_no_home")


def test_an_empty_record_is_written_too(tmp_path: Path) -> None:
    written = pagetab.write(Curation(), tmp_path)
    assert [path.name for path in written.files] == ["submission.tsv", "submission.json", "README.txt"]
    assert written.findings == ()
    whole = read_json((tmp_path / "submission.json").read_text(encoding="utf-8"))
    assert whole.sections == [Part("Study", "Study-1")]
