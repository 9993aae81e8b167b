"""One set of files: the study, a table for each component, analysis, correlation and annotation, the investigation."""

from __future__ import annotations

from typing import TYPE_CHECKING

from rembi_widgets.formats._files import write_lines
from rembi_widgets.formats._written import Written
from rembi_widgets.formats.isatab import _derived, _told
from rembi_widgets.formats.isatab._assay import Images, in_order
from rembi_widgets.formats.isatab._cells import NOT_RECORDED, joined, words
from rembi_widgets.formats.isatab._columns import Node, assemble, lines
from rembi_widgets.formats.isatab._entries import Entry
from rembi_widgets.formats.isatab._instrument import platform
from rembi_widgets.formats.isatab._investigation import Investigation
from rembi_widgets.formats.isatab._names import Taken, slug
from rembi_widgets.formats.isatab._ontologies import Ontologies
from rembi_widgets.formats.isatab._protocols import ACQUISITION, COLLECTION, GROWTH, MODULES, Protocols
from rembi_widgets.formats.isatab._study import StudyTable
from rembi_widgets.formats.isatab._used import Used

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable
    from pathlib import Path

    from rembi_widgets.formats.isatab._profile import Profile
    from rembi_widgets.formats.isatab._used import Derived
    from rembi_widgets.record import Component, Curation

    Put = Callable[[Path, Iterable[str]], Path]
    """Puts the lines of a file somewhere."""

MEASUREMENT, MICROSCOPY = "biological imaging", "microscopy"
TECHNOLOGIES = {MICROSCOPY: "CHMO:0000067"}
"""Technology type to its term, where one is known."""


class _Set:
    def __init__(self, record: Curation, folder: Path, profile: Profile, put: Put) -> None:
        self.record, self.folder, self.profile, self.put = record, folder, profile, put
        self.ontologies, self.used = Ontologies(), Used(record)
        self.protocols = Protocols(self.used)
        self.study = StudyTable(self.used, self.protocols, self.ontologies)
        self.images = Images(self.used, self.protocols, self.study.names, self.ontologies)
        self.parameters: dict[str, list[str]] = {GROWTH: [], COLLECTION: [], ACQUISITION: []}
        self.assays: list[Entry] = []
        self.files: list[Path] = []
        self._taken = Taken()

    def _declare(self, key: str, node: Node | None) -> None:
        held = self.parameters.setdefault(key, [])
        held += [name for name in node.headers("Parameter Value") if name not in held] if node is not None else []

    def _write(self, name: str, nodes: list[Node]) -> None:
        self.files.append(self.put(self.folder / name, lines(assemble(nodes))))

    def _assay(self, title: str, technology: str, module: str) -> Entry:
        name = self._taken.fresh("a_" + slug(title, "images"), "-") + ".txt"
        entry = Entry({"Study Assay File Name": name, "Study Assay Measurement Type": MEASUREMENT})
        entry["Study Assay Technology Type"] = technology
        source, accession = self.ontologies.of_id(TECHNOLOGIES.get(technology))
        entry["Study Assay Technology Type Term Accession Number"] = accession
        entry["Study Assay Technology Type Term Source REF"] = source
        self.profile.retype(entry, self.ontologies)
        entry.comment("REMBI Module", module)
        self.assays.append(entry)
        return entry

    def write_study(self, name: str) -> None:
        self._declare(GROWTH, self.study.growth)
        self._declare(COLLECTION, self.study.collection)
        self._write(name, self.study.nodes())

    def write_component(self, component: Component) -> None:
        rows = in_order(self.images, self.used.rows[component.id])
        entry = self._assay(words(component.title), MICROSCOPY, "Study component")
        taken_by = {link.acquisition for link in self.used.links.of(rows)}
        entry["Study Assay Technology Platform"] = platform(
            one for one in self.used.used_acquisitions if one.id in taken_by
        )
        entry.comment("Study Component Name", component.title)
        entry.comment("Study Component Description", component.description)
        entry.comment("REMBI ID", component.id)
        entry.unknown(component)
        nodes = self.images.table(rows)
        self._declare(ACQUISITION, nodes[1])
        self._write(entry["Study Assay File Name"], self._stepped(nodes))

    def _stepped(self, nodes: list[Node]) -> list[Node]:
        return self.profile.nodes(nodes, self.ontologies, len(nodes[0].names[0][1]))

    def write_derived(self, derived: Derived) -> None:
        kind, entity = _derived.KINDS[derived.collection], derived.entity
        title = slug(words(entity.title), "images")
        entry = self._assay(f"{kind.word}-{title}", kind.technology, MODULES[derived.collection])
        entry["Study Assay Technology Platform"] = words(getattr(entity, "software", None)) or NOT_RECORDED
        images = {image for image, _ in derived.own} | set(derived.images)
        homes = [one for one in self.record.components if images & set(self.used.rows[one.id])]
        entry.comment("Study Component Name", joined(one.title for one in homes))
        entry.comment("REMBI ID", entity.id)
        nodes = _derived.table(derived, self.images)
        self._declare(entity.id, nodes[3])
        self._write(entry["Study Assay File Name"], self._stepped(nodes))


def write_set(record: Curation, folder: Path, profile: Profile) -> Written:
    """Write all files of a set, the investigation last: it names what the others use.

    Raises
    ------
    OSError
        If the folder cannot be written.
    """
    folder.mkdir(parents=True, exist_ok=True)
    return make_set(record, folder, profile, write_lines)


def make_set(record: Curation, folder: Path, profile: Profile, put: Put) -> Written:
    """Make all files of a set, and put them where ``put`` does."""
    made = _Set(record, folder, profile, put)
    investigation = Investigation(record, made.ontologies, identified=profile.identified)
    made.write_study(investigation.file_name)
    for component in record.components:
        if made.used.rows[component.id]:
            made.write_component(component)
    for derived in made.used.written_derived:
        made.write_derived(derived)
    protocols = [*made.protocols.entries(made.parameters, made.ontologies), *profile.protocols(made.ontologies)]
    text = investigation.lines(made.study.factor_entries(), made.assays, protocols)
    made.files.insert(0, put(folder / "i_investigation.txt", text))
    told = _told.findings(made.used, made.study, investigation)
    return Written(tuple(made.files), (*told, *profile.findings(record)))
