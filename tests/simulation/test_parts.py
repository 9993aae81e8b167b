"""The three simulated readers, each by itself: one attribute, one list, one window at a time."""

from __future__ import annotations

import copy
import json
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rembi_widgets.errors import RembiError
from rembi_widgets.formats import pagetab
from rembi_widgets.formats.pagetab import _simulated
from rembi_widgets.formats.pagetab._simulated import Simulation, Verdict, simulate
from rembi_widgets.formats.pagetab._simulated_form import NEEDED, REQUIRED, form, is_email
from rembi_widgets.formats.pagetab._simulated_ingest import DOI, LICENCES, ingest
from rembi_widgets.formats.pagetab._simulated_server import server
from rembi_widgets.formats.pagetab._tree import Document, Part, document, said
from rembi_widgets.record import Finding
from tests.simulation.test_rules import TODAY, change, good, link, part, repeated, section, url, without

Tree = dict[str, Any]


def opened(tree: Tree) -> Document:
    made = document(tree)
    assert made is not None
    return made


def codes(findings: Any) -> list[str]:
    return [one.code.removeprefix("simulation_") for one in findings]


def of_form(*faults: Any) -> list[str]:
    return codes(form(opened(spoiled(*faults)), TODAY))


def of_server(*faults: Any) -> list[str]:
    return codes(server(opened(spoiled(*faults)), None, None, TODAY))


def of_reader(*faults: Any) -> list[str]:
    return codes(ingest(opened(spoiled(*faults))))


def spoiled(*faults: Any) -> Tree:
    tree = copy.deepcopy(good())
    for fault in faults:
        fault(tree)
    return tree


@pytest.mark.parametrize("tree", [None, 3, "x", [], {}, {"section": None}, {"section": []}, {"section": "x"}])
def test_what_has_no_section_is_no_document(tree: Any) -> None:
    assert document(tree) is None


def test_an_empty_section_is_a_document() -> None:
    made = opened({"section": {}})
    assert (made.accno, made.template, made.root.kind, made.root.below) == ("", "", "", ())


def test_the_top_wins_over_the_study() -> None:
    made = opened(
        {
            "attributes": [{"name": "Title", "value": "top"}],
            "section": {"attributes": [{"name": "Title", "value": "root"}, {"name": "ReleaseDate", "value": "d"}]},
        }
    )
    assert (made.either("Title"), made.either("ReleaseDate"), made.either("None")) == ("top", "d", "")


@pytest.mark.parametrize("name", ["Title", "TITLE", "title"])
def test_the_case_of_a_name_counts_only_if_it_must(name: str) -> None:
    one = Part("study", "", "s", ({"name": "Title", "value": "a"},))
    assert one.values(name) == ["a"]
    assert one.values(name, exact=True) == (["a"] if name == "Title" else [])


@pytest.mark.parametrize("value", [None, "", " ", "\t", 0, False, []])
def test_a_blank_value_is_none(value: Any) -> None:
    assert Part("x", "", "x", ({"name": "a", "value": value},)).values("a") == []


@pytest.mark.parametrize(("value", "text"), [(3, "3"), (True, "True"), ({"a": 1}, "{'a': 1}"), (" a ", " a ")])
def test_a_value_that_is_no_text_is_said_as_one(value: Any, text: str) -> None:
    assert Part("x", "", "x", ({"name": "a", "value": value},)).value("a") == text


def test_sections_without_an_accno_are_numbered_by_their_type() -> None:
    made = opened({"section": {"type": "Study", "subsections": [{"type": "B"}, [{"type": "B"}, {"type": "C"}]]}})
    assert [one.where for one in made.root.every()] == ["Study-1", "B-1", "B-2", "C-1"]


def test_a_slash_of_an_accno_does_not_part_a_path() -> None:
    made = opened({"section": {"type": "Study", "accno": "a/b"}})
    assert said("error", "x", made.root, "Title").path == "/a_b/Title"


def test_a_finding_of_a_section_has_the_path_of_it() -> None:
    finding = said("info", "x", Part("x", "", "x-1", ()), found="f", n=3)
    assert (finding.path, finding.found, finding.values["n"]) == ("/x-1", "f", 3)
    assert said("info", "x", Part("x", "", "x-1", ())).found is None


def test_sections_of_a_type_are_found_at_any_depth() -> None:
    inner = {"type": "Author", "accno": "deep"}
    made = opened({"section": {"type": "S", "subsections": [{"type": "X", "subsections": [inner]}]}})
    assert [one.accno for one in made.root.all("author")] == ["deep"]


@pytest.mark.parametrize("levels", [100, 400, *range(430, 530, 10), 5000])
def test_a_document_of_many_levels_ends_in_a_verdict_or_a_sentence(tmp_path: Path, levels: int) -> None:
    begin, end = '{"type":"A","subsections":[', "]}"
    text = f'{{"section":{begin * levels}{{}}{end * levels}}}'
    (tmp_path / "submission.json").write_text(text, encoding="utf-8")
    try:
        passes = simulate(tmp_path, today=TODAY).passes
    except RembiError as fault:
        assert fault.key == "simulation.no_pagetab"  # noqa: PT017 - either end is right, and no other
    else:
        assert not passes


