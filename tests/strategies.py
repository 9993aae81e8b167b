"""Hypothesis strategies: values, random full records, and random edits of them."""

from __future__ import annotations

from typing import Any, get_args

from hypothesis import strategies as st

from rembi_widgets.record import (
    COLLECTIONS,
    PREFIXES,
    ROWS,
    TABLES,
    Absent,
    Curation,
    Edit,
    Mark,
    Origin,
    Quantity,
    Table,
    Term,
)

words = st.text(st.characters(blacklist_categories=("Cs", "Cc")), min_size=1, max_size=20).map(str.strip).filter(bool)
long_text = st.one_of(words, st.lists(words, min_size=2, max_size=3).map("\n".join))
numbers = st.floats(min_value=1e-6, max_value=1e6, allow_nan=False).map(lambda x: float(f"{x:.6g}"))
curies = st.sampled_from(["FBbi:00000251", "NCBITaxon:9606", "CVCL_0030", "GO:0005634", "CL:0000057"])
terms = st.builds(Term, label=words, id=st.none() | curies)
quantities = st.builds(Quantity, number=numbers, unit=st.sampled_from(["nm", "µm", "ms", "s", "kV", "°C"]))
absences = st.builds(Absent, absent=st.sampled_from(["not_applicable", "not_recorded"]), reason=st.none() | words)
origins = st.builds(Origin, kind=st.sampled_from(["typed", "scan", "import"]), header=st.none() | words)
marks = st.builds(Mark, confirmed=st.booleans(), origin=origins)


def _kind(annotation: Any) -> str:
    said = str(annotation)
    for kind in ("Term", "Quantity", "bool", "float"):
        if kind in said:
            return kind
    return "str"


def field_values(model: type, name: str, *, absent: bool = True) -> st.SearchStrategy[Any]:
    """Values that a field of a class takes, empties not among them."""
    annotation = model.model_fields[name].annotation
    one = {"Term": terms, "Quantity": quantities, "bool": st.booleans(), "float": numbers, "str": long_text}[
        _kind(annotation)
    ]
    many = "tuple" in str(annotation)
    whole = st.lists(one, min_size=1, max_size=3).map(tuple) if many else one
    takes_absent = absent and any("Absent" in str(arg) for arg in get_args(annotation))
    return whole | absences if takes_absent else whole


@st.composite
def entities(draw: st.DrawFn, model: type, identity: str) -> Any:
    """A random entity with some of its fields and rows."""
    given: dict[str, Any] = {"id": identity}
    for name in model.model_fields:
        if name == "id" or not draw(st.booleans()):
            continue
        if name in ROWS:
            rows = range(draw(st.integers(0, 2)))
            given[name] = tuple(draw(entities(ROWS[name], f"{PREFIXES[name]}-{identity}{n}")) for n in rows)
        else:
            given[name] = draw(field_values(model, name))
    return model.model_validate(given)


@st.composite
def tables(draw: st.DrawFn, name: str) -> Table:
    """A random table of a few rows, with marks here and there."""
    ids = tuple(f"{PREFIXES[name]}-{n}" for n in draw(st.permutations(range(draw(st.integers(0, 4))))))
    table = Table().with_rows(ids)
    for column in draw(st.lists(st.sampled_from(sorted(TABLES[name].model_fields)), max_size=5, unique=True)):
        values = [draw(st.none() | field_values(TABLES[name], column)) for _ in ids]
        table = table.with_cells(column, ids, values, [draw(st.none() | marks) for _ in ids])
    return table


@st.composite
def records(draw: st.DrawFn) -> Curation:
    """A random record; references in it lead anywhere."""
    given: dict[str, Any] = {}
    for name in ("setup", "study"):
        model = Curation.model_fields[name].annotation
        made = draw(entities(model, "x"))
        given[name] = model.model_validate({k: v for k, v in made if k != "id"})
    for name, model in COLLECTIONS.items():
        ids = draw(st.lists(st.integers(0, 5), max_size=2, unique=True))
        given[name] = tuple(draw(entities(model, f"{PREFIXES[name]}-{n}")) for n in ids)
    for name in TABLES:
        given[name] = draw(tables(name))
    return Curation.model_validate(
        {
            **given,
            "marks": draw(
                st.dictionaries(words.map(lambda word: f"/study/x-{word.replace('/', '_')}"), marks, max_size=2)
            ),
        }
    )


