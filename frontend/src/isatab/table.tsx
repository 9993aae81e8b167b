// A study or assay file as a grid: only the rows that are seen are drawn, the arrow keys lead through all of them.

import { useEffect, useLayoutEffect, useMemo, useRef, useState } from "preact/hooks";
import { useStore, useText } from "../context.tsx";
import { WORK_MS } from "../curator/ask.ts";
import { Sign, useFollow } from "./cell.tsx";
import { useSlices } from "./slices.ts";
import type { At, Isa, IsaColumn, IsaFinding, IsaTable } from "./types.ts";
import { written } from "./types.ts";

/** Height of a row in pixels, as in isatab.css; taller where fingers press. */
const [ROW, TALL] = [30, 44];
const SPARE = 12;

interface Cell {
  row: number;
  column: number;
}

/** Give the nodes of a table with the number of columns each has. */
function groupsOf(columns: IsaColumn[]): { name: string; span: number; at: number }[] {
  const groups: { name: string; span: number; at: number; owner: number }[] = [];
  columns.forEach((column, at) => {
    const last = groups.at(-1);
    if (last && last.owner === column.owner) last.span += 1;
    else groups.push({ name: columns[column.owner]?.header ?? column.header, span: 1, at, owner: column.owner });
  });
  return groups;
}

function useWindow(box: { current: HTMLElement | null }, rows: number) {
  const [seen, see] = useState({ first: 0, last: Math.min(rows, 40), height: ROW });
  const look = () => {
    const pane = box.current;
    if (!pane) return;
    const height = matchMedia("(max-width: 719px)").matches ? TALL : ROW;
    const top = Math.floor(pane.scrollTop / height);
    const first = Math.max(0, Math.floor((top - SPARE) / SPARE) * SPARE);
    const last = Math.min(rows, Math.ceil((top + pane.clientHeight / height + SPARE) / SPARE) * SPARE);
    see((old) => (old.first === first && old.last === last && old.height === height ? old : { first, last, height }));
  };
  useLayoutEffect(() => {
    look();
    const watch = new ResizeObserver(look);
    if (box.current) watch.observe(box.current);
    return () => watch.disconnect();
  }, [rows]);
  return { ...seen, look };
}

const PAGE = 20;

/** Where a key leads from a cell; undefined for a key that leads nowhere. */
function stepped(event: KeyboardEvent, at: Cell, rows: number, columns: number): Cell | undefined {
  const end = { row: rows - 1, column: columns - 1 };
  const moves: Record<string, Cell> = {
    ArrowDown: { ...at, row: at.row + 1 },
    ArrowUp: { ...at, row: at.row - 1 },
    ArrowRight: { ...at, column: at.column + 1 },
    ArrowLeft: { ...at, column: at.column - 1 },
    PageDown: { ...at, row: at.row + PAGE },
    PageUp: { ...at, row: Math.max(at.row - PAGE, Math.min(at.row, 0)) },
    Home: event.ctrlKey ? { row: 0, column: 0 } : { ...at, column: 0 },
    End: event.ctrlKey ? end : { ...at, column: end.column },
  };
  const to = event.altKey ? undefined : moves[event.key];
  const within = (place: number, least: number, most: number) => Math.min(Math.max(place, least), most);
  return to && { row: within(to.row, -1, end.row), column: within(to.column, 0, end.column) };
}

interface TableProps {
  isa: Isa;
  table: IsaTable;
  version: string;
  marks: Map<string, IsaFinding[]>;
  aim: At | undefined;
  seen: (at: At, paths: string[] | undefined, words: string) => void;
}

