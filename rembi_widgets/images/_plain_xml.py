"""XML inside microscope files, parsed safely: no document type, no entity, no network, no file beside it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from rembi_widgets.images._errors import UnreadableImageError

if TYPE_CHECKING:
    from collections.abc import Iterator

    from lxml import etree

LIMIT = 64 << 20
"""Bytes of a document that is parsed; the longest seen in real files is below 1 MB."""
REFUSED = (b"<!DOCTYPE", b"<!ENTITY")


def parse_xml(data: bytes, name: str) -> etree._Element:
    """Parse a document in UTF-8.

    Parameters
    ----------
    data
        The document as it lies in the file.
    name
        The file's name, for messages.

    Raises
    ------
    UnreadableImageError
        If it is too large, is not well formed, or brings a document type or entities.
    """
    from lxml import etree

    check_length(len(data), name)
    plain = data.removeprefix(b"\xef\xbb\xbf").strip(b"\0 \t\r\n")
    if any(mark in plain for mark in REFUSED):
        raise UnreadableImageError("images.xml_doctype", name=name)
    # the encoding is set, so that no declaration can name another one behind the search for a document type
    options: Any = {"resolve_entities": False, "no_network": True, "huge_tree": False, "load_dtd": False}
    parser: Any = etree.XMLParser(encoding="utf-8", remove_comments=True, remove_pis=True, **options)
    try:
        root: etree._Element | None = etree.fromstring(plain, parser)
    except etree.XMLSyntaxError as fault:
        raise UnreadableImageError("images.xml_broken", name=name, reason=str(fault.msg)) from fault
    if root is None:
        raise UnreadableImageError("images.xml_broken", name=name, reason="-")
    return root


def check_length(length: int, name: str, limit: int = LIMIT) -> None:
    """Refuse a header that is too large to be read.

    Raises
    ------
    UnreadableImageError
        If it is longer than ``limit`` bytes.
    """
    if length > limit:
        values = {"name": name, "size_mb": length >> 20, "limit_mb": limit >> 20}
        raise UnreadableImageError("images.header_too_large", **values)


def said(element: etree._Element | None, path: str) -> str | None:
    """Give the text at a path below an element; none if it is not there or empty."""
    if element is None:
        return None
    found = element.findtext(path)
    return found.strip() or None if found is not None else None


def below(element: etree._Element | None, path: str) -> Iterator[etree._Element]:
    """Give the elements at a path below an element; none below nothing."""
    if element is not None:
        yield from element.iterfind(path)
