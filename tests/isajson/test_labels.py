"""ISA-JSON read thing by thing: names of files, entries of sections, values, comments, cells; and its text."""

from __future__ import annotations

import csv
import json
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rembi_widgets.errors import RembiError
from rembi_widgets.formats import isajson
from rembi_widgets.formats.isajson import _labels as labels
from rembi_widgets.formats.isajson import _load
from rembi_widgets.formats.isajson._in import Back, _free, _section, line
from rembi_widgets.formats.isajson._load import Look, is_investigation, load
from rembi_widgets.formats.isajson._open import found_file
from tests.isajson.foreign import plain, process, term, write


def codes(look: Look) -> list[str]:
    return [one.code.removeprefix("isajson.") for one in look.all()]


def back(data: dict[str, Any]) -> tuple[Back, Look]:
    look = Look("a.json")
    return Back(data, look), look


def cells(made: Back, label: str) -> list[str]:
    """The cells of a label of the investigation."""
    rows = csv.reader(made.files[made.investigation], delimiter="\t")
    return next(row[1:] for row in rows if row[0] == label)


EVERY: dict[str, labels.Spec] = {
    "investigation": labels.INVESTIGATION,
    "study": labels.STUDY,
    **{heading: spec for heading, _, spec in (*labels.ABOVE, *labels.BELOW)},
}


@pytest.mark.parametrize("heading", EVERY)
def test_no_label_and_no_key_of_a_section_stands_twice(heading: str) -> None:
    spec = EVERY[heading]
    assert len({label for label, _, _ in spec}) == len({key for _, key, _ in spec}) == len(spec)


@pytest.mark.parametrize("heading", EVERY)
def test_every_kind_of_a_value_is_known(heading: str) -> None:
    assert {kind for _, _, kind in EVERY[heading]} <= {"text", "term", "terms", "components", *labels.FORMS}


@pytest.mark.parametrize(
    ("kind", "good"),
    [
        ("date", ["2020-01-31", "2020-12-01T10:00", "2020-12-01T10:00:00.5Z", "2020-12-01T10:00:00+01:00"]),
        ("email", ["a@b", "a.b@example.org"]),
        ("uri", ["", "a", "/a/b", "#x", "https://example.org/a?b=c#d", "urn:a:b", "%C3%A9", "obo:GO_1"]),
    ],
)
def test_what_the_schemas_take(kind: str, good: list[str]) -> None:
    assert [one for one in good if not labels.FORMS[kind].fullmatch(one)] == []


@pytest.mark.parametrize(
    ("kind", "bad"),
    [
        (
            "date",
            [
                "",
                "2020",
                "2020-13-01",
                "2020-01-32",
                "2020-00-01",
                "01/02/2020",
                "2020-01-01T",
                "\uff12\uff10\uff12\uff10-01-01",
            ],
        ),
        ("email", ["", "a", "@", "a@", "a b@c", "a@b c", "a@@b"]),
        ("uri", ["a b", "é", "%", "%zz", "1a:b", "<a>", "a\n", "[a]", "a|b"]),
    ],
)
def test_what_the_schemas_refuse(kind: str, bad: list[str]) -> None:
    assert [one for one in bad if labels.FORMS[kind].fullmatch(one)] == []


@given(st.text(st.characters(blacklist_categories=("Cs",), blacklist_characters="\r\x00"), max_size=12))
def test_a_cell_of_a_line_is_read_as_it_was(text: str) -> None:
    assert next(csv.reader([line("Label", [text, "x"])], delimiter="\t")) == ["Label", text, "x"]


@pytest.mark.parametrize("label", ['a"b', "a\tb", "a\nb"])
def test_an_odd_label_is_quoted(label: str) -> None:
    assert next(csv.reader([line(label, ["x"])], delimiter="\t")) == [label, "x"]


def test_a_section_of_nothing_has_its_labels() -> None:
    made = list(_section("STUDY FACTORS", labels.FACTORS, []))
    assert made[0] == "STUDY FACTORS\n"
    assert [one.partition("\t")[0] for one in made[1:]] == [
        "Study Factor Name",
        "Study Factor Type",
        "Study Factor Type Term Accession Number",
        "Study Factor Type Term Source REF",
    ]


def test_a_label_of_one_entry_is_there_for_all() -> None:
    made = list(_section("X", (("A", "a", "text"),), [{"A": "1"}, {"A": "2", "Comment[n]": "c"}]))
    assert made[1:] == ['A\t"1"\t"2"\n', 'Comment[n]\t""\t"c"\n']


