"""The numbers of the house beside the bar: ``python -m tests.house.numbers`` prints them.

A file's length counts all its lines; a function's counts those from ``def`` to its end, without its docstring. The
ratio of tests counts lines that hold code: no blank lines, comments or docstrings.
Complexity is McCabe's as ruff counts it: branches, loops, cases and handlers, not boolean operators. A single file or
function over a bar needs a line in ``exceptions.txt``: ``measure | where | reason``.
"""

from __future__ import annotations

import ast
import math
import sys
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from statistics import median

from tests.house.sources import FRONTEND, PACKAGE, ROOT, Function, code_lines, python_files, tree, typescript_files

EXCEPTIONS = Path(__file__).with_name("exceptions.txt")


@dataclass(frozen=True)
class Measured:
    """A file or function and what was counted there."""

    where: str
    count: float


@dataclass(frozen=True)
class Bar:
    """A number of the house.

    ``at_most`` tells the side on which the bar lies; a ``single`` measure is held by each place of its own, so that a
    place can be excepted.
    """

    name: str
    limit: float
    measure: Callable[[], float]
    at_most: bool = True
    single: Callable[[], list[Measured]] | None = None

    def kept(self, value: float) -> bool:
        return value <= self.limit if self.at_most else value >= self.limit


def percentile(values: list[float], share: float) -> float:
    """Give the value that a share of all values does not exceed (nearest rank)."""
    ordered = sorted(values)
    return ordered[max(0, math.ceil(share * len(ordered)) - 1)] if ordered else 0


def name_of(path: Path) -> str:
    return path.relative_to(ROOT).as_posix()


def lines(path: Path) -> int:
    return len(path.read_text(encoding="utf-8").splitlines())


def file_lengths(files: tuple[Path, ...]) -> list[Measured]:
    return [Measured(name_of(path), lines(path)) for path in files]


@cache
def functions() -> tuple[tuple[str, Function], ...]:
    """Give every function and method of the package, with where it stands."""
    return tuple(
        (name_of(file), node) for file in python_files() for node in ast.walk(tree(file)) if isinstance(node, Function)
    )


def docstring_lines(node: Function) -> int:
    first = node.body[0]
    said = isinstance(first, ast.Expr) and isinstance(first.value, ast.Constant) and isinstance(first.value.value, str)
    return (first.end_lineno or 0) - first.lineno + 1 if said else 0


@cache
def function_lengths() -> list[Measured]:
    return [
        Measured(f"{file}:{node.name}", (node.end_lineno or 0) - node.lineno + 1 - docstring_lines(node))
        for file, node in functions()
    ]


def complexity(node: ast.AST) -> int:
    """Count the roads through a function; those of a function inside it count too."""
    return 1 + sum(_roads(child) for child in ast.walk(node) if child is not node)


def _roads(node: ast.AST) -> int:
    if isinstance(node, ast.Try):
        return len(node.handlers) + bool(node.orelse)
    if isinstance(node, ast.For | ast.AsyncFor | ast.While):
        return 1 + bool(node.orelse)
    return int(isinstance(node, ast.If | ast.match_case | Function))


@cache
def complexities() -> list[Measured]:
    return [Measured(f"{file}:{node.name}", complexity(node)) for file, node in functions()]


@cache
def annotated_share() -> float:
    """Give the percentage of functions whose arguments and result all have a type."""
    whole = [node for _, node in functions() if not missing_types(node)]
    return 100 * len(whole) / len(functions())


def missing_types(node: Function) -> list[str]:
    arguments = [*node.args.posonlyargs, *node.args.args, *node.args.kwonlyargs]
    arguments += [extra for extra in (node.args.vararg, node.args.kwarg) if extra]
    bare = [given.arg for given in arguments if given.annotation is None and given.arg not in {"self", "cls"}]
    return bare + ([] if node.returns is not None else ["return"])


def public(node: ast.AST, prefix: str = "") -> Iterator[tuple[str, ast.AST]]:
    """Give public classes, functions and methods, not those inside functions."""
    for child in ast.iter_child_nodes(node):
        if isinstance(child, ast.ClassDef | Function) and not child.name.startswith("_"):
            yield f"{prefix}{child.name}", child
            if isinstance(child, ast.ClassDef):
                yield from public(child, f"{child.name}.")


@cache
def undocumented() -> list[str]:
    """Give the modules and public names without a docstring."""
    found = [name_of(file) for file in python_files() if not ast.get_docstring(tree(file))]
    for file in python_files():
        for name, node in public(tree(file)):
            if not ast.get_docstring(node) and not _is_overload(node):  # type: ignore[arg-type]
                found.append(f"{name_of(file)}:{name}")
    return found


def _is_overload(node: ast.AST) -> bool:
    return any("overload" in ast.dump(mark) for mark in getattr(node, "decorator_list", []))


@cache
def documented_share() -> float:
    of = len(python_files()) + sum(1 for file in python_files() for _ in public(tree(file)))
    return 100 * (1 - len(undocumented()) / of)


