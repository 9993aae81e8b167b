"""The shape of a header: whatever is read by it is what the XML parser reads."""

from __future__ import annotations

from html import escape
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from rembi_widgets.images import _ome_known, read_image
from rembi_widgets.images._ome_pieces import KEPT
from rembi_widgets.images._ome_shape import Element, shape_of, sketch
from rembi_widgets.images._ome_xml import from_bytes
from tests.images.make import OME, described
from tests.images.test_ome_known import in_full, records, written

if TYPE_CHECKING:
    from collections.abc import Iterator

WHOLE = (
    '<?xml version="1.0"?><OME xmlns:x="urn:x" x:place="a" Creator="maker"><Image ID="Image:0" Name="one">'
    '<Description>words</Description>\n<Pixels ID="Pixels:0" SizeX="8"><Channel ID=\'C\' Name="DNA"/></Pixels>'
    "</Image></OME>"
)


@pytest.fixture(autouse=True)
def _forgetful() -> Iterator[None]:
    _ome_known.forget()
    yield
    _ome_known.forget()


def plain(element: object) -> tuple[object, ...]:
    """Give all that the mapping can see of an element."""
    return (
        str(element.tag),  # type: ignore[attr-defined]
        dict(element.items()),  # type: ignore[attr-defined]
        element.text,  # type: ignore[attr-defined]
        [plain(child) for child in element],  # type: ignore[attr-defined]
    )


def drawn(first: str, second: str) -> tuple[object, ...] | None:
    """Give a document read by the shape that another one taught; none if it is not of that shape."""
    known, other = shape_of(first.encode()), shape_of(second.encode())
    if known is None or other is None or known.key != other.key:
        return None
    made = sketch(first.encode(), known)
    if made is None or any(known.values[place] != other.values[place] for place in made[1]):
        return None
    return plain(Element(made[0], other.values))


def test_a_document_is_drawn_as_the_parser_reads_it() -> None:
    assert drawn(WHOLE, WHOLE) == plain(from_bytes(WHOLE.encode()))


def test_other_values_of_the_same_shape_stand_in_their_places() -> None:
    other = WHOLE.replace("one", "two").replace("words", "b &amp; c").replace('"8"', '"9"').replace("DNA", "µ &lt; 3")
    found = drawn(WHOLE, other)
    assert found == plain(from_bytes(other.encode()))
    assert "b & c" in str(found)


@pytest.mark.parametrize(
    "old_new",
    [
        ("Image:0", "Image:1"),  # ids tell which element means which
        ("urn:x", "urn:y"),
        ("Name=", "Title="),
        ("'C'", "'D'"),
        ("version", "Version"),
        ("one", "o\tne"),
        ("one", "o&unknown;ne"),
        ("one", "o&#10;ne"),
        ("one", "o>ne"),
        ("words", 'wo"r"ds'),
        ("words", "wo\rrds"),
        ("words", "<![CDATA[words]]>"),
        ("words", "<?words?>"),
        ("words", "]]>"),
        ("words", "\ufffe"),
    ],
)
def test_what_is_of_another_form_is_left_to_the_parser(old_new: tuple[str, str]) -> None:
    assert drawn(WHOLE, WHOLE.replace(*old_new)) is None


@pytest.mark.parametrize(
    "text", ["", "words", "<OME/>", "<OME>", '<OME a="', '<OME a="1"', '"', '<a b="1"></c>', '<a b=\'"1"\' c="2"></a>']
)
def test_what_is_no_document_has_no_sketch(text: str) -> None:
    shape = shape_of(text.encode())
    assert shape is None or sketch(text.encode(), shape) is None


PIECES = st.lists(
    st.sampled_from(
        ["<", ">", '"', "'", "/", "=", " ", "a", "b", "<a", "</a>", ' b="', '"/>', "&amp;", "<!--", "-->", "<a>", "\n"]
    ),
    max_size=14,
).map("".join)


@settings(max_examples=300, deadline=None)
@given(PIECES, st.sampled_from(["x", "", " ", "µ", "&lt;", "two words", "'"]))
def test_whatever_has_a_sketch_reads_as_parsed(inner: str, value: str) -> None:
    first = f'<OME a="b"><a b="x">x{inner}</a></OME>'
    other = first.replace("x", value)
    found = drawn(first, other)
    assert found is None or found == plain(from_bytes(other.encode()))


WORDS = st.sampled_from(
    [
        "",
        "0",
        "-1",
        "1",
        "2",
        "0.25",
        "1e-19",
        "nan",
        "µm",
        "nm",
        "pixel",
        "488",
        "16711935",
        "Laser",
        "x'y",
        "a > b",
        "é",
    ]
) | st.text(st.characters(exclude_categories=["Cs", "Cc"]), max_size=6)
SAID = WORDS.map(escape)
TIMES = st.sampled_from(["2026-01-02T03:04:05", "2026-02-30", "", "\n2026-01-02 ", "yesterday"])
ATTRIBUTES = {
    "Microscope": ("Manufacturer", "Model", "SerialNumber"),
    "Laser": ("Model", "Wavelength", "WavelengthUnit"),
    "Detector": ("Type", "Model"),
    "Filter": ("Model",),
    "Objective": ("Model", "LensNA", "NominalMagnification", "WorkingDistance", "WorkingDistanceUnit"),
    "Channel": ("Name", "Fluor", "Color", "EmissionWavelength", "PinholeSize", "PinholeSizeUnit", "AcquisitionMode"),
    "Pixels": ("SizeX", "SizeT", "SizeZ", "PhysicalSizeX", "PhysicalSizeXUnit", "TimeIncrement", "Type"),
    "Plane": ("TheT", "TheC", "DeltaT", "ExposureTime", "ExposureTimeUnit"),
    "M": ("K",),
}


