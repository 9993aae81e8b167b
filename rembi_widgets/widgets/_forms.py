"""The form of each REMBI section, alone or over a curation.

``BiosampleForm()`` holds one biosample in memory; ``BiosampleForm(curation)`` shows the list of a curation (an open
one, or a dataset's folder). ``value`` is a deeply frozen mapping, of a list a list of them; assigning another is one
change.
"""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any, ClassVar

import traitlets

from rembi_widgets.record import COLLECTIONS, PREFIXES, SINGLETONS, Curation, Table, diff, get, new_id
from rembi_widgets.store import OpenCuration, open_curation
from rembi_widgets.widgets._frozen import frozen, thawed
from rembi_widgets.widgets._session import Session
from rembi_widgets.widgets._view import View

if TYPE_CHECKING:
    from collections.abc import Mapping

    from rembi_widgets.record import Change

STUDY_LISTS = ("people", "organisations", "publications", "grants", "links")
"""Collections that the form of the study shows with it."""


class Form(View):
    """A form of one section.

    Parameters
    ----------
    curation
        An open curation or a dataset's folder; without it the form holds one entity of its own, in memory.
    value
        What an entity of its own begins with.
    lang
        ``en`` or ``fr``.
    """

    SECTION: ClassVar[str] = ""
    COLLECTION: ClassVar[str] = ""

    value = traitlets.Any()

    def __init__(
        self,
        curation: OpenCuration | str | Path | None = None,
        *,
        value: Mapping[str, Any] | None = None,
        lang: str | None = None,
    ) -> None:
        self._assigning = False
        self._path = ""
        if curation is None:
            self._path, start = self._own_start()
            opened = OpenCuration(start=start)
        else:
            opened = open_curation(curation) if isinstance(curation, str | Path) else curation
        super().__init__(
            Session(opened, lang=lang),
            kind="form",
            section=self.SECTION,
            lang=lang,
            single=curation is None,
            path=self._path,
        )
        self._show()
        self._end = self.session.curation.on_change(self._follow)
        if value is not None:
            self.value = value

    def _own_start(self) -> tuple[str, Curation]:
        """Give the path of the form's own entity, and the record that holds nothing else."""
        name = self.COLLECTION
        if name in SINGLETONS:
            return f"/{name}", Curation.model_construct()
        identity = new_id(PREFIXES[name])
        own: Any = (COLLECTIONS[name].model_construct(id=identity),) if name in COLLECTIONS else Table((identity,))
        return f"/{name}/{identity}", Curation.model_construct().model_copy(update={name: own})

    @property
    def curation(self) -> OpenCuration:
        """The curation behind the form."""
        return self.session.curation

    def set(self, path: str, value: Any) -> Change:
        """Set a field: of the form's own entity by its name, of any by its whole path.

        Raises
        ------
        RembiError
            If there is no such field, or the value is of another kind.
        """
        return self.curation.set(path if path.startswith("/") else f"{self._path}/{path}", value)

    def _now(self) -> Any:
        return frozen(self._plain(self.curation.record))

    def _plain(self, record: Curation) -> Any:
        if self._path:
            return entity_json(record, self._path)
        if self.COLLECTION in SINGLETONS:
            return entity_json(record, f"/{self.COLLECTION}")
        if self.COLLECTION in COLLECTIONS:
            return [entity.plain() for entity in getattr(record, self.COLLECTION)]
        table: Table = getattr(record, self.COLLECTION)
        return [table.row(row) for row in table.ids]

    def _show(self) -> None:
        self._assigning = True
        try:
            self.set_trait("value", self._now())
        finally:
            self._assigning = False

    def _follow(self, _change: Change) -> None:
        if not self._assigning:
            self._show()

    @traitlets.validate("value")
    def _assign(self, proposal: Mapping[str, Any]) -> Any:
        given = proposal["value"]
        if self._assigning or not hasattr(self, "session"):
            return given
        edits = diff(self.curation.record, self._with(thawed(given)), marks=False)
        if edits:
            self._assigning = True
            try:
                self.curation.edit(edits)
            finally:
                self._assigning = False
        return self._now()

    def _with(self, given: Any) -> Curation:
        """Give the record as it would be with a value assigned."""
        record = self.curation.record
        if self._path or self.COLLECTION in SINGLETONS:
            return with_entity(record, self._path or f"/{self.COLLECTION}", given or {})
        for item in given or []:
            item.setdefault("id", new_id(self.COLLECTION[:2]))
        whole = Curation.model_validate({self.COLLECTION: given or []})
        return record.model_copy(update={self.COLLECTION: getattr(whole, self.COLLECTION)})

    def close(self) -> None:
        """Take the form off its page and close what it holds."""
        self._end()
        super().close()


