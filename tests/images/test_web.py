"""OME-Zarr over HTTP: as few requests as can be, the same records as from a folder, and nothing that could harm."""

from __future__ import annotations

import json
import socket
import threading
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field, replace
from functools import partial
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from urllib.parse import unquote

import numpy as np
import pytest

from rembi_widgets.images import ImageRecord, UnreadableImageError, _web_store, read_image, scan
from rembi_widgets.images._web import Web, allows_private, below, is_public
from rembi_widgets.images._web_store import WebStore, read_web, scan_web
from tests.images.make import multiscales, ome, zarr2, zarr3

PIXELS = np.zeros((2, 3, 6, 8), np.uint16)
SCALES = multiscales("czyx", [(1, 0.5, 0.2, 0.2)], dict.fromkeys("zyx", "micrometer"), "0.4")


@dataclass
class Served:
    """A server on the loopback: what it was asked for, and what it answers besides files."""

    root: Path
    asked: list[str] = field(default_factory=list)
    answers: dict[str, Callable[[BaseHTTPRequestHandler], None]] = field(default_factory=dict)
    url: str = ""


class Handler(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    disable_nagle_algorithm = True  # head and body are two writes, and each wait between them is 40 ms

    def __init__(self, served: Served, *values: object) -> None:
        self.served = served
        super().__init__(*values)  # type: ignore[arg-type]

    def do_GET(self) -> None:
        self.served.asked.append(self.path)
        own = self.served.answers.get(self.path.partition("?")[0])
        if own is not None:
            own(self)
            return
        place = self.served.root / unquote(self.path.partition("?")[0]).lstrip("/")
        found = place.read_bytes() if place.is_file() else None
        self.say(200 if found is not None else 404, found or b"")

    def say(self, status: int, body: bytes = b"", **headers: str) -> None:
        self.send_response(status)
        for name, value in {"Content-Length": str(len(body)), **headers}.items():
            self.send_header(name.replace("_", "-"), value)
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *_: object) -> None:
        """Be quiet."""


class Server(ThreadingHTTPServer):
    def handle_error(self, *_: object) -> None:
        """Be quiet about those who hang up."""


@pytest.fixture
def served(tmp_path: Path) -> Iterator[Served]:
    said = Served(tmp_path)
    server = Server(("127.0.0.1", 0), partial(Handler, said))
    said.url = f"http://127.0.0.1:{server.server_address[1]}"
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02}, daemon=True)
    thread.start()
    yield said
    server.shutdown()
    thread.join()
    server.server_close()


def new(folder: Path) -> Path:
    return zarr3(folder, [PIXELS], {"version": "0.5", "multiscales": [SCALES]}, chunks=(1, 1, 6, 8))


def old(folder: Path) -> Path:
    return zarr2(folder, [PIXELS], {"multiscales": [SCALES]}, chunks=(1, 1, 6, 8))


def plain(records: tuple[ImageRecord, ...]) -> list[ImageRecord]:
    return [replace(record, path="", size_bytes=None, mtime=None) for record in records]


@pytest.mark.parametrize(("make", "least"), [(new, 2), (old, 3)])
def test_an_image_takes_the_fewest_requests(served: Served, make: Callable[[Path], Path], least: int) -> None:
    store = make(served.root / "one image.zarr")
    found = read_image(f"{served.url}/one%20image.zarr")
    assert len(served.asked) == least
    assert plain(found) == plain(read_image(store))
    assert found[0].path == f"{served.url}/one%20image.zarr"
    assert (found[0].size_x, found[0].size_z, found[0].px_x_um) == (8, 3, 0.2)
    assert found[0].sources["px_x_um"]


@pytest.mark.parametrize("make", [new, old])
def test_a_plate_is_read_by_the_wells_it_names(served: Served, make: Callable[[Path], Path]) -> None:
    root = served.root / "plate.zarr"
    wells = [{"path": f"{row}/{column}"} for row in "AB" for column in (1, 2)]
    for well in wells:
        make(root / well["path"] / "0")
        write(make, root / well["path"], {"well": {"images": [{"path": "0"}]}})
    write(make, root, {"plate": {"name": "P1", "wells": wells}})
    found = read_image(f"{served.url}/plate.zarr/")
    assert plain(found) == plain(read_image(root))
    assert [(record.well_row, record.well_col) for record in found] == [("A", "1"), ("A", "2"), ("B", "1"), ("B", "2")]
    assert len(served.asked) == len(set(served.asked))
    # the root, its other format's file, OME-XML that is not there; each well, its image and its array
    assert len(served.asked) <= 3 + 3 * len(wells)


