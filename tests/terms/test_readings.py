"""Readings: the ways to understand what was typed, and the keys a name is looked up by."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rembi_widgets.terms._keys import fold, names_of, short_species, singular, singular_word, squeeze
from rembi_widgets.terms._ranking import POINTS
from rembi_widgets.terms._readings import BRACKETED, SINGULAR, SPECIES, first_reading, keys, pieces
from rembi_widgets.terms._words import bag, core, kept, spelled, stems, words

TYPED = st.text(max_size=60)


@given(TYPED)
def test_folding_twice_is_folding_once(typed: str) -> None:
    assert fold(fold(typed)) == fold(typed)


@given(TYPED)
def test_a_folded_name_has_single_spaces_and_none_at_its_ends(typed: str) -> None:
    assert fold(typed) == " ".join(fold(typed).split(" ")).strip()
    assert "  " not in fold(typed)


@given(TYPED)
def test_case_tells_nothing_apart_in_ascii(typed: str) -> None:
    plain = typed.encode("ascii", "ignore").decode()
    assert fold(plain.upper()) == fold(plain.lower())


@given(TYPED)
def test_every_key_of_a_query_has_one_of_three_kinds(typed: str) -> None:
    assert {key[:2] for key in keys(typed, "organism")} <= {"z:", "b:", "c:"}


@given(TYPED)
def test_no_reading_is_worth_more_than_an_equal_name(typed: str) -> None:
    assert all(points <= POINTS["exact"] for points, _ in keys(typed, "cell_type").values())


@given(TYPED)
def test_a_piece_is_never_worth_as_much_as_the_whole(typed: str) -> None:
    assert all(points < POINTS["exact"] for points, _ in pieces(typed, "cell_type").values())


@pytest.mark.parametrize("nothing", ["", "   ", "---", "!?", "\t\n", "()[]", "_"])
def test_what_has_no_letter_or_digit_has_no_reading(nothing: str) -> None:
    assert first_reading(nothing) == ""


def test_the_whole_name_is_read_at_full_worth() -> None:
    assert keys("Homo sapiens", "organism")["z:homosapiens"] == (POINTS["exact"], "homo sapiens")


def test_half_of_a_name_in_brackets_costs_a_little() -> None:
    found = keys("Homo sapiens (human)", "organism")
    assert found["z:homosapiens"][0] == POINTS["exact"] - BRACKETED
    assert found["z:human"][0] == POINTS["exact"] - BRACKETED


def test_an_author_behind_a_species_is_left_out_at_a_price() -> None:
    found = keys("Mus musculus Linnaeus", "organism")
    assert found["z:musmusculus"][0] == POINTS["exact"] - SPECIES


def test_an_author_is_left_out_of_species_only() -> None:
    assert "z:musmusculus" not in keys("Mus musculus Linnaeus", "tissue")


def test_many_are_read_as_one_at_a_price() -> None:
    assert keys("neurons", "cell_type")["z:neuron"][0] == POINTS["exact"] - SINGULAR


def test_one_or_several_is_one() -> None:
    assert keys("neuron(s)", "cell_type")["z:neuron"][0] == POINTS["exact"]


def test_amounts_are_no_part_of_a_method() -> None:
    found = keys("4 % PFA fixation", "sample_prep")
    assert any("4" not in key and "pfa" in key for key in found)


def test_pieces_stand_at_the_beginning_or_the_end() -> None:
    found = pieces("mouse brain slices", "tissue")
    assert {"z:mousebrain", "z:brainslices"} <= set(found)
    assert "z:mouseslices" not in found
    assert "z:mousebrainslices" not in found


def test_a_single_word_has_no_pieces() -> None:
    assert pieces("kidney", "tissue") == {}


def test_only_the_first_words_of_a_long_text_are_taken_apart() -> None:
    text = " ".join(f"word{number}" for number in range(200))
    assert not any("word13" in key for key in pieces(text, "tissue"))


@pytest.mark.parametrize(
    ("typed", "means"),
    [
        ("Hep-G2", "hep g2"),
        ("NIH/3T3", "nih 3t3"),
        ("  HeLa  ", "hela"),
        ("Éléphant", "elephant"),
        ("cœur", "coeur"),
        ("µm", "um"),
        ("μm", "um"),
        ("snake_case", "snake case"),
        ("37 °C", "37 °c"),
        ("5 % CO2", "5 % co2"),
        ("STRASSE", "strasse"),
        ("ﬁbroblast", "fibroblast"),
    ],
)
def test_folding(typed: str, means: str) -> None:
    assert fold(typed) == means


@pytest.mark.parametrize(
    ("many", "one"),
    [
        ("cells", "cell"),
        ("bodies", "body"),
        ("virus", "virus"),
        ("lens", "lens"),
        ("pancreas", "pancreas"),
        ("species", "species"),
        ("analysis", "analysis"),
        ("glass", "glass"),
        ("gas", "gas"),
        ("is", "is"),
        ("", ""),
    ],
)
def test_one_of_many(many: str, one: str) -> None:
    assert singular_word(many) == one


def test_each_word_of_a_name_is_put_in_the_singular() -> None:
    assert singular("epithelial cells of lungs") == "epithelial cell of lung"


def test_squeezing_leaves_only_spaces_out() -> None:
    assert squeeze("nih 3t3") == "nih3t3"


@pytest.mark.parametrize(
    ("label", "short"),
    [
        ("Homo sapiens", "H. sapiens"),
        ("Drosophila melanogaster", "D. melanogaster"),
        ("Homo", None),
        ("Canis lupus familiaris", None),
        ("Influenza A", None),
    ],
)
def test_a_species_has_a_short_name_if_it_has_two_words(label: str, short: str | None) -> None:
    assert short_species(label) == short


@pytest.mark.parametrize(
    ("label", "names"),
    [
        ("HeLa", ("HeLa",)),
        ("A549(Cas9)", ("A549(Cas9)",)),
        ("EGFP", ("EGFP",)),
        ("mCherryFP", ("mCherryFP", "mCherry")),
        ("mVenusFP2", ("mVenusFP2", "mVenus")),
        ("confocal microscopy (CLSM)", ("confocal microscopy (CLSM)", "confocal microscopy", "CLSM")),
    ],
)
def test_names_that_hide_in_a_label(label: str, names: tuple[str, ...]) -> None:
    assert names_of(label) == names


@pytest.mark.parametrize(
    ("british", "american"),
    [
        ("haemoglobin", "hemoglobin"),
        ("oesophagus", "esophagus"),
        ("tumour", "tumor"),
        ("fibre", "fiber"),
        ("localisation", "localization"),
        ("sulphate", "sulfate"),
        ("labelling", "labeling"),
        ("colour", "color"),
        ("programme", "program"),
    ],
)
def test_two_spellings_are_one(british: str, american: str) -> None:
    assert spelled(british) == spelled(american)


@pytest.mark.parametrize("word", ["four", "tree", "our", "aerosol", "bee"])
def test_words_that_only_look_british_stay(word: str) -> None:
    assert spelled(word) == word


@given(st.lists(st.sampled_from(["confocal", "fixed", "pfa", "mouse", "brain", "live"]), min_size=1, max_size=5))
def test_the_order_of_words_does_not_change_their_bag(said: list[str]) -> None:
    assert bag(" ".join(said)) == bag(" ".join(reversed(said)))


@given(TYPED)
def test_a_core_is_part_of_its_bag(typed: str) -> None:
    bagged = bag(fold(typed))
    assert set(core(bagged, "imaging_method").split()) <= set(bagged.split())


def test_a_letter_is_no_bag() -> None:
    assert bag("l") == ""


def test_the_letter_of_a_line_is_kept_and_an_article_is_not() -> None:
    assert "l" in bag("l cell").split()
    assert "d" not in bag("milieu d expansion cellulaire").split()


def test_embedding_and_embedded_have_one_stem() -> None:
    assert stems("embedding") == stems("embedded")


def test_short_words_keep_their_endings() -> None:
    assert stems("bed") == ("bed",)


@pytest.mark.parametrize("word", ["the", "of", "de"])
def test_stop_words_say_nothing(word: str) -> None:
    assert stems(word) == ()


@pytest.mark.parametrize(
    ("said", "means"), [("souris", "mouse"), ("marquage", "label"), ("hepatique", "liver"), ("coupes", "section")]
)
def test_french_words_mean_the_english_ones(said: str, means: str) -> None:
    assert stems(said) == stems(means)


def test_words_that_say_nothing_in_a_part_are_dull_there_only() -> None:
    dull = {part: known for (kind, part), known in words().dull.items() if kind == "generic"}
    assert "imaging_method" in dull
    word = min(dull["imaging_method"])
    assert kept(f"{word} zebra", "imaging_method") == "zebra"
    assert word in kept(f"{word} zebra", "no such part")


def test_ways_to_say_nothing_are_folded() -> None:
    assert words().absent
    assert all(said == fold(said) for said in words().absent)
