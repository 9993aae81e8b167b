"""The language in use, and what happens where a text is missing."""

from __future__ import annotations

import string
from pathlib import Path

import pytest

from rembi_widgets import locale
from rembi_widgets.errors import RembiError
from rembi_widgets.locale import LANGUAGES, catalogue, has, language, set_language, text
from rembi_widgets.store import DiskError, open_curation


@pytest.mark.parametrize(
    ("set_to", "used"),
    [(None, "en"), ("fr", "fr"), ("fr_CA.UTF-8", "fr"), ("en_GB", "en"), ("de_DE", "en"), ("", "en"), ("C", "en")],
)
def test_the_environment_names_the_language(set_to: str | None, used: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("REMBI_LANG", raising=False)
    if set_to is not None:
        monkeypatch.setenv("REMBI_LANG", set_to)
    assert language() == used


def test_what_is_set_goes_before_the_environment(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("REMBI_LANG", "fr")
    set_language("en")
    assert language() == "en"
    set_language("klingon")
    assert language() == "en"
    set_language(None)
    assert language() == "fr"


@pytest.mark.parametrize("lang", LANGUAGES)
def test_a_text_in_the_language_asked_for(lang: str) -> None:
    set_language("fr" if lang == "en" else "en")
    assert text("app.stopped", lang) == catalogue(lang)["app.stopped"]
    assert text("app.stopped") != catalogue(lang)["app.stopped"]


def test_a_language_nobody_has_is_the_one_in_use() -> None:
    set_language("fr")
    assert text("app.stopped", "de") == catalogue("fr")["app.stopped"]


def test_english_stands_in_for_a_missing_text(monkeypatch: pytest.MonkeyPatch) -> None:
    parts = {"en": {"only.english": "{n} words"}, "fr": {}}
    monkeypatch.setattr(locale, "catalogue", parts.__getitem__)
    assert text("only.english", "fr", n=2) == "2 words"
    assert (has("only.english"), has("only.english", "fr")) == (True, False)
    with pytest.raises(KeyError):
        text("no.text.at.all", "fr")


@pytest.mark.parametrize("value", ["{n}", "{0}", "{", "}}", "{n.__class__}", "%s", "\\n"])
def test_what_a_placeholder_stands_for_is_never_read_as_one(value: str) -> None:
    assert value in text("app.system_says", None, reason=value)


def test_an_error_speaks_the_language_in_use_and_any_other() -> None:
    fault = RembiError("store.no_folder", path="images/été")
    english, french = str(fault), fault.say("fr")
    assert english != french
    assert "images/été" in english
    assert "images/été" in french
    set_language("fr")
    assert (str(fault), fault.say(), fault.say("en")) == (french, french, english)


def test_an_error_keeps_its_key_and_values_for_who_catches_it(tmp_path: Path) -> None:
    with pytest.raises(RembiError) as caught:
        open_curation(tmp_path / "nowhere")
    assert caught.value.key == "store.no_folder"
    assert caught.value.values == {"path": str(tmp_path / "nowhere")}
    assert issubclass(DiskError, RembiError)


@pytest.mark.parametrize("lang", LANGUAGES)
def test_every_text_is_a_template_that_can_be_filled(lang: str) -> None:
    for key, template in catalogue(lang).items():
        names = [name for _, name, _, _ in string.Formatter().parse(template) if name is not None]
        assert all(name.isidentifier() for name in names), key
        filled = text(key, lang, **dict.fromkeys(names, "X"))
        assert filled.count("X") >= len(names), key


def test_a_catalogue_cannot_be_written_into() -> None:
    with pytest.raises(TypeError):
        catalogue("en")["app.stopped"] = "x"  # type: ignore[index]


@pytest.mark.parametrize(
    ("lang", "n", "said"),
    [
        ("en", 0, "The same stands in 0 further places of this column."),
        ("en", 1, "The same stands in 1 further place of this column."),
        ("en", "1", "The same stands in 1 further place of this column."),
        ("en", 21, "The same stands in 21 further places of this column."),
        ("fr", 0, "Cela se répète à 0 autre endroit de cette colonne."),
        ("fr", 1, "Cela se répète à 1 autre endroit de cette colonne."),
        ("fr", 2, "Cela se répète à 2 autres endroits de cette colonne."),
    ],
)
def test_words_go_with_their_number(lang: str, n: object, said: str) -> None:
    assert text("isacheck.more", lang, n=n) == said


def test_the_words_of_english_keep_the_rule_of_english(monkeypatch: pytest.MonkeyPatch) -> None:
    parts = {"en": {"only.english": "{n:word|words}, {share:.1f}"}, "fr": {}}
    monkeypatch.setattr(locale, "catalogue", parts.__getitem__)
    assert text("only.english", "fr", n=0, share=0.25) == "0 words, 0.2"


@pytest.mark.parametrize("value", ["{n}", "a|b", "{n:one|many}"])
def test_a_value_beside_a_number_is_never_read_as_a_template(value: str) -> None:
    assert text("finding.isacheck.sample_unused", "en", n=1, found=value).endswith(f"“{value}” among them.")
