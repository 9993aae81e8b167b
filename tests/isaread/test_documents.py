"""Documents: sections and tables of whatever is found, findings with their places, and writing."""

from __future__ import annotations

import shutil
import zipfile
from pathlib import Path

import pytest

from rembi_widgets.errors import RembiError
from rembi_widgets.formats.isatab import open_document
from rembi_widgets.formats.isatab._document import Document
from rembi_widgets.locale import LANGUAGES
from tests.isaread.papers import STUDY_TABLE, codes, investigation, small, table, told, write


def opened(folder: Path, **changes: object) -> Document:
    return open_document(small(folder, **changes))  # type: ignore[arg-type]


# --- what is in it


def test_a_document_has_its_sections_and_tables(tmp_path: Path) -> None:
    document = opened(tmp_path)
    assert document.findings == []
    [one] = document.investigations
    [study] = one.studies
    assert study.section("STUDY").cells("Study Title") == ["Livers of mice"]
    assert study.section("STUDY PROTOCOLS").cells("Study Protocol Name") == ["dissection", "microscopy"]
    assert study.table is document.tables["s_mice.txt"]
    assert study.assays == [document.tables["a_images.txt"]]
    assert set(document.files) == {"i_mice.txt", "s_mice.txt", "a_images.txt"}


def test_a_section_gives_its_columns(tmp_path: Path) -> None:
    section = opened(tmp_path).investigations[0].studies[0].section("STUDY PROTOCOLS")
    assert section.width == 2
    assert section.column(1) == {
        "Study Protocol Name": "microscopy",
        "Study Protocol Type": "imaging",
        "Study Protocol Description": "looked with care",
    }
    assert section.column(7) == {}


def test_comments_are_found_however_they_are_spelt(tmp_path: Path) -> None:
    document = opened(tmp_path, study={"Comment [License]": "CC0", "Comment[Grant]": "G1"})
    section = document.investigations[0].studies[0].section("STUDY")
    assert section.cells("Comment[License]") == section.cells("Comment [License]") == ["CC0"]
    assert [(row.kind, row.name) for row in section.rows[-2:]] == [("comment", "License"), ("comment", "Grant")]
    assert section.column(0)["Comment[License]"] == "CC0"


def test_every_cell_has_a_line(tmp_path: Path) -> None:
    document = opened(tmp_path)
    lines = (tmp_path / "i_mice.txt").read_text(encoding="utf-8").split("\n")
    for section in document.investigations[0].studies[0].sections.values():
        assert lines[section.line - 1] == section.heading
        for row in section.rows:
            assert lines[row.line - 1].split("\t")[0] == row.label
    rows = document.tables["s_mice.txt"]
    assert [rows.line(row) for row in range(len(rows))] == [2, 3]


def test_a_table_gives_rows_and_columns(tmp_path: Path) -> None:
    found = opened(tmp_path).tables["s_mice.txt"]
    assert len(found) == 2
    assert [column.kind for column in found.columns] == ["node", "characteristic", "protocol_ref", "node"]
    assert found.cells(3) == ("liver 1", "liver 2")
    assert found.rows[1] == ["mouse 2", "Mus musculus", "dissection", "liver 2"]
    assert repr(found) == "<Table s_mice.txt: 2 rows, 4 columns>"


def test_comments_and_blank_lines_of_a_table_are_no_rows(tmp_path: Path) -> None:
    text = "# made by hand\n\nSource Name\tSample Name\n# first\na\tb\n\t\n\nc\td\n"
    document = opened(tmp_path, s_mice=text)
    found = document.tables["s_mice.txt"]
    assert found.rows == [["a", "b"], ["c", "d"]]
    assert [found.line(row) for row in range(2)] == [5, 8]
    assert document.files["s_mice.txt"].to_bytes() == text.encode()


def test_words_for_nothing_are_text(tmp_path: Path) -> None:
    words = ["NA", "None", "nan", "null", "N/A", "#N/A"]
    text = table(["Source Name", "Sample Name"], *([word, f"s{word}"] for word in words))
    found = opened(tmp_path, s_mice=text.replace("#N/A\t", '"#N/A"\t')).tables["s_mice.txt"]
    assert list(found.cells(0)) == words


