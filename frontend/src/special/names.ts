// What entities are called on these screens, and small turns that screens share.

import { useRef } from "preact/hooks";
import { useChosen, useText } from "../context.tsx";
import { sayValue } from "../fields/values.ts";
import { type Named, sectionOf } from "../form/naming.ts";
import type { Node, SectionGuide, Value } from "../types.ts";

export interface Names {
  all: Named[];
  /** Give the name of an id; undefined for one that is not there. */
  name(id: Value): string | undefined;
}

interface Made {
  lang: string;
  label: string;
  names: Names;
}

/** The names of a list are made once, however many lines of a page say them. */
const made = new WeakMap<Node[], Made>();

function namesOf(items: Node[], lang: string, label: string, untitled: (n: number) => string): Names {
  const held = made.get(items);
  if (held?.lang === lang && held.label === label) return held.names;
  const all = items.map((node, n) => ({ id: String(node.id), title: sayValue(node.title, lang) || untitled(n + 1) }));
  const known = new Map(all.map(({ id, title }) => [id, title]));
  const names: Names = { all, name: (id: Value) => (typeof id === "string" ? known.get(id) : undefined) };
  made.set(items, { lang, label, names });
  return names;
}

/** Follow the names of a collection whose entities have a title; one without is called by its number. */
export function useNames(collection: string): Names {
  const t = useText();
  const lang = useChosen((state) => state.lang);
  const guide = useChosen((state) => state.guide);
  const items = useChosen((state) => (state.record[collection] as Node[] | undefined) ?? NONE);
  const section = sectionOf(guide, collection);
  const label = section ? t(`guide.${section.name}.label`) : collection;
  return namesOf(items, lang, label, (n) => t("ui.form.untitled", { section: label, n }));
}

const NONE: Node[] = [];

/** A number that grows whenever one of some values is another. */
export function useTurn(...values: unknown[]): number {
  const held = useRef({ values, turn: 0 });
  if (values.some((value, n) => !Object.is(value, held.current.values[n])))
    held.current = { values, turn: held.current.turn + 1 };
  return held.current.turn;
}

/** Give a section without some of its groups: a screen draws these in its own way. */
export function withoutGroups(section: SectionGuide, names: string[]): SectionGuide {
  return { ...section, groups: section.groups.filter(({ name }) => !names.includes(name)) };
}

/** Write names one after the other, the last one after a word: ``a, b and c``. */
export function listed(names: string[], lang: string): string {
  return new Intl.ListFormat(lang === "fr" ? "fr" : "en", { type: "conjunction" }).format(names);
}
