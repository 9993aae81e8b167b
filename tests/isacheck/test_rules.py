"""Each rule with what breaks it; what breaks none is the archive that is spoilt: it has nothing to be told."""

from __future__ import annotations

from pathlib import Path

import pytest

from rembi_widgets.formats.isatab._check._levels import LEVELS
from tests.isacheck.documents import INVESTIGATION, STUDY, Archive, codes, only

_ASSAYS = INVESTIGATION[INVESTIGATION.index("Study Assay File") : INVESTIGATION.index("STUDY PROTOCOLS")]
_FACTORS = INVESTIGATION[INVESTIGATION.index("STUDY FACTORS") : INVESTIGATION.index("STUDY ASSAYS")]
_ASSAY_SECTION = INVESTIGATION[INVESTIGATION.index("STUDY ASSAYS") : INVESTIGATION.index("STUDY PROTOCOLS")]
TURNED = (_FACTORS + _ASSAY_SECTION, _ASSAY_SECTION + _FACTORS)
NO_ASSAYS = (_ASSAYS, "".join(line.partition("|")[0] + "\n" for line in _ASSAYS.splitlines()))
IMAGING = (
    _ASSAYS,
    _ASSAYS.replace("genome sequencing", "biological imaging").replace("nucleotide sequencing", "microscopy"),
)
HISTOLOGY = (_ASSAYS, _ASSAYS.replace("genome sequencing", "histology").replace("nucleotide sequencing", ""))
CASES = [
    ("stray_line", "i", "ONTOLOGY SOURCE REFERENCE", "Hello|you\nONTOLOGY SOURCE REFERENCE", "i_one.txt:1:1"),
    ("section_twice", "i", "STUDY FACTORS", "STUDY FACTORS\nSTUDY FACTORS", "i_one.txt:52:1"),
    ("section_missing", "i", "STUDY CONTACTS\n", "Study Nobody|\n", "i_one.txt:32:1"),
    ("heading_spelling", "i", "STUDY FACTORS", "Study  factors", "i_one.txt:51:1"),
    ("no_label", "i", "Term Source File|obi.owl", "|obi.owl", "i_one.txt:3:1"),
    ("label_twice", "i", "Investigation Title|", "Investigation Title|\nInvestigation Title|", "i_one.txt:9:1"),
    ("label_missing", "i", "Investigation Title|\n", "", "i_one.txt:6:1"),
    ("label_unknown", "i", "Study Title|", "Study Mood|good\nStudy Title|", "i_one.txt:34:1"),
    ("label_spelling", "i", "Study Title|", "study  title|", "i_one.txt:34:1"),
    ("comment_unnamed", "i", "Comment[ORCID]", "Comment[]", "i_one.txt:92:1"),
    (
        "second_value",
        "i",
        "Study Title|Genomes of two mice",
        "Study Title|Genomes of two mice|and more",
        "i_one.txt:34:3",
    ),
    ("trailing_cells", "i", "Study Title|Genomes of two mice", "Study Title|Genomes of two mice||", "i_one.txt:34:3"),
    ("row_length", "i", "Study Factor Type|dose", "Study Factor Type|dose|", "i_one.txt:53:3"),
    ("source_unnamed", "i", "Term Source Name|OBI|NCBITaxon", "Term Source Name|OBI|", "i_one.txt:2:3"),
    ("source_empty", "i", "Term Source Name|OBI|NCBITaxon", "Term Source Name|OBI|NCBITaxon|", "i_one.txt:2:4"),
    ("source_incomplete", "i", "Term Source Version|1|2", "Term Source Version|1|", "i_one.txt:4:3"),
    ("source_space", "i", "Term Source Name|OBI|NCBITaxon", "Term Source Name|O BI|NCBITaxon", "i_one.txt:2:2"),
    ("source_twice", "i", "Term Source Name|OBI|NCBITaxon", "Term Source Name|OBI|OBI", "i_one.txt:2:3"),
    (
        "source_unused",
        "i",
        "Study Design Type Term Source REF|OBI",
        "Study Design Type Term Source REF|NCBITaxon",
        "i_one.txt:2:2",
    ),
    (
        "source_undeclared",
        "i",
        "Study Design Type Term Source REF|OBI",
        "Study Design Type Term Source REF|EFO",
        "i_one.txt:42:2",
    ),
    ("source_undeclared", "s", "|NCBITaxon|NCBITaxon:10090", "|NCBI Taxon|NCBITaxon:10090", "s_study.txt:2:3"),
    (
        "source_list",
        "s",
        "Mus musculus|NCBITaxon|NCBITaxon:10090",
        "Mus;Rattus|NCBITaxon;NCBITaxon|1;2",
        "s_study.txt:2:3",
    ),
    (
        "term_incomplete",
        "i",
        "Study Design Type Term Accession Number|OBI:0000115",
        "Study Design Type Term Accession Number|",
        "i_one.txt:41:2",
    ),
    ("term_incomplete", "s", "|NCBITaxon|NCBITaxon:10090", "||NCBITaxon:10090", "s_study.txt:2:3"),
    ("term_blank", "s", "Mus musculus|NCBITaxon|NCBITaxon:10090", "||", "s_study.txt:2:2"),
    ("list_lengths", "i", "Name Term Accession Number|;|", "Name Term Accession Number||", "i_one.txt:74:2"),
    ("list_lengths", "s", "Mus musculus|", "Mus;musculus|", "s_study.txt:2:4"),
    ("role_lengths", "i", "Study Person Roles|author", "Study Person Roles|author;curator", "i_one.txt:90:2"),
    ("protocol_unnamed", "i", "Study Protocol Name|collecting|", "Study Protocol Name||", "i_one.txt:66:2"),
    ("protocol_twice", "i", "|library|sequencing\n", "|sequencing|sequencing\n", "i_one.txt:66:5"),
    ("protocol_untyped", "i", "|library construction|", "||", "i_one.txt:67:4"),
    ("protocol_undeclared", "a", "|library|", "|Library|", "a_genome.txt:2:4"),
    (
        "components_lost",
        "i",
        "Study Protocol Components Name||||",
        "Study Protocol Components Name||||a camera",
        "i_one.txt:76:5",
    ),
    ("parameter_unnamed", "i", "|day;place|", "|day;|", "i_one.txt:73:2"),
    ("parameter_twice", "i", "|day;place|", "|day;day|", "i_one.txt:73:2"),
    ("parameter_unused", "i", "|||depth", "|||depth;lanes", "i_one.txt:73:5"),
    ("parameter_undeclared", "s", "Parameter Value[place]", "Parameter Value[Place]", "s_study.txt:1:7"),
    ("name_with_dot", "s", "Characteristics[organism]", "Characteristics[org. name]", "s_study.txt:1:2"),
    ("name_with_dot", "i", "|day;place|", "|day;pl.ace|", "i_one.txt:73:2"),
    ("name_with_dot", "i", "Study Factor Name|dose", "Study Factor Name|do.se", "i_one.txt:52:2"),
    ("factor_unnamed", "i", "Study Factor Name|dose", "Study Factor Name|", "i_one.txt:52:2"),
    ("factor_twice", "i", "Study Factor Name|dose", "Study Factor Name|dose|dose", "i_one.txt:52:3"),
    ("factor_unused", "i", "Study Factor Name|dose", "Study Factor Name|dose|time", "i_one.txt:52:3"),
    ("factor_undeclared", "s", "Factor Value[dose]", "Factor Value[Dose]", "s_study.txt:1:9"),
    ("person_incomplete", "i", "Study Person First Name|Ada", "Study Person First Name|", "i_one.txt:82:2"),
    ("one_study", "i", "Investigation Title|", "Investigation Title|Mice", "i_one.txt:8:2"),
    ("study_incomplete", "i", "Study Identifier|S-1", "Study Identifier|", "i_one.txt:33:2"),
    ("study_untitled", "i", "Study Title|Genomes of two mice", "Study Title|", "i_one.txt:34:2"),
    ("study_undescribed", "i", "Study Description|Two mice were sequenced.", "Study Description|", "i_one.txt:35:2"),
    ("wanted_by_isatools", "i", "Study Publication Title|On genomes", "Study Publication Title|", "i_one.txt:47:2"),
    (
        "assay_incomplete",
        "i",
        "Study Assay Measurement Type|genome sequencing",
        "Study Assay Measurement Type|",
        "i_one.txt:58:2",
    ),
    ("platform_missing", "i", "Platform|a sequencer", "Platform|", "i_one.txt:64:2"),
    (
        "assay_file_twice",
        "i",
        "Study Assay File Name|a_genome.txt",
        "Study Assay File Name|a_genome.txt|a_genome.txt",
        "i_one.txt:57:3",
    ),
    (
        "assay_type",
        "i",
        "Study Assay Measurement Type|genome sequencing",
        "Study Assay Measurement Type|gnome sequencing",
        "i_one.txt:58:2",
    ),
    ("date", "i", "2024-02-29", "2023-02-29", "i_one.txt:36:2"),
    ("date_not_a_day", "i", "2024-02-29", "2024-02", "i_one.txt:36:2"),
    ("doi", "i", "10.1234/abc.5", "abc.5", "i_one.txt:45:2"),
    ("doi_prefix", "i", "10.1234/abc.5", "https://doi.org/10.1234/abc.5", "i_one.txt:45:2"),
    ("doi_letters", "i", "10.1234/abc.5", "10.1234/abc<5>", "i_one.txt:45:2"),
    ("pubmed", "i", "12345678", "PMC1234567", "i_one.txt:44:2"),
    ("pubmed_short", "i", "12345678", "1234567", "i_one.txt:44:2"),
    ("email", "i", "ada@example.org", "ada at example", "i_one.txt:84:2"),
    ("phone", "i", "+44 1223 494444", "call me", "i_one.txt:85:2"),
    ("orcid", "i", "0000-0002-1825-0097", "0000-0002-1825-0098", "i_one.txt:92:2"),
    ("orcid_form", "i", "0000-0002-1825-0097", "0000000218250097", "i_one.txt:92:2"),
    ("outer_space", "i", "Ada", "Ada ", "i_one.txt:82:2"),
    ("outer_space", "s", "barn", "barn ", "s_study.txt:2:7"),
    ("read_as_empty", "s", "barn", "None", "s_study.txt:2:7"),
    ("control_character", "s", "barn", "ba\x07rn", "s_study.txt:2:7"),
    ("study_file_missing", "i", "s_study.txt", "s_other.txt", "i_one.txt:38:2"),
    ("assay_file_missing", "i", "a_genome.txt", "a_other.txt", "i_one.txt:57:2"),
    ("file_outside", "i", "a_genome.txt", "../a_genome.txt", "i_one.txt:57:2"),
    ("file_name", "i", "a_genome.txt", "a_génome.txt", "i_one.txt:57:2"),
    ("table_unnamed", "i", "Study Assay File Name|a_genome.txt", "Study Assay File Name|", "a_genome.txt:1:1"),
    ("header_unnamed", "s", "Characteristics[organism]", "Characteristics[]", "s_study.txt:1:2"),
    ("header_empty", "s", "Parameter Value[place]", "", "s_study.txt:1:7"),
    ("header_unknown", "a", "Assay Name", "Test Name", "a_genome.txt:1:7"),
    ("header_spelling", "a", "Raw Data File", "raw  data file", "a_genome.txt:1:8"),
    ("header_spelling", "s", "Characteristics[organism]", "Characteristics [organism", "s_study.txt:1:2"),
    ("header_not_everywhere", "a", "Raw Data File", "Free Induction Decay Data File", "a_genome.txt:1:8"),
    ("header_not_here", "s", "Characteristics[organism]", "Material Type", "s_study.txt:1:2"),
    ("header_not_here", "a", "Parameter Value[depth]", "Factor Value[dose]", "a_genome.txt:1:6"),
    ("header_of_technology", "a", "Raw Data File", "Spot Picking File", "a_genome.txt:1:8"),
    ("name_like_node", "a", "Parameter Value[depth]", "Parameter Value[Image File size]", "a_genome.txt:1:6"),
    ("name_becomes_label", "a", "Parameter Value[depth]", "Characteristics[label colour]", "a_genome.txt:1:6"),
    (
        "name_without_protocol",
        "a",
        "Protocol REF|Protocol REF|Parameter Value[depth]|Assay Name",
        "Protocol REF|Protocol REF|Scan Name|Assay Name",
        "a_genome.txt:1:7",
    ),
    ("column_misplaced", "a", "Parameter Value[depth]", "Characteristics[depth]", "a_genome.txt:1:6"),
    ("column_misplaced", "s", "Characteristics[organism]", "Parameter Value[organism]", "s_study.txt:1:2"),
    (
        "unit_misplaced",
        "s",
        "Source Name|Characteristics[organism]|Term Source REF",
        "Source Name|Unit|Term Source REF",
        "s_study.txt:1:2",
    ),
    ("term_misplaced", "s", "Parameter Value[day]", "Term Source REF", "s_study.txt:1:6"),
    (
        "term_source_alone",
        "s",
        "Term Source REF|Term Accession Number",
        "Term Source REF|Comment[x]",
        "s_study.txt:1:3",
    ),
    (
        "accession_misplaced",
        "s",
        "Term Source REF|Term Accession Number",
        "Term Accession Number|Term Source REF",
        "s_study.txt:1:3",
    ),
    ("column_twice", "s", "Parameter Value[place]", "Parameter Value[day]", "s_study.txt:1:7"),
    ("first_column", "a", "Sample Name|Protocol REF", "Extract Name|Protocol REF", "a_genome.txt:1:1"),
    ("no_sample_column", "a", "Sample Name|Protocol REF", "Extract Name|Protocol REF", "a_genome.txt:1:1"),
    ("protocol_last", "a", "Assay Name|Raw Data File", "Assay Name|Comment[x]", "a_genome.txt:1:5"),
    ("no_file_column", "a", "Assay Name|Raw Data File", "Assay Name|Comment[x]", "a_genome.txt:1:1"),
    (
        "no_protocol_between",
        "a",
        "Sample Name|Protocol REF|Extract Name",
        "Sample Name|Extract Name|Extract Name",
        "a_genome.txt:1:2",
    ),
    ("sample_not_last", "s", "Factor Value[dose]|Unit", "Protocol REF|Extract Name", "s_study.txt:1:9"),
    (
        "no_protocol",
        "s",
        "|Protocol REF|Parameter Value[day]|Parameter Value[place]|",
        "|Comment[a]|Comment[b]|Comment[c]|",
        "s_study.txt:1:1",
    ),
    ("not_expected_by_isatools", "s", "Factor Value[dose]|Unit", "Factor Value[dose]|Comment[x]", "s_study.txt:1:10"),
    ("protocol_blank", "a", "sample 2|extracting|extract 2", "sample 2||extract 2", "a_genome.txt:3:2"),
    ("start_unnamed", "a", "sample 2|extracting", "|extracting", "a_genome.txt:3:1"),
    ("sample_unknown", "a", "sample 2", "sample 3", "a_genome.txt:3:1"),
    ("sample_unused", "a", "sample 2", "sample 1", "i_one.txt:38:2"),
    (
        "row_twice",
        "a",
        "sample 2|extracting|extract 2|library|sequencing|30|run 2|two",
        "sample 1|extracting|extract 1|library|sequencing|30|run 1|one",
        "a_genome.txt:3:1",
    ),
    ("name_says_two_things", "a", "30|run 2", "40|run 1", "a_genome.txt:3:7"),
    ("factor_blank", "s", "sample 1|1.5", "sample 1|", "s_study.txt:2:9"),
    ("unit_without_value", "s", "sample 1|1.5", "sample 1|", "s_study.txt:2:9"),
    ("text_with_unit", "s", "sample 1|1.5", "sample 1|much", "s_study.txt:2:9"),
    ("required_blank", "a", "|run 2|", "||", "a_genome.txt:3:7"),
    ("required_column", "a", "Assay Name", "Scan Name", "a_genome.txt:1:1"),
    ("protocol_of_type", "i", "|library construction|", "|building|", "a_genome.txt:1:7"),
    ("name_of_type", "i", "|nucleic acid sequencing", "|reading", "a_genome.txt:2:7"),
    ("row_ragged", "a", "|run 2|two.fastq", "|run 2", "a_genome.txt:3:8"),
    ("row_blank", "s", "mouse 2|", "||||\nmouse 2|", "s_study.txt:3:1"),
    (
        "column_empty",
        "s",
        "first|barn|sample 1|1.5|gram\nmouse 2|Mus musculus|NCBITaxon|NCBITaxon:10090|collecting|second|barn",
        "|barn|sample 1|1.5|gram\nmouse 2|Mus musculus|NCBITaxon|NCBITaxon:10090|collecting||barn",
        "s_study.txt:1:6",
    ),
    ("heterogeneous", "s", "Mus musculus|NCBITaxon|NCBITaxon:10090", "||", "s_study.txt:1:2"),
    ("sample_described", "a", "Sample Name|Protocol REF", "Sample Name|Comment[note]", "a_genome.txt:1:2"),
    ("node_unnamed", "s", "barn|sample 1|", "barn||", "s_study.txt:2:8"),
    ("carriage_return", "s", "gram\nmouse 2", "gram\rmouse 2", "s_study.txt:2:1"),
    ("unclosed_quote", "s", "barn", '"barn', "s_study.txt:2:1"),
    ("header_empty", "a", "Raw Data File\n", "Raw Data File|\n", "a_genome.txt:1:9"),
    ("protocol_unused", "i", "|library|sequencing\n", "|library|sequencing|spare\n", "i_one.txt:66:6"),
    ("process_shared", "a", "30|run 2", "30|run 1", "a_genome.txt:2:7"),
    ("table_without_rows", "s", STUDY[STUDY.index("mouse 1") :], "", "s_study.txt:1:1"),
    ("no_study", "i", INVESTIGATION[INVESTIGATION.index("STUDY\n") :], "", "i_one.txt:1:1"),
    ("assay_type_of_imaging", "i", *IMAGING, "i_one.txt:58:2"),
    ("technology_empty", "i", *HISTOLOGY, "i_one.txt:61:2"),
    ("no_assays", "i", *NO_ASSAYS, "i_one.txt:56:1"),
    ("section_order", "i", *TURNED, "i_one.txt:60:1"),
]
"""Rule, file, what stands there, what shall stand there, and the place that is told."""

