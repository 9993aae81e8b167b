"""The record: REMBI's eight modules and MIFA's annotations, in the grain of the BioImage Archive's v5 sections.

Sources: REMBI (Sarkans et al., Nature Methods 2021, doi 10.1038/s41592-021-01166-8), MIFA (Nature Methods 2025,
doi 10.1038/s41592-025-02835-8), the submission template BioImages.v5. What each field means, in both languages, stands
in the guide; a test holds that the guide and these classes name the same fields.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated, Any

from pydantic import ConfigDict, Field, PlainSerializer, PlainValidator, model_validator

from rembi_widgets.record._alike import share
from rembi_widgets.record._base import (
    Flag,
    Frozen,
    Mark,
    Measure,
    Number,
    OneTerm,
    Ref,
    Refs,
    Terms,
    Text,
    Texts,
)
from rembi_widgets.record._table import Table


class Entity(Frozen):
    """Something with an id that others can refer to; no slash in it, as ids are parts of paths."""

    id: str = Field(pattern="^[^/]+$")


class Setup(Frozen):
    """What the curation is about and where it should go; it decides which questions come first."""

    imaging: Texts = ()
    targets: Texts = ()


class Study(Frozen):
    """The study: REMBI's module Study without people, publications, grants and links, which are lists of their own."""

    title: Text = None
    description: Text = None
    study_type: Terms = ()
    keywords: Texts = ()
    license: Text = None
    accession: Text = None
    submission_date: Text = None
    release_date: Text = None
    ethics_statement: Text = None
    acknowledgements: Text = None
    funding_statement: Text = None
    ai_models_trained: Texts = ()
    version: Text = None
    version_timestamp: Text = None
    version_changes: Text = None
    previous_version: Text = None


class Person(Entity):
    """Somebody who contributed."""

    first_name: Text = None
    last_name: Text = None
    email: Text = None
    orcid: Text = None
    roles: Terms = ()
    affiliations: Refs = ()


class Organisation(Entity):
    """An employer or facility."""

    title: Text = None
    ror: Text = None
    address: Text = None


class Publication(Entity):
    """A paper or preprint about the study."""

    title: Text = None
    authors: Text = None
    doi: Text = None
    pubmed_id: Text = None
    year: Text = None
    status: Text = None


class Grant(Entity):
    """What paid for the work."""

    funder: Text = None
    grant_id: Text = None


class Link(Entity):
    """Something elsewhere that belongs to the study."""

    url: Text = None
    description: Text = None


class Variable(Entity):
    """Something varied on purpose, and its value for this biosample."""

    name: Text = None
    value: Text = None


class Biosample(Entity):
    """What was imaged, before it was prepared: REMBI's module Biosample. ``title`` is its identity."""

    title: Text = None
    organism: Terms = ()
    biological_entity: Terms = ()
    description: Text = None
    intrinsic_variable: Texts = ()
    extrinsic_variable: Texts = ()
    experimental_variable: tuple[Variable, ...] = ()


class Specimen(Entity):
    """A preparation, which any number of biosamples may share."""

    title: Text = None
    preparation_method: Text = None
    preparation_terms: Terms = ()
    preparation_url: Text = None
    growth_protocol: Text = None
    growth_medium: Text = None


class Label(Entity):
    """What makes a channel bright (``content``) and what it marks (``biological_entity``)."""

    content: OneTerm = None
    biological_entity: OneTerm = None


class Sample(Entity):
    """One biosample in one preparation: what lies under the microscope. It becomes the ISA Sample Name."""

    title: Text = None
    biosample: Ref = None
    specimen: Ref = None
    experimental_status: Text = None
    location_within_biosample: Text = None
    signal_contrast_mechanism: Terms = ()
    labels: tuple[Label, ...] = ()


class Detector(Entity):
    """A camera or point detector."""

    kind: Text = None
    manufacturer: Text = None
    model: Text = None


class LightSource(Entity):
    """A laser, lamp or diode; wavelength in nm."""

    kind: Text = None
    manufacturer: Text = None
    model: Text = None
    wavelength: Measure = None


class Filter(Entity):
    """A filter, dichroic or filter cube."""

    kind: Text = None
    model: Text = None
    description: Text = None


class Channel(Entity):
    """A channel of the acquisition; ``label`` refers to a label of a sample."""

    name: Text = None
    label: Ref = None
    fluorophore: Text = None
    excitation: Measure = None
    emission: Measure = None
    colour: Text = None
    mode: Text = None
    contrast_method: Text = None
    illumination: Text = None
    exposure_time: Measure = None
    pinhole: Measure = None


class Acquisition(Entity):
    """How images were taken: REMBI's module Image acquisition, with the imaging method where v5 has it."""

    title: Text = None
    imaging_method: Terms = ()
    instrument_manufacturer: Text = None
    instrument_model: Text = None
    instrument_type: Text = None
    instrument_serial: Text = None
    instrument_description: Text = None
    software: Text = None
    objective_manufacturer: Text = None
    objective_model: Text = None
    objective_magnification: Number = None
    objective_na: Number = None
    objective_immersion: Text = None
    objective_correction: Text = None
    objective_working_distance: Measure = None
    objective_refractive_index: Number = None
    channels: tuple[Channel, ...] = ()
    light_sources: tuple[LightSource, ...] = ()
    detectors: tuple[Detector, ...] = ()
    filters: tuple[Filter, ...] = ()
    time_interval: Measure = None
    temperature: Measure = None
    accelerating_voltage: Measure = None
    electron_dose: Measure = None
    tilt_range: Text = None
    tilt_increment: Measure = None
    photon_energy: Measure = None
    acquisition_parameters: Text = None


