"""What a file may be, told by its name: made from an image, and what kind of annotation it then holds."""

from __future__ import annotations

from rembi_widgets.naming._words import ROLES, name_of, words_of

_TYPES = {
    "segmentation_mask": "cellpose cp instance instances label labels labelled mask masked masks masque masques nuclei "
    "nucleus objects seg segm segmentation segmentations segmented segmente stardist etiquettes",
    "geometrical_annotations": "border borders boundaries contour contours outline outlines polygon polygons roi rois "
    "roiset",
    "bounding_boxes": "bbox bboxes box boxes",
    "point_annotations": "centroid centroids landmarks points spots",
    "tracks": "track tracked tracking tracks",
    "counts": "count counts",
    "class_labels": "class classes",
}
"""Annotation type of MIFA to the words that say it."""
_TYPE_OF = {word: kind for kind, said in _TYPES.items() for word in said.split()}
_TYPE_OF_EXTENSION = {
    ".roi": "geometrical_annotations",
    ".geojson": "geometrical_annotations",
    ".xml": "geometrical_annotations",
    "_seg.npy": "segmentation_mask",
}
_TABLES = frozenset({".csv", ".tsv", ".txt", ".xls", ".xlsx", ".npy", ".npz", ".parquet", ".roi", ".geojson"})
"""Extensions of what programs write about images."""


def _said(path: str) -> list[str]:
    name = name_of(path)
    folders = [word for folder in name.folders for word in words_of(folder)]
    inner = words_of(name.extension.casefold())
    return [*words_of(name.stem), *inner, *reversed(folders)]


def looks_made(path: str) -> bool:
    """Tell whether a file's name says that it was made from an image.

    >>> looks_made("masks/cells_001.png"), looks_made("cells_001_cp_masks.png"), looks_made("cells_001.tif")
    (True, True, False)
    """
    name = name_of(path)
    words = [*words_of(name.stem), *words_of(name.extension.casefold())]
    in_folder = [word for folder in name.folders[-2:] for word in words_of(folder)]
    said = any(word in ROLES for word in (*words, *in_folder))
    return said or name.extension.casefold() in _TABLES


def annotation_type_of(path: str) -> str | None:
    """Give the annotation type (MIFA) that a file's name says, ``None`` if it says none.

    >>> annotation_type_of("labels/cells_001.png"), annotation_type_of("RoiSet_cells_001.zip")
    ('segmentation_mask', 'geometrical_annotations')
    """
    for ending, kind in _TYPE_OF_EXTENSION.items():
        if path.casefold().endswith(ending):
            return kind
    return next((_TYPE_OF[word] for word in _said(path) if word in _TYPE_OF), None)