def test_several_studies_have_sections_and_tables_of_their_own(tmp_path: Path) -> None:
    one = investigation(study={"Study Title": "one", "Study File Name": "s_1.txt"})
    two = investigation(study={"Study Title": "two", "Study File Name": "s_2.txt"})
    text = one + two[two.index("STUDY\n") :]
    folder = write(tmp_path, {"i_x.txt": text, "s_1.txt": STUDY_TABLE, "s_2.txt": STUDY_TABLE})
    document = open_document(folder)
    studies = document.investigations[0].studies
    assert [study.section("STUDY").cells("Study Title") for study in studies] == [["one"], ["two"]]
    assert [study.table.name for study in studies if study.table] == ["s_1.txt", "s_2.txt"]
    assert document.findings == []


def test_a_table_that_two_columns_name_is_read_once(tmp_path: Path) -> None:
    document = opened(tmp_path, study_assays={"Study Assay File Name": ["a_images.txt", "a_images.txt"]})
    first, second = document.investigations[0].studies[0].assays
    assert first is second


# --- findings and their places

PROBLEMS: list[tuple[str, dict[str, object], tuple[str, str, int, int]]] = [
    ("table_missing", {"study": {"Study File Name": "s_gone.txt"}}, ("i_mice.txt", 0, 2)),
    (
        "table_missing",
        {"study_assays": {"Study Assay File Name": ["a_images.txt", "a_gone.txt"]}},
        ("i_mice.txt", 0, 3),
    ),
    ("table_outside", {"study": {"Study File Name": "../s_mice.txt"}}, ("i_mice.txt", 0, 2)),
    ("table_outside", {"study_assays": {"Study Assay File Name": "/etc/passwd"}}, ("i_mice.txt", 0, 2)),
    ("table_outside", {"study": {"Study File Name": "a\\b.txt"}}, ("i_mice.txt", 0, 2)),
    ("table_empty", {"a_images": ""}, ("a_images.txt", 1, 1)),
    ("ragged_row", {"s_mice": "Source Name\tSample Name\na\n"}, ("s_mice.txt", 2, 2)),
    ("ragged_row", {"s_mice": "Source Name\tSample Name\na\tb\tc\n"}, ("s_mice.txt", 2, 3)),
    ("unknown_column", {"s_mice": "Source Name\tWhat\tSample Name\na\tb\tc\n"}, ("s_mice.txt", 1, 2)),
    ("unclosed_quote", {"s_mice": 'Source Name\tSample Name\n"a\tb\nc\td\n'}, ("s_mice.txt", 2, 1)),
    ("latin_1", {"s_mice": "Source Name\tSample Name\na\tb\ncaf\xe9\td\n".encode("latin-1")}, ("s_mice.txt", 3, 1)),
    ("table_unnamed", {"a_other": "Sample Name\na\n"}, ("a_other.txt", 1, 1)),
]  # type: ignore[assignment]


@pytest.mark.parametrize(("code", "changes", "place"), PROBLEMS)
def test_what_is_wrong_is_told_with_its_place(
    code: str, changes: dict[str, object], place: tuple[str, int, int], tmp_path: Path
) -> None:
    document = opened(tmp_path, **changes)
    [finding] = [one for one in document.findings if one.code == f"isaread.{code}"]
    file, line, column = place
    assert finding.values["file"] == file
    assert finding.values["column"] == column
    assert finding.path == f"{file}:{finding.values['line']}:{column}"
    if line:
        assert finding.values["line"] == line
    for lang in LANGUAGES:
        assert file in finding.message(lang)


@pytest.mark.parametrize(
    ("text", "code", "line", "found"),
    [
        ("STUDY\nStudy Title\ta\nSTUDY FACTORS\nSTUDY FACTORS\n", "section_twice", 4, "STUDY FACTORS"),
        ("STUDY CONTACTS\nSTUDY\nStudy Title\ta\n", "section_before_study", 1, "STUDY CONTACTS"),
        ("<<<<<<< HEAD\nSTUDY\nStudy Title\ta\n", "stray_line", 1, "<<<<<<< HEAD"),
        ("STUDY\nStudy Title\ta\n\tvalue\n", "no_label", 3, ""),
        ("STUDY\nStudy Title\ta\nStudy Title\tb\n", "row_twice", 3, "Study Title"),
    ],
)
def test_odd_lines_of_an_investigation_are_told(text: str, code: str, line: int, found: str, tmp_path: Path) -> None:
    document = open_document(write(tmp_path, {"i_x.txt": text}))
    [finding] = [one for one in document.findings if one.code == f"isaread.{code}"]
    assert (finding.values["line"], finding.found) == (line, found)
    assert document.files["i_x.txt"].to_bytes() == text.encode()
    for lang in LANGUAGES:
        assert str(line) in finding.message(lang)


