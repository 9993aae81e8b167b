"""One crate: the description and the file list."""

from __future__ import annotations

import json
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any

from rembi_widgets.formats._files import write_lines
from rembi_widgets.formats._written import Written
from rembi_widgets.formats.pagetab._lists import Lists
from rembi_widgets.formats.pagetab._names import Names
from rembi_widgets.formats.rocrate._context import CRATE, context
from rembi_widgets.formats.rocrate._graph import LIST, METADATA, ROOT, Graph
from rembi_widgets.formats.rocrate._list import FileList
from rembi_widgets.formats.rocrate._modules import Modules
from rembi_widgets.formats.rocrate._study import Around

if TYPE_CHECKING:
    from pathlib import Path

    from rembi_widgets.record import Curation


def write_set(record: Curation, folder: Path) -> Written:
    """Write the whole; see ``rocrate.write``."""
    folder.mkdir(parents=True, exist_ok=True)
    graph, names, lists = Graph(), Names(record), Lists(record)
    graph.nodes[METADATA] = _head()
    around = Around(record, graph, datetime.now(UTC).date())
    modules = Modules(record, names, lists, graph)
    datasets = {one.id: modules.dataset(one) for one in record.components}
    datasets |= {one.id: modules.annotated(one) for one in record.annotations}
    files = FileList(lists, names, modules, datasets)
    around.root([*datasets.values(), files.describe(graph)])
    written = (
        write_lines(folder / METADATA, [_text(graph)]),
        write_lines(folder / LIST, files.lines()),
    )
    found = (*names.findings({}), *lists.findings(), *around.findings(), *files.findings())
    return Written(written, found)


def _head() -> dict[str, Any]:
    about = {"@id": ROOT}
    return {"@id": METADATA, "@type": "CreativeWork", "conformsTo": {"@id": CRATE}, "about": about}


def _text(graph: Graph) -> str:
    whole = {"@context": context(), "@graph": list(graph.nodes.values())}
    return json.dumps(whole, ensure_ascii=False, indent=2) + "\n"
