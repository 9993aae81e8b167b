"""REMBI's modules as entities of the profile: samples are specimens, labels are signal channels."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from rembi_widgets.formats.pagetab import _texts
from rembi_widgets.formats.pagetab._columns import image_data
from rembi_widgets.formats.pagetab._modules import COMMON_NAME
from rembi_widgets.formats.pagetab._study import called
from rembi_widgets.formats.pagetab._words import each, given, joined, said, term_id
from rembi_widgets.formats.rocrate._graph import fragment, unique
from rembi_widgets.formats.rocrate._study import UNKNOWN, extras, lines
from rembi_widgets.record import Term

if TYPE_CHECKING:
    from collections.abc import Sequence

    from rembi_widgets.formats.pagetab._lists import Lists
    from rembi_widgets.formats.pagetab._names import Names
    from rembi_widgets.formats.rocrate._graph import Graph, Ref
    from rembi_widgets.record import Acquisition, Annotation, Association, Biosample, Component, Curation, Sample

FBBI, TAXA = "FBbi_", "NCBITaxon_"
ANALYSIS = {"method": "", "result_type": "Result type", "data_used": "Data used", "software": "Software"}
CORRELATION = {"alignment": "", "related_images": "Related images"}
ANNOTATION = {"overview": "", "method": "Method", "confidence_level": "Confidence level"}
VARIABLES = {
    "intrinsic_variable": "intrinsicVariableDescription",
    "extrinsic_variable": "extrinsicVariableDescription",
}


def words(term: Any) -> str:
    """Say a term with its id, a value without one as it is."""
    return f"{said(term)} ({term_id(term.id)})" if isinstance(term, Term) and term.id else said(term)


class Modules:
    """The entities by the id of what they stand for in the record."""

    def __init__(self, record: Curation, names: Names, lists: Lists, graph: Graph) -> None:
        self.record, self.names, self.graph = record, names, graph
        self.image_data = image_data(lists)
        self.channels = [channel for one in record.acquisitions for channel in one.channels]
        self.labels = {label.id: label for sample in record.samples for label in sample.labels}
        self.taxa: dict[tuple[str, str], Ref] = {}
        self.growth: dict[str, Ref] = {}
        self.signals: dict[str, list[Ref]] = {one.id: self._signals(one) for one in record.samples}
        self.specimens = {one.id: self._specimen(one) for one in record.specimens}
        self.biosamples = {one.id: self._biosample(one) for one in record.biosamples}
        self.samples = {one.id: ref for one in record.samples if (ref := self._sample(one))}
        self.acquisitions = {one.id: self._acquisition(one) for one in record.acquisitions}
        self.analyses = {
            one.id: self._method(one, "ImageAnalysisMethod", ANALYSIS, featuresAnalysed=said(one.result_type))
            for one in record.analyses
        }
        self.correlations = {
            one.id: self._method(
                one,
                "ImageCorrelationMethod",
                CORRELATION,
                fiducialsUsed=said(one.fiducials_used),
                transformationMatrix=said(one.transformation_matrix),
            )
            for one in record.correlations
        }
        self.annotations = {one.id: self._annotation(one) for one in record.annotations}

    def _signals(self, sample: Sample) -> list[Ref]:
        """Give a signal channel for each label, and one for a contrast that needs none."""
        contrast = joined(words(term) for term in each(sample.signal_contrast_mechanism))
        found = [
            self.graph.put(
                fragment(label.id),
                "SignalChannel",
                identifier=", ".join(dict.fromkeys(given(one.name) for one in self.channels if one.label == label.id)),
                channelContentDescription=words(label.content),
                channelBiologicalEntity=words(label.biological_entity),
                signalContrastMechanismDescription=contrast,
                description=extras(label),
            )
            for label in sample.labels
        ]
        if contrast and not found:
            identity = fragment(f"{sample.id}-signal")
            found = [self.graph.put(identity, "SignalChannel", signalContrastMechanismDescription=contrast)]
        return found

    def _specimen(self, one: Any) -> Ref:
        name, samples = self.names[one.id], [it for it in self.record.samples if it.specimen == one.id]
        if text := _texts.growth(one):
            growth = fragment(f"{one.id}-growth")
            self.growth[one.id] = self.graph.put(growth, "Protocol", name=f"Growth: {name}", description=text)
        return self.graph.put(
            fragment(one.id),
            "SpecimenImagingPreparationProtocol",
            name=name,
            description=lines(_texts.preparation(one, ()), extras(one)) or UNKNOWN,
            signalChannelInformation=[ref for sample in samples for ref in self.signals[sample.id]],
        )

    def _biosample(self, one: Biosample) -> Ref:
        grown = [self.growth.get(it.specimen or "") for it in self.record.samples if it.biosample == one.id]
        protocols, entities = unique(grown), [words(it) for it in each(one.biological_entity)]
        named = f"Biological entity: {'; '.join(entities)}" if entities else ""
        values = (joined((it.name, it.value), ": ") for it in one.experimental_variable)
        told = (extras(it) for it in one.experimental_variable)
        return self.graph.put(
            fragment(one.id),
            "BioSample",
            name=self.names[one.id],
            description=lines(said(one.description), named, extras(one), *told) or UNKNOWN,
            biologicalEntityName=entities,
            organismClassification=unique(self._taxon(it) for it in each(one.organism) if said(it)),
            experimentalVariableDescription=[text for text in values if text],
            growthProtocol=protocols[0] if len(protocols) == 1 else None,
            **{name: [said(it) for it in each(getattr(one, field))] for field, name in VARIABLES.items()},
        )

    def _taxon(self, organism: Any) -> Ref:
        identity = term_id(organism.id) if isinstance(organism, Term) and organism.id else ""
        label = said(organism)
        if (identity, label) not in self.taxa:
            wanted = "NCBI:txid" + identity.removeprefix(TAXA)
            is_taxon = identity.startswith(TAXA) and identity.removeprefix(TAXA).isdigit()
            found = COMMON_NAME.fullmatch(label)
            self.taxa[identity, label] = self.graph.put(
                wanted if is_taxon and wanted not in self.graph.nodes else fragment(f"taxon-{len(self.taxa) + 1}"),
                "Taxon",
                scientificName=found[1] if found else label,
                commonName=found[2] if found else "",
                identifier=identity,
            )
        return self.taxa[identity, label]

    def _sample(self, one: Sample) -> Ref | None:
        """Give a specimen of the archive; it needs both what was prepared and how."""
        biosample, specimen = self.biosamples.get(one.biosample or ""), self.specimens.get(one.specimen or "")
        if not biosample or not specimen:
            return None
        return self.graph.put(
            fragment(one.id),
            "Specimen",
            name=said(one.title),
            biologicalEntity=[biosample],
            imagingPreparationProtocol=[specimen],
            signalChannelInformation=self.signals[one.id],
            experimentalStatus=said(one.experimental_status),
            locationWithinBiosample=said(one.location_within_biosample),
            description=extras(one),
        )

    def _acquisition(self, one: Acquisition) -> Ref:
        told, composed = said(one.acquisition_parameters), _texts.settings(one, self.labels)
        images = self.image_data.get(one.id, "")
        rows = (*one.channels, *one.light_sources, *one.detectors, *one.filters)
        methods = [it for it in each(one.imaging_method) if said(it)]
        ids = [term_id(it.id) if isinstance(it, Term) and it.id else "" for it in methods]
        return self.graph.put(
            fragment(one.id),
            "ImageAcquisitionProtocol",
            name=self.names[one.id],
            description=lines(
                told,
                composed if composed not in told else "",
                f"Image data: {images}" if images and images not in told else "",
                *map(extras, rows),
                extras(one),
            )
            or UNKNOWN,
            imagingInstrumentDescription=_texts.instrument(one) or UNKNOWN,
            imagingMethodName=[
                said(it) if not held or held.startswith(FBBI) else words(it)
                for it, held in zip(methods, ids, strict=True)
            ],
            fbbiId=[f"obo:{held}" for held in ids if held.startswith(FBBI)],
        )

    def _method(self, one: Any, kind: str, told: dict[str, str], **properties: Any) -> Ref:
        text = lines(_texts.labelled(one, told), extras(one)) or UNKNOWN
        return self.graph.put(fragment(one.id), kind, name=self.names[one.id], description=text, **properties)

    def _annotation(self, one: Annotation) -> Ref:
        known = {person.id: called(person) for person in self.record.people}
        authors = joined(known.get(author, "") for author in each(one.authors))
        ref = self._method(
            one,
            "AnnotationMethod",
            ANNOTATION,
            annotationCriteria=said(one.criteria),
            annotationCoverage=said(one.coverage),
            methodType=[said(kind) for kind in each(one.annotation_type)],
        )
        node = self.graph.nodes[ref["@id"]]
        node["description"] = lines(node["description"], f"Authors: {authors}" if authors else "")
        return ref

    def dataset(self, one: Component) -> Ref:
        """Add a study component with what its associations name."""
        links, samples = one.associations, {it.id: it for it in self.record.samples}
        used = [samples[link.sample] for link in links if link.sample in samples]
        specimens = unique(self.samples.get(it.id) for it in used)
        return self.graph.put(
            fragment(one.id),
            "Dataset",
            "bia:RembiDataset",
            name=self.names[one.id],
            description=lines(said(one.description), extras(one), *map(extras, links)) or UNKNOWN,
            associatedBiologicalEntity=unique(self.biosamples.get(it.biosample or "") for it in used),
            associatedSpecimenImagingPreparationProtocol=unique(self.specimens.get(it.specimen or "") for it in used),
            associatedSpecimen=specimens[0] if len(specimens) == 1 else None,
            associatedImageAcquisitionProtocol=_named(links, "acquisition", self.acquisitions),
            associatedImageAnalysisMethod=_named(links, "analysis", self.analyses),
            associatedImageCorrelationMethod=_named(links, "correlation", self.correlations),
            associatedProtocol=unique(self.growth.get(it.specimen or "") for it in used),
        )

    def annotated(self, one: Annotation) -> Ref:
        """Add the data set of an annotation's files."""
        method = [self.annotations[one.id]]
        description = said(one.overview) or UNKNOWN
        identity, name = fragment(f"{one.id}-dataset"), self.names[one.id]
        held: dict[str, Any] = {"name": name, "description": description, "associatedAnnotationMethod": method}
        return self.graph.put(identity, "Dataset", "bia:MifaDataset", **held)


def _named(links: Sequence[Association], field: str, refs: dict[str, Ref]) -> list[Ref]:
    return unique(refs.get(getattr(link, field) or "") for link in links)
