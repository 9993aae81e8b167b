"""What the checks say, in the shape that views show: findings, completeness, and a light for each target."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from rembi_widgets.checks import check, completeness
from rembi_widgets.locale import has, text

if TYPE_CHECKING:
    from rembi_widgets.record import Finding
    from rembi_widgets.store import OpenCuration

SHOWN = 500
"""Findings sent at most; the count tells when there are more."""


def report(curation: OpenCuration, lang: str | None) -> dict[str, Any]:
    """Give findings, completeness and lights for the targets of a curation."""
    record = curation.record
    chosen = record.setup.targets
    targets = [str(name) for name in chosen] if isinstance(chosen, tuple) and chosen else ["isatab"]
    facts = curation.facts
    conflicts = curation.conflicts
    by_target = {target: check(record, target, facts, conflicts=conflicts) for target in targets}
    merged: dict[tuple[str, str], dict[str, Any]] = {}
    for target, found in by_target.items():
        for finding in found:
            said = merged.setdefault((finding.code, finding.path), _finding(finding, lang))
            said["targets"].append(target)
            said["level"] = min(said["level"], finding.level, key=_RANK.__getitem__)
    findings = sorted(merged.values(), key=lambda said: _RANK[said["level"]])
    progress = completeness(record, targets[0])
    return {
        "targets": {target: _light(found) for target, found in by_target.items()},
        "findings": findings[:SHOWN],
        "count": len(findings),
        "progress": {name: state.to_json() for name, state in progress.items()},
    }


_RANK = {"error": 0, "warning": 1, "info": 2}


def _finding(finding: Finding, lang: str | None) -> dict[str, Any]:
    plain = finding.to_json(lang)
    label = f"finding.{finding.code}.fix"
    name = text(label, lang, **finding.values) if finding.fix and has(label) else None
    return {**plain, "fix": bool(finding.fix), "fix_label": name, "targets": []}


def _light(found: tuple[Finding, ...]) -> dict[str, Any]:
    errors = sum(finding.level == "error" for finding in found)
    warnings = sum(finding.level == "warning" for finding in found)
    state = "ready" if not errors else "near" if errors <= NEAR else "far"
    return {"state": state, "left": errors, "warnings": warnings}


NEAR = 8
"""Errors up to which a target counts as nearly ready."""
