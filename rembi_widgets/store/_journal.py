"""Journals: one file a writer, one line a change, and large values beside them.

A line is the JSON of a :class:`~rembi_widgets.record.Change`. Lists of more than ``LARGE`` items in it (row ids,
columns), and mappings that look like what follows, stand as ``{"$values": "<sha256>"}`` and lie in
``values/<sha256>.json``, named by their content: the row ids of a scan are stored once, however many columns it fills.

A line counts once it ends in a newline. A last line without one was being written when the process or the
machine died; its change had not returned to anybody. It is passed over and reported.
"""

from __future__ import annotations

import hashlib
import json
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from pydantic import ValidationError

from rembi_widgets.record import Change, Finding
from rembi_widgets.store._disk import append, make_folder, replace

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

    from rembi_widgets.store._home import Home

LARGE = 64
REFERENCE = "$values"


def to_json(data: Any) -> bytes:
    """Give compact JSON as UTF-8; lone surrogates of byte-exact paths stay as escapes."""
    text = json.dumps(data, ensure_ascii=False, separators=(",", ":"))
    try:
        return text.encode()
    except UnicodeEncodeError:
        return json.dumps(data, separators=(",", ":")).encode()


def encode(change: Change, keep: Callable[[bytes], str]) -> bytes:
    """Give the journal line of a change; ``keep`` stores a large value and gives its name."""
    kept: dict[int, str] = {}

    def smaller(node: Any) -> Any:
        if isinstance(node, dict) and node.keys() != {REFERENCE}:
            return {key: smaller(item) for key, item in node.items()}
        if isinstance(node, dict) or (isinstance(node, list | tuple) and len(node) > LARGE):
            if id(node) not in kept:
                kept[id(node)] = keep(to_json(node))
            return {REFERENCE: kept[id(node)]}
        return [smaller(item) for item in node] if isinstance(node, list | tuple) else node

    plain = change.model_dump(mode="json", exclude={"edits"}, exclude_defaults=True)
    plain["edits"] = [{key: smaller(value) for key, value in _said(edit)} for edit in change.edits]
    return to_json(plain) + b"\n"


def _said(edit: Any) -> Iterator[tuple[str, Any]]:
    for key, value in edit:  # in the order of the fields: the same change is the same line in every process
        if key in edit.model_fields_set:
            yield key, value.plain() if hasattr(value, "plain") else value


def decode(line: bytes, fetch: Callable[[str], Any]) -> Change:
    """Read a journal line; ``fetch`` gives a large value by its name.

    Raises
    ------
    ValueError
        If the line is no change.
    OSError
        If a large value is missing.
    """

    def whole(node: Any) -> Any:
        if isinstance(node, dict):
            if node.keys() == {REFERENCE}:
                return fetch(str(node[REFERENCE]))
            return {key: whole(item) for key, item in node.items()}
        return [whole(item) for item in node] if isinstance(node, list) else node

    return Change.model_validate(whole(json.loads(line)))


@dataclass
class Journals:
    """All journals of a curation's ``.rembi`` folder, and the one this writer appends to.

    Attributes
    ----------
    folder
        The ``.rembi`` folder; made at the first change.
    writer
        Names the own journal.
    also
        Other ``.rembi`` folders whose journals belong to the same curation; they are only read.
    reports
        What could not be read, as findings.
    """

    folder: Path
    writer: str
    also: tuple[Path, ...] = ()
    reports: list[Finding] = field(default_factory=list)
    _read: dict[str, int] = field(default_factory=dict)
    _values: dict[str, Any] = field(default_factory=dict)

    def move(self, home: Home) -> None:
        """Go on writing at another home; what was read stays read."""
        self.folder = home.folder / ".rembi"
        self.also = (home.dataset / ".rembi",) if home.is_elsewhere else ()

    def _files(self) -> list[Path]:
        return [path for folder in (self.folder, *self.also) for path in sorted((folder / "journal").glob("*.ndjson"))]

    @property
    def _journal(self) -> Path:
        return self.folder / "journal" / f"{self.writer}.ndjson"

    def write(self, change: Change) -> None:
        """Append a change to the own journal; it is on the disk when this returns.

        Raises
        ------
        DiskError
            If the disk refuses; the journal is then as it was.
        """
        make_folder(self._journal.parent)
        line = encode(change, self.keep)
        append(self._journal, line)
        name = str(self._journal)
        self._read[name] = self._read.get(name, 0) + len(line)

    def keep(self, data: bytes) -> str:
        """Store a large value, named by its content."""
        name = hashlib.sha256(data).hexdigest()
        path = self.folder / "values" / f"{name}.json"
        if not path.exists():
            make_folder(path.parent)
            replace(path, data)
        return name

    def _fetch(self, name: str) -> Any:
        if not (len(name) == 64 and name.isalnum()):  # noqa: PLR2004 - a sha256 in hexadecimal
            raise ValueError(name)
        if name not in self._values:
            places = [folder / "values" / f"{name}.json" for folder in (self.folder, *self.also)]
            place = next((place for place in places if place.is_file()), places[0])
            self._values[name] = json.loads(place.read_bytes())
        return self._values[name]

    def news(self) -> list[Change]:
        """Read what was appended to any journal since last time."""
        found = [change for path in self._files() for change in self._news_of(path)]
        self._values.clear()
        return found

    def _news_of(self, path: Path) -> Iterator[Change]:
        start = self._read.get(str(path), 0)
        if path.stat().st_size <= start:
            return
        with path.open("rb") as handle:
            handle.seek(start)
            data = handle.read()
        end = data.rfind(b"\n") + 1
        self._read[str(path)] = start + end
        for line in data[:end].splitlines():
            change = self._change(line, path) if line.strip() else None
            if change is not None:
                yield change

    def _change(self, line: bytes, path: Path) -> Change | None:
        try:
            return decode(line, self._fetch)
        except (ValueError, ValidationError, OSError, RecursionError) as fault:
            self._report("journal_line", path, {"reason": (str(fault).splitlines() or ["?"])[0][:120]})
            return None

    def report_torn(self) -> None:
        """Report journals that end in a half line: a change that was being written when its writer died."""
        for path in self._files():
            left = path.stat().st_size - self._read.get(str(path), 0)
            if left:
                self._report("journal_torn", path, {"bytes": left})

    def _report(self, code: str, path: Path, values: dict[str, Any]) -> None:
        said = {"journal": path.name, **values}
        self.reports.append(Finding(level="info", code=code, path="/study", values=said))
