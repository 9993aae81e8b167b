"""The demo dataset: a few dozen small generated images with full headers, made in seconds.

Two acquisitions (a confocal z-stack of fixed cells in three channels, a live time series), an overview as OME-Zarr,
one broken file, and a component with two samples: control and treated. The cells, the people and the treatment are
invented.
"""

from __future__ import annotations

import json
import tempfile
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from rembi_widgets.app._demo_xml import CONFOCAL, LIVE, Setup, ome_xml
from rembi_widgets.locale import text
from rembi_widgets.store import open_curation

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    Pixels = NDArray[np.uint8]

SIDE = 128
"""Pixels of an image's side."""


@dataclass(frozen=True)
class Scene:
    """What one generated image shows: where it lies, how many planes, how round the nuclei are."""

    folder: str
    name: str
    setup: Setup
    seed: int
    stretch: float = 1.0


SCENES = tuple(
    [Scene("01_confocal/control", f"HeLa_ctrl_f{n:02d}", CONFOCAL, n) for n in range(1, 13)]
    + [Scene("01_confocal/latrunculin", f"HeLa_latA_f{n:02d}", CONFOCAL, 100 + n, 0.6) for n in range(1, 13)]
    + [Scene("02_live", f"HeLa_H2B_t{n:02d}", LIVE, 200 + n) for n in range(1, 9)]
)
"""The images, in the order they are made."""


def make_demo(folder: Path | None = None) -> Path:
    """Make the demo dataset with the beginning of a curation, and give its folder.

    Parameters
    ----------
    folder
        Where; default a new folder among the system's temporary ones. A folder that holds a demo is left as it is.
    """
    home = folder or Path(tempfile.mkdtemp(prefix="rembi-demo-")) / "nuclear-shape"
    home.mkdir(parents=True, exist_ok=True)
    if not (home / "01_confocal").exists():
        for scene in SCENES:
            _write_scene(home, scene)
        _write_zarr(home / "03_overview" / "slide_overview.ome.zarr")
        broken = home / "01_confocal" / "control" / "HeLa_ctrl_f13_interrupted.ome.tiff"
        broken.write_bytes((home / "01_confocal/control/HeLa_ctrl_f01.ome.tiff").read_bytes()[:6])
        _begin_curation(home)
    return home


def _write_scene(home: Path, scene: Scene) -> None:
    import numpy as np
    import tifffile

    setup, place = scene.setup, home / scene.folder
    place.mkdir(parents=True, exist_ok=True)
    cells = _cells(scene.seed, scene.stretch)
    planes = [
        _plane(cells, channel, depth / max(1, setup.size_z - 1) - 0.5, time, scene.seed)
        for time in range(setup.size_t)
        for channel in range(len(setup.channels))
        for depth in range(setup.size_z)
    ]
    name = f"{scene.name}.ome.tiff"
    xml = ome_xml(setup, name, scene.seed, SIDE)
    options: dict[str, Any] = {"photometric": "minisblack", "compression": "zlib", "metadata": None}
    tifffile.imwrite(place / name, np.stack(planes), description=xml.encode(), **options)


def _cells(seed: int, stretch: float) -> NDArray[np.float64]:
    """Give the cells of a field: centre x and y, radii, angle."""
    import numpy as np

    rng = np.random.default_rng(seed)
    count = int(rng.integers(4, 7))
    centres = rng.uniform(0.12, 0.88, (count, 2)) * SIDE
    radii = rng.uniform(11, 16, (count, 1)) * np.array([[1.0, 0.75 * stretch]])
    return np.hstack([centres, radii, rng.uniform(0, np.pi, (count, 1))])


def _plane(cells: NDArray[np.float64], channel: int, depth: float, time: int, seed: int) -> Pixels:
    """Draw one plane: nuclei, fibres around them, or the nuclear rim, with noise."""
    import numpy as np

    rng = np.random.default_rng((seed, channel, time, int(depth * 100) + 50))
    y, x = np.mgrid[0:SIDE, 0:SIDE].astype(float)
    field = np.zeros((SIDE, SIDE))
    for cx, cy, a, b, angle in cells:
        turned = angle + time * 0.06
        u = (x - cx - time) * np.cos(turned) + (y - cy) * np.sin(turned)
        v = (y - cy) * np.cos(turned) - (x - cx - time) * np.sin(turned)
        field += _stain(channel, np.hypot(u / a, v / b), u, v)
    blurred = field * np.exp(-((depth * 1.6) ** 2)) * 190
    noisy = blurred + rng.normal(8, 3.5, field.shape)
    pixels: Pixels = np.clip(noisy, 0, 255).astype(np.uint8)
    return pixels


