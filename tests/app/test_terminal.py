"""What reaches the terminal: help and messages in both languages, and no letter that commands a terminal."""

from __future__ import annotations

import io
import json
import shutil
import sys
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rembi_widgets.app import _print, _serve, check, curate, demo, export, main
from rembi_widgets.app._main import _parser
from rembi_widgets.errors import RembiError
from rembi_widgets.locale import LANGUAGES, catalogue, set_language
from rembi_widgets.record import Curation
from rembi_widgets.store import open_curation

COMMANDS = (
    "app",
    "demo",
    "scan",
    "draft",
    "new",
    "microscopes",
    "import",
    "merge",
    "check",
    "simulate",
    "export",
    "convert",
    "terms",
    "terms-lint",
    "suggest",
    "vocabulary",
)
WITH_JSON = {
    "check",
    "convert",
    "merge",
    "microscopes",
    "scan",
    "simulate",
    "suggest",
    "terms",
    "terms-lint",
    "vocabulary",
}


class Terminal(io.TextIOWrapper):
    """A terminal, as far as a stream can tell."""

    def isatty(self) -> bool:
        return True


def written(data: Any, *, encoding: str = "utf-8", write: Any = _print.answer, kind: Any = io.TextIOWrapper) -> str:
    """What a stream of an encoding gets."""
    held, kept = io.BytesIO(), (sys.stdout, sys.stderr)
    sys.stdout = sys.stderr = stream = kind(held, encoding=encoding, newline="")
    try:
        write(data)
    finally:
        sys.stdout, sys.stderr = kept
    got = held.getvalue().decode(encoding)
    stream.detach()
    return got


@given(st.text(st.characters(), max_size=30))
def test_no_line_holds_a_letter_that_commands_the_terminal(line: str) -> None:
    got = written(line)
    assert got.endswith("\n")
    assert not set(got[:-1]) & {chr(code) for code in (*range(9), *range(10, 32), *range(127, 160))}


@given(st.text(st.characters(), max_size=30))
def test_every_line_can_be_written_on_an_ascii_terminal(line: str) -> None:
    assert written(line, encoding="ascii").isascii()


@given(st.text(st.characters(exclude_categories=("Cc", "Cs", "Cf"))))
def test_letters_that_command_nothing_stand_as_they_are(line: str) -> None:
    assert written(line) == line + "\n"


@pytest.mark.parametrize(
    ("line", "shown"),
    [
        ("\x1b[2Jgone", r"\x1b[2Jgone"),
        ("\x1b]0;title\x07", r"\x1b]0;title\x07"),
        ("\x9b31m", r"\x9b31m"),
        ("a\rb", r"a\x0db"),
        ("two\nlines", r"two\x0alines"),
        ("tab\tstays", "tab\tstays"),
        ("gnp.\u202eimage", r"gnp.\u202eimage"),
        ("not utf-8: \udcff", r"not utf-8: \udcff"),
        ("\x7f", r"\x7f"),
    ],
)
def test_what_commands_a_terminal_stands_as_an_escape(line: str, shown: str) -> None:
    assert written(line) == shown + "\n"


def test_progress_stays_on_its_line_of_a_terminal() -> None:
    assert written("12 of \x1b]0;x\x07", write=_print.progress, kind=Terminal) == "12 of \\x1b]0;x\\x07\x1b[K\r"


@pytest.mark.parametrize("encoding", ["utf-8", "ascii", "latin-1", "cp1252"])
@given(data=st.recursive(st.text(st.characters(), max_size=9), lambda inner: st.lists(inner, max_size=3), max_leaves=4))
def test_json_says_the_same_whatever_letters_it_holds_and_wherever_it_is_written(data: object, encoding: str) -> None:
    said = written(data, encoding=encoding, write=_print.answer_json)
    assert json.loads(said) == data
    assert not set(said) & {chr(code) for code in (*range(10), *range(11, 32), *range(127, 160))}


NAMES = [
    "\x1b[31mred.tif",
    "new\nline.tif",
    "bell\x07.png",
    "\u202egnp.exe.tif",
    b"latin-\xe9.tif".decode(errors="surrogateescape"),
]


