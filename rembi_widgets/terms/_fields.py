"""Which parts of the vocabulary a field of the record draws on, best first."""

from __future__ import annotations

from rembi_widgets.errors import RembiError
from rembi_widgets.terms._branches import ELSEWHERE

PARTS = (
    "organism",
    "imaging_method",
    "sample_prep",
    "signal",
    "label",
    "cell_line",
    "cell_type",
    "tissue",
    "unit",
    "phenotype",
)
"""Parts of the vocabulary."""

FIELDS: dict[str, tuple[str, ...]] = {
    **{part: (part,) for part in PARTS},
    "biological_entity": ("cell_line", "cell_type", "tissue"),
    "preparation_terms": ("sample_prep",),
    "preparation_method": ("sample_prep",),
    "signal_contrast_mechanism": ("signal",),
    "contrast_method": ("signal",),
    "content": ("label",),
    "fluorophore": ("label",),
    "study_type": (),
    "roles": (),
    "result_type": (),
    "experimental_status": (),
}
"""Field of the record, or part of the vocabulary, to the parts it is searched in; none where the package holds none."""

_FBBI = ("imaging_method", "sample_prep", "signal", "label", ELSEWHERE)
BESIDE: dict[str, tuple[str, ...]] = dict.fromkeys(_FBBI[:-1], _FBBI)
"""Part to those of the same ontology: what is said in a wrong field is shown there, and never as its answer."""


def parts_of(field: str | None) -> tuple[str, ...]:
    """Give the parts of the vocabulary for a field, all of them for ``None``.

    A field may be named alone (``organism``) or with where it stands (``biosample.organism``,
    ``/biosamples/bs-1/organism``).

    Raises
    ------
    RembiError
        If there is no such field.
    """
    if field is None:
        return PARTS
    name = field.replace("/", ".").rpartition(".")[2]
    if name not in FIELDS:
        raise RembiError("terms.no_field", field=field, fields=", ".join(sorted(FIELDS)))
    return FIELDS[name]
