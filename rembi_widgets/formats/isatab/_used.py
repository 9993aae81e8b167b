"""What of a record goes into its ISA-Tab: images with an association, what they lead to, and what is left out.

Each image points to one association: by itself, or by its component if that has only one. A file made by an analysis, a
correlation or an annotation is derived data, unless a person gave its image an association. What nothing uses is not
written.
"""

from __future__ import annotations

from array import array
from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cached_property
from itertools import compress
from typing import TYPE_CHECKING, Any, cast

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from rembi_widgets.record import (
        Acquisition,
        Analysis,
        Annotation,
        Association,
        Biosample,
        Component,
        Correlation,
        Curation,
        Entity,
        Sample,
        Specimen,
    )

    Maker = Analysis | Annotation | Correlation

MAKERS = {"analyses": "analysis", "correlations": "correlation", "annotations": "annotation"}
"""Collections that make files, and the word for one of them."""


@dataclass
class Derived:
    """The rows of one analysis, correlation or annotation.

    Attributes
    ----------
    own
        Pairs of an image and a file made of it, as positions in the tables.
    files
        Files that name no image they were made of.
    images
        Images that an association says were used, without a file of their own.
    """

    collection: str
    entity: Maker
    own: list[tuple[int, int]] = field(default_factory=list)
    files: list[int] = field(default_factory=list)
    images: list[int] = field(default_factory=list)

    @property
    def is_written(self) -> bool:
        """Tell whether there is a row to write: an image at least."""
        return bool(self.own or self.images)


def _by_id(entities: Iterable[Any]) -> dict[str, Any]:
    return {entity.id: entity for entity in entities}


class Links(Mapping[int, "Association"]):
    """Position of an image to its association, of which there are as many as images or nearly.

    Parameters
    ----------
    count
        Number of images.
    """

    def __init__(self, count: int) -> None:
        self._held: list[Association | None] = [None] * count

    def put(self, image: int, association: Association) -> None:
        """Give an image its association."""
        self._held[image] = association

    def __getitem__(self, image: int) -> Association:
        found = self._held[image] if 0 <= image < len(self._held) else None
        if found is None:
            raise KeyError(image)
        return found

    def __iter__(self) -> Iterator[int]:
        return (image for image, found in enumerate(self._held) if found is not None)

    def __len__(self) -> int:
        return len(self._held) - self._held.count(None)

    def each(self) -> Iterator[Association]:
        """Give the association of each image that has one."""
        return filter(None, self._held)

    def of(self, images: Iterable[int]) -> list[Association]:
        """Give the associations of images that have one."""
        return cast("list[Association]", list(map(self._held.__getitem__, images)))

    def among(self, values: Iterable[str]) -> Iterator[str]:
        """Give those of one value an image of which the image has an association."""
        return compress(values, self._held)


