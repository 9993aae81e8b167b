"""Run by an interpreter that has isatools: what its validation says of each investigation, as JSON.

``python run_isatools.py SECONDS FOLDER...``: the configuration is the one that isatools brings; each investigation is
validated in a child process that is given up after the seconds.
"""

import json
import os
import sys
import warnings
from multiprocessing import get_context
from pathlib import Path

warnings.simplefilter("ignore")


def validated(path, send):
    from isatools import isatab

    try:
        with Path(path).open(newline="", encoding="utf-8") as stream:
            report = isatab.validate(stream)
        send.send({key: report[key] for key in ("errors", "warnings", "validation_finished")})
    except BaseException as fault:  # noqa: BLE001 - a fault ends one archive, never the run
        send.send({"errors": [], "warnings": [], "validation_finished": False, "raised": repr(fault)[:500]})


def bounded(path, seconds):
    context = get_context("fork")
    take, send = context.Pipe(duplex=False)
    child = context.Process(target=validated, args=(path, send))
    child.start()
    send.close()
    try:
        report = take.recv() if take.poll(seconds) else {"out_of_time": True}
    except EOFError:
        report = {"ended": True}
    child.kill()
    child.join()
    return report


def main():
    out = os.fdopen(os.dup(1), "w")
    os.dup2(2, 1)  # isatools prints what its rules raise
    from isatools import isatab  # noqa: F401 - before the children are made, so that it is loaded once

    seconds = float(sys.argv[1])
    found = {
        folder: {path.name: bounded(path, seconds) for path in sorted(Path(folder).glob("i_*.txt"))}
        for folder in sys.argv[2:]
    }
    json.dump(found, out)
    out.close()


if __name__ == "__main__":
    main()
