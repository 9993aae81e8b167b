"""The record: REMBI and MIFA as data, the guide of every field, and changes as the only road to a record.

Pure data and pure functions; nothing here reads or writes but package data.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from rembi_widgets.lazy import on_use
from rembi_widgets.record._apply import apply, invert, run
from rembi_widgets.record._base import (
    Absent,
    Frozen,
    Mark,
    Origin,
    Quantity,
    Term,
    is_empty,
    new_id,
    plain,
)
from rembi_widgets.record._changes import CONFIRMED, END, Change, Edit
from rembi_widgets.record._column import (
    Column,
    GrowingColumn,
    Reordered,
    compact,
    in_any_order,
    repeated,
    replaced,
    taken,
)
from rembi_widgets.record._conflicts import Conflict, Rival
from rembi_widgets.record._diff import diff
from rembi_widgets.record._finding import Finding, Level, Named, spoken
from rembi_widgets.record._history import History, Step
from rembi_widgets.record._model import (
    COLLECTIONS,
    PREFIXES,
    ROWS,
    SINGLETONS,
    TABLES,
    Acquisition,
    Analysis,
    Annotation,
    Association,
    Biosample,
    Channel,
    Component,
    Correlation,
    Curation,
    Detector,
    Entity,
    FileRow,
    Filter,
    Grant,
    ImageRow,
    Label,
    LightSource,
    Link,
    Organisation,
    Person,
    Publication,
    Sample,
    Setup,
    Specimen,
    Study,
    Variable,
)
from rembi_widgets.record._paths import entity_leaves, get, leaves, parts
from rembi_widgets.record._table import FileFacts, Rows, Table, cell
from rembi_widgets.record._tables import some_rows

if TYPE_CHECKING:
    from rembi_widgets.record._guide import (
        GUIDE,
        IMAGING,
        PATTERNS,
        TARGETS,
        FieldGuide,
        SectionGuide,
        choice_key,
        guide_json,
        level,
        section_of,
    )
    from rembi_widgets.record._matrix import Matrix, MatrixText, matrix_of
    from rembi_widgets.record._matrix_read import read_matrix
    from rembi_widgets.record._merge import Merged, merge
    from rembi_widgets.record._related import Related, entries_match, entries_of, read_related
    from rembi_widgets.record._settle import settling
    from rembi_widgets.record._template import as_template

__all__ = [
    "COLLECTIONS",
    "CONFIRMED",
    "END",
    "GUIDE",
    "IMAGING",
    "PATTERNS",
    "PREFIXES",
    "ROWS",
    "SINGLETONS",
    "TABLES",
    "TARGETS",
    "Absent",
    "Acquisition",
    "Analysis",
    "Annotation",
    "Association",
    "Biosample",
    "Change",
    "Channel",
    "Column",
    "Component",
    "Conflict",
    "Correlation",
    "Curation",
    "Detector",
    "Edit",
    "Entity",
    "FieldGuide",
    "FileFacts",
    "FileRow",
    "Filter",
    "Finding",
    "Frozen",
    "Grant",
    "GrowingColumn",
    "History",
    "ImageRow",
    "Label",
    "Level",
    "LightSource",
    "Link",
    "Mark",
    "Matrix",
    "MatrixText",
    "Merged",
    "Named",
    "Organisation",
    "Origin",
    "Person",
    "Publication",
    "Quantity",
    "Related",
    "Reordered",
    "Rival",
    "Rows",
    "Sample",
    "SectionGuide",
    "Setup",
    "Specimen",
    "Step",
    "Study",
    "Table",
    "Term",
    "Variable",
    "apply",
    "as_template",
    "cell",
    "choice_key",
    "compact",
    "diff",
    "entity_leaves",
    "entries_match",
    "entries_of",
    "get",
    "guide_json",
    "in_any_order",
    "invert",
    "is_empty",
    "leaves",
    "level",
    "matrix_of",
    "merge",
    "new_id",
    "parts",
    "plain",
    "read_matrix",
    "read_related",
    "repeated",
    "replaced",
    "run",
    "section_of",
    "settling",
    "some_rows",
    "spoken",
    "taken",
]

_GUIDE = frozenset(
    {
        "FieldGuide",
        "GUIDE",
        "IMAGING",
        "PATTERNS",
        "SectionGuide",
        "TARGETS",
        "choice_key",
        "guide_json",
        "level",
        "section_of",
    }
)
"""Names of the guide: loaded when first used, since a form alone in a cell does not ask for them."""

_CORRELATION = {
    **dict.fromkeys(("Matrix", "MatrixText", "matrix_of"), "rembi_widgets.record._matrix"),
    **dict.fromkeys(("Related", "entries_match", "entries_of", "read_related"), "rembi_widgets.record._related"),
    "read_matrix": "rembi_widgets.record._matrix_read",
}
"""Names of what a correlation says: asked for where there is one."""

_SELDOM = {
    **dict.fromkeys(("Merged", "merge"), "rembi_widgets.record._merge"),
    "settling": "rembi_widgets.record._settle",
    "as_template": "rembi_widgets.record._template",
}
"""Names for copies, conflicts and templates: asked for where there are any."""

__getattr__ = on_use(__name__, {**dict.fromkeys(_GUIDE, "rembi_widgets.record._guide"), **_CORRELATION, **_SELDOM})
