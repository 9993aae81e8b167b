"""Bringing packs in: fetched from their publisher with the person's consent, or imported from a file."""

from __future__ import annotations

import json
import re
import shutil
import tempfile
import zipfile
from contextlib import contextmanager
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING, BinaryIO

from rembi_widgets.errors import RembiError
from rembi_widgets.terms import _http
from rembi_widgets.terms._layers import _packs
from rembi_widgets.terms._layers._clean import Faults
from rembi_widgets.terms._layers._obo import obo_version
from rembi_widgets.terms._layers._obographs import obographs_version
from rembi_widgets.terms._layers._packs import Record, known, packs_folder
from rembi_widgets.terms._layers._tables import is_table

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

    from rembi_widgets.terms._layers._packs import Known

MOST_BYTES = 500_000_000
"""Of a file that is imported, and of one in a zip when unpacked."""
MOST_PACKS = 50
HOSTS = frozenset(
    {
        "purl.obolibrary.org",
        "raw.githubusercontent.com",
        "github.com",
        "objects.githubusercontent.com",
        "release-assets.githubusercontent.com",
        "edamontology.org",
    }
)
"""Where the publishers' addresses may lead."""
LISTING = "packs.json"


def fetch(name: str, *, consent: bool, progress: Callable[[str, int], None] | None = None) -> Record:
    """Fetch a pack from its publisher, or learn that the one that is there is still the newest.

    Parameters
    ----------
    consent
        Whether the person has said that this may go over the network; nothing is asked of anybody without it.
    progress
        Is told the pack's name and the bytes that have come so far.

    Raises
    ------
    RembiError
        If there is no such pack, no consent, no answer, or what came is not the pack; one that was there stays.
    """
    about = known().get(name)
    if about is None:
        raise RembiError("vocabulary.unknown_pack", name=name, names=", ".join(known()))
    if not consent:
        raise RembiError("vocabulary.no_consent", name=name, url=about.url)
    before = next((record for record in _packs.records() if record.name == name), None)
    with _room() as room:
        path = room / "fetched"
        reply = _download(name, about, path, before, progress)
        if before is not None and reply.status == 304:  # noqa: PLR2004 - not modified
            checked = replace(before, date=_now())
            _packs.write_record(checked)
            return checked
        if reply.status != 200:  # noqa: PLR2004 - OK
            raise RembiError("vocabulary.refused", host=_http.host_of(about.url), status=reply.status)
        if about.sha256 and _packs.digest_of(path) != about.sha256:
            raise RembiError("vocabulary.other_file", name=name, url=about.url)
        said = {"etag": reply.headers.get("etag", "")[:200], "modified": reply.headers.get("last-modified", "")[:100]}
        return _shelved(path, name, about.url, said)


def import_file(path: Path, *, name: str | None = None) -> tuple[Record, ...]:
    """Take packs from a file: an ontology (``.obo``, OBO Graphs ``.json``, ``.tsv``), or a zip of packs.

    Parameters
    ----------
    path
        The file.
    name
        What the pack is to be called; default: the name of the file, without its date and ending.

    Raises
    ------
    RembiError
        If the file holds no ontology that can be read, or is too large; packs that were there stay.
    """
    if not path.is_file():
        raise RembiError("vocabulary.no_file", path=str(path))
    if zipfile.is_zipfile(path):
        return _unpacked(path)
    if path.stat().st_size > MOST_BYTES:
        raise RembiError("vocabulary.file_too_large", path=path.name, most=MOST_BYTES)
    called = name or _called(path)
    if not _packs.NAME.fullmatch(called):
        raise RembiError("vocabulary.bad_name", name=called)
    with _room() as room:
        copy = room / "imported"
        shutil.copyfile(path, copy)
        return (_shelved(copy, called, path.name, {}),)


def pack_up(names: Sequence[str], out: Path) -> tuple[Record, ...]:
    """Write packs into one zip, for a room without network; no names means all that are there.

    Raises
    ------
    RembiError
        If one of them is not there.
    """
    held = {record.name: record for record in _packs.records()}
    lacking = [name for name in names if name not in held]
    if lacking or not held:
        raise RembiError("vocabulary.no_pack", name=", ".join(lacking) or "-", names=", ".join(held) or "-")
    chosen = tuple(held[name] for name in (names or held))
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr(LISTING, json.dumps([record.to_json() for record in chosen], ensure_ascii=False, indent=1))
        for record in chosen:
            archive.write(packs_folder() / record.file, record.file)
    return chosen


@contextmanager
def _room() -> Iterator[Path]:
    """Give a folder beside the packs, so that what is made there can be moved whole."""
    folder = packs_folder()
    try:
        folder.mkdir(parents=True, exist_ok=True)
        made = tempfile.TemporaryDirectory(dir=folder, prefix=".new-", ignore_cleanup_errors=True)
    except OSError as fault:
        raise RembiError("vocabulary.no_folder", path=str(folder), reason=fault.strerror or str(fault)) from None
    with made as name:
        yield Path(name)


