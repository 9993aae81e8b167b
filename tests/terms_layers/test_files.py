"""Reading ontology files: what is right is read, what is wrong costs itself and a fault, and nothing else."""

from __future__ import annotations

import io
import json
import re
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rembi_widgets.errors import RembiError
from rembi_widgets.terms import LayerTerm, OtherName
from rembi_widgets.terms._layers._clean import Faults, curie, one_line, prefix
from rembi_widgets.terms._layers._obo import LINE, obo_version, read_obo, released
from rembi_widgets.terms._layers._obographs import obographs_version, read_obographs
from rembi_widgets.terms._layers._pull import JsonPull
from rembi_widgets.terms._layers._tables import is_table, read_table

OBO = b"""format-version: 1.2
data-version: releases/2026-01-23
ontology: fbbi

[Term]
id: FBbi:00000251
name: confocal microscopy
def: "Light, \\"pinhole\\"\\nand detector." [FBC:DS]
synonym: "CLSM" EXACT []
synonym: "confocal" BROAD [x:y]
synonym: "LSM" []
is_a: FBbi:00000246 {is_inferred="true"} ! fluorescence microscopy
relationship: part_of FBbi:00000222 ! imaging method
relationship: makes_use_of FBbi:00000286 ! single point scanning

[Typedef]
id: part_of
name: part of

[Term]
id: FBbi:00000999
name: gone
is_obsolete: true
replaced_by: FBbi:00000251
"""


def obo(said: bytes) -> tuple[list[LayerTerm], Faults]:
    faults = Faults()
    return list(read_obo(io.BytesIO(said), faults)), faults


def graph(nodes: object, edges: object = (), **more: object) -> io.BytesIO:
    return io.BytesIO(json.dumps({"graphs": [{"nodes": nodes, "edges": list(edges), **more}]}).encode())


NODE = {
    "id": "http://purl.obolibrary.org/obo/FBbi_00000251",
    "lbl": "confocal microscopy",
    "type": "CLASS",
    "meta": {
        "definition": {"val": "Light and a pinhole."},
        "synonyms": [{"pred": "hasExactSynonym", "val": "CLSM"}, {"pred": "hasBroadSynonym", "val": "confocal"}],
    },
}


def test_a_term_of_obo_is_read_whole() -> None:
    terms, faults = obo(OBO)
    assert terms[0] == LayerTerm(
        "FBbi:00000251",
        "confocal microscopy",
        (OtherName("CLSM"), OtherName("confocal", "broad"), OtherName("LSM", "related")),
        (),
        ("FBbi:00000246", "FBbi:00000222"),
        'Light, "pinhole" and detector.',
    )
    assert faults == Faults()


def test_an_obsolete_term_tells_what_replaces_it_and_relations_are_no_terms() -> None:
    terms, _ = obo(OBO)
    assert len(terms) == 2
    assert (terms[1].obsolete, terms[1].replaced_by) == (True, "FBbi:00000251")


@pytest.mark.parametrize(
    "line",
    [
        b"synonym: no quotes EXACT []",
        b"def: no quotes",
        b'synonym: "" EXACT []',
        b"is_a: javascript:alert(1)",
        b"a line without a tag",
        b"name:",
        b"name: \xff\xfe",
        b"comment: " + b"x" * LINE,
    ],
    ids=range(8),
)
def test_a_bad_line_costs_that_line_and_is_told(line: bytes) -> None:
    said = OBO.replace(b'synonym: "CLSM" EXACT []', line)
    terms, faults = obo(said)
    assert [term.id for term in terms] == ["FBbi:00000251", "FBbi:00000999"]
    assert terms[0].definition or line.startswith(b"def")
    assert faults.count == 1
    assert faults.said[0][0] == "9"


def test_a_term_without_name_or_identifier_costs_that_term() -> None:
    terms, faults = obo(OBO + b"\n[Term]\nid: FBbi:1\n\n[Term]\nname: nameless id\n")
    assert [term.id for term in terms] == ["FBbi:00000251", "FBbi:00000999"]
    assert faults.count == 2


def test_windows_line_ends_and_a_byte_order_mark_change_nothing() -> None:
    assert obo(b"\xef\xbb\xbf" + OBO.replace(b"\n", b"\r\n"))[0] == obo(OBO)[0]


def test_a_file_cut_short_gives_what_stands_before_the_cut() -> None:
    terms, _ = obo(OBO[: OBO.index(b"[Typedef]") - 40])
    assert [term.id for term in terms] == ["FBbi:00000251"]


