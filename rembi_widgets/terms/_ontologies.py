"""Ontologies that annotations draw on: how each writes its identifiers, and the names it goes by in files.

Sources: the id patterns of the OBO Foundry's registry, of Cellosaurus and of EDAM; the names seen as Term Source REF
in public ISA-Tab files and study files of the Image Data Resource.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache


@dataclass(frozen=True, slots=True)
class Ontology:
    """How an ontology writes its identifiers.

    Attributes
    ----------
    prefix
        As it writes it itself: ``FBbi``, ``NCBITaxon``.
    local
        Pattern of what stands behind the prefix.
    width
        Digits of a local part that is filled up with zeros; 0 for none.
    names
        Other names it goes by, without case, hyphens and spaces.
    separator
        Between prefix and local part where people write the id: Cellosaurus has its own.
    letters
        Letters of a local part of digits and capitals; 0 where there is no such rule.
    also
        Ways to write the prefix that are as good: the ontology's authors write them themselves.
    """

    prefix: str
    local: str
    width: int = 0
    names: tuple[str, ...] = ()
    separator: str = ":"
    letters: int = 0
    also: tuple[str, ...] = ()

    @property
    def upper(self) -> bool:
        """Whether letters of the local part are capitals."""
        return bool(self.letters) or self.local.startswith("C[")

    def fits(self, local: str) -> bool:
        """Tell whether a local part has the form it has in this ontology."""
        return re.fullmatch(self.local, local) is not None


def _numbered(prefix: str, width: int, *names: str, also: tuple[str, ...] = ()) -> Ontology:
    return Ontology(prefix, f"[0-9]{{{width}}}", width, names, also=also)


ONTOLOGIES: tuple[Ontology, ...] = (
    Ontology(
        "NCBITaxon",
        "[1-9][0-9]*",
        names=(
            *("ncbi", "ncbitaxonomy", "ncbitax", "taxonomy", "taxon", "taxid", "txid", "ncbitxid", "ncbitaxid"),
            *("newt", "ncbiorganismalclassification", "ncbitaxonid"),
        ),
    ),
    _numbered("FBbi", 8, "fbbiontology", "biologicalimagingmethodsontology", "biologicalimagingmethods"),
    Ontology(
        "EDAM_BIM",
        r"topic_\S+",
        names=("edambioimaging", "edambim", "edambioimagingontology"),
    ),
    Ontology("EDAM", "(topic|operation|data|format)_[0-9]{4}", names=("edamontology",)),
    Ontology("CVCL", "[A-Z0-9]{4}", names=("cellosaurus", "rridcvcl"), separator="_", letters=4),
    _numbered("CLO", 7, "celllineontology"),
    _numbered("CL", 7, "cellontology", "celltypeontology"),
    _numbered("UBERON", 7, "uberanatomyontology", "uberonanatomyontology", also=("Uberon",)),
    _numbered("UO", 7, "unitsofmeasurementontology", "unitontology", "unit"),
    _numbered("EFO", 7, "experimentalfactorontology"),
    _numbered("CMPO", 7, "cellularmicroscopyphenotypeontology"),
    _numbered("GO", 7, "geneontology"),
    _numbered("OBI", 7, "ontologyforbiomedicalinvestigations"),
    _numbered("PATO", 7, "phenotypeandtraitontology", "phenotypequalityontology"),
    _numbered("MONDO", 7, "mondodiseaseontology", also=("Mondo",)),
    _numbered("CHMO", 7, "chemicalmethodsontology"),
    _numbered("BTO", 7, "brendatissueontology"),
    _numbered("OMIT", 7, "ontologyformirnatarget"),
    _numbered("MP", 7, "mammalianphenotypeontology"),
    _numbered("HP", 7, "humanphenotypeontology"),
    _numbered("PO", 7, "plantontology"),
    _numbered("SO", 7, "sequenceontology"),
    _numbered("ZFA", 7, "zebrafishanatomyontology"),
    _numbered("WBbt", 7, "celegansgrossanatomyontology"),
    _numbered("FBbt", 8, "drosophilaanatomyontology", "drosophilagrossanatomy"),
    _numbered("STATO", 7, "statisticsontology"),
    Ontology("CHEBI", "[1-9][0-9]*", names=("chemicalentitiesofbiologicalinterest",), also=("ChEBI",)),
    Ontology("NCIT", "C[0-9]+", names=("ncithesaurus", "nci")),
)
"""The ontologies whose spelling is known; of another nothing is said."""


def bare_name(name: str) -> str:
    """Give the name of an ontology without case, hyphens, spaces and the ending of a file.

    Examples
    --------
    >>> bare_name("EDAM-BIOIMAGING"), bare_name("fbbi.owl")
    ('edambioimaging', 'fbbi')
    """
    return re.sub(r"[\W_]+", "", re.sub(r"\.(owl|obo|json)$", "", name.casefold().strip()))


@cache
def _by_name() -> dict[str, Ontology]:
    found: dict[str, Ontology] = {}
    for ontology in ONTOLOGIES:
        for name in (bare_name(ontology.prefix), *ontology.names):
            found[name] = ontology
    return found


def ontology_named(name: str) -> Ontology | None:
    """Give the ontology that a name, a prefix or the address of its file means; ``None`` if it is not known."""
    said = name.strip().rstrip("/#")
    return _by_name().get(bare_name(said.rpartition("/")[2] if "://" in said else said))
