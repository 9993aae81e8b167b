"""Every fault that an oracle reports is reported by us: ``python -m tests.isacheck.agreement [FOLDER...]`` prints it.

The oracles run over the sample archives, each in an environment of its own; ``REMBI_ISATOOLS_PYTHON`` and
``REMBI_ALTAMISA_PYTHON`` name their interpreters. The exit status is 1 if a message has no answer.
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from rembi_widgets.formats import isatab
from tests.isacheck.agreement_table import LINES, Line

HERE = Path(__file__).parent
SECONDS = 60
"""What isatools may take for one archive."""


@dataclass(frozen=True)
class Message:
    """What an oracle said of an archive, and of which file, if it said so."""

    oracle: str
    archive: str
    text: str
    file: str = ""


@dataclass
class Agreement:
    """Which messages are answered, by archive and line of the table."""

    answered: Counter[tuple[str, str, str]] = field(default_factory=Counter)
    rules: dict[tuple[str, str, str], set[str]] = field(default_factory=dict)
    missing: list[tuple[Message, Line | None]] = field(default_factory=list)


def archives(samples: Path) -> list[Path]:
    """Give the sample archives."""
    return sorted(path for path in (samples / "isa" / "corpus").glob("*/*") if path.is_dir())


def run(name: str, script: str, *arguments: str) -> dict[str, Any]:
    """Run an oracle in its own environment."""
    command = [os.environ[f"REMBI_{name}_PYTHON"], "-I", str(HERE / script), *arguments]
    ran = subprocess.run(command, capture_output=True, text=True, check=False, timeout=1800)
    if ran.returncode:
        raise RuntimeError(ran.stderr[-2000:])
    found: dict[str, Any] = json.loads(ran.stdout)
    return found


def isatools_says(folders: Sequence[Path]) -> Iterator[Message]:
    """Give the messages of isatools, its code first."""
    found = run("ISATOOLS", "run_isatools.py", str(SECONDS), *map(str, folders))
    for folder, reports in found.items():
        for report in reports.values():
            for fault in (*report.get("errors", ()), *report.get("warnings", ())):
                text = f"{fault['code']} {fault['message']} | {fault['supplemental']}"
                yield Message("isatools", Path(folder).name, text)


def altamisa_says(folders: Sequence[Path]) -> Iterator[Message]:
    """Give the messages of altamisa."""
    for folder, messages in run("ALTAMISA", "run_altamisa.py", *map(str, folders)).items():
        for message in messages:
            yield Message("altamisa", Path(folder).name, message["message"], message["file"])


def compare(folders: Sequence[Path], messages: Sequence[Message]) -> Agreement:
    """Look for an answer to each message."""
    findings = {folder.name: isatab.check(folder) for folder in folders}
    found = Agreement()
    for message in messages:
        line = next((one for one in LINES if one.oracle == message.oracle and one.pattern.search(message.text)), None)
        rules = answers(message, line, findings[message.archive]) if line else set()
        if not line or not rules:
            found.missing.append((message, line))
            continue
        key = (message.archive, message.oracle, line.name)
        found.answered[key] += 1
        found.rules.setdefault(key, set()).update(rules)
    return found


def answers(message: Message, line: Line, findings: Sequence[isatab.DocumentFinding]) -> set[str]:
    """Give the rules of ours that say the same of the same file and value."""
    match = line.pattern.search(message.text)
    said = match.groupdict() if match else {}
    file = said.get("file") or message.file
    return {
        rule
        for one in findings
        if (rule := one.code.removeprefix("isacheck.")) in line.rules
        and (not file or Path(one.file).name == file)
        and (said.get("value") in {None, ""} or said["value"].strip() in f"{one.found} {one.values.get('said')}")
        and (not said.get("header") or said["header"] in {one.found, one.values.get("header")} | _header_of(one))
        and (not said.get("wanted") or said["wanted"] == one.wanted)
    }


def _header_of(one: isatab.DocumentFinding) -> set[str]:
    """Give a header as altamisa says it: without what stands in its brackets."""
    return {(one.found or "").partition("[")[0]}


def told(agreement: Agreement) -> Iterator[str]:
    """Give the table of agreement: archive, what an oracle says how often, what we say."""
    for (archive, oracle, name), count in sorted(agreement.answered.items()):
        rules = ", ".join(sorted(agreement.rules[archive, oracle, name]))
        yield f"{archive:18} {oracle:9} {count:5} x {name:28} = {rules}"
    for message, line in agreement.missing:
        where = line.name if line else "no line of the table"
        yield f"{message.archive:18} {message.oracle:9} MISSING {where}: {message.file} {message.text[:300]!r}"
    counts = Counter[str]()
    for (_, oracle, _), count in agreement.answered.items():
        counts[oracle] += count
    yield f"answered {dict(counts)}, missing {len(agreement.missing)}"


def main() -> int:
    """Compare with both oracles and print the table."""
    samples = os.environ.get("REMBI_SAMPLES") or HERE.parent.parent.parent / "shared" / "samples"
    folders = [Path(one) for one in sys.argv[1:]] or archives(Path(samples))
    messages = [*isatools_says(folders), *altamisa_says(folders)]
    agreement = compare(folders, messages)
    sys.stdout.write("\n".join(told(agreement)) + "\n")
    return int(bool(agreement.missing))


if __name__ == "__main__":
    sys.exit(main())
