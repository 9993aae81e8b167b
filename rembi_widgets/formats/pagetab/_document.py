"""PageTab as plain data: one tree for JSON, TSV and a workbook that carries TSV, and what is wrong with it, where.

Source: the server's grammar. Each thing that it refuses is a finding of level ``error``; everything else of the file is
read all the same.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from rembi_widgets.errors import RembiError
from rembi_widgets.record import Finding

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from rembi_widgets.formats.pagetab._parts import Section, Submission
    from rembi_widgets.record import Level

ENDINGS = (".json", ".tsv", ".xlsx")
"""Forms of a submission that the server takes, as the ends of file names."""
NAMES = ("submission.json", "submission.tsv", "submission.xlsx")
"""What a submission is called in a folder, the form that holds most first."""
LARGEST = 200_000_000
"""Bytes of a submission that are read: the largest known has a few million."""


@dataclass
class Document:
    """A submission that was read.

    Attributes
    ----------
    file
        Its file.
    findings
        What the server would refuse, where.
    """

    file: Path
    submission: Submission
    findings: list[Finding]


def located(level: Level, code: str, file: str, at: str, **values: Any) -> Finding:
    """Give a finding of a place in a file: line and column of a TSV, pointer of a JSON."""
    found, wanted = values.get("found"), values.get("wanted")
    said = {"file": file, "at": at, **values}
    path = f"/{file}#{at}" if at else f"/{file}"
    return Finding(level=level, code=f"pagetab.{code}", path=path, values=said, found=found, wanted=wanted)


class Source:
    """A file that is being read, and what is wrong with it."""

    def __init__(self, file: str) -> None:
        self.file = file
        self.findings: list[Finding] = []

    def tell(self, level: Level, code: str, at: str, **values: Any) -> None:
        """Note what is wrong."""
        self.findings.append(located(level, code, self.file, at, **values))


def find(source: Path) -> Path | None:
    """Give the submission's file: the path itself, or the one in a folder; ``None`` where nothing is PageTab."""
    if source.is_dir():
        named = [source / name for name in NAMES]
        others = sorted(path for path in source.iterdir() if path.suffix.lower() in ENDINGS and path not in named)
        return next((path for path in (*named, *others) if path.is_file() and is_pagetab(path)), None)
    return source if source.is_file() and is_pagetab(source) else None


def is_pagetab(path: Path) -> bool:
    """Tell whether a file is a submission, by its first letters."""
    if path.suffix.lower() == ".xlsx":
        return _is_workbook(path)
    with path.open("rb") as stream:
        begin = stream.read(1 << 20).decode("utf-8", "replace").removeprefix("\ufeff")
    if begin.lstrip().startswith("{"):
        return '"section"' in begin and '"attributes"' in begin and '"@context"' not in begin
    lines = (line for line in begin.splitlines() if line.strip() and not line.startswith("#"))
    first = next(lines, "").split("\t")[0].strip().strip('"')
    return first.casefold() == "submission" and path.suffix.lower() not in {".json", ".csv"}


def _is_workbook(path: Path) -> bool:
    from itertools import islice

    from rembi_widgets.formats.pagetab._document_tsv import workbook_rows

    try:
        first = [row[0].strip().casefold() for row in islice(workbook_rows(path), 5) if row]
    except RembiError:
        return False
    return "submission" in first


def open_document(source: Path) -> Document:
    """Read a submission: a file, or the one of a folder.

    Raises
    ------
    RembiError
        If nothing there is PageTab, or the file is no text, no JSON, or too large.
    """
    path = find(source)
    if path is None:
        raise RembiError("pagetab.nothing", path=str(source))
    if path.stat().st_size > LARGEST:
        raise RembiError("pagetab.too_large", path=path.name, most=LARGEST // 1_000_000)
    held = Source(path.name)
    submission = _parse(path, held)
    _whole(submission, held)
    return Document(path, submission, held.findings)


def _parse(path: Path, held: Source) -> Submission:
    from rembi_widgets.formats.pagetab import _document_json, _document_tsv

    if path.suffix.lower() == ".xlsx":
        return _document_tsv.read_rows(_document_tsv.workbook_rows(path), held)
    try:
        text = path.read_bytes().decode("utf-8")
    except UnicodeDecodeError as error:
        raise RembiError("pagetab.no_text", path=path.name, byte=error.start) from error
    if text.startswith("\ufeff"):
        held.tell("warning", "byte_order_mark", "1:1")
        text = text.removeprefix("\ufeff")
    if text.lstrip().startswith("{"):
        return _document_json.read_text(text, held)
    return _document_tsv.read_text(text, held)


def _whole(submission: Submission, held: Source) -> None:
    """Find what is wrong with the whole: no release date, accnos that stand twice, references to no section."""
    said = {one.name.casefold(): one for one in submission.attributes}
    date = said.get("releasedate")
    if date is None or not date.value:
        held.tell("error", "no_release_date", date.at if date else submission.at)
    # the server looks for it when it takes a submission; a record that it has taken stands with what it has
    level: Level = "warning" if submission.accno else "error"
    accnos: set[str] = set()
    for section in submission.section.all():
        if section.accno and section.accno in accnos:
            held.tell(level, "accno_twice", section.at, found=section.accno)
        accnos.add(section.accno or "")
    for section, name, value, at in _references(submission.section):
        parts = set(map(str.strip, value.split(",")))
        if value.strip() not in accnos:
            is_several = parts <= accnos
            code = "reference_several" if is_several else "reference_nowhere"
            held.tell(level if is_several else "error", code, at, found=value, name=name, section=section.kind)


def _references(root: Section) -> Iterator[tuple[Section, str, str, str]]:
    for section in root.all():
        for one in section.attributes:
            if one.reference and one.value:
                yield section, one.name, one.value, one.at
