"""Large files: what is held grows with what is different, not with the objects of the JSON; broken text is located."""

from __future__ import annotations

import json
import tracemalloc
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rembi_widgets.errors import RembiError
from rembi_widgets.formats import isajson, isatab
from rembi_widgets.formats.isajson import _pieces
from rembi_widgets.formats.isajson._load import load
from rembi_widgets.formats.isajson._pieces import parsed
from rembi_widgets.formats.isatab._document_open import passing_document
from tests.isaread.papers import small, table

HEADERS = (
    *("Sample Name", "Protocol REF", "Parameter Value[gain]", "Unit", "Parameter Value[mode]", "Parameter Value[size]"),
    *("Unit", "Parameter Value[depth]", "Unit", "Parameter Value[software]", "Assay Name", "Raw Data File"),
    "Comment[sha256]",
)


def images(folder: Path, count: int) -> Path:
    """An ISA-Tab of some images."""
    rows = [
        [
            f"liver {n % 2 + 1}",
            "microscopy",
            "3",
            "dB",
            "a;b",
            "2048",
            "pixel",
            "16",
            "bit",
            "ZEN",
            f"run {n}",
            f"{n}.tif",
            f"{n:064x}",
        ]
        for n in range(count)
    ]
    return small(folder, a_images=table(HEADERS, *rows))


def most(work: Callable[[], object]) -> int:
    """Bytes that a work takes at most."""
    tracemalloc.start()
    try:
        work()
        return tracemalloc.get_traced_memory()[1]
    finally:
        tracemalloc.stop()


def grown(make: Callable[[int], tuple[Path, Callable[[], object]]]) -> float:
    """Bytes that more images take, by the bytes of text that they are."""
    (few, one), (many, other) = make(2_000), make(4_000)
    size = many.stat().st_size - few.stat().st_size
    one()
    return (most(other) - most(one)) / size


def test_writing_takes_little_beside_the_rows(tmp_path: Path) -> None:
    def made(count: int) -> tuple[Path, Callable[[], object]]:
        document, file = passing_document(images(tmp_path / str(count), count)), tmp_path / f"{count}.json"
        isajson.write_document(document, file)
        return file, lambda: isajson.write_document(document, file)

    assert grown(made) < 2


def test_reading_takes_less_than_a_tree_of_the_text(tmp_path: Path) -> None:
    files = {}
    for count in (2_000, 4_000):
        folder = images(tmp_path / str(count), count)
        [files[count]] = isajson.write_document(isatab.open_document(folder), tmp_path / f"{count}.json").files
    mine = grown(lambda count: (files[count], lambda: isajson.read(files[count])))
    tree = grown(lambda count: (files[count], lambda: json.loads(files[count].read_bytes())))
    assert mine < tree


def test_things_that_say_the_same_share_it() -> None:
    one = {"@id": "#p", "parameterValues": [{"category": {"@id": "#c"}, "value": 1}]}
    first, second, other = parsed(json.dumps({"processSequence": [one, one, one | {"parameterValues": [1.0]}]}))[
        "processSequence"
    ]
    assert first["parameterValues"] is second["parameterValues"]
    assert other["parameterValues"] == [1.0]


def test_numbers_stay_what_they_are() -> None:
    things = [{"values": [1]}, {"values": [1.0]}, {"values": [True]}]
    found = parsed(json.dumps({"samples": things}))["samples"]
    assert [type(one["values"][0]) for one in found] == [int, float, bool]


def test_more_different_pieces_than_are_held_are_read(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(_pieces, "_MOST_HELD", 3)
    data = {"samples": [{"comments": [{"name": "n", "value": f"{n}"}]} for n in range(20)]}
    assert parsed(json.dumps(data)) == data


KEYS = st.sampled_from(["studies", "assays", "materials", "samples", "processSequence", "comments", "é", "@id"])
VALUES = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False) | st.text(),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(KEYS, inner, max_size=4),
    max_leaves=25,
)


@given(VALUES, st.sampled_from([None, 1, "\t"]))
def test_any_json_is_read_as_json_reads_it(data: Any, indent: int | str | None) -> None:
    text = json.dumps(data, indent=indent)
    assert repr(parsed(text)) == repr(json.loads(text))


@given(VALUES, st.data())
def test_broken_text_is_told_as_json_tells_it(data: Any, chance: st.DataObject) -> None:
    whole = json.dumps({"studies": data}, indent=1)
    at = chance.draw(st.integers(0, len(whole)))
    text = whole[:at] + chance.draw(st.sampled_from(["", "}", "]", ",", ":", "x", '"'])) + whole[at + 1 :]
    assert outcome(parsed, text) == outcome(json.loads, text)


def outcome(read: Callable[[str], Any], text: str) -> str:
    try:
        return repr(read(text))
    except ValueError as fault:
        return str(fault)


def test_a_broken_file_is_told_with_line_and_column(tmp_path: Path) -> None:
    file = tmp_path / "a.json"
    file.write_text('{"studies": [\n {"assays": [\n  {"processSequence": [{"@id": "#p"} {}]}]}]}', encoding="utf-8")
    with pytest.raises(RembiError, match="line 3 column"):
        load(file)
