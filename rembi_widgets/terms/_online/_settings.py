"""Settings of the online service: where it is, whether it is asked, and what is asked of it in which field."""

from __future__ import annotations

import json
import os
from dataclasses import dataclass, field
from functools import cache
from importlib.resources import files
from typing import TYPE_CHECKING, Any

from rembi_widgets.errors import RembiError
from rembi_widgets.terms._fields import parts_of
from rembi_widgets.terms._http import Limits, host_of

if TYPE_CHECKING:
    from collections.abc import Mapping

BASE = "https://www.ebi.ac.uk/ols4/api"
"""The Ontology Lookup Service of EMBL-EBI. TIB Hannover answers the same at ``https://api.terminology.tib.eu/api``."""
DEFAULT = "on"
"""What ``REMBI_OLS`` is where nobody has set it."""
_OFF = ("off", "0", "false", "no", "non")


@dataclass(frozen=True, slots=True)
class Settings:
    """How the online service is used.

    Attributes
    ----------
    base
        Address of its interface, without a slash at the end (``REMBI_OLS_URL``).
    on
        Whether it is asked at all (``REMBI_OLS=off`` switches it off).
    limits
        Of one question: 3 s to connect, 6 s between two pieces, a megabyte.
    retry
        Longest wait, in seconds, for which a refused question is asked once more; a longer one pauses the service.
    pause
        Wait, in seconds, after a refusal that names none.
    failures, rest
        After so many failures in a row the service is left alone for so many seconds.
    keep
        Seconds for which an answer is kept on disk.
    """

    base: str = BASE
    on: bool = True
    limits: Limits = field(default_factory=Limits)
    retry: float = 2.0
    pause: float = 30.0
    failures: int = 3
    rest: float = 300.0
    keep: float = 30 * 86_400.0

    @classmethod
    def here(cls) -> Settings:
        """Give the settings of this process, read from the environment."""
        base = (os.environ.get("REMBI_OLS_URL") or BASE).strip().rstrip("/")
        hosts = frozenset({*table()["hosts"], host_of(base)})
        on = os.environ.get("REMBI_OLS", DEFAULT).strip().casefold() not in _OFF
        return cls(base, on, Limits(hosts=hosts))


@cache
def table() -> Mapping[str, Any]:
    """Give what is asked: field to ontologies of the service and their prefixes, and the branches of some fields."""
    found: dict[str, Any] = json.loads(
        files("rembi_widgets.terms").joinpath("data", "ols.json").read_text(encoding="utf-8")
    )
    return found


def asked_of(part_or_field: str) -> tuple[Mapping[str, str], tuple[str, ...]]:
    """Give the service's ontologies for a field, name to prefix, and the branches below which a term must stand."""
    held, branches = table()["fields"], table()["branches"]
    if part_or_field in held:
        return held[part_or_field], tuple(branches.get(part_or_field, ()))
    try:
        parts = parts_of(part_or_field)
    except RembiError:
        return {}, ()
    found = {name: mark for part in parts for name, mark in held.get(part, {}).items()}
    return found, tuple(branches.get(parts[0], ())) if len(parts) == 1 else ()
