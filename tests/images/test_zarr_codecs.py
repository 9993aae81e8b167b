"""Chunks back to pixels: shards, codecs that need a package, and what is broken."""

from __future__ import annotations

import json
import struct
import tracemalloc
from typing import TYPE_CHECKING, Any

import numpy as np
import pytest

from rembi_widgets.images import UnreadableImageError, preview, read_image
from rembi_widgets.images._codecs import CODECS
from rembi_widgets.images._zarr_codecs import decode
from rembi_widgets.images._zarr_store import Array
from tests.images.make import multiscales, zarr2, zarr3

if TYPE_CHECKING:
    from pathlib import Path

UNITS = {"y": "micrometer", "x": "micrometer"}
SQUARE = np.arange(64, dtype=np.uint8).reshape(8, 8)


def array(folder: Path, **changes: Any) -> Array:
    return Array(**{"folder": folder, "shape": (8, 8), "chunks": (8, 8), "dtype": "uint8", **changes})


def store(folder: Path, **change: Any) -> Path:
    made = zarr2(
        folder / "a.zarr", [SQUARE], {"multiscales": [multiscales("yx", [[1, 1]], UNITS, "0.4")]}, chunks=[8, 8]
    )
    said = made / "0" / ".zarray"
    said.write_text(json.dumps(json.loads(said.read_text()) | change))
    return made


def shard(parts: dict[tuple[int, int], bytes], *, start: bool, checked: bool) -> bytes:
    """Give a shard of four chunks of 4 x 4 pixels; chunks not given were never written."""
    length = 4 * 16 + (4 if checked else 0)
    at = length if start else 0
    index, data = b"", b""
    for place in ((0, 0), (0, 1), (1, 0), (1, 1)):
        if place in parts:
            index += struct.pack("<QQ", at + len(data), len(parts[place]))
            data += parts[place]
        else:
            index += b"\xff" * 16
    index += b"\0\0\0\0" if checked else b""
    return index + data if start else data + index


@pytest.mark.parametrize("start", [False, True])
@pytest.mark.parametrize("checked", [False, True])
@pytest.mark.parametrize("codec", ["gzip", None])
def test_shards(start: bool, checked: bool, codec: str | None, tmp_path: Path) -> None:
    import gzip

    inner = [{"name": "bytes", "configuration": {"endian": "little"}}, *([{"name": codec}] if codec else [])]
    settings = {
        "chunk_shape": [4, 4],
        "codecs": inner,
        "index_codecs": [{"name": "bytes"}, *([{"name": "crc32c"}] if checked else [])],
        "index_location": "start" if start else "end",
    }
    parts = {(y, x): SQUARE[4 * y : 4 * y + 4, 4 * x : 4 * x + 4].tobytes() for y, x in ((0, 0), (1, 1))}
    packed = {place: gzip.compress(part) if codec else part for place, part in parts.items()}
    level = array(tmp_path, codecs=({**settings, "id": "sharding_indexed"},), fill=7)
    found = decode(level, shard(packed, start=start, checked=checked), "x")
    assert np.array_equal(found[:4, :4], SQUARE[:4, :4])
    assert np.array_equal(found[4:, 4:], SQUARE[4:, 4:])
    assert set(found[:4, 4:].ravel()) == {7}
    assert level.compression == (codec or "none")


def test_a_sharded_image_is_shown(tmp_path: Path) -> None:
    said = {"version": "0.5", "multiscales": [multiscales("yx", [[1, 1]], UNITS, "0.5")]}
    made = zarr3(tmp_path / "a.zarr", [SQUARE], said, chunks=[8, 8], codec=None)
    described = made / "0" / "zarr.json"
    inner = {"chunk_shape": [4, 4], "codecs": [{"name": "bytes"}], "index_codecs": [{"name": "bytes"}]}
    codecs = [{"name": "sharding_indexed", "configuration": inner}]
    described.write_text(json.dumps(json.loads(described.read_text()) | {"codecs": codecs}))
    parts = {(y, x): SQUARE[4 * y : 4 * y + 4, 4 * x : 4 * x + 4].tobytes() for y in (0, 1) for x in (0, 1)}
    (made / "0" / "c" / "0" / "0").write_bytes(shard(parts, start=False, checked=False))
    assert preview(made).startswith(b"\x89PNG")
    assert read_image(made)[0].compression == "none"
    (made / "0" / "c" / "0" / "0").write_bytes(b"short")
    with pytest.raises(UnreadableImageError, match="could not be read"):
        preview(made)


