"""Names as the matching of files sees them: folders, a stem without its extension, the stem's words and numbers."""

from __future__ import annotations

import re
from dataclasses import dataclass

from rembi_widgets.systems import composed

_EXTENSION = re.compile(
    r"(\.(ome|seg|roi|rois|nii|tar|labels?|masks?))?"
    r"(\.zarr)?(\.(zip|gz|bz2|xz)|\.[a-z][a-z0-9]{0,7}|\.3dm|\.7z)$",
    re.IGNORECASE,
)
"""What comes behind a name: one extension, or those that are written in pairs (``.ome.tif``, ``.ome.zarr.zip``)."""
_WORDS = re.compile(r"\d+|[^\W\d_]+|[\W_]+")
_BORDERS = re.compile(r"(?<=[a-z])(?=[A-Z])|(?<=[A-Z])(?=[A-Z][a-z])")
_NUMBER = re.compile(r"\d+")
MOST_WORDS = 14
"""Words of a stem that are looked at, from either end: longer names are chains of hashes."""

ROLES = frozenset(
    """
    annot annotated annotation annotations bbox bboxes border borders box boxes boundaries centroid centroids class
    classes contour contours count counts cp detection detections features gt groundtruth instance instances label
    labels labelled landmarks mask masked masks masque masques measure measurements mesures nuclei nucleus objects
    outline outlines pred prediction predictions points polygon polygons prob probabilities result results resultat
    resultats roi rois roiset seg segm segmentation segmentations segmented segmente spots stardist cellpose tracking
    track tracked tracks truth etiquettes contours deconvolved denoised max mip projection registered processed
    """.split()  # noqa: SIM905 - a list of eighty words reads best as words
)
"""Words by which files say that they were made from an image."""
SOURCES = frozenset("brute final image images img im input orig original originals raw source src".split())  # noqa: SIM905
"""Words by which files say that they are the image."""


@dataclass(frozen=True, slots=True)
class Name:
    """A path as it is matched: all of it in one case and in NFC, as some disks write it decomposed."""

    path: str
    folders: tuple[str, ...]
    stem: str
    extension: str


def name_of(path: str, *, numbers: bool = False) -> Name:
    """Read a path with forward slashes; with ``numbers``, ``007`` is the same as ``7``."""
    said = composed(path)
    *folders, base = said.strip("/").split("/")
    found = _EXTENSION.search(base, 1) if len(base) > 1 else None
    stem = base if found is None else base[: found.start()]
    split = _BORDERS.sub("\0", stem)
    stem = (split if "\0" in split else stem).casefold()
    if numbers:
        stem = _NUMBER.sub(lambda number: number[0].lstrip("0") or "0", stem)
    extension = base[found.start() :] if found else ""
    return Name(path, tuple(folder.casefold() for folder in folders), stem, extension)


def words_of(stem: str) -> list[str]:
    """Give words, numbers and what stands between them, in order.

    >>> words_of("cells_001-mask")
    ['cells', '_', '001', '-', 'mask']
    """
    return _WORDS.findall(stem)


def shape_of(said: str) -> str:
    """Give a text with each number as ``#``: what texts share that differ in numbers only."""
    return _NUMBER.sub("#", said)


def is_word(part: str) -> bool:
    """Tell a word or number from what stands between them."""
    return part[:1].isalnum()


def cores(stem: str) -> list[tuple[str, str, str]]:
    """Give every run of whole words in a stem, longest first, with what stands before and behind it.

    >>> [core for _, core, _ in cores("a_1")]
    ['a_1', 'a', '1']
    """
    parts = words_of(stem)
    if len(parts) > 2 * MOST_WORDS:
        half = MOST_WORDS
        head, tail = "".join(parts[:half]), "".join(parts[-half:])
        parts = [*parts[:half], stem[len(head) : len(stem) - len(tail)], *parts[-half:]]
    places = [place for place, part in enumerate(parts) if is_word(part)]
    starts = [0]
    for part in parts:
        starts.append(starts[-1] + len(part))
    spans = [(starts[a], starts[b + 1]) for a in places for b in places if b >= a]
    spans.sort(key=lambda span: (span[0] - span[1], span[0]))
    return [(stem[:a], stem[a:b], stem[b:]) for a, b in spans]


def says_role(affix: str) -> bool:
    """Tell whether words around a name say that the file was made from an image, or is one."""
    return any(word in ROLES or word in SOURCES for word in words_of(affix))
