"""Rolling thousands of images up into a few groups, each of them one image acquisition.

Images belong together if their headers agree on the microscope's make and model; the objective's model, numerical
aperture, magnification and immersion; the channels (dye or name, excitation and emission to 1 nm, mode), in any
order; the pixel size in x and y to three significant digits; and whether they are z-stacks and time series. What a
header does not say is a value of its own: an image without a pixel size never joins a group that has one.
"""

from __future__ import annotations

import hashlib
import json
from collections import Counter
from dataclasses import dataclass, replace
from pathlib import PurePosixPath
from typing import TYPE_CHECKING, Any

from rembi_widgets.images._group_outliers import FIELDS, Outlier, outliers, strangers
from rembi_widgets.images._group_title import ALWAYS, IF_NEEDED, PIECES
from rembi_widgets.locale import text

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from rembi_widgets.images._imagerecord import ImageChannel, ImageObjective, ImageRecord

    Key = tuple[Any, ...]


@dataclass(frozen=True, kw_only=True)
class Group:
    """Images taken in the same way.

    Attributes
    ----------
    key
        Short name made of what the images share; the same in every scan.
    count
        How many images there are.
    images
        Their places in the scan's ``images``.
    example
        The first of them.
    ranges
        What differs among them: field to smallest and largest value (sizes in pixels, µm, s, ISO dates).
    outliers
        What a few of them, or a few images beside them, say differently.
    told_apart
        Pieces the title needs besides, to be unlike the titles of other groups.
    """

    key: str
    count: int
    images: tuple[int, ...]
    example: ImageRecord
    ranges: Mapping[str, tuple[Any, Any]]
    outliers: tuple[Outlier, ...] = ()
    told_apart: tuple[str, ...] = ()
    number: int | None = None

    def title_in(self, lang: str | None = None) -> str:
        """Give a title such as "Confocal, 63x, oil, 3 channels, z-stack"."""
        names = (*ALWAYS, *self.told_apart)
        pieces = [said for name in names if (said := PIECES[name](self.example, lang))]
        if len(pieces) == 1:  # "1 channel" alone says too little
            named = PIECES["channel_names"](self.example, lang)
            pieces += [named] if named and "channel_names" not in names else []
        title = ", ".join(pieces) or text("scan.title.nothing_known", lang)
        return title if self.number is None else f"{title} ({self.number})"

    def to_json(self, lang: str | None = None) -> dict[str, Any]:
        """Give the JSON form; ``images`` are places in the scan's images."""
        return {
            "key": self.key,
            "title": self.title_in(lang),
            "count": self.count,
            "images": list(self.images),
            "ranges": {name: list(ends) for name, ends in self.ranges.items()},
            "outliers": [outlier.to_json(lang) for outlier in self.outliers],
        }


def group(images: Sequence[ImageRecord]) -> tuple[Group, ...]:
    """Put images that were taken in the same way together.

    Returns
    -------
    tuple
        The groups, largest first, then in the order of their first image.
    """
    places: dict[Key, list[int]] = {}
    fixed: dict[Any, Key] = {}
    for place, record in enumerate(images):
        shared = (record.instrument, record.objective, record.channels, record.size_c)
        if shared not in fixed:
            fixed[shared] = _equipment(record)
        places.setdefault((*fixed[shared], *_sampling(record)), []).append(place)
    ordered = sorted(places.items(), key=lambda item: (-len(item[1]), item[1][0]))
    folders = {key: {str(PurePosixPath(images[p].path).parent) for p in members} for key, members in ordered}
    beside = strangers({key: (members, folders[key]) for key, members in ordered}, images)
    found = [_made(key, members, images, beside.get(key, ())) for key, members in ordered]
    return _with_titles_apart(found)


def regrouped(groups: Sequence[Group], keys: Mapping[int, str], images: Sequence[ImageRecord]) -> tuple[Group, ...]:
    """Give groups by other keys: those of a key become one, what is left of each stays as it was.

    Parameters
    ----------
    groups
        As the headers make them.
    keys
        The key that each image is to have, by its place.
    """
    members: dict[str, list[int]] = {}
    for place, key in sorted(keys.items()):
        members.setdefault(key, []).append(place)
    same = {found.key: found for found in groups}
    ordered = sorted(members.items(), key=lambda item: (-len(item[1]), item[1][0]))
    found = [
        same[key] if key in same and list(same[key].images) == places else _gathered(key, places, images)
        for key, places in ordered
    ]
    plain = [replace(group, told_apart=(), number=None) for group in found]
    return _with_titles_apart(plain)


