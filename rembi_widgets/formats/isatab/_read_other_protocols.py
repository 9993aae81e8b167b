"""Protocols of another layout: specimens, acquisitions and analyses, by what rows do with them and by their types."""

from __future__ import annotations

from typing import TYPE_CHECKING

from rembi_widgets.formats.isatab._read_study import columns_of

if TYPE_CHECKING:
    from collections.abc import Sequence

    from rembi_widgets.formats.isatab._document import Section
    from rembi_widgets.formats.isatab._read_parts import Holder, SectionColumn
    from rembi_widgets.formats.isatab._reading import Reading

_TEXTS = {"specimens": "preparation_method", "acquisitions": "acquisition_parameters", "analyses": "method"}
_KINDS = (
    ("acquisitions", ("acquisition", "imaging", "microscop", "image collection", "data collection", "scan")),
    ("analyses", ("transformation", "analysis", "processing", "segmentation", "normali")),
    (
        "specimens",
        ("collection", "growth", "preparation", "culture", "treatment", "staining", "labeling", "label", "extract"),
    ),
)
"""Collection to words in the type or name of a protocol that tell it; the first that fits counts."""
_COMPONENTS = {"microscope": "instrument_model", "instrument": "instrument_model", "software": "software"}


class Protocols:
    """The protocols of one study, and what each has become."""

    def __init__(self, reading: Reading, section: Section) -> None:
        self._reading = reading
        self._columns: dict[str, SectionColumn] = {}
        self._used: set[str] = set()
        self._made: dict[tuple[str, tuple[str, ...]], Holder] = {}
        for column in columns_of(section, reading.file):
            self._columns.setdefault(column.cell("Study Protocol Name").strip(), column)

    def entity(self, collection: str, names: Sequence[str]) -> Holder | None:
        """Give what a chain of protocols is: the last names it, the text tells of all."""
        chain = tuple(name.strip() for name in names if name.strip())
        if not chain:
            return None
        key = (collection, chain)
        if key not in self._made:
            self._made[key] = self._entity(collection, chain)
        return self._made[key]

    def _entity(self, collection: str, chain: tuple[str, ...]) -> Holder:
        reading = self._reading
        holder = reading.making.entity(collection, "", collection, *chain)
        header = "STUDY PROTOCOLS/Study Protocol Name"
        holder.put("title", chain[-1] if collection == "acquisitions" else " + ".join(chain), reading.file, header)
        columns = [self._columns[name] for name in dict.fromkeys(chain) if name in self._columns]
        for column in columns:
            growth = collection == "specimens" and "growth" in column.cells.get("Study Protocol Type", "").casefold()
            self._text(holder, "growth_protocol" if growth else _TEXTS[collection], column, many=len(columns) > 1)
            self._rest(holder, collection, column)
        return holder

    def _text(self, holder: Holder, field: str, column: SectionColumn, *, many: bool) -> None:
        name, said = column.cell("Study Protocol Name").strip(), column.said("Study Protocol Description")
        if not said.text:
            return
        text = f"{name}: {said.text}" if many else said.text
        before = holder.values.pop(field, None)
        holder.put(field, f"{before}\n{text}" if before else text, self._reading.file, said.header)

    def _rest(self, holder: Holder, collection: str, column: SectionColumn) -> None:
        name = column.cell("Study Protocol Name").strip()
        file = self._reading.file
        if collection == "specimens":
            holder.take("preparation_url", column.said("Study Protocol URI"), file)
        components = column.said("Study Protocol Components Name")
        types = column.cell("Study Protocol Components Type")
        if collection == "acquisitions" and components.text:
            for text, kind in zip(components.text.split(";"), f"{types};".split(";"), strict=False):
                field = next((field for word, field in _COMPONENTS.items() if word in kind.casefold()), None)
                holder.put(field or "instrument_description", text.strip(), file, components.header)
        elif components.text:
            holder.put(f"x-isa-protocol {name} components", components.text.replace("/", " "), file, components.header)
        column.ask("Study Protocol Parameters Name")  # the parameters themselves stand in the tables
        if name not in self._used:
            self._used.add(name)
            self._reading.keep(holder, column, f"protocol {name} ")

    def read_unused(self) -> None:
        """Read the protocols that no row names, by their types; what cannot be told is kept with the study."""
        for name, column in self._columns.items():
            if name in self._used:
                continue
            said = f"{column.cells.get('Study Protocol Type', '')} {name}".casefold()
            collection = next((key for key, words in _KINDS if any(word in said for word in words)), None)
            if collection is not None and name:
                self.entity(collection, [name])
            else:
                self._reading.keep(self._reading.making.study, column, f"protocol {name} ")
