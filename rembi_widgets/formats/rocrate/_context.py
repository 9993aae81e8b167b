"""The names that a crate uses: the archive's, as its checker 0.3.1 demands them, and a few of our own.

A test compares the table with what the checker itself says. The terms of RO-Crate 1.1 are named by their address, which
nobody here opens.
"""

from __future__ import annotations

from typing import Any

CRATE = "https://w3id.org/ro/crate/1.1"
OUR = "https://github.com/rembi-widgets/rembi_widgets#"
PREFIXES = {
    "bia": "http://bia/",
    "csvw": "http://www.w3.org/ns/csvw#",
    "dc": "http://purl.org/dc/terms/",
    "rdf": "http://www.w3.org/1999/02/22-rdf-syntax-ns#",
    "schema": "http://schema.org/",
}
ONE = {
    "bia": (
        "accessionId acknowledgement annotationCoverage annotationCriteria annotationSourceIndicator"
        " associatedCreationProcess authorNames channelBiologicalEntity channelContentDescription doi featuresAnalysed"
        " fiducialsUsed fundingStatement growthProtocol imagingInstrumentDescription pubmedId resultOf"
        " signalContrastMechanismDescription spatialInformation subject transformationDescription"
        " transformationMatrix website yearPublished"
    ),
    "schema": "additionalType address datePublished description email identifier license name",
    "csvw": "propertyUrl tableSchema",
}
"""Prefix to the terms of the same name that have one value."""
MANY = {
    "bia": (
        "annotationMethod associatedAnnotationMethod associatedBiologicalEntity associatedImageAcquisitionProtocol"
        " associatedProtocol associatedSourceImage experimentalVariableDescription extrinsicVariableDescription fbbiId"
        " imageAcquisitionProtocol imagingMethodName imagingPreparationProtocol inputImage"
        " intrinsicVariableDescription protocol relatedPublication role signalChannelInformation"
    ),
    "schema": "author funder funding hasPart keywords memberOf",
    "csvw": "column",
}
"""Prefix to the terms of the same name that have a list."""
OTHER = {
    "associatedImageAnalysisMethod": ("bia:associatedAnalysisMethod", True),
    "associatedImageCorrelationMethod": ("bia:associatedCorrelationMethod", True),
    "associatedSpecimen": ("bia:associatedSubject", False),
    "associatedSpecimenImagingPreparationProtocol": ("bia:associatedImagingPreparationProtocol", True),
    "biologicalEntity": ("bia:sampleOf", True),
    "columnName": ("csvw:name", False),
    "commonName": ("http://rs.tdwg.org/dwc/terms/vernacularName", False),
    "methodType": ("bia:annotationMethodType", True),
    "organismClassification": ("schema:taxonomicRange", True),
    "scientificName": ("http://rs.tdwg.org/dwc/terms/scientificName", False),
    "seeAlso": ("http://www.w3.org/2000/01/rdf-schema#seeAlso", True),
}
"""Terms whose meaning has another name, and whether they have a list."""
OURS = (
    "aiModelsTrained",
    "biologicalEntityName",
    "ethicsStatement",
    "experimentalStatus",
    "licenseStatement",
    "locationWithinBiosample",
    "releaseDate",
)
"""What REMBI and MIFA have a field for and neither the archive nor RO-Crate has a name."""


def terms() -> dict[str, Any]:
    """Give the archive's terms as the checker gives them."""
    held: dict[str, tuple[str, bool]] = dict(OTHER)
    for table, many in ((ONE, False), (MANY, True)):
        for prefix, names in table.items():
            held |= {name: (f"{prefix}:{name}", many) for name in names.split()}
    said: dict[str, Any] = {"@type": {"@container": "@set"}, **PREFIXES}
    for name, (meaning, many) in held.items():
        said[name] = {"@id": meaning, "@container": "@set"} if many else {"@id": meaning}
    return dict(sorted(said.items()))


def context() -> list[Any]:
    """Give the whole ``@context`` of a crate."""
    return [f"{CRATE}/context", {**terms(), **{name: {"@id": OUR + name} for name in OURS}}]
