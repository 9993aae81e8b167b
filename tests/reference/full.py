"""A record in which every field of the guide has a value of its own, so that it can be found in what is written."""

from __future__ import annotations

from itertools import count
from typing import Any

from rembi_widgets.record import GUIDE, Curation, FieldGuide, SectionGuide, Table, cell

FORMS = {
    "email": "ada@example.org",
    "orcid": "0000-0002-1825-0097",
    "ror": "https://ror.org/02catss52",
    "doi": "10.1038/s41592-021-01166-8",
    "date": "2026-11-24",
    "pubmed": "34021280",
    "year": "2021",
    "colour": "#00ff7f",
    "accession": "S-BIAD1234",
}
"""Kind or pattern of a field to a value that fits it."""
WAYS = {
    ("sample", "biosample"): "bs-1",
    ("sample", "specimen"): "sp-1",
    ("association", "sample"): "sa-1",
    ("association", "acquisition"): "aq-1",
    ("association", "correlation"): "co-1",
    ("association", "analysis"): "an-1",
    ("person", "affiliations"): ["or-1"],
    ("annotation", "authors"): ["pe-1"],
    ("channel", "label"): "lb-1",
}
"""What refers to what; tables refer to rows, below."""
IDS = {
    "person": "pe-1",
    "organisation": "or-1",
    "biosample": "bs-1",
    "specimen": "sp-1",
    "sample": "sa-1",
    "label": "lb-1",
    "acquisition": "aq-1",
    "correlation": "co-1",
    "analysis": "an-1",
    "annotation": "at-1",
    "component": "sc-1",
    "association": "as-1",
}
ENTITIES = [section for section in GUIDE.values() if section.kind == "many"]
TABLE_REFS = ("file", "component", "association", "made_by", "source_image")


class Values:
    """Gives each field a value that no other field has, as far as its kind allows."""

    def __init__(self) -> None:
        self._numbers = count(1001)
        self.of: dict[tuple[str, str], Any] = {}

    def entity(self, section: SectionGuide) -> dict[str, Any]:
        """Give an entity or row with all its fields."""
        made: dict[str, Any] = {name: self.value(section, field) for name, field in section.fields.items()}
        return made if section.kind == "one" else {"id": IDS.get(section.name, f"{section.name}-1"), **made}

    def value(self, section: SectionGuide, field: FieldGuide, mark: str = "") -> Any:
        """Give a value of a field; ``mark`` makes another one of it."""
        if field.kind == "rows":
            return [self.entity(GUIDE[field.rows or ""])]
        made = WAYS.get((section.name, field.name)) or self._made(section, field, mark)
        self.of.setdefault((section.name, field.name), made)
        return made

    def _made(self, section: SectionGuide, field: FieldGuide, mark: str) -> Any:
        word = f"{section.name} {field.name} said {mark}".strip().replace("_", " ")
        form = FORMS.get(field.kind) or FORMS.get(field.pattern or "") or FORMS.get(field.name)
        number = next(self._numbers)
        one: Any = form or word
        if field.kind == "url":
            one = f"https://example.org/{section.name}/{field.name}"
        elif field.kind in {"choice", "choices"}:
            one = field.choices[bool(mark)]
        elif field.kind == "number":
            one = float(number)
        elif field.kind == "quantity":
            one = {"number": float(number), "unit": field.units[0]}
        elif field.kind == "flag":
            one = not mark
        elif field.kind in {"term", "terms"}:
            one = {"label": word, "id": None}
        return [one] if field.kind in {"choices", "texts", "terms", "refs"} else one


def full_record() -> tuple[Curation, dict[tuple[str, str], Any]]:
    """Give the record, and the value of each field by section and field: in tables, that of the first row."""
    values = Values()
    made: dict[str, Any] = {"study": values.entity(GUIDE["study"]), "setup": values.entity(GUIDE["setup"])}
    for section in ENTITIES:
        made[section.collection] = [values.entity(section)]
    made["files"] = _table(
        [
            _row(values, "file", "fi-1", component="sc-1", path="a/one.tif"),
            _row(values, "file", "fi-2", component="sc-1", path="b/two.tif"),
            _row(values, "file", "fi-3", made_by="at-1", source_image="im-1", path="made/three.tif"),
            _row(values, "file", "fi-4", made_by="at-1", source_image="im-2", path="made/four.tif"),
            _row(values, "file", "fi-5", made_by="an-1", source_image="im-1", path="made/five.tif"),
        ]
    )
    links = {"component": "sc-1", "association": "as-1"}
    places = {"im-1": "fi-1", "im-2": "fi-2", "im-3": "fi-2"}
    made["images"] = _table([_row(values, "image", image, file=file, **links) for image, file in places.items()])
    return Curation.model_validate(made), values.of


def _row(values: Values, name: str, identity: str, **refs: str) -> dict[str, Any]:
    section = GUIDE[name]
    mark = "" if identity.endswith("-1") else identity
    row = {
        field: values.value(section, guide, mark)
        for field, guide in section.fields.items()
        if field not in {*TABLE_REFS, "path"}
    }
    for field, value in refs.items():
        values.of.setdefault((name, field), value)
    flat = {field: value[0] if isinstance(value, list) else value for field, value in row.items()}
    return {"id": identity, **flat, **refs}


def _table(rows: list[dict[str, Any]]) -> Table:
    table = Table().with_rows([row["id"] for row in rows])
    for name in dict.fromkeys(name for row in rows for name in row if name != "id"):
        table = table.with_cells(name, table.ids, [cell(row.get(name)) for row in rows], [None] * len(rows))
    return table
