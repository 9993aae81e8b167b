"""The draft's acquisitions: what the headers of a group's images say of how they were taken.

A value that several images give differently is that of most of them; its origin says of how many. Wavelengths are in
nm, the pinhole and the working distance in µm, times in s.
"""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from rembi_widgets.images._draft_rows import header
from rembi_widgets.images._group import channel_key
from rembi_widgets.images._methods import methods
from rembi_widgets.record import Edit, Origin, new_id

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Sequence

    from rembi_widgets.images._group import Group
    from rembi_widgets.images._imagerecord import ImageChannel, ImageRecord

UNITS = {
    "wd_um": "µm",
    "pinhole_um": "µm",
    "excitation_nm": "nm",
    "emission_nm": "nm",
    "wavelength_nm": "nm",
    "exposure_s": "s",
    "time_increment_s": "s",
}
"""Field of a record to the unit of the quantity it becomes."""
FIELDS = {
    "instrument_manufacturer": "instrument.manufacturer",
    "instrument_model": "instrument.model",
    "instrument_type": "instrument.type",
    "instrument_serial": "instrument.serial",
    "software": "software",
    "objective_manufacturer": "objective.manufacturer",
    "objective_model": "objective.model",
    "objective_magnification": "objective.magnification",
    "objective_na": "objective.na",
    "objective_immersion": "objective.immersion",
    "objective_correction": "objective.correction",
    "objective_working_distance": "objective.wd_um",
    "objective_refractive_index": "objective.refractive_index",
    "time_interval": "time_increment_s",
}
"""Field of an acquisition to that of an image record."""
CHANNEL = {
    "name": "name",
    "fluorophore": "fluor",
    "excitation": "excitation_nm",
    "emission": "emission_nm",
    "colour": "color_hex",
    "mode": "acquisition_mode",
    "contrast_method": "contrast_method",
    "illumination": "illumination",
    "exposure_time": "exposure_s",
    "pinhole": "pinhole_um",
}
PARTS = {
    "light_sources": {"kind": "kind", "manufacturer": "manufacturer", "model": "model", "wavelength": "wavelength_nm"},
    "detectors": {"kind": "kind", "manufacturer": "manufacturer", "model": "model"},
    "filters": {"kind": "kind", "model": "model", "description": "description"},
}
"""Rows of an acquisition: field of the row to that of the part."""
_PREFIX = {"channels": "ch", "light_sources": "ls", "detectors": "de", "filters": "fi"}


@dataclass
class _Draft:
    """An acquisition in the making: its value, and by relative path the mark of each part of it."""

    records: Sequence[ImageRecord]
    value: dict[str, Any] = field(default_factory=dict)
    marks: dict[str, Any] = field(default_factory=dict)

    def put(self, into: dict[str, Any], name: str, value: Any, path: str, origin: Origin) -> None:
        into[name] = value
        self.marks[path] = {"confirmed": False, "origin": origin.plain()}

    def origin(self, source: ImageRecord, place: str | None, count: int) -> Origin:
        return Origin(kind="scan", source=source.path, header=place, count=count, of=len(self.records))


def acquisition(identity: str, group: Group, records: Sequence[ImageRecord]) -> Edit:
    """Give the edit that adds the acquisition of a group of images."""
    made = _Draft(records)
    title = Origin(kind="scan", count=group.count, of=group.count)
    made.put(made.value, "title", group.title_in(), "title", title)
    _methods(made)
    for name, of in FIELDS.items():
        found = _most(made, _reader(of))
        if found is not None:
            value, count, source = found
            unit = UNITS.get(of.rpartition(".")[2])
            made.put(made.value, name, _measured(value, unit), name, made.origin(source, header(source, of), count))
    _channels(made)
    for name, columns in PARTS.items():
        _parts(made, name, columns)
    return Edit(op="add", path="/acquisitions", id=identity, value=made.value, marks=made.marks)


def _reader(name: str) -> Callable[[ImageRecord], Any]:
    head, _, tail = name.partition(".")

    def get(record: ImageRecord) -> Any:
        held = getattr(record, head)
        return getattr(held, tail, None) if tail else held

    return get


def _measured(value: Any, unit: str | None) -> Any:
    return value if unit is None else {"number": value, "unit": unit}


def _most(made: _Draft, get: Callable[[ImageRecord], Any]) -> tuple[Any, int, ImageRecord] | None:
    """Give the value that most images have, how many they are, and the first of them; ``None`` if none says any."""
    values = [get(record) for record in made.records]
    counted = Counter(value for value in values if value not in (None, "", ()))
    if not counted:
        return None
    value, count = counted.most_common(1)[0]
    return value, count, made.records[values.index(value)]


def _methods(made: _Draft) -> None:
    first = made.records[0]
    found = methods(first)
    if found:
        terms = [method.term() for method, _ in found]
        place = found[0][1]
        named = header(first, f"channels.{place}", place, "channels")
        origin = made.origin(first, named, len(made.records))
        made.put(made.value, "imaging_method", terms, "imaging_method", origin)


def _channels(made: _Draft) -> None:
    """Channels as the first image orders them; what else they say is that of most images."""
    shown: Counter[tuple[ImageChannel, ...]] = Counter(record.channels for record in made.records)
    source = made.records[0]
    rows = []
    for key, place in _keys(source.channels):
        alike: Counter[ImageChannel] = Counter()
        for channels, count in shown.items():
            alike.update(dict.fromkeys(_twin(channels, key, place), count))
        rows.append(_row(made, "channels", CHANNEL, alike, source))
    if rows:
        made.value["channels"] = rows


def _keys(channels: Iterable[ImageChannel]) -> Iterator[tuple[Any, int]]:
    """Give each channel's key, and which it is among channels of the same key."""
    seen: Counter[Any] = Counter()
    for channel in channels:
        key = channel_key(channel)
        yield key, seen[key]
        seen[key] += 1


def _twin(channels: Sequence[ImageChannel], key: Any, place: int) -> Iterator[ImageChannel]:
    for channel, found in zip(channels, _keys(channels), strict=True):
        if found == (key, place):
            yield channel


def _row(made: _Draft, name: str, columns: dict[str, str], alike: Counter[Any], source: ImageRecord) -> dict[str, Any]:
    """Give a row of the acquisition; ``alike`` counts the parts of images that it stands for."""
    row: dict[str, Any] = {"id": new_id(_PREFIX[name])}
    for column, of in columns.items():
        counted: Counter[Any] = Counter()
        for part, count in alike.items():
            if getattr(part, of) not in (None, ""):
                counted[getattr(part, of)] += count
        if counted:
            value, count = counted.most_common(1)[0]
            origin = made.origin(source, header(source, f"{name}.{of}", name), count)
            made.put(row, column, _measured(value, UNITS.get(of)), f"{name}/{row['id']}/{column}", origin)
    return row


def _parts(made: _Draft, name: str, columns: dict[str, str]) -> None:
    """Light sources, detectors and filters as most images name them, each once."""
    found = _most(made, _reader(name))
    if found is None:
        return
    parts, count, source = found
    told: dict[Any, Any] = {}
    for part in parts:
        told.setdefault(tuple(getattr(part, of) for of in columns.values()), part)
    rows = [_row(made, name, columns, Counter({part: count}), source) for said, part in told.items() if any(said)]
    if rows:
        made.value[name] = rows
