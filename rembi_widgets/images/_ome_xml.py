"""OME-XML made small before it is parsed: the planes are most of it and say almost nothing.

A stack of 10,000 planes carries 4 MB of ``TiffData`` and ``Plane`` elements. They are cut out by searching for bytes
and kept aside unparsed; lxml sees the rest. Where the search could be fooled (a CDATA section, a processing
instruction, a channel among the planes) the whole document is parsed instead. A document type or an entity is refused
before any parser sees it.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from functools import lru_cache
from typing import TYPE_CHECKING, Any, NamedTuple

from rembi_widgets.images._errors import UnreadableImageError, first_bytes

if TYPE_CHECKING:
    from collections.abc import Iterator

    from lxml import etree

XML_LIMIT = 64 << 20
"""Bytes of a document that is parsed."""

HELD_BELOW = 1 << 20
"""Bytes of a document parsed whole, up to which all its elements are kept at hand."""

_ROOT = re.compile(rb"<(?:([A-Za-z_][\w.-]*):)?OME[\s/>]")
_NAMESPACE = re.compile(rb"""\sxmlns\s*=\s*(?:"[^"<]*"|'[^'<]*')""")
_DECLARATION = re.compile(rb"\s*<\?xml\s[^>]*?\?>")
_ENCODING = re.compile(rb"""encoding\s*=\s*["']([A-Za-z0-9._-]+)["']""")
_CODECS = {"utf-8": "", "utf8": "", "us-ascii": "", "ascii": "", "iso-8859-1": "latin-1", "latin1": "latin-1",
           "windows-1252": "cp1252", "utf-16": "utf-16"}  # fmt: skip
_MARKS = {b"\xff\xfe": "utf-16", b"\xfe\xff": "utf-16", b"<\0": "utf-16-le", b"\0<": "utf-16-be"}
_CUT = (b"TiffData", b"BinData", b"Plane")


@dataclass(frozen=True, slots=True)
class OmeXml:
    """A parsed document without its planes.

    Attributes
    ----------
    root
        The ``OME`` element.
    planes
        For each ``Pixels`` in order, the bytes of its planes; nothing where the document was parsed whole.
    held
        The elements, kept so that lxml makes each of its Python faces once only.
    """

    root: etree._Element
    planes: tuple[bytes, ...] = field(default=(), repr=False)
    held: tuple[etree._Element, ...] = field(default=(), repr=False)


class Ready(NamedTuple):
    """A document before it is parsed: in UTF-8, free of document types, its planes cut out.

    Attributes
    ----------
    small
        The document without comments, planes and default namespace.
    planes
        What was cut out of each ``Pixels``; nothing where nothing could be cut.
    whole
        The document as it was, for the case that cutting broke it.
    name
        The file's name, for messages.
    """

    small: bytes
    planes: tuple[bytes, ...]
    whole: bytes
    name: str


def is_ome_xml(head: bytes) -> bool:
    """Tell whether a text begins as OME-XML does, in UTF-8 or UTF-16."""
    mark = _MARKS.get(head[:2])
    seen = head[: len(head) & ~1].decode(mark, "ignore").encode() if mark else head
    return seen.removeprefix(b"\xef\xbb\xbf").lstrip()[:1] == b"<" and _ROOT.search(seen) is not None


def parse(data: bytes, name: str) -> OmeXml:
    """Parse OME-XML, planes set aside.

    Parameters
    ----------
    data
        The document as it lies in the file.
    name
        The file's name, for messages.

    Raises
    ------
    UnreadableImageError
        If it is no OME-XML, is not well formed, is too large, or brings a document type or entities.
    """
    return parsed(prepare(data, name))


def prepare(data: bytes, name: str) -> Ready:
    """Make a document ready to be parsed; as ``parse`` does, which tells what is refused."""
    if len(data) > XML_LIMIT:
        values = {"name": name, "size_mb": len(data) >> 20, "limit_mb": XML_LIMIT >> 20}
        raise UnreadableImageError("images.header_too_large", **values)
    plain = utf8(data, name)
    # one letter is found ten times as fast as a word, and most headers have no "!" at all
    marked = b"!" in plain
    if marked and (b"<!DOCTYPE" in plain or b"<!ENTITY" in plain):
        raise UnreadableImageError("images.xml_doctype", name=name)
    found = _ROOT.search(plain)
    if found is None:
        raise UnreadableImageError("images.no_ome", name=name, found=first_bytes(plain.lstrip()))
    small, planes = _without_planes(plain, found[1] or b"", marked=marked)
    return Ready(_plainly_named(small), planes, plain, name)


def _plainly_named(data: bytes) -> bytes:
    """Take the default namespace off the root: each name would carry its 50 letters through the mapping."""
    found = default_namespace(data)
    return data[: found[0]] + data[found[1] :] if found else data


def default_namespace(data: bytes) -> tuple[int, int] | None:
    """Give where the root's default namespace begins and ends; none if it has none."""
    root = _ROOT.search(data)
    found = _NAMESPACE.search(data, root.start(), data.find(b">", root.start())) if root else None
    return found.span() if found else None


def parsed(ready: Ready) -> OmeXml:
    """Parse the small document, and the whole one where cutting broke it."""
    from lxml import etree

    small, planes, whole, name = ready
    reason = ""
    for data, cut in _tries(small, planes, whole):
        try:
            root = _tree(data, name)
        except etree.XMLSyntaxError as fault:
            reason = str(fault.msg)
            continue
        return OmeXml(root, cut, tuple(root.iter()) if cut or len(data) < HELD_BELOW else ())
    raise UnreadableImageError("images.xml_broken", name=name, reason=reason)


