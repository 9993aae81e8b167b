"""What the ISA-Tab does not hold, or not as it was given: a finding each."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from rembi_widgets.formats.isatab._cells import words
from rembi_widgets.formats.isatab._used import MAKERS
from rembi_widgets.record import Finding, Level

if TYPE_CHECKING:
    from collections.abc import Iterator

    from rembi_widgets.formats.isatab._investigation import Investigation
    from rembi_widgets.formats.isatab._study import StudyTable
    from rembi_widgets.formats.isatab._used import Used

CALLED = {
    "biosamples": "biosample",
    "specimens": "specimen",
    "samples": "sample",
    "acquisitions": "acquisition",
    **MAKERS,
    "organisations": "organisation",
    "components": "component",
}
"""Collection whose entities may be left out to the last word of the finding's code."""


def findings(used: Used, study: StudyTable, investigation: Investigation) -> tuple[Finding, ...]:
    """Give all findings of one export."""
    return (*_unused(used), *_images(used), *_files(used), *_changed(used, study, investigation))


def _finding(level: Level, code: str, path: str, **values: Any) -> Finding:
    found = values.get("found")
    return Finding(level=level, code=f"isatab.{code}", path=path, values=values, found=found)


def _unused(used: Used) -> Iterator[Finding]:
    for collection, word in CALLED.items():
        for entity in used.unused(collection):
            title = words(getattr(entity, "title", None)) or entity.id
            yield _finding("warning", f"unused_{word}", f"/{collection}/{entity.id}", title=title)


def _images(used: Used) -> Iterator[Finding]:
    for code, images in sorted(used.left_out.items()):
        first = images[0]
        file = used.file_of[first]
        name = words(used.paths[file]) if file is not None else ""
        path = f"/images/{used.record.images.ids[first]}/association"
        yield _finding("warning", code, path, n=len(images), first=name or used.record.images.ids[first])


def _files(used: Used) -> Iterator[Finding]:
    ids = used.record.files.ids
    lost = [file for one in used.derived.values() if not one.is_written for file in one.files]
    if lost:
        path = f"/files/{ids[lost[0]]}/source_image"
        yield _finding("warning", "derived_without_source", path, n=len(lost), first=words(used.paths[lost[0]]))
    told = set(lost)
    unused = [file for file in used.unused_files() if file not in told]
    if unused:
        first = words(used.paths[unused[0]]) or ids[unused[0]]
        yield _finding("info", "unused_files", f"/files/{ids[unused[0]]}", n=len(unused), first=first)


def _changed(used: Used, study: StudyTable, investigation: Investigation) -> Iterator[Finding]:
    for sample in study.orphans:
        title = words(sample.title) or sample.id
        yield _finding("warning", "sample_without_biosample", f"/samples/{sample.id}/biosample", title=title)
    for component, links in used.idle_associations():
        path = f"/components/{component.id}/associations/{links[0].id}"
        title = words(component.title) or component.id
        yield _finding("info", "associations_without_images", path, n=len(links), title=title)
    for component_id, rows in used.rows.items():
        lacking = {link.id for link in used.links.of(rows) if link.acquisition not in used.acquisitions}
        for association in sorted(lacking):
            path = f"/components/{component_id}/associations/{association}/acquisition"
            yield _finding("warning", "association_without_acquisition", path)
    for path, value in investigation.misfits:
        yield _finding("warning", "as_given", path, found=value)
