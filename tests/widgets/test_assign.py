"""Images to lines and components: one change each and one undo; folders counted; proposals by their names."""

from __future__ import annotations

from collections import Counter
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rembi_widgets.errors import RembiError
from rembi_widgets.record import Change as Step
from rembi_widgets.record import Curation, Edit, apply
from rembi_widgets.store import OpenCuration, open_curation
from rembi_widgets.widgets._assign import assign_edits, folders_of, inside_of
from rembi_widgets.widgets._folders import MOST_FOLDERS, folders, rolled
from rembi_widgets.widgets._handlers import HANDLERS
from rembi_widgets.widgets._matching import best, telling, words
from rembi_widgets.widgets._session import Session

PLACES = {
    "conf/control": 4,
    "conf/latA": 3,
    "conf/misc": 2,
    "live": 2,
}
LINE = {"id": "as-1", "acquisition": "ac-1"}


def entities(lines: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """Give the edits that make two samples, one acquisition and two components."""
    made = {
        "biosamples": {"bs-1": {"title": "HeLa"}},
        "specimens": {"sp-1": {"title": "Fixed"}},
        "samples": {
            "sa-1": {"title": "HeLa control", "biosample": "bs-1", "specimen": "sp-1"},
            "sa-2": {"title": "HeLa latrunculin A", "biosample": "bs-1", "specimen": "sp-1"},
        },
        "acquisitions": {"ac-1": {"title": "Confocal"}},
        "components": {"sc-1": {"title": "Fixed cells", "associations": lines}, "sc-2": {"title": "Live"}},
    }
    return [
        {"op": "add", "path": f"/{name}", "id": identity, "value": value}
        for name, held in made.items()
        for identity, value in held.items()
    ]


def rows(places: dict[str, int]) -> list[dict[str, Any]]:
    """Give the edits that make a file and an image for each place, those of ``live`` in a component of their own."""
    paths = [f"{folder}/f{n}.tif" if folder else f"f{n}.tif" for folder, count in places.items() for n in range(count)]
    files, images = ([f"{kind}-{n}" for n in range(len(paths))] for kind in ("fl", "im"))
    homes = ["sc-2" if path.startswith("live") else "sc-1" for path in paths]
    groups = ["b" if path.startswith("live") else "a" for path in paths]
    return [
        {"op": "add", "path": "/files", "rows": files},
        {"op": "fill", "path": "/files/path", "rows": files, "values": paths},
        {"op": "fill", "path": "/files/component", "rows": files, "values": homes},
        {"op": "add", "path": "/images", "rows": images},
        {"op": "fill", "path": "/images/file", "rows": images, "values": files},
        {"op": "fill", "path": "/images/component", "rows": images, "values": homes},
        {"op": "fill", "path": "/images/group", "rows": images, "values": groups},
    ]


def opened(lines: list[dict[str, Any]] | None = None, places: dict[str, int] | None = None) -> OpenCuration:
    """Open a curation in memory with its images."""
    curation = open_curation(None)
    curation.edit([*entities([LINE] if lines is None else lines), *rows(places or PLACES)])
    return curation


def shown(record: Curation) -> dict[str, Counter[str | None]]:
    """Give, for each folder, the samples its images have."""
    sample_of = {line.id: line.sample for part in record.components for line in part.associations}
    found: dict[str, Counter[str | None]] = {}
    for folder, line in zip(folders_of(record), record.images.column("association"), strict=True):
        found.setdefault(str(folder), Counter())[sample_of.get(line)] += 1
    return found


def ask(curation: OpenCuration, kind: str, **message: Any) -> dict[str, Any]:
    answer = HANDLERS[kind](Session(curation), {"kind": kind, **message}, [])
    assert isinstance(answer, dict)
    return answer


TWO = [{"id": "as-1", "sample": "sa-1", "acquisition": "ac-1"}, {"id": "as-2", "sample": "sa-2", "acquisition": "ac-1"}]
WAYS = [
    ({"folder": "conf/control", "association": "as-2", "component": "sc-1"}, 4),
    ({"folder": "conf", "association": "as-2"}, 9),
    ({"group": "a", "association": "as-2"}, 9),
    ({"filter": "misc f1", "association": "as-2"}, 1),
    ({"rows": ["im-0", "im-9"], "association": "as-2"}, 2),
    ({"folder": "conf", "below": False, "association": "as-2"}, 0),
    ({"folder": "", "within": "sc-2", "component": "sc-1"}, 2),
]


@pytest.mark.parametrize(("message", "count"), WAYS)
def test_images_get_a_line_in_one_change_and_lose_it_in_one_undo(message: dict[str, Any], count: int) -> None:
    curation = opened(TWO)
    before, steps = curation.record, len(curation.history)
    assert ask(curation, "assign", **message)["count"] == count
    assert len(curation.history) == steps + (count > 0)
    assert curation.record.images.column("association").count("as-2") == (0 if "within" in message else count)
    if count:
        curation.undo()
    assert curation.record == before


def test_images_that_get_a_line_of_another_component_move_there_with_their_files() -> None:
    curation = opened(TWO)
    ask(curation, "assign", folder="live", association="as-1")
    assert set(curation.record.images.column("component")) == {"sc-1"}
    assert set(curation.record.files.column("component")) == {"sc-1"}


def test_a_file_stays_where_it_is_while_another_of_its_images_does() -> None:
    curation = opened(TWO)
    curation.edit([Edit(op="fill", path="/images/file", rows=("im-10",), value="fl-9")])
    ask(curation, "assign", rows=["im-9"], component="sc-1")
    assert curation.record.images.value("im-9", "component") == "sc-1"
    assert curation.record.files.value("fl-9", "component") == "sc-2"


def test_moving_a_folder_in_leaves_the_lines_of_images_that_are_there() -> None:
    curation = opened(TWO)
    ask(curation, "assign", folder="conf", association="as-1")
    assert ask(curation, "assign", folder="", component="sc-1")["count"] == 2
    assert curation.record.images.column("association").count("as-1") == 9


def test_a_folder_given_a_sample_completes_the_line_that_waited() -> None:
    curation = opened()
    steps = len(curation.history)
    ask(curation, "assign", within="sc-1", folder="conf", sample="sa-1")
    (line,) = curation.record.components[0].associations
    assert (line.id, line.sample, line.acquisition) == ("as-1", "sa-1", "ac-1")
    assert len(curation.history) == steps + 1


def test_a_second_sample_gets_a_line_of_its_own_with_the_acquisition_of_its_images() -> None:
    curation = opened()
    before = curation.record
    items = [{"folder": "conf/control", "sample": "sa-1"}, {"folder": "conf/latA", "sample": "sa-2"}]
    ask(curation, "assign", within="sc-1", items=items)
    lines = curation.record.components[0].associations
    assert [(line.sample, line.acquisition) for line in lines] == [
        (None, "ac-1"),
        ("sa-1", "ac-1"),
        ("sa-2", "ac-1"),
    ]
    expected = {"conf/control": {"sa-1": 4}, "conf/latA": {"sa-2": 3}, "conf/misc": {None: 2}, "live": {None: 2}}
    assert shown(curation.record) == expected
    assert curation.record.images.value("im-7", "association") == "as-1", "it keeps the line it had by itself"
    curation.undo()
    assert curation.record == before


def test_all_folders_given_samples_leave_no_line_without_one() -> None:
    curation = opened()
    items = [
        {"folder": "conf/control", "sample": "sa-1"},
        {"folder": "conf/latA", "sample": "sa-2"},
        {"folder": "conf/misc", "sample": "sa-2"},
    ]
    ask(curation, "assign", within="sc-1", items=items)
    assert [line.sample for line in curation.record.components[0].associations] == ["sa-1", "sa-2"]
    assert shown(curation.record)["conf/misc"] == {"sa-2": 2}


def test_open_leaves_images_alone_that_have_a_sample() -> None:
    curation = opened(TWO)
    ask(curation, "assign", rows=["im-0"], association="as-2")
    ask(curation, "assign", within="sc-1", items=[{"folder": "conf/control", "sample": "sa-1"}], open=True)
    assert shown(curation.record)["conf/control"] == {"sa-1": 3, "sa-2": 1}
    ask(curation, "assign", within="sc-1", items=[{"folder": "conf/control", "sample": "sa-1"}])
    assert shown(curation.record)["conf/control"] == {"sa-1": 4}


@pytest.mark.parametrize(
    "message",
    [
        {"within": "sc-9", "items": [{"folder": "conf", "sample": "sa-1"}]},
        {"within": "sc-1", "items": [{"folder": "conf", "sample": "sa-9"}]},
        {"folder": "conf", "association": "as-9"},
    ],
)
def test_what_is_not_there_is_named(message: dict[str, Any]) -> None:
    with pytest.raises(RembiError, match="-9"):
        assign_edits(opened().record, message)


@given(
    st.lists(st.sampled_from(["conf/control", "conf/latA", "conf/misc", "conf"]), max_size=4),
    st.lists(st.sampled_from(["sa-1", "sa-2"]), min_size=4, max_size=4),
    st.sampled_from([[], [LINE], TWO]),
)
def test_every_image_named_has_its_sample_and_the_others_keep_what_they_had(
    named: list[str], samples: list[str], lines: list[dict[str, Any]]
) -> None:
    record = opened(lines).record
    items = [{"folder": folder, "sample": sample} for folder, sample in zip(named, samples, strict=False)]
    after = apply(record, Step(id="w-1", edits=tuple(assign_edits(record, {"within": "sc-1", "items": items}))))
    for folder, line in zip(folders_of(after), after.images.column("association"), strict=True):
        wanted = [item["sample"] for item in items if inside_of(item["folder"])(folder)]
        held = {line.id: line.sample for line in after.components[0].associations}
        if wanted:
            assert held[line] == wanted[-1]
        else:
            assert held.get(line) is None


def test_folders_tell_counts_lines_and_what_could_be_moved_in() -> None:
    curation = opened(TWO)
    ask(curation, "assign", folder="conf/control", association="as-1")
    told = ask(curation, "folders", component="sc-1")
    assert (told["count"], told["open"]) == (9, 5)
    assert told["lines"] == {
        "as-1": {"count": 4, "images": ["im-0", "im-1"]},
        "": {"count": 5, "images": ["im-4", "im-5"]},
    }
    assert [(item["folder"], item["count"], item["open"]) for item in told["folders"]] == [
        ("conf/control", 4, 0),
        ("conf/latA", 3, 3),
        ("conf/misc", 2, 2),
    ]
    assert told["folders"][0]["lines"] == {"as-1": 4}
    assert told["others"] == [{"folder": "live", "below": False, "count": 2, "components": {"sc-2": 2}}]
    assert told["groups"] == []


def test_images_of_a_component_with_one_line_have_it_and_are_open_without_a_sample() -> None:
    told = ask(opened(), "folders", component="sc-1")
    assert told["lines"] == {"as-1": {"count": 9, "images": ["im-0", "im-1"]}}
    assert told["open"] == 9


def test_groups_are_told_apart_by_what_their_images_say() -> None:
    curation = opened(TWO)
    ask(curation, "assign", folder="live", component="sc-1")
    curation.edit([Edit(op="fill", path="/images/objective", rows=("im-9", "im-10"), value="10x")])
    groups = ask(curation, "folders", component="sc-1")["groups"]
    assert [(item["group"], item["count"], item["looks"]) for item in groups] == [
        ("a", 9, {}),
        ("b", 2, {"objective": "10x"}),
    ]


def test_nothing_is_told_of_no_component() -> None:
    assert folders(Session(opened()), {"component": "sc-9"}, []) == {
        "count": 0,
        "open": 0,
        "lines": {},
        "folders": [],
        "groups": [],
        "others": [],
        "proposal": [],
    }


def test_the_proposal_names_folders_that_speak_for_one_sample() -> None:
    curation = opened()
    told = ask(curation, "folders", component="sc-1")["proposal"]
    assert told == [
        {"folder": "conf/control", "below": False, "count": 4, "sample": "sa-1"},
        {"folder": "conf/latA", "below": False, "count": 3, "sample": "sa-2"},
    ]
    ask(curation, "assign", within="sc-1", items=told, open=True)
    assert ask(curation, "folders", component="sc-1")["proposal"] == []


NAMES = [
    ("01_confocal/ctrl", "control"),
    ("HeLa/untreated/rep2", "control"),
    ("HeLa/LatA", "treated"),
    ("HeLa/latrunculin_0.2uM", "treated"),
    ("HeLa", None),
    ("control and latrunculin", None),
    ("témoin", "control"),
]


@pytest.mark.parametrize(("folder", "sample"), NAMES)
def test_a_folder_speaks_for_a_sample_by_its_words(folder: str, sample: str | None) -> None:
    samples = {"control": words("HeLa, control") - words("HeLa"), "treated": words("latrunculin A, 1 h")}
    assert best(folder, samples) == sample


def test_words_all_samples_share_tell_nothing_and_the_only_sample_needs_none() -> None:
    record = opened().record
    assert telling(record) == {"sa-1": {"control"}, "sa-2": {"latrunculin"}}
    assert best("anything", {"sa-1": frozenset()}) == "sa-1"
    assert best("anything", {}) is None


@given(st.sets(st.from_regex(r"[a-c]{1,2}(/[a-c]{1,2}){0,4}", fullmatch=True), min_size=1), st.integers(1, 12))
def test_rolled_folders_hold_each_folder_once(names: set[str], most: int) -> None:
    listed, folded = rolled(names, most)
    assert set(listed) == names
    for name, at in listed.items():
        covers = [other for other in set(listed.values()) if inside_of(other, below=other in folded)(name)]
        assert covers == [at]
    assert len(set(listed.values())) <= max(most, len({name.split("/")[0] for name in names}))


def test_many_folders_are_told_by_the_folder_above() -> None:
    places = {f"conf/plate{n % 3}/well{n:03d}": 1 for n in range(MOST_FOLDERS + 30)}
    told = ask(opened(places=places), "folders", component="sc-1")["folders"]
    assert [(item["folder"], item["below"], item["count"]) for item in told] == [
        ("conf/plate0", True, 30),
        ("conf/plate1", True, 30),
        ("conf/plate2", True, 30),
    ]
