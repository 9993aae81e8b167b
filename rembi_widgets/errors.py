"""The errors that callers meet: each is one plain sentence in the reader's language."""

from __future__ import annotations

from rembi_widgets.locale import text


class RembiError(Exception):
    """Something could not be done, and why.

    Parameters
    ----------
    key
        Key of the sentence in the catalogue.
    **values
        What the sentence's placeholders stand for.
    """

    def __init__(self, key: str, **values: object) -> None:
        super().__init__(key)
        self.key = key
        self.values = values

    def __str__(self) -> str:
        return text(self.key, None, **self.values)

    def say(self, lang: str | None = None) -> str:
        """Give the sentence in a named language (``en`` or ``fr``)."""
        return text(self.key, lang, **self.values)
