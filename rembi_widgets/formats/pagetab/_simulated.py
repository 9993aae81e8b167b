"""A simulated submission: what the archive's form, its server and its reader would each say, without asking them."""

from __future__ import annotations

import json
import tempfile
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any

from rembi_widgets.errors import RembiError
from rembi_widgets.formats.pagetab import PARTS
from rembi_widgets.formats.pagetab._simulated_form import form
from rembi_widgets.formats.pagetab._simulated_ingest import ingest
from rembi_widgets.formats.pagetab._simulated_server import server
from rembi_widgets.formats.pagetab._tree import document
from rembi_widgets.record import Curation, Finding

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import date

    from rembi_widgets.record import FileFacts

_LARGEST = 100 * 2**20


@dataclass(frozen=True)
class Verdict:
    """What one of the three would say.

    Attributes
    ----------
    findings
        An ``error`` is why it would refuse; a ``warning`` or ``info`` is what it would lose or point at. Their paths
        begin with the accno of a section, or its type and number.
    """

    findings: tuple[Finding, ...]

    @property
    def passes(self) -> bool:
        """Tell whether it would pass."""
        return not any(one.level == "error" for one in self.findings)

    def to_json(self, lang: str | None = None) -> dict[str, Any]:
        """Give the form that ``--json`` prints."""
        return {"passes": self.passes, "findings": [one.to_json(lang) for one in self.findings]}


@dataclass(frozen=True)
class Simulation:
    """What each would say: the form as it is filled, the server at sending, the reader afterwards."""

    form: Verdict
    server: Verdict
    ingest: Verdict

    @property
    def passes(self) -> bool:
        """Tell whether all three would pass."""
        return self.form.passes and self.server.passes and self.ingest.passes

    def to_json(self, lang: str | None = None) -> dict[str, Any]:
        """Give the form that ``--json`` prints."""
        return {"passes": self.passes, **{name: getattr(self, name).to_json(lang) for name in PARTS}}


def simulate(source: Curation | Path, facts: FileFacts | None = None, *, today: date | None = None) -> Simulation:
    """Say what the archive would; see ``pagetab.simulate``."""
    day = today or datetime.now(UTC).date()
    if isinstance(source, Curation):
        from rembi_widgets.formats.pagetab._set import write_set

        with tempfile.TemporaryDirectory() as held:
            write_set(source, Path(held), "v5")
            return _simulate(Path(held) / "submission.json", facts, day)
    return _simulate(source / "submission.json" if source.is_dir() else source, facts, day)


def _simulate(file: Path, facts: FileFacts | None, today: date) -> Simulation:
    found = document(_tree(file))
    if found is None:
        raise RembiError("simulation.no_pagetab", path=str(file))
    return Simulation(
        Verdict(_once(form(found, today))),
        Verdict(_once(server(found, file.parent if _has_lists(file) else None, facts, today))),
        Verdict(_once(ingest(found))),
    )


def _tree(file: Path) -> Any:
    if not file.is_file():
        raise RembiError("simulation.no_file", path=str(file))
    if file.stat().st_size > _LARGEST:
        raise RembiError("simulation.too_large", path=str(file))
    try:
        return json.loads(file.read_bytes())
    except (ValueError, RecursionError):
        return None


def _has_lists(file: Path) -> bool:
    """Tell whether a document stands in its folder: a single file has its lists elsewhere."""
    return file.name == "submission.json"


def _once(findings: Iterable[Finding]) -> tuple[Finding, ...]:
    """Give each finding once, the worst first."""
    order = ("error", "warning", "info")
    found = {(one.code, one.path, one.found): one for one in findings}
    return tuple(sorted(found.values(), key=lambda one: order.index(one.level)))
