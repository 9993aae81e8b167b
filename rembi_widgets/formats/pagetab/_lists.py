"""Which file belongs in which list: one list a study component, one an annotation."""

from __future__ import annotations

from collections import defaultdict
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
    images
        Position of a file to those of its images.
    links
        One association an image: its own, or the only one of its component; ``None`` where nobody said.
    unlisted
        Files that belong nowhere.
    """

    def __init__(self, record: Curation) -> None:
        self.record = record
        self._parts = {part.id for part in record.components}
        self._homes: dict[str | None, str] = {one.id: p.id for p in record.components for one in p.associations}
        self.images: dict[int, list[int]] = defaultdict(list)
        self.links: list[Association | None] = []
        self._home_of: list[str | None] = []
        self._place_images()
        self.of: dict[str, list[int]] = defaultdict(list)
        self.unlisted: list[int] = []
        self._place_files()

    def _place_images(self) -> None:
        images, files = self.record.images, self.record.files
        links = {one.id: one for part in self.record.components for one in part.associations}
        only = {part.id: part.associations[0] for part in self.record.components if len(part.associations) == 1}
        place_of, component_of = files.index, files.column("component")
        rows = zip(images.column("file"), images.column("association"), images.column("component"), strict=True)
        for image, (file, association, component) in enumerate(rows):
            place = place_of.get(file)
            if place is not None:
                self.images[place].append(image)
                component = component or component_of[place]  # noqa: PLW2901 - an image belongs where its file does
            link = links.get(association) if association else only.get(component)
            self.links.append(link)
            self._home_of.append(self._homes[link.id] if link else component)

    def _place_files(self) -> None:
        files = self.record.files
        annotations = {one.id for one in self.record.annotations}
        rows = zip(files.column("path"), files.column("made_by"), files.column("component"), strict=True)
        for file, (path, maker, component) in enumerate(rows):
            if not path:
                continue
            if maker in annotations:
                self.of[maker].append(file)
                continue
            images = self.images.get(file)
            homes = [self._home_of[image] for image in images] if images else [component]
            known = [home for home in dict.fromkeys(homes) if home in self._parts] or self._made_for(file, maker)
            for home in known:
                if home is not None:
                    self.of[home].append(file)
            if not known:
                self.unlisted.append(file)

    def _made_for(self, file: int, maker: str | None) -> list[str | None]:
        """Give the components a result belongs to: its source image's, or those whose associations name its maker."""
        source = self.record.files.column("source_image")[file]
        image, parent = self.record.images.index.get(source), self.record.files.index.get(source)
        images = [image] if image is not None else self.images.get(-1 if parent is None else parent, [])
        homes = {self._home_of[one] for one in images} & self._parts
        if not homes and maker:
            links = ((one, part) for part in self.record.components for one in part.associations)
            homes = {part.id for one, part in links if maker in {one.analysis, one.correlation}}
        return [part.id for part in self.record.components if part.id in homes]

    def source(self, ref: str | None) -> str | None:
        """Give the path of the file that a reference to an image or file means."""
        files = self.record.files
        image = self.record.images.index.get(ref or "")
        file = self.record.images.column("file")[image] if image is not None else ref
        place = files.index.get(file or "")
        path: str | None = files.column("path")[place] if place is not None else None
        return path

    def findings(self) -> Iterator[Finding]:
        """Give the finding of files that are in no list."""
        if self.unlisted:
            ids, first = self.record.files.ids, self.unlisted[0]
            path = self.record.files.column("path")[first]
            values = {"n": len(self.unlisted), "first": path}
            where = f"/files/{ids[first]}/component"
            yield Finding(level="warning", code="pagetab.unlisted", path=where, values=values, found=path)
