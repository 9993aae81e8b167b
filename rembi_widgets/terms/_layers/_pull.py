"""JSON pulled from a stream one value at a time, so that a file of a gigabyte costs the memory of its largest value."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any, BinaryIO, Protocol

from rembi_widgets.errors import RembiError

if TYPE_CHECKING:
    from collections.abc import Iterator

CHUNK = 1 << 18
LARGEST = 1 << 26
"""Letters of one value; what is larger is no term."""

_SPACE = " \t\r\n"


class Bytes(Protocol):
    """What bytes are read from."""

    def read(self, size: int = ..., /) -> bytes:
        """Give the next bytes, so many at most; none at the end."""
        ...


class JsonPull:
    """A JSON document, read from its beginning to its end and never held whole.

    Parameters
    ----------
    file
        Opened for reading bytes; UTF-8.
    """

    def __init__(self, file: BinaryIO | Bytes) -> None:
        import codecs

        self._file = file
        self._decoder = codecs.getincrementaldecoder("utf-8-sig")()
        self._json = json.JSONDecoder()
        self._text = ""
        self._at = 0
        self._ended = False

    def items(self) -> Iterator[str]:
        """Give the keys of the object that begins here; after each, its value must be taken."""
        self._expect("{")
        if self._passed("}"):
            return
        while True:
            key = self.value()
            self._expect(":")
            yield str(key)
            if self._passed("}"):
                return
            self._expect(",")

    def elements(self) -> Iterator[None]:
        """Step through the array that begins here; after each step, its value must be taken."""
        self._expect("[")
        if self._passed("]"):
            return
        while True:
            yield None
            if self._passed("]"):
                return
            self._expect(",")

    def value(self) -> Any:
        """Take the value that begins here, whole."""
        self.peek()
        want = 64
        while True:
            try:
                found, end = self._json.raw_decode(self._text, self._at)
            except json.JSONDecodeError:
                if self._ended or len(self._text) - self._at > LARGEST:
                    raise broken() from None
                self._fill(want := want * 2)
                continue
            except RecursionError:
                raise broken() from None
            if end == len(self._text) and not self._ended:
                self._fill(want := want * 2)  # a number may go on
                continue
            self._at = end
            return found

    def skip(self) -> None:
        """Pass by the value that begins here; an array is passed element by element."""
        if self.peek() == "[":
            for _ in self.elements():
                self.value()
        else:
            self.value()

    def peek(self) -> str:
        """Give the sign that comes next, after spaces; empty at the end."""
        while True:
            while self._at < len(self._text) and self._text[self._at] in _SPACE:
                self._at += 1
            if self._at < len(self._text) or self._ended:
                return self._text[self._at : self._at + 1]
            self._fill(0)

    def _passed(self, sign: str) -> bool:
        if self.peek() != sign:
            return False
        self._at += 1
        return True

    def _expect(self, sign: str) -> None:
        if not self._passed(sign):
            raise broken()

    def _fill(self, least: int) -> None:
        parts = [self._text[self._at :]]
        have = 0
        while have <= least and not self._ended:
            raw = self._file.read(CHUNK)
            self._ended = not raw
            try:
                parts.append(self._decoder.decode(raw, final=self._ended))
            except UnicodeDecodeError:
                raise broken() from None
            have += len(parts[-1])
        self._text, self._at = "".join(parts), 0


def broken() -> RembiError:
    """Give the error of a document that is not what it should be, or ends too early."""
    return RembiError("vocabulary.broken")