class Correlation(Entity):
    """How images of several modalities are brought together: REMBI's module Image correlation."""

    title: Text = None
    alignment: Text = None
    fiducials_used: Text = None
    transformation_matrix: Text = None
    related_images: Text = None


class Analysis(Entity):
    """What was computed from the images: REMBI's module Analyzed data."""

    title: Text = None
    result_type: Terms = ()
    data_used: Text = None
    method: Text = None
    software: Text = None


class Annotation(Entity):
    """Annotations made on the images, after MIFA."""

    title: Text = None
    overview: Text = None
    annotation_type: Texts = ()
    method: Text = None
    criteria: Text = None
    coverage: Text = None
    confidence_level: Text = None
    authors: Refs = ()


class Association(Entity):
    """One line of a component: this sample was imaged by this acquisition."""

    sample: Ref = None
    acquisition: Ref = None
    correlation: Ref = None
    analysis: Ref = None


class Component(Entity):
    """Images that belong together: REMBI's module Study component."""

    title: Text = None
    description: Text = None
    associations: tuple[Association, ...] = ()


class FileRow(Frozen):
    """Columns of the table of files: one row a file, or a directory listed as one."""

    path: Text = None
    kind: Text = None
    size_bytes: Number = None
    mtime: Number = None
    format: Text = None
    sha256: Text = None
    role: Text = None
    component: Ref = None
    made_by: Ref = None
    source_image: Ref = None
    annotation_type: Text = None
    spatial_information: Text = None
    transformations: Text = None
    creation_time: Text = None
    message: Text = None


class ImageRow(Frozen):
    """Columns of the table of images: one row an image. Sizes in pixels, pixel sizes in µm, times in s."""

    file: Ref = None
    scene_index: Number = None
    scene_name: Text = None
    component: Ref = None
    association: Ref = None
    group: Text = None
    size_x: Number = None
    size_y: Number = None
    size_z: Number = None
    size_c: Number = None
    size_t: Number = None
    dim_order: Text = None
    pixel_type: Text = None
    pixel_size_x: Number = None
    pixel_size_y: Number = None
    pixel_size_z: Number = None
    time_increment: Number = None
    acquired_at: Text = None
    instrument: Text = None
    objective: Text = None
    channel_names: Text = None
    image_type: Text = None
    image_format: Text = None
    compression: Text = None
    size_description: Text = None
    channel_information: Text = None
    processing_method: Text = None
    contrast_inversion: Flag = None
    qc_info: Text = None
    plate: Text = None
    well: Text = None
    field: Text = None
    description: Text = None


def _no_table(value: Any) -> Table:
    if not isinstance(value, Table):
        msg = "a table is held by column"
        raise TypeError(msg)
    return value


if TYPE_CHECKING:
    Rows = Table
else:  # pydantic would look into the table's columns, which are checked when edits are applied
    Rows = Annotated[Any, PlainValidator(_no_table), PlainSerializer(Table.plain)]


class Curation(Frozen):
    """The whole record of one study. Immutable: changes give another one."""

    model_config = ConfigDict(frozen=True, extra="allow", arbitrary_types_allowed=True)

    setup: Setup = Field(default_factory=Setup.model_construct)
    study: Study = Field(default_factory=Study.model_construct)
    people: tuple[Person, ...] = ()
    organisations: tuple[Organisation, ...] = ()
    publications: tuple[Publication, ...] = ()
    grants: tuple[Grant, ...] = ()
    links: tuple[Link, ...] = ()
    biosamples: tuple[Biosample, ...] = ()
    specimens: tuple[Specimen, ...] = ()
    samples: tuple[Sample, ...] = ()
    acquisitions: tuple[Acquisition, ...] = ()
    correlations: tuple[Correlation, ...] = ()
    analyses: tuple[Analysis, ...] = ()
    annotations: tuple[Annotation, ...] = ()
    components: tuple[Component, ...] = ()
    files: Rows = Field(default_factory=Table)
    images: Rows = Field(default_factory=Table)
    marks: dict[str, Mark] = Field(default_factory=dict)

    @model_validator(mode="after")
    def _share(self) -> Curation:
        for name in COLLECTIONS:
            share(getattr(self, name), frozenset(ROWS))
        return self


SINGLETONS = ("setup", "study")
TABLES: dict[str, type[Frozen]] = {"files": FileRow, "images": ImageRow}
PREFIXES = {
    "people": "pe",
    "organisations": "or",
    "publications": "pu",
    "grants": "gr",
    "links": "li",
    "biosamples": "bs",
    "specimens": "sp",
    "samples": "sa",
    "acquisitions": "ac",
    "correlations": "co",
    "analyses": "an",
    "annotations": "at",
    "components": "sc",
    "files": "fl",
    "images": "im",
    "experimental_variable": "va",
    "labels": "lb",
    "channels": "ch",
    "detectors": "de",
    "light_sources": "ls",
    "filters": "fi",
    "associations": "as",
}
"""Collection, or rows field of an entity, to the prefix of its ids."""
COLLECTIONS: dict[str, type[Entity]] = {
    "people": Person,
    "organisations": Organisation,
    "publications": Publication,
    "grants": Grant,
    "links": Link,
    "biosamples": Biosample,
    "specimens": Specimen,
    "samples": Sample,
    "acquisitions": Acquisition,
    "correlations": Correlation,
    "analyses": Analysis,
    "annotations": Annotation,
    "components": Component,
}
ROWS: dict[str, type[Entity]] = {
    "experimental_variable": Variable,
    "labels": Label,
    "channels": Channel,
    "detectors": Detector,
    "light_sources": LightSource,
    "filters": Filter,
    "associations": Association,
}
