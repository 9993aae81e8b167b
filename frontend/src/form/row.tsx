// The form of one row of a table, whose values come by request and are set one by one.

import { useEffect, useMemo, useState } from "preact/hooks";
import { useChosen, useStore } from "../context.tsx";
import { type Row, RowProvider } from "../fields/held.tsx";
import { isEmpty } from "../record.ts";
import type { Mark, Node, SectionGuide, Value } from "../types.ts";
import { EntityForm } from "./body.tsx";

/** Fetch a row of a table and follow it: own edits show at once, the kernel's word replaces them. */
export function useRow(table: string, id: string): Row | undefined {
  const store = useStore();
  const changed = useChosen((state) => state.tablesChanged);
  const [kept, keep] = useState<{ values: Node; marks: Record<string, Mark> }>();
  useEffect(() => {
    let late = false;
    void store.ask("rows", { table, rows: [id], limit: 1 }).then((answer) => {
      const [found] = (answer?.rows as Node[] | undefined) ?? [];
      if (late || !found) return;
      const { marks, ...values } = found;
      keep({ values, marks: (marks ?? {}) as Record<string, Mark> });
    });
    return () => {
      late = true;
    };
  }, [store, table, id, changed]);
  return useMemo(() => {
    if (!kept) return undefined;
    const set = (field: string, value: Value) => {
      const { [field]: _old, ...marks } = kept.marks;
      const { [field]: _was, ...others } = kept.values;
      keep({ values: isEmpty(value) ? others : { ...others, [field]: value }, marks });
      void store.set(`/${table}/${id}/${field}`, value);
    };
    return { ...kept, set };
  }, [kept, store, table, id]);
}

export function AloneRow({ section, path }: { section: SectionGuide; path: string }) {
  const row = useRow(section.collection, path.split("/")[2] ?? "");
  if (!row) return <span class="rw-busy" aria-hidden="true" />;
  return (
    <RowProvider value={row}>
      <EntityForm section={section} path={path} />
    </RowProvider>
  );
}
