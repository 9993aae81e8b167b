"""Run by an interpreter that has isatools: load sets of ISA-Tab and dump them into folders beside them.

``python run_roundtrip.py tab|json SET_FOLDER...`` writes ``SET_FOLDER-dumped``; with ``json``, ``SET_FOLDER`` is a file
of ISA-JSON, and what is read from it is dumped as ISA-Tab.
"""

import json
import os
import sys
import warnings
from pathlib import Path

warnings.simplefilter("ignore")


def dump(kind, path):
    from isatools import isajson, isatab

    target = Path(path + "-dumped")
    target.mkdir()
    if kind == "tab":
        with (Path(path) / "i_investigation.txt").open(newline="", encoding="utf-8") as stream:
            investigation = isatab.load(stream)
    else:
        with Path(path).open(encoding="utf-8") as stream:
            investigation = isajson.load(stream)
    isatab.dump(investigation, str(target), write_factor_values_in_assay_table=False)
    return str(target)


def main():
    out = os.fdopen(os.dup(1), "w")
    os.dup2(2, 1)
    found = {}
    for path in sys.argv[2:]:
        try:
            found[path] = {"folder": dump(sys.argv[1], path)}
        except (KeyError, ValueError, AttributeError, TypeError, OSError) as fault:
            found[path] = {"fault": repr(fault)}
    json.dump(found, out)
    out.close()


if __name__ == "__main__":
    main()
