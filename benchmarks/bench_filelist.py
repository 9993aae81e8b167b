"""How long a file list of the BioImage Archive takes beside plain csv writing the same cells, and its memory.

``python benchmarks/bench_filelist.py [COUNT] [--json]``; default 500,000 files, 8 columns. A list is written within
3 x of plain csv, checked within 10 x of one pass over the lines of its file, and writing holds no more memory for ten
times as many files. The memory is what writing adds, as tracemalloc counts it in a run of its own.
"""

from __future__ import annotations

import csv
import json
import sys
import tempfile
import tracemalloc
from pathlib import Path
from typing import TYPE_CHECKING, Any

from _timing import best_of, table

from rembi_widgets.checks import _bia_files, _files, check
from rembi_widgets.checks._case import Case
from rembi_widgets.formats import pagetab
from rembi_widgets.formats._files import write_lines
from rembi_widgets.formats.pagetab import _filelist
from rembi_widgets.formats.pagetab._columns import columns
from rembi_widgets.formats.pagetab._lists import Lists
from rembi_widgets.formats.pagetab._names import Names
from rembi_widgets.record import Curation, Table

if TYPE_CHECKING:
    from collections.abc import Callable

ROUNDS = 3
RULES = (_bia_files.paths, _bia_files.sizes, _bia_files.annotation_files, _files.paths)


def record(count: int) -> Curation:
    """A screen: plates, wells, fields, two sizes of images."""
    files = Table(
        tuple(f"fl-{n}" for n in range(count)),
        {
            "path": tuple(f"screen/plate_{n // 3456:03d}/{n // 9 % 384:03d}_{n % 9}.ome.tiff" for n in range(count)),
            "component": ("sc-1",) * count,
            "size_bytes": (8_400_000,) * count,
        },
    )
    images = Table(
        tuple(f"im-{n}" for n in range(count)),
        {
            "file": files.ids,
            "component": ("sc-1",) * count,
            "plate": tuple(f"plate {n // 3456}" for n in range(count)),
            "well": tuple(f"{chr(65 + n // 9 % 384 // 24)}{n // 9 % 24 + 1:02d}" for n in range(count)),
            "field": tuple(str(n % 9) for n in range(count)),
            "size_x": tuple((2048.0, 1024.0)[n % 2] for n in range(count)),
            "acquired_at": tuple(f"2026-10-01T{n // 3600 % 24:02d}:{n // 60 % 60:02d}:00" for n in range(count)),
            "qc_info": tuple(("in focus", None)[n % 50 == 0] for n in range(count)),
        },
    )
    component = {"id": "sc-1", "title": "screen", "associations": [{"id": "as-1"}]}
    return Curation.model_validate({"components": [component], "files": files, "images": images})


def plain_csv(path: Path, rows: list[list[str]]) -> None:
    with path.open("w", newline="", encoding="utf-8") as stream:
        csv.writer(stream, delimiter="\t", lineterminator="\n").writerows(rows)


def peak(work: Callable[[], object]) -> float:
    """Give the bytes that some work holds at most, beyond what was there."""
    tracemalloc.start()
    work()
    _, most = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    return most


class Bench:
    """The lists of so many files, in a folder."""

    def __init__(self, count: int, folder: Path) -> None:
        self.made, self.folder = record(count), folder
        self.names = Names(self.made)
        pagetab.write(self.made, folder)
        self.file = folder / "file_list_screen.tsv"
        self.lists = Lists(self.made)
        self.held = columns(self.lists, self.names, "sc-1")

    def listed(self, spell: Callable[..., object] = _filelist.tsv) -> None:
        """Write a list whose columns are known."""
        write_lines(self.folder / "again.tsv", spell(self.made.files, self.lists.of["sc-1"], self.held))

    def whole(self) -> None:
        """Find the columns and write a list."""
        lists = Lists(self.made)
        held = columns(lists, self.names, "sc-1")
        write_lines(self.folder / "again.tsv", _filelist.tsv(self.made.files, lists.of["sc-1"], held))

    def one_pass(self) -> int:
        """Read the lines of a list's file and split them into cells."""
        with self.file.open(encoding="utf-8") as stream:
            return sum(len(line.rstrip("\n").split("\t")) for line in stream)

    def times(self) -> dict[str, float]:
        """Give the best time of each work, in seconds."""
        rows = [line.split("\t") for line in self.file.read_text(encoding="utf-8").splitlines()]
        work: dict[str, Callable[[], object]] = {
            "plain csv": lambda: plain_csv(self.folder / "plain.tsv", rows),
            "list from its columns, TSV": self.listed,
            "list from its columns, JSON": lambda: self.listed(_filelist.as_json),
            "list from the tables, TSV": self.whole,
            "whole submission, TSV and JSON": lambda: pagetab.write(self.made, self.folder),
            "one pass over the lines": self.one_pass,
            "rules of file lists": lambda: [list(rule(Case(self.made, ("bia",)))) for rule in RULES],
            "all checks for bia": lambda: check(self.made, "bia"),
        }
        return best_of(work, ROUNDS)

    def memory(self) -> dict[str, float]:
        """Give what works hold at most, in megabytes."""
        work: dict[str, Callable[[], object]] = {
            "list written": self.listed,
            "list in JSON written": lambda: self.listed(_filelist.as_json),
            "columns found and list written": self.whole,
        }
        return {name: peak(do) / 1e6 for name, do in work.items()}


def measured(count: int) -> dict[str, Any]:
    """Measure lists of so many files, and the memory for a tenth of them."""
    with tempfile.TemporaryDirectory() as name:
        few = Bench(count // 10, Path(name)).memory()
    with tempfile.TemporaryDirectory() as name:
        bench = Bench(count, Path(name))
        times, many = bench.times(), bench.memory()
    written = times["list from the tables, TSV"] / times["plain csv"]
    checked = times["rules of file lists"] / times["one pass over the lines"]
    flat = max(many[name] - few[name] for name in ("list written", "list in JSON written"))
    return {
        "files": count,
        "seconds": times,
        "memory_mb": {f"{count // 10}": few, f"{count}": many},
        "written_x": {"found": written, "wanted": 3.0, "holds": written <= 3.0},
        "checked_x": {"found": checked, "wanted": 10.0, "holds": checked <= 10.0},
        "memory_grows_mb": {"found": flat, "wanted": 2.0, "holds": flat <= 2.0},
    }


def main() -> None:
    """Print what was measured, as words or as JSON."""
    given = [word for word in sys.argv[1:] if word != "--json"]
    found = measured(int(given[0]) if given else 500_000)
    if "--json" in sys.argv:
        sys.stdout.write(json.dumps(found, indent=1) + "\n")
        return
    table(f"{found['files']:,} files", found["seconds"], "plain csv")
    for name in ("written_x", "checked_x", "memory_grows_mb"):
        print(f"  {name:<18}{found[name]}")
    print(f"  memory in MB: {found['memory_mb']}")


if __name__ == "__main__":
    main()
