"""What an investigation file must say: its sections in their order, with their labels (ISA-Tab 1.0, section 2.2)."""

from __future__ import annotations

SINGLE = frozenset({"INVESTIGATION", "STUDY"})
"""Sections of one column."""
ACCESSION, REF = "Term Accession Number", "Term Source REF"


def _term(label: str) -> tuple[str, str, str]:
    return label, f"{label} {ACCESSION}", f"{label} {REF}"


def _about(what: str) -> tuple[str, ...]:
    return tuple(f"{what} {name}" for name in ("Identifier", "Title", "Description", *DATES))


def _publications(what: str) -> tuple[str, ...]:
    names = ("PubMed ID", "Publication DOI", "Publication Author List", "Publication Title")
    return (*(f"{what} {name}" for name in names), *_term(f"{what} Publication Status"))


def _contacts(what: str) -> tuple[str, ...]:
    names = ("Last Name", "First Name", "Mid Initials", "Email", "Phone", "Fax", "Address", "Affiliation")
    return (*(f"{what} Person {name}" for name in names), *_term(f"{what} Person Roles"))


DATES = ("Submission Date", "Public Release Date")
_PROTOCOL = "Study Protocol"
LABELS: dict[str, tuple[str, ...]] = {
    "ONTOLOGY SOURCE REFERENCE": tuple(f"Term Source {name}" for name in ("Name", "File", "Version", "Description")),
    "INVESTIGATION": _about("Investigation"),
    "INVESTIGATION PUBLICATIONS": _publications("Investigation"),
    "INVESTIGATION CONTACTS": _contacts("Investigation"),
    "STUDY": (*_about("Study"), "Study File Name"),
    "STUDY DESIGN DESCRIPTORS": _term("Study Design Type"),
    "STUDY PUBLICATIONS": _publications("Study"),
    "STUDY FACTORS": ("Study Factor Name", *_term("Study Factor Type")),
    "STUDY ASSAYS": (
        "Study Assay File Name",
        *_term("Study Assay Measurement Type"),
        *_term("Study Assay Technology Type"),
        "Study Assay Technology Platform",
    ),
    "STUDY PROTOCOLS": (
        f"{_PROTOCOL} Name",
        *_term(f"{_PROTOCOL} Type"),
        *(f"{_PROTOCOL} {name}" for name in ("Description", "URI", "Version")),
        *_term(f"{_PROTOCOL} Parameters Name"),
        f"{_PROTOCOL} Components Name",
        *_term(f"{_PROTOCOL} Components Type"),
    ),
    "STUDY CONTACTS": _contacts("Study"),
}
SPELT_IN_THE_SPECIFICATION = {
    f"{_PROTOCOL} Parameters {name}": f"{_PROTOCOL} Parameters Name {name}" for name in (ACCESSION, REF)
}
"""Labels of the specification's own table that no reader takes."""
NAMED_BY = {
    "ONTOLOGY SOURCE REFERENCE": "Term Source Name",
    "STUDY FACTORS": "Study Factor Name",
    "STUDY PROTOCOLS": "Study Protocol Name",
}
"""Sections whose columns are referred to by a name."""
LISTS = {
    "INVESTIGATION CONTACTS": (_term("Investigation Person Roles"),),
    "STUDY CONTACTS": (_term("Study Person Roles"),),
    "STUDY PROTOCOLS": (
        _term(f"{_PROTOCOL} Parameters Name"),
        (f"{_PROTOCOL} Components Name", *_term(f"{_PROTOCOL} Components Type")),
    ),
}
"""Cells that hold lists with ``;``: those together have the same number of entries."""
TERMS = {
    heading: tuple(_term(label) for label in labels if f"{label} {REF}" in labels) for heading, labels in LABELS.items()
}
"""Terms of each section: label, accession, source."""
