"""Zarr on disk, as far as it is needed: a group's attributes and an array's description, in format 2 and 3.

Zarr storage specification 2 (``.zattrs``, ``.zarray``) and Zarr core 3.0 (``zarr.json``). Nothing outside the store's
own folder is opened: a path that leads out of it, by ``..`` or by a link, is refused.
"""

from __future__ import annotations

import json
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Any, Protocol

from rembi_widgets.images._errors import UnreadableImageError

if TYPE_CHECKING:
    from collections.abc import Mapping

JSON_LIMIT = 16 << 20
"""Bytes of a file of metadata; a plate of 384 wells takes 100 kB."""
DIMENSIONS_LIMIT = 8
SHARDED = "sharding_indexed"
PLAIN = frozenset({"bytes", "transpose", "crc32c"})
"""Codecs that do not compress."""

_V2_KINDS = {"u": "uint", "i": "int", "f": "float", "b": "bool", "c": "complex"}
_OME = {"float32": "float", "float64": "double", "bool": "bit", "complex64": "complex", "complex128": "double-complex"}


@dataclass(frozen=True, slots=True)
class Array:
    """An array's description.

    Attributes
    ----------
    folder
        Where it lies.
    dtype
        Element type as numpy names it (``uint16``).
    order
        ``<`` or ``>``, the byte order of format 2; format 3 names it among the codecs.
    codecs
        How a chunk was made, first to last; ``id`` names the codec.
    key
        The pattern of a chunk's path: separator and prefix (``c/`` in format 3).
    """

    folder: Path
    shape: tuple[int, ...]
    chunks: tuple[int, ...]
    dtype: str
    order: str = "<"
    fill: float = 0
    fortran: bool = False
    codecs: tuple[Mapping[str, Any], ...] = ()
    key: tuple[str, str] = ("/", "")
    names: tuple[str, ...] = ()
    raw: Mapping[str, Any] = field(default_factory=dict)

    @property
    def pixel_type(self) -> str:
        """The element type in OME's words."""
        return _OME.get(self.dtype, self.dtype)

    @property
    def compression(self) -> str:
        """The codecs that compress, for people."""
        codecs = self.codecs
        if codecs and codecs[0]["id"] == SHARDED:
            codecs = codecs_3(codecs[0].get("codecs"))
        named = [codec for codec in codecs if codec["id"] not in PLAIN]
        said = (f"{item['id']} ({item['cname']})" if "cname" in item else str(item["id"]) for item in named)
        return ", ".join(said) or "none"


class Remote(Protocol):
    """A store that is not in a folder: gives its files one by one."""

    @property
    def name(self) -> str:
        """What messages call it."""
        ...

    def get(self, path: str, limit: int) -> bytes | None:
        """Give a file's bytes; ``None`` if there is no such file."""
        ...


def is_node(store: Path | Remote, below: str) -> bool:
    """Tell whether there is a Zarr group or array at a path below a store."""
    if isinstance(store, Path):
        return is_zarr(inside(store, below))
    return any(store.get(f"{below}/{name}", JSON_LIMIT) is not None for name in ("zarr.json", ".zattrs", ".zgroup"))


def is_zarr(path: Path) -> bool:
    """Tell whether a folder is a Zarr group or array, by the files in it."""
    return path.is_dir() and any((path / name).is_file() for name in ("zarr.json", ".zgroup", ".zattrs", ".zarray"))


def inside(store: Path, below: str) -> Path:
    """Give a path below a store.

    Raises
    ------
    UnreadableImageError
        If it leads out of the store.
    """
    root = store.resolve()
    try:
        found = (root / below).resolve()
    except (OSError, ValueError, RuntimeError) as fault:
        raise UnreadableImageError("images.path_outside", name=store.name, found=below[:200]) from fault
    if not found.is_relative_to(root):
        raise UnreadableImageError("images.path_outside", name=store.name, found=below[:200])
    return found


def read_json(store: Path | Remote, below: str) -> dict[str, Any]:
    """Read a JSON object of a store; an empty one if there is no such file.

    Raises
    ------
    UnreadableImageError
        If it is too large, no JSON, or no object.
    """
    data = content(store, below, JSON_LIMIT)
    if data is None:
        return {}
    try:
        found = json.loads(data)
    except (ValueError, RecursionError) as fault:
        raise UnreadableImageError("images.json_broken", name=below, reason=str(fault)[:200]) from fault
    if not isinstance(found, dict):
        raise UnreadableImageError("images.json_broken", name=below, reason=type(found).__name__)
    return found


