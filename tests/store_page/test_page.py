"""What the page on the store says is so: its examples, its reader, its fingerprint, its checksums."""

from __future__ import annotations

import hashlib
import json
import re
import subprocess
import sys
import unicodedata
from pathlib import Path
from typing import Any

import pytest

from rembi_widgets.app._demo import make_demo
from rembi_widgets.images import scan
from rembi_widgets.record import COLLECTIONS, ROWS, SINGLETONS, TABLES, Curation, Edit, Table, cell
from rembi_widgets.store import open_curation, restore_ticket, write_ticket
from rembi_widgets.store._home import KEPT, sketch
from tests.store_page.examples import ADA, BLOCK, BO, PAGES, curate, filled

READER = re.compile(r"```python\n(.*?)```", re.DOTALL)


@pytest.fixture(scope="module", params=PAGES)
def page(request: pytest.FixtureRequest) -> str:
    return PAGES[request.param].read_text(encoding="utf-8")


@pytest.fixture(scope="module")
def reader(tmp_path_factory: pytest.TempPathFactory) -> Path:
    found = {path.read_text(encoding="utf-8") for path in PAGES.values()}
    [code] = {code for page in found for code in READER.findall(page)}  # the same in both languages
    path = tmp_path_factory.mktemp("reader") / "reader.py"
    path.write_text(code, encoding="utf-8")
    return path


def run(reader: Path, folder: Path) -> Curation:
    """Run the page's reader apart from this package, and read what it printed as a record."""
    command = [sys.executable, "-I", "-W", "error", str(reader), str(folder)]
    done = subprocess.run(command, capture_output=True, text=True, check=True, cwd=reader.parent)
    said = json.loads(done.stdout)
    return Curation.model_validate({name: _table(part) if name in TABLES else part for name, part in said.items()})


def _table(rows: dict[str, dict[str, Any]]) -> Table:
    table = Table().with_rows(list(rows))
    for name in dict.fromkeys(name for row in rows.values() for name in row):
        table = table.with_cells(name, table.ids, [cell(row.get(name)) for row in rows.values()], [None] * len(rows))
    return table


def values(record: Curation) -> dict[str, Any]:
    """Give the values of a record without what is known of them."""
    plain: dict[str, Any] = {name: getattr(record, name).plain() for name in SINGLETONS}
    plain |= {name: [one.plain() for one in getattr(record, name)] for name in COLLECTIONS}
    return plain | {name: getattr(record, name).plain() for name in TABLES}


def test_the_examples_are_what_the_store_writes(page: str) -> None:
    assert filled(page) == page, "python -m tests.store_page.examples puts them in"


def test_the_examples_are_read_by_the_store(page: str, tmp_path: Path) -> None:
    (tmp_path / "made").mkdir()
    curate(tmp_path / "made")
    there = tmp_path / "there" / ".rembi"
    (there / "journal").mkdir(parents=True)
    (tmp_path / "made" / ".rembi" / "values").rename(there / "values")
    for found in BLOCK.finditer(page):
        if found["name"] != "checkpoint":
            writer = json.loads(found["held"])["id"].rpartition("-")[0]
            with (there / "journal" / f"{writer}.ndjson").open("a", encoding="utf-8") as journal:
                journal.write(found["held"])
    assert {path.stem for path in (there / "journal").iterdir()} == {ADA, BO}
    with open_curation(there.parent) as curation:
        assert curation.reports == []
        assert curation.get("/study/title") == "Shape of nuclei of HeLa cells"
        assert len(curation.record.files) == 102
        assert curation.conflicts == ()


def test_the_reader_is_short_and_stands_alone(reader: Path) -> None:
    code = [line for line in reader.read_text(encoding="utf-8").splitlines() if line.strip()]
    assert len(code) <= 90
    imported = {line.split()[1] for line in code if line.startswith(("import", "from"))}
    assert imported == {"json", "sys", "itertools", "pathlib"}


def test_the_reader_gives_the_record_of_a_real_dataset(reader: Path, tmp_path: Path) -> None:
    folder = make_demo(tmp_path / "demo")
    with open_curation(folder) as curation:
        curation.propose(scan(folder))
        sample = curation.record.samples[0]
        first, *_, last = curation.record.acquisitions
        curation.set("/study/title", "Nuclei")
        curation.add(f"/samples/{sample.id}/labels", {"content": "DAPI"})
        curation.move(f"/acquisitions/{last.id}", None)
        curation.remove(f"/acquisitions/{first.id}")
        curation.undo()
        rows = curation.record.images.ids
        curation.edit([Edit(op="remove", path="/images", rows=rows[3:6])])
        curation.undo()
        curation.edit([Edit(op="move", path="/files", rows=curation.record.files.ids[::-1])])
        curation.set(f"/images/{rows[0]}/qc_info", {"absent": "not_recorded", "reason": "lost"})
    with open_curation(folder, author="Bo") as other:
        other.add("/people", {"first_name": "Bo", "roles": ["funding acquisition"]})
        other.edit([Edit(op="add", path="/files", rows=tuple(f"fl-{number}" for number in range(100)))])
        wanted = values(other.record)
    assert list((folder / ".rembi" / "values").iterdir()), "long lists are to be read too"
    assert values(run(reader, folder)) == wanted


