"""One fault at a time in a submission that all three would take."""

from __future__ import annotations

import copy
import json
from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from rembi_widgets.errors import RembiError
from rembi_widgets.formats import pagetab
from tests.formats.builder import full_record

TODAY = date(2026, 1, 10)
Tree = dict[str, Any]


def attributes(**values: Any) -> list[Tree]:
    return [{"name": name.replace("_", " "), "value": value} for name, value in values.items()]


def section(kind: str, accno: str, *below: Tree, **values: Any) -> Tree:
    return {"type": kind, "accno": accno, "attributes": attributes(**values), "subsections": list(below)}


def good() -> Tree:
    """A submission without a fault; nobody in it exists."""
    link = section(
        "Associations", "", Biosample="cells", Specimen="fixed", Image_acquisition="confocal", Image_analysis="counts"
    )
    author = section("Author", "author-1", Name="Ada Example", affiliation="o1")
    author["attributes"] += [{"name": "E-mail", "value": "ada@example.org"}]
    author["attributes"][1]["reference"] = True
    below = [
        section("Publication", "p1", Title="A paper", DOI="10.1038/s41592-021-01166-8"),
        section(
            "Biosample", "b1", Title="cells", Organism="Homo sapiens", Biological_entity="cell", Extrinsic_variable="x"
        ),
        section("Specimen", "s1", Title="fixed", Sample_preparation_protocol="fixed"),
        section(
            "Image acquisition",
            "i1",
            Title="confocal",
            Imaging_instrument="scope",
            Image_acquisition_parameters="63x",
            Imaging_method="confocal microscopy",
        ),
        section("Image analysis", "a1", Title="counts", Image_analysis_overview="counted"),
        section("Study Component", "c1", link, Name="images", Description="all", File_List="list.tsv"),
        author,
        section("organisation", "o1", Name="Institute of Examples"),
    ]
    title = "A study of cells that has a long title"
    study = section("Study", "s", *below, Title=title, Description="text", Keywords="cells", License="CC0")
    study["links"] = [{"url": "https://example.org/code", "attributes": []}]
    top = attributes(Template="BioImages.v5", Title=title, ReleaseDate="2026-06-01", AttachTo="BioImages", DOI="")
    return {"attributes": top, "section": study, "type": "submission"}


def part(tree: Tree, accno: str) -> Tree:
    return next(one for one in tree["section"]["subsections"] if one["accno"] == accno)


def change(accno: str, name: str, value: Any) -> Callable[[Tree], None]:
    """Change a value of a section, ``top`` and ``study`` among them; ``None`` takes it out."""

    def changed(tree: Tree) -> None:
        home = {"top": tree, "study": tree["section"]}.get(accno) or part(tree, accno)
        kept = [one for one in home["attributes"] if one["name"] != name]
        home["attributes"] = kept if value is None else [*kept, {"name": name, "value": value}]

    return changed


def link(name: str, value: str | None) -> Callable[[Tree], None]:
    def changed(tree: Tree) -> None:
        row = part(tree, "c1")["subsections"][0]
        kept = [one for one in row["attributes"] if one["name"] != name]
        row["attributes"] = kept if value is None else [*kept, {"name": name, "value": value}]

    return changed


def without(accno: str) -> Callable[[Tree], None]:
    def changed(tree: Tree) -> None:
        tree["section"]["subsections"].remove(part(tree, accno))

    return changed


def repeated(accno: str, name: str, value: str) -> Callable[[Tree], None]:
    return lambda tree: part(tree, accno)["attributes"].append({"name": name, "value": value})


def url(address: str, **told: str) -> Callable[[Tree], None]:
    def changed(tree: Tree) -> None:
        tree["section"]["links"] = [{"url": address, "attributes": attributes(**told)}]

    return changed


def found(tmp_path: Path, tree: Tree, lines: str = "Files\na.tif\n", **named: Any) -> set[str]:
    (tmp_path / "list.tsv").write_bytes(lines.encode())
    (tmp_path / "submission.json").write_text(json.dumps(tree), encoding="utf-8")
    said = pagetab.simulate(tmp_path, today=TODAY, **named)
    every = [one for name in pagetab.PARTS for one in getattr(said, name).findings]
    return {one.code.removeprefix("simulation_") for one in every}


def test_a_good_submission_passes_all_three(tmp_path: Path) -> None:
    assert found(tmp_path, good()) == set()
    assert pagetab.simulate(tmp_path, today=TODAY).passes


