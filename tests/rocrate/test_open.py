"""A crate as it stands: which names a property had before, which classes count, how the list is found and read."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from rembi_widgets.errors import RembiError
from rembi_widgets.formats import rocrate
from rembi_widgets.formats.rocrate import _open
from rembi_widgets.formats.rocrate._open import open_crate
from tests.rocrate.making import COLUMNS, LIST, LISTED, SCHEMA, STUDY, codes, crate, entity, node, put, ref

PATH = "http://bia/filePath"


@pytest.mark.parametrize(
    ("held", "name", "found"),
    [
        ({"contributor": [1]}, "author", [1]),
        ({"displayName": "a"}, "name", ["a"]),
        ({"title": "a"}, "name", ["a"]),
        ({"contactEmail": "a"}, "email", ["a"]),
        ({"keyword": ["a", "b"]}, "keywords", ["a", "b"]),
        ({"affiliation": {"@id": "#a"}}, "memberOf", [{"@id": "#a"}]),
        ({"protocolDescription": "a"}, "description", ["a"]),
        ({"name": "new", "title": "old"}, "name", ["new"]),
        ({"displayName": "first", "title": "second"}, "name", ["first"]),
    ],
)
def test_a_property_is_found_under_the_name_it_had_before(held: dict[str, Any], name: str, found: list[Any]) -> None:
    assert node(**held).values(name) == found


@pytest.mark.parametrize("empty", [None, "", [], {}, [None, "", [], {}]])
def test_nothing_is_no_value(empty: object) -> None:
    assert node(name=empty).values("name") == []


@pytest.mark.parametrize(
    ("value", "texts"),
    [
        ("a", ["a"]),
        (["a", "b"], ["a", "b"]),
        (3, ["3"]),
        (1.5, ["1.5"]),
        (0, ["0"]),
        (True, []),
        ({"@value": "a", "@language": "fr"}, ["a"]),
        ({"@value": 7}, ["7"]),
        ({"@id": "#a"}, []),
        ([["a"]], []),
        (["a", {"@id": "#b"}, 2], ["a", "2"]),
    ],
)
def test_numbers_and_values_with_a_language_are_texts(value: object, texts: list[str]) -> None:
    assert node(name=value).texts("name") == texts


def test_the_first_text_is_the_word() -> None:
    assert node(name=["a", "b"]).word("name") == "a"
    assert node().word("name") == ""


@pytest.mark.parametrize(
    ("value", "refs"),
    [
        ({"@id": "#a"}, ["#a"]),
        ("#a", ["#a"]),
        ([{"@id": "#a"}, "#b"], ["#a", "#b"]),
        ({"@id": 4}, []),
        ({"name": "a"}, []),
        (4, []),
    ],
)
def test_a_reference_may_be_bare(value: object, refs: list[str]) -> None:
    assert node(of=value).refs("of") == refs


@pytest.mark.parametrize(
    "kind",
    ["bia:Study", "http://bia/Study", ["Dataset", "bia:Study"], [3, None, "bia:Study"], ["csvw:Table", "bia:Study"]],
)
def test_a_class_may_be_spelled_out_or_one_of_several(tmp_path: Path, kind: object) -> None:
    whole = {"@graph": [{"@id": "./", "@type": kind, "name": "A"}]}
    (tmp_path / "ro-crate-metadata.json").write_text(json.dumps(whole), encoding="utf-8")
    assert [one.word("name") for one in open_crate(tmp_path).all("Study")] == ["A"]


@pytest.mark.parametrize("kind", ["Study", "schema:Study", "https://bia/Study", "", None])
def test_a_class_of_somebody_else_is_no_study(tmp_path: Path, kind: object) -> None:
    (tmp_path / "ro-crate-metadata.json").write_text(json.dumps({"@graph": [{"@id": "./", "@type": kind}]}))
    with pytest.raises(RembiError) as caught:
        open_crate(tmp_path)
    assert caught.value.key == "rocrate.no_crate"


def test_a_folder_and_the_file_in_it_are_the_same_crate(tmp_path: Path) -> None:
    put(tmp_path, entity("#b", "BioSample", name="B"))
    assert open_crate(tmp_path).nodes == open_crate(tmp_path / "ro-crate-metadata.json").nodes


def test_a_byte_order_mark_is_no_fault(tmp_path: Path) -> None:
    put(tmp_path)
    file = tmp_path / "ro-crate-metadata.json"
    file.write_bytes(b"\xef\xbb\xbf" + file.read_bytes())
    assert rocrate.read(tmp_path).record.study.title == "A study"


def test_utf_16_is_read(tmp_path: Path) -> None:
    whole = json.dumps({"@graph": [{**STUDY, "name": "Été"}]}, ensure_ascii=False)
    (tmp_path / "ro-crate-metadata.json").write_bytes(whole.encode("utf-16"))
    assert rocrate.read(tmp_path).record.study.title == "Été"


def test_latin_1_is_refused(tmp_path: Path) -> None:
    whole = json.dumps({"@graph": [{**STUDY, "name": "Été"}]}, ensure_ascii=False)
    (tmp_path / "ro-crate-metadata.json").write_bytes(whole.encode("latin-1"))
    with pytest.raises(RembiError, match="not JSON"):
        rocrate.read(tmp_path)


def test_a_crate_that_is_too_large_is_not_opened(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    put(tmp_path)
    monkeypatch.setattr(_open, "LARGEST", 10)
    with pytest.raises(RembiError) as caught:
        open_crate(tmp_path)
    assert caught.value.key == "rocrate.too_large"
    assert str(tmp_path) in caught.value.say("fr")


def test_only_our_own_context_makes_a_crate_ours(tmp_path: Path) -> None:
    assert open_crate(put(tmp_path / "ours", ours=True)).ours
    assert not open_crate(put(tmp_path / "theirs")).ours


def test_a_crate_without_a_context_is_not_ours(tmp_path: Path) -> None:
    (tmp_path / "ro-crate-metadata.json").write_text(json.dumps({"@graph": [STUDY]}), encoding="utf-8")
    assert not open_crate(tmp_path).ours


def test_of_two_entities_of_one_id_the_last_stays(tmp_path: Path) -> None:
    found = open_crate(put(tmp_path, entity("#b", "BioSample", name="A"), entity("#b", "BioSample", name="B")))
    assert [one.word("name") for one in found.all("BioSample")] == ["B"]


def test_a_crate_without_a_list_has_no_rows_and_says_nothing() -> None:
    found = crate()
    assert len(found.record.files) == 0
    assert found.findings == ()


def test_columns_are_known_by_what_they_mean(tmp_path: Path) -> None:
    rows = open_crate(put(tmp_path, rows="p\tother\na.tif\tx\n")).rows
    assert rows == [{PATH: "a.tif", "other": "x"}]


@pytest.mark.parametrize("text", ["", "\n", "\n\n"])
def test_a_list_without_a_header_cannot_be_read(text: str) -> None:
    found = crate(rows=text)
    assert codes(found) == ["list"]
    assert found.findings[0].values == {"found": "file_list.tsv"}


def test_a_list_with_a_header_alone_has_no_rows() -> None:
    found = crate(rows="p\td\n")
    assert (codes(found), len(found.record.files)) == ([], 0)


@pytest.mark.parametrize("end", ["\n", "\r\n", "\r"])
def test_lines_may_end_in_any_way(end: str) -> None:
    assert crate(rows=end.join(["p", "a.tif", "b.tif"])).record.files.column("path") == ("a.tif", "b.tif")


@pytest.mark.parametrize("odd", ["\x0b", "\x0c", "\x1c", "\x1d", "\x1e", "\x85", "\u2028", "\u2029"])
def test_only_a_line_break_ends_a_row(odd: str) -> None:
    found = crate(rows=f"p\tNote\na.tif\tone{odd}two\nb.tif\tx\n").record.files
    assert found.column("path") == ("a.tif", "b.tif")
    assert found.column("x-Note") == (f"one{odd}two", "x")


def test_a_quoted_cell_may_hold_a_line_break() -> None:
    found = crate(rows='p\tNote\na.tif\t"one\ntwo"\n').record.files
    assert found.column("x-Note") == ("one\ntwo",)


def test_a_list_with_a_byte_order_mark_keeps_its_first_column() -> None:
    assert crate(rows="\ufeffp\na.tif\n").record.files.column("path") == ("a.tif",)


def test_a_list_that_is_no_text_cannot_be_read() -> None:
    assert codes(crate(rows=b"p\n\xff\xfe\xe9\n")) == ["list"]


def test_a_cell_of_any_length_is_read() -> None:
    long = "x" * 200_000
    found = crate(rows=f"p\tNote\na.tif\t{long}\n")
    assert found.record.files.column("x-Note") == (long,)


def test_a_short_row_has_the_cells_it_has() -> None:
    found = crate(rows="p\tNote\na.tif\nb.tif\ty\n").record.files
    assert found.column("path") == ("a.tif", "b.tif")
    assert found.column("x-Note") == (None, "y")


def test_a_long_row_loses_what_has_no_header() -> None:
    assert crate(rows="p\na.tif\tz\n").record.files.column("path") == ("a.tif",)


@pytest.mark.parametrize("name", ["list%00.tsv", "../../etc/passwd", "/etc/passwd", "%2e%2e/x.tsv", "x" * 5000, "."])
def test_a_list_by_a_hostile_name_is_not_opened(tmp_path: Path, name: str) -> None:
    put(tmp_path, {**LIST, "@id": name}, *LISTED[1:])
    assert codes(rocrate.read(tmp_path)) == ["list"]


def test_a_list_behind_a_link_out_of_the_crate_is_not_opened(tmp_path: Path) -> None:
    (tmp_path / "secret.tsv").write_text("p\nsecret.tif\n", encoding="utf-8")
    home = put(tmp_path / "crate", *LISTED)
    (home / "file_list.tsv").symlink_to(tmp_path / "secret.tsv")
    assert codes(rocrate.read(home)) == ["list"]


def test_the_name_of_a_list_may_be_escaped(tmp_path: Path) -> None:
    put(tmp_path, {**LIST, "@id": "my%20list.tsv"}, *LISTED[1:])
    (tmp_path / "my list.tsv").write_text("p\na.tif\n", encoding="utf-8")
    assert rocrate.read(tmp_path).record.files.column("path") == ("a.tif",)


def test_a_list_whose_schema_is_missing_is_read_by_its_headers(tmp_path: Path) -> None:
    put(tmp_path, {**LIST, "tableSchema": ref("#none")})
    (tmp_path / "file_list.tsv").write_text("http://bia/filePath\na.tif\n", encoding="utf-8")
    assert rocrate.read(tmp_path).record.files.column("path") == ("a.tif",)


def test_a_column_that_the_crate_does_not_describe_is_left_to_its_header(tmp_path: Path) -> None:
    put(tmp_path, LIST, {**SCHEMA, "column": ref("#path", "#none")}, COLUMNS[0])
    (tmp_path / "file_list.tsv").write_text("p\tq\na.tif\tb\n", encoding="utf-8")
    assert open_crate(tmp_path).rows == [{PATH: "a.tif", "q": "b"}]


@pytest.mark.parametrize(("name", "is_crate"), [("ro-crate-metadata.json", True), ("other.json", False)])
def test_a_file_is_known_by_its_name(tmp_path: Path, name: str, is_crate: bool) -> None:
    (tmp_path / name).write_text("{}", encoding="utf-8")
    assert rocrate.recognises(tmp_path / name) is is_crate
    assert rocrate.recognises(tmp_path) is is_crate


def test_what_is_not_there_is_no_crate(tmp_path: Path) -> None:
    assert not rocrate.recognises(tmp_path / "none")
    with pytest.raises(RembiError) as caught:
        rocrate.read(tmp_path / "none")
    assert caught.value.key == "rocrate.no_file"
