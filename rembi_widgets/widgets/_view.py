"""The base of all views: one anywidget that carries a small loader and speaks with a session by messages.

The traits say what to show; everything else goes by messages, so that a change costs what it changes. The bundle
(code and styles of all views) crosses the wire once a page: the loader asks for it by its hash, whichever view is
first.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import anywidget
import traitlets

from rembi_widgets.locale import language
from rembi_widgets.widgets._bundle import bundle_hash, loader

if TYPE_CHECKING:
    from collections.abc import Mapping

    from rembi_widgets.widgets._session import Session


class View(anywidget.AnyWidget):
    """A view on a session.

    Parameters
    ----------
    session
        What the view shows and changes.
    kind, section
        Which view, and of which section of the guide.
    lang
        ``en`` or ``fr``; default: the language in use.
    **options
        What the front end should know besides.
    """

    _esm = traitlets.Unicode("").tag(sync=True)
    kind = traitlets.Unicode("form").tag(sync=True)
    section = traitlets.Unicode("").tag(sync=True)
    lang = traitlets.Unicode("en").tag(sync=True)
    bundle = traitlets.Unicode("").tag(sync=True)
    options = traitlets.Dict().tag(sync=True)

    def __init__(
        self, session: Session, *, kind: str, section: str = "", lang: str | None = None, **options: Any
    ) -> None:
        lang = lang or language()
        traits = {"kind": kind, "section": section, "lang": lang, "bundle": bundle_hash(), "options": options}
        super().__init__(_esm=loader(), **traits)
        self.session = session
        self._detach = session.attach(self._say)
        self.on_msg(self._hear)

    def _say(self, message: Mapping[str, Any], buffers: list[bytes]) -> None:
        self.send(dict(message), buffers or None)

    def _hear(self, _widget: object, content: Mapping[str, Any], buffers: list[Any]) -> None:
        self.session.handle(content, [bytes(part) for part in buffers or ()], self._say)

    def close(self) -> None:
        """Take the view off its page; the curation stays open for others."""
        if hasattr(self, "_detach"):  # a view whose making was refused has none
            self._detach()
        super().close()
