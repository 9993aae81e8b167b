"""What the archive's reader of records cannot follow: associations, licences, organisations, lists that are elsewhere.

Sources: faults that curators mended in records which the form had let through; the server's conditions for a DOI.
"""

from __future__ import annotations

import re
from difflib import get_close_matches
from typing import TYPE_CHECKING, Any

from rembi_widgets.checks._case import finding
from rembi_widgets.record import Edit

if TYPE_CHECKING:
    from collections.abc import Iterator

    from rembi_widgets.checks._case import Case
    from rembi_widgets.record import Association, Curation, Finding

ACCESSION = re.compile(r"S-[A-Z]{2,}[A-Z0-9]*")
LICENCES = (
    *("CC0", "CC BY 4.0", "CC BY 3.0", "CC BY 2.5", "CC BY 2.0", "CC BY 1.0", "CC BY-SA 4.0", "CC BY-NC 4.0"),
    *("CC BY-NC-SA 4.0", "CC BY-NC-ND 4.0", "MIT"),
)
"""Licences of published records as the archive's reader spells them; the form offers the first two."""
OF_THE_FORM = frozenset(
    {
        *(
            "section_empty",
            "field_missing",
            "field_missing_one",
            "too_short",
            "not_a_choice",
            "date_form",
            "title_twice",
        ),
        *("component_without_images", "bia_annotation_without_files", "bia_source_image_missing", "bia_path_refused"),
        *("association_without_sample", "association_without_acquisition", "sample_without_biosample"),
    }
)
"""What the form asks of a new submission and the reader does not of a record that the archive has taken."""
NOT_FOR_ANNOTATIONS = frozenset({"biosamples", "specimens", "samples", "acquisitions", "components", "images"})
"""Sections that the template for annotations of somebody else's images does not have."""
KEY = "x-bia-"
"""Before the name of an attribute that a record of the archive had and this one has no field for."""
LIST = "x-bia-File List"
COLUMNS = {
    "biosample": ("biosamples", "sample"),
    "specimen": ("specimens", "sample"),
    "image acquisition": ("acquisitions", "acquisition"),
    "image correlation": ("correlations", "correlation"),
    "image analysis": ("analyses", "analysis"),
}
"""Attribute of an association to the collection it names and to the field of ours."""


def is_published(record: Curation) -> bool:
    """Tell whether the archive has taken a study: it has an accession of the archive's."""
    said = record.study.accession
    return isinstance(said, str) and ACCESSION.fullmatch(said) is not None


def is_of_others_images(record: Curation, found: Finding) -> bool:
    """Tell whether a finding asks for the samples and images of a study that is annotations of somebody else's."""
    only = bool(record.annotations) and not record.components and not record.biosamples
    return only and found.code == "section_empty" and found.path.strip("/") in NOT_FOR_ANNOTATIONS


def associations(case: Case) -> Iterator[Finding]:
    """Find components without associations, and associations that name a section by a title that none has."""
    for path, component in case.entities("components"):
        if not component.associations:
            fix = _only(case.record, path)
            yield finding("error", "bia_component_without_associations", path, fix=fix, name=case.name(path))
        for link in component.associations:
            yield from _nowhere(case, f"{path}/associations/{link.id}", link, case.name(path))


def _only(record: Curation, path: str) -> tuple[Edit, ...] | None:
    """Give the association that a component can only have: there is one sample and one acquisition."""
    if len(record.samples) != 1 or len(record.acquisitions) != 1:
        return None
    value = {"sample": record.samples[0].id, "acquisition": record.acquisitions[0].id}
    identity = f"as-{path.rpartition('/')[2]}"
    return (Edit(op="add", path=f"{path}/associations", id=identity, value=value),)


def _nowhere(case: Case, path: str, link: Association, name: str) -> Iterator[Finding]:
    samples = {sample.id: sample for sample in case.record.samples}
    for key, said in sorted((link.model_extra or {}).items()):
        column = COLUMNS.get(" ".join(key.removeprefix(KEY).casefold().split())) if key.startswith(KEY) else None
        if column is None or not isinstance(said, str):
            continue
        collection, field = column
        sample = samples.get(link.sample or "")
        held = getattr(sample, collection[:-1], None) if field == "sample" else getattr(link, field)
        if not held:
            where = f"{path}/{field}"
            wanted, fix = _nearest(case, where, link, collection, said)
            attribute = key.removeprefix(KEY)
            code = "bia_association_nowhere" if wanted is None else "bia_association_misspelled"
            yield finding("error", code, where, found=said, wanted=wanted, fix=fix, name=name, attribute=attribute)


def _nearest(
    case: Case, path: str, link: Association, collection: str, said: str
) -> tuple[str | None, tuple[Edit, ...] | None]:
    """Give the title that is meant, as far as that can be told, and the edit that names its section."""
    titles = {one.title.casefold(): one for one in case.of(collection) if isinstance(one.title, str)}
    near = get_close_matches(said.casefold(), titles, n=1, cutoff=0.75)
    if not near:
        return None, None
    one = titles[near[0]]
    target = one.id if not path.endswith("/sample") else _sample(case, link, collection[:-1], one.id)
    fix = (Edit(op="set", path=path, value=target),) if target else None
    return one.title, fix


def _sample(case: Case, link: Association, part: str, identity: str) -> str | None:
    """Give the sample that has one part as named and the other as the association's sample has it."""
    other = "specimen" if part == "biosample" else "biosample"
    mine: Any = next((sample for sample in case.record.samples if sample.id == link.sample), None)
    known = getattr(mine, other, None)
    fits = [one.id for one in case.record.samples if getattr(one, part) == identity]
    fits = [one.id for one in case.record.samples if one.id in fits and known in (None, getattr(one, other))]
    return fits[0] if len(fits) == 1 else None


def licence(case: Case) -> Iterator[Finding]:
    """Find a licence of a published record that the archive's reader does not know."""
    said = case.record.study.license
    if isinstance(said, str) and is_published(case.record) and said not in LICENCES:
        known = {_letters(name): name for name in LICENCES}
        meant = known.get(_letters(said))
        fix = (Edit(op="set", path="/study/license", value=meant),) if meant else None
        wanted = meant or ", ".join(LICENCES)
        yield finding("error", "bia_licence", "/study/license", found=said, wanted=wanted, fix=fix)


def _letters(said: str) -> str:
    return re.sub(r"[^a-z0-9]", "", said.casefold())


def lists_elsewhere(case: Case) -> Iterator[Finding]:
    """Find components and annotations whose file list was not there when they were read."""
    files = case.record.files
    filled = {*files.column("component"), *files.column("made_by")}
    for collection in ("components", "annotations"):
        for path, one in case.entities(collection):
            said = (one.model_extra or {}).get(LIST)
            if isinstance(said, str) and one.id not in filled:
                yield finding("warning", "bia_list_elsewhere", path, found=said, name=case.name(path))
