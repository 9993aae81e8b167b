"""How long it takes to match 100,000 files to 100,000 images by name, in the easiest and the hardest ways.

Run: ``python benchmarks/bench_matching.py [COUNT]``.
"""

from __future__ import annotations

import sys
from time import perf_counter

from rembi_widgets.naming import match_by_name

WAYS = {
    "suffix, one folder": ("c_{n:06d}.tif", "c_{n:06d}_mask.tif"),
    "plates, affixes on both sides": ("p{p}/images/A{n:06d}_raw.ome.tif", "p{p}/masks/A{n:06d}_cp_masks.png"),
    "zeros before numbers": ("img_{n}.tif", "mask_{n:06d}.png"),
    "two channels, all ambiguous": ("A{n:06d}_w{c}.tif", "A{n:06d}_mask.tif"),
    "nothing fits": ("exp_{n:06d}.tif", "other_{n:06d}x.txt"),
}


def main(count: int) -> None:
    """Time each way and tell pairs, open names and seconds."""
    for name, (source, target) in WAYS.items():
        said = [{"n": n, "p": n // 5000, "c": 1} for n in range(count)]
        sources = [source.format(**one) for one in said]
        if "{c}" in source:
            sources += [source.format(**{**one, "c": 2}) for one in said]
        targets = [target.format(**one) for one in said]
        start = perf_counter()
        found = match_by_name(sources, targets)
        took = perf_counter() - start
        open_ = len(found.ambiguous)
        sys.stdout.write(f"{name}: {len(found.pairs)} pairs, {open_} ambiguous, {took:.2f} s\n")


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else 100_000)
