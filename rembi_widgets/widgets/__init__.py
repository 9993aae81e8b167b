"""The views: anywidgets over a curation. Nothing here knows a file format."""

from __future__ import annotations

from rembi_widgets.widgets._curator import Curator, FileTable, Findings, ImagePreview, TermField
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
