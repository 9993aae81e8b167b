// Which rows of a table are chosen: some by their ids, or all that match a filter, however many.

import { useEffect, useMemo, useState } from "preact/hooks";
import { useStore } from "../context.tsx";
import { WORK_MS } from "./ask.ts";
import type { Page, TableName } from "./columns.ts";

export interface Query {
  table: TableName;
  filter: string;
  where: Record<string, unknown>;
  sort: string;
  rows?: string[] | undefined;
}

export interface Selection {
  count: number;
  has(id: string): boolean;
  toggle(id: string, at: number, range: boolean, page: { ids: string[]; offset: number }): void;
  setPage(ids: string[], on: boolean): void;
  all(matched: number): void;
  clear(): void;
  /** What a message to the kernel says about the rows meant. */
  query(): Omit<Query, "sort">;
}

type Held = { kind: "some"; ids: Set<string> } | { kind: "all"; count: number };

export function useSelection(query: Query): Selection {
  const store = useStore();
  const [held, hold] = useState<Held>({ kind: "some", ids: new Set() });
  const [anchor, setAnchor] = useState<number | undefined>();
  useEffect(() => {
    // "All that match" means those that matched when it was said.
    hold((old) => (old.kind === "all" ? { kind: "some", ids: new Set() } : old));
  }, [query]);
  return useMemo(() => {
    const some = () => (held.kind === "some" ? held.ids : new Set<string>());
    const add = (ids: Iterable<string>) => hold({ kind: "some", ids: new Set([...some(), ...ids]) });
    const between = async (from: number, to: number, page: { ids: string[]; offset: number }) => {
      const [low, high] = [Math.min(from, to), Math.max(from, to)];
      const near = low >= page.offset && high < page.offset + page.ids.length;
      if (near) return add(page.ids.slice(low - page.offset, high - page.offset + 1));
      const told = await store.ask("rows", { ...query, offset: 0, limit: 1, ids: true }, WORK_MS);
      add((told as unknown as Page | undefined)?.ids?.slice(low, high + 1) ?? []);
    };
    return {
      count: held.kind === "all" ? held.count : held.ids.size,
      has: (id) => held.kind === "all" || held.ids.has(id),
      toggle: (id, at, range, page) => {
        if (range && anchor !== undefined) void between(anchor, at, page);
        else if (held.kind === "all") hold({ kind: "some", ids: new Set(page.ids.filter((other) => other !== id)) });
        else if (held.ids.has(id)) hold({ kind: "some", ids: new Set([...held.ids].filter((other) => other !== id)) });
        else add([id]);
        setAnchor(at);
      },
      setPage: (ids, on) => {
        if (on) add(ids);
        else hold({ kind: "some", ids: new Set([...some()].filter((id) => !ids.includes(id))) });
      },
      all: (matched) => hold({ kind: "all", count: matched }),
      clear: () => hold({ kind: "some", ids: new Set() }),
      query: () => {
        const { table, filter, where, rows } = query;
        if (held.kind === "some") return { table, filter: "", where: {}, rows: [...held.ids] };
        return rows ? { table, filter, where, rows } : { table, filter, where };
      },
    };
  }, [store, held, anchor, query]);
}
