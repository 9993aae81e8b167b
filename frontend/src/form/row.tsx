// The form of one row of a table, whose values come by request and are set one by one.

import { useEffect, useMemo, useState } from "preact/hooks";
import { useChosen, useStore, useText } from "../context.tsx";
import { useUnique } from "../fields/frame.tsx";
import { type Row, RowProvider } from "../fields/held.tsx";
import { sayValue } from "../fields/values.ts";
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

/** Rows listed at once; a filter finds the others. */
const LISTED = 50;

/** A table without a screen of its own: choose a row, then its form. */
export function Rows({ section, path }: { section: SectionGuide; path: string }) {
  const t = useText();
  const store = useStore();
  const id = useUnique();
  const changed = useChosen((state) => state.tablesChanged);
  const [wanted, setWanted] = useState("");
  const [rows, setRows] = useState<Node[]>([]);
  const [chosen, choose] = useState<string>();
  useEffect(() => {
    let late = false;
    void store.ask("rows", { table: section.collection, filter: wanted, limit: LISTED }).then((answer) => {
      if (!late) setRows((answer?.rows as Node[] | undefined) ?? []);
    });
    return () => {
      late = true;
    };
  }, [store, section, wanted, changed]);
  const now = chosen ?? (rows[0]?.id as string | undefined);
  return (
    <>
      <div class="rw-cols rw-waiting">
        <input
          class="rw-input"
          type="search"
          placeholder={t("ui.form.find")}
          aria-label={t("ui.form.find_in", { section: t(`guide.${section.name}.plural`) })}
          value={wanted}
          onInput={(event) => setWanted(event.currentTarget.value)}
        />
        <select
          class="rw-input"
          id={id}
          aria-label={t(`guide.${section.name}.label`)}
          value={now}
          onChange={(event) => choose(event.currentTarget.value)}
        >
          {rows.map((row) => (
            <option key={row.id} value={row.id}>
              {sayValue(row.path ?? row.scene_name ?? row.id, store.state.lang)}
            </option>
          ))}
        </select>
      </div>
      {now ? (
        <AloneRow key={now} section={section} path={`${path}/${now}`} />
      ) : (
        <p>{t(`guide.${section.name}.empty`)}</p>
      )}
    </>
  );
}
