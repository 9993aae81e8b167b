"""The cells of study and assay files: which rows of the record each row of a table is about."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from rembi_widgets.formats.isatab._derived import KINDS
from rembi_widgets.formats.isatab._image_fields import (
    AXES,
    FILE_COMMENTS,
    IMAGE_COMMENTS,
    IMAGE_PARAMETERS,
    LINKS,
    MEASURES,
)
from rembi_widgets.formats.isatab._leads import OBJECTIVE, TITLED, VARIABLES, Holder, Part, Plan, turned, variables
from rembi_widgets.formats.isatab._study import CHARACTERISTICS, LABELS, SAMPLE_CHARACTERISTICS

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from rembi_widgets.formats.isatab._document import Table
    from rembi_widgets.formats.isatab._document_columns import Column
    from rembi_widgets.formats.isatab._leads import Fields, Known

_SOURCE: Fields = {
    **turned(CHARACTERISTICS),
    **TITLED,
    "Source Name": "title",
    "experimental variable": f"{VARIABLES}.name",
    "Biosample ID": "",
    "Experimental Variable REMBI ID": f"{VARIABLES}.",
    "Experimental Variable Given": f"{VARIABLES}.value",
}
_SPECIMEN: Fields = {
    "Protocol REF": "title",
    "growth medium": "growth_medium",
    "preparation method": "preparation_method",
    "preparation terms": "preparation_terms",
}
_SAMPLE: Fields = {
    **turned(SAMPLE_CHARACTERISTICS),
    **{name: f"labels.{field}" for field, name in LABELS.items()},
    **TITLED,
    "REMBI ID": ("", "biosample", "specimen"),
    "Sample Name": "title",
    "Channel Content REMBI ID": "labels.",
}
_IMAGE: Fields = {
    **turned(IMAGE_COMMENTS),
    **turned(IMAGE_PARAMETERS),
    "REMBI ID": ("", "file", "component", "association"),
    "Dimension Extents": tuple(AXES),
}
_LINK: Fields = {**turned(LINKS), LINKS["id"]: ("", "sample", "acquisition")}
_FILE: Fields = {**turned(FILE_COMMENTS), "Image File": "path", "Assay Name": "path", "Source Image": "source_image"}
_ACQUISITION: Fields = {
    **turned(MEASURES),
    "Protocol REF": "title",
    "imaging method": "imaging_method",
    "objective": OBJECTIVE,
}
_MADE: Fields = {
    **turned(FILE_COMMENTS),
    "Derived Data File": "path",
    "REMBI ID": ("", "made_by", "source_image"),
    "Annotation ID": "",
    "Component REMBI ID": "component",
}
_INSIDE: Fields = {
    **turned(IMAGE_COMMENTS),
    **{name.capitalize(): field for field, name in IMAGE_PARAMETERS.items()},
    "REMBI ID": ("", "file", "association"),
    "Component REMBI ID": "component",
    "Dimension Extents": tuple(AXES),
}

Plans = list[Plan]


class TableLeads:
    """The plans of the columns of a table, one each."""

    def __init__(self, known: Known, table: Table, holders: Callable[[Column], Sequence[Holder]]) -> None:
        self._table = table
        self._plans: list[Plan] = []
        values: list[Column | None] = []
        told: Column | None = None
        for column in table.columns:
            told = column if column.kind not in {"unit", "term_source", "term_accession"} else told
            values.append(told)
        for value in values:
            self._plans.append(Plan(value.name, value.owner, holders(value)) if value else Plan("", -1, ()))
        self._known = known

    def paths(self, row: int, column: int) -> tuple[str, ...]:
        """Give the paths that explain a cell."""
        cells = self._table.rows[row]
        return self._plans[column].paths(row) if column < len(cells) and cells[column] else ()


def cell(table: Table, row: int, column: int) -> str:
    """Give a cell, an empty one where the row is too short or the column is none."""
    cells = table.rows[row]
    return cells[column] if 0 <= column < len(cells) else ""


def _comment(table: Table, name: str, owner: int | None = None) -> int:
    """Give the place of a comment in a table, of one node if it is named; -1 if there is none."""
    found = (one for one in table.columns if one.kind == "comment" and one.name == name)
    return next((one.index for one in found if owner in {None, one.owner}), -1)


def _node(table: Table, header: str) -> int:
    return next((one.index for one in table.columns if one.header == header), -1)


def study_leads(known: Known, table: Table) -> TableLeads:
    """Lead the cells of the study file."""
    sources = _comment(table, "REMBI ID", _node(table, "Source Name"))
    ids = _comment(table, "REMBI ID", _node(table, "Sample Name"))

    def biosample(row: int, _owner: int) -> tuple[Part, ...]:
        return known.part(cell(table, row, sources))

    def sample(row: int, _owner: int) -> tuple[Part, ...]:
        return known.part(cell(table, row, ids))

    def specimen(row: int, _owner: int) -> tuple[Part, ...]:
        return tuple(one for part in sample(row, -1) for one in known.part(part.get("specimen") or ""))

    first = next((one.index for one in table.columns if one.kind == "protocol_ref"), -1)
    several = sum(one.kind == "protocol_ref" for one in table.columns) > 1

    def ungrown(row: int, owner: int) -> tuple[Part, ...]:
        held = specimen(row, -1) if several and owner == first else ()
        return tuple(one for one in held if not (one.get("growth_protocol") or one.get("growth_medium")))

    def varied(given: str, row: int, _owner: int) -> tuple[Part, ...]:
        return tuple(one for part in biosample(row, -1) for one in variables(part, given))

    factors = known.factors
    held = [
        Holder(_SOURCE, biosample, {"experimental variable": f"{VARIABLES}."}),
        Holder({"Source Name": "title"}, sample),
    ]
    made = [Holder({"Protocol REF": "growth_protocol"}, ungrown), Holder(_SPECIMEN, specimen)]
    made.append(Holder({"Protocol REF": "specimen"}, sample))
    own = [Holder(_SAMPLE, sample, {"Channel Content": "labels."})]
    own += [Holder({name: "value"}, partial(varied, given)) for name, given in factors.items()]
    own.append(Holder(dict.fromkeys(factors, VARIABLES), biosample))
    by_node = {"Source Name": held, "Protocol REF": made, "Sample Name": own}
    return TableLeads(known, table, lambda column: by_node.get(table.columns[column.owner].header, []))


class _Rows:
    """What the rows of an assay file are about."""

    def __init__(self, known: Known, table: Table, samples: dict[str, str]) -> None:
        self.known, self.table, self._samples = known, table, samples
        self._file = _node(table, "Image File")
        self._image = _comment(table, "REMBI ID")
        self._link = _comment(table, "Association REMBI ID")
        self._made = _node(table, "Derived Data File")

    def sample(self, row: int, owner: int) -> tuple[Part, ...]:
        return self.known.part(self._samples.get(cell(self.table, row, owner), ""))

    def file(self, row: int, _owner: int) -> tuple[Part, ...]:
        return self.known.file(cell(self.table, row, self._file))

    def image(self, row: int, _owner: int) -> tuple[Part, ...]:
        identity = cell(self.table, row, self._image)
        return (self.known.image(identity),) if identity in self.known.record.images else ()

    def link(self, row: int, _owner: int) -> tuple[Part, ...]:
        found = self.known.links.get(cell(self.table, row, self._link))
        return (found[0],) if found is not None else ()

    def unknown(self, row: int, owner: int) -> tuple[Part, ...]:
        """Give the association of a row whose acquisition nobody knows."""
        name = cell(self.table, row, owner)
        return self.link(row, owner) if name in self.known.protocols else ()

    def protocol(self, row: int, owner: int) -> tuple[Part, ...]:
        found = self.known.protocols.get(cell(self.table, row, owner))
        return (found,) if found is not None else ()

    def made(self, row: int, _owner: int) -> tuple[Part, ...]:
        return self.known.file(cell(self.table, row, self._made))

    def inside(self, row: int, _owner: int) -> tuple[Part, ...]:
        ids = [part.path.rpartition("/")[2] for part in self.made(row, -1)]
        return tuple(self.known.image(image) for one in ids for image in self.known.inside.get(one, ()))


def image_leads(known: Known, table: Table, samples: dict[str, str]) -> TableLeads:
    """Lead the cells of the table of a study component."""
    rows = _Rows(known, table, samples)
    images = {**_IMAGE, **known.unknown("images")}
    holders = [
        Holder(images, rows.image),
        Holder({**_FILE, **known.unknown("files", images)}, rows.file),
        Holder(_LINK, rows.link),
        Holder(_ACQUISITION, rows.protocol),
        Holder({"Protocol REF": "acquisition"}, rows.unknown),
    ]
    first = [Holder({"Sample Name": "title"}, rows.sample)]
    return TableLeads(known, table, lambda column: holders if column.owner else first)


def derived_leads(known: Known, table: Table, samples: dict[str, str], entity: Part | None) -> TableLeads:
    """Lead the cells of the table of an analysis, a correlation or an annotation."""
    rows = _Rows(known, table, samples)
    collection = entity.path.split("/")[1] if entity is not None else ""
    kind = KINDS.get(collection)
    own: Fields = turned({**kind.parameters, **kind.comments}) if kind is not None else {}
    owned: tuple[Part, ...] = (entity,) if entity is not None else ()
    inside = {**_INSIDE, **known.unknown("images")}
    taken = {*_MADE, *known.unknown("files")}
    held: Fields = {
        **{name: field for name, field in inside.items() if name not in taken},
        **{f"Image {name}": field for name, field in inside.items() if name in taken},
    }
    by_node = {
        "Sample Name": [Holder({"Sample Name": "title"}, rows.sample)],
        "Image File": [Holder(_FILE, rows.file)],
        "Protocol REF": [
            Holder({"Assay Name": "path"}, rows.file),
            Holder({"Protocol REF": "title", "Data Transformation Name": "title", **own}, rows.protocol),
        ],
        "Derived Data File": [
            Holder(own, lambda _row, _owner: owned),
            Holder({**_MADE, **known.unknown("files")}, rows.made),
            Holder(held, rows.inside),
        ],
    }
    return TableLeads(known, table, lambda column: by_node.get(table.columns[column.owner].header, []))


def sample_names(known: Known) -> dict[str, str]:
    """Give the names of the samples in the study file with their ids."""
    table = known.study.table
    if table is None:
        return {}
    names = _node(table, "Sample Name")
    ids = _comment(table, "REMBI ID", names)
    return {cell(table, row, names): cell(table, row, ids) for row in range(len(table))}
