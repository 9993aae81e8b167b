"""The full OME model of a file, by ome-types: loaded and validated only when somebody asks to see it.

ome-types refuses a whole document for one bad word; then the reason is told, and what the own reader found stands.
"""

from __future__ import annotations

import warnings
from enum import Enum
from pathlib import Path
from typing import TYPE_CHECKING, Any

from rembi_widgets.images._errors import UnreadableImageError
from rembi_widgets.images._ome_xml import parse, utf8
from rembi_widgets.images._read import read_image
from rembi_widgets.images._source import Source
from rembi_widgets.images._tiff_header import first_ifd
from rembi_widgets.images._tiff_values import DESCRIPTION

if TYPE_CHECKING:
    from collections.abc import Iterator

FORMATS = frozenset({"OME-TIFF", "OME-XML"})
MOST = 20_000
"""Values that are given; a document of 10,000 planes has more."""


def ome_model(path: Path | str) -> tuple[tuple[str, str], ...]:
    """Give the values of the OME model with their places: ``images/0/pixels/size_x`` and ``512``.

    Raises
    ------
    UnreadableImageError
        If the file holds no OME-XML, or one that is no valid OME.
    OSError
        If the file cannot be opened.
    """
    path = Path(path)
    if read_image(path)[0].format not in FORMATS:
        raise UnreadableImageError("viewer.no_ome", name=path.name)
    said = xml_of(path)
    parse(said, path.name)  # refuses a DOCTYPE, and what is too large, before anything else reads the text
    import ome_types

    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # it tells of ids that it writes in another way
            model = ome_types.from_xml(utf8(said, path.name))
    except (ValueError, TypeError, KeyError, AttributeError) as fault:
        reason = " ".join(str(fault).split())[:300]
        raise UnreadableImageError("viewer.ome_refused", name=path.name, reason=reason) from fault
    plain = model.model_dump(exclude_none=True, exclude_unset=True)
    found: list[tuple[str, str]] = []
    for value in _leaves(plain, ""):
        if len(found) == MOST:
            break
        found.append(value)
    return tuple(found)


def xml_of(path: Path) -> bytes:
    """Give the OME-XML of a file, wherever it lies, as it stands there."""
    with Source(path) as source:
        if source.at(0, 2) in {b"II", b"MM"}:
            return first_ifd(source).text(DESCRIPTION)
    return path.read_bytes()


def _leaves(held: Any, place: str) -> Iterator[tuple[str, str]]:
    if isinstance(held, dict):
        items = held.items()
    elif isinstance(held, list):
        items = ((str(number), one) for number, one in enumerate(held))  # type: ignore[assignment]
    else:
        yield place, _said(held)
        return
    for name, value in items:
        yield from _leaves(value, f"{place}/{name}" if place else str(name))


def _said(value: Any) -> str:
    """Give a value in words; of binary data only how much there is."""
    if isinstance(value, bytes):
        return f"({len(value)} bytes)"
    return str(value.value if isinstance(value, Enum) else value)
