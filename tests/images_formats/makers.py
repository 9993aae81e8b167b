"""Small microscope files made byte by byte: CZI, LIF and LOF, MRC, DV, and the TIFFs of vendors."""

from __future__ import annotations

import struct
from typing import TYPE_CHECKING, Any

from tests.images.make import tiff

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from rembi_widgets.images import ImageRecord

SIZES = "<SizeX>8</SizeX><SizeY>6</SizeY><SizeZ>3</SizeZ><SizeC>2</SizeC><SizeT>4</SizeT><PixelType>Gray16</PixelType>"


def czi_xml(image: str = SIZES, *, information: str = "", more: str = "") -> str:
    """Give the metadata of a CZI."""
    return (
        f"<ImageDocument><Metadata><Information><Image>{image}</Image>{information}</Information>"
        f"{more}</Metadata></ImageDocument>"
    )


def czi(xml: str | bytes, entries: Sequence[Mapping[str, Any]] = (), pixels: bytes = b"") -> bytes:
    """Give a CZI: header, metadata, directory, and one subblock an entry that all hold the same pixels."""
    text = xml.encode() if isinstance(xml, str) else xml
    header = 512
    metadata = segment(b"ZISRAWMETADATA", struct.pack("<II", len(text), 0).ljust(256, b"\0") + text)
    at = header + len(metadata)
    blocks, packed = b"", b""
    for entry in entries:
        place = at + len(blocks)
        own = directory_entry(entry, place)
        packed += own
        fixed = (struct.pack("<iiq", 5, 0, len(pixels)) + own).ljust(256, b"\0")
        blocks += segment(b"ZISRAWSUBBLOCK", fixed + b"<M/> " + pixels)
    directory = segment(b"ZISRAWDIRECTORY", struct.pack("<i", len(entries)).ljust(128, b"\0") + packed)
    body = struct.pack("<iiii", 1, 0, 0, 0) + bytes(32) + struct.pack("<iqqiq", 0, at + len(blocks), header, 0, 0)
    return segment(b"ZISRAWFILE", body).ljust(header, b"\0") + metadata + blocks + directory


def segment(mark: bytes, body: bytes) -> bytes:
    """Give a segment of a CZI."""
    return struct.pack("<16sqq", mark, len(body), len(body)) + body


def directory_entry(entry: Mapping[str, Any], place: int) -> bytes:
    """Give an entry of a directory; ``dims`` is letter to start, size and stored size."""
    dims = entry["dims"]
    packed = struct.pack(
        "<2siqiiB5xi",
        entry.get("schema", b"DV"),
        entry.get("pixel_type", 1),
        place,
        0,
        entry.get("compression", 0),
        entry.get("pyramid", 0),
        len(dims),
    )
    for letter, (start, size, stored) in dims.items():
        packed += struct.pack("<4siifi", letter.encode(), start, size, 0.0, stored)
    return packed


