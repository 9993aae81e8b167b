"""Where the values of images, their files and their acquisitions stand in the rows of an assay file."""

from __future__ import annotations

PIXELS = {"pixel_size_x": "pixel size x", "pixel_size_y": "pixel size y", "pixel_size_z": "pixel size z"}
MEASURES = {
    "objective_working_distance": "objective working distance",
    "time_interval": "time interval",
    "temperature": "temperature",
    "accelerating_voltage": "accelerating voltage",
    "electron_dose": "electron dose",
    "tilt_increment": "tilt increment",
    "photon_energy": "photon energy",
}
"""Quantity of an acquisition to the parameter that holds it, with its unit, in the rows of its images."""
AXES = {"size_x": "X", "size_y": "Y", "size_z": "Z", "size_c": "C", "size_t": "T"}
IMAGE_COMMENTS = {
    "image_type": "Image Type",
    "image_format": "Image Format",
    "compression": "Compression",
    "dim_order": "Dimension Order",
    "pixel_type": "Pixel Type",
    "size_description": "Size Description",
    "channel_names": "Channel Names",
    "channel_information": "Channel Information",
    "processing_method": "Image Processing Method",
    "contrast_inversion": "Contrast Inversion",
    "qc_info": "QC Info",
    "scene_index": "Scene Index",
    "scene_name": "Scene Name",
    "plate": "Plate",
    "well": "Well",
    "field": "Field",
    "group": "Image Group",
    "description": "Image Description",
}
"""Column of the table of images to the comment on the image's data node."""
IMAGE_PARAMETERS = {
    "objective": "objective",
    **PIXELS,
    "acquired_at": "acquisition datetime",
    "time_increment": "time increment",
    "instrument": "instrument",
}
LINKS = {
    "id": "Association REMBI ID",
    "analysis": "Association Analysis REMBI ID",
    "correlation": "Association Correlation REMBI ID",
}
"""Field of an association to the comment on the process of its images; its sample and acquisition are the row's."""
SYMBOLS = {**dict.fromkeys(PIXELS, "µm"), "time_increment": "s"}
FILE_COMMENTS = {
    "sha256": "SHA-256",
    "kind": "Item Kind",
    "size_bytes": "Size Bytes",
    "format": "Format",
    "role": "Role",
    "annotation_type": "Annotation Type",
    "spatial_information": "Spatial Information",
    "transformations": "Transformations",
    "creation_time": "Annotation Creation Time",
    "message": "Reading Message",
}
"""Column of the table of files to the comment on the file's data node."""
