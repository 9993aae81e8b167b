"""The short way through headers whose like is known gives what the full parser gives, or leaves the header to it."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from rembi_widgets.images import ImageRecord, UnreadableImageError, _ome_known, _ome_xml, read_image
from tests.images.make import OME, described

if TYPE_CHECKING:
    from collections.abc import Iterator

    from rembi_widgets.images._ome_xml import Ready

HEAD = f'<?xml version="1.0" encoding="UTF-8"?><OME {OME} UUID="urn:uuid:{{uuid}}" Creator="maker">'
INSTRUMENT = (
    '<Instrument ID="Instrument:0"><Microscope Manufacturer="Maker" Model="Stand"/><Description>of it</Description>'
    '<Objective ID="Objective:0" Model="Plan 63x" LensNA="1.4" NominalMagnification="63"/></Instrument>'
)
IMAGE = (
    '<Image ID="Image:0" Name="{name}"><AcquisitionDate>{date}</AcquisitionDate><Description>{told}</Description>'
    '<ObjectiveSettings ID="Objective:0"/><Pixels ID="Pixels:0" DimensionOrder="XYZCT" Type="uint8" SizeX="{x}" '
    'SizeY="6" SizeZ="1" SizeC="2" SizeT="{t}" PhysicalSizeX="{px}" PhysicalSizeXUnit="{unit}">'
    '<Channel ID="Channel:0:0" Name="DNA" EmissionWavelength="461"/><Channel ID="Channel:0:1" Name="Actin"/>'
    "{planes}</Pixels></Image>"
)
PLANES = (
    '<TiffData/><Plane TheC="0" TheZ="0" TheT="0" DeltaT="0" ExposureTime="{exposed}"/>'
    '<Plane TheC="0" TheZ="0" TheT="1" DeltaT="{step}"/>'
)
PLAIN = {
    "uuid": "1", "name": "one", "date": "2026-01-02T03:04:05", "told": "words", "x": "8", "t": "2", "px": "0.25",
    "unit": "µm", "exposed": "0.1", "step": "2",
}  # fmt: skip
ODD = (
    "", " ", "one two", " edge ", "é µ", "a&amp;b", "&#65;", "a > b", "x'y", "0", "-1", "1e-19", "nan", "pixel", "nm",
    "2026-02-30", "2026-01-01", "\t", "\n", "\ufffe", "\x01", 'a" Name="b', "<Plane", "]]>", "<!-- <Plane -->",
    "<![CDATA[<Plane ]]>", "<?x?>", '"/><Image Name="', "</Image><Image Name='b'>", "urn:uuid:x", "1.4000000000000001",
)  # fmt: skip


def header(**values: str) -> str:
    said = {**PLAIN, **values}
    planes = PLANES.format(**said)
    return HEAD.format(**said) + INSTRUMENT + IMAGE.format(planes=planes, **said) + "</OME>"


def records(path: Path) -> object:
    """Give the records of a file, or why there are none."""
    try:
        return read_image(path)
    except UnreadableImageError as fault:
        return fault.key, dict(fault.values)


def in_full(path: Path) -> object:
    """Give what the full parser reads: nothing is known."""
    _ome_known.forget()
    return records(path)


@pytest.fixture(autouse=True)
def _forgetful() -> Iterator[None]:
    _ome_known.forget()
    yield
    _ome_known.forget()


@pytest.fixture
def counted(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """Count what the full parser reads."""
    from rembi_widgets.images import _ome_tiff

    seen: list[str] = []
    parsed = _ome_tiff.parsed

    def counting(ready: Ready) -> object:
        seen.append(ready.name)
        return parsed(ready)

    monkeypatch.setattr(_ome_tiff, "parsed", counting)
    return seen


def written(folder: Path, number: int, text: str) -> Path:
    path = folder / f"{number}.ome.tif"
    path.write_bytes(described(text))
    return path


def test_headers_of_a_set_are_parsed_a_few_times_only(tmp_path: Path, counted: list[str]) -> None:
    paths = [
        written(tmp_path, n, header(name=f"field {n}", uuid=str(n), x=str(8 + n % 3), exposed=f"0.{n + 1}"))
        for n in range(20)
    ]
    found = [read_image(path)[0] for path in paths]
    assert len(counted) == 3  # twice in full, once to be sure
    for n, (path, record) in enumerate(zip(paths, found, strict=True)):
        assert record == in_full(path)[0]  # type: ignore[index]
        assert record.scene_name == f"field {n}"
        assert record.uuid == f"urn:uuid:{n}"
        assert record.size_x == 8 + n % 3
        assert record.channels[0].exposure_s == float(f"0.{n + 1}")
        assert record.sources["scene_name"] == "Image/@Name"
        assert record.sources["compression"] == "TIFF tag 259 Compression"
        assert record.confidence == {"time_increment_s": "derived", "instrument": "derived"}


@pytest.fixture
def prepared(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """Count the headers that are prepared: one that is like the last is not."""
    from rembi_widgets.images import _ome_tiff

    seen: list[str] = []
    prepare = _ome_xml.prepare

    def counting(data: bytes, name: str) -> Ready:
        seen.append(name)
        return prepare(data, name)

    monkeypatch.setattr(_ome_tiff, "prepare", counting)
    return seen


@pytest.mark.parametrize("planes", [True, False])
def test_a_header_like_the_last_is_not_even_prepared(tmp_path: Path, prepared: list[str], planes: bool) -> None:
    texts = [header(name=f"field {n}", uuid=str(n), exposed=f"0.{n + 1}", step=str(n + 1)) for n in range(12)]
    if not planes:
        texts = [text[: text.index("<TiffData")] + text[text.index("</Pixels") :] for text in texts]
    paths = [written(tmp_path, n, text) for n, text in enumerate(texts)]
    found = [read_image(path)[0] for path in paths]
    assert len(prepared) == 3
    assert [record.scene_name for record in found] == [f"field {n}" for n in range(12)]
    assert found == [in_full(path)[0] for path in paths]  # type: ignore[index]


def test_headers_that_take_turns_do_not_push_each_other_out(tmp_path: Path, prepared: list[str]) -> None:
    texts = [header(name=str(n)).replace("maker", f"maker {n % 9}") for n in range(9 * 12)]
    paths = [written(tmp_path, n, text) for n, text in enumerate(texts)]
    found = [read_image(path)[0] for path in paths]
    assert [record.software for record in found[-9:]] == [f"maker {n}" for n in range(9)]
    assert len(_ome_known._likes) == _ome_known.LIKES
    assert len(prepared) < 9 * 12


@pytest.mark.parametrize(
    "planes",
    [
        '<Plane TheC="0"/></Pixels><Pixels SizeX="4"><Plane TheC="0"/>',
        '<TiffData/><Channel ID="Channel:0:2" Name="late"/>',
        '<TiffData/><!-- <Plane ExposureTime="9"/> -->',
        "<TiffData/><?x?>",
        '<Note/><Plane TheC="0" TheZ="0" TheT="0" ExposureTime="7"/>',
        "",
    ],
)
def test_other_things_among_the_planes_read_as_in_full(tmp_path: Path, planes: str) -> None:
    for number in range(4):
        read_image(written(tmp_path, number, header(name=str(number))))
    text = header(name="odd")
    path = written(tmp_path, 9, text[: text.index("<TiffData")] + planes + text[text.index("</Pixels") :])
    assert _ome_known._likes
    assert records(path) == in_full(path)


def test_a_header_that_declares_another_encoding_is_no_like(tmp_path: Path, prepared: list[str]) -> None:
    for number in range(5):
        text = header(name=f"n{number}").replace("UTF-8", "ISO-8859-1").replace("\xb5", "u")
        read_image(written(tmp_path, number, text))
    assert len(prepared) == 5
    path = tmp_path / "9.ome.tif"
    path.write_bytes(described(text.replace("n4", "\xb5").encode("latin-1")))
    assert read_image(path)[0].scene_name == "µ"


def test_equal_headers_share_their_places(tmp_path: Path) -> None:
    paths = [written(tmp_path, n, header(name=f"field {n}")) for n in range(5)]
    found = [read_image(path)[0] for path in paths]
    assert found[3].sources is found[4].sources
    assert found[3].objective is found[4].objective


def test_other_instruments_are_told_apart(tmp_path: Path) -> None:
    texts = [header(name=str(n)).replace("63x", f"{63 if n % 2 else 40}x") for n in range(12)]
    found = [read_image(written(tmp_path, n, text))[0] for n, text in enumerate(texts)]
    assert [record.objective and record.objective.model for record in found] == ["Plan 40x", "Plan 63x"] * 6


@pytest.mark.parametrize("name", list(PLAIN))
@pytest.mark.parametrize("odd", ODD)
def test_an_odd_value_reads_as_in_full(tmp_path: Path, name: str, odd: str) -> None:
    for number in range(3):
        read_image(written(tmp_path, number, header(name=f"field {number}")))
    path = written(tmp_path, 9, header(**{name: odd}))
    short = records(path)
    assert short == in_full(path)


WORDS = st.sampled_from(ODD) | st.text(st.characters(exclude_categories=["Cs"]), max_size=8)
HEADERS = st.fixed_dictionaries({}, optional=dict.fromkeys(PLAIN, WORDS))
DAMAGE = st.tuples(st.integers(0, 2000), st.sampled_from([*ODD, "<", ">", '"', "/", " "]))


@settings(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.lists(HEADERS, min_size=2, max_size=4), st.booleans(), st.none() | DAMAGE)
def test_any_headers_read_as_in_full(
    tmp_path: Path,
    values: list[dict[str, str]],
    twice: bool,
    damage: tuple[int, str] | None,
) -> None:
    _ome_known.forget()
    texts = [header(name="a"), header(name="b"), *(header(**said) for said in values)]
    if damage is not None:
        at = damage[0] % len(texts[-1])
        texts = [*texts, texts[-1][:at] + damage[1] + texts[-1][at:]]
    paths = [written(tmp_path, n, text) for n, text in enumerate(texts + texts * twice)]
    short = [records(path) for path in paths]
    assert short == [in_full(path) for path in paths]


FORGED = (
    header().replace("<Image ", '<!-- <Image Name="no"> --><Image '),
    header().replace("<Image ", '<![CDATA[<Image Name="no"><Pixels SizeX="1">]]><Image '),
    header().replace("<Pixels ", "<?x <Pixels SizeX='1'> ?><Pixels "),
    header().replace(
        "<Image ",
        '<StructuredAnnotations><XMLAnnotation><Value><Image Name="no"><Pixels SizeX="1"></Pixels></Image></Value>'
        "</XMLAnnotation></StructuredAnnotations><Image\n",
    ),
    header().replace("maker", 'x UUID=" y="').replace(' UUID="urn', ' Uuid="urn'),
    header().replace("<AcquisitionDate>", "<Description>first</Description><AcquisitionDate>"),
    header().replace("</OME>", "<Image Name='second'><Pixels SizeX='3'></Pixels></Image></OME>"),
    header().replace("</OME>", '<Image Name="second"><Pixels SizeX="3"></Pixels></Image></OME>'),
    header().replace("<Channel", "<Note><Plane TheC='0'/></Note><Channel"),
    header().replace("<Pixels ID", "<Pixels Name='<' ID"),
    header().replace('SizeX="8"', 'SizeX="8" SizeX="9"'),
    header().replace('SizeX="8"', 'SizeX="8" foo:bar="9"'),
    header().replace('SizeX="8"', 'SizeX="8" xmlns="other"'),
    header().replace('UUID="urn:uuid:1"', ""),
    header().replace('Name="one"', ""),
)


@pytest.mark.parametrize("text", FORGED)
def test_forged_headers_read_as_in_full(tmp_path: Path, text: str) -> None:
    """Each comes often enough to be remembered, and then with other values."""
    texts = [text, text, text, text.replace("one", "two").replace('"8"', '"9"').replace("uuid:1", "uuid:2")]
    paths = [written(tmp_path, n, said) for n, said in enumerate(texts)]
    short = [records(path) for path in paths]
    assert short == [in_full(path) for path in paths]


def test_a_document_type_is_refused_even_of_a_known_header(tmp_path: Path) -> None:
    for number in range(4):
        read_image(written(tmp_path, number, header(name=str(number))))
    path = written(tmp_path, 9, header().replace("<OME", "<!DOCTYPE OME [<!ENTITY a 'b'>]><OME"))
    assert records(path) == ("images.xml_doctype", {"name": "9.ome.tif"})


def test_a_header_in_latin_1_is_read_in_full(tmp_path: Path, counted: list[str]) -> None:
    for number in range(4):
        path = tmp_path / f"{number}.ome.tif"
        path.write_bytes(described(header(name=f"n{number}").replace("maker", "\xb5maker").encode("latin-1")))
        assert read_image(path)[0].software == "µmaker"
    assert len(counted) == 4


def test_names_of_people_are_kept_apart(tmp_path: Path) -> None:
    person = '<Experimenter ID="Experimenter:0" FirstName="A" LastName="B"/>'
    ref = '<ExperimenterRef ID="Experimenter:0"/>'
    text = (
        header()
        .replace("<Instrument", f"{person}<Instrument", 1)
        .replace("<ObjectiveSettings", f"{ref}<ObjectiveSettings")
    )
    path = written(tmp_path, 0, text)
    for _ in range(4):
        assert read_image(path)[0].experimenter is None
        assert read_image(path, personal=True)[0].experimenter == "A B"


def test_what_is_remembered_is_bounded(tmp_path: Path) -> None:
    for number in range(3 * _ome_known.KEPT):
        path = written(tmp_path, 0, header().replace("maker", f"maker {number}"))
        read_image(path)
        assert len(_ome_known._known) <= _ome_known.KEPT


def test_real_headers_read_the_same_again_and_again(samples: Path, tmp_path: Path) -> None:
    """Every real OME-XML, wrapped as a TIFF, thrice, with other values in its places."""
    seen = 0
    for source in sorted((samples / "images" / "ome-xml").iterdir()):
        if source.suffix == ".md":
            continue
        text = source.read_bytes()
        for number in range(4):
            path = tmp_path / f"{number}.tif"
            path.write_bytes(described(text.replace(b'Name="', b'Name="%d ' % number)))
        _ome_known.forget()
        short = [records(tmp_path / f"{number}.tif") for number in range(4)]
        assert short == [in_full(tmp_path / f"{number}.tif") for number in range(4)], source.name
        seen += 1
    assert seen > 8


def test_the_real_ome_tiffs_read_the_same_again(samples: Path) -> None:
    paths = sorted((samples / "images" / "ome-tiff").glob("*.tif*"))
    assert paths
    for path in paths:
        first = read_image(path)
        assert [read_image(path) for _ in range(3)] == [first] * 3
        assert all(isinstance(record, ImageRecord) for record in first)