ELSEWHERE = {
    "byte_order_mark",
    "data_file_missing",
    "encoding",
    "investigation_incomplete",
    "name_of_type_altamisa",
    "no_sections",
    "study_file_twice",
    "study_identifier_twice",
    "study_title_twice",
    "table_empty",
    "unreadable",
}
"""Rules that need more than one change; ``test_archives.py`` and ``test_text.py`` break them."""


def test_of_the_archive_nothing_is_told(tmp_path: Path) -> None:
    assert [str(one) for one in Archive().check(tmp_path)] == []


@pytest.mark.parametrize(("rule", "file", "old", "new", "place"), CASES)
def test_what_breaks_a_rule_is_told_with_its_place(
    rule: str, file: str, old: str, new: str, place: str, tmp_path: Path
) -> None:
    told = Archive().spoil(file, old, new).check(tmp_path)
    assert place in {one.path for one in told if one.code == f"isacheck.{rule}"}
    assert {one.level for one in told if one.code == f"isacheck.{rule}"} == {LEVELS[rule]}


def test_every_rule_is_broken_by_a_test() -> None:
    assert {rule for rule, *_ in CASES} | ELSEWHERE == LEVELS.keys()


MENDED = [
    ("i", "Study Title|", "study  title|"),
    ("i", "STUDY FACTORS", "Study  factors"),
    ("i", "10.1234/abc.5", "doi:10.1234/abc.5"),
    ("i", "12345678", "PMID: 12345678"),
    ("i", "Ada", "Ada "),
    ("i", "0000-0002-1825-0097", "000000021825 0097".replace(" ", "")),
    ("i", "Comment[ORCID]", "Comment [ORCID]"),
    ("i", "Parameters Name Term Accession Number", "Parameters Term Accession Number"),
    ("s", "Characteristics[organism]", "Characteristics [organism]"),
    ("s", "|NCBITaxon|NCBITaxon:10090", "|NCBI taxon|NCBITaxon:10090"),
    ("s", "Factor Value[dose]", "Factor value[dose]"),
    ("a", "|library|", "|library |"),
    ("a", "sample 2|", "sample 2 |"),
    ("a", "Parameter Value[depth]", "Parameter Value[Depth]"),
    ("a", "Raw Data File", "Raw Data file"),
    ("a", "Protocol REF|Extract", "Protocol Ref|Extract"),
]
"""File, what is right, and what is written: the fix gives back what is right."""


