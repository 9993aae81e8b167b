"""Terms that files name: study files of the Image Data Resource, ISA-Tabs, and what is neither."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from pathlib import Path

import pytest

from rembi_widgets.errors import RembiError
from rembi_widgets.formats import lint_terms
from rembi_widgets.record import Finding

STUDIES = {
    "idr0001-graml-sysgro": {"term_source": 2, "term_not_held": 20},
    "idr0009-simpson-secretion": {
        "term_source": 2,
        "term_source_undeclared": 1,
        "term_without_id": 6,
        "term_label": 1,
        "term_not_held": 4,
    },
    "idr0010-doil-dnadamage": {"term_source": 1, "term_source_undeclared": 1, "term_not_held": 2},
    "idr0020-barr-chtog": {"term_source": 2, "term_not_held": 3},
    "idr0023-szymborska-nuclearpore": {
        "term_source": 1,
        "term_spelling": 2,
        "term_source_undeclared": 1,
        "term_not_held": 2,
    },
    "idr0026-weigelin-immunotherapy": {"term_source": 1, "term_not_held": 7},
    "idr0035-caie-drugresponse": {"term_source": 1},
    "idr0038-held-kidneylightsheet": {"term_label": 3, "term_branch": 3, "term_source": 4, "term_not_held": 4},
    "idr0079-hartmann-lateralline": {"term_bare": 1, "term_source": 2, "term_spelling": 2},
    "idr0118-keenan-flylightsheet": {
        "term_bare": 1,
        "term_source": 1,
        "term_source_undeclared": 1,
        "term_without_id": 1,
    },
    "idr0148-schumacher-kidneytem": {"term_bare": 1, "term_source": 2},
}
"""Published studies and how often each fault is in them; fewer ids are not held as the vocabulary grows."""


def counts(findings: tuple[Finding, ...]) -> dict[str, int]:
    return dict(Counter(finding.code for finding in findings))


def without_unheld(found: Mapping[str, int]) -> dict[str, int]:
    return {code: count for code, count in found.items() if code != "term_not_held"}


def places(findings: tuple[Finding, ...], code: str) -> list[tuple[int, int]]:
    return [(one.values["line"], one.values["column"]) for one in findings if one.code == code]


@pytest.mark.parametrize(("study", "wanted"), STUDIES.items(), ids=list(STUDIES))
def test_what_published_studies_hold(samples: Path, study: str, wanted: dict[str, int]) -> None:
    found = counts(lint_terms(samples / "idr" / study))
    assert without_unheld(found) == without_unheld(wanted)
    assert found.get("term_not_held", 0) <= wanted.get("term_not_held", 0)


def test_all_studies_together(samples: Path) -> None:
    whole = counts(lint_terms(samples / "idr"))
    total = sum((Counter(wanted) for wanted in STUDIES.values()), Counter())
    total["term_source"] += 1  # a blank template declares Fbbi
    assert without_unheld(whole) == without_unheld(total)
    assert whole["term_not_held"] <= total["term_not_held"]


def test_the_illumination_used_as_a_method_is_found_three_times(samples: Path) -> None:
    findings = lint_terms(samples / "idr" / "idr0038-held-kidneylightsheet")
    wrong = [one for one in findings if one.code == "term_branch"]
    assert places(findings, "term_branch") == [(58, 2), (113, 2), (169, 2)]
    assert {one.found for one in wrong} == {"light-sheet illumination (FBbi_00000364)"}
    assert {one.wanted for one in wrong} == {"SPIM (FBbi_00000369)"}
    assert places(findings, "term_label") == [(56, 2), (111, 2), (167, 2)]


def test_the_same_method_with_its_own_id_is_right(samples: Path) -> None:
    findings = lint_terms(samples / "idr" / "idr0118-keenan-flylightsheet")
    assert not {"term_branch", "term_label"} & set(counts(findings))
    (without,) = [one for one in findings if one.code == "term_without_id"]
    assert (without.found, without.wanted) == ("SPIM", "FBbi_00000369")


def test_a_place_is_file_line_and_column(samples: Path) -> None:
    file = samples / "idr" / "idr0079-hartmann-lateralline" / "idr0079-study.txt"
    (bare,) = [one for one in lint_terms(file) if one.code == "term_bare"]
    assert bare.path == f"{file}:15:2"
    assert (bare.found, bare.wanted) == ("7955", "NCBITaxon_7955")
    assert file.read_text(encoding="utf-8").split("\n")[14].split("\t")[1] == "7955"


def test_blank_templates_hold_no_terms(samples: Path) -> None:
    findings = lint_terms(samples / "idr" / "blank-templates" / "idr0000-study_nonHCS.txt")
    assert findings == ()


STUDY_FILE = """Study Type\thigh content screen
Study Type Term Source REF\tEFO
Study Type Term Accession\tEFO_0007550
Study Organism\t{organism}
Study Organism Term Source REF\tNCBITaxon
Study Organism Term Accession\t{taxon}
Term Source Name\tNCBITaxon\tEFO
"""


def study_file(folder: Path, organism: str = "Homo sapiens", taxon: str = "NCBITaxon_9606", more: str = "") -> Path:
    file = folder / "idr0000-study.txt"
    file.write_text(STUDY_FILE.format(organism=organism, taxon=taxon) + more, encoding="utf-8")
    return file


def test_a_study_file_in_order_has_no_finding(tmp_path: Path) -> None:
    assert lint_terms(study_file(tmp_path)) == ()


def test_several_values_of_a_row_are_looked_at_each_in_its_column(tmp_path: Path) -> None:
    file = study_file(tmp_path, "Homo sapiens\tMus musculus", "NCBITaxon_9606\t10090")
    assert [(one.code, one.path) for one in lint_terms(file)] == [("term_bare", f"{file}:6:3")]


def test_technology_rows_are_read_in_both_spellings(tmp_path: Path) -> None:
    for key in ("Screen Technology", "Screen Technology Type"):
        more = f"Screen Technology Type\tRNAi screen\n{key} Term Source REF\tEFO\n{key} Term Accession\tEFO_0007553\n"
        (finding,) = lint_terms(study_file(tmp_path, more=more))
        assert (finding.code, finding.wanted) == ("term_label", "compound screen (EFO_0007553)")


def test_the_second_mapping_of_phenotypes_has_its_own_names(tmp_path: Path) -> None:
    block = "Phenotype Term Source REF\tEFO\nPhenotype Term Name\t{}\nPhenotype Term Accession\t{}\n"
    more = block.format("primary screen", "EFO_0007556") + block.format("growth protocol", "EFO_0007556")
    findings = lint_terms(study_file(tmp_path, more=more))
    assert [(one.code, one.values["line"]) for one in findings] == [("term_label", 12)]


def test_a_phenotype_is_no_cell_type(tmp_path: Path) -> None:
    more = "Phenotype Term Source REF\tEFO\nPhenotype Term Name\tneuron\nPhenotype Term Accession\tCL_0000540\n"
    found = {one.code: one.wanted for one in lint_terms(study_file(tmp_path, more=more))}
    assert found["term_branch"] == "a phenotype"


def test_a_letter_is_not_taken_for_a_unit(tmp_path: Path) -> None:
    more = "Library Type\tA\nLibrary Type Term Source REF\tEFO\nLibrary Type Term Accession\t\n"
    assert lint_terms(study_file(tmp_path, more=more)) == ()


def test_old_line_ends_a_byte_order_mark_and_latin_letters_are_read(tmp_path: Path) -> None:
    text = STUDY_FILE.format(organism="Homo sapiens", taxon="9606")
    for data in (
        text.replace("\n", "\r\n").encode(),
        text.replace("\n", "\r").encode(),
        text.encode("utf-8-sig"),
        text.replace("Study Type\t", "# é\nStudy Type\t", 1).encode("latin-1"),
    ):
        (tmp_path / "study.txt").write_bytes(data)
        assert counts(lint_terms(tmp_path / "study.txt")) == {"term_bare": 1}


ISA = """ONTOLOGY SOURCE REFERENCE
Term Source Name\t"NCBITaxon"
Term Source File\t"x"
Term Source Version\t"1"
Term Source Description\t"Taxa"
INVESTIGATION
INVESTIGATION PUBLICATIONS
INVESTIGATION CONTACTS
STUDY
Study Identifier\t"S1"
Study File Name\t"s_1.txt"
STUDY DESIGN DESCRIPTORS
Study Design Type\t"high content screen"
Study Design Type Term Accession Number\t"http://www.ebi.ac.uk/efo/EFO_0007556"
Study Design Type Term Source REF\t"EFO"
STUDY PUBLICATIONS
STUDY FACTORS
STUDY ASSAYS
STUDY PROTOCOLS
Study Protocol Name\t"growth"
Study Protocol Type\t"growth protocol"
Study Protocol Type Term Accession Number\t"Efo_0003789"
Study Protocol Type Term Source REF\t"EFO"
Study Protocol Parameters Name\t"a;b"
Study Protocol Parameters Name Term Accession Number\t";UO:0000017"
Study Protocol Parameters Name Term Source REF\t";UO"
STUDY CONTACTS
"""
HEADER = (
    "Source Name",
    "Characteristics[organism]",
    "Term Source REF",
    "Term Accession Number",
    "Characteristics[age]",
    "Unit",
    "Term Source REF",
    "Term Accession Number",
    "Sample Name",
)


def isatab(folder: Path, *rows: tuple[str, ...]) -> Path:
    (folder / "i_investigation.txt").write_text(ISA, encoding="utf-8")
    table = "\n".join("\t".join(row) for row in (HEADER, *rows))
    (folder / "s_1.txt").write_text(table + "\n", encoding="utf-8")
    return folder


def row(name: str, organism: str, taxon: str, unit: str = "day", unit_id: str = "UO:0000033") -> tuple[str, ...]:
    return (name, organism, "NCBITaxon", taxon, "3", unit, "UO", unit_id, name)


def test_an_isatab_is_looked_at_in_sections_and_tables(tmp_path: Path) -> None:
    taxon = "http://purl.obolibrary.org/obo/NCBITaxon_10090"
    folder = isatab(tmp_path, row("a", "Homo sapiens", taxon), row("b", "Homo sapiens", taxon, "hour"))
    findings = lint_terms(folder)
    found = [(one.code, Path(one.values["file"]).name, one.values["line"], one.values["column"]) for one in findings]
    assert found == [
        ("term_label", "i_investigation.txt", 13, 2),
        ("term_spelling", "i_investigation.txt", 22, 2),
        ("term_label", "i_investigation.txt", 24, 2),
        ("term_label", "s_1.txt", 2, 2),
        ("term_label", "s_1.txt", 3, 6),
    ]
    assert findings[3].values["count"] == 2


def test_ids_in_every_form_that_isatab_allows_are_right(tmp_path: Path) -> None:
    forms = ("9606", "NCBITaxon:9606", "NCBITaxon_9606", "http://purl.obolibrary.org/obo/NCBITaxon_9606")
    rows = [row(str(number), "Homo sapiens (human)", form) for number, form in enumerate(forms)]
    assert [one for one in lint_terms(isatab(tmp_path, *rows)) if one.values["file"].endswith("s_1.txt")] == []


def test_a_name_with_an_ontology_and_no_id_is_told_once(tmp_path: Path) -> None:
    folder = isatab(tmp_path, *(row(str(number), "Homo sapiens", "") for number in range(5)))
    (finding,) = [one for one in lint_terms(folder) if one.code == "term_without_id"]
    assert (finding.wanted, finding.values["count"]) == ("NCBITaxon:9606", 5)


def test_several_terms_in_one_cell_are_looked_at_each(tmp_path: Path) -> None:
    folder = isatab(tmp_path, row("a", "Mus musculus;Homo sapiens", "NCBITaxon_10090;NCBITaxon_10090"))
    (finding,) = [one for one in lint_terms(folder) if one.values["file"].endswith("s_1.txt")]
    assert (finding.code, finding.found) == ("term_label", "Homo sapiens (NCBITaxon_10090)")


def test_a_hundred_thousand_rows_that_repeat_terms_are_few_claims(tmp_path: Path) -> None:
    rows = [row(str(number), "Homo sapiens", f"NCBITaxon_{10090 + number % 2}") for number in range(100_000)]
    findings = [one for one in lint_terms(isatab(tmp_path, *rows)) if one.values["file"].endswith("s_1.txt")]
    assert [(one.code, one.values["count"]) for one in findings] == [("term_label", 50_000)] * 2


def test_isatabs_of_others_are_read_to_the_end(samples: Path) -> None:
    folder = samples / "isa" / "corpus" / "altamisa"
    findings = lint_terms(folder)
    assert all(Path(one.values["file"]).exists() for one in findings)
    assert "term_form" not in counts(findings) or all(one.found for one in findings)


@pytest.mark.parametrize("name", ["nothing.txt", "empty"])
def test_what_names_no_terms_is_one_sentence(tmp_path: Path, name: str) -> None:
    (tmp_path / "empty").mkdir()
    (tmp_path / "nothing.txt").write_text("just text\n", encoding="utf-8")
    with pytest.raises(RembiError, match=name):
        lint_terms(tmp_path / name)


def test_a_file_that_is_not_there_is_one_sentence(tmp_path: Path) -> None:
    with pytest.raises(RembiError, match=r"missing\.txt"):
        lint_terms(tmp_path / "missing.txt")


def test_links_out_of_the_folder_are_not_followed(tmp_path: Path) -> None:
    outside, inside = tmp_path / "outside", tmp_path / "inside"
    outside.mkdir()
    inside.mkdir()
    study_file(outside, taxon="9606")
    (inside / "a-study.txt").symlink_to(outside / "idr0000-study.txt")
    with pytest.raises(RembiError):
        lint_terms(inside)
