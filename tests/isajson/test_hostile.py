"""ISA-JSON of bad making: wrong kinds, dangling names, circles, floods. A sentence or findings, never a crash."""

from __future__ import annotations

import copy
import json
import tempfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from rembi_widgets.errors import RembiError
from rembi_widgets.formats import Read, isajson, isatab
from rembi_widgets.formats._proposal import proposal
from rembi_widgets.locale import LANGUAGES
from rembi_widgets.record import Curation
from tests.formats.builder import full_record
from tests.isajson.foreign import plain, process, write

ODD: tuple[Any, ...] = (
    None,
    0,
    -1.5,
    True,
    "",
    "NA",
    "\ud800",
    "a\tb\nc",
    "#",
    "/",
    "..",
    [],
    {},
    [[]],
    [None],
    [1],
    {"@id": 3},
)
MANY = settings(max_examples=120, deadline=None, suppress_health_check=list(HealthCheck))


def base() -> dict[str, Any]:
    with tempfile.TemporaryDirectory() as name:
        found: dict[str, Any] = json.loads(isajson.write(full_record(), Path(name)).files[0].read_text("utf-8"))
        return found


BASE = base()


def places(data: Any, path: tuple[Any, ...] = ()) -> Iterator[tuple[Any, ...]]:
    """Every place of a JSON."""
    for key in data if isinstance(data, dict) else range(len(data)) if isinstance(data, list) else ():
        yield (*path, key)
        yield from places(data[key], (*path, key))


PLACES = list(places(BASE))
REFERENCES = [path for path in PLACES if path[-1] == "@id"]


def put(data: Any, path: tuple[Any, ...], value: Any) -> None:
    """Put a value at a place, if the place is still there."""
    for key in path[:-1]:
        try:
            data = data[key]
        except (KeyError, IndexError, TypeError):
            return
    if isinstance(data, dict) or (isinstance(data, list) and isinstance(path[-1], int) and path[-1] < len(data)):
        data[path[-1]] = value


def hold(found: Read) -> None:
    """Hold that what was read is a record, and that every finding has its sentence."""
    assert isinstance(found.record, Curation)
    proposal(found.record, Curation())
    for finding in found.findings:
        assert all(finding.message(lang) for lang in LANGUAGES)


def read(data: Any) -> Read | None:
    with tempfile.TemporaryDirectory() as name:
        path = Path(name) / "a.json"
        path.write_text(data if isinstance(data, str) else json.dumps(data), encoding="utf-8")
        try:
            return isajson.read(path)
        except RembiError as fault:
            told = [fault.key, *(fault.say(lang) for lang in LANGUAGES)]
    assert told[0].startswith(("isajson.", "isaread."))
    assert all(told)
    return None


@MANY
@given(st.lists(st.tuples(st.sampled_from(PLACES), st.sampled_from(ODD) | st.text(max_size=5)), min_size=1, max_size=6))
def test_odd_values_anywhere(changes: list[tuple[tuple[Any, ...], Any]]) -> None:
    data = copy.deepcopy(BASE)
    for path, value in changes:
        put(data, path, value)
    found = read(data)
    if found is not None:
        hold(found)


@MANY
@given(st.lists(st.tuples(st.sampled_from(REFERENCES), st.sampled_from(REFERENCES)), min_size=1, max_size=8))
def test_names_that_are_mixed_up(changes: list[tuple[tuple[Any, ...], tuple[Any, ...]]]) -> None:
    data = copy.deepcopy(BASE)
    for into, source in changes:
        value: Any = BASE
        for key in source:
            value = value[key]
        put(data, into, value)
    found = read(data)
    assert found is not None
    hold(found)


@settings(max_examples=60, deadline=None)
@given(
    st.recursive(
        st.none() | st.booleans() | st.integers() | st.floats() | st.text(),
        lambda one: (
            st.lists(one)
            | st.dictionaries(
                st.sampled_from(["studies", "assays", "@id", "protocols", "materials", "comments"]) | st.text(), one
            )
        ),
    )
)
def test_any_json_at_all(data: Any) -> None:
    found = read({"studies": [data] if not isinstance(data, list) else data})
    if found is not None:
        hold(found)


@pytest.mark.parametrize(
    ("text", "key"),
    [
        ("", "isajson.no_json"),
        ("{", "isajson.no_json"),
        ("[]", "isajson.nothing_here"),
        ("{}", "isajson.nothing_here"),
        ('{"studies": 3}', "isajson.nothing_here"),
        ("[" * 200_000, "isajson.too_deep"),
        ('{"studies": ' + "[" * 100_000 + "]" * 100_000 + "}", "isajson.too_deep"),
        ('{"studies": [' + "9" * 5_000 + "]}", "isajson.no_json"),
    ],
    ids=["empty", "half", "list", "nothing", "number", "deep", "deep-inside", "long-number"],
)
def test_what_is_no_isa_json_is_a_sentence(text: str, key: str, tmp_path: Path) -> None:
    (tmp_path / "a.json").write_text(text, encoding="utf-8")
    with pytest.raises(RembiError) as caught:
        isajson.read(tmp_path / "a.json")
    assert caught.value.key == key
    assert "a.json" in str(caught.value)


