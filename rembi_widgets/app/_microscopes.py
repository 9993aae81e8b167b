"""Microscopes in notebooks and on the command line: which there are, and which took the images."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from rembi_widgets.locale import language, text

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from pathlib import Path

    from rembi_widgets.images import Microscopes, Passport
    from rembi_widgets.record import Change
    from rembi_widgets.store import OpenCuration


def use_microscope(
    curation: OpenCuration,
    microscope: str | Passport,
    acquisitions: str | Iterable[str] | None = None,
    *,
    where: str | Path | None = None,
    objective: int | None = None,
    qc: str | None = None,
) -> Change | None:
    """Fill acquisitions with what a microscope's passport says: one change of unconfirmed values.

    What a person confirmed and what image headers say stays; ``rw.check`` tells where the two differ.

    Parameters
    ----------
    curation
        An open curation.
    microscope
        Its name, id or file name, or a passport of ``rw.microscopes()``.
    acquisitions
        Ids of acquisitions; default: all.
    where
        A folder or an address of microscope files; default: the places where they are looked for.
    objective
        Which of the microscope's objectives, from 0, where the images do not say.
    qc
        Where the microscope's quality-control data are, such as a DOI.

    Returns
    -------
    Change or None
        ``None`` if there was nothing new.

    Raises
    ------
    RembiError
        If there is no such microscope, acquisition or objective.
    """
    from rembi_widgets.images import passport_edits

    wanted = [acquisitions] if isinstance(acquisitions, str) else acquisitions
    passport = named(microscope, curation, where)
    edits = passport_edits(curation.record, passport, wanted, objective=objective, qc=qc)
    return curation.propose(edits, origin="passport")


def named(microscope: str | Passport, curation: OpenCuration, where: str | Path | None = None) -> Passport:
    """Give the passport that a name stands for; ``where`` is a folder or an address of microscope files.

    Raises
    ------
    RembiError
        If there is no such microscope.
    """
    from rembi_widgets.images import Passport, microscopes

    if isinstance(microscope, Passport):
        return microscope
    return microscopes(where, dataset=curation.folder).named(microscope)


def lines(found: Microscopes) -> Iterator[str]:
    """Give what the command prints: a line a microscope, then what could not be read."""
    for passport in found:
        yield passport.line(language())
        for note in passport.warnings:
            yield f"  {note.say(language())}"
    for item in found.unreadable:
        yield f"{item['path']}: {item['message']}"
    if not found.passports:
        yield text("microscopes.none")


def document(found: Microscopes) -> dict[str, Any]:
    """Give the document of ``microscopes --json``."""
    return found.to_json(language())
