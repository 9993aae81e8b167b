// One form over many images: what they share, and setting or confirming a value for all of them.

import { useEffect, useMemo, useRef, useState } from "preact/hooks";
import { useChosen, useStore, useText } from "../context.tsx";
import { type Asked, number, useAnswer, WORK_MS } from "../curator/ask.ts";
import { same } from "../fields/values.ts";
import { isEmpty } from "../record.ts";
import type { Mark, Node, Origin, Value } from "../types.ts";
import type { Scope } from "./scope.ts";

/** What the images of a scope say in one column. */
export interface Shared {
  value?: Value;
  /** How many different values there are, none being one of them. */
  mixed?: number;
  examples?: Value[];
  counts?: number[];
  empty?: number;
  /** Values that no person has confirmed. */
  pencil?: number;
  origin?: Origin;
}

export interface Summary {
  count: number;
  fields: Record<string, Shared>;
}

export interface Many {
  asked: Asked<Summary>;
  count: number;
  fields: Record<string, Shared>;
  values: Node;
  marks: Record<string, Mark>;
  set(field: string, value: Value): void;
  confirm(fields?: string[]): void;
  /** What was done last, as a sentence. */
  said: string;
}

function valuesOf(fields: Record<string, Shared>, own: Node): Node {
  const shared = Object.entries(fields).map(([name, said]) => [name, said.value]);
  const all = { ...Object.fromEntries(shared), ...own };
  return Object.fromEntries(Object.entries(all).filter(([, value]) => !isEmpty(value)));
}

function marksOf(fields: Record<string, Shared>, own: Node): Record<string, Mark> {
  const known = Object.entries(fields).filter(([name, said]) => !(name in own) && (said.pencil || said.origin));
  return Object.fromEntries(
    known.map(([name, { pencil, origin }]) => [name, { confirmed: !pencil, ...(origin ? { origin } : {}) }]),
  );
}

export function useMany(scope: Scope): Many {
  const t = useText();
  const store = useStore();
  const lang = useChosen((state) => state.lang);
  const changed = useChosen((state) => state.tablesChanged);
  const status = useChosen((state) => state.status);
  const query = useMemo(() => ({ table: "images", ...scope }), [scope]);
  const asked = useAnswer<Summary>("summary", query, JSON.stringify([query, changed]), status !== "starting");
  const [own, setOwn] = useState<Node>({});
  const [said, setSaid] = useState("");
  const waiting = useRef(new Map<string, { query: object; value: Value }>());
  useEffect(() => setOwn({}), [asked.data]);
  const fill = async (field: string, value: Value, of: object) => {
    waiting.current.set(field, { query: of, value });
    const answer = await store.ask("fill", { ...of, column: field, value: isEmpty(value) ? null : value }, WORK_MS);
    if (!answer && store.state.status === "offline") return; // kept, and sent once the kernel is back
    waiting.current.delete(field);
    if (!answer) return setOwn({});
    const n = Number(answer.count ?? 0);
    setSaid(t.n("ui.special.set_for", n, { count: number(n, lang, 0) }));
  };
  useEffect(() => {
    if (status === "ready") for (const [field, { query: of, value }] of waiting.current) void fill(field, value, of);
  }, [status]);
  const fields = asked.data?.fields ?? {};
  const set = (field: string, value: Value) => {
    const path = `/images/${field}`;
    store.draft(path, undefined);
    store.touch(path);
    if (field in fields && !fields[field]?.mixed && same(fields[field]?.value, value)) return;
    setOwn((old) => ({ ...old, [field]: value }));
    void fill(field, value, query);
  };
  const confirm = async (columns?: string[]) => {
    const answer = await store.ask("fill", { ...query, confirm: true, ...(columns ? { columns } : {}) }, WORK_MS);
    const n = asked.data?.count ?? 0;
    if (answer) setSaid(t.n("ui.special.confirmed_for", n, { count: number(n, lang, 0) }));
  };
  return {
    asked,
    count: asked.data?.count ?? 0,
    fields,
    values: useMemo(() => valuesOf(fields, own), [asked.data, own]),
    marks: useMemo(() => marksOf(fields, own), [asked.data, own]),
    set,
    confirm: (columns) => void confirm(columns),
    said,
  };
}
