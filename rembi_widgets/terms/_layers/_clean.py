"""What is taken from somebody else's file: identifiers that are one, names of one line, and what was neither."""

from __future__ import annotations

import re
from dataclasses import dataclass, field

NAME, DEFINITION, NAMES, PARENTS = 300, 2_000, 200, 100
"""Most letters of a name and of a definition, most names and parents of a term."""
KEPT = 20
"""Faults that are kept in words; the rest is only counted."""

_ID = re.compile(r"[A-Za-z][A-Za-z0-9_]{0,30}:[A-Za-z0-9_.-]{1,80}|CVCL_[A-Z0-9]{4}")
_IRI = re.compile(r"https?://[\w.-]+/(?:[\w.~-]+/){0,5}?(?:[\w.~-]*#)?([A-Za-z][A-Za-z0-9]*)_([A-Za-z0-9_.-]{1,40})")
_EDAM = re.compile(r"https?://edamontology\.org/((?:topic|data|format|operation)_[\w.-]{1,80})")
_SCHEMES = {"javascript", "data", "vbscript", "file", "http", "https", "mailto", "urn"}
_CONTROL = re.compile(r"[\x00-\x1f\x7f-\x9f\u200b-\u200f\u2028-\u202e\u2066-\u2069\ufeff]+")
_SURROGATE = re.compile("[\ud800-\udfff]")


@dataclass
class Faults:
    """What had to be left out of a file.

    Attributes
    ----------
    count
        How many faults there were.
    said
        The first of them: the line or place, and the key of the sentence that tells what was wrong.
    """

    count: int = 0
    said: list[tuple[str, str]] = field(default_factory=list)

    def add(self, place: object, key: str) -> None:
        """Note a fault."""
        self.count += 1
        if len(self.said) < KEPT:
            self.said.append((str(place), key))


def one_line(said: object, most: int = NAME) -> str:
    r"""Give a text on one line, without signs that steer a terminal or turn the direction of writing.

    Examples
    --------
    >>> one_line("  confocal\n microscopy\x1b ")
    'confocal microscopy'
    """
    if not isinstance(said, str):
        return ""
    plain = _SURROGATE.sub("", _CONTROL.sub(" ", said[: most * 4]))
    return " ".join(plain.split())[:most].rstrip()


def curie(said: object) -> str:
    """Give an identifier as a CURIE, from a CURIE or an IRI; empty if it is none.

    Examples
    --------
    >>> curie("http://purl.obolibrary.org/obo/FBbi_00000251"), curie("CVCL_0030"), curie("CVCL:0030")
    ('FBbi:00000251', 'CVCL_0030', 'CVCL_0030')
    >>> curie("http://edamontology.org/topic_3382"), curie("javascript:alert(1)")
    ('EDAM:topic_3382', '')
    """
    if not isinstance(said, str) or len(said) > NAME:
        return ""
    edam, iri = _EDAM.fullmatch(said), _IRI.fullmatch(said)
    plain = f"EDAM:{edam[1]}" if edam else f"{iri[1]}:{iri[2]}" if iri else said.strip()
    if plain.startswith("CVCL:"):
        plain = f"CVCL_{plain[5:]}"
    return plain if _ID.fullmatch(plain) and prefix(plain).casefold() not in _SCHEMES else ""


def prefix(identity: str) -> str:
    """Give the ontology's prefix of a CURIE."""
    return identity.partition(":")[0] if ":" in identity else identity.partition("_")[0]
