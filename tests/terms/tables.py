"""Make the tables of ontologies that come with the package from the ontologies' own files.

``python -m tests.terms.tables SAMPLES`` writes them into ``rembi_widgets/terms/data``; a test holds them equal.
"""

from __future__ import annotations

import csv
import io
import re
import sys
import xml.etree.ElementTree as ET
from collections import defaultdict
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path

HERE = Path(__file__).parents[2] / "rembi_widgets" / "terms" / "data"
IMAGING = frozenset({"Imaging", "Expansion microscopy"})
"""Topics of EDAM-BIOIMAGING that are carried with all below them."""
NO_IMAGING = frozenset({"Bioimage informatics", "Sample thinning", "Blotting", "Photomanipulation"})
"""Topics below them that are no way to make an image."""
COLUMNS = ("id", "label", "synonyms", "parents", "obsolete", "replaced_by", "definition")

_OBO = "http://purl.obolibrary.org/obo/"
_OIO = "http://www.geneontology.org/formats/oboInOwl#"
_RDFS = "{http://www.w3.org/2000/01/rdf-schema#}"
_RDF = "{http://www.w3.org/1999/02/22-rdf-syntax-ns#}"
_OWL = "{http://www.w3.org/2002/07/owl#}"
_SAID = re.compile(r'AnnotationAssertion\((?:Annotation\(.*?\) )*<?(\S+?)>? <(\S+?)> (?:"((?:[^"\\]|\\.)*)"|<(\S+)>)')
_BELOW = re.compile(rf"SubClassOf\(<{_OBO}(FBbi_\w+)> <{_OBO}(FBbi_\w+)>\)")
_GENUS = re.compile(rf"EquivalentClasses\(<{_OBO}(FBbi_\d+)> ObjectIntersectionOf\(<{_OBO}(FBbi_\d+)>")
_QUOTED = re.compile(r'"((?:[^"\\]|\\.)*)"\s*(\w*)')


@dataclass
class Row:
    label: str = ""
    synonyms: list[str] = field(default_factory=list)
    parents: set[str] = field(default_factory=set)
    obsolete: bool = False
    replaced_by: str = ""
    definition: str = ""


def _plain(text: str) -> str:
    return " ".join(re.sub(r"\\(.)", r"\1", text).split())


def _curie(iri: str) -> str:
    return iri.removeprefix(_OBO).replace("_", ":", 1)


def obo_stanzas(path: Path) -> Iterator[dict[str, list[str]]]:
    """Give the terms of an OBO file, tag by tag."""
    for stanza in path.read_text(encoding="utf-8").split("\n\n"):
        lines = [line for line in stanza.strip().splitlines() if line]
        if lines[:1] == ["[Term]"]:
            told: dict[str, list[str]] = defaultdict(list)
            for line in lines[1:]:
                tag, _, value = line.partition(": ")
                told[tag].append(value)
            yield told


def obo_rows(path: Path, prefix: str) -> dict[str, Row]:
    rows = {}
    for told in obo_stanzas(path):
        identity = told["id"][0]
        if identity.startswith(prefix + ":"):
            row = rows[identity] = Row(label=_plain(told["name"][0]))
            row.parents = {up.split()[0] for up in told["is_a"] if up.startswith(prefix + ":")}
            row.obsolete = told["is_obsolete"] == ["true"]
            row.replaced_by = (told["replaced_by"] or [""])[0].split(" ")[0]
            row.definition = _plain(_QUOTED.match(told["def"][0])[1]) if told["def"] else ""
            for synonym in told["synonym"]:
                text, kind = _QUOTED.match(synonym).groups()
                row.synonyms.append(f"{kind.lower()}:{_plain(text)}")
    return rows


