"""Everything that a file says of its image, as it stands there: each tag, element and setting with its place.

Readers take what a record has a field for; here nothing is chosen and nothing is made of it. It is read when somebody
asks to see it, and may name people, computers and folders: it is shown, and kept nowhere.
"""

from __future__ import annotations

import json
from collections import Counter
from pathlib import Path
from typing import TYPE_CHECKING, Any, Literal

from rembi_widgets.images._errors import UnreadableImageError
from rembi_widgets.images._nd2 import FAULTS
from rembi_widgets.images._read import read_image
from rembi_widgets.images._source import Source

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping

    from lxml import etree

    Values = Iterator[tuple[str, str]]

MOST = 20_000
"""Values that are given; the header of a plate has more."""
SHOWN = 2_000
"""Letters of one value."""
_HEADER, _LABELS = 1024, 224
"""Bytes of the header of MRC and DeltaVision, and where its texts begin."""
NUMBERS = 32
"""Numbers of one value that are written out."""
_TIFF = ("lsm_metadata", "stk_metadata", "sis_metadata", "imagej_metadata", "svs_metadata", "scanimage_metadata",
         "fluoview_metadata", "micromanager_metadata", "metaseries_metadata")  # fmt: skip
"""What tifffile reads of the dialects of microscopes."""


def whole_header(path: Path | str) -> tuple[tuple[str, str], ...]:
    """Give all that a file says beside its pixels: places, their parts parted by slashes, and values.

    Parts that come several times are numbered from 0: ``Channels/Channel[1]/@Name``. Planes of an OME-XML are left out.

    Raises
    ------
    UnreadableImageError
        If the file cannot be read.
    OSError
        If the file cannot be opened.
    """
    path = Path(path)
    form = read_image(path)[0].format
    found: list[tuple[str, str]] = []
    try:
        for place, value in _READ[form](path):
            if len(found) == MOST:
                break
            if value:
                found.append((place, _short(value)))
    except FAULTS as fault:
        reason = f"{type(fault).__name__}: {fault}"[:200]
        raise UnreadableImageError("images.library", name=path.name, reason=reason) from fault
    return tuple(found)


def _ome(path: Path) -> Values:
    from rembi_widgets.images._ome_model import xml_of
    from rembi_widgets.images._ome_xml import parse

    document = parse(xml_of(path), path.name)
    yield from _elements(document.root, _name(document.root))
    if any(document.planes):
        yield "OME/Pixels/planes", f"({sum(map(len, document.planes))} bytes)"


def _czi(path: Path) -> Values:
    from rembi_widgets.images._czi import metadata

    with Source(path) as source:
        root = metadata(source)
    yield from _elements(root, _name(root))


def _leica(path: Path) -> Values:
    from rembi_widgets.images._leica import metadata

    with Source(path) as source:
        root, _ = metadata(source)
    yield from _elements(root, _name(root))


def _olympus(path: Path) -> Values:
    from rembi_widgets.images._olympus import settings_of

    with Source(path) as source:
        main, plane = settings_of(source)
    yield from _held(main, "")
    yield from _held(plane, "first plane")


def _nd2(path: Path) -> Values:
    import nd2

    with nd2.ND2File(path) as file:
        yield from _held(file.text_info, "text")
        yield from _held(file.unstructured_metadata(), "")


def _tiff(path: Path) -> Values:
    import tifffile

    with tifffile.TiffFile(path) as file:
        for tag in file.pages[0].tags:  # type: ignore[union-attr]
            yield from _held(tag.value, f"TIFF tag {tag.code} {tag.name}".replace("/", " "))
        for name in _TIFF:
            yield from _held(getattr(file, name, None), name.removesuffix("_metadata"))


def _zarr(path: Path) -> Values:
    from rembi_widgets.images._zarr_store import attributes, read_json

    said, place = attributes(path)
    yield from _held(said, place)
    for name in ("0", "0/0"):
        for file in (".zarray", "zarr.json"):
            yield from _held(read_json(path, f"{name}/{file}"), f"{name}/{file}".replace("/", " "))