def _download(
    name: str, about: Known, path: Path, before: Record | None, progress: Callable[[str, int], None] | None
) -> _http.Reply:
    limits = _http.Limits(connect=10, read=20, whole=300, most_bytes=about.most_bytes, redirects=5, hosts=HOSTS)
    asked = {"If-None-Match": before.etag, "If-Modified-Since": before.modified} if before else {}
    come = 0
    with path.open("wb") as file:

        def write(piece: bytes) -> None:
            nonlocal come
            come += file.write(piece)
            if progress is not None:
                progress(name, come)

        return _http.get(
            about.url, limits=limits, headers={key: value for key, value in asked.items() if value}, write=write
        )


def _shelved(path: Path, name: str, source: str, said: dict[str, str]) -> Record:
    """Look through a file, and put it on the shelf if it is an ontology."""
    kind, faults, about = _kind(path, source), Faults(), known().get(name)
    with path.open("rb") as file:
        terms = sum(1 for _ in _packs.own_terms(name, kind, file, faults))
    if terms < (about.least if about else 1):
        raise RembiError("vocabulary.too_few", name=name, terms=terms, least=about.least if about else 1)
    digest = _packs.digest_of(path)
    record = Record(
        name=name,
        file=f"{name}-{digest[:12]}.{kind}",
        bytes=path.stat().st_size,
        sha256=digest,
        terms=terms,
        date=_now(),
        version=_version(path, kind),
        licence=about.licence if about else "",
        source=source,
        faults=faults.count,
        **said,
    )
    return _packs.shelve(path, record)


def _kind(path: Path, source: str) -> str:
    """Tell what a file is by how it begins; its name may say anything."""
    with path.open("rb") as file:
        start = file.read(4096).removeprefix(b"\xef\xbb\xbf").lstrip()
        file.seek(0)
        if start.startswith(b"{"):
            return "json"
        if re.search(rb"(?m)^(format-version: |\[Term\]\s*$)", start):
            return "obo"
        if is_table(file):
            return "tsv"
    raise RembiError("vocabulary.not_ontology", path=source, found=start[:40].decode("utf-8", "replace"))


def _version(path: Path, kind: str) -> str:
    with path.open("rb") as file:
        return {"obo": obo_version, "json": obographs_version}.get(kind, _no_version)(file)


def _no_version(_file: BinaryIO) -> str:
    return ""


def _called(path: Path) -> str:
    stem = re.sub(r"[^a-z0-9]+", "_", path.name.partition(".")[0].casefold()).strip("_")
    undated = re.sub(r"(_?\d{4}_\d{2}_\d{2}|_basic|_base|_alpha\d*)$", "", stem)[:40].rstrip("_")
    return next((name for name in known() if name == undated), undated) or "pack"


def _now() -> str:
    return datetime.now(UTC).isoformat(timespec="seconds")


def _unpacked(path: Path) -> tuple[Record, ...]:
    try:
        with zipfile.ZipFile(path) as archive, _room() as room:
            checked = [(record, _taken(archive, record, room)) for record in _listed(archive, path)]
            return tuple(_packs.shelve(made, record) for record, made in checked)
    except (zipfile.BadZipFile, OSError, NotImplementedError, EOFError, ValueError, RuntimeError) as fault:
        raise RembiError("vocabulary.bad_zip", path=path.name, reason=str(fault)[:200]) from None


def _listed(archive: zipfile.ZipFile, path: Path) -> list[Record]:
    """Give the records of a zip; all must be good, or nothing is taken."""
    held = archive.namelist()
    if LISTING not in held or archive.getinfo(LISTING).file_size > 1 << 20:
        raise RembiError("vocabulary.no_listing", path=path.name, file=LISTING)
    said = json.loads(archive.read(LISTING))
    found = [_packs.record_of(one) if isinstance(one, dict) else None for one in said] if isinstance(said, list) else []
    good = [record for record in found if record is not None and record.file in held]
    if not good or len(good) < len(found) or len(good) > MOST_PACKS:
        raise RembiError("vocabulary.no_listing", path=path.name, file=LISTING)
    return good


def _taken(archive: zipfile.ZipFile, record: Record, room: Path) -> Path:
    """Unpack one file and compare it with its record."""
    made = room / record.name
    left = min(record.bytes, MOST_BYTES) + 1
    with archive.open(record.file) as packed, made.open("wb") as file:
        while left > 0 and (piece := packed.read(min(left, 1 << 20))):
            left -= file.write(piece)
    if made.stat().st_size != record.bytes or _packs.digest_of(made) != record.sha256:
        raise RembiError("vocabulary.other_file", name=record.name, url=record.file)
    faults = Faults()
    with made.open("rb") as file:
        next(_packs.own_terms(record.name, Path(record.file).suffix[1:], file, faults), None)
    return made
