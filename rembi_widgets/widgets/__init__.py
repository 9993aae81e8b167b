"""The views: anywidgets over a curation. Nothing here knows a file format."""

from __future__ import annotations

from typing import TYPE_CHECKING

from rembi_widgets.lazy import on_use

if TYPE_CHECKING:
    from rembi_widgets.widgets._curator import Curator, FileTable, Findings, ImagePreview
    from rembi_widgets.widgets._forms import (
        AnnotationForm,
        BiosampleForm,
        Form,
        ImageAcquisitionForm,
        ImageAnalysisForm,
        ImageCorrelationForm,
        ImageDataForm,
        SpecimenForm,
        StudyComponentForm,
        StudyForm,
    )
    from rembi_widgets.widgets._term_field import TermField
    from rembi_widgets.widgets._view import View

__all__ = [
    "AnnotationForm",
    "BiosampleForm",
    "Curator",
    "FileTable",
    "Findings",
    "Form",
    "ImageAcquisitionForm",
    "ImageAnalysisForm",
    "ImageCorrelationForm",
    "ImageDataForm",
    "ImagePreview",
    "SpecimenForm",
    "StudyComponentForm",
    "StudyForm",
    "TermField",
    "View",
]

_CURATOR = ("Curator", "FileTable", "Findings", "ImagePreview")
_HOMES = {
    **dict.fromkeys(__all__, f"{__name__}._forms"),
    **dict.fromkeys(_CURATOR, f"{__name__}._curator"),
    "TermField": f"{__name__}._term_field",
    "View": f"{__name__}._view",
}

__getattr__ = on_use(__name__, _HOMES)
