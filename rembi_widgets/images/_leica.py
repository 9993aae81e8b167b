"""Leica LIF and LOF: the XML that describes the images, read without touching the pixels.

Leica Image File Formats 3.2: a block is 0x70, its length, 0x2A, a count of letters, and these in UTF-16. A LIF begins
with its XML; a LOF with its name, and its XML stands behind the pixels.
"""

from __future__ import annotations

from struct import unpack_from
from typing import TYPE_CHECKING, Any

from rembi_widgets.images._errors import UnreadableImageError
from rembi_widgets.images._leica_map import image_of
from rembi_widgets.images._plain_xml import check_length, parse_xml

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from lxml import etree

    from rembi_widgets.images._imagerecord import ImageRecord
    from rembi_widgets.images._source import Source

BLOCK, TEXT = 0x70, 0x2A
LOF = "LMS_Object_File"
LOF_FIELDS = 5 + 5 + 9
"""Bytes of a LOF's two version numbers and of the length of its pixels, each with a mark of one byte."""
IMAGES_LIMIT = 10000
DEPTH_LIMIT = 64
"""Folders inside folders; LAS X makes few."""


class LeicaReader:
    """Reads Leica LIF and LOF."""

    name = "leica"
    formats = ("LIF", "LOF")
    untested = ("LOF",)

    def matches(self, head: bytes, path: Path) -> bool:  # noqa: ARG002 - the bytes decide
        """Tell whether the file begins with a block of text as Leica writes it."""
        if len(head) < 13 or head[:4] != b"\x70\0\0\0" or head[8] != TEXT:  # noqa: PLR2004 - a block's fields
            return False
        letters = head[13:15]
        return letters in (b"<\0", b"L\0")

    def read(self, source: Source) -> tuple[ImageRecord, ...]:
        """Give a record for each image, in the order of the file's tree."""
        root, is_lof = metadata(source)
        about: dict[str, Any] = {**source.about(), "format": "LOF" if is_lof else "LIF", "reader": self.name}
        images = list(images_in(root))[:IMAGES_LIMIT]
        if not images:
            raise UnreadableImageError("images.leica_no_image", name=source.path.name)
        return tuple(
            image_of(image, name, {**about, "scene_index": place}, source) for place, (name, image) in enumerate(images)
        )


def metadata(source: Source) -> tuple[etree._Element, bool]:
    """Give the XML of a file, and whether it is a LOF.

    Raises
    ------
    UnreadableImageError
        If it lies outside the file, or is no sound XML.
    """
    text, end = _block(source, 0)
    is_lof = text.startswith(LOF)
    if is_lof:
        text, _ = _block(source, _after_pixels(source, end))
    return parse_xml(text.encode("utf-8", "replace"), source.path.name), is_lof


def _block(source: Source, begin: int) -> tuple[str, int]:
    """Give the text of a block, and where it ends."""
    mark, _, kind, letters = unpack_from("<IIBI", source.at(begin, 13))
    if mark != BLOCK or kind != TEXT:
        raise UnreadableImageError("images.leica_block", name=source.path.name, found=f"{mark:#x}", at=begin)
    check_length(2 * letters, source.path.name)
    return source.at(begin + 13, 2 * letters).decode("utf-16-le", "replace"), begin + 13 + 2 * letters


def _after_pixels(source: Source, begin: int) -> int:
    """Give where a LOF's XML begins."""
    marks = unpack_from("<BIBIBQ", source.at(begin, LOF_FIELDS))
    return int(begin + LOF_FIELDS + marks[5])


def images_in(root: etree._Element) -> Iterator[tuple[str, etree._Element]]:
    """Give name and description of each image of a tree, depth first, as Leica's programs number them."""
    pending: list[tuple[tuple[str, ...], etree._Element]] = [((), root)]
    while pending:
        names, element = pending.pop()
        image = element.find("Data/Image")
        if image is None and element.tag == "Data":
            image = element.find("Image")
        if image is not None and image.find("ImageDescription") is not None:
            yield "/".join(names[1:] or names), image  # the first is the project, which bears the file's name
        children = element.findall("Children/Element") + element.findall("Element")
        if len(names) < DEPTH_LIMIT:
            pending += [((*names, child.get("Name", "")), child) for child in reversed(children)]
