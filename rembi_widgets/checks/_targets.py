"""Targets: the rules that each looks at, and the findings it takes more or less seriously than most."""

from __future__ import annotations

from typing import TYPE_CHECKING

from rembi_widgets.checks import (
    _bia,
    _bia_files,
    _bia_sections,
    _completeness,
    _dates,
    _ethics,
    _files,
    _free_text,
    _identifiers,
    _images,
    _publications,
    _references,
    _sizes,
    _terms,
    _unconfirmed,
)
from rembi_widgets.errors import RembiError
from rembi_widgets.record import TARGETS

if TYPE_CHECKING:
    from rembi_widgets.checks._case import Case, Rule
    from rembi_widgets.record import Finding, Level

ALL = "all"
"""Every target's rules; a finding has the level of the target that takes it most seriously."""

_EVERYWHERE: tuple[Rule, ...] = (
    _completeness.sections,
    _completeness.required,
    _completeness.required_columns,
    _completeness.lengths,
    _completeness.choices,
    _references.nowhere,
    _references.halves,
    _references.unused,
    _references.titles,
    _images.pointers,
    _images.components_without_images,
    _images.images_without_component,
    _images.images_without_association,
    _images.mixed_pixel_sizes,
    _sizes.sizes,
    _files.paths,
    _files.on_disk,
    _files.unreadable,
    _identifiers.forms,
    _terms.terms,
    _free_text.free_text,
    _completeness.recommended,
    _completeness.recommended_columns,
    _unconfirmed.unconfirmed,
)
_PUBLIC: tuple[Rule, ...] = (_dates.dates, _dates.order, _publications.untraceable, _ethics.ethics)
"""Rules of what is made public under people's names."""
_BIA: tuple[Rule, ...] = (
    _bia.release_window,
    _bia.placeholders,
    _bia.doi,
    _bia.organisms,
    _bia_sections.associations,
    _bia_sections.licence,
    _bia_sections.lists_elsewhere,
    _bia_files.paths,
    _bia_files.sizes,
    _bia_files.annotation_files,
)
"""Rules of the BioImage Archive's form, server and reader."""

RULES: dict[str, tuple[Rule, ...]] = {
    "isatab": (*_EVERYWHERE, *_PUBLIC),
    "bia": (*_EVERYWHERE, *_PUBLIC, *_BIA),
    "idr": (*_EVERYWHERE, *_PUBLIC),
    "omero": _EVERYWHERE,
}
"""Target to its rules."""

ASKING: frozenset[Rule] = frozenset(
    {
        _completeness.sections,
        _completeness.required,
        _completeness.required_columns,
        _completeness.recommended,
        _completeness.recommended_columns,
        _completeness.lengths,
        _references.unused,
    }
)
"""Rules that ask what each target asks or writes; the others find the same for all and are run once."""

LEVELS: dict[str, dict[str, Level]] = {
    "isatab": {},
    "bia": {
        "title_twice": "error",
        "date_form": "error",
        "too_short": "error",
        "not_a_choice": "error",
        "email_form": "error",
        "doi_form": "error",
        "url_form": "error",
        "publication_untraceable": "error",
        "component_without_images": "error",
        "files_missing": "error",
    },
    "idr": {
        "date_form": "error",
        "files_missing": "error",
        "sample_without_biosample": "warning",
        "sample_without_specimen": "warning",
        "association_without_sample": "warning",
        "association_without_acquisition": "warning",
    },
    "omero": {
        "sample_without_biosample": "warning",
        "sample_without_specimen": "warning",
        "association_without_sample": "warning",
        "association_without_acquisition": "warning",
    },
}
"""Target and rule to the level there, where it is not the rule's own."""


def level_in(case: Case, name: str, finding: Finding) -> Level | None:
    """Give the level that a target gives a finding; ``None`` for none at all.

    A study that the BioImage Archive has taken is no new submission any more: what only its form asks is worth a
    warning; what its reader of records fails on stays an error.
    """
    if name == "bia" and _bia_sections.is_of_others_images(case.record, finding):
        return None
    level = LEVELS[name].get(finding.code, finding.level)
    is_lower = name == "bia" and level == "error" and finding.code in _bia_sections.OF_THE_FORM
    return "warning" if is_lower and _bia_sections.is_published(case.record) else level


def targets_of(name: str) -> tuple[str, ...]:
    """Give the targets that a name stands for: itself, or every one for ``all``.

    Raises
    ------
    RembiError
        If there is no such target.
    """
    if name == ALL:
        return TARGETS
    if name not in RULES:
        raise RembiError("checks.no_target", target=name, targets=", ".join((*TARGETS, ALL)))
    return (name,)
