// What other people do to the same dataset: who is there, what they changed, and where two gave different values.

import type { Value } from "./types.ts";

export interface Rival {
  change: string;
  author: string;
  at: string;
  value: Value;
  removed: boolean;
}
/** A field with several values, an entity removed by one and edited by another, or a column's rows (their number). */
export interface Conflict {
  path: string;
  rows: number;
  rivals: Rival[];
}
export interface Person {
  writer: string;
  author: string;
  host: string;
  /** Seconds since the last sign of life, when it was told. */
  active: number;
  /** The same person in another window. */
  me: boolean;
}
/** Whose a patch is. */
export interface By {
  author: string;
  me: boolean;
  paths: string[];
  count: number;
}
/** What is told of others' changes until it was seen. */
export interface News extends By {
  id: number;
}
/** A field that somebody else changed: until it was seen, or what is being typed there was given up. */
export interface Changed {
  author: string;
  me: boolean;
  /** The number of the patch before it: what a person knows who has not been shown it. */
  since: number;
  /** Something else is being typed there. */
  crossed: boolean;
}

/** Milliseconds between two times that a page says it is open. */
export const HERE_MS = 10_000;

/** Add what somebody changed to what is told already: the same person's changes are told together. */
export function newsWith(news: News[], by: By): News[] {
  const last = news.find((one) => one.author === by.author && one.me === by.me);
  if (!last) return [...news, { ...by, id: (news.at(-1)?.id ?? 0) + 1 }];
  const fresh = by.paths.filter((path) => !last.paths.includes(path));
  const count = last.count + fresh.length + Math.max(0, by.count - by.paths.length);
  const told = { ...last, paths: [...last.paths, ...fresh], count };
  return news.map((one) => (one === last ? told : one));
}

/** Note the fields that somebody changed; ``typing`` tells where something else is being typed. */
export function changedWith(
  changed: Record<string, Changed>,
  by: By,
  since: number,
  typing: (path: string) => boolean,
): Record<string, Changed> {
  const next = { ...changed };
  for (const path of by.paths) {
    const crossed = typing(path) || changed[path]?.crossed === true;
    next[path] = { author: by.author, me: by.me, since: changed[path]?.crossed ? changed[path].since : since, crossed };
  }
  return next;
}

export function without<T>(held: Record<string, T>, path: string): Record<string, T> {
  const { [path]: _gone, ...rest } = held;
  return rest;
}
