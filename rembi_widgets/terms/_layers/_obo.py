"""Ontology files in OBO format 1.2 and 1.4, read line by line: a bad line costs that line.

Source of the rules: the OBO Flat File Format guide, sections on stanzas, escape characters and trailing modifiers.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, BinaryIO

from rembi_widgets.terms._layer import LayerTerm, OtherName
from rembi_widgets.terms._layers._clean import DEFINITION, NAMES, PARENTS, Faults, curie, one_line

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from rembi_widgets.terms._layer import Kind

LINE = 64_000
"""Most bytes of a line; OWL axioms in a header are longer, and not wanted."""

_QUOTED = re.compile(r'"((?:[^"\\]|\\.)*)"\s*(?:(EXACT|RELATED|BROAD|NARROW)\b)?')
_ESCAPE = re.compile(r"\\(.)")
_SIGNS = {"n": " ", "t": " ", "W": " "}
_KINDS: dict[str | None, Kind] = {"EXACT": "exact", "BROAD": "broad", "NARROW": "narrow", "RELATED": "related"}
_UPWARDS = ("part_of", "BFO:0000050")


@dataclass
class _Stanza:
    """What the lines of one ``[Term]`` have said so far."""

    line: int
    id: str = ""
    label: str = ""
    names: list[OtherName] = field(default_factory=list)
    parents: list[str] = field(default_factory=list)
    definition: str = ""
    obsolete: bool = False
    replaced_by: str = ""

    def term(self) -> LayerTerm | None:
        """Give the term, if it has what a term must have."""
        if not self.id or not (self.label or self.obsolete):
            return None
        names = tuple(dict.fromkeys(self.names))[:NAMES]
        parents = tuple(dict.fromkeys(self.parents))[:PARENTS]
        label = self.label or self.id
        return LayerTerm(
            self.id, label, names, (), parents, self.definition, obsolete=self.obsolete, replaced_by=self.replaced_by
        )


def read_obo(file: BinaryIO, faults: Faults) -> Iterator[LayerTerm]:
    """Give the terms of an OBO file, in its order.

    Parameters
    ----------
    file
        Opened for reading bytes.
    faults
        Is told of each line, and of each term without an id or a name, that had to be left out.
    """
    stanza: _Stanza | None = None
    for number, raw in lines(file, faults):
        line = raw.strip()
        if line.startswith("["):
            yield from _closed(stanza, faults)
            stanza = _Stanza(number) if line == "[Term]" else None
        elif stanza is not None and line and not line.startswith("!"):
            _take(stanza, number, line, faults)
    yield from _closed(stanza, faults)


def obo_version(file: BinaryIO) -> str:
    """Give the release that the header of an OBO file names, or empty."""
    for _, line in lines(file, Faults()):
        if line.startswith("["):
            break
        tag, _, value = line.partition(": ")
        if tag == "data-version":
            return released(value)
    return ""


def released(said: str) -> str:
    """Give the date, or else the number, in the name of a release.

    Examples
    --------
    >>> released("http://www.ebi.ac.uk/cmpo/releases/2017-12-19/cmpo.obo"), released("releases/2026-01-16")
    ('2017-12-19', '2026-01-16')
    """
    found = re.search(r"\d{4}-\d{2}-\d{2}|\d+(?:\.\d+)+\w*", said)
    return found[0] if found else one_line(said, 40)


def lines(file: BinaryIO, faults: Faults) -> Iterator[tuple[int, str]]:
    """Give the lines of a file with their numbers, without their ends; too long or undecodable ones are left out."""
    number = 0
    while raw := file.readline(LINE):
        number += 1
        if not raw.endswith(b"\n") and len(raw) == LINE:
            _skip_rest(file)
            faults.add(number, "vocabulary.fault.long")
            continue
        try:
            yield number, raw.removeprefix(b"\xef\xbb\xbf").decode("utf-8").rstrip("\r\n")
        except UnicodeDecodeError:
            faults.add(number, "vocabulary.fault.letters")


def _skip_rest(file: BinaryIO) -> None:
    while (rest := file.readline(LINE)) and not rest.endswith(b"\n"):
        pass


def _closed(stanza: _Stanza | None, faults: Faults) -> Iterator[LayerTerm]:
    if stanza is None:
        return
    term = stanza.term()
    if term is None:
        faults.add(stanza.line, "vocabulary.fault.unnamed")
    else:
        yield term


def _take(stanza: _Stanza, number: int, line: str, faults: Faults) -> None:
    tag, colon, value = line.partition(":")
    taken = _TAGS.get(tag)
    if not colon or (taken is not None and not taken(stanza, value.strip())):
        faults.add(number, "vocabulary.fault.line")


def _take_id(stanza: _Stanza, value: str) -> bool:
    found = curie(_bare(value))
    stanza.id = stanza.id or found
    return bool(found)


def _take_name(stanza: _Stanza, value: str) -> bool:
    found = one_line(_unescaped(value))
    stanza.label = stanza.label or found
    return bool(found)


def _take_definition(stanza: _Stanza, value: str) -> bool:
    found = _QUOTED.match(value)
    if found:
        stanza.definition = one_line(_unescaped(found[1]), DEFINITION)
    return found is not None


def _take_synonym(stanza: _Stanza, value: str) -> bool:
    found = _QUOTED.match(value)
    name = one_line(_unescaped(found[1])) if found else ""
    if found and name:
        stanza.names.append(OtherName(name, _KINDS.get(found[2], "related")))
    return bool(name)


def _take_parent(stanza: _Stanza, value: str) -> bool:
    parent = curie(_bare(value))
    if parent:
        stanza.parents.append(parent)
    return bool(parent) or value.startswith("root:")


def _take_relation(stanza: _Stanza, value: str) -> bool:
    relation, _, rest = value.partition(" ")
    return relation not in _UPWARDS or _take_parent(stanza, rest)


def _take_obsolete(stanza: _Stanza, value: str) -> bool:
    stanza.obsolete = _bare(value) == "true"
    return True


def _take_replaced(stanza: _Stanza, value: str) -> bool:
    stanza.replaced_by = stanza.replaced_by or curie(_bare(value))
    return True


_TAGS: dict[str, Callable[[_Stanza, str], bool]] = {
    "id": _take_id,
    "name": _take_name,
    "def": _take_definition,
    "synonym": _take_synonym,
    "is_a": _take_parent,
    "relationship": _take_relation,
    "is_obsolete": _take_obsolete,
    "replaced_by": _take_replaced,
}


def _bare(value: str) -> str:
    """Give a value without the comment, the qualifiers and the spaces behind it."""
    return value.partition(" !")[0].partition(" {")[0].strip()


def _unescaped(said: str) -> str:
    return _ESCAPE.sub(lambda found: _SIGNS.get(found[1], found[1]), said)
