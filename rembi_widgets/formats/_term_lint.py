"""Linting the terms of files: study files of the Image Data Resource, and ISA-Tabs."""

from __future__ import annotations

from typing import TYPE_CHECKING

from rembi_widgets.errors import RembiError
from rembi_widgets.formats import _study_file_terms as study_file
from rembi_widgets.formats._term_cells import findings_of
from rembi_widgets.formats.isatab import decoded, open_document
from rembi_widgets.formats.isatab._term_cells import terms as isatab_terms

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from rembi_widgets.record import Finding

LARGEST = 20_000_000
"""Bytes of a text that is looked at: the largest study file known has half a megabyte."""
MOST_FILES = 20_000
"""Files of a folder that are looked for study files."""


def lint_terms(path: Path) -> tuple[Finding, ...]:
    """Give what is wrong with the terms that files name, each with its file, line and column.

    Parameters
    ----------
    path
        A study file, an ISA-Tab's investigation file or zip, or a folder, which is looked through.

    Returns
    -------
    tuple of Finding
        In the order of the files; ``values`` hold ``file``, ``line``, ``column`` and in how many rows (``count``).

    Raises
    ------
    RembiError
        If there is no such file or folder, or nothing in it that names terms.
    """
    if not path.exists():
        raise RembiError("termlint.no_file", path=str(path))
    found = [*_study_files(path)]
    isatab = None if found and path.is_file() else _isatab(path, needed=not found)
    findings = [finding for name, data in found for finding in _of_study_file(name, data)]
    return tuple(sorted((*findings, *(isatab or ())), key=_place))


def _place(finding: Finding) -> tuple[str, int, int]:
    return finding.values["file"], finding.values["line"], finding.values["column"]


def _of_study_file(name: str, data: bytes) -> Iterator[Finding]:
    yield from findings_of(study_file.terms(name, data))
    yield from study_file.findings(name, data)


def _study_files(path: Path) -> Iterator[tuple[str, bytes]]:
    for file in [path] if path.is_file() else _texts_in(path):
        if file.stat().st_size <= LARGEST:
            data = file.read_bytes()
            if study_file.is_study_file(decoded(data)[0]):
                yield str(file), data


def _texts_in(folder: Path) -> list[Path]:
    root = folder.resolve()
    texts = []
    for number, file in enumerate(folder.rglob("*study*.txt")):
        if number >= MOST_FILES:
            break
        if file.is_file() and file.resolve().is_relative_to(root):
            texts.append(file)
    return sorted(texts)


def _isatab(path: Path, *, needed: bool) -> list[Finding] | None:
    try:
        document = open_document(path)
    except RembiError:
        if needed:
            raise RembiError("termlint.nothing_here", path=str(path)) from None
        return None
    folder = path if path.is_dir() else path.parent
    return [_in_folder(finding, folder) for finding in findings_of(isatab_terms(document))]


def _in_folder(finding: Finding, folder: Path) -> Finding:
    file = str(folder / finding.values["file"])
    place = f"{file}:{finding.values['line']}:{finding.values['column']}"
    return finding.model_copy(update={"path": place, "values": {**finding.values, "file": file}})
