"""Personal data in headers is told before it is exported; what a person typed is theirs to say."""

from __future__ import annotations

import pytest

from rembi_widgets.checks import check
from rembi_widgets.checks._personal import PERSONAL, _texts
from rembi_widgets.images import draft
from rembi_widgets.record import Finding, Term
from rembi_widgets.store import OpenCuration, open_curation
from tests.images_scan.makers import LSM, image, scan_of

YES = (
    r"C:\Users\someone\a.czi",
    r"\\server\share\a.tif",
    "/home/someone/data",
    "/Users/someone",
    "see some.one@example.org",
    "Operator: Someone",
    "user name = x",
    "48.85661, 2.35222",
)
NO = ("field 1", "DAPI/FITC", "63x/1.4 Oil", "a:b", "12.5, 3.25", "user", "well A/1", "1.4000, x", "plate @ 4 °C", "")


@pytest.mark.parametrize("said", YES)
def test_what_may_be_personal(said: str) -> None:
    assert PERSONAL.search(said)


@pytest.mark.parametrize("said", NO)
def test_what_is_not(said: str) -> None:
    assert not PERSONAL.search(said)


def told(opened: OpenCuration, target: str = "bia") -> list[Finding]:
    return [found for found in check(opened.record, target) if found.code.startswith("personal_")]


@pytest.fixture
def opened() -> OpenCuration:
    names = [YES[0], YES[0], "field 3"]
    curation = open_curation()
    stand = LSM.__class__(manufacturer="Zeiss", model="LSM 980", serial="Host: pc-of-someone")
    found = scan_of(*(image(f"a/{n}.tif", scene_name=name, instrument=stand) for n, name in enumerate(names)))
    curation.propose(draft(found, curation.record))
    return curation


@pytest.mark.parametrize("target", ["isatab", "bia", "idr", "omero", "all"])
def test_values_read_from_headers_are_told_once_a_column(opened: OpenCuration, target: str) -> None:
    found = sorted(told(opened, target), key=lambda one: one.path, reverse=True)
    assert [one.code for one in found] == ["personal_values", "personal_value"]
    assert found[0].values["n"] == 2
    assert found[0].path.endswith("/scene_name")
    assert found[1].path.endswith("/instrument_serial")
    for one in found:
        assert one.level == "warning"
        assert one.message("en") != one.message("fr")
        assert "someone" in one.message("en")


def test_what_a_person_typed_is_not_told(opened: OpenCuration) -> None:
    for row in opened.record.images.ids:
        opened.edit([{"op": "set", "path": f"/images/{row}/scene_name", "value": "me@example.org"}])
    (acquisition,) = opened.record.acquisitions
    opened.edit([{"op": "set", "path": f"/acquisitions/{acquisition.id}/instrument_serial", "value": YES[5]}])
    assert told(opened) == []


def test_an_emptied_value_is_told_no_more(opened: OpenCuration) -> None:
    for row in opened.record.images.ids[:2]:
        opened.edit([{"op": "clear", "path": f"/images/{row}/scene_name"}])
    assert [one.code for one in told(opened)] == ["personal_value"]


def test_texts_of_values() -> None:
    assert _texts((Term(label="a"), "b", 7, None)) == "a; b"
    assert _texts(3.5) == ""
