"""People as a lab lists them, and the words by which a list names what it says of them."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

HEADERS = {
    "first_name": "firstname givenname givennames given forename prenom prenoms",
    "last_name": "lastname surname familyname familynames family nomdefamille",
    "name": "name fullname displayname person personne nomcomplet prenometnom nometprenom prenomnom nomprenom nom",
    "email": "email emails mail emailaddress workemail courriel courriels adressemail adresseemail adressecourriel "
    "adresseelectronique mel",
    "orcid": "orcid orcidid orcididentifier identifiantorcid numeroorcid",
    "roles": "role roles fonction fonctions",
    "affiliation": "affiliation affiliations institution institutions institute institut organisation organisations "
    "organization organizations organisme employer employeur laboratory laboratoire lab labo unit unite etablissement "
    "company",
    "ror": "ror rorid affiliationror rorofaffiliation institutionror organisationror organizationror identifiantror "
    "rordelaffiliation affiliationrorid",
    "address": "address adresse affiliationaddress institutionaddress organisationaddress adressedelaffiliation "
    "adressedelinstitution adressepostale",
}
"""Field to the headers for it, in English and French, without accents, blanks and signs."""
FIELD_OF = {header: field for field, said in HEADERS.items() for header in said.split()}
_ORCID = re.compile(r"(\d{4})[- ]?(\d{4})[- ]?(\d{4})[- ]?(\d{3}[\dXx])\b")
_ROR = re.compile(r"\b(0[0-9a-hj-km-np-tv-z]{6}[0-9]{2})\b", re.IGNORECASE)
_EMAIL = re.compile(r"[^\s<>,;:\"()\[\]]+@[^\s<>,;:\"()\[\]]+")


def folded(said: str) -> str:
    """Give a text as one compares it: without accents, case, blanks and signs.

    >>> folded("Prénom"), folded("E-mail address")
    ('prenom', 'emailaddress')
    """
    plain = unicodedata.normalize("NFKD", said).casefold()
    return "".join(letter for letter in plain if letter.isalnum())


@dataclass(frozen=True)
class LabOrganisation:
    """Where somebody works."""

    title: str = ""
    ror: str = ""
    address: str = ""


@dataclass(frozen=True)
class LabPerson:
    """Somebody of the lab, as its list says."""

    first_name: str = ""
    last_name: str = ""
    email: str = ""
    orcid: str = ""
    roles: tuple[str, ...] = ()
    organisations: tuple[LabOrganisation, ...] = ()

    @property
    def name(self) -> str:
        """The first name and the last name."""
        return " ".join(part for part in (self.first_name, self.last_name) if part)

    @property
    def keys(self) -> tuple[str, ...]:
        """By what the person is known, the surest first: ORCID iD, e-mail address, name."""
        said = (("orcid", self.orcid), ("email", self.email.casefold()), ("name", _words(self.name)))
        return tuple(f"{kind}:{value}" for kind, value in said if value)


def _words(name: str) -> str:
    """Give a name as one compares it, word by word; one without letters stands for itself."""
    return " ".join(word for part in re.split(r"[\s-]+", name) if (word := folded(part))) or name.casefold()


def person_of(said: Mapping[str, Any]) -> LabPerson | None:
    """Read one person from named values; ``None`` if neither a name nor an address is there."""
    held: dict[str, Any] = {}
    for header, value in said.items():
        field = FIELD_OF.get(folded(str(header)))
        if field and value not in (None, "", [], {}):
            held.setdefault(field, value)
    first, last = _names(held)
    found = LabPerson(
        first,
        last,
        email=_first(_EMAIL, held.get("email")),
        orcid=orcid_of(_text(held.get("orcid"))),
        roles=tuple(_texts(held.get("roles"))),
        organisations=tuple(_organisations(held)),
    )
    return found if found.name or found.email else None


def orcid_of(said: str) -> str:
    """Give the ORCID iD in a text, in groups of four; empty if there is none."""
    found = _ORCID.search(said)
    return "-".join(found.groups()).upper() if found else ""


def ror_of(said: str) -> str:
    """Give the ROR id in a text as an address; empty if there is none."""
    found = _ROR.search(said)
    return f"https://ror.org/{found[1].lower()}" if found else ""


def _first(pattern: re.Pattern[str], value: Any) -> str:
    found = pattern.search(_text(value).replace("mailto:", " "))
    return found[0] if found else ""


def _text(value: Any) -> str:
    if isinstance(value, list | tuple):
        return next((text for item in value if (text := _text(item))), "")
    if isinstance(value, Mapping):
        return _text(next((value[key] for key in ("value", "name", "title") if key in value), ""))
    return "" if value is None else str(value).strip()


def _texts(value: Any) -> Iterable[str]:
    items = value if isinstance(value, list | tuple) else re.split(r"\s*[;|]\s*", _text(value))
    return [text for item in items if (text := _text(item))]


def _names(held: Mapping[str, Any]) -> tuple[str, str]:
    """Give first and last name; a whole name is parted, ``Nom`` beside ``Prénom`` is the last name."""
    first, last, whole = (_text(held.get(key)) for key in ("first_name", "last_name", "name"))
    if first and not last:
        return first, whole if not whole.startswith(f"{first} ") else whole.removeprefix(f"{first} ")
    return (first, last) if last else parted(whole)


def parted(whole: str) -> tuple[str, str]:
    """Give first and last name of a whole one.

    >>> parted("Ada Lovelace"), parted("LOVELACE Ada"), parted("Lovelace, Ada")
    (('Ada', 'Lovelace'), ('Ada', 'LOVELACE'), ('Ada', 'Lovelace'))
    """
    if "," in whole:
        last, first = (part.strip() for part in whole.split(",", 1))
        return first, last
    words = whole.split()
    loud = [word for word in words if len(word) > 1 and word.isupper() and "." not in word]
    if loud and len(loud) < len(words) and words[: len(loud)] == loud:
        return " ".join(words[len(loud) :]), " ".join(loud)
    return (" ".join(words[:-1]), words[-1]) if words else ("", "")


def _organisations(held: Mapping[str, Any]) -> Iterable[LabOrganisation]:
    """Read where somebody works; titles, ROR ids and addresses that are lists go together in order."""
    value = held.get("affiliation")
    items = value if isinstance(value, list | tuple) else [value]
    if isinstance(value, str):
        items = list(_texts(value))
    rors = [ror_of(said) for said in _texts(held.get("ror"))]
    addresses = [_text(held.get("address"))]
    if not any(items) and rors:
        items = [""] * len(rors)
    for place, item in enumerate(items):
        found = _organisation(item, _at(rors, place), _at(addresses, place))
        if found != LabOrganisation():
            yield found


def _organisation(item: Any, ror: str, address: str) -> LabOrganisation:
    if isinstance(item, Mapping):
        held = {folded(str(key)): value for key, value in item.items()}
        title = _text(next((held[key] for key in ("name", "title", "nom", "affiliation") if key in held), ""))
        known = next((held[key] for key in ("ror", "rorid", "id", "identifier") if key in held), "")
        return LabOrganisation(title, ror_of(_text(known)) or ror, _text(held.get("address")) or address)
    said = _text(item)
    inside = ror_of(said) if "ror.org" in said else ""
    title = re.sub(r"\(?\s*(https?://)?(www\.)?ror\.org/\S+", "", said).strip(" ,;()") if inside else said
    return LabOrganisation(title, inside or ror, address if title or inside or ror else "")


def _at(values: list[str], place: int) -> str:
    return values[place] if place < len(values) else ""
