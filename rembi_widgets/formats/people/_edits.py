"""People of the lab's list into a study: nobody twice, and their organisations with them."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from rembi_widgets.formats.people._person import LabPerson, folded, orcid_of, ror_of
from rembi_widgets.record import Edit, Origin, is_empty, new_id

if TYPE_CHECKING:
    from collections.abc import Iterable

    from rembi_widgets.formats.people._person import LabOrganisation
    from rembi_widgets.record import Curation, Organisation, Person


def _said(value: Any) -> str:
    return value if isinstance(value, str) else ""


def _keys(person: Person) -> tuple[str, ...]:
    held = LabPerson(
        _said(person.first_name), _said(person.last_name), _said(person.email), orcid_of(_said(person.orcid))
    )
    return held.keys


def known_as(record: Curation, person: LabPerson) -> str | None:
    """Give the id of somebody in the study, by ORCID iD, else e-mail address, else name; ``None`` if not there.

    A name alone does not make two people one whose ORCID iDs differ.
    """
    for kind in ("orcid:", "email:", "name:"):
        wanted = next((key for key in person.keys if key.startswith(kind)), None)
        for held in record.people if wanted else ():
            if wanted in _keys(held) and not _others(person, held):
                return held.id
    return None


def _others(person: LabPerson, held: Person) -> bool:
    theirs = orcid_of(_said(held.orcid))
    return bool(person.orcid and theirs and person.orcid != theirs)


def people_edits(record: Curation, people: Iterable[LabPerson], source: str = "") -> list[Edit]:
    """Give the edits that bring people into a study: one change.

    Somebody who is there already gets what is still empty, nothing else. Organisations are known by ROR id, else by
    title.

    Parameters
    ----------
    record
        The study.
    people
        Who was chosen.
    source
        The list's name: the origin of every value.
    """
    adding = _Adding(record, Origin(kind="copy", source=source or None))
    for person in people:
        adding.take(person)
    return adding.edits


class _Adding:
    """What is added while people come in one after the other."""

    def __init__(self, record: Curation, origin: Origin) -> None:
        self.record, self.origin = record, origin
        self.edits: list[Edit] = []
        self._organisations = {key: one.id for one in record.organisations for key in _organisation_keys(one)}
        self._fresh: set[str] = set()

    def take(self, person: LabPerson) -> None:
        known = known_as(self.record, person)
        if known is None and not self._fresh.isdisjoint(person.keys):
            return
        self._fresh.update(person.keys[:-1] or person.keys)
        said: dict[str, Any] = {
            "first_name": person.first_name,
            "last_name": person.last_name,
            "email": person.email,
            "orcid": person.orcid,
            "roles": [{"label": role} for role in person.roles],
            "affiliations": [self._organisation(one) for one in person.organisations],
        }
        value = {name: given for name, given in said.items() if given}
        if known is None:
            self.edits.append(Edit(op="add", path="/people", id=new_id("pe"), value=value, origin=self.origin))
            return
        held = next(one for one in self.record.people if one.id == known)
        for name, given in value.items():
            if is_empty(getattr(held, name)):
                path = f"/people/{known}/{name}"
                self.edits.append(Edit(op="set", path=path, value=given, origin=self.origin))

    def _organisation(self, one: LabOrganisation) -> str:
        keys = [key for key in (one.ror, _title(one.title)) if key]
        known = next((self._organisations[key] for key in keys if key in self._organisations), None)
        if known is None:
            known = new_id("or")
            value = {"title": one.title, "ror": one.ror, "address": one.address}
            given = {name: said for name, said in value.items() if said}
            self.edits.append(Edit(op="add", path="/organisations", id=known, value=given, origin=self.origin))
        self._organisations.update(dict.fromkeys(keys, known))
        return known


def _organisation_keys(one: Organisation) -> list[str]:
    return [key for key in (ror_of(_said(one.ror)), _title(_said(one.title))) if key]


def _title(said: str) -> str:
    """Give a title as one compares it; one without letters stands for itself."""
    return folded(said) or said.strip()
