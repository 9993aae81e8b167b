"""Archives changed by chance: whatever becomes of them, they are read, told of, and written back to the byte."""

from __future__ import annotations

import random
import zipfile
from collections.abc import Callable
from pathlib import Path

import pytest

from rembi_widgets.errors import RembiError
from rembi_widgets.formats import isatab
from rembi_widgets.formats.isatab._document_text import TextFile
from rembi_widgets.locale import LANGUAGES
from tests.isaread.papers import small, write

Files = dict[str, bytes]
Chance = random.Random
SEEDS = range(40)
CELLS = (
    *(b"", b"NA", b"None", b"nan", b'"a\nb"', b'"a\tb"', b'"un', b'"x"y', b"a\\;b", b"not applicable", b"../../x"),
    *(b"s_x.txt", b"C:\\x", b"2020-13-45", b"Protocol REF", b"Sample Name", b"Unit", b"Term Source REF", b"Comment[]"),
    *(b"Comment[", b"Comment [ y ]", b"Characteristics[a/b]", b"Image File", b"Raw Data File", b"\x00", b"\xff", b".."),
)
BITS = (
    *CELLS,
    b'"',
    b"\t",
    b"\r",
    b"\n",
    b"#",
    b"\xef\xbb\xbf",
    b"\xff\xfe",
    b"\xed\xa0\x80",
    b"STUDY\n",
    b"x" * 200_000,
)
ENDS = (b"\r\n", b"\r", b"\n\n", b"\r\r\n", b"\n\r", b"\x0b", b"\xc2\x85", b"\xe2\x80\xa8")
ENCODINGS = ("utf-16", "utf-16-le", "utf-8-sig", "latin-1", "cp1252", "utf-32")


def _lines(chance: Chance, data: bytes, change: Callable[[Chance, list[bytes], int], object]) -> bytes:
    lines = data.split(b"\n")
    change(chance, lines, chance.randrange(len(lines)))
    return b"\n".join(lines)


def _cells(chance: Chance, data: bytes, change: Callable[[list[bytes], int], object]) -> bytes:
    def in_line(_: Chance, lines: list[bytes], at: int) -> None:
        cells = lines[at].split(b"\t")
        change(cells, chance.randrange(len(cells)))
        lines[at] = b"\t".join(cells)

    return _lines(chance, data, in_line)


def encode(chance: Chance, data: bytes) -> bytes:
    return data.decode("utf-8", "replace").encode(chance.choice(ENCODINGS), "replace")


def end(chance: Chance, data: bytes) -> bytes:
    return data.replace(b"\r\n", b"\n").replace(b"\n", chance.choice(ENDS))


def insert(chance: Chance, data: bytes) -> bytes:
    at = chance.randrange(len(data) + 1)
    return data[:at] + chance.choice(BITS) + data[at:]


