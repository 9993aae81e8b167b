"""DeltaVision DV: the header of 1024 bytes (Applied Precision's "IVE" header, published with Priism).

Both byte orders occur. The objective is named by a number only; its table is the vendor's.
"""

from __future__ import annotations

from struct import unpack_from
from typing import TYPE_CHECKING

from rembi_widgets.images._errors import UnreadableImageError
from rembi_widgets.images._found import Found
from rembi_widgets.images._imagerecord import ImageChannel

if TYPE_CHECKING:
    from pathlib import Path

    from rembi_widgets.images._imagerecord import ImageRecord
    from rembi_widgets.images._source import Source

HEADER = 1024
MAGIC_AT = 96
ORDERS = {b"\xa0\xc0": "<", b"\xc0\xa0": ">"}
TYPES = {
    0: ("uint8", "u1"), 1: ("int16", "i2"), 2: ("float", "f4"), 4: ("complex", "c8"), 5: ("int16", "i2"),
    6: ("uint16", "u2"), 7: ("int32", "i4"), 8: ("double", "f8"),
}  # fmt: skip
"""Pixel type's code to its name in OME's words and in numpy's."""
SEQUENCES = {0: "XYZTC", 1: "XYCZT", 2: "XYZCT"}
"""Order of the planes, first axis fastest."""
WAVES = 5


class DeltaVisionReader:
    """Reads DeltaVision DV."""

    name = "dv"
    formats = ("DV",)
    untested = ()

    def matches(self, head: bytes, path: Path) -> bool:  # noqa: ARG002 - the bytes decide
        """Tell whether the number of the format stands in its place, in either byte order."""
        return head[MAGIC_AT : MAGIC_AT + 2] in ORDERS and len(head) >= HEADER

    def read(self, source: Source) -> tuple[ImageRecord, ...]:
        """Give the record."""
        head = source.at(0, HEADER)
        order = ORDERS[head[MAGIC_AT : MAGIC_AT + 2]]
        columns, rows, sections, code = unpack_from(f"{order}4i", head)
        if min(columns, rows, sections) <= 0:
            raise UnreadableImageError("images.no_size", name=source.path.name)
        found = Found()
        found.put("size_x", columns, "DV byte 0 (NumCol)")
        found.put("size_y", rows, "DV byte 4 (NumRow)")
        found.put("pixel_type", TYPES.get(code, (None,))[0], "DV byte 12 (PixelType)")
        _planes(head, order, sections, found)
        _voxel(head, order, found)
        (lens,) = unpack_from(f"{order}h", head, 162)
        raw = {"lens id": str(lens)} if lens else {}
        return (found.record(**source.about(), format="DV", reader=self.name, compression="none", raw=raw),)


def _planes(head: bytes, order: str, sections: int, found: Found) -> None:
    """Fill in channels, time points and planes: the planes are what is left of all sections."""
    times, sequence = unpack_from(f"{order}2h", head, 180)
    waves, *lengths = unpack_from(f"{order}6h", head, 196)
    times, waves = max(times, 1), max(waves, 1)
    found.put("dim_order", SEQUENCES.get(sequence), "DV byte 182 (ImgSequence)")
    if sections % (times * waves):
        found.notes.note("planes_differ", stated=times * waves, stored=sections)
        return
    found.put("size_z", sections // (times * waves), "DV byte 8 (NumSections)", derived=True)
    found.put("size_c", waves, "DV byte 196 (NumWaves)")
    found.put("size_t", times, "DV byte 180 (NumTimes)")
    channels = []
    for index, length in enumerate(lengths[: min(waves, WAVES)]):
        wave = found.notes.wavelength_nm("channels.emission_nm", length or None)
        given = found.gather("channels", [("emission_nm", wave, f"DV byte {198 + 2 * index} (EmWave)")])
        channels.append(ImageChannel(index=index, **given))
    found.put("channels", tuple(channels), "DV byte 196 (NumWaves)")


def _voxel(head: bytes, order: str, found: Found) -> None:
    """Fill in the distances of pixels, in µm; real numbers of 32 bits know 7 digits."""
    for axis, size, place in zip("xyz", unpack_from(f"{order}3f", head, 40), (40, 44, 48), strict=True):
        name = f"px_{axis}_um"
        found.put(name, found.notes.length_um(name, f"{size:.7g}"), f"DV byte {place} (Pixel spacing)")
