"""Images and components: what belongs to nothing, what points nowhere, and sizes that do not agree.

Rules of tables give one finding for all rows they concern; its path leads to the first row.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from typing import TYPE_CHECKING, Any

from rembi_widgets.checks._case import finding
from rembi_widgets.checks._columns import numbers, places, row_path, texts
from rembi_widgets.record import GUIDE, Edit

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator

    from rembi_widgets.checks._case import Case
    from rembi_widgets.record import Finding, Table

POINTERS: tuple[tuple[str, str, str], ...] = (
    ("images", "file", "files"),
    ("images", "component", "components"),
    ("images", "association", "associations"),
    ("files", "component", "components"),
    ("files", "made_by", "makers"),
    ("files", "source_image", "images"),
)
"""Table, column, and what its cells refer to."""

MUST_POINT = frozenset({("images", "file")})
"""Columns that may not be empty either."""

DIGITS = 4
"""Digits in which pixel sizes of one component are compared: headers round them differently."""


def _known(case: Case, target: str) -> Collection[str]:
    if target in {"files", "images"}:
        table: Table = getattr(case.record, target)
        return table.index.keys()
    if target == "makers":
        field = GUIDE["file"].fields["made_by"]
        return frozenset().union(*(case.ids[name] for name in (field.of or "", *field.also)))
    return case.ids[target]


def pointers(case: Case) -> Iterator[Finding]:
    """Find cells that refer to what does not exist: one finding a column."""
    for name, column, target in POINTERS:
        table: Table = getattr(case.record, name)
        cells = table.column(column)
        known = _known(case, target)
        must = (name, column) in MUST_POINT
        lost = places((must if cell is None else cell not in known) for cell in map(_hashable, cells))
        if lost:
            rows = tuple(table.ids[place] for place in lost if cells[place] is not None)
            fix = (Edit(op="fill", path=f"/{name}/{column}", rows=rows, value=None),) if rows and not must else None
            path = row_path(name, table, lost[0], column)
            yield finding("error", f"{name}_nowhere_{column}", path, found=_said(cells[lost[0]]), n=len(lost), fix=fix)


def _hashable(cell: Any) -> Any:
    return cell if cell is None or type(cell) is str else str(cell)


def _said(cell: Any) -> str | None:
    return None if cell is None else str(cell)


def components_without_images(case: Case) -> Iterator[Finding]:
    """Find components that no image or file belongs to."""
    filled = {*texts(case.record.images.column("component")), *texts(case.record.files.column("component"))}
    for component in case.record.components:
        if component.id not in filled:
            path = f"/components/{component.id}"
            yield finding("warning", "component_without_images", path, name=case.name(path))


def images_without_component(case: Case) -> Iterator[Finding]:
    """Find images that belong to no component."""
    table = case.record.images
    if case.record.components:
        yield from _some(table, "images_without_component", places(c is None for c in table.column("component")))


def _some(table: Table, code: str, lost: list[int], column: str = "component", **values: Any) -> Iterator[Finding]:
    if lost:
        found = f"{len(table) - len(lost)}/{len(table)}"
        path = row_path("images", table, lost[0], column)
        yield finding("warning", code, path, found=found, wanted=f"{len(table)}/{len(table)}", n=len(lost), **values)


def images_without_association(case: Case) -> Iterator[Finding]:
    """Find images of a component with several associations that say none of them, or one of another component.

    With one association only, its images belong to it by themselves.
    """
    table = case.record.images
    of = {part.id: frozenset(one.id for one in part.associations) for part in case.record.components}
    several = {part: known for part, known in of.items() if len(known) > 1}
    rows = zip(table.column("component"), table.column("association"), strict=True)
    lost: dict[str, list[int]] = defaultdict(list)
    for place, (part, chosen) in enumerate(rows):
        if type(part) is str and part in several and (type(chosen) is not str or chosen not in several[part]):
            lost[part].append(place)
    for component in case.record.components:
        name = case.name(f"/components/{component.id}")
        yield from _some(table, "images_unassigned", lost[component.id], "association", name=name)


def mixed_pixel_sizes(case: Case) -> Iterator[Finding]:
    """Find components whose primary images were not all taken at one pixel size."""
    table = case.record.images
    columns = (table.column("component"), numbers(table.column("pixel_size_x")), table.column("image_type"))
    sizes: dict[Any, Counter[float]] = defaultdict(Counter)
    first: dict[tuple[Any, float], int] = {}
    for place, (part, size, kind) in enumerate(zip(*columns, strict=True)):
        if size is not None and type(part) is str and (kind is None or kind == "primary"):
            sizes[part][size] += 1
            first.setdefault((part, size), place)
    for component in case.record.components:
        name = case.name(f"/components/{component.id}")
        yield from _mixed(table, component.id, name, sizes.get(component.id, Counter()), first)


def _mixed(
    table: Table, component: str, name: str, sizes: Counter[float], first: dict[tuple[Any, float], int]
) -> Iterator[Finding]:
    rounded: Counter[str] = Counter()
    example: dict[str, float] = {}
    for size, count in sizes.items():
        key = f"{size:.{DIGITS}g}"
        rounded[key] += count
        example.setdefault(key, size)
    if len(rounded) > 1:
        (usual, _), *others = rounded.most_common()
        place = first[component, example[others[0][0]]]
        n = sum(count for _, count in others)
        shown = ", ".join(f"{key} µm ({count})" for key, count in rounded.most_common(5))
        path = row_path("images", table, place, "pixel_size_x")
        values: dict[str, Any] = {"n": n, "usual": usual, "name": name}
        yield finding("info", "pixel_sizes_mixed", path, found=shown, wanted=f"{usual} µm", **values)
