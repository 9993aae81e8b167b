"""The two catalogues, English and French: every label, help and message a person reads."""

from __future__ import annotations

import json
import os
from functools import cache
from importlib.resources import files
from string import Formatter
from types import MappingProxyType
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Mapping

LANGUAGES = ("en", "fr")

__all__ = ["LANGUAGES", "catalogue", "has", "language", "set_language", "text"]

_chosen: list[str] = []


def language() -> str:
    """Tell the language in use: the one set, else ``REMBI_LANG``, else English."""
    if _chosen:
        return _chosen[-1]
    wanted = os.environ.get("REMBI_LANG", "en")[:2]
    return wanted if wanted in LANGUAGES else "en"


def set_language(lang: str | None) -> None:
    """Choose the language of messages for this process; ``None`` goes back to the default."""
    _chosen.clear()
    if lang is not None:
        _chosen.append(lang if lang in LANGUAGES else "en")


@cache
def catalogue(lang: str) -> Mapping[str, str]:
    """Give all texts of a language, key to text, read once."""
    folder = files(__name__).joinpath(lang)
    merged: dict[str, str] = {}
    for part in sorted(folder.iterdir(), key=lambda entry: entry.name):
        if part.name.endswith(".json"):
            merged |= json.loads(part.read_text(encoding="utf-8"))
    return MappingProxyType(merged)


def has(key: str, lang: str = "en") -> bool:
    """Tell whether a language's catalogue holds a key."""
    return key in catalogue(lang)


def text(key: str, lang: str | None = None, **values: object) -> str:
    """Give the text of a key with its placeholders filled.

    Raises
    ------
    KeyError
        If neither the language nor English has the key: a fault of the program, never of a user.
    """
    used = lang if lang in LANGUAGES else language()
    if key not in catalogue(used):
        used = "en"
    template = catalogue(used)[key]
    if not values:
        return template
    if "|" in template:
        return _Counting(used).vformat(template, (), values)
    return template.format_map(values)


class _Counting(Formatter):
    """Fills ``{n:image is|images are}``: the number, then the words that go with one, or with more."""

    def __init__(self, lang: str) -> None:
        self._singular = ("0", "1") if lang == "fr" else ("1",)

    def format_field(self, value: Any, format_spec: str) -> str:
        one, bar, many = format_spec.partition("|")
        if not bar:
            return str(super().format_field(value, format_spec))
        return f"{value} {one if str(value) in self._singular else many}"
