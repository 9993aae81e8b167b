"""The project's own sources, as the tests of the house read them."""

from __future__ import annotations

import ast
import io
import re
import tokenize
from collections.abc import Iterator
from functools import cache
from pathlib import Path

ROOT = Path(__file__).parent.parent.parent
PACKAGE = ROOT / "rembi_widgets"
FRONTEND = ROOT / "frontend"

Function = ast.FunctionDef | ast.AsyncFunctionDef


@cache
def python_files() -> tuple[Path, ...]:
    return tuple(sorted(PACKAGE.rglob("*.py")))


@cache
def typescript_files(folder: str = "src") -> tuple[Path, ...]:
    return tuple(sorted(path for path in (FRONTEND / folder).rglob("*") if path.suffix in {".ts", ".tsx"}))


@cache
def tree(file: Path) -> ast.Module:
    return ast.parse(file.read_text(encoding="utf-8"))


def docstrings(node: ast.AST) -> set[int]:
    """Give the identities of the constants that are docstrings, of attributes too."""
    found = set()
    for owner in ast.walk(node):
        body = getattr(owner, "body", None)
        for statement in body if isinstance(body, list) else []:
            value = statement.value if isinstance(statement, ast.Expr) else None
            if isinstance(value, ast.Constant) and isinstance(value.value, str):
                found.add(id(value))
    return found


def code_lines(file: Path) -> int:
    """Give the number of lines of a Python file that hold code: no blank lines, comments or docstrings."""
    source = file.read_text(encoding="utf-8")
    empty = {tokenize.COMMENT, tokenize.NL, tokenize.NEWLINE, tokenize.INDENT, tokenize.DEDENT, tokenize.ENDMARKER}
    tokens = tokenize.generate_tokens(io.StringIO(source).readline)
    held = {line for t in tokens if t.type not in empty for line in range(t.start[0], t.end[0] + 1)}
    parsed = ast.parse(source)
    known = docstrings(parsed)
    told = (node for node in ast.walk(parsed) if isinstance(node, ast.Constant) and id(node) in known)
    return len(held - {line for node in told for line in range(node.lineno, (node.end_lineno or node.lineno) + 1)})


def strings(file: Path) -> Iterator[tuple[int, str]]:
    """Give every string of a Python file that is no docstring, with its line."""
    known = docstrings(tree(file))
    for node in ast.walk(tree(file)):
        if isinstance(node, ast.Constant) and isinstance(node.value, str) and id(node) not in known:
            yield node.lineno, node.value


def shapes(file: Path) -> Iterator[str]:
    """Give every f-string of a Python file as a regular expression: its holes take anything but a space."""
    for node in ast.walk(tree(file)):
        if isinstance(node, ast.JoinedStr):
            yield "".join(
                re.escape(str(part.value)) if isinstance(part, ast.Constant) else HOLE for part in node.values
            )


HOLE = r"\S*"
STRING = re.compile(r"""(["'])((?:(?!\1)[^\\\n]|\\.)*)\1""")
TEMPLATE = re.compile(r"`((?:[^`\\]|\\.)*)`")
COMMENT = re.compile(r"/\*.*?\*/|(?<![:\"'`\w])//[^\n]*", re.DOTALL)


@cache
def typescript(file: Path) -> str:
    """Give a TypeScript file without its comments, line for line."""
    return COMMENT.sub(lambda found: "\n" * found[0].count("\n"), file.read_text(encoding="utf-8"))


def typescript_strings(file: Path) -> Iterator[str]:
    """Give the strings of a TypeScript file, templates without holes too."""
    code = typescript(file)
    yield from (found[2] for found in STRING.finditer(code))
    yield from (found[1] for found in TEMPLATE.finditer(code) if "${" not in found[1])


def typescript_shapes(file: Path) -> Iterator[str]:
    """Give the templates with holes of a TypeScript file as regular expressions."""
    for found in TEMPLATE.finditer(typescript(file)):
        if "${" in found[1]:
            yield HOLE.join(re.escape(part) for part in re.split(r"\$\{[^}]*\}", found[1]))


def line_of(code: str, at: int) -> int:
    """Give the number of the line of a place in a text."""
    return code.count("\n", 0, at) + 1


def place(file: Path, line: int) -> str:
    """Give where something stands, as editors take it."""
    return f"{file.relative_to(ROOT)}:{line}"
