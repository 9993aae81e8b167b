"""Two commands on terms: ``terms-lint`` looks at those that files name, ``suggest`` proposes some for free text."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

from rembi_widgets.app import _print
from rembi_widgets.locale import text

if TYPE_CHECKING:
    import argparse
    from collections.abc import Callable

    from rembi_widgets.record import Finding
    from rembi_widgets.terms import Suggestion

    Command = Callable[..., argparse.ArgumentParser]

PLACE = ("file", "line", "column", "count")


def add_commands(command: Command) -> None:
    """Add both commands to the command line."""
    linting = command("terms-lint", lint, json=True)
    linting.add_argument("paths", type=Path, nargs="+", metavar="path")
    suggesting = command("suggest", suggest, json=True)
    suggesting.add_argument("dir", type=Path)
    suggesting.add_argument("--field", help=text("app.help.field"))


def lint(given: argparse.Namespace) -> int:
    """Lint the terms of study files and ISA-Tabs, or of the curation of a folder; 1 if an error remains."""
    found = [finding for path in given.paths for finding in _findings(path)]
    if given.json:
        said = [_json(finding) for finding in found]
        _print.answer_json({"paths": [str(path) for path in given.paths], "findings": said})
    else:
        for finding in found:
            _print.answer(f"{text(f'app.level.{finding.level}')}: {finding}  [{finding.path}]")
        if not found:
            _print.answer(text("termlint.nothing_found"))
    return int(any(finding.level == "error" for finding in found))


def _findings(path: Path) -> list[Finding]:
    from rembi_widgets.formats import lint_terms

    if (path / ".rembi").is_dir() or (path / "rembi.json").is_file():
        from rembi_widgets.app._face import check

        return [finding for finding in check(path, "all") if finding.code.startswith("term_")]
    return list(lint_terms(path))


def _json(finding: Finding) -> dict[str, Any]:
    return {**finding.to_json(), **{name: finding.values.get(name) for name in PLACE}}


def suggest(given: argparse.Namespace) -> int:
    """Propose terms for the free text of a folder's curation, as one change of unconfirmed values."""
    from rembi_widgets.app._face import suggest_terms

    found = suggest_terms(given.dir, given.field)
    if given.json:
        _print.answer_json(found.to_json())
        return 0
    for key, items in (("proposed", found.proposed), ("kept", found.kept), ("left", found.left)):
        if items:
            _print.answer(text(f"termlint.suggest.{key}", None, n=len(items)))
        for one in items:
            _print.answer(f"  {_line(one)}")
    if not (found.proposed or found.kept or found.left):
        _print.answer(text("termlint.suggest.none"))
    return 0


def _line(one: Suggestion) -> str:
    if one.term is None:
        return f"{one.text}  [{one.path}]"
    return f"{one.text} → {one.term.label} ({one.term.id}), {one.confidence:.2f}, {one.why}  [{one.path}]"
