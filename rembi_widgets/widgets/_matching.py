"""Which sample the images of a folder show, guessed from the folder's name; a person looks before it is done.

Names are compared word by word: ``HeLa/ctrl_rep1`` says the same as "HeLa, control". Words that all samples have in
common tell nothing. A folder whose name speaks for two samples alike is left to the person.
"""

from __future__ import annotations

import re
import unicodedata
from typing import TYPE_CHECKING, Any

from rembi_widgets.record import get

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from rembi_widgets.record import Curation, Sample

SAME_WORD = {
    "ctrl": "control",
    "ctl": "control",
    "controls": "control",
    "untreated": "control",
    "mock": "control",
    "vehicle": "control",
    "dmso": "control",
    "temoin": "control",
    "controle": "control",
    "treated": "test",
    "treatment": "test",
    "traite": "test",
    "traitement": "test",
    "wildtype": "wt",
    "knockout": "ko",
    "knockdown": "kd",
}
"""Other ways to write a word, folder and sample alike."""

LEAST = 3
"""Letters that a part or the beginning of a word must have to count."""
WHOLE, BEGINNING = 3, 2
"""What a word found whole, or its beginning, speaks for a sample."""

_PIECE = re.compile(r"[A-Z]+(?![a-z])|[A-Z]?[a-z]+|\d+")
_ORDINAL = re.compile(r"(?:^|(?<=/))\d+[_ .-]+(?=[^\W\d_])")


def words(name: Any) -> frozenset[str]:
    """Give the words of a name in one way of writing: without accents, capitals, signs, and numbers for the order.

    >>> sorted(words("01_HeLa-ctrl/rep2"))
    ['2', 'control', 'hela', 'rep', 'rep2']
    """
    bare = unicodedata.normalize("NFKD", _ORDINAL.sub("", str(name or "")))
    bare = "".join(letter for letter in bare if not unicodedata.combining(letter))
    whole = [part for part in re.split(r"[^A-Za-z0-9]+", bare) if part]
    pieces = [piece for part in whole for piece in _PIECE.findall(part) if len(piece) >= LEAST or piece.isdigit()]
    said = [part.casefold().lstrip("0") for part in (*whole, *pieces)]
    return frozenset(SAME_WORD.get(word, word) for word in said if len(word) > 1 or word.isdigit())


def _of_sample(record: Curation, sample: Sample) -> frozenset[str]:
    """Give the words that speak for a sample: its own, and those of its biosample and preparation."""
    biosample = get(record, f"/biosamples/{sample.biosample}") if sample.biosample else None
    specimen = get(record, f"/specimens/{sample.specimen}") if sample.specimen else None
    said: list[Any] = [sample.title, sample.experimental_status, sample.location_within_biosample]
    if biosample is not None:
        said += [biosample.title, *biosample.extrinsic_variable, *biosample.intrinsic_variable]
        said += [variable.value for variable in biosample.experimental_variable]
    if specimen is not None:
        said.append(specimen.title)
    return frozenset(word for text in said if isinstance(text, str) for word in words(text))


def telling(record: Curation) -> dict[str, frozenset[str]]:
    """Give, for each sample, the words that not all samples have."""
    found = {sample.id: _of_sample(record, sample) for sample in record.samples}
    common = frozenset.intersection(*found.values()) if len(found) > 1 else frozenset()
    return {sample: said - common for sample, said in found.items()}


def score(folder: Iterable[str], sample: frozenset[str]) -> int:
    """Tell how much the words of a folder speak for a sample."""
    return sum(_speaks(word, sample) for word in folder)


def _speaks(word: str, sample: frozenset[str]) -> int:
    if word in sample:
        return WHOLE
    if word.isdigit() or len(word) < LEAST:
        return 0
    near = (other for other in sample if len(other) >= LEAST and not other.isdigit())
    return BEGINNING if any(other.startswith(word) or word.startswith(other) for other in near) else 0


def best(folder: str, samples: Mapping[str, frozenset[str]]) -> str | None:
    """Give the sample a folder's name speaks for, if it is one; the only sample needs no word."""
    if len(samples) == 1:
        return next(iter(samples))
    said = words(folder)
    ranked = sorted(((score(said, known), sample) for sample, known in samples.items()), reverse=True)
    if not ranked or ranked[0][0] == 0 or (len(ranked) > 1 and ranked[0][0] == ranked[1][0]):
        return None
    return ranked[0][1]


def proposals(record: Curation, folders: Sequence[Mapping[str, Any]]) -> list[dict[str, Any]]:
    """Give the folders with images that have no sample yet, each with the sample its name speaks for."""
    samples = telling(record)
    told = []
    for item in folders:
        sample = best(str(item["folder"]), samples) if item["open"] else None
        if sample is not None:
            told.append({"folder": item["folder"], "below": item["below"], "count": item["open"], "sample": sample})
    return told
