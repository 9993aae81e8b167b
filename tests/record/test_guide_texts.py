"""The texts of the guide: every one there in both languages, plain, and right beside its field."""

from __future__ import annotations

import re
from string import Formatter

import pytest

from rembi_widgets.locale import LANGUAGES, catalogue
from rembi_widgets.record import GUIDE, IMAGING, TARGETS, choice_key

FIELDS = [(section, field) for section in GUIDE.values() for field in section.fields.values()]
each_language = pytest.mark.parametrize("lang", LANGUAGES)

SHAPES = {
    "email": r"[^@\s]+@[^@\s]+\.[a-z]+",
    "orcid": r"(\d{4}-){3}\d{3}[\dX]",
    "ror": r"https://ror\.org/0[a-z0-9]{6}\d\d",
    "doi": r"10\.\d{4,9}/\S+",
    "url": r"https://\S+",
    "date": r"\d{4}-\d\d-\d\d",
    "year": r"\d{4}",
    "pubmed": r"\d+",
    "colour": r"#[0-9A-F]{6}",
}
"""Pattern name to what a good example looks like."""


def wanted_keys() -> set[str]:
    """Keys that every language must have."""
    keys = {f"guide.level.{name}" for name in ("required", "recommended", "optional")}
    keys |= {f"guide.target.{name}" for name in TARGETS} | {f"guide.imaging.{name}" for name in IMAGING}
    for section in GUIDE.values():
        words = ["label", "plural", "help"]
        words += ["add"] * (section.kind in {"many", "rows"}) + ["empty"] * (section.kind != "one")
        keys |= {f"guide.{section.name}.{word}" for word in words}
        keys |= {f"guide.{section.name}.group.{name}" for name, _ in section.groups}
    for section, field in FIELDS:
        keys |= {f"guide.{section.name}.{field.name}.{word}" for word in ("label", "help", "example")}
        keys |= {choice_key(field.name, value) for value in field.choices}
    return keys


def guide_texts(lang: str) -> dict[str, str]:
    return {key: text for key, text in catalogue(lang).items() if key.startswith("guide.")}


@each_language
def test_every_text_is_there_and_none_is_left_over(lang: str) -> None:
    texts = guide_texts(lang)
    avoid = {f"guide.{section.name}.{field.name}.avoid" for section, field in FIELDS}
    assert wanted_keys() - set(texts) == set()
    assert set(texts) - wanted_keys() - avoid == set()


def test_both_languages_warn_of_the_same_mistakes() -> None:
    warned = [{key for key in guide_texts(lang) if key.endswith(".avoid")} for lang in LANGUAGES]
    assert warned[0] == warned[1]
    assert len(warned[0]) >= 15


@each_language
def test_texts_are_plain_sentences(lang: str) -> None:
    for key, text in guide_texts(lang).items():
        assert text == text.strip() != "", key
        assert "!" not in text, key
        assert not re.search(r"\b(please|oops|veuillez|merci de)\b", text, re.IGNORECASE), key
        assert not any(name for _, name, _, _ in Formatter().parse(text)), key
        if key.endswith((".help", ".empty", ".avoid")):
            assert text.endswith("."), key
            assert len(re.findall(r"\.(?= |$)", text)) <= 3, key
        if key.endswith(".label"):
            assert len(text) <= 40, key
            assert not text.endswith("."), key


def test_french_is_not_english() -> None:
    english, french = guide_texts("en"), guide_texts("fr")
    for key in english:
        if key.endswith((".help", ".empty", ".add", ".avoid")):
            assert english[key] != french[key], key
    typed = [key for key, text in french.items() if re.search(r"[a-zàâçéèêëîïôûù]'[a-zàâçéèêëîïôûù]", text)]
    assert typed == []


def test_french_punctuation_stands_apart() -> None:
    for key, text in guide_texts("fr").items():
        if not key.endswith(".example"):  # examples hold addresses and lists of the files' own form
            assert not re.search(r"\S[:;?»]|«\S", text), key


def test_no_two_choices_share_a_label_key() -> None:
    for section, field in FIELDS:
        keys = {choice_key(field.name, value) for value in field.choices}
        assert len(keys) == len(field.choices), (section.name, field.name)


@each_language
def test_no_two_choices_of_a_field_read_alike(lang: str) -> None:
    texts = catalogue(lang)
    for section, field in FIELDS:
        labels = [texts[choice_key(field.name, value)] for value in field.choices]
        assert len(set(labels)) == len(labels), (section.name, field.name)


@each_language
def test_no_two_fields_of_a_section_read_alike(lang: str) -> None:
    texts = catalogue(lang)
    for section in GUIDE.values():
        labels = [texts[f"guide.{section.name}.{name}.label"] for name in section.fields]
        assert len(set(labels)) == len(labels), section.name


def test_a_good_example_passes_the_rule_beside_it() -> None:
    for lang in LANGUAGES:
        for section, field in FIELDS:
            example = catalogue(lang)[f"guide.{section.name}.{field.name}.example"]
            if field.pattern:
                assert re.fullmatch(SHAPES[field.pattern], example), (lang, field.name)
            if field.min_length:
                assert len(example) >= field.min_length, field.name
            if field.kind == "number":
                assert float(example.replace(",", ".")) >= 0
            if field.kind == "quantity":
                assert example.replace("°", " °").split()[-1] in field.units, field.name
            if field.kind in {"choice", "choices"} and not field.free:
                labels = [catalogue(lang)[choice_key(field.name, value)] for value in field.choices]
                assert any(label.startswith(example) for label in labels), (lang, field.name)