@pytest.mark.parametrize(
    "text", ["a@example.org", "a.b-c_d%e+f'g@a-b.example.org", "A@EXAMPLE.ORG", "1@example.museum"]
)
def test_an_address_is_one(text: str) -> None:
    assert is_email(text)


@pytest.mark.parametrize(
    "text",
    [
        *("", "a", "a@", "@example.org", "a@example", "a@example.o", "a b@example.org", "a@example..org"),
        "é@example.org",
        "a@example.org\n",
        "\u200ba@example.org",
        "a@b@example.org",
        "mailto:a@example.org",
        "a@example.org,b@example.org",
    ],
)
def test_what_is_more_or_less_than_an_address_is_none(text: str) -> None:
    assert not is_email(text)


@pytest.mark.parametrize("template", NEEDED)
def test_every_needed_section_of_a_template_is_asked_for(template: str) -> None:
    made = opened({"attributes": [{"name": "Template", "value": template}], "section": {"type": "Study"}})
    asked = [one.found for one in form(made, TODAY) if one.code == "simulation_form_section"]
    assert asked == list(NEEDED[template])


@pytest.mark.parametrize(
    ("kind", "name"),
    [(kind, name) for kind, names in REQUIRED["BioImages.v5"].items() for name in names if kind != "study"],
)
def test_every_required_attribute_of_a_section_is_asked_for(kind: str, name: str) -> None:
    top = {"name": "Template", "value": "BioImages.v5"}
    made = opened({"attributes": [top], "section": {"type": "Study", "subsections": [{"type": kind, "accno": "x"}]}})
    asked = [one.values["name"] for one in form(made, TODAY) if one.path.startswith("/x/")]
    assert name in asked


def test_a_template_of_somebody_else_is_not_looked_into() -> None:
    assert of_form(change("top", "Template", "Default.v2"), without("b1")) == []


def test_the_template_before_is_still_known_and_warned_of() -> None:
    (finding,) = form(opened(spoiled(change("top", "Template", "BioImages.v4"))), TODAY)
    assert (finding.level, finding.found, finding.values["wanted"]) == ("warning", "BioImages.v4", "BioImages.v5")


@pytest.mark.parametrize(("length", "wanted"), [(24, ["form_title"]), (25, []), (5000, [])])
def test_a_title_is_long_enough(length: int, wanted: list[str]) -> None:
    title = "x" * length
    assert of_form(change("top", "Title", title), change("study", "Title", title)) == wanted


def test_blanks_make_no_title_longer() -> None:
    title = "short" + " " * 40
    assert of_form(change("top", "Title", title), change("study", "Title", title)) == ["form_title"]


@pytest.mark.parametrize(
    ("day", "wanted"),
    [
        ("2026-01-09", ["form_window"]),
        ("2026-01-10", []),
        ("2028-01-10", []),
        ("2028-01-11", ["form_window"]),
        ("2026-01-10T00:00:00Z", []),
        ("tomorrow", []),
    ],
)
def test_the_window_begins_today_and_ends_in_two_years(day: str, wanted: list[str]) -> None:
    assert of_form(change("top", "ReleaseDate", day)) == wanted


def test_what_has_an_accession_has_passed_the_window() -> None:
    assert of_form(change("top", "ReleaseDate", "2001-01-01"), lambda tree: tree.update(accno="S-1")) == []


def test_a_leap_day_has_a_window_too() -> None:
    made = opened(spoiled(change("top", "ReleaseDate", "2030-02-28")))
    assert codes(form(made, date(2028, 2, 29))) == []


@pytest.mark.parametrize("licence", ["CC0", " CC0 "])
def test_a_licence_of_the_form_is_taken(licence: str) -> None:
    assert of_form(change("study", "License", licence)) == []


def test_a_title_is_missed_by_the_reader() -> None:
    assert of_reader(change("top", "Title", None), change("study", "Title", None)) == ["ingest_title"]


def test_an_author_is_missed_by_the_reader() -> None:
    assert of_reader(without("author-1")) == ["ingest_no_author"]


def test_the_form_misses_an_author_too() -> None:
    assert of_form(without("author-1")) == ["form_section"]


def test_lists_of_a_single_file_are_elsewhere(tmp_path: Path) -> None:
    (tmp_path / "other.json").write_text(json.dumps(good()), encoding="utf-8")
    assert pagetab.simulate(tmp_path / "other.json", today=TODAY).passes


@pytest.mark.parametrize(
    "doi", ["10.1038/x", "https://doi.org/10.1038/x", "http://dx.doi.org/10.1038/x", "doi:10.1038/x"]
)
def test_a_doi_is_one_however_it_is_given(doi: str) -> None:
    assert DOI.fullmatch(doi)
    assert of_reader(change("p1", "DOI", doi)) == []


@pytest.mark.parametrize("doi", ["10.1/x", "10.1038", "n/a", "https://example.org/10.1038/x", "10.1038/a b"])
def test_what_is_no_doi_stops_the_reader(doi: str) -> None:
    assert of_reader(change("p1", "DOI", doi)) == ["ingest_doi"]


