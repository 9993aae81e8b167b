"""Small files made for the tests: TIFFs byte by byte, OME-XML, OME-Zarr of both formats."""

from __future__ import annotations

import gzip
import json
import struct
import zlib
from typing import TYPE_CHECKING, Any

import numpy as np

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from pathlib import Path

    from numpy.typing import NDArray

OME = 'xmlns="http://www.openmicroscopy.org/Schemas/OME/2016-06"'
_SIZES = {1: 1, 2: 1, 3: 2, 4: 4, 5: 8, 16: 8}
_LETTERS = {1: "B", 2: "B", 3: "H", 4: "I", 16: "Q"}


def ome(image: str = "", *, pixels: str = "", inside: str = "", more: str = "", root: str = "", close: str = "") -> str:
    """Give OME-XML of one image of 8 x 6 pixels with the attributes and elements given."""
    sizes = 'SizeX="8" SizeY="6" SizeZ="1" SizeC="1" SizeT="1" DimensionOrder="XYZCT" Type="uint8"'
    return (
        f'<?xml version="1.0" encoding="UTF-8"?><OME {OME} {root}>{more}<Image ID="Image:0" Name="one">{image}'
        f'<Pixels ID="Pixels:0" {sizes} {pixels}>{inside}</Pixels>{close}</Image></OME>'
    )


