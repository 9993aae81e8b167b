"""Reading a folder's headers while people work: progress, cancel, and the draft as one change at the end."""

from __future__ import annotations

import threading
import time
from typing import TYPE_CHECKING, Any

from rembi_widgets.errors import RembiError
from rembi_widgets.widgets._set_notes import remember

if TYPE_CHECKING:
    from rembi_widgets.images import Scanner
    from rembi_widgets.widgets._session import Session

TICK_S = 0.2


def start(session: Session) -> None:
    """Begin to read the headers of the open dataset, unless that is under way."""
    from rembi_widgets.images import Scanner

    opened = session.curation
    if opened.folder is None or session.extra.get("scanner") is not None:
        return
    scanner = Scanner(opened.folder)
    session.extra["scanner"] = scanner
    scanner.start()
    thread = threading.Thread(target=_follow, args=(session, scanner), name="rembi-scan", daemon=True)
    session.extra["scan_thread"] = thread
    thread.start()


def cancel(session: Session) -> None:
    """Stop reading; what was read so far is proposed."""
    scanner = session.extra.get("scanner")
    if scanner is not None:
        scanner.cancel()


def _follow(session: Session, scanner: Scanner) -> None:
    try:
        while not scanner.done:
            scanner.events()
            _tell(session, "running", scanner)
            time.sleep(TICK_S)
        opened = session.curation
        if opened.folder is not None and scanner.folder == opened.folder:
            found = scanner.result()
            opened.propose(found)
            remember(session, found)
        _tell(session, "done", scanner)
    except (RembiError, OSError, ValueError) as fault:
        said = fault.say(session.lang) if isinstance(fault, RembiError) else str(fault)
        session.broadcast({"kind": "scan", "state": "failed", "message": said})
    finally:
        session.extra["scanner"] = None
        session.extra.pop("progress", None)


def _tell(session: Session, state: str, scanner: Scanner) -> None:
    said: dict[str, Any] = {"state": state, "done": scanner.read, "of": scanner.total}
    if session.extra.get("progress") != said:
        session.extra["progress"] = said
        session.broadcast({"kind": "scan", **said})