def _tries(small: bytes, planes: tuple[bytes, ...], whole: bytes) -> Iterator[tuple[bytes, tuple[bytes, ...]]]:
    """Give what is parsed, one after the other, until something is well formed."""
    yield small, planes
    if small is not whole:
        yield whole, ()
    if not whole.isascii():
        # some writers put a bare Latin-1 µ into what they call UTF-8
        yield whole.decode("latin-1").encode(), ()


def _tree(data: bytes, name: str) -> etree._Element:
    root = _from_bytes(data)
    if root.tag != "OME" and not str(root.tag).endswith("}OME"):
        raise UnreadableImageError("images.no_ome", name=name, found=str(root.tag)[:80])
    return root


_parsers: list[Any] = []


def _from_bytes(data: bytes) -> etree._Element:
    """Parse XML that is known to be UTF-8 and without a document type."""
    from lxml import etree

    if not _parsers:
        # the encoding is set, so that no declaration can name another one behind the search for a document type
        options: Any = {"resolve_entities": False, "no_network": True, "huge_tree": False, "load_dtd": False}
        _parsers.append(etree.XMLParser(encoding="utf-8", remove_comments=True, remove_pis=True, **options))
    root: etree._Element = etree.fromstring(data, _parsers[0])
    return root


def utf8(data: bytes, name: str) -> bytes:
    """Give the document in UTF-8 without a byte order mark."""
    mark = _MARKS.get(data[:2])
    if mark is None:
        plain = data.removeprefix(b"\xef\xbb\xbf").strip(b"\0 \t\r\n")
        said = _declared(plain)
        if said not in _CODECS:
            raise UnreadableImageError("images.xml_encoding", name=name, found=said)
        # a description in a TIFF is bytes: one that declares UTF-16 but is written in bytes is UTF-8
        codec = _CODECS[said] if _CODECS[said] != "utf-16" else ""
        return plain.decode(codec, "replace").encode() if codec else plain
    text = data[: len(data) & ~1].decode(mark, "replace").lstrip("\ufeff").rstrip("\0 \t\r\n")
    return text.encode("utf-8", "replace")


def _declared(plain: bytes) -> str:
    declared = _DECLARATION.match(plain[:512])
    named = _ENCODING.search(declared[0]) if declared else None
    return named[1].decode("ascii").lower() if named else "utf-8"


def is_utf8(data: bytes) -> bool:
    """Tell whether a document is taken for UTF-8 as it is."""
    return _MARKS.get(data[:2]) is None and _CODECS.get(_declared(data)) == ""


def _without_planes(data: bytes, prefix: bytes, *, marked: bool) -> tuple[bytes, tuple[bytes, ...]]:
    """Cut the planes out of every ``Pixels``; give the document and what was cut."""
    if marked and b"<!--" in data:
        data = _without_comments(data)
    declared = data.find(b"?>") + 2 if data.startswith(b"<?") else 0
    if (marked and b"<![CDATA[" in data) or (data.find(b"?", declared) > 0 and data.find(b"<?", declared) > 0):
        return data, ()
    opening, closing, channel, cuts = _tags(prefix)
    kept: list[bytes] = []
    planes: list[bytes] = []
    at = 0
    while (begin := data.find(opening, at)) >= 0:
        end = data.find(closing, begin)
        first = _first(data, cuts, begin, end) if end > 0 else -1
        if first < 0:
            planes.append(b"")
            kept.append(data[at : begin + len(opening)])
            at = begin + len(opening)
            continue
        if data.find(channel, begin, first) < 0 <= data.find(channel, first, end):
            return data, ()  # the channels come after the planes, against the schema
        kept.append(data[at:first])
        planes.append(data[first:end])
        at = end
    if not any(planes):
        return data, ()
    return b"".join((*kept, data[at:])), tuple(planes)


@lru_cache(maxsize=16)
def _tags(prefix: bytes) -> tuple[bytes, bytes, bytes, tuple[bytes, ...]]:
    """Give how ``Pixels`` begins and ends, how ``Channel`` begins, and how what is cut begins."""
    lead = b"<" + prefix + (b":" if prefix else b"")
    return lead + b"Pixels", b"</" + lead[1:] + b"Pixels", lead + b"Channel", tuple(lead + name for name in _CUT)


def _first(data: bytes, cuts: tuple[bytes, ...], begin: int, end: int) -> int:
    """Give where the first plane of a ``Pixels`` begins; -1 if there is none."""
    first = -1
    for cut in cuts:
        # a search goes no further than what was found before it: a stack is not read through for BinData
        found = data.find(cut, begin, end if first < 0 else first)
        first = found if found >= 0 else first
    return first


def _without_comments(data: bytes) -> bytes:
    """Take comments out, except in CDATA sections, where "<!--" is text."""
    kept: list[bytes] = []
    at = 0
    while (begin := data.find(b"<!--", at)) >= 0:
        section = data.find(b"<![CDATA[", at, begin)
        end = data.find(b"]]>", section) if section >= 0 else data.find(b"-->", begin + 4)
        if end < 0:
            return data
        kept.append(data[at : end + 3] if section >= 0 else data[at:begin])
        at = end + 3
    return b"".join((*kept, data[at:]))