def test_comments_of_one_name_are_numbered() -> None:
    entry: dict[str, str] = {}
    for value in "abc":
        _free(entry, "Comment[n]", value)
    assert entry == {"Comment[n]": "a", "Comment[n 2]": "b", "Comment[n 3]": "c"}


def test_a_header_without_brackets_is_numbered_too() -> None:
    entry = {"Label": "a"}
    _free(entry, "Label", "b")
    assert entry == {"Label": "a", "Label 2": "b"}


@pytest.mark.parametrize("name", ["i_mine.txt", "I_MINE.txt"])
def test_an_investigation_keeps_its_name(name: str) -> None:
    made, look = back({**plain(), "filename": name})
    assert made.investigation == name
    assert codes(look) == []


@pytest.mark.parametrize("name", ["mine.txt", "i_a.tsv", "../i_x.txt", "i_a/b.txt", "i_a\\b.txt", "i_\x00.txt", "i_x"])
def test_an_investigation_by_an_odd_name_gets_another(name: str) -> None:
    made, look = back({**plain(), "filename": name})
    assert made.investigation == "i_investigation.txt"
    assert codes(look) == ["file_name"]


@pytest.mark.parametrize("key", ["identifier", "title", "description", "publicReleaseDate"])
@pytest.mark.parametrize(("value", "text"), [("a", "a"), (3, "3"), (True, "true"), (None, ""), (0.5, "0.5")])
def test_a_text_of_an_investigation_may_be_a_number(key: str, value: Any, text: str) -> None:
    label = next(label for label, one, _ in labels.INVESTIGATION if one == key)
    made, look = back({**plain(), key: value})
    assert cells(made, label) == [text]
    assert codes(look) == []


@pytest.mark.parametrize("value", [[], {}, ["a"], {"a": "b"}])
def test_a_text_that_is_none_is_told(value: Any) -> None:
    made, look = back({**plain(), "title": value})
    assert cells(made, "Investigation Title") == [""]
    assert [(one.code, one.path) for one in look.all()] == [("isajson.not_text", "a.json:/title")]


@pytest.mark.parametrize("value", ["text", 3, {"a": 1}, True])
def test_a_list_that_is_none_is_told(value: Any) -> None:
    _, look = back({**plain(), "publications": value})
    assert set(codes(look)) == {"not_list"}


@pytest.mark.parametrize("value", ["text", 3, ["a"], True])
def test_an_entry_that_is_no_object_is_told(value: Any) -> None:
    made, look = back({**plain(), "people": [value, {"lastName": "B"}]})
    assert "B" in cells(made, "Investigation Person Last Name")
    assert set(codes(look)) == {"not_object"}


def test_an_empty_list_and_none_are_the_same() -> None:
    some, none = (back({**plain(), "publications": value})[0].files for value in ([], None))
    assert some == none


def test_a_design_that_is_a_plain_text_is_told_and_the_others_are_kept() -> None:
    data = plain()
    data["studies"][0]["studyDesignDescriptors"] = ["a design", term("other", "EFO", "http://example.org/1")]
    made, look = back(data)
    assert cells(made, "Study Design Type")[-1] == "other"
    assert [(one.code, one.found) for one in look.all()] == [("isajson.not_object", "a design")]


def test_a_role_may_be_a_plain_text() -> None:
    data = plain()
    data["studies"][0]["people"][0]["roles"] = ["author", term("curator")]
    made, look = back(data)
    assert cells(made, "Study Person Roles") == ["author;curator"]
    assert codes(look) == []


def test_an_accession_that_was_kept_in_a_comment_comes_back() -> None:
    data = plain()
    kept = {"name": labels.ACCESSION_KEPT, "value": "not a uri"}
    data["studies"][0]["studyDesignDescriptors"] = [{**term("d"), "comments": [kept]}]
    made, look = back(data)
    assert cells(made, "Study Design Type Term Accession Number") == ["not a uri"]
    assert codes(look) == []


def test_a_comment_of_an_annotation_has_no_place() -> None:
    data = plain()
    data["studies"][0]["factors"][0]["factorType"]["comments"] = [{"name": "n", "value": "v"}]
    _, look = back(data)
    assert "comment_left" in codes(look)


def test_what_was_declared_for_the_jsons_sake_is_no_entry() -> None:
    data = plain()
    data["ontologySourceReferences"].append({"name": "X", "comments": [{"name": labels.MADE, "value": "Term Source"}]})
    made, _ = back(data)
    assert cells(made, "Term Source Name") == ["UO"]


