"""The index: all layers in one SQLite file, made once and then only read.

Names stand in it by keys: ``z:`` squeezed, ``b:`` the bag of their stems, ``c:`` the stems that say something in their
part. Keys and words are tables without row ids, ordered by part and key, so that a question is a range of one tree.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from rembi_widgets.terms._branches import ELSEWHERE, ontology_of, parts_by_branch
from rembi_widgets.terms._fields import PARTS
from rembi_widgets.terms._keys import fold, names_of, short_species, squeeze
from rembi_widgets.terms._ranking import POINTS, SECOND
from rembi_widgets.terms._words import bag, core, spelled

if TYPE_CHECKING:
    import sqlite3
    from collections.abc import Iterable, Iterator, Sequence

    from rembi_widgets.terms._layer import Layer, LayerTerm, OtherName

FORMAT = 6
"""Number of the tables' shape and of how keys are made: a file of another number is made again."""
CODES = {part: code for code, part in enumerate((*PARTS, ELSEWHERE), 1)}
"""Part to its number in the tables."""
POOL = 20_000
"""Names of a part, at most, in which slips of the finger are looked for."""
CHUNK = 5_000
WHOLE_NAMES = frozenset({"organism", "cell_line"})
"""Parts whose names say something with every word: beads are no bead plant."""

TABLES = """
CREATE TABLE meta (name TEXT PRIMARY KEY, value TEXT) WITHOUT ROWID;
CREATE TABLE term (key INTEGER PRIMARY KEY, id TEXT, label TEXT, ontology TEXT, parts TEXT, parents TEXT,
    definition TEXT, obsolete INTEGER, replaced_by TEXT, popularity REAL, layer TEXT);
CREATE TABLE identity (given TEXT PRIMARY KEY, term INTEGER) WITHOUT ROWID;
CREATE TABLE child (parent TEXT, term INTEGER, PRIMARY KEY (parent, term)) WITHOUT ROWID;
CREATE TABLE name (key INTEGER PRIMARY KEY, term INTEGER, text TEXT, kind TEXT, lang TEXT, folded TEXT, weight REAL);
CREATE TABLE key (part INTEGER, key TEXT, name INTEGER, weight REAL, PRIMARY KEY (part, key, name)) WITHOUT ROWID;
CREATE TABLE word (part INTEGER, word TEXT, name INTEGER, weight REAL, PRIMARY KEY (part, word, name)) WITHOUT ROWID;
"""
INSERT = {
    "term": "INSERT INTO term VALUES (?,?,?,?,?,?,?,?,?,?,?)",
    "identity": "INSERT OR IGNORE INTO identity VALUES (?,?)",
    "child": "INSERT OR IGNORE INTO child VALUES (?,?)",
    "name": "INSERT INTO name VALUES (?,?,?,?,?,?,?)",
    "key": "INSERT OR IGNORE INTO key VALUES (?,?,?,?)",
    "word": "INSERT OR IGNORE INTO word VALUES (?,?,?,?)",
}


@dataclass
class _Merged:
    """A term as all layers together know it: the first that says something of it is heard."""

    first: LayerTerm
    layer: str
    names: list[OtherName] = field(default_factory=list)
    parts: list[str] = field(default_factory=list)
    parents: list[str] = field(default_factory=list)
    definition: str = ""
    popularity: float = 0.0
    obsolete: bool = False
    replaced_by: str = ""

    def take(self, term: LayerTerm) -> None:
        """Hear one more layer."""
        if term.label != self.first.label:
            from rembi_widgets.terms._layer import OtherName

            self.names.append(OtherName(term.label))
        self.names += term.names
        self.parts += term.parts
        self.parents += term.parents
        self.definition = self.definition or term.definition
        self.popularity = max(self.popularity, term.popularity)
        self.obsolete = self.obsolete or term.obsolete
        self.replaced_by = self.replaced_by or term.replaced_by


def known_as(identity: str) -> str:
    """Give the key of an identifier, however its prefix is written and joined.

    Examples
    --------
    >>> known_as("NCBITaxon_9606") == known_as("ncbitaxon:9606")
    True
    """
    prefix = ontology_of(identity)
    return f"{prefix}:{identity[len(prefix) + 1 :]}".casefold()


