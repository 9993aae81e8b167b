"""Two records that were edited apart, brought together three ways: field by field, against what they began from."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from rembi_widgets.record._base import Origin
from rembi_widgets.record._changes import Change
from rembi_widgets.record._diff import diff
from rembi_widgets.record._history import History
from rembi_widgets.record._paths import parts
from rembi_widgets.record._tables import some_rows

if TYPE_CHECKING:
    from collections.abc import Iterator

    from rembi_widgets.record._changes import Edit
    from rembi_widgets.record._conflicts import Conflict
    from rembi_widgets.record._model import Curation


class Merged(NamedTuple):
    """The record that came of it, and what both changed differently: there ``record`` holds ours."""

    record: Curation
    conflicts: tuple[Conflict, ...]


def merge(base: Curation, ours: Curation, theirs: Curation) -> Merged:
    """Merge two records that come from one.

    What only one of them changed is taken; what both changed alike is taken once; what they changed differently is a
    conflict with both values, authors ``theirs`` and ``ours``. A value that a machine proposed yields to a person's. An
    entity that one removed and the other edited stays, and is a conflict.

    Parameters
    ----------
    base
        What both began from; an empty record if that is not known.
    ours, theirs
        The two; their entities are the same where their ids are.
    """
    history = History(base)
    history.merge([_change("1-theirs", _edits(base, theirs)), _change("2-ours", _edits(base, ours))])
    return Merged(history.record, history.conflicts)


def _change(writer: str, edits: tuple[Edit, ...]) -> Change:
    """Give a change of somebody who knew of nothing but the base; the later writer's values stand."""
    author = writer.rpartition("-")[2]
    return Change(id=f"{writer}-1", author=author, clock=1, origin=Origin(kind="merge"), edits=edits, seen={})


def _edits(base: Curation, other: Curation) -> tuple[Edit, ...]:
    """Give what leads to a record, each edit with what is known of its value: who gave it decides who yields."""
    edits = diff(base, other)
    given = {edit.path for edit in edits if edit.op in {"set", "clear"}}
    kept = [edit for edit in edits if edit.op != "confirm" or edit.path not in given]
    return tuple(part for edit in kept for part in _marked(edit, other))


def _marked(edit: Edit, other: Curation) -> Iterator[Edit]:
    if edit.op in {"set", "clear"}:
        yield edit.model_copy(update={"mark": other.marks.get(edit.path)})
    elif edit.op == "fill" and edit.marks is not None:
        table, column = parts(edit.path)
        known = [getattr(other, table).mark(row, column) for row in edit.rows or ()]
        proposed = [place for place, mark in enumerate(known) if mark is not None and not mark.confirmed]
        people = [place for place in range(len(known)) if place not in set(proposed)]
        for places, origin in ((people, None), (proposed, Origin(kind="scan"))):
            part = some_rows(edit, places)
            if part is not None:
                yield part.model_copy(update={"origin": origin})
    else:
        yield edit
