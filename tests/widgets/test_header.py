"""What a page is told of a header: its values as a tree, and the fields that were filled from them."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import numpy as np
import pytest
import tifffile

from rembi_widgets.images import scan
from rembi_widgets.store import open_curation
from rembi_widgets.widgets._header import header
from rembi_widgets.widgets._session import Session


@pytest.fixture
def read(tmp_path: Path) -> Any:
    for number in range(2):
        metadata = {
            "axes": "CYX",
            "PhysicalSizeX": 0.25,
            "PhysicalSizeXUnit": "µm",
            "Channel": {
                "Name": ["DNA", "Actin"],
                "EmissionWavelength": [461, 519],
                "EmissionWavelengthUnit": ["nm", "nm"],
            },
        }
        data = np.zeros((2, 8, 8 + number), np.uint8)
        tifffile.imwrite(tmp_path / f"{number}.ome.tif", data, metadata=metadata, photometric="minisblack")
    session = Session(open_curation(tmp_path))
    session.curation.propose(scan(tmp_path))

    def told(place: int = 0, lang: str = "en") -> dict[str, tuple[str, list[str]]]:
        session.lang = lang
        answer: Any = header(session, {"image": session.curation.record.images.ids[place]}, [])
        return {"/".join(parts): (value, used) for parts, value, used in answer["leaves"]}

    told.curation = session.curation  # type: ignore[attr-defined]
    return told


def test_values_stand_by_their_places_with_the_fields_they_filled(read: Any) -> None:
    leaves = read()
    assert leaves["Image/Pixels/@PhysicalSizeX"] == ("0.25 µm", ["Pixel size x"])
    assert leaves["Image/Pixels/Channel[1]/@Name"] == ("Actin", ["Channel names", "Channel 2: Name"])
    assert leaves["Image/Pixels/Channel[0]/@EmissionWavelength"] == ("461 nm", ["Channel 1: Emission"])
    assert leaves["/format"][0] == "OME-TIFF"


def test_a_field_that_a_person_typed_is_not_said_to_be_from_the_header(read: Any) -> None:
    row = read.curation.record.images.ids[0]
    read.curation.set(f"/images/{row}/pixel_size_x", 0.3)
    assert read()["Image/Pixels/@PhysicalSizeX"] == ("0.25 µm", [])


def test_a_field_that_was_confirmed_is(read: Any) -> None:
    row = read.curation.record.images.ids[0]
    read.curation.edit([{"op": "confirm", "path": f"/images/{row}/pixel_size_x"}])
    assert read()["Image/Pixels/@PhysicalSizeX"][1] == ["Pixel size x"]


def test_a_value_that_differs_from_the_acquisitions_filled_nothing_there(read: Any) -> None:
    acquisition = read.curation.record.acquisitions[0]
    channel = acquisition.channels[0]
    read.curation.set(f"/acquisitions/{acquisition.id}/channels/{channel.id}/name", "Nuclei")
    assert "Channel 1: Name" not in read()["Image/Pixels/Channel[0]/@Name"][1]


def test_fields_are_named_in_the_persons_language(read: Any) -> None:
    used = read(1, "fr")["Image/Pixels/Channel[0]/@Name"][1]
    assert used[-1].startswith("Canal 1 : ")
