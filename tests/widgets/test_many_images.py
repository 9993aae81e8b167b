"""The form over many images: what they share, what differs, one value for all, confirming a scope."""

from __future__ import annotations

from typing import Any

import pytest

from rembi_widgets.errors import RembiError
from rembi_widgets.store import OpenCuration, open_curation
from rembi_widgets.widgets._handlers import HANDLERS
from rembi_widgets.widgets._session import Session

IMAGES = [f"im-{n}" for n in range(6)]
TYPES = ["primary", "primary", "overview", "primary", None, None]
READ = {"confirmed": False, "origin": {"kind": "scan", "header": "Pixels/@Type"}}


def opened() -> OpenCuration:
    """Open six images of two components; their pixel type was read from headers."""
    curation = open_curation(None)
    marks = {"palette": [READ], "use": [0] * 6}
    curation.edit(
        [
            {"op": "add", "path": "/images", "rows": IMAGES},
            {"op": "fill", "path": "/images/component", "rows": IMAGES, "values": ["sc-1"] * 4 + ["sc-2"] * 2},
            {"op": "fill", "path": "/images/image_type", "rows": IMAGES, "values": TYPES},
            {"op": "fill", "path": "/images/pixel_type", "rows": IMAGES, "value": "uint8", "marks": marks},
            {"op": "fill", "path": "/images/size_c", "rows": IMAGES, "values": [3] * 6, "marks": marks},
        ]
    )
    return curation


def ask(curation: OpenCuration, kind: str, **message: Any) -> dict[str, Any]:
    answer = HANDLERS[kind](Session(curation), {"kind": kind, "table": "images", **message}, [])
    assert isinstance(answer, dict)
    return answer


def test_what_all_share_is_said_with_its_origin_and_who_confirmed_it() -> None:
    told = ask(opened(), "summary")
    assert told["count"] == 6
    assert told["fields"]["pixel_type"] == {"value": "uint8", "pencil": 6, "origin": READ["origin"]}


def test_what_differs_is_said_with_counts_the_most_frequent_first() -> None:
    told = ask(opened(), "summary")["fields"]["image_type"]
    assert {**told, "origin": None} == {
        "mixed": 3,
        "examples": ["primary", "overview"],
        "counts": [3, 1],
        "empty": 2,
        "origin": None,
    }


def test_a_value_that_only_some_have_is_no_shared_value() -> None:
    curation = opened()
    curation.edit([{"op": "fill", "path": "/images/qc_info", "rows": ["im-0"], "value": "in focus"}])
    told = ask(curation, "summary")["fields"]["qc_info"]
    assert (told["mixed"], told["empty"], told["examples"]) == (2, 5, ["in focus"])


@pytest.mark.parametrize(
    ("scope", "count"),
    [({}, 6), ({"where": {"component": "sc-1"}}, 4), ({"rows": ["im-5", "im-9"]}, 1), ({"filter": "overview"}, 1)],
)
def test_a_scope_is_filled_in_one_change(scope: dict[str, Any], count: int) -> None:
    curation = opened()
    before, steps = curation.record, len(curation.history)
    assert ask(curation, "summary", **scope)["count"] == count
    assert ask(curation, "fill", column="qc_info", value="in focus", **scope)["count"] == count
    assert curation.record.images.column("qc_info").count("in focus") == count
    assert len(curation.history) == steps + 1
    curation.undo()
    assert curation.record == before


def test_a_scope_is_confirmed_for_one_column_or_all() -> None:
    curation = opened()
    assert ask(curation, "fill", confirm=True, columns=["pixel_type"], where={"component": "sc-1"})["count"] == 4
    told = ask(curation, "summary")["fields"]
    assert (told["pixel_type"]["pencil"], told["size_c"]["pencil"]) == (2, 6)
    ask(curation, "fill", confirm=True)
    told = ask(curation, "summary")["fields"]
    assert "pencil" not in told["pixel_type"]
    assert "pencil" not in told["size_c"]
    assert told["size_c"]["value"] == 3


def test_images_are_found_by_their_sample_and_by_having_none() -> None:
    curation = opened()
    lines = [{"id": "as-1", "sample": "sa-1"}, {"id": "as-2"}]
    curation.edit(
        [
            {"op": "add", "path": "/samples", "id": "sa-1", "value": {"title": "HeLa, control"}},
            {"op": "add", "path": "/components", "id": "sc-1", "value": {"associations": lines}},
            {
                "op": "add",
                "path": "/components",
                "id": "sc-2",
                "value": {"associations": [{"id": "as-3", "sample": "sa-1"}]},
            },
            {"op": "fill", "path": "/images/association", "rows": ["im-0", "im-1"], "values": ["as-1", "as-2"]},
        ]
    )

    def found(**query: Any) -> list[str]:
        return [row["id"] for row in ask(curation, "rows", **query)["rows"]]

    assert found(filter="hela control") == ["im-0", "im-4", "im-5"]
    assert found(where={"component": "sc-1", "sample": None}) == ["im-1", "im-2", "im-3"]


def test_there_are_two_tables() -> None:
    with pytest.raises(RembiError, match="people"):
        ask(opened(), "summary", table="people")
