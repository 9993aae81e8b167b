"""Ontology files in OBO Graphs JSON, as the OBO Foundry publishes beside OBO and OWL: a bad node costs that node."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, BinaryIO

from rembi_widgets.terms._layer import LayerTerm, OtherName
from rembi_widgets.terms._layers._clean import DEFINITION, NAMES, PARENTS, Faults, curie, one_line
from rembi_widgets.terms._layers._obo import released
from rembi_widgets.terms._layers._pull import JsonPull

if TYPE_CHECKING:
    from collections.abc import Iterator

    from rembi_widgets.terms._layer import Kind

_KINDS: dict[str, Kind] = {
    "hasExactSynonym": "exact",
    "hasRelatedSynonym": "related",
    "hasBroadSynonym": "broad",
    "hasNarrowSynonym": "narrow",
}
_UPWARDS = ("is_a", "http://purl.obolibrary.org/obo/BFO_0000050")
_REPLACED = "http://purl.obolibrary.org/obo/IAO_0100001"
EDGES = 3_000_000
"""Most steps of a hierarchy that are held at once."""


def read_obographs(file: BinaryIO, faults: Faults) -> Iterator[LayerTerm]:
    """Give the terms of an OBO Graphs file.

    Parameters
    ----------
    file
        Opened for reading bytes, and seekable: the hierarchy stands behind the terms, so it is read twice.
    faults
        Is told of each node that had to be left out.

    Raises
    ------
    RembiError
        If the file is no JSON or ends too early.
    """
    parents = _parents(file)
    file.seek(0)
    for number, node in enumerate(_listed(file, "nodes"), 1):
        if isinstance(node, dict) and node.get("type") == "CLASS":
            term = _term(node, parents)
            if term is None:
                faults.add(number, "vocabulary.fault.unnamed")
            else:
                yield term
        elif not isinstance(node, dict):
            faults.add(number, "vocabulary.fault.line")


def obographs_version(file: BinaryIO) -> str:
    """Give the release that an OBO Graphs file names, or empty."""
    for meta in _listed(file, "meta"):
        version = _mapping(meta).get("version")
        if isinstance(version, str):
            return released(version)
    return ""


def _listed(file: BinaryIO, wanted: str) -> Iterator[Any]:
    """Give the elements of an array of the graphs, or the value if it is no array."""
    pull = JsonPull(file)
    for key in pull.items():
        if key != "graphs" or pull.peek() != "[":
            pull.skip()
            continue
        for _ in pull.elements():
            yield from _of_graph(pull, wanted)


def _of_graph(pull: JsonPull, wanted: str) -> Iterator[Any]:
    if pull.peek() != "{":
        pull.skip()
        return
    for key in pull.items():
        if key != wanted:
            pull.skip()
        elif pull.peek() == "[":
            for _ in pull.elements():
                yield pull.value()
        else:
            yield pull.value()


def _parents(file: BinaryIO) -> dict[str, list[str]]:
    found: dict[str, list[str]] = {}
    for count, edge in enumerate(_listed(file, "edges")):
        said = _mapping(edge)
        if said.get("pred") in _UPWARDS and count < EDGES:
            below, above = curie(said.get("sub")), curie(said.get("obj"))
            if below and above:
                found.setdefault(below, []).append(above)
    return found


def _term(node: dict[str, Any], parents: dict[str, list[str]]) -> LayerTerm | None:
    identity, label, meta = curie(node.get("id")), one_line(node.get("lbl")), _mapping(node.get("meta"))
    obsolete = meta.get("deprecated") is True
    if not identity or not (label or obsolete):
        return None
    return LayerTerm(
        identity,
        label or identity,
        tuple(dict.fromkeys(_names(meta)))[:NAMES],
        (),
        tuple(dict.fromkeys(parents.get(identity, ())))[:PARENTS],
        one_line(_mapping(meta.get("definition")).get("val"), DEFINITION),
        obsolete=obsolete,
        replaced_by=_replaced(meta),
    )


def _names(meta: dict[str, Any]) -> Iterator[OtherName]:
    for one in _list(meta.get("synonyms")):
        said = _mapping(one)
        name = one_line(said.get("val"))
        if name:
            yield OtherName(name, _KINDS.get(str(said.get("pred")), "related"))


def _replaced(meta: dict[str, Any]) -> str:
    said = (_mapping(one) for one in _list(meta.get("basicPropertyValues")))
    return next((curie(one.get("val")) for one in said if one.get("pred") == _REPLACED), "")


def _mapping(said: object) -> dict[str, Any]:
    return said if isinstance(said, dict) else {}


def _list(said: object) -> list[Any]:
    return said if isinstance(said, list) else []