def content(store: Path | Remote, below: str, limit: int) -> bytes | None:
    """Give the bytes of a file of a store; ``None`` if there is no such file.

    Raises
    ------
    UnreadableImageError
        If it is too large, or its path leads out of the store.
    """
    if not isinstance(store, Path):
        if ".." in below.split("/"):
            raise UnreadableImageError("images.path_outside", name=store.name, found=below[:200])
        return store.get(below, limit)
    place = inside(store, below)
    try:
        size = place.stat().st_size
        if size > limit:
            values = {"name": below, "size_mb": size >> 20, "limit_mb": limit >> 20}
            raise UnreadableImageError("images.header_too_large", **values)
        return place.read_bytes()
    except (OSError, ValueError):
        return None


def attributes(store: Path | Remote, below: str = "") -> tuple[dict[str, Any], str]:
    """Give a group's attributes and where they were read; those of OME-Zarr 0.5 without their outer ``ome``."""
    lead = f"{below.rstrip('/')}/" if below else ""
    new = mapping(read_json(store, f"{lead}zarr.json").get("attributes"))
    if new:
        return mapping(new.get("ome")) or new, f"{lead}zarr.json"
    old = read_json(store, f"{lead}.zattrs")
    return mapping(old.get("ome")) or old, f"{lead}.zattrs"


def mapping(found: Any) -> dict[str, Any]:
    """Give a JSON object, or an empty one in place of anything else."""
    return found if isinstance(found, dict) else {}


def listed(found: Any) -> list[Any]:
    """Give a JSON list, or an empty one in place of anything else."""
    return found if isinstance(found, list) else []


def array(store: Path | Remote, below: str) -> Array:
    """Read an array's description.

    Raises
    ------
    UnreadableImageError
        If there is none, or it makes no sense.
    """
    folder = inside(store, below) if isinstance(store, Path) else Path(below)
    try:
        new = read_json(store, f"{below}/zarr.json")
        if new:
            return _array_3(folder, new)
        old = read_json(store, f"{below}/.zarray")
        if old:
            return _array_2(folder, old)
    except (KeyError, TypeError, ValueError, AttributeError, IndexError, OverflowError) as fault:
        raise UnreadableImageError(
            "images.zarr_array", name=f"{store.name}/{below}", reason=repr(fault)[:200]
        ) from fault
    raise UnreadableImageError("images.zarr_missing", name=store.name, found=below[:200])


def codecs_3(found: Any) -> tuple[Mapping[str, Any], ...]:
    """Give codecs of format 3 as format 2 writes them: name and settings in one."""
    return tuple({**mapping(codec.get("configuration")), "id": str(codec["name"])} for codec in listed(found))


def whole(found: Any, *, least: int) -> tuple[int, ...]:
    """Give a list of whole numbers, none below a least one."""
    numbers = tuple(found)
    if not 0 < len(numbers) <= DIMENSIONS_LIMIT or any(type(number) is not int or number < least for number in numbers):
        raise ValueError(str(found)[:80])  # caught by ``array``
    return numbers


def _array_2(folder: Path, said: Mapping[str, Any]) -> Array:
    named = str(said["dtype"])
    codecs = [
        dict(codec)
        for codec in (*(said.get("filters") or ()), *([said["compressor"]] if said.get("compressor") else ()))
    ]
    fill = said.get("fill_value")
    return Array(
        folder=folder,
        shape=whole(said["shape"], least=0),
        chunks=whole(said["chunks"], least=1),
        dtype=_dtype_2(named),
        order=">" if named[0] == ">" else "<",
        fill=fill if isinstance(fill, int | float) else 0,
        fortran=said.get("order") == "F",
        codecs=tuple({**codec, "id": str(codec["id"])} for codec in codecs),
        key=("/" if said.get("dimension_separator") == "/" else ".", ""),
        raw=said,
    )


def _dtype_2(named: str) -> str:
    kind, size = _V2_KINDS[named[1]], int(named[2:])
    return "bool" if kind == "bool" else f"{kind}{8 * size}"


def _array_3(folder: Path, said: Mapping[str, Any]) -> Array:
    grid = said["chunk_grid"]["configuration"]["chunk_shape"]
    keys = mapping(said.get("chunk_key_encoding"))
    slash = mapping(keys.get("configuration")).get("separator")
    fill = said.get("fill_value")
    v2_keys = keys.get("name") == "v2"
    separator = str(slash or ("." if v2_keys else "/"))
    return Array(
        folder=folder,
        shape=whole(said["shape"], least=0),
        chunks=whole(grid, least=1),
        dtype=str(said["data_type"]),
        fill=fill if isinstance(fill, int | float) else 0,
        codecs=codecs_3(said.get("codecs")),
        key=(separator, "" if v2_keys else f"c{separator}"),
        names=tuple(str(name) for name in said.get("dimension_names") or ()),
        raw=said,
    )
