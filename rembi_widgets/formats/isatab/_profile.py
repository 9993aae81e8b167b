"""Export profiles: the configuration of isatools that an ISA-Tab is for.

``bioimaging`` is for the configuration in ``config_folder()``. ``isatools-default`` is for isatools as it comes, which
knows no microscopy: its one table with images is ``histology`` without a technology, behind a protocol of that type.
Everything else stays in its place; what the types would have been stands in comments.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, NamedTuple

from rembi_widgets.errors import RembiError
from rembi_widgets.formats.isatab._cells import words
from rembi_widgets.formats.isatab._columns import Node
from rembi_widgets.formats.isatab._entries import Entry
from rembi_widgets.record import Finding, is_empty

if TYPE_CHECKING:
    from collections.abc import Sequence

    from rembi_widgets.formats.isatab._ontologies import Ontologies
    from rembi_widgets.record import Curation, Level

BIOIMAGING, DEFAULT = "bioimaging", "isatools-default"
MODULE = "ISA profile"
"""Comment[REMBI Module] of the protocol that only a profile asks for; the reader passes over it."""
OWN = "Own "
"""Begins the names of the comments on an assay that hold its own types."""
_REQUIRED = ("doi", "pubmed_id", "authors", "title", "status")
"""What isatools' own configuration asks of a publication."""
_TYPE = "Study Assay {} Type"


class Profile(NamedTuple):
    """What a profile changes.

    Attributes
    ----------
    measurement, accession
        Measurement type of every assay; ``None`` leaves the types as they are.
    technology
        Technology type of every assay. isatools reads ``N/A`` as the empty cell that it wants; altamisa wants a word.
    protocol
        Name and type of a protocol between each sample and its acquisition.
    identified
        Whether the investigation carries the identifier of its study.
    """

    name: str
    measurement: str | None = None
    accession: str = ""
    technology: str = ""
    protocol: str = ""
    identified: bool = False

    def retype(self, entry: Entry, ontologies: Ontologies) -> None:
        """Give an assay the types of the profile; its own go into comments."""
        if self.measurement is None:
            return
        for name, text in (("Measurement", self.measurement), ("Technology", self.technology)):
            label = _TYPE.format(name)
            for part in ("", " Term Accession Number", " Term Source REF"):
                if entry.get(label + part):
                    entry.comment(f"{OWN}{name} Type{part}", entry[label + part])
                entry[label + part] = ""
            entry[label] = text
        source, accession = ontologies.of_id(self.accession)
        label = _TYPE.format("Measurement")
        entry[f"{label} Term Accession Number"], entry[f"{label} Term Source REF"] = accession, source

    def nodes(self, nodes: Sequence[Node], ontologies: Ontologies, count: int) -> list[Node]:
        """Give the nodes of a table of images with the step that the profile asks for, behind the sample."""
        first, *rest = nodes
        step = [Node(ontologies, ("Protocol REF", [self.protocol] * count))] if self.protocol else []
        return [first, *step, *rest]

    def protocols(self, ontologies: Ontologies) -> list[Entry]:
        """Give the protocols that the profile adds."""
        if not self.protocol:
            return []
        entry = Entry({"Study Protocol Name": self.protocol, "Study Protocol Type": self.protocol})
        source, accession = ontologies.of_id(self.accession)
        entry["Study Protocol Type Term Accession Number"] = accession
        entry["Study Protocol Type Term Source REF"] = source
        entry.comment("REMBI Module", MODULE)
        return [entry]

    def findings(self, record: Curation) -> tuple[Finding, ...]:
        """Tell what the profile cannot say, and what isatools asks for that the record does not have."""
        if self.measurement is None:
            return ()
        told = [_finding("info", "profile", "/study", profile=self.name, found=self.measurement)]
        for one in record.publications:
            lacking = [field for field in _REQUIRED if is_empty(getattr(one, field))]
            if lacking:
                path = f"/publications/{one.id}/{lacking[0]}"
                told.append(_finding("warning", "profile_publication", path, title=words(one.title) or one.id))
        for biosample in record.biosamples:
            if isinstance(biosample.organism, tuple) and len(biosample.organism) > 1:
                path = f"/biosamples/{biosample.id}/organism"
                title = words(biosample.title) or biosample.id
                told.append(_finding("warning", "profile_organisms", path, title=title))
        return tuple(told)


def _finding(level: Level, code: str, path: str, **values: Any) -> Finding:
    return Finding(level=level, code=f"isatab.{code}", path=path, values=values, found=values.get("found"))


PROFILES = {
    BIOIMAGING: Profile(BIOIMAGING),
    DEFAULT: Profile(DEFAULT, "histology", "OBI:0600020", "N/A", "histology", identified=True),
}


def profile_named(name: str) -> Profile:
    """Give a profile.

    Raises
    ------
    RembiError
        If there is none of this name.
    """
    if name not in PROFILES:
        raise RembiError("formats.no_profile", name=name, known=", ".join(PROFILES))
    return PROFILES[name]
