"""The same works by altamisa and isatools, as scripts for interpreters of their own; importing them is not counted."""

from __future__ import annotations

import os
import subprocess
from typing import TYPE_CHECKING

from rembi_widgets.formats import isatab

if TYPE_CHECKING:
    from pathlib import Path

ALTAMISA = """
import os, sys, time, warnings
from pathlib import Path
from altamisa.isatab import *
warnings.simplefilter("ignore")
folder, out, told = Path(sys.argv[1]), Path(sys.argv[3]), {}
def read(reader, path, *ids):
    with path.open(newline="", encoding="utf-8") as stream:
        return reader.from_stream(*ids, stream).read()
begin = time.process_time()
one = read(InvestigationReader, folder / "i_investigation.txt")
info = one.studies[0]
study = read(StudyReader, folder / info.info.path, "S")
assays = [(said, read(AssayReader, folder / said.path, "S", "A")) for said in info.assays]
told["read"] = time.process_time() - begin
InvestigationValidator(one).validate()
StudyValidator(one, info, study).validate()
for said, assay in assays:
    AssayValidator(one, info, said, assay, study).validate()
told["check"] = time.process_time() - begin
begin = time.process_time()
with (out / "s.txt").open("w", newline="") as stream:
    StudyWriter.from_stream(study, stream).write()
for number, (said, assay) in enumerate(assays):
    with (out / f"a{number}.txt").open("w", newline="") as stream:
        AssayWriter.from_stream(assay, stream).write()
told["write"] = time.process_time() - begin
"""
ISATOOLS = """
import os, sys, time, warnings
warnings.simplefilter("ignore")
from isatools import isatab
screen, told = os.dup(1), {}
os.dup2(2, 1)
def opened():
    return open(os.path.join(sys.argv[1], "i_investigation.txt"), newline="", encoding="utf-8")
begin = time.process_time()
with opened() as stream:
    isatab.validate(stream, config_dir=sys.argv[2])
told["check"] = time.process_time() - begin
begin = time.process_time()
with opened() as stream:
    one = isatab.load(stream)
told["read"] = time.process_time() - begin
begin = time.process_time()
isatab.dump(one, sys.argv[3])
told["write"] = time.process_time() - begin
sys.stdout.flush()
os.dup2(screen, 1)
"""
_TELL = "\nprint('\\n' + ' '.join(f'{name}={seconds}' for name, seconds in told.items()))\n"
SCRIPTS = {"altamisa": ALTAMISA, "isatools": ISATOOLS}
LONGEST = 900
"""Seconds after which another reader is stopped."""


def seconds(name: str, folder: Path, out: Path) -> dict[str, float] | str:
    """Give the seconds of each work, or why there are none: ``NOT RUN``, ``STOPPED``, ``FAILED`` and what it said."""
    python = os.environ.get(f"REMBI_{name.upper()}_PYTHON")
    if not python:
        return "NOT RUN"
    command = [python, "-c", SCRIPTS[name] + _TELL, str(folder), str(isatab.config_folder()), str(out)]
    try:
        ran = subprocess.run(command, capture_output=True, text=True, check=False, timeout=LONGEST)
    except subprocess.TimeoutExpired:
        return f"STOPPED after {LONGEST} s"
    said = ran.stdout.strip().splitlines()
    if ran.returncode or not said:
        return "FAILED: " + (ran.stderr.strip().splitlines() or ["nothing was said"])[-1]
    return {part.partition("=")[0]: float(part.partition("=")[2]) for part in said[-1].split()}
