"""The command line. Exit status: 0 done; 1 done, findings of level error remain; 2 it could not be done."""

from __future__ import annotations

import argparse
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Literal

from rembi_widgets.app import _print
from rembi_widgets.app._terms_lint import add_commands
from rembi_widgets.app._vocabulary import run_vocabulary, vocabulary_command
from rembi_widgets.errors import RembiError
from rembi_widgets.locale import language, set_language, text

if TYPE_CHECKING:
    from collections.abc import Sequence

    from rembi_widgets.record import Finding

DONE, FINDINGS, FAILED = 0, 1, 2


def main(arguments: Sequence[str] | None = None) -> int:
    """Run a command and give its exit status."""
    given = _parser().parse_args(arguments)
    set_language(given.lang or ("en" if getattr(given, "json", False) else None))
    try:
        return int(given.run(given))
    except RembiError as fault:
        _print.problem(str(fault))
    except OSError as fault:
        _print.problem(text("app.system_says", None, reason=str(fault)))
    except KeyboardInterrupt:
        _print.problem(text("app.stopped"))
    return FAILED


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="rembi-widgets", description=text("app.help"))
    common = argparse.ArgumentParser(add_help=False)
    common.add_argument("--lang", choices=["en", "fr"], help=text("app.help.lang"))
    commands = parser.add_subparsers(required=True, metavar="command")

    def command(name: str, run: object, *, json: bool = False) -> argparse.ArgumentParser:
        """Add a command; ``json``: it can answer as JSON."""
        made = commands.add_parser(name, help=text(f"app.help.{name}"), parents=[common])
        made.set_defaults(run=run)
        if json:
            made.add_argument("--json", action="store_true", help=text("app.help.json"))
        return made

    _serving(command("app", _app))
    _serving(command("demo", _demo))
    command("scan", _scan, json=True).add_argument("dir", type=Path)
    drafting = command("draft", _draft)
    drafting.add_argument("dir", type=Path)
    drafting.add_argument("--microscope", help=text("app.help.microscope"))
    starting = command("new", _new)
    starting.add_argument("dir", type=Path)
    starting.add_argument("--like", type=Path, required=True, help=text("app.help.like"))
    starting.add_argument("--clear", action="store_true", help=text("app.help.clear"))
    starting.add_argument("--people", action="store_true", help=text("app.help.people"))
    command("microscopes", _microscopes, json=True).add_argument("where", nargs="?", help=text("app.help.where"))
    importing = command("import", _import)
    importing.add_argument("source", type=Path)
    importing.add_argument("dir", type=Path)
    importing.add_argument("--from", dest="from_", help=text("app.help.from"))
    merging = command("merge", _merge, json=True)
    merging.add_argument("dir", type=Path)
    merging.add_argument("other", type=Path, help=text("app.help.other"))
    _checking(command("check", _check, json=True))
    command("simulate", _simulate, json=True).add_argument("source", type=Path)
    exporting = command("export", _export)
    exporting.add_argument("dir", type=Path)
    exporting.add_argument("--to", required=True, help=text("app.help.to"))
    exporting.add_argument("out", type=Path)
    exporting.add_argument("--profile", help=text("app.help.profile"))
    _converting(command("convert", _convert, json=True))
    searching = command("terms", _terms, json=True)
    searching.add_argument("query")
    searching.add_argument("--field", help=text("app.help.field"))
    add_commands(command)
    vocabulary_command(command("vocabulary", run_vocabulary, json=True))
    return parser