class Used:
    """What a record's ISA-Tab is made of.

    Attributes
    ----------
    rows
        Component id to the positions of its images.
    links
        Position of an image to its association.
    left_out
        Why an image is left out, to the positions of those that are.
    """

    def __init__(self, record: Curation) -> None:
        self.record = record
        self.samples: Mapping[str, Sample] = _by_id(record.samples)
        self.biosamples: Mapping[str, Biosample] = _by_id(record.biosamples)
        self.specimens: Mapping[str, Specimen] = _by_id(record.specimens)
        self.acquisitions: Mapping[str, Acquisition] = _by_id(record.acquisitions)
        self.paths = record.files.column("path")
        self.rows: dict[str, array[int]] = {component.id: array("I") for component in record.components}
        self.links = Links(len(record.images))
        self.left_out: dict[str, list[int]] = defaultdict(list)
        self._place_images()
        self.derived = {one.entity.id: one for one in self._makers()}
        self._place_files()
        self._place_linked()

    def _makers(self) -> Iterable[Derived]:
        for collection in MAKERS:
            for entity in getattr(self.record, collection):
                yield Derived(collection, entity)

    @cached_property
    def makers(self) -> frozenset[str]:
        """The ids that a file may be made by."""
        return frozenset(entity.id for name in MAKERS for entity in getattr(self.record, name))

    @cached_property
    def file_of(self) -> Sequence[int | None]:
        """Position of each image's file."""
        files, named = self.record.files, self.record.images.column("file")
        if named == files.ids:  # an image a file
            return range(len(named))
        return [files.index.get(row) for row in named]

    @cached_property
    def images_of(self) -> dict[int, list[int]]:
        """Position of a file to those of its images."""
        found: dict[int, list[int]] = defaultdict(list)
        for image, file in enumerate(self.file_of):
            if file is not None:
                found[file].append(image)
        return found

    def _place_images(self) -> None:
        images, files = self.record.images, self.record.files
        homes = {one.id: (component, one) for component in self.record.components for one in component.associations}
        only = {c.id: c.associations[0].id for c in self.record.components if len(c.associations) == 1}
        component_of, made_by = files.column("component"), files.column("made_by")
        rows = zip(images.column("association"), images.column("component"), self.file_of, strict=True)
        for image, (association, component, file) in enumerate(rows):
            if file is None or not self.paths[file]:
                self.left_out["images_without_file"].append(image)
            elif association is not None or made_by[file] not in self.makers:
                home = homes.get(association or only.get(component or component_of[file], ""))
                self._place_image(image, home)

    def _place_image(self, image: int, home: tuple[Component, Association] | None) -> None:
        if home is None:
            self.left_out["images_without_association"].append(image)
        elif home[1].sample not in self.samples:
            self.left_out["images_without_sample"].append(image)
        else:
            self.rows[home[0].id].append(image)
            self.links.put(image, home[1])

    def _place_files(self) -> None:
        files = self.record.files
        columns = zip(files.column("made_by"), files.column("source_image"), self.paths, strict=True)
        for file, (maker, source, path) in enumerate(columns):
            if maker not in self.derived or not path:
                continue
            images = self._sources(source)
            known = [image for image in images if image in self.links]
            self.derived[maker].own += [(image, file) for image in known]
            if not known:
                self.derived[maker].files.append(file)

    def _sources(self, source: str | None) -> list[int]:
        if source is None:
            return []
        image, file = self.record.images.index.get(source), self.record.files.index.get(source)
        return [image] if image is not None else self.images_of.get(-1 if file is None else file, [])

    def _place_linked(self) -> None:
        done = {identity: {image for image, _ in one.own} for identity, one in self.derived.items()}
        for image, association in self.links.items() if done else ():
            for identity in (association.analysis, association.correlation):
                if identity in self.derived and image not in done[identity]:
                    self.derived[identity].images.append(image)
        for one in self.derived.values():
            if one.own and one.files and not one.images:
                one.images = list(dict.fromkeys(image for image, _ in one.own))

    def associations(self) -> Iterable[Association]:
        """Give all associations of all components."""
        return (one for component in self.record.components for one in component.associations)

    def idle_associations(self) -> Iterable[tuple[Component, list[Association]]]:
        """Give the components that are written with those of their associations that no image has, if there are any."""
        busy = {one.id for one in self.links.each()}
        for component in self.record.components:
            idle = [one for one in component.associations if one.id not in busy]
            if idle and self.rows[component.id]:
                yield component, idle

    @cached_property
    def used_samples(self) -> list[Sample]:
        """The samples that an association names, in the record's order."""
        named = {one.sample for one in self.associations()}
        return [sample for sample in self.record.samples if sample.id in named]

    @cached_property
    def used(self) -> frozenset[str]:
        """The ids of all entities that are written."""
        ids = {sample.id for sample in self.used_samples}
        ids |= {ref for sample in self.used_samples for ref in (sample.biosample, sample.specimen) if ref}
        ids |= {link.acquisition for link in self.links.each() if link.acquisition}
        ids |= {identity for identity, one in self.derived.items() if one.is_written}
        ids |= {ref for person in self.record.people for ref in refs(person.affiliations)}
        return frozenset(ids | {component for component, rows in self.rows.items() if rows})

    @cached_property
    def used_acquisitions(self) -> list[Acquisition]:
        """The acquisitions that took an image that is written."""
        return [one for one in self.record.acquisitions if one.id in self.used]

    @cached_property
    def written_derived(self) -> list[Derived]:
        """The analyses, correlations and annotations that have rows, in this order."""
        return [one for one in self.derived.values() if one.is_written]

    def unused(self, collection: str) -> list[Entity]:
        """Give the entities of a collection that are not written."""
        return [entity for entity in getattr(self.record, collection) if entity.id not in self.used]

    def unused_files(self) -> list[int]:
        """Give the positions of files that no row names, nor an image that is left out."""
        if isinstance(self.file_of, range) and len(self.links) == len(self.file_of):
            return []
        named = {self.file_of[image] for image in self.links}
        for one in self.written_derived:
            named |= {file for _, file in one.own} | set(one.files)
        named |= {self.file_of[image] for images in self.left_out.values() for image in images}
        return [file for file in range(len(self.paths)) if file not in named]


def refs(value: Any) -> tuple[str, ...]:
    """Give the ids of a field of references, none where it is absent."""
    return value if isinstance(value, tuple) else ()
