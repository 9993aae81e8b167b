"""Packs: fetched with consent, imported from files and zips, removed; nothing is ever half there."""

from __future__ import annotations

import json
import zipfile
from collections.abc import Mapping
from dataclasses import replace
from hashlib import sha256
from pathlib import Path
from typing import Any

import pytest

from rembi_widgets import terms
from rembi_widgets.errors import RembiError
from rembi_widgets.terms import fetch_pack, import_packs, known_packs, pack_up, packs, remove_pack
from rembi_widgets.terms._layers import _bring, _packs, layers
from rembi_widgets.terms._layers._packs import Known, PackLayer, Record, pack_layers
from tests.terms_layers.service import Said, Service

GOOD = b"""format-version: 1.2
data-version: releases/2026-01-23

[Term]
id: FBbi:00000251
name: confocal microscopy

[Term]
id: FBbi:00000246
name: fluorescence microscopy
xref: a bad line follows
synonym: nothing quoted

[Term]
id: RO:0000057
name: has participant
"""
OTHER = GOOD.replace(b"2026-01-23", b"2026-06-01").replace(b"confocal", b"spinning disk confocal")


@pytest.fixture
def fbbi(service: Service, monkeypatch: pytest.MonkeyPatch) -> Known:
    about = Known("FBbi", service.url + "/obo/fbbi.obo", "CC BY 4.0", ("FBbi",), "", 2, 10_000)
    return listed(monkeypatch, {"fbbi": about})["fbbi"]


def listed(monkeypatch: pytest.MonkeyPatch, known: Mapping[str, Known]) -> Mapping[str, Known]:
    for module in (_packs, _bring):
        monkeypatch.setattr(module, "known", lambda: known)
    monkeypatch.setattr(terms, "known_packs", lambda: known)
    return known


def held(cache: Path) -> set[str]:
    return {path.name for path in (cache / "ontologies").glob("*")}


def labels() -> list[str]:
    return [term.label for layer in pack_layers() for term in layer.terms()]


@pytest.mark.usefixtures("fbbi")
def test_a_pack_is_fetched_and_all_is_noted_of_it(service: Service, cache: Path) -> None:
    service.plan = [Said(GOOD, headers={"ETag": '"abc"', "Last-Modified": "Fri, 23 Jan 2026 00:00:00 GMT"})]
    come: list[int] = []
    record = fetch_pack("fbbi", consent=True, progress=lambda _, size: come.append(size))
    digest = sha256(GOOD).hexdigest()
    wanted = Record(
        name="fbbi",
        file=f"fbbi-{digest[:12]}.obo",
        bytes=len(GOOD),
        sha256=digest,
        terms=2,
        date=record.date,
        version="2026-01-23",
        licence="CC BY 4.0",
        source=service.url + "/obo/fbbi.obo",
        faults=1,
        etag='"abc"',
        modified="Fri, 23 Jan 2026 00:00:00 GMT",
    )
    assert record == wanted
    assert packs() == (wanted,)
    assert come[-1] == len(GOOD)
    assert held(cache) == {"fbbi.json", record.file}
    assert labels() == ["confocal microscopy", "fluorescence microscopy"]


@pytest.mark.usefixtures("fbbi")
def test_nothing_is_asked_without_consent(service: Service, cache: Path) -> None:
    with pytest.raises(RembiError, match="nobody has agreed"):
        fetch_pack("fbbi", consent=False)
    assert service.asked == []
    assert not cache.exists()


@pytest.mark.usefixtures("fbbi")
def test_a_pack_that_has_not_changed_is_not_sent_again(service: Service) -> None:
    service.plan = [Said(GOOD, headers={"ETag": '"abc"', "Last-Modified": "yesterday"}), Said(status=304)]
    first = fetch_pack("fbbi", consent=True)
    second = fetch_pack("fbbi", consent=True)
    _, headers = service.asked[1]
    assert (headers["If-None-Match"], headers["If-Modified-Since"]) == ('"abc"', "yesterday")
    assert replace(second, date=first.date) == first
    assert labels()[0] == "confocal microscopy"


@pytest.mark.usefixtures("fbbi")
def test_a_newer_pack_takes_the_place_of_the_older(service: Service, cache: Path) -> None:
    service.plan = [Said(GOOD), Said(OTHER)]
    fetch_pack("fbbi", consent=True)
    before = layers()[0].version
    record = fetch_pack("fbbi", consent=True)
    assert held(cache) == {"fbbi.json", record.file}
    assert labels()[0] == "spinning disk confocal microscopy"
    assert layers()[0].version != before


