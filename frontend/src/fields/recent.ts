// Terms a person took lately, one list a vocabulary, kept in the browser so that they are there after a reload.

import type { Term } from "../types.ts";

const KEY = "rembi:recent-terms";
/** Terms kept for each vocabulary. */
export const KEPT = 12;

function storage(): Storage | undefined {
  try {
    return globalThis.localStorage;
  } catch {
    return undefined; // a page whose storage is closed to it
  }
}

function isTerm(item: unknown): item is Term {
  const { label, id } = (item ?? {}) as Partial<Term>;
  return typeof label === "string" && label !== "" && typeof id === "string";
}

function all(keep: Storage | undefined): Record<string, unknown> {
  try {
    const read: unknown = JSON.parse(keep?.getItem(KEY) ?? "{}");
    return read && typeof read === "object" && !Array.isArray(read) ? (read as Record<string, unknown>) : {};
  } catch {
    return {};
  }
}

/** Give the terms taken lately from a vocabulary, the last one first. */
export function recentTerms(vocabulary: string, keep = storage()): Term[] {
  const held = all(keep)[vocabulary];
  return Array.isArray(held) ? held.filter(isTerm) : [];
}

/** Remember a term that was taken; free text is no term to offer again. */
export function remember(vocabulary: string, term: Term, keep = storage()): void {
  if (!keep || !isTerm(term)) return;
  const others = recentTerms(vocabulary, keep).filter(({ id }) => id !== term.id);
  const { label, id, ontology } = term;
  const fresh = { label, id, ...(ontology ? { ontology } : {}) };
  try {
    keep.setItem(KEY, JSON.stringify({ ...all(keep), [vocabulary]: [fresh, ...others].slice(0, KEPT) }));
  } catch {
    // a full storage costs the memory of recent terms, nothing else
  }
}