FAULTS: dict[str, tuple[Callable[[Tree], None], set[str]]] = {
    "old template": (change("top", "Template", "BioImages.v4"), {"form_template"}),
    "other template": (change("top", "Template", "Mine"), {"form_template", "ingest_template"}),
    "no organism": (change("b1", "Organism", None), {"form_required"}),
    "no keywords": (change("study", "Keywords", None), {"form_required"}),
    "no file list": (change("c1", "File List", None), {"form_required"}),
    "no e-mail": (change("author-1", "E-mail", None), {"form_required"}),
    "odd e-mail": (change("author-1", "E-mail", "Ada <ada@example.org>"), {"form_email", "ingest_email"}),
    "hidden mark": (change("author-1", "E-mail", "ada@example.org\u202c"), {"form_email", "ingest_email"}),
    "no name": (change("author-1", "Name", None), {"form_required", "ingest_nameless"}),
    "short title": (lambda tree: [change(one, "Title", "Cells")(tree) for one in ("top", "study")], {"form_title"}),
    "licence of the reader": (change("study", "License", "CC BY 3.0"), {"form_licence"}),
    "no licence": (change("study", "License", "CC-BY"), {"form_licence", "ingest_licence"}),
    "far release": (change("top", "ReleaseDate", "2028-01-11"), {"form_window"}),
    "past release": (change("top", "ReleaseDate", "2026-01-09"), {"form_window", "server_past"}),
    "no release": (change("top", "ReleaseDate", None), {"form_required", "server_release", "ingest_release"}),
    "odd release": (change("top", "ReleaseDate", "June 2026"), {"server_release"}),
    "no specimen": (without("s1"), {"form_section", "ingest_association"}),
    "accno twice": (lambda tree: part(tree, "s1").update(accno="b1"), {"server_accno"}),
    "nameless": (lambda tree: part(tree, "s1")["attributes"].append({"name": " ", "value": "x"}), {"server_nameless"}),
    "no text": (change("b1", "Description", 3), {"server_value"}),
    "blank list": (change("c1", "File List", " "), {"form_required", "server_no_list"}),
    "old ending": (change("c1", "File List", "list.xls"), {"server_ending"}),
    "loud ending": (change("c1", "File List", "list.TSV"), {"server_ending"}),
    "list elsewhere": (change("c1", "File List", "../list.tsv"), {"server_list_missing"}),
    "no list": (change("c1", "File List", "other.tsv"), {"server_list_missing"}),
    "no organisation": (
        without("o1"),
        {"server_reference", "server_doi_organisation", "server_doi_affiliation", "ingest_affiliation"},
    ),
    "nameless organisation": (
        change("o1", "Name", None),
        {"server_doi_nameless", "ingest_organisation", "ingest_affiliation"},
    ),
    "doi that is none": (change("p1", "DOI", "TBD"), {"ingest_doi"}),
    "doi with words": (change("p1", "DOI", "10.1038/s41592 (in press)"), {"ingest_doi"}),
    "publication of a number": (
        lambda tree: (
            [change("p1", name, None)(tree) for name in ("Title", "DOI")] + [repeated("p1", "Year", "2026")(tree)]
        ),
        {"ingest_publication"},
    ),
    "empty publication": (
        lambda tree: [change("p1", name, None)(tree) for name in ("Title", "DOI")],
        {"ingest_publication_empty"},
    ),
    "bare link": (url("doi.org/10.1038/x"), {"ingest_link"}),
    "typed link": (url("10.1038/x", Type="DOI"), set()),
    "link of an unknown type": (url("x", Type="mine"), {"ingest_link"}),
    "no association": (
        lambda tree: part(tree, "c1").update(subsections=[]),
        {"form_associations", "ingest_no_association"},
    ),
    "biosample of no section": (link("Biosample", "cell"), {"ingest_association"}),
    "analysis of no section": (link("Image analysis", "count"), {"ingest_association"}),
    "biosample alone": (link("Specimen", None), {"form_required", "ingest_specimen"}),
    "untitled": (change("i1", "Title", None), {"form_required", "ingest_key", "ingest_association"}),
    "two treatments": (repeated("b1", "Extrinsic variable", "y"), {"ingest_variables"}),
    "two organisms": (repeated("b1", "Organism", "Mus musculus"), {"ingest_organisms"}),
    "an author of no organisation": (
        change("author-1", "affiliation", None),
        {"form_required", "server_doi_affiliation"},
    ),
    "affiliation in other letters": (
        lambda tree: [change("author-1", "affiliation", None)(tree), repeated("author-1", "Affiliation", "o1")(tree)],
        {"ingest_affiliation"},
    ),
}


@pytest.mark.parametrize("name", FAULTS)
def test_a_fault_is_found_by_those_who_would_find_it(tmp_path: Path, name: str) -> None:
    tree = copy.deepcopy(good())
    fault, wanted = FAULTS[name]
    fault(tree)
    assert found(tmp_path, tree) == wanted


LISTS = {
    "\ufeffFiles\na.tif\n": "server_list_bom",
    "files\na.tif\n": "server_list_head",
    "": "server_list_head",
    "Files\t\na.tif\tx\n": "server_list_header",
    "Files\n": "server_list_empty",
    "Files\tx\n\tb\n": "server_list_pathless",
    "Files\né.tif\n": "server_path",
    "Files\n./a.tif\n": "server_path",
    "Files\na/\n": "server_path",
    "Files\na/../b.tif\n": "server_path",
    "Files\na+b.tif\n": "server_path",
}


