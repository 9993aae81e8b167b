// Keys of the whole app: those that neither browser nor system has taken, and none that is a single letter.

import { useRef } from "preact/hooks";
import { type Place, useStore, useTargets } from "../context.tsx";
import { leadOfNext } from "./next.ts";
import { isOffered, placeOf, RAIL } from "./place.ts";

const ALL = RAIL.flatMap(({ items }) => items);

function isTyping(target: EventTarget | null): boolean {
  const element = target as HTMLElement | null;
  return !!element?.closest?.("input:not([type=checkbox]):not([type=radio]), textarea, select, [contenteditable]");
}

export function useKeys(place: Place, go: (place: Place) => void, help: () => void) {
  const store = useStore();
  const finding = useRef(-1);
  const targets = useTargets();
  const places = ALL.filter((name) => isOffered(name, targets));
  const section = (step: number) => {
    const now = Math.max(0, places.indexOf(place.section));
    const next = places[(now + step + places.length) % places.length];
    if (next) go({ section: next });
  };
  const nextFinding = () => {
    const findings = store.state.report?.findings ?? [];
    finding.current = (finding.current + 1) % Math.max(1, findings.length);
    const path = findings[finding.current]?.path;
    go(path ? placeOf(store.state.guide, path) : { section: "findings" });
  };
  const nextField = () => {
    const { report, guide } = store.state;
    const name = places.find((section) => report?.progress[section]?.next);
    const next = name && report?.progress[name]?.next;
    if (!name || !next) return go({ section: "findings" });
    const path = leadOfNext(guide, next);
    go(path ? placeOf(guide, path) : { section: name });
  };
  const undoing = (event: KeyboardEvent) => {
    if (isTyping(event.target)) return false;
    void (event.shiftKey ? store.redo() : store.undo());
    return true;
  };
  const goBack = (event: KeyboardEvent) => {
    if (!place.back || (event.target as HTMLElement | null)?.closest?.("dialog")) return false;
    go(place.back);
    return true;
  };
  return (event: KeyboardEvent) => {
    if (event.defaultPrevented) return;
    const control = event.ctrlKey || event.metaKey;
    const acts: Record<string, () => unknown> = {
      F1: help,
      F8: nextFinding,
      F9: nextField,
      PageDown: () => (event.altKey ? section(1) : false),
      PageUp: () => (event.altKey ? section(-1) : false),
      z: () => control && undoing(event),
      Escape: () => goBack(event),
    };
    const act = acts[event.key.length === 1 ? event.key.toLowerCase() : event.key];
    if (act && act() !== false) event.preventDefault();
  };
}