def test_missing_sections_are_told_by_name(tmp_path: Path) -> None:
    document = open_document(write(tmp_path, {"i_x.txt": "INVESTIGATION\nSTUDY\nStudy Title\tx\n"}))
    missing = {one.wanted for one in document.findings if one.code == "isaread.section_missing"}
    assert {"ONTOLOGY SOURCE REFERENCE", "STUDY PROTOCOLS", "STUDY CONTACTS"} <= missing
    assert "STUDY" not in missing
    assert document.investigations[0].studies[0].section("STUDY CONTACTS").cells("Study Person Email") == []


def test_an_investigation_without_a_study_is_one(tmp_path: Path) -> None:
    document = open_document(write(tmp_path, {"i_x.txt": "INVESTIGATION\nInvestigation Title\tx\n"}))
    assert "no_study" in codes(document.findings)
    assert document.investigations[0].section("INVESTIGATION").cells("Investigation Title") == ["x"]


@pytest.mark.parametrize("heading", ["STUDY", "STUDY\t\t", "study", " STUDY ", '"STUDY"', '"STUDY"\t""'])
def test_a_heading_is_known_however_it_is_written(heading: str, tmp_path: Path) -> None:
    document = open_document(write(tmp_path, {"i_x.txt": f"{heading}\nStudy Title\tx\n"}))
    assert len(document.investigations[0].studies) == 1


@pytest.mark.parametrize("end", ["\n", "\r\n", "\r"])
@pytest.mark.parametrize("quote", ["", '"'])
@pytest.mark.parametrize("mark", [b"", b"\xef\xbb\xbf"])
def test_the_same_is_read_whatever_the_ends_quotes_and_marks(end: str, quote: str, mark: bytes, tmp_path: Path) -> None:
    def put(text: str) -> bytes:
        lines = [end.join("\t".join(f"{quote}{c}{quote}" for c in line.split("\t")) for line in text.split("\n"))]
        return mark + "".join(lines).removesuffix(f"{quote}{quote}").encode()

    plain = opened(tmp_path / "plain")
    files = {path.name: put(path.read_text(encoding="utf-8")) for path in (tmp_path / "plain").iterdir()}
    other = open_document(write(tmp_path / "other", files))
    assert other.findings == []
    assert {name: found.rows for name, found in other.tables.items()} == {
        name: found.rows for name, found in plain.tables.items()
    }
    assert [study.section("STUDY").column(0) for study in other.investigations[0].studies] == [
        study.section("STUDY").column(0) for study in plain.investigations[0].studies
    ]
    other.write(tmp_path / "back")
    assert {path.name: path.read_bytes() for path in (tmp_path / "back").iterdir()} == files


# --- where it is found


def zipped(folder: Path, path: Path, top: str = "") -> Path:
    with zipfile.ZipFile(path, "w") as archive:
        for file in sorted(folder.iterdir()):
            archive.write(file, top + file.name)
    return path


@pytest.mark.parametrize("top", ["", "mice/", "a/b/c/"])
def test_a_zip_is_read_with_or_without_a_top_folder(top: str, tmp_path: Path) -> None:
    document = open_document(zipped(small(tmp_path / "plain"), tmp_path / "mice.zip", top))
    assert document.findings == []
    assert set(document.tables) == {f"{top}s_mice.txt", f"{top}a_images.txt"}
    document.write(tmp_path / "out")
    assert (tmp_path / "out" / top / "s_mice.txt").read_text(encoding="utf-8") == STUDY_TABLE


@pytest.mark.parametrize("name", ["../s_mice.txt", "/abs/s_mice.txt", "a/../../s_x.txt", "C:/s_x.txt", "..\\s_x.txt"])
def test_an_entry_that_leads_out_is_told_and_not_read(name: str, tmp_path: Path) -> None:
    path = zipped(small(tmp_path / "plain"), tmp_path / "mice.zip")
    with zipfile.ZipFile(path, "a") as archive:
        archive.writestr(name, "evil")
    document = open_document(path)
    assert codes(document.findings) == ["entry_outside"]
    document.write(tmp_path / "out")
    assert {file.name for file in (tmp_path / "out").iterdir()} == {"i_mice.txt", "s_mice.txt", "a_images.txt"}
    assert b"evil" not in b"".join(file.read_bytes() for file in (tmp_path / "out").iterdir())