def build(connection: sqlite3.Connection, layers: Iterable[Layer]) -> None:
    """Make the index in an empty database.

    Raises
    ------
    RembiError
        If a layer cannot be read.
    """
    connection.executescript(TABLES)
    merged = _merged(layers)
    rows: dict[str, list[tuple[object, ...]]] = {table: [] for table in INSERT}
    names = 0
    for key, (identity, term) in enumerate(merged.items(), 1):
        parts = parts_by_branch(identity, term.parts, lambda one: merged[one].parents if one in merged else (), set())
        _put_term(rows, key, identity, term, parts)
        if not term.obsolete:
            names = _put_names(rows, key, term, parts, names)
        if len(rows["name"]) > CHUNK:
            _write(connection, rows)
    _write(connection, rows)
    connection.execute("INSERT INTO meta VALUES ('complete', ?)", (str(FORMAT),))
    connection.commit()


def _merged(layers: Iterable[Layer]) -> dict[str, _Merged]:
    found: dict[str, _Merged] = {}
    for layer in layers:
        for term in layer.terms():
            if term.id not in found:
                found[term.id] = _Merged(term, layer.name)
            found[term.id].take(term)
    return found


def _write(connection: sqlite3.Connection, rows: dict[str, list[tuple[object, ...]]]) -> None:
    for table, waiting in rows.items():
        connection.executemany(INSERT[table], waiting)
        waiting.clear()


def _put_term(
    rows: dict[str, list[tuple[object, ...]]], key: int, identity: str, term: _Merged, parts: Sequence[str]
) -> None:
    parents = dict.fromkeys(term.parents)
    row = (key, identity, term.first.label, ontology_of(identity), "|".join(parts), "|".join(parents))
    rest = (term.definition, int(term.obsolete), term.replaced_by, term.popularity, term.layer)
    rows["term"].append((*row, *rest))
    rows["identity"].append((known_as(identity), key))
    rows["child"] += [(parent, key) for parent in parents]


def _put_names(
    rows: dict[str, list[tuple[object, ...]]], key: int, term: _Merged, parts: Sequence[str], names: int
) -> int:
    base = POINTS["popularity"] * term.popularity
    base += POINTS["ontology"] * SECOND.get(ontology_of(term.first.id), 0)
    for text, shown, kind, lang in _spoken(term, parts):
        names += 1
        folded = spelled(fold(text))
        weight = base + POINTS[kind] + POINTS["letter"] * len(folded)
        rows["name"].append((names, key, shown, kind, lang, folded, weight))
        for part in parts:
            code = CODES.get(part)
            if code is not None:
                rows["key"] += [(code, one, names, weight) for one in keys_of(folded, fold(text), part)]
                rows["word"] += [(code, word, names, weight) for word in dict.fromkeys(folded.split())]
    return names


def keys_of(folded: str, plain: str, part: str) -> Iterator[str]:
    """Give the keys that a name stands by in a part."""
    yield f"z:{squeeze(folded)}"
    bagged = bag(plain)
    if bagged:
        yield f"b:{bagged}"
    said = "" if part in WHOLE_NAMES else core(bagged, part)
    if said and said != bagged:
        yield f"c:{said}"


def _spoken(term: _Merged, parts: Sequence[str]) -> Iterator[tuple[str, str, str, str]]:
    """Give each way to say a term: as compared, as shown, its kind, its language; each once, the best kind first."""
    label = term.first.label
    ways = [(one, one, "label", "") for one in names_of(label)]
    short = short_species(label) if "organism" in parts else None
    if short:
        ways.append((short, short, "alias", ""))
    for name in term.names:
        kind = "exact_synonym" if name.kind == "exact" else name.kind
        ways += [(one, one, kind, name.lang) for one in names_of(name.text)]
    best: dict[str, tuple[str, str, str, str]] = {}
    for way in ways:
        held = best.get(way[0])
        if way[0] and (held is None or POINTS[way[2]] > POINTS[held[2]]):
            best[way[0]] = way
    yield from best.values()
