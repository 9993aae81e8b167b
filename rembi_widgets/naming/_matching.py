"""Which file was made from which image, told by their names: masks, labels, regions and tables to their images.

Rules are found in a sample of the names, tried in the order of how many targets of the sample follow them, and applied
to all names by looking up the part that both share: the work grows with the number of names, not with its square.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from rembi_widgets.naming._rules import MOST_CANDIDATES, Affix, Pattern, Rule, joint, learn
from rembi_widgets.naming._words import Name, cores, name_of, shape_of

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

SAMPLE = 240
"""Targets in which rules are looked for, evenly spread over all of them."""
MOST_RULES = 16
Place = tuple[str, ...]


@dataclass(frozen=True)
class Unmatched:
    """Names that found no partner."""

    sources: tuple[str, ...] = ()
    targets: tuple[str, ...] = ()


@dataclass(frozen=True)
class Matching:
    """What was matched.

    Attributes
    ----------
    pairs
        Source and target; a source may have many targets, a target has one source.
    unmatched
        Names without a partner, of both kinds.
    ambiguous
        Target to the sources it may belong to; a person has to choose.
    patterns
        The rules that the pairs follow, the commonest first.
    """

    pairs: tuple[tuple[str, str], ...] = ()
    unmatched: Unmatched = field(default_factory=Unmatched)
    ambiguous: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    patterns: tuple[Pattern, ...] = ()

    @property
    def pattern(self) -> Pattern | None:
        """The rule that most pairs follow."""
        return self.patterns[0] if self.patterns else None


@dataclass
class _Names:
    """The names while they are matched."""

    sources: list[Name]
    left: dict[str, Name]
    places: dict[str, Place]
    pairs: dict[str, str] = field(default_factory=dict)
    ambiguous: dict[str, tuple[str, ...]] = field(default_factory=dict)
    patterns: list[Pattern] = field(default_factory=list)

    def place(self, name: Name) -> Place:
        """Give the folders that tell something: those of a kind that both sides have."""
        return self.places[name.path]


def match_by_name(
    sources: Iterable[str], targets: Iterable[str], *, examples: Iterable[tuple[str, str]] = ()
) -> Matching:
    """Match files to the images they were made from, by their names and folders.

    Parameters
    ----------
    sources
        Paths of the images, with forward slashes. A path that is a target too is no source.
    targets
        Paths of what was made from them.
    examples
        Pairs (source, target) that a person gave: they hold, and so does what they teach.

    Examples
    --------
    >>> found = match_by_name(["a/c_1.tif", "a/c_2.tif"], ["m/c_1_mask.png", "m/c_2_mask.png", "m/notes.txt"])
    >>> found.pairs[0], found.unmatched.targets, str(found.pattern)
    (('a/c_1.tif', 'm/c_1_mask.png'), ('m/notes.txt',), 'a/{name}.tif ↔ m/{name}_mask.png')
    """
    wanted = list(dict.fromkeys(targets))
    taken = set(wanted)
    known = [path for path in dict.fromkeys(sources) if path not in taken]
    given = [(source, target) for source, target in examples if target in taken]
    names = _begin(known, wanted)
    _take_examples(names, given)
    _find(names)
    if names.left:
        loose = _begin(known, list(names.left), numbers=True)
        _find(loose)
        _by_folder(loose)
        _join(names, loose)
    return _told(known, wanted, names)


def _begin(sources: Sequence[str], targets: Sequence[str], *, numbers: bool = False) -> _Names:
    own = [name_of(path, numbers=numbers) for path in sources]
    others = [name_of(path, numbers=numbers) for path in targets]
    folders = {name.folders for name in own}, {name.folders for name in others}
    mine, theirs = ({shape_of(folder) for held in known for folder in held} for known in folders)
    telling = {
        held: tuple(folder for folder in held if shape_of(folder) in mine & theirs) for held in set().union(*folders)
    }
    places = {name.path: telling[name.folders] for name in (*own, *others)}
    return _Names(own, {name.path: name for name in others}, places)


def _take_examples(names: _Names, given: Sequence[tuple[str, str]]) -> None:
    """Take the pairs a person gave, then all that follow their rules."""
    by_path = {name.path: name for name in names.sources}
    chosen = dict[Rule, None]()
    for source, target in given:
        if source in by_path and target in names.left:
            rules = learn(by_path[source], names.left[target])
            counts = {rule: sum(len(found) == 1 for _, found in _followers(names, rule)) for rule in rules}
            chosen |= dict.fromkeys([max(rules, key=counts.__getitem__)] if rules else [])
    for source, target in given:
        if source in by_path and target in names.left:
            del names.left[target]
            names.pairs[target] = source
    for rule in chosen:
        _apply(names, rule)
    if names.pairs and not names.patterns:
        names.patterns += [Pattern(source, target, 1) for target, source in names.pairs.items()][:1]


def _find(names: _Names) -> None:
    """Find rules and apply them, the commonest first, until no target is left or no rule new."""
    tried = set[Rule]()
    for _ in range(2):  # what the commonest rules leave over may follow others
        rules = [rule for rule in _rules(names) if rule not in tried]
        for rule in rules:
            if names.left:
                _apply(names, rule)
        tried.update(rules)
        if not rules or not names.left:
            return


def _rules(names: _Names) -> list[Rule]:
    """Give the rules that a sample of the targets follows, the commonest first; those without rivals before others."""
    step = max(1, len(names.left) // SAMPLE)
    sample = list(names.left.values())[::step][: 2 * SAMPLE]
    wanted = {core for name in sample for _, core, _ in cores(name.stem)}
    index: dict[str, list[tuple[Name, Affix]]] = defaultdict(list)
    for name in names.sources:
        for before, core, behind in cores(name.stem):
            if core in wanted:
                index[core].append((name, (before, behind)))
    counted = Counter(rule for name in sample if (rule := _rule(names, name, index)))
    order = sorted(counted, key=lambda rule: (-counted[rule], len(rule.sources), rule.target))
    return order[:MOST_RULES]


def _rule(names: _Names, target: Name, index: Mapping[str, Sequence[tuple[Name, Affix]]]) -> Rule | None:
    """Give the rule of the longest shared part that only one source has, else of the one that fewest have."""
    place, fewest = names.place(target), MOST_CANDIDATES + 1
    best = None
    for before, core, behind in cores(target.stem):
        near = [affix for name, affix in index.get(core, ()) if names.place(name) == place]
        found = near or [affix for name, affix in index.get(core, ()) if _agree(names.place(name), place)]
        if len(found) >= fewest or not (rule := joint(found, (before, behind))):
            continue
        if len(found) == 1 or rule.is_plain:
            return rule
        best, fewest = rule, len(found)
    return best


def _agree(one: Place, other: Place) -> bool:
    """Tell whether one place says no more than the other, and nothing else."""
    return set(one) <= set(other) or set(other) <= set(one)


def _apply(names: _Names, rule: Rule) -> None:
    """Pair what follows a rule."""
    count, first = 0, None
    for target, found in list(_followers(names, rule)):
        if len(found) == 1:
            names.pairs[target.path] = found[0].path
            del names.left[target.path]
            count, first = count + 1, first or (found[0], target)
        else:
            names.ambiguous[target.path] = tuple(name.path for name in found)
            del names.left[target.path]
    if first:
        names.patterns.append(_pattern(rule, *first, count))


def _followers(names: _Names, rule: Rule) -> Iterator[tuple[Name, list[Name]]]:
    """Give targets and their sources after a rule: by folders and shared part, else where the folders agree."""
    exact: dict[tuple[Place, str], list[Name]] = defaultdict(list)
    anywhere: dict[str, list[Name]] = defaultdict(list)
    for name in names.sources:
        for core in rule.of_source(name.stem):
            exact[names.place(name), core].append(name)
            anywhere[core].append(name)
    for target in names.left.values():
        found = _candidates(names, rule, target, exact, anywhere)
        if found:
            yield target, found


def _candidates(
    names: _Names,
    rule: Rule,
    target: Name,
    exact: Mapping[tuple[Place, str], list[Name]],
    anywhere: Mapping[str, list[Name]],
) -> list[Name]:
    core = rule.of_target(target.stem)
    if core is None or core not in anywhere:
        return []
    place = names.place(target)
    near = exact.get((place, core))
    if near:
        return near if len(near) <= MOST_CANDIDATES else []
    far = anywhere[core]
    if len(far) > MOST_CANDIDATES * MOST_CANDIDATES:
        return []
    found = [name for name in far if _agree(names.place(name), place)]
    return found if len(found) <= MOST_CANDIDATES else []


def _by_folder(names: _Names) -> None:
    """Pair what lies in a folder that is called like one image, or that holds one image where others hold others."""
    stems, homes = defaultdict[str, list[Name]](list), defaultdict[Place, list[Name]](list)
    for name in names.sources:
        stems[name.stem].append(name)
        homes[names.place(name)].append(name)
    for target in list(names.left.values()):
        called = [stems[folder] for folder in target.folders if folder in stems]
        alone = homes.get(names.place(target), []) if len(homes) > 1 and names.place(target) else []
        found = called[-1] if called else alone
        if len(found) == 1:
            names.pairs[target.path] = found[0].path
            del names.left[target.path]


def _join(names: _Names, loose: _Names) -> None:
    names.pairs |= loose.pairs
    names.ambiguous |= loose.ambiguous
    names.patterns += loose.patterns


def _pattern(rule: Rule, source: Name, target: Name, count: int) -> Pattern:
    core = rule.of_target(target.stem) or ""
    return Pattern(_shown(source, core), _shown(target, core), count)


def _shown(name: Name, core: str) -> str:
    """Give a path with the shared part as ``{name}``, in the letters it was written in."""
    folder, _, base = name.path.rpartition("/")
    stem = base.removesuffix(name.extension)
    at = name.stem.find(core) if len(name.stem) == len(stem) else -1
    said = f"{stem[:at]}{{name}}{stem[at + len(core) :]}" if core and at >= 0 else stem
    return f"{folder}/{said}{name.extension}" if folder else f"{said}{name.extension}"


def _told(sources: Sequence[str], targets: Sequence[str], names: _Names) -> Matching:
    pairs = tuple((names.pairs[path], path) for path in targets if path in names.pairs)
    used = {source for source, _ in pairs}
    open_ = {path: names.ambiguous[path] for path in targets if path in names.ambiguous and path not in names.pairs}
    lonely = tuple(path for path in targets if path not in names.pairs and path not in open_)
    merged = sorted(_merged(names.patterns), key=lambda pattern: -pattern.count)
    return Matching(pairs, Unmatched(tuple(path for path in sources if path not in used), lonely), open_, tuple(merged))


def _merged(patterns: Iterable[Pattern]) -> Iterator[Pattern]:
    counts = Counter[tuple[str, str]]()
    for pattern in patterns:
        counts[pattern.source, pattern.target] += pattern.count
    for (source, target), count in counts.items():
        yield Pattern(source, target, count)
