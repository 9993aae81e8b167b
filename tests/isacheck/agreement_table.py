# ruff: noqa: E501, ISC004 - a table: one message of an oracle a line
"""What the two oracles say, and which of our rules say the same: one line a message of theirs.

A named group ``file`` must be the file of the finding, ``value`` must stand in what it found. Messages that end a run
(isatools' code 0) are answered by the fault that ended it.
"""

from __future__ import annotations

import re
from dataclasses import dataclass


@dataclass(frozen=True)
class Line:
    """A message of an oracle and the rules that answer it."""

    oracle: str
    name: str
    pattern: re.Pattern[str]
    rules: frozenset[str]


def _line(oracle: str, name: str, pattern: str, rules: str) -> Line:
    return Line(oracle, name, re.compile(pattern, re.DOTALL), frozenset(rules.split()))


_ANY_FILE = "study_file_missing assay_file_missing study_incomplete"
ISATOOLS = (
    ("0 aborted: no configuration", r"^0 .*'assay_table'", "assay_type"),
    ("0 aborted: directory", r"^0 .*Is a directory", _ANY_FILE),
    ("0 aborted: no file", r"^0 .*No such file", _ANY_FILE),
    ("0 aborted: section", r"^0 .*Expected: [A-Z ]+ section", "section_missing section_order label_spelling stray_line"),
    ("5 labels", r"^5 ", "label_missing label_unknown label_spelling comment_unnamed section_missing no_label"),
    ("6 study file", r"^6 .*Study File (?P<value>\S.*) does not", "study_file_missing"),
    ("8 assay file", r"^8 .*Assay File (?P<value>\S.*) does not", "assay_file_missing"),
    ("1003 sample", r"^1003 .*\| (?P<value>.*) is a Sample Name in (?P<file>\S+),", "sample_unknown"),
    ("1007 undeclared", r"^1007 .*are not declared in the investigation file: \['(?P<value>.*?)'", "protocol_undeclared protocol_blank"),
    ("1007 type unknown", r"^1007 .*Could not find protocol type for protocol name '(?P<value>.*)' in file '(?P<file>.*)'",
     "protocol_undeclared protocol_untyped"),
    ("1007 type expected", r"^1007 .*in the file '(?P<file>.*)'", "protocol_of_type"),
    ("1007 last protocol", r"^1007 .*not followed by", "protocol_last"),
    ("1008 factor", r"^1008 .*used in an study file (?P<file>\S+) are", "factor_undeclared"),
    ("1010 protocol name", r"^1010 ", "protocol_unnamed"),
    ("1011 parameter name", r"^1011 ", "parameter_unnamed"),
    ("1012 factor name", r"^1012 ", "factor_unnamed"),
    ("1013 samples", r"^1013 .*assay file (?P<file>\S+) are not", "sample_unknown"),
    ("1019 unused protocol", r"^1019 ", "protocol_unused"),
    ("3001 date", r"^3001 .*Found (?P<value>.*) in date field", "date"),
    ("3002 DOI", r"^3002 .*Found (?P<value>.*) in DOI field", "doi doi_prefix doi_letters"),
    ("3003 PubMed", r"^3003 .*PubMedID (?P<value>.*)", "pubmed pubmed_short"),
    ("3005 file name", r"^3005 ", "study_incomplete assay_incomplete"),
    ("3008 source name", r"^3008 Ontology Source", "source_unnamed source_empty"),
    ("3008 incomplete term", r"^3008 .*in the file '(?P<file>.*)'\. Check", "term_incomplete term_blank row_blank read_as_empty"),
    ("3011 source", r"^3011 .*in the file '(?P<file>.*)' does", "source_undeclared source_list"),
    ("4002 types", r"^4002 .*Measurement (?P<value>.*)/technology", "assay_type"),
    ("4003 second column", r"^4003 .*value in (?:Study|Investigation) (?:Identifier|Title|Description) of .*column [2-9]",
     "second_value trailing_cells"),
    ("4003 required", r"^4003 .*value in (?P<wanted>[A-Za-z ]+?)(?:\.\d+)? of investigation", "wanted_by_isatools "
     "person_incomplete study_incomplete study_untitled study_undescribed investigation_incomplete"),
    ("4007 factor value", r"^4007 .* in (?P<file>\S+)$", "factor_blank read_as_empty"),
    ("4010 column", r"^4010 .*in the file '(?P<file>.*)'", "required_column required_blank"),
    ("4012 cell", r"^4012 .*in the file '(?P<file>.*)'", "required_blank"),
    ("4014 unknown header", r"^4014 .*heading (?P<value>.+) at column position .* file (?P<file>\S+)$",
     "header_unknown header_spelling header_not_everywhere header_unnamed header_empty"),
    ("4014 unexpected", r"^4014 .*ound (?P<value>.+) at offset .* file (?P<file>\S+)$",
     "header_unknown header_not_everywhere not_expected_by_isatools name_without_protocol column_misplaced column_twice "
     "header_spelling unit_misplaced"),
)  # fmt: skip
ALTAMISA = (
    ("platform", r"Assay without platform", "platform_missing"),
    ("DOI", r"Invalid doi string: (?P<value>.*)", "doi"),
    ("mail", r"Invalid mail address: (?P<value>.*)", "email"),
    ("phone", r"Invalid phone/fax number: (?P<value>.*)", "phone"),
    ("PubMed", r"Invalid pubmed_id string: (?P<value>.*)", "pubmed"),
    ("no assays", r"No assays declared", "no_assays"),
    ("source with space", r"Ontology source name including whitespace", "source_space"),
    ("incomplete source", r"Incomplete ontology source", "source_incomplete source_unnamed"),
    ("empty source", r"Skipping empty ontology source", "source_empty"),
    ("incomplete term", r"Incomplete ontology term reference", "term_incomplete"),
    ("undeclared source", r"Ontology with name .* not defined", "source_undeclared"),
    ("assay file twice", r"Assay path used more than once: (?P<value>.*)", "assay_file_twice"),
    ("assay incomplete", r"Assay with incomplete minimal", "assay_incomplete technology_empty"),
    ("sample described", r"Found annotated Sample in assay", "sample_described"),
    ("node unnamed", r"Found annotated material/file without name", "node_unnamed"),
    ("start unnamed", r"Found start node without", "start_unnamed"),
    ("sample unknown", r"Found samples in assay", "sample_unknown"),
    ("no studies", r"No studies declared", "no_study"),
    ("study identifier twice", r"Study identifier used more than once: (?P<value>.*)", "study_identifier_twice"),
    ("study file twice", r"Study path used more than once: (?P<value>.*)", "study_file_twice"),
    ("study title twice", r"Study title used more than once: (?P<value>.*)", "study_title_twice"),
    ("study incomplete", r"Study with incomplete minimal", "study_incomplete"),
    ("study untitled", r"Study without title", "study_untitled"),
    ("investigation", r"Investigation without (?:identifier|title)", "investigation_incomplete"),
    ("one study", r"Investigation with only one study", "one_study"),
    ("name and type", r'"(?P<header>.*)" not supported by protocol type', "name_of_type name_of_type_altamisa"),
    ("technology", r"not (?:supported|expected) (?:by|for) assay", "header_of_technology"),
    ("unknown protocol", r"Can't validate parameter values", "name_without_protocol protocol_undeclared"),
    ("undeclared protocol", r"Protocol \".*\" not declared", "protocol_undeclared"),
    ("undeclared parameter", r'Parameter Value "(?P<value>.*)" not declared', "parameter_undeclared"),
    ("undeclared factor", r'Factor "(?P<value>.*)" not declared', "factor_undeclared"),
    ("TSR before", r"Expected column \"Term Accession", "term_source_alone"),
    ("TSR last", r"Expected one more column", "term_source_alone"),
    ("column twice", r"Found duplicated column types", "column_twice"),
    ("rows twice", r"Found duplicated rows", "row_twice"),
    ("two descriptions", r"same name but different annotation", "name_says_two_things"),
    ("header not allowed", r'Header "(?P<header>.*)" not allowed', "header_not_here first_column column_misplaced"),
    ("header unknown", r'Header "(?P<value>.*)" unknown', "header_unknown header_empty header_spelling "
     "header_not_everywhere"),
    ("date", r'Invalid ISO8601 date "(?P<value>.*)"', "date date_not_a_day"),
    ("column type", r"Invalid column type occured", "column_misplaced"),
    ("lengths of lists", r"Irregular numbers of fields|Unequal (?:parameter|component) splits", "list_lengths"),
    ("second value", r"contains more than one value", "second_value trailing_cells"),
    ("unequal lengths", r"Inconsistent entry lengths", "row_length"),
    ("missing labels", r"Missing entries in section", "label_missing"),
    ("label", r"Line must start with one of", "label_unknown label_spelling no_label"),
    ("section", r"^Expected [A-Z ]+ but got", "section_missing section_order byte_order_mark heading_spelling"),
    ("blank protocol", r"Missing protocol reference", "protocol_blank"),
    ("comment header", r"Problem parsing comment header", "label_spelling comment_unnamed"),
    ("labelled header", r"Problem parsing labeled header (?P<value>.*)", "header_spelling header_unnamed header_unknown"),
    ("encoding", r"Invalid encoding|codec can't decode", "encoding"),
    ("outer space", r"Removed trailing whitespaces", "outer_space"),
)  # fmt: skip
LINES = tuple(
    _line(oracle, *line) for oracle, lines in (("isatools", ISATOOLS), ("altamisa", ALTAMISA)) for line in lines
)
