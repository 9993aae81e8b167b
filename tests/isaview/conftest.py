"""A session over a curation of the full record, asked as a view asks it."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from rembi_widgets.formats import proposal
from rembi_widgets.store import open_curation
from rembi_widgets.widgets._handlers import HANDLERS
from rembi_widgets.widgets._session import Session
from tests.formats.builder import full_record

Ask = Callable[..., Any]


@pytest.fixture
def root(tmp_path: Path) -> Path:
    """The folder above which nothing is read."""
    place = tmp_path / "root"
    (place / "set").mkdir(parents=True)
    return place


@pytest.fixture
def session(root: Path) -> Iterator[Session]:
    curation = open_curation(root / "set")
    curation.propose(proposal(full_record(), curation.record), origin="import")
    held = Session(curation, lang="en")
    held.extra["root"] = str(root)
    yield held
    held.close()


@pytest.fixture
def ask(session: Session) -> Ask:
    """Give what asks the session: ``ask(kind, data, name=value)``."""

    def asked(kind: str, *data: bytes, **message: Any) -> Any:
        answer = HANDLERS[kind](session, {"kind": kind, **message}, list(data))
        return answer[0] if isinstance(answer, tuple) else answer

    return asked
