"""The guide: what every field of the record is, how far each target needs it, and where it goes.

Forms, help, checks and the field reference are read from here. The sections stand as data in ``guide/*.json``, one file
a section, ordered by ``sections.json``; a key that a field leaves out has the default below. Texts are in the catalogue
under ``guide.<section>.*``.

Sources of the levels: the submission template BioImages.v5 (bia), the layout rembi-isatab/1 (isatab), the study file
that IDR's parser reads (idr), the key-value pairs in use (omero).
"""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cache
from importlib.resources import files
from types import MappingProxyType
from typing import TYPE_CHECKING, Any, Literal

if TYPE_CHECKING:
    from collections.abc import Iterator

TARGETS = ("isatab", "bia", "idr", "omero")
"""Where a record can go: ISA-Tab, BioImage Archive, Image Data Resource, OMERO."""
IMAGING = ("light", "electron", "xray", "correlative", "screen")
"""Kinds of imaging that a field or section may be limited to."""
PATTERNS = ("email", "orcid", "ror", "doi", "url", "date", "year", "pubmed", "colour")
"""Names of the patterns a text may have to fit; the rules themselves are the checks'."""

Need = Literal["required", "recommended", "optional"]
Use = Literal["required", "used", "no"]


@dataclass(frozen=True, slots=True, kw_only=True)
class FieldGuide:
    """What one field is.

    Attributes
    ----------
    name
        Its name in the record.
    kind
        What to show and which values it takes: text, long, number, quantity, date, choice, choices, flag, texts, term,
        terms, ref, refs, rows, url, email, orcid, ror or doi.
    levels
        Target to ``required``, ``recommended`` or ``optional``.
    rembi
        The REMBI attribute it holds or belongs to; ``MIFA: <attribute>`` for MIFA's.
    terms
        Field key of the term search.
    units
        Symbols of the units, the usual one first; a number has its only unit here.
    choices, ids, free
        Values to choose from (suggestions if ``free``), and the term ids of those that have one.
    of, also
        Collection or rows field that a reference points to, and others it may point to besides.
    rows
        Section of the rows it holds.
    scope
        Kinds of imaging it is for.
    pattern, min_length
        Name of the pattern a text should fit, and its least number of characters.
    readonly
        True for what a machine fills.
    composed_from
        Fields of the same entity from which an export composes this one's text, so that any of them answers it.
    isa, bia, omero
        Where the value stands in the ISA-Tab, in the archive's PageTab, in OMERO.
    """

    name: str
    kind: str
    levels: Mapping[str, Need]
    rembi: str | None = None
    terms: str | None = None
    units: tuple[str, ...] = ()
    choices: tuple[str, ...] = ()
    ids: Mapping[str, str] = field(default_factory=lambda: MappingProxyType({}))
    free: bool = False
    of: str | None = None
    also: tuple[str, ...] = ()
    rows: str | None = None
    scope: tuple[str, ...] = IMAGING
    pattern: str | None = None
    min_length: int | None = None
    readonly: bool = False
    composed_from: tuple[str, ...] = ()
    isa: str | None = None
    bia: str | None = None
    omero: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class SectionGuide:
    """What one section is: an entity of its own, a list of them, a table, or rows inside an entity.

    Attributes
    ----------
    name
        Its name in the guide, singular.
    collection
        Its place in the record; for rows, the field of the entity that holds them.
    kind
        ``one``, ``many``, ``table`` or ``rows``.
    module
        REMBI's module, or ``MIFA``.
    use
        Target to ``required`` (at least one is needed), ``used`` (asked for only where there is one) or ``no``.
    prefix
        Prefix of its ids.
    title
        The field that names an entity in a list.
    groups
        Name and field names of each group, in the order of the form.
    fields
        The fields by name, in the same order.
    """

    name: str
    collection: str
    kind: Literal["one", "many", "table", "rows"]
    module: str | None
    scope: tuple[str, ...]
    use: Mapping[str, Use]
    prefix: str | None
    title: str | None
    groups: tuple[tuple[str, tuple[str, ...]], ...]
    fields: Mapping[str, FieldGuide]