def _gathered(key: str, members: Sequence[int], images: Sequence[ImageRecord]) -> Group:
    """Give a group of images that need not be alike; its example is the first of the largest part."""
    records = [images[place] for place in members]
    alike = Counter((record.objective, record.instrument, record.channels) for record in records)
    most = alike.most_common(1)[0][0]
    example = next(record for record in records if (record.objective, record.instrument, record.channels) == most)
    told = (*outliers(records, members), *mixed(records, members))
    return Group(
        key=key, count=len(members), images=tuple(members), example=example, ranges=_ranges(records), outliers=told
    )


def mixed(records: Sequence[ImageRecord], members: Sequence[int]) -> Iterator[Outlier]:
    """Give what images of one group say differently of what makes groups: somebody put them together."""
    keys = [(*_equipment(record), *_sampling(record)) for record in records]
    # the equipment's parts are (make, objective, channels), those of sampling follow: the order of FIELDS
    for at, field in enumerate(FIELDS):
        counted = Counter(key[at] for key in keys).most_common()
        for value, count in counted[1:]:
            places = tuple(place for place, key in zip(members, keys, strict=True) if key[at] == value)
            yield Outlier(field=field.name, value=field.say(value), count=count, of=len(records), images=places)


def _made(key: Key, members: list[int], images: Sequence[ImageRecord], beside: Sequence[Outlier]) -> Group:
    records = [images[place] for place in members]
    return Group(
        key=short(key),
        count=len(members),
        images=tuple(members),
        example=records[0],
        ranges=_ranges(records),
        outliers=(*outliers(records, members), *beside),
    )


def short(key: Key) -> str:
    """Give the short form of a group's key: the same for the same values on every machine."""
    said = json.dumps(key, separators=(",", ":"), default=str).encode()
    return "g-" + hashlib.sha256(said).hexdigest()[:12]


def _equipment(record: ImageRecord) -> Key:
    """Give the instrument, the objective's four values and the channels; places as in ``FIELDS``."""
    instrument, objective = record.instrument, record.objective
    make = (instrument.manufacturer, instrument.model) if instrument is not None else (None, None)
    return (make, _objective(objective), _channels(record))


def _objective(objective: ImageObjective | None) -> Key:
    if objective is None:
        return (None,) * 4
    return (objective.model, objective.na, objective.magnification, objective.immersion)


def _channels(record: ImageRecord) -> Key:
    if not record.channels:
        return (channel_key(None),) * (record.size_c or 0)
    return tuple(sorted(map(channel_key, record.channels), key=repr))


def channel_key(channel: ImageChannel | None) -> Key:
    """Give what channels of one acquisition agree on: dye or name, excitation and emission to 1 nm, mode."""
    if channel is None:
        return (None,) * 4
    waves = (None if wave is None else round(wave) for wave in (channel.excitation_nm, channel.emission_nm))
    return (channel.fluor or channel.name, *waves, channel.acquisition_mode)


def _sampling(record: ImageRecord) -> Key:
    pixel = tuple(None if size is None else float(f"{size:.3g}") for size in (record.px_x_um, record.px_y_um))
    return (pixel, *(None if size is None else size > 1 for size in (record.size_z, record.size_t)))


RANGED = ("size_x", "size_y", "size_z", "size_c", "size_t", "px_z_um", "time_increment_s", "acquired_at")


def _ranges(records: Sequence[ImageRecord]) -> dict[str, tuple[Any, Any]]:
    found = {}
    for name in RANGED:
        values = {getattr(record, name) for record in records} - {None}
        if values:
            found[name] = (min(values), max(values))
    return found


def _with_titles_apart(groups: Sequence[Group]) -> tuple[Group, ...]:
    """Lengthen titles that several groups share by what tells these apart, in the end by a number."""
    for piece in IF_NEEDED:
        twins = _twins(groups)
        groups = [_lengthened(found, piece, twins) for found in groups]
    twins, seen = _twins(groups), Counter[str]()
    numbered = []
    for found in groups:
        title = found.title_in("en")
        seen[title] += 1
        number = seen[title] if len(twins[title]) > 1 else None
        numbered.append(replace(found, number=number))
    return tuple(numbered)


def _twins(groups: Sequence[Group]) -> dict[str, list[Group]]:
    by_title: dict[str, list[Group]] = {}
    for found in groups:
        by_title.setdefault(found.title_in("en"), []).append(found)
    return by_title


def _lengthened(found: Group, piece: str, twins: Mapping[str, Sequence[Group]]) -> Group:
    said = {PIECES[piece](other.example, "en") for other in twins[found.title_in("en")]}
    return replace(found, told_apart=(*found.told_apart, piece)) if len(said) > 1 else found
