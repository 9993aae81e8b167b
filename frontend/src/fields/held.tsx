// Where a field's value is held: in the record, or, for a row of a table, in the page of rows that was asked for.

import { type ComponentChildren, createContext } from "preact";
import { useContext, useMemo } from "preact/hooks";
import { useMark, useStore, useValue } from "../context.tsx";
import type { Mark, Node, Value } from "../types.ts";

/** One row of a table, whose values are no part of the record that the view holds. */
export interface Row {
  values: Node;
  marks: Record<string, Mark>;
  set(field: string, value: Value): void;
  confirm?(field: string): void;
  /** What there is to say of a field besides its value: of many rows, how they differ. */
  note?(field: string): ComponentChildren;
}

export interface Held {
  value: Value;
  mark: Mark | undefined;
  set(value: Value): void;
  confirm(): void;
}

export const RowContext = createContext<Row | null>(null);
export const RowProvider = RowContext.Provider;

export function useHeld(path: string): Held {
  const store = useStore();
  const row = useContext(RowContext);
  const kept = useValue(path);
  const mark = useMark(path);
  return useMemo(() => {
    const name = path.slice(path.lastIndexOf("/") + 1);
    if (row) {
      const value = row.values[name];
      const set = (fresh: Value) => row.set(name, fresh);
      const confirm = () => (row.confirm ? row.confirm(name) : set(value));
      return { value, mark: row.marks[name], set, confirm };
    }
    const confirm = () => void store.confirm(mark ? [path] : store.pencilBelow(path));
    return { value: kept, mark, set: (fresh: Value) => void store.set(path, fresh), confirm };
  }, [store, row, kept, mark, path]);
}
