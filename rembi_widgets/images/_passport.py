"""A microscope's passport: what a facility says of its microscope, once, for all the images taken with it.

Every value keeps its place in the file as a JSON pointer (RFC 6901). Names of values are those of the record: a part's
``magnification`` becomes an acquisition's ``objective_magnification``, a light source's ``wavelength`` that of a row.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from rembi_widgets.errors import RembiError
from rembi_widgets.images._passport_match import called
from rembi_widgets.locale import text

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from rembi_widgets.images._imagerecord import Note

GROUPS = ("objectives", "light_sources", "detectors", "filters")
"""Parts of a microscope of which there are several."""


class PassportError(RembiError):
    """A file is no microscope file, or is too large, or an address cannot be asked."""


@dataclass(frozen=True, slots=True, kw_only=True)
class PassportPart:
    """The stand, or an objective, light source, detector or filter.

    Attributes
    ----------
    values
        The record's name of a value to the value in its JSON form; only what the file says.
    places
        The same names to JSON pointers.
    """

    id: str | None = None
    name: str | None = None
    values: Mapping[str, Any] = field(default_factory=dict)
    places: Mapping[str, str] = field(default_factory=dict)

    @property
    def called(self) -> str:
        """What a person calls it: its model and numbers, or the name in the file."""
        return called(self.values) or self.name or ""

    def to_json(self) -> dict[str, Any]:
        """Give the JSON form: the values, and what the file calls the part."""
        named = {"id": self.id, "name": self.name}
        return {**{key: value for key, value in named.items() if value}, **self.values}


@dataclass(frozen=True, slots=True, kw_only=True)
class Passport:
    """A microscope as its file describes it.

    Attributes
    ----------
    name, id
        As the facility calls it, and what identifies it for good.
    format
        ``micro-meta`` (4DN-BINA-OME-QUAREP, saved by Micro-Meta App) or ``rembi-microscope``.
    model_version, app_version
        Version of the model of microscopes, or of the description itself; version of the program that saved it.
    tier
        The tier of NBO-Q that the file was validated for.
    source
        Name of the file, or the address it came from.
    key
        Names it among others of the same name.
    stand
        What becomes the acquisition's ``instrument_`` fields, and ``software``.
    qc
        Where the microscope's quality-control data are.
    warnings
        Values that were dropped, and why.
    """

    name: str
    id: str | None = None
    format: str = "micro-meta"
    model_version: str | None = None
    app_version: str | None = None
    tier: int | None = None
    source: str = ""
    key: str = ""
    stand: PassportPart = field(default_factory=PassportPart)
    objectives: tuple[PassportPart, ...] = ()
    light_sources: tuple[PassportPart, ...] = ()
    detectors: tuple[PassportPart, ...] = ()
    filters: tuple[PassportPart, ...] = ()
    qc: str | None = None
    warnings: tuple[Note, ...] = ()

    @property
    def stand_name(self) -> str:
        """Maker and model of the stand, as far as they are known."""
        said = (self.stand.values.get(name) for name in ("manufacturer", "model"))
        return " ".join(str(word) for word in said if word)

    def line(self, lang: str | None = None) -> str:
        """Give the microscope in one line: its name, maker and model, and how many parts are known."""
        counts = {name: len(getattr(self, name)) for name in GROUPS}
        return text("microscopes.line", lang, name=self.name, stand=self.stand_name or "-", **counts)

    def to_json(self, lang: str | None = None) -> dict[str, Any]:
        """Give the JSON form, empty keys left out, warnings as sentences in a language."""
        named = ("name", "id", "format", "model_version", "app_version", "tier", "source", "key", "qc")
        plain: dict[str, Any] = {name: getattr(self, name) for name in named if getattr(self, name) is not None}
        plain["stand"] = self.stand.to_json()
        for name in GROUPS:
            plain[name] = [part.to_json() for part in getattr(self, name)]
        plain["warnings"] = [note.say(lang) for note in self.warnings]
        return plain


@dataclass(frozen=True, slots=True)
class Microscopes:
    """The microscopes that were found, and the files that could not be read as one.

    Attributes
    ----------
    unreadable
        Mappings with ``path`` and ``message``.
    """

    passports: tuple[Passport, ...] = ()
    unreadable: tuple[Mapping[str, str], ...] = ()

    def __iter__(self) -> Iterator[Passport]:
        return iter(self.passports)

    def __len__(self) -> int:
        return len(self.passports)

    def __getitem__(self, place: int) -> Passport:
        return self.passports[place]

    def named(self, name: str) -> Passport:
        """Give the microscope of a name, id, file name or key; upper and lower case are the same.

        Raises
        ------
        PassportError
            If there is none, or several.
        """
        wanted = name.strip().casefold()
        for names in (_exact, _ids, _labels):
            found = [passport for passport in self.passports if wanted in names(passport)]
            if len(found) == 1:
                return found[0]
            if found:
                files = ", ".join(passport.source for passport in found)
                raise PassportError("microscopes.several", name=name, files=files)
        known = ", ".join(passport.name for passport in self.passports)
        raise PassportError("microscopes.none_named" if known else "microscopes.none", name=name, known=known)

    def to_json(self, lang: str | None = None) -> dict[str, Any]:
        """Give the JSON form that ``microscopes --json`` prints."""
        return {
            "microscopes": [passport.to_json(lang) for passport in self.passports],
            "unreadable": [dict(item) for item in self.unreadable],
        }


def _exact(passport: Passport) -> set[str]:
    return {passport.key.casefold()}


def _ids(passport: Passport) -> set[str]:
    return {passport.source.casefold(), passport.source.rpartition(".")[0].casefold()} - {""}


def _labels(passport: Passport) -> set[str]:
    return {passport.name.casefold(), (passport.id or passport.name).casefold()}
