// The rows of a table that are near what is seen: asked for in slices, kept while the table is the same.

import { useEffect, useRef, useState } from "preact/hooks";
import { useStore } from "../context.tsx";
import { WORK_MS } from "../curator/ask.ts";

export const SLICE = 100;
/** Milliseconds that scrolling rests before rows are asked for. */
const REST_MS = 40;
/** Slices that are kept at most: 20,000 rows. */
const KEPT = 200;

export interface Slices {
  row(place: number): string[] | undefined;
}

/** Hold the rows from ``first`` to ``last``; ``key`` names the table as it is now. */
export function useSlices(ask: { file: string; profile: string }, key: string, first: number, last: number): Slices {
  const store = useStore();
  const [, draw] = useState(0);
  const held = useRef({ key, slices: new Map<number, string[][]>(), asked: new Set<number>() });
  if (held.current.key !== key) held.current = { key, slices: new Map(), asked: new Set() };
  useEffect(() => {
    const now = held.current;
    const wanted: number[] = [];
    for (let slice = Math.floor(first / SLICE); slice <= Math.floor(last / SLICE); slice++)
      if (!now.asked.has(slice)) wanted.push(slice);
    if (!wanted.length) return;
    const timer = setTimeout(() => {
      for (const slice of wanted) {
        now.asked.add(slice);
        store.wire.request("isa-rows", { ...ask, offset: slice * SLICE, limit: SLICE }, [], WORK_MS).then(
          ({ content }) => {
            now.slices.set(slice, content.rows as string[][]);
            for (const old of now.slices.keys()) {
              if (now.slices.size <= KEPT) break;
              now.slices.delete(old);
              now.asked.delete(old);
            }
            draw((n) => n + 1);
          },
          () => now.asked.delete(slice),
        );
      }
    }, REST_MS);
    return () => clearTimeout(timer);
  }, [key, first, last, store]);
  return { row: (place) => held.current.slices.get(Math.floor(place / SLICE))?.[place % SLICE] };
}