BAD = {
    "html page": (Said(b"<html>not found</html>"), "is no ontology that can be read"),
    "not found": (Said(b"no", status=404), "status 404"),
    "busy": (Said(b"no", status=503), "status 503"),
    "cut short": (Said(GOOD, promised=len(GOOD) + 50), "could not be reached"),
    "too few": (Said(GOOD[: GOOD.index(b"[Term]\nid: FBbi:00000246")]), "holds 1 terms; at least 2"),
    "too large": (Said(GOOD + b"!" * 20_000), "larger than the 10000 bytes"),
    "empty": (Said(b""), "is no ontology"),
    "redirect elsewhere": (Said(status=302, headers={"Location": "https://example.org/x"}), "is not asked"),
    "unasked 304": (Said(status=304), "status 304"),
}


@pytest.mark.usefixtures("fbbi")
@pytest.mark.parametrize("case", BAD)
def test_a_fetch_that_fails_says_why_and_leaves_what_was_there(service: Service, cache: Path, case: str) -> None:
    said, why = BAD[case]
    if case != "unasked 304":
        service.plan = [Said(GOOD)]
        fetch_pack("fbbi", consent=True)
    service.plan = [said]
    before = held(cache)
    with pytest.raises(RembiError, match=why):
        fetch_pack("fbbi", consent=True)
    assert held(cache) == before
    assert labels()[:1] == ([] if case == "unasked 304" else ["confocal microscopy"])


@pytest.mark.usefixtures("fbbi")
def test_a_server_that_is_not_there_is_said_so(service: Service) -> None:
    service.server_close()
    service.shutdown()
    with pytest.raises(RembiError, match=r"127\.0\.0\.1 could not be reached"):
        fetch_pack("fbbi", consent=True)


def test_a_file_that_is_not_the_pinned_one_is_thrown_away(
    service: Service, fbbi: Known, monkeypatch: pytest.MonkeyPatch
) -> None:
    listed(monkeypatch, {"fbbi": replace(fbbi, sha256=sha256(GOOD).hexdigest())})
    service.plan = [Said(OTHER), Said(GOOD)]
    with pytest.raises(RembiError, match="not the file that was wanted"):
        fetch_pack("fbbi", consent=True)
    assert fetch_pack("fbbi", consent=True).terms == 2


def test_an_unknown_pack_is_named_with_those_that_are_known() -> None:
    with pytest.raises(RembiError, match=r"no pack nope\. These can be fetched: fbbi, uo, cmpo"):
        fetch_pack("nope", consent=True)


def test_the_list_of_packs_is_sound(samples: Path) -> None:
    for name, pack in known_packs().items():
        assert _packs.NAME.fullmatch(name)
        assert pack.url.startswith("https://")
        assert pack.licence.startswith(("CC BY", "Apache"))
        assert pack.prefixes
        assert pack.least > 0
        assert 1_000_000 < pack.most_bytes < 10**8
    pinned = {pack.sha256 for pack in known_packs().values() if pack.sha256}
    files = (samples / "terms" / "cmpo" / "cmpo.obo", *(samples / "terms" / "edam_bioimaging").glob("*.tsv"))
    assert pinned == {sha256(file.read_bytes()).hexdigest() for file in files}


@pytest.mark.parametrize(
    ("file", "name", "least"),
    [
        ("uo/uo.obo", "uo", 500),
        ("cmpo/cmpo.obo", "cmpo", 390),
        ("fbbi/fbbi_2020-11-06.obo", "fbbi", 600),
        ("edam_bioimaging/EDAM-bioimaging_alpha06.tsv", "edam_bioimaging", 80),
        ("uberon/efo-slim.obo", "efo_slim", 600),
    ],
)
def test_the_sample_files_become_packs_under_their_own_names(samples: Path, file: str, name: str, least: int) -> None:
    (record,) = import_packs(samples / "terms" / file)
    assert (record.name, record.source) == (name, Path(file).name)
    assert record.terms >= least
    (layer,) = pack_layers()
    ids = [term.id for term in layer.terms()]
    assert len(ids) == record.terms
    assert len(set(ids)) == len(ids)


def test_edam_bioimaging_gives_imaging_topics_alone(samples: Path) -> None:
    import_packs(samples / "terms" / "edam_bioimaging" / "EDAM-bioimaging_alpha06.tsv")
    found = {term.label: term for layer in pack_layers() for term in layer.terms()}
    assert {"Correlative light and electron microscopy", "Electron cryotomography"} <= set(found)
    assert not {"Machine learning", "Data sharing"} & set(found)
    assert {term.parts for term in found.values()} == {("imaging_method",)}
    assert all(term.id.startswith("EDAM_BIM:") for term in found.values())


