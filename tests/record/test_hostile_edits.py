"""Edits from anywhere: each is applied, or refused in words; nothing else happens."""

from __future__ import annotations

from contextlib import suppress
from typing import Any, get_args

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from rembi_widgets.errors import RembiError
from rembi_widgets.record import (
    COLLECTIONS,
    ROWS,
    TABLES,
    Change,
    Curation,
    Edit,
    apply,
    diff,
    get,
    invert,
    leaves,
)
from rembi_widgets.record._changes import Op

scalars = st.none() | st.booleans() | st.integers(-5, 5) | st.floats() | st.text(max_size=5)
values = st.recursive(
    scalars | st.sampled_from([{"absent": "not_recorded"}, {"absent": "?"}, {"label": "x"}, {"number": 1}]),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.sampled_from(["id", "title", "x-1"]), inner),
    max_leaves=4,
)
FIELDS = "study setup title id marks bs-1 ac-1 im-1 x-own plain _bench model_fields é"
LISTS = "biosamples acquisitions channels labels images files qc_info organism"
names = st.sampled_from(["", *FIELDS.split(), *LISTS.split()])
paths = st.lists(names, max_size=5).map("/".join) | st.lists(names, max_size=5).map(lambda some: "/" + "/".join(some))
known = st.sampled_from(["im-1", "im-2", "im-new", ""])


@st.composite
def any_edit(draw: st.DrawFn) -> Edit:
    """An edit of any kind on any path; the parts it carries need not fit each other."""
    parts = {
        "value": values,
        "values": st.none() | st.lists(values, max_size=3).map(tuple),
        "id": st.none() | st.sampled_from(["bs-1", "new", "", "a/b"]),
        "after": st.none() | st.sampled_from(["*", "bs-1", "nobody"]),
        "rows": st.none() | st.lists(known, max_size=3).map(tuple),
        "at": st.none() | st.lists(st.integers(-3, 5), max_size=3).map(tuple),
        "marks": values | st.just({"palette": [None], "use": [3]}),
    }
    chosen = draw(st.lists(st.sampled_from(sorted(parts)), unique=True))
    return Edit(op=draw(st.sampled_from(get_args(Op))), path=draw(paths), **{k: draw(parts[k]) for k in chosen})


def some_record() -> Curation:
    edits = (
        Edit(op="add", path="/biosamples", id="bs-1", value={"title": "a"}),
        Edit(op="add", path="/acquisitions", id="ac-1", value={"channels": [{"name": "DNA"}]}),
        Edit(op="add", path="/images", rows=("im-1", "im-2")),
        Edit(op="fill", path="/images/qc_info", rows=("im-1",), value="sharp"),
    )
    return apply(Curation(), Change(id="w-1", edits=edits))


@settings(max_examples=200)
@given(any_edit())
def test_any_edit_is_applied_and_led_back_or_refused(edit: Edit) -> None:
    record, change = some_record(), Change(id="w-2", edits=(edit,))
    with suppress(RembiError):
        after = apply(record, change)
        back = apply(after, Change(id="w-3", edits=invert(record, change)))
        assert diff(back, record) == ()
        assert dict(leaves(back)).keys() == dict(leaves(record)).keys()


@given(paths)
def test_a_path_leads_to_data_or_to_nothing(path: str) -> None:
    with suppress(RembiError):
        assert not callable(get(some_record(), path))


@pytest.mark.parametrize("path", ["/study/plain", "/study/model_fields", "/biosamples/bs-1/copy", "/study/__class__"])
def test_what_is_no_field_is_not_given(path: str) -> None:
    assert get(some_record(), path) is None


@pytest.mark.parametrize("collection", sorted(COLLECTIONS))
def test_an_entity_is_a_mapping_or_refused(collection: str) -> None:
    for value in (["x"], "text", 3):
        edit = Edit(op="add", path=f"/{collection}", id="e-1", value=value)
        with pytest.raises(RembiError, match=f"/{collection}/e-1"):
            apply(Curation(), Change(id="w-1", edits=(edit,)))


@pytest.mark.parametrize("rows", sorted(ROWS))
def test_rows_are_mappings_or_refused(rows: str) -> None:
    owner = next(name for name, model in COLLECTIONS.items() if rows in model.model_fields)
    edit = Edit(op="add", path=f"/{owner}", id="e-1", value={rows: ["text"]})
    with pytest.raises(RembiError) as caught:
        apply(Curation(), Change(id="w-1", edits=(edit,)))
    assert caught.value.values["path"].startswith(f"/{owner}/e-1/{rows}")


@pytest.mark.parametrize("identity", ["a/b", "/", "bs-1/title"])
def test_an_id_holds_no_slash(identity: str) -> None:
    with pytest.raises(RembiError):
        apply(some_record(), Change(id="w-1", edits=(Edit(op="add", path="/biosamples", id=identity),)))
    with pytest.raises(RembiError):
        apply(some_record(), Change(id="w-1", edits=(Edit(op="add", path="/images", rows=(identity,)),)))


@pytest.mark.parametrize("path", ["/study/title", "/biosamples", "/biosamples/bs-1/title"])
def test_a_column_is_filled_in_tables_only(path: str) -> None:
    with pytest.raises(RembiError, match="column"):
        apply(some_record(), Change(id="w-1", edits=(Edit(op="fill", path=path, rows=("bs-1",), value="x"),)))


@pytest.mark.parametrize("name", sorted(TABLES))
def test_cells_of_unknown_columns_are_refused_and_those_of_x_are_free(name: str) -> None:
    record = apply(Curation(), Change(id="w-1", edits=(Edit(op="add", path=f"/{name}", rows=("r-1",)),)))
    for op in ("set", "clear", "confirm"):
        with pytest.raises(RembiError) as caught:
            apply(record, Change(id="w-2", edits=(Edit(op=op, path=f"/{name}/r-1/nothing", value=1),)))
        assert caught.value.key == "record.no_field"
    free: Any = Edit(op="set", path=f"/{name}/r-1/x-lab", value="kept")
    assert get(apply(record, Change(id="w-2", edits=(free,))), f"/{name}/r-1/x-lab") == "kept"


@pytest.mark.parametrize("identity", ["", "x", "w-", "w-x", "w-1x", "w--"])
def test_a_change_is_named_by_writer_and_number(identity: str) -> None:
    with pytest.raises(ValueError, match="id"):
        Change(id=identity)
    assert Change(id="w-abc-12").writer == "w-abc"
