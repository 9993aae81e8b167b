"""What a scan holds of each folder: files being read one by one, or a whole folder that is known from before.

A known folder is kept in columns, as the cache holds it; the records are made of them when somebody asks.
"""

from __future__ import annotations

import json
from dataclasses import dataclass, field, fields
from typing import TYPE_CHECKING, Any, NamedTuple

from rembi_widgets.images._imagerecord import ImageRecord
from rembi_widgets.images._scan import ScanFile

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from rembi_widgets.images._imagerecord import Note
    from rembi_widgets.images._walk import Item, Listing

OWN = ("scene_name", "uuid", "acquired_at")
"""Fields that differ from image to image; the others are kept once for all images that share them."""
_FILE = ("path", "size_bytes", "mtime")
_SHARED = tuple(item.name for item in fields(ImageRecord) if item.name not in {*OWN, *_FILE})
_SET = {name: ImageRecord.__dict__[name].__set__ for name in (*_SHARED, *OWN, *_FILE)}
"""How a record's fields are set; its constructor takes twice as long, which a hundred thousand records feel."""
_SET_OWN = [_SET[name] for name in (*OWN, *_FILE)]
_SET_FILE = [ScanFile.__dict__[item.name].__set__ for item in fields(ScanFile)]


class Read(NamedTuple):
    """A file was read: how many images it holds, or why none could be read."""

    path: str
    images: int
    note: Note | None = None


class Shapes:
    """What images share, by its JSON text: equal texts give the same objects, however many folders hold them."""

    def __init__(self) -> None:
        self._made: dict[str, list[tuple[Any, Any]]] = {}

    def get(self, said: Mapping[str, Any]) -> list[tuple[Any, Any]]:
        """Give the setters of a record's shared fields, each with its value."""
        text = json.dumps(said, sort_keys=True)
        made = self._made.get(text)
        if made is None:
            record = ImageRecord.from_json(said)
            made = self._made[text] = [(_SET[name], getattr(record, name)) for name in _SHARED]
        return made


@dataclass(slots=True)
class Known:
    """A folder's files as the cache holds them.

    Attributes
    ----------
    prefix, names, sizes, mtimes
        As in ``Listing``.
    line
        The images, as a line of JSON: ``shapes`` (shared values), ``counts`` (images of each file), and a column each
        of the shape's number and of the fields in ``OWN``, an item an image.
    """

    prefix: str
    names: list[str]
    sizes: list[int | None]
    mtimes: list[float | None]
    line: bytes

    def is_as(self, listing: Listing) -> bool:
        """Tell whether a folder is unchanged and all of it is known."""
        return (
            not listing.odd
            and self.names == listing.names
            and self.sizes == listing.sizes
            and self.mtimes == listing.mtimes
        )

    def unchanged(self, listing: Listing, shapes: Shapes) -> dict[str, tuple[ScanFile, tuple[ImageRecord, ...]]]:
        """Give by name the files of a folder that are known and did not change, with their images."""
        now = dict(zip(listing.names, zip(listing.sizes, listing.mtimes, strict=True), strict=True))
        odd = {listing.names[place] for place in listing.odd}
        held = zip(self.names, zip(self.sizes, self.mtimes, strict=True), self.made(shapes), strict=True)
        return {name: made for name, state, made in held if now.get(name) == state and name not in odd}

    def made(self, shapes: Shapes) -> Iterator[tuple[ScanFile, tuple[ImageRecord, ...]]]:
        """Make the files and the records of their images."""
        said = json.loads(self.line)
        counts: list[int] = said["counts"]
        made = [shapes.get(shape) for shape in said["shapes"]]
        formats = [shape.get("format") for shape in said["shapes"]]
        numbers = said["shape"]
        own = list(zip(*(said[name] for name in OWN), strict=True))
        at = 0
        for name, size, mtime, count in zip(self.names, self.sizes, self.mtimes, counts, strict=True):
            path = self.prefix + name
            images = tuple([_record(made[numbers[n]], (*own[n], path, size, mtime)) for n in range(at, at + count)])
            yield _file((path, "file", size, mtime, formats[numbers[at]] if count else None, count, None)), images
            at += count

    def reads(self) -> Iterator[Read]:
        """Give each file with the number of its images."""
        counts = json.loads(self.line)["counts"]
        return (Read(self.prefix + name, count) for name, count in zip(self.names, counts, strict=True))


