"""A file with the bytes given, read: what most tests of this folder begin with."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from rembi_widgets.images import ImageRecord, read_image

Read = Callable[..., ImageRecord]


@pytest.fixture
def written(tmp_path: Path) -> Callable[[bytes], Path]:
    """Give how bytes become a file."""

    def write(data: bytes, name: str = "file.bin") -> Path:
        path = tmp_path / name
        path.write_bytes(data)
        return path

    return write


@pytest.fixture
def read(written: Callable[..., Path]) -> Read:
    """Give how bytes become the only record of their file."""

    def reading(data: bytes, name: str = "file.bin", *, personal: bool = False) -> ImageRecord:
        (record,) = read_image(written(data, name), personal=personal)
        return record

    return reading
