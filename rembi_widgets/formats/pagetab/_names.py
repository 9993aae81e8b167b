"""Titles, which are keys here: associations name sections by them, so that none may stand twice in one section type."""

from __future__ import annotations

from typing import TYPE_CHECKING

from rembi_widgets.formats.pagetab._words import given
from rembi_widgets.record import Finding

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from rembi_widgets.formats.pagetab._parts import Section
    from rembi_widgets.record import Curation

KINDS = {
    "biosamples": "Biosample",
    "specimens": "Specimen",
    "acquisitions": "Image acquisition",
    "correlations": "Image correlation",
    "analyses": "Image analysis",
    "annotations": "Annotation",
    "components": "Study Component",
}
"""Collection to the section type of its entities, in the order that the archive's form writes them."""


class Names:
    """The title of each entity as it is written, unlike all others of its section type."""

    def __init__(self, record: Curation) -> None:
        self._names: dict[str, str] = {}
        self._renamed: list[tuple[str, str, str]] = []
        for collection, kind in KINDS.items():
            taken: set[str] = set()
            for count, entity in enumerate(getattr(record, collection), 1):
                wanted = " ".join(given(entity.title).split())
                name = _free(wanted or f"{kind} {count}", taken)
                taken.add(name.casefold())
                self._names[entity.id] = name
                if wanted and name != wanted:
                    self._renamed.append((f"/{collection}/{entity.id}/title", wanted, name))

    def __getitem__(self, identity: str) -> str:
        return self._names[identity]

    def get(self, identity: str | None) -> str:
        """Give the title of an entity; empty for one that does not exist."""
        return self._names.get(identity or "", "")

    def findings(self, written: Mapping[str, Section]) -> Iterator[Finding]:
        """Give a finding for each title that had to be changed, and was not written back as it was read.

        Parameters
        ----------
        written
            Id of an entity to its section.
        """
        for path, found, wanted in self._renamed:
            section = written.get(path.split("/")[2])
            if section is not None and all(one.value != wanted for one in section.attributes):
                continue
            yield Finding(
                level="warning",
                code="pagetab_renamed",
                path=path,
                values={"found": found, "wanted": wanted},
                found=found,
                wanted=wanted,
            )


def _free(name: str, taken: set[str]) -> str:
    tried, count = name, 1
    while tried.casefold() in taken:
        count += 1
        tried = f"{name} ({count})"
    return tried