def test_a_zip_of_too_much_text_is_read_up_to_the_limit(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = zipped(small(tmp_path / "plain"), tmp_path / "mice.zip")
    monkeypatch.setattr("rembi_widgets.formats.isatab._document_source.LARGEST", 5000)
    with zipfile.ZipFile(path, "a", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("a_bomb.txt", "x" * 100_000)
    document = open_document(path)
    assert ("too_large", "a_bomb.txt", 1, 1) in told(document.findings)
    assert "a_bomb.txt" not in document.tables


def test_a_file_that_is_too_large_is_told(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("rembi_widgets.formats.isatab._document_source.LARGEST", 4000)
    document = opened(tmp_path, s_mice=STUDY_TABLE + "x\n" * 4000)
    assert {"too_large", "table_missing"} <= set(codes(document.findings))


def test_a_zip_of_too_many_entries_is_told(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("rembi_widgets.formats.isatab._document_source.MOST_ENTRIES", 2)
    path = zipped(small(tmp_path / "plain"), tmp_path / "mice.zip")
    document = open_document(path)
    assert "too_many" in codes(document.findings)


def test_an_entry_that_is_damaged_is_told(tmp_path: Path) -> None:
    path = zipped(small(tmp_path / "plain"), tmp_path / "mice.zip")
    data = path.read_bytes()
    place = data.index(b"Mus musculus")
    path.write_bytes(data[:place] + b"Xus" + data[place + 3 :])
    document = open_document(path)
    assert "unreadable" in codes(document.findings)


def test_several_investigations_in_a_tree(tmp_path: Path) -> None:
    small(tmp_path / "b")
    small(tmp_path / "a" / "deep")
    small(tmp_path / ".hidden")
    document = open_document(tmp_path)
    assert [one.file.name for one in document.investigations] == ["b/i_mice.txt", "a/deep/i_mice.txt"]
    assert document.investigations[1].studies[0].assays == [document.tables["a/deep/a_images.txt"]]
    assert document.findings == []


def test_an_investigation_file_is_opened_with_the_tables_beside_it(tmp_path: Path) -> None:
    small(tmp_path)
    small(tmp_path / "other")
    renamed = (tmp_path / "i_mice.txt").rename(tmp_path / "mice.investigation")
    document = open_document(renamed)
    assert [one.file.name for one in document.investigations] == ["mice.investigation"]
    assert set(document.tables) == {"s_mice.txt", "a_images.txt"}


def test_a_file_named_like_an_investigation_without_a_section_is_left_out(tmp_path: Path) -> None:
    small(tmp_path)
    (tmp_path / "i_notes.txt").write_text("to do: everything\n", encoding="utf-8")
    document = open_document(tmp_path)
    assert told(document.findings) == {("no_sections", "i_notes.txt", 1, 1)}


@pytest.mark.skipif(not hasattr(Path, "symlink_to"), reason="no links here")
def test_a_link_out_of_the_folder_is_not_followed(tmp_path: Path) -> None:
    outside = tmp_path / "outside.txt"
    outside.write_text(STUDY_TABLE, encoding="utf-8")
    folder = small(tmp_path / "in")
    (folder / "s_mice.txt").unlink()
    (folder / "s_mice.txt").symlink_to(outside)
    assert codes(open_document(folder).findings) == ["table_missing"]


def test_a_folder_where_a_table_should_be_is_told(tmp_path: Path) -> None:
    folder = small(tmp_path)
    (folder / "s_mice.txt").unlink()
    (folder / "s_mice.txt").mkdir()
    assert codes(open_document(folder).findings) == ["table_missing"]


NOTHING = {
    "an empty folder": {},
    "no investigation": {"s_mice.txt": STUDY_TABLE},
    "an empty investigation": {"i_x.txt": ""},
    "only blank lines": {"i_x.txt": "\n\t\n\n"},
    "only comments": {"i_x.txt": "# STUDY\n# Study Title\n"},
    "binary": {"i_x.txt": bytes(range(256))},
    "prose": {"i_x.txt": "The study of the investigation\n"},
}


@pytest.mark.parametrize("files", NOTHING.values(), ids=NOTHING.keys())
def test_nothing_that_is_isatab_is_the_only_error(files: dict[str, str | bytes], tmp_path: Path) -> None:
    folder = write(tmp_path / "x", files)
    folder.mkdir(exist_ok=True)
    with pytest.raises(RembiError, match="ISA-Tab") as raised:
        open_document(folder)
    assert str(folder) in raised.value.say("fr")


def test_a_path_that_is_not_there_is_said(tmp_path: Path) -> None:
    with pytest.raises(RembiError, match=r"gone\.zip"):
        open_document(tmp_path / "gone.zip")


def test_a_broken_zip_holds_nothing(tmp_path: Path) -> None:
    path = zipped(small(tmp_path / "plain"), tmp_path / "mice.zip")
    path.write_bytes(path.read_bytes()[:-30])
    with pytest.raises(RembiError, match="ISA-Tab"):
        open_document(path)


# --- writing


def test_a_changed_cell_is_written_and_nothing_else(tmp_path: Path) -> None:
    document = opened(tmp_path / "in")
    row = document.investigations[0].studies[0].section("STUDY").row("Study Title")
    assert row is not None
    row.set(0, "Livers of rats")
    document.tables["s_mice.txt"].set(1, 0, "rat 2")
    document.write(tmp_path / "out")
    for name in document.files:
        before = (tmp_path / "in" / name).read_text(encoding="utf-8")
        after = (tmp_path / "out" / name).read_text(encoding="utf-8")
        assert after == before.replace("Livers of mice", "Livers of rats").replace("mouse 2", "rat 2")
    assert document.tables["s_mice.txt"].cells(0) == ("mouse 1", "rat 2")
    again = open_document(tmp_path / "out")
    assert again.tables["s_mice.txt"].rows == document.tables["s_mice.txt"].rows


def test_a_document_is_written_over_itself(tmp_path: Path) -> None:
    document = opened(tmp_path)
    before = {path.name: path.read_bytes() for path in tmp_path.iterdir()}
    assert {path.name for path in document.write(tmp_path)} == before.keys()
    assert {path.name: path.read_bytes() for path in tmp_path.iterdir()} == before


def test_a_name_that_leads_out_is_not_written(tmp_path: Path) -> None:
    document = opened(tmp_path / "in")
    document.files["../evil.txt"] = document.files["s_mice.txt"]
    with pytest.raises(RembiError, match=r"evil\.txt"):
        document.write(tmp_path / "out")
    assert not (tmp_path / "out").exists()
    assert not (tmp_path / "evil.txt").exists()


# --- the real ones


def archives(samples: Path) -> list[Path]:
    return sorted((samples / "isa" / "corpus").glob("*/*"))


def test_every_archive_is_opened_and_written_back_to_the_byte(samples: Path, tmp_path: Path) -> None:
    folders = [*archives(samples), samples / "isa" / "layout-example"]
    assert len(folders) == 35
    for folder in folders:
        document = open_document(folder)
        out = tmp_path / folder.name
        document.write(out)
        written = {path.name: path.read_bytes() for path in out.iterdir()}
        assert written == {path.name: path.read_bytes() for path in folder.iterdir()}, folder.name
        shutil.rmtree(out)


def test_every_cell_of_the_archives_is_kept_when_one_is_changed(samples: Path) -> None:
    from rembi_widgets.formats.isatab._document_text import TextFile

    for folder in archives(samples):
        for name, file in open_document(folder).files.items():
            before = [list(row) for row in file.rows]
            last = max(row for row, cells in enumerate(before) if cells)
            file.set(last, 0, "changed")
            before[last][0] = "changed"
            assert TextFile(name, file.to_bytes()).rows == before, (folder.name, name)


MISSING = {
    "BII-I-2": 6,
    "i_assays": 2,
    "i_comments": 6,
    "i_fullinvest": 6,
    "i_fullinvest2": 4,
    "sdata201420-isa1": 1,
}
"""Archive to the tables that it names and does not hold."""


def test_tables_that_archives_lack_are_told(samples: Path) -> None:
    found = {folder.name: codes(open_document(folder).findings).count("table_missing") for folder in archives(samples)}
    assert {name: count for name, count in found.items() if count} == MISSING


def test_the_broken_archive_has_located_findings(samples: Path) -> None:
    folder = samples / "isa" / "corpus" / "altamisa" / "test_exceptions"
    found = told(open_document(folder).findings)
    assert {code for code, *_ in found} == {
        "no_study",
        "section_missing",
        "ragged_row",
        "table_unnamed",
        "unknown_column",
    }
    assert all((folder / file).is_file() and line >= 1 and column >= 1 for _, file, line, column in found)