def block(text: str) -> bytes:
    """Give a block of text as Leica writes it."""
    data = text.encode("utf-16-le")
    return struct.pack("<IIBI", 0x70, len(data) + 5, 0x2A, len(data) // 2) + data


def lif(*images: tuple[str, str], data: str = "") -> bytes:
    """Give a LIF of images, each a name and the inside of its element ``Image``; no pixels."""
    inside = "".join(f'<Element Name="{name}"><Data><Image>{image}</Image></Data></Element>' for name, image in images)
    project = f'<Element Name="project">{data}<Children>{inside}</Children></Element>'
    return block(f'<LMSDataContainerHeader Version="2">{project}</LMSDataContainerHeader>')


def lof(image: str, pixels: bytes = b"\x01\x02") -> bytes:
    """Give a LOF of one image."""
    head = block("LMS_Object_File") + struct.pack("<BIBIBQ", 0x2A, 2, 0x2A, 0, 0x2A, len(pixels)) + pixels
    element = f'<Element Name="single"><Data><Image>{image}</Image></Data><Memory MemoryBlockID="M_1"/></Element>'
    return head + block(f'<LMSDataContainerHeader Version="2">{element}</LMSDataContainerHeader>')


GREEN = (
    '<ChannelDescription DataType="0" ChannelTag="0" Resolution="8" NameOfMeasuredQuantity="" Min="0" Max="255" '
    'Unit="" LUTName="Green" IsLUTInverted="0" BytesInc="0" BitInc="0"/>'
)
"""A channel as LAS X writes it."""


def leica_image(
    dimensions: Sequence[tuple[int, int, float, str]] = ((1, 8, 7e-6, "m"), (2, 6, 5e-6, "m")),
    *,
    channels: str = GREEN,
    more: str = "",
) -> str:
    """Give the inside of an element ``Image``: dimensions are number, places, length and unit."""
    said, step = "", 1
    for identity, places, length, unit in dimensions:
        said += (
            f'<DimensionDescription DimID="{identity}" NumberOfElements="{places}" Origin="0" Length="{length}" '
            f'Unit="{unit}" BitInc="0" BytesInc="{step}"/>'
        )
        step *= places
    return f"<ImageDescription><Channels>{channels}</Channels><Dimensions>{said}</Dimensions></ImageDescription>{more}"


def mrc(sizes: Sequence[int] = (8, 6, 1), mode: int = 1, order: str = "<", **fields: Any) -> bytes:
    """Give an MRC's header and its pixels, all 0; ``fields`` is ``a<byte>_<form>`` to value."""
    head = bytearray(1024)
    struct.pack_into(f"{order}4i", head, 0, *sizes, mode)
    struct.pack_into(f"{order}3i", head, 28, *sizes)
    struct.pack_into(f"{order}3f", head, 40, *(10.0 * size for size in sizes))
    head[208:212] = b"MAP "
    head[212:216] = b"\x44\x44\0\0" if order == "<" else b"\x11\x11\0\0"
    put(head, order, fields)
    return bytes(head) + bytes(max(0, sizes[0] * sizes[1] * sizes[2]) * 8)


def dv(
    sizes: Sequence[int] = (8, 6, 12), kind: int = 6, order: str = "<", waves: Sequence[int] = (525, 632), **fields: Any
) -> bytes:
    """Give a DV's header and its pixels, all 0: 2 channels, 3 times and 2 planes."""
    head = bytearray(1024)
    struct.pack_into(f"{order}4i", head, 0, *sizes, kind)
    struct.pack_into(f"{order}3f", head, 40, 0.1, 0.1, 0.3)
    struct.pack_into(f"{order}H", head, 96, 0xC0A0)
    struct.pack_into(f"{order}3h", head, 162, 10003, 0, 0)
    struct.pack_into(f"{order}2h", head, 180, 3, 0)
    struct.pack_into(f"{order}{1 + len(waves)}h", head, 196, len(waves), *waves)
    put(head, order, fields)
    return bytes(head) + bytes(max(0, sizes[0] * sizes[1] * sizes[2]) * 2)


def put(head: bytearray, order: str, fields: Mapping[str, Any]) -> None:
    """Write values into a header: ``a40_f`` is the real number of 32 bits at byte 40."""
    for name, value in fields.items():
        place, form = name.removeprefix("a").split("_")
        struct.pack_into(order + form, head, int(place), value)


PLAIN: dict[int, tuple[int, Any]] = {
    256: (3, [8]),
    257: (3, [6]),
    258: (3, [16]),
    259: (3, [1]),
    277: (3, [1]),
}
"""Tags of a TIFF of 8 x 6 pixels of 16 bits."""


def appended(tags: Mapping[int, tuple[int, Any]], blocks: Mapping[str, bytes], *, base: int = 4096) -> bytes:
    """Give a TIFF with blocks behind it, each 4096 bytes after the one before, the first at ``base``."""
    data = tiff({**PLAIN, **tags}).ljust(base, b"\0")
    for content in blocks.values():
        data += content.ljust(4096, b"\0")
    return data


def lsm_info(
    sizes: Sequence[int] = (8, 6, 3, 2, 1),
    voxel: Sequence[float] = (1e-7, 1e-7, 5e-7),
    *,
    step: float = 0.0,
    colours: int = 0,
    scan: int = 0,
    magic: int = 0x00400494C,
) -> bytes:
    """Give the tag CZ_LSMINFO."""
    head = bytearray(464)
    struct.pack_into("<Ii5ii", head, 0, magic, 464, *sizes, 2)
    struct.pack_into("<3d", head, 40, *voxel)
    struct.pack_into("<I", head, 108, colours)
    struct.pack_into("<d", head, 112, step)
    struct.pack_into("<I", head, 124, scan)
    return bytes(head) + b"\1"  # a tag's closing zeros are cut off


def lsm(info: bytes, **blocks: bytes) -> bytes:
    """Give an LSM: blocks lie at 4096, 8192, ..."""
    return appended({34412: (1, info)}, blocks)


def lsm_colours(*channels: tuple[str, tuple[int, int, int]]) -> bytes:
    """Give the block of channel colours."""
    colours = b"".join(bytes([*colour, 0]) for _, colour in channels)
    names = b"".join(struct.pack("<I", len(name) + 1) + name.encode() + b"\0" for name, _ in channels)
    total = 24 + len(colours) + len(names)
    return struct.pack("<6I", total, len(channels), len(channels), 24, 24 + len(colours), 0) + colours + names


def scan_entry(number: int, value: str | float | None = None) -> bytes:
    """Give an entry of the settings of a scan: text, whole number, real number, or the begin or end of a part."""
    if value is None:
        return struct.pack("<3I", number, 0, 0)
    if isinstance(value, str):
        text = value.encode() + b"\0"
        return struct.pack("<3I", number, 2, len(text)) + text
    if isinstance(value, float):
        return struct.pack("<3Id", number, 5, 8, value)
    return struct.pack("<3Ii", number, 4, 4, value)


END = 0xFFFFFFFF


def stk(planes: Sequence[tuple[int, ...]], *, waves: Sequence[tuple[int, int]] = (), unit: str | None = "um") -> bytes:
    """Give an STK: calibration of 0.25 units a pixel; planes are six numbers each, waves two."""
    base, step = 4096, 4096
    calibration, text = base + 3 * step, base + 4 * step
    entries = [(4, calibration), (5, calibration)] + ([(6, text)] if unit is not None else [])
    tags = {
        33628: (4, b"\0\0\0\0"),
        33629: (5, b"\0\0\0\0"),
        33630: (5, b"\0\0\0\0"),
        270: (2, b"cells\0"),
        305: (2, b"MetaMorph\0"),
    }
    blocks = {
        "uic1": b"".join(struct.pack("<2I", *entry) for entry in entries),
        "uic2": b"".join(struct.pack("<6I", *plane) for plane in planes),
        "uic3": b"".join(struct.pack("<2I", *wave) for wave in waves),
        "calibration": struct.pack("<2I", 1, 4),
        "unit": struct.pack("<I", len(unit or "")) + (unit or "").encode(),
    }
    data = bytearray(appended(tags, blocks))
    counts = {33628: (len(entries), base), 33629: (len(planes), base + step), 33630: (len(waves), base + 2 * step)}
    patch(data, counts)
    return bytes(data)


def patch(data: bytearray, tags: Mapping[int, tuple[int, int]]) -> None:
    """Set count and place of tags: those of MetaMorph hold more than their type says."""
    (count,) = struct.unpack_from("<H", data, 8)
    for entry in range(count):
        at = 10 + 12 * entry
        (tag,) = struct.unpack_from("<H", data, at)
        if tag in tags:
            struct.pack_into("<2I", data, at + 4, *tags[tag])


def sis(
    *, power: int = -9, sizes: tuple[float, float] = (2.5, 2.5), magnification: float = 40.0, when: Any = None
) -> bytes:
    """Give a TIFF with Olympus's block at 4096."""
    minute, hour, day, month, year = when or (42, 19, 15, 10, 118)
    head = struct.pack("<4s6x5h6x32sH", b"SIS0", minute, hour, day, month, year, b"", 1)
    entry = struct.pack("<hhI", 1, 1, 8192)
    general = struct.pack("<10xhdd8xd2x34s32s", power, *sizes, magnification, b"camera", b"")
    return appended(
        {33560: (4, [4096]), 271: (2, b"Olympus Soft Imaging Solutions\0"), 272: (2, b"XC50\0")},
        {"head": head + entry, "general": general},
    )


def settings(sections: Mapping[str, Mapping[str, Any]]) -> bytes:
    """Give settings as FluoView writes them."""
    lines = []
    for name, values in sections.items():
        lines += [f"[{name}]", *(f'{key}="{value}"' for key, value in values.items())]
    return "\r\n".join(lines).encode("utf-16-le").join((b"\xff\xfe", b"\r\0\n\0"))


def notes(record: ImageRecord) -> list[str]:
    """Give the keys of what a record warns of, with the field where there is one."""
    return [" ".join(filter(None, (note.key.rpartition(".")[2], note.values.get("field")))) for note in record.warnings]