def fbbi(samples: Path) -> dict[str, Row]:
    """Give FBbi: the edit file of 2026, and what the release of 2020 inferred of its hierarchy."""
    owl = (samples / "fbbi" / "fbbi-edit_foundingGIDE_2026-01-30.owl").read_text(encoding="utf-8")
    rows: dict[str, Row] = defaultdict(Row)
    into: dict[str, Callable[[Row, str], None]] = {
        "rdfs:label": lambda row, text: setattr(row, "label", row.label or text),
        f"{_OBO}IAO_0000115": lambda row, text: setattr(row, "definition", text),
        f"{_OBO}IAO_0100001": lambda row, text: setattr(row, "replaced_by", _curie(text)),
        f"{_OIO}hasExactSynonym": lambda row, text: row.synonyms.append(f"exact:{text}"),
        f"{_OIO}hasRelatedSynonym": lambda row, text: row.synonyms.append(f"related:{text}"),
        "owl:deprecated": lambda row, text: setattr(row, "obsolete", text == "true"),
    }
    for what, of, text, iri in (found.groups() for found in _SAID.finditer(owl)):
        if of.startswith(f"{_OBO}FBbi_") and what in into:
            into[what](rows[_curie(of)], _plain(text if text is not None else iri))
    for below, above in [*_BELOW.findall(owl), *_GENUS.findall(owl)]:
        rows[_curie(below)].parents.add(_curie(above))
    for identity, old in obo_rows(samples / "fbbi" / "fbbi_2020-11-06.obo", "FBbi").items():
        if identity in rows and not rows[identity].obsolete:
            rows[identity].parents |= old.parents & rows.keys()
    for row in rows.values():
        row.parents.discard("FBbi:root_00000000")
    return {identity: row for identity, row in rows.items() if re.fullmatch(r"FBbi:\d+", identity)}


def uo(samples: Path) -> dict[str, Row]:
    return obo_rows(samples / "uo" / "uo.obo", "UO")


def edam(samples: Path) -> dict[str, Row]:
    """Give the imaging topics of EDAM-BIOIMAGING, names alone: no definitions are carried."""
    path = samples / "edam_bioimaging" / "EDAM-bioimaging-1.0alpha-pre-pre-release.owl"
    rows: dict[str, Row] = {}
    for node in ET.parse(path).getroot().iter(f"{_OWL}Class"):
        iri = node.get(f"{_RDF}about", "")
        if "/topic_" in iri and node.find(f"{_OWL}deprecated") is None:
            row = rows["EDAM_BIM:" + iri.rpartition("/")[2]] = Row(label=_plain(node.findtext(f"{_RDFS}label", "")))
            ups = [up.get(f"{_RDF}resource", "") for up in node.findall(f"{_RDFS}subClassOf")]
            row.parents = {"EDAM_BIM:" + up.rpartition("/")[2] for up in ups if "/topic_" in up}
            for kind in ("Exact", "Related", "Narrow", "Broad"):
                said = node.findall(f"{{{_OIO}}}has{kind}Synonym")
                row.synonyms += [f"{kind.lower()}:{_plain(one.text or '')}" for one in said]
    kept = _below(rows, {one for one, row in rows.items() if row.label in IMAGING})
    dropped = _below(rows, {one for one, row in rows.items() if row.label in NO_IMAGING})
    return {one: row for one, row in kept.items() if one not in dropped}


def _below(rows: dict[str, Row], roots: set[str]) -> dict[str, Row]:
    kept = set(roots)
    while more := {one for one, row in rows.items() if row.parents & kept} - kept:
        kept |= more
    return {one: row for one, row in rows.items() if one in kept}


def table(rows: dict[str, Row]) -> str:
    said = io.StringIO()
    for row in rows.values():
        row.parents &= rows.keys()
    writer = csv.writer(said, delimiter="\t", quoting=csv.QUOTE_NONE, quotechar=None, lineterminator="\n")
    writer.writerow(COLUMNS)
    for identity, row in sorted(rows.items()):
        synonyms, parents = "|".join(row.synonyms), "|".join(sorted(row.parents))
        obsolete = "1" if row.obsolete else ""
        writer.writerow((identity, row.label, synonyms, parents, obsolete, row.replaced_by, row.definition))
    return said.getvalue()


def cmpo(samples: Path) -> dict[str, Row]:
    return obo_rows(samples / "cmpo" / "cmpo.obo", "CMPO")


def cell(samples: Path) -> dict[str, Row]:
    return obo_rows(samples / "cl" / "general_cell_types_upper_slim.obo", "CL")


def uberon(samples: Path) -> dict[str, Row]:
    return obo_rows(samples / "uberon" / "efo-slim.obo", "UBERON")


TABLES: dict[str, Callable[[Path], dict[str, Row]]] = {
    "fbbi.tsv": fbbi,
    "uo.tsv": uo,
    "edam_bioimaging.tsv": edam,
    "cmpo.tsv": cmpo,
    "cl.tsv": cell,
    "uberon.tsv": uberon,
}


def main(samples: Path) -> None:
    for name, made in TABLES.items():
        (HERE / name).write_text(table(made(samples)), encoding="utf-8")


if __name__ == "__main__":
    main(Path(sys.argv[1]) / "terms")
