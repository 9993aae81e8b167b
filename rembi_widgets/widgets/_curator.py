"""The whole curation as one widget, and its parts that stand alone: table, image, findings."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from rembi_widgets.store import OpenCuration, open_curation
from rembi_widgets.widgets._session import Session
from rembi_widgets.widgets._view import View

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping
    from pathlib import Path


def _session(curation: OpenCuration | str | Path | None, lang: str | None) -> Session:
    if isinstance(curation, OpenCuration):
        return Session(curation, lang=lang)
    return Session(lambda: open_curation(curation), lang=lang)


class Curator(View):
    """The guided curation of a folder of images, from the first look to the export.

    The curation is opened when the view is first shown. Its headers are read then, in a process of their own, if a
    person has said before where the record should go; else the first screen asks, and nothing is read or written
    before that.

    Parameters
    ----------
    curation
        A dataset's folder or an open curation; without one the first screen asks.
    lang
        ``en`` or ``fr``.
    root
        Folder above which the first screen shows nothing; default ``REMBI_ROOT``, else the home folder.
    make_demo
        Makes the demo dataset and gives its folder; without it the demo is not offered.
    page
        Whether the curator has a page for itself.
    """

    def __init__(
        self,
        curation: OpenCuration | str | Path | None = None,
        *,
        lang: str | None = None,
        root: str | Path | None = None,
        make_demo: Callable[[], Path] | None = None,
        page: bool = False,
    ) -> None:
        start = curation is None
        super().__init__(
            _session(curation, lang),
            kind="curator",
            lang=lang,
            page=page,
            start=start,
            demo=make_demo is not None,
            folder=str(root or "") if start else "",
        )
        self.session.extra |= {"root": root, "make_demo": make_demo}

    def _hear(self, widget: object, content: Mapping[str, Any], buffers: list[Any]) -> None:
        super()._hear(widget, content, buffers)
        if content.get("kind") == "attach" and not self.session.extra.get("read"):
            self.session.extra["read"] = True
            if self.session.curation.record.setup.targets:
                from rembi_widgets.widgets._scanning import start

                start(self.session)

    @property
    def curation(self) -> OpenCuration:
        """The curation behind the view; opened if it was not yet."""
        return self.session.curation


class FileTable(View):
    """The files and images of a curation, as a table that stays quick with half a million rows."""

    def __init__(self, curation: OpenCuration | str | Path, *, lang: str | None = None) -> None:
        super().__init__(_session(curation, lang), kind="table", lang=lang)


class ImagePreview(View):
    """One image of a curation with what its header says."""

    def __init__(
        self, curation: OpenCuration | str | Path, image: str | None = None, *, lang: str | None = None
    ) -> None:
        super().__init__(_session(curation, lang), kind="preview", lang=lang, image=image)


class Findings(View):
    """What is left to do for each target; a click leads to the field."""

    def __init__(self, curation: OpenCuration | str | Path, *, lang: str | None = None) -> None:
        super().__init__(_session(curation, lang), kind="findings", lang=lang)
