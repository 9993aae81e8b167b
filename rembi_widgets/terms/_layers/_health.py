"""How the vocabulary stands: which layers are there, which could be, and whether the online service answers."""

from __future__ import annotations

from dataclasses import asdict, dataclass
from typing import TYPE_CHECKING, Any, Literal

from rembi_widgets.errors import RembiError
from rembi_widgets.locale import text
from rembi_widgets.terms import _sources
from rembi_widgets.terms._layers._extras import edam_layer, ontologies_layer
from rembi_widgets.terms._layers._packs import known, packs_folder, records
from rembi_widgets.terms._layers._taxonomy import taxonomy_layer

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from rembi_widgets.terms._layer import Layer
    from rembi_widgets.terms._layers._packs import Record

_EXTRAS: dict[str, tuple[str, Callable[[], Layer | None]]] = {
    "ontologies": ("ontologies", ontologies_layer),
    "edam": ("ontologies", edam_layer),
    "taxonomy": ("taxonomy", taxonomy_layer),
}
"""Optional layer -> the extra of this package that brings it, and how it is found."""


@dataclass(frozen=True, slots=True)
class LayerHealth:
    """How one layer stands.

    Attributes
    ----------
    state
        ``there``, ``broken`` (it cannot be read), or ``absent`` (it could be had).
    terms
        How many it holds; ``None`` where counting would mean reading a large package.
    date
        When a pack was fetched, imported, or last found to be the newest; ISO 8601, or empty.
    advice
        What to do to have it, or to mend it, in the language in use.
    """

    name: str
    state: Literal["there", "broken", "absent"]
    title: str = ""
    version: str = ""
    terms: int | None = None
    date: str = ""
    source: str = ""
    licence: str = ""
    advice: str = ""


@dataclass(frozen=True, slots=True)
class Health:
    """How the vocabulary stands.

    Attributes
    ----------
    folder
        Where packs are kept.
    online
        The service: ``on``, ``url``, how the ``last`` question ended, seconds it is left alone (``resting``), and how
        many answers are ``kept``.
    """

    layers: tuple[LayerHealth, ...]
    folder: str
    online: dict[str, Any]

    def to_json(self) -> dict[str, Any]:
        """Give it as plain data."""
        return {"layers": [asdict(layer) for layer in self.layers], "folder": self.folder, "online": self.online}


def health(*, count: bool = False) -> Health:
    """Tell which layers of the vocabulary are there, and how the online service stands; asks nothing of the network.

    Parameters
    ----------
    count
        Whether to count the terms of optional packages too, which may take half a minute.
    """
    from rembi_widgets.terms._online import shared

    client = shared()
    there = tuple(_there(layer, count=count) for layer in _sources.layers())
    absent = tuple(_absent({layer.name for layer in there}))
    return Health((*there, *absent), str(packs_folder()), {**client.state(), "kept": client.cache.count()})


def _there(layer: Layer, *, count: bool) -> LayerHealth:
    record = next((one for one in records() if layer.name == f"pack:{one.name}"), None)
    title = known()[record.name].title if record and record.name in known() else ""
    said = (layer.source, layer.licence)
    try:
        terms = _counted(layer, record, count=count)
    except RembiError as fault:
        return LayerHealth(layer.name, "broken", title, layer.version, None, "", *said, advice=str(fault))
    return LayerHealth(layer.name, "there", title, layer.version, terms, record.date if record else "", *said)


def _counted(layer: Layer, record: Record | None, *, count: bool) -> int | None:
    """Count the terms of a layer; of a pack its record tells, once its first term could be read."""
    if record is not None and not count:
        next(layer.terms(), None)
        return record.terms
    return sum(1 for _ in layer.terms()) if count or layer.name not in _EXTRAS else None


def _absent(there: set[str]) -> Iterator[LayerHealth]:
    for name, (extra, find) in _EXTRAS.items():
        if name not in there and find() is None:
            advice = text("vocabulary.install", None, extra=extra)
            yield LayerHealth(name, "absent", text(f"vocabulary.extra.{name}"), advice=advice)
    for name, pack in known().items():
        if f"pack:{name}" not in there:
            advice = text("vocabulary.fetch_it", None, name=name)
            yield LayerHealth(
                f"pack:{name}", "absent", pack.title, source=pack.url, licence=pack.licence, advice=advice
            )