export function TableGrid({ isa, table, version, marks, aim, seen }: TableProps) {
  const t = useText();
  const store = useStore();
  const follow = useFollow();
  const box = useRef<HTMLDivElement>(null);
  const [at, setAt] = useState<Cell>({ row: 0, column: 0 });
  const coming = useRef(false);
  const { first, last, height, look } = useWindow(box, table.rows);
  const slices = useSlices({ file: table.file, profile: isa.profile }, `${version} ${table.file}`, first, last);
  const groups = useMemo(() => groupsOf(table.columns), [table]);
  const here = (cell: Cell): At => ({ file: table.file, at: [cell.row, cell.column] });
  const leadOf = async (cell: Cell): Promise<string[] | undefined> => {
    if (cell.row < 0) return [];
    const asked = { file: table.file, profile: isa.profile, row: cell.row, column: cell.column };
    const answer = await store.wire.request("isa-lead", asked, [], WORK_MS).catch(() => undefined);
    return answer?.content.paths as string[] | undefined;
  };
  const go = async (cell: Cell) => follow((await leadOf(cell))?.[0], here(cell));
  const walkTo = (cell: Cell) => {
    const pane = box.current;
    coming.current = true;
    setAt(cell);
    if (!pane || cell.row < 0) return;
    const [top, head] = [cell.row * height, pane.querySelector("thead")?.offsetHeight ?? 0];
    if (top < pane.scrollTop) pane.scrollTop = top;
    else if (top + height + head > pane.scrollTop + pane.clientHeight)
      pane.scrollTop = top + height + head - pane.clientHeight;
    look();
  };
  useLayoutEffect(() => {
    if (!coming.current) return;
    const cell = box.current?.querySelector<HTMLElement>(`[data-cell="${at.row} ${at.column}"]`);
    if (!cell) return;
    coming.current = false;
    cell.focus({ preventScroll: true });
    cell.scrollIntoView({ block: "nearest", inline: "nearest" });
  });
  useEffect(() => {
    if (aim?.file === table.file) walkTo({ row: aim.at[0] ?? 0, column: aim.at[1] ?? 0 });
  }, [aim, table]);
  useEffect(() => {
    const words = at.row < 0 ? (table.columns[at.column]?.header ?? "") : (slices.row(at.row)?.[at.column] ?? "");
    let gone = false;
    const timer = setTimeout(() => {
      void leadOf(at).then((paths) => !gone && seen(here(at), paths, words));
    }, 60);
    return () => {
      gone = true;
      clearTimeout(timer);
    };
  }, [at, version, slices.row(at.row) !== undefined]);
  const keys = (event: KeyboardEvent) => {
    const to = stepped(event, at, table.rows, table.columns.length);
    if (event.key === "Enter") void go(at);
    else if (to) walkTo(to);
    else return;
    event.preventDefault();
  };
  const shown = Array.from({ length: Math.max(0, last - first) }, (_, n) => first + n);
  // The cell that has the focus stays, however far the rows are scrolled: a focus that is lost leads nowhere.
  const tabbed = (row: number, column: number) => {
    const home = at.row < 0 || (at.row >= first && at.row < last) ? at : { row: first, column: at.column };
    return home.row === row && home.column === column ? 0 : -1;
  };
  return (
    <div class="rw-isapane" ref={box} onScroll={look}>
      <table
        class="rw-isagrid"
        style={{ "--rw-isarow": `${height}px` }}
        // biome-ignore lint/a11y/noNoninteractiveElementToInteractiveRole: the grid pattern of ARIA, with its keys
        role="grid"
        aria-label={table.file}
        aria-readonly="true"
        aria-rowcount={table.rows + 2}
        aria-colcount={table.columns.length}
        onKeyDown={keys}
      >
        <colgroup>
          {table.columns.map((column, place) => (
            <col key={place} style={{ width: `calc(${column.width}ch + 1.75rem)` }} />
          ))}
        </colgroup>
        <thead>
          <tr aria-rowindex={1} class="rw-isagroups">
            {groups.map((group) => (
              <th key={group.at} scope="colgroup" colSpan={group.span} aria-colindex={group.at + 1}>
                <span>{group.name}</span>
              </th>
            ))}
          </tr>
          <tr aria-rowindex={2}>
            {table.columns.map((column, place) => {
              const found = marks.get(written(here({ row: -1, column: place })));
              return (
                <th
                  key={place}
                  scope="col"
                  aria-colindex={place + 1}
                  data-cell={`-1 ${place}`}
                  tabIndex={tabbed(-1, place)}
                  class={`is-${column.kind}${found ? ` is-${found[0]?.level}` : ""}`}
                  title={column.header}
                  onFocus={() => (at.row !== -1 || at.column !== place) && setAt({ row: -1, column: place })}
                >
                  <Sign findings={found} />
                  {column.header}
                </th>
              );
            })}
          </tr>
        </thead>
        {first > 0 && <Space rows={first} height={height} columns={table.columns.length} />}
        <tbody>
          {shown.map((row) => {
            const cells = slices.row(row);
            return (
              <tr key={row} aria-rowindex={row + 3} aria-busy={cells === undefined ? true : undefined}>
                {table.columns.map((column, place) => {
                  const found = marks.get(written(here({ row, column: place })));
                  const said = cells?.[place] ?? "";
                  return (
                    // biome-ignore lint/a11y/useKeyWithClickEvents: Enter does the same, on the grid
                    <td
                      key={place}
                      aria-colindex={place + 1}
                      data-cell={`${row} ${place}`}
                      tabIndex={tabbed(row, place)}
                      class={`is-${column.kind}${said ? " leads" : ""}${found ? ` is-${found[0]?.level}` : ""}`}
                      title={said.length > column.width ? said : undefined}
                      onFocus={() => (at.row !== row || at.column !== place) && setAt({ row, column: place })}
                      onClick={() => said && void go({ row, column: place })}
                    >
                      <Sign findings={found} />
                      {said}
                    </td>
                  );
                })}
              </tr>
            );
          })}
        </tbody>
        {last < table.rows && <Space rows={table.rows - last} height={height} columns={table.columns.length} />}
      </table>
      {table.rows === 0 && <p class="rw-two rw-small">{t("ui.isa.no_rows")}</p>}
    </div>
  );
}

/** The place of the rows that are not drawn. */
function Space({ rows, height, columns }: { rows: number; height: number; columns: number }) {
  return (
    <tbody aria-hidden="true" class="rw-isaspace">
      <tr>
        <td colSpan={columns} style={{ height: `${rows * height}px` }} />
      </tr>
    </tbody>
  );
}
