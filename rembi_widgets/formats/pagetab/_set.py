"""One submission: the document in both spellings, a file list for each component and annotation, the README."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from rembi_widgets.errors import RembiError
from rembi_widgets.formats._files import write_lines
from rembi_widgets.formats._written import Written
from rembi_widgets.formats.isatab._names import Taken, slug
from rembi_widgets.formats.pagetab import _filelist, _readme, _spell, _study
from rembi_widgets.formats.pagetab._columns import columns
from rembi_widgets.formats.pagetab._forms import canonical
from rembi_widgets.formats.pagetab._kept import kept_of, put_back
from rembi_widgets.formats.pagetab._lists import Lists
from rembi_widgets.formats.pagetab._modules import SPELLINGS, Modules
from rembi_widgets.formats.pagetab._names import Names

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from rembi_widgets.formats.pagetab._parts import Submission
    from rembi_widgets.record import Annotation, Component, Curation


_OWN = ("submission", "README")
"""Stems of the other files of a folder."""


def list_names(record: Curation, lists: Lists, names: Names) -> dict[str, str]:
    """Give the name of each file list by the id of its component or annotation; without files there is no list."""
    taken, found = Taken(), {}
    held: tuple[Component | Annotation, ...] = (*record.components, *record.annotations)
    for one in held:
        if lists.of.get(one.id):
            read = _read_as(one)
            stem = read.rpartition(".")[0] or f"file_list_{slug(names[one.id], 'files')}"
            found[one.id] = taken.fresh(stem, "_") + (read[len(stem) :] or ".tsv")
    return found


def _read_as(one: Component | Annotation) -> str:
    """Give the list's name in the document that an entity was read from, where it is a plain one."""
    kept = kept_of(one)
    names = [it.value or "" for it in kept.section.attributes if canonical(it.name) == "file list"] if kept else []
    found = re.fullmatch(r"([0-9A-Za-z_-][0-9A-Za-z_. -]*)\.(?:tsv|json)", names[0]) if names else None
    return found.group() if found and found.group(1) not in _OWN else ""


def compose(record: Curation, lists: Lists, names: Names, list_of: dict[str, str], spelling: str) -> Submission:
    """Put the document together, its sections in the order of the archive's form."""
    root = _study.study(record)
    root.sections = [
        *_study.publications(record),
        *_study.funding(record),
        *Modules(record, names, lists, list_of, spelling).sections(),
        *_study.people(record),
    ]
    whole = _study.submission(record, root)
    put_back(whole, record)
    return whole


def write_set(record: Curation, folder: Path, spelling: str) -> Written:
    """Write the whole; see ``pagetab.write``."""
    if spelling not in SPELLINGS:
        raise RembiError("pagetab.no_spelling", spelling=spelling, known=", ".join(SPELLINGS))
    folder.mkdir(parents=True, exist_ok=True)
    names, lists = Names(record), Lists(record)
    list_of = list_names(record, lists, names)
    submission = compose(record, lists, names, list_of, spelling)
    files = [
        write_lines(folder / "submission.tsv", _spell.tsv(submission)),
        write_lines(folder / "submission.json", [_spell.as_json(submission)]),
        *_write_lists(record, folder, lists, names, list_of),
        write_lines(folder / "README.txt", _readme.lines(lists, list_of)),
    ]
    written = {one.of: one for one in submission.section.all() if one.of}
    return Written(tuple(files), (*names.findings(written), *lists.findings(), *_study.no_home(record)))


def _write_lists(record: Curation, folder: Path, lists: Lists, names: Names, list_of: dict[str, str]) -> Iterator[Path]:
    for identity, name in list_of.items():
        held = columns(lists, names, identity)
        for spell, ending in ((_filelist.tsv, ".tsv"), (_filelist.as_json, ".json")):
            lines = spell(record.files, lists.of[identity], held)
            yield write_lines(folder / (name.rpartition(".")[0] + ending), lines)
