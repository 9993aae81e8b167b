"""REMBI's modules as sections: biosamples to study components with their associations."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

from rembi_widgets.formats.pagetab import _texts
from rembi_widgets.formats.pagetab._columns import FREE, image_data
from rembi_widgets.formats.pagetab._kept import KEY, LIST
from rembi_widgets.formats.pagetab._names import KINDS
from rembi_widgets.formats.pagetab._parts import Section
from rembi_widgets.formats.pagetab._study import called, is_annotations_only, unknown
from rembi_widgets.formats.pagetab._words import each, given, joined, qualifiers, said, stacked, term_id
from rembi_widgets.record import Term

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping

    from rembi_widgets.formats.pagetab._lists import Lists
    from rembi_widgets.formats.pagetab._names import Names
    from rembi_widgets.record import (
        Acquisition,
        Analysis,
        Annotation,
        Association,
        Biosample,
        Component,
        Correlation,
        Curation,
        Specimen,
    )

SPELLINGS = {"v5": "Annotation", "v4": "Annotations"}
"""Spelling to the section type of annotations: the archive's form wants one, its reader the other."""
COMMON_NAME = re.compile(r"(.+?)\s*\(([^()]+)\)")
ANALYSIS = {"method": "", "result_type": "Result type", "data_used": "Data used", "software": "Software"}
CORRELATION = {
    "fiducials_used": "Fiducials used",
    "alignment": "Spatial and temporal alignment",
    "transformation_matrix": "Transformation matrix",
    "related_images": "Related images",
}
ANNOTATION = {
    "method": "Annotation Method",
    "confidence_level": "Annotation Confidence Level",
    "criteria": "Annotation Criteria",
    "coverage": "Annotation Coverage",
}
IMAGE_DATA = "Image data"
"""Attribute for what all images of an acquisition have in common: sizes, formats."""
BESIDE = "Acquisition settings"
"""Attribute for what the structure says beside a text of acquisition parameters that somebody wrote."""


