"""YAML as plain text: what a scalar, a key, an alias and a hostile document become."""

from __future__ import annotations

from typing import Any

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st

from rembi_widgets.errors import RembiError
from rembi_widgets.formats.rembiyaml._safe import DEEPEST, LARGEST, MOST, load


def plain(text: str) -> Any:
    return load(text.encode(), "a.yaml")[0]


def twice(text: str) -> list[str]:
    return load(text.encode(), "a.yaml")[1]


def refused(data: str | bytes) -> RembiError:
    with pytest.raises(RembiError) as caught:
        load(data.encode() if isinstance(data, str) else data, "a.yaml")
    return caught.value


@pytest.mark.parametrize("said", ["yes", "No", "ON", "true", "1", "0o7", "1.0", "1e3", ".inf", ".nan", "2001-12-14"])
def test_a_scalar_is_the_text_it_was(said: str) -> None:
    assert plain(f"a: {said}") == {"a": said}


@pytest.mark.parametrize("said", ["", "~", "null", "Null", "NULL"])
def test_nothing_is_nothing(said: str) -> None:
    assert plain(f"a: {said}") == {"a": None}


@pytest.mark.parametrize("said", ["~", "null", "Null", "NULL"])
@pytest.mark.parametrize("quote", ["'", '"'])
def test_a_quoted_word_for_nothing_is_a_word(said: str, quote: str) -> None:
    assert plain(f"a: {quote}{said}{quote}") == {"a": said}


@pytest.mark.parametrize("said", ["''", '""'])
def test_an_empty_quoted_text_is_nothing(said: str) -> None:
    assert plain(f"a: {said}") == {"a": None}


@pytest.mark.parametrize(
    ("said", "found"),
    [
        ("|\n  one\n  two\n", "one\ntwo\n"),
        ("|-\n  one\n  two\n", "one\ntwo"),
        (">-\n  one\n  two\n", "one two"),
        ('"\\u00e9\\n"', "é\n"),
        ("'it''s'", "it's"),
        ("plain  # a comment", "plain"),
    ],
)
def test_every_style_of_text_is_read(said: str, found: str) -> None:
    assert plain(f"a: {said}") == {"a": found}


@pytest.mark.parametrize("tag", ["!!int", "!!bool", "!mine", "!!python/name:os.system", "!!binary", "!!timestamp"])
def test_a_tag_makes_nothing_of_a_text(tag: str) -> None:
    assert plain(f"a: {tag} '7'") == {"a": "7"}


def test_a_merge_key_is_a_key_like_any() -> None:
    assert plain("a: {<<: {b: c}}") == {"a": {"<<": {"b": "c"}}}


def test_a_key_that_stands_twice_gets_a_number() -> None:
    assert plain("a: b\na: c\na: d") == {"a": "b", "a (2)": "c", "a (3)": "d"}
    assert twice("a: b\na: c\na: d") == ["a", "a"]


def test_a_number_that_is_a_key_already_is_passed_over() -> None:
    assert plain("a (2): x\na: b\na: c") == {"a (2)": "x", "a": "b", "a (3)": "c"}


def test_keys_of_two_mappings_are_not_twice() -> None:
    assert twice("x: {a: b}\ny: {a: c}") == []


@pytest.mark.parametrize(
    ("key", "said"),
    [("[a, b]", "a, b"), ("{a: b, c: d}", "a: b, c: d"), ("[a, {b: [c]}]", "a, b: c"), ("[]", ""), ("[~]", "")],
)
def test_a_key_that_is_no_text_becomes_one(key: str, said: str) -> None:
    assert plain(f"? {key}\n: x\n") == {said: "x"}


def test_an_alias_is_counted_with_all_that_it_stands_for() -> None:
    listed = ", ".join("x" * 400)
    aliases = ", ".join(["*a"] * (MOST // 400))
    assert refused(f"a: &a [{listed}]\nb: [{aliases}]\n").key == "rembiyaml.bomb"


def test_few_aliases_are_no_bomb() -> None:
    assert plain("a: &a [x]\nb: [*a, *a]\n") == {"a": ["x"], "b": [["x"], ["x"]]}


@pytest.mark.parametrize("text", ["&a [*a]", "&a {b: *a}", "a: &a {b: [c, *a]}", "&a {? *a : b}"])
def test_what_holds_itself_is_refused(text: str) -> None:
    assert refused(text).key == "rembiyaml.bomb"


@pytest.mark.parametrize(("begin", "end"), [("[", "]"), ("{a: ", "}")])
def test_the_deepest_level_is_read_and_the_next_is_not(begin: str, end: str) -> None:
    assert plain(begin * DEEPEST + "x" + end * DEEPEST)
    assert refused(begin * (DEEPEST + 1) + "x" + end * (DEEPEST + 1)).key == "rembiyaml.too_deep"


def test_depth_by_blanks_is_depth_too() -> None:
    assert refused("".join(f"{' ' * n}a:\n" for n in range(DEEPEST + 2))).key == "rembiyaml.too_deep"


def test_depth_by_aliases_is_depth_too() -> None:
    chain = "".join(f"k{n}: &k{n} [*k{n - 1}]\n" for n in range(1, 300))
    assert refused(f"k0: &k0 [x]\n{chain}").key == "rembiyaml.too_deep"


def test_a_chain_of_aliases_that_is_not_deep_is_read() -> None:
    chain = "".join(f"k{n}: &k{n} [*k{n - 1}]\n" for n in range(1, 20))
    assert len(plain(f"k0: &k0 [x]\n{chain}")) == 20


@pytest.mark.parametrize("text", ["a: *none", "a: [", "a: 'open", "a: b: c", "%YAML 9.9\n---\na", "\x07", "a: &a &b c"])
def test_what_is_no_yaml_says_why_in_one_line(text: str) -> None:
    fault = refused(text)
    assert fault.key == "rembiyaml.no_yaml"
    assert fault.values["reason"]
    assert "\n" not in fault.say("en")


def test_the_place_of_a_fault_is_counted_from_one() -> None:
    assert str(refused("a: b\nc: ]\n").values["reason"]).startswith("2:4 ")


def test_the_largest_file_is_read_and_a_larger_one_is_not() -> None:
    head = b"a: b\n#"
    assert load(head + b"x" * (LARGEST - len(head)), "a.yaml")[0] == {"a": "b"}
    assert refused(b"#" * (LARGEST + 1)).values["limit"] == "4 MB"


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16"])
def test_encodings_with_a_mark_are_read(encoding: str) -> None:
    assert load("a: Été \U00010400\n".encode(encoding), "a.yaml") == ({"a": "Été \U00010400"}, [])


def test_the_first_byte_that_is_no_text_is_named() -> None:
    assert refused(b"a: \xe9").values["place"] == 3


def test_half_a_utf_16_is_no_text() -> None:
    assert refused(b"\xff\xfea").key == "rembiyaml.no_text"


@pytest.mark.parametrize("text", ["", "# only a comment\n", "---\n", "\n\n"])
def test_an_empty_document_is_nothing(text: str) -> None:
    assert not plain(text)


texts = st.text(st.characters(blacklist_categories=("Cs", "Cc", "Zl", "Zp", "Cn", "Co")), min_size=1, max_size=8)
values = st.recursive(
    texts, lambda held: st.lists(held, max_size=3) | st.dictionaries(texts, held, max_size=3), max_leaves=8
)


@given(st.dictionaries(texts, values, max_size=3))
def test_what_yaml_writes_is_read_as_it_was(value: dict[str, Any]) -> None:
    assert plain(yaml.safe_dump(value, allow_unicode=True)) == value