@cache
def broad_excepts() -> list[Measured]:
    """Give the handlers of everything that swallow it: one that tidies up and raises again does not."""
    return [
        Measured(f"{name_of(file)}:{node.lineno}", 1)
        for file in python_files()
        for node in ast.walk(tree(file))
        if isinstance(node, ast.ExceptHandler) and swallows_everything(node)
    ]


_EVERYTHING = {"Exception", "BaseException"}


def swallows_everything(node: ast.ExceptHandler) -> bool:
    last = node.body[-1]
    raises_again = isinstance(last, ast.Raise) and last.exc is None
    return not raises_again and (node.type is None or bool(_EVERYTHING & _named(node.type)))


def _named(node: ast.AST) -> set[str]:
    return {part.id for part in ast.walk(node) if isinstance(part, ast.Name)}


@cache
def prints() -> list[Measured]:
    return [
        Measured(f"{name_of(file)}:{node.lineno}", 1)
        for file in python_files()
        for node in ast.walk(tree(file))
        if isinstance(node, ast.Call) and getattr(node.func, "id", "") == "print"
    ]


@cache
def tests_per_line() -> float:
    """Give lines of Python tests a line of Python code: blank lines, comments and docstrings are neither."""
    tests = sum(code_lines(path) for path in (ROOT / "tests").rglob("*.py"))
    return tests / sum(code_lines(path) for path in python_files())


def counts(measured: list[Measured]) -> list[float]:
    return [entry.count for entry in measured]


@cache
def python_lengths() -> list[Measured]:
    return file_lengths(python_files())


@cache
def typescript_lengths() -> list[Measured]:
    return file_lengths(typescript_files())


BARS = (
    Bar("file length, 90th percentile", 250, lambda: percentile(counts(python_lengths()), 0.9)),
    Bar("file length, longest", 400, lambda: max(counts(python_lengths())), single=python_lengths),
    Bar("view file length, 90th percentile", 250, lambda: percentile(counts(typescript_lengths()), 0.9)),
    Bar(
        "view file length, longest",
        400,
        lambda: max(counts(typescript_lengths()), default=0),
        single=typescript_lengths,
    ),
    Bar("function length, median", 8, lambda: median(counts(function_lengths()))),
    Bar("function length, 95th percentile", 30, lambda: percentile(counts(function_lengths()), 0.95)),
    Bar("function length, longest", 50, lambda: max(counts(function_lengths())), single=function_lengths),
    Bar("complexity, 95th percentile", 6, lambda: percentile(counts(complexities()), 0.95)),
    Bar("complexity, worst", 10, lambda: max(counts(complexities())), single=complexities),
    Bar("annotated, %", 100, annotated_share, at_most=False),
    Bar("public docstrings, %", 100, documented_share, at_most=False),
    Bar("except Exception", 0, lambda: len(broad_excepts()), single=broad_excepts),
    Bar("print", 0, lambda: len(prints()), single=prints),
    Bar("test lines a line of code", 1, tests_per_line, at_most=False),
)


def exceptions(name: str) -> dict[str, str]:
    """Give the places excepted from a bar, with the reason of each."""
    rows = [line.split("|", 2) for line in EXCEPTIONS.read_text(encoding="utf-8").splitlines()]
    told = [[part.strip() for part in row] for row in rows if row[0].strip() and not row[0].startswith("#")]
    return {where: reason for measure, where, reason in told if measure == name}


def broken(bar: Bar) -> list[str]:
    """Give what breaks a bar and is not excepted."""
    excepted = exceptions(bar.name)
    if bar.single is None:
        return [] if bar.kept(bar.measure()) or "*" in excepted else [f"{bar.measure():g}, the bar is {bar.limit:g}"]
    over = [entry for entry in bar.single() if not bar.kept(entry.count)]
    return [
        f"{entry.where}: {entry.count:g}, the bar is {bar.limit:g}" for entry in over if entry.where not in excepted
    ]


def report() -> str:
    """Give the table that a person reads."""
    rows = [f"{'':36} {'here':>8}  {'bar':>6}"]
    for bar in BARS:
        value, side = bar.measure(), "≤" if bar.at_most else "≥"
        told = (
            ""
            if bar.kept(value)
            else f"  {len(exceptions(bar.name))} excepted"
            if not broken(bar)
            else "  over the bar"
        )
        rows.append(f"{bar.name:36} {value:8.4g}  {side} {bar.limit:<4g}{told}")
        rows += [f"    {entry}" for entry in broken(bar)]
    size = sum(lines(path) for path in python_files()), sum(lines(path) for path in typescript_files())
    rows.append(f"\n{PACKAGE.name}: {size[0]} lines in {len(python_files())} files, {len(functions())} functions")
    rows.append(f"{FRONTEND.name}: {size[1]} lines in {len(typescript_files())} files")
    return "\n".join(rows)


if __name__ == "__main__":
    sys.stdout.write(report() + "\n")
