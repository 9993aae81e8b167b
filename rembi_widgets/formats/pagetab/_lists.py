"""Which file belongs in which list: one list a study component, one an annotation."""

from __future__ import annotations

from collections import Counter, defaultdict
from functools import cached_property
from typing import TYPE_CHECKING

from rembi_widgets.record import Finding

if TYPE_CHECKING:
    from collections.abc import Iterator

    from rembi_widgets.record import Association, Curation


class Lists:
    """The files of each list, as positions in the table of files.

    Attributes
    ----------
    of
        Id of a component or annotation to its files; no entry without files.
    first
        Position of the first image of each file, ``-1`` for a file that is no image.
    several
        Position of a file of several images to those of all of them.
    links
        One association an image: its own, or the only one of its component; ``None`` where nobody said.
    unlisted
        Files that belong nowhere.
    """

    def __init__(self, record: Curation) -> None:
        self.record = record
        self._parts = {part.id for part in record.components}
        self._homes: dict[str | None, str] = {one.id: p.id for p in record.components for one in p.associations}
        self._file_of = list(map(record.files.index.get, record.images.column("file")))
        self.first, self.several = self._images()
        self.links, self._home_of = self._place_images()
        self.of: dict[str, list[int]] = defaultdict(list)
        self.unlisted: list[int] = []
        self._place_files()

    def _images(self) -> tuple[list[int], dict[int, list[int]]]:
        first = [-1] * len(self.record.files)
        for image in range(len(self._file_of) - 1, -1, -1):
            file = self._file_of[image]
            if file is not None:
                first[file] = image
        several: dict[int, list[int]] = defaultdict(list)
        if len(set(self._file_of)) < len(self._file_of):
            counts = Counter(self._file_of)
            for image, file in enumerate(self._file_of):
                if file is not None and counts[file] > 1:
                    several[file].append(image)
        return first, several

    def images_of(self, file: int) -> list[int]:
        """Give the positions of a file's images."""
        return self.several.get(file) or ([self.first[file]] if self.first[file] >= 0 else [])

    def _place_images(self) -> tuple[list[Association | None], list[str | None]]:
        """Give the association and the component of each image, which belongs where its file does if nobody said."""
        images, component_of = self.record.images, self.record.files.column("component")
        links = {one.id: one for part in self.record.components for one in part.associations}
        only = {part.id: part.associations[0] for part in self.record.components if len(part.associations) == 1}
        parts = [
            part or (component_of[file] if file is not None else None)
            for part, file in zip(images.column("component"), self._file_of, strict=True)
        ]
        found = [
            links.get(named) if named else only.get(part or "")
            for named, part in zip(images.column("association"), parts, strict=True)
        ]
        homes = [self._homes[one.id] if one else part for one, part in zip(found, parts, strict=True)]
        return found, homes

    def _place_files(self) -> None:
        files, parts = self.record.files, self._parts
        annotations = {one.id for one in self.record.annotations}
        columns = (files.column(name) for name in ("path", "made_by", "component"))
        for file, (path, maker, component, image) in enumerate(zip(*columns, self.first, strict=True)):
            if not isinstance(path, str):  # an absence is no path
                continue
            home = self._home_of[image] if image >= 0 else component
            if maker in annotations:
                home = maker
            elif home not in parts or file in self.several:
                home = self._place_file(file, component, maker) if path else None
            if path and home is not None:
                self.of[home].append(file)

    def _place_file(self, file: int, component: str | None, maker: str | None) -> str | None:
        """Place a file whose images stand in several components, or in none; give the first that it belongs in."""
        images = self.images_of(file)
        homes = dict.fromkeys(self._home_of[image] for image in images) if images else {component: None}
        known = [home for home in homes if home in self._parts and home] or self._made_for(file, maker)
        for home in known[1:]:
            self.of[home].append(file)
        if not known:
            self.unlisted.append(file)
        return known[0] if known else None

    def _made_for(self, file: int, maker: str | None) -> list[str]:
        """Give the components a result belongs to: its source image's, else those of all that its maker made."""
        homes = self._of_source(self.record.files.column("source_image")[file])
        if not homes and maker:
            homes = self._of_makers.get(maker, set())
        return [part.id for part in self.record.components if part.id in homes]

    def _of_source(self, source: str | None) -> set[str]:
        image, parent = self.record.images.index.get(source or ""), self.record.files.index.get(source or "")
        images = [image] if image is not None else [] if parent is None else self.images_of(parent)
        return {home for one in images if (home := self._home_of[one]) in self._parts and home}

    @cached_property
    def _of_makers(self) -> dict[str, set[str]]:
        """Give the components whose associations name an analysis or correlation, or whose images it worked on."""
        found: dict[str, set[str]] = defaultdict(set)
        for part in self.record.components:
            for link in part.associations:
                for maker in filter(None, (link.analysis, link.correlation)):
                    found[maker].add(part.id)
        files = self.record.files
        for maker, source in zip(files.column("made_by"), files.column("source_image"), strict=True):
            if maker and source:
                found[maker] |= self._of_source(source)
        return found

    def source(self, ref: str | None) -> str | None:
        """Give the path of the file that a reference to an image or file means."""
        files = self.record.files
        image = self.record.images.index.get(ref or "")
        file = self.record.images.column("file")[image] if image is not None else ref
        place = files.index.get(file or "")
        path = files.column("path")[place] if place is not None else None
        return path if isinstance(path, str) else None

    def findings(self) -> Iterator[Finding]:
        """Give the finding of files that are in no list."""
        if self.unlisted:
            ids, first = self.record.files.ids, self.unlisted[0]
            path = self.record.files.column("path")[first]
            values = {"n": len(self.unlisted), "first": path}
            where = f"/files/{ids[first]}/component"
            yield Finding(level="warning", code="pagetab_unlisted", path=where, values=values, found=path)
