"""Correlations: a transformation that can be used, images that are there.

A matrix is no demand of any target: what is wrong with one is a curator's question. Text that is no matrix, such as the
name of a file, is left alone.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from rembi_widgets.checks._case import finding
from rembi_widgets.record import entries_match, read_matrix, read_related

if TYPE_CHECKING:
    from collections.abc import Iterator

    from rembi_widgets.checks._case import Case
    from rembi_widgets.record import Finding


def matrices(case: Case) -> Iterator[Finding]:
    """Look at the transformation matrices."""
    for path, one in case.entities("correlations"):
        said = one.transformation_matrix
        if isinstance(said, str):
            where = f"{path}/transformation_matrix"
            found = read_matrix(said, path=where)
            yield from found.findings if found else ()


def related_images(case: Case) -> Iterator[Finding]:
    """Find entries that name no file of the dataset, and correlations of which one side is missing."""
    files = case.record.files
    if not len(files):
        return
    paths: list[str] | None = None
    for path, one in case.entities("correlations"):
        said = one.related_images
        related = read_related(said if isinstance(said, str) else None)
        entries = (*related.moving, *related.fixed)
        if not entries:
            continue
        paths = paths if paths is not None else [str(name or "") for name in files.column("path")]
        where = f"{path}/related_images"
        nothing = [entry for entry, places in entries_match(entries, paths).items() if not places]
        if nothing:
            yield finding("warning", "related_nothing", where, found="; ".join(nothing), n=len(nothing))
        if not (related.moving and related.fixed):
            yield finding("info", "related_one_side", where)
