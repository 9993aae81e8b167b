"""The one place that writes to the terminal: answers to standard output, progress to standard error."""

from __future__ import annotations

import json
import sys
from typing import Any, TextIO


def answer(line: str = "") -> None:
    """Write a line of the answer."""
    _write(sys.stdout, line + "\n")


def answer_json(data: Any) -> None:
    """Write the one JSON document that ``--json`` promises."""
    _write(sys.stdout, json.dumps(data, ensure_ascii=False, indent=1, default=str) + "\n")


def progress(line: str) -> None:
    """Tell how far the work is; on a terminal the line replaces the one before."""
    end = "\r" if sys.stderr.isatty() else "\n"
    _write(sys.stderr, f"{line}\x1b[K{end}" if end == "\r" else line + end)


def problem(line: str) -> None:
    """Tell why something could not be done."""
    _write(sys.stderr, line + "\n")


def _write(stream: TextIO, text: str) -> None:
    """Write text; what the terminal's encoding lacks (paths are byte-exact) stands as an escape."""
    encoding = stream.encoding or "utf-8"
    stream.write(text.encode(encoding, "backslashreplace").decode(encoding))
    stream.flush()
