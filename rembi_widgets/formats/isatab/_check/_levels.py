"""Every rule and how much it weighs.

``error``: ISA-Tab 1.0 forbids it, or a reader stops or loses what belongs together; ``warning``: a reader warns, or
loses something silently; ``info``: allowed, and worth a look before a file meets one of the readers.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from rembi_widgets.record import Level

_ERRORS = """
unclosed_quote table_empty unreadable
no_sections stray_line section_twice section_missing no_study no_label label_twice label_missing label_unknown
comment_unnamed second_value
source_unnamed source_undeclared list_lengths
protocol_twice factor_undeclared factor_twice parameter_twice
study_incomplete assay_incomplete study_identifier_twice study_file_twice assay_file_twice
study_file_missing assay_file_missing file_outside
header_unnamed header_empty header_unknown unit_misplaced term_misplaced term_source_alone accession_misplaced
column_twice first_column protocol_last no_sample_column
protocol_blank start_unnamed protocol_undeclared sample_unknown row_twice name_says_two_things
"""
_WARNINGS = """
byte_order_mark carriage_return encoding control_character outer_space
heading_spelling section_order label_spelling trailing_cells row_length
source_incomplete source_space source_twice term_incomplete
protocol_unnamed protocol_unused parameter_unnamed factor_unnamed name_with_dot
person_incomplete investigation_incomplete one_study study_untitled study_undescribed study_title_twice assay_type
date date_not_a_day doi doi_prefix pubmed email phone
data_file_missing
header_spelling name_like_node name_becomes_label header_not_here header_of_technology name_without_protocol
column_misplaced no_protocol_between sample_not_last no_protocol no_file_column
factor_blank required_blank required_column protocol_of_type unit_without_value text_with_unit
parameter_undeclared
name_of_type name_of_type_altamisa process_shared table_without_rows row_blank row_ragged sample_described node_unnamed
"""
_INFOS = """
read_as_empty source_empty source_unused term_blank protocol_untyped components_lost parameter_unused factor_unused
wanted_by_isatools no_assays technology_empty platform_missing assay_type_of_imaging doi_letters pubmed_short orcid
orcid_form table_unnamed file_name header_not_everywhere not_expected_by_isatools column_empty heterogeneous
sample_unused source_list role_lengths
"""


def _levels() -> dict[str, Level]:
    found: dict[str, Level] = dict.fromkeys(_ERRORS.split(), "error")
    found |= dict.fromkeys(_WARNINGS.split(), "warning")
    found |= dict.fromkeys(_INFOS.split(), "info")
    return found


LEVELS: dict[str, Level] = _levels()
"""Rule to level."""
