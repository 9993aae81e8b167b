"""README.txt: how much there is to send, which road to take, and the steps. In English: it goes to the archive."""

from __future__ import annotations

from typing import TYPE_CHECKING

from rembi_widgets.locale import text

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from rembi_widgets.formats.pagetab._lists import Lists

GB, TB = 10**9, 10**12
WEB_ALL, WEB_ONE, FTP_ALL = 50 * GB, 20 * GB, TB
"""Bytes that the web form takes in all and in one file, and FTP in all (the archive's own figures)."""
UNITS = ((TB, "TB"), (GB, "GB"), (10**6, "MB"), (10**3, "kB"))
STEPS = ("account", "upload", "lists", "submit", "check", "wait")


def amount(size: float) -> str:
    """Give a number of bytes as people read it.

    >>> amount(1_234_000_000), amount(12)
    ('1.2 GB', '12 bytes')
    """
    for unit, name in UNITS:
        if size >= unit:
            return f"{size / unit:.1f} {name}"
    return f"{size:.0f} bytes"


def road(total: float, largest: float) -> str:
    """Give the key of the road that takes so many bytes: ``web``, ``ftp`` or ``aspera``."""
    if total < WEB_ALL and largest < WEB_ONE:
        return "web"
    return "ftp" if total <= FTP_ALL else "aspera"


def lines(lists: Lists, names: Mapping[str, str]) -> Iterator[str]:
    """Give the lines of the file; ``names`` are those of the file lists by the id of what they belong to."""
    files = sorted({file for held in lists.of.values() for file in held})
    column = lists.record.files.column("size_bytes")
    known = [float(column[file]) for file in files if type(column[file]) in {int, float}]
    total, largest = sum(known), max(known, default=0.0)

    def say(key: str, **values: object) -> str:
        return text(f"pagetab.readme.{key}", "en", **values) + "\n"

    yield say("title")
    yield "\n"
    yield say("files", n=f"{len(files):,}")
    yield say("bytes", total=amount(total), largest=amount(largest))
    if len(known) < len(files):
        yield say("unknown", n=f"{len(files) - len(known):,}")
    yield say(f"road.{road(total, largest)}")
    yield "\n"
    for number, step in enumerate(STEPS, 1):
        yield f"{number}. {say(f'step.{step}')}"
    yield "\n"
    yield say("lists")
    for identity, name in names.items():
        yield f"   {name}: {len(lists.of[identity]):,}\n"