@st.composite
def edits(draw: st.DrawFn, record: Curation) -> Edit:
    """An edit that can be applied to a record."""
    kinds = [_add, _set, _setup_of]
    held = [name for name in COLLECTIONS if getattr(record, name)]
    if held:
        kinds += [_remove, _move, _set, _confirm]
    if record.images.ids:
        kinds += [_fill, _rows]
    return draw(draw(st.sampled_from(kinds))(record))


@st.composite
def _setup_of(draw: st.DrawFn, _record: Curation) -> Edit:
    return Edit(op=draw(st.sampled_from(["set", "clear"])), path="/setup/targets", value=["bia"])


@st.composite
def _entity_path(draw: st.DrawFn, record: Curation) -> tuple[str, type, Any]:
    name = draw(st.sampled_from([name for name in COLLECTIONS if getattr(record, name)]))
    return f"/{name}", COLLECTIONS[name], draw(st.sampled_from(getattr(record, name)))


@st.composite
def _set(draw: st.DrawFn, record: Curation) -> Edit:
    if not any(getattr(record, name) for name in COLLECTIONS):
        return Edit(op="set", path="/study/title", value=draw(words))
    path, model, entity = draw(_entity_path(record))
    name = draw(st.sampled_from([name for name in model.model_fields if name != "id" and name not in ROWS]))
    where = f"{path}/{entity.id}/{name}"
    if draw(st.booleans()):
        return Edit(op="clear", path=where)
    origin = draw(st.none() | origins)
    return Edit(op="set", path=where, value=draw(field_values(model, name)), **({"origin": origin} if origin else {}))


@st.composite
def _confirm(draw: st.DrawFn, record: Curation) -> Edit:
    path, _model, entity = draw(_entity_path(record))
    given = [name for name, value in entity if name != "id" and name not in ROWS and value is not None]
    if not given:
        return Edit(op="set", path="/study/title", value="x")
    return Edit(op="confirm", path=f"{path}/{entity.id}/{draw(st.sampled_from(given))}")


@st.composite
def _add(draw: st.DrawFn, record: Curation) -> Edit:
    name = draw(st.sampled_from(sorted(COLLECTIONS)))
    identity = f"{PREFIXES[name]}-new{len(getattr(record, name))}"
    made = draw(entities(COLLECTIONS[name], identity)).plain()
    made.pop("id")
    after = draw(st.sampled_from([None, "*", *(e.id for e in getattr(record, name))]))
    taken = any(e.id == identity for e in getattr(record, name))
    return Edit(op="add", path=f"/{name}", id=identity + "b" * taken, value=made, after=after)


@st.composite
def _remove(draw: st.DrawFn, record: Curation) -> Edit:
    path, _, entity = draw(_entity_path(record))
    return Edit(op="remove", path=f"{path}/{entity.id}")


@st.composite
def _move(draw: st.DrawFn, record: Curation) -> Edit:
    path, _, entity = draw(_entity_path(record))
    others = [e.id for e in getattr(record, path[1:]) if e.id != entity.id]
    return Edit(op="move", path=f"{path}/{entity.id}", after=draw(st.sampled_from([None, "*", *others])))


@st.composite
def _fill(draw: st.DrawFn, record: Curation) -> Edit:
    column = draw(st.sampled_from(sorted(TABLES["images"].model_fields)))
    rows = draw(st.lists(st.sampled_from(record.images.ids), unique=True, min_size=1))
    return Edit(op="fill", path=f"/images/{column}", rows=rows, value=draw(field_values(TABLES["images"], column)))


@st.composite
def _rows(draw: st.DrawFn, record: Curation) -> Edit:
    kind = draw(st.sampled_from(["add", "remove", "move"]))
    if kind == "add":
        return Edit(op="add", path="/images", rows=(f"im-new{len(record.images)}",))
    rows = draw(st.permutations(record.images.ids)) if kind == "move" else record.images.ids[:2]
    return Edit(op=kind, path="/images", rows=tuple(rows))
