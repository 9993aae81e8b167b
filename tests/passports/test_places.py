"""Where microscope files are looked for: folders, addresses, the copy kept, and what may not be asked."""

from __future__ import annotations

import json
import os
import threading
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import pytest

from rembi_widgets.images import PassportError, _passport_web, _web, microscopes
from rembi_widgets.images._passport_web import fetch, is_address
from tests.passports.files import OURS, micro_meta

SCOPE = json.dumps(micro_meta()).encode()
Answers = dict[str, tuple[int, bytes, dict[str, str]]]


class Server:
    """A facility's server on this machine."""

    def __init__(self) -> None:
        self.answers: Answers = {}
        self.asked: list[str] = []
        outer = self

        class Handler(BaseHTTPRequestHandler):
            def do_GET(self) -> None:
                outer.asked.append(self.path)
                status, body, headers = outer.answers.get(self.path, (404, b"", {}))
                self.send_response(status)
                for name, value in {"Content-Length": str(len(body)), **headers}.items():
                    self.send_header(name, value)
                self.end_headers()
                self.wfile.write(body)

            def log_message(self, *_: object) -> None:
                """Say nothing."""

        self.http = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        self.url = f"http://127.0.0.1:{self.http.server_address[1]}"

    def put(self, path: str, body: bytes, status: int = 200, **headers: str) -> str:
        self.answers[path] = (status, body, headers)
        return self.url + path


@pytest.fixture
def server() -> Iterator[Server]:
    made = Server()
    thread = threading.Thread(target=made.http.serve_forever, kwargs={"poll_interval": 0.01})
    thread.start()
    yield made
    made.http.shutdown()
    thread.join()
    made.http.server_close()


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    made = tmp_path / "facility"
    made.mkdir()
    (made / "sd.yaml").write_text(OURS)
    (made / "scope.json").write_bytes(SCOPE)
    return made


def names(where: Path | str | None = None, **given: Path | None) -> list[str]:
    return [passport.name for passport in microscopes(where, **given)]


def test_a_folder_gives_all_its_microscopes_and_tells_what_is_none(folder: Path) -> None:
    (folder / "broken.json").write_text("{")
    (folder / "readme.txt").write_text("not looked at")
    found = microscopes(folder)
    assert [passport.name for passport in found] == ["Scope", "Spinning disk"]
    assert [item["path"] for item in found.unreadable] == ["broken.json"]
    assert found.to_json()["unreadable"][0]["message"].startswith("broken.json is no JSON")


