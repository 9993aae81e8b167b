"""Run by an interpreter that has isatools: validate and load ISA-JSON, print one JSON document.

``python run_isajson.py CONFIG_FOLDER FILE...``
"""

import json
import logging
import os
import sys
import warnings
from pathlib import Path

warnings.simplefilter("ignore")


def look(path, config):
    from isatools import isajson

    with Path(path).open(encoding="utf-8") as stream:
        report = isajson.validate(stream, config_dir=None if config == "-" else config, log_level=logging.CRITICAL)
    with Path(path).open(encoding="utf-8") as stream:
        [study] = isajson.load(stream).studies
    counts = {assay.filename: len(assay.process_sequence) for assay in study.assays}
    found = {key: report[key] for key in ("errors", "warnings")}
    samples = sorted(sample.name for sample in study.samples)
    return {**found, "processes": counts, "samples": samples, "protocols": len(study.protocols)}


def main():
    out = os.fdopen(os.dup(1), "w")
    os.dup2(2, 1)  # isatools prints what its rules raise
    config, files = sys.argv[1], sys.argv[2:]
    json.dump({path: look(path, config) for path in files}, out)
    out.close()


if __name__ == "__main__":
    main()