def tiff(
    tags: Mapping[int, tuple[int, Sequence[int] | bytes]],
    *,
    order: str = "<",
    big: bool = False,
    chain: int | None = 0,
    claimed: Mapping[int, int] | None = None,
    at: int = 0,
) -> bytes:
    """Give a TIFF of one directory.

    Parameters
    ----------
    tags
        Tag to its type and values.
    chain
        Where the next directory is said to be; ``None`` leaves it out.
    claimed
        Tag to the number of values that the directory claims in place of the true one.
    at
        Where the directory begins; right after the header, if 0.
    """
    wide, inline = ("Q", 8) if big else ("I", 4)
    begin = at or (16 if big else 8)
    mark = (b"II" if order == "<" else b"MM") + struct.pack(order + "H", 43 if big else 42)
    head = mark + (struct.pack(order + "HHQ", 8, 0, begin) if big else struct.pack(order + "I", begin))
    entry_size, count_size = (20, 8) if big else (12, 2)
    tail = begin + count_size + entry_size * len(tags) + struct.calcsize(order + wide)
    entries, data = b"", b""
    for tag, (kind, values) in sorted(tags.items()):
        packed = values if isinstance(values, bytes) else struct.pack(f"{order}{len(values)}{_LETTERS[kind]}", *values)
        count = (claimed or {}).get(tag, len(packed) // _SIZES[kind])
        if len(packed) > inline:
            entries += struct.pack(f"{order}HH{wide}{wide}", tag, kind, count, tail + len(data))
            data += packed + b"\0" * (len(packed) % 2)
        else:
            entries += struct.pack(f"{order}HH{wide}", tag, kind, count) + packed.ljust(inline, b"\0")
    number = struct.pack(order + ("Q" if big else "H"), len(tags))
    last = b"" if chain is None else struct.pack(order + wide, chain)
    return head.ljust(begin, b"\0") + number + entries + last + data


def described(text: str | bytes, **options: Any) -> bytes:
    """Give a TIFF of 8 x 6 pixels with a description."""
    told = text.encode() if isinstance(text, str) else text
    plain: dict[int, tuple[int, Sequence[int] | bytes]] = {
        256: (3, [8]),
        257: (3, [6]),
        258: (3, [8]),
        259: (3, [1]),
        270: (2, told + b"\0"),
        277: (3, [1]),
    }
    return tiff(plain, **options)


def multiscales(axes: str, scales: Sequence[Sequence[float]], units: Mapping[str, str], version: str) -> dict[str, Any]:
    """Give a ``multiscales`` section: one level a scale."""
    kinds = {"t": "time", "c": "channel"}
    named = [
        {"name": axis, "type": kinds.get(axis, "space"), **({"unit": units[axis]} if axis in units else {})}
        for axis in axes
    ]
    levels = [
        {"path": str(level), "coordinateTransformations": [{"type": "scale", "scale": list(scale)}]}
        for level, scale in enumerate(scales)
    ]
    return {"name": "made", "version": version, "axes": named, "datasets": levels}


def zarr2(
    folder: Path,
    levels: Sequence[NDArray[Any]],
    attributes: Mapping[str, Any],
    *,
    chunks: Sequence[int],
    compressor: str | None = None,
    order: str = "C",
    separator: str = "/",
) -> Path:
    """Write arrays in Zarr format 2."""
    folder.mkdir(parents=True, exist_ok=True)
    (folder / ".zgroup").write_text('{"zarr_format": 2}')
    (folder / ".zattrs").write_text(json.dumps(attributes))
    for number, level in enumerate(levels):
        place = folder / str(number)
        place.mkdir()
        said = {
            "zarr_format": 2,
            "shape": list(level.shape),
            "chunks": list(chunks),
            "dtype": level.dtype.str,
            "compressor": {"id": compressor, "level": 1} if compressor else None,
            "fill_value": 0,
            "filters": None,
            "order": order,
            "dimension_separator": separator,
        }
        (place / ".zarray").write_text(json.dumps(said))
        for index, piece in _pieces(level, chunks):
            packed = piece.tobytes(order)  # type: ignore[arg-type]
            squeezed = {"gzip": gzip.compress, "zlib": zlib.compress}.get(str(compressor), bytes)(packed)
            file = place / separator.join(map(str, index))
            file.parent.mkdir(parents=True, exist_ok=True)
            file.write_bytes(squeezed)
    return folder


def zarr3(
    folder: Path,
    levels: Sequence[NDArray[Any]],
    attributes: Mapping[str, Any],
    *,
    chunks: Sequence[int],
    codec: str | None = "gzip",
    endian: str = "little",
) -> Path:
    """Write arrays in Zarr format 3."""
    folder.mkdir(parents=True, exist_ok=True)
    (folder / "zarr.json").write_text(
        json.dumps({"zarr_format": 3, "node_type": "group", "attributes": {"ome": attributes}})
    )
    for number, level in enumerate(levels):
        place = folder / str(number)
        place.mkdir()
        codecs = [{"name": "bytes", "configuration": {"endian": endian}}]
        codecs += [{"name": codec, "configuration": {"level": 1}}] if codec else []  # type: ignore[dict-item]
        said = {
            "zarr_format": 3,
            "node_type": "array",
            "shape": list(level.shape),
            "data_type": level.dtype.name,
            "chunk_grid": {"name": "regular", "configuration": {"chunk_shape": list(chunks)}},
            "chunk_key_encoding": {"name": "default", "configuration": {"separator": "/"}},
            "fill_value": 0,
            "codecs": codecs,
        }
        (place / "zarr.json").write_text(json.dumps(said))
        for index, piece in _pieces(level, chunks):
            packed = piece.astype(piece.dtype.newbyteorder("<" if endian == "little" else ">")).tobytes()
            file = place.joinpath("c", *map(str, index))
            file.parent.mkdir(parents=True, exist_ok=True)
            file.write_bytes(gzip.compress(packed) if codec == "gzip" else packed)
    return folder


def _pieces(level: NDArray[Any], chunks: Sequence[int]) -> list[tuple[tuple[int, ...], NDArray[Any]]]:
    counts = [-(-length // chunk) for length, chunk in zip(level.shape, chunks, strict=True)]
    found = []
    for index in np.ndindex(*counts):
        part = level[tuple(slice(n * c, (n + 1) * c) for n, c in zip(index, chunks, strict=True))]
        padded = np.zeros(chunks, level.dtype)
        padded[tuple(slice(0, length) for length in part.shape)] = part
        found.append((index, padded))
    return found