def test_owl_is_refused_with_what_to_use_instead(samples: Path) -> None:
    with pytest.raises(RembiError, match=r"Use an \.obo file"):
        import_packs(samples / "terms" / "fbbi" / "fbbi-edit_foundingGIDE_2026-01-30.owl")


def test_a_graph_is_imported_whatever_it_is_called(tmp_path: Path) -> None:
    node = {"id": "http://purl.obolibrary.org/obo/PO_0009005", "lbl": "root", "type": "CLASS"}
    (tmp_path / "My Plants 2026.data").write_text(json.dumps({"graphs": [{"nodes": [node], "edges": []}]}))
    (record,) = import_packs(tmp_path / "My Plants 2026.data")
    assert (record.name, record.terms, record.file[-5:]) == ("my_plants_2026", 1, ".json")


@pytest.mark.parametrize("name", ["../evil", "A", "", "a b", "x" * 41, "é", "-a"])
def test_a_pack_cannot_be_called_anything(tmp_path: Path, name: str) -> None:
    (tmp_path / "a.obo").write_bytes(GOOD)
    if name:
        with pytest.raises(RembiError, match="cannot be called"):
            import_packs(tmp_path / "a.obo", name=name)
    else:
        assert import_packs(tmp_path / "a.obo", name=name)[0].name == "a"


def test_no_file_and_no_term_are_said_so(tmp_path: Path) -> None:
    with pytest.raises(RembiError, match="There is no file"):
        import_packs(tmp_path / "none.obo")
    (tmp_path / "empty.obo").write_bytes(b"format-version: 1.2\n")
    with pytest.raises(RembiError, match="holds 0 terms; at least 1"):
        import_packs(tmp_path / "empty.obo")


def test_json_cut_short_is_refused_whole(tmp_path: Path, cache: Path) -> None:
    (tmp_path / "cut.json").write_text('{"graphs": [{"nodes": [{"id": "http://x.org/X_1", "lbl": "a", "type": "CLASS"}')
    with pytest.raises(RembiError, match="ends too early"):
        import_packs(tmp_path / "cut.json")
    assert held(cache) == set()


def test_removing_a_pack_leaves_nothing_of_it(tmp_path: Path, cache: Path) -> None:
    (tmp_path / "mine.obo").write_bytes(GOOD)
    import_packs(tmp_path / "mine.obo")
    assert remove_pack("mine").terms == 3
    assert held(cache) == set()
    with pytest.raises(RembiError, match=r"The pack mine is not here\. Here are: -\."):
        remove_pack("mine")


# zips


def two(tmp_path: Path) -> Path:
    (tmp_path / "one.obo").write_bytes(GOOD)
    (tmp_path / "two.obo").write_bytes(OTHER)
    import_packs(tmp_path / "one.obo")
    import_packs(tmp_path / "two.obo")
    pack_up((), tmp_path / "packs.zip")
    return tmp_path / "packs.zip"


def test_packs_travel_in_a_zip(tmp_path: Path) -> None:
    archive, before = two(tmp_path), packs()
    for name in ("one", "two"):
        remove_pack(name)
    assert import_packs(archive) == before
    assert packs() == before


def test_one_pack_can_travel_alone_and_one_that_is_not_there_cannot(tmp_path: Path) -> None:
    two(tmp_path)
    assert [record.name for record in pack_up(["two"], tmp_path / "two.zip")] == ["two"]
    with pytest.raises(RembiError, match="The pack three is not here"):
        pack_up(["three"], tmp_path / "three.zip")


def rewritten(archive: Path, change: Any) -> Path:
    with zipfile.ZipFile(archive) as old:
        content = {name: old.read(name) for name in old.namelist()}
    listing = json.loads(content.pop("packs.json"))
    change(listing, content)
    out = archive.with_name("changed.zip")
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as new:
        new.writestr("packs.json", json.dumps(listing))
        for name, said in content.items():
            new.writestr(name, said)
    return out


def put(place: str, value: object) -> Any:
    return lambda listing, _: listing[0].__setitem__(place, value)


def swap(listing: list[dict[str, Any]], content: dict[str, bytes]) -> None:
    content[listing[0]["file"]] = content[listing[0]["file"]].replace(b"confocal", b"CONFOCAL")


def bomb(listing: list[dict[str, Any]], content: dict[str, bytes]) -> None:
    content[listing[0]["file"]] = b"0" * 50_000_000


