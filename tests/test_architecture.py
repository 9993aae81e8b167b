"""The floors of the house: who may import whom, read from the sources without running them."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent
PACKAGE = ROOT / "rembi_widgets"

FLOORS = {
    "record": 1,
    "images": 2,
    "terms": 2,
    "naming": 2,
    "formats": 3,
    "checks": 3,
    "store": 4,
    "widgets": 5,
    "app": 6,
}
"""Room to floor. Imports go down only; rooms of one floor do not know each other."""

CELLAR = ("errors", "lazy", "locale", "systems", "__version__")
"""Usable by all rooms; the version is a line of the package's own face."""

HEAVY = {
    "PIL", "fsspec", "h5py", "imageio", "ipyfilechooser", "jupyter_server", "jupyterlab", "liffile", "lxml", "mrcfile",
    "nd2", "notebook", "numpy", "oiffile", "ome_types", "openpyxl", "pandas", "rapidfuzz", "scipy", "tifffile", "voila",
    "xarray", "zarr", "httpx", "requests", "urllib3", "aiohttp",
}  # fmt: skip
"""Imported where they are used, inside functions: the lazy face is a promise."""

VIEWS = {"anywidget", "ipywidgets", "traitlets", "IPython"}
"""Only the rooms that show something know these."""

FORBIDDEN = {
    "pickle": "nothing is unpickled",
    "marshal": "nothing is unpickled",
    "shelve": "nothing is unpickled",
    "isatools": "an oracle of the tests, in an environment of its own",
    "altamisa": "an oracle of the tests, in an environment of its own",
    "bioio_czi": "GPL",
    "czitools": "GPL",
    "ncempy": "GPL",
    "readlif": "GPL",
    "rsciio": "GPL",
}

DISK_AND_NETWORK = {
    "asyncio", "filelock", "glob", "http", "io", "multiprocessing", "os", "pathlib", "platformdirs", "shutil", "socket",
    "sqlite3", "subprocess", "tempfile", "threading", "urllib", "zipfile",
}  # fmt: skip
"""The record is pure data and pure functions; package data comes through importlib.resources."""


@dataclass(frozen=True)
class Import:
    """An import as it stands in a file: what, where, and whether at module level."""

    file: Path
    line: int
    module: str
    names: tuple[str, ...]
    at_module_level: bool

    @property
    def place(self) -> str:
        return f"{self.file.relative_to(ROOT)}:{self.line}"

    @property
    def top(self) -> str:
        return self.module.partition(".")[0]


def sources(under: Path = PACKAGE) -> list[Path]:
    return sorted(under.rglob("*.py"))


@cache
def imports(file: Path) -> tuple[Import, ...]:
    return tuple(_imports(file, ast.parse(file.read_text(encoding="utf-8")), at_module_level=True))


def _imports(file: Path, node: ast.AST, *, at_module_level: bool) -> Iterator[Import]:
    for child in ast.iter_child_nodes(node):
        if isinstance(child, ast.If) and "TYPE_CHECKING" in ast.dump(child.test):
            continue  # names for the type checker are never loaded
        if isinstance(child, ast.Import):
            for alias in child.names:
                yield Import(file, child.lineno, alias.name, (), at_module_level)
        elif isinstance(child, ast.ImportFrom):
            names = tuple(alias.name for alias in child.names)
            yield Import(file, child.lineno, _absolute(file, child), names, at_module_level)
        elif (named := _import_module(child)) is not None:
            yield Import(file, child.lineno, named, (), at_module_level)  # type: ignore[attr-defined]
        inside = isinstance(child, ast.FunctionDef | ast.AsyncFunctionDef | ast.Lambda)
        yield from _imports(file, child, at_module_level=at_module_level and not inside)


def _absolute(file: Path, node: ast.ImportFrom) -> str:
    if not node.level:
        return node.module or ""
    package = file.relative_to(ROOT).with_suffix("").parts[: -node.level]
    return ".".join([*package, *([node.module] if node.module else [])])


def _import_module(node: ast.AST) -> str | None:
    """Give the module that ``import_module("...")`` names, if the node is such a call."""
    if isinstance(node, ast.Call) and node.args and isinstance(node.args[0], ast.Constant):
        called = node.func.attr if isinstance(node.func, ast.Attribute) else getattr(node.func, "id", "")
        return str(node.args[0].value) if called in {"import_module", "__import__"} else None
    return None


def room(file: Path) -> str:
    """Give the room of a file, ``""`` for the package's own face."""
    parts = file.relative_to(PACKAGE).parts
    return parts[0] if len(parts) > 1 else Path(parts[0]).stem.strip("_") if parts[0] != "__init__.py" else ""


def targets(found: Import) -> list[tuple[str, ...]]:
    """Give the modules of ours that an import may reach, each as its parts below the package."""
    names = found.module.split(".")
    if names[0] != PACKAGE.name:
        return []
    return [(*names[1:], name) for name in found.names] or [tuple(names[1:])]


def own_imports(of: str) -> list[tuple[Import, tuple[str, ...]]]:
    found = [entry for file in sources() if room(file) == of for entry in imports(file)]
    return [(entry, target) for entry in found for target in targets(entry) if target]