def test_bytes_that_are_no_text_are_a_sentence(tmp_path: Path) -> None:
    (tmp_path / "a.json").write_bytes(b'{"studies": ["\xff\xfe"]}')
    with pytest.raises(RembiError, match=r"a\.json"):
        isajson.read(tmp_path / "a.json")


def test_a_file_that_is_not_there_is_a_sentence(tmp_path: Path) -> None:
    for path, key in ((tmp_path / "b.json", "isajson.no_file"), (tmp_path, "isajson.nothing_here")):
        with pytest.raises(RembiError) as caught:
            isajson.read(path)
        assert caught.value.key == key


def test_several_files_in_a_folder_are_a_question(tmp_path: Path) -> None:
    for name in ("a.json", "b.json"):
        write(plain(), tmp_path / name)
    with pytest.raises(RembiError, match=r"a\.json, b\.json"):
        isajson.read(tmp_path)
    (tmp_path / "b.json").write_text('{"name": "package"}', encoding="utf-8")
    assert len(isajson.read(tmp_path).record.biosamples) == 1


def codes(data: dict[str, Any], folder: Path) -> list[str]:
    document = isajson.open_document(write(data, folder / "a.json"))
    return [finding.code.removeprefix("isajson.") for finding in document.findings if "isajson" in finding.code]


def test_a_circle_of_processes_is_cut_and_told(tmp_path: Path) -> None:
    data = plain()
    study = data["studies"][0]
    study["processSequence"] = [
        process("#p/1", inputs=["#source/1"], next="#p/2"),
        process("#p/2", outputs=["#sample/1"], previous="#p/1", next="#p/1"),
    ]
    assert codes(data, tmp_path) == ["cycle"]
    table = isajson.open_document(tmp_path / "a.json").tables["s_a.txt"]
    assert len(table) == 1


def test_a_process_that_follows_itself(tmp_path: Path) -> None:
    data = plain()
    data["studies"][0]["processSequence"][0]["nextProcess"] = {"@id": "#p/1"}
    assert codes(data, tmp_path) == ["cycle"]


@pytest.mark.parametrize("key", ["inputs", "outputs"])
def test_a_dangling_node_is_told_with_its_place(key: str, tmp_path: Path) -> None:
    data = plain()
    data["studies"][0]["processSequence"][0][key].append({"@id": "#nobody"})
    document = isajson.open_document(write(data, tmp_path / "a.json"))
    [finding] = document.findings
    assert finding.code == "isajson.dangling"
    assert finding.path == f"a.json:/studies/0/processSequence/0/{key}/1"
    assert "#nobody" in finding.message("en")
    assert "#nobody" in finding.message("fr")


@pytest.mark.parametrize("key", ["executesProtocol", "nextProcess"])
def test_a_dangling_reference_is_told(key: str, tmp_path: Path) -> None:
    data = plain()
    data["studies"][0]["processSequence"][0][key] = {"@id": "#nobody"}
    assert codes(data, tmp_path) == ["dangling"]


def test_two_things_of_one_name_are_told(tmp_path: Path) -> None:
    data = plain()
    data["studies"][0]["materials"]["samples"] *= 2
    data["studies"][0]["processSequence"] *= 2
    assert codes(data, tmp_path) == ["id_twice", "id_twice"]


def test_a_flood_of_ways_is_cut_off(tmp_path: Path) -> None:
    """Thirty times two ways: more rows than there are grains of sand."""
    data = plain()
    study = data["studies"][0]
    study["materials"]["otherMaterials"] = [
        {"@id": f"#m/{n}-{k}", "name": f"m{n}-{k}", "type": "Extract Name", "characteristics": []}
        for n in range(30)
        for k in range(2)
    ]
    study["processSequence"] = [
        process(
            f"#p/{n}",
            inputs=[f"#m/{n - 1}-{k}" for k in range(2)] if n else ["#source/1"],
            outputs=[f"#m/{n}-{k}" for k in range(2)],
        )
        for n in range(30)
    ]
    assert codes(data, tmp_path) == ["too_many_rows"]


def test_a_chain_without_end_is_cut_off(tmp_path: Path) -> None:
    data = plain()
    study = data["studies"][0]
    study["processSequence"] = [process(f"#p/{n}", next=f"#p/{n + 1}") for n in range(1_500)]
    study["processSequence"][-1].pop("nextProcess")
    assert codes(data, tmp_path) == ["too_long"]


def test_many_faults_are_counted_not_listed(tmp_path: Path) -> None:
    data = plain()
    data["studies"][0]["processSequence"][0]["inputs"] += [{"@id": f"#no/{n}"} for n in range(1_000)]
    document = isajson.open_document(write(data, tmp_path / "a.json"))
    assert len(document.findings) == 201
    assert document.findings[-1].values["n"] == 800


@pytest.mark.parametrize("name", ["../../etc/passwd", "/etc/passwd", "a/b.txt", "..", "", "s_\x00.txt", "C:\\x.txt", 7])
def test_no_name_of_a_file_leads_out(name: Any, tmp_path: Path) -> None:
    data = plain()
    data["filename"] = data["studies"][0]["filename"] = data["studies"][0]["assays"][0]["filename"] = name
    document = isajson.open_document(write(data, tmp_path / "in" / "a.json"))
    files = isatab.write_document(document, tmp_path / "out").files
    assert all(path.parent == tmp_path / "out" for path in files)
    assert len(files) == 3
