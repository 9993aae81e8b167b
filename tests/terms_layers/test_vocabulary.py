"""The health of the vocabulary, and the command that shows and changes it."""

from __future__ import annotations

import io
import json
import sys
from pathlib import Path
from typing import Any

import pytest

from rembi_widgets.app import main
from rembi_widgets.locale import catalogue, set_language
from rembi_widgets.terms import health, known_packs, packs
from rembi_widgets.terms._layers import _bring, _packs
from rembi_widgets.terms._layers._packs import Known
from tests.terms_layers.service import Said, Service
from tests.terms_layers.test_packs import GOOD, listed


@pytest.fixture
def fbbi(service: Service, monkeypatch: pytest.MonkeyPatch) -> Service:
    about = Known("FBbi", service.url + "/obo/fbbi.obo", "CC BY 4.0", ("FBbi",), "", 2, 10_000)
    listed(monkeypatch, {"fbbi": about})
    service.plan = [Said(GOOD)]
    return service


@pytest.fixture
def mine(tmp_path: Path) -> Path:
    (tmp_path / "mine.obo").write_bytes(GOOD)
    return tmp_path / "mine.obo"


def ran(capsys: pytest.CaptureFixture[str], *words: str) -> tuple[int, str, str]:
    status = main(["vocabulary", *words])
    said = capsys.readouterr()
    return status, said.out, said.err


def ran_json(capsys: pytest.CaptureFixture[str], *words: str) -> Any:
    status, out, _ = ran(capsys, *words, "--json")
    assert status == 0
    return json.loads(out)


def test_health_tells_what_is_there_and_what_could_be() -> None:
    found = {layer.name: layer for layer in health().layers}
    assert found["starter"].state == "there"
    assert (found["starter"].terms or 0) > 1_800
    for name, pack in known_packs().items():
        layer = found[f"pack:{name}"]
        assert (layer.state, layer.title, layer.licence) == ("absent", pack.title, pack.licence)
        assert layer.advice == f"rembi-widgets vocabulary fetch {name}"


def test_health_tells_of_a_pack_its_version_terms_and_date(mine: Path) -> None:
    (record,) = _bring.import_file(mine)
    (layer,) = [one for one in health().layers if one.name == "pack:mine"]
    assert (layer.state, layer.terms, layer.date) == ("there", 3, record.date)
    assert layer.version.startswith("2026-01-23+")


def test_health_tells_of_a_pack_that_is_damaged(mine: Path, cache: Path) -> None:
    (record,) = _bring.import_file(mine)
    (cache / "ontologies" / record.file).write_bytes(b"short")
    (layer,) = [one for one in health().layers if one.name == "pack:mine"]
    assert layer.state == "broken"
    assert "damaged or gone" in layer.advice


def test_health_tells_how_the_online_service_stands(monkeypatch: pytest.MonkeyPatch) -> None:
    from rembi_widgets.terms import online

    wanted = {"on": True, "url": "http://127.0.0.1:9/none", "last": "never", "resting": 0, "kept": 0}
    assert health().online == wanted
    online("confocal", "imaging_method")
    assert health().online == {**wanted, "last": "failed"}


