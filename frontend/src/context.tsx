// How parts of a view reach the store: hooks that draw again only when what they chose has changed.

import { createContext } from "preact";
import { useContext, useEffect, useMemo, useState } from "preact/hooks";
import { isPencil, listAt, valueAt } from "./record.ts";
import type { State, Store } from "./store.ts";
import type { FieldGuide, Finding, Mark, Node, SectionGuide, Value } from "./types.ts";

export interface Place {
  section: string;
  id?: string | undefined;
  path?: string | undefined;
  /** Where Escape leads back to: the place a person was led here from. */
  back?: Place | undefined;
}

/** Where a view can lead a person to; a view alone in a cell leads nowhere. */
export interface Way {
  /** Prefix of ids in the page: two displays of one view never share an id. */
  prefix: string;
  go(place: Place): void;
  /** Whether ``go`` leads anywhere: links to other places are shown only then. */
  leads?: boolean;
  /** The field whose help is shown, and how to show another. */
  focus(section: string, field: string, path: string): void;
}

const StoreContext = createContext<Store | null>(null);
const WayContext = createContext<Way>({ prefix: "rw", go: () => undefined, focus: () => undefined });

export const StoreProvider = StoreContext.Provider;
export const WayProvider = WayContext.Provider;

export function useStore(): Store {
  const store = useContext(StoreContext);
  if (!store) throw new Error("no store around this view");
  return store;
}

export function useWay(): Way {
  return useContext(WayContext);
}

/** Follow a part of the state; the part is compared by identity, so choose what keeps its identity. */
export function useChosen<T>(choose: (state: State) => T): T {
  const store = useStore();
  const [, draw] = useState(0);
  const chosen = choose(store.state);
  const box = useMemo(() => ({ chosen, choose }), []);
  box.chosen = chosen;
  box.choose = choose;
  useEffect(() => {
    const look = () => {
      if (!Object.is(box.choose(store.state), box.chosen)) draw((n) => n + 1);
    };
    look(); // what changed between drawing and subscribing
    return store.subscribe(look);
  }, [store, box]);
  return chosen;
}

export type Say = (key: string, values?: Record<string, unknown>) => string;

/** The texts in the person's language. ``t.n`` chooses between ``key.one`` and ``key.many``. */
export function useText(): Say & { n: (key: string, n: number, values?: Record<string, unknown>) => string } {
  const store = useStore();
  const lang = useChosen((state) => state.lang);
  const texts = useChosen((state) => state.texts);
  return useMemo(() => {
    const say: Say = (key, values) => store.text(key, values);
    const one = (n: number) => (lang === "fr" ? n < 2 : n === 1);
    const n = (key: string, count: number, values: Record<string, unknown> = {}) =>
      say(`${key}.${one(count) ? "one" : "many"}`, { n: count, ...values });
    return Object.assign(say, { n });
  }, [store, lang, texts]);
}

export function useSection(name: string): SectionGuide | undefined {
  return useChosen((state) => state.guide.sections[name]);
}

export function useValue(path: string): Value {
  return useChosen((state) => valueAt(state.record, path));
}

export function useMark(path: string): Mark | undefined {
  return useChosen((state) => state.marks[path]);
}

export function useList(collection: string): Node[] {
  return useChosen((state) => listAt(state.record, collection));
}

/** The findings at one field, once it was touched or a check was asked for. */
export function useFindings(path: string): Finding[] {
  const shown = useChosen((state) => state.checked || state.touched.has(path));
  const findings = useChosen((state) => state.report?.findings);
  return useMemo(
    () => (shown ? (findings ?? []).filter((finding) => finding.path === path) : []),
    [shown, findings, path],
  );
}

export function usePencil(path: string): boolean {
  return isPencil(useMark(path));
}

/** The targets a person chose; the first decides what is asked first. */
export function useTargets(): string[] {
  const chosen = useValue("/setup/targets");
  return useMemo(() => (Array.isArray(chosen) && chosen.length ? (chosen as string[]) : ["isatab"]), [chosen]);
}

/** Whether a field or section is asked for the chosen kinds of imaging. */
export function useScope(): (scope: string[] | undefined) => boolean {
  const chosen = useValue("/setup/imaging");
  return useMemo(() => {
    const kinds = Array.isArray(chosen) && chosen.length ? (chosen as string[]) : undefined;
    return (scope) => !kinds || !scope?.length || scope.some((kind) => kinds.includes(kind));
  }, [chosen]);
}

const RANK = { required: 0, recommended: 1, optional: 2 } as const;

/** The strictest level a field has among the chosen targets. */
export function levelOf(field: FieldGuide, targets: string[]): "required" | "recommended" | "optional" {
  const levels = targets.map((target) => field.levels[target] ?? "optional");
  return levels.sort((a, b) => RANK[a] - RANK[b])[0] ?? "optional";
}
