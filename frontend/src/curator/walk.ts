// Walking through a grid's cells: one takes part in the page's tab order, the arrow keys lead to the others.

import { useEffect, useRef, useState } from "preact/hooks";
import type { GridProps } from "./grid.tsx";

interface Cell {
  row: number;
  column: number;
}

const STEPS: Record<string, [number, number]> = {
  ArrowDown: [1, 0],
  ArrowUp: [-1, 0],
  ArrowLeft: [0, -1],
  ArrowRight: [0, 1],
};

export function useWalk(props: GridProps, box: { current: HTMLTableElement | null }) {
  const [at, setAt] = useState<Cell>({ row: 1, column: 0 });
  const coming = useRef<Cell | undefined>(undefined);
  const cellAt = ({ row, column }: Cell): HTMLElement | undefined => {
    const cell = box.current?.rows[row]?.cells[column];
    if (!cell) return undefined;
    return row === 0 ? (cell.querySelector<HTMLElement>(".rw-sort") ?? cell) : cell;
  };
  const focus = (to: Cell) => {
    cellAt(to)?.focus();
    setAt(to);
  };
  useEffect(() => {
    const table = box.current;
    if (!table) return;
    for (const cell of table.querySelectorAll<HTMLElement>('[tabindex="0"]')) cell.tabIndex = -1;
    const row = Math.min(Math.max(at.row, props.rows.length ? 1 : 0), props.rows.length);
    const home = cellAt({ row: at.row === 0 ? 0 : row, column: at.column }) ?? cellAt({ row, column: 0 });
    if (home) home.tabIndex = 0;
    if (coming.current && !props.busy) {
      focus({ ...coming.current, row: Math.min(coming.current.row, props.rows.length) });
      coming.current = undefined;
    }
  });
  const columns = () => (box.current?.rows[0]?.cells.length ?? 1) - 1;
  const page = (step: number, to: Cell) => {
    const last = props.offset + props.rows.length >= props.matched;
    if ((step < 0 && props.offset === 0) || (step > 0 && last)) return focus(clamp(to));
    coming.current = to;
    props.turnPage(step);
  };
  const clamp = ({ row, column }: Cell): Cell => ({
    row: Math.min(Math.max(row, 0), props.rows.length),
    column: Math.min(Math.max(column, 0), columns()),
  });
  const go = (to: Cell) => {
    if (to.row > props.rows.length) page(1, { ...to, row: 1 });
    else if (to.row < 1 && props.offset > 0) page(-1, { ...to, row: Number.MAX_SAFE_INTEGER });
    else focus(clamp(to));
  };
  const key = (event: KeyboardEvent) => {
    const now = placeOf(event.target) ?? at;
    const step = STEPS[event.key];
    const take = () => event.preventDefault();
    if (step) {
      take();
      go({ row: now.row + step[0], column: Math.min(Math.max(now.column + step[1], 0), columns()) });
    } else if (event.key === "Home" || event.key === "End") {
      take();
      const row = event.ctrlKey ? (event.key === "Home" ? 1 : props.rows.length) : now.row;
      focus({ row, column: event.key === "Home" ? 0 : columns() });
    } else if (event.key === "PageDown" || event.key === "PageUp") {
      if (event.altKey) return;
      take();
      page(event.key === "PageDown" ? 1 : -1, now);
    } else if (event.key === " " && now.row > 0) {
      take();
      const row = props.rows[now.row - 1];
      const ids = props.rows.map((each) => each.id);
      const place = { ids, offset: props.offset };
      if (row) props.selection.toggle(row.id, props.offset + now.row - 1, event.shiftKey, place);
    }
  };
  const focused = (event: FocusEvent) => {
    const now = placeOf(event.target);
    if (now && (now.row !== at.row || now.column !== at.column)) setAt(now);
  };
  return { key, focused };
}

/** Give the cell that an event came from. */
function placeOf(target: EventTarget | null): Cell | undefined {
  const cell = (target as HTMLElement | null)?.closest<HTMLTableCellElement>("td, th");
  const row = cell?.parentElement as HTMLTableRowElement | undefined;
  return cell && row ? { row: row.rowIndex, column: cell.cellIndex } : undefined;
}
