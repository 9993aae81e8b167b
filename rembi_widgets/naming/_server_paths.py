"""Paths that the BioImage Archive's server takes in a file list, and the nearest one to a path that it refuses.

Source: the server's own expression for a path, and the replacements that its submission form proposes.
"""

from __future__ import annotations

import re
import string
import unicodedata
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable

_ACCEPTED = re.compile(r"(?!\./)(?!.*/$)(?!.*\.\./)[0-9A-Za-z!\-_*'(). /]+")
_TWO_BLANKS = "  "
_LETTERS = (string.ascii_letters + string.digits + "!-_*'(). /\n").encode()
_TRAPS = (_TWO_BLANKS, "\n./", "/\n", "../", "\n\n")
"""What the letters of an accepted path may not make, in paths a line each."""
_INSTEAD = {
    **dict.fromkeys("=;:,?\\^%`~#", "-"),
    **dict.fromkeys("[{<", "("),
    **dict.fromkeys("]}>", ")"),
    "&": "Et",
    "$": "S",
    "@": "A",
    "+": "--",
    '"': "'",
    "|": "I",
    "µ": "u",
    "\u03bc": "u",
    "°": "deg",
    "ß": "ss",
    "æ": "ae",
    "œ": "oe",
    "ø": "o",
}
"""What a character becomes: the form's own table, and letters that are no ASCII letter with an accent."""


def is_accepted(path: str) -> bool:
    """Tell whether the server takes a path, and the form too, which refuses two blanks in a row.

    >>> is_accepted("plate 1/A01.ome.tiff"), is_accepted("CO2+/A01.tif"), is_accepted("é.tif")
    (True, False, False)
    """
    return _ACCEPTED.fullmatch(path) is not None and _TWO_BLANKS not in path


def all_accepted(paths: Iterable[str]) -> bool:
    """Tell whether the server takes all of many paths: one search over them together, not one each.

    >>> all_accepted(["plate 1/A01.tif", "b.tif"]), all_accepted(["a.tif", "./b.tif"])
    (True, False)
    """
    listed = list(paths)
    joint = "\n" + "".join(f"{path}\n" for path in listed)
    if joint.count("\n") != len(listed) + 1:  # a line break within a path
        return False
    if not joint.isascii() or joint.encode().translate(None, _LETTERS):
        return False
    return not any(trap in joint for trap in _TRAPS)


def proposal(path: str) -> str:
    """Give the nearest path that is accepted.

    >>> proposal("Crête & co/anti-GFP+ 5%.tif")
    'Crete Et co/anti-GFP-- 5-.tif'
    """
    letters = "".join(_INSTEAD.get(letter, letter) for letter in unicodedata.normalize("NFC", path))
    plain = "".join(c for c in unicodedata.normalize("NFKD", letters) if not unicodedata.combining(c))
    kept = re.sub(r"[^0-9A-Za-z!\-_*'(). /]", "-", plain)
    parts = [re.sub(" +", " ", part).strip() for part in kept.split("/")]
    return "/".join(part for part in parts if part.strip(".")) or "file"
