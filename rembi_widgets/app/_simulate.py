"""What the archive would say of a curation, or of a submission that somebody has already."""

from __future__ import annotations

from typing import TYPE_CHECKING

from rembi_widgets.app import _print
from rembi_widgets.locale import text

if TYPE_CHECKING:
    from pathlib import Path

    from rembi_widgets.formats.pagetab import Simulation

SUBMISSION, ENDING = "submission.json", ".json"


def simulate(source: Path) -> Simulation:
    """Simulate a submission.

    Parameters
    ----------
    source
        A folder with a ``submission.json``, a record in JSON, or a dataset's folder.

    Raises
    ------
    RembiError
        If there is nothing of the kind.
    """
    from rembi_widgets.formats import pagetab

    if source.suffix == ENDING or (source / SUBMISSION).is_file():
        return pagetab.simulate(source)
    from rembi_widgets.store import open_curation

    with open_curation(source) as opened:
        return pagetab.simulate(opened.record, opened.facts)


def tell(found: Simulation) -> None:
    """Print what each would say, the reasons below it."""
    from rembi_widgets.formats.pagetab import PARTS

    for name in PARTS:
        verdict = getattr(found, name)
        part = text(f"simulation.part.{name}")
        _print.answer(text("simulation.passes" if verdict.passes else "simulation.refuses", None, part=part))
        for finding in verdict.findings:
            _print.answer(f"  {text(f'app.level.{finding.level}')}: {finding}  [{finding.path}]")
