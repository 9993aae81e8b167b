"""OME-XML: the planes cut out unread, what could fool the cut, what could harm, and companion files."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from rembi_widgets.images import ImageRecord, UnreadableImageError, read_image
from rembi_widgets.images import _ome_xml as fast
from rembi_widgets.images._ome_map import images_of
from rembi_widgets.images._ome_xml import parse
from tests.images.make import OME, described, ome

PLANES = "".join(
    f'<TiffData IFD="{n}"><UUID FileName="a.tif">urn:uuid:1</UUID></TiffData>' for n in range(20)
) + "".join(
    f'<Plane TheC="0" TheZ="0" TheT="{n}" DeltaT="{2.5 * n}" ExposureTime="40" ExposureTimeUnit="ms"/>'
    for n in range(20)
)
CHANNEL = '<Channel ID="Channel:0:0" Name="DNA" EmissionWavelength="461"/>'


def read(text: str | bytes) -> ImageRecord:
    data = text.encode() if isinstance(text, str) else text
    return images_of(parse(data, "made.ome.xml"), {})[0]


def wholly(text: str, monkeypatch: pytest.MonkeyPatch) -> ImageRecord:
    """Read a document without the fast way."""
    with monkeypatch.context() as patched:
        patched.setattr(fast, "_without_planes", lambda data, _prefix, *, marked: (data, ()))
        return read(text)


def test_planes_are_set_aside_unparsed() -> None:
    document = parse(ome(inside=CHANNEL + PLANES).encode(), "x")
    assert document.planes[0].count(b"<Plane ") == 20
    assert not document.root.xpath("//*[local-name()='Plane' or local-name()='TiffData']")


@pytest.mark.parametrize(
    "inside",
    [
        CHANNEL + PLANES,
        CHANNEL + "<BinData Length='4'>AAAA</BinData>",
        CHANNEL,
        "",
        PLANES + CHANNEL,
        CHANNEL + "<MetadataOnly/>",
        CHANNEL + "<!-- <Plane TheT='9'/> -->" + PLANES,
        CHANNEL + "<?note <Plane ?>" + PLANES,
        f"<!--<TiffData/>-->{CHANNEL}{PLANES}",
    ],
)
@pytest.mark.parametrize(
    "about", ["plain", "<![CDATA[ a <Plane x> and <TiffData> ]]>", "<!-- <Plane -->seen", "a &lt;Plane&gt;"]
)
def test_the_fast_way_reads_what_the_whole_parse_reads(
    inside: str, about: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    text = ome(f"<Description>{about}</Description>", pixels='PhysicalSizeX="0.2"', inside=inside)
    assert read(text) == wholly(text, monkeypatch)


def test_text_in_cdata_is_kept_as_text() -> None:
    record = read(
        ome("<Description><![CDATA[the <Plane/> of <!-- focus --> ]]></Description>", inside=CHANNEL + PLANES)
    )
    assert record.description == "the <Plane/> of <!-- focus -->"
    assert record.channels[0].name == "DNA"


def test_real_documents_read_the_same_both_ways(samples: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    for path in sorted((samples / "images" / "ome-xml").glob("*.ome.xml")):
        text = path.read_text(encoding="utf-8")
        assert read(text) == wholly(text, monkeypatch), path.name


@pytest.mark.parametrize("prefix", ["ome:", "OME:", "a.b-c:"])
def test_prefixes_do_not_matter(prefix: str) -> None:
    import re

    plain = ome(inside=CHANNEL + PLANES, pixels='PhysicalSizeX="0.2"')
    named = re.sub(r"<(/?)([A-Z])", rf"<\1{prefix}\2", plain).replace("xmlns=", f"xmlns:{prefix[:-1]}=")
    assert read(named) == read(plain)
    assert parse(named.encode(), "x").planes[0].count(b"Plane ") == 20


@pytest.mark.parametrize("year", ["2008-02", "2010-06", "2013-06", "2016-06"])
def test_the_year_of_the_schema_does_not_matter(year: str) -> None:
    assert read(ome(inside=CHANNEL).replace("2016-06", year)).channels[0].emission_nm == 461


@pytest.mark.parametrize("codec", ["utf-16", "utf-16-le", "utf-16-be", "utf-8-sig"])
def test_other_encodings(codec: str, tmp_path: Path) -> None:
    text = ome(pixels='PhysicalSizeX="0.2" PhysicalSizeXUnit="µm"', inside=CHANNEL + PLANES)
    if codec.startswith("utf-16"):
        text = text.replace("UTF-8", "UTF-16")
    path = tmp_path / "made.ome.xml"
    path.write_bytes(text.encode(codec))
    (record,) = read_image(path)
    assert (record.px_x_um, record.channels[0].name) == (0.2, "DNA")


def test_a_bare_latin_1_unit_is_understood() -> None:
    text = ome(pixels='PhysicalSizeX="0.2" PhysicalSizeXUnit="µm"', inside=CHANNEL)
    assert read(text.encode("latin-1")).px_x_um == 0.2
    assert read(text.replace("UTF-8", "ISO-8859-1").encode("latin-1")).px_x_um == 0.2


def test_an_encoding_that_could_hide_something_is_refused() -> None:
    with pytest.raises(UnreadableImageError, match="utf-7"):
        read(ome().replace("UTF-8", "UTF-7"))


def test_a_time_step_comes_from_two_planes() -> None:
    text = ome(inside=CHANNEL + PLANES).replace('SizeT="1"', 'SizeT="20"')
    record = read(text)
    assert record.time_increment_s == 2.5
    assert record.confidence["time_increment_s"] == "derived"
    assert record.sources["time_increment_s"] == "Image/Pixels/Plane/@DeltaT"
    assert record.channels[0].exposure_s == 0.04


def test_a_stated_time_step_comes_first() -> None:
    text = ome(inside=CHANNEL + PLANES, pixels='TimeIncrement="500" TimeIncrementUnit="ms"').replace(
        'SizeT="1"', 'SizeT="20"'
    )
    assert read(text).time_increment_s == 0.5
    assert "time_increment_s" not in read(text).confidence


def test_planes_that_go_back_in_time_give_no_step() -> None:
    planes = '<Plane TheC="0" TheZ="0" TheT="0" DeltaT="9"/><Plane TheC="0" TheZ="0" TheT="1" DeltaT="3"/>'
    record = read(ome(inside=CHANNEL + planes).replace('SizeT="1"', 'SizeT="2"'))
    assert record.time_increment_s is None
    assert [note.key for note in record.warnings] == ["images.note.impossible"]


@pytest.mark.parametrize(
    ("pixels", "field"),
    [
        ('PhysicalSizeX="0"', "px_x_um"),
        ('PhysicalSizeX="-10"', "px_x_um"),
        ('PhysicalSizeZ="1E-19" PhysicalSizeZUnit="m"', "px_z_um"),
        ('PhysicalSizeX="1" PhysicalSizeXUnit="pixel"', "px_x_um"),
        ('PhysicalSizeX="0.2" PhysicalSizeXUnit="1/nm"', "px_x_um"),
        ('TimeIncrement="soon"', "time_increment_s"),
    ],
)
def test_one_impossible_value_costs_that_value(pixels: str, field: str) -> None:
    record = read(ome(pixels=pixels, inside=CHANNEL))
    assert getattr(record, field) is None
    assert len(record.warnings) == 1
    assert (record.size_x, record.channels[0].name) == (8, "DNA")


def test_words_that_are_not_ome_s_are_dropped_and_said() -> None:
    record = read(ome(inside=CHANNEL).replace('Type="uint8"', 'Type="uint99"'))
    assert record.pixel_type is None
    assert [note.key for note in record.warnings] == ["images.note.unknown_word"]


def test_a_bad_acquisition_mode_keeps_the_record() -> None:
    record = read(ome(inside='<Channel ID="Channel:0:0" AcquisitionMode="Guesswork"/>'))
    assert record.channels[0].acquisition_mode == "Guesswork"


def test_floats_are_tidied() -> None:
    assert read(ome(pixels='PhysicalSizeX="1.4000000000000001"')).px_x_um == 1.4


@pytest.mark.parametrize(
    "name",
    ["dtd.xml", "xmlbomb.xml", "xmlbomb2.xml", "quadratic.xml", "cyclic.xml", "external.xml", "external_file.xml"],
)
def test_documents_that_harm_are_refused(name: str, samples: Path, tmp_path: Path) -> None:
    harmful = (samples / "security" / "defusedxml" / name).read_bytes()
    alone = tmp_path / "alone.ome.xml"
    alone.write_bytes(harmful)
    with pytest.raises(UnreadableImageError):
        read_image(alone)
    head = harmful[: harmful.rindex(b"]>") + 2] if b"]>" in harmful else b'<!DOCTYPE OME SYSTEM "file:///etc/passwd">'
    body = ome(f"<Description>&{'a'};</Description>").partition("?>")[2].encode()
    inside = tmp_path / "inside.ome.tif"
    inside.write_bytes(described(head + body))
    with pytest.raises(UnreadableImageError, match="document type or entities"):
        read_image(inside)


def test_a_document_type_in_utf_16_is_refused(tmp_path: Path) -> None:
    body = ome().partition("?>")[2]
    path = tmp_path / "made.ome.xml"
    path.write_bytes(f'<!DOCTYPE OME [<!ENTITY a "b">]>{body}'.encode("utf-16"))
    with pytest.raises(UnreadableImageError, match="document type"):
        read_image(path)


def test_an_undeclared_entity_is_refused_as_broken() -> None:
    with pytest.raises(UnreadableImageError, match="broken"):
        read(ome("<Description>&harm;</Description>"))


@pytest.mark.parametrize("cut", [40, 200, -1, -10])
def test_a_document_cut_short_is_refused(cut: int) -> None:
    with pytest.raises(UnreadableImageError):
        read(ome(inside=CHANNEL + PLANES)[:cut])


def test_a_document_of_no_image_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "none.ome.xml"
    path.write_text(f"<OME {OME}/>")
    with pytest.raises(UnreadableImageError, match="describes no image"):
        read_image(path)


def test_a_document_deeper_than_any_is_refused() -> None:
    with pytest.raises(UnreadableImageError):
        read(ome("<a>" * 5000 + "</a>" * 5000))


# companion files -----------------------------------------------------------------------------------------------------


def binary(file: str, uuid: str = "urn:uuid:1") -> str:
    return f'<OME {OME} UUID="{uuid}"><BinaryOnly MetadataFile="{file}" UUID="{uuid}"/></OME>'


def two_images() -> str:
    sizes = 'SizeX="8" SizeY="6" SizeZ="1" SizeC="1" SizeT="1" DimensionOrder="XYZCT" Type="uint8"'
    images = "".join(
        f'<Image ID="Image:{n}" Name="image {n}"><Pixels ID="Pixels:{n}" {sizes}>'
        f'<TiffData><UUID FileName="part{n}.ome.tif">urn:uuid:{n}</UUID></TiffData></Pixels></Image>'
        for n in (0, 1)
    )
    return f"<OME {OME}>{images}</OME>"


def test_a_companion_beside_the_file_is_followed(tmp_path: Path) -> None:
    (tmp_path / "set.companion.ome").write_text(two_images())
    (tmp_path / "part1.ome.tif").write_bytes(described(binary("set.companion.ome")))
    (record,) = read_image(tmp_path / "part1.ome.tif")
    # of the two images of the set, this file holds the second
    assert (record.scene_name, record.scene_index, record.format) == ("image 1", 1, "OME-TIFF")
    assert [item.format for item in read_image(tmp_path / "set.companion.ome")] == ["OME-XML", "OME-XML"]


def test_a_missing_companion_is_named(tmp_path: Path) -> None:
    (tmp_path / "part.ome.tif").write_bytes(described(binary("set.companion.ome")))
    with pytest.raises(UnreadableImageError, match=r"keeps its metadata in set.companion.ome"):
        read_image(tmp_path / "part.ome.tif")


@pytest.mark.parametrize(
    "name", ["../set.companion.ome", "/etc/passwd", "sub/set.companion.ome", "..\\set.ome", "..", ""]
)
def test_a_companion_elsewhere_is_refused(name: str, tmp_path: Path) -> None:
    (tmp_path / "set.companion.ome").write_text(two_images())
    folder = tmp_path / "data"
    folder.mkdir()
    (folder / "part.ome.tif").write_bytes(described(binary(name)))
    with pytest.raises(UnreadableImageError, match="Only files in the same folder are read"):
        read_image(folder / "part.ome.tif")


def test_a_companion_by_a_link_out_of_the_folder_is_refused(tmp_path: Path) -> None:
    (tmp_path / "set.companion.ome").write_text(two_images())
    folder = tmp_path / "data"
    folder.mkdir()
    (folder / "link.ome").symlink_to(tmp_path / "set.companion.ome")
    (folder / "part.ome.tif").write_bytes(described(binary("link.ome")))
    with pytest.raises(UnreadableImageError, match="Only files in the same folder"):
        read_image(folder / "part.ome.tif")


def test_a_companion_that_points_on_is_refused(tmp_path: Path) -> None:
    (tmp_path / "set.companion.ome").write_text(binary("set.companion.ome"))
    (tmp_path / "part.ome.tif").write_bytes(described(binary("set.companion.ome")))
    with pytest.raises(UnreadableImageError, match="describes no image"):
        read_image(tmp_path / "part.ome.tif")


def test_a_file_of_a_set_gives_its_own_images(tmp_path: Path) -> None:
    text = two_images().replace("<OME ", '<OME UUID="urn:uuid:0" ')
    (tmp_path / "part0.ome.tif").write_bytes(described(text))
    assert [record.scene_index for record in read_image(tmp_path / "part0.ome.tif")] == [0]


# what else headers say -----------------------------------------------------------------------------------------------


def test_a_size_that_differs_from_the_pixels_is_said(tmp_path: Path) -> None:
    (tmp_path / "a.ome.tif").write_bytes(described(ome().replace('SizeX="8"', 'SizeX="9"')))
    (record,) = read_image(tmp_path / "a.ome.tif")
    assert [note.say("en") for note in record.warnings] == [
        "The header states 9 x 6 pixels, but the image is stored with 8 x 6."
    ]


def test_annotations_are_kept_and_people_left_out() -> None:
    pairs = "".join(
        f'<M K="{key}">{value}</M>' for key, value in (("Gain", "2"), ("UserName", "x"), ("Where", "C:\\me"))
    )
    values = (
        f"<StructuredAnnotations><MapAnnotation ID='A'><Value>{pairs}</Value></MapAnnotation></StructuredAnnotations>"
    )
    text = ome(more=values)
    assert read(text).raw == {"Gain": "2"}
    asked = images_of(parse(text.encode(), "x"), {}, personal=True)[0]
    assert set(asked.raw) == {"Gain", "UserName", "Where"}


def test_the_only_instrument_is_derived_where_no_reference_is() -> None:
    parts = '<Instrument ID="Instrument:0"><Microscope Model="Ti2-E"/></Instrument>'
    record = read(ome(more=parts))
    assert record.instrument is not None
    assert (record.instrument.model, record.confidence["instrument"]) == ("Ti2-E", "derived")
    two = parts + parts.replace("Instrument:0", "Instrument:1")
    assert read(ome(more=two)).instrument is None


def test_light_sources_and_filters_are_parts() -> None:
    parts = (
        '<Instrument ID="Instrument:0"><Laser ID="L:0" Model="OBIS" Wavelength="488"/><Arc ID="L:1"/>'
        '<Filter ID="F:0"><TransmittanceRange CutIn="500" CutOut="550"/></Filter></Instrument>'
    )
    record = read(ome('<InstrumentRef ID="Instrument:0"/>', more=parts))
    assert [(part.kind, part.wavelength_nm) for part in record.light_sources] == [("laser", 488.0), ("arc lamp", None)]
    assert record.filters[0].description == "500-550 nm"


def test_regions_are_counted() -> None:
    assert read(ome(close='<ROIRef ID="ROI:0"/><ROIRef ID="ROI:1"/>')).roi_count == 2
    assert read(ome()).roi_count is None


def test_notes_are_part_of_a_record_s_equality() -> None:
    record = read(ome(pixels='PhysicalSizeX="0"'))
    assert replace(record, warnings=()) != record
