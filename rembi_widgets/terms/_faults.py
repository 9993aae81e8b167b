"""Faults of one claim, that a name has an id: what is wrong with the name, the id and the ontology beside them.

Seen in public records: the id of an illumination where a method is asked, a bare number, the prefix in another case,
an id of one ontology beside the name of another, zeros that a spreadsheet took away, names that an id does not have.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from rembi_widgets.locale import has
from rembi_widgets.record import Named
from rembi_widgets.terms._branches import ELSEWHERE, WHOLE
from rembi_widgets.terms._claim import Claim, Fault
from rembi_widgets.terms._held import COMPLETE, by_label, follow_layers, held, in_branch, is_named, kept, named, slip_of
from rembi_widgets.terms._identity import read_identity
from rembi_widgets.terms._keys import fold, names_of
from rembi_widgets.terms._ontologies import ontology_named
from rembi_widgets.terms._words import spelled

if TYPE_CHECKING:
    from collections.abc import Iterator

    from rembi_widgets.record import Term
    from rembi_widgets.terms._held import Held
    from rembi_widgets.terms._identity import Identity
    from rembi_widgets.terms._ontologies import Ontology

_EXAMPLES = {
    "organism": "NCBITaxon:9606",
    "cell_line": "CVCL_0030",
    "cell_type": "CL:0000540",
    "biological_entity": "CL:0000540",
    "tissue": "UBERON:0000955",
    "unit": "UO:0000017",
    "NCBITaxon": "NCBITaxon:9606",
    "CVCL": "CVCL_0030",
    "EDAM": "EDAM:topic_3382",
    "NCIT": "NCIT:C181928",
    "CHEBI": "CHEBI:16991",
}
"""Field or ontology to how an id looks there; ``FBbi:00000251`` elsewhere."""


SYMBOL = 3
"""Letters of a name in which another case is another thing: µM is no µm."""


UNSETTLED = frozenset({"EDAM_BIM"})
"""Ontologies that say themselves that their ids are not stable yet: good for finding, not for mending by itself."""


def faults(one: Claim) -> tuple[Fault, ...]:
    """Give what is wrong with a claim; nothing if a record gives no id, for free text may stand."""
    follow_layers()
    return _faults(one)


@kept
def _faults(one: Claim) -> tuple[Fault, ...]:
    if not one.id.strip():
        return tuple(_without_id(one)) if one.style != "curie" and one.label.strip() else ()
    read = read_identity(one.id, one.source or (_home(one) if one.id.strip().isdigit() else ""))
    if read is None:
        return tuple(_unread(one))
    if not read.fits:
        return (_ill_formed(one, read),)
    term = held(read.curie)
    return (
        *_spelling(one, read, term),
        *_source(one, read),
        *(_missing(one, read) if term is None else _known(one, term)),
        *_branch(one, read, term),
    )


def _without_id(one: Claim) -> Iterator[Fault]:
    """Find a name in a file whose id is known: the form of a record offers it by itself."""
    meant = named(one.label, one.field) if one.field else by_label(one.label)
    if meant is not None:
        yield Fault("term_without_id", one.label, one.written(meant.id), one.as_term(meant))


def _home(one: Claim) -> str:
    """Give the ontology that a bare number can only mean in a field."""
    name = (one.field or "").replace("/", ".").rpartition(".")[2]
    return next((prefix for prefix, part in WHOLE.items() if part == name), "")


def _unread(one: Claim) -> Iterator[Fault]:
    elsewhere = one.source.strip() and ontology_named(one.source) is None
    if "://" in one.id or elsewhere:  # something of no ontology known here: roles, vocabularies of archives
        return
    example = _example(one.source, one.field)
    yield Fault("term_bare" if one.id.strip().isdigit() else "term_form", one.id, one.written(example))


def _ill_formed(one: Claim, read: Identity) -> Fault:
    return Fault("term_form", one.id, one.written(_example(read.prefix, one.field)))


def _example(source: str, field_name: str | None) -> str:
    known = ontology_named(source) if source else None
    if known is not None and known.width:
        return f"{known.prefix}:{'1'.zfill(known.width)}"
    named_field = (field_name or "").replace("/", ".").rpartition(".")[2]
    return _EXAMPLES.get(known.prefix if known else named_field, "FBbi:00000251")


def _spelling(one: Claim, read: Identity, term: Held | None) -> Iterator[Fault]:
    wanted = one.written(read.curie)
    if read.bare:
        certain = bool(one.source) or (term is not None and is_named(term, one.label))
        if read.ontology is not None and one.style != "any":
            yield Fault("term_bare", one.id, wanted, one.mended(identity=wanted) if certain else None)
    elif not _as_usual(one, read, wanted):
        certain = not read.filled or (term is not None and (not one.label or is_named(term, one.label)))
        yield Fault("term_spelling", one.id, wanted, one.mended(identity=wanted) if certain else None)


def _as_usual(one: Claim, read: Identity, wanted: str) -> bool:
    if one.id == wanted or read.ontology is None:
        return True
    if one.style != "any":
        return False
    if read.address:  # a page of another service names the term in its own way
        named_alike = one.id.casefold().endswith(read.underscored.casefold())
        return not named_alike or one.id.endswith(read.underscored)
    return one.id in {read.underscored, read.curie, read.local}


def _source(one: Claim, read: Identity) -> Iterator[Fault]:
    said = one.source.strip()
    known = ontology_named(said) if said else None
    if known is None or read.ontology is None:
        return
    other = known.prefix != read.ontology.prefix
    if other or (one.style != "any" and is_in_other_case(said, known)):
        yield Fault("term_source", said, read.prefix, one.mended(source=read.prefix), (("id", one.id),))


def is_in_other_case(said: str, known: Ontology) -> bool:
    """Tell whether the prefix of an ontology is written in other capitals than its own."""
    return said.casefold() == known.prefix.casefold() and said not in {known.prefix, *known.also}


def source_faults(said: str) -> tuple[Fault, ...]:
    """Give what is wrong with the name by which a file declares an ontology: its prefix in another case."""
    known = ontology_named(said)
    if known is None or not is_in_other_case(said, known):
        return ()
    return (Fault("term_source", said, known.prefix, values=(("id", known.prefix),)),)


def _missing(one: Claim, read: Identity) -> Iterator[Fault]:
    meant = named(one.label, one.field) if one.label else None
    whole = read.prefix in COMPLETE
    if meant is not None and meant.prefix == read.prefix and _is_label(one.label, meant):
        yield Fault("term_label", one.said, one.shown(meant), one.as_term(meant) if whole else None)
    elif whole:
        wanted = Named(key="termlint.wanted.id_of")
        yield Fault("term_unknown", one.said, wanted, values=(("ontology", read.prefix),))
    elif read.ontology is not None and in_branch(read.curie, one.field) is not False:
        yield Fault("term_not_held", one.said, Named(key="termlint.wanted.held"), values=(("ontology", read.prefix),))


def _is_label(name: str, term: Held) -> bool:
    """Tell whether a name is the label of a term: two terms of one ontology never share it, as they do aliases."""
    label = fold(term.label)
    return any(fold(part) == label for part in names_of(name))


def _known(one: Claim, term: Held) -> Iterator[Fault]:
    if term.obsolete:
        now = held(term.replaced_by) if term.replaced_by else None
        fits = now is not None and in_branch(now.id, one.field) is not False
        wanted = one.shown(now) if now is not None else term.replaced_by or Named(key="termlint.wanted.current")
        yield Fault("term_obsolete", one.shown(term), wanted, one.as_term(now) if now is not None and fits else None)
    if one.label.strip() and not _says(one, term):
        yield _mismatch(one, term)


def _says(one: Claim, term: Held) -> bool:
    """Tell whether the name is one of the term's, and not that of another: µM is no µm, a mouse no human."""
    if one.label in term.texts:
        return True
    if not is_named(term, one.label):
        return _says_more(one, term)
    before, bracket, inside = one.label.rstrip(" )").partition(" (")
    if bracket and not is_named(term, inside):
        other = named(inside, one.field)
        return (other is None or other.id == term.id) and is_named(term, before)
    return not (_is_symbol_in_other_case(one.label, term) and _is_of_another(one, term))


