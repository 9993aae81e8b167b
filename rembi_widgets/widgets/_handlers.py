"""What views may ask for: one small function a kind of message."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from rembi_widgets.errors import RembiError
from rembi_widgets.locale import catalogue
from rembi_widgets.record import Edit
from rembi_widgets.widgets import _group_edits, _rows, _set_notes, _writers
from rembi_widgets.widgets._archive import archive_page, simulation
from rembi_widgets.widgets._bundle import bundle
from rembi_widgets.widgets._folders import folders
from rembi_widgets.widgets._from_file import bring_in, bring_look
from rembi_widgets.widgets._gallery import groups, thumb
from rembi_widgets.widgets._header import header
from rembi_widgets.widgets._isa_view import isa_lead, isa_open, isa_rows
from rembi_widgets.widgets._microscopes import microscopes, preview_microscope, use_microscope
from rembi_widgets.widgets._places import demo, list_folders, open_folder
from rembi_widgets.widgets._sections import SECTIONS, SLOW_SECTIONS
from rembi_widgets.widgets._send import export, restore, ticket
from rembi_widgets.widgets._sources import look, start_from
from rembi_widgets.widgets._term_messages import around, found, online
from rembi_widgets.widgets._viewer import ome, plane

if TYPE_CHECKING:
    from collections.abc import Mapping

    from rembi_widgets.widgets._session import Answer, Handler, Session

    Message = Mapping[str, Any]


def _bundle(_session: Session, _message: Message, _buffers: list[bytes]) -> Answer:
    return {}, [bundle()]


def _strings(session: Session, message: Message, _buffers: list[bytes]) -> Answer:
    from rembi_widgets.record import guide_json

    lang = session.lang = str(message.get("lang") or "en")
    return {"lang": lang, "texts": dict(catalogue(lang)), "guide": guide_json()}


def _attach(session: Session, _message: Message, _buffers: list[bytes]) -> Answer:
    session.curation.refresh()
    answer = {"kind": "snapshot", "seq": session.seq, "data": session.snapshot()}
    session.check_soon()
    return answer


def _edits(session: Session, message: Message, _buffers: list[bytes]) -> Answer:
    session.curation.refresh()
    unseen = session.unseen(message.get("since"))
    session.curation.edit([Edit.model_validate(edit) for edit in message["edits"]], unseen=unseen)
    return {"kind": "ack", "seq": session.seq}


def _undo(session: Session, _message: Message, _buffers: list[bytes]) -> Answer:
    done = session.curation.undo()
    return {"kind": "ack", "seq": session.seq, "left": list(done[1]) if done else []}


def _redo(session: Session, _message: Message, _buffers: list[bytes]) -> Answer:
    session.curation.redo()
    return {"kind": "ack", "seq": session.seq}


def _check(session: Session, _message: Message, _buffers: list[bytes]) -> Answer:
    session.check_now()
    return {"kind": "ack", "seq": session.seq}


def _fix(session: Session, message: Message, _buffers: list[bytes]) -> Answer:
    from rembi_widgets.checks import check

    opened = session.curation
    found = check(opened.record, str(message.get("target") or "all"), opened.facts)
    for finding in found:
        if (finding.code, finding.path) == (message.get("code"), message.get("path")) and finding.fix:
            opened.edit(finding.fix, origin="fix")
            return {"kind": "ack", "seq": session.seq}
    raise RembiError("ui.no_fix")


def _suggest(session: Session, message: Message, _buffers: list[bytes]) -> Answer:
    from rembi_widgets.terms import propose_terms

    session.curation.refresh()
    found = propose_terms(session.curation, message.get("field") or None)
    counts = {"proposed": len(found.proposed), "kept": len(found.kept), "left": len(found.left)}
    return {"kind": "ack", "seq": session.seq, **counts}


def _page(session: Session, message: Message, _buffers: list[bytes]) -> Answer:
    query, offset, limit = _rows.Query.read(message), int(message.get("offset") or 0), int(message.get("limit") or 100)
    return _rows.page(session.curation.record, query, offset, limit, ids=bool(message.get("ids")))


def _summary(session: Session, message: Message, _buffers: list[bytes]) -> Answer:
    return _rows.summary(session.curation.record, _rows.Query.read(message))


def _fill(session: Session, message: Message, _buffers: list[bytes]) -> Answer:
    opened = session.curation
    query = _rows.Query.read(message)
    if message.get("confirm"):
        columns = message.get("columns")
        paths = [str(path) for path in message.get("paths") or ()]
        edits = _rows.confirm_edits(opened.record, query, paths, None if columns is None else frozenset(columns))
    else:
        edits = _rows.fill_edits(opened.record, query, str(message["column"]), message.get("value"))
    if edits:
        opened.edit(edits)
    return {"kind": "ack", "seq": session.seq, "count": len(_rows.find(opened.record, query))}


def _assign(session: Session, message: Message, _buffers: list[bytes]) -> Answer:
    from rembi_widgets.widgets._assign import assign_edits

    edits = assign_edits(session.curation.record, message)
    if edits:
        session.curation.edit(edits)
    return {"kind": "ack", "seq": session.seq, "count": len(edits[-1].rows or ()) if edits else 0}


def _copy(session: Session, message: Message, _buffers: list[bytes]) -> Answer:
    from rembi_widgets.widgets._assign import copyable

    return copyable(session, str(message.get("folder", "")), str(message.get("section", "")))


def _scan(session: Session, _message: Message, _buffers: list[bytes]) -> Answer:
    from rembi_widgets.widgets._scanning import start

    start(session)
    return {"kind": "ack", "seq": session.seq}


def _scan_cancel(session: Session, _message: Message, _buffers: list[bytes]) -> Answer:
    from rembi_widgets.widgets._scanning import cancel

    cancel(session)
    return {"kind": "ack", "seq": session.seq}


HANDLERS: dict[str, Handler] = {
    "bundle": _bundle,
    "strings": _strings,
    "attach": _attach,
    "edits": _edits,
    "undo": _undo,
    "redo": _redo,
    "check": _check,
    "fix": _fix,
    "terms": found,
    "terms-online": online,
    "term-around": around,
    "suggest": _suggest,
    "rows": _page,
    "summary": _summary,
    "fill": _fill,
    "assign": _assign,
    "folders": folders,
    "copy": _copy,
    "scan": _scan,
    "scan-cancel": _scan_cancel,
    "groups": groups,
    "merge-groups": _group_edits.merge,
    "split-group": _group_edits.split,
    "inconsistencies": _set_notes.inconsistencies,
    "duplicates": _set_notes.duplicates,
    "stop-comparing": _set_notes.stop_comparing,
    "thumb": thumb,
    "header": header,
    "ome": ome,
    "plane": plane,
    "microscopes": microscopes,
    "preview-microscope": preview_microscope,
    "use-microscope": use_microscope,
    "export": export,
    "ticket": ticket,
    "restore": restore,
    "list-folders": list_folders,
    "open": open_folder,
    "demo": demo,
    **SECTIONS,
    "look": look,
    "start-from": start_from,
    "simulation": simulation,
    "archive-page": archive_page,
    "here": _writers.here,
    "settle": _writers.settle,
    "look-at-copy": _writers.look_at_copy,
    "merge": _writers.merge,
    "bring-look": bring_look,
    "bring-in": bring_in,
    "isa-open": isa_open,
    "isa-rows": isa_rows,
    "isa-lead": isa_lead,
}
"""Kind of message to what answers it."""

SLOW = {
    "rows": "rows",
    "summary": "rows",
    "groups": "rows",
    "merge-groups": "rows",
    "split-group": "rows",
    "duplicates": "duplicates",
    "thumb": "images",
    "header": "images",
    "ome": "images",
    "plane": "viewer",
    "microscopes": "microscopes",
    "preview-microscope": "microscopes",
    "use-microscope": "microscopes",
    "export": "export",
    "ticket": "export",
    "demo": "export",
    "look": "export",
    "start-from": "export",
    "simulation": "archive",
    "archive-page": "archive",
    "look-at-copy": "export",
    "merge": "export",
    "bring-look": "export",
    "bring-in": "export",
    "isa-open": "isa",
    "isa-rows": "isa",
    "isa-lead": "isa",
    "check": "checks",
    **SLOW_SECTIONS,
    "terms": "terms",
    "term-around": "terms",
    "suggest": "checks",
}
"""Kinds that take time, and the thread that does them."""
