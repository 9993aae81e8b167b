"""What the BioImage Archive's server and reader refuse in file lists: characters of paths, source images, sizes."""

from __future__ import annotations

from collections import Counter
from itertools import compress
from typing import TYPE_CHECKING

from rembi_widgets.checks._bia_sources import by_name
from rembi_widgets.checks._case import finding
from rembi_widgets.checks._columns import places, row_path, texts
from rembi_widgets.naming import all_accepted, is_accepted, proposal

if TYPE_CHECKING:
    from collections.abc import Iterator

    from rembi_widgets.checks._case import Case
    from rembi_widgets.record import Finding

LARGEST = 2 * 10**12
"""Bytes of a file that the archive's storage takes."""
LISTED = 20
"""Paths of files without a known source image that a finding lists."""
MOST = 200_000
"""Files of a study above which the archive's reader asks a person first."""


def paths(case: Case) -> Iterator[Finding]:
    """Find paths that the server refuses, with the nearest that it takes; a directory may end with a slash here."""
    table = case.record.files
    if all_accepted(filter(None, texts(table.column("path")))):
        return
    said = [path and path.replace("\\", "/").rstrip("/").removeprefix("./") for path in texts(table.column("path"))]
    refused = places(path and not is_accepted(path) for path in said)
    if not refused:
        return
    first = said[refused[0]] or ""
    where = row_path("files", table, refused[0], "path")
    yield finding("error", "bia_path_refused", where, found=first, wanted=proposal(first), n=len(refused))
    instead = {place: proposal(said[place] or "") for place in refused}
    counts = Counter(instead.get(place, path) for place, path in enumerate(said) if path)
    doubled = [place for place in refused if counts[instead[place]] > 1]
    if doubled:
        where = row_path("files", table, doubled[0], "path")
        yield finding("warning", "bia_path_doubled", where, found=said[doubled[0]], n=len(doubled))


def sizes(case: Case) -> Iterator[Finding]:
    """Find files that are too large to be stored, and too many of them."""
    table = case.record.files
    sizes = table.column("size_bytes")
    known = {size for size in set(sizes) if type(size) in {int, float} and size > LARGEST}
    large = places(map(known.__contains__, sizes)) if known else []
    if large:
        path = table.column("path")[large[0]]
        yield finding("error", "bia_file_too_large", row_path("files", table, large[0]), found=path, n=len(large))
    if len(table) > MOST:
        yield finding("info", "bia_many_files", "/files", found=f"{len(table):,}", wanted=f"{MOST:,}")


def annotation_files(case: Case) -> Iterator[Finding]:
    """Find annotations without files, and annotation files without a source image that a component lists."""
    table = case.record.files
    known = {annotation.id for annotation in case.record.annotations}
    made_by = table.column("made_by")
    made = list(compress(range(len(table)), map(known.__contains__, made_by)))
    makers = {made_by[place] for place in made}
    for path, annotation in case.entities("annotations"):
        if annotation.id not in makers:
            yield finding("error", "bia_annotation_without_files", path, name=case.name(path))
    sources = table.column("source_image")
    elsewhere = table.column("x-bia-source_image") if not case.record.components else [None] * len(table)
    without = [place for place in made if sources[place] is None and not elsewhere[place]]
    yield from _without_source(case, without)
    listed = _in_components(case) if made else set()
    homeless = [place for place in made if sources[place] is not None and sources[place] not in listed]
    if homeless:
        where = row_path("files", table, homeless[0], "source_image")
        yield finding("error", "bia_source_image_unlisted", where, found=sources[homeless[0]], n=len(homeless))


def _without_source(case: Case, without: list[int]) -> Iterator[Finding]:
    """Find annotation files without a source image, with those that their names tell; list those they do not."""
    if not without:
        return
    table = case.record.files
    path, where = table.column("path")[without[0]], row_path("files", table, without[0], "source_image")
    told = by_name(case.record, without)
    yield finding(
        "error", "bia_source_image_missing", where, found=path, n=len(without), fix=told.fix, matched=told.count
    )
    if told.unmatched and told.count:
        place = table.column("path").index(told.unmatched[0])
        listed = ", ".join(told.unmatched[:LISTED]) + (" …" if len(told.unmatched) > LISTED else "")
        where = row_path("files", table, place, "source_image")
        yield finding("info", "bia_source_image_unmatched", where, found=listed, n=len(told.unmatched))


def _in_components(case: Case) -> set[str]:
    """Give the ids of images, and of files, that a study component lists."""
    images, files = case.record.images, case.record.files
    parts, links = case.ids["components"], case.ids["associations"]
    found = {file for file, part in zip(files.ids, files.column("component"), strict=True) if part in parts}
    rows = zip(images.ids, images.column("file"), images.column("component"), images.column("association"), strict=True)
    held: set[str] = set()
    for image, file, part, link in rows:
        if part in parts or link in links or file in found:
            held |= {image, file} if file else {image}
    return found | held
