// A header as a tree: values under the parts of the place they were read from. What is open, searched and drawn is
// worked out here, without a page.

/** Parts of the place, what stands there, and the fields that were filled from it. */
export type Leaf = [parts: string[], value: string, used?: string[]];

export interface Branch {
  id: number;
  name: string;
  value: string | undefined;
  used: string[];
  inner: Branch[];
  parent: Branch | undefined;
  /** Values at this branch and below. */
  count: number;
  /** Everything that a search looks at, in small letters. */
  words: string;
}

/** Branches that one branch shows before "more". */
export const LIMIT = 100;
/** Branches that are open at first, and those that a search opens by itself, as long as no more are drawn. */
const FIRST = 60;
const SEARCHED = 400;

/** Give the tree of leaves; its root is not shown. */
export function treeOf(leaves: readonly Leaf[]): Branch {
  let id = 0;
  const make = (name: string, parent: Branch | undefined): Branch => ({
    id: id++,
    name,
    value: undefined,
    used: [],
    inner: [],
    parent,
    count: 0,
    words: "",
  });
  const root = make("", undefined);
  const known = new Map<Branch, Map<string, Branch>>();
  for (const [parts, value, used = []] of leaves) {
    let at = root;
    for (const name of parts) {
      const below = known.get(at) ?? new Map<string, Branch>();
      known.set(at, below);
      let next = below.get(name);
      if (!next) {
        next = make(name, at);
        below.set(name, next);
        at.inner.push(next);
      }
      at = next;
    }
    if (at.value !== undefined) {
      const twin = make(at.name, at.parent); // said twice: both are shown
      at.parent?.inner.push(twin);
      at = twin;
    }
    at.value = value;
    at.used = used;
    at.words = [...parts, value, ...used].join(" ").toLowerCase();
    for (let up: Branch | undefined = at; up; up = up.parent) up.count += 1;
  }
  return root;
}

export function wordsOf(wanted: string): string[] {
  return wanted.toLowerCase().split(/\s+/).filter(Boolean);
}

export interface Found {
  /** Branches whose value is a hit, in the order of the tree. */
  hits: Branch[];
  /** Hits at each branch and below. */
  counts: Map<Branch, number>;
}

/** Find the values whose place, words or use hold all of the words; none is found for no words. */
export function search(root: Branch, words: readonly string[]): Found | undefined {
  if (!words.length) return undefined;
  const hits: Branch[] = [];
  const counts = new Map<Branch, number>();
  const look = (branch: Branch) => {
    if (branch.value !== undefined && words.every((word) => branch.words.includes(word))) {
      hits.push(branch);
      for (let up: Branch | undefined = branch; up; up = up.parent) counts.set(up, (counts.get(up) ?? 0) + 1);
    }
    for (const one of branch.inner) look(one);
  };
  look(root);
  return { hits, counts };
}

/** The inner branches that are there: all of them, or those with hits. */
export function innerOf(branch: Branch, found: Found | undefined): Branch[] {
  return found ? branch.inner.filter((one) => found.counts.has(one)) : branch.inner;
}

/** Give the branches that are open by themselves: level by level, as long as there is room for what they hold. */
export function opened(root: Branch, found: Found | undefined): Set<Branch> {
  const open = new Set<Branch>();
  let room = found ? SEARCHED : FIRST;
  let level = [root];
  while (level.length) {
    const next: Branch[] = [];
    for (const branch of level) {
      const inner = innerOf(branch, found);
      const drawn = Math.min(inner.length, LIMIT);
      if (!drawn || (branch !== root && drawn > room)) continue;
      room -= drawn;
      open.add(branch);
      next.push(...inner.slice(0, LIMIT));
    }
    level = next;
  }
  return open;
}

export interface Choices {
  /** What a person opened or closed. */
  open: ReadonlyMap<Branch, boolean>;
  /** How many inner branches are shown where a person asked for more. */
  room: ReadonlyMap<Branch, number>;
}

export interface Twig {
  branch: Branch;
  level: number;
  place: number;
  of: number;
  open: boolean;
  inner: Twig[];
  /** Inner branches beyond those that are shown. */
  more: number;
}

/** Give what is drawn: only what is open. */
export function drawn(root: Branch, found: Found | undefined, auto: ReadonlySet<Branch>, choices: Choices): Twig[] {
  const twigs = (parent: Branch, level: number): Twig[] => {
    const inner = innerOf(parent, found);
    return inner.slice(0, choices.room.get(parent) ?? LIMIT).map((branch, place) => {
      const below = innerOf(branch, found);
      const open = below.length > 0 && (choices.open.get(branch) ?? auto.has(branch));
      const more = open ? Math.max(0, below.length - (choices.room.get(branch) ?? LIMIT)) : 0;
      const of = inner.length;
      return { branch, level, place: place + 1, of, open, inner: open ? twigs(branch, level + 1) : [], more };
    });
  };
  return twigs(root, 1);
}

/** Give choices under which a branch is drawn, whatever was closed or cut off before. */
export function revealing(branch: Branch, found: Found | undefined, choices: Choices): Choices {
  const open = new Map(choices.open);
  const room = new Map(choices.room);
  for (let at = branch; at.parent; at = at.parent) {
    const parent = at.parent;
    if (parent.parent) open.set(parent, true);
    const place = innerOf(parent, found).indexOf(at);
    if (place >= (room.get(parent) ?? LIMIT)) room.set(parent, LIMIT * Math.ceil((place + 1) / LIMIT));
  }
  return { open, room };
}

/** Cut a text at what was searched for: pieces, and whether each is a hit. */
export function marked(text: string, words: readonly string[]): [string, boolean][] {
  const small = text.toLowerCase();
  if (small.length !== text.length) return [[text, false]]; // a letter that grows when made small: places would differ
  const hit = new Uint8Array(text.length);
  for (const word of words)
    for (let at = small.indexOf(word); at >= 0; at = small.indexOf(word, at + 1)) hit.fill(1, at, at + word.length);
  const pieces: [string, boolean][] = [];
  for (let at = 0; at < text.length; ) {
    const begin = at;
    while (at < text.length && hit[at] === hit[begin]) at++;
    pieces.push([text.slice(begin, at), hit[begin] === 1]);
  }
  return pieces;
}
