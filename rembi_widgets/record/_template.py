"""A study as the template of another: its structure, its values if they are wanted, and never its people unasked."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Literal

from rembi_widgets.record._base import Mark, Origin, is_empty
from rembi_widgets.record._model import COLLECTIONS, ROWS, Curation, Study
from rembi_widgets.record._paths import leaves
from rembi_widgets.record._table import Table

if TYPE_CHECKING:
    from rembi_widgets.record._base import Frozen

Values = Literal["keep", "clear"]
OF_ONE_STUDY = frozenset(
    {
        *("accession", "submission_date", "release_date"),
        *("version", "version_timestamp", "version_changes", "previous_version"),
    }
)
"""Fields of the study that are true of no other."""
NAMING_PEOPLE = frozenset({"people", "organisations", "publications"})
"""Collections that name people, or where they work."""
TELLING_OF_PEOPLE = frozenset({"acknowledgements", "authors"})
"""Fields that name people."""
SHAPE = frozenset(
    {"id", "title", "name", "biosample", "specimen", "sample", "acquisition", "correlation", "analysis", "label"}
)
"""What holds entities together: it stays when values are cleared."""
VALUES_ONLY = frozenset({"grants", "links"})
"""Collections that are nothing without their values."""
_KEPT_FOR = ("x-pagetab", "x-bia-", "x-isa-")
"""How keys begin under which the document is kept that a study was read from."""


def as_template(record: Curation, values: Values = "keep", *, people: bool = False) -> Curation:
    """Give a record to start a new study from.

    The files and images, the accession, the dates and the versions of the study stay behind in any case. What is taken
    over is unconfirmed and bears its origin.

    Parameters
    ----------
    record
        The study that is the template.
    values
        ``keep`` takes over what is described; ``clear`` only the entities, with their titles and how they belong
        together.
    people
        Whether people, organisations, publications, acknowledgements and authors of annotations are taken over.

    Examples
    --------
    >>> old = Curation.model_validate({"study": {"title": "Spindles", "accession": "S-BIAD1"}})
    >>> new = as_template(old)
    >>> new.study.title, new.study.accession
    ('Spindles', None)
    """
    left = frozenset() if people else TELLING_OF_PEOPLE
    made: dict[str, Any] = {"setup": record.setup}
    if values == "keep":
        made["study"] = Study.model_validate(_fields(record.study, OF_ONE_STUDY | left, values))
    for name in COLLECTIONS:
        is_left = (name in NAMING_PEOPLE and not people) or (name in VALUES_ONLY | NAMING_PEOPLE and values == "clear")
        if not is_left or (people and name in {"people", "organisations"}):
            made[name] = tuple(
                _entity(one, left, "keep" if name in NAMING_PEOPLE else values) for one in getattr(record, name)
            )
    found = Curation.model_validate({**made, "files": Table(), "images": Table()})
    return found.model_copy(update={"marks": _marks(found, record)})


def _fields(held: Frozen, left: frozenset[str], values: Values) -> dict[str, Any]:
    """Give the fields that are taken over."""
    return {
        name: value
        for name, value in held
        if name not in left
        and not name.startswith(_KEPT_FOR)
        and not is_empty(value)
        and (values == "keep" or name in SHAPE or name in ROWS)
    }


def _entity(one: Any, left: frozenset[str], values: Values) -> Any:
    fields = _fields(one, left, values)
    for name in fields.keys() & ROWS.keys():
        fields[name] = tuple(_entity(row, left, values) for row in fields[name])
    return type(one).model_validate(fields)


def _marks(found: Curation, record: Curation) -> dict[str, Mark]:
    """Give the mark of every value: nobody has confirmed it for this study."""
    said = (record.study.accession, record.study.title)
    source = next((text for text in said if isinstance(text, str)), None)
    mark = Mark(confirmed=False, origin=Origin(kind="copy", source=source))
    return {path: mark for path, _ in leaves(found) if not path.startswith("/setup/")}
