"""The assay file of a study component: one row an image, from its sample by its acquisition to its file."""

from __future__ import annotations

from array import array
from collections import Counter
from itertools import islice
from operator import eq, le
from typing import TYPE_CHECKING, Any, cast

from rembi_widgets.formats.isatab._cells import escape, reason, words
from rembi_widgets.formats.isatab._columns import Node
from rembi_widgets.formats.isatab._compact import all_differ
from rembi_widgets.formats.isatab._image_fields import (
    AXES,
    FILE_COMMENTS,
    IMAGE_COMMENTS,
    IMAGE_PARAMETERS,
    LINKS,
    MEASURES,
    SYMBOLS,
)
from rembi_widgets.formats.isatab._instrument import objective
from rembi_widgets.formats.isatab._names import Taken, node_name
from rembi_widgets.record import TABLES, Column, compact, repeated, taken

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping, Sequence

    from rembi_widgets.formats.isatab._ontologies import Ontologies
    from rembi_widgets.formats.isatab._protocols import Protocols
    from rembi_widgets.formats.isatab._used import Used
    from rembi_widgets.record import Acquisition, Association, Table

    Positions = Sequence[int] | Sequence[tuple[int, ...]]
    """Places in a table of the record: one a row, or all the several of a row."""


class Images:
    """What the tables say of images: their names, one an image; their rows, picked by position."""

    def __init__(self, used: Used, protocols: Protocols, samples: Mapping[str, str], ontologies: Ontologies) -> None:
        self.used, self.protocols, self.samples, self.ontologies = used, protocols, samples, ontologies
        self._paths = paths_of(used)
        self.names = _assay_names(used, self._paths)

    def head(self, images: Sequence[int], *, described: bool = True) -> tuple[Node, Node]:
        """Give the nodes of the samples and of the acquisitions for the rows of some images.

        Parameters
        ----------
        described
            With the parameters of the acquisitions, as in the table of a component.
        """
        links = self.used.links.of(images)
        distinct = {link.id: link for link in links}
        place = {identity: number for number, identity in enumerate(distinct)}
        sample = Node(self.ontologies, ("Sample Name", [self.samples[one.sample or ""] for one in distinct.values()]))
        names = [self.protocols.of_acquisition(one.acquisition) for one in distinct.values()]
        process = Node(self.ontologies, ("Protocol REF", names))
        places = [place[link.id] for link in links]
        for node in (sample, process):
            node.spread(places)
        if described:
            self._describe(process, list(distinct.values()), images, places)
        assay = Node(self.ontologies, ("Assay Name", taken(self.names, images)))
        process.process_names = assay.names
        return sample, process

    def _describe(
        self, process: Node, links: Sequence[Association], images: Sequence[int], places: Sequence[int]
    ) -> None:
        """Add the parameters in the layout's order: the method, what differs between images, other settings."""
        acquisitions = [self.used.acquisitions.get(one.acquisition or "") for one in links]
        method, settings = Node(self.ontologies), Node(self.ontologies)
        _describe_acquisitions(method, acquisitions, {"imaging_method": "imaging method"})
        _describe_acquisitions(settings, acquisitions, MEASURES)
        for field, name in LINKS.items():
            settings.comment(name, [getattr(one, field) for one in links])
        settings.unknown(links)
        for node in (method, settings):
            node.spread(places)
        process.take(method)
        self._describe_images(process, images, acquisitions, places)
        process.take(settings)

    def _describe_images(
        self, process: Node, images: Sequence[int], acquisitions: Sequence[Acquisition | None], places: Sequence[int]
    ) -> None:
        table = self.used.record.images
        usual = [objective(one) or None if one is not None else None for one in acquisitions]
        for field, name in IMAGE_PARAMETERS.items():
            values = pick(table, field, images)
            if field == "objective":
                values = [value or usual[place] for value, place in zip(values, places, strict=True)]
            process.describe("Parameter Value", name, values, symbol=SYMBOLS.get(field))

    def paths(self, images: Sequence[int]) -> Sequence[str]:
        """Give the paths of the images' files."""
        return taken(self._paths, images)

    def _files(self, images: Sequence[int]) -> Sequence[int]:
        files = self.used.file_of
        return images if isinstance(files, range) else [files[image] or 0 for image in images]

    def table(self, images: Sequence[int]) -> list[Node]:
        """Give the nodes of a component's table."""
        sample, process = self.head(images)
        data = Node(self.ontologies, ("Image File", self.paths(images)))
        self.describe_images(data, images)
        files = self._files(images)
        self.describe_files(data, files)
        if files is not images:  # else an image a file
            part_varying(data, process, files)
        return [sample, process, data]

    def describe_images(self, node: Node, images: Positions, *, parameters: bool = False) -> None:
        """Add the comments on images: one image a row, or all the images of a row's file."""
        table = self.used.record.images
        node.comment("REMBI ID", rows(table.ids, images))
        for field, name in IMAGE_COMMENTS.items():
            if field in table.columns:
                node.comment(name, rows(table.columns[field], images))
        extents, reasons = _extents(table, images)
        node.comment("Dimension Extents", extents)
        node.comment("Dimension Extents Absence Reason", reasons)
        for field, name in IMAGE_PARAMETERS.items() if parameters else ():
            if field in table.columns:
                node.comment(name.capitalize(), rows(table.columns[field], images))
        _unknown_columns(node, table, images)

    def describe_files(self, node: Node, files: Sequence[int], *, sources: bool = True) -> None:
        """Add the comments on files, one a row; ``sources``: with the images they were made of."""
        table = self.used.record.files
        for field, name in FILE_COMMENTS.items():
            if field in table.columns:
                node.comment(name, pick(table, field, files))
        if sources and "source_image" in table.columns:
            node.comment("Source Image", [self._path(ref) for ref in pick(table, "source_image", files)])
        _unknown_columns(node, table, files)

    def _path(self, ref: str | None) -> str | None:
        image, file = self.used.record.images.index.get(ref or ""), self.used.record.files.index.get(ref or "")
        file = self.used.file_of[image] if image is not None else file
        return self.used.paths[file] if file is not None else ref


