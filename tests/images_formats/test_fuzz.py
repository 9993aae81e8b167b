"""Whatever bytes a microscope file holds: records or an ``UnreadableImageError``, nothing else, and little memory."""

from __future__ import annotations

import json
import struct
import tempfile
import tracemalloc
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from rembi_widgets.images import ImageRecord, UnreadableImageError, read_image

from . import makers
from .makers import czi, czi_xml, dv, leica_image, lif, lof, lsm, lsm_info, mrc, scan_entry, sis, stk

RELAXED = settings(deadline=None, max_examples=200, suppress_health_check=[HealthCheck.too_slow])
PATH = Path(tempfile.mkdtemp(prefix="rembi-fuzz-formats-")) / "file.oif"
MEMORY = 64 << 20
PLANE = (3, 10, 2456826, 3_600_000, 0, 0)
SCENES = "<SizeX>-1</SizeX><SizeY>-1</SizeY><Dimensions><S><Scenes><Scene/><Scene/></Scenes></S></Dimensions>"
PIECE = {"dims": {"X": (0, 8, 8), "Y": (0, 6, 6), "S": (0, 1, 1)}}
OIF = {
    "Acquisition Parameters Common": {"ImageCaputreDate": "2012-07-26 15:13:35"},
    "Axis 0 Parameters Common": {"AxisCode": "X", "MaxSize": 8},
    "Axis 1 Parameters Common": {"AxisCode": "Z", "MaxSize": 6, "StartPosition": 0, "EndPosition": 5},
    "Channel 1 Parameters": {"CH Name": "CH1", "ExcitationWavelength": 488},
    "Reference Image Parameter": {"ImageDepth": 2, "WidthConvertValue": 0.1, "WidthUnit": "um"},
}
VALID = {
    "czi": czi(czi_xml(), [PIECE]),
    "czi scenes": czi(czi_xml(SCENES), [PIECE, {"dims": {**PIECE["dims"], "S": (1, 1, 1)}}]),
    "lif": lif(("one", leica_image()), ("two", leica_image())),
    "lof": lof(leica_image()),
    "mrc": mrc((8, 6, 4), a88_i=1),
    "mrc big": mrc(order=">"),
    "dv": dv(),
    "dv big": dv(order=">"),
    "lsm": lsm(
        lsm_info(colours=4096, scan=8192),
        colours=makers.lsm_colours(("Ch1", (0, 255, 0)), ("Ch2", (255, 0, 0))),
        scan=scan_entry(0x10000000) + scan_entry(0x10000004, "Plan 20x/0.8") + scan_entry(makers.END),
    ),
    "stk": stk([PLANE] * 3, waves=[(525, 1)] * 3),
    "sis": sis(),
    "svs": makers.appended({270: (2, b"Aperio v1|MPP = 0.25|AppMag = 40|Date = 12/29/09\0")}, {}),
    "oif": makers.settings(OIF),
}


def attempt(data: bytes) -> None:
    PATH.write_bytes(data)
    try:
        records = read_image(PATH, personal=True)
    except UnreadableImageError as fault:
        said = {fault.say("en"), fault.say("fr")}
    else:
        said = {str(len(records)), "read"}
        for record in records:
            assert ImageRecord.from_json(record.pack()) == record
            json.dumps(record.to_json("fr"), allow_nan=False)
    assert len(said) == 2


@pytest.mark.parametrize("name", VALID)
def test_the_seeds_are_read(name: str) -> None:
    PATH.write_bytes(VALID[name])
    assert read_image(PATH)[0].size_x == 8


@RELAXED
@given(st.sampled_from(sorted(VALID)), st.integers(0, 20000))
def test_any_length(name: str, length: int) -> None:
    attempt(VALID[name][:length])


@RELAXED
@given(
    st.sampled_from(sorted(VALID)),
    st.lists(st.tuples(st.integers(0, 1200), st.integers(0, 255)), min_size=1, max_size=6),
)
def test_any_bytes_of_the_header_changed(name: str, changes: list[tuple[int, int]]) -> None:
    spoiled = bytearray(VALID[name])
    for place, value in changes:
        spoiled[place % len(spoiled)] = value
    attempt(bytes(spoiled))