def _labels(path: Path) -> Values:
    """Give the fields of the header by their bytes, and its ten lines of text (MRC2014, DeltaVision)."""
    with Source(path) as source:
        head = source.at(0, _HEADER)
    order: Literal["little", "big"] = "little" if head[0] else "big"  # the width in pixels, of four bytes
    for at in range(0, _LABELS, 4):
        if any(head[at : at + 4]):
            yield f"byte {at}", str(int.from_bytes(head[at : at + 4], order, signed=True))
    for number in range(10):
        text = head[_LABELS + 80 * number : _LABELS + 80 * (number + 1)].decode("ascii", "replace").strip("\0 ")
        if text:
            yield f"label[{number}]", text


def _picture(path: Path) -> Values:
    from PIL import ExifTags, Image

    with Image.open(path) as image:
        yield from _held({str(name): held for name, held in image.info.items() if name != "exif"}, "")
        exif = image.getexif()
        tags = {**exif, **exif.get_ifd(ExifTags.IFD.Exif), **exif.get_ifd(ExifTags.IFD.GPSInfo)}
        yield from _held({ExifTags.TAGS.get(tag, str(tag)): held for tag, held in tags.items()}, "EXIF")


_READ: Mapping[str, Callable[[Path], Values]] = {
    **dict.fromkeys(("OME-TIFF", "OME-XML"), _ome),
    **dict.fromkeys(("TIFF", "ImageJ TIFF", "LSM", "STK", "SIS TIFF", "SVS"), _tiff),
    **dict.fromkeys(("LIF", "LOF"), _leica),
    **dict.fromkeys(("OIB", "OIF"), _olympus),
    **dict.fromkeys(("PNG", "JPEG"), _picture),
    **dict.fromkeys(("DV", "MRC"), _labels),
    "CZI": _czi,
    "ND2": _nd2,
    "OME-Zarr": _zarr,
}


def _name(element: etree._Element) -> str:
    tag = str(element.tag)
    return tag[tag.rfind("}") + 1 :]


def _elements(element: etree._Element, place: str) -> Values:
    """Give attributes, texts and the elements below; without recursion, so that depth costs nothing."""
    waiting = [(element, place)]
    while waiting:
        here, place = waiting.pop()
        for name, value in here.items():
            yield f"{place}/@{str(name).rpartition('}')[2]}", str(value)
        text = (here.text or "").strip()
        if text:
            yield place, text
        waiting += reversed([*_numbered(here, place)])


def _numbered(element: etree._Element, place: str) -> Iterator[tuple[etree._Element, str]]:
    children = [child for child in element if isinstance(child.tag, str)]
    often = Counter(map(_name, children))
    seen: Counter[str] = Counter()
    for child in children:
        name = _name(child)
        yield child, f"{place}/{name}[{seen[name]}]" if often[name] > 1 else f"{place}/{name}"
        seen[name] += 1


def _held(held: Any, place: str) -> Values:
    """Give what mappings and lists hold."""
    waiting: list[tuple[Any, str]] = [(held, place)]
    while waiting:
        here, place = waiting.pop()
        inner: Iterable[tuple[str, Any]] = ()
        if isinstance(here, dict):
            inner = [(f"{place}/{_part(name)}".lstrip("/"), value) for name, value in here.items()]
        elif isinstance(here, list | tuple) and any(isinstance(one, dict | list | tuple) for one in here):
            inner = [(f"{place}[{number}]", value) for number, value in enumerate(here)]
        elif here is not None and not (isinstance(here, str) and not here):
            yield place or "header", _said(here)
        waiting += reversed([(value, name) for name, value in inner])


def _part(name: object) -> str:
    return str(name).replace("/", " ").strip() or "-"


def _said(value: Any) -> str:
    """Give a value in words; of many numbers and of binary data only how much there is."""
    if isinstance(value, bytes):
        text = value.decode("ascii", "replace").rstrip("\0")
        return text if text.isprintable() and "\ufffd" not in text else f"({len(value)} bytes)"
    if isinstance(value, list | tuple):
        return f"({len(value)} numbers)" if len(value) > NUMBERS else ", ".join(map(str, value))
    size = getattr(value, "size", None)
    if isinstance(size, int) and size > NUMBERS and not isinstance(value, str):
        return f"({size} numbers)"
    if isinstance(value, bool | int | float) or hasattr(value, "isoformat"):
        return str(value)
    return value if isinstance(value, str) else json.dumps(value, default=str).strip('"')


def _short(text: str) -> str:
    return text if len(text) <= SHOWN else f"{text[:SHOWN]}…"
