"""Bringing a file into the curation that is open: looked at first, then taken as one change that one undo takes back.

A workbook that was made here comes back cell by cell, as somebody changed it. Any other format that we read comes as
unconfirmed values, which replace nothing that a person said.
"""

from __future__ import annotations

import secrets
from collections import Counter
from typing import TYPE_CHECKING, Any, NamedTuple

from rembi_widgets.errors import RembiError
from rembi_widgets.widgets._sources import located, read_source, told

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from rembi_widgets.record import Edit, Finding, Origin
    from rembi_widgets.widgets._session import Answer, Session

CELLS, SAID = 200, 60
"""Changed cells and findings told at most; the counts tell when there are more."""


class Brought(NamedTuple):
    """What was looked at and may be taken: the edits, and who they come from; ``None`` for a proposal."""

    edits: Sequence[Edit]
    origin: Origin | None


def bring_look(session: Session, message: Mapping[str, Any], buffers: list[bytes]) -> Answer:
    """Tell what a file would bring into the open curation; nothing is changed by it.

    Returns
    -------
    dict
        Of a workbook ``cells``: each changed cell with its path, what it said and says. Of any other format what
        ``look`` tells. ``edits``: how many edits the one change would have. ``counts``: findings by level.
    """
    from rembi_widgets import formats

    session.curation.refresh()
    with located(session, message, buffers) as (place, name):
        if place.is_file() and formats.detect(place) == "xlsx":
            brought, answer, findings = _workbook(session, place, name)
        else:
            source = read_source(place, name)
            edits = formats.proposal(source.read.record, session.curation.record)
            brought, answer, findings = Brought(edits, None), told(source, session.lang), source.read.findings
    token = secrets.token_hex(8)
    session.extra["brought"] = {token: brought}
    said = [{"level": one.level, "message": one.message(session.lang)} for one in findings[:SAID]]
    counts = dict(Counter(one.level for one in findings))
    return {**answer, "token": token, "edits": len(brought.edits), "findings": said, "counts": counts}


def _workbook(session: Session, place: Any, name: str) -> tuple[Brought, dict[str, Any], Sequence[Finding]]:
    from rembi_widgets.formats import xlsx
    from rembi_widgets.record import Origin

    back = xlsx.edits(place, session.curation.record)
    answer = {
        "name": name,
        "format": "xlsx",
        "cells": [one._asdict() for one in back.told[:CELLS]],
        "cells_count": len(back.told),
    }
    return Brought(back.edits, Origin(kind="edited_outside", source=name)), answer, back.findings


def bring_in(session: Session, message: Mapping[str, Any], _buffers: list[bytes]) -> Answer:
    """Take what was looked at, as one change.

    Raises
    ------
    RembiError
        If what was looked at is no longer held.
    """
    brought: Brought | None = session.extra.get("brought", {}).pop(str(message.get("token") or ""), None)
    if brought is None:
        raise RembiError("ui.study.gone")
    opened = session.curation
    opened.refresh()
    if not brought.edits:
        change = None
    elif brought.origin is None:
        change = opened.propose(list(brought.edits), origin="import")
    else:
        change = opened.edit(list(brought.edits), origin=brought.origin)
    return {"kind": "ack", "seq": session.seq, "count": len(change.edits) if change is not None else 0}
