"""What optional packages hold: their files are found without importing them, and read value by value."""

from __future__ import annotations

import json
from dataclasses import dataclass
from functools import cache
from hashlib import sha256
from importlib.resources import files
from importlib.util import find_spec
from pathlib import Path
from typing import TYPE_CHECKING, Any

from rembi_widgets.errors import RembiError
from rembi_widgets.terms._layer import LayerTerm, OtherName
from rembi_widgets.terms._layers._clean import DEFINITION, NAMES, Faults, curie, one_line, prefix
from rembi_widgets.terms._layers._pull import JsonPull
from rembi_widgets.terms._layers._tables import read_table

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping
    from contextlib import AbstractContextManager
    from typing import BinaryIO

KNOWN = 0.1
"""Popularity of a taxon that has a common name."""


def package_folder(package: str) -> Path | None:
    """Give the folder of an installed package without importing it; ``None`` if it is not there."""
    try:
        found = find_spec(package)
    except (ImportError, ValueError):
        return None
    places = list(found.submodule_search_locations or ()) if found else []
    return Path(places[0]) if places else None


def unzstd(path: Path) -> AbstractContextManager[BinaryIO]:
    """Open a file of Zstandard frames for reading what is in it.

    Raises
    ------
    RembiError
        If the package that reads them is not there.
    """
    try:
        import zstandard
    except ImportError:
        raise RembiError("vocabulary.no_reader", package="zstandard", path=path.name) from None
    opened: AbstractContextManager[BinaryIO] = zstandard.ZstdDecompressor().stream_reader(
        path.open("rb"), read_across_frames=True, closefd=True
    )
    return opened


def unreadable() -> type[Exception]:
    """Give the error of a file that is no Zstandard."""
    import zstandard

    found: type[Exception] = zstandard.ZstdError
    return found


@cache
def wanted() -> Mapping[str, dict[str, Any]]:
    """Give what is taken of each ontology: its part of the vocabulary, or the roots below which there are some."""
    found: dict[str, dict[str, Any]] = json.loads(
        files("rembi_widgets.terms").joinpath("data", "extras.json").read_text(encoding="utf-8")
    )
    return found


@dataclass(frozen=True, slots=True)
class OntologiesLayer:
    """The ontologies of ``cellxgene-ontology-guide``.

    Attributes
    ----------
    folder
        Its folder of data: one file of Zstandard JSON an ontology, and a list of the latest versions.
    leave
        Ontologies that another layer knows better.
    """

    folder: Path
    leave: frozenset[str] = frozenset()
    name: str = "ontologies"
    source: str = "cellxgene-ontology-guide"
    licence: str = "CC BY 4.0 (CL, EFO, Cellosaurus, ChEBI, ZFA, WBbt, FBbt), CC BY 3.0 (UBERON), CC0 (NCBITaxon)"

    @property
    def version(self) -> str:
        """A digest of the list of versions, and of what is taken."""
        said = f"{sorted(self.versions().items())}{sorted(self.leave)}{json.dumps(wanted(), sort_keys=True)}"
        return sha256(said.encode()).hexdigest()[:12]

    def versions(self) -> dict[str, str]:
        """Give the version of each ontology that is taken."""
        try:
            said = json.loads((self.folder / "latest_ontology_info.json").read_text(encoding="utf-8"))
            listed = said["ontologies"]
            held = {name: str(listed[name]["version"]) for name in wanted() if name in listed}
        except (OSError, ValueError, KeyError, TypeError):
            return {}
        return {name: version for name, version in held.items() if name not in self.leave}

    def terms(self) -> Iterator[LayerTerm]:
        """Give every term that is taken."""
        for name, version in self.versions().items():
            path = self.folder / f"{name}-ontology-{version}.json.zst"
            if path.parent.resolve() == self.folder.resolve() and path.is_file():
                yield from self._of(path, wanted()[name])

    @staticmethod
    def _of(path: Path, rule: Mapping[str, Any]) -> Iterator[LayerTerm]:
        with unzstd(path) as file:
            pull = JsonPull(file)
            try:
                for identity in pull.items():
                    term = _term(identity, pull.value(), rule)
                    if term is not None:
                        yield term
            except (RembiError, OSError, unreadable()):
                raise RembiError("vocabulary.broken_file", path=path.name) from None


def _term(said_id: str, said: object, rule: Mapping[str, Any]) -> LayerTerm | None:
    identity = curie(said_id)
    entry = said if isinstance(said, dict) else {}
    ancestors = entry.get("ancestors")
    above: dict[str, Any] = ancestors if isinstance(ancestors, dict) else {}
    parts = _parts(rule, above)
    names = _names(entry.get("synonyms"))
    label, obsolete = one_line(entry.get("label")), entry.get("deprecated") is True
    if not identity or not label or not parts or (rule.get("named") and not names):
        return None
    return LayerTerm(
        identity,
        label,
        names,
        parts,
        tuple(one for one, steps in above.items() if steps == 1 and prefix(one) == prefix(identity)),
        one_line(entry.get("description"), DEFINITION),
        KNOWN if rule.get("named") else 0.0,
        obsolete,
        curie(entry.get("replaced_by")),
    )


def _parts(rule: Mapping[str, Any], above: Mapping[str, Any]) -> tuple[str, ...]:
    if "part" in rule:
        return (rule["part"],)
    return tuple(dict.fromkeys(part for root, part in rule["roots"].items() if root in above))


def _names(said: object) -> tuple[OtherName, ...]:
    listed: Iterable[object] = said if isinstance(said, list) else ()
    plain = dict.fromkeys(one_line(name) for name in listed)
    return tuple(OtherName(name) for name in plain if name)[:NAMES]


@dataclass(frozen=True, slots=True)
class EdamLayer:
    """The imaging topics of ``edam-ontology``; share-alike, so never carried in this package."""

    path: Path
    name: str = "edam"
    source: str = "edam-ontology"
    licence: str = "CC BY-SA 4.0"

    @property
    def version(self) -> str:
        """The size and the time of its table: what stands in it changes with them."""
        about = self.path.stat()
        return f"{about.st_size}-{about.st_mtime_ns}"

    def terms(self) -> Iterator[LayerTerm]:
        """Give every topic below ``Imaging``."""
        with self.path.open("rb") as file:
            yield from below(read_table(file, Faults()), ("EDAM:topic_3382",), "imaging_method")


def below(terms: Iterable[LayerTerm], roots: Iterable[str], part: str) -> Iterator[LayerTerm]:
    """Give the terms at and below some roots, as of a part of the vocabulary; these are held in memory."""
    held = {term.id: term for term in terms}
    inside = set(roots)
    grown = True
    while grown:
        more = {one for one, term in held.items() if one not in inside and inside.intersection(term.parents)}
        inside |= more
        grown = bool(more)
    for one, term in held.items():
        if one in inside:
            yield LayerTerm(
                one,
                term.label,
                term.names,
                (part,),
                term.parents,
                term.definition,
                0.0,
                term.obsolete,
                term.replaced_by,
            )


def ontologies_layer(*, leave: frozenset[str] = frozenset()) -> OntologiesLayer | None:
    """Give the layer of ``cellxgene-ontology-guide`` if that is installed."""
    folder = package_folder("cellxgene_ontology_guide")
    layer = OntologiesLayer(folder / "data", leave) if folder else None
    return layer if layer and layer.versions() else None


def edam_layer() -> EdamLayer | None:
    """Give the layer of ``edam-ontology`` if that is installed."""
    folder = package_folder("edam_ontology")
    path = folder / "EDAM.tsv" if folder else None
    return EdamLayer(path) if path and path.is_file() else None