def _serving(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("dir", type=Path, nargs="?")
    parser.add_argument("--port", type=int, default=0, help=text("app.help.port"))
    parser.add_argument("--no-browser", action="store_true", help=text("app.help.no_browser"))
    parser.add_argument("--root", type=Path, help=text("app.help.root"))


def _converting(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("source", type=Path)
    parser.add_argument("out", type=Path)
    parser.add_argument("--from", dest="from_", help=text("app.help.from"))
    parser.add_argument("--to", help=text("app.help.convert_to"))
    parser.add_argument("--force", action="store_true", help=text("app.help.force"))


def _checking(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("dir", type=Path)
    parser.add_argument("--for", dest="target", default="isatab", help=text("app.help.for"))


def _existing(folder: Path) -> Path:
    if not folder.is_dir():
        raise RembiError("store.no_folder", path=str(folder))
    return folder


def _app(given: argparse.Namespace) -> int:
    from rembi_widgets.app._serve import serve

    folder = _existing(given.dir or Path.cwd()).resolve()
    return serve(folder, root=given.root, port=given.port, browser=not given.no_browser)


def _demo(given: argparse.Namespace) -> int:
    from rembi_widgets.app._demo import make_demo
    from rembi_widgets.app._serve import serve

    folder = make_demo(given.dir)
    _print.answer(text("app.demo_made", None, folder=folder))
    return serve(folder.resolve(), root=given.root, port=given.port, browser=not given.no_browser)


def _progress(done: int, of: int) -> None:
    if done == of or done % 100 == 0:
        _print.progress(text("app.reading", None, done=done, of=of))


def _scan(given: argparse.Namespace) -> int:
    from rembi_widgets.images import scan

    found = scan(_existing(given.dir), progress=_progress)
    if given.json:
        _print.answer_json(found.to_json())
        return DONE
    _print.answer(text("app.scan_found", None, images=len(found.images), groups=len(found.groups)))
    for group in found.groups:
        _print.answer(f"  {group.count:6d}  {group.title_in(language())}")
    for unread in found.unreadable:
        _print.answer(f"  {unread['path']}: {unread['message']}")
    for note in found.inconsistencies:
        _print.answer(f"  {note.say(language())}")
    return DONE


def _draft(given: argparse.Namespace) -> int:
    from rembi_widgets.app._microscopes import named, use_microscope
    from rembi_widgets.images import scan
    from rembi_widgets.store import open_curation

    with open_curation(_existing(given.dir)) as curation:
        passport = named(given.microscope, curation) if given.microscope else None
        curation.propose(scan(given.dir, progress=_progress))
        if passport:
            use_microscope(curation, passport)
        record = curation.record
        values = {"images": len(record.images), "n": len(record.acquisitions), "components": len(record.components)}
        _print.answer(text("app.drafted", None, **values))
    return DONE


def _new(given: argparse.Namespace) -> int:
    from rembi_widgets.store import copy_study, open_curation

    values: Literal["keep", "clear"] = "clear" if given.clear else "keep"
    change = copy_study(_existing(given.like), given.dir, values=values, people=given.people)
    with open_curation(given.dir) as opened:
        record = opened.record
    names = ("biosamples", "specimens", "acquisitions", "components", "people")
    _print.answer(text("app.begun", None, **{name: len(getattr(record, name)) for name in names}))
    if change is None:
        _print.answer(text("app.nothing_new"))
    return DONE


def _microscopes(given: argparse.Namespace) -> int:
    from rembi_widgets.app._microscopes import document, lines
    from rembi_widgets.images import microscopes

    found = microscopes(given.where, dataset=None if given.where else Path.cwd(), lang=language())
    if given.json:
        _print.answer_json(document(found))
    else:
        for line in lines(found):
            _print.answer(line)
    return DONE


def _import(given: argparse.Namespace) -> int:
    from rembi_widgets.app._import import import_into
    from rembi_widgets.formats import detect

    if (given.from_ or detect(given.source)) == "xlsx":
        return _bring_back(given)
    read, change = import_into(given.source, given.dir, given.from_)
    record = read.record
    names = ("biosamples", "samples", "acquisitions", "components", "files", "images")
    _print.answer(text("app.imported", None, **{name: len(getattr(record, name)) for name in names}))
    if change is None:
        _print.answer(text("app.nothing_new"))
    for finding in read.findings:
        _print.answer(f"{text(f'app.level.{finding.level}')}: {finding}  [{finding.path}]")
    return _status(read.findings)


def _bring_back(given: argparse.Namespace) -> int:
    from rembi_widgets.app._import import bring_back

    back, change = bring_back(given.source, given.dir)
    for one in back.told:
        _print.answer(f"{one.cell}: {_short(one.was)} → {_short(one.now)}  [{one.path}]")
    _print.answer(text("app.nothing_new") if change is None else text("app.brought_back", None, n=len(back.told)))
    for finding in back.findings:
        _print.problem(f"{text(f'app.level.{finding.level}')}: {finding}  [{finding.path}]")
    return _status(back.findings)


def _short(said: str) -> str:
    flat = " ".join(said.split())
    return f"“{flat[:57]}…”" if len(flat) > 60 else f"“{flat}”" if flat else "-"  # noqa: PLR2004 - fits a line


def _status(findings: Sequence[Finding]) -> int:
    return FINDINGS if any(finding.level == "error" for finding in findings) else DONE


def _check(given: argparse.Namespace) -> int:
    from rembi_widgets.app._face import check
    from rembi_widgets.app._submission import check_submission
    from rembi_widgets.formats import isatab, pagetab

    if given.target == "isatab" and isatab.is_document(given.dir):
        return _check_document(given)
    is_submission = given.target == "bia" and pagetab.is_document(given.dir)
    findings = check_submission(given.dir) if is_submission else check(_existing(given.dir), given.target)
    if given.json:
        said = [finding.to_json() for finding in findings]
        _print.answer_json({"target": given.target, "findings": said})
        return _status(findings)
    _tell(findings)
    return _status(findings)


def _check_document(given: argparse.Namespace) -> int:
    """Check an ISA-Tab as it stands in its files, not the curation that a folder is."""
    from rembi_widgets.formats import isatab

    findings = isatab.check(given.dir)
    if given.json:
        said = [finding.to_json() for finding in findings]
        _print.answer_json({"target": given.target, "findings": said})
        return _status(findings)
    for finding in findings:
        _print.answer(f"{text(f'app.level.{finding.level}')}: {finding}")
    if not findings:
        _print.answer(text("isacheck.nothing_found"))
    return _status(findings)


def _simulate(given: argparse.Namespace) -> int:
    from rembi_widgets.app._simulate import simulate, tell

    found = simulate(given.source if given.source.is_file() else _existing(given.source))
    if given.json:
        _print.answer_json(found.to_json())
    else:
        tell(found)
    return DONE if found.passes else FINDINGS


def _tell(findings: Sequence[Finding]) -> None:
    for finding in findings:
        _print.answer(f"{text(f'app.level.{finding.level}')}: {finding}  [{finding.path}]")
    if not findings:
        _print.answer(text("app.nothing_found"))


def _merge(given: argparse.Namespace) -> int:
    from rembi_widgets.app._merge import merge_folders

    return merge_folders(_existing(given.dir), _existing(given.other), as_json=given.json)


def _export(given: argparse.Namespace) -> int:
    from rembi_widgets.app._face import check, export
    from rembi_widgets.formats import TARGET_OF
    from rembi_widgets.store import open_curation

    with open_curation(_existing(given.dir)) as curation:
        written = export(curation, given.to, given.out, profile=given.profile)
        target = TARGET_OF.get(given.to, given.to)
        found = check(curation, target) if target else ()
        remaining = [finding for finding in found if finding.level == "error"]
    for path in written.files:
        _print.answer(str(path))
    for finding in (*written.findings, *remaining):
        _print.problem(f"{text(f'app.level.{finding.level}')}: {finding}  [{finding.path}]")
    if remaining:
        _print.problem(text("app.export_with_findings", None, n=len(remaining)))
    return _status(remaining)


def _convert(given: argparse.Namespace) -> int:
    from rembi_widgets.app._convert import convert

    done = convert(given.source, given.out, from_=given.from_, to=given.to, force=given.force)
    if given.json:
        _print.answer_json(done.to_json())
        return _status(done.findings)
    for path in done.files:
        _print.answer(str(path))
    for finding in done.findings:
        _print.problem(f"{text(f'app.level.{finding.level}')}: {finding}  [{finding.path}]")
    return _status(done.findings)


def _terms(given: argparse.Namespace) -> int:
    from rembi_widgets.terms import search

    found = search(given.query, field=given.field)
    if given.json:
        keys = ("id", "label", "ontology", "why", "score", "confident")
        _print.answer_json([{key: getattr(match, key) for key in keys} for match in found])
        return DONE
    for match in found:
        _print.answer(f"{match.id}\t{match.label}\t{match.why}")
    if not any(match.confident for match in found):
        _print.answer(text("app.no_confident_match"))
    return DONE


def run() -> None:
    """Run the command line as a program."""
    sys.exit(main())
