"""A field for ontology terms that stands alone, in any notebook."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import traitlets

from rembi_widgets.errors import RembiError
from rembi_widgets.record import Term
from rembi_widgets.store import open_curation
from rembi_widgets.terms import FIELDS, by_id
from rembi_widgets.widgets._frozen import frozen
from rembi_widgets.widgets._session import Session
from rembi_widgets.widgets._view import View

if TYPE_CHECKING:
    from collections.abc import Mapping


class _Terms(traitlets.Any):
    """A trait whose ``None`` is looked at like any other value: for several terms it is an empty tuple."""

    allow_none = False


class TermField(View):
    """One field for ontology terms, with suggestions while typing.

    ``value`` goes both ways: assign it, observe it, link it. It is ``None`` or a frozen mapping with ``label`` and, if
    it is no free text, ``id`` and ``ontology``; with ``multiple`` a tuple of such mappings. A label is taken as free
    text, an identifier (``NCBITaxon:9606``, ``NCBITaxon_9606``, an IRI) as the term it names. A term whose identifier
    nobody here knows is kept as given.

    Parameters
    ----------
    field
        Which vocabulary: ``organism``, ``imaging_method``, ``cell_line`` and so on.
    multiple
        Whether it takes several.
    value
        What it holds at the start: a term, a label or an identifier; with ``multiple`` any number of these.
    label
        What the field is called on the page; default: as the guide calls it.
    lang
        ``en`` or ``fr``; default: the language in use.

    Raises
    ------
    RembiError
        If the vocabulary has no such field, or the value is no term.

    Examples
    --------
    >>> field = TermField("organism", value="NCBITaxon:10090")
    >>> field.value["label"]
    'Mus musculus'
    >>> TermField("organism", multiple=True).value
    ()
    """

    value = _Terms(default_value=None).tag(sync=True)

    def __init__(
        self, field: str, *, multiple: bool = False, value: Any = None, label: str = "", lang: str | None = None
    ) -> None:
        options: dict[str, Any] = {"field": _vocabulary(field), "multiple": multiple, "label": label}
        super().__init__(Session(open_curation, lang=lang), kind="term", lang=lang, **options)
        self.value = value

    @traitlets.validate("value")
    def _take(self, proposal: Mapping[str, Any]) -> Any:
        terms = tuple(frozen(_term(item)) for item in _items(proposal["value"]))
        if self.options.get("multiple"):
            return terms
        return terms[-1] if terms else None


def _vocabulary(field: str) -> str:
    """Give the name of a field, which may be told with where it stands (``biosample.organism``).

    Raises
    ------
    RembiError
        If there are no terms for it.
    """
    name = field.replace("/", ".").rpartition(".")[2]
    if name not in FIELDS:
        raise RembiError("terms.no_field", field=field, fields=", ".join(sorted(FIELDS)))
    return name


def _items(value: Any) -> tuple[Any, ...]:
    if value is None or value == "":
        return ()
    return tuple(value) if isinstance(value, list | tuple) else (value,)


def _term(item: Any) -> dict[str, Any]:
    """Read a term, an identifier or a label, as the record does.

    Raises
    ------
    RembiError
        If it is none of these.
    """
    try:
        if isinstance(item, str):
            return (by_id(item) or Term(label=item)).plain()
        given = item.plain() if isinstance(item, Term) else dict(item)
        return Term.model_validate(_labelled(given)).plain()
    except (TypeError, ValueError) as fault:
        raise RembiError("record.wrong_kind", path="value", found=repr(item)) from fault


def _labelled(given: dict[str, Any]) -> dict[str, Any]:
    """Give a term that came with its identifier alone the label of the vocabulary, or else the identifier."""
    identity = given.get("id")
    if given.get("label") or not isinstance(identity, str):
        return given
    known = by_id(identity)
    return {**given, **known.plain()} if known else {**given, "label": identity}
