"""Sections of the investigation file: an entry is one column, its labels in the order that both readers want."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from rembi_widgets.formats.isatab import _extras
from rembi_widgets.formats.isatab._cells import quote, reason, verbatim, words
from rembi_widgets.formats.isatab._names import field_name
from rembi_widgets.record import Absent, Term

if TYPE_CHECKING:
    import re
    from collections.abc import Iterator, Mapping, Sequence

    from rembi_widgets.formats.isatab._ontologies import Ontologies
    from rembi_widgets.record import Frozen

TERM = ("", " Term Accession Number", " Term Source REF")
"""A term's three labels; in the investigation file the accession comes first (ISA-Tab 1.0, investigation file)."""


def _with_term(*names: str) -> tuple[str, ...]:
    return tuple(name.rstrip("*") + part for name in names for part in (TERM if name.endswith("*") else ("",)))


def _publication(level: str) -> tuple[str, ...]:
    publication = f"{level} Publication "
    said = (publication + name for name in ("DOI", "Author List", "Title", "Status*"))
    return _with_term(f"{level} PubMed ID", *said)


def _contact(level: str) -> tuple[str, ...]:
    said = "Last Name|First Name|Mid Initials|Email|Phone|Fax|Address|Affiliation|Roles*"
    return _with_term(*(f"{level} Person {name}" for name in said.split("|")))


SOURCES = tuple(f"Term Source {name}" for name in ("Name", "File", "Version", "Description"))
INVESTIGATION = tuple(
    f"Investigation {name}" for name in ("Identifier", "Title", "Description", "Submission Date", "Public Release Date")
)
INVESTIGATION_PUBLICATIONS, INVESTIGATION_CONTACTS = _publication("Investigation"), _contact("Investigation")
STUDY = tuple(
    f"Study {name}"
    for name in ("Identifier", "Title", "Description", "Submission Date", "Public Release Date", "File Name")
)
DESIGN = _with_term("Study Design Type*")
PUBLICATIONS, CONTACTS = _publication("Study"), _contact("Study")
FACTORS = _with_term("Study Factor Name", "Study Factor Type*")
ASSAYS = _with_term(
    "Study Assay File Name",
    "Study Assay Measurement Type*",
    "Study Assay Technology Type*",
    "Study Assay Technology Platform",
)
PROTOCOLS = _with_term(
    "Study Protocol Name",
    "Study Protocol Type*",
    "Study Protocol Description",
    "Study Protocol URI",
    "Study Protocol Version",
    "Study Protocol Parameters Name*",
    "Study Protocol Components Name",
    "Study Protocol Components Type*",
)


class Entry(dict[str, str]):
    """One column of a section: label to text."""

    def put(self, label: str, value: Any) -> None:
        """Set a label to a value; the reason of an absence goes beside it."""
        self._put(label, verbatim(value), reason(value))

    def _put(self, label: str, text: str, why: str) -> None:
        if text:
            self[label] = text
        if why:
            self[f"Comment[{bare(label)} Absence Reason]"] = why

    def comment(self, name: str, value: Any) -> None:
        """Set ``Comment[name]`` to a value."""
        self.put(f"Comment[{name}]", value)

    def strict(self, label: str, value: Any, form: re.Pattern[str]) -> bool:
        """Set a label whose form the readers insist on; what has another form is kept in a comment.

        Returns
        -------
        bool
            Whether the value could stand under its label.
        """
        text = words(value)
        if not text or form.fullmatch(text):
            self.put(label, text)
            return True
        self.comment(f"{label} As Given", value)
        return isinstance(value, Absent)

    def terms(self, label: str, value: Any, ontologies: Ontologies) -> None:
        """Set a label to one or more terms.

        altamisa takes the source's cell for one name: several terms have their accessions in a comment.
        """
        self.put(label, value)
        items = [item for item in (value if isinstance(value, tuple) else (value,)) if isinstance(item, Term)]
        said = [ontologies.reference(item) for item in items]
        if len(said) == 1 and said[0][1]:
            self[label + TERM[1]], self[label + TERM[2]] = said[0][1], said[0][0]
        elif any(accession for _, accession in said):
            self.comment(f"{bare(label)} Accession", tuple(accession for _, accession in said))
            self.comment(f"{bare(label)} Source", tuple(source for source, _ in said))

    def rows(self, prefix: str, rows: Sequence[Frozen], names: Mapping[str, str]) -> None:
        """Set a comment a field of several rows: their values in the order of the rows."""
        for field, name in names.items():
            values = tuple(getattr(row, field) for row in rows)
            if any(words(value) for value in values):
                self.comment(f"{prefix} {name}".strip(), values)
        for key, found in _extras.columns(rows).items():
            self.free(f"{prefix} {key}", tuple(found))

    def unknown(self, part: Frozen) -> None:
        """Set a comment for each key that the record keeps without knowing it."""
        for key, value in _extras.of(part).items():
            self.free(key, value)

    def free(self, key: str, value: Any) -> None:
        """Set a comment under a name of somebody's choice, unlike the names there are."""
        name, used = field_name(key), {label.casefold() for label in self}
        while f"comment[{name}]".casefold() in used:
            name += " 2"
        self._put(f"Comment[{name}]", words(value), reason(value))


def bare(label: str) -> str:
    """Give the name within brackets, or the label itself.

    >>> bare("Comment[License]"), bare("Study Title")
    ('License', 'Study Title')
    """
    return label[label.index("[") + 1 : -1] if "[" in label and label.endswith("]") else label


def section(heading: str, labels: Sequence[str], entries: Sequence[Mapping[str, str]]) -> Iterator[str]:
    """Give the lines of a section: all its labels, then its comments by name; one empty column if it has no entry."""
    shown = entries or [{}]
    comments = sorted({label for entry in shown for label in entry} - set(labels), key=bare)
    yield heading + "\n"
    for label in (*labels, *comments):
        yield "\t".join([label, *(quote(entry.get(label, "")) for entry in shown)]) + "\n"