@pytest.mark.parametrize(("file", "right", "wrong"), MENDED)
def test_a_fix_mends_what_it_is_told_of(file: str, right: str, wrong: str, tmp_path: Path) -> None:
    spoilt = Archive().spoil(file, right, wrong)
    told = spoilt.check(tmp_path / "spoilt")
    fixes = [one for one in told if one.replacement is not None]
    assert fixes
    texts = {name: [line.split("|") for line in text.split("\n")] for name, text in spoilt.texts.items()}
    for one in fixes:
        texts[one.file][one.line - 1][one.column - 1] = one.replacement or ""
    mended = Archive({name: "\n".join(map("|".join, rows)) for name, rows in texts.items()})
    assert mended.check(tmp_path / "mended") == ()


FINE = [
    ("i", "2024-02-29", ""),
    ("i", "ada@example.org", "ada.l+x@mail.example.org"),
    ("i", "10.1234/abc.5", "10.1234/A-(b)_c;d:e"),
    ("i", "0000-0002-1825-0097", "https://orcid.org/0000-0002-1825-0097"),
    ("i", "0000-0002-1825-0097", "not applicable"),
    ("i", "Comment[ORCID]", "Comment[a name with spaces]"),
    ("i", "STUDY FACTORS", "# a comment\n\nSTUDY FACTORS"),
    ("s", "mouse 2|", "# a comment\nmouse 2|"),
    ("s", "|2|gram", "|2e-3|gram"),
    ("s", "Mus musculus|NCBITaxon|NCBITaxon:10090", "Mus musculus\\; a mouse|NCBITaxon|NCBITaxon:10090"),
    ("s", "barn", '"barn ""b"""'),
    ("s", "barn", '"a\nb"'),
    ("s", "Parameter Value[day]", "Date"),
    ("a", "one.fastq", "https://example.org/one.fastq"),
]


