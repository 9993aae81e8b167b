// Files and images as a table: filtered, sorted, a page at a time, so that half a million rows cost what a hundred do.

import { useEffect, useMemo, useState } from "preact/hooks";
import { useChosen, useText } from "../context.tsx";
import { Icon } from "../icons.tsx";
import { parts } from "../record.ts";
import { askedIn } from "../special/scope.ts";
import type { Guide } from "../types.ts";
import { TableRivals } from "../writers/rivals.tsx";
import { number, useAnswer } from "./ask.ts";
import { columnsOf, fieldsOf, type Page, QUIET, type TableName } from "./columns.ts";
import { Grid } from "./grid.tsx";
import { type Query, useSelection } from "./selection.ts";
import { SetBar } from "./setbar.tsx";
import { ColumnMenu, Empty, Filter, LIMIT, Pager, TableSwitch } from "./tableparts.tsx";

/** Where a path or a link leads: which table, only some rows, a column to bring into view. */
interface Lead {
  table: TableName;
  where: Record<string, unknown>;
  rows: string[] | undefined;
  column: string | undefined;
}

export function leadOf(guide: Guide, path: string | undefined): Lead {
  const [place = "", asked = ""] = (path ?? "").split("?");
  const [name, ...rest] = parts(place);
  const table = name === "files" ? "files" : "images";
  const columns = new Set(fieldsOf(guide, table).map((field) => field.name));
  const row = rest[0] && !columns.has(rest[0]) ? rest[0] : undefined;
  const column = rest.find((part) => columns.has(part));
  const scope = askedIn(`?${asked}`, fieldsOf(guide, table));
  return { table, where: scope.where, rows: row ? [row] : scope.rows, column };
}

function useColumns(guide: Guide, table: TableName, present: string[] | undefined, column: string | undefined) {
  const [turned, setTurned] = useState<Record<string, boolean>>({});
  const all = useMemo(() => columnsOf(guide, table), [guide, table]);
  const key = (present ?? []).join(" ");
  const shown = useMemo(() => {
    const filled = new Set(key.split(" "));
    const wants = (name: string) =>
      turned[`${table} ${name}`] ?? ((filled.has(name) && !QUIET.has(name)) || name === column);
    return new Set(all.map((field) => field.name).filter(wants));
  }, [all, key, turned, table, column]);
  const fields = useMemo(() => all.filter((field) => shown.has(field.name)), [all, shown]);
  const turn = (name: string) => setTurned((old) => ({ ...old, [`${table} ${name}`]: !shown.has(name) }));
  return { all, shown, fields, turn };
}

export function TableScreen({ path }: { path?: string | undefined }) {
  const t = useText();
  const guide = useChosen((state) => state.guide);
  const lang = useChosen((state) => state.lang);
  const changed = useChosen((state) => state.tablesChanged);
  const ready = useChosen((state) => state.status !== "starting");
  const lead = useMemo(() => leadOf(guide, path), [guide, path]);
  const [table, setTable] = useState<TableName>(lead.table);
  const [narrow, setNarrow] = useState(true);
  const [filter, setFilter] = useState("");
  const [sort, setSort] = useState("");
  const [offset, setOffset] = useState(0);
  const [shown, setShown] = useState<{ column: string; at: number } | undefined>();
  const aim = useMemo(() => shown ?? (lead.column ? { column: lead.column, at: 0 } : undefined), [shown, lead]);
  const show = (column: string) => setShown((old) => ({ column, at: (old?.at ?? 0) + 1 }));
  const led = narrow && table === lead.table && (lead.rows !== undefined || Object.keys(lead.where).length > 0);
  const query: Query = useMemo(
    () => ({ table, filter, sort, where: led ? lead.where : {}, ...(led && lead.rows ? { rows: lead.rows } : {}) }),
    [table, filter, sort, led, lead],
  );
  useEffect(() => setOffset(0), [query]);
  const answer = useAnswer<Page>(
    "rows",
    { ...query, offset, limit: LIMIT },
    JSON.stringify([query, offset, changed]),
    ready,
  );
  const page = answer.data;
  const selection = useSelection(query);
  const columns = useColumns(guide, table, page?.columns, aim?.column);
  const say = (n: number) => number(n, lang, 0);
  const choose = (name: TableName) => {
    setTable(name);
    setSort("");
    selection.clear();
  };
  const filtered = filter !== "" || led;
  const clear = () => {
    setNarrow(false);
    setFilter("");
  };
  const section = table === "images" ? "image" : "file";
  return (
    <div class="rw-desk">
      <div class="rw-bar">
        <h1 tabIndex={-1}>{t("ui.place.table")}</h1>
        <TableSwitch table={table} choose={choose} />
        <span class="rw-num" role="status">
          {page && t.n("ui.table.total", page.total, { count: say(page.total) })}
          {page && page.matched < page.total && (
            <span class="rw-two">, {t.n("ui.table.match", page.matched, { count: say(page.matched) })}</span>
          )}
        </span>
        {led && (
          <button class="rw-btn is-small" type="button" onClick={() => setNarrow(false)}>
            <Icon name="cross" />
            {t("ui.table.show_all")}
          </button>
        )}
        <span class="rw-gap" />
        <Filter key={narrow ? "led" : "all"} change={setFilter} />
        <ColumnMenu fields={columns.all} section={section} shown={columns.shown} turn={columns.turn} />
      </div>
      <TableRivals table={table} />
      {selection.count > 0 && (
        <SetBar key={table} table={table} selection={selection} matched={page?.matched ?? 0} changed={show} />
      )}
      {answer.fault !== undefined && (
        <div class="rw-banner is-error rw-inset">
          <Icon name="error" />
          <div>{answer.fault || t("ui.no_answer")}</div>
          <button class="rw-btn is-small" type="button" onClick={answer.again}>
            {t("ui.try_again")}
          </button>
        </div>
      )}
      {!page && answer.busy && (
        <div class="rw-empty rw-wait rw-inset">
          <span class="rw-busy" aria-hidden="true" />
        </div>
      )}
      {page && page.matched === 0 && !answer.busy && <Empty filtered={filtered} clear={clear} />}
      {page && page.matched > 0 && (
        <div class="rw-gridwrap">
          <Grid
            table={table}
            rows={page.rows}
            fields={columns.fields}
            offset={offset}
            matched={page.matched}
            sort={sort}
            setSort={setSort}
            selection={selection}
            turnPage={(step) => setOffset(Math.max(0, offset + step * LIMIT))}
            busy={answer.busy}
            aim={aim}
          />
        </div>
      )}
      {page && <Pager offset={offset} matched={page.matched} shown={page.rows.length} go={setOffset} />}
    </div>
  );
}
