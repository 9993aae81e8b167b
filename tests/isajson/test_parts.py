"""The pieces of the mapping, one by one: cells, steps of a table, chains of processes, columns of rows."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from rembi_widgets.formats.isajson._annotation import Names, amount, pieces
from rembi_widgets.formats.isajson._cells import Grid, lines, quoted, tokens
from rembi_widgets.formats.isajson._labels import DATE, EMAIL, URI
from rembi_widgets.formats.isajson._load import Look, shown
from rembi_widgets.formats.isajson._plan import steps
from rembi_widgets.formats.isajson._rows import IMPLIED, Chains, Element
from rembi_widgets.formats.isajson._scope import name_header
from rembi_widgets.formats.isajson._things import Thing, Value, header_of, take_header
from rembi_widgets.formats.isatab._document_columns import columns


@given(st.text("ab;\\"))
def test_pieces_put_together_are_the_cell(cell: str) -> None:
    assert ";".join(pieces(cell)) == cell


@given(st.text("0123456789.-+e ", max_size=8))
def test_a_number_is_written_as_it_was(text: str) -> None:
    found = amount(text)
    assert (found if isinstance(found, str) else repr(found)) == text


@pytest.mark.parametrize("text", ["0.10", "1e5", "01", "", "-", "1.", ".5", "+1", "1" * 40, "NaN", "Infinity"])
def test_what_would_be_written_otherwise_stays_text(text: str) -> None:
    assert amount(text) == text


def test_a_list_of_terms_is_divided_if_its_parts_agree() -> None:
    names = Names()
    two = names.annotations("a;b", "X;Y", "1;http://y/2")
    assert [tuple(one.values()) for one in two] == [("a", "X", "1"), ("b", "Y", "http://y/2")]
    assert len(names.annotations("a;b", "X", "")) == 1
    assert len(names.annotations("a;b", "", "")) == 2
    assert names.sources == {"X", "Y"}


def test_an_accession_that_is_no_uri_stands_in_a_comment() -> None:
    found = Names().annotation("a", "X", "two words")
    assert found["termAccession"] == ""
    assert found["comments"] == [{"name": "ISA-Tab Term Accession Number", "value": "two words"}]


@pytest.mark.parametrize(
    ("pattern", "good", "bad"),
    [
        (DATE, ["2020-01-31", "2020-01-31T10:00:00Z"], ["31/01/2020", "2020-13-01", "2020", "2020-01-32"]),
        (EMAIL, ["a@b.org"], ["at the lab", "a@b c"]),
        (URI, ["", "EFO:0001", "http://a/b?c=d#e", "a/b", "#x", "%20"], ["a b", "<a>", "1:2", "é", "%2", "a\\b"]),
    ],
)
def test_forms(pattern: object, good: list[str], bad: list[str]) -> None:
    assert all(pattern.fullmatch(text) for text in good)  # type: ignore[attr-defined]
    assert not any(pattern.fullmatch(text) for text in bad)  # type: ignore[attr-defined]


def test_names_are_never_given_twice() -> None:
    names = Names()
    assert [names.fresh(kind) for kind in ("a", "a", "b")] == ["#a/1", "#a/2", "#b/1"]


HEADER = (
    "Sample Name,Characteristics[x],Unit,Term Source REF,Material Type,Protocol REF,Parameter Value[p],Date,"
    "Assay Name,Scan Name,Raw Data File,Comment[c],Factor Value[f],Unit,Odd One,Derived Data File"
)


def test_the_columns_of_a_table_are_steps() -> None:
    found = steps(columns(HEADER.split(",")))
    assert [(step.kind, step.header) for step in found] == [
        ("sample", "Sample Name"),
        ("process", "Assay Name"),
        ("process", "Scan Name"),
        ("data", "Raw Data File"),
        ("data", "Derived Data File"),
    ]
    sample, process, _, data, _ = found
    assert [(part.home, part.name) for part in sample.parts] == [
        ("characteristics", "x"),
        ("characteristics", "Material Type"),
    ]
    assert sample.parts[0].cells == (1, -1, -1, 2, 3, -1)
    assert [(part.home, part.name) for part in process.parts] == [("parameterValues", "p"), ("date", "Date")]
    assert [part.name for part in data.parts] == [
        "c",
        "ISA-Tab Factor Value[f]",
        "ISA-Tab Factor Value[f] Unit",
        "ISA-Tab Odd One",
    ]


def test_columns_before_the_first_node_belong_to_it() -> None:
    [step] = steps(columns(["Comment[a]", "Source Name", "Comment[b]"]))
    assert [part.name for part in step.parts] == ["a", "b"]
    assert (step.kind, step.name) == ("source", 1)


def test_a_table_without_a_node_has_one_all_the_same() -> None:
    [step] = steps(columns(["Comment[a]", "Odd"]))
    assert (step.kind, step.name) == ("material", -1)


def test_columns_of_one_name_are_numbered() -> None:
    [step] = steps(columns(["Source Name", "Comment[a]", "Comment[a]", "Comment[b]"]))
    assert [(part.name, part.again) for part in step.parts] == [("a", 0), ("a", 1), ("b", 0)]


SHAPE = st.lists(st.tuples(*[st.integers(-1, 2)] * 5), min_size=1, max_size=12)


def links(chains: Chains) -> dict[int, list[int]]:
    """The processes that are left, each with those after it, as the two links tell."""
    final = [number for number, one in enumerate(chains.processes) if one.merged < 0]
    onward: dict[int, dict[int, None]] = {number: {} for number in final}
    for number in final:
        one = chains.processes[number]
        if one.parent >= 0:
            onward[one.parent][number] = None
        if one.next >= 0:
            onward[number][one.next] = None
    return {number: list(heads) for number, heads in onward.items()}


def follow(
    chains: Chains, onward: dict[int, list[int]], number: int, way: tuple[Element, ...]
) -> set[tuple[Element, ...]]:
    """The ways on from a process."""
    one = chains.processes[number]
    found: set[tuple[Element, ...]] = set()
    for node in one.outputs or (None,):
        here = (*way, one.element) if node is None else (*way, one.element, node)
        inputs = {head: chains.processes[head].inputs for head in onward[number]}
        heads = [head for head, held in inputs.items() if node in held or not set(one.outputs) & set(held)]
        found |= {row for head in heads for row in follow(chains, onward, head, here)} or {here}
    return found


def ways(chains: Chains) -> set[tuple[Element, ...]]:
    """Rows by the links alone, as a reader follows them."""
    onward = links(chains)
    behind = {head for heads in onward.values() for head in heads}
    found: set[tuple[Element, ...]] = {(node,) for node in chains.alone}
    for number in onward.keys() - behind:
        for node in chains.processes[number].inputs or (None,):
            found |= follow(chains, onward, number, () if node is None else (node,))
    return {tuple(one for one in way if one[0] != IMPLIED) for way in found}


@settings(max_examples=200, deadline=None)
@given(rows=SHAPE)
def test_the_ways_through_the_processes_are_the_rows(rows: list[tuple[int, ...]]) -> None:
    """Columns: node, process, node, process, node; -1 is a blank."""
    chains = Chains([1, 3])
    given_rows = [tuple((place, thing) for place, thing in enumerate(row) if thing >= 0) for row in rows]
    for row in given_rows:
        chains.add(row)
    lost = chains.lost
    chains.join()
    longest = {
        row for row in given_rows if row and not any(len(o) > len(row) and o[: len(row)] == row for o in given_rows)
    }
    assert longest <= ways(chains) | {()}
    assert lost >= len(rows) - len(set(given_rows))


def test_rows_that_share_their_beginning_share_its_processes() -> None:
    chains = Chains([1])
    for output in range(3):
        chains.add([(0, 0), (1, 0), (2, output)])
    chains.join()
    [process] = chains.processes
    assert list(process.outputs) == [(2, 0), (2, 1), (2, 2)]
    assert chains.lost == 0


def test_what_goes_into_one_process_is_pooled() -> None:
    chains = Chains([1])
    for source in range(3):
        chains.add([(0, source), (1, 0), (2, 0)])
    chains.join()
    kept = [one for one in chains.processes if one.merged < 0]
    assert len(kept) == 1
    assert sorted(kept[0].inputs) == [(0, 0), (0, 1), (0, 2)]


def test_rows_of_different_pairs_are_not_pooled() -> None:
    chains = Chains([1])
    for number in range(2):
        chains.add([(0, number), (1, 0), (2, number)])
    chains.join()
    assert [one.merged for one in chains.processes] == [-1, -1]


def test_a_row_that_stands_twice_or_begins_another_is_counted() -> None:
    chains = Chains([1])
    for row in ([(0, 0), (1, 0), (2, 0)], [(0, 0), (1, 0), (2, 0)], [(0, 0)]):
        chains.add(row)
    assert chains.lost == 2


def node(header: str, name: str, **said: str) -> Thing:
    return Thing(header, name, kind="node", said={(f"Comment[{key}]", 0): Value(text) for key, text in said.items()})


def step(name: str = "", protocol: str = "p", place: int = 0) -> Thing:
    return Thing("", name, protocol, kind="process", step=place)


def text_of(rows: list[list[Thing]], default: str = "Assay Name") -> list[list[str]]:
    shown_lines = lines(Grid(rows, {"norm": "Normalization Name"}, default).columns())
    return [[cell.strip('"') for cell in line.rstrip("\n").split("\t")] for line in shown_lines]


def test_rows_of_one_form_have_a_column_each() -> None:
    rows = [[node("Sample Name", "s", a="1"), step("x"), node("Image File", "f")]]
    assert text_of(rows) == [
        ["Sample Name", "Comment[a]", "Protocol REF", "Assay Name", "Image File"],
        ["s", "1", "p", "x", "f"],
    ]


def test_rows_of_different_forms_share_what_they_can() -> None:
    sample, file, extract = node("Sample Name", "s"), node("Image File", "f"), node("Extract Name", "e")
    found = text_of([[sample, step(), file], [sample, step(), extract, step(), file]])
    assert found == [
        ["Sample Name", "Protocol REF", "Extract Name", "Protocol REF", "Image File"],
        ["s", "p", "", "", "f"],
        ["s", "p", "e", "p", "f"],
    ]


def test_a_process_that_says_its_place_stands_there() -> None:
    sample, file = node("Sample Name", "s"), node("Image File", "f")
    found = text_of([[sample, step(), step(), file], [sample, step(protocol="q", place=2), file]])
    assert found[2] == ["s", "", "q", "f"]


def test_a_process_without_a_protocol_begins_with_its_name() -> None:
    found = text_of([[node("Sample Name", "s"), step("x", ""), node("Image File", "f")]])
    assert found[0] == ["Sample Name", "Assay Name", "Image File"]


def test_names_of_processes_follow_the_type_of_the_protocol() -> None:
    assert text_of([[step("x", "norm")]])[0] == ["Protocol REF", "Normalization Name"]
    assert text_of([[step("x")]], default="")[0] == ["Protocol REF", "Comment[Process Name]"]
    assert name_header("Data  Transformation", is_study=False) == "Data Transformation Name"
    assert name_header("data transformation", is_study=True) == ""


def test_what_stands_beside_a_comment_column_stays_beside_it() -> None:
    first = Thing("Image File", "f", kind="node")
    first.said = {("Factor Value[a]", 0): Value("1"), ("Factor Value[b]", 0): Value("2")}
    second = Thing("Image File", "g", kind="node")
    second.said = {("Factor Value[a]", 0): Value("1"), ("Factor Value[a] Unit", 0): Value("mg")}
    assert text_of([[first], [second]])[0] == ["Image File", "Factor Value[a]", "Unit", "Factor Value[b]"]


def test_places_of_a_row() -> None:
    row = [node("Sample Name", "s"), step(), step(place=4), step(), node("Image File", "f")]
    assert [token[1] for token in tokens(row)] == [0, 1, 4, 5, 0]


@pytest.mark.parametrize(("text", "cell"), [("a", '"a"'), ('a"b', '"a""b"'), ("", '""'), ("a\tb", '"a\tb"')])
def test_cells_are_quoted(text: str, cell: str) -> None:
    assert quoted(text) == cell


def test_a_header_that_is_none_is_not_taken() -> None:
    thing = node("Image File", "f")
    assert not take_header(thing, "Protocol REF")
    assert not take_header(thing, "Comment[x]")
    assert take_header(thing, "Spot Picking File")
    assert thing.header == "Spot Picking File"
    assert header_of("ISA-Tab Step") == "Comment[ISA-Tab Step]"


def test_a_look_gives_what_is_wanted_and_tells_the_rest() -> None:
    look = Look("a.json")
    assert look.text(3, "/x") == "3"
    assert look.text(0.5, "/x") == "0.5"
    assert look.text(True, "/x") == "true"
    assert look.text(None, "/x") == ""
    assert look.all() == []
    assert look.text([], "/x") == ""
    assert look.thing("a", "/y") == {}
    assert look.things({"z": {}}, "z", "") == []
    assert [finding.path for finding in look.all()] == ["a.json:/x", "a.json:/y", "a.json:/z"]
    assert [shown(one) for one in ({}, [1], 2, "x")] == ["{…}", "[…]", "2", "x"]