@given(st.binary(max_size=400))
def test_no_bytes_stop_the_reader_of_obo(noise: bytes) -> None:
    terms, _ = obo(OBO + b"\n" + noise + b"\n\n[Term]\nid: FBbi:00000252\nname: single-spot\n")
    assert {"FBbi:00000251", "FBbi:00000252"} <= {term.id for term in terms}


@given(st.binary(max_size=300))
def test_no_bytes_stop_the_reader_of_tables_and_graphs_but_by_a_sentence(noise: bytes) -> None:
    list(read_table(io.BytesIO(b"Class ID\tPreferred Label\n" + noise), Faults()))
    with pytest.raises(RembiError, match=r"^The file is no JSON, or ends too early\.$"):
        list(read_obographs(io.BytesIO(b'{"graphs":[{"nodes":[}' + noise), Faults()))


def test_signs_that_steer_a_terminal_or_turn_the_writing_are_left_out() -> None:
    terms, _ = obo("[Term]\nid: X:1\nname: con\u202efocal\x1b[31m \u0000<b>\n".encode())
    assert terms[0].label == "con focal [31m <b>"


def test_versions_are_read_from_header_and_meta() -> None:
    assert obo_version(io.BytesIO(OBO)) == "2026-01-23"
    meta = {"version": "http://purl.obolibrary.org/obo/fbbi/releases/2026-01-23/fbbi.json"}
    assert obographs_version(graph([NODE], meta=meta)) == "2026-01-23"
    assert obo_version(io.BytesIO(b"[Term]\nid: X:1\n")) == ""
    assert released("EDAM 1.25") == "1.25"


def test_the_sample_files_hold_the_terms_that_were_counted(samples: Path) -> None:
    live = {"uo/uo.obo": ("UO", 573), "cmpo/cmpo.obo": ("CMPO", 399)}
    for name, (mark, count) in live.items():
        with (samples / "terms" / name).open("rb") as file:
            terms = [term for term in read_obo(file, Faults()) if not term.obsolete and prefix(term.id) == mark]
        assert len(terms) in {count, count - 1}, name  # the count of the facts knows a root that has no stanza


def test_the_reader_of_obo_agrees_with_a_plain_look_at_the_text(samples: Path) -> None:
    path = samples / "terms" / "uberon" / "efo-slim.obo"
    with path.open("rb") as file:
        ours = {term.id: term for term in read_obo(file, Faults())}
    for stanza in path.read_text(encoding="utf-8").split("\n[Term]\n")[1:]:
        head = re.match(r"id: (\S+)\nname: (.+)", stanza)
        stanza = stanza.partition("\n[")[0]  # noqa: PLW2901
        if head:
            term = ours[head[1]]
            assert term.label == head[2]
            assert len(term.names) == len(set(re.findall(r'^synonym: ("(?:[^"\\]|\\.)*" \w+)', stanza, re.MULTILINE)))
            assert set(re.findall(r"^is_a: (\S+)", stanza, re.MULTILINE)) <= set(term.parents)


def test_a_graph_of_json_is_read_as_the_same_terms() -> None:
    edge = {"sub": NODE["id"], "pred": "is_a", "obj": "http://purl.obolibrary.org/obo/FBbi_00000246"}
    other = {**edge, "pred": "http://purl.obolibrary.org/obo/RO_0002000"}
    (term,) = read_obographs(graph([NODE], [edge, other]), Faults())
    assert term == LayerTerm(
        "FBbi:00000251",
        "confocal microscopy",
        (OtherName("CLSM"), OtherName("confocal", "broad")),
        (),
        ("FBbi:00000246",),
        "Light and a pinhole.",
    )


def test_an_obsolete_node_tells_what_replaces_it() -> None:
    said = {"pred": "http://purl.obolibrary.org/obo/IAO_0100001", "val": "http://purl.obolibrary.org/obo/FBbi_1"}
    node = {**NODE, "meta": {"deprecated": True, "basicPropertyValues": [said]}}
    (term,) = read_obographs(graph([node]), Faults())
    assert (term.obsolete, term.replaced_by) == (True, "FBbi:1")


@pytest.mark.parametrize(
    "bad",
    [
        7,
        None,
        "text",
        [],
        {"type": "CLASS"},
        {**NODE, "lbl": None},
        {**NODE, "lbl": ["a"]},
        {**NODE, "id": "javascript:1"},
    ],
)
def test_a_bad_node_costs_that_node(bad: object) -> None:
    faults = Faults()
    terms = list(read_obographs(graph([bad, NODE]), faults))
    assert [term.id for term in terms] == ["FBbi:00000251"]
    assert faults.count == 1


