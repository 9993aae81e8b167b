"""ISA-Tabs of a few lines, for tests: an investigation with its tables, written to a folder."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path

from rembi_widgets.formats.isatab import _entries as labels
from rembi_widgets.record import Finding

ORDER: tuple[tuple[str, tuple[str, ...]], ...] = (
    ("ONTOLOGY SOURCE REFERENCE", labels.SOURCES),
    ("INVESTIGATION", labels.INVESTIGATION),
    ("INVESTIGATION PUBLICATIONS", labels.INVESTIGATION_PUBLICATIONS),
    ("INVESTIGATION CONTACTS", labels.INVESTIGATION_CONTACTS),
    ("STUDY", labels.STUDY),
    ("STUDY DESIGN DESCRIPTORS", labels.DESIGN),
    ("STUDY PUBLICATIONS", labels.PUBLICATIONS),
    ("STUDY FACTORS", labels.FACTORS),
    ("STUDY ASSAYS", labels.ASSAYS),
    ("STUDY PROTOCOLS", labels.PROTOCOLS),
    ("STUDY CONTACTS", labels.CONTACTS),
)

Cells = Mapping[str, str | Sequence[str]]


def investigation(**sections: Cells) -> str:
    """The text of an investigation file: all labels, those given with their cells; ``study_assays={label: cells}``."""
    told = {heading: dict(sections.pop(heading.lower().replace(" ", "_"), {})) for heading, _ in ORDER}
    assert not sections, sections
    return "".join(section(heading, known, told[heading]) for heading, known in ORDER)


def section(heading: str, known: Sequence[str], told: Cells) -> str:
    lines = [heading]
    for label in dict.fromkeys([*known, *told]):
        cells = told.get(label, "")
        lines.append("\t".join([label, *([cells] if isinstance(cells, str) else cells)]))
    return "\n".join(lines) + "\n"


def table(*rows: Sequence[str]) -> str:
    """The text of a table: the header, then one row a line."""
    return "".join("\t".join(row) + "\n" for row in rows)


def write(folder: Path, files: Mapping[str, str | bytes]) -> Path:
    """Write files as they are, and give the folder."""
    for name, text in files.items():
        place = folder / name
        place.parent.mkdir(parents=True, exist_ok=True)
        place.write_bytes(text.encode("utf-8") if isinstance(text, str) else text)
    return folder


STUDY_TABLE = table(
    ["Source Name", "Characteristics[organism]", "Protocol REF", "Sample Name"],
    ["mouse 1", "Mus musculus", "dissection", "liver 1"],
    ["mouse 2", "Mus musculus", "dissection", "liver 2"],
)
ASSAY_TABLE = table(
    ["Sample Name", "Protocol REF", "Assay Name", "Image File"],
    ["liver 1", "microscopy", "run 1", "liver1.tif"],
    ["liver 2", "microscopy", "run 2", "liver2.tif"],
)


def small(folder: Path, **changes: str | bytes | Cells) -> Path:
    """A small ISA-Tab of a foreign layout; sections and files may be given anew, ``a_images`` for ``a_images.txt``."""
    files: dict[str, str | bytes] = {"s_mice.txt": STUDY_TABLE, "a_images.txt": ASSAY_TABLE}
    sections: dict[str, Cells] = {
        "study": {"Study Identifier": "mice", "Study Title": "Livers of mice", "Study File Name": "s_mice.txt"},
        "study_assays": {
            "Study Assay File Name": "a_images.txt",
            "Study Assay Measurement Type": "cell imaging",
            "Study Assay Technology Type": "microscopy",
        },
        "study_protocols": {
            "Study Protocol Name": ["dissection", "microscopy"],
            "Study Protocol Type": ["sample collection", "imaging"],
            "Study Protocol Description": ["cut with care", "looked with care"],
        },
    }
    for name, held in changes.items():
        if isinstance(held, str | bytes):
            files[f"{name}.txt"] = held
        else:
            sections[name] = {**sections.get(name, {}), **held}
    files.setdefault("i_mice.txt", investigation(**sections))
    return write(folder, files)


def codes(findings: Sequence[Finding]) -> list[str]:
    """The codes of findings, in order."""
    return [finding.code.removeprefix("isaread.") for finding in findings]


def told(findings: Sequence[Finding]) -> set[tuple[str, str, int, int]]:
    """Code, file, line and column of findings."""
    return {
        (
            finding.code.removeprefix("isaread."),
            finding.values["file"],
            finding.values["line"],
            finding.values["column"],
        )
        for finding in findings
    }