def _record(shape: list[tuple[Any, Any]], own: tuple[Any, ...]) -> ImageRecord:
    """Make a record of its shared values and its own."""
    record = object.__new__(ImageRecord)
    for give, value in shape:
        give(record, value)
    for give, value in zip(_SET_OWN, own, strict=True):
        give(record, value)
    return record


def _file(values: tuple[Any, ...]) -> ScanFile:
    """Make a file of the values of its fields."""
    file = object.__new__(ScanFile)
    for give, value in zip(_SET_FILE, values, strict=True):
        give(file, value)
    return file


@dataclass(slots=True)
class Part:
    """A folder whose files are read, or were partly known: what there is of each, by its place."""

    listing: Listing
    files: list[ScanFile | None] = field(default_factory=list)
    images: list[tuple[ImageRecord, ...]] = field(default_factory=list)
    kept: list[bool] = field(default_factory=list)

    def __post_init__(self) -> None:
        count = len(self.listing.names)
        self.files, self.images, self.kept = [None] * count, [()] * count, [False] * count

    def put(self, place: int, file: ScanFile, images: tuple[ImageRecord, ...], *, kept: bool) -> None:
        """Enter a file; ``kept``: the cache may keep it."""
        self.files[place], self.images[place], self.kept[place] = file, images, kept

    def made(self, _: Shapes) -> Iterator[tuple[ScanFile, tuple[ImageRecord, ...]]]:
        """Give the files read and the records of their images."""
        return ((file, images) for file, images in zip(self.files, self.images, strict=True) if file is not None)

    def known(self) -> Known:
        """Give what of it the cache keeps."""
        # a TIFF beside a companion file may have been read from that one
        beside = any(file is not None and file.format == "OME-XML" for file in self.files)
        places = [place for place, kept in enumerate(self.kept) if kept and not (beside and self.images[place])]
        listing = self.listing
        return Known(
            listing.prefix,
            [listing.names[place] for place in places],
            [listing.sizes[place] for place in places],
            [listing.mtimes[place] for place in places],
            pack([self.images[place] for place in places]),
        )


@dataclass(slots=True)
class Todo:
    """A file to be read, and where what is read belongs."""

    item: Item
    part: Part
    place: int


def pack(images: Sequence[Sequence[ImageRecord]]) -> bytes:
    """Give the line of JSON that holds the images of files."""
    texts: dict[str, int] = {}
    seen: dict[Any, int] = {}
    said: dict[str, list[Any]] = {"counts": [len(records) for records in images], "shape": []}
    columns: list[list[Any]] = [said.setdefault(name, []) for name in OWN]
    for record in (record for records in images for record in records):
        key = tuple(_alike(getattr(record, name)) for name in _SHARED)
        if key not in seen:
            seen[key] = texts.setdefault(_shape(record), len(texts))
        said["shape"].append(seen[key])
        for column, name in zip(columns, OWN, strict=True):
            column.append(getattr(record, name))
    rest = json.dumps(said, separators=(",", ":"), default=str)
    return f'{{"shapes":[{",".join(texts)}],{rest[1:]}'.encode()


def _alike(value: Any) -> Any:
    """Give what two values share that are surely equal; the records that hold them live on."""
    return value if value is None or isinstance(value, str | int | float) else id(value)


def _shape(record: ImageRecord) -> str:
    said = record.pack()
    for name in (*OWN, *_FILE):
        said.pop(name, None)
    return json.dumps(said, separators=(",", ":"), default=str)
