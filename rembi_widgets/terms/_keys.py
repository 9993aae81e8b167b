"""Keys: how names are compared, whatever their case, accents, hyphens, plurals and endings."""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache

_LETTERS = str.maketrans({"\u03bc": "u", "œ": "oe", "æ": "ae", "ø": "o"})
_NOT_WORD = re.compile(r"(?:[^\w%°]|_)+")
BRACKETS = re.compile(r"^\s*(.+?)\s*\(([^()]+)\)\s*$")
_TWO_NAMES = re.compile(r"^\s*(.+?)\s+\(([^()]+)\)\s*$")
_PLURAL = 4
"""Letters from which a word's ending ``s`` is taken for a plural."""
_NO_PLURAL = ("ss", "us", "is", "lens", "eas", "series", "species")


@lru_cache(maxsize=8192)
def fold(name: str) -> str:
    """Give a name in lower case, without accents, with single spaces for all that is no letter or digit.

    Examples
    --------
    >>> fold("Hep-G2"), fold("poisson zèbre"), fold("µM")
    ('hep g2', 'poisson zebre', 'um')
    """
    if name.isascii():
        return _NOT_WORD.sub(" ", name.casefold()).strip()
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
    return " ".join(map(singular_word, folded.split()))


def singular_word(word: str) -> str:
    """Give a folded word in the singular: ``bodies`` is ``body``; ``virus``, ``lens`` and ``pancreas`` stay."""
    if len(word) < _PLURAL or not word.endswith("s") or word.endswith(_NO_PLURAL):
        return word
    return word[:-3] + "y" if word.endswith("ies") and len(word) > _PLURAL else word[:-1]


def names_of(label: str) -> tuple[str, ...]:
    """Give a label and the names that hide in it: ``A549(Cas9)`` is one name, of a line made from A549.

    Examples
    --------
    >>> names_of("structured illumination microscopy (SIM)")
    ('structured illumination microscopy (SIM)', 'structured illumination microscopy', 'SIM')
    >>> names_of("mCherryFP")
    ('mCherryFP', 'mCherry')
    """
    found = _TWO_NAMES.match(label)
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
