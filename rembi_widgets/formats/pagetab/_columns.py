"""Columns of a file list: those whose values differ between the files, and none with a blank cell.

A column is a few texts and one place among them a file, so that half a million rows cost no text of their own.
"""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from rembi_widgets.formats.pagetab._words import each, given, joined, said
from rembi_widgets.record import TABLES

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Sequence

    from rembi_widgets.formats.pagetab._lists import Lists
    from rembi_widgets.formats.pagetab._names import Names
    from rembi_widgets.record import Association, Sample, Table

NOT_RECORDED, NOT_APPLICABLE = "not recorded", "not applicable"
IMAGE_COLUMNS = {
    "image_type": "Type",
    "image_format": "Format",
    "plate": "Plate",
    "well": "Well",
    "field": "Field",
    "channel_names": "Channel",
    "channel_information": "Channel information",
    "description": "Description",
    "qc_info": "QC info",
    "processing_method": "Image processing method",
    "contrast_inversion": "Contrast inversion",
    "size_x": "SizeX",
    "size_y": "SizeY",
    "size_z": "SizeZ",
    "size_c": "SizeC",
    "size_t": "SizeT",
    "dim_order": "DimensionOrder",
    "pixel_type": "PixelType",
    "pixel_size_x": "PhysicalSizeX (um)",
    "pixel_size_y": "PhysicalSizeY (um)",
    "pixel_size_z": "PhysicalSizeZ (um)",
    "time_increment": "TimeIncrement (s)",
    "size_description": "Size description",
    "compression": "Compression",
    "acquired_at": "Acquisition date",
    "instrument": "Instrument",
    "objective": "Objective",
    "scene_name": "Scene name",
}
FILE_COLUMNS = {
    "role": "Role",
    "format": "File format",
    "annotation_type": "Annotation Type",
    "spatial_information": "Spatial information",
    "transformations": "Transformation",
    "creation_time": "Creation Time",
    "sha256": "SHA-256",
}
OF_ONE_IMAGE = {"plate", "well", "field", "description", "qc_info", "acquired_at", "scene_name"}
"""Columns that say something of one image."""
KINDS = 5
"""Values of a column that are told of an acquisition at most."""
FREE = "x-bia-"
"""Before the name of an attribute or column that a list had and the record has no field for."""
SOURCE = "source_image"
SOURCE_ELSEWHERE = f"{FREE}source_image"
"""Column for paths of source images that no list of ours has."""
_ENOUGH = 2
"""Distinct values from which a column tells files apart."""


@dataclass(frozen=True)
class Column:
    """A header, texts, and for each file the place of its text."""

    header: str
    texts: Sequence[str]
    places: Sequence[int]

    def distinct(self) -> int:
        """Count the texts that files have; it stops where there are enough."""
        seen: set[str] = set()
        for text in map(self.texts.__getitem__, self.places):
            seen.add(text)
            if len(seen) >= _ENOUGH:
                break
        return len(seen)


def cell(text: str) -> str:
    """Give a text as a cell: the server splits a line at tabs and knows no quotes."""
    return text if text.isprintable() else " ".join(said(text).split())


def listed(path: str) -> str:
    r"""Give a path as a list holds it: relative, with forward slashes, none at its end.

    >>> listed("./plate\\A1.zarr/")
    'plate/A1.zarr'
    """
    return cell(path.replace("\\", "/").rstrip("/").removeprefix("./"))


def columns(lists: Lists, names: Names, of: str) -> list[Column]:
    """Give the columns of one list: annotation files keep their source images, everything else must differ."""
    files = lists.of[of]
    is_annotation = any(one.id == of for one in lists.record.annotations)
    kept = [_source(lists, files)] if is_annotation else []
    own = {*_free(lists.record.files, "files").values(), *_free(lists.record.images, "images").values()}
    found = [
        # a list that was read told of samples by itself
        *(column for column in _of_samples(lists, names, files) if column.header not in own),
        *_of_images(lists, files),
        *_of_files(lists, files, names, is_annotation=is_annotation),
        *folders(lists.record.files.column("path"), files),
    ]
    taken = {"files", *(column.header.casefold() for column in kept)}
    return kept + [_renamed(column, taken) for column in found if column.distinct() >= _ENOUGH]


