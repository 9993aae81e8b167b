"""``rembi-widgets vocabulary``: which layers are there, and packs fetched, imported, packed up and removed."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING

from rembi_widgets.app import _print
from rembi_widgets.errors import RembiError
from rembi_widgets.locale import text

if TYPE_CHECKING:
    import argparse
    from collections.abc import Callable, Iterable

    from rembi_widgets.terms._layers import Health, LayerHealth, Record

DONE = 0
_YES = ("y", "yes", "o", "oui")


def vocabulary_command(parser: argparse.ArgumentParser) -> None:
    """Give the command its words; ``parser`` has ``--json`` already."""
    parser.add_argument(
        "action", nargs="?", default="list", choices=list(_ACTIONS), help=text("vocabulary.help.action")
    )
    parser.add_argument("what", nargs="*", metavar="NAME|FILE")
    parser.add_argument("--yes", action="store_true", help=text("vocabulary.help.yes"))
    parser.add_argument("--name", help=text("vocabulary.help.name"))
    parser.add_argument("--count", action="store_true", help=text("vocabulary.help.count"))


def run_vocabulary(given: argparse.Namespace) -> int:
    """Do what was asked, and give the exit status."""
    if given.action != "list" and not given.what:
        raise RembiError("vocabulary.what", action=given.action)
    _ACTIONS[given.action](given)
    return DONE


def _list(given: argparse.Namespace) -> None:
    from rembi_widgets.terms import health

    found = health(count=given.count)
    if given.json:
        _print.answer_json(found.to_json())
        return
    _print.answer(text("vocabulary.title", None, folder=found.folder))
    for layer in found.layers:
        _print.answer(_line(layer))
    for line in _online(found):
        _print.answer(line)


def _line(layer: LayerHealth) -> str:
    terms = "" if layer.terms is None else text("vocabulary.terms", None, n=layer.terms)
    told = (layer.version, terms, layer.date[:10], layer.title, layer.licence, layer.advice)
    return "\t".join([layer.name, text(f"vocabulary.state.{layer.state}"), *(one for one in told if one)])


def _online(found: Health) -> Iterable[str]:
    state = found.online
    if not state["on"]:
        yield text("vocabulary.online.off")
        return
    yield text("vocabulary.online.on", None, url=state["url"], last=state["last"], kept=state["kept"])
    if state["resting"]:
        yield text("vocabulary.online.resting", None, n=state["resting"])


def _fetch(given: argparse.Namespace) -> None:
    from rembi_widgets.terms import fetch_pack, known_packs

    unknown = [name for name in given.what if name not in known_packs()]
    if unknown:
        raise RembiError("vocabulary.unknown_pack", name=unknown[0], names=", ".join(known_packs()))
    consents = {name: given.yes or _agreed(name, alone=given.json) for name in given.what}
    _tell(given, [fetch_pack(name, consent=agreed, progress=_progress) for name, agreed in consents.items()])


def _agreed(name: str, *, alone: bool) -> bool:
    """Ask the person, where there is one; what another program reads is not asked."""
    from rembi_widgets.terms import known_packs

    if alone or not sys.stdin.isatty():
        return False
    pack = known_packs()[name]
    said = {"title": pack.title, "url": pack.url, "licence": pack.licence, "most": pack.most_bytes // 1_000_000}
    _print.progress(text("vocabulary.ask", None, **said))
    return sys.stdin.readline().strip().casefold() in _YES


def _progress(name: str, come: int) -> None:
    _print.progress(text("vocabulary.fetching", None, name=name, n=come // 1000))


def _import(given: argparse.Namespace) -> None:
    from rembi_widgets.terms import import_packs

    taken = [import_packs(Path(path), name=given.name) for path in given.what]
    _tell(given, [record for records in taken for record in records])


def _remove(given: argparse.Namespace) -> None:
    from rembi_widgets.terms import remove_pack

    removed = [remove_pack(name) for name in given.what]
    _tell(given, removed, lambda record: text("vocabulary.removed", None, name=record.name))


def _pack(given: argparse.Namespace) -> None:
    from rembi_widgets.terms import pack_up

    *names, out = given.what
    packed = pack_up(names, Path(out))
    _tell(given, packed, lambda record: text("vocabulary.packed", None, name=record.name, path=out))


def _done(record: Record) -> str:
    said = {"name": record.name, "terms": record.terms, "version": record.version or "-", "faults": record.faults}
    return text("vocabulary.done", None, **said)


def _tell(given: argparse.Namespace, records: Iterable[Record], say: Callable[[Record], str] = _done) -> None:
    if given.json:
        _print.answer_json([record.to_json() for record in records])
    else:
        for record in records:
            _print.answer(say(record))


_ACTIONS: dict[str, Callable[[argparse.Namespace], None]] = {
    "list": _list,
    "fetch": _fetch,
    "import": _import,
    "remove": _remove,
    "pack": _pack,
}
