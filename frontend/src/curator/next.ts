// The next best step, in words: what to do first, of all that is left for the first target.

import { useMemo } from "preact/hooks";
import { type Place, useChosen, useStore, useTargets, useText } from "../context.tsx";
import { parts } from "../record.ts";
import type { State } from "../store.ts";
import type { Guide } from "../types.ts";
import { HOSTS, placeOf, RAIL, sectionOf, wordsOf } from "./place.ts";

export interface Step {
  words: string;
  place: Place;
}

const ORDER = RAIL.flatMap(({ items }) => items).flatMap((name) => [
  name,
  ...Object.keys(HOSTS).filter((guest) => HOSTS[guest] === name),
]);

type Text = ReturnType<typeof useText>;

/** Give the section of which first an entity must be added before its next question can be answered. */
export function addedFirst(guide: Guide, next: { path: string }): string | undefined {
  const names = parts(next.path);
  const section = names.length === 1 ? sectionOf(guide, names[0] ?? "") : undefined;
  return section?.kind === "many" ? section.name : undefined;
}

/** Give the path that a section's next answer is at: a field, or the list of its host that something is added to. */
export function leadOfNext(guide: Guide, next: { path: string; field?: string }): string | undefined {
  const names = parts(next.path);
  const first = addedFirst(guide, next);
  if (first) return HOSTS[first] ? next.path : undefined;
  return next.field && names.at(-1) !== next.field ? `${next.path}/${next.field}` : next.path;
}

function answerStep(state: State, t: Text): Step | undefined {
  const { report, guide, record } = state;
  for (const name of ORDER) {
    const progress = report?.progress[name];
    if (!progress?.next || progress.to_do === 0) continue;
    const path = leadOfNext(guide, progress.next);
    const first = addedFirst(guide, progress.next);
    if (first) return { words: t(`guide.${first}.add`), place: path ? placeOf(guide, path) : { section: first } };
    if (!path) continue;
    return { words: t("ui.next.answer", { what: wordsOf(record, guide, path, t) }), place: placeOf(guide, path) };
  }
  return undefined;
}

function pencilStep(state: State, t: Text): Step | undefined {
  const name = ORDER.find((section) => (state.report?.progress[section]?.pencil ?? 0) > 0);
  if (!name) return undefined;
  const n = state.report?.progress[name]?.pencil ?? 0;
  const words = t.n("ui.next.pencil", n, { what: t(`guide.${name}.label`) });
  return { words, place: { section: HOSTS[name] ?? name } };
}

function stepOf(state: State, target: string, t: Text): Step | undefined {
  if (!state.report) return undefined;
  if (state.tables.images === 0 && state.scan.state === "idle")
    return { words: t("ui.next.read"), place: { section: "gallery" } };
  const step = answerStep(state, t) ?? pencilStep(state, t);
  if (step) return step;
  const left = state.report.targets[target]?.left ?? 0;
  if (left > 0) return { words: t.n("ui.next.findings", left), place: { section: "findings" } };
  const words = t("ui.next.export", { target: t(`guide.target.${target}`) });
  return { words, place: { section: "findings", id: "export" } };
}

export function useNext(): Step | undefined {
  const store = useStore();
  const t = useText();
  const [target = "isatab"] = useTargets();
  const report = useChosen((state) => state.report);
  const images = useChosen((state) => state.tables.images);
  const scan = useChosen((state) => state.scan.state);
  return useMemo(() => stepOf(store.state, target, t), [store, report, images, scan, target, t]);
}
