"""The pages of the docs: made from the guide as it is now, whole, with links that lead somewhere."""

from __future__ import annotations

import csv
import re
from collections.abc import Iterator
from importlib.resources import files
from pathlib import Path

import pytest

from rembi_widgets.locale import LANGUAGES, catalogue, text
from rembi_widgets.record import GUIDE
from rembi_widgets.terms._fields import FIELDS
from tests.house.reference import Page, anchor, escaped, page, path
from tests.house.reference_words import WORDS
from tests.reference.full import full_record

each_language = pytest.mark.parametrize("lang", LANGUAGES)
PIPE = re.compile(r"(?<!\\)\|")


@pytest.fixture(scope="module")
def pages() -> dict[str, str]:
    return {lang: path(lang).read_text(encoding="utf-8") for lang in LANGUAGES}


@each_language
def test_the_page_is_what_the_guide_gives_now(lang: str, pages: dict[str, str]) -> None:
    assert pages[lang] == page(lang), "python -m tests.house.reference writes it anew"


@each_language
def test_every_field_is_there_with_its_meaning(lang: str, pages: dict[str, str]) -> None:
    for section in GUIDE.values():
        assert f'<a id="{anchor(section)}"></a>' in pages[lang]
        for field in section.fields.values():
            held = pages[lang].partition(f'<a id="{anchor(section, field)}"></a>')[2].partition("<a id=")[0]
            for word in ("label", "help", "example"):
                assert escaped(text(f"guide.{section.name}.{field.name}.{word}", lang)) in held
            assert all(f"`{place.split(' (')[0]}`" in held for place in (field.isa or "").split("; ") if place)


@each_language
def test_every_link_leads_to_one_place(lang: str, pages: dict[str, str]) -> None:
    anchors = re.findall(r'<a id="([^"]+)"></a>', pages[lang])
    assert len(set(anchors)) == len(anchors)
    assert set(re.findall(r"\]\(#([^)]+)\)", pages[lang])) == set(anchors)
    other = next(one for one in LANGUAGES if one != lang)
    assert f"(fields.{other}.md)" in pages[lang]


@each_language
def test_every_row_of_a_table_has_its_cells(lang: str, pages: dict[str, str]) -> None:
    for table in tables(pages[lang]):
        widths = {len(PIPE.findall(row)) for row in table}
        assert len(widths) == 1, table
        assert re.fullmatch(r"(\|---)+\|", table[1])


def tables(said: str) -> Iterator[list[str]]:
    for block in said.strip().split("\n\n"):
        if block.startswith("|"):
            yield block.split("\n")


def test_the_terms_named_are_those_the_fields_are_searched_in() -> None:
    data = files("rembi_widgets.terms").joinpath("data/starter_vocabulary.tsv").read_text(encoding="utf-8")
    rows = list(csv.DictReader(data.splitlines(), delimiter="\t"))
    for key in {field.terms for section in GUIDE.values() for field in section.fields.values() if field.terms}:
        prefixes = {row["id"].replace("_", ":").partition(":")[0] for row in rows if row["field"] in FIELDS[key]}
        for lang in LANGUAGES:
            assert set(re.findall(r"\((\w+)\)", text(f"ui.reference.terms.{key}", lang))) == prefixes


def test_both_languages_have_the_same_words() -> None:
    assert WORDS["en"].keys() == WORDS["fr"].keys()
    kinds = {field.kind for section in GUIDE.values() for field in section.fields.values()}
    assert all(kinds <= WORDS[lang]["kinds"].keys() for lang in LANGUAGES)


def test_what_markdown_would_take_for_its_own_is_escaped() -> None:
    assert escaped("a | b\n*c* <i> [x]_y") == "a \\| b \\*c\\* \\<i\\> \\[x\\]\\_y"


@each_language
def test_the_workbook_has_the_sheets_and_columns_named(
    lang: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    xlsx = pytest.importorskip("rembi_widgets.formats.xlsx", reason="there is no workbook yet")
    openpyxl = pytest.importorskip("openpyxl")
    monkeypatch.setenv("REMBI_LANG", lang)
    [file] = [one for one in xlsx.write(full_record()[0], tmp_path).files if Path(one).suffix == ".xlsx"]
    book = openpyxl.load_workbook(file)
    held = {sheet.title: {str(cell.value) for row in sheet.iter_rows(max_row=2) for cell in row} for sheet in book}
    made = Page(lang)
    for section in GUIDE.values():
        sheet = made.label(section, word="label" if section.kind == "one" else "plural")
        columns = {made.label(section, field) for field in section.fields.values() if field.kind != "rows"}
        assert all(any(cell.startswith(column) for cell in held[sheet]) for column in columns), (sheet, columns)


def test_the_catalogue_has_no_place_in_the_workbook_of_its_own() -> None:
    assert {lang: catalogue(lang)["ui.reference.workbook.place"] for lang in LANGUAGES} == dict.fromkeys(
        LANGUAGES, "{sheet}, {column}"
    )
