"""The headers of study and assay files (ISA-Tab 1.0, sections 2.3 and 2.4), and which reader knows which."""

from __future__ import annotations

MATERIALS = ("Source Name", "Sample Name", "Extract Name", "Labeled Extract Name", "Library Name")
_BOTH = (
    "Raw Data File",
    "Raw Spectral Data File",
    "Image File",
    "Derived Data File",
    "Derived Spectral Data File",
    "Derived Array Data File",
    "Derived Array Data Matrix File",
    "Array Data File",
    "Protein Assignment File",
    "Peptide Assignment File",
    "Post Translational Modification Assignment File",
    "Metabolite Assignment File",
)
_ONLY_ISATOOLS = (
    "Free Induction Decay Data File",
    "Acquisition Parameter Data File",
    "Metabolite Identification File",
    "NMR Assay Name",
)
_ONLY_ALTAMISA = (
    "Library Name",
    "Array Data Matrix File",
    "Array Design File",
    "Spot Picking File",
    "Gel Electrophoresis Assay Name",
    "First Dimension",
    "Second Dimension",
)
_PROCESSES = (
    "Assay Name",
    "MS Assay Name",
    "Hybridization Assay Name",
    "Scan Name",
    "Normalization Name",
    "Data Transformation Name",
)
_ABOUT = (
    "Protocol REF",
    "Performer",
    "Date",
    "Material Type",
    "Label",
    "Array Design REF",
    "Unit",
    "Term Source REF",
    "Term Accession Number",
)
NEITHER = ("Antibody Name", "Provider")
"""Headers that exist and that none of the two readers takes."""
KNOWN = frozenset((*MATERIALS, *_BOTH, *_PROCESSES, *_ABOUT, *_ONLY_ISATOOLS, *_ONLY_ALTAMISA))
ALONE = dict.fromkeys(_ONLY_ISATOOLS, "altamisa") | dict.fromkeys(_ONLY_ALTAMISA, "isatools")
"""Header -> the reader that does not know it."""
BRACKETED = {
    "characteristic": "Characteristics",
    "parameter_value": "Parameter Value",
    "factor_value": "Factor Value",
    "comment": "Comment",
}
STUDY_ONLY_KINDS = frozenset({"factor_value"})
OF_STUDY = frozenset(
    {
        "Source Name",
        "Sample Name",
        "Protocol REF",
        "Date",
        "Performer",
        "Unit",
        "Term Source REF",
        "Term Accession Number",
    }
)
"""Headers without brackets that altamisa takes in a study file."""
TERMED = frozenset({"characteristic", "parameter_value", "factor_value", "unit"})
TERMED_ATTRIBUTES = frozenset({"Label", "Material Type", "First Dimension", "Second Dimension"})
OF_PROCESS = frozenset({"Performer", "Date", "Array Design REF", "First Dimension", "Second Dimension"})
EXPECTED_AFTER_PROTOCOL = frozenset(
    {
        "Assay Name",
        "MS Assay Name",
        "NMR Assay Name",
        "Hybridization Assay Name",
        "Array Design REF",
        "Scan Name",
        "Data Transformation Name",
    }
)
"""What isatools expects after a protocol, besides parameters, comments and what begins anew."""
NAMES_OF_TYPES = {
    "Assay Name": frozenset({"data acquisition", "phenotyping", "nucleic acid sequencing", "library sequencing"}),
    "MS Assay Name": frozenset({"mass spectrometry", "mass spec", "mass spec.", "ms"}),
    "NMR Assay Name": frozenset({"nmr spectroscopy", "nmr assay"}),
    "Hybridization Assay Name": frozenset(
        {"nucleic acid hybridization", "nucleic acid hybridisation", "hybridization"}
    ),
    "Scan Name": frozenset({"data collection"}),
    "Data Transformation Name": frozenset(
        {
            "data transformation",
            "data normalization",
            "metabolite identification",
            "protein identification",
            "sequence analysis data transformation",
        }
    ),
    "Normalization Name": frozenset({"data normalization", "normalization", "normalisation"}),
    "Gel Electrophoresis Assay Name": frozenset({"electrophoresis"}),
}
"""Name of a process -> types of protocols with which isatools writes it back, or altamisa takes it."""
ONLY_TYPE_OF_ALTAMISA = {
    "Data Transformation Name": "data transformation",
    "MS Assay Name": "mass spectrometry",
    "Normalization Name": "data normalization",
}
"""Name of a process -> the one type of protocol, or end of one, that altamisa takes."""
_MICROARRAYS = frozenset({"dna microarray", "protein microarray"})
_SPECTROMETRY = frozenset({"mass spectrometry"})
_GEL = frozenset({"gel electrophoresis"})
OF_TECHNOLOGY = {
    "Library Name": frozenset({"nucleotide sequencing"}),
    **dict.fromkeys(
        (
            "Array Design File",
            "Array Data File",
            "Array Data Matrix File",
            "Derived Array Data File",
            "Derived Array Data Matrix File",
            "Hybridization Assay Name",
            "Array Design REF",
        ),
        _MICROARRAYS,
    ),
    "Scan Name": _MICROARRAYS | _GEL,
    **dict.fromkeys(
        ("Spot Picking File", "Gel Electrophoresis Assay Name", "First Dimension", "Second Dimension"), _GEL
    ),
    **dict.fromkeys(
        (
            "Derived Spectral Data File",
            "Raw Spectral Data File",
            "Peptide Assignment File",
            "Post Translational Modification Assignment File",
            "Protein Assignment File",
            "Metabolite Assignment File",
            "MS Assay Name",
        ),
        _SPECTROMETRY,
    ),
}
"""Header -> the technologies of assays in which altamisa expects it."""
