"""What a few images say differently from the many they lie among: often a slip, sometimes a second acquisition.

Two kinds are named. Within a group: a few images differ in what the group does not ask for (a size, a serial number).
Beside a group: a small group in the same folder differs in one of the values that make groups. It stays a group of
its own; nothing is merged silently.
"""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, NamedTuple

from rembi_widgets.locale import text

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping, Sequence

    from rembi_widgets.images._imagerecord import ImageRecord

    Key = tuple[Any, ...]

FEW = 10
"""Few is less than one in so many."""


@dataclass(frozen=True, kw_only=True)
class Outlier:
    """A value that few images have where most have another.

    Attributes
    ----------
    field
        The field, a key ``scan.field.<field>`` of the catalogue.
    value
        What they say, as text; ``None`` if they say nothing.
    count, of
        How many of how many.
    images
        Their places in the scan's images.
    """

    field: str
    value: str | None
    count: int
    of: int
    images: tuple[int, ...] = ()

    def say(self, lang: str | None = None) -> str:
        """Give the sentence, such as "3 of 412 differ: objective Plan-Apochromat 20x/0.8"."""
        value = self.value if self.value is not None else text("scan.not_stated", lang)
        field = text(f"scan.field.{self.field}", lang)
        return text("scan.outlier", lang, count=self.count, of=self.of, field=field, value=value)

    def __str__(self) -> str:
        return self.say()

    def to_json(self, lang: str | None = None) -> dict[str, Any]:
        """Give the JSON form with the sentence as ``message``."""
        said = {"field": self.field, "value": self.value, "count": self.count, "of": self.of}
        return {**said, "images": list(self.images), "message": self.say(lang)}


class Field(NamedTuple):
    """A value of the groups' key: its name, and how it is said."""

    name: str
    say: Callable[[Any], str | None]


def _words(values: Key) -> str | None:
    return " ".join(str(value) for value in values if value is not None) or None


def _lens(values: Key) -> str | None:
    model, na, power, immersion = values
    said = (model, f"{power:g}×" if power else None, f"NA {na:g}" if na else None, immersion)
    return ", ".join(str(piece) for piece in said if piece) or None


def _dyes(channels: Key) -> str | None:
    return " + ".join(_words(channel[:3]) or "?" for channel in channels) or None


def _size(pixel: Key) -> str | None:
    return " × ".join(f"{size:g}" for size in pixel if size is not None) + " µm" if any(pixel) else None


def _many(given: bool | None) -> str | None:  # noqa: FBT001 - it is the value said
    return None if given is None else ("> 1" if given else "1")


FIELDS = (
    Field("instrument", _words),
    Field("objective", _lens),
    Field("channels", _dyes),
    Field("pixel_size", _size),
    Field("size_z", _many),
    Field("size_t", _many),
)
"""The values of the groups' key, in its order."""
BESIDE = (
    "size_x", "size_y", "size_z", "size_c", "size_t", "pixel_type", "px_z_um", "time_increment_s",
    "instrument.serial", "objective.correction", "software", "compression", "format",
)  # fmt: skip
"""What images of a group usually share without being asked to."""


def outliers(records: Sequence[ImageRecord], places: Sequence[int]) -> Iterator[Outlier]:
    """Give what a few images of a group say differently."""
    for name in BESIDE:
        values = [_at(record, name) for record in records]
        counted = Counter(values).most_common(1 + FEW)
        for value, count in counted[1:]:
            if count * FEW < len(records) and counted[0][0] is not None:
                found = tuple(place for place, held in zip(places, values, strict=True) if held == value)
                said = None if value is None else str(value)
                yield Outlier(field=name.replace(".", "_"), value=said, count=count, of=len(records), images=found)


def _at(record: ImageRecord, name: str) -> Any:
    head, _, tail = name.partition(".")
    held = getattr(record, head)
    return getattr(held, tail, None) if tail else held


def strangers(
    groups: Mapping[Key, tuple[list[int], set[str]]], images: Sequence[ImageRecord]
) -> dict[Key, tuple[Outlier, ...]]:
    """Give for each large group the small ones in its folders that differ in exactly one value.

    Parameters
    ----------
    groups
        Key to members and folders, largest first.
    images
        All images, by place.
    """
    found: dict[Key, list[Outlier]] = {}
    but_one: dict[tuple[int, Key], list[Key]] = {}
    for key in groups:
        for at in range(len(FIELDS)):
            but_one.setdefault((at, _without(key, at)), []).append(key)
    for small, (members, folders) in reversed(list(groups.items())):
        for at, field in enumerate(FIELDS):
            twins = but_one[at, _without(small, at)]
            large = next((key for key in twins if _is_many(groups[key], len(members), folders)), None)
            if large is not None:
                others = len(groups[large][0])
                outlier = Outlier(
                    field=field.name,
                    value=field.say(small[at]),
                    count=len(members),
                    of=len(members) + others,
                    images=tuple(sorted(members, key=lambda place: images[place].path)),
                )
                found.setdefault(large, []).append(outlier)
    return {key: tuple(told) for key, told in found.items()}


def _without(key: Key, at: int) -> Key:
    return (*key[:at], *key[at + 1 :])


def _is_many(group: tuple[list[int], set[str]], few: int, folders: set[str]) -> bool:
    return few * FEW < len(group[0]) and not folders.isdisjoint(group[1])