ALL = ["blosc", "zstd", "lz4", "lzma", "bz2", "gzip", "zlib"]


def test_every_codec_is_tried() -> None:
    assert set(ALL) == CODECS


@pytest.mark.parametrize("identity", ALL)
def test_what_numcodecs_packs(identity: str, tmp_path: Path) -> None:
    import numcodecs

    packed = bytes(numcodecs.get_codec({"id": identity}).encode(SQUARE))
    level = array(tmp_path, codecs=({"id": identity},))
    assert np.array_equal(decode(level, packed, "x"), SQUARE)
    for broken in (b"", packed[:5], packed[: len(packed) // 2], bytes(20), b"\xff" * 20):
        with pytest.raises(ValueError):
            decode(level, broken, "x")


@pytest.mark.parametrize("identity", ALL)
def test_a_chunk_never_becomes_more_than_it_holds(identity: str, tmp_path: Path) -> None:
    import numcodecs

    bomb = bytes(numcodecs.get_codec({"id": identity}).encode(np.zeros(32 << 20, np.uint8)))
    level = array(tmp_path, codecs=({"id": identity},))
    tracemalloc.start()
    try:
        found = decode(level, bomb, "x")
    except ValueError:
        found = None
    finally:
        _, peak = tracemalloc.get_traced_memory()
        tracemalloc.stop()
    assert found is None or found.size == SQUARE.size
    assert peak < 12 << 20  # LZMA holds a dictionary of 8 MB


def test_a_codec_that_nobody_knows(tmp_path: Path) -> None:
    with pytest.raises(UnreadableImageError, match="stored by shuffle-of-ours, which is not read"):
        preview(store(tmp_path, compressor={"id": "shuffle-of-ours"}))


def test_turned_axes_and_byte_orders(tmp_path: Path) -> None:
    wide = (np.arange(24, dtype=np.uint16) * 300).reshape(2, 3, 4)
    turned = array(
        tmp_path,
        shape=(2, 3, 4),
        chunks=(2, 3, 4),
        dtype="uint16",
        codecs=({"id": "transpose", "order": [2, 0, 1]}, {"id": "bytes", "endian": "big"}),
    )
    assert np.array_equal(decode(turned, wide.transpose(2, 0, 1).astype(">u2").tobytes(), "x"), wide)
    fortran = array(tmp_path, shape=(2, 3, 4), chunks=(2, 3, 4), dtype="uint16", order=">", fortran=True)
    assert np.array_equal(decode(fortran, wide.astype(">u2").tobytes("F"), "x"), wide)


def test_a_checksum_is_left_aside(tmp_path: Path) -> None:
    level = array(tmp_path, codecs=({"id": "bytes"}, {"id": "crc32c"}))
    assert np.array_equal(decode(level, SQUARE.tobytes() + b"abcd", "x"), SQUARE)


@pytest.mark.parametrize("length", [0, 63, 65])
def test_a_chunk_of_the_wrong_length_is_refused(length: int, tmp_path: Path) -> None:
    made = store(tmp_path)
    (made / "0" / "0" / "0").write_bytes(bytes(length))
    with pytest.raises(UnreadableImageError, match="could not be read"):
        preview(made)


def test_too_many_chunks_are_said(tmp_path: Path) -> None:
    with pytest.raises(UnreadableImageError, match="cut into 64000000 pieces; up to 4096"):
        preview(store(tmp_path, shape=[8000, 8000], chunks=[1, 1]))


def test_a_fill_value_that_is_no_number_is_zero(tmp_path: Path) -> None:
    made = store(tmp_path, fill_value="NaN")
    (made / "0" / "0" / "0").unlink()
    assert preview(made).startswith(b"\x89PNG")
