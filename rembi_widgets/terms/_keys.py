"""Keys: how names are compared, whatever their case, accents, hyphens, plurals and endings."""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache

_LETTERS = str.maketrans({"\u03bc": "u", "œ": "oe", "æ": "ae", "ø": "o"})
_NOT_WORD = re.compile(r"(?:[^\w%°]|_)+")
_BRACKETS = re.compile(r"^\s*(.+?)\s*\(([^()]+)\)\s*$")
_TAIL = re.compile(r"\s(cells?|cell lines?|stain(ing)?|imaging|microscopy|microscope|tissue|dye)$")
_HEAD = re.compile(r"^(whole|adult|primary|living|cultured|human|mouse)\s")
_PLURAL = 4
"""Letters from which a word's ending ``s`` is taken for a plural."""


@lru_cache(maxsize=8192)
def fold(name: str) -> str:
    """Give a name in lower case, without accents, with single spaces for all that is no letter or digit.

    Examples
    --------
    >>> fold("Hep-G2"), fold("poisson zèbre"), fold("µM")
    ('hep g2', 'poisson zebre', 'um')
    """
    plain = unicodedata.normalize("NFKD", unicodedata.normalize("NFKD", name).casefold().translate(_LETTERS))
    bare = "".join(letter for letter in plain if not unicodedata.combining(letter))
    return _NOT_WORD.sub(" ", bare).strip()


def squeeze(folded: str) -> str:
    """Give a folded name without its spaces, so that ``NIH/3T3`` meets ``nih 3t3``."""
    return folded.replace(" ", "")


def singular(folded: str) -> str:
    """Give a folded name with its words in the singular, as far as an ending ``s`` tells.

    Examples
    --------
    >>> singular("endothelial cells")
    'endothelial cell'
    """
    return " ".join(word[:-1] if _is_plural(word) else word for word in folded.split())


def _is_plural(word: str) -> bool:
    return len(word) >= _PLURAL and word.endswith("s") and not word.endswith(("ss", "us", "is"))


def names_of(label: str) -> tuple[str, ...]:
    """Give a label and the names that hide in it.

    Examples
    --------
    >>> names_of("structured illumination microscopy (SIM)")
    ('structured illumination microscopy (SIM)', 'structured illumination microscopy', 'SIM')
    >>> names_of("mCherryFP")
    ('mCherryFP', 'mCherry')
    """
    found = _BRACKETS.match(label)
    if found:
        return (label, *found.groups())
    protein = re.fullmatch(r"(.+[a-z])FP\d?", label)
    return (label, protein[1]) if protein else (label,)


def short_species(label: str) -> str | None:
    """Give a species' name with its genus shortened, as papers write it.

    Examples
    --------
    >>> short_species("Escherichia coli")
    'E. coli'
    """
    genus, _, species = label.partition(" ")
    return f"{genus[0]}. {species}" if species.islower() and species.isalpha() else None


def ways(query: str) -> tuple[tuple[str, int], ...]:
    """Give the ways to read a query, folded, each with what it costs in points, the plain one first.

    Examples
    --------
    >>> ways("Light Sheet Imaging")
    (('light sheet imaging', 0), ('light sheet', 30))
    """
    plain = fold(query)
    found = {plain: 0}
    bracketed = _BRACKETS.match(query)
    for part in bracketed.groups() if bracketed else ():
        found.setdefault(fold(part), 15)
    for way, cost in tuple(found.items()):
        found.setdefault(singular(way), cost + 10)
    for way, cost in tuple(found.items()):
        found.setdefault(_TAIL.sub("", way), cost + 30)
        found.setdefault(_HEAD.sub("", way), cost + 40)
    return tuple((way, cost) for way, cost in found.items() if way)
