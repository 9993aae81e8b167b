"""Whatever a file holds, reading gives a record and findings, or says that nothing is there."""

from __future__ import annotations

import tempfile
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from rembi_widgets.errors import RembiError
from rembi_widgets.formats import Read, isatab, proposal
from rembi_widgets.locale import LANGUAGES
from rembi_widgets.record import Change, Curation, Origin, apply
from tests.isaread.papers import small, write

BITS = (b"\t", b"\n", b"\r", b'"', b";", b"\\", b"#", b"[", b"]", b"/", b"\x00", b"\xff", b"", b"NA", b"=", b"..")
MANY = settings(max_examples=60, deadline=None, suppress_health_check=list(HealthCheck))


@st.composite
def mutations(draw: st.DrawFn) -> list[tuple[int, float, float, bytes]]:
    """Places in a set: which file, from where to where of it, and what is put there."""
    one = st.tuples(
        st.integers(0, 5),
        st.floats(0, 1),
        st.floats(0, 0.02) | st.just(0.0),
        st.sampled_from(BITS) | st.binary(max_size=6),
    )
    return draw(st.lists(one, min_size=1, max_size=8))


def mutated(files: dict[str, bytes], changes: list[tuple[int, float, float, bytes]]) -> dict[str, bytes]:
    names = sorted(files)
    changed = dict(files)
    for which, begin, length, put in changes:
        name = names[which % len(names)]
        data = changed[name]
        start = int(begin * len(data))
        changed[name] = data[:start] + put + data[start + int(length * len(data)) :]
    return changed


def read(path: Path) -> Read | None:
    """What is read, ``None`` where nothing is ISA-Tab: the only error there may be."""
    try:
        return isatab.read(path)
    except RembiError as fault:
        if fault.key != "isaread.nothing_here":
            raise
        return None


def check(files: dict[str, bytes]) -> None:
    """Hold that reading gives findings with their places, bytes back, and a record that a curation takes."""
    with tempfile.TemporaryDirectory() as name:
        folder = write(Path(name) / "in", files)
        found = read(folder)
        if found is None:
            return
        for finding in found.findings:
            assert finding.values["line"] >= 1
            assert finding.values["column"] >= 1
            assert all(finding.message(lang) for lang in LANGUAGES)
        document = isatab.open_document(folder)
        document.write(Path(name) / "out")
        for file in document.files:
            assert (Path(name) / "out" / file).read_bytes() == files[file]
        edits = proposal(found.record, Curation())
        change = Change(id="w-1", origin=Origin(kind="import"), edits=tuple(edits))
        assert apply(Curation(), change).study == found.record.study
        isatab.write(found.record, Path(name) / "again")


@pytest.fixture(scope="module")
def example(samples: Path) -> dict[str, bytes]:
    return {path.name: path.read_bytes() for path in (samples / "isa" / "layout-example").iterdir()}


@MANY
@given(changes=mutations())
def test_our_layout_with_bytes_changed(
    example: dict[str, bytes], changes: list[tuple[int, float, float, bytes]]
) -> None:
    check(mutated(example, changes))


@MANY
@given(changes=mutations())
def test_another_layout_with_bytes_changed(
    tmp_path_factory: pytest.TempPathFactory, changes: list[tuple[int, float, float, bytes]]
) -> None:
    folder = small(tmp_path_factory.mktemp("plain"))
    check(mutated({path.name: path.read_bytes() for path in folder.iterdir()}, changes))


@MANY
@given(data=st.binary(max_size=300), table=st.binary(max_size=300))
def test_any_bytes(data: bytes, table: bytes) -> None:
    begin = b"STUDY\nStudy File Name\ts_x.txt\nSTUDY ASSAYS\nStudy Assay File Name\ta_x.txt\n"
    check({"i_x.txt": begin + data, "s_x.txt": b"Source Name\tSample Name\n" + table, "a_x.txt": table})


@MANY
@given(rows=st.lists(st.lists(st.sampled_from(["a", "b", "", "x;y", "1"]), max_size=6), max_size=6), data=st.data())
def test_any_columns_in_any_order(rows: list[list[str]], data: st.DataObject) -> None:
    known = ["Source Name", "Sample Name", "Protocol REF", "Image File", "Derived Data File", "Assay Name", "Unit"]
    known += ["Term Source REF", "Term Accession Number", "Comment[REMBI ID]", "Characteristics[organism]"]
    known += [
        "Factor Value[f]",
        "Parameter Value[p]",
        "Comment[Dimension Extents]",
        "What",
        "Comment[Association REMBI ID]",
    ]
    headers = data.draw(st.lists(st.sampled_from(known), min_size=1, max_size=8))
    text = "\n".join("\t".join(row) for row in [headers, *rows]).encode()
    for layout in (b"", b"INVESTIGATION\nComment[ISA Layout]\trembi-isatab/1\n"):
        begin = layout + b"STUDY\nStudy File Name\ts_x.txt\nSTUDY ASSAYS\nStudy Assay File Name\ta_x.txt\n"
        begin += (
            b"STUDY PROTOCOLS\nStudy Protocol Name\ta\tb\nStudy Protocol Type\tsample collection\tdata acquisition\n"
        )
        check({"i_x.txt": begin, "s_x.txt": text, "a_x.txt": text})


@settings(max_examples=40, deadline=None)
@given(data=st.binary(max_size=400), name=st.sampled_from(["x.zip", "i_x.txt", "x"]))
def test_a_single_file_of_any_bytes(data: bytes, name: str) -> None:
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / name
        path.write_bytes(data)
        found = read(path)
        assert found is None or all(finding.message("fr") for finding in found.findings)


@settings(max_examples=40, deadline=None)
@given(begin=st.floats(0, 1), put=st.binary(min_size=1, max_size=4))
def test_a_zip_with_bytes_changed(tmp_path_factory: pytest.TempPathFactory, begin: float, put: bytes) -> None:
    import io
    import zipfile

    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as archive:
        for path in small(tmp_path_factory.mktemp("plain")).iterdir():
            archive.write(path, path.name)
    data = stream.getvalue()
    start = int(begin * len(data))
    path = tmp_path_factory.mktemp("zip") / "x.zip"
    path.write_bytes(data[:start] + put + data[start + len(put) :])
    found = read(path)
    assert found is None or all(finding.message("fr") for finding in found.findings)
