"""Settling conflicts, and what a change knew of others' changes that its person had not been shown."""

from __future__ import annotations

import pytest

from rembi_widgets.errors import RembiError
from rembi_widgets.record import Change, Edit, History, Mark, Named, Origin, settling, spoken

TITLE = "/study/title"
TYPED = Origin(kind="typed")


def change(identity: str, *edits: Edit, clock: int = 1, seen: dict[str, int] | None = None) -> Change:
    author = identity.rpartition("-")[0]
    return Change(id=identity, author=author, clock=clock, origin=TYPED, edits=edits, seen=seen or {})


def put(path: str, value: object) -> Edit:
    return Edit(op="set", path=path, value=value)


def history(*changes: Change) -> History:
    made = History()
    made.merge(changes)
    return made


def test_a_field_is_settled_for_the_value_of_the_change_named() -> None:
    made = history(change("ada-1", put(TITLE, "Nuclei")), change("grace-1", put(TITLE, "Kernels")))
    assert settling(made, TITLE, "ada-1") == (put(TITLE, "Nuclei"),)
    assert settling(made, TITLE, "grace-1") == (put(TITLE, "Kernels"),)


def test_settling_for_nothing_clears() -> None:
    first = change("ada-1", put(TITLE, "Nuclei"))
    made = history(
        first,
        change("ada-2", Edit(op="clear", path=TITLE), clock=2),
        change("grace-1", put(TITLE, "Kernels"), clock=2, seen={"ada": 1}),
    )
    assert settling(made, TITLE, "ada-2") == (Edit(op="clear", path=TITLE),)


@pytest.mark.parametrize(("path", "name"), [(TITLE, "rosalind-1"), ("/study/description", "ada-1")])
def test_what_is_no_conflict_cannot_be_settled(path: str, name: str) -> None:
    made = history(change("ada-1", put(TITLE, "Nuclei")), change("grace-1", put(TITLE, "Kernels")))
    with pytest.raises(RembiError, match="settled"):
        settling(made, path, name)


def column(name: str, *values: str | None, clock: int = 2) -> Change:
    rows = ("im-1", "im-2", "im-3")
    return change(
        name, Edit(op="fill", path="/images/qc_info", rows=rows, values=values), clock=clock, seen={"base": 1}
    )


def test_a_column_is_settled_with_each_row_s_own_value() -> None:
    base = change("base-1", Edit(op="add", path="/images", rows=("im-1", "im-2", "im-3")))
    made = history(base, column("ada-1", "sharp", "blurred", "same"), column("grace-1", "dark", None, "same"))
    (conflict,) = made.conflicts
    assert conflict.rows == ("im-1", "im-2")
    (edit,) = settling(made, conflict.path, "ada-1")
    assert (edit.op, edit.path, edit.rows, edit.values) == (
        "fill",
        "/images/qc_info",
        ("im-1", "im-2"),
        ("sharp", "blurred"),
    )
    (edit,) = settling(made, conflict.path, "grace-1")
    assert edit.values == ("dark", None)
    made.take(change("ada-2", edit, clock=3, seen={"grace": 1}))
    assert made.conflicts == ()
    assert made.record.images.column("qc_info") == ("dark", None, "same")


def removed_and_edited(**values: object) -> History:
    base = change("base-1", Edit(op="add", path="/biosamples", id="bs-1", value=values))
    return history(
        base,
        change("ada-1", Edit(op="remove", path="/biosamples/bs-1"), clock=2, seen={"base": 1}),
        change("grace-1", put("/biosamples/bs-1/description", "fixed"), clock=2, seen={"base": 1}),
    )


def settled(made: History, name: str) -> History:
    edits = settling(made, "/biosamples/bs-1", name)
    seen = {"ada": 1, "grace": 1, "base": 1}
    made.take(change("rosalind-1", *edits, clock=3, seen=seen))
    return made


@pytest.mark.parametrize("values", [{"title": "HeLa"}, {}])
def test_an_entity_that_was_removed_and_edited_is_kept_as_it_is(values: dict[str, object]) -> None:
    before = removed_and_edited(**values).record
    made = settled(removed_and_edited(**values), "grace-1")
    assert made.conflicts == ()
    assert made.record.biosamples == before.biosamples


def test_or_is_removed() -> None:
    made = settled(removed_and_edited(title="HeLa"), "ada-1")
    assert made.conflicts == ()
    assert made.record.biosamples == ()


def test_keeping_an_entity_confirms_nothing_in_it() -> None:
    made = history(
        change(
            "base-1",
            Edit(op="add", path="/biosamples", id="bs-1", value={"title": "HeLa"}),
            Edit(op="set", path="/biosamples/bs-1/title", value="HeLa", mark=Mark(confirmed=False)),
        ),
        change("ada-1", Edit(op="remove", path="/biosamples/bs-1"), clock=2, seen={"base": 1}),
        change("grace-1", put("/biosamples/bs-1/description", "fixed"), clock=2, seen={"base": 1}),
    )
    settled(made, "grace-1")
    mark = made.record.marks.get("/biosamples/bs-1/title")
    assert mark is not None
    assert not mark.confirmed


# -- what a person had not been shown ---------------------------------------------------------------------------------


def test_what_was_not_shown_is_not_named_as_seen() -> None:
    made = history(change("ada-1", put(TITLE, "a")), change("ada-2", put(TITLE, "b"), clock=2))
    assert made.news("grace") == {"ada": 2}
    assert made.news("grace", ["ada-2"]) == {"ada": 1}
    assert made.news("grace", ["ada-1", "ada-2"]) == {}


def test_what_an_earlier_change_saw_stays_seen() -> None:
    made = history(change("ada-1", put(TITLE, "a")), change("grace-1", put(TITLE, "b"), clock=2, seen={"ada": 1}))
    assert made.news("grace", ["ada-1"]) is None
    made.take(change("grace-2", put(TITLE, "c"), clock=3, seen=made.news("grace", ["ada-1"])))
    assert made.conflicts == ()


def test_typing_in_what_somebody_just_removed_brings_it_back() -> None:
    base = change("base-1", Edit(op="add", path="/biosamples", id="bs-1", value={"title": "HeLa"}))
    removal = change("ada-1", Edit(op="remove", path="/biosamples/bs-1"), clock=2, seen={"base": 1})
    made = history(base, removal)
    edit = put("/biosamples/bs-1/description", "fixed")
    with pytest.raises(RembiError):
        made.try_out(change("grace-1", edit, clock=3, seen={"ada": 1, "base": 1}))
    blind = change("grace-1", edit, clock=3, seen=made.news("grace", ["ada-1"]))
    made.take(blind, made.try_out(blind))
    assert [one.description for one in made.record.biosamples] == ["fixed"]
    assert [one.path for one in made.conflicts] == ["/biosamples/bs-1"]


# -- words ------------------------------------------------------------------------------------------------------------


def test_named_texts_may_have_values_that_are_named() -> None:
    inner = Named(key="two_values.nothing")
    named = Named(key="two_values.rival.undated", values={"value": (inner, "x", inner), "author": "Ada"})
    assert spoken(named, "en") == "nothing; x; nothing (Ada)"
    assert spoken(named, "fr") == "rien ; x ; rien (Ada)"
    assert spoken((), "en") == ""