def entity_json(record: Curation, path: str) -> dict[str, Any]:
    """Give one entity as JSON without its id; of the study, with the lists that belong to it."""
    node = get(record, path)
    if node is None:
        return {}
    plain: dict[str, Any] = dict(node) if isinstance(node, dict) else node.plain()
    plain.pop("id", None)
    if path == "/study":
        plain |= {name: rows for name in STUDY_LISTS if (rows := [e.plain() for e in getattr(record, name)])}
    return plain


def with_entity(record: Curation, path: str, given: dict[str, Any]) -> Curation:
    """Give a record with one entity replaced by what was given; rows without an id keep that of their place."""
    names = path.strip("/").split("/")
    if names[0] == "images":
        return record.model_copy(update={"images": _one_row(record.images, names[1], given)})
    lists = {name: given.pop(name, []) for name in STUDY_LISTS} if names[0] == "study" else {}
    old = get(record, path).plain()
    fresh = {name: _with_ids(value, old.get(name)) for name, value in given.items()}
    if len(names) == 1:
        held = {name: _with_ids(rows, [e.plain() for e in getattr(record, name)]) for name, rows in lists.items()}
        made = Curation.model_validate({names[0]: fresh, **held})
        return record.model_copy(update={name: getattr(made, name) for name in (names[0], *lists)})
    others = [{**fresh, "id": names[1]} if e.id == names[1] else e for e in getattr(record, names[0])]
    made = Curation.model_validate({names[0]: others})
    return record.model_copy(update={names[0]: getattr(made, names[0])})


def _one_row(table: Table, row: str, given: Mapping[str, Any]) -> Table:
    for name in [*table.columns, *(name for name in given if name not in table.columns)]:
        if table.value(row, name) != given.get(name):
            table = table.with_cells(name, [row], [given.get(name)], [table.mark(row, name)])
    return table


def _with_ids(value: Any, old: Any) -> Any:
    if not isinstance(value, list) or not all(isinstance(item, dict) for item in value):
        return value
    known = [item.get("id") for item in old or [] if isinstance(item, dict)]
    if not value or "label" in value[0] or "absent" in value[0]:
        return value
    return [{"id": known[n] if n < len(known) else new_id("x"), **item} for n, item in enumerate(value)]


def _form(name: str, section: str, collection: str, doc: str) -> type[Form]:
    return type(name, (Form,), {"SECTION": section, "COLLECTION": collection, "__doc__": doc, "__module__": __name__})


StudyForm = _form("StudyForm", "study", "study", "The study, with people, organisations, publications, grants, links.")
BiosampleForm = _form("BiosampleForm", "biosample", "biosamples", "What was imaged, before it was prepared.")
SpecimenForm = _form("SpecimenForm", "specimen", "specimens", "How the biosample was prepared.")
ImageAcquisitionForm = _form("ImageAcquisitionForm", "acquisition", "acquisitions", "How the images were taken.")
ImageDataForm = _form("ImageDataForm", "image", "images", "What the images are.")
ImageCorrelationForm = _form(
    "ImageCorrelationForm", "correlation", "correlations", "How modalities are brought together."
)
ImageAnalysisForm = _form("ImageAnalysisForm", "analysis", "analyses", "What was computed from the images.")
AnnotationForm = _form("AnnotationForm", "annotation", "annotations", "Annotations made on the images, after MIFA.")
StudyComponentForm = _form("StudyComponentForm", "component", "components", "Images that belong together.")
