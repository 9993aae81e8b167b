"""How the workbook looks: headers with help, what is required, drop-downs, pencil for what nobody has confirmed."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from rembi_widgets.formats.xlsx._cells import Shown, shown
from rembi_widgets.formats.xlsx._names import HOLDERS, is_table, pointed_to
from rembi_widgets.formats.xlsx._sheets import FIRST
from rembi_widgets.locale import has, text
from rembi_widgets.record import SINGLETONS

if TYPE_CHECKING:
    from collections.abc import Sequence

    from rembi_widgets.formats.xlsx._names import Names
    from rembi_widgets.formats.xlsx._sheets import Column, Row, Sheet
    from rembi_widgets.record import Curation

LISTS = "_lists"
MORE = 500
"""Rows below the last one for which there are drop-downs."""
SUGGESTED = 200
"""Terms in a drop-down."""
WIDE = {"long": 48, "term": 30, "terms": 30, "texts": 30, "refs": 30, "ref": 26, "number": 11, "flag": 10}
STYLES = ("rembi text", "rembi pencil", "rembi id", "rembi header", "rembi required")


class Look:
    """The workbook, its styles and drop-downs."""

    def __init__(self, record: Curation, names: Names) -> None:
        from openpyxl import Workbook

        self.book = Workbook(write_only=True)
        self._record = record
        self._names = names
        self._targets = record.setup.targets if isinstance(record.setup.targets, tuple) else ()
        self._lists: list[list[str]] = []
        self._titles: set[str] = set()
        self._add_styles()

    def _add_styles(self) -> None:
        from openpyxl.styles import Alignment, Font, NamedStyle, PatternFill

        wrapped = Alignment(wrap_text=True, vertical="top")
        looks: dict[str, dict[str, Any]] = {
            "rembi text": {"number_format": "@"},
            "rembi pencil": {"number_format": "@", "font": Font(italic=True, color="5B6B7B")},
            "rembi id": {"number_format": "@", "font": Font(color="9AA5B1", size=8)},
            "rembi header": {"font": Font(bold=True), "fill": PatternFill("solid", fgColor="E3ECF3")},
            "rembi required": {"font": Font(bold=True, color="8A3B00"), "fill": PatternFill("solid", fgColor="FBEBD7")},
        }
        for name in STYLES:
            self.book.add_named_style(NamedStyle(name=name, alignment=wrapped, **looks[name]))

    def read_me(self) -> None:
        """Begin with a page that says how to fill in the others."""
        page = self.book.create_sheet(self._title(text("xlsx.read_me.title")))
        page.column_dimensions["A"].width = 110
        for line in text("xlsx.read_me").split("\n"):
            page.append(self.plain(page, [line]))

    def _title(self, wanted: str) -> str:
        bare = "".join(" " if letter in r"[]:*?/\\" else letter for letter in wanted)[:28].strip(" '") or "sheet"
        title, number = bare, 2
        while title.casefold() in self._titles:
            title, number = f"{bare} {number}", number + 1
        self._titles.add(title.casefold())
        return title

    def sheet(self, sheet: Sheet, count: int) -> Any:
        """Begin a sheet: widths, frozen headers, drop-downs."""
        from openpyxl.utils import get_column_letter

        key = f"guide.{sheet.section.name}.plural"
        label = text(key if has(key) and sheet.collection not in SINGLETONS else f"guide.{sheet.section.name}.label")
        page = self.book.create_sheet(self._title(label))
        before = 2 if sheet.has_owner else 1
        page.freeze_panes = f"{get_column_letter(before + 1)}{FIRST}"
        page.row_dimensions[1].hidden = True
        page.column_dimensions["A"].width = 13
        last = FIRST + count + (0 if sheet.collection in SINGLETONS else MORE)
        if sheet.has_owner:
            page.column_dimensions["B"].width = 26
            page.column_dimensions["B"].number_format = "@"
            self._offer(page, self._names.all(HOLDERS[sheet.collection]), f"B{FIRST}:B{last}")
        for place, column in enumerate(sheet.columns):
            letter = get_column_letter(before + place + 1)
            dimension = page.column_dimensions[letter]
            dimension.width = WIDE.get(column.kind, 22)
            dimension.number_format = "General" if column.kind in {"number", "flag"} else "@"
            self._drop_down(page, column, f"{letter}{FIRST}:{letter}{last}")
        page.column_dimensions[get_column_letter(before + len(sheet.columns) + 1)].hidden = True
        return page

    def _drop_down(self, page: Any, column: Column, cells: str) -> None:
        choices, strict = self._choices(column)
        self._offer(page, choices, cells, strict=strict)

    def _offer(self, page: Any, choices: list[str], cells: str, *, strict: bool = False) -> None:
        from openpyxl.worksheet.datavalidation import DataValidation

        if not choices:
            return
        found = DataValidation(type="list", formula1=self._list(choices), allow_blank=True)
        found.showErrorMessage = strict
        if strict:
            found.errorTitle, found.error = text("xlsx.not_a_choice.title"), text("xlsx.not_a_choice")
        found.add(cells)
        page.data_validations.append(found)

    def _choices(self, column: Column) -> tuple[list[str], bool]:
        """Give what a cell may be chosen from, and whether nothing else is allowed."""
        guide = column.guide
        if guide is None or guide.readonly:
            return [], False
        if guide.kind == "flag":
            return ["TRUE", "FALSE"], False
        if guide.of is not None:
            return [name for one in pointed_to(guide) if not is_table(one) for name in self._names.all(one)], False
        if guide.terms is not None:
            from rembi_widgets.terms import vocabulary

            return [str(shown(term, {})) for term in vocabulary(guide.terms)[:SUGGESTED]], False
        return list(guide.choices), guide.kind == "choice" and not guide.free

    def _list(self, choices: list[str]) -> str:
        from openpyxl.utils import get_column_letter

        if choices not in self._lists:
            self._lists.append(choices)
        letter = get_column_letter(self._lists.index(choices) + 1)
        return f"'{LISTS}'!${letter}$1:${letter}${len(choices)}"

    def lists(self) -> None:
        """Write what the drop-downs offer."""
        page = self.hidden(LISTS)
        for place in range(max(map(len, self._lists), default=0)):
            page.append(self.plain(page, [one[place] if place < len(one) else None for one in self._lists]))

    def hidden(self, name: str) -> Any:
        """Begin a sheet that nobody sees."""
        page = self.book.create_sheet(name)
        page.sheet_state = "veryHidden"
        return page

    def header(self, page: Any, sheet: Sheet) -> list[Any]:
        """Give the header that people read, with the help as a note."""
        section = sheet.section.name
        cells = [self._cell(page, text("xlsx.id"), "rembi id", text("xlsx.id.help"))]
        if sheet.has_owner:
            cells.append(self._cell(page, text("xlsx.owner"), "rembi required", text("xlsx.owner.help")))
        for column in sheet.columns:
            if column.guide is None:
                cells.append(self._cell(page, column.name, "rembi header"))
                continue
            required = self._is_required(column)
            label = text(f"guide.{section}.{column.name}.label")
            style = "rembi required" if required else "rembi header"
            cells.append(self._cell(page, f"{label} *" if required else label, style, self._note(section, column)))
        return cells

    def _is_required(self, column: Column) -> bool:
        levels = column.guide.levels if column.guide else {}
        return any(levels.get(target) == "required" for target in self._targets or levels)

    def _note(self, section: str, column: Column) -> str:
        key = f"guide.{section}.{column.name}"
        parts = [text(f"{key}.help")]
        if has(f"{key}.example"):
            parts.append(text("xlsx.example", None, example=text(f"{key}.example")))
        if column.guide and column.guide.units:
            parts.append(text("xlsx.unit", None, units=", ".join(column.guide.units)))
        if column.kind in {"terms", "texts", "refs", "choices"}:
            parts.append(text("xlsx.several"))
        return "\n".join(parts)

    def cells(self, page: Any, sheet: Sheet, row: Row, values: Sequence[Shown]) -> list[Any]:
        """Give a row's cells in their styles; what waits for confirmation is in pencil."""
        before = len(values) - len(sheet.columns) - 1
        styled = [self._cell(page, value, "rembi id" if place == 0 else "rembi text") for place, value in
                  enumerate(values[:before])]  # fmt: skip
        for column, value in zip(sheet.columns, values[before:-1], strict=True):
            if value is None or isinstance(value, bool | int | float):
                styled.append(value)
            else:
                pencil = self._in_pencil(sheet, row, column.name)
                styled.append(self._cell(page, value, "rembi pencil" if pencil else "rembi text"))
        return [*styled, *self.plain(page, values[-1:])]

    def _in_pencil(self, sheet: Sheet, row: Row, name: str) -> bool:
        place = sheet.collection
        if is_table(place):
            mark = getattr(self._record, place).mark(row.id, name)
        else:
            base = f"/{place}" if place in SINGLETONS else f"/{place}/{row.id}"
            mark = self._record.marks.get(f"{base}/{name}")
        return mark is not None and not mark.confirmed

    def plain(self, page: Any, values: Sequence[Shown]) -> list[Any]:
        """Give cells that hold text as text, ``=`` at its beginning or not."""
        return [self._cell(page, value) if isinstance(value, str) else value for value in values]

    def _cell(self, page: Any, value: Shown, style: str = "", note: str = "") -> Any:
        from openpyxl.cell import WriteOnlyCell
        from openpyxl.comments import Comment

        cell = WriteOnlyCell(page, value=value)
        if isinstance(value, str):
            cell.data_type = "s"
        if style:
            cell.style = style
        if note:
            cell.comment = Comment(note, "REMBI", width=360, height=40 + 18 * (1 + len(note) // 48 + note.count("\n")))
        return cell
