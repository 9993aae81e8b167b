"""What a curation knows already of the files and images of a scan, and the row ids of what it does not."""

from __future__ import annotations

from functools import cached_property
from typing import TYPE_CHECKING

from rembi_widgets.images._decisions import decided
from rembi_widgets.record import PREFIXES, new_id
from rembi_widgets.systems import composed

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from rembi_widgets.images._group import Group
    from rembi_widgets.images._scan import Scan
    from rembi_widgets.record import Curation, Table


def same(path: str) -> str:
    """Give the form in which paths are compared: NFC, as macOS and Linux write one name in two ways."""
    return composed(path)


def folder_of(path: str) -> str:
    """Give the folder a path lies in, "" for the dataset itself."""
    return path.rpartition("/")[0]


class Known:
    """A scan beside a curation.

    Attributes
    ----------
    file_rows, image_rows
        Row id of each file and image of the scan, in the scan's order; known ones keep theirs.
    """

    def __init__(self, scan: Scan, record: Curation) -> None:
        self.scan = scan
        self.record = record
        files = record.files
        self.file_rows = _rows("files", files, _found(files, [file.path for file in scan.files]))
        self.row_of = {file.path: row for file, row in zip(scan.files, self.file_rows, strict=True)}
        held = record.images
        scenes = zip(held.ids, held.column("file"), held.column("scene_index"), strict=True)
        images = {(file, scene or 0): row for row, file, scene in scenes}
        wanted = ((self.row_of[image.path], image.scene_index) for image in scan.images)
        self.image_rows = _rows("images", held, (images.get(key) for key in wanted))

    @cached_property
    def groups(self) -> tuple[Group, ...]:
        """The group of each image of the scan, in the scan's order, as the person wants them."""
        groups = decided(self.scan.groups, self.scan.images, self.image_rows, self.record)
        by_place = {place: group for group in groups for place in group.images}
        return tuple(by_place[place] for place in range(len(self.scan.images)))

    @cached_property
    def group_keys(self) -> Mapping[str, str]:
        """The group's key of each image of the curation: as this scan finds it, else as it was."""
        images = self.record.images
        held = dict(zip(images.ids, images.column("group"), strict=True))
        found = zip(self.image_rows, (group.key for group in self.groups), strict=True)
        return {**held, **{row: key for row, key in found if row in held}}

    def is_known(self, image: int) -> bool:
        """Tell whether the curation has an image of the scan already."""
        return self.image_rows[image] in self.record.images


def _found(files: Table, paths: Sequence[str]) -> Iterator[str | None]:
    """Give the row of each path, ``None`` if it is new; the very same path first: two may be equal in NFC."""
    exact = {path: row for row, path in zip(files.ids, files.column("path"), strict=True) if path}
    there = set(paths)
    equal = {same(path): row for path, row in exact.items() if path not in there}
    for path in paths:
        yield exact[path] if path in exact else equal.pop(same(path), None)


def _rows(table: str, held: Table, found: Iterable[str | None]) -> tuple[str, ...]:
    prefix, taken = PREFIXES[table], set(held.ids)
    rows = []
    for row in found:
        if row is None:
            row = new_id(prefix, taken)  # noqa: PLW2901 - the row that was missing
            taken.add(row)
        rows.append(row)
    return tuple(rows)
