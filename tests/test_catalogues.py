"""The two catalogues: the same keys and placeholders, nothing missing, nothing idle, and no sentence beside them."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from string import Formatter

import pytest

from rembi_widgets.locale import LANGUAGES, catalogue
from tests.house.sources import (
    HOLE,
    PACKAGE,
    line_of,
    place,
    python_files,
    shapes,
    strings,
    tree,
    typescript,
    typescript_files,
    typescript_shapes,
    typescript_strings,
)

FAMILIES = {
    "guide.": "one a section, field, group and choice of the guide; tests/record/test_guide_texts.py counts them",
    "ui.not_": "the two honest answers, ``ui.`` before the word of the record",
}
"""Beginning of keys that are told from elsewhere -> from where."""

LETTERS = 5
"""Letters that a key put together must have in the source itself, to be told from other strings."""

DATA = (".json", ".tsv")
"""Package data may name keys too: the guide does."""

KEY = re.compile(r"[a-z][a-z0-9_-]*(\.[A-Za-z0-9_:/-]+)+")
FEW_WORDS = re.compile(r"[^\W\d_]{2,}(?:\W+[^\W\d_]+){3,}")
"""Four words or more in a row: a sentence, not a name."""


def texts(lang: str) -> dict[str, str]:
    return dict(catalogue(lang))


def placeholders(template: str) -> set[str]:
    return {name for _, name, _, _ in Formatter().parse(template) if name is not None}


@cache
def known_strings() -> frozenset[str]:
    """Give every string of the sources and of package data."""
    found = {value for file in python_files() for _, value in strings(file)}
    found |= {value for file in typescript_files() for value in typescript_strings(file)}
    for file in PACKAGE.rglob("*"):
        if file.suffix in DATA and not {"locale", "static"} & set(file.relative_to(PACKAGE).parts):
            found |= set(re.findall(r'[^"\t\n]+', file.read_text(encoding="utf-8")))
    return frozenset(found)


@cache
def known_shapes() -> re.Pattern[str]:
    """Give what the sources put together as one expression; what holds hardly a letter of its own could be anything."""
    found = {value for file in python_files() for value in shapes(file)}
    found |= {value for file in typescript_files() for value in typescript_shapes(file)}
    telling = {value for value in found if len(re.sub(r"\W", "", value.replace(HOLE, ""))) >= LETTERS}
    return re.compile("|".join(sorted(telling)))


@dataclass(frozen=True)
class Use:
    """A key as it stands in the code, with the values given to it, ``None`` where that cannot be read."""

    where: str
    key: str
    values: frozenset[str] | None


@cache
def error_classes() -> frozenset[str]:
    """Give the names of ``RembiError`` and of all that derive from it."""
    bases = {
        node.name: {getattr(base, "id", getattr(base, "attr", "")) for base in node.bases}
        for file in python_files()
        for node in ast.walk(tree(file))
        if isinstance(node, ast.ClassDef)
    }
    found = {"RembiError"}
    while more := {name for name, of in bases.items() if of & found} - found:
        found |= more
    return frozenset(found)


def python_uses(file: Path) -> Iterator[Use]:
    for node in ast.walk(tree(file)):
        if not isinstance(node, ast.Call):
            continue
        name = node.func.attr if isinstance(node.func, ast.Attribute) else getattr(node.func, "id", "")
        if name in error_classes() | {"text"} and node.args and isinstance(node.args[0], ast.Constant):
            given = {entry.arg for entry in node.keywords}
            values = None if None in given else frozenset(str(arg) for arg in given) - {"lang"}
            yield Use(place(file, node.lineno), str(node.args[0].value), values)
        if name == "Finding":
            for entry in node.keywords:
                if entry.arg == "code" and isinstance(entry.value, ast.Constant):
                    yield Use(place(file, node.lineno), f"finding.{entry.value.value}", None)


TEXT_CALL = re.compile(
    r"""\b(?:t|say|text)(\.n)?\(\s*(["'`])([^"'`$]+)\2\s*(?:\)|,(?:[^{}()]*,)?\s*\{([^{}]*)\}\s*\)|,)"""
)
"""A call for a text with its key and, where it is written out, the object of its values."""

NAMED = re.compile(r"(?:^|,)\s*(\w+)\s*(?=[:,]|$)")
ENDINGS = {None: ("",), ".n": (".one", ".many")}
NAMES_OF_FILES = (".json", ".tsv", ".js", ".css", ".txt", ".html")


def typescript_uses(file: Path) -> Iterator[Use]:
    code = typescript(file)
    for found in TEXT_CALL.finditer(code):
        values = _given(found)
        for ending in ENDINGS[found[1]]:
            yield Use(place(file, line_of(code, found.start())), found[3] + ending, values)


def _given(found: re.Match[str]) -> frozenset[str] | None:
    """Give the names of the values handed to a text, ``None`` where they are not written out."""
    own = {"n"} if found[1] else set()
    if found[4] is not None:
        return None if "..." in found[4] else frozenset(NAMED.findall(found[4].strip().rstrip(","))) | own
    return frozenset() if found[0].endswith(")") and not own else None


def keys_anywhere() -> Iterator[Use]:
    """Give strings that look like keys of the catalogues, wherever they stand: many come from tables."""
    rooms = {key.partition(".")[0] for key in texts("en")}
    found = [(place(file, line), value) for file in python_files() for line, value in strings(file)]
    found += [(str(file.name), value) for file in typescript_files() for value in typescript_strings(file)]
    for where, value in found:
        if KEY.fullmatch(value) and value.partition(".")[0] in rooms and not value.endswith(NAMES_OF_FILES):
            yield Use(where, value, None)


def uses() -> list[Use]:
    own = [use for file in python_files() for use in python_uses(file)]
    return own + [use for file in typescript_files() for use in typescript_uses(file)]


def test_both_languages_have_the_same_keys() -> None:
    english, french = texts("en").keys(), texts("fr").keys()
    assert sorted(english ^ french) == []


def test_both_languages_have_the_same_placeholders() -> None:
    english, french = texts("en"), texts("fr")
    pairs = {key: (placeholders(text), placeholders(french[key])) for key, text in english.items() if key in french}
    assert {key: pair for key, pair in pairs.items() if not pair[0] ^ pair[1] <= may_differ(key)} == {}


def may_differ(key: str) -> set[str]:
    """Give the placeholders that one language may leave out: "one file" needs no number, "0 ou 1 fichier" does."""
    return {"n"} if key.endswith(".one") else set()


def test_each_file_of_a_language_has_its_twin() -> None:
    files = {lang: {path.name for path in (PACKAGE / "locale" / lang).glob("*.json")} for lang in LANGUAGES}
    assert files["en"] == files["fr"]


@pytest.mark.parametrize("lang", LANGUAGES)
def test_no_key_stands_in_two_files_of_a_language(lang: str) -> None:
    lines = [
        line.split('"')[1]
        for path in (PACKAGE / "locale" / lang).glob("*.json")
        for line in path.read_text(encoding="utf-8").splitlines()
        if re.match(r'\s*"[^"]+"\s*:', line)
    ]
    assert sorted({key for key in lines if lines.count(key) > 1}) == []


@pytest.mark.parametrize("lang", LANGUAGES)
def test_texts_are_plain_and_calm(lang: str) -> None:
    wrong = {
        key: text
        for key, text in texts(lang).items()
        if not text.strip()
        or text != text.strip()
        or "!" in text
        or re.search(r"\bplease\b|s.il vous pla", text, re.IGNORECASE)
    }
    assert wrong == {}


def test_every_key_in_the_code_is_in_the_catalogues() -> None:
    known = texts("en").keys()
    assert [f"{use.where}: {use.key}" for use in uses() if use.key not in known] == []


def test_whatever_looks_like_a_key_is_one() -> None:
    known = texts("en").keys()
    plural = {key.removesuffix(".many") for key in known if key.endswith(".many")}
    assert [f"{use.where}: {use.key}" for use in keys_anywhere() if use.key not in known | plural] == []


def test_every_placeholder_is_given_its_value() -> None:
    known = texts("en")
    wrong = [
        f"{use.where}: {use.key} wants {sorted(wanted)}, is given {sorted(use.values)}"
        for use in uses()
        if use.values is not None and use.key in known and (wanted := placeholders(known[use.key])) - use.values
    ]
    assert wrong == []


def is_used(key: str) -> bool:
    """Tell whether the sources name a key, whole or put together; a finding's by its code."""
    if key.startswith("finding."):
        names = {key, re.sub(r"^finding\.|\.(?:fix|found|wanted)$", "", key)}
        shaped = names - {key}  # every finding's sentence is f"finding.{code}": its code tells
    else:
        names = shaped = {key, re.sub(r"\.(?:one|many)$", "", key)}
    return not known_strings().isdisjoint(names) or any(known_shapes().fullmatch(name) for name in shaped)


def test_no_key_is_idle() -> None:
    families = tuple(FAMILIES)
    assert [key for key in texts("en") if not key.startswith(families) and not is_used(key)] == []


def test_a_key_that_nobody_names_is_seen() -> None:
    assert not is_used("app.nobody_asks_for_this")
    assert not is_used("finding.no_rule_finds_this")
    assert is_used("app.help.demo")


MESSAGE_NAMES = {"description", "help", "label", "message", "msg", "placeholder", "title", "tooltip", "epilog", "usage"}
PRINTERS = {"print", "answer", "problem", "progress", "warn"}
PROGRAMMERS = {"AttributeError", "NotImplementedError", "AssertionError"}
"""Errors that only a programmer meets, in Python's own words."""


def spoken(file: Path) -> Iterator[ast.AST]:
    """Give what a Python file hands to a person: arguments of exceptions, of printers, of labels."""
    for node in ast.walk(tree(file)):
        if isinstance(node, ast.Raise) and isinstance(node.exc, ast.Call):
            name = getattr(node.exc.func, "id", getattr(node.exc.func, "attr", ""))
            yield from [] if name in PROGRAMMERS else node.exc.args
        elif isinstance(node, ast.Call):
            name = getattr(node.func, "id", getattr(node.func, "attr", ""))
            yield from node.args if name in PRINTERS else []
            yield from (entry.value for entry in node.keywords if entry.arg in MESSAGE_NAMES)


def own_words(node: ast.AST) -> str:
    """Give the literal words of an expression, not those of a key handed to another call."""
    if isinstance(node, ast.Constant):
        return str(node.value)
    if isinstance(node, ast.JoinedStr):
        return "".join(own_words(part) if isinstance(part, ast.Constant) else " x " for part in node.values)
    if isinstance(node, ast.BinOp):
        return own_words(node.left) + own_words(node.right)
    return ""


def test_python_speaks_only_through_the_catalogues() -> None:
    said = [
        f"{place(file, node.lineno)}: {own_words(node)}"  # type: ignore[attr-defined]
        for file in python_files()
        for node in spoken(file)
        if FEW_WORDS.search(own_words(node))
    ]
    assert said == []


_BEGIN, _WORDS = r"(?<=[\w\"'}/])>", r"([^<>{}=;()]*[^\W\d_]{2}[^<>{}=;()]*)"
TEXT_NODE = re.compile(rf"(?:{_BEGIN}|\}}){_WORDS}</|{_BEGIN}{_WORDS}(?<=\w\s)\{{")
ATTRIBUTE = re.compile(
    r"""\b(?:aria-label|aria-description|title|placeholder|alt|label)=(["'])([^"']*[^\W\d_]{2}[^"']*)\1"""
)


PROPER_NAMES = {
    "rembi widgets",
    "rembi_widgets",
    "REMBI",
    "MIFA",
    "ISA-Tab",
    "ORCID",
    "OMERO",
    "IDR",
    "BioImage Archive",
    "Excel",
}
"""The same in every language."""


def test_views_speak_only_through_the_catalogues() -> None:
    said = [
        f"{place(file, line_of(typescript(file), found.start()))}: {found[found.lastindex or 0].strip()}"
        for file in typescript_files()
        if file.suffix == ".tsx"
        for pattern in (TEXT_NODE, ATTRIBUTE)
        for found in pattern.finditer(typescript(file))
        if found[found.lastindex or 0].strip() not in PROPER_NAMES
    ]
    assert said == []


@pytest.mark.parametrize(
    "view",
    ["<p>Nothing here</p>", '<b class="x">Save</b>', "<p>{n} images</p>", "<i>\n  Wait\n</i>", "<p>Found {n}</p>"],
)
def test_the_reader_of_views_sees_words(view: str) -> None:
    assert TEXT_NODE.search(view)


@pytest.mark.parametrize(
    "view", ["<p>{t('a.b')}</p>", "<b>·</b>", "useState<string>(a)</", "a => b", "f(): Array<string> {"]
)
def test_the_reader_of_views_lets_code_pass(view: str) -> None:
    assert not TEXT_NODE.search(view)


@pytest.mark.parametrize(
    ("call", "key", "values"),
    [
        ('t("ui.a")', "ui.a", frozenset()),
        ('t("ui.a", { n: 1, name })', "ui.a", frozenset({"n", "name"})),
        ('t("ui.a", { n: size(x) })', "ui.a", frozenset({"n"})),
        ('t("ui.a", values)', "ui.a", None),
        ('t("ui.a", { ...values })', "ui.a", None),
        ('this.text("ui.a", { a: b, })', "ui.a", frozenset({"a"})),
    ],
)
def test_the_reader_of_calls_sees_the_values(call: str, key: str, values: frozenset[str] | None) -> None:
    found = TEXT_CALL.search(call)
    assert found is not None
    assert (found[3], _given(found)) == (key, values)