@pytest.mark.parametrize(("file", "old", "new"), FINE)
def test_what_is_right_is_not_told(file: str, old: str, new: str, tmp_path: Path) -> None:
    told = codes(Archive().spoil(file, old, new).check(tmp_path))
    assert told - {"parameter_unused", "date"} == set()


def test_a_value_that_stands_often_is_told_once_and_counted(tmp_path: Path) -> None:
    rows = "".join(
        f"mouse {n}|Mus musculus|NCBITaxon|NCBITaxon:10090|collect|day {n}|barn|sample {n}|1|gram\n"
        for n in range(3, 2003)
    )
    told = only(Archive().spoil("s", "mouse 1", rows + "mouse 1").check(tmp_path), "protocol_undeclared")
    assert (told.line, told.count, told.found) == (2, 2000, "collect")
    assert "1999" in told.message("en")
    assert "1999" in told.message("fr")


def test_different_values_of_one_column_are_told_up_to_a_number(tmp_path: Path) -> None:
    rows = "".join(f"other {n}|extracting|extract|library|sequencing|30|run x{n}|x{n}.fastq\n" for n in range(500))
    found = Archive().spoil("a", "sample 1", rows + "sample 1").check(tmp_path)
    unknown = [one for one in found if one.code == "isacheck.sample_unknown"]
    assert len(unknown) == 50
    assert sum(one.count for one in unknown) == 500


def test_lines_after_cells_of_several_lines_are_counted_from_the_file(tmp_path: Path) -> None:
    spoilt = Archive().spoil("s", "barn", '"a\nb\nc"').spoil("s", "second", "NA")
    told = only(spoilt.check(tmp_path), "read_as_empty")
    assert (told.line, told.column) == (5, 6)


def test_a_quote_that_never_closes_costs_its_line_only(tmp_path: Path) -> None:
    spoilt = Archive().spoil("a", "run 1", '"run 1').spoil("a", "sample 2", "sample 9")
    told = spoilt.check(tmp_path)
    assert only(told, "unclosed_quote").line == 2
    assert only(told, "sample_unknown").line == 3
