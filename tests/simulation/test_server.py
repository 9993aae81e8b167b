"""What the simulated server says: dates, references, paths, and lists by any name."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from rembi_widgets.formats.pagetab._simulated_server import PATH, server
from tests.simulation.test_parts import Tree, of_server, opened, spoiled
from tests.simulation.test_rules import TODAY, change, found, good, part, repeated


@pytest.mark.parametrize(
    ("day", "wanted"),
    [
        ("2026-01-10", []),
        ("2026-01-09", ["server_past"]),
        ("2026-06-01T10:00:00.000Z", []),
        ("2026-6-1", ["server_release"]),
        ("01/06/2026", ["server_release"]),
        ("2026-06-01 ", ["server_release"]),
    ],
)
def test_the_server_wants_a_date_that_is_not_past(day: str, wanted: list[str]) -> None:
    assert of_server(change("top", "ReleaseDate", day)) == wanted


def test_of_a_held_record_a_repeated_accno_is_a_warning() -> None:
    tree = spoiled(lambda tree: tree.update(accno="S-1"), lambda tree: part(tree, "s1").update(accno="b1"))
    assert [one.level for one in server(opened(tree), None, None, TODAY) if "accno" in one.code] == ["warning"]


@pytest.mark.parametrize("value", [3, 1.5, True, ["a"], {"a": "b"}])
def test_the_server_wants_texts(value: Any) -> None:
    assert of_server(change("b1", "Description", value)) == ["server_value"]


@pytest.mark.parametrize("value", [None, "", "nobody", "author"])
def test_a_reference_must_lead_to_a_section(value: Any) -> None:
    def refer(tree: Tree) -> None:
        part(tree, "b1")["attributes"].append({"name": "of", "value": value, "reference": True})

    assert of_server(refer) == ["server_reference"]


def test_a_reference_to_a_section_passes() -> None:
    refer = {"name": "of", "value": "s1", "reference": True}
    assert of_server(lambda tree: part(tree, "b1")["attributes"].append(refer)) == []


@pytest.mark.parametrize("name", ["File List", "file list", "FILE LIST"])
def test_a_list_needs_a_name(name: str) -> None:
    assert of_server(repeated("s1", name, " ")) == ["server_no_list"]


def test_a_doi_needs_a_title() -> None:
    assert of_server(change("top", "Title", None), change("study", "Title", None)) == ["server_doi_title"]


def test_without_a_doi_nothing_is_asked_for_it() -> None:
    faults = (change("top", "DOI", None), change("top", "Title", None), change("study", "Title", None))
    assert of_server(*faults) == []


@pytest.mark.parametrize("path", ["a.tif", "a b/c-d_(1).tif", "a/b/c", "!.tif", "it's.tif", "*.tif", ".hidden", "...a"])
def test_the_server_takes_a_path(path: str) -> None:
    assert PATH.fullmatch(path)


@pytest.mark.parametrize(
    "path",
    ["", "./a", "a/", "../a", "a/../b", "é.tif", "a\\b", "a+b", "a,b", "a#b", "a\tb", "a\n", "µ.tif", "a&b", "a:b"],
)
def test_the_server_refuses_a_path(path: str) -> None:
    assert not PATH.fullmatch(path)


@pytest.mark.parametrize("name", ["\x00.tsv", "x" * 5000 + ".tsv", "/etc/hosts.tsv", "../../x.json", ".tsv"])
def test_a_list_by_a_hostile_name_is_not_there(tmp_path: Path, name: str) -> None:
    assert found(tmp_path, spoiled(change("c1", "File List", name))) == {"server_list_missing"}


def test_a_folder_is_no_list(tmp_path: Path) -> None:
    (tmp_path / "dir.tsv").mkdir()
    assert found(tmp_path, spoiled(change("c1", "File List", "dir.tsv"))) == {"server_list_missing"}


def test_a_list_behind_a_link_out_of_the_folder_is_not_there(tmp_path: Path) -> None:
    (tmp_path / "secret").write_text("Files\na.tif\n", encoding="utf-8")
    home = tmp_path / "home"
    home.mkdir()
    (home / "l.tsv").symlink_to(tmp_path / "secret")
    assert found(home, spoiled(change("c1", "File List", "l.tsv"))) == {"server_list_missing"}


@pytest.mark.parametrize("odd", ["\x0b", "\x0c", "\x1c", "\x85", "\u2028"])
def test_only_a_line_break_ends_a_row_of_a_list(tmp_path: Path, odd: str) -> None:
    assert found(tmp_path, good(), f"Files\tNote\na.tif\tone{odd}+two\n") == set()


@pytest.mark.parametrize("end", ["\n", "\r\n", "\r"])
def test_lines_of_a_list_may_end_in_any_way(tmp_path: Path, end: str) -> None:
    assert found(tmp_path, good(), end.join(["Files", "a.tif", "", "b+.tif"])) == {"server_path"}


@pytest.mark.parametrize("text", ["[" * 100_000, '[{"path": 3}, 4]', '"x"', "[[]]", "\ufeff"])
def test_a_list_in_odd_json_is_refused(tmp_path: Path, text: str) -> None:
    (tmp_path / "l.json").write_text(text, encoding="utf-8")
    assert found(tmp_path, spoiled(change("c1", "File List", "l.json"))) == {"server_list_json"}


def test_the_first_refused_path_is_named_and_all_are_counted(tmp_path: Path) -> None:
    (tmp_path / "list.tsv").write_text("Files\na+.tif\nb.tif\nc+.tif\n", encoding="utf-8")
    (finding,) = server(opened(good()), tmp_path, None, TODAY)
    assert (finding.found, finding.values["n"], finding.values["list"]) == ("a+.tif", 2, "list.tsv")
