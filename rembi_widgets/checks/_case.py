"""A case: one record looked at for one target, with the lookups that several rules share."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING, Any

from rembi_widgets.record import COLLECTIONS, Finding

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping

    from rembi_widgets.record import Curation, Edit, Entity, FileFacts, Level

    Rule = Callable[["Case"], Iterator[Finding]]

SHOWN = 120
"""Letters of a found value that a sentence repeats."""


@dataclass(frozen=True)
class Case:
    """What a rule may ask.

    Attributes
    ----------
    record
        The record.
    targets
        The targets it is looked at for; several for ``all``.
    facts
        What is known of the files on disk; ``None`` if nothing is.
    """

    record: Curation
    targets: tuple[str, ...] = ("isatab",)
    facts: FileFacts | None = None

    @cached_property
    def imaging(self) -> frozenset[str]:
        """The kinds of imaging the record is about; none if nobody said."""
        said = self.record.setup.imaging
        return frozenset(said) if isinstance(said, tuple) else frozenset()

    @cached_property
    def ids(self) -> Mapping[str, frozenset[str]]:
        """Collection to the ids in it; ``labels`` and ``associations`` among them."""
        known = {name: frozenset(entity.id for entity in self.of(name)) for name in COLLECTIONS}
        known["labels"] = frozenset(label.id for sample in self.record.samples for label in sample.labels)
        known["associations"] = frozenset(one.id for part in self.record.components for one in part.associations)
        return known

    def of(self, collection: str) -> tuple[Any, ...]:
        """Give the entities of a collection."""
        return tuple(getattr(self.record, collection))

    def name(self, path: str) -> str:
        """Give what to call the entity, or the row in it, that a path leads into; by its number if it has no name."""
        collection, identity, *rest = path.split("/")[1:]
        items = self.of(collection)
        holder, said = _called(items, identity)
        if len(rest) > 1:
            said = f"{said}, {_called(getattr(holder, rest[0]), rest[1])[1]}"
        return said

    def entities(self, collection: str) -> Iterator[tuple[str, Any]]:
        """Give the entities of a collection, or of the rows in one (``samples.labels``), with their paths."""
        name, _, rows = collection.partition(".")
        for entity in self.of(name):
            path = f"/{name}/{entity.id}"
            if not rows:
                yield path, entity
                continue
            for row in getattr(entity, rows):
                yield f"{path}/{rows}/{row.id}", row


def _called(items: tuple[Any, ...], identity: str) -> tuple[Any, str]:
    number, found = next((n, item) for n, item in enumerate(items, 1) if item.id == identity)
    return found, name_of(found) or str(number)


def finding(
    level: Level,
    code: str,
    path: str,
    *,
    found: object = None,
    wanted: object = None,
    fix: tuple[Edit, ...] | None = None,
    **values: Any,
) -> Finding:
    """Give a finding whose sentence may name what was found and what was wanted."""
    said = None if found is None else _short(str(found))
    aim = None if wanted is None else str(wanted)
    known = {**values, "found": said or "", "wanted": aim or ""}
    return Finding(level=level, code=code, path=path, values=known, found=said, wanted=aim, fix=fix)


def _short(said: str) -> str:
    return said if len(said) <= SHOWN else said[: SHOWN - 1] + "…"


def name_of(entity: Entity) -> str | None:
    """Give the name a person knows an entity by: its title, or its names; ``None`` if it has none yet."""
    said = [getattr(entity, field, None) for field in ("title", "first_name", "last_name", "name", "funder", "url")]
    given = [text for text in said if isinstance(text, str)]
    return _short(" ".join(given)) if given else None
