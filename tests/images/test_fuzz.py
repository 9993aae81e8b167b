"""Whatever bytes a file holds: a record or an ``UnreadableImageError``, and nothing else."""

from __future__ import annotations

import json
import tempfile
import tracemalloc
from pathlib import Path
from typing import Any

import numpy as np
import tifffile
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from rembi_widgets.images import ImageRecord, UnreadableImageError, preview, read_image
from tests.images.make import described, multiscales, ome, zarr2

RELAXED = settings(deadline=None, max_examples=150, suppress_health_check=[HealthCheck.too_slow])
HEADS = (
    b"",
    b"II*\0",
    b"MM\0*",
    b"II+\0\x08\0\0\0",
    b"MM\0+\0\x08\0\0",
    b"\x89PNG\r\n\x1a\n",
    b"\xff\xd8\xff",
    b"<OME ",
    b"\xff\xfe<\0",
)
FOLDER = Path(tempfile.mkdtemp(prefix="rembi-fuzz-"))


def valid() -> list[bytes]:
    """Give a valid file of each kind."""
    path = FOLDER / "valid"
    found = [
        described(ome(pixels='PhysicalSizeX="0.2"', inside='<Channel ID="Channel:0:0" Name="DNA"/><Plane TheT="0"/>'))
    ]
    for options in ({"ome": True}, {"imagej": True}, {"metadata": None}, {"bigtiff": True, "byteorder": ">"}):
        tifffile.imwrite(path, np.zeros((2, 6, 8), np.uint8), **options)  # type: ignore[arg-type]
        found.append(path.read_bytes())
    from PIL import Image

    for kind in ("PNG", "JPEG"):
        Image.new("RGB", (8, 6)).save(path, kind)
        found.append(path.read_bytes())
    return [*found, ome().encode(), ome().encode("utf-16")]


VALID = valid()


def attempt(data: bytes, *, shown: bool = False) -> None:
    path = FOLDER / "fuzzed"
    path.write_bytes(data)
    try:
        records = read_image(path)
        assert all(isinstance(record, ImageRecord) for record in records)
        for record in records:
            assert ImageRecord.from_json(record.pack()) == record
            json.dumps(record.to_json("fr"))
        if shown:
            preview(path, size=16)
    except UnreadableImageError as fault:
        said = {fault.say("en"), fault.say("fr")}
    else:
        return
    assert len(said) == 2


@RELAXED
@given(st.sampled_from(HEADS), st.binary(max_size=400))
def test_any_bytes(head: bytes, data: bytes) -> None:
    attempt(head + data)


@RELAXED
@given(st.sampled_from(VALID), st.integers(0, 4000))
def test_any_length_of_a_valid_file(data: bytes, length: int) -> None:
    attempt(data[:length])


@RELAXED
@given(st.sampled_from(VALID), st.lists(st.tuples(st.integers(0, 600), st.integers(0, 255)), min_size=1, max_size=6))
def test_any_bytes_changed_in_a_valid_file(data: bytes, changes: list[tuple[int, int]]) -> None:
    spoiled = bytearray(data)
    for place, value in changes:
        spoiled[place % len(data)] = value
    attempt(bytes(spoiled))


@settings(RELAXED, max_examples=60)
@given(
    st.sampled_from(VALID[:-2]), st.lists(st.tuples(st.integers(0, 600), st.integers(0, 255)), min_size=1, max_size=3)
)
def test_previews_of_spoiled_files(data: bytes, changes: list[tuple[int, int]]) -> None:
    import logging

    logging.getLogger("tifffile").setLevel(logging.CRITICAL)
    spoiled = bytearray(data)
    for place, value in changes:
        spoiled[place % len(data)] = value
    attempt(bytes(spoiled), shown=True)


JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=8),
    lambda inner: (
        st.lists(inner, max_size=3)
        | st.dictionaries(st.sampled_from(["path", "scale", "name", "unit", "axes"]), inner, max_size=3)
    ),
    max_leaves=8,
)


@RELAXED
@given(st.sampled_from(["axes", "datasets", "coordinateTransformations", "name", "version"]), JSON)
def test_any_json_in_a_store(key: str, value: Any) -> None:
    said = multiscales("yx", [[1, 1]], {"y": "micrometer", "x": "micrometer"}, "0.4") | {key: value}
    spoil({"multiscales": [said]})


@RELAXED
@given(st.sampled_from(["multiscales", "omero", "plate", "bioformats2raw.layout"]), JSON)
def test_any_json_as_a_section(key: str, value: Any) -> None:
    said = {"multiscales": [multiscales("yx", [[1, 1]], {}, "0.4")], "omero": {}}
    spoil((said if key in said else {}) | {key: value})


def spoil(attributes: dict[str, Any]) -> None:
    store = FOLDER / "a.zarr"
    if not store.exists():
        zarr2(store, [np.zeros((4, 4), np.uint8)], {}, chunks=[4, 4])
    (store / ".zattrs").write_text(json.dumps(attributes))
    try:
        for record in read_image(store):
            json.dumps(record.to_json("en"))
        preview(store)
    except UnreadableImageError as fault:
        told = fault.say("fr")
    else:
        return
    assert told


MEMORY = 64 << 20
WORDS = st.sampled_from(
    [
        "",
        "0",
        "-1",
        "9" * 5000,
        "1e308",
        "nan",
        "\u0663",
        "é",
        "&amp;",
        "&#x0;",
        "<Plane ",
        "]]>",
        "2147483648",
        "x" * 999,
    ]
) | st.text(max_size=12)
HEADER = (
    '<OME xmlns="x" UUID="{0}"><Plate Name="{1}"><Well Row="{2}" Column="{3}"><WellSample><ImageRef ID="i"/>'
    '</WellSample></Well></Plate><Instrument ID="n"><Objective ID="o" LensNA="{4}"/></Instrument>'
    '<Image ID="i" Name="{5}">'
    '<AcquisitionDate>{6}</AcquisitionDate><ObjectiveSettings ID="o"/><Pixels SizeX="{2}" SizeY="{3}" SizeT="{4}" '
    'SizeC="1" PhysicalSizeX="{1}" PhysicalSizeXUnit="{0}" TimeIncrement="{3}">'
    '<Channel Color="{2}" EmissionWavelength="{1}"/>'
    '<TiffData IFD="{2}" FirstZ="{3}"/><Plane TheC="{2}" TheT="{3}" DeltaT="{1}" ExposureTime="{4}"/>'
    "</Pixels></Image></OME>"
)


@RELAXED
@given(st.lists(WORDS, min_size=7, max_size=7))
def test_any_words_in_ome_xml(words: list[str]) -> None:
    """Thrice: the third time the header may be known."""
    for _ in range(3):
        attempt(described(HEADER.format(*words)))
    attempt(HEADER.format(*words).encode("utf-8", "replace"), shown=True)


@RELAXED
@given(st.sampled_from(VALID), st.integers(0, 500), st.sampled_from([0, 1, 0x7FFF, 0xFFFF, 0xFFFFFFFF, 1 << 28]))
def test_a_small_file_takes_little_memory_whatever_it_claims(data: bytes, place: int, value: int) -> None:
    place %= len(data)
    spoiled = data[:place] + value.to_bytes(4, "little") + data[place + 4 :]
    tracemalloc.start()
    try:
        attempt(spoiled)
        peak = tracemalloc.get_traced_memory()[1]
    finally:
        tracemalloc.stop()
    assert peak < MEMORY
