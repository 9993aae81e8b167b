"""STUDY PROTOCOLS of the layout back to specimens, acquisitions, analyses, correlations and annotations."""

from __future__ import annotations

from typing import TYPE_CHECKING

from rembi_widgets.formats.isatab._instrument import parameters_text
from rembi_widgets.formats.isatab._names import MADE_UP
from rembi_widgets.formats.isatab._profile import MODULE
from rembi_widgets.formats.isatab._protocols import (
    ACQUISITION,
    ACQUISITION_COMMENTS,
    ACQUISITION_ROWS,
    COLLECTION,
    DESCRIPTIONS,
    GROWTH,
    MODULES,
)
from rembi_widgets.formats.isatab._read_parts import ids_of
from rembi_widgets.formats.isatab._read_study import columns_of
from rembi_widgets.record import PREFIXES, Absent, Acquisition

if TYPE_CHECKING:
    from rembi_widgets.formats.isatab._document import Section
    from rembi_widgets.formats.isatab._read_parts import Holder, SectionColumn
    from rembi_widgets.formats.isatab._reading import Reading

_NAME, _TYPE, _TEXT = "Study Protocol Name", "Study Protocol Type", "Study Protocol Description"
_MODULES = {
    "Specimen": "specimens",
    "Image acquisition": "acquisitions",
    **{name: key for key, name in MODULES.items()},
}
_TYPES = {COLLECTION: "specimens", ACQUISITION: "acquisitions"}
_DESCRIPTIONS = {**DESCRIPTIONS, "specimens": "preparation_method", "acquisitions": "acquisition_parameters"}
"""Collection to the field that is the description of its protocol; a correlation has none."""
_COMPONENTS = {"microscope": "instrument_model", "acquisition software": "software"}
KNOWN_OTHERWISE = (
    _TYPE,
    *(f"{_TYPE} {part}" for part in ("Term Accession Number", "Term Source REF")),
    *(f"Study Protocol Parameters Name{part}" for part in ("", " Term Accession Number", " Term Source REF")),
    "Study Protocol Components Name",
    *(f"Study Protocol Components Type{part}" for part in ("", " Term Accession Number", " Term Source REF")),
    "Comment[REMBI Module]",
    "Comment[Instrument Attributes]",
    "Comment[Channel Content]",
    "Comment[Authors]",
    "Comment[Channel Content Accession]",
    "Comment[Channel Content Source]",
    "Comment[Channel Content Absence Reason]",
)
"""What the writer composes of values that stand elsewhere."""


def read_protocols(reading: Reading, section: Section) -> None:
    """Read the protocols; what a row's Protocol REF names is found by its name."""
    grown = {}
    for column in columns_of(section, reading.file):
        name, kind = column.cell(_NAME), column.cell(_TYPE)
        collection = _MODULES.get(column.cell("Comment[REMBI Module]")) or _TYPES.get(kind)
        identity = column.cell("Comment[REMBI ID]")
        nameless = not identity and "Comment[REMBI ID]" in column.has
        column.ask(*KNOWN_OTHERWISE)
        if kind == GROWTH:
            grown[name] = column
        elif collection is not None and not nameless:
            holder = reading.making.entity(collection, identity, collection, name)
            reading.protocols[name] = holder
            _read_protocol(reading, collection, holder, column)
            reading.keep(holder, column)
        elif collection is None and column.cell("Comment[REMBI Module]") != MODULE:
            reading.keep(reading.making.study, column, f"protocol {name} ")
    for name, column in grown.items():
        _read_growth(reading, name, column)


def _read_growth(reading: Reading, name: str, column: SectionColumn) -> None:
    """Take a growth protocol to its specimen; without an id it is taken when a row has both."""
    identity = column.cell("Comment[REMBI ID]")
    said = column.said(_TEXT)
    if identity in reading.making.entities["specimens"]:
        holder = reading.making.entity("specimens", identity)
        holder.take("growth_protocol", said, reading.file)
        reading.keep(holder, column, "growth ")
    else:
        reading.growth[name] = said


def _title(reading: Reading, holder: Holder, column: SectionColumn) -> None:
    if column.cell(f"Comment[{MADE_UP}]"):
        column.ask(_NAME)
        return
    label = "Comment[Title]" if "Comment[Title]" in column.has else _NAME
    holder.take("title", column.said(label), reading.file)


def _read_protocol(reading: Reading, collection: str, holder: Holder, column: SectionColumn) -> None:
    _title(reading, holder, column)
    field = _DESCRIPTIONS.get(collection)
    if field is not None:
        holder.take(field, column.said(_TEXT), reading.file)
    if collection == "specimens":
        holder.take("preparation_url", column.said("Study Protocol URI"), reading.file)
    elif collection == "acquisitions":
        _read_acquisition(reading, holder, column)
    elif collection == "annotations":
        authors = column.said("Comment[Authors REMBI ID]")
        holder.take("authors", authors if authors.text else column.said("Comment[Authors]"), reading.file)


def _read_acquisition(reading: Reading, holder: Holder, column: SectionColumn) -> None:
    for field, name in ACQUISITION_COMMENTS.items():
        holder.take(field, column.said(f"Comment[{name}]"), reading.file)
    if not any(field.startswith("instrument") for field in holder.values):
        _read_components(reading, holder, column)
    values = reading.making.values
    for field, (prefix, names) in ACQUISITION_ROWS.items():
        told = {one: column.said(f"Comment[{prefix} {name}]") for one, name in names.items()}
        said = told.pop("id").text
        count = max((len(values.items(one.text)) for one in told.values() if one.text), default=0)
        rows = holder.rows(field, ids_of(values, said, PREFIXES[field], count, holder.id), told, reading.file)
        column.extras(prefix, rows)


def _read_components(reading: Reading, holder: Holder, column: SectionColumn) -> None:
    """Take the microscope and the software from the protocol's components, where nothing else names them."""
    names, types = column.said("Study Protocol Components Name"), column.cell("Study Protocol Components Type")
    for name, kind in zip(names.text.split(";"), types.split(";"), strict=False):
        if (field := _COMPONENTS.get(kind)) is not None:
            holder.put(field, name, reading.file, names.header)


def drop_composed(reading: Reading) -> None:
    """Drop texts that the writer composed of what stands elsewhere: they are composed anew when it is written again."""
    for holder in reading.making.entities["acquisitions"].values():
        text = holder.values.get("acquisition_parameters")
        if text is None or isinstance(text, Absent):
            continue
        known = {key: value for key, value in holder.values.items() if key != "acquisition_parameters"}
        composed = parameters_text(Acquisition.model_validate(known))
        if squeezed(composed) == squeezed(text):
            del holder.values["acquisition_parameters"]
            reading.making.marks.pop(f"{holder.path}/acquisition_parameters", None)


def squeezed(text: str) -> str:
    """Give a text without blanks and control characters: cells are stripped and tamed when they are written."""
    return "".join(letter for letter in text if letter.isprintable() and not letter.isspace())