def _is_symbol_in_other_case(name: str, term: Held) -> bool:
    symbol = spelled(fold(name))
    return len(name) <= SYMBOL and any(len(text) <= SYMBOL and spelled(fold(text)) == symbol for text in term.texts)


def _is_of_another(one: Claim, term: Held) -> bool:
    other = named(one.label, one.field)
    return other is not None and other.id != term.id and one.label in other.texts


def _says_more(one: Claim, term: Held) -> bool:
    """Tell whether the name goes on behind the term's label, or is of its twin in another ontology.

    ``Mus musculus C57BL/6J`` is a mouse; ``CLSM`` is confocal microscopy whichever ontology's id stands beside it.
    """
    meant = named(one.label, one.field)
    if meant is None:
        return f"{fold(one.label)} ".startswith(f"{fold(term.label)} ")
    if meant.prefix == term.prefix:
        return False
    return is_named(term, meant.label) or (not _is_label(one.label, meant) and not _apart(term, meant))


def _apart(term: Held, other: Held) -> bool:
    """Tell whether two terms are in no part together: an alias of one may then not be the other's."""
    return set(term.parts).isdisjoint(other.parts) or term.parts == (ELSEWHERE,)


def _mismatch(one: Claim, term: Held) -> Fault:
    meant = named(one.label, one.field)
    if meant is None or meant.id == term.id:
        slip = slip_of(term, one.label) > 0
        return Fault("term_label", one.said, one.shown(term), one.as_term(term) if slip else None)
    astray = in_branch(term.id, one.field) is False
    wanted = one.shown(meant) if astray else f"{one.shown(term)} / {one.shown(meant)}"
    return Fault("term_label", one.said, wanted, _put(one, meant) if astray else None)


def _branch(one: Claim, read: Identity, term: Held | None) -> Iterator[Fault]:
    if in_branch(read.curie, one.field) is not False or (term is not None and term.obsolete):
        return
    said = one.shown(term) if term is not None else one.said
    meant = named(one.label, one.field) if one.label else None
    if meant is not None and in_branch(meant.id, one.field):
        yield Fault("term_branch", said, one.shown(meant), _put(one, meant))
    else:
        yield Fault("term_branch", said, _asked(one.field or ""))


def _put(one: Claim, meant: Held) -> Term | None:
    """Give the term that is meant in place of another, unless its ontology may still change its ids."""
    return one.as_term(meant) if meant.prefix not in UNSETTLED else None


def _asked(field_name: str) -> Named:
    name = field_name.replace("/", ".").rpartition(".")[2]
    key = f"termlint.wanted.field.{name}"
    return Named(key=key if has(key) else "termlint.wanted.field")
