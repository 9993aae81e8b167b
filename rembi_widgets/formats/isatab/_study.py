"""The study file: one row a sample, from its source (the biosample) by growth and sample collection (the specimen)."""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING, Any

from rembi_widgets.formats.isatab._cells import NOT_RECORDED, verbatim, words
from rembi_widgets.formats.isatab._columns import Node
from rembi_widgets.formats.isatab._entries import Entry
from rembi_widgets.formats.isatab._names import MADE_UP, Taken, field_name, node_name

if TYPE_CHECKING:
    from collections.abc import Sequence

    from rembi_widgets.formats.isatab._ontologies import Ontologies
    from rembi_widgets.formats.isatab._protocols import Protocols
    from rembi_widgets.formats.isatab._used import Used
    from rembi_widgets.record import Biosample, Sample, Specimen

CHARACTERISTICS = {
    "organism": "organism",
    "biological_entity": "biological entity",
    "description": "description",
    "intrinsic_variable": "intrinsic variable",
    "extrinsic_variable": "extrinsic variable",
}
"""Field of a biosample to its characteristic."""
SAMPLE_CHARACTERISTICS = {
    "experimental_status": "experimental status",
    "location_within_biosample": "location within biosample",
    "signal_contrast_mechanism": "signal contrast mechanism",
}
LABELS = {"content": "channel content", "biological_entity": "channel biological entity"}
"""Field of a sample's label to the characteristic that has one value a label."""
UNNAMED = "experimental variable"


class StudyTable:
    """The nodes of the study file, the names of its sources and samples, its factors."""

    def __init__(self, used: Used, protocols: Protocols, ontologies: Ontologies) -> None:
        self._ontologies = ontologies
        self.orphans: list[Sample] = []
        self.names = _names(used.used_samples, "sample")
        biosamples = [used.biosamples.get(sample.biosample or "") for sample in used.used_samples]
        known = list({one.id: one for one in biosamples if one is not None}.values())
        self._sources: dict[str, str] = _names(known, "source")
        taken = Taken(self._sources.values())
        rows = []
        for sample, biosample in zip(used.used_samples, biosamples, strict=True):
            if biosample is None:
                self.orphans.append(sample)
            source = self._sources[biosample.id] if biosample else taken.fresh(self.names[sample.id])
            rows.append((source, self.names[sample.id], sample, biosample))
        rows.sort(key=lambda row: row[:2])
        self.factors = _factors([row[3] for row in rows])
        samples = [row[2] for row in rows]
        specimens = [used.specimens.get(sample.specimen or "") for sample in samples]
        self.source = self._source([row[0] for row in rows], [row[3] for row in rows])
        self.growth = self._growth(specimens, protocols) if protocols.growth else None
        self.collection = self._collection(specimens, protocols)
        self.sample = self._sample([row[1] for row in rows], samples, [row[3] for row in rows])

    def nodes(self) -> list[Node]:
        """Give the nodes in order."""
        return [node for node in (self.source, self.growth, self.collection, self.sample) if node is not None]

    def _source(self, names: Sequence[str], biosamples: Sequence[Biosample | None]) -> Node:
        node = Node(self._ontologies, ("Source Name", names))
        for field, name in CHARACTERISTICS.items():
            node.describe("Characteristics", name, _values(biosamples, field), always=name == "organism")
        said = [tuple(v.name for v in one.experimental_variable) if one else None for one in biosamples]
        node.describe("Characteristics", "experimental variable", said)
        self._variables(node, biosamples)
        ids = [one.id if one else None for one in biosamples]
        node.comment("Biosample ID", ids)
        node.comment("REMBI ID", ids)
        _titles(node, names, biosamples)
        node.unknown(biosamples)
        for key, values in _row_extras(biosamples, "experimental_variable").items():
            node.comment(field_name(f"experimental variable {key}"), values)
        return node

    def _variables(self, node: Node, biosamples: Sequence[Biosample | None]) -> None:
        """Add the ids of the variables; where one has no value, which of them have: a factor's cell is never empty."""
        held = [one.experimental_variable if one else () for one in biosamples]
        node.comment("Experimental Variable REMBI ID", [tuple(variable.id for variable in row) for row in held])
        given = [tuple(variable.value is not None for variable in row) for row in held]
        if not all(map(all, given)):
            node.comment("Experimental Variable Given", given)

    def _growth(self, specimens: Sequence[Specimen | None], protocols: Protocols) -> Node:
        names = [protocols.growth[one.id if one else None] for one in specimens]
        node = Node(self._ontologies, ("Protocol REF", names))
        node.describe("Parameter Value", "growth medium", _values(specimens, "growth_medium"))
        return node

    def _collection(self, specimens: Sequence[Specimen | None], protocols: Protocols) -> Node:
        names = [protocols.collection[one.id if one else None] for one in specimens]
        node = Node(self._ontologies, ("Protocol REF", names))
        node.describe("Parameter Value", "preparation method", _values(specimens, "preparation_method"))
        node.describe("Parameter Value", "preparation terms", _values(specimens, "preparation_terms"))
        return node

    def _sample(self, names: Sequence[str], samples: Sequence[Sample], biosamples: Sequence[Biosample | None]) -> Node:
        node = Node(self._ontologies, ("Sample Name", names))
        for field, name in SAMPLE_CHARACTERISTICS.items():
            node.describe("Characteristics", name, _values(samples, field))
        for field, name in LABELS.items():
            node.describe("Characteristics", name, [tuple(getattr(x, field) for x in s.labels) for s in samples])
        node.comment("Channel Content REMBI ID", [tuple(label.id for label in s.labels) for s in samples])
        node.comment("REMBI ID", [sample.id for sample in samples])
        _titles(node, names, samples)
        node.unknown(samples)
        for key, values in _row_extras(samples, "labels").items():
            node.comment(field_name(f"Channel Content {key}"), values)
        for name, (_, held) in self.factors.items():
            values = [held.get(one.id if one else "") for one in biosamples]
            node.describe("Factor Value", name, [value or (NOT_RECORDED,) for value in values])
        return node

    def factor_entries(self) -> list[Entry]:
        """Give the columns of STUDY FACTORS; the name as given stands in a comment."""
        entries = []
        for name, (given, _) in self.factors.items():
            entry = Entry({"Study Factor Name": name, "Study Factor Type": "experimental variable"})
            entry.comment("Variable Name", given)
            entries.append(entry)
        return entries