@pytest.mark.parametrize("licence", ["CC BY 4.0", "CC-BY-4.0", "CC BY-NC 4.0", "CC0", "MIT", None])
def test_the_reader_takes_a_licence(licence: str | None) -> None:
    assert of_reader(change("study", "License", licence)) == []


@pytest.mark.parametrize("licence", ["cc0", "CC BY", "CC BY 5.0", "GPL"])
def test_the_reader_stops_at_a_licence(licence: str) -> None:
    assert of_reader(change("study", "License", licence)) == ["ingest_licence"]


def test_every_licence_of_the_reader_is_a_bare_word() -> None:
    assert all(one.replace("_", "").isalnum() for one in LICENCES)


@pytest.mark.parametrize("address", ["https://example.org", "ftp://a/b", "s3://bucket/key", ""])
def test_a_full_address_needs_no_type(address: str) -> None:
    assert of_reader(url(address)) == []


@pytest.mark.parametrize("kind", ["GEO", "idr", "Expression Atlas", " doi "])
def test_a_type_that_the_reader_knows_makes_an_address(kind: str) -> None:
    assert of_reader(url("x1", Type=kind)) == []


@pytest.mark.parametrize("name", ["Image correlation", "Image analysis"])
def test_a_loose_title_is_a_warning(name: str) -> None:
    levels = [one.level for one in ingest(opened(spoiled(link(name, "nothing"))))]
    assert levels == ["warning"]


@pytest.mark.parametrize("name", ["Intrinsic variable", "Extrinsic variable", "Experimental variable"])
def test_a_variable_that_stands_twice_stops_the_reader(name: str) -> None:
    assert of_reader(change("b1", name, "x"), repeated("b1", name, "y")) == ["ingest_variables"]


@pytest.mark.parametrize("value", ["o1", "o1, o1", " o1 "])
def test_several_organisations_may_stand_in_one_value(value: str) -> None:
    assert of_reader(change("author-1", "affiliation", value)) == []


def test_one_organisation_of_several_that_is_none_is_named() -> None:
    made = ingest(opened(spoiled(change("author-1", "affiliation", "o1,o9"))))
    assert [(one.code, one.found) for one in made] == [("simulation_ingest_affiliation", "o9")]


def finding(level: str, code: str = "x", path: str = "/a") -> Finding:
    return Finding(level=level, code=f"simulation_{code}", path=path, values={})  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("levels", "passes"), [([], True), (["info"], True), (["warning"], True), (["info", "error"], False)]
)
def test_only_an_error_refuses(levels: list[str], passes: bool) -> None:
    assert Verdict(tuple(map(finding, levels))).passes is passes


@pytest.mark.parametrize("bad", ["form", "server", "ingest"])
def test_one_that_refuses_is_enough(bad: str) -> None:
    verdicts = {name: Verdict((finding("error"),) if name == bad else ()) for name in pagetab.PARTS}
    assert not Simulation(**verdicts).passes


def test_a_finding_stands_once_and_the_worst_first() -> None:
    held = [finding("info", "a"), finding("error", "b"), finding("info", "a"), finding("warning", "c")]
    assert [one.level for one in _simulated._once(held)] == ["error", "warning", "info"]


def test_a_submission_that_is_too_large_is_not_opened(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "submission.json").write_text(json.dumps(good()), encoding="utf-8")
    monkeypatch.setattr(_simulated, "_LARGEST", 3)
    with pytest.raises(RembiError) as caught:
        simulate(tmp_path)
    assert caught.value.key == "simulation.too_large"


@given(
    st.recursive(
        st.none() | st.booleans() | st.integers() | st.text(max_size=4),
        lambda it: (
            st.lists(it, max_size=3)
            | st.dictionaries(
                st.sampled_from(["type", "accno", "attributes", "subsections", "links", "name", "value", "url"]),
                it,
                max_size=4,
            )
        ),
        max_leaves=12,
    )
)
def test_no_tree_stops_any_of_the_three(tree: Any) -> None:
    made = opened({"attributes": [{"name": "Template", "value": "BioImages.v5"}], "section": {"subsections": [tree]}})
    every = [*form(made, TODAY), *server(made, None, None, TODAY), *ingest(made)]
    assert all(one.path.startswith("/") and "{" not in one.code for one in every)


def test_real_records_are_looked_through_by_all_three(samples: Path) -> None:
    for file in sorted((samples / "bia" / "records").glob("*_original.json")):
        made = opened(json.loads(file.read_bytes()))
        for one in (*form(made, TODAY), *server(made, None, None, TODAY), *ingest(made)):
            assert one.message("en") != one.code, (file.name, one.code)
            assert one.path.count("/") <= 2, (file.name, one.path)


def test_sections_of_a_table_are_associations_like_others() -> None:
    def tabled(tree: Tree) -> None:
        rows = part(tree, "c1")["subsections"]
        part(tree, "c1")["subsections"] = [rows]

    assert of_reader(tabled) == of_form(tabled) == []
    assert section("Associations", "")["type"] == "Associations"
