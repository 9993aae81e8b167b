"""The layers of the vocabulary beyond the starter: what optional packages bring, and what packs hold.

Each works without the next. A pack is newer than a package, so it comes first: where both know a term, it is heard.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from rembi_widgets.lazy import on_use

if TYPE_CHECKING:
    from rembi_widgets.terms._layer import Layer
    from rembi_widgets.terms._layers._bring import fetch, import_file, pack_up
    from rembi_widgets.terms._layers._health import Health, LayerHealth, health
    from rembi_widgets.terms._layers._packs import Record, known, records, remove
    from rembi_widgets.terms._layers._taxonomy import TaxonomyLayer

__all__ = [
    "Health",
    "LayerHealth",
    "Record",
    "fetch",
    "health",
    "import_file",
    "known",
    "layers",
    "pack_up",
    "records",
    "remove",
    "taxonomy",
]

_HOMES = {
    "Health": "_health",
    "LayerHealth": "_health",
    "Record": "_packs",
    "fetch": "_bring",
    "health": "_health",
    "import_file": "_bring",
    "known": "_packs",
    "pack_up": "_bring",
    "records": "_packs",
    "remove": "_packs",
}

__getattr__ = on_use(__name__, {name: f"{__name__}.{module}" for name, module in _HOMES.items()})


def layers() -> tuple[Layer, ...]:
    """Give the layers that are there, in order: packs first, then what optional packages bring."""
    from rembi_widgets.terms._layers._extras import edam_layer, ontologies_layer
    from rembi_widgets.terms._layers._packs import pack_layers

    taxa = taxonomy()
    leave = frozenset({"NCBITaxon"} if taxa else ())
    found = (*pack_layers(), ontologies_layer(leave=leave), edam_layer(), taxa)
    return tuple(layer for layer in found if layer is not None)


def taxonomy() -> TaxonomyLayer | None:
    """Give the layer of all taxa, which also finds those the index leaves out; ``None`` if it is not installed."""
    from rembi_widgets.terms._layers._taxonomy import taxonomy_layer

    return taxonomy_layer()