def cut(chance: Chance, data: bytes) -> bytes:
    at = chance.randrange(len(data) + 1)
    return data[:at] + data[at + chance.randrange(len(data) // 3 + 1) :]


def drop_line(chance: Chance, data: bytes) -> bytes:
    return _lines(chance, data, lambda _, lines, at: lines.pop(at))


def repeat_line(chance: Chance, data: bytes) -> bytes:
    return _lines(chance, data, lambda chance, lines, at: lines.insert(chance.randrange(len(lines)), lines[at]))


def put_comment(chance: Chance, data: bytes) -> bytes:
    said = chance.choice((b"# c", b'"# c"', b" # c", b'#\t"x'))
    return _lines(chance, data, lambda _, lines, at: lines.insert(at, said))


def put_cell(chance: Chance, data: bytes) -> bytes:
    return _cells(chance, data, lambda cells, at: cells.__setitem__(at, chance.choice(CELLS)))


def drop_cell(chance: Chance, data: bytes) -> bytes:
    return _cells(chance, data, lambda cells, at: cells.pop(at))


def add_cells(chance: Chance, data: bytes) -> bytes:
    return _cells(chance, data, lambda cells, _: cells.extend([b""] * 3 + [b"z"]))


def repeat_columns(_: Chance, data: bytes) -> bytes:
    return b"\n".join(line + b"\t" + line for line in data.split(b"\n"))


def turn_columns(_: Chance, data: bytes) -> bytes:
    return b"\n".join(b"\t".join(reversed(line.split(b"\t"))) for line in data.split(b"\n"))


def unquote(_: Chance, data: bytes) -> bytes:
    return data.replace(b'"', b"")


def other_letters(chance: Chance, data: bytes) -> bytes:
    return data.upper() if chance.random() < 0.5 else data.lower()


def twice(_: Chance, data: bytes) -> bytes:
    return data + data


def nothing(chance: Chance, _: bytes) -> bytes:
    return chance.choice((b"", b"\n", b"\t", b"\xef\xbb\xbf", b"\xff\xfe", b'"', b"\x00" * 9))


CHANGES = (
    *(encode, end, insert, cut, drop_line, repeat_line, put_comment, put_cell, drop_cell, add_cells),
    *(repeat_columns, turn_columns, unquote, other_letters, twice, nothing),
)


def changed(chance: Chance, files: Files) -> Files:
    """Change some files; now and then one is gone, nested or there twice."""
    files = dict(files)
    for _ in range(chance.choice((1, 1, 2, 3, 6))):
        name = chance.choice(sorted(files))
        files[name] = chance.choice(CHANGES)(chance, files[name])
    name = chance.choice(sorted(files))
    place = chance.choice((None, None, None, f"sub/{name}", "i_2.txt", "a_zz.txt", f"x é/{name}"))
    if place is not None:
        files[place] = files[name] if chance.random() < 0.5 else files.pop(name)
    return files


def put(chance: Chance, files: Files, folder: Path) -> Path:
    """Give a folder of the files, or a zip, with or without a folder on top."""
    if chance.random() < 0.6:
        return write(folder / "in", files)
    top = chance.choice(("", "top/"))
    with zipfile.ZipFile(folder / "in.zip", "w") as archive:
        for name, data in files.items():
            archive.writestr(top + name, data)
    return folder / "in.zip"


def assert_cells_can_change(chance: Chance, file: TextFile) -> None:
    """Hold that a cell which is changed changes, and no other."""
    if not file.rows:
        return
    row = chance.randrange(len(file.rows))
    if not file.rows[row] or file.rows[row] == [""] or file.is_comment(row):
        return
    wanted = [list(cells) for cells in file.rows]
    column = chance.randrange(len(wanted[row]))
    wanted[row][column] = chance.choice(("new", "t\tab", 'q"q', "a\nb"))
    file.set(row, column, wanted[row][column])
    again = TextFile(file.name, file.to_bytes())
    assert [cells for cells in again.rows if any(cells)] == [cells for cells in wanted if any(cells)]


def assert_read(chance: Chance, path: Path, files: Files, out: Path) -> None:
    """Hold all that is promised of any archive."""
    try:
        document = isatab.open_document(path)
    except RembiError as fault:
        if fault.key != "isaread.nothing_here":
            raise
        return
    isatab.write_document(document, out / "bytes")
    for name in document.files:
        assert (out / "bytes" / name).read_bytes() == files[name.removeprefix("top/")]
    found = isatab.read(path)
    for finding in (*found.findings, *isatab.check(path), *isatab.check(document)):
        assert finding.message("fr")
        assert finding.message("en")
    assert len(LANGUAGES) == 2
    isatab.write(found.record, out / "again")
    for file in document.files.values():
        assert_cells_can_change(chance, file)


@pytest.fixture(scope="module")
def archives(samples: Path, tmp_path_factory: pytest.TempPathFactory) -> list[Files]:
    """Give the small archives of the samples, our layout and one of another layout."""
    roots = sorted({path.parent for path in (samples / "isa").rglob("i_*.txt")})
    sets = [{path.name: path.read_bytes() for path in root.glob("*.txt")} for root in roots]
    own = small(tmp_path_factory.mktemp("plain"))
    sets.append({path.name: path.read_bytes() for path in own.iterdir()})
    return [files for files in sets if sum(map(len, files.values())) < 60_000]


@pytest.mark.parametrize("seed", SEEDS)
def test_an_archive_changed_by_chance_is_read(seed: int, archives: list[Files], tmp_path: Path) -> None:
    chance = random.Random(seed)
    files = changed(chance, chance.choice(archives))
    assert_read(chance, put(chance, files, tmp_path), files, tmp_path / "out")


def test_a_cell_put_beside_an_open_quote_is_the_only_one_that_changes() -> None:
    file = TextFile("i_x.txt", b'STUDY\n#\t"open\nStudy Title\ta\nStudy Identifier\tb\n')
    file.set(2, 1, 'the "best"')
    again = TextFile("i_x.txt", file.to_bytes())
    assert again.rows == [["STUDY"], ["#", '"open'], ["Study Title", 'the "best"'], ["Study Identifier", "b"]]
