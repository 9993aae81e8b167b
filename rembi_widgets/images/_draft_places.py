"""The draft's study components and acquisitions: where each image of a scan belongs.

A new image joins the component that images of its group and folder are in already. Else a component is proposed for
its group in its top-level folder, with one line: this acquisition, and the sample if the study has exactly one.
"""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING, Any

from rembi_widgets.images._draft_acquisition import acquisition
from rembi_widgets.images._draft_known import folder_of, same
from rembi_widgets.images._draft_rows import SCAN
from rembi_widgets.locale import text
from rembi_widgets.record import Edit, Mark, new_id, plain

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from rembi_widgets.images._draft_known import Known
    from rembi_widgets.images._group import Group
    from rembi_widgets.record import Component

UNCONFIRMED = plain(Mark(confirmed=False, origin=SCAN))


class Places:
    """The component and association of each image of a scan.

    Attributes
    ----------
    edits
        The components and acquisitions that are new.
    components, associations
        Ids by image, in the scan's order; ``None`` for images the curation knows already.
    component_of_file
        Path to the component of its images.
    """

    def __init__(self, known: Known) -> None:
        self._known = known
        self._components = {component.id: component for component in known.record.components}
        self._homes = self._known_homes()
        self._acquisitions = self._known_acquisitions()
        self._lines = {identity: _only_line(component) for identity, component in self._components.items()}
        self._lines_by_group = self._known_lines()
        self._new_acquisitions: list[Edit] = []
        self._new_components: list[Edit] = []
        self._crowded = self._crowded_folders()
        self.component_of_file: dict[str, str] = {}
        self.components: list[str | None] = []
        self.associations: list[str | None] = []
        for place, image in enumerate(known.scan.images):
            home = None if known.is_known(place) else self._home(image.path, known.groups[place])
            self.components.append(home)
            self.associations.append(None if home is None else self._line_of(home, known.groups[place]))
            if home is not None:
                self.component_of_file.setdefault(image.path, home)

    @property
    def edits(self) -> list[Edit]:
        """What is to be added: acquisitions first, components refer to them."""
        return [*self._new_acquisitions, *self._new_components]

    def _known_homes(self) -> dict[tuple[str, str], str]:
        """Give the component of known images by folder and group: by their own folder, and by the top-level one."""
        seen: dict[tuple[str, str], Counter[str]] = {}
        for row, path, component in self._known_images():
            if component in self._components:
                key = self._known.group_keys[row]
                for folder in {f"{folder_of(path)}/", _top(path)}:
                    seen.setdefault((same(folder), key), Counter())[component] += 1
        return {where: found.most_common(1)[0][0] for where, found in seen.items()}

    def _known_images(self) -> Iterable[tuple[str, str, str]]:
        record = self._known.record
        images, path = record.images, record.files.value
        for row, file, component in zip(images.ids, images.column("file"), images.column("component"), strict=True):
            if component and file:
                yield row, str(path(file, "path") or ""), component

    def _known_acquisitions(self) -> dict[str, str]:
        """Give the acquisition of known images by group."""
        record = self._known.record
        images, taken = record.images, {item.id for item in record.acquisitions}
        found: dict[str, Counter[str]] = {}
        for row, component, line in zip(
            images.ids, images.column("component"), images.column("association"), strict=True
        ):
            named = _acquisition_of(self._components.get(component), line)
            if named in taken:
                found.setdefault(self._known.group_keys[row], Counter())[str(named)] += 1
        return {key: counted.most_common(1)[0][0] for key, counted in found.items()}

    def _known_lines(self) -> dict[tuple[str, str], str]:
        """Give the line that leads most known images of a component and group: a split group has one of its own."""
        images = self._known.record.images
        found: dict[tuple[str, str], Counter[str]] = {}
        for row, component, line in zip(
            images.ids, images.column("component"), images.column("association"), strict=True
        ):
            if component and line:
                found.setdefault((component, self._known.group_keys[row]), Counter())[line] += 1
        return {where: counted.most_common(1)[0][0] for where, counted in found.items()}

    def _line_of(self, home: str, group: Group) -> str | None:
        line = self._lines_by_group.get((home, group.key))
        there = {line.id for line in self._components[home].associations} if home in self._components else set()
        return line if line in there else self._lines.get(home)

    def _crowded_folders(self) -> frozenset[str]:
        """Give the top-level folders whose images are of several groups."""
        groups: dict[str, set[str]] = {}
        for image, group in zip(self._known.scan.images, self._known.groups, strict=True):
            groups.setdefault(_top(image.path), set()).add(group.key)
        return frozenset(folder for folder, keys in groups.items() if len(keys) > 1)

    def _home(self, path: str, group: Group) -> str:
        for folder in (f"{folder_of(path)}/", _top(path)):
            home = self._homes.get((same(folder), group.key))
            if home is not None:
                return home
        top = _top(path)
        home = self._homes[same(top), group.key] = self._component(top, group)
        return home

    def _component(self, top: str, group: Group) -> str:
        name = top or self._known.scan.folder.name
        given = self._waiting(name)
        if given is not None:
            return self._adopted(given, group)
        title = text("scan.component", None, folder=name, group=group.title_in()) if top in self._crowded else name
        identity, line = new_id("sc", self._components), new_id("as")
        value = {"title": _said(title), "associations": [{"id": line, **self._line(group)}]}
        names = ["title", *(f"associations/{line}/{name}" for name in self._line(group))]
        marks = dict.fromkeys(names, UNCONFIRMED)
        added = Edit(op="add", path="/components", id=identity, value=value, marks=marks, origin=SCAN)
        self._new_components.append(added)
        self._lines[identity] = line
        return identity

    def _waiting(self, name: str) -> Component | None:
        """Find a component of a folder's name that has no images yet: somebody made it for them."""
        used = set(self._homes.values())
        free = (component for component in self._components.values() if component.id not in used)
        return next((component for component in free if same(str(component.title or "")) == same(name)), None)

    def _adopted(self, component: Component, group: Group) -> str:
        """Use a component that is there; only a line that lacks its acquisition, or the missing line, is proposed."""
        path = f"/components/{component.id}/associations"
        lacking = [line for line in component.associations if not line.acquisition]
        for line in lacking:
            named = self._acquisition(group)
            self._new_components.append(Edit(op="set", path=f"{path}/{line.id}/acquisition", value=named, origin=SCAN))
        if not component.associations:
            fresh = new_id("as")
            self._new_components.append(Edit(op="add", path=path, id=fresh, value=self._line(group), origin=SCAN))
            self._lines[component.id] = fresh
        return component.id

    def _line(self, group: Group) -> dict[str, Any]:
        samples = self._known.record.samples
        sample = {"sample": samples[0].id} if len(samples) == 1 else {}
        return {**sample, "acquisition": self._acquisition(group)}

    def _acquisition(self, group: Group) -> str:
        if group.key not in self._acquisitions:
            identity = new_id("ac", self._acquisitions.values())
            records = [self._known.scan.images[place] for place in group.images]
            self._new_acquisitions.append(acquisition(identity, group, records))
            self._acquisitions[group.key] = identity
        return self._acquisitions[group.key]


def _top(path: str) -> str:
    return path.partition("/")[0] if "/" in path else ""


def _said(name: str) -> str:
    """Give a folder's name as text; bytes that are no text become a mark."""
    return name.encode("utf-8", "surrogateescape").decode("utf-8", "replace")


def _only_line(component: Component) -> str | None:
    return component.associations[0].id if len(component.associations) == 1 else None


def _acquisition_of(component: Component | None, line: Any) -> str | None:
    lines: Mapping[str, str | None] = (
        {item.id: item.acquisition for item in component.associations} if component else {}
    )
    return lines.get(line) or (next(iter(lines.values())) if len(lines) == 1 else None)
