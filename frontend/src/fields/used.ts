// Terms that stand in the study already: what was said of one biosample is likely said of the next.

import type { CurationRecord, FieldGuide, Guide, Node, Term } from "../types.ts";
import { isTerm, itemsOf } from "./values.ts";

export interface Used {
  term: Term;
  count: number;
}

export function vocabularyOf(field: FieldGuide): string {
  return field.terms ?? field.name;
}

/** Names of the fields that draw on one vocabulary, wherever they stand. */
function namesOf(guide: Guide, vocabulary: string): Set<string> {
  const fields = Object.values(guide.sections).flatMap((section) => section.fields);
  return new Set(fields.filter((field) => vocabularyOf(field) === vocabulary).map(({ name }) => name));
}

function gather(node: unknown, names: Set<string>, found: Map<string, Used>): void {
  if (Array.isArray(node)) for (const item of node) gather(item, names, found);
  else if (node && typeof node === "object") {
    for (const [name, value] of Object.entries(node as Node)) {
      if (names.has(name)) count(value, found);
      else if (typeof value === "object") gather(value, names, found);
    }
  }
}

function count(value: unknown, found: Map<string, Used>): void {
  for (const item of itemsOf<unknown>(value)) {
    const term = typeof item === "string" ? { label: item } : item;
    if (!isTerm(term) || !term.label) continue;
    const key = keyOf(term);
    const held = found.get(key);
    if (held) held.count += 1;
    else found.set(key, { term, count: 1 });
  }
}

/** What a term is told from others by: its id, free text by its words. */
export function keyOf(term: Term): string {
  return term.id ?? ` ${term.label.trim().toLocaleLowerCase()}`;
}

/** Give the terms of a vocabulary that stand in the record, those that stand most often first. */
export function usedTerms(record: CurationRecord, guide: Guide, field: FieldGuide): Used[] {
  const found = new Map<string, Used>();
  gather(record, namesOf(guide, vocabularyOf(field)), found);
  return [...found.values()].sort((a, b) => b.count - a.count);
}
