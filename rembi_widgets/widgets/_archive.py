"""The BioImage Archive in the app: what it would say of the submission, and the page that it would make of it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Mapping

    from rembi_widgets.formats.pagetab._leads import Leads
    from rembi_widgets.record import Finding
    from rembi_widgets.widgets._session import Answer, Session

TOLD = 100
"""Findings of one part told at most; the count tells when there are more."""


def simulation(session: Session, _message: Mapping[str, Any], _buffers: list[bytes]) -> Answer:
    """Give what the archive's form, server and reader would each say, each thing with the path of its field."""
    from rembi_widgets.formats import pagetab

    opened = session.curation
    record = opened.record
    found, leads = pagetab.simulate(record, opened.facts), pagetab.leads(record)
    parts = []
    for name in pagetab.PARTS:
        verdict = getattr(found, name)
        told = [_told(one, leads, session.lang) for one in verdict.findings[:TOLD]]
        parts.append({"name": name, "passes": verdict.passes, "findings": told, "count": len(verdict.findings)})
    return {"passes": found.passes, "parts": parts}


def _told(finding: Finding, leads: Leads, lang: str | None) -> dict[str, Any]:
    return {
        "level": finding.level,
        "code": finding.code,
        "message": finding.message(lang),
        "path": leads.finding(finding),
    }


def archive_page(session: Session, _message: Mapping[str, Any], _buffers: list[bytes]) -> Answer:
    """Give the page that a visitor of the archive will see of this curation, from the document as it would be sent."""
    from rembi_widgets.formats import pagetab

    return {"page": pagetab.page(session.curation.record)}