def write(make: Callable[[Path], Path], folder: Path, attributes: dict[str, object]) -> None:
    folder.mkdir(parents=True, exist_ok=True)
    if make is old:
        (folder / ".zattrs").write_text(json.dumps(attributes))
        (folder / ".zgroup").write_text("{}")
    else:
        said = {"zarr_format": 3, "node_type": "group", "attributes": {"ome": attributes}}
        (folder / "zarr.json").write_text(json.dumps(said))


@pytest.mark.parametrize("make", [new, old])
@pytest.mark.parametrize("listed", [True, False])
def test_the_layout_of_bioformats2raw(served: Served, make: Callable[[Path], Path], listed: bool) -> None:
    root = served.root / "set.zarr"
    for n in range(2):
        make(root / str(n))
    write(make, root, {"bioformats2raw.layout": 3})
    if listed:
        write(make, root / "OME", {"series": ["0", "1"]})
    else:
        (root / "OME").mkdir()
    found = read_image(f"{served.url}/set.zarr")
    assert plain(found) == plain(read_image(root))
    assert len(found) == 2


def test_the_xml_beside_the_images_says_it_all_at_once(served: Served) -> None:
    root = served.root / "set.zarr"
    old(root / "0")
    write(old, root, {"bioformats2raw.layout": 3})
    write(old, root / "OME", {"series": ["0"]})
    (root / "OME" / "METADATA.ome.xml").write_text(ome(pixels='PhysicalSizeX="0.3"'))
    found = read_image(f"{served.url}/set.zarr")
    assert found[0].px_x_um == 0.3
    assert plain(found) == plain(read_image(root))
    assert len(served.asked) == 4


def test_a_scan_of_an_address_is_a_scan(served: Served) -> None:
    old(served.root / "data" / "one.zarr")
    found = scan(f"{served.url}/data/one.zarr")
    assert [record.path for record in found.images] == ["one.zarr"]
    assert [(file.path, file.kind, file.format, file.images) for file in found.files] == [
        ("one.zarr", "directory", "OME-Zarr", 1)
    ]
    assert found.groups[0].count == 1


def test_a_scan_of_an_address_without_an_image_tells_why(served: Served) -> None:
    found = scan(f"{served.url}/none.zarr")
    assert found.images == ()
    assert found.unreadable[0]["message"] == "none.zarr is a Zarr folder but describes no image (OME-Zarr)."


def test_a_key_in_the_address_stays_there(served: Served) -> None:
    new(served.root / "one.zarr")
    found = read_image(f"{served.url}/one.zarr?key=secret")
    assert served.asked == ["/one.zarr/zarr.json?key=secret", "/one.zarr/0/zarr.json?key=secret"]
    assert "secret" not in json.dumps([record.to_json() for record in found])  # what is kept of it
    assert below("https://h.org/a.zarr/", "0/zarr.json") == "https://h.org/a.zarr/0/zarr.json"


def refusal(served: Served, web: Web | None = None, at: str = "/one.zarr") -> str:
    with pytest.raises(UnreadableImageError) as fault:
        read_web(served.url + at, web=web)
    assert fault.value.say("en") != fault.value.say("fr")
    assert fault.value.say("en").endswith((".", ")")) or ": " in fault.value.say("en")
    return fault.value.key


def test_redirects_are_followed_a_few_times(served: Served) -> None:
    new(served.root / "far.zarr")
    for file in ("zarr.json", "0/zarr.json"):
        served.answers[f"/one.zarr/{file}"] = lambda h, f=file: h.say(302, Location=f"/far.zarr/{f}")  # type: ignore[misc]
    assert len(read_web(f"{served.url}/one.zarr")) == 1
    served.answers["/one.zarr/zarr.json"] = lambda h: h.say(302, Location="/one.zarr/zarr.json")  # type: ignore[attr-defined]
    assert refusal(served) == "images.web_redirects"
    assert len(served.asked) < 12