def test_health_asks_nothing_of_the_network(service: Service, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("REMBI_OLS_URL", service.url)
    health(count=True)
    assert service.asked == []


def test_the_command_alone_lists_the_layers(capsys: pytest.CaptureFixture[str], mine: Path, cache: Path) -> None:
    ran(capsys, "import", str(mine))
    status, out, err = ran(capsys)
    assert (status, err) == (0, "")
    lines = out.splitlines()
    assert lines[0] == f"Layers of the vocabulary, in {cache / 'ontologies'}:"
    assert any(line.startswith("pack:mine\tthere\t2026-01-23+") and "\t3 terms\t" in line for line in lines)
    assert any(line.startswith("pack:uo\tnot here") for line in lines)
    assert lines[-1] == "Online service: on, http://127.0.0.1:9/none, last answer: never, 0 answers kept."


def test_the_list_in_french_and_with_the_service_off(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("REMBI_OLS", "off")
    _, out, _ = ran(capsys, "list", "--lang", "fr")
    assert "pack:uo\tabsente" in out
    assert out.splitlines()[-1] == "Service en ligne : désactivé (REMBI_OLS)."


def test_the_list_as_json_is_the_health(capsys: pytest.CaptureFixture[str]) -> None:
    said = ran_json(capsys)
    assert said == health().to_json()
    assert set(said) == {"layers", "folder", "online"}


def test_a_pack_is_fetched_after_a_yes_on_the_command_line(capsys: pytest.CaptureFixture[str], fbbi: Service) -> None:
    (record,) = ran_json(capsys, "fetch", "fbbi", "--yes")
    assert record == packs()[0].to_json()
    assert record["terms"] == 2


@pytest.mark.usefixtures("fbbi")
@pytest.mark.parametrize(("said", "status"), [("y\n", 0), ("oui\n", 0), ("n\n", 2), ("\n", 2), ("", 2)])
def test_a_person_at_a_terminal_is_asked(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch, said: str, status: int
) -> None:
    typed = io.StringIO(said)
    monkeypatch.setattr(typed, "isatty", lambda: True)
    monkeypatch.setattr(sys, "stdin", typed)
    got, _, err = ran(capsys, "fetch", "fbbi")
    assert got == status
    assert "Fetch FBbi from http://127.0.0.1" in err
    assert "Licence CC BY 4.0" in err


@pytest.mark.parametrize("words", [["fetch", "fbbi"], ["fetch", "fbbi", "--json"]])
def test_nobody_to_ask_means_no(capsys: pytest.CaptureFixture[str], fbbi: Service, words: list[str]) -> None:
    status, out, err = ran(capsys, *words)
    assert (status, out, fbbi.asked) == (2, "", [])
    assert "nobody has agreed" in err


def test_packs_are_imported_packed_up_and_removed(
    capsys: pytest.CaptureFixture[str], mine: Path, tmp_path: Path
) -> None:
    out = tmp_path / "packs.zip"
    assert ran(capsys, "import", str(mine), "--name", "lab")[1] == "lab: 3 terms, version 2026-01-23, 1 left out.\n"
    assert ran(capsys, "pack", "lab", str(out))[1] == f"lab is in {out}.\n"
    assert ran(capsys, "remove", "lab")[1] == "lab is removed.\n"
    assert packs() == ()
    assert [record["name"] for record in ran_json(capsys, "import", str(out))] == ["lab"]


@pytest.mark.parametrize(
    ("words", "why"),
    [
        (["fetch"], "Say what to fetch"),
        (["import"], "Say what to import"),
        (["remove"], "Say what to remove"),
        (["pack"], "Say what to pack"),
        (["fetch", "nope", "--yes"], "There is no pack nope"),
        (["import", "none.obo"], "There is no file none.obo"),
        (["remove", "nope"], "The pack nope is not here"),
        (["pack", "nope", "out.zip"], "The pack nope is not here"),
    ],
)
def test_what_cannot_be_done_is_said_in_one_sentence(
    capsys: pytest.CaptureFixture[str], words: list[str], why: str
) -> None:
    status, out, err = ran(capsys, *words)
    assert (status, out) == (2, "")
    assert err.startswith(why)
    assert len(err.splitlines()) == 1


def test_every_sentence_of_the_vocabulary_is_in_both_languages() -> None:
    english, french = catalogue("en"), catalogue("fr")
    ours = [key for key in english if key.startswith("vocabulary.")]
    assert len(ours) > 40
    assert [key for key in ours if english[key] == french[key]] == ["vocabulary.install", "vocabulary.fetch_it"]
    set_language("fr")
    assert str(_packs.RembiError("vocabulary.broken_file", path="a")).startswith("a est illisible")
