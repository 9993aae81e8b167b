"""The one-liners of notebooks: curate, check, export, demo."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

from rembi_widgets.record import Curation, Finding
from rembi_widgets.store import OpenCuration, open_curation

if TYPE_CHECKING:
    from ipywidgets import Widget

    from rembi_widgets.formats import Written
    from rembi_widgets.record import Conflict
    from rembi_widgets.store import Copied
    from rembi_widgets.terms import Proposed

    Source = OpenCuration | Curation | str | Path


def curate(folder: str | Path | OpenCuration | None = None, *, lang: str | None = None) -> Widget:
    """Give the whole guided curation of a folder as a widget; without a folder it asks for one.

    Parameters
    ----------
    folder
        The dataset, or an open curation.
    lang
        ``en`` or ``fr``.

    Raises
    ------
    RembiError
        If there is no such folder.
    """
    from rembi_widgets.widgets import Curator

    if folder is None:
        return _ask(lang)
    return Curator(folder if isinstance(folder, OpenCuration) else _existing(folder), lang=lang)


def _existing(folder: str | Path) -> Path:
    from rembi_widgets.errors import RembiError

    if not Path(folder).is_dir():
        raise RembiError("store.no_folder", path=str(folder))
    return Path(folder)


def _ask(lang: str | None) -> Widget:
    """Give a folder chooser that becomes the curation of what is chosen."""
    from ipyfilechooser import FileChooser
    from ipywidgets import VBox

    from rembi_widgets.locale import text
    from rembi_widgets.widgets import Curator

    chooser = FileChooser(str(Path.cwd()), show_only_dirs=True, title=text("app.choose_folder", lang))
    box = VBox([chooser])

    def chosen(source: FileChooser) -> None:
        box.children = (Curator(Path(source.selected_path), lang=lang),)

    chooser.register_callback(chosen)
    return box


def _record(source: Source) -> tuple[Curation, Any, tuple[Conflict, ...]]:
    if isinstance(source, Curation):
        return source, None, ()
    if isinstance(source, OpenCuration):
        return source.record, source.facts, source.conflicts
    with open_curation(source) as opened:  # what was edited by hand is taken in and written, the lease given back
        return opened.record, opened.facts, opened.conflicts


def check(source: Source, target: str = "isatab") -> tuple[Finding, ...]:
    """Give everything that stands between a curation and a target, all at once.

    Parameters
    ----------
    source
        An open curation, its record, or a dataset's folder.
    target
        ``isatab``, ``bia``, ``idr`` or ``omero``.

    Raises
    ------
    RembiError
        If there is no such target or folder.
    """
    from rembi_widgets.checks import check as run_checks

    record, facts, conflicts = _record(source)
    return run_checks(record, target, facts, conflicts=conflicts)


def export(source: Source, to: str, folder: str | Path, *, profile: str | None = None) -> Written:
    """Write a curation in a format; it writes even when findings remain, and gives them.

    Parameters
    ----------
    profile
        For ``isatab`` and ``isajson``: ``bioimaging``, the usual one, or ``isatools-default``, which isatools takes
        without a configuration.

    Raises
    ------
    RembiError
        If there is no such format, or the folder cannot be written.
    """
    from rembi_widgets import formats

    if isinstance(source, OpenCuration):
        source.checkpoint()
    return formats.write(to, _record(source)[0], Path(folder), profile=profile)


def suggest_terms(source: OpenCuration | str | Path, field: str | None = None) -> Proposed:
    """Propose terms for the free text of a curation: one change of unconfirmed values, undone in one step.

    What a person typed or confirmed stays as it is; a finding offers the term there.

    Parameters
    ----------
    source
        An open curation, or a dataset's folder.
    field
        The only field to look at, such as ``organism``; default: all that have a vocabulary.

    Raises
    ------
    RembiError
        If there is no such folder or field.
    """
    from rembi_widgets.terms import propose_terms

    if isinstance(source, OpenCuration):
        return propose_terms(source, field)
    with open_curation(source) as opened:
        return propose_terms(opened, field)


def merge(source: OpenCuration | str | Path, other: str | Path) -> Copied:
    """Take the changes of another copy of a dataset into this one; the other is only read.

    Where both gave a field different values, both are kept: the conflicts are named in what is given, and are
    findings until somebody settles them.

    Parameters
    ----------
    source
        An open curation of a dataset on disk, or the dataset's folder.
    other
        The folder of the other copy.

    Raises
    ------
    RembiError
        If one of the folders is not there, or the other holds no curation.
    """
    from rembi_widgets.store import merge_copy

    if isinstance(source, OpenCuration):
        return merge_copy(source, other)
    with open_curation(_existing(source)) as opened:
        return merge_copy(opened, other)


def demo(folder: str | Path | None = None) -> Path:
    """Make the demo dataset, in a folder of its own or the one named, and give the folder."""
    from rembi_widgets.app._demo import make_demo

    return make_demo(Path(folder) if folder is not None else None)
