"""Describe biological images once, send them anywhere: REMBI forms, checks and exports.

The face of the package. Names are loaded when they are first used: importing it costs next to nothing.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from rembi_widgets.lazy import on_use

if TYPE_CHECKING:
    from rembi_widgets.app import check, curate, demo, export, merge, suggest_terms, use_microscope
    from rembi_widgets.images import microscopes, preview, read_image, scan
    from rembi_widgets.store import copy_study, open_curation
    from rembi_widgets.terms import search as search_terms
    from rembi_widgets.widgets import (
        AnnotationForm,
        BiosampleForm,
        Curator,
        FileTable,
        Findings,
        ImageAcquisitionForm,
        ImageAnalysisForm,
        ImageCorrelationForm,
        ImageDataForm,
        ImagePreview,
        SpecimenForm,
        StudyComponentForm,
        StudyForm,
        TermField,
    )

__version__ = "0.1.0"

_WIDGETS = (
    "AnnotationForm",
    "BiosampleForm",
    "Curator",
    "FileTable",
    "Findings",
    "ImageAcquisitionForm",
    "ImageAnalysisForm",
    "ImageCorrelationForm",
    "ImageDataForm",
    "ImagePreview",
    "SpecimenForm",
    "StudyComponentForm",
    "StudyForm",
    "TermField",
)
_HOMES = {
    **dict.fromkeys(_WIDGETS, "rembi_widgets.widgets"),
    "check": "rembi_widgets.app",
    "copy_study": "rembi_widgets.store",
    "curate": "rembi_widgets.app",
    "demo": "rembi_widgets.app",
    "export": "rembi_widgets.app",
    "microscopes": "rembi_widgets.images",
    "merge": "rembi_widgets.app",
    "open_curation": "rembi_widgets.store",
    "preview": "rembi_widgets.images",
    "read_image": "rembi_widgets.images",
    "scan": "rembi_widgets.images",
    "search_terms": "rembi_widgets.terms:search",
    "suggest_terms": "rembi_widgets.app",
    "use_microscope": "rembi_widgets.app",
}

__all__ = [
    "AnnotationForm",
    "BiosampleForm",
    "Curator",
    "FileTable",
    "Findings",
    "ImageAcquisitionForm",
    "ImageAnalysisForm",
    "ImageCorrelationForm",
    "ImageDataForm",
    "ImagePreview",
    "SpecimenForm",
    "StudyComponentForm",
    "StudyForm",
    "TermField",
    "check",
    "copy_study",
    "curate",
    "demo",
    "export",
    "merge",
    "microscopes",
    "open_curation",
    "preview",
    "read_image",
    "scan",
    "search_terms",
    "suggest_terms",
    "use_microscope",
]


__getattr__ = on_use(__name__, _HOMES)


def __dir__() -> list[str]:
    return sorted([*__all__, "__version__"])