def test_every_room_has_a_floor() -> None:
    rooms = {path.parent.name for path in PACKAGE.glob("*/__init__.py")}
    assert rooms == FLOORS.keys() | {"locale"}


@pytest.mark.parametrize("of", FLOORS)
def test_imports_go_down_only(of: str) -> None:
    wrong = [
        f"{found.place}: {of} imports {'.'.join(target)}"
        for found, target in own_imports(of)
        if target[0] not in (of, *CELLAR) and FLOORS.get(target[0], 99) >= FLOORS[of]
    ]
    assert wrong == []


@pytest.mark.parametrize("of", ["errors", "lazy", "locale", "systems"])
def test_the_cellar_knows_no_room(of: str) -> None:
    wrong = [f"{found.place}: {'.'.join(target)}" for found, target in own_imports(of) if target[0] not in CELLAR]
    assert wrong == []


@pytest.mark.parametrize("of", FLOORS)
def test_only_the_face_of_another_room_is_used(of: str) -> None:
    wrong = [
        f"{found.place}: {'.'.join(target)}"
        for found, target in own_imports(of)
        if target[0] not in (of, *CELLAR) and any(part.startswith("_") for part in target)
    ]
    assert wrong == []


@pytest.mark.parametrize("of", FLOORS)
def test_modules_behind_a_face_begin_with_an_underscore(of: str) -> None:
    bare = [
        str(file.relative_to(ROOT))
        for file in sources(PACKAGE / of)
        if not file.name.startswith("_") and "share" not in file.parts
    ]
    assert bare == []


def test_a_face_says_what_it_shows() -> None:
    silent = []
    for face in sorted(PACKAGE.glob("**/__init__.py")):
        tree = ast.parse(face.read_text(encoding="utf-8"))
        assigned = [node for node in tree.body if isinstance(node, ast.Assign)]
        names = {target.id for node in assigned for target in node.targets if isinstance(target, ast.Name)}
        still_empty = len(tree.body) == 1  # only a docstring: a room that waits
        if "__all__" not in names and not still_empty:
            silent.append(str(face.relative_to(ROOT)))
    assert silent == []


def test_heavy_libraries_are_imported_where_they_are_used() -> None:
    found = [entry for file in sources() for entry in imports(file)]
    assert [f"{entry.place}: {entry.module}" for entry in found if entry.at_module_level and entry.top in HEAVY] == []


def test_only_views_know_widget_libraries() -> None:
    found = [entry for file in sources() if room(file) not in {"widgets", "app"} for entry in imports(file)]
    assert [f"{entry.place}: {entry.module}" for entry in found if entry.top in VIEWS] == []


def test_what_must_not_be_imported_is_not() -> None:
    found = [entry for file in sources() for entry in imports(file) if entry.top in FORBIDDEN]
    assert [f"{entry.place}: {entry.module} ({FORBIDDEN[entry.top]})" for entry in found] == []


def test_the_record_reaches_neither_disk_nor_network() -> None:
    found = [entry for file in sources(PACKAGE / "record") for entry in imports(file)]
    assert [f"{entry.place}: {entry.module}" for entry in found if entry.top in DISK_AND_NETWORK] == []
    calls = [(file, node) for file in sources(PACKAGE / "record") for node in ast.walk(ast.parse(file.read_text()))]
    opens = [file.name for file, node in calls if isinstance(node, ast.Call) and getattr(node.func, "id", "") == "open"]
    assert opens == []


def test_nothing_is_evaluated() -> None:
    called = [
        f"{file.relative_to(ROOT)}:{node.lineno}: {node.func.id}"
        for file in sources()
        for node in ast.walk(ast.parse(file.read_text(encoding="utf-8")))
        if isinstance(node, ast.Call)
        and isinstance(node.func, ast.Name)
        and node.func.id in {"eval", "exec", "compile"}
    ]
    assert called == []


@pytest.mark.parametrize(
    ("source", "module", "at_module_level"),
    [
        ("import numpy as np", "numpy", True),
        ("def f():\n    import numpy", "numpy", False),
        ("class A:\n    import numpy", "numpy", True),
        ("try:\n    from lxml import etree\nexcept ImportError:\n    pass", "lxml", True),
        ("from . import _apply", "rembi_widgets.record", True),
        ("from ..store import inside", "rembi_widgets.store", True),
        ("def f():\n    return import_module('pandas')", "pandas", False),
    ],
)
def test_the_reader_of_imports_sees_each_form(source: str, module: str, *, at_module_level: bool) -> None:
    [found] = _imports(PACKAGE / "record" / "_new.py", ast.parse(source), at_module_level=True)
    assert (found.module, found.at_module_level) == (module, at_module_level)


def test_the_reader_of_imports_passes_over_what_only_the_type_checker_sees() -> None:
    source = "if TYPE_CHECKING:\n    from rembi_widgets.app import check"
    assert list(_imports(PACKAGE / "record" / "_new.py", ast.parse(source), at_module_level=True)) == []
