"""Who makes the changes, if nobody says."""

from __future__ import annotations

import os
from contextlib import suppress

_USER_NAMES = ("REMBI_AUTHOR", "LOGNAME", "USER", "LNAME", "USERNAME")
"""Where the environment may name the person: ours first, then as ``getpass`` looks, which costs more to import."""


def user() -> str:
    """Give the name of the account."""
    named = next((os.environ[name] for name in _USER_NAMES if os.environ.get(name)), None)
    if named is not None:
        return named
    with suppress(OSError, KeyError, ImportError):
        import getpass

        return getpass.getuser()
    return "somebody"
