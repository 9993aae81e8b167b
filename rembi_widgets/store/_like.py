"""A study that begins like another one: its structure, its values if they are wanted, people only when asked."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Literal

from rembi_widgets.errors import RembiError
from rembi_widgets.formats import proposal
from rembi_widgets.record import COLLECTIONS, Edit, Mark, Origin, as_template, is_empty
from rembi_widgets.store._curation import OpenCuration, open_curation
from rembi_widgets.store._library import source_of

if TYPE_CHECKING:
    from rembi_widgets.record import Change, Curation

Values = Literal["keep", "clear"]


def like_edits(
    source: Curation, record: Curation, *, name: str = "", values: Values = "keep", people: bool = False
) -> list[Edit]:
    """Give the edits by which a study that says nothing yet begins like another.

    Parameters
    ----------
    source
        The study that is the template.
    record
        The study that begins.
    name
        What the template is called: the origin of each value.
    values, people
        See ``copy_study``.

    Raises
    ------
    RembiError
        If the study describes something already.
    """
    if not is_blank(record):
        raise RembiError("sections.like_not_blank")
    template = as_template(source, values, people=people)
    mark = Mark(confirmed=False, origin=Origin(kind="copy", source=name or None))
    found = template.model_copy(update={"marks": dict.fromkeys(template.marks, mark)})
    edits = proposal(found, record)
    setup = [
        Edit(op="set", path=f"/setup/{field}", value=said)
        for field, said in template.setup
        if not is_empty(said) and is_empty(getattr(record.setup, field, None))
    ]
    return [*setup, *edits]


def is_blank(record: Curation) -> bool:
    """Tell whether nothing is described yet: files and images do not count, nor what the study is set up for."""
    return not any(getattr(record, name) for name in COLLECTIONS) and not any(
        not is_empty(value) for _, value in record.study
    )


def copy_study(
    source: str | Path | OpenCuration,
    target: str | Path | OpenCuration,
    *,
    values: Values = "keep",
    people: bool = False,
) -> Change | None:
    """Begin a study like another: one change, and one undo.

    Files, images, accession, dates and versions stay behind. What is taken over waits to be confirmed, and says where
    it came from.

    Parameters
    ----------
    source
        The dataset that is the template, or its open curation; it is only read.
    target
        The dataset that begins; the folder is made if it is not there.
    values
        ``keep`` takes over what is described, ``clear`` only what there is and how it belongs together.
    people
        Whether people and their organisations come along.

    Returns
    -------
    Change or None
        ``None`` if the template says nothing.

    Raises
    ------
    RembiError
        If there is no such folder, the two are one, or the target describes something already.
    """
    if values not in {"keep", "clear"}:
        raise RembiError("sections.like_values", found=values)
    record, name = _template(source)
    if isinstance(target, OpenCuration):
        return _begin(target, record, name, values, people=people)
    folder = Path(target)
    if not isinstance(source, OpenCuration) and folder.exists() and folder.resolve() == Path(source).resolve():
        raise RembiError("sections.like_itself")
    folder.mkdir(parents=True, exist_ok=True)
    with open_curation(folder) as opened:
        return _begin(opened, record, name, values, people=people)


def _template(source: str | Path | OpenCuration) -> tuple[Curation, str]:
    if isinstance(source, OpenCuration):
        return source.record, source_of(source.record, source.folder)
    with open_curation(source) as opened:
        return opened.record, source_of(opened.record, opened.folder)


def _begin(opened: OpenCuration, record: Curation, name: str, values: Values, *, people: bool) -> Change | None:
    edits = like_edits(record, opened.record, name=name, values=values, people=people)
    return opened.edit(edits, origin=Origin(kind="copy", source=name or None)) if edits else None
