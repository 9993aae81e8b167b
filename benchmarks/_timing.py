"""Timing by turns: each candidate runs once a round, the order reversed every other round, and the best time counts.

Machines are shared and clocks wander; ratios of the best times of interleaved runs are what can be compared.
"""

from __future__ import annotations

import time
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping


def best_of(
    candidates: Mapping[str, Callable[[], object]], rounds: int = 5, clock: Callable[[], float] = time.perf_counter
) -> dict[str, float]:
    """Give the best time in seconds of each candidate."""
    best = dict.fromkeys(candidates, float("inf"))
    for turn in range(rounds):
        names = list(candidates)
        for name in reversed(names) if turn % 2 else names:
            begin = clock()
            candidates[name]()
            best[name] = min(best[name], clock() - begin)
    return best


def table(title: str, times: Mapping[str, float], unit: str) -> None:
    """Print times as ratios to one of them."""
    print(f"\n{title}")
    for name, seconds in times.items():
        print(f"  {name:<34}{seconds * 1000:>10.3f} ms {seconds / times[unit]:>9.1f} x")