@pytest.mark.skipif(sys.platform != "linux", reason="names that other systems do not take")
@pytest.mark.parametrize("name", NAMES)
@pytest.mark.parametrize("command", [["scan"], ["scan", "--json"], ["draft"], ["check", "--for", "all"]])
def test_a_file_name_commands_no_terminal(
    name: str, command: list[str], tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / name).write_bytes(b"no image")
    main([command[0], str(tmp_path), *command[1:]])
    told = capsys.readouterr()
    for letter in "\x1b\x07\u202e\udce9":
        assert letter not in told.out + told.err
    assert "\nline.tif" not in told.out


@pytest.mark.parametrize("lang", LANGUAGES)
def test_help_names_every_command_and_what_it_does(lang: str, capsys: pytest.CaptureFixture[str]) -> None:
    set_language(lang)
    with pytest.raises(SystemExit) as ended:
        main(["--help"])
    shown = "".join(capsys.readouterr().out.split())  # lines break at blanks and behind hyphens
    assert ended.value.code == 0
    for said in [catalogue(lang)["app.help"], *(f"{name} {catalogue(lang)[f'app.help.{name}']}" for name in COMMANDS)]:
        assert "".join(said.split()) in shown


@pytest.mark.parametrize("command", COMMANDS)
def test_help_of_each_command_explains_its_options(command: str, capsys: pytest.CaptureFixture[str]) -> None:
    set_language("fr")
    with pytest.raises(SystemExit):
        main([command, "--help"])
    shown = " ".join(capsys.readouterr().out.split())
    assert catalogue("fr")["app.help.lang"] in shown
    assert ("--json" in shown) is (command in WITH_JSON)


@pytest.mark.parametrize("words", [[], ["paint"], ["scan"], ["export", "x"], ["terms"], ["check", "x", "--lang", "de"]])
def test_a_command_that_is_none_ends_with_status_2(words: list[str], capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit) as ended:
        main(words)
    assert ended.value.code == 2
    assert capsys.readouterr().err.startswith("usage: rembi-widgets")


def test_every_option_has_a_help_text() -> None:
    commands = next(action for action in _parser()._actions if action.choices)
    assert tuple(commands.choices) == COMMANDS
    for name, parser in commands.choices.items():
        for action in parser._actions:
            assert action.help or not action.option_strings, (name, action.dest)


@pytest.mark.parametrize("lang", LANGUAGES)
def test_messages_come_in_the_language_asked_for(lang: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["scan", str(tmp_path / "nowhere"), "--lang", lang]) == 2
    expected = catalogue(lang)["store.no_folder"].format(path=tmp_path / "nowhere")
    assert capsys.readouterr().err == expected + "\n"
    assert main(["check", str(tmp_path), "--lang", lang]) == 1
    assert catalogue(lang)["app.level.error"] in capsys.readouterr().out


def test_an_empty_folder_is_scanned_and_told(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["scan", str(tmp_path), "--json"]) == 0
    parts = ("images", "groups", "unreadable")
    assert json.loads(capsys.readouterr().out) == {part: [] for part in parts}
    assert list(tmp_path.iterdir()) == []


def test_terms_in_words(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["terms", "mouse", "--field", "organism"]) == 0
    assert capsys.readouterr().out.splitlines()[0].startswith("NCBITaxon:10090\tMus musculus\t")
    assert main(["terms", "zzqqxxyy"]) == 0
    assert capsys.readouterr().out.splitlines()[-1] == catalogue("en")["app.no_confident_match"]


