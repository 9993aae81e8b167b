"""Reading a lab's list: by the file's ending; one person who cannot be read costs that person."""

from __future__ import annotations

import csv
import io
import json
import re
from typing import TYPE_CHECKING, Any

from rembi_widgets.errors import RembiError
from rembi_widgets.formats.people._person import FIELD_OF, LabPerson, folded, orcid_of, person_of

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping

    Said = Mapping[str, Any]

MOST_BYTES = 4_000_000
MOST_PEOPLE = 5_000
DEEPEST = 5
LISTS = ("people", "persons", "members", "contributors", "authors", "contacts", "personnes", "membres", "auteurs")
"""Keys under which a file keeps its list."""


def read_people(name: str, data: bytes) -> tuple[LabPerson, ...]:
    """Read a list of people; each person once, by ORCID iD, e-mail address or name.

    Parameters
    ----------
    name
        The file's name, of which the ending tells the form.
    data
        Its content: UTF-8, or the older code of Windows.

    Raises
    ------
    RembiError
        If the form is none of ours, the file is too large, or nobody is in it.
    """
    ending = name.casefold().rpartition(".")[2]
    if ending not in _READERS:
        raise RembiError("sections.lab_form", file=name, wanted=", ".join(f".{known}" for known in ENDINGS))
    if len(data) > MOST_BYTES:
        raise RembiError("sections.lab_large", file=name, most=f"{MOST_BYTES // 1_000_000} MB")
    found: dict[str, LabPerson] = {}
    for said in _READERS[ending](_decoded(data), name):
        person = person_of(said)
        if person is None or any(key in found for key in person.keys[:-1] or person.keys):
            continue
        found.update(dict.fromkeys(person.keys, person))
        if len(found) > 3 * MOST_PEOPLE:
            break
    if not found:
        raise RembiError("sections.lab_nobody", file=name)
    return tuple(dict.fromkeys(found.values()))


def _decoded(data: bytes) -> str:
    for code in ("utf-8-sig", "utf-16") if data[:2] in {b"\xff\xfe", b"\xfe\xff"} else ("utf-8-sig",):
        try:
            return data.decode(code)
        except UnicodeDecodeError:
            continue
    return data.decode("cp1252", errors="replace")


def _table(text: str, name: str) -> Iterator[Said]:
    lines = [line for line in text.splitlines() if line.strip() and not line.startswith("#")]
    if not lines:
        return
    separator = max("\t;,", key=lines[0].count)
    rows = csv.reader(io.StringIO("\n".join(lines)), delimiter=separator)
    headers = next(rows)
    if not any(FIELD_OF.get(folded(header)) in {"name", "last_name", "email"} for header in headers):
        raise RembiError("sections.lab_headers", file=name, found=", ".join(headers)[:120])
    for row in rows:
        yield dict(zip(headers, row, strict=False))


def _json(text: str, name: str) -> Iterator[Said]:
    try:
        found = json.loads(text)
    except (ValueError, RecursionError) as fault:
        raise RembiError("sections.lab_broken", file=name, reason=str(fault)) from fault
    yield from _people_in(found, 0)


def _yaml(text: str, name: str) -> Iterator[Said]:
    try:
        import yaml
    except ImportError as fault:
        raise RembiError("sections.lab_yaml", file=name) from fault
    try:
        found = yaml.safe_load(text)
    except (yaml.YAMLError, RecursionError, ValueError) as fault:
        raise RembiError("sections.lab_broken", file=name, reason=str(fault).splitlines()[0]) from fault
    yield from _people_in(found, 0)


def _people_in(found: Any, depth: int) -> Iterable[Said]:
    """Find the list of people in a value: the list itself, one under a key that says so, or a mapping by name."""
    if depth > DEEPEST:
        return
    if isinstance(found, list):
        for item in found[:MOST_PEOPLE]:
            if isinstance(item, dict | str):
                yield item if isinstance(item, dict) else {"name": item}
    elif isinstance(found, dict):
        yield from _in_mapping(found, depth)


def _in_mapping(found: dict[Any, Any], depth: int) -> Iterable[Said]:
    lists = [value for key, value in found.items() if folded(str(key)) in LISTS]
    if lists:
        for value in lists:
            yield from _people_in(value, depth + 1)
    elif any(folded(str(key)) in FIELD_OF for key in found):
        yield found
    else:
        for key, value in list(found.items())[:MOST_PEOPLE]:
            if isinstance(value, dict):
                yield {"name": key, **value}


def _vcard(text: str, _name: str) -> Iterator[Said]:
    """Read vCard 2.1, 3.0 and 4.0 (RFC 6350): folded lines joined, grouped and typed properties taken by their name."""
    said: dict[str, Any] = {}
    for line in re.sub(r"\r?\n[ \t]", "", text).splitlines():
        left, _, value = line.partition(":")
        kind = left.split(";")[0].rpartition(".")[2].strip().upper()
        if kind == "BEGIN":
            said = {}
        elif kind == "END":
            yield said
        elif value.strip():
            _property(said, kind, value.strip())


def _property(said: dict[str, Any], kind: str, value: str) -> None:
    parts = [_unescaped(part) for part in re.split(r"(?<!\\);", value)]
    if kind == "N":
        said["last name"], said["first name"] = parts[0], parts[1] if len(parts) > 1 else ""
    elif kind == "ADR":
        said.setdefault("address", ", ".join(part for part in parts if part))
    elif kind == "ORG":
        said.setdefault("organisation", [", ".join(part for part in parts if part)])
    elif kind in {"FN", "EMAIL", "ROLE"}:
        said.setdefault(kind.replace("FN", "full name"), _unescaped(value))
    elif orcid_of(value) and (kind.startswith("X-") or "orcid" in value.casefold()):
        said.setdefault("orcid", value)
    elif "ror.org" in value:
        said.setdefault("ror", value)


def _unescaped(value: str) -> str:
    return re.sub(r"\\([,;\\])", r"\1", re.sub(r"\\[nN]", " ", value)).strip()


_READERS: dict[str, Callable[[str, str], Iterator[Said]]] = {
    "csv": _table,
    "tsv": _table,
    "txt": _table,
    "json": _json,
    "yaml": _yaml,
    "yml": _yaml,
    "cff": _yaml,
    "vcf": _vcard,
}
ENDINGS = tuple(_READERS)
"""Endings of the files that can be read."""
