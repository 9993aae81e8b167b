"""STUDY PROTOCOLS: growth, sample collection, acquisitions, and what was done with the images."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from rembi_widgets.formats.isatab._cells import verbatim, words
from rembi_widgets.formats.isatab._entries import Entry
from rembi_widgets.formats.isatab._instrument import instrument, instrument_text, objective, parameters_text, said
from rembi_widgets.formats.isatab._names import MADE_UP, Taken, node_name
from rembi_widgets.record import Absent

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from rembi_widgets.formats.isatab._ontologies import Ontologies
    from rembi_widgets.formats.isatab._used import Derived, Used
    from rembi_widgets.record import Acquisition, Specimen

GROWTH, COLLECTION, ACQUISITION, TRANSFORMATION = (
    "growth",
    "sample collection",
    "data acquisition",
    "data transformation",
)
TYPES = {COLLECTION: "OBI:0000659", ACQUISITION: "OBI:0600013", TRANSFORMATION: "OBI:0200000", GROWTH: None}
"""Type of a protocol to its term; isatools and altamisa know these types by their names."""
MODULES = {"analyses": "Analyzed data", "correlations": "Image correlation", "annotations": "Annotation"}
"""Collection to REMBI's name of the module."""
FALLBACKS = {"analyses": "image analysis", "correlations": "image correlation", "annotations": "image annotation"}
NO_GROWTH = "growth not described"
DESCRIPTIONS = {"analyses": "method", "annotations": "overview"}
"""Collection to the field that is the description of its protocol."""

ACQUISITION_COMMENTS = {
    "instrument_manufacturer": "Instrument Manufacturer",
    "instrument_model": "Instrument Model",
    "instrument_type": "Instrument Type",
    "instrument_serial": "Instrument Serial Number",
    "instrument_description": "Instrument Description",
    "software": "Acquisition Software",
    "objective_manufacturer": "Objective Manufacturer",
    "objective_model": "Objective Model",
    "objective_magnification": "Objective Magnification",
    "objective_na": "Objective Numerical Aperture",
    "objective_immersion": "Objective Immersion",
    "objective_correction": "Objective Correction",
    "objective_refractive_index": "Objective Refractive Index",
    "tilt_range": "Tilt Range",
}
"""Field of an acquisition to its comment; what may differ between images stands in the images' rows."""
_MADE = {"kind": "Kind", "manufacturer": "Manufacturer", "model": "Model"}
ACQUISITION_ROWS = {
    "channels": (
        "Channel",
        {
            "id": "REMBI ID",
            "name": "Name",
            "label": "Content REMBI ID",
            "fluorophore": "Fluorophore",
            "excitation": "Excitation",
            "emission": "Emission",
            "colour": "Colour",
            "mode": "Mode",
            "contrast_method": "Contrast Method",
            "illumination": "Illumination",
            "exposure_time": "Exposure Time",
            "pinhole": "Pinhole",
        },
    ),
    "light_sources": ("Light Source", {"id": "REMBI ID", **_MADE, "wavelength": "Wavelength"}),
    "detectors": ("Detector", {"id": "REMBI ID", **_MADE}),
    "filters": ("Filter", {"id": "REMBI ID", "kind": "Kind", "model": "Model", "description": "Description"}),
}
"""Rows of an acquisition to the first word of their comments and the comment of each field."""


