"""MRC: the header of 1024 bytes (Cheng et al. 2015, doi:10.1016/j.jsb.2015.04.002, "MRC2014").

Lengths are in ångström, for the whole box and not for a voxel. A stack of pictures (space group 0) does not say whether
its sections are planes, tilts or times.
"""

from __future__ import annotations

from math import isfinite
from struct import unpack_from
from typing import TYPE_CHECKING

from rembi_widgets.images._errors import UnreadableImageError
from rembi_widgets.images._found import Found

if TYPE_CHECKING:
    from pathlib import Path

    from rembi_widgets.images._imagerecord import ImageRecord
    from rembi_widgets.images._source import Source

HEADER = 1024
MARK_AT, MARK = 208, b"MAP "
IMOD_AT, IMOD = 152, 1146047817
"""Where IMOD leaves its stamp: with it, the next number tells whether bytes are signed."""
MODES = {
    0: ("int8", "i1"), 1: ("int16", "i2"), 2: ("float", "f4"), 4: ("complex", "c8"), 6: ("uint16", "u2"),
    12: (None, "f2"),
}  # fmt: skip
"""Mode to the pixel type in OME's words, and to numpy's; OME has no word for a float of 16 bits."""
KNOWN_MODES = frozenset({0, 1, 2, 3, 4, 6, 12, 101})
VOLUME, STACK_OF_VOLUMES = 1, 401
LABELS, LABEL = 10, 80


class MrcReader:
    """Reads MRC and CCP4 maps."""

    name = "mrc"
    formats = ("MRC",)
    untested = ()

    def matches(self, head: bytes, path: Path) -> bool:  # noqa: ARG002 - the bytes decide
        """Tell whether the mark of the format stands in its place."""
        return head[MARK_AT : MARK_AT + 4] == MARK and len(head) >= HEADER

    def read(self, source: Source) -> tuple[ImageRecord, ...]:
        """Give the record."""
        head = source.at(0, HEADER)
        order = order_of(head)
        columns, rows, sections, mode = unpack_from(f"{order}4i", head)
        if min(columns, rows, sections) <= 0 or mode not in KNOWN_MODES:
            raise UnreadableImageError("images.no_size", name=source.path.name)
        found, raw = Found(), dict[str, str]()
        found.put("size_x", columns, "MRC word 1 (NX)")
        found.put("size_y", rows, "MRC word 2 (NY)")
        found.put("size_c", 1, "MRC")
        _sections(head, order, sections, (found, raw))
        found.put("pixel_type", pixel_type(head, order, mode)[0], "MRC word 4 (MODE)")
        _voxel(head, order, found)
        text = _labels(head, order)
        if text:
            raw["labels"] = text
        return (found.record(**source.about(), format="MRC", reader=self.name, compression="none", raw=raw),)


def order_of(head: bytes) -> str:
    """Give the byte order: as the machine stamp says, else the one in which the mode is a known one."""
    stamp = head[212:214]
    if stamp in (b"\x44\x44", b"\x44\x41"):
        return "<"
    if stamp == b"\x11\x11":
        return ">"
    return "<" if unpack_from("<i", head, 12)[0] in KNOWN_MODES else ">"


def pixel_type(head: bytes, order: str, mode: int) -> tuple[str | None, str | None]:
    """Give the type in OME's words and in numpy's; bytes are unsigned only where IMOD says so."""
    stamp, flags = unpack_from(f"{order}iI", head, IMOD_AT)
    if mode == 0 and stamp == IMOD and not flags & 1:
        return "uint8", "u1"
    return MODES.get(mode, (None, None))


def _sections(head: bytes, order: str, sections: int, into: tuple[Found, dict[str, str]]) -> None:
    found, raw = into
    (depth,) = unpack_from(f"{order}i", head, 36)
    (group,) = unpack_from(f"{order}i", head, 88)
    if sections == 1 or group == VOLUME:
        found.put("size_z", sections, "MRC word 3 (NZ)")
        found.put("size_t", 1, "MRC")
    elif group == STACK_OF_VOLUMES and depth > 0 and sections % depth == 0:
        found.put("size_z", depth, "MRC word 10 (MZ)")
        raw["volumes"] = str(sections // depth)
    else:
        raw["sections"] = str(sections)  # planes, tilts or times: the file does not say


def _voxel(head: bytes, order: str, found: Found) -> None:
    samples = unpack_from(f"{order}3i", head, 28)
    lengths = unpack_from(f"{order}3f", head, 40)
    for axis, count, length, word in zip("xyz", samples, lengths, (11, 12, 13), strict=True):
        if axis == "z" and found.values.get("size_z", 1) == 1 and length == 0:
            continue  # a single picture has no depth
        name = f"px_{axis}_um"
        size = float(f"{length:.7g}") / count if count > 0 and isfinite(length) else length
        found.put(name, found.notes.length_um(name, size, "Å"), f"MRC word {word} (CELLA)", derived=True)


def _labels(head: bytes, order: str) -> str:
    """Give the texts of programs that wrote the file; those that name files are left out."""
    (count,) = unpack_from(f"{order}i", head, 220)
    begin = 224
    texts = [head[begin + LABEL * place : begin + LABEL * (place + 1)] for place in range(min(max(count, 0), LABELS))]
    shown = [text.rstrip(b"\0 ").decode("ascii", "replace").strip() for text in texts]
    return "; ".join(text for text in shown if text and not {"/", "\\"} & set(text))