def _names(entities: Sequence[Any], fallback: str) -> dict[str, str]:
    taken = Taken()
    return {entity.id: taken.fresh(node_name(entity.title, fallback)) for entity in entities}


def _values(entities: Sequence[Any], field: str) -> list[Any]:
    return [getattr(entity, field) if entity is not None else None for entity in entities]


def _titles(node: Node, names: Sequence[str], entities: Sequence[Any]) -> None:
    """Keep the titles as given, if a name had to be another."""
    titles = _values(entities, "title")
    if any(
        entity is not None and verbatim(title) != name
        for entity, title, name in zip(entities, titles, names, strict=True)
    ):
        node.comment("Title", titles)
    made_up = [entity is not None and not words(title) for entity, title in zip(entities, titles, strict=True)]
    node.comment(MADE_UP, [one or None for one in made_up])


def _factors(biosamples: Sequence[Biosample | None]) -> dict[str, tuple[Any, dict[str, tuple[Any, ...]]]]:
    """Give each variable's factor name, its name as given, and its values by biosample: a factor is a name as given."""
    taken = Taken()
    found: dict[str, tuple[Any, dict[str, tuple[Any, ...]]]] = {}
    names: dict[str, str] = {}
    for biosample in {one.id: one for one in biosamples if one is not None}.values():
        for variable in biosample.experimental_variable:
            given = words(variable.name)
            if given not in names:
                names[given] = taken.fresh(field_name(given) if given else UNNAMED)
                found[names[given]] = (variable.name, defaultdict(tuple))
            held = found[names[given]][1]
            held[biosample.id] = (*held[biosample.id], variable.value if variable.value is not None else NOT_RECORDED)
    return {name: (given, dict(held)) for name, (given, held) in found.items()}


def _row_extras(entities: Sequence[Any], field: str) -> dict[str, list[Any]]:
    """Give the unknown keys of the rows of entities: one value a row, joined."""
    from rembi_widgets.formats.isatab import _extras

    held = [_extras.columns(getattr(entity, field)) if entity is not None else {} for entity in entities]
    return {
        key: [tuple(one[key]) if key in one else None for one in held]
        for key in sorted({key for one in held for key in one})
    }
