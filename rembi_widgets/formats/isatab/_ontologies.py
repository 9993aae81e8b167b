"""Terms of ontologies: source and accession of a term, and the sources that a set of tables used."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any, NamedTuple

from rembi_widgets.formats.isatab._cells import NOT_RECORDED
from rembi_widgets.record import Term

if TYPE_CHECKING:
    from collections.abc import Iterable

_OBO = "http://purl.obolibrary.org/obo/"


class _Source(NamedTuple):
    description: str
    file: str = ""
    version: str = ""
    base: str = ""


_SOURCES = {
    "BTO": _Source("BRENDA Tissue Ontology"),
    "CHEBI": _Source("Chemical Entities of Biological Interest"),
    "CHMO": _Source("Chemical Methods Ontology", version="2022-04-19"),
    "CL": _Source("Cell Ontology"),
    "CLO": _Source("Cell Line Ontology"),
    "CMPO": _Source("Cellular Microscopy Phenotype Ontology", file="http://www.ebi.ac.uk/cmpo/cmpo.owl"),
    "Cellosaurus": _Source(
        "Cellosaurus, a knowledge resource on cell lines",
        file="https://ftp.expasy.org/databases/cellosaurus/cellosaurus.obo",
        base="https://www.cellosaurus.org/",
    ),
    "EDAM": _Source("EDAM ontology", file="http://edamontology.org/EDAM.owl", base="http://edamontology.org/"),
    "EFO": _Source(
        "Experimental Factor Ontology",
        file="http://www.ebi.ac.uk/efo/efo.owl",
        version="3.76.0",
        base="http://www.ebi.ac.uk/efo/",
    ),
    "FBbi": _Source("Biological Imaging Methods Ontology", version="2020-11-06"),
    "FBbt": _Source("Drosophila Anatomy Ontology"),
    "GO": _Source("Gene Ontology"),
    "MONDO": _Source("Mondo Disease Ontology"),
    "NCBITaxon": _Source("NCBI organismal classification", version="2025-03-13"),
    "NCIT": _Source("NCI Thesaurus"),
    "OBI": _Source("Ontology for Biomedical Investigations", version="2025-01-09"),
    "PATO": _Source("Phenotype And Trait Ontology"),
    "PO": _Source("Plant Ontology"),
    "SO": _Source("Sequence Ontology"),
    "STATO": _Source("Statistics Ontology"),
    "SWO": _Source("Software Ontology"),
    "UBERON": _Source("Uber-anatomy ontology"),
    "UO": _Source("Units of measurement ontology", version="2023-05-25"),
    "WBbt": _Source("C. elegans Gross Anatomy Ontology"),
    "ZFA": _Source("Zebrafish Anatomy Ontology"),
}
"""Name of a source to what is known of it; those without a file of their own are in the OBO Foundry."""
_KNOWN = {name.casefold(): name for name in _SOURCES} | {"cvcl": "Cellosaurus", "ncbi taxonomy": "NCBITaxon"}
_CURIE = re.compile(r"([A-Za-z][\w.-]*?)[:_]\s*(\S+)$")
_IN_URL = re.compile(r"(?:/|#)([A-Za-z]+)_[^/#]+$")


def _named(name: str) -> str:
    return _KNOWN.get(name.casefold()) or re.sub(r"\s+", "_", name.strip())


def _prefix(identity: str) -> str:
    found = (_IN_URL if "://" in identity else _CURIE).search(identity)
    return found.group(1) if found else ""


def accession(identity: str) -> str:
    """Give the accession of a term: an address where its ontology has them, else the id as it is.

    >>> accession("FBbi:00000251"), accession("CVCL_0030")
    ('http://purl.obolibrary.org/obo/FBbi_00000251', 'https://www.cellosaurus.org/CVCL_0030')
    """
    found = None if "://" in identity else _CURIE.match(identity)
    name = _KNOWN.get(found.group(1).casefold()) if found else None
    if found is None or name is None:
        return identity
    prefix = found.group(1) if name == "Cellosaurus" else name
    return f"{_SOURCES[name].base or _OBO}{prefix}_{found.group(2)}"


class Ontologies:
    """The sources that were used so far, with the versions that the terms themselves name."""

    def __init__(self) -> None:
        self._versions: dict[str, set[str]] = {}

    def reference(self, term: Any) -> tuple[str, str]:
        """Give Term Source REF and Term Accession Number of a value; both are empty for what is no term with an id."""
        if not isinstance(term, Term) or not term.id:
            return "", ""
        name = _named(term.ontology or _prefix(term.id) or "unknown")
        versions = self._versions.setdefault(name, set())
        if term.version:
            versions.add(term.version)
        return name, accession(term.id)

    def of_id(self, identity: str | None) -> tuple[str, str]:
        """Give source and accession of an id such as ``UO:0000017``."""
        return self.reference(Term(label=identity, id=identity) if identity else None)

    def described(self) -> Iterable[dict[str, str]]:
        """Give the rows of ONTOLOGY SOURCE REFERENCE, by name; altamisa wants none of their values empty."""
        for name in sorted(self._versions):
            known = _SOURCES.get(name, _Source(name, file=NOT_RECORDED))
            said = ", ".join(sorted(self._versions[name]))
            yield {
                "Term Source Name": name,
                "Term Source File": known.file or f"{_OBO}{name.lower()}.owl",
                "Term Source Version": said or known.version or NOT_RECORDED,
                "Term Source Description": known.description,
            }


_BASES = sorted(({_OBO} | {known.base for known in _SOURCES.values() if known.base}), key=len, reverse=True)


def curie(identity: str) -> str:
    """Give the id of an accession: a CURIE where it is an address of an ontology that is known.

    >>> curie("http://purl.obolibrary.org/obo/FBbi_00000251"), curie("https://www.cellosaurus.org/CVCL_0030")
    ('FBbi:00000251', 'CVCL_0030')
    """
    base = next((base for base in _BASES if identity.startswith(base)), None)
    if base is None:
        return identity
    prefix, _, number = identity[len(base) :].partition("_")
    name = _KNOWN.get(prefix.casefold())
    if not number or "/" in number or name is None:
        return identity
    return f"{prefix}_{number}" if name == "Cellosaurus" else f"{prefix}:{number}"


def source_of_id(identity: str) -> str:
    """Give the name of the source that an id itself tells, if it tells one."""
    prefix = _prefix(identity)
    return _named(prefix) if prefix else ""


def default_version(name: str) -> str:
    """Give the version that is declared for a source whose terms name none."""
    known = _SOURCES.get(name)
    return known.version if known is not None else ""
