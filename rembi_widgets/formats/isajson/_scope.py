"""What the tables of a study share: protocols with parameters, factors, categories, units, samples."""

from __future__ import annotations

from typing import TYPE_CHECKING

from rembi_widgets.formats.isajson._annotation import comment
from rembi_widgets.formats.isajson._labels import MADE, NAMES
from rembi_widgets.formats.isajson._plan import SAMPLE

if TYPE_CHECKING:
    from rembi_widgets.formats.isajson._annotation import Json, Names

UNKNOWN = "unknown"
"""Name of the protocol of a process without one."""


def name_header(kind: str, *, is_study: bool) -> str:
    """Give the header of the names of processes whose protocol has a type; a study file has none of its own."""
    return "" if is_study else NAMES.get(" ".join(kind.casefold().split()), "Assay Name")


class Declared:
    """What a study declares; what its tables use beyond that is declared too, with a comment that says so."""

    def __init__(self, protocols: list[Json], factors: list[Json], names: Names) -> None:
        self.protocols, self.factors, self.names = protocols, factors, names
        self.samples: dict[str, str] = {}
        self.used: set[str] = set()
        self._protocols: dict[str, Json] = {}
        self._parameters: dict[tuple[str, str], list[str]] = {}
        self._factors: dict[str, list[str]] = {}
        for protocol in protocols:
            protocol["@id"] = names.fresh("protocol")
            parameters = protocol["parameters"]
            protocol["parameters"] = [self._new_parameter(protocol, one) for one in parameters]
            self._protocols.setdefault(protocol["name"], protocol)
        for factor in factors:
            factor["@id"] = names.fresh("factor")
            self._factors.setdefault(factor["factorName"], []).append(factor["@id"])

    def _new_parameter(self, protocol: Json, name: Json) -> Json:
        identity = self.names.fresh("parameter")
        self._parameters.setdefault((protocol["@id"], name["annotationValue"]), []).append(identity)
        return {"@id": identity, "parameterName": name}

    def protocol(self, name: str) -> Json:
        """Give the protocol of a name, made if none is declared; for no name, the one of processes that have none."""
        found = self._protocols.get(name)
        if found is None:
            found = self._protocols[name] = {
                "@id": self.names.fresh("protocol"),
                "name": name or UNKNOWN,
                "protocolType": self.names.annotation(""),
                "description": "",
                "uri": "",
                "version": "",
                "parameters": [],
                "components": [],
                "comments": [comment(MADE, "Protocol" if name else "Protocol REF")],
            }
            self.protocols.append(found)
        return found

    def parameter(self, protocol_name: str, name: str, again: int) -> str:
        """Give the name of a parameter of a protocol."""
        protocol = self.protocol(protocol_name)
        known = self._parameters.setdefault((protocol["@id"], name), [])
        while len(known) <= again:
            made = self._new_parameter(protocol, self.names.annotation(name))
            protocol["parameters"].append({**made, "comments": [comment(MADE, "Parameter")]})
        self.used.add(known[again])
        return known[again]

    def factor(self, name: str, again: int) -> str:
        """Give the name of a factor."""
        known = self._factors.setdefault(name, [])
        while len(known) <= again:
            known.append(self.names.fresh("factor"))
            made = {"@id": known[-1], "factorName": name, "factorType": self.names.annotation("")}
            self.factors.append({**made, "comments": [comment(MADE, "Factor")]})
        return known[again]


class Scope:
    """What one table uses: the declarations of its study, and categories and units of its own."""

    def __init__(self, declared: Declared, *, is_study: bool) -> None:
        self.declared, self.names, self.is_study = declared, declared.names, is_study
        self.categories: dict[tuple[str, int], Json] = {}
        self.units: dict[tuple[str, str, str], Json] = {}

    def category(self, name: str, again: int) -> str:
        """Give the name of a category of characteristics."""
        found = self.categories.get((name, again))
        if found is None:
            identity = self.names.fresh("characteristic_category")
            found = {"@id": identity, "characteristicType": self.names.annotation(name)}
            self.categories[name, again] = found
        identity = found["@id"]
        return str(identity)

    def unit(self, name: str, source: str, accession: str) -> str:
        """Give the name of a unit."""
        found = self.units.get((name, source, accession))
        if found is None:
            found = {"@id": self.names.fresh("unit"), **self.names.annotation(name, source, accession)}
            self.units[name, source, accession] = found
        return str(found["@id"])

    def factor(self, name: str, again: int) -> str:
        """Give the name of a factor."""
        return self.declared.factor(name, again)

    def parameter(self, protocol: str, name: str, again: int) -> str:
        """Give the name of a parameter."""
        return self.declared.parameter(protocol, name, again)

    def protocol(self, name: str) -> str:
        """Give the name of a protocol."""
        return str(self.declared.protocol(name)["@id"])

    def name_of(self, protocol: str, *, is_study: bool) -> str:
        """Give the header that names the processes of a protocol."""
        kind = self.declared.protocol(protocol)["protocolType"]["annotationValue"]
        return name_header(str(kind), is_study=is_study)

    def known_sample(self, name: str) -> str | None:
        """Give the sample of the study that has a name, to a table of an assay."""
        return None if self.is_study else self.declared.samples.get(name)

    def keep_node(self, kind: str, name: str, identity: str) -> None:
        """Remember a sample of the study by its name."""
        if kind == SAMPLE and self.is_study and name:
            self.declared.samples.setdefault(name, identity)
