"""REMBI's modules and MIFA's annotations: their fields, and what a study component says of how they belong together."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from rembi_widgets.formats.isatab._read_parts import stable_id
from rembi_widgets.formats.pagetab._columns import FREE
from rembi_widgets.formats.pagetab._document import located
from rembi_widgets.formats.pagetab._forms import ASSOCIATIONS, canonical, collection_of, curie, ontology_of
from rembi_widgets.formats.pagetab._modules import ANALYSIS
from rembi_widgets.formats.pagetab._parts import Attribute, Section
from rembi_widgets.formats.pagetab._read_study import read_fields
from rembi_widgets.formats.pagetab._reading import text_of
from rembi_widgets.formats.pagetab._words import unstacked

if TYPE_CHECKING:
    from collections.abc import Iterator

    from rembi_widgets.formats.pagetab._reading import Making, Reading

COLUMNS = {
    "biosample": "biosamples",
    "specimen": "specimens",
    "image acquisition": "acquisitions",
    "image correlation": "correlations",
    "image analysis": "analyses",
}
"""Attribute of an association to the collection whose titles it names."""
_REFS = {"acquisitions": "acquisition", "correlations": "correlation", "analyses": "analysis"}


def read(reading: Reading, one: Making) -> None:
    """Read one section of a module."""
    read_fields(reading, one)
    _SPECIAL.get(one.collection, lambda *_: None)(reading, one)
    if not one.values.get("title") and one.collection != "components":
        reading.put(one, "title", _called(reading, one), "type")


def _called(reading: Reading, one: Making) -> str:
    """Give a title to a section that has none: nested ones of 2022 were known by where they stood."""
    same = [it for it in reading.all(one.collection) if not it.first("title", "name")]
    return one.section.kind if len(same) == 1 else f"{one.section.kind} {same.index(one) + 1}"


def _biosample(reading: Reading, one: Making) -> None:
    rows: list[dict[str, str]] = []
    told = (part for attribute in one.named("experimental variable") for part in unstacked(attribute.value or ""))
    for said in map(str.strip, told):
        if said:
            name, colon, value = said.partition(": ")
            held = (
                {"name": name, "value": value.strip()}
                if colon and value.strip() and "\n" not in name
                else {"value": said}
            )
            rows.append({"id": stable_id("va", one.id, str(len(rows))), **held})
    reading.put(one, "experimental_variable", rows, "Experimental variable")
    _terms_below(reading, one, "organism", _organism)


def _acquisition(reading: Reading, one: Making) -> None:
    _terms_below(reading, one, "imaging_method", _method)


def _terms_below(reading: Reading, one: Making, field: str, make: Any) -> None:
    """Read terms from subsections, as converters wrote them; an attribute that says the same takes their ids."""
    kind = field.replace("_", " ")
    below = [it for child in one.section.children() if canonical(child.kind) == kind and (it := make(child))]
    held = one.values.get(field)
    if not isinstance(held, list):
        reading.put(one, field, below, kind.capitalize())
        return
    known = {name: term for term in below for name in {term["label"], term["label"].partition(" (")[0]}}
    for term in held:
        same = known.get(term["label"]) or known.get(term["label"].partition(" (")[0])
        if same and "id" not in term and "id" in same:
            term.update({key: same[key] for key in ("id", "ontology") if key in same})


def _value(section: Section, *names: str) -> str:
    said = (one.value for one in section.attributes if canonical(one.name) in names)
    return next((value.strip() for value in said if value and value.strip()), "")


def _organism(section: Section) -> dict[str, str] | None:
    name, common = _value(section, "scientific name"), _value(section, "common name")
    label = f"{name} ({common})" if name and common else name or common
    identity = curie(_value(section, "ncbi taxon id"), "NCBITaxon")
    return {"label": label, **({"id": identity, "ontology": "NCBITaxon"} if identity else {})} if label else None


def _method(section: Section) -> dict[str, str] | None:
    label, ontology = _value(section, "ontology value"), ontology_of(_value(section, "ontology name"))
    identity = curie(_value(section, "ontology term id"), ontology)
    held = {"id": identity, "ontology": identity.partition(":")[0]} if ":" in identity else {}
    return {"label": label, **held} if label else None


def _analysis(reading: Reading, one: Making) -> None:
    """Read an overview; lines that begin as the writer begins them are fields of their own."""
    overview = one.first("image analysis overview")
    lines = overview.split("\n")
    names = {name: field for field, name in ANALYSIS.items() if name}
    while len(lines) > 1 and (found := lines[-1].partition(": "))[0] in names and found[2]:
        reading.put(one, names.pop(found[0]), found[2], "Image analysis overview")
        lines.pop()
    said = text_of(Attribute("", "\n".join(lines)))
    reading.put(one, "method", said, "Image analysis overview")


def _annotation(reading: Reading, one: Making) -> None:
    types = one.values.get("annotation_type")
    if isinstance(types, list):  # older readers take one attribute, split at commas
        one.values["annotation_type"] = [
            part
            for said in types
            for part in (map(str.strip, said.split(",")) if isinstance(said, str) else [said])
            if part
        ]
    people = {person.first("name"): person.id for person in reading.all("people")}
    authors = []
    for attribute in one.named("annotation author"):
        known = people.get((attribute.value or "").strip())
        if known:
            authors.append(known)
        elif reading.people:
            reading.keep(one, attribute)
    reading.put(one, "authors", authors, "Annotation Author")


_SPECIAL: dict[str, Any] = {
    "biosamples": _biosample,
    "acquisitions": _acquisition,
    "analyses": _analysis,
    "annotations": _annotation,
}


def join(reading: Reading) -> None:
    """Read the associations of all components, once all titles are known."""
    titles: dict[str, dict[str, str]] = {}
    for collection in COLUMNS.values():
        known = titles.setdefault(collection, {})
        for one in reading.all(collection):
            known.setdefault(_key(one.values.get("title")), one.id)
    for component in reading.all("components"):
        rows = [_row(reading, component, section, titles) for section in _associations(component.section)]
        if not rows:
            reading.findings.append(
                located(
                    "error",
                    "component_without_associations",
                    reading.file,
                    component.section.at,
                    found=component.first("name", "title"),
                )
            )
            rows = list(_nested(reading, component))
        component.values["associations"] = rows


def _key(title: Any) -> str:
    return title.strip() if isinstance(title, str) else ""


def _associations(section: Section) -> Iterator[Section]:
    return (child for child in section.children() if canonical(child.kind) in ASSOCIATIONS)


def _row(reading: Reading, component: Making, section: Section, titles: dict[str, dict[str, str]]) -> dict[str, Any]:
    refs: dict[str, str] = {}
    lost: dict[str, str] = {}
    for attribute in section.attributes:
        collection = COLUMNS.get(canonical(attribute.name))
        said = (attribute.value or "").strip()
        if collection is None or not said:
            continue
        known = titles[collection].get(_key(said))
        if known is None:
            values = {"found": said, "name": attribute.name, "component": component.first("name", "title")}
            reading.findings.append(located("error", "association_nowhere", reading.file, attribute.at, **values))
            lost[f"{FREE}{attribute.name}"] = said
        else:
            refs[collection] = known
    return _made(reading, component, section, refs) | lost


def _made(reading: Reading, component: Making, section: Section, refs: dict[str, str]) -> dict[str, Any]:
    identity = stable_id("as", component.id, str(len(reading.rows)), *refs.values())
    row: dict[str, Any] = {"id": identity, **{_REFS[name]: ref for name, ref in refs.items() if name in _REFS}}
    sample = _sample(reading, refs)
    if sample:
        row["sample"] = sample
    reading.rows[identity] = (component.id, identity, section)
    reading.of[id(section)] = identity
    for name in row.keys() - {"id"}:
        reading.mark(f"{component.path}/associations/{identity}/{name}", f"Associations/{name}")
    return row


def _sample(reading: Reading, refs: dict[str, str]) -> str | None:
    """Give the sample of a biosample and a specimen, which is made when they are first seen together."""
    pair = {"biosample": refs.get("biosamples"), "specimen": refs.get("specimens")}
    if not any(pair.values()):
        return None
    key = "\0".join(ref or "" for ref in pair.values())
    if key not in reading.samples:
        titles = [reading.made[ref].values.get("title") for ref in pair.values() if ref]
        named = [title for title in titles if isinstance(title, str)]
        one = reading.entity("samples", Section("", None), key)
        reading.put(one, "title", " / ".join(dict.fromkeys(named)), "Associations")
        for name, ref in pair.items():
            reading.put(one, name, ref, "Associations")
        reading.samples[key] = one.id
    return reading.samples[key]


def _nested(reading: Reading, component: Making) -> Iterator[dict[str, Any]]:
    """Give the association that sections nested in a component mean, as the converters of 2022 wrote it."""
    held: dict[str, list[str]] = {}
    for child in component.section.children():
        collection, identity = collection_of(child.kind), reading.of.get(id(child))
        if collection in COLUMNS.values() and identity:
            held.setdefault(collection or "", []).append(identity)
    if held:
        biosamples: list[str | None] = [*held.get("biosamples", [])] or [None]
        for biosample in biosamples:
            refs = {name: ids[0] for name, ids in held.items() if name != "biosamples"}
            if biosample:
                refs = {"biosamples": biosample, **refs}
            yield _made(reading, component, Section("", None), refs)