class _Guide(Mapping[str, SectionGuide]):
    """The sections by name, read when first asked for: importing the record reads no file."""

    def __getitem__(self, name: str) -> SectionGuide:
        return guide()[name]

    def __iter__(self) -> Iterator[str]:
        return iter(guide())

    def __len__(self) -> int:
        return len(guide())


GUIDE: Mapping[str, SectionGuide] = _Guide()
"""Section name to its guide.

>>> GUIDE["biosample"].fields["organism"].levels["bia"]
'required'
"""


@cache
def guide() -> Mapping[str, SectionGuide]:
    """Give all sections by name, in the order in which a person meets them; read once from the package's data."""
    return MappingProxyType({name: _section(_read(name)) for name in _read("sections")})


def _read(name: str) -> Any:
    return json.loads(files(__package__).joinpath("guide", f"{name}.json").read_text(encoding="utf-8"))


def _section(said: Mapping[str, Any]) -> SectionGuide:
    groups = tuple((group["name"], tuple(group["fields"])) for group in said["groups"])
    fields = {item["name"]: FieldGuide(**_frozen(item)) for item in said["fields"]}
    return SectionGuide(**_frozen(said) | {"groups": groups, "fields": MappingProxyType(fields)})


def _frozen(said: Mapping[str, Any]) -> dict[str, Any]:
    return {key: _fixed(value) for key, value in said.items()}


def _fixed(value: Any) -> Any:
    """Give a list as a tuple and a mapping as a read-only one."""
    if isinstance(value, dict):
        return MappingProxyType(value)
    return tuple(value) if isinstance(value, list) else value


@cache
def _by_collection() -> Mapping[str, SectionGuide]:
    return {section.collection: section for section in guide().values()}


def section_of(collection: str) -> SectionGuide:
    """Give the section of a collection, a table, a singleton or a rows field.

    Raises
    ------
    KeyError
        If the record has no such part.

    Examples
    --------
    >>> section_of("biosamples").name, section_of("channels").name
    ('biosample', 'channel')
    """
    return _by_collection()[collection]


def level(section: str, field: str, target: str) -> Need:
    """Tell how far a target needs a field.

    Raises
    ------
    KeyError
        If there is no such section, field or target.

    Examples
    --------
    >>> level("study", "license", "bia")
    'required'
    """
    return guide()[section].fields[field].levels[target]


def choice_key(field: str, value: str) -> str:
    """Give the catalogue's key for the label of a choice.

    >>> choice_key("license", "CC BY 4.0")
    'guide.choice.license.cc_by_4_0'
    """
    return f"guide.choice.{field}." + re.sub(r"[^a-z0-9]+", "_", value.lower()).strip("_")


@cache
def guide_json() -> dict[str, Any]:
    """Give the whole guide as plain JSON for the browser: ``sections``, ``targets``, ``imaging``.

    Every field has every key. The answer is shared: read it, do not change it.
    """
    sections = {name: _section_json(section) for name, section in guide().items()}
    return {"sections": sections, "targets": list(TARGETS), "imaging": list(IMAGING)}


def _section_json(section: SectionGuide) -> dict[str, Any]:
    groups = [{"name": name, "fields": list(names)} for name, names in section.groups]
    return _plain(section) | {"groups": groups, "fields": [_plain(item) for item in section.fields.values()]}


def _plain(part: SectionGuide | FieldGuide) -> dict[str, Any]:
    return {name: _thawed(getattr(part, name)) for name in part.__slots__}


def _thawed(value: Any) -> Any:
    if isinstance(value, Mapping):
        return {key: _thawed(held) for key, held in value.items()}
    return list(value) if isinstance(value, tuple) else value
