"""The links of a study: addresses, and what is an address only with the type that stands beside it."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from rembi_widgets.formats.pagetab._forms import canonical
from rembi_widgets.formats.pagetab._parts import Section

if TYPE_CHECKING:
    from rembi_widgets.formats.pagetab._parts import Link
    from rembi_widgets.formats.pagetab._reading import Reading

ADDRESSES = {
    "doi": "https://doi.org/{}",
    "pubmed": "https://pubmed.ncbi.nlm.nih.gov/{}",
    "bioproject": "https://www.ncbi.nlm.nih.gov/bioproject/{}",
    "biosamples": "https://www.ebi.ac.uk/biosamples/samples/{}",
    "biostudies": "https://www.ebi.ac.uk/biostudies/studies/{}",
    "arrayexpress": "https://www.ebi.ac.uk/biostudies/arrayexpress/studies/{}",
    "chebi": "https://www.ebi.ac.uk/chebi/searchId.do?chebiId={}",
    "ega": "https://ega-archive.org/studies/{}",
    "ena": "https://www.ebi.ac.uk/ena/browser/view/{}",
    "empiar": "https://www.ebi.ac.uk/empiar/{}",
    "emdb": "https://www.ebi.ac.uk/emdb/{}",
    "expression atlas": "https://www.ebi.ac.uk/gxa/experiments/{}",
    "geo": "https://www.ncbi.nlm.nih.gov/geo/query/acc.cgi?acc={}",
    "gene ontology": "https://amigo.geneontology.org/amigo/term/{}",
    "idr": "https://idr.openmicroscopy.org/search/?query=Name:{}",
    "intact": "https://www.ebi.ac.uk/intact/search?query={}",
    "interpro": "https://www.ebi.ac.uk/interpro/entry/{}",
    "nct": "https://clinicaltrials.gov/study/{}",
    "nucleotide": "https://www.ncbi.nlm.nih.gov/nuccore/{}",
    "omim": "https://omim.org/entry/{}",
    "pdbe": "https://www.ebi.ac.uk/pdbe/entry/pdb/{}",
    "pfam": "https://www.ebi.ac.uk/interpro/entry/pfam/{}",
    "pride": "https://www.ebi.ac.uk/pride/archive/projects/{}",
    "rfam": "https://rfam.org/family/{}",
    "rnacentral": "https://rnacentral.org/rna/{}",
    "taxonomy": "https://www.ncbi.nlm.nih.gov/Taxonomy/Browser/wwwtax.cgi?id={}",
    "uniprot": "https://www.uniprot.org/uniprotkb/{}",
    "dbsnp": "https://www.ncbi.nlm.nih.gov/snp/{}",
}
"""Type of a link, which the archive's reader knows, to the address of an identifier."""
_SCHEME = re.compile(r"[A-Za-z][A-Za-z0-9+.-]*://\S+")


def read(reading: Reading, root: Section) -> None:
    """Read the links of the study."""
    for link in root.links:
        one = reading.entity("links", Section("Link", None, list(link.attributes), at=link.at), link.url)
        reading.links[one.id] = link
        reading.put(one, "url", address(link), "url")
        reading.put(one, "description", one.first("description"), "Description")


def address(link: Link) -> str:
    """Give the address that a link leads to: its own, or the one that its type makes of an identifier."""
    said = link.url.strip()
    kind = next((canonical(it.value or "") for it in link.attributes if canonical(it.name) == "type"), "")
    pattern = ADDRESSES.get(kind)
    return said if pattern is None or _SCHEME.fullmatch(said) else pattern.format(said)