@st.composite
def skeletons(draw: st.DrawFn) -> str:
    """A header whose values are to be filled in: braces stand for each."""

    def element(name: str, inner: str = "", identity: str = "") -> str:
        names = draw(st.lists(st.sampled_from(ATTRIBUTES[name]), unique=True))
        said = "".join(f' {attribute}="{{}}"' for attribute in names)
        gap = draw(st.sampled_from(["", "", "\n  "]))
        return f"{gap}<{name}{identity}{said}" + (f">{inner}</{name}>" if inner else "/>")

    def some(name: str, most: int) -> str:
        identities = (f' ID="{name}:{number}"' for number in range(draw(st.integers(0, most))))
        return "".join(element(name, identity=identity) for identity in identities)

    settings_of = "".join(
        draw(st.sampled_from(["", '<ObjectiveSettings ID="Objective:0" RefractiveIndex="{}"/>', "<ROIRef ID='R'/>"]))
        for _ in range(2)
    )
    ref = draw(st.sampled_from(["", '<InstrumentRef ID="Instrument:0"/>', '<InstrumentRef ID="Instrument:9"/>']))
    parts = "".join(some(name, 2) for name in ("Laser", "Detector", "Filter", "Objective"))
    instrument = draw(
        st.sampled_from(["", f'<Instrument ID="Instrument:0">{element("Microscope")}{parts}</Instrument>'])
    )
    channels = "".join(
        element(
            "Channel", draw(st.sampled_from(["", '<DetectorSettings ID="Detector:0"/>'])), f' ID="Channel:{number}"'
        )
        for number in range(draw(st.integers(0, 3)))
    )
    planes = draw(st.sampled_from(["", "<TiffData/>", "<!-- <Plane -->"])) + "".join(
        element("Plane") for _ in range(draw(st.integers(0, 3)))
    )
    notes = draw(
        st.sampled_from(["", f"<StructuredAnnotations><Value>{element('M', '{}')}</Value></StructuredAnnotations>"])
    )
    return (
        f'<OME {OME} Creator="{{}}">{instrument}<Image ID="Image:0" Name="{{}}">'
        "<AcquisitionDate>{date}</AcquisitionDate>"
        f"<Description>{{}}</Description>{ref}{settings_of}{element('Pixels', channels + planes + ' ')}"
        f"</Image>{notes}</OME>"
    )


@settings(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(skeletons(), st.data())
def test_any_headers_of_one_shape_read_as_in_full(tmp_path: Path, skeleton: str, data: st.DataObject) -> None:
    holes = skeleton.count("{}")
    plainly = ["1"] * holes
    values = [plainly, plainly, *(data.draw(st.lists(SAID, min_size=holes, max_size=holes)) for _ in range(3))]
    dates = ["2026-01-01", "2026-01-01", *(data.draw(TIMES) for _ in range(3))]
    _ome_known.forget()
    paths = [
        written(tmp_path, number, skeleton.format(*said, date=date))
        for number, (said, date) in enumerate(zip(values, dates, strict=True))
    ]
    short = [records(path) for path in paths]
    assert short == [in_full(path) for path in paths]


def test_unlike_values_are_not_parsed(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    from rembi_widgets.images import _ome_tiff

    seen: list[str] = []
    parsed = _ome_tiff.parsed
    monkeypatch.setattr(_ome_tiff, "parsed", lambda ready: seen.append(ready.name) or parsed(ready))
    text = (
        f'<OME {OME}><Instrument ID="Instrument:0"><Objective ID="Objective:0" Model="Plan {{n}}" LensNA="0.{{n}}"/>'
        '</Instrument><Image ID="Image:0" Name="{n}"><ObjectiveSettings ID="Objective:0"/><Pixels SizeX="{n}">'
        '<Channel ID="Channel:0" Name="dye {n} &amp; more" EmissionWavelength="4{n}"/></Pixels></Image></OME>'
    )
    found = [read_image(written(tmp_path, n, text.replace("{n}", str(n))))[0] for n in range(10, 40)]
    assert len(seen) == 2
    for n, record in zip(range(10, 40), found, strict=True):
        assert record.objective is not None
        assert (record.objective.model, record.objective.na) == (f"Plan {n}", float(f"0.{n}"))
        assert (record.channels[0].name, record.channels[0].emission_nm) == (f"dye {n} & more", float(f"4{n}"))
        assert record.sources["objective.na"] == "Instrument/Objective/@LensNA"
        assert record.sources["channels.name"] == "Image/Pixels/Channel/@Name"


def test_a_value_that_leaves_a_note_leaves_it_each_time(tmp_path: Path) -> None:
    text = f'<OME {OME}><Image ID="Image:0"><Pixels PhysicalSizeX="{{}}"><Channel Name="a"/></Pixels></Image></OME>'
    sizes = ["1", "1", "0", "2", "-10", "0"]
    found = [read_image(written(tmp_path, n, text.format(size)))[0] for n, size in enumerate(sizes)]
    assert [record.px_x_um for record in found] == [1, 1, None, 2, None, None]
    assert [len(record.warnings) for record in found] == [0, 0, 1, 0, 1, 1]


def test_what_is_remembered_of_a_shape_is_bounded(tmp_path: Path) -> None:
    text = f'<OME {OME}><Image ID="Image:0"><Pixels SizeX="{{}}"><Channel Name="{{}}"/></Pixels></Image></OME>'
    for number in range(3 * KEPT):
        path = tmp_path / "0.ome.tif"
        path.write_bytes(described(text.format(number + 1, number)))
        read_image(path)
    (known,) = _ome_known._known.values()
    assert known is not None
    assert known.together
    pieces = (*known.pieces, *known.channels)
    assert all(0 < len(piece._made) <= KEPT for piece in pieces)
