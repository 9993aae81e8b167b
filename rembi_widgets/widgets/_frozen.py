"""Values that can be read like dicts and lists and compared with them, but not changed in place."""

from __future__ import annotations

from typing import Any, NoReturn

from rembi_widgets.errors import RembiError


class FrozenValueError(RembiError, TypeError):
    """A form's value was to be changed in place."""


def _refuse(*_: object, **__: object) -> NoReturn:
    raise FrozenValueError("ui.value_frozen")


class FrozenDict(dict[str, Any]):
    """A mapping that says how to change it instead of changing."""

    __setitem__ = __delitem__ = _refuse
    __ior__ = _refuse
    clear = pop = popitem = setdefault = update = _refuse

    def __hash__(self) -> int:  # type: ignore[override]
        return hash(frozenset(self))


class FrozenList(list[Any]):
    """A list that says how to change it instead of changing."""

    __setitem__ = __delitem__ = __iadd__ = __imul__ = _refuse
    append = extend = insert = pop = remove = clear = sort = reverse = _refuse

    def __hash__(self) -> int:  # type: ignore[override]
        return hash(len(self))


def frozen(value: Any) -> Any:
    """Give a JSON value deeply frozen."""
    if isinstance(value, dict):
        return FrozenDict({key: frozen(item) for key, item in value.items()})
    if isinstance(value, list | tuple):
        return FrozenList(frozen(item) for item in value)
    return value


def thawed(value: Any) -> Any:
    """Give a JSON value as plain dicts and lists that may be changed."""
    if isinstance(value, dict):
        return {key: thawed(item) for key, item in value.items()}
    return [thawed(item) for item in value] if isinstance(value, list | tuple) else value