def _renamed(column: Column, taken: set[str]) -> Column:
    header, count = column.header, 1
    while header.casefold() in taken:
        count += 1
        header = f"{column.header} {count}"
    taken.add(header.casefold())
    return Column(header, column.texts, column.places)


def _source(lists: Lists, files: Sequence[int]) -> Column:
    """Give the paths of source images, exactly as they stand in the lists of components; blank where none is known."""
    table = lists.record.files
    pairs = zip(table.column("source_image"), table.column(SOURCE_ELSEWHERE), strict=True)
    refs = [ref or path for ref, path in pairs]
    elsewhere = set(table.column(SOURCE_ELSEWHERE))
    known = {
        ref: listed((lists.source(ref) or (ref if ref in elsewhere else "")) or "")
        for ref in {refs[file] for file in files}
    }
    place = {ref: number for number, ref in enumerate(known)}
    return Column(SOURCE, tuple(known.values()), [place[refs[file]] for file in files])


def _texts(values: Iterable[Any], empty: str = NOT_RECORDED) -> list[str]:
    """Say each value; what stands often is said once."""
    memo: dict[Any, str] = {}
    found = []
    for value in values:
        text = memo.get(value)
        if text is None:
            text = memo[value] = cell(said(value)) or empty
        found.append(text)
    return found


def _of_images(lists: Lists, files: Sequence[int]) -> Iterator[Column]:
    table = lists.record.images
    first = list(map(lists.first.__getitem__, files))
    several = _several(lists, files)
    for field, header in {**IMAGE_COLUMNS, **_free(table, "images")}.items():
        if field in table.columns and (several or field != "scene_name"):
            texts, places = [*_texts(table.columns[field]), NOT_APPLICABLE], first
            if several:
                places = _pooled(texts, first, several)
            yield Column(header, texts, places)


def _several(lists: Lists, files: Sequence[int]) -> list[tuple[int, list[int]]]:
    """Give the rows of files of several images, with their images."""
    held = lists.several
    return [(row, held[file]) for row, file in enumerate(files) if file in held] if held else []


def _pooled(texts: list[str], first: list[int], several: list[tuple[int, list[int]]]) -> list[int]:
    """Give the places where a file of several images has the texts of all of them; ``-1`` is the last text."""
    places = list(first)
    count, last = len(texts), len(texts) - 1
    places = [last if place == -1 else place for place in places]
    for row, images in several:
        held = dict.fromkeys(texts[image] for image in images)
        if len(held) > 1:
            places[row] = count
            texts.append("; ".join(held))
            count += 1
    return places


def _of_files(lists: Lists, files: Sequence[int], names: Names, *, is_annotation: bool) -> Iterator[Column]:
    table = lists.record.files
    for field, header in {**FILE_COLUMNS, **_free(table, "files")}.items():
        if field in table.columns:
            yield Column(header, _texts(table.columns[field]), files)
    if not is_annotation and "made_by" in table.columns:
        makers = [names.get(maker) or NOT_APPLICABLE for maker in table.columns["made_by"]]
        yield Column("Made by", makers, files)
        if SOURCE in table.columns:
            sources = {ref: listed(lists.source(ref) or "") or NOT_APPLICABLE for ref in set(table.columns[SOURCE])}
            yield Column(SOURCE, [sources[ref] for ref in table.columns[SOURCE]], files)


def _free(table: Table, name: str) -> dict[str, str]:
    """Give the columns that the record keeps without knowing them."""
    unknown = sorted(table.columns.keys() - TABLES[name].model_fields.keys() - {SOURCE_ELSEWHERE})
    return {key: cell(key.removeprefix(FREE)) or "Note" for key in unknown}