@pytest.mark.parametrize("key", ["mine", "Title", "titles"])
def test_a_key_that_nobody_knows_is_told_with_its_value(key: str) -> None:
    _, look = back({**plain(), key: "v"})
    assert [(one.code, one.path, one.found) for one in look.all()] == [("isajson.unknown_key", f"a.json:/{key}", "v")]


@pytest.mark.parametrize("key", ["@id", "@type", "@context"])
def test_a_key_of_linked_data_is_passed_over(key: str) -> None:
    assert codes(back({**plain(), key: "v"})[1]) == []


def test_two_assays_that_say_the_same_under_one_name_are_one_file() -> None:
    data = plain()
    assay = data["studies"][0]["assays"][0]
    data["studies"][0]["assays"] = [assay, json.loads(json.dumps(assay))]
    made, _ = back(data)
    assert [name for name in made.files if name.startswith("a_")] == ["a_a.txt"]
    assert cells(made, "Study Assay File Name") == ["a_a.txt", "a_a.txt"]


def test_two_assays_of_one_name_that_differ_are_two_files() -> None:
    data = plain()
    other = json.loads(json.dumps(data["studies"][0]["assays"][0]))
    other["processSequence"][0]["name"] = "run 2"
    data["studies"][0]["assays"].append(other)
    made, look = back(data)
    assert cells(made, "Study Assay File Name") == ["a_a.txt", "a_a-2.txt"]
    assert codes(look) == ["file_name"]


def test_names_that_differ_in_case_alone_are_two_files() -> None:
    data = plain()
    other = json.loads(json.dumps(data["studies"][0]["assays"][0]))
    other["filename"] = "A_A.txt"
    other["processSequence"][0]["name"] = "run 2"
    data["studies"][0]["assays"].append(other)
    made, _ = back(data)
    assert len({name.casefold() for name in made.files}) == len(made.files) == 4


@pytest.mark.parametrize("source", [process("#p/9", protocol="#none"), process("#p/9", inputs=["#none"])])
def test_a_process_that_names_nothing_is_told(source: dict[str, Any]) -> None:
    data = plain()
    data["studies"][0]["processSequence"].append(source)
    assert codes(back(data)[1]) == ["dangling"]


def test_a_key_of_a_process_that_nobody_knows_is_told() -> None:
    data = plain()
    data["studies"][0]["processSequence"][0]["operator"] = "me"
    (finding,) = back(data)[1].all()
    assert (finding.code, finding.path) == ("isajson.unknown_key", "a.json:/studies/0/processSequence/0/operator")


@pytest.mark.parametrize("data", [{"studies": []}, {"ontologySourceReferences": 3}, {"studies": [], "x": 1}])
def test_an_investigation_is_known_by_its_keys(data: Any) -> None:
    assert is_investigation(data)


@pytest.mark.parametrize("data", [None, [], {}, {"studies": {}}, {"studies": None}, "studies", {"study": []}])
def test_what_lacks_the_keys_is_none(data: Any) -> None:
    assert not is_investigation(data)


def test_a_file_that_is_too_large_is_not_read(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    file = write(plain(), tmp_path / "a.json")
    monkeypatch.setattr(_load, "LARGEST", 9)
    with pytest.raises(RembiError) as caught:
        load(file)
    assert caught.value.key == "isajson.too_large"


def test_the_one_investigation_of_a_folder_is_found_among_others(tmp_path: Path) -> None:
    file = write(plain(), tmp_path / "b.json")
    write([1, 2], tmp_path / "a.json")
    write({"x": "y"}, tmp_path / "c.json")
    assert found_file(tmp_path) == file
    assert isajson.recognises(tmp_path)


def test_a_folder_with_an_isa_tab_is_not_taken_for_json(tmp_path: Path) -> None:
    write(plain(), tmp_path / "b.json")
    (tmp_path / "i_x.txt").write_text("", encoding="utf-8")
    assert not isajson.recognises(tmp_path)


@pytest.mark.parametrize(
    ("text", "is_one"), [("{", True), (" \n{", True), ("\ufeff{", True), ("[", False), ("", False), ("x{", False)]
)
def test_a_file_is_known_by_its_first_letter(tmp_path: Path, text: str, is_one: bool) -> None:
    (tmp_path / "a.json").write_text(text, encoding="utf-8")
    assert isajson.recognises(tmp_path / "a.json") is is_one


@pytest.mark.parametrize("odd", [10**5000, -(10**5000), 1e999, -1e999], ids=["long", "-long", "inf", "-inf"])
def test_a_number_beyond_all_bounds_costs_itself_alone(odd: Any) -> None:
    made, _ = back({**plain(), "title": odd})
    assert cells(made, "Investigation Identifier") == ["I-1"]