class Modules:
    """The sections of one record.

    Attributes
    ----------
    list_of
        Id of a component or annotation to the name of its file list, if it has any files.
    """

    def __init__(self, record: Curation, names: Names, lists: Lists, list_of: Mapping[str, str], spelling: str) -> None:
        self.record, self.names, self.list_of, self.spelling = record, names, list_of, spelling
        self.is_single = spelling == "v4" or is_annotations_only(record)  # the form takes one type there
        self.image_data = image_data(lists)
        self.labels = {label.id: label for sample in record.samples for label in sample.labels}
        self.samples = {sample.id: sample for sample in record.samples}

    def sections(self) -> Iterator[Section]:
        """Give all sections, grouped by type in the order of the archive's form."""
        makers: dict[str, Callable[[Any, Section], None]] = {
            "biosamples": self._biosample,
            "specimens": self._specimen,
            "acquisitions": self._acquisition,
            "correlations": self._correlation,
            "analyses": self._analysis,
            "annotations": self._annotation,
            "components": self._component,
        }
        for collection, kind in KINDS.items():
            for count, entity in enumerate(getattr(self.record, collection), 1):
                kind_here = SPELLINGS[self.spelling] if collection == "annotations" else kind
                section = Section(kind_here, f"{kind}-{count}", of=entity.id)
                section.put("Name" if collection == "components" else "Title", self.names[entity.id])
                makers[collection](entity, section)
                # the template takes no attribute of a component but its own
                unknown(section, entity, FREE if collection == "components" else "")
                yield section

    def _biosample(self, one: Biosample, section: Section) -> None:
        for organism in each(one.organism):
            section.put("Organism", said(organism), *qualifiers(organism))
        section.put("Description", said(one.description))
        entities = each(one.biological_entity)
        if len(entities) == 1:
            section.put("Biological entity", said(entities[0]), *qualifiers(entities[0]))
        else:
            section.put("Biological entity", joined(map(_with_id, entities)))
        varied = (joined((row.name, row.value), ": ") for row in one.experimental_variable)
        section.put("Experimental variable", stacked(varied))
        section.put("Extrinsic variable", stacked(each(one.extrinsic_variable)))
        section.put("Intrinsic variable", stacked(each(one.intrinsic_variable)))
        terms = [term for term in each(one.organism) if isinstance(term, Term)]
        section.sections = [_organism(term, f"{section.accno}-organism-{n}") for n, term in enumerate(terms, 1)]

    def _specimen(self, one: Specimen, section: Section) -> None:
        samples = [sample for sample in self.record.samples if sample.specimen == one.id]
        section.put("Sample preparation protocol", _texts.preparation(one, samples))
        section.put("Growth protocol", _texts.growth(one))

    def _acquisition(self, one: Acquisition, section: Section) -> None:
        section.put("Imaging instrument", _texts.instrument(one) or said(one.instrument_model))
        told, composed = given(one.acquisition_parameters), _texts.settings(one, self.labels)
        section.put("Image acquisition parameters", told or composed or said(one.acquisition_parameters))
        for method in each(one.imaging_method):
            section.put("Imaging method", said(method), *qualifiers(method))
        if told and composed != told:
            section.put(BESIDE, composed)
        section.put(IMAGE_DATA, self.image_data.get(one.id, ""))

    def _correlation(self, one: Correlation, section: Section) -> None:
        for field, name in CORRELATION.items():
            section.put(name, said(getattr(one, field)))

    def _analysis(self, one: Analysis, section: Section) -> None:
        section.put("Image analysis overview", _texts.labelled(one, ANALYSIS))

    def _annotation(self, one: Annotation, section: Section) -> None:
        section.put("Annotation Overview", said(one.overview))
        types = [said(kind) for kind in each(one.annotation_type)]
        for kind in [", ".join(types)] if self.is_single else types:
            section.put("Annotation Type", kind)
        for field, name in ANNOTATION.items():
            section.put(name, said(getattr(one, field)))
        people = {person.id: person for person in self.record.people}
        for author in each(one.authors):
            known = people.get(author) if isinstance(author, str) else None
            section.put("Annotation Author", called(known) if known else "")
        section.put("File List", self.list_of.get(one.id) or _list_elsewhere(one))

    def _component(self, one: Component, section: Section) -> None:
        section.put("Description", said(one.description))
        section.put("File List", self.list_of.get(one.id) or _list_elsewhere(one))
        rows: set[tuple[tuple[str, str], ...]] = set()
        for link, row in self._associations(one):
            is_kept = KEY in (link.model_extra or {})
            if is_kept or (row not in rows and any(title for _, title in row)):
                child = Section("Associations", of=link.id)
                for name, title in row:
                    child.put(name, title)
                section.sections.append(child)
            rows.add(row)

    def _associations(self, one: Component) -> Iterator[tuple[Association, tuple[tuple[str, str], ...]]]:
        """Give the titles that each association names; two samples of one biosample and specimen are one row."""
        for link in one.associations:
            sample = self.samples.get(link.sample or "")
            refs = {
                "Biosample": sample.biosample if sample else None,
                "Specimen": sample.specimen if sample else None,
                "Image acquisition": link.acquisition,
                "Image correlation": link.correlation,
                "Image analysis": link.analysis,
            }
            yield link, tuple((name, self.names.get(ref)) for name, ref in refs.items())


def _list_elsewhere(one: Annotation | Component) -> str:
    """Give the name of a file list that was not there when an entity was read."""
    return given((one.model_extra or {}).get(LIST))


def _with_id(value: Any) -> str:
    return f"{said(value)} ({term_id(value.id)})" if isinstance(value, Term) and value.id else said(value)


def _organism(term: Term, accno: str) -> Section:
    """Give the subsection from which the archive's reader takes names and id: it passes over qualifiers."""
    section, found = Section("Organism", accno), COMMON_NAME.fullmatch(said(term))
    section.put("Scientific name", found.group(1) if found else said(term))
    section.put("Common name", found.group(2) if found else "")
    section.put("NCBI taxon ID", term_id(term.id) if term.id else "")
    return section
