"""What goes over the pipes comes out the same, and what repeats goes over once."""

from __future__ import annotations

import json
from dataclasses import replace
from typing import Any

from hypothesis import given, settings
from hypothesis import strategies as st

from rembi_widgets.images import ImageChannel, ImageInstrument, ImageObjective, ImagePart, ImageRecord, Note
from rembi_widgets.images import _wire as wire
from tests.images_scan.makers import AIR, image

words = st.none() | st.text(max_size=8)
numbers = st.none() | st.floats(min_value=1e-3, max_value=1e4)
sizes = st.none() | st.integers(1, 10_000)
channels = st.builds(
    ImageChannel,
    index=st.integers(0, 9),
    name=words,
    fluor=words,
    excitation_nm=numbers,
    color_hex=words,
    light_refs=st.tuples(st.text(max_size=4)) | st.just(()),
)
parts = st.builds(ImagePart, id=words, kind=words, model=words, wavelength_nm=numbers)
texts = st.dictionaries(st.text(max_size=5), st.text(max_size=8), max_size=3)
notes = st.builds(Note, key=st.just("scan.memory"), values=st.dictionaries(st.text(max_size=3), st.integers()))
images = st.builds(
    ImageRecord,
    path=st.just("a.tif"),
    size_bytes=st.just(7),
    mtime=st.just(1.5),
    format=words.filter(bool),
    scene_index=st.integers(0, 5),
    scene_name=words,
    size_x=sizes,
    size_z=sizes,
    px_x_um=numbers,
    acquired_at=words,
    channels=st.lists(channels, max_size=3).map(tuple),
    objective=st.none() | st.builds(ImageObjective, model=words, na=numbers),
    instrument=st.none() | st.builds(ImageInstrument, manufacturer=words, serial=words),
    detectors=st.lists(parts, max_size=2).map(tuple),
    filters=st.lists(parts, max_size=2).map(tuple),
    raw=texts,
    sources=texts,
    confidence=texts,
    warnings=st.lists(notes, max_size=2).map(tuple),
)


def over(receiver: wire.Receiver, said: bytes) -> list[ImageRecord]:
    return receiver.images(json.loads(said), "a.tif", 7, 1.5)


@given(st.lists(st.lists(images, max_size=3), max_size=4))
@settings(max_examples=60, deadline=None)
def test_records_come_out_as_they_went_in(files: list[list[ImageRecord]]) -> None:
    sender, receiver = wire.Sender(), wire.Receiver()
    assert [over(receiver, sender.images(records)) for records in files] == files


def test_what_images_share_goes_over_once_and_is_one_object() -> None:
    sender, receiver = wire.Sender(), wire.Receiver()
    first, second = sender.images([image()]), sender.images([image(scene_index=1)])
    assert len(second) * 3 < len(first)
    (one,), (two,) = over(receiver, first), over(receiver, second)
    assert one.channels is two.channels
    assert one.objective is two.objective
    assert one.sources is two.sources


def test_equal_parts_of_different_fields_are_kept_apart() -> None:
    part = (ImagePart(id="x"),)
    (found,) = over(wire.Receiver(), wire.Sender().images([image(path="a.tif", detectors=part, filters=part)]))
    assert (found.detectors, found.filters) == (part, part)


def test_both_sides_forget_together_when_parts_become_many(monkeypatch: Any) -> None:
    monkeypatch.setattr(wire, "KEPT", 5)
    sender, receiver = wire.Sender(), wire.Receiver()
    for number in range(40):
        sent = image("a.tif", objective=replace(AIR, na=number / 100), size_bytes=7, mtime=1.5)
        assert over(receiver, sender.images([sent])) == [sent]
    assert len(receiver._parts) < 20


def test_the_walk_tells_path_size_and_time() -> None:
    (found,) = over(wire.Receiver(), wire.Sender().images([image("/abs/a.tif", size_bytes=1, mtime=2.0)]))
    assert (found.path, found.size_bytes, found.mtime) == ("a.tif", 7, 1.5)


def test_a_note_goes_over_with_its_values() -> None:
    note = Note("scan.hung", {"seconds": "20"})
    assert wire.read_note(json.loads(wire.line(wire.pack_note(note)))) == note
