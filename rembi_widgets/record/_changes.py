"""Changes: the only road to a record, and the way back.

A change is one step of a person or a machine: one journal line, one undo. It holds edits, each of seven
kinds, on paths that name entities and rows by id. ``apply`` and ``invert`` are pure: they take a record and
give another, or the edits that lead back. Both run the same steps (``run``), which know for each edit
what it overwrites.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Literal

from pydantic import Field, model_validator

from rembi_widgets.record._base import Frozen, Mark, Origin, plain

END = "*"
"""``after`` of an edit that puts something at the end."""

CONFIRMED = frozenset({"typed", "fix", "edited_outside", "copy"})
"""Origins behind which stands a person: their values need no confirmation."""

Op = Literal["set", "clear", "confirm", "add", "remove", "move", "fill"]


class Edit(Frozen):
    """One edit of a record.

    Attributes
    ----------
    op
        ``set``, ``clear``, ``confirm``, ``add``, ``remove``, ``move`` or ``fill``.
    path
        The field, the entity, or for ``add`` and ``fill`` the collection or ``/table/column``.
    value, values
        What to set; for ``fill`` one for all rows or one a row.
    id, after
        For ``add`` the new entity's id; for ``add`` and ``move`` the entity it comes after
        (``None``: it comes first, ``"*"``: last).
    rows, at
        Row ids of a table, and the positions they are to have.
    origin, mark, marks
        Where the value came from, if it differs from the change's; or the whole mark (``null`` forgets it);
        ``marks`` by relative path for ``add``, by row for ``fill``.
    """

    op: Op
    path: str
    value: Any = None
    values: tuple[Any, ...] | None = None
    id: str | None = None
    after: str | None = END
    rows: tuple[str, ...] | None = None
    at: tuple[int, ...] | None = None
    origin: Origin | None = None
    mark: Mark | None = None
    marks: Any = None

    @model_validator(mode="before")
    @classmethod
    def _plain_value(cls, data: Any) -> Any:
        if isinstance(data, dict):
            return {key: plain(item) if key == "value" else item for key, item in data.items()}
        return data

    def plain(self) -> dict[str, Any]:
        """Give the JSON form: only what was said; a ``null`` that was said is kept."""
        return {key: plain(value) for key, value in self if key in self.model_fields_set}

    @property
    def forgets(self) -> bool:
        """Whether the edit says that nothing is known of the value any more."""
        return "mark" in self.model_fields_set and self.mark is None


class Change(Frozen):
    """One step: who made it, when, from what origin, and its edits.

    ``id`` is ``<writer>-<number>``; ``clock`` is one more than the highest the writer had seen, so that sorting by
    (clock, writer) puts every change behind those it knew of. ``seen`` names what is new to the writer since its own
    last change: other writers, and the number of each one's last change. A writer's first change always has it, be it
    empty; one without it stands for having seen all that comes before. ``read`` is the checksum of files edited by
    hand whose edits it took in, so that they are taken in once.
    """

    id: str = Field(pattern=r"^.+-[0-9]{1,15}$")
    parent: str | None = None
    author: str = ""
    at: str = ""
    clock: int = 0
    origin: Origin = Field(default_factory=Origin)
    edits: tuple[Edit, ...] = Field(default=())
    undoes: str | None = None
    redoes: str | None = None
    read: str | None = None
    seen: Mapping[str, int] | None = None

    @property
    def number(self) -> int:
        """The place among its writer's changes, from 1."""
        return int(self.id.rpartition("-")[2])

    @property
    def writer(self) -> str:
        """The journal this change stands in."""
        return self.id.rpartition("-")[0]

    @property
    def order(self) -> tuple[int, str]:
        """Where this change stands among all: the same on every machine."""
        return (self.clock, self.writer)
