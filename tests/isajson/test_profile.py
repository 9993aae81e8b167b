"""The profile ``isatools-default``: other types, one more protocol, and all else in its place."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import HealthCheck, Phase, given, settings

import rembi_widgets as rw
from rembi_widgets.errors import RembiError
from rembi_widgets.formats import isajson, isatab, write
from rembi_widgets.record import Curation
from tests.formats.builder import full_record
from tests.formats.full_records import full_records
from tests.isajson.sameness import different, rows
from tests.isaread.sameness import differences
from tests.isaread.test_identity import changed

DEFAULT = "isatools-default"


def test_the_usual_profile_is_what_it_was(tmp_path: Path) -> None:
    isatab.write(full_record(), tmp_path / "a")
    isatab.write(full_record(), tmp_path / "b", profile="bioimaging")
    assert different(isatab.open_document(tmp_path / "a"), isatab.open_document(tmp_path / "b")) == []
    assert "histology" not in (tmp_path / "a" / "i_investigation.txt").read_text(encoding="utf-8")


def test_every_assay_is_histology_and_keeps_its_own_types(tmp_path: Path) -> None:
    rw.export(full_record(), "isatab", tmp_path, profile=DEFAULT)
    one = isatab.open_document(tmp_path).investigations[0]
    assays = one.studies[0].section("STUDY ASSAYS")
    assert set(assays.cells("Study Assay Measurement Type")) == {"histology"}
    assert set(assays.cells("Study Assay Technology Type")) == {"N/A"}
    assert set(assays.cells("Comment[Own Measurement Type]")) == {"biological imaging"}
    kinds = assays.cells("Comment[Own Technology Type]")
    assert kinds == ["microscopy", "microscopy", "image analysis", "image correlation", "image annotation"]
    assert one.section("INVESTIGATION").cells("Investigation Identifier") == one.studies[0].section("STUDY").cells(
        "Study Identifier"
    )


def test_a_protocol_of_its_type_stands_behind_every_sample(tmp_path: Path) -> None:
    isatab.write(full_record(), tmp_path, profile=DEFAULT)
    document = isatab.open_document(tmp_path)
    for table in document.investigations[0].studies[0].assays:
        assert table is not None
        assert [column.header for column in table.columns[:3]] == ["Sample Name", "Protocol REF", "Protocol REF"]
        assert set(table.cells(1)) == {"histology"}
    protocols = document.investigations[0].studies[0].section("STUDY PROTOCOLS")
    assert protocols.cells("Study Protocol Type")[-1] == "histology"


def test_all_other_cells_are_the_same(tmp_path: Path) -> None:
    isatab.write(full_record(), tmp_path / "a")
    isatab.write(full_record(), tmp_path / "b", profile=DEFAULT)
    usual, other = (isatab.open_document(tmp_path / name) for name in "ab")
    step = ("", "", "protocol_ref[protocol ref]", "histology")
    for name, table in usual.tables.items():
        added = () if name.startswith("s_") else (step,)
        wanted = {tuple(sorted((*row, *added))) for row in rows(table)}
        assert set(rows(other.tables[name])) == wanted


@settings(
    max_examples=8,
    deadline=None,
    suppress_health_check=list(HealthCheck),
    phases=(Phase.explicit, Phase.reuse, Phase.generate),
)
@given(record=full_records())
def test_a_record_comes_back_from_the_profile(record: Curation, tmp_path_factory: pytest.TempPathFactory) -> None:
    for writer in (isatab, isajson):
        folder = tmp_path_factory.mktemp("set")
        writer.write(record, folder, profile=DEFAULT)
        found = writer.read(folder)
        assert differences(record, found.record) == []
        assert found.findings == ()


def test_what_the_profile_cannot_mend_is_told(tmp_path: Path) -> None:
    record = changed(
        publications={"doi": None, "title": "Half of it"},
        biosamples={"organism": [{"label": "Homo sapiens"}, {"label": "Mus musculus"}]},
    )
    written = isatab.write(record, tmp_path, profile=DEFAULT)
    told = {one.code: one for one in written.findings}
    assert told["isatab.profile"].level == "info"
    assert told["isatab.profile_publication"].path == f"/publications/{record.publications[0].id}/doi"
    assert told["isatab.profile_organisms"].path == f"/biosamples/{record.biosamples[0].id}/organism"
    assert "Half of it" in told["isatab.profile_publication"].message("fr")
    assert isatab.write(record, tmp_path / "usual").findings == ()


def test_the_json_of_the_profile_has_no_word_for_nothing(tmp_path: Path) -> None:
    file = isajson.write(full_record(), tmp_path, profile=DEFAULT).files[0]
    document = isajson.open_document(file)
    section = document.investigations[0].studies[0].section("STUDY ASSAYS")
    assert set(section.cells("Study Assay Technology Type")) == {""}
    assert set(section.cells("Study Assay Measurement Type")) == {"histology"}


@pytest.mark.parametrize(("name", "profile", "key"), [("isatab", "x", "no_profile"), ("bia", DEFAULT, "no_profiles")])
def test_a_profile_that_is_not_there_is_a_sentence(name: str, profile: str, key: str, tmp_path: Path) -> None:
    with pytest.raises(RembiError) as caught:
        write(name, full_record(), tmp_path, profile=profile)
    assert caught.value.key == f"formats.{key}"
    assert list(tmp_path.iterdir()) == []
