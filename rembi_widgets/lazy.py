"""Faces that load a name when it is first used: importing a room costs next to nothing."""

from __future__ import annotations

import sys
from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping


def on_use(package: str, homes: Mapping[str, str]) -> Callable[[str], Any]:
    """Give the ``__getattr__`` of a package whose names live in other modules.

    Parameters
    ----------
    package
        The package's own name.
    homes
        Name to the module it lives in, and behind a colon what it is called there if that differs.

    Raises
    ------
    AttributeError
        From the function given, for a name that has no home.

    Examples
    --------
    >>> on_use("rembi_widgets", {"halves": "operator:truediv"})("halves")(1, 2)
    0.5
    """

    def load(name: str) -> Any:
        if name not in homes:
            msg = f"module {package!r} has no attribute {name!r}"
            raise AttributeError(msg)
        module, _, real = homes[name].partition(":")
        found = getattr(import_module(module), real or name)
        setattr(sys.modules[package], name, found)
        return found

    return load
