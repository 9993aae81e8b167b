"""The viewer of one image: a plane, a time point, channels and contrast, as a person wants to see them."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

from rembi_widgets.errors import RembiError
from rembi_widgets.widgets._gallery import place_of

if TYPE_CHECKING:
    from collections.abc import Mapping

    from rembi_widgets.widgets._session import Answer, Session

LARGEST = 1024
"""Pixels of the longer side."""
ALL = -1
"""Stands for the channels that have no contrast of their own."""
_CHANNEL = re.compile(r"[0-9]{1,4}")
TOO_LARGE = frozenset({"images.no_preview.too_large", "images.no_preview.web_too_large"})


def plane(session: Session, message: Mapping[str, Any], _buffers: list[bytes]) -> Answer:
    """Give one plane of an image as PNG; of one that is very large, first the sentence that says so."""
    from rembi_widgets.images import PERCENTILES, Look, view

    image, place = str(message["image"]), place_of(session, str(message["image"]))
    shown = message.get("channels")
    wanted = _ranges(message.get("contrast"))
    look = Look(
        channels=frozenset(int(one) for one in shown) if isinstance(shown, list) else None,
        coloured=bool(message.get("coloured", True)),
        percentiles=wanted.pop(ALL, PERCENTILES),
        ranges=wanted,
    )
    try:
        found = view(
            place,
            scene=int(session.curation.record.images.value(image, "scene_index") or 0),
            size=max(16, min(int(message.get("size") or LARGEST), LARGEST)),
            z=_number(message.get("z")),
            t=_number(message.get("t")),
            look=look,
            anyway=bool(message.get("anyway")),
        )
    except RembiError as fault:
        if fault.key not in TOO_LARGE or message.get("anyway"):
            raise
        return {"large": fault.say(session.lang)}
    return {"type": "image/png"}, [found]


def ome(session: Session, message: Mapping[str, Any], _buffers: list[bytes]) -> Answer:
    """Give the full OME model of an image's file: places and values."""
    from rembi_widgets.images import ome_model

    return {"values": [list(pair) for pair in ome_model(place_of(session, str(message["image"])))]}


def _number(said: Any) -> int | None:
    return max(0, int(said)) if isinstance(said, int | float) else None


def _ranges(said: Any) -> dict[int, tuple[float, float]]:
    """Give the percentiles that a page wishes for: of each channel by its number, and of all the others."""
    found = {}
    for name, pair in said.items() if isinstance(said, dict) else ():
        key = ALL if name == "all" else int(name) if _CHANNEL.fullmatch(str(name)) else None
        if key is not None and _is_range(pair):
            found[key] = (float(pair[0]), float(pair[1]))
    return found


def _is_range(pair: Any) -> bool:
    """Tell whether a pair of numbers can be percentiles: the first below the second, both between 0 and 100."""
    if not isinstance(pair, list) or len(pair) != 2 or not all(isinstance(one, int | float) for one in pair):  # noqa: PLR2004
        return False
    return bool(0 <= pair[0] < pair[1] <= 100)  # noqa: PLR2004 - percent
