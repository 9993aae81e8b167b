"""Entities of long lists share what they have alike, and nobody can tell."""

from __future__ import annotations

from typing import Any

from rembi_widgets.record import Curation, Edit, Origin, Sample, run
from rembi_widgets.record._alike import MANY


def record(count: int = MANY) -> Curation:
    samples: list[dict[str, Any]] = [{"id": f"sa-{n}", "title": f"sample {n}"} for n in range(count)]
    samples[3]["x-batch"] = "B"
    samples[4] = {"id": "sa-4"}
    lines = [{"id": f"as-{n}", "sample": f"sa-{n}"} for n in range(count)]
    return Curation.model_validate({"samples": samples, "components": [{"id": "sc-1", "associations": lines}]})


def test_entities_of_long_lists_share_their_sets() -> None:
    made = record()
    for entities in (made.samples, made.components[0].associations):
        assert len({id(one.__pydantic_fields_set__) for one in entities}) < 4
        assert len({id(one.__pydantic_extra__) for one in entities}) < 4


def test_entities_of_short_lists_keep_their_own() -> None:
    made = record(10)
    assert len({id(one.__pydantic_fields_set__) for one in made.samples}) == 10


def test_what_was_said_stays_what_was_said() -> None:
    made = record()
    assert made.samples[0].model_fields_set == {"id", "title"}
    assert made.samples[4].model_fields_set == {"id"}
    assert made.samples[3].model_extra == {"x-batch": "B"}
    assert made.samples[5].model_extra == {}
    assert made.samples[3].plain() == {"id": "sa-3", "title": "sample 3", "x-batch": "B"}
    assert made.samples[5] == Sample(id="sa-5", title="sample 5")


def test_a_copy_with_another_field_changes_no_other() -> None:
    made = record()
    copied = made.samples[5].model_copy(update={"biosample": "bs-1", "x-note": "new"})
    assert copied.model_fields_set >= {"id", "title", "biosample"}
    assert copied.model_extra == {"x-note": "new"}
    assert made.samples[5].model_fields_set == made.samples[6].model_fields_set == {"id", "title"}
    assert made.samples[5].model_extra == made.samples[6].model_extra == {}


def test_an_edit_of_one_leaves_the_others() -> None:
    before = record()
    edits = [Edit(op="set", path="/samples/sa-7/x-note", value="new"), Edit(op="clear", path="/samples/sa-8/title")]
    after, back = run(before, edits, Origin())
    assert after.samples[7].model_extra == {"x-note": "new"}
    assert [one.id for one, other in zip(before.samples, after.samples, strict=True) if one != other] == [
        "sa-7",
        "sa-8",
    ]
    again, _ = run(after, back, Origin())
    assert [one.plain() for one in again.samples] == [one.plain() for one in before.samples]
