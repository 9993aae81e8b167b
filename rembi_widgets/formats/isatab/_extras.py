"""Keys that the record keeps without knowing them, as plain columns: no structure is left in a cell."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from rembi_widgets.record import plain

if TYPE_CHECKING:
    from collections.abc import Sequence

    from rembi_widgets.record import Frozen


def flat(key: str, value: Any) -> dict[str, Any]:
    """Give a value of any depth as names and plain values.

    >>> flat("x-stage", {"z": 3, "names": ["a", "b"]})
    {'x-stage z': 3, 'x-stage names': ('a', 'b')}
    """
    if isinstance(value, dict):
        parts = (flat(f"{key} {name}", item) for name, item in value.items())
        return {name: item for part in parts for name, item in part.items()}
    if isinstance(value, list | tuple):
        return _flat_list(key, [flat(key, item) for item in value])
    return {} if value is None else {key: value}


def _flat_list(key: str, parts: list[dict[str, Any]]) -> dict[str, Any]:
    names = dict.fromkeys(name for part in parts for name in part) or {key: None}
    return {name: tuple(part.get(name) for part in parts) for name in names if parts}


def of(part: Frozen | None) -> dict[str, Any]:
    """Give the unknown keys of one part of a record."""
    extra = (part.model_extra or {}) if part is not None else {}
    found: dict[str, Any] = {}
    for key in sorted(extra):
        found |= flat(key, plain(extra[key]))
    return found


def columns(parts: Sequence[Frozen | None]) -> dict[str, list[Any]]:
    """Give each unknown key with one value a part, ``None`` where a part has none."""
    held = [of(part) for part in parts]
    names = sorted({name for one in held for name in one})
    return {name: [one.get(name) for one in held] for name in names}
