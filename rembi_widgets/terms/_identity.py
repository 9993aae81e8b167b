"""Identifiers as people and files write them, read as prefix and local part.

``FBbi:00000251``, ``Fbbi_00000251``, ``obo/FBbi_00000251`` at the end of an address, ``9606`` beside ``NCBITaxon``,
``NCBI:txid9606`` and the page of a term in a lookup service all say the same as the ontology's own form.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING
from urllib.parse import unquote

from rembi_widgets.terms._ontologies import ontology_named

if TYPE_CHECKING:
    from rembi_widgets.terms._ontologies import Ontology

LONGEST = 500
"""Letters of an identifier that are looked at."""
_UNSEEN = re.compile("[\u00ad\u200b-\u200f\u202a-\u202e\u2060\ufeff]")
_ADDRESS = re.compile(r"(?i)^(https?://|ftp://|[a-z][a-z0-9-]*(\.[a-z0-9-]+)+/)")
_TAXONOMY = re.compile(
    r"(?i)(?:/taxonomy/(?:browser/wwwtax\.cgi\?(?:.*&)?id=)?|[?&]id=|/NCBITAXON/|taxonomy:)([0-9]+)/?$"
)
_END = re.compile(r"^.*[/#=]([A-Za-z][A-Za-z]*(?:_BIM)?)[_:/]([\w-]+)/?$")
_EDAM = re.compile(r"(?i)^(?:.*edamontology\.org/|EDAM[:_])?((?:topic|operation|data|format)_[0-9]{4})$")
_BIM = re.compile(r"(?i)^EDAM[\s_-]?BIM(?:AGING)?\s*[:_]\s*(\S+)$")
_BEFORE = re.compile(r"(?i)^(?:obo\s*:\s*(?=[a-z]+_)|rrid\s*:\s*(?=cvcl)|([a-z]+)\s*:\s*(?=\1[:_]))")
_TXID = re.compile(r"(?i)^(?:ncbi)?[\s:_]*(?:tx|tax)id[\s:_]*([0-9]+)$")
_TWO = re.compile(r"^([A-Za-z][\w.-]*?(?: [A-Za-z]+)?)\s*[:_]+\s*(\S+)$")
_APART = re.compile(r"^([A-Za-z][A-Za-z-]*(?: [A-Za-z]+)?)[\s#-]+([A-Z]?[0-9]+)$")
_GLUED = re.compile(r"^([A-Za-z]+)([0-9]{4,})$")


@dataclass(frozen=True, slots=True)
class Identity:
    """An identifier that was read.

    Attributes
    ----------
    said
        As it stood.
    prefix, local
        The prefix as its ontology writes it, and what stands behind it, filled up with zeros.
    ontology
        How its ontology writes ids; ``None`` for one that is not known.
    bare
        Whether it had no prefix.
    address
        Whether it was an address.
    filled
        Whether zeros had to be added or taken away.
    """

    said: str
    prefix: str
    local: str
    ontology: Ontology | None
    bare: bool = False
    address: bool = False
    filled: bool = False

    @property
    def curie(self) -> str:
        """The form that a record holds: with a colon, but for Cellosaurus."""
        return f"{self.prefix}{self.ontology.separator if self.ontology else ':'}{self.local}"

    @property
    def underscored(self) -> str:
        """The form with an underscore, as addresses and study files of the Image Data Resource have it."""
        return f"{self.prefix}_{self.local}"

    @property
    def fits(self) -> bool:
        """Whether the local part has the form it has in its ontology."""
        return self.ontology is None or self.ontology.fits(self.local)


def read_identity(said: str, source: str = "") -> Identity | None:
    """Read an identifier; ``None`` for what is none, and for the address of something that is not known.

    Parameters
    ----------
    source
        Name of the ontology that a bare number belongs to, if that is known.

    Examples
    --------
    >>> read_identity("Fbbi_00000393").curie, read_identity("NCBI:txid9606").curie
    ('FBbi:00000393', 'NCBITaxon:9606')
    >>> read_identity("http://www.ebi.ac.uk/efo/EFO_0007550").curie, read_identity("7955", "NCBITaxon").curie
    ('EFO:0007550', 'NCBITaxon:7955')
    """
    text = _UNSEEN.sub("", said[:LONGEST]).strip()
    if _ADDRESS.match(text):
        return _read_address(said, unquote(unquote(text)))
    edam = _EDAM.match(text)
    if edam:
        return _made(said, "EDAM", edam[1])
    text = _BEFORE.sub("", text)
    bim = _BIM.match(text)
    if bim:
        return _made(said, "EDAM_BIM", bim[1])
    taxon = _TXID.match(text)
    if taxon:
        return _made(said, "NCBITaxon", taxon[1])
    return _read_bare(said, text, source) or _read_pair(said, text)


def _read_address(said: str, text: str) -> Identity | None:
    edam, taxon = _EDAM.match(text), _TAXONOMY.search(text)
    if edam:
        return _made(said, "EDAM", edam[1], address=True)
    if taxon:
        return _made(said, "NCBITaxon", taxon[1], address=True)
    end = _END.match(text)
    return _made(said, end[1], end[2], address=True) if end and ontology_named(end[1]) else None


def _read_bare(said: str, text: str, source: str) -> Identity | None:
    known = ontology_named(source) if source else None
    if text.isascii() and text.isdigit():
        return _made(said, known.prefix if known else source.strip(), text, bare=True) if source.strip() else None
    return _made(said, known.prefix, text, bare=True) if known and known.width == 0 and known.fits(text) else None


def _read_pair(said: str, text: str) -> Identity | None:
    found = _TWO.match(text)
    if not found and " " not in text:
        found = _GLUED.match(text)
        return _made(said, found[1], found[2]) if found and ontology_named(found[1]) else None
    if not found:
        found = _APART.match(text)
        return _made(said, found[1], found[2]) if found and ontology_named(found[1]) else None
    return _made(said, found[1], found[2])


def _made(said: str, prefix: str, local: str, *, bare: bool = False, address: bool = False) -> Identity:
    known = ontology_named(prefix)
    if known is None:
        return Identity(said, prefix, local, None, bare, address)
    whole = _filled(known, local)
    return Identity(said, known.prefix, whole, known, bare, address, whole.casefold() != local.casefold())


def _filled(ontology: Ontology, local: str) -> str:
    """Give a local part with the zeros that a spreadsheet took away, and without those a hand added."""
    width = ontology.width or ontology.letters
    if local.isascii() and local.isdigit() and len(local) != width:
        return local.lstrip("0").zfill(width)
    return local.upper() if ontology.upper else local
