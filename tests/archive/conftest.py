"""A session over an empty dataset below a root, and a study that somebody else published, as files of many kinds."""

from __future__ import annotations

import io
import zipfile
from pathlib import Path
from typing import Any

import pytest

from rembi_widgets.formats import pagetab, rembiyaml, rocrate
from rembi_widgets.store import open_curation
from rembi_widgets.widgets._handlers import HANDLERS
from rembi_widgets.widgets._session import Session
from tests.formats.builder import full_record


@pytest.fixture
def root(tmp_path: Path) -> Path:
    place = tmp_path / "root"
    (place / "mine").mkdir(parents=True)
    return place


@pytest.fixture
def session(root: Path) -> Any:
    made = Session(open_curation(root / "mine"), lang="en")
    made.extra["root"] = root
    yield made
    made.close()


@pytest.fixture
def ask(session: Session) -> Any:
    """Ask as a view does."""

    def asked(kind: str, *buffers: bytes, **content: Any) -> Any:
        return HANDLERS[kind](session, {"kind": kind, **content}, list(buffers))

    return asked


@pytest.fixture(scope="session")
def published(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Give a folder with one study as PageTab, REMBI YAML and RO-Crate, a folder each."""
    home = tmp_path_factory.mktemp("published")
    record = full_record()
    pagetab.write(record, home / "bia")
    rembiyaml.write(record, home / "rembi-yaml")
    rocrate.write(record, home / "rocrate")
    return home


def zipped(folder: Path, inside: str = "") -> bytes:
    """Give a folder as a zip, its files below another folder if one is named."""
    held = io.BytesIO()
    with zipfile.ZipFile(held, "w") as archive:
        for path in sorted(path for path in folder.rglob("*") if path.is_file()):
            archive.write(path, f"{inside}{path.relative_to(folder).as_posix()}")
    return held.getvalue()


def archive_of(**files: bytes) -> bytes:
    """Give a zip of these files."""
    held = io.BytesIO()
    with zipfile.ZipFile(held, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in files.items():
            archive.writestr(name, data)
    return held.getvalue()
