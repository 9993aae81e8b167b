"""From a cell of the ISA-Tab back to the values of the record that it says.

The layout ``rembi-isatab/1`` tells of every column which field it holds, and each row bears the ids of what it is
about: so the way back is composed from the same tables of names that the writer uses, cell by cell, when somebody asks.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING, Any, NamedTuple

from rembi_widgets.formats.isatab._cells import tame, words
from rembi_widgets.formats.isatab._extras import flat
from rembi_widgets.formats.isatab._names import MADE_UP, field_name
from rembi_widgets.record import COLLECTIONS, TABLES, Frozen, is_empty, plain

if TYPE_CHECKING:
    from rembi_widgets.formats.isatab._document import Document, Study
    from rembi_widgets.record import Association, Curation

Fields = Mapping[str, str | tuple[str, ...]]
"""Name of a column or label to the field it says. ``""``: the thing itself; ``rows.field``: of each of its rows;
``*name``: its own key of a name; several fields: a text that is composed of them."""

TITLED: dict[str, str] = {"REMBI ID": "", "Title": "title", MADE_UP: "title"}
INSTRUMENT = ("instrument_manufacturer", "instrument_model", "instrument_type", "instrument_description")
OBJECTIVE = tuple(f"objective_{part}" for part in ("manufacturer", "model", "magnification", "na", "immersion"))
VARIABLES = "experimental_variable"
_COLUMNS = frozenset(field for model in TABLES.values() for field in model.model_fields)
"""The columns of both tables that the record knows."""
_BEHIND = (
    " Term Accession Number",
    " Term Source REF",
    " Absence Reason",
    " Accession",
    " Source",
    " As Given",
)
"""What stands behind the name of a value in the names of those beside it."""


@dataclass(frozen=True)
class Part:
    """A part of the record: its path, and what gives its values."""

    path: str
    held: Any

    def get(self, field: str) -> Any:
        """Give a value, ``None`` if it has none."""
        if isinstance(self.held, Frozen):
            return getattr(self.held, field, None)
        table, row = self.held
        return table.value(row, field)

    @property
    def extra(self) -> Mapping[str, Any]:
        """What it keeps without knowing it; of a row of a table the columns tell."""
        return (self.held.model_extra or {}) if isinstance(self.held, Frozen) else {}

    def places(self, field: str) -> Iterator[tuple[str, Any]]:
        """Give path and value of a field, or of a field of each of its rows."""
        rows, dot, inner = field.partition(".")
        if field.startswith("*"):
            yield from ((f"{self.path}/{key}", True) for key in keys_named(self, set(_bases(field[1:]))))
        elif not dot:
            if not field:
                yield self.path, True
            elif not isinstance(self.held, Frozen) or field in type(self.held).model_fields:
                yield f"{self.path}/{field}", self.get(field)
        else:
            for row in self.get(rows) or ():
                yield from Part(f"{self.path}/{rows}/{row.id}", row).places(inner)


class Holder(NamedTuple):
    """What some columns may say: the names and fields, and the parts of the record that a place is about.

    Attributes
    ----------
    at
        Gives the parts for a place: a row of a table and the column that owns the cell, or a column of a section.
    prefixes
        First words of names to the rows, with a dot, whose own keys have names that begin so; ``""``: the part itself.
    """

    fields: Fields
    at: Callable[[int, int], Sequence[Part]]
    prefixes: Mapping[str, str] = {}


class Plan:
    """How the cells of one column are led: what may explain them, best first."""

    def __init__(self, name: str, owner: int, holders: Sequence[Holder]) -> None:
        self._owner = owner
        found = [(holder, found) for holder in holders if (found := _fields_of(name, holder)) is not None]
        found.sort(key=lambda one: one[1][0])
        self._known = [(holder.at, fields) for holder, (_, fields) in found]
        self._keys = [] if found else [(holder.at, set(_bases(name))) for holder in holders]

    def paths(self, place: int) -> tuple[str, ...]:
        """Give the paths that explain a cell: those with a value, else that of the empty value, else none."""
        empty: tuple[str, ...] = ()
        for at, fields in self._known:
            told = [one for part in at(place, self._owner) for field in fields for one in part.places(field)]
            given = tuple(path for path, value in told if not is_empty(value))
            if given:
                return given
            empty = empty or tuple(path for path, _ in told)[:1]
        return empty or self._unknown(place)

    def _unknown(self, place: int) -> tuple[str, ...]:
        for at, names in self._keys:
            found = [f"{part.path}/{key}" for part in at(place, self._owner) for key in keys_named(part, names)]
            if found:
                return tuple(dict.fromkeys(found))
        return ()


def keys_named(part: Part, names: set[str]) -> Iterator[str]:
    """Give the keys of a part that nobody knows and that are written under one of some names."""
    for key, value in part.extra.items():
        if names & {field_name(name) for name in flat(key, plain(value))}:
            yield key


def _bases(name: str) -> Iterator[str]:
    """Give a name, and what it is without what stands behind the names of values."""
    yield name
    for behind in (*_BEHIND, " 2"):
        if name.endswith(behind):
            yield from _bases(name.removesuffix(behind))


def _fields_of(name: str, holder: Holder) -> tuple[int, tuple[str, ...]] | None:
    """Give the fields that a name says, and how much was taken off the name until it was known."""
    for depth, base in enumerate(_bases(name)):
        field = holder.fields.get(base)
        if field is not None:
            return depth, field if isinstance(field, tuple) else (field,)
    for prefix, rows in holder.prefixes.items():
        if name.startswith(f"{prefix} "):
            return 0, (f"{rows}*{name.removeprefix(prefix).strip()}",)
    return None


def turned(fields: Mapping[str, str]) -> dict[str, str]:
    """Give the writer's table of fields to names as names to fields."""
    return {name: field for field, name in fields.items()}