@pytest.mark.parametrize("to", ["file:///etc/passwd", "ftp://h.org/a", "gopher://h/", "http://user:word@h.org/"])
def test_a_redirect_to_elsewhere_than_the_web_is_refused(served: Served, to: str) -> None:
    served.answers["/one.zarr/zarr.json"] = lambda h: h.say(302, Location=to)  # type: ignore[attr-defined]
    assert refusal(served) == "images.web_scheme"


@pytest.mark.parametrize("status", [500, 503, 401, 429])
def test_a_failing_server_is_told_with_its_status(served: Served, status: int) -> None:
    served.answers["/one.zarr/zarr.json"] = lambda h: h.say(status)  # type: ignore[attr-defined]
    assert refusal(served) == "images.web_status"


def test_a_file_too_large_is_not_read_to_its_end(served: Served, monkeypatch: pytest.MonkeyPatch) -> None:
    from rembi_widgets.images import _zarr_store

    monkeypatch.setattr(_zarr_store, "JSON_LIMIT", 1 << 20)
    served.answers["/one.zarr/zarr.json"] = lambda h: h.say(200, b" " * (3 << 20))  # type: ignore[attr-defined]
    assert refusal(served) == "images.header_too_large"


def drip(handler: BaseHTTPRequestHandler) -> None:
    """Send a byte now and then, for longer than anybody waits."""
    handler.send_response(200)
    handler.send_header("Content-Length", "1000")
    handler.end_headers()
    try:
        for _ in range(100):
            handler.wfile.write(b" ")
            handler.wfile.flush()
            time.sleep(0.05)
    except OSError:
        handler.close_connection = True


def test_a_slow_server_is_given_up(served: Served) -> None:
    served.answers["/one.zarr/zarr.json"] = drip
    begin = time.monotonic()
    assert refusal(served, Web(private=True, time_s=0.3)) == "images.web_slow"
    assert time.monotonic() - begin < 4  # the server would go on for 5 s


def test_all_files_together_have_their_time(served: Served) -> None:
    new(served.root / "one.zarr")
    assert refusal(served, Web(private=True, all_s=-1)) == "images.web_slow"


def test_a_file_cut_short_is_told(served: Served) -> None:
    def short(handler: BaseHTTPRequestHandler) -> None:
        handler.send_response(200)
        handler.send_header("Content-Length", "1000")
        handler.end_headers()
        handler.wfile.write(b"{}")
        handler.close_connection = True

    served.answers["/one.zarr/zarr.json"] = short
    assert refusal(served) == "images.web_unreachable"


def test_a_server_that_closes_each_connection_is_asked_anew(served: Served) -> None:
    new(served.root / "one.zarr")

    def closing(handler: BaseHTTPRequestHandler) -> None:
        body = (served.root / handler.path.lstrip("/")).read_bytes()
        handler.say(200, body)  # type: ignore[attr-defined]
        handler.close_connection = True  # without saying so

    for file in ("zarr.json", "0/zarr.json"):
        served.answers[f"/one.zarr/{file}"] = closing
    assert len(read_web(f"{served.url}/one.zarr")) == 1


@pytest.mark.parametrize("body", [b"", b"{", b"[]", b"\xff", b"<html>"])
def test_what_is_no_json_is_told(served: Served, body: bytes) -> None:
    served.answers["/one.zarr/zarr.json"] = lambda h: h.say(200, body)  # type: ignore[attr-defined]
    assert refusal(served) == "images.json_broken"


def test_paths_do_not_lead_out_of_the_store(served: Served) -> None:
    write(new, served.root / "one.zarr", {"multiscales": [{**SCALES, "datasets": [{"path": "../../secret"}]}]})
    assert refusal(served) == "images.path_outside"
    assert all("secret" not in path for path in served.asked)


def test_a_server_that_is_not_there_is_told() -> None:
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    with pytest.raises(UnreadableImageError, match="could not be reached"):
        read_image(f"http://127.0.0.1:{port}/a.zarr")


@pytest.mark.parametrize(
    "url", ["http://", "https:///a.zarr", "http://u:p@h.org/a.zarr", "http://h.org:99999/a", "http://[::1"]
)
def test_odd_addresses_are_refused(url: str) -> None:
    with pytest.raises(UnreadableImageError) as fault:
        read_image(url)
    assert fault.value.key == "images.web_scheme"
    assert "p@" not in str(fault.value)


