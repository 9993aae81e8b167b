"""The search for terms: how often right, how quick per keystroke, how soon after import; prints JSON.

``python benchmarks/bench_terms.py [SAMPLES]``. Keystrokes are all beginnings, of two letters and more, of the queries
of the development set. Beside the search stand, over the same names in the same run, a plain FTS5 prefix search and
rapidfuzz over all names of the field, neither with a ranking of its own. Turns are interleaved, the best counts.
"""

from __future__ import annotations

import csv
import json
import os
import sqlite3
import statistics
import subprocess
import sys
import tempfile
import time
from collections import defaultdict
from pathlib import Path
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Callable

ROOT = Path(__file__).parents[1]
ROUNDS = 5
FRESH = """
import json, sys, time
begin = time.perf_counter()
import rembi_widgets
imported = time.perf_counter()
rembi_widgets.search_terms("souris", field="organism")
print(json.dumps([imported - begin, time.perf_counter() - imported]))
"""
MEMORY = """
import psutil, rembi_widgets.record
me = psutil.Process()
before = me.memory_info().rss
from rembi_widgets.terms import PARTS, search
for part in PARTS:
    for query in ("a", "micro", "nothing lik this", "confocl", "mouse"):
        search(query, part)
print((me.memory_info().rss - before) / 2**20)
"""


def asked(table: Path) -> list[dict[str, str]]:
    with table.open(encoding="utf-8", newline="") as lines:
        return list(csv.DictReader(lines, delimiter="\t", quoting=csv.QUOTE_NONE))


def accuracy(table: Path) -> dict[str, Any]:
    """Give the shares of right answers to a table of queries, from 0 to 1."""
    from rembi_widgets.terms import lookup, search
    from rembi_widgets.terms._keys import fold

    told: dict[str, list[tuple[bool, bool]]] = defaultdict(list)
    for row in asked(table):
        wanted, found = set(row["expected_ids"].split("|")), search(row["query"], row["field"])
        if wanted == {"NONE"}:
            told["unanswered"].append((not any(match.confident for match in found),) * 2)
            continue
        right = (bool(found) and found[0].id in wanted, any(match.id in wanted for match in found[:5]))
        known = [lookup(one) for one in wanted]
        literal = any(fold(row["query"]) == fold(name) for one in known if one for name in one.names)
        for group in ("all", "literal" if literal else "no label or alias", row.get("kind") or "real"):
            told[group].append(right)
    return {
        group: {"queries": len(hits), "first": _share(hits, 0), "first five": _share(hits, 1)}
        for group, hits in told.items()
    }


def _share(hits: list[tuple[bool, bool]], which: int) -> float:
    return round(sum(hit[which] for hit in hits) / len(hits), 4)


def keystrokes(table: Path) -> list[tuple[str, str]]:
    return sorted(
        {(row["query"][:end], row["field"]) for row in asked(table) for end in range(2, len(row["query"]) + 1)}
    )


def engines() -> dict[str, Callable[[str, str], object]]:
    """Give the search, and two plain ones over the same names."""
    from rapidfuzz import fuzz, process

    from rembi_widgets.terms import search
    from rembi_widgets.terms._fields import parts_of
    from rembi_widgets.terms._index import CODES
    from rembi_widgets.terms._keys import fold
    from rembi_widgets.terms._sources import index

    rows = index().rows(
        "SELECT key.part, name.term, name.folded FROM key JOIN name ON name.key = key.name WHERE key.key LIKE 'z:%'"
    )
    handle, path = tempfile.mkstemp(suffix=".sqlite")
    os.close(handle)
    plain = sqlite3.connect(path)
    plain.execute("CREATE VIRTUAL TABLE names USING fts5(folded, part UNINDEXED, term UNINDEXED, prefix='2 3 4')")
    plain.executemany("INSERT INTO names (part, term, folded) VALUES (?, ?, ?)", rows)
    plain.commit()
    pools: dict[int, list[str]] = defaultdict(list)
    for part, _, folded in rows:
        pools[part].append(folded)

    def fts5(query: str, field: str) -> object:
        """Search by SQLite's full text index, the last word as a prefix."""
        words = fold(query).split()
        if not words:
            return []
        wanted = " ".join(f'"{word}"' for word in words) + "*"
        codes = [CODES[part] for part in parts_of(field)]
        where = f"names MATCH ? AND part IN ({','.join('?' * len(codes))})"
        return plain.execute(
            f"SELECT term, folded FROM names WHERE {where} ORDER BY rank LIMIT 8", (wanted, *codes)
        ).fetchall()

    def brute(query: str, field: str) -> object:
        folded = fold(query)
        return [process.extract(folded, pools[CODES[part]], scorer=fuzz.WRatio, limit=8) for part in parts_of(field)]

    return {"search": search, "fts5 prefix": fts5, "rapidfuzz brute force": brute}