class Protocols:
    """The names of all protocols that the tables use, given once; and their entries, when the tables are known."""

    def __init__(self, used: Used) -> None:
        self._used = used
        self._taken = Taken()
        specimens = [sample.specimen for sample in used.used_samples]
        self.specimens: list[Specimen | None] = [one for one in used.record.specimens if one.id in set(specimens)]
        if any(specimen not in used.specimens for specimen in specimens):
            self.specimens.append(None)
        self.grown = [one for one in self.specimens if one is not None and _grown(one)]
        self.growth = self._growth_names() if self.grown else {}
        self.collection = {_id(one): self._name(one, COLLECTION) for one in self.specimens}
        self.acquisition = self._acquisition_names()
        self.derived = {
            one.entity.id: self._name(one.entity, FALLBACKS[one.collection]) for one in used.written_derived
        }
        self._renamed = self._is_renamed()

    def _is_renamed(self) -> bool:
        """Tell whether a protocol's name is not the title of what it stands for: then the titles stand beside all."""
        named: list[tuple[Any, str]] = [(one, self.collection[_id(one)]) for one in self.specimens if one is not None]
        named += [(one, self.acquisition[one.id]) for one in self._used.used_acquisitions]
        named += [(one.entity, self.derived[one.entity.id]) for one in self._used.written_derived]
        return any(verbatim(entity.title) != name for entity, name in named)

    def _identify(self, entry: Entry, entity: Any) -> None:
        """Add the id, the title if names are not the titles as given, and the keys nobody knows."""
        entry.comment("REMBI ID", entity.id)
        if self._renamed:
            entry.comment("Title", entity.title)
        if not words(entity.title):
            entry.comment(MADE_UP, value=True)
        entry.unknown(entity)

    def _name(self, entity: Any, fallback: str, before: str = "") -> str:
        name = node_name(entity.title, fallback) if entity is not None else fallback
        return self._taken.fresh(before + name)

    def _growth_names(self) -> dict[str | None, str]:
        """Name a growth protocol for every specimen: no row may leave its Protocol REF blank."""
        names: dict[str | None, str] = {
            one.id: self._taken.fresh(f"{GROWTH} {node_name(one.title, 'protocol')}") for one in self.grown
        }
        if len(names) == len(self.specimens):
            return names
        none = self._taken.fresh(NO_GROWTH)
        return {_id(one): names.get(_id(one), none) for one in self.specimens}

    def _acquisition_names(self) -> dict[str | None, str]:
        names: dict[str | None, str] = {
            one.id: self._name(one, "image acquisition") for one in self._used.used_acquisitions
        }
        if any(link.acquisition not in names for link in self._used.links.each()):
            names[None] = self._taken.fresh("image acquisition")
        return names

    def of_acquisition(self, acquisition: str | None) -> str:
        """Give the name of the protocol of an acquisition, or of images whose acquisition is not known."""
        return self.acquisition.get(acquisition) or self.acquisition[None]

    def entries(self, parameters: dict[str, list[str]], ontologies: Ontologies) -> Iterator[Entry]:
        """Give the section's columns.

        Parameters
        ----------
        parameters
            Type, or id of an analysis, correlation or annotation, to the parameters of its column: all protocols of
            one column declare all of them, which both readers want.
        """
        for specimen in self.grown:
            yield self._growth(specimen, self.growth[specimen.id], parameters, ontologies)
        known = {self.growth[specimen.id] for specimen in self.grown}
        for name in dict.fromkeys(name for name in self.growth.values() if name not in known):
            yield _entry(name, GROWTH, parameters[GROWTH], ontologies)
        for one in self.specimens:
            yield self._collection(one, parameters, ontologies)
        for acquisition, name in self.acquisition.items():
            entry = _entry(name, ACQUISITION, parameters[ACQUISITION], ontologies, "Image acquisition")
            if acquisition is not None:
                self._acquisition(entry, self._used.acquisitions[acquisition])
            yield entry
        for derived in self._used.written_derived:
            yield self._derived(derived, parameters[derived.entity.id], ontologies)

    def _growth(self, specimen: Specimen, name: str, parameters: dict[str, list[str]], ontologies: Ontologies) -> Entry:
        entry = _entry(name, GROWTH, parameters[GROWTH], ontologies, "Biosample.growth protocol")
        entry.put("Study Protocol Description", specimen.growth_protocol)
        entry.comment("REMBI ID", specimen.id)
        return entry

    def _collection(self, specimen: Specimen | None, parameters: dict[str, list[str]], ontologies: Ontologies) -> Entry:
        name = self.collection[_id(specimen)]
        entry = _entry(name, COLLECTION, parameters[COLLECTION], ontologies, "Specimen")
        if specimen is not None:
            entry.put("Study Protocol Description", specimen.preparation_method)
            entry.put("Study Protocol URI", specimen.preparation_url)
            self._identify(entry, specimen)
        return entry

    def _acquisition(self, entry: Entry, acquisition: Acquisition) -> None:
        entry.put("Study Protocol Description", acquisition.acquisition_parameters or parameters_text(acquisition))
        entry.comment("Instrument Attributes", instrument_text(acquisition))
        _components(entry, acquisition)
        for field, name in ACQUISITION_COMMENTS.items():
            entry.comment(name, getattr(acquisition, field))
        for field, (prefix, names) in ACQUISITION_ROWS.items():
            entry.rows(prefix, getattr(acquisition, field), names)
        labels = {label.id: label for sample in self._used.record.samples for label in sample.labels}
        known = [labels.get(channel.label or "") for channel in acquisition.channels]
        if any(known):
            entry.comment("Channel Content", tuple(label.content if label else None for label in known))
        self._identify(entry, acquisition)

    def _derived(self, derived: Derived, parameters: list[str], ontologies: Ontologies) -> Entry:
        entity, name = derived.entity, self.derived[derived.entity.id]
        entry = _entry(name, TRANSFORMATION, parameters, ontologies, MODULES[derived.collection])
        if derived.collection in DESCRIPTIONS:
            entry.put("Study Protocol Description", getattr(entity, DESCRIPTIONS[derived.collection]))
        authors = getattr(entity, "authors", ())
        if isinstance(authors, Absent):
            entry.comment("Authors", authors)
        elif authors:
            people = {person.id: person for person in self._used.record.people}
            entry.comment("Authors", tuple(_called(people.get(one)) for one in authors))
            entry.comment("Authors REMBI ID", authors)
        self._identify(entry, entity)
        return entry