def _describe_acquisitions(node: Node, acquisitions: Sequence[Acquisition | None], names: Mapping[str, str]) -> None:
    for field, name in names.items():
        values = [getattr(one, field) if one is not None else None for one in acquisitions]
        node.describe("Parameter Value", name, values)


def pick(table: Table, field: str, positions: Sequence[int]) -> Sequence[Any]:
    """Give the values of a column at some positions."""
    column = table.columns.get(field)
    return repeated(None, len(positions)) if column is None else taken(column, positions)


def rows(column: Sequence[Any], positions: Positions) -> Sequence[Any]:
    """Give one value a row: of its one position, or of all of its several."""
    if not positions or isinstance(positions[0], int):
        return taken(column, cast("Sequence[int]", positions))
    several = cast("Sequence[tuple[int, ...]]", positions)
    return [column[at[0]] if len(at) == 1 else tuple(column[place] for place in at) or None for at in several]


def _extents(table: Table, images: Positions) -> tuple[list[Any], list[Any]]:
    """Give ``X=2048;Y=2048`` for each row, and the reasons of absences in the same way."""
    axes = [axis for field, axis in AXES.items() if field in table.columns]
    columns = [rows(table.columns[field], images) for field in AXES if field in table.columns]
    known: dict[tuple[Any, ...], tuple[Any, ...]] = {}
    sizes = [known.setdefault(row, row) for row in zip(*columns, strict=True)] if columns else [()] * len(images)
    texts, why = ({row: _by_axis(axes, row, said) for row in dict.fromkeys(sizes)} for said in (words, reason))
    return [texts[row] for row in sizes], [why[row] for row in sizes]


def _by_axis(axes: Sequence[str], row: Sequence[Any], said: Callable[[Any], str]) -> str:
    return ";".join(f"{axis}={escape(text)}" for axis, value in zip(axes, row, strict=True) if (text := said(value)))


def _unknown_columns(node: Node, table: Table, positions: Positions) -> None:
    known = TABLES["images"].model_fields.keys() | TABLES["files"].model_fields.keys()
    for name in sorted(table.columns.keys() - known):
        node.free(name, rows(table.columns[name], positions))


def part_varying(data: Node, process: Node, files: Sequence[int]) -> None:
    """Move to the process what differs between the rows of one file.

    A file of several images is one data node, of which altamisa takes only one set of comments; the process has a name
    of its own for each image.
    """
    different = len(set(files))
    if different == len(files):
        return
    for column in list(data.comments):
        if len(set(zip(files, column[1], strict=True))) > different:
            data.comments.remove(column)
            process.comments.append(column)


def paths_of(used: Used) -> Sequence[str]:
    """Give the path of each image's file."""
    paths, files = used.paths, used.file_of
    if isinstance(files, range) and isinstance(paths, Column) and paths.is_text:
        kinds = set(map(type, paths))
        if kinds == {str}:
            return paths
    held = tuple(paths)
    return compact(words(held[file or 0]) if held else "" for file in files)


def _assay_names(used: Used, paths: Sequence[str]) -> Sequence[str]:
    """Name each image's process: by its file's name, else its path, else path and scene; never twice the same."""
    stems = compact(map(_stem, paths))
    if not (differ := _differ(stems, used)):
        stems = _longer(stems, paths, used)
    names = compact(node_name(name, "image") for name in stems)
    if (differ and names == stems) or _differ(names, used):
        return names
    fresh = Taken()
    return compact(fresh.fresh(name) if image in used.links else name for image, name in enumerate(names))


def _differ(names: Sequence[str], used: Used) -> bool:
    return all_differ(map(str.casefold, used.links.among(names)), len(used.links))


def _longer(stems: Sequence[str], paths: Sequence[str], used: Used) -> Sequence[str]:
    """Give the images whose name others have too their path, and their scene where they share a file."""
    by_stem = Counter(hash(stem.casefold()) for stem in used.links.among(stems))
    by_path = Counter(map(hash, used.links.among(paths)))
    scenes = used.record.images.column("scene_index")

    def longer() -> Iterator[str]:
        """Give each name, by its path and scene where others have it too."""
        for stem, path, scene in zip(stems, paths, map(words, scenes), strict=True):
            if by_stem[hash(stem.casefold())] > 1:
                yield f"{path} scene {scene}" if by_path[hash(path)] > 1 and scene else path
            else:
                yield stem

    return compact(longer())


def _stem(path: str) -> str:
    """Give a file's name without its ending: ``.ome.tiff`` and its like are one ending."""
    name = path.rstrip("/").rpartition("/")[2]
    stem, dot, _ = name.rpartition(".")
    if stem.lower().endswith(".ome"):
        stem = stem[: -len(".ome")]
    return stem if dot and stem else name


def in_order(images: Images, positions: Sequence[int]) -> Sequence[int]:
    """Sort images by sample name, and keep the record's order within a sample."""
    links = images.used.links
    names = [images.samples[link.sample or ""] for link in links.of(positions)]
    if not all(map(le, names, islice(names, 1, None))):
        positions = array("I", map(positions.__getitem__, sorted(range(len(positions)), key=names.__getitem__)))
    every = range(len(links))
    return every if len(positions) == len(every) and all(map(eq, positions, every)) else positions