@pytest.mark.parametrize(
    ("change", "why"),
    [
        (put("name", "../../evil"), "holds no packs"),
        (put("file", "../../evil.obo"), "holds no packs"),
        (put("file", "one-000000000000.exe"), "holds no packs"),
        (put("sha256", "00"), "holds no packs"),
        (put("bytes", "many"), "holds no packs"),
        (put("bytes", 10**12), "not the file that was wanted"),
        (swap, "not the file that was wanted"),
        (bomb, "not the file that was wanted"),
        (lambda listing, _: listing.clear(), "holds no packs"),
        (lambda listing, _: listing.append(7), "holds no packs"),
        (lambda _, content: content.clear(), "holds no packs"),
    ],
)
def test_a_zip_that_does_not_fit_its_list_is_refused_whole(tmp_path: Path, cache: Path, change: Any, why: str) -> None:
    archive = rewritten(two(tmp_path), change)
    before = held(cache)
    with pytest.raises(RembiError, match=why):
        import_packs(archive)
    assert held(cache) == before
    assert not (tmp_path / "evil.obo").exists()


@pytest.mark.parametrize("said", [b"", b"PK\x03\x04", b"[]", b"null"])
def test_a_zip_with_another_list_or_none_is_refused(tmp_path: Path, said: bytes) -> None:
    with zipfile.ZipFile(tmp_path / "a.zip", "w") as archive:
        archive.writestr("packs.json" if said else "other.txt", said)
    with pytest.raises(RembiError, match=r"a\.zip"):
        import_packs(tmp_path / "a.zip")


# what is on disk


@pytest.mark.parametrize("harm", [b"", b"{", b"[]", b'{"name": "mine"}', b'{"name": "other"}', b"[" * 9_999, b"\xff"])
def test_a_broken_record_is_passed_by(tmp_path: Path, cache: Path, harm: bytes) -> None:
    (tmp_path / "mine.obo").write_bytes(GOOD)
    (tmp_path / "yours.obo").write_bytes(OTHER)
    import_packs(tmp_path / "mine.obo")
    import_packs(tmp_path / "yours.obo")
    (cache / "ontologies" / "mine.json").write_bytes(harm)
    assert [record.name for record in packs()] == ["yours"]


def test_a_file_that_was_changed_or_is_gone_is_said_so(tmp_path: Path, cache: Path) -> None:
    (tmp_path / "mine.obo").write_bytes(GOOD)
    (record,) = import_packs(tmp_path / "mine.obo")
    path = cache / "ontologies" / record.file
    path.write_bytes(GOOD[:-20])
    with pytest.raises(RembiError, match="is damaged or gone"):
        list(PackLayer(record, cache / "ontologies").terms())
    path.unlink()
    with pytest.raises(RembiError, match="is damaged or gone"):
        list(PackLayer(record, cache / "ontologies").terms())
    assert packs() == ()


def test_a_folder_that_cannot_be_made_is_said_so(tmp_path: Path, cache: Path) -> None:
    (tmp_path / "mine.obo").write_bytes(GOOD)
    cache.write_text("a file where a folder should be")
    with pytest.raises(RembiError, match="Packs cannot be kept in"):
        import_packs(tmp_path / "mine.obo")


def test_a_pack_that_came_is_searched_and_one_that_went_is_not(tmp_path: Path) -> None:
    from rembi_widgets.terms import by_id, search
    from rembi_widgets.terms._sources import make

    assert by_id("UO:0009999") is None
    (tmp_path / "uo.obo").write_bytes(b"[Term]\nid: UO:0009999\nname: zorkmid per fortnight\n" + units(400))
    import_packs(tmp_path / "uo.obo")
    make()  # else a process of its own does it, and the package's own vocabulary answers meanwhile
    assert search("zorkmid per fortnight", field="unit")[0].id == "UO:0009999"
    remove_pack("uo")
    assert by_id("UO:0009999") is None


def units(count: int) -> bytes:
    return b"".join(b"\n[Term]\nid: UO:1%06d\nname: invented unit %d\n" % (one, one) for one in range(count))


def test_a_file_that_is_being_read_and_cannot_be_replaced_is_the_same_anyway(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "mine.obo").write_bytes(GOOD)
    (first,) = import_packs(tmp_path / "mine.obo")
    replace_file = Path.replace

    def refuse(path: Path, target: Path) -> Path:
        if Path(target).suffix == ".obo":
            raise PermissionError
        return replace_file(path, target)

    monkeypatch.setattr(Path, "replace", refuse)
    (again,) = import_packs(tmp_path / "mine.obo")
    assert replace(again, date=first.date) == first
    (tmp_path / "mine.obo").write_bytes(OTHER)
    with pytest.raises(OSError):
        import_packs(tmp_path / "mine.obo")
    assert packs() == (again,)