def test_the_system_refusing_is_one_sentence(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    def refuse(*_: object, **__: object) -> None:
        raise PermissionError(13, "Permission denied", "x")

    monkeypatch.setattr("rembi_widgets.images.scan", refuse)
    assert main(["scan", str(tmp_path)]) == 2
    assert "Permission denied" in capsys.readouterr().err


def test_stopping_is_no_traceback(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    def stopped(*_: object, **__: object) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr(_serve, "serve", stopped)
    assert main(["app", str(tmp_path)]) == 2
    assert capsys.readouterr().err == catalogue("en")["app.stopped"] + "\n"


def test_app_and_demo_serve_what_they_are_told(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    asked: list[tuple[Path, dict[str, object]]] = []
    monkeypatch.setattr(_serve, "serve", lambda folder, **how: asked.append((folder, how)) or 0)
    assert main(["app", str(tmp_path), "--port", "8123", "--no-browser"]) == 0
    monkeypatch.chdir(tmp_path)
    assert main(["app", "--root", "/data"]) == 0
    assert main(["demo", str(tmp_path / "demo")]) == 0
    assert asked[0] == (tmp_path.resolve(), {"root": None, "port": 8123, "browser": False})
    assert asked[1] == (tmp_path.resolve(), {"root": Path("/data"), "port": 0, "browser": True})
    assert asked[2][0] == (tmp_path / "demo").resolve()
    assert str(tmp_path / "demo") in capsys.readouterr().out


def test_a_demo_made_twice_is_left_as_it_is(tmp_path: Path) -> None:
    first = demo(tmp_path / "demo")
    with open_curation(first) as curation:
        curation.set("/study/title", "the visitor's")
    before = {path: (path.stat().st_mtime_ns, path.stat().st_size) for path in first.rglob("*")}
    assert demo(str(tmp_path / "demo")) == first
    assert {path: (path.stat().st_mtime_ns, path.stat().st_size) for path in first.rglob("*")} == before
    again = demo()
    assert {path.relative_to(again) for path in again.glob("0*/*")} == {
        p.relative_to(first) for p in first.glob("0*/*")
    }
    shutil.rmtree(again.parent)


def test_check_takes_a_folder_an_open_curation_or_a_record(tmp_path: Path) -> None:
    with open_curation(tmp_path) as curation:
        curation.set("/study/title", "t")
        found = [check(source) for source in (tmp_path, str(tmp_path), curation, curation.record)]
    assert found[0]
    assert all([finding.path for finding in one] == [finding.path for finding in found[0]] for one in found)
    assert check(Curation(), "bia") != check(Curation(), "isatab")


@pytest.mark.parametrize("target", ["", "ISATAB", "nature"])
def test_a_target_nobody_knows_is_told(target: str) -> None:
    with pytest.raises(RembiError, match="isatab"):
        check(Curation(), target)


def test_checking_a_folder_leaves_no_lease_behind(tmp_path: Path) -> None:
    with open_curation(tmp_path) as curation:
        curation.set("/study/title", "t")
    held = json.loads((tmp_path / "rembi.json").read_text(encoding="utf-8"))
    held["study"]["title"] = "by hand"
    (tmp_path / "rembi.json").write_text(json.dumps(held), encoding="utf-8")
    check(tmp_path)
    assert not (tmp_path / ".rembi" / "lease.json").exists()
    assert open_curation(tmp_path).record.study.title == "by hand"


def test_export_takes_what_check_takes_and_writes_the_checkpoint_first(tmp_path: Path) -> None:
    folder = tmp_path / "set"
    folder.mkdir()
    curation = open_curation(folder)
    curation.set("/study/title", "t")
    first = export(curation, "isatab", tmp_path / "open")
    assert json.loads((folder / "rembi.json").read_text(encoding="utf-8"))["study"] == {"title": "t"}
    second = export(folder, "isatab", tmp_path / "closed")
    assert [path.read_bytes() for path in first.files] == [path.read_bytes() for path in second.files]
    curation.close()


def test_export_that_cannot_be_written_is_told(tmp_path: Path) -> None:
    (tmp_path / "out").write_bytes(b"a file where the folder should be")
    with pytest.raises((RembiError, OSError)):
        export(Curation(), "isatab", tmp_path / "out")
    assert main(["export", str(tmp_path), "--to", "isatab", str(tmp_path / "out")]) == 2


def test_curate_asks_for_a_folder_or_tells_that_there_is_none(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    with pytest.raises(RembiError, match="no folder"):
        curate(tmp_path / "nowhere")
    monkeypatch.chdir(tmp_path)
    asking = curate(lang="fr")
    assert asking.children[0].title == catalogue("fr")["app.choose_folder"]
    assert Path(asking.children[0].default_path) == tmp_path
    asking.children[0]._callback(SimpleNamespace(selected_path=str(tmp_path)))
    assert asking.children[0].lang == "fr"
    assert list(tmp_path.iterdir()) == []
