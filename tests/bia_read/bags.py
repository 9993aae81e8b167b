"""What a document holds, as multisets: sections, attributes, qualifiers, references, links and files."""

from __future__ import annotations

from collections import Counter
from pathlib import Path
from typing import Any

from rembi_widgets.formats import pagetab
from rembi_widgets.formats.pagetab._parts import Attribute, Section, Submission
from rembi_widgets.record import Curation

Bag = Counter[tuple[Any, ...]]


def _attribute(one: Attribute) -> tuple[Any, ...]:
    qualifiers = tuple(tuple((name, _text(value)) for name, value in held) for held in (one.qualifiers, one.names))
    return one.name.strip(), _text(one.value), one.reference, *qualifiers


def _text(value: str | None) -> str | None:
    """A TSV has no outer blanks, and a blank value is none in both."""
    return (value or "").replace("\r\n", "\n").strip() or None


def bag(submission: Submission, *, accnos: bool = True) -> Bag:
    found: Bag = Counter()
    found["accno", submission.accno] += 1
    found.update(("top", *_attribute(one)) for one in submission.attributes)
    _add(submission.section, "", found, accnos=accnos)
    return found


def _add(section: Section, above: str, found: Bag, *, accnos: bool) -> None:
    kind = f"{above}/{section.kind}"
    found["section", kind, section.accno if accnos else None] += 1
    found.update(("attribute", kind, *_attribute(one)) for one in section.attributes)
    found.update(("link", kind, one.url.strip(), *map(_attribute, one.attributes)) for one in section.links)
    found.update(("file", kind, one.path.strip(), *map(_attribute, one.attributes)) for one in section.files)
    for child in section.children():
        _add(child, kind, found, accnos=accnos)


def written(record: Curation, folder: Path, **how: Any) -> Submission:
    pagetab.write(record, folder, **how)
    return pagetab.open_document(folder / "submission.json").submission
