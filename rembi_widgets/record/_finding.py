"""A finding: what a check found, where, and what was wanted instead."""

from __future__ import annotations

from functools import reduce
from typing import Any, Literal

from pydantic import Field

from rembi_widgets.locale import has, text
from rembi_widgets.record._base import Frozen
from rembi_widgets.record._changes import Edit

Level = Literal["error", "warning", "info"]


class Named(Frozen):
    """What a placeholder of a sentence stands for, if it is itself a text of the catalogue: a field's label.

    ``values`` are what its own placeholders stand for.
    """

    key: str
    values: dict[str, Any] = Field(default_factory=dict)


def spoken(value: Any, lang: str | None = None) -> Any:
    """Give what a placeholder stands for in a language; several are joined."""
    if isinstance(value, Named):
        return text(value.key, lang, **{name: spoken(part, lang) for name, part in value.values.items()})
    if isinstance(value, tuple):
        words = [str(spoken(part, lang)) for part in value]
        return reduce(lambda said, word: text("finding.and", lang, one=said, other=word), words) if words else ""
    return value


class Finding(Frozen):
    """One thing to look at.

    Attributes
    ----------
    level
        ``error``: the target would refuse it; ``warning``: a curator would send it back; ``info``: worth a look.
    code
        The rule, and with ``finding.`` before it the key of its sentence.
    path
        Leads to the field.
    values
        What the sentence's placeholders stand for.
    found, wanted
        The value found and the value wanted, as words.
    fix
        Edits that mend it, where known.
    """

    level: Level
    code: str
    path: str
    values: dict[str, Any] = Field(default_factory=dict)
    found: str | None = None
    wanted: str | None = None
    fix: tuple[Edit, ...] | None = None

    def message(self, lang: str | None = None) -> str:
        """Give the sentence in a language."""
        return self.say(f"finding.{self.code}", lang)

    def say(self, key: str, lang: str | None = None) -> str:
        """Give a text of the catalogue with what its placeholders stand for in this finding."""
        return text(key, lang, **{name: spoken(value, lang) for name, value in self.values.items()})

    def __str__(self) -> str:
        return self.message()

    def to_json(self, lang: str | None = None) -> dict[str, Any]:
        """Give the form that ``check --json`` prints."""
        fix = None if self.fix is None else [edit.plain() for edit in self.fix]
        return {
            "level": self.level,
            "code": self.code,
            "path": self.path,
            "message": self.message(lang),
            "found": self._spoken("found", lang),
            "wanted": self._spoken("wanted", lang),
            "fix": fix,
        }

    def _spoken(self, part: str, lang: str | None) -> str | None:
        """Give what was found or wanted in words, where the catalogue has them."""
        key = f"finding.{self.code}.{part}"
        return self.say(key, lang) if has(key) else getattr(self, part)
