"""Every fault that isatools or altamisa reports on the sample archives is reported by us: no message without an answer.

altamisa runs over the whole corpus; isatools over the few archives that draw every kind of message it has for the
corpus. ``python -m tests.isacheck.agreement`` runs both over all of it.
"""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.isacheck.agreement import Message, altamisa_says, answers, archives, compare, isatools_says, told
from tests.isacheck.agreement_table import LINES
from tests.isacheck.documents import Archive
from tests.oracles.test_readers import interpreter

TELLING = (
    "BII-I-2",
    "i_fullinvest2",
    "i_small",
    "i_warnings",
    "sdata201424-isa1",
    "sdata20143-isa1",
    "test_exceptions",
    "test_gelelect",
)
"""Archives that draw all kinds of messages."""


def test_every_message_of_altamisa_is_answered(samples: Path) -> None:
    interpreter("ALTAMISA")
    folders = archives(samples)
    messages = list(altamisa_says(folders))
    assert len(messages) > 500
    agreement = compare(folders, messages)
    assert [line for line in told(agreement) if "MISSING" in line] == []


def test_every_message_of_isatools_is_answered(samples: Path) -> None:
    interpreter("ISATOOLS")
    folders = [folder for folder in archives(samples) if folder.name in TELLING]
    messages = list(isatools_says(folders))
    assert len(folders) == len(TELLING)
    assert len(messages) > 100
    agreement = compare(folders, messages)
    assert [line for line in told(agreement) if "MISSING" in line] == []
    assert len({name for _, _, name in agreement.answered}) > 20


def test_a_message_without_an_answer_is_missing(tmp_path: Path) -> None:
    folder = Archive().write(tmp_path / "clean")
    message = Message("altamisa", "clean", "Invalid mail address: nobody", "i_one.txt")
    agreement = compare([folder], [message, Message("altamisa", "clean", "Something new")])
    assert [one for one, _ in agreement.missing] == [message, Message("altamisa", "clean", "Something new")]
    assert sum("MISSING" in line for line in told(agreement)) == 2


@pytest.mark.parametrize(
    ("file", "value", "answered"),
    [("i_one.txt", "nobody", True), ("i_one.txt", "somebody", False), ("s_study.txt", "nobody", False)],
)
def test_an_answer_is_of_the_same_file_and_value(file: str, value: str, answered: bool, tmp_path: Path) -> None:
    findings = Archive().spoil("i", "ada@example.org", "nobody").check(tmp_path)
    message = Message("altamisa", "x", f"Invalid mail address: {value}", file)
    line = next(one for one in LINES if one.pattern.search(message.text))
    assert bool(answers(message, line, findings)) is answered
