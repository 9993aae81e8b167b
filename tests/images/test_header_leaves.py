"""A header as the leaves of a tree: where each value stands, numbered where elements repeat."""

from __future__ import annotations

from pathlib import Path

import pytest

from rembi_widgets.errors import RembiError
from rembi_widgets.images import ImageChannel, ImageObjective, ImagePart, ImageRecord, header_leaves, read_image
from rembi_widgets.images._header_leaves import parts_of, plain_name


@pytest.mark.parametrize(
    ("place", "parts"),
    [
        ("Image/Pixels/@SizeX", ("Image", "Pixels", "@SizeX")),
        ("@UUID", ("@UUID",)),
        ("TIFF tag 256 ImageWidth", ("TIFF", "256 ImageWidth")),
        ("DV byte 40 (Pixel spacing)", ("DV", "byte 40 (Pixel spacing)")),
        (".zattrs multiscales/axes", (".zattrs", "multiscales", "axes")),
        ("0/.zattrs omero/channels", ("0/.zattrs", "omero", "channels")),
        ("OME/METADATA.ome.xml Image/@Name", ("OME/METADATA.ome.xml", "Image", "@Name")),
        ("ImageAttributesLV / ImageMetadataLV", ("ImageAttributesLV / ImageMetadataLV",)),
        ("pty [Acquisition]Lens Name", ("pty [Acquisition]", "Lens Name")),
        ("Distance[@Id='a/b']/Value", ("Distance[@Id='a/b']", "Value")),
        ("[unclosed", ("unclosed",)),
        ("//", ("//",)),
        ("", ()),
        (" ", ()),
    ],
)
def test_a_place_is_cut_into_its_parts(place: str, parts: tuple[str, ...]) -> None:
    assert parts_of(place) == parts


def leaves_of(record: ImageRecord) -> dict[str, str]:
    return {" > ".join(leaf.parts): leaf.value for leaf in header_leaves(record)}


def test_channels_are_numbered_where_their_list_was_read_from() -> None:
    channels = (ImageChannel(name="DNA", emission_nm=461.0), ImageChannel(name="Actin", emission_nm=519.5))
    places = {
        "channels": "Pixels/Channel",
        "channels.name": "Pixels/Channel/@Name",
        "channels.emission_nm": "Filter/@Em",
    }
    assert leaves_of(ImageRecord(channels=channels, sources=places)) == {
        "Pixels > Channel[0] > @Name": "DNA",
        "Filter[0] > @Em": "461 nm",
        "Pixels > Channel[1] > @Name": "Actin",
        "Filter[1] > @Em": "519.5 nm",
    }


def test_several_values_of_one_place_stand_below_it_by_their_names() -> None:
    record = ImageRecord(
        px_x_um=0.1, px_y_um=0.1, size_x=5, sources={"px_x_um": "A/B", "px_y_um": "A/B", "size_x": "A/C"}
    )
    assert leaves_of(record) == {"A > B > px x": "0.1 µm", "A > B > px y": "0.1 µm", "A > C": "5"}


def test_one_part_alone_has_no_number_and_what_has_no_place_stands_with_the_file() -> None:
    record = ImageRecord(
        format="CZI",
        size_bytes=10,
        objective=ImageObjective(na=1.4, model="Plan"),
        detectors=(ImagePart(kind="camera", id="D:0"),),
        sources={"objective": "Lens", "objective.na": "Lens/NA", "detectors": "Camera"},
        raw={"Settings/Gain": "2"},
    )
    assert leaves_of(record) == {
        " > size": "10 B",
        " > format": "CZI",
        "Lens": "Plan",
        "Lens > NA": "1.4",
        "Camera": "camera",
        "* > Settings > Gain": "2",
    }


def test_names_of_fields_are_told_without_units() -> None:
    assert [plain_name(name) for name in ("channels.excitation_nm", "time_increment_s", "size_x")] == [
        "excitation",
        "time increment",
        "size x",
    ]


def test_every_sample_has_leaves_for_all_its_places(samples: Path) -> None:
    seen: set[str] = set()
    for path in sorted((samples / "images").rglob("*")):
        if not path.is_file() or path.stat().st_size > 5_000_000 or path.suffix in {".md", ".txt"}:
            continue
        try:
            record = read_image(path)[0]
        except (OSError, RembiError):
            continue
        leaves = header_leaves(record)
        assert all((leaf.parts and all(leaf.parts)) or leaf.parts[0] == "" for leaf in leaves), path
        named = {leaf.field for leaf in leaves}
        scalars = {name for name in record.sources if getattr(record, name, None) not in (None, "", (), {})}
        assert {name for name in scalars if isinstance(getattr(record, name), str | int | float)} <= named
        seen.add(record.format)
    assert len(seen) > 8
