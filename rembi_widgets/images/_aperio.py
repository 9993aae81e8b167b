"""Aperio SVS: pyramidal TIFF whose description holds ``key = value`` fields after a free text, set apart by "|".

MPP is the size of a pixel in µm, AppMag the magnification of the scan. Among the fields are a user and a file's name,
which are read only when asked for.
"""

from __future__ import annotations

import re
from datetime import datetime
from typing import TYPE_CHECKING

from rembi_widgets.images import _tiff_values as tags
from rembi_widgets.images._errors import UnreadableImageError
from rembi_widgets.images._found import Found
from rembi_widgets.images._imagerecord import ImageObjective

if TYPE_CHECKING:
    from collections.abc import Mapping

    from rembi_widgets.images._imagerecord import ImageRecord
    from rembi_widgets.images._source import Source
    from rembi_widgets.images._tiff_header import Ifd

PLACE = "ImageDescription/"
_KEPT = ("ImageID", "OriginalWidth", "OriginalHeight", "Left", "Top", "ScanScope ID", "ICC Profile")
_PROGRAM = re.compile(r"Aperio [A-Za-z ]+v?[\d.]+")


def read_svs(source: Source, ifd: Ifd, description: bytes) -> tuple[ImageRecord, ...]:
    """Give the record of the full picture; its smaller copies, label and overview are no images of their own.

    Raises
    ------
    UnreadableImageError
        If the image has no size.
    """
    width, height = int(ifd.first(tags.WIDTH)), int(ifd.first(tags.HEIGHT))
    if width <= 0 or height <= 0:
        raise UnreadableImageError("images.no_size", name=source.path.name)
    text = description.decode("utf-8", "replace")
    fields = (part.partition("=") for part in text.split("|")[1:])
    said = {key.strip(): value.strip() for key, equals, value in fields if equals}
    found = Found()
    for axis, size, tag in (("x", width, tags.WIDTH), ("y", height, tags.HEIGHT)):
        found.put(f"size_{axis}", size, tags.place(tag))
        name = f"px_{axis}_um"
        found.put(name, found.notes.length_um(name, said.get("MPP")), PLACE + "MPP")
    found.put("size_c", tags.colours_of(ifd), tags.place(tags.SAMPLES))
    found.put("size_z", 1, "TIFF")
    found.put("size_t", 1, "TIFF")
    found.put("pixel_type", tags.pixel_type_of(ifd), tags.place(tags.BITS))
    found.put("compression", tags.compression_of(ifd), tags.place(tags.COMPRESSION))
    _scanner(said, text, found)
    if source.personal:
        found.put("experimenter", said.get("User"), PLACE + "User")
    tags.check_complete(ifd, found.notes)
    raw = {key: said[key][:200] for key in _KEPT if said.get(key)}
    return (found.record(**source.about(), format="SVS", reader="tiff", raw=raw),)


def _scanner(said: Mapping[str, str], text: str, found: Found) -> None:
    power = found.notes.positive("objective.magnification", said.get("AppMag"))
    if power is not None:
        given = found.gather("objective", [("magnification", power, PLACE + "AppMag")])
        found.put("objective", ImageObjective(**given), PLACE + "AppMag")
    program = _PROGRAM.match(text)
    found.put("software", program[0].strip(". ") if program else None, "ImageDescription")
    found.put("acquired_at", _date(said, found), PLACE + "Date")


def _date(said: Mapping[str, str], found: Found) -> str | None:
    """Give date and time, which Aperio writes as month/day/year."""
    day = said.get("Date")
    if not day:
        return None
    for form in ("%m/%d/%y", "%m/%d/%Y"):
        try:
            date = datetime.strptime(day, form).date().isoformat()  # noqa: DTZ007 - no zone is stated
        except ValueError:
            continue
        return found.notes.date("acquired_at", f"{date}T{said['Time']}" if said.get("Time") else date)
    return found.notes.date("acquired_at", day)
