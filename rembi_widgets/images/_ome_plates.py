"""Plates in OME-XML: which image was taken in which well."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable

    from lxml import etree

LETTERS, DIGITS = 26, 9


def _named(element: etree._Element, name: str) -> list[etree._Element]:
    return [child for child in element if str(child.tag).rpartition("}")[2] == name]


def wells(plates: Iterable[etree._Element]) -> dict[str, dict[str, str | None]]:
    """Give plate name, row and column for the id of each image in a well."""
    found: dict[str, dict[str, str | None]] = {}
    for plate in plates:
        rows = plate.get("RowNamingConvention") or "letter"
        columns = plate.get("ColumnNamingConvention") or "number"
        for well in _named(plate, "Well"):
            place = {
                "plate": plate.get("Name"),
                "well_row": place_name(well.get("Row"), rows),
                "well_col": place_name(well.get("Column"), columns),
            }
            for ref in _images(well):
                found[ref.get("ID", "")] = place
    return found


def _images(well: etree._Element) -> Iterable[etree._Element]:
    return (ref for sample in _named(well, "WellSample") for ref in _named(sample, "ImageRef"))


def place_name(index: str | None, convention: str) -> str | None:
    """Name a row or column that is counted from 0, as a plate's convention (``letter`` or ``number``) says.

    >>> place_name("0", "letter"), place_name("26", "letter"), place_name("0", "number")
    ('A', 'AA', '1')
    """
    if index is None or not index.isdecimal() or len(index) > DIGITS or int(index) >= LETTERS * LETTERS + LETTERS:
        return None
    number = int(index)
    if convention != "letter":
        return str(number + 1)
    high, low = divmod(number, LETTERS)
    return (chr(64 + high) if high else "") + chr(65 + low)
