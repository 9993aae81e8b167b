"""The texts of scans: the same keys and placeholders in both languages, and one for everything that is named."""

from __future__ import annotations

import json
import re
from pathlib import Path

import rembi_widgets
from rembi_widgets.images._group_outliers import BESIDE, FIELDS
from rembi_widgets.images._methods import METHODS
from rembi_widgets.locale import has

HOME = Path(rembi_widgets.__file__).parent


def texts(lang: str) -> dict[str, str]:
    return dict(json.loads((HOME / "locale" / lang / "scan.json").read_text(encoding="utf-8")))


def test_both_languages_have_the_same_keys_and_placeholders() -> None:
    english, french = texts("en"), texts("fr")
    assert list(english) == list(french)
    for key, text in english.items():
        assert sorted(re.findall(r"{(\w+)[}:]", text)) == sorted(re.findall(r"{(\w+)[}:]", french[key])), key


def test_every_method_and_field_has_its_words() -> None:
    fields = {field.name for field in FIELDS} | {name.replace(".", "_") for name in BESIDE}
    wanted = [f"scan.method.{method.name}" for method in METHODS] + [f"scan.field.{name}" for name in fields]
    assert [key for key in wanted if not (has(key, "en") and has(key, "fr"))] == []


def test_every_key_named_in_the_code_is_there_and_every_text_is_named() -> None:
    code = "".join(path.read_text(encoding="utf-8") for path in (HOME / "images").glob("_*.py"))
    named = set(re.findall(r'"(scan\.[a-z_.]+[a-z])"', code))
    assert named <= set(texts("en"))
    made = ("scan.method.", "scan.field.", "scan.immersion.")
    assert {key for key in texts("en") if not key.startswith(made)} <= named
