"""Run by an interpreter that has isatools: validate sets of ISA-Tab, print one JSON document.

``python run_isatools.py CONFIG_FOLDER SET_FOLDER...``
"""

import json
import os
import sys
import warnings
from pathlib import Path

warnings.simplefilter("ignore")


def validate(folder, config):
    from isatools import isatab

    with (Path(folder) / "i_investigation.txt").open(newline="", encoding="utf-8") as stream:
        report = isatab.validate(stream, **({} if config == "-" else {"config_dir": config}))
    return {key: report[key] for key in ("errors", "warnings", "validation_finished")}


def main():
    out = os.fdopen(os.dup(1), "w")
    os.dup2(2, 1)  # isatools prints what its rules raise
    config, folders = sys.argv[1], sys.argv[2:]
    json.dump({folder: validate(folder, config) for folder in folders}, out)
    out.close()


if __name__ == "__main__":
    main()
