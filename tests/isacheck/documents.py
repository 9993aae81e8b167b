"""A small ISA-Tab of which nothing is to be told, and ways to spoil it."""

from __future__ import annotations

from dataclasses import dataclass, field
from pathlib import Path

from rembi_widgets.formats import isatab

INVESTIGATION = """\
ONTOLOGY SOURCE REFERENCE
Term Source Name|OBI|NCBITaxon
Term Source File|obi.owl|ncbitaxon.owl
Term Source Version|1|2
Term Source Description|Investigations|Organisms
INVESTIGATION
Investigation Identifier|I-1
Investigation Title|
Investigation Description|
Investigation Submission Date|
Investigation Public Release Date|
INVESTIGATION PUBLICATIONS
Investigation PubMed ID|
Investigation Publication DOI|
Investigation Publication Author List|
Investigation Publication Title|
Investigation Publication Status|
Investigation Publication Status Term Accession Number|
Investigation Publication Status Term Source REF|
INVESTIGATION CONTACTS
Investigation Person Last Name|
Investigation Person First Name|
Investigation Person Mid Initials|
Investigation Person Email|
Investigation Person Phone|
Investigation Person Fax|
Investigation Person Address|
Investigation Person Affiliation|
Investigation Person Roles|
Investigation Person Roles Term Accession Number|
Investigation Person Roles Term Source REF|
STUDY
Study Identifier|S-1
Study Title|Genomes of two mice
Study Description|Two mice were sequenced.
Study Submission Date|2024-02-29
Study Public Release Date|
Study File Name|s_study.txt
STUDY DESIGN DESCRIPTORS
Study Design Type|comparison
Study Design Type Term Accession Number|OBI:0000115
Study Design Type Term Source REF|OBI
STUDY PUBLICATIONS
Study PubMed ID|12345678
Study Publication DOI|10.1234/abc.5
Study Publication Author List|Lovelace A
Study Publication Title|On genomes
Study Publication Status|published
Study Publication Status Term Accession Number|
Study Publication Status Term Source REF|
STUDY FACTORS
Study Factor Name|dose
Study Factor Type|dose
Study Factor Type Term Accession Number|
Study Factor Type Term Source REF|
STUDY ASSAYS
Study Assay File Name|a_genome.txt
Study Assay Measurement Type|genome sequencing
Study Assay Measurement Type Term Accession Number|
Study Assay Measurement Type Term Source REF|
Study Assay Technology Type|nucleotide sequencing
Study Assay Technology Type Term Accession Number|
Study Assay Technology Type Term Source REF|
Study Assay Technology Platform|a sequencer
STUDY PROTOCOLS
Study Protocol Name|collecting|extracting|library|sequencing
Study Protocol Type|sample collection|nucleic acid extraction|library construction|nucleic acid sequencing
Study Protocol Type Term Accession Number||||
Study Protocol Type Term Source REF||||
Study Protocol Description|By hand|With a kit|With another|On a machine
Study Protocol URI||||
Study Protocol Version||||
Study Protocol Parameters Name|day;place|||depth
Study Protocol Parameters Name Term Accession Number|;|||
Study Protocol Parameters Name Term Source REF|;|||
Study Protocol Components Name||||
Study Protocol Components Type||||
Study Protocol Components Type Term Accession Number||||
Study Protocol Components Type Term Source REF||||
STUDY CONTACTS
Study Person Last Name|Lovelace
Study Person First Name|Ada
Study Person Mid Initials|
Study Person Email|ada@example.org
Study Person Phone|+44 1223 494444
Study Person Fax|
Study Person Address|
Study Person Affiliation|An institute
Study Person Roles|author
Study Person Roles Term Accession Number|
Study Person Roles Term Source REF|
Comment[ORCID]|0000-0002-1825-0097
"""
STUDY = """\
Source Name|Characteristics[organism]|Term Source REF|Term Accession Number|Protocol REF|Parameter Value[day]|\
Parameter Value[place]|Sample Name|Factor Value[dose]|Unit
mouse 1|Mus musculus|NCBITaxon|NCBITaxon:10090|collecting|first|barn|sample 1|1.5|gram
mouse 2|Mus musculus|NCBITaxon|NCBITaxon:10090|collecting|second|barn|sample 2|2|gram
"""
ASSAY = """\
Sample Name|Protocol REF|Extract Name|Protocol REF|Protocol REF|Parameter Value[depth]|Assay Name|Raw Data File
sample 1|extracting|extract 1|library|sequencing|30|run 1|one.fastq
sample 2|extracting|extract 2|library|sequencing|30|run 2|two.fastq
"""


def tabbed(text: str) -> str:
    """Give a text with bars as one with tabs."""
    return text.replace("|", "\t")


@dataclass
class Archive:
    """Texts by file name, with bars for tabs; ``spoil`` makes another one."""

    texts: dict[str, str] = field(
        default_factory=lambda: {"i_one.txt": INVESTIGATION, "s_study.txt": STUDY, "a_genome.txt": ASSAY}
    )
    raw: dict[str, bytes] = field(default_factory=dict)

    def spoil(self, file: str, old: str, new: str) -> Archive:
        """Replace a part of a file, once; it must be there."""
        name = next(name for name in self.texts if name.startswith(f"{file}_"))
        assert old in self.texts[name], old
        return Archive({**self.texts, name: self.texts[name].replace(old, new, 1)}, self.raw)

    def with_file(self, name: str, data: bytes) -> Archive:
        """Add a file as it is, or replace one."""
        return Archive({key: text for key, text in self.texts.items() if key != name}, {**self.raw, name: data})

    def without(self, name: str) -> Archive:
        return Archive({key: text for key, text in self.texts.items() if key != name}, self.raw)

    def write(self, folder: Path) -> Path:
        folder.mkdir(parents=True, exist_ok=True)
        for name, text in self.texts.items():
            (folder / name).write_bytes(tabbed(text).encode())
        for name, data in self.raw.items():
            place = folder / name
            place.parent.mkdir(parents=True, exist_ok=True)
            place.write_bytes(data)
        return folder

    def check(self, folder: Path) -> tuple[isatab.DocumentFinding, ...]:
        return isatab.check(self.write(folder))


def codes(findings: tuple[isatab.DocumentFinding, ...]) -> set[str]:
    return {one.code.removeprefix("isacheck.") for one in findings}


def only(findings: tuple[isatab.DocumentFinding, ...], code: str) -> isatab.DocumentFinding:
    """Give the one finding of a rule."""
    [found] = [one for one in findings if one.code == f"isacheck.{code}"]
    return found
