"""Imaging methods that headers name: words of the OME model and of electron microscopes to terms of FBbi.

Labels are the ontology's own (FBbi, Biological Imaging Methods Ontology).
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Iterator

    from rembi_widgets.images._imagerecord import ImageChannel, ImageRecord


class Method(NamedTuple):
    """An imaging method: its short name in titles (key ``scan.method.<name>``), its term, the headers' words for it."""

    name: str
    id: str
    label: str
    words: str

    def term(self) -> dict[str, str]:
        """Give the term as a record holds it."""
        return {"label": self.label, "id": self.id, "ontology": "FBbi"}


METHODS = (
    Method(
        "confocal",
        "FBbi:00000251",
        "confocal microscopy",
        "laserscanningconfocalmicroscopy laserscanningconfocal confocal lsm lscm clsm sweptfieldconfocal",
    ),
    Method(
        "spinning_disk",
        "FBbi:00000253",
        "spinning disk confocal microscopy",
        "spinningdiskconfocal spinningdisk spinningdiscconfocal",
    ),
    Method("slit_scan", "FBbi:00000392", "slit-scan confocal microscopy", "slitscanconfocal"),
    Method(
        "two_photon",
        "FBbi:00000254",
        "two-photon laser scanning microscopy",
        "twophoton twophotonmicroscopy twophotonlaserscanningmicroscopy",
    ),
    Method("multi_photon", "FBbi:00000255", "multi-photon microscopy", "multiphotonmicroscopy multiphoton"),
    Method(
        "sim",
        "FBbi:00000332",
        "structured illumination microscopy (SIM)",
        "structuredillumination structuredilluminationmicroscopy sim",
    ),
    Method("sted", "FBbi:00000334", "stimulated emission depletion (STED)", "sted"),
    Method("palm", "FBbi:00000335", "PALM (photoactivation localization microscopy)", "palm"),
    Method("storm", "FBbi:00000336", "STORM (stochastic optical reconstruction microscopy)", "storm"),
    Method("tirf", "FBbi:00000617", "evanescent wave microscopy", "tirf totalinternalreflection"),
    Method("flim", "FBbi:00000368", "FLIM", "fluorescencelifetime flim"),
    Method("light_sheet", "FBbi:00000369", "SPIM", "spim lightsheet lightsheetmicroscopy"),
    Method(
        "snom", "FBbi:00000348", "nearfield scanning optical microscopy (ANSOM)", "nearfieldscanningopticalmicroscopy"
    ),
    Method("bright_field", "FBbi:00000243", "bright-field microscopy", "brightfield"),
    Method("phase", "FBbi:00000247", "phase contrast microscopy", "phase phasecontrast"),
    Method(
        "dic", "FBbi:00000245", "differential interference contrast microscopy", "dic differentialinterferencecontrast"
    ),
    Method("polarization", "FBbi:00000248", "polarization microscopy", "polarizedlight"),
    Method("dark_field", "FBbi:00000244", "dark-field microscopy", "darkfield"),
    Method("fluorescence", "FBbi:00000246", "fluorescence microscopy", "fluorescence epifluorescence"),
    Method(
        "stem",
        "FBbi:00000380",
        "scanning-transmission electron microscopy",
        "stem scanningtransmissionelectronmicroscopy",
    ),
    Method("tem", "FBbi:00000258", "transmission electron microscopy (TEM)", "tem transmissionelectronmicroscopy"),
    Method("sem", "FBbi:00000257", "scanning electron microscopy (SEM)", "sem scanningelectronmicroscopy"),
)
FLUORESCENCE = next(method for method in METHODS if method.name == "fluorescence")
_BY_WORD = {word: method for method in METHODS for word in method.words.split()}
_WIDE = frozenset({"widefield", "widefieldmicroscopy"})


def method_of(words: str | None) -> Method | None:
    """Give the method that a header's words name, ``None`` if they name none of ours."""
    return _BY_WORD.get(_bare(words))


def _bare(words: str | None) -> str:
    return "".join(letter for letter in (words or "").casefold() if letter.isalnum())


def methods(record: ImageRecord) -> tuple[tuple[Method, str], ...]:
    """Give the methods an image was taken by, each with the name of the field that says so.

    A channel's mode names the method (confocal, light sheet ...); in widefield it is the contrast that does.
    """
    found: dict[Method, str] = {}
    for channel in record.channels:
        for method, field in _of_channel(channel):
            found.setdefault(method, field)
    if not found and record.instrument is not None:
        named = method_of(record.instrument.type)
        return ((named, "instrument.type"),) if named is not None else ()
    return tuple(found.items())


def _of_channel(channel: ImageChannel) -> Iterator[tuple[Method, str]]:
    for field in ("acquisition_mode", "contrast_method"):
        method = method_of(getattr(channel, field))
        if method is not None:
            yield method, field
            return
    if _bare(channel.acquisition_mode) in _WIDE and (channel.fluor or channel.emission_nm):
        yield FLUORESCENCE, "acquisition_mode"
