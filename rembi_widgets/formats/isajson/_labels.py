"""Labels of the investigation file and keys of ISA-JSON 1.0, side by side; both directions read these tables.

Each row is the label, the key and the kind of the value: ``text``, ``date``, ``email``, ``uri``, ``term`` (one ontology
annotation with the labels of its accession and source) or ``terms`` (a list of them in one cell).
"""

from __future__ import annotations

import re

Spec = tuple[tuple[str, str, str], ...]
ACCESSION, SOURCE = " Term Accession Number", " Term Source REF"
KEPT = "ISA-Tab "
"""Begins the name of a comment that holds what ISA-JSON has no key for: the rest is its label or header."""
ACCESSION_KEPT = f"{KEPT}Term Accession Number"
"""Comment of an annotation whose accession is no URI reference."""
SOURCES: Spec = (
    ("Term Source Name", "name", "text"),
    ("Term Source File", "file", "text"),
    ("Term Source Version", "version", "text"),
    ("Term Source Description", "description", "text"),
)


def _head(level: str) -> Spec:
    return (
        (f"{level} Identifier", "identifier", "text"),
        (f"{level} Title", "title", "text"),
        (f"{level} Description", "description", "text"),
        (f"{level} Submission Date", "submissionDate", "date"),
        (f"{level} Public Release Date", "publicReleaseDate", "date"),
    )


def _publications(level: str) -> Spec:
    return (
        (f"{level} PubMed ID", "pubMedID", "text"),
        (f"{level} Publication DOI", "doi", "text"),
        (f"{level} Publication Author List", "authorList", "text"),
        (f"{level} Publication Title", "title", "text"),
        (f"{level} Publication Status", "status", "term"),
    )


def _contacts(level: str) -> Spec:
    keys = ("lastName", "firstName", "midInitials", "email", "phone", "fax", "address", "affiliation")
    names = ("Last Name", "First Name", "Mid Initials", "Email", "Phone", "Fax", "Address", "Affiliation")
    kinds = ("email" if key == "email" else "text" for key in keys)
    said = tuple((f"{level} Person {name}", key, kind) for name, key, kind in zip(names, keys, kinds, strict=True))
    return (*said, (f"{level} Person Roles", "roles", "terms"))


INVESTIGATION, STUDY = _head("Investigation"), (*_head("Study"), ("Study File Name", "filename", "text"))
INVESTIGATION_PUBLICATIONS, PUBLICATIONS = _publications("Investigation"), _publications("Study")
INVESTIGATION_CONTACTS, CONTACTS = _contacts("Investigation"), _contacts("Study")
DESIGN: Spec = (("Study Design Type", "", "term"),)
FACTORS: Spec = (("Study Factor Name", "factorName", "text"), ("Study Factor Type", "factorType", "term"))
ASSAYS: Spec = (
    ("Study Assay File Name", "filename", "text"),
    ("Study Assay Measurement Type", "measurementType", "term"),
    ("Study Assay Technology Type", "technologyType", "term"),
    ("Study Assay Technology Platform", "technologyPlatform", "text"),
)
PROTOCOLS: Spec = (
    ("Study Protocol Name", "name", "text"),
    ("Study Protocol Type", "protocolType", "term"),
    ("Study Protocol Description", "description", "text"),
    ("Study Protocol URI", "uri", "uri"),
    ("Study Protocol Version", "version", "text"),
    ("Study Protocol Parameters Name", "parameters", "terms"),
    ("Study Protocol Components Name", "components", "components"),
)
COMPONENT_TYPE = "Study Protocol Components Type"
ABOVE: tuple[tuple[str, str, Spec], ...] = (
    ("ONTOLOGY SOURCE REFERENCE", "ontologySourceReferences", SOURCES),
    ("INVESTIGATION PUBLICATIONS", "publications", INVESTIGATION_PUBLICATIONS),
    ("INVESTIGATION CONTACTS", "people", INVESTIGATION_CONTACTS),
)
"""Heading, key and labels of the lists of an investigation."""
BELOW: tuple[tuple[str, str, Spec], ...] = (
    ("STUDY DESIGN DESCRIPTORS", "studyDesignDescriptors", DESIGN),
    ("STUDY PUBLICATIONS", "publications", PUBLICATIONS),
    ("STUDY FACTORS", "factors", FACTORS),
    ("STUDY ASSAYS", "assays", ASSAYS),
    ("STUDY PROTOCOLS", "protocols", PROTOCOLS),
    ("STUDY CONTACTS", "people", CONTACTS),
)
"""Those of a study."""
DATE = re.compile(r"[0-9]{4}-(?:0[1-9]|1[0-2])-(?:0[1-9]|[12][0-9]|3[01])(?:T[0-9]{2}:[0-9]{2}[0-9:.+Zz-]*)?")
EMAIL = re.compile(r"[^@\s]+@[^@\s]+")
URI = re.compile(
    r"(?![^/?#]*:)(?:[\w.~:/?#!$&'()*+,;=@-]|%[0-9A-Fa-f]{2})*"
    r"|[A-Za-z][A-Za-z0-9+.-]*:(?:[\w.~:/?#!$&'()*+,;=@-]|%[0-9A-Fa-f]{2})*",
    re.ASCII,
)
"""What the schemas take for a date, an address and a URI reference (RFC 3986)."""
FORMS = {"date": DATE, "email": EMAIL, "uri": URI}
DATA = frozenset(
    f"{name} File"
    for name in [
        "Raw Data",
        "Derived Data",
        "Image",
        "Acquisition Parameter Data",
        "Derived Spectral Data",
        "Protein Assignment",
        "Raw Spectral Data",
        "Peptide Assignment",
        "Array Data",
        "Derived Array Data",
        "Post Translational Modification Assignment",
        "Derived Array Data Matrix",
        "Free Induction Decay Data",
        "Metabolite Assignment",
        "Array Data Matrix",
    ]
)
"""Types of data of the schema ``data``; they are headers of ISA-Tab."""
MATERIALS = frozenset(["Extract Name", "Labeled Extract Name"])
NODE, STEP, MADE = f"{KEPT}Node", f"{KEPT}Step", f"{KEPT}Not Declared"
"""Names of comments: the header of a node that is no type of the schemas; the column of a process that others skip;
what the ISA-Tab uses and does not declare, or a process it does not have."""
BARE = ("Material Type", "Label")
"""Columns that are characteristics in ISA-JSON, whose headers have no brackets."""
NAMES = {
    "data transformation": "Data Transformation Name",
    "normalization": "Normalization Name",
    "data normalization": "Normalization Name",
    "data collection": "Scan Name",
    "scanning": "Scan Name",
    "nucleic acid hybridization": "Hybridization Assay Name",
    "hybridization": "Hybridization Assay Name",
    "mass spectrometry": "MS Assay Name",
    "nmr assay": "NMR Assay Name",
    "nmr spectroscopy": "NMR Assay Name",
}
"""Type of a protocol to the column that names its processes; the others have an Assay Name."""