def latency(table: Path) -> dict[str, Any]:
    """Give the milliseconds of a keystroke, by engine."""
    typed = keystrokes(table)
    best: dict[str, list[float]] = {}
    for name, ask in engines().items():
        best[name] = [float("inf")] * len(typed)
        ask(*typed[0])
    candidates = engines()
    for turn in range(ROUNDS):
        for name in sorted(candidates, reverse=bool(turn % 2)):
            ask, times = candidates[name], best[name]
            for place, one in enumerate(typed):
                begin = time.perf_counter()
                ask(*one)
                times[place] = min(times[place], time.perf_counter() - begin)
    found: dict[str, Any] = {"keystrokes": len(typed)}
    for name, times in best.items():
        cuts = statistics.quantiles(times, n=100)
        found[name] = {f"p{cut} ms": round(cuts[cut - 1] * 1000, 3) for cut in (50, 95, 99)}
    found["p95 to fts5"] = round(found["search"]["p95 ms"] / found["fts5 prefix"]["p95 ms"], 3)
    return found


def build_time() -> dict[str, Any]:
    """Give the seconds that the index takes, and how much it holds."""
    from rembi_widgets.terms import layers
    from rembi_widgets.terms._index import build

    times = []
    for _ in range(3):
        with tempfile.TemporaryDirectory() as folder, sqlite3.connect(Path(folder, "index.sqlite")) as connection:
            begin = time.perf_counter()
            build(connection, layers())
            times.append(time.perf_counter() - begin)
            terms, names = (
                connection.execute(f"SELECT count(*) FROM {table}").fetchone()[0] for table in ("term", "name")
            )
        connection.close()
    return {
        "build s": round(min(times), 3),
        "terms": terms,
        "names": names,
        "layers": [layer.name for layer in layers()],
    }


def fresh() -> dict[str, Any]:
    """Give the times of the first query in processes of their own: with the index made, and without."""
    with tempfile.TemporaryDirectory() as folder:
        around = {**os.environ, "PYTHONPATH": str(ROOT), "REMBI_CACHE": folder}
        runs = [json.loads(_run(FRESH, around)) for _ in range(6)]
        memory = float(_run(MEMORY, around))
    import_s, first_s = (min(run[which] for run in runs[1:]) for which in (0, 1))
    return {
        "import ms": round(import_s * 1000, 1),
        "first query ms": round(first_s * 1000, 1),
        "first query that makes the index ms": round(runs[0][1] * 1000, 1),
        "added memory MB": round(memory, 1),
    }


def _run(code: str, around: dict[str, str]) -> str:
    return subprocess.run([sys.executable, "-c", code], env=around, text=True, capture_output=True, check=True).stdout


def main() -> None:
    """Print what was measured, as JSON."""
    samples = (
        Path(sys.argv[1] if len(sys.argv) > 1 else os.environ.get("REMBI_SAMPLES", ROOT.parent / "shared/samples"))
        / "terms"
    )
    os.environ.setdefault("REMBI_CACHE", tempfile.mkdtemp(prefix="rembi-bench-"))
    tables = {
        "development": samples / "benchmark_dev.tsv",
        "real strings": samples / "benchmark_real_dev.tsv",
        "own": ROOT / "tests/terms/data/queries.tsv",
    }
    told = {
        "accuracy": {name: accuracy(table) for name, table in tables.items()},
        "latency": latency(tables["development"]),
        "index": build_time(),
        "fresh process": fresh(),
    }
    print(json.dumps(told, indent=2))


if __name__ == "__main__":
    main()
