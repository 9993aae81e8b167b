"""YAML as plain text, lists and mappings: no types, no objects, no bombs.

Nothing is resolved but emptiness: YAML's own rules would make ``NO`` a truth value and ``2024-08-02`` a date.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from rembi_widgets.errors import RembiError

if TYPE_CHECKING:
    from collections.abc import Iterator

    import yaml

Plain = str | list[Any] | dict[str, Any] | None
LARGEST = 4 * 2**20
"""Bytes; the longest real file has under 10,000."""
DEEPEST, MOST = 40, 100_000
"""Levels and values, each alias counted with all that it stands for."""
_EMPTY = {"", "~", "null", "Null", "NULL"}


def load(data: bytes, name: str) -> tuple[Plain, list[str]]:
    """Read a document; give it and the keys that stood twice in one mapping, whose second value got a number.

    Raises
    ------
    RembiError
        If it is too large, too deep, no text, no YAML, or several documents.
    """
    import yaml

    if len(data) > LARGEST:
        raise RembiError("rembiyaml.too_large", name=name, limit=f"{LARGEST // 2**20} MB")
    text = _decoded(data, name)
    try:
        _bounded(yaml.parse(text, Loader=yaml.SafeLoader), name)
        node = yaml.compose(text, Loader=yaml.SafeLoader)
    except yaml.YAMLError as fault:
        raise RembiError("rembiyaml.no_yaml", name=name, reason=_reason(fault)) from fault
    if node is None:
        return None, []
    _size(node, {}, name)
    twice: list[str] = []
    return _plain(node, twice), twice


def _decoded(data: bytes, name: str) -> str:
    encoding = "utf-16" if data[:2] in (b"\xff\xfe", b"\xfe\xff") else "utf-8-sig"
    try:
        return data.decode(encoding)
    except UnicodeDecodeError as fault:
        raise RembiError("rembiyaml.no_text", name=name, place=fault.start) from fault


def _reason(fault: yaml.YAMLError) -> str:
    """Give the place and the parser's own words, in one line."""
    mark = getattr(fault, "problem_mark", None)
    where = f"{mark.line + 1}:{mark.column + 1} " if mark else ""
    return where + " ".join(str(getattr(fault, "problem", None) or fault).split())


def _bounded(events: Iterator[yaml.Event], name: str) -> None:
    """Refuse depth before anything that recurses looks at it."""
    import yaml

    depth = 0
    for event in events:
        if isinstance(event, yaml.CollectionStartEvent):
            depth += 1
        elif isinstance(event, yaml.CollectionEndEvent):
            depth -= 1
        if depth > DEEPEST:
            raise RembiError("rembiyaml.too_deep", name=name, limit=DEEPEST)


def _size(node: yaml.Node, known: dict[int, tuple[int, int]], name: str) -> tuple[int, int]:
    """Count values and levels of a node as if each alias were written out; nothing marks one that is being counted."""
    held = known.get(id(node))
    if held is None:
        known[id(node)] = (0, 0)
        below = [_size(child, known, name) for child in _children(node)]
        held = known[id(node)] = (1 + sum(size for size, _ in below), 1 + max((deep for _, deep in below), default=-1))
    size, deep = held
    if not size or size > MOST:
        raise RembiError("rembiyaml.bomb", name=name, limit=MOST)
    if deep > DEEPEST:  # a chain of aliases is as deep as what it stands for
        raise RembiError("rembiyaml.too_deep", name=name, limit=DEEPEST)
    return held


def _children(node: yaml.Node) -> Iterator[yaml.Node]:
    import yaml

    for child in node.value if isinstance(node, yaml.CollectionNode) else ():
        yield from child if isinstance(child, tuple) else (child,)


def _plain(node: yaml.Node, twice: list[str]) -> Plain:
    import yaml

    if isinstance(node, yaml.SequenceNode):
        return [_plain(child, twice) for child in node.value]
    if isinstance(node, yaml.MappingNode):
        return _mapping(node, twice)
    text = str(node.value)
    return None if not text or (getattr(node, "style", None) is None and text in _EMPTY) else text


def _mapping(node: yaml.MappingNode, twice: list[str]) -> dict[str, Any]:
    found: dict[str, Any] = {}
    for key, value in node.value:
        name = said = key.value if isinstance(key.value, str) else _worded(_plain(key, twice))
        count = 1
        while name in found:
            count += 1
            name = f"{said} ({count})"
        if count > 1:
            twice.append(said)
        found[name] = _plain(value, twice)
    return found


def _worded(value: Any) -> str:
    if isinstance(value, dict):
        value = [f"{key}: {_worded(one)}" for key, one in value.items()]
    return ", ".join(map(_worded, value)) if isinstance(value, list) else str(value or "")