class Known:
    """What the record has, by the ids, names and paths that stand in the cells."""

    def __init__(self, document: Document, record: Curation) -> None:
        self.document, self.record = document, record
        self.parts = {one.id: Part(f"/{name}/{one.id}", one) for name in COLLECTIONS for one in getattr(record, name)}
        self.links: dict[str, tuple[Part, Association]] = {
            one.id: (Part(f"/components/{component.id}/associations/{one.id}", one), one)
            for component in record.components
            for one in component.associations
        }

    @cached_property
    def study(self) -> Study:
        """The one study of the document."""
        return self.document.investigations[0].studies[0]

    @cached_property
    def files(self) -> dict[str, str]:
        """Path of a file as it stands in cells to its id."""
        ids, paths = self.record.files.ids, self.record.files.column("path")
        return {tame(words(path)): row for row, path in zip(ids, paths, strict=True)}

    @cached_property
    def inside(self) -> dict[str, list[str]]:
        """Id of a file to the ids of its images."""
        found: dict[str, list[str]] = {}
        for image, file in zip(self.record.images.ids, self.record.images.column("file"), strict=True):
            found.setdefault(file or "", []).append(image)
        return found

    @cached_property
    def protocols(self) -> dict[str, Part | None]:
        """Name of a protocol to what it stands for, ``None`` if that is nothing of the record."""
        section = self.study.section("STUDY PROTOCOLS")
        columns = [section.column(place) for place in range(section.width)]
        return {
            one.get("Study Protocol Name", ""): self.parts.get(one.get("Comment[REMBI ID]", ""))
            for one in columns
            if one.get("Comment[REMBI Module]") != "ISA profile"
        }

    def part(self, identity: str) -> tuple[Part, ...]:
        """Give the entity of an id, as none or one."""
        found = self.parts.get(identity)
        return (found,) if found is not None else ()

    def image(self, identity: str) -> Part:
        """Give an image."""
        return Part(f"/images/{identity}", (self.record.images, identity))

    def file(self, path: str) -> tuple[Part, ...]:
        """Give the file of a path, as none or one."""
        identity = self.files.get(path)
        return (Part(f"/files/{identity}", (self.record.files, identity)),) if identity is not None else ()

    def unknown(self, name: str, taken: Iterable[str] = ()) -> dict[str, str]:
        """Give the names of the columns of a table that the record does not know.

        A name that is taken has a number behind it where the other column is written too, else it stands as it is.
        """
        table, used = getattr(self.record, name), {one.casefold() for one in taken}
        found = {}
        for column in sorted(table.columns.keys() - _COLUMNS):
            found[free := field_name(column)] = column
            while free.casefold() in used:
                free += " 2"
            used.add(free.casefold())
            found[free] = column
        return found

    @cached_property
    def factors(self) -> dict[str, str]:
        """Name of a factor to the name of its variables as given."""
        section = self.study.section("STUDY FACTORS")
        columns = [section.column(place) for place in range(section.width)]
        return {one.get("Study Factor Name", ""): one.get("Comment[Variable Name]", "") for one in columns}


def variables(biosample: Part, given: str) -> Iterator[Part]:
    """Give the experimental variables of a biosample that have a name."""
    for row in biosample.get(VARIABLES) or ():
        if tame(words(row.name)) == given:
            yield Part(f"{biosample.path}/{VARIABLES}/{row.id}", row)