def test_the_reader_gives_the_record_of_two_writers(reader: Path, tmp_path: Path) -> None:
    curate(tmp_path)
    with open_curation(tmp_path) as curation:
        assert values(run(reader, tmp_path)) == values(curation.record)


def test_a_half_line_is_passed_over_by_the_reader(reader: Path, tmp_path: Path) -> None:
    with open_curation(tmp_path) as curation:
        curation.set("/study/title", "whole")
    [journal] = (tmp_path / ".rembi" / "journal").iterdir()
    with journal.open("ab") as held:
        held.write(b'{"id": "w-1", "edits": [{"op": "se')
    assert values(run(reader, tmp_path))["study"] == {"title": "whole"}


def test_the_same_change_is_the_same_line_in_every_process(tmp_path: Path) -> None:
    code = (
        "from rembi_widgets.record import Change, Edit; from rembi_widgets.store._journal import encode;"
        "edit = Edit(op='add', path='/samples', id='sa-1', after=None, value={'title': 'x'}, marks={});"
        "print(encode(Change(id='w-1', edits=(edit,)), lambda data: 'x').decode())"
    )
    root = Path(__file__).parent.parent.parent
    said = {
        subprocess.run(
            [sys.executable, "-c", code], env={"PYTHONHASHSEED": seed}, cwd=root, capture_output=True, check=True
        ).stdout
        for seed in ("1", "2", "3")
    }
    assert len(said) == 1


def test_the_checksums_are_as_the_page_says(tmp_path: Path) -> None:
    with open_curation(tmp_path) as curation:
        curation.set("/study/title", "Étude")
        curation.edit([Edit(op="add", path="/files", rows=("fl-1",), value={"path": ["a\tb"]})])
    content = json.loads((tmp_path / "rembi.json").read_text(encoding="utf-8"))
    sums = content.pop("checksums")
    canonical = json.dumps(content, sort_keys=True, separators=(",", ":")).encode()
    assert sums["rembi.json"] == hashlib.sha256(canonical).hexdigest()
    table = (tmp_path / "rembi-files.tsv").read_bytes()
    assert sums["files"] == hashlib.sha256(table).hexdigest()
    assert table == b"id\tpath\nfl-1\ta\\tb\n"


def test_the_fingerprint_is_as_the_page_says(tmp_path: Path) -> None:
    (tmp_path / "inner").mkdir()
    (tmp_path / "inner" / unicodedata.normalize("NFD", "é.tif")).write_bytes(b"123")
    (tmp_path / "rembi.json").write_text("{}")
    number = hashlib.blake2b("inner/é.tif\0003".encode(), digest_size=6).digest()
    assert sketch(tmp_path).numbers == (int.from_bytes(number, "big"),)
    assert KEPT == 256


def test_the_ticket_is_as_the_page_says(tmp_path: Path) -> None:
    import zipfile
    from io import BytesIO

    with open_curation(None) as curation:
        curation.edit([Edit(op="add", path="/files", rows=tuple(f"fl-{number}" for number in range(70)))])
        data = write_ticket(curation)
    with zipfile.ZipFile(BytesIO(data)) as archive:
        assert json.loads(archive.read("ticket.json"))["format"] == "rembi-ticket/1"
        [line] = archive.read("changes.ndjson").splitlines()
        assert len(json.loads(line)["edits"][0]["rows"]) == 70
    assert restore_ticket(data, tmp_path / "back") == 1
    [journal] = (tmp_path / "back" / ".rembi" / "journal").iterdir()
    assert journal.name.startswith("ticket-")


def test_the_page_names_every_part_of_the_record(page: str) -> None:
    for name in (*SINGLETONS, *COLLECTIONS, *ROWS, *TABLES):
        assert f"`{name}`" in page, name


def test_links_lead_to_headings(page: str) -> None:
    titles = [line[3:].lower() for line in page.splitlines() if line.startswith("## ")]
    headings = {re.sub(r"[^\w -]", "", title).replace(" ", "-") for title in titles}
    assert set(re.findall(r"\]\(#([^)]+)\)", page)) <= headings