@RELAXED
@given(
    st.sampled_from(sorted(VALID)),
    st.integers(0, 30000),
    st.sampled_from([0, 1, 0x7F, 0xFFFF, 0x7FFFFFFF, 0x80000000, 0xFFFFFFFF, 0x7FC00000, 0x7F800000]),
)
def test_any_number_anywhere_made_extreme(name: str, place: int, value: int) -> None:
    spoiled = bytearray(VALID[name])
    struct.pack_into("<I", spoiled, place % (len(spoiled) - 4) // 4 * 4, value)
    attempt(bytes(spoiled))


@RELAXED
@given(st.sampled_from(sorted(VALID)), st.binary(min_size=1, max_size=64), st.integers(0, 12000))
def test_any_bytes_written_over(name: str, data: bytes, place: int) -> None:
    spoiled = bytearray(VALID[name])
    at = place % len(spoiled)
    spoiled[at : at + len(data)] = data
    attempt(bytes(spoiled))


WORDS = st.sampled_from(["", "0", "-1", "NaN", "1e999", "8", "x", "9" * 400, "-0.0", "1_0", "٣", "#FF", "#FFFFFFFF"])


@RELAXED
@given(WORDS, WORDS, WORDS)
def test_any_words_in_a_czi(size: str, scale: str, other: str) -> None:
    image = (
        f"<SizeX>8</SizeX><SizeY>{size}</SizeY><SizeC>{other}</SizeC><AcquisitionDateAndTime>{other}"
        f'</AcquisitionDateAndTime><Dimensions><Channels><Channel Id="{other}"><Color>{other}</Color><ExposureTime>'
        f"{scale}</ExposureTime><PinholeSize>{size}</PinholeSize></Channel></Channels></Dimensions>"
    )
    scaling = f'<Scaling><Items><Distance Id="X"><Value>{scale}</Value></Distance></Items></Scaling>'
    attempt(czi(czi_xml(image, more=scaling)))


@RELAXED
@given(WORDS, WORDS, WORDS)
def test_any_words_in_a_lif(places: str, length: str, other: str) -> None:
    image = (
        f'<ImageDescription><Channels><ChannelDescription Resolution="{other}" DataType="{other}" LUTName="{other}"/>'
        f'</Channels><Dimensions><DimensionDescription DimID="1" NumberOfElements="{places}" Length="{length}" '
        f'Unit="m"/><DimensionDescription DimID="{other}" NumberOfElements="{places}"/></Dimensions></ImageDescription>'
        f'<TimeStampList><TimeStamp HighInteger="{other}" LowInteger="{length}"/></TimeStampList>'
    )
    attempt(lif(("one", image)))


@RELAXED
@given(WORDS, WORDS, WORDS)
def test_any_words_in_an_oif(places: str, end: str, other: str) -> None:
    spoiled = {name: dict(said) for name, said in OIF.items()}
    spoiled["Axis 1 Parameters Common"] |= {"MaxSize": places, "EndPosition": end, "UnitName": other, "Interval": end}
    spoiled["Reference Image Parameter"] |= {"ImageDepth": end, "WidthConvertValue": other}
    spoiled["Channel 1 Parameters"] |= {"ExcitationWavelength": other, "LightType": end}
    attempt(makers.settings(spoiled))


@pytest.mark.parametrize("name", VALID)
def test_a_small_file_takes_little_memory(name: str) -> None:
    spoiled = bytearray(VALID[name])
    for place in range(0, min(len(spoiled) - 4, 700), 8):
        data = spoiled.copy()
        struct.pack_into("<I", data, place, 0x0FFFFFFF)
        tracemalloc.start()
        attempt(bytes(data))
        peak = tracemalloc.get_traced_memory()[1]
        tracemalloc.stop()
        assert peak < MEMORY