def _of_samples(lists: Lists, names: Names, files: Sequence[int]) -> Iterator[Column]:
    """Give what the association of a file's images says: which sample, how it was treated, how it was imaged."""
    links = [*lists.links, None]  # for a file that is no image, whose first is -1
    place_of: dict[int, int] = {}
    held: list[list[Association]] = []
    places: list[int] = []
    for image in map(lists.first.__getitem__, files):
        link = links[image]
        place = place_of.setdefault(id(link), len(held))
        if place == len(held):
            held.append([link] if link else [])
        places.append(place)
    for row, images in _several(lists, files):
        places[row] = len(held)
        held.append(list({link.id: link for image in images if (link := links[image])}.values()))
    for header, say in _said_of_samples(lists, names).items():
        yield Column(header, [_all(say, links) for links in held], places)


def _all(say: Callable[[Association], str], links: list[Association]) -> str:
    texts = dict.fromkeys(cell(say(link)) or NOT_RECORDED for link in links)
    return "; ".join(texts) or NOT_APPLICABLE


def _said_of_samples(lists: Lists, names: Names) -> dict[str, Callable[[Association], str]]:
    record = lists.record
    samples = {sample.id: sample for sample in record.samples}
    biosamples = {one.id: one for one in record.biosamples}

    def of(say: Callable[[Sample], Any]) -> Callable[[Association], str]:
        return lambda link: said(say(samples[link.sample or ""])) if link.sample in samples else ""

    def variable(name: str) -> Callable[[Sample], str]:
        def say(sample: Sample) -> str:
            rows = getattr(biosamples.get(sample.biosample or ""), "experimental_variable", ())
            return joined(row.value for row in rows if given(row.name) == name)

        return say

    variables = dict.fromkeys(given(row.name) for one in record.biosamples for row in each(one.experimental_variable))
    return {
        "Sample": of(lambda sample: sample.title),
        "Biosample": of(lambda sample: names.get(sample.biosample)),
        "Specimen": of(lambda sample: names.get(sample.specimen)),
        "Experimental status": of(lambda sample: sample.experimental_status),
        "Location within biosample": of(lambda sample: sample.location_within_biosample),
        **{cell(name): of(variable(name)) for name in variables if name},
        "Image acquisition": lambda link: names.get(link.acquisition),
    }


def image_data(lists: Lists) -> dict[str, str]:
    """Say by acquisition what its images have in common: no file list has a column that never differs."""
    table, groups = lists.record.images, defaultdict[str, list[int]](list)
    for image, link in enumerate(lists.links):
        if link is not None and link.acquisition:
            groups[link.acquisition].append(image)
    return {acquisition: "; ".join(_few(table, images)) for acquisition, images in groups.items()}


def _few(table: Table, images: list[int]) -> Iterator[str]:
    for field, header in IMAGE_COLUMNS.items():
        column = table.columns.get(field)
        if column is not None and field not in OF_ONE_IMAGE:
            texts = dict.fromkeys(given(value) for value in dict.fromkeys(column[image] for image in images))
            held = [text for text in texts if text]
            if 0 < len(held) <= KINDS:
                yield f"{header}: {' / '.join(map(cell, held))}"


def folders(paths: Sequence[Any], files: Sequence[int]) -> Iterator[Column]:
    """Give a column for each level of folders: paths are not shown on the archive's page."""
    distinct: dict[str, int] = {}
    places = [distinct.setdefault(paths[file].rstrip("/").rpartition("/")[0], len(distinct)) for file in files]
    parts = [folder.split("/") if folder else [] for folder in map(listed, distinct)]
    for depth in range(max(map(len, parts), default=0)):
        texts = [cell(part[depth]) if depth < len(part) else NOT_APPLICABLE for part in parts]
        yield Column(f"Folder {depth + 1}", texts, places)