# fmt: off
PRIVATE = ["127.0.0.1", "10.1.2.3", "172.16.0.1", "192.168.1.1", "169.254.169.254", "0.0.0.0", "100.64.0.1",
           "::1", "fe80::1%eth0", "fc00::1", "::ffff:10.0.0.1", "64:ff9b::7f00:1", "2002:7f00:1::", "224.0.0.1",
           "words"]
# fmt: on


@pytest.mark.parametrize("address", PRIVATE)
def test_private_addresses_are_refused_where_the_app_is_served(address: str) -> None:
    web = Web(private=False, resolver=lambda *_: [address])
    with pytest.raises(UnreadableImageError) as fault:
        read_web("https://images.example.org/a.zarr", web=web)
    assert fault.value.key == "images.web_private"
    assert web.requests == 0
    assert not is_public(address)


def test_one_private_address_among_public_ones_is_enough() -> None:
    web = Web(private=False, resolver=lambda *_: ["93.184.216.34", "127.0.0.1"])
    with pytest.raises(UnreadableImageError, match="private network"):
        web.get("http://images.example.org/a", 10)


def test_public_addresses_are_known() -> None:
    assert all(map(is_public, ["8.8.8.8", "93.184.216.34", "2606:2800:220:1::1"]))


def test_a_redirect_into_the_private_network_is_refused(served: Served, monkeypatch: pytest.MonkeyPatch) -> None:
    """The first host is taken for a public one; the one it leads to is not."""
    from rembi_widgets.images import _web

    monkeypatch.setattr(_web, "is_public", lambda address: address == "127.0.0.1")
    served.answers["/one.zarr/zarr.json"] = lambda h: h.say(302, Location="http://inner.example.org/latest")  # type: ignore[attr-defined]
    web = Web(private=False, resolver=lambda host, _: ["10.0.0.1" if host.startswith("inner") else "127.0.0.1"])
    assert refusal(served, web) == "images.web_private"


def test_the_address_looked_at_is_the_address_connected_to(served: Served) -> None:
    """A name is resolved once; the connection goes to what was found, not to the name."""
    new(served.root / "one.zarr")
    asked: list[str] = []

    def resolver(host: str, _: int) -> list[str]:
        asked.append(host)
        return ["127.0.0.1"]

    port = served.url.rpartition(":")[2]
    found = read_web(f"http://images.invalid:{port}/one.zarr", web=Web(private=True, resolver=resolver))
    assert len(found) == 1
    assert asked == ["images.invalid"]


@pytest.mark.parametrize(
    ("named", "software", "host", "wanted"),
    [
        ("", "", "", True),
        ("", "voila/0.5.8", "localhost", True),
        ("", "voila/0.5.8", "rembi.example.org", False),
        ("refuse", "", "", False),
        ("allow", "voila/0.5.8", "rembi.example.org", True),
    ],
)
def test_the_setting(monkeypatch: pytest.MonkeyPatch, named: str, software: str, host: str, wanted: bool) -> None:
    monkeypatch.setenv("REMBI_PRIVATE_ADDRESSES", named)
    monkeypatch.setenv("SERVER_SOFTWARE", software)
    monkeypatch.setenv("SERVER_NAME", host)
    assert allows_private() is wanted
    assert Web().private is wanted


def test_of_a_plate_too_large_what_was_read_stays(served: Served, monkeypatch: pytest.MonkeyPatch) -> None:
    root = served.root / "plate.zarr"
    wells = [{"path": f"A/{column}"} for column in range(1, 5)]
    for well in wells:
        new(root / well["path"] / "0")
        write(new, root / well["path"], {"well": {"images": [{"path": "0"}]}})
    write(new, root, {"plate": {"name": "P1", "wells": wells}})
    monkeypatch.setattr(_web_store, "REQUESTS", 10)
    found = read_image(f"{served.url}/plate.zarr")
    assert len(served.asked) == 10
    assert len(found) == 2
    assert "2 of 4 images" in found[-1].warnings[-1].say("en")
    assert scan_web(f"{served.url}/plate.zarr").images[0].path == "plate.zarr"


def test_each_file_is_asked_for_once(served: Served) -> None:
    new(served.root / "one.zarr")
    with Web(private=True) as web:
        store = WebStore(f"{served.url}/one.zarr", web)
        assert store.get("zarr.json", 10000) == store.get("zarr.json", 10000)
        assert store.get("none.txt", 10) is None is store.get("none.txt", 10)
    assert len(served.asked) == 2