def test_without_a_place_the_usual_ones_are_looked_into(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    dataset = tmp_path / "lab" / "project" / "set"
    for place, name in ((dataset, "Mine"), (tmp_path / "lab", "Ours"), (tmp_path / "env", "Theirs")):
        (place / "microscopes").mkdir(parents=True)
        (place / "microscopes" / "a.yaml").write_text(f"microscope: {name}\n")
    monkeypatch.setenv("REMBI_MICROSCOPES", f" {tmp_path / 'env' / 'microscopes'} ; {tmp_path / 'gone'}")
    assert names(dataset=dataset) == ["Mine", "Ours", "Theirs"]
    assert names(dataset=dataset, root=tmp_path / "lab" / "project") == ["Mine", "Theirs"]
    assert [item["path"] for item in microscopes().unreadable] == [str(tmp_path / "gone")]


def test_the_users_own_folder_is_looked_into(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("rembi_widgets.images._passport_places.user_folder", lambda: tmp_path)
    (tmp_path / "own.yml").write_text("microscope: My own\n")
    assert names() == ["My own"]


def test_a_place_that_is_nowhere_gives_a_sentence(tmp_path: Path) -> None:
    with pytest.raises(PassportError, match="There is no folder or file"):
        microscopes(tmp_path / "gone")


@pytest.mark.skipif(os.name == "nt", reason="links need a privilege there")
def test_a_link_that_leads_out_of_the_folder_is_not_followed(folder: Path, tmp_path: Path) -> None:
    secret = tmp_path / "secret.yaml"
    secret.write_text("microscope: Secret\n")
    (folder / "link.yaml").symlink_to(secret)
    assert "Secret" not in names(folder)


def test_a_microscope_is_named_by_name_id_file_or_key(folder: Path) -> None:
    found = microscopes(folder)
    wanted = found[1]
    for name in ("spinning DISK", "sd-204", "sd.yaml", "sd", wanted.key):
        assert found.named(name) is wanted
    with pytest.raises(PassportError, match="Known are: Scope, Spinning disk"):
        found.named("Other")
    with pytest.raises(PassportError, match="No microscope file was found"):
        microscopes().named("Other")


def test_two_of_one_name_are_told_apart_by_their_files(folder: Path) -> None:
    (folder / "sd2.yaml").write_text(OURS)
    found = microscopes(folder)
    with pytest.raises(PassportError, match=r"Several .* sd\.yaml, sd2\.yaml"):
        found.named("Spinning disk")
    assert found.named("sd2").source == "sd2.yaml"


def test_a_file_of_the_web_is_read_once_and_kept(server: Server) -> None:
    url = server.put("/a/scope%201.json", SCOPE)
    assert [(one.name, one.source) for one in microscopes(url)] == [("Scope", "scope 1.json")]
    assert names(url) == ["Scope"]
    assert server.asked == ["/a/scope%201.json"]


def test_a_list_names_files_beside_it_and_none_elsewhere(server: Server) -> None:
    server.put("/m/a.yaml", OURS.encode())
    there = ["a.yaml", "gone.json", "https://elsewhere.example/b.json", "//elsewhere.example/c.json", 7]
    found = microscopes(server.put("/m/list.json", json.dumps({"microscopes": there}).encode()))
    assert [passport.name for passport in found] == ["Spinning disk"]
    assert [item["path"] for item in found.unreadable] == ["gone.json", "b.json", "c.json"]
    assert "no file at" in found.unreadable[0]["message"]


def test_without_a_network_the_copy_is_used(server: Server, monkeypatch: pytest.MonkeyPatch) -> None:
    url = server.put("/scope.json", SCOPE)
    monkeypatch.setenv("REMBI_OFFLINE", "1")
    with pytest.raises(PassportError, match="switched off"):
        fetch(url)
    monkeypatch.setenv("REMBI_OFFLINE", "0")
    assert fetch(url) == SCOPE
    monkeypatch.setenv("REMBI_OFFLINE", "1")
    assert fetch(url) == SCOPE
    assert server.asked == ["/scope.json"]


def test_a_server_that_is_gone_is_replaced_by_an_old_copy(server: Server, monkeypatch: pytest.MonkeyPatch) -> None:
    url = server.put("/scope.json", SCOPE)
    fetch(url)
    monkeypatch.setattr(_passport_web, "FRESH_S", 0.0)
    server.answers["/scope.json"] = (500, b"", {})
    assert fetch(url) == SCOPE
    assert len(server.asked) == 2


def test_private_addresses_are_refused_when_served_to_others(server: Server, monkeypatch: pytest.MonkeyPatch) -> None:
    url = server.put("/scope.json", SCOPE)
    monkeypatch.setenv("REMBI_PRIVATE_ADDRESSES", "refuse")
    for where in (url, url.replace("127.0.0.1", "localhost"), "http://169.254.169.254/latest"):
        with pytest.raises(PassportError, match="private network"):
            fetch(where)
    assert server.asked == []


@pytest.mark.parametrize(
    "url",
    ["http://user:word@127.0.0.1/x", "http:///x", "http://127.0.0.1:0/x", "http://127.0.0.1/a b", "http://[bad/x"],
)
def test_odd_addresses_are_not_asked(url: str) -> None:
    assert is_address(url)
    with pytest.raises(PassportError, match="is not an address that is read"):
        fetch(url)


def test_redirects_are_followed_a_few_times_and_checked(server: Server) -> None:
    server.put("/scope.json", SCOPE)
    assert fetch(server.put("/old.json", b"", 302, Location="/scope.json")) == SCOPE
    for where in ("file:///etc/passwd", "http://user@127.0.0.1/"):
        with pytest.raises(PassportError, match="is not an address that is read"):
            fetch(server.put(f"/to-{len(where)}", b"", 302, Location=where))
    with pytest.raises(PassportError, match="leads on and on"):
        fetch(server.put("/round", b"", 302, Location="/round"))
    assert server.asked.count("/round") == _web.REDIRECTS + 1


def test_answers_have_limits(server: Server, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(_passport_web, "LARGEST", 10)
    with pytest.raises(PassportError, match="larger than"):
        fetch(server.put("/large", b"x" * 11))


def test_half_an_answer_is_none(server: Server) -> None:
    url = server.put("/half", b"x", **{"Content-Length": "5"})
    with pytest.raises(PassportError, match="could not be reached"):
        fetch(url)


def test_a_host_that_is_not_there_gives_a_sentence(server: Server) -> None:
    server.http.server_close()
    with pytest.raises(PassportError, match="could not be reached"):
        fetch(f"{server.url}/x")
