"""Conflicts as findings: where, both values with their people and times, what to do."""

from __future__ import annotations

from datetime import datetime

import pytest

from rembi_widgets.checks import check
from rembi_widgets.record import Change, Conflict, Curation, Edit, Finding, History, Origin, Rival

AT = "2026-01-01T10:05:00+00:00"
LOCAL = datetime.fromisoformat(AT).astimezone()


def record(*edits: Edit) -> Curation:
    history = History()
    history.merge([Change(id="x-1", author="x", clock=1, origin=Origin(kind="typed"), edits=edits, seen={})])
    return history.record


HELA = record(
    Edit(op="add", path="/specimens", id="sp-1", value={"title": "On glass"}),
    Edit(op="add", path="/biosamples", id="bs-1", value={"title": "HeLa"}),
    Edit(op="add", path="/acquisitions", id="ac-1", value={"title": "Confocal", "channels": [{"id": "ch-1"}]}),
    Edit(op="add", path="/samples", id="sa-1", value={"title": "Control", "biosample": "bs-1"}),
    Edit(op="add", path="/images", rows=("im-1", "im-2")),
)


def found(path: str, *values: object, rows: tuple[str, ...] = (), at: str = AT, removed: bool = False) -> Finding:
    names = ("Ada", "Grace", "")
    rivals = [Rival(f"w{n}-1", names[n], at, value) for n, value in enumerate(values)]
    if removed:
        rivals.append(Rival("w9-1", "Rosalind", at, None, removed=True))
    conflicts = [Conflict(path, tuple(rivals), rows)]
    (finding,) = [one for one in check(HELA, conflicts=conflicts) if one.code == "two_values"]
    assert finding.level == "warning"
    assert finding.path == path
    return finding


def test_a_field_with_both_values_their_people_and_times() -> None:
    finding = found("/study/title", "Nuclei", "Kernels")
    when = f"{LOCAL.day} January 2026, {LOCAL:%H}:{LOCAL:%M}"
    assert finding.to_json("en")["found"] == f"Nuclei (Ada, {when}); Kernels (Grace, {when})"
    assert finding.message("en") == (
        "Study, Title: people gave this field different values without knowing of each other. "
        f"Found: Nuclei (Ada, {when}); Kernels (Grace, {when}). Wanted: one of them, chosen by anybody."
    )


def test_in_french() -> None:
    finding = found("/study/title", "Nuclei", None)
    day = "1er" if LOCAL.day == 1 else LOCAL.day
    when = f"{day} janvier 2026 à {LOCAL:%H} h {LOCAL:%M}"
    assert finding.to_json("fr")["found"] == f"Nuclei (Ada, {when}) ; rien (Grace, {when})"
    assert finding.message("fr").startswith("Étude, Titre : plusieurs personnes")


@pytest.mark.parametrize(
    ("path", "where"),
    [
        ("/biosamples/bs-1/description", "Biosample “HeLa”, Description: people"),
        ("/acquisitions/ac-1/channels/ch-1/name", "Image acquisition “Confocal, 1”, Name: people"),
        ("/study/x-own", "Study, x-own: people"),
    ],
)
def test_where_it_is(path: str, where: str) -> None:
    assert found(path, "a", "b").message("en").startswith(where)


@pytest.mark.parametrize(
    ("path", "value", "said"),
    [
        ("/samples/sa-1/biosample", "bs-1", "HeLa"),
        ("/samples/sa-1/biosample", "bs-gone", "bs-gone"),
        ("/biosamples/bs-1/organism", [{"label": "Mus musculus"}, {"label": "Homo sapiens"}], "Mus musculus; Homo"),
        ("/study/license", "CC0", "CC0"),
        ("/study/title", {"absent": "not_applicable"}, "not applicable (Ada"),
        ("/acquisitions/ac-1/numerical_aperture", 1.4, "1.4 (Ada"),
        ("/acquisitions/ac-1/x-depth", {"number": 3, "unit": "µm"}, "3 µm (Ada"),
        ("/acquisitions/ac-1/x-flag", True, "yes (Ada"),
        ("/acquisitions/ac-1/x-odd", {"a": {}}, "… (Ada"),
        ("/study/title", "x" * 400, "x" * 100),
    ],
)
def test_values_in_words(path: str, value: object, said: str) -> None:
    told = found(path, value, None).to_json("en")["found"]
    assert told.startswith(said)
    assert len(told) < 300
    assert "nothing (Grace" in told


def test_the_rows_of_a_column_are_counted() -> None:
    finding = found("/images/im-1/qc_info", "sharp", "dark", rows=("im-1", "im-2"))
    assert "people gave different values in 2 rows" in finding.message("en")
    assert "dans 2 lignes" in finding.message("fr")


def test_an_entity_removed_and_edited_has_its_own_sentence() -> None:
    finding = found("/biosamples/bs-1", "x", removed=True)
    assert finding.message("en").startswith("Biosample “HeLa”: somebody removed it while somebody else wrote in it.")
    assert "removed (Rosalind" in finding.message("en")
    assert finding.wanted == "keep it or remove it"
    nested = found("/acquisitions/ac-1/channels/ch-1", "x", removed=True)
    assert nested.message("en").startswith("Image acquisition “Confocal, 1”: somebody removed it")


@pytest.mark.parametrize("at", ["", "yesterday", "9999-99-99"])
def test_a_change_without_a_time_and_a_person(at: str) -> None:
    finding = found("/study/title", "a", "b", "c", at=at)
    assert finding.to_json("en")["found"] == "a (Ada); b (Grace); c (somebody)"


def test_a_hundred_thousand_conflicts_are_told_in_part() -> None:
    conflicts = (
        Conflict(f"/study/x-{n}", (Rival("a-1", "a", AT, 1), Rival("b-1", "b", AT, 2))) for n in range(100_000)
    )
    told = [one for one in check(HELA, conflicts=conflicts) if one.code == "two_values"]
    assert len(told) == 200
