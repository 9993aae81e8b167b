"""Checking as a whole: targets, order, sentences, and random records."""

from __future__ import annotations

import re

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from rembi_widgets.checks import check
from rembi_widgets.errors import RembiError
from rembi_widgets.locale import LANGUAGES, catalogue
from rembi_widgets.record import COLLECTIONS, SINGLETONS, TABLES, TARGETS, Curation, apply, get
from tests.checks.builder import change, clean, with_edits, with_set
from tests.checks.test_rules import CASES
from tests.strategies import records

RANK = ("error", "warning", "info")


@pytest.mark.parametrize("target", [*TARGETS, "all"])
def test_a_clean_record_has_no_findings(target: str) -> None:
    assert [str(finding) for finding in check(clean(), target)] == []


def test_an_unknown_target_is_named_with_the_known_ones() -> None:
    with pytest.raises(RembiError, match=r"isatap.*isatab, bia, idr, omero, all"):
        check(clean(), "isatap")


def test_an_untouched_section_is_one_finding() -> None:
    found = check(Curation(), "isatab")
    assert {finding.code for finding in found} == {"section_empty"}
    assert [finding.path for finding in found][:3] == ["/study", "/people", "/biosamples"]


def test_all_takes_the_gravest_level() -> None:
    record = with_set("/publications/pu-1/doi", "TBD")
    levels = {
        target: {f.code: f.level for f in check(record, target)}["doi_form"] for target in ("isatab", "bia", "all")
    }
    assert levels == {"isatab": "warning", "bia": "error", "all": "error"}


def test_all_says_a_thing_once() -> None:
    found = check(Curation(), "all")
    assert len({(finding.code, finding.path) for finding in found}) == len(found)


def test_the_gravest_come_first_and_sections_in_their_order() -> None:
    record = with_set("/study/title", "short", record=with_set("/biosamples/bs-1/organism", None))
    record = with_set("/study/description", None, record=record)
    found = check(record, "bia")
    assert [finding.level for finding in found] == sorted((f.level for f in found), key=RANK.index)
    errors = [finding.path for finding in found if finding.level == "error"]
    assert errors == ["/study/description", "/study/title", "/biosamples/bs-1/organism"]


@pytest.mark.parametrize("lang", LANGUAGES)
@pytest.mark.parametrize("code", CASES)
def test_every_finding_has_its_sentence(code: str, lang: str) -> None:
    for finding in check(CASES[code][0](), "all"):
        said = finding.message(lang)
        assert said[0].isupper() or said[0] in "“«"
        assert "{" not in said
        assert "\n" not in said
        label = f"finding.{finding.code}.fix"
        if finding.fix:
            assert "{" not in catalogue(lang)[label].format_map(finding.values)


def test_both_catalogues_say_the_same_things() -> None:
    keys = [{key for key in catalogue(lang) if key.startswith(("finding.", "checks."))} for lang in LANGUAGES]
    assert keys[0] == keys[1]
    for key in keys[0]:
        holes = [set(re.findall(r"{(\w+)[}:]", catalogue(lang)[key])) for lang in LANGUAGES]
        assert holes[0] == holes[1], key


def test_every_sentence_belongs_to_a_rule_that_is_tested() -> None:
    mine = {key.split(".")[1] for key in catalogue("en") if key.startswith("finding.")}
    beyond = {"files_missing", "files_changed", "column_missing", "unconfirmed_images", "unconfirmed_files"}
    assert set(CASES) | beyond <= mine


def test_found_and_wanted_are_said_in_the_language_asked() -> None:
    finding = next(f for f in check(with_set("/study/title", "Nuclei and latrunculin")) if f.code == "too_short")
    assert (finding.to_json("en")["found"], finding.to_json("fr")["wanted"]) == (
        "22 characters",
        "au moins 25 caractères",
    )
    assert str(finding) == "Study: Title is too short. Found: 22 characters. Wanted: at least 25."


def leads_somewhere(record: Curation, path: str) -> bool:
    """Tell whether a path names a list, an entity or row that exists, or a field of one."""
    names = path.split("/")[1:]
    if names[0] in TABLES:
        known = TABLES[names[0]].model_fields
        return len(names) == 1 or (names[1] in getattr(record, names[0]) and (len(names) == 2 or names[2] in known))
    if len(names) == 1:
        return names[0] in {*COLLECTIONS, *SINGLETONS}
    holder = get(record, path.rpartition("/")[0])
    return get(record, path) is not None or names[-1] in getattr(type(holder), "model_fields", {})


@settings(suppress_health_check=[HealthCheck.too_slow], deadline=None)
@given(records(), st.sampled_from([*TARGETS, "all"]))
def test_whatever_the_record_it_is_checked(record: Curation, target: str) -> None:
    for finding in check(record, target):
        assert leads_somewhere(record, finding.path), finding.path
        assert finding.message("fr")
        assert finding.to_json("en")["message"]
        if finding.fix:
            after = apply(record, change(*finding.fix, kind="fix"))
            again = {(one.code, one.path) for one in check(after, target)}
            assert (finding.code, finding.path) not in again


def test_findings_of_one_rule_have_an_end() -> None:
    from rembi_widgets.record import Edit

    many = with_edits(
        *(Edit(op="add", path="/biosamples", id=f"bs-x{n}", value={"title": f"B{n}"}) for n in range(300))
    )
    found = [finding for finding in check(many) if finding.code == "unused_biosamples"]
    assert len(found) == 200
