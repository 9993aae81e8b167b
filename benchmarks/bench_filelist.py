"""How long a file list of the BioImage Archive takes beside plain csv writing the same cells, and its memory.

``python benchmarks/bench_filelist.py [COUNT]``; default 500,000 files, 8 columns. The memory is what writing adds, as
tracemalloc counts it in a run of its own.
"""

from __future__ import annotations

import csv
import sys
import tempfile
import tracemalloc
from pathlib import Path
from typing import TYPE_CHECKING

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


def main() -> None:
    count = int(sys.argv[1]) if len(sys.argv) > 1 else 500_000
    made = record(count)
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        pagetab.write(made, folder)
        lines = (folder / "file_list_screen.tsv").read_text(encoding="utf-8").splitlines()
        rows = [line.split("\t") for line in lines]
        lists, names = Lists(made), Names(made)
        held = columns(lists, names, "sc-1")

        def listed(spell: Callable[..., object] = _filelist.tsv) -> None:
            write_lines(folder / "again.tsv", spell(made.files, lists.of["sc-1"], held))

        times = best_of(
            {
                "plain csv": lambda: plain_csv(folder / "plain.tsv", rows),
                "list from its columns, TSV": listed,
                "list from its columns, JSON": lambda: listed(_filelist.as_json),
                "list from the tables, TSV": lambda: write_lines(
                    folder / "again.tsv",
                    _filelist.tsv(made.files, (fresh := Lists(made)).of["sc-1"], columns(fresh, names, "sc-1")),
                ),
                "whole submission, TSV and JSON": lambda: pagetab.write(made, folder),
                "one pass over the lines": lambda: sum(len(line.split("\t")) for line in lines),
                "rules of file lists": lambda: [list(rule(Case(made, ("bia",)))) for rule in RULES],
                "all checks for bia": lambda: check(made, "bia"),
            },
            ROUNDS,
        )
        table(f"{count:,} files, {len(rows[0])} columns", times, "plain csv")
        print(f"  memory while a list is written: {peak(listed) / 1e6:.1f} MB")
        print(f"  memory while all is written:    {peak(lambda: pagetab.write(made, folder)) / 1e6:.1f} MB")


if __name__ == "__main__":
    main()