@pytest.mark.parametrize("lines", LISTS)
def test_a_fault_of_a_list_is_the_servers(tmp_path: Path, lines: str) -> None:
    assert found(tmp_path, good(), lines) == {LISTS[lines]}


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ('[{"path": "a.tif"}]', set()),
        ("[]", {"server_list_empty"}),
        ("{}", {"server_list_json"}),
        ("no json", {"server_list_json"}),
        ('[{"path": ""}]', {"server_list_pathless"}),
    ],
)
def test_a_list_may_be_json(tmp_path: Path, text: str, wanted: set[str]) -> None:
    tree = good()
    change("c1", "File List", "list.json")(tree)
    (tmp_path / "list.json").write_text(text, encoding="utf-8")
    assert found(tmp_path, tree) == wanted


def test_a_spreadsheet_loses_its_decimals(tmp_path: Path) -> None:
    tree = good()
    change("c1", "File List", "list.xlsx")(tree)
    (tmp_path / "list.xlsx").write_bytes(b"PK")
    assert found(tmp_path, tree) == {"server_xlsx"}


class Facts:
    """Only one file is there."""

    def exists(self, path: str) -> bool:
        return path == "a.tif"

    def size(self, path: str) -> int | None:
        return 1 if self.exists(path) else None


def test_files_that_are_not_there_are_the_servers(tmp_path: Path) -> None:
    assert found(tmp_path, good(), facts=Facts()) == set()
    assert found(tmp_path, good(), "Files\na.tif\nb.tif\n", facts=Facts()) == {"server_absent"}


def test_annotations_of_the_form_are_passed_over_by_the_reader(tmp_path: Path) -> None:
    tree = good()
    values = {
        "Annotation_Overview": "x",
        "Annotation_Type": "counts",
        "Annotation_Method": "x",
        "File_List": "list.tsv",
    }
    tree["section"]["subsections"].append(section("Annotation", "n1", Title="counts", **values))
    assert found(tmp_path, tree) == {"ingest_annotation"}
    tree["section"]["subsections"][-1]["type"] = "Annotations"
    repeated("n1", "Annotation Type", "tracks")(tree)
    assert found(tmp_path, tree) == {"ingest_types"}


def test_ids_in_qualifiers_are_dropped_by_the_reader(tmp_path: Path) -> None:
    tree = good()
    for accno, name in (("b1", "Organism"), ("i1", "Imaging method")):
        one = next(it for it in part(tree, accno)["attributes"] if it["name"] == name)
        one["valqual"] = attributes(Ontology="x", TermId="x_1")
    assert found(tmp_path, tree) == {"ingest_taxon", "ingest_fbbi"}
    part(tree, "b1")["subsections"] = [section("Organism", "og", NCBI_taxon_ID="NCBITaxon_9606")]
    assert found(tmp_path, tree) == {"ingest_fbbi"}


def test_tables_within_a_document_are_sections_too(tmp_path: Path) -> None:
    tree = good()
    rows = part(tree, "c1")["subsections"]
    part(tree, "c1")["subsections"] = [[*rows, section("Associations", "x", Biosample="nobody")]]
    assert found(tmp_path, tree) == {"form_required", "ingest_association", "ingest_specimen"}


@pytest.mark.parametrize("text", ["", "[]", "{}", '{"section": 3}', "[" * 100_000, "\x00"])
def test_what_is_no_pagetab_is_refused_in_a_sentence(tmp_path: Path, text: str) -> None:
    (tmp_path / "submission.json").write_text(text, encoding="utf-8")
    with pytest.raises(RembiError, match="submission"):
        pagetab.simulate(tmp_path)


def test_where_there_is_nothing_it_says_so(tmp_path: Path) -> None:
    with pytest.raises(RembiError, match="submission"):
        pagetab.simulate(tmp_path)


@pytest.mark.parametrize("odd", [None, 3, "x", [], [3], [None], {"a": 1}])
@pytest.mark.parametrize("key", ["attributes", "links", "subsections", "type", "accno"])
def test_odd_parts_of_a_document_cost_themselves_alone(tmp_path: Path, key: str, odd: Any) -> None:
    tree = good()
    part(tree, "b1")[key] = odd
    tree["section"]["links"] = [{"url": odd, "attributes": odd}]
    assert isinstance(found(tmp_path, tree), set)


def test_a_curation_is_composed_as_it_would_be_sent() -> None:
    said = pagetab.simulate(full_record(), today=TODAY)
    codes = {one.code for one in said.form.findings}
    assert codes == {"simulation_form_required"}  # the second person has neither e-mail nor organisation
    assert said.ingest.findings
    whole = said.to_json("en")
    assert whole["passes"] is False
    assert set(whole) == {"passes", *pagetab.PARTS}
    assert whole["form"]["findings"][0]["message"].startswith("author-2")
