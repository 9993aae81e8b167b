"""A record as a REMBI YAML; structure that the format has no key for is told in its texts."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any
from urllib.parse import unquote

from rembi_widgets.formats._files import write_lines
from rembi_widgets.formats._written import Written
from rembi_widgets.formats.pagetab import _texts
from rembi_widgets.formats.pagetab._names import Names
from rembi_widgets.formats.pagetab._study import LICENSES
from rembi_widgets.formats.pagetab._words import each, given, joined, said
from rembi_widgets.formats.rembiyaml import _shape
from rembi_widgets.formats.rembiyaml._shape import COMPONENT_KEY, KEPT_ROOT, key_of, many, spelled
from rembi_widgets.record import Finding, Named, Term, is_empty, plain, section_of

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping
    from pathlib import Path

    from rembi_widgets.record import (
        Analysis,
        Annotation,
        Association,
        Component,
        Correlation,
        Curation,
        Frozen,
        Person,
        Sample,
    )

Said = dict[str, Any]
ANALYSIS = {"method": "", "result_type": "Result type", "data_used": "Data used", "software": "Software"}
CORRELATION = {"alignment": "", "related_images": "Related images"}
_NOT_HELD = {
    "study": ("study_type", "accession", "submission_date", "ethics_statement", "ai_models_trained"),
    "publications": ("status",),
    "annotations": ("authors",),
}
"""Fields that the format has neither a key nor a text for."""


def write_yaml(record: Curation, folder: Path) -> Written:
    """Write the whole; see ``rembiyaml.write``."""
    import yaml

    folder.mkdir(parents=True, exist_ok=True)
    whole = _Writing(record)
    text = yaml.safe_dump(whole.said, sort_keys=False, allow_unicode=True, width=10**6)
    files = (write_lines(folder / _shape.NAME, [text]),)
    return Written(files, (*whole.names.findings({}), *whole.several, *_not_held(record)))


class _Writing:
    """The document of one record."""

    def __init__(self, record: Curation) -> None:
        self.record, self.names, self.several = record, Names(record), list[Finding]()
        self.organisations = {one.id: one for one in record.organisations}
        self.labels = {label.id: label for sample in record.samples for label in sample.labels}
        self.samples = {one.id: one for one in record.samples}
        self.said: Said = {"study": self._study()}
        for key, (collection, fields) in _shape.SECTIONS.items():
            entities = getattr(record, collection)
            if entities:
                self.said[key] = {self.names[one.id]: self._entity(collection, one, fields) for one in entities}
        self._versions()
        self._components()
        root = {name: one for name, one in _extras(record.study).items() if name.startswith(KEPT_ROOT)}
        for name, value in root.items():
            key = unquote(name.removeprefix(KEPT_ROOT))
            if key in self.said and isinstance(value, dict):
                self.said[key] = _merged(self.said[key], value)
            else:
                self.said[key if key not in self.said else f"{key} (2)"] = value

    def _one(self, values: list[Any], path: str) -> Any:
        """Give the only value, or all, which ``bia-agent`` does not take."""
        if len(values) > 1:
            told: dict[str, Any] = {"n": len(values)}
            self.several.append(Finding(level="warning", code="rembiyaml_several", path=path, values=told))
        return values[0] if len(values) == 1 else values

    def _study(self) -> Said:
        record, study = self.record, self.record.study
        fields: Said = {key: said(getattr(study, field)) for key, field in _shape.STUDY.items()}
        fields["keywords"] = [said(word) for word in each(study.keywords) if said(word)]
        fields["authors"] = [self._person(one) for one in record.people]
        fields["license"] = _license(given(study.license))
        fields["funding"] = self._funding()
        for key, (collection, shape) in _shape.LISTS.items():
            if collection != "people":
                entities = getattr(record, collection)
                fields[key] = [_filled({**_fields(one, shape), **_kept(one)}) for one in entities]
        return _merged({**fields, "rembi_version": _shape.VERSION}, _kept(study))

    def _funding(self) -> Said:
        grants = [_filled({**_fields(one, _shape.GRANT), **_kept(one)}) for one in self.record.grants]
        return _filled({"funding_statement": said(self.record.study.funding_statement), "grant_references": grants})

    def _person(self, one: Person) -> Said:
        path = f"/people/{one.id}"
        roles = [said(role) for role in each(one.roles) if said(role)]
        homes = [self.organisations[ref] for ref in each(one.affiliations) if ref in self.organisations]
        told = [_filled({**_fields(home, _shape.AFFILIATION), **_kept(home)}) for home in homes]
        fields = _fields(one, _shape.LISTS["authors"][1])
        return _merged(
            {**fields, "role": ", ".join(roles), "affiliation": self._one(told, f"{path}/affiliations")}, _kept(one)
        )

    def _entity(self, collection: str, one: Any, fields: Mapping[str, str]) -> Said:
        makers: dict[str, Callable[[Any], Said]] = {
            "biosamples": self._biosample,
            "specimens": self._specimen,
            "acquisitions": self._acquisition,
            "correlations": _correlation,
            "analyses": _analysis,
            "annotations": _annotation,
        }
        return _merged({**_fields(one, fields), **makers[collection](one)}, _kept(one))

    def _biosample(self, one: Any) -> Said:
        path = f"/biosamples/{one.id}"
        organisms = [_organism(term) for term in each(one.organism) if said(term)]
        entities = [_worded(term) for term in each(one.biological_entity) if said(term)]
        return {
            "organism": self._one(organisms, f"{path}/organism"),
            "biological_entity": self._one(entities, f"{path}/biological_entity"),
            **{key: [said(it) for it in each(getattr(one, field))] for key, field in _shape.VARIABLES.items()},
            "experimental_variables": [joined((it.name, it.value), ": ") for it in one.experimental_variable],
        }

    def _specimen(self, one: Any) -> Said:
        samples = [it for it in self.record.samples if it.specimen == one.id]
        return {"sample_preparation": _texts.preparation(one, samples), "growth_protocol": _texts.growth(one)}

    def _acquisition(self, one: Any) -> Said:
        told, composed = said(one.acquisition_parameters), _texts.settings(one, self.labels)
        methods = [_method(term) for term in each(one.imaging_method) if said(term)]
        return {
            "imaging_method": self._one(methods, f"/acquisitions/{one.id}/imaging_method"),
            "imaging_instrument": _texts.instrument(one),
            "image_acquisition_parameters": "\n".join(text for text in dict.fromkeys((told, composed)) if text),
        }

    def _versions(self) -> None:
        study = self.record.study
        told = _filled({key: said(getattr(study, field)) for key, field in _shape.VERSIONS.items()})
        if told:
            first = self.record.annotations[0].id if self.record.annotations else ""
            self.said["version"] = {self.names.get(first) or "Annotations": told}

    def _components(self) -> None:
        parts, links = {}, {}
        for one in self.record.components:
            key = str(_extras(one).get(COMPONENT_KEY) or self.names[one.id])
            while key in parts:
                key += " (2)"
            told = {"name": said(one.title) or self.names[one.id], "description": said(one.description)}
            parts[key] = _merged({**told, "rembi_version": _shape.VERSION}, _kept(one))
            if rows := list(self._links(one)):
                links[key] = self._one(rows, f"/components/{one.id}/associations")
        self.said |= _filled({"study_component": parts, "associations": links})

    def _links(self, one: Component) -> Iterator[Said]:
        for link in one.associations:
            sample = self.samples.get(link.sample or "")
            row = _merged(self._references(link, sample), _kept(link))
            if row:
                yield row

    def _references(self, link: Association, sample: Sample | None) -> Said:
        refs = {
            "biosample_id": sample.biosample if sample else None,
            "specimen_id": sample.specimen if sample else None,
            "acquisition_id": link.acquisition,
            "correlation_id": link.correlation,
            "analysis_id": link.analysis,
        }
        return {key: self.names.get(ref) for key, ref in refs.items()}


def _correlation(one: Correlation) -> Said:
    return {"spatial_and_temporal_alignment": _texts.labelled(one, CORRELATION)}


def _analysis(one: Analysis) -> Said:
    return {"analysis_overview": _texts.labelled(one, ANALYSIS)}


def _annotation(one: Annotation) -> Said:
    return {"annotation_type": ", ".join(said(kind) for kind in each(one.annotation_type))}


def _fields(one: Any, shape: Mapping[str, str]) -> Said:
    return {key: said(getattr(one, field)) for key, field in shape.items()}


def _filled(told: Said) -> Said:
    return {key: value for key, value in told.items() if value not in ("", None, [], {})}


def _extras(one: Frozen) -> Said:
    return dict(plain(one.model_extra or {}))


def _kept(one: Frozen) -> Said:
    """Give the keys that the record kept, under their own names."""
    held = _extras(one)
    return {key_of(name): held[name] for name in held if name != COMPONENT_KEY and not name.startswith(KEPT_ROOT)}


def _merged(told: Said, kept: Said) -> Said:
    """Add what was kept: a key of its own, or more of what stands under a key."""
    found = _filled(told)
    for key, value in kept.items():
        here = found.get(key)
        if isinstance(here, dict) and isinstance(value, dict):
            found[key] = _merged(here, value)
        elif here is None or key == "rembi_version":
            found[key] = value
        else:
            found[key] = [*many(here), *many(value)]
    return found


def _license(text: str) -> Said | None:
    return _filled({"name": text, "url": LICENSES.get(text, "")}) or None


def _organism(value: Any) -> Said:
    held = _extras(value) if isinstance(value, Term) else {}
    identity = spelled(value.id) if isinstance(value, Term) and value.id else ""
    return _filled({"scientific_name": said(value), "ncbi_taxon": identity, **held})


def _method(value: Any) -> Said:
    if not isinstance(value, Term):
        return {"value": said(value)}
    told = {"value": said(value), "ontology_id": spelled(value.id or ""), "ontology_name": said(value.ontology)}
    return _filled({**told, **_extras(value)})


def _worded(value: Any) -> str:
    return f"{said(value)} ({value.id})" if isinstance(value, Term) and value.id else said(value)


def _not_held(record: Curation) -> Iterator[Finding]:
    """Find what the format has no place for: fields, and the tables of files and images."""
    for collection, fields in _NOT_HELD.items():
        entities: list[Any] = [record.study] if collection == "study" else list(getattr(record, collection))
        for field in fields:
            held = [one for one in entities if not is_empty(getattr(one, field))]
            if held:
                where = f"/study/{field}" if collection == "study" else f"/{collection}/{held[0].id}/{field}"
                label = Named(key=f"guide.{section_of(collection).name}.{field}.label")
                values: dict[str, Any] = {"label": label, "n": len(held)}
                yield Finding(level="info", code="rembiyaml_no_home", path=where, values=values)
    if len(record.files):
        values = {"n": len(record.files)}
        yield Finding(level="info", code="rembiyaml_no_files", path="/files", values=values)
    known = {ref for one in record.people for ref in each(one.affiliations)}
    for one in record.organisations:
        if one.id not in known:
            path = f"/organisations/{one.id}"
            yield Finding(level="info", code="rembiyaml_nobody", path=path, values={"title": given(one.title)})
