"""Where microscope files are looked for: beside the images, where the facility put them, in the user's own folder.

``REMBI_MICROSCOPES`` names a folder or an address, or several with ``;`` between. An address leads to one microscope
file, or to a list of them: ``{"microscopes": ["confocal.json", "spinning-disk.yaml"]}``, names relative to the list and
on the same host.
"""

from __future__ import annotations

import json
import os
from pathlib import Path
from typing import TYPE_CHECKING, Any
from urllib.parse import unquote, urljoin, urlsplit

from rembi_widgets.images._passport import Microscopes, PassportError
from rembi_widgets.images._passport_read import read_passport_file, read_passports
from rembi_widgets.images._passport_web import fetch, is_address

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from rembi_widgets.images._passport import Passport

SETTING = "REMBI_MICROSCOPES"
FOLDER = "microscopes"
ENDINGS = (".json", ".yaml", ".yml")
MOST = 500
"""Files of one folder or list."""
ABOVE = 4
"""Folders above the dataset that are looked into."""


def microscopes(
    where: str | Path | None = None,
    *,
    dataset: str | Path | None = None,
    root: str | Path | None = None,
    lang: str | None = None,
) -> Microscopes:
    """Give the microscopes of a folder or an address, or of all the places where they are looked for.

    Parameters
    ----------
    where
        A folder, a file or an address. Without it: a folder ``microscopes`` in the dataset or above it, what
        ``REMBI_MICROSCOPES`` names, and the user's own folder.
    dataset
        The folder of images.
    root
        Folder above which nothing is looked at.
    lang
        Language of the sentences about files that could not be read.

    Raises
    ------
    PassportError
        If ``where`` names neither a folder nor a file nor an address that answers.
    """
    found: list[Passport] = []
    unreadable: list[dict[str, str]] = []
    given = [str(where)] if where is not None else list(_places(dataset, root))
    for place in dict.fromkeys(given):
        try:
            opened = _files(place)
        except PassportError as fault:
            if where is not None:
                raise
            unreadable.append({"path": place, "message": fault.say(lang)})
            continue
        for name, passports, why in opened:
            found += passports
            if why is not None:
                unreadable.append({"path": name, "message": why.say(lang)})
    return Microscopes(tuple(found), tuple(unreadable))


def user_folder() -> Path:
    """Give the user's own folder of microscopes."""
    import platformdirs

    return Path(platformdirs.user_config_dir("rembi_widgets", appauthor=False)) / FOLDER


def _places(dataset: str | Path | None, root: str | Path | None) -> Iterator[str]:
    if dataset is not None:
        for folder in _above(Path(dataset).resolve(), None if root is None else Path(root).resolve()):
            yield str(folder / FOLDER)
    yield from (place.strip() for place in os.environ.get(SETTING, "").split(";") if place.strip())
    if user_folder().is_dir():
        yield str(user_folder())


def _above(dataset: Path, root: Path | None) -> Iterator[Path]:
    for folder in (dataset, *dataset.parents[:ABOVE]):
        outside = root is not None and folder != dataset and not folder.is_relative_to(root)
        if not outside and (folder / FOLDER).is_dir():
            yield folder


_One = tuple[str, tuple["Passport", ...], "PassportError | None"]


def _files(place: str) -> Iterable[_One]:
    if is_address(place):
        return list(_web(place))
    path = Path(place).expanduser()
    if path.is_dir():
        return [_tried(file.name, lambda file=file: read_passport_file(file)) for file in _listed(path)]
    if not path.is_file():
        raise PassportError("microscopes.no_folder", path=place)
    return [(path.name, read_passport_file(path), None)]


def _listed(folder: Path) -> list[Path]:
    """Give the files of a folder that may be microscopes; a link that leads out of it is none of them."""
    inside = folder.resolve()
    try:
        files = sorted(file for file in folder.iterdir() if file.suffix.casefold() in ENDINGS)[:MOST]
    except OSError as fault:
        raise PassportError("microscopes.cannot_open", name=str(folder), reason=fault.strerror or "") from fault
    return [file for file in files if file.is_file() and file.resolve().is_relative_to(inside)]


def _tried(name: str, read: Any) -> _One:
    try:
        return name, read(), None
    except PassportError as fault:
        return name, (), fault


def _web(url: str) -> Iterator[_One]:
    data = fetch(url)
    listed = _list(data)
    if listed is None:
        yield _name(url), read_passports(data, _name(url), url), None
        return
    for one in listed[:MOST]:
        led = urljoin(url, one)
        yield _tried(_name(led), lambda led=led: _of_list(led, url))


def _of_list(led: str, url: str) -> tuple[Passport, ...]:
    if urlsplit(led)[:2] != urlsplit(url)[:2]:
        raise PassportError("microscopes.elsewhere", url=led[:200])
    return read_passports(fetch(led), _name(led), led)


def _name(url: str) -> str:
    return unquote(urlsplit(url).path.rpartition("/")[2]) or url


def _list(data: bytes) -> list[str] | None:
    """Give the names of a list of microscope files; ``None`` if it is none."""
    try:
        document = json.loads(data)
    except (ValueError, RecursionError):
        return None
    named = document.get("microscopes") if isinstance(document, dict) else None
    return [name for name in named if isinstance(name, str)] if isinstance(named, list) else None
