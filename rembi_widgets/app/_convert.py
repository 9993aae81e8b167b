"""One format into another: whole documents of ISA as they are, everything else through the record."""

from __future__ import annotations

import shutil
import tempfile
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from rembi_widgets.errors import RembiError

if TYPE_CHECKING:
    from collections.abc import Sequence

    from rembi_widgets.record import Curation, Finding

NATIVE = "rembi"
"""Name of the record on disk: a folder with a curation."""
_MARKS = (".rembi", "rembi.json")
_SUFFIXES = {".json": "isajson", ".zip": "isatab", ".xlsx": "xlsx"}
"""How a target's name ends to its format; any other name is that of a folder."""


@dataclass(frozen=True)
class Converted:
    """What was written, and what is to be told of it."""

    from_: str
    to: str
    files: tuple[Path, ...]
    findings: tuple[Finding, ...] = ()

    def to_json(self) -> dict[str, Any]:
        """Give it as plain data."""
        return {
            "from": self.from_,
            "to": self.to,
            "files": [str(path) for path in self.files],
            "findings": [finding.to_json() for finding in self.findings],
        }


def convert(
    source: Path, out: Path, *, from_: str | None = None, to: str | None = None, force: bool = False
) -> Converted:
    """Convert a file or folder.

    Parameters
    ----------
    out
        The file or folder to write. Its ending tells the format, if ``to`` does not; a folder becomes ISA-Tab.
    from_, to
        Names of formats, ``rembi`` for a curation; ``None`` finds out.
    force
        Write though something is there.

    Raises
    ------
    RembiError
        If there is no such source or format, or something is there already.
    OSError
        If it cannot be written.
    """
    if not source.exists():
        raise RembiError("app.no_source", path=str(source))
    name = from_ or _detected(source)
    target = to or _SUFFIXES.get(out.suffix.casefold()) or "isatab"
    _hold_known(name, target)
    _hold_free(source, out, force=force)
    if NATIVE in {name, target}:
        return _native(source, out, name, target)
    return _between(source, out, name, target)


def _detected(source: Path) -> str:
    from rembi_widgets.formats import detect

    if source.is_dir() and any((source / mark).exists() for mark in _MARKS):
        return NATIVE
    return detect(source)


def _hold_known(name: str, target: str) -> None:
    from rembi_widgets.formats import FORMATS, READABLE

    readable, writable = (*READABLE, NATIVE), (*FORMATS, NATIVE)
    if name not in readable:
        raise RembiError("formats.unreadable", name=name, known=", ".join(readable))
    if target not in writable:
        raise RembiError("formats.unknown", name=target, known=", ".join(writable))
    if name == target == NATIVE:
        raise RembiError("app.same_format")


def _hold_free(source: Path, out: Path, *, force: bool) -> None:
    """Hold that nothing is overwritten, and the source never."""
    if out.exists() and (
        out.resolve() == source.resolve() or (out.is_file() and source.is_dir() and _holds(source, out))
    ):
        raise RembiError("app.same_place", path=str(out))
    is_taken = out.is_file() or (out.is_dir() and any(out.iterdir()))
    if is_taken and not force:
        raise RembiError("app.out_exists", path=str(out))


def _holds(folder: Path, file: Path) -> bool:
    return file.resolve().is_relative_to(folder.resolve())


def _native(source: Path, out: Path, name: str, target: str) -> Converted:
    if target == NATIVE:
        from rembi_widgets.app._import import import_into

        read, _ = import_into(source, out, name)
        return Converted(name, target, (out,), read.findings)
    from rembi_widgets.app._face import _record

    return _of_record(_record(source)[0], (), out, name, target)


def _between(source: Path, out: Path, name: str, target: str) -> Converted:
    from rembi_widgets.formats import module, read

    origin, goal = module(name), module(target)
    if hasattr(origin, "open_document") and hasattr(goal, "write_document"):
        document = origin.open_document(source)
        out.parent.mkdir(parents=True, exist_ok=True)
        written = goal.write_document(document, out)
        return Converted(name, target, written.files, (*document.findings, *written.findings))
    found = read(source, name)
    return _of_record(found.record, found.findings, out, name, target)


def _of_record(record: Curation, findings: Sequence[Finding], out: Path, name: str, target: str) -> Converted:
    from rembi_widgets.formats import write

    if out.suffix.casefold() not in _SUFFIXES:
        written = write(target, record, out)
        return Converted(name, target, written.files, (*findings, *written.findings))
    with tempfile.TemporaryDirectory(prefix="rembi-convert-") as folder:
        written = write(target, record, Path(folder))
        out.parent.mkdir(parents=True, exist_ok=True)
        _moved(Path(folder), written.files, out)
    return Converted(name, target, (out,), (*findings, *written.findings))


def _moved(folder: Path, files: Sequence[Path], out: Path) -> None:
    """Make one file of what was written: the only one there is, or a zip of all."""
    if out.suffix.casefold() == ".zip":
        from rembi_widgets.formats import write_zip

        write_zip(out, {str(path.relative_to(folder).as_posix()): path.read_bytes() for path in files})
    elif len(files) == 1:
        shutil.move(files[0], out)
    else:
        raise RembiError("app.several_files", path=str(out), n=len(files))
