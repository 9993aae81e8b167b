"""The one place that writes to the terminal: answers to standard output, progress to standard error."""

from __future__ import annotations

import json
import sys
from typing import Any, TextIO

_ALONE = (*range(32), *range(127, 160), *range(0x202A, 0x202F), *range(0x2066, 0x206A))
"""Letters that command a terminal, and those that turn the direction of what follows: names of files may hold them."""
_LINE = {code: f"\\x{code:02x}" if code < 256 else f"\\u{code:04x}" for code in _ALONE if chr(code) != "\t"}  # noqa: PLR2004
_DOCUMENT = {code: f"\\u{code:04x}" for code in _ALONE if chr(code) != "\n"}


def answer(line: str = "") -> None:
    """Write a line of the answer."""
    _write(sys.stdout, line.translate(_LINE) + "\n")


def answer_json(data: Any) -> None:
    """Write the one JSON document that ``--json`` promises."""
    said = json.dumps(data, ensure_ascii=False, indent=1, default=str).translate(_DOCUMENT)
    try:
        said.encode(sys.stdout.encoding or "utf-8")
    except UnicodeEncodeError:
        said = json.dumps(data, indent=1, default=str).translate(_DOCUMENT)
    _write(sys.stdout, said + "\n")


def progress(line: str) -> None:
    """Tell how far the work is; on a terminal the line replaces the one before."""
    line, end = line.translate(_LINE), "\r" if sys.stderr.isatty() else "\n"
    _write(sys.stderr, f"{line}\x1b[K{end}" if end == "\r" else line + end)


def problem(line: str) -> None:
    """Tell why something could not be done."""
    _write(sys.stderr, line.translate(_LINE) + "\n")


def _write(stream: TextIO, text: str) -> None:
    """Write text; what the terminal's encoding lacks (paths are byte-exact) stands as an escape."""
    encoding = stream.encoding or "utf-8"
    stream.write(text.encode(encoding, "backslashreplace").decode(encoding))
    stream.flush()