def _stain(channel: int, r: NDArray[np.float64], u: NDArray[np.float64], v: NDArray[np.float64]) -> NDArray[np.float64]:
    import numpy as np

    if channel == 0:
        texture = 0.85 + 0.15 * np.sin(u * 0.9) * np.cos(v * 0.7)
        return np.asarray(texture / (1 + np.exp((r - 1) * 14)))
    if channel == 1:
        fibres = np.clip(np.cos(v * 0.8 + np.sin(u * 0.1)), 0.3, 1) - 0.3
        return np.asarray(fibres * np.exp(-((r - 1.3) ** 2) * 1.4))
    return np.asarray(np.exp(-((r - 1) ** 2) * 60))


def _write_zarr(home: Path) -> None:
    """Write the overview as OME-Zarr 0.4: two levels, uncompressed chunks."""
    import numpy as np

    tiles = [[_plane(_cells(300 + 4 * r + c, 1), 0, 0, 0, 300 + 4 * r + c) for c in range(3)] for r in range(3)]
    whole = np.block(tiles)
    levels = [whole, whole[::2, ::2]]
    for number, pixels in enumerate(levels):
        level = home / str(number)
        level.mkdir(parents=True, exist_ok=True)
        size = list(pixels.shape)
        array = {"zarr_format": 2, "shape": [1, *size], "chunks": [1, *size], "dtype": "|u1", "order": "C"}
        extra = {"compressor": None, "fill_value": 0, "filters": None, "dimension_separator": "/"}
        (level / ".zarray").write_text(json.dumps(array | extra))
        (level / "0" / "0").mkdir(parents=True, exist_ok=True)
        (level / "0" / "0" / "0").write_bytes(np.ascontiguousarray(pixels).tobytes())
    (home / ".zgroup").write_text(json.dumps({"zarr_format": 2}))
    (home / ".zattrs").write_text(json.dumps(_zarr_attributes()))


def _zarr_attributes() -> dict[str, Any]:
    axes = [{"name": "c", "type": "channel"}] + [{"name": a, "type": "space", "unit": "micrometer"} for a in "yx"]
    datasets = [
        {"path": str(n), "coordinateTransformations": [{"type": "scale", "scale": [1, 0.65 * 2**n, 0.65 * 2**n]}]}
        for n in range(2)
    ]
    multiscale = {"version": "0.4", "name": "slide overview", "axes": axes, "datasets": datasets}
    channel = {"label": "Hoechst 33342", "color": "3A6BFF", "window": {"start": 0, "end": 255, "min": 0, "max": 255}}
    return {"multiscales": [multiscale], "omero": {"channels": [{**channel, "active": True}]}}


def _begin_curation(home: Path) -> None:
    """Begin the curation: one preparation, two samples in one component; the rest is for the visitor."""
    biosamples = {
        "bs-control": {"title": text("app.demo.control"), "organism": [HUMAN], "biological_entity": [HELA]},
        "bs-treated": {"title": text("app.demo.treated"), "organism": [HUMAN], "biological_entity": [HELA]},
    }
    edits: list[dict[str, Any]] = [
        {"op": "add", "path": "/biosamples", "id": identity, "value": value} for identity, value in biosamples.items()
    ]
    edits.append({"op": "add", "path": "/specimens", "id": "sp-fixed", "value": {"title": text("app.demo.fixed")}})
    for status, biosample in (("control", "bs-control"), ("test", "bs-treated")):
        value = {
            "title": biosamples[biosample]["title"],
            "biosample": biosample,
            "specimen": "sp-fixed",
            "experimental_status": status,
        }
        edits.append({"op": "add", "path": "/samples", "id": f"sa-{status}", "value": value})
    with open_curation(home) as curation:
        curation.edit(edits)


HUMAN = {"label": "Homo sapiens", "id": "NCBITaxon:9606", "ontology": "NCBITaxon"}
HELA = {"label": "HeLa", "id": "CVCL_0030", "ontology": "Cellosaurus"}
