"""The assay files of analyses, correlations and annotations: from the images used to the files made of them."""

from __future__ import annotations

from itertools import zip_longest
from typing import TYPE_CHECKING, Any, NamedTuple

from rembi_widgets.formats.isatab._assay import in_order, pick, rows
from rembi_widgets.formats.isatab._cells import EMPTY, NOT_RECORDED, words
from rembi_widgets.formats.isatab._columns import Node
from rembi_widgets.formats.isatab._names import Taken, node_name
from rembi_widgets.formats.isatab._quoted import Held

if TYPE_CHECKING:
    from collections.abc import Mapping

    from rembi_widgets.formats.isatab._assay import Images
    from rembi_widgets.formats.isatab._used import Derived


class Kind(NamedTuple):
    """What a kind of derived table is called, and where its entity's fields stand.

    Attributes
    ----------
    parameters
        Field to Parameter Value of the second protocol.
    comments
        Field to comment on the derived file.
    """

    technology: str
    word: str
    parameters: Mapping[str, str]
    comments: Mapping[str, str]


KINDS = {
    "analyses": Kind(
        "image analysis",
        "analysis",
        {"software": "software", "data_used": "data used for analysis"},
        {"result_type": "Analysed Data Type"},
    ),
    "correlations": Kind(
        "image correlation",
        "correlation",
        {
            "alignment": "spatial and temporal alignment",
            "fiducials_used": "fiducials used",
            "related_images": "related images and relationship",
        },
        {"transformation_matrix": "Transformation matrix"},
    ),
    "annotations": Kind(
        "image annotation",
        "annotation",
        {
            "annotation_type": "annotation type",
            "method": "annotation method",
            "criteria": "annotation criteria",
            "coverage": "annotation coverage",
            "confidence_level": "annotation confidence level",
        },
        {},
    ),
}
"""Collection to its kind of table."""


class Row(NamedTuple):
    """One row: an image, the process it went into, the file that came out, if one is known."""

    image: int
    process: str
    file: int | None


def rows_of(derived: Derived, images: Images) -> list[Row]:
    """Give the rows of a table by sample name.

    A file made of an image has a process of its own. Files that name no image, and images without a file, share one
    process that bears the entity's name: it takes all the images and gives all the files, on as few rows as tell it.
    """
    title = images.protocols.derived[derived.entity.id]
    named = {image: node_name(f"{title} {images.names[image]}", title) for image, _ in derived.own}
    found = [Row(image, named[image], file) for image, file in derived.own]
    pooled = in_order(images, derived.images)
    shared = Taken(named.values()).fresh(title)
    for image, file in zip_longest(pooled, derived.files if pooled else ()):
        last_file = derived.files[-1] if derived.files else None
        found.append(Row(pooled[-1] if image is None else image, shared, last_file if file is None else file))
    place = {image: number for number, image in enumerate(in_order(images, [row.image for row in found]))}
    return sorted(found, key=lambda row: place[row.image])


def table(derived: Derived, images: Images) -> list[Node]:
    """Give the nodes of a table."""
    kind, rows = KINDS[derived.collection], rows_of(derived, images)
    sample, acquisition = images.head([row.image for row in rows], described=False)
    data = Node(images.ontologies, ("Image File", images.paths([row.image for row in rows])))
    name = images.protocols.derived[derived.entity.id]
    process = Node(images.ontologies, ("Protocol REF", [name]))
    for field, parameter in kind.parameters.items():
        process.describe("Parameter Value", parameter, [getattr(derived.entity, field)])
    process.spread([0] * len(rows))
    process.process_names = Node(images.ontologies, ("Data Transformation Name", [row.process for row in rows])).names
    return [sample, acquisition, data, process, _made(derived, images, rows)]


def _made(derived: Derived, images: Images, rows: list[Row]) -> Node:
    """Give the node of the derived files, each described once and repeated on its rows."""
    files = list(dict.fromkeys(row.file for row in rows))
    known = [file for file in files if file is not None]
    node = Node(images.ontologies, ("Derived Data File", images_paths(images, files)))
    kind, table = KINDS[derived.collection], images.used.record.files
    for field, comment in kind.comments.items():
        node.comment(comment, [getattr(derived.entity, field)] * len(files))
    if derived.collection == "annotations":
        node.comment("Annotation ID", [table.ids[file] if file is not None else None for file in files])
    if known:
        _describe(node, images, files)
    place = {file: number for number, file in enumerate(files)}
    node.spread([place[row.file] for row in rows])
    return node


def _describe(node: Node, images: Images, files: list[int | None]) -> None:
    """Add what the tables say of the files and of the images in them; a file that is not known has none of it."""
    part = Node(images.ontologies)
    known = [file for file in files if file is not None]
    part.comment("REMBI ID", [images.used.record.files.ids[file] for file in known])
    images.describe_files(part, known, sources=False)
    part.comment("Component REMBI ID", pick(images.used.record.files, "component", known))
    inside = Node(images.ontologies)
    held = [tuple(images.used.images_of.get(file, ())) for file in known]
    if any(held):
        images.describe_images(inside, held, parameters=True)
        inside.comment("Image Component REMBI ID", rows(images.used.record.images.column("component"), held))
    number = {file: place for place, file in enumerate(known)}
    for header, cells in (*part.comments, *_renamed(inside, {header for header, _ in part.comments})):
        texts = list(cells)
        node.comments.append((header, Held([texts[number[file]] if file is not None else EMPTY for file in files])))


def _renamed(node: Node, taken: set[str]) -> Any:
    """Give the comments on the images in a file; those whose names the file's own comments have get ``Image`` first."""
    for header, cells in node.comments:
        yield header.replace("[", "[Image ") if header in taken else header, cells


def images_paths(images: Images, files: list[int | None]) -> list[str]:
    """Give the paths of files, and the words for one that is not known."""
    return [words(images.used.paths[file]) if file is not None else NOT_RECORDED for file in files]