def _id(specimen: Specimen | None) -> str | None:
    return specimen.id if specimen is not None else None


def _grown(specimen: Specimen) -> bool:
    return bool(specimen.growth_protocol or specimen.growth_medium)


def _called(person: Any) -> str:
    return " ".join(words(part) for part in (person.first_name, person.last_name) if part) if person else ""


def _entry(name: str, kind: str, parameters: Sequence[str], ontologies: Ontologies, module: str | None = None) -> Entry:
    source, accession = ontologies.of_id(TYPES[kind])
    entry = Entry({"Study Protocol Name": name, "Study Protocol Type": kind})
    entry["Study Protocol Type Term Accession Number"], entry["Study Protocol Type Term Source REF"] = accession, source
    several = ";" * (len(parameters) - 1)
    entry["Study Protocol Parameters Name"] = ";".join(parameters)
    entry["Study Protocol Parameters Name Term Accession Number"] = several
    entry["Study Protocol Parameters Name Term Source REF"] = several
    entry.comment("REMBI Module", module)
    return entry


def _components(entry: Entry, acquisition: Acquisition) -> None:
    """Name the instrument, objective and software as components: no ``;`` in a name, none twice (altamisa)."""
    parts = {
        instrument(acquisition): "microscope",
        objective(acquisition): "objective",
        said(acquisition.software): "acquisition software",
    }
    kept: dict[str, str] = {}
    for text, kind in parts.items():
        name = " ".join(text.replace(";", ",").split())
        if name and name not in kept:
            kept[name] = kind
    several = ";" * (len(kept) - 1)
    entry["Study Protocol Components Name"] = ";".join(kept)
    entry["Study Protocol Components Type"] = ";".join(kept.values())
    entry["Study Protocol Components Type Term Accession Number"] = several
    entry["Study Protocol Components Type Term Source REF"] = several
