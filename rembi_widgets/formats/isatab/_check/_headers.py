"""The header of a table: how its columns are spelt, which may stand in it, and which may follow which."""

from __future__ import annotations

import re
from itertools import pairwise
from typing import TYPE_CHECKING, Any

from rembi_widgets.formats.isatab._check import _header_names as names
from rembi_widgets.formats.isatab._check._finding import nearest

if TYPE_CHECKING:
    from collections.abc import Sequence

    from rembi_widgets.formats.isatab._check._finding import Told
    from rembi_widgets.formats.isatab._document_columns import Column

_VALUES = frozenset({"characteristic", "parameter_value", "factor_value"})
_BESIDE = frozenset({"unit", "term_source", "term_accession"})
_LABELLING = re.compile(r"label|material type", re.IGNORECASE)
_LIKE_NODE = re.compile(r" File|Protocol REF")


class Header:
    """The header of a table.

    Parameters
    ----------
    role
        ``study`` or ``assay``.
    """

    def __init__(self, columns: Sequence[Column], role: str, line: int, technology: str, told: Told) -> None:
        self.columns, self.role, self.line = columns, role, line
        self._technology = technology.casefold()
        self._told = told
        self._said: set[int] = set()

    def _tell(self, code: str, column: Column, **values: Any) -> None:
        self._said.add(column.index)
        self._told.add(code, self.line, column.index + 1, **{"found": column.header, **values})

    def owner(self, column: Column) -> Column | None:
        """Give the node or protocol that a column belongs to."""
        return self.columns[column.owner] if column.owner >= 0 else None

    def check(self) -> None:
        """Check the header."""
        for column in self.columns:
            self._check_spelling(column)
            self._check_name(column)
            self._check_place(column)
        self._check_twice()
        self._check_objects()
        self._check_presence()
        for column in self.columns:
            if column.index not in self._said:
                self._check_expected(column)

    def _check_spelling(self, column: Column) -> None:
        header, kind = column.header, names.BRACKETED.get(column.kind)
        if kind:
            wanted = f"{kind}[{column.name}]"
            if not column.name or set(column.name) & set("[]"):
                self._tell("header_unnamed", column, wanted=f"{kind}[name]")
            elif header != wanted:
                self._tell("header_spelling", column, wanted=wanted, replacement=wanted)
        elif not header.strip():
            self._tell("header_empty", column)
        elif header not in names.KNOWN:
            meant = nearest(header, names.KNOWN)
            code = "header_spelling" if meant else "header_unknown"
            self._tell(code, column, wanted=meant, replacement=meant)

    def _check_name(self, column: Column) -> None:
        name = column.name
        if column.kind not in names.BRACKETED:
            if column.header in names.ALONE:
                self._tell("header_not_everywhere", column, reader=names.ALONE[column.header])
            return
        if "." in name:
            self._tell("name_with_dot", column, found=name, wanted=name.replace(".", ""))
        if _LIKE_NODE.search(name):
            self._tell("name_like_node", column, found=name)
        if self.role == "assay" and column.kind == "characteristic" and _LABELLING.search(name):
            self._tell("name_becomes_label", column, found=name)

    def _check_place(self, column: Column) -> None:
        """Check that a column may stand in this table, and where it stands."""
        if self._is_foreign(column):
            self._tell("header_not_here", column, role=self.role)
        expected = names.OF_TECHNOLOGY.get(column.header)
        if self.role == "assay" and expected and self._technology and self._technology not in expected:
            self._tell("header_of_technology", column, wanted=", ".join(sorted(expected)), technology=self._technology)
        if column.kind in _BESIDE:
            self._check_beside(column)
            return
        owner = self.owner(column)
        kind = owner.kind if owner else None
        if column.kind == "process_name" and (kind != "protocol_ref" or self._named_before(column)):
            self._tell("name_without_protocol", column)
        elif self._is_misplaced(column, owner):
            self._tell("column_misplaced", column, owner=owner.header if owner else "")

    def _is_foreign(self, column: Column) -> bool:
        if self.role == "assay":
            return column.kind in names.STUDY_ONLY_KINDS or column.header == "Source Name"
        return column.header in names.KNOWN and column.header not in names.OF_STUDY

    def _named_before(self, column: Column) -> bool:
        return any(one.kind == "process_name" and one.owner == column.owner for one in self.columns[: column.index])

    def _is_misplaced(self, column: Column, owner: Column | None) -> bool:
        kind, header = column.kind, column.header
        if kind in {"node", "protocol_ref", "other"} or not header.strip():
            return False
        if owner is None:
            return True
        if kind == "parameter_value" or header in names.OF_PROCESS:
            return owner.kind != "protocol_ref"
        if header == "Label":
            return owner.header != "Labeled Extract Name"
        if kind in {"characteristic", "factor_value"} or header == "Material Type":
            return owner.kind == "protocol_ref" or owner.header.endswith(" File")
        return False

    def _check_beside(self, column: Column) -> None:
        before = self.columns[column.index - 1] if column.index else None
        after = self.columns[column.index + 1] if column.index + 1 < len(self.columns) else None
        kind = before.kind if before else None
        if column.kind == "unit" and kind not in _VALUES:
            self._tell("unit_misplaced", column)
        if column.kind == "term_source":
            if not before or not (kind in names.TERMED or before.header in names.TERMED_ATTRIBUTES):
                self._tell("term_misplaced", column)
            elif not after or after.kind != "term_accession":
                self._tell("term_source_alone", column, wanted="Term Accession Number")
        if column.kind == "term_accession" and kind != "term_source":
            self._tell("accession_misplaced", column, wanted="Term Source REF")

    def _check_twice(self) -> None:
        seen: set[tuple[int, str, str]] = set()
        for column in self.columns:
            if column.kind not in {*names.BRACKETED, "attribute"}:
                continue
            key = (column.owner, column.kind, column.name)
            if key in seen:
                self._tell("column_twice", column)
            seen.add(key)

    def _check_objects(self) -> None:
        """Check the order of nodes and protocols."""
        objects = [column for column in self.columns if column.kind in {"node", "protocol_ref"}]
        first = "Source Name" if self.role == "study" else "Sample Name"
        if self.columns and self.columns[0].header != first:
            self._tell("first_column", self.columns[0], wanted=first)
        for before, column in pairwise(objects):
            if before.header in names.MATERIALS and column.kind == "node":
                self._tell("no_protocol_between", column, before=before.header)
            if column.header == first:
                self._tell("column_misplaced", column, owner=before.header)
        if objects and objects[-1].kind == "protocol_ref":
            self._tell("protocol_last", objects[-1])
        if self.role == "study":
            for before, column in pairwise(objects):
                if before.header == "Sample Name":
                    self._tell("sample_not_last", column)

    def _check_presence(self) -> None:
        headers = [column.header for column in self.columns]
        if "Sample Name" not in headers:
            self._told.add("no_sample_column", self.line, wanted="Sample Name")
        if not any(column.kind == "protocol_ref" for column in self.columns):
            self._told.add("no_protocol", self.line, wanted="Protocol REF", role=self.role)
        if self.role == "assay" and not any(column.header.endswith(" File") for column in self.columns):
            self._told.add("no_file_column", self.line, wanted="Raw Data File, Image File, Derived Data File")

    def _check_expected(self, column: Column) -> None:
        """Check what else isatools refuses: columns that it does not expect after what is before them."""
        owner = self.owner(column)
        if owner is None or column.index == owner.index or column.kind in _BESIDE:
            return
        between = self.columns[owner.index + 1 : column.index]
        if owner.kind == "protocol_ref":
            bad = column.kind == "process_name" and column.header not in names.EXPECTED_AFTER_PROTOCOL
            bad |= column.header in {"First Dimension", "Second Dimension"}
        elif owner.header == "Labeled Extract Name":
            labelled = [one.header for one in between[:1]] == ["Label"]
            bad = labelled or (column.header == "Label" and bool(between))
        else:
            bad = column.kind in {"comment", "characteristic"} and any(one.kind == "factor_value" for one in between)
        if bad:
            self._tell("not_expected_by_isatools", column, owner=owner.header)
