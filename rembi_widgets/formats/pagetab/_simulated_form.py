"""What the archive's form would say: its templates' required fields, lists and windows.

Source: templates BioImages.v5, BioImages.v4 and BioImages.MIFA.v1 of the submission tool.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from rembi_widgets.formats.pagetab._study import LICENSES
from rembi_widgets.formats.pagetab._tree import said

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from datetime import date

    from rembi_widgets.formats.pagetab._tree import Document
    from rembi_widgets.record import Finding

SHORTEST, YEARS = 25, 2
_ANNOTATION = ("Title", "Annotation Overview", "Annotation Type", "Annotation Method", "File List")
_COMMON = {
    "biosample": ("Title", "Organism", "Biological entity"),
    "specimen": ("Title", "Sample preparation protocol"),
    "image acquisition": ("Title", "Imaging instrument", "Image acquisition parameters", "Imaging method"),
    "study component": ("Name", "Description", "File List"),
    "associations": ("Biosample", "Specimen", "Image acquisition"),
}
REQUIRED: dict[str, dict[str, tuple[str, ...]]] = {
    "BioImages.v5": {
        **_COMMON,
        "study": ("Title", "Description", "Keywords", "License"),
        "author": ("Name", "E-mail", "affiliation"),
        "image correlation": ("Title", "Spatial and temporal alignment"),
        "image analysis": ("Title", "Image analysis overview"),
        "annotation": _ANNOTATION,
    },
    "BioImages.v4": {
        **_COMMON,
        "study": ("Title", "Description", "Keywords", "License"),
        "author": ("affiliation",),
        "image correlation": ("Title",),
        "image analysis": ("Title",),
        "annotations": _ANNOTATION,
    },
    "BioImages.MIFA.v1": {
        "study": ("Title", "Description", "Keywords"),
        "author": ("Name", "E-mail", "affiliation", "Role"),
        "annotation": _ANNOTATION,
    },
}
"""Template to the attributes that each section type must have."""
NEEDED = {
    "BioImages.v5": ("author", "biosample", "specimen", "image acquisition", "study component"),
    "BioImages.v4": ("author", "biosample", "specimen", "image acquisition", "study component"),
    "BioImages.MIFA.v1": ("author", "annotation"),
}
"""Template to the section types that must be there."""
OFFERED = ("BioImages.v5", "BioImages.MIFA.v1", "Default.v2", "MicrobioRaman")
_DAY = re.compile(r"\d{4}-\d\d-\d\d")
_EMAIL = re.compile(r"[A-Za-z0-9._%+'-]+@[A-Za-z0-9-]+(\.[A-Za-z0-9-]+)*\.[A-Za-z]{2,}")


def is_email(text: str) -> bool:
    """Tell whether a text is an address and nothing else; a mark that nobody sees makes it none.

    >>> is_email("a.b@example.org"), is_email("A B <a.b@example.org>"), is_email("a.b@example.org\u202c")
    (True, False, False)
    """
    return _EMAIL.fullmatch(text) is not None


def form(document: Document, today: date) -> Iterator[Finding]:
    """Give what the form would say."""
    template = document.template
    if template not in OFFERED:
        level = "warning" if template in REQUIRED else "error"
        yield said(level, "form_template", document.top, "Template", found=template, wanted=OFFERED[0])
    if template not in REQUIRED:
        return
    yield from _required(document, REQUIRED[template])
    yield from _needed(document, NEEDED[template])
    yield from _study(document, template)
    yield from _window(document, today)
    for author in document.root.all("author"):
        for found in author.values("E-mail"):
            if not is_email(found.strip()):
                yield said("error", "form_email", author, "E-mail", found=found)


def _required(document: Document, required: Mapping[str, tuple[str, ...]]) -> Iterator[Finding]:
    for part in document.root.every():
        for name in required.get(part.kind, ()):
            here = part.values(name) or (part.kind == "study" and document.top.values(name))
            if not here:
                yield said("error", "form_required", part, name)


def _needed(document: Document, kinds: tuple[str, ...]) -> Iterator[Finding]:
    for kind in kinds:
        if not any(document.root.all(kind)):
            yield said("error", "form_section", document.root, found=kind)
    for part in document.root.all("study component"):
        if not any(part.all("associations")):
            yield said("error", "form_associations", part, found=part.value("Name"))


def _study(document: Document, template: str) -> Iterator[Finding]:
    title, licence = document.either("Title").strip(), document.root.value("License").strip()
    if title and len(title) < SHORTEST:
        yield said("error", "form_title", document.root, "Title", found=title, n=len(title), wanted=SHORTEST)
    if licence and licence not in LICENSES and template != "BioImages.MIFA.v1":
        yield said("error", "form_licence", document.root, "License", found=licence, wanted=", ".join(LICENSES))


def _window(document: Document, today: date) -> Iterator[Finding]:
    """Look at the release date of a new submission; one that has an accession has passed here."""
    given = document.either("ReleaseDate")
    if not given:
        yield said("error", "form_required", document.root, "ReleaseDate")
    elif not document.accno and _DAY.match(given):
        last = f"{today.year + YEARS}{today.isoformat()[4:]}"
        if not today.isoformat() <= given[:10] <= last:
            wanted = f"{today.isoformat()} … {last}"
            yield said("error", "form_window", document.root, "ReleaseDate", found=given, wanted=wanted)
