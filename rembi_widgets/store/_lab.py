"""Where a lab keeps the list of its people: a file named by ``REMBI_LAB``, beside or above the dataset, or the user's.

Only files called ``people`` with a known ending are looked at; they are read, never written.
"""

from __future__ import annotations

import os
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from rembi_widgets.errors import RembiError
from rembi_widgets.formats.people import ENDINGS, read_people

if TYPE_CHECKING:
    from collections.abc import Iterator

    from rembi_widgets.formats.people import LabPerson

NAME = "people"
ABOVE = 4
"""Folders above the dataset that are looked at."""


@dataclass(frozen=True)
class LabList:
    """The lab's people, each with the file that names them, and the files that could not be read.

    Attributes
    ----------
    people
        Each person with the name of their file.
    unreadable
        What is wrong with the others, as sentences of the catalogue.
    """

    people: tuple[tuple[LabPerson, str], ...] = ()
    unreadable: tuple[RembiError, ...] = ()


def config_folder() -> Path:
    """Give the user's folder for settings."""
    import platformdirs

    return Path(platformdirs.user_config_dir("rembi_widgets", appauthor=False))


def lab_files(dataset: Path | None = None, root: Path | None = None) -> tuple[Path, ...]:
    """Give the files with the lab's people that there are, the nearest first.

    Parameters
    ----------
    dataset
        The dataset; it and the folders above it are looked at.
    root
        The folder above which nothing is looked at, where a server shows no more than that.
    """
    return tuple(dict.fromkeys(path for folder in _places(dataset, root) for path in _in(folder)))


def _places(dataset: Path | None, root: Path | None) -> Iterator[Path]:
    named = os.environ.get("REMBI_LAB")
    if named:
        yield Path(named).expanduser()
    if dataset is not None:
        above = (dataset, *dataset.parents[:ABOVE])
        yield from (folder for folder in above if root is None or folder.is_relative_to(root))
    yield config_folder()


def _in(place: Path) -> Iterator[Path]:
    try:
        if place.is_file():
            yield place
            return
        yield from (path for ending in ENDINGS if (path := place / f"{NAME}.{ending}").is_file())
    except OSError:  # a folder that may not be looked into holds no list for us
        return


def lab_people(dataset: Path | None = None, root: Path | None = None) -> LabList:
    """Read the lab's people; a person named by several files is taken from the nearest."""
    found: dict[str, tuple[LabPerson, str]] = {}
    faults: list[RembiError] = []
    for path in lab_files(dataset, root):
        try:
            people = read_people(path.name, path.read_bytes())
        except RembiError as fault:
            faults.append(fault)
            continue
        except OSError as fault:
            faults.append(RembiError("sections.lab_broken", file=path.name, reason=fault.strerror or str(fault)))
            continue
        for person in people:
            if not any(key in found for key in person.keys[:-1] or person.keys):
                found.update(dict.fromkeys(person.keys, (person, path.name)))
    return LabList(tuple(dict.fromkeys(found.values())), tuple(faults))
