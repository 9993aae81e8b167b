"""The room's sentences: every one that the code names is there, in both languages, with its placeholders."""

from __future__ import annotations

import json
import re
from pathlib import Path
from string import Formatter

import pytest

import rembi_widgets.images as room
from rembi_widgets import locale

HOME = Path(room.__file__).parent
LOCALE = Path(locale.__file__).parent
CODE = "\n".join(path.read_text(encoding="utf-8") for path in sorted(HOME.glob("*.py")))


def texts(lang: str) -> dict[str, str]:
    files = ("images.json", "images_formats.json")
    said = [json.loads((LOCALE / lang / name).read_text(encoding="utf-8")) for name in files]
    return {key: text for part in said for key, text in part.items()}


def placeholders(text: str) -> set[str]:
    return {name for _, name, _, _ in Formatter().parse(text) if name}


def test_both_languages_say_the_same_things() -> None:
    english, french = texts("en"), texts("fr")
    assert list(english) == list(french)
    for key, text in english.items():
        assert placeholders(text) == placeholders(french[key]), key
        assert text != french[key], key


def test_every_error_and_note_has_its_sentence() -> None:
    named = set(re.findall(r'UnreadableImageError\(\s*"(images\.[\w.]+)"', CODE))
    named |= {f"images.note.{key}" for key in re.findall(r'\.(?:drop|note)\(\s*"(\w+)"', CODE)}
    assert len(named) > 25
    assert named <= set(texts("en"))


def test_no_sentence_is_idle() -> None:
    for key in texts("en"):
        if key.startswith("images.") and not key.startswith("images.field."):
            assert f'"{key}"' in CODE or f'"{key.removeprefix("images.note.")}"' in CODE, key


@pytest.mark.parametrize("lang", ["en", "fr"])
def test_sentences_are_plain(lang: str) -> None:
    for key, text in texts(lang).items():
        assert "!" not in text.replace("\u00a0!", "!"), key
        assert "please" not in text.lower(), key
