"""What reading one image has found so far: values with their places in the header, and the notes left behind."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from rembi_widgets.images._imagerecord import ImageRecord
from rembi_widgets.images._sanity import Notes

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping


class Found:
    """The fields of a record to be, filled in by and by.

    Attributes
    ----------
    values
        Field name to value.
    sources
        Field name to its place in the header; fields of a part are named like ``objective.model``.
    notes
        What was dropped, and the rules that drop it.
    """

    __slots__ = ("confidence", "notes", "sources", "values")

    def __init__(self) -> None:
        self.values: dict[str, Any] = {}
        self.sources: dict[str, str] = {}
        self.confidence: dict[str, str] = {}
        self.notes = Notes()

    def put(self, field: str, value: Any, source: str, *, derived: bool = False) -> None:
        """Fill in a field, if there is a value."""
        if value is None or value in ("", ()):
            return
        self.values[field] = value
        self.sources[field] = source
        if derived:
            self.confidence[field] = "derived"

    def gather(self, part: str, said: Iterable[tuple[str, Any, str]]) -> dict[str, Any]:
        """Give the fields of a part (an objective, a channel) that have a value, and keep where each was read.

        Parameters
        ----------
        part
            The field of the record that the part fills, such as ``objective``.
        said
            Name, value and place in the header of each field of the part.
        """
        given: dict[str, Any] = {}
        for name, value, source in said:
            if value is not None and value not in ("", ()):
                given[name] = value
                self.sources[f"{part}.{name}"] = source
        return given

    def record(self, **known: Any) -> ImageRecord:
        """Give the record."""
        given: Mapping[str, Any] = self.values
        return ImageRecord(
            **given, warnings=tuple(self.notes), sources=self.sources, confidence=self.confidence, **known
        )
