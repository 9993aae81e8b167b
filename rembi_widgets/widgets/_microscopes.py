"""Which microscope: those that the facility describes, what one would fill into an acquisition, and filling it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from rembi_widgets.errors import RembiError
from rembi_widgets.record import Change, apply, get, is_empty, plain

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from rembi_widgets.images import Microscopes, Passport
    from rembi_widgets.record import Curation, Edit, Finding
    from rembi_widgets.widgets._session import Answer, Session

KEPT = "microscopes"


def _found(session: Session, *, again: bool = False) -> Microscopes:
    """Give the microscopes that can be chosen: from files and addresses that were set up, never from the page."""
    from rembi_widgets.images import microscopes

    if again or KEPT not in session.extra:
        folder, root = session.curation.folder, session.extra.get("root")
        session.extra[KEPT] = microscopes(dataset=folder, root=root, lang=session.lang)
    found: Microscopes = session.extra[KEPT]
    return found


def _passport(session: Session, message: Mapping[str, Any]) -> Passport:
    return _found(session).named(str(message.get("microscope") or ""))


def _objective(message: Mapping[str, Any]) -> int | None:
    wanted = message.get("objective")
    return int(wanted) if isinstance(wanted, int) and not isinstance(wanted, bool) else None


def microscopes(session: Session, message: Mapping[str, Any], _buffers: list[bytes]) -> Answer:
    """Give the microscopes, the one an acquisition has, and the tier of NBO-Q that it reaches."""
    from rembi_widgets.images import chosen_microscope, tier

    record = session.curation.record
    acquisition = get(record, f"/acquisitions/{message.get('acquisition')}")
    if acquisition is None:
        raise RembiError("microscopes.no_acquisition", id=str(message.get("acquisition")))
    found = _found(session, again=bool(message.get("again")))
    items = [
        {
            "key": one.key,
            "name": one.name,
            "source": one.source,
            "note": one.stand_name,
            "objectives": [part.called for part in one.objectives],
            "warnings": [note.say(session.lang) for note in one.warnings],
        }
        for one in found
    ]
    held = chosen_microscope(acquisition)
    return {
        "microscopes": items,
        "unreadable": [dict(item) for item in found.unreadable],
        "chosen": held,
        "key": _key_of(found, held),
        "tier": tier(acquisition).to_json(),
    }


def _key_of(found: Microscopes, held: Mapping[str, Any] | None) -> str | None:
    """Give the key of the microscope that was chosen, if its file is still there."""
    if held is None:
        return None
    same = [one for one in found if (one.name, one.id) == (held.get("name"), held.get("id"))]
    exact = [one for one in same if one.source == held.get("file")]
    return (exact or same)[0].key if same else None


def preview_microscope(session: Session, message: Mapping[str, Any], _buffers: list[bytes]) -> Answer:
    """Give what a microscope would fill into an acquisition, what would stay as it is, and what does not fit."""
    from rembi_widgets.checks import microscope_findings
    from rembi_widgets.images import objective_of, passport_edits, tier

    record, passport = session.curation.record, _passport(session, message)
    identity = str(message.get("acquisition"))
    edits = passport_edits(record, passport, [identity], objective=_objective(message))
    after = apply(record, Change(id="preview-1", edits=tuple(edits)))
    acquisition = get(record, f"/acquisitions/{identity}")
    match = objective_of(record, acquisition, passport)
    others = [one.id for one in record.acquisitions if one.id != identity]
    return {
        "fills": list(_fills(after, edits)),
        "objective": {"state": match.state, "place": match.place},
        "conflicts": _said(microscope_findings(after), identity, session.lang),
        "others": len(others),
        "tier": tier(get(after, f"/acquisitions/{identity}")).to_json(),
    }


def _fills(after: Curation, edits: Sequence[Edit]) -> Iterator[dict[str, Any]]:
    """Give field, row and value of what would be filled, in the order of the form; not the provenance."""
    for edit in edits:
        field = "/".join(edit.path.split("/")[3:])
        if not _is_value(edit):
            continue
        if edit.op == "add":
            yield {"field": field, "row": {key: value for key, value in edit.value.items() if key != "id"}}
        elif not is_empty(get(after, edit.path)):
            yield {"field": field, "value": plain(edit.value)}


def _is_value(edit: Edit) -> bool:
    """Tell whether an edit fills a field or row, and is no provenance."""
    collection, _, *field = edit.path.split("/")[1:] if edit.path.count("/") > 2 else ("", "")  # noqa: PLR2004 - /acquisitions/id/field
    return collection == "acquisitions" and edit.op in {"set", "add"} and not field[0].startswith("x-")


def _said(found: Iterable[Finding], identity: str, lang: str | None) -> list[dict[str, Any]]:
    about = [one for one in found if one.path.startswith((f"/acquisitions/{identity}/", "/images/"))]
    return [{"level": one.level, "code": one.code, "path": one.path, "message": one.message(lang)} for one in about]


def use_microscope(session: Session, message: Mapping[str, Any], _buffers: list[bytes]) -> Answer:
    """Fill one acquisition, or all of them, with what a microscope's passport says."""
    from rembi_widgets.images import passport_edits

    passport, opened = _passport(session, message), session.curation
    opened.refresh()
    wanted = None if message.get("all") else [str(message.get("acquisition"))]
    edits = passport_edits(opened.record, passport, wanted, objective=_objective(message))
    change = opened.propose(edits, origin="passport")
    count = 0 if change is None else sum(_is_value(one) for one in change.edits)
    return {"kind": "ack", "seq": session.seq, "count": count}
