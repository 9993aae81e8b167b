"""Pixels of ND2, LIF, LOF, OIB and OIF: the middle plane of each channel, by the libraries of these formats."""

from __future__ import annotations

import re
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any

from rembi_widgets.images._errors import UnreadableImageError
from rembi_widgets.images._olympus import files_of, opened
from rembi_widgets.images._pixels import SHOWN_CHANNELS, Pixels, allow, place_of, stride_for

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

    from numpy.typing import NDArray

    from rembi_widgets.images._imagerecord import ImageRecord

_PLACE = re.compile(r"([CLZTQP])(\d+)")
_COLOURS = 3


def pixels(path: Path, record: ImageRecord, size: int) -> Pixels:
    """Give the middle plane of each channel."""
    allow(path.name, 8 * (record.size_x or 1) * (record.size_y or 1))
    planes = _READ[record.format](path, record)
    first = planes[0]
    step = stride_for(first.shape[1], first.shape[0], size)
    return Pixels(tuple(plane[::step, ::step] for plane in planes if plane.shape == first.shape))


def _middle(record: ImageRecord) -> dict[str, int]:
    return {"Z": place_of("Z", record.size_z or 1), "T": place_of("T", record.size_t or 1)}


def _nd2(path: Path, record: ImageRecord) -> list[NDArray[Any]]:
    import nd2

    with nd2.ND2File(path) as file:
        wanted = {**_middle(record), "P": record.scene_index}
        frames = [index for index, place in enumerate(file.loop_indices) if place.items() <= wanted.items()]
        frame = file.read_frame(frames[0] if frames else 0)
        if frame.ndim == 3 and frame.shape[-1] in (_COLOURS, _COLOURS + 1) and file.sizes.get("S"):  # noqa: PLR2004
            return [frame[..., :_COLOURS]]
        stacked = frame.reshape(-1, *frame.shape[-2:])
        return [plane.copy() for plane in stacked[:SHOWN_CHANNELS]]


def _leica(path: Path, record: ImageRecord) -> list[NDArray[Any]]:
    """Give the two axes that lie together in the file: x and y, or x and z of an upright section."""
    import liffile

    with liffile.LifFile(path) as file:
        image: Any = file.images[record.scene_index]
        if image.sizes.get("X") != record.size_x or not (record.scene_name or "").endswith(image.name):
            raise UnreadableImageError("images.no_preview.broken", name=path.name, reason=image.name)
        frame_axes = set(image.dims[-2:]) if image.dims[-1] != "S" else set(image.dims[-3:])
        at = {axis: place_of(axis, count) for axis, count in image.sizes.items() if axis not in frame_axes | {"C"}}
        channels = range(min(image.sizes.get("C", 1), SHOWN_CHANNELS))
        if "C" not in image.sizes:
            return [image.frame(**at)]
        return [image.frame(C=channel, **at) for channel in channels]


def _olympus(path: Path, record: ImageRecord) -> list[NDArray[Any]]:
    import tifffile

    with _files(path, record) as (names, open_file):
        planes = []
        for channel in range(min(record.size_c or 1, SHOWN_CHANNELS)):
            name = _plane_name(names, {"C": channel + 1, **{axis: at + 1 for axis, at in _middle(record).items()}})
            with open_file(name) as handle, tifffile.TiffFile(handle) as file:
                planes.append(file.pages[0].asarray())
        return planes


def _plane_name(names: list[str], wanted: dict[str, int]) -> str:
    """Give the file of a plane: s_C001Z002T003.tif; an axis that the name leaves out has one place."""
    for name in names:
        said = {axis: int(number) for axis, number in _PLACE.findall(name.rpartition("/")[2])}
        if said and all(wanted.get(axis, 1) == number for axis, number in said.items()):
            return name
    raise KeyError(str(wanted))  # becomes a sentence in ``preview``


@contextmanager
def _files(path: Path, record: ImageRecord) -> Iterator[tuple[list[str], Callable[[str], Any]]]:
    """Give the names of the planes' TIFFs, and how one is opened; those of an OIF lie in its own folder."""
    if record.format == "OIB":
        with opened(path) as file:
            yield sorted(name for name in file.files() if name.endswith(".tif")), file.open_file
        return
    inside = {place.name: place for place in files_of(path, "*.tif")}
    yield list(inside), lambda name: inside[name].open("rb")


_READ: dict[str, Callable[[Path, ImageRecord], list[NDArray[Any]]]] = {
    "ND2": _nd2,
    "LIF": _leica,
    "LOF": _leica,
    "OIB": _olympus,
    "OIF": _olympus,
}