@pytest.mark.parametrize("meta", [None, 3, {"synonyms": {"a": 1}, "definition": [1]}, {"synonyms": [None, {"val": 4}]}])
def test_a_bad_meta_costs_what_it_would_have_said(meta: object) -> None:
    (term,) = read_obographs(graph([{**NODE, "meta": meta}]), Faults())
    assert (term.label, term.names, term.definition) == ("confocal microscopy", (), "")


@pytest.mark.parametrize(
    "said", [b"", b"{", b"[]", b'{"graphs":[{"nodes":[{"id"', b"<html>", b'{"graphs": [' + b"[" * 99_999]
)
def test_json_that_ends_too_early_or_is_none_is_refused_with_a_sentence(said: bytes) -> None:
    with pytest.raises(RembiError, match="no JSON, or ends too early"):
        list(read_obographs(io.BytesIO(said), Faults()))


@given(
    st.recursive(
        st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False) | st.text(),
        lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.text(), inner, max_size=4),
        max_leaves=20,
    ),
    st.integers(1, 9),
)
def test_pulling_gives_what_loading_gives_however_the_bytes_arrive(said: object, size: int) -> None:
    class Slow(io.BytesIO):
        def read(self, _: int | None = -1, /) -> bytes:
            return super().read(size)

    pull = JsonPull(Slow(json.dumps({"first": said, "then": [said, 1]}).encode()))
    found = {}
    for key in pull.items():
        found[key] = pull.value() if key == "first" else [pull.value() for _ in pull.elements()]
    assert found == {"first": said, "then": [said, 1]}


def test_a_table_is_read_with_names_parents_and_a_family_of_its_own() -> None:
    head = "Class ID\tPreferred Label\tSynonyms\tDefinitions\tObsolete\tCUI\tSemantic Types\tParents\n"
    row = 'http://edamontology.org/topic_3385\tLight microscopy\tLM|\t"Light\nand ""lenses""."\tFALSE\t\t\thttp://edamontology.org/topic_3382\n'
    said = (head + row).encode()
    assert is_table(io.BytesIO(said))
    (plain,) = read_table(io.BytesIO(said), Faults())
    assert plain == LayerTerm(
        "EDAM:topic_3385", "Light microscopy", (OtherName("LM"),), (), ("EDAM:topic_3382",), 'Light and "lenses".'
    )
    (other,) = read_table(io.BytesIO(said), Faults(), family="EDAM_BIM")
    assert (other.id, other.parents) == ("EDAM_BIM:topic_3385", ("EDAM_BIM:topic_3382",))


def test_a_table_with_a_bad_row_loses_that_row(samples: Path) -> None:
    said = (samples / "terms" / "edam_bioimaging" / "EDAM-bioimaging_alpha06.tsv").read_bytes()
    whole = [term.id for term in read_table(io.BytesIO(said), Faults())]
    faults = Faults()
    broken = said.replace(b"\n", b"\nnot an identifier\tlabel\n", 1)
    assert [term.id for term in read_table(io.BytesIO(broken), faults)] == whole
    assert faults.count >= 1
    assert not is_table(io.BytesIO(b"a\tb\n1\t2\n"))


@pytest.mark.parametrize(
    ("said", "wanted"),
    [
        ("FBbi:00000251", "FBbi:00000251"),
        ("http://purl.obolibrary.org/obo/CL_0000540", "CL:0000540"),
        ("http://www.ebi.ac.uk/efo/EFO_0004905", "EFO:0004905"),
        ("CVCL:0030", "CVCL_0030"),
        ("CVCL_0030", "CVCL_0030"),
        ("http://edamontology.org/topic_Microscopy", "EDAM:topic_Microscopy"),
        ("FBbi 251", ""),
        ("X:<script>", ""),
        ("../../etc:passwd", ""),
        ("A:" + "1" * 500, ""),
        (None, ""),
        (5, ""),
    ],
)
def test_identifiers_are_curies_or_nothing(said: object, wanted: str) -> None:
    assert curie(said) == wanted


@given(st.text())
def test_one_line_is_one_line(said: str) -> None:
    plain = one_line(said)
    assert plain == " ".join(plain.split())
    assert len(plain) <= 300
    assert plain.isprintable() or not plain.isascii()
    assert one_line(plain) == plain


def test_faults_are_counted_and_only_the_first_are_kept() -> None:
    faults = Faults()
    for number in range(100):
        faults.add(number, "vocabulary.fault.line")
    assert (faults.count, len(faults.said)) == (100, 20)
