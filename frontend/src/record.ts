// Reading and changing the record as it lies in the browser: places are named by ids, as in the kernel.

import type { CurationRecord, Edit, Mark, Node, Value } from "./types.ts";

export function parts(path: string): string[] {
  return path.split("/").slice(1);
}

/** Give what stands at a path, undefined where there is nothing. */
export function valueAt(record: CurationRecord, path: string): Value {
  let node: unknown = record;
  for (const name of parts(path)) {
    if (Array.isArray(node)) node = node.find((item) => (item as Node)?.id === name);
    else if (node && typeof node === "object") node = (node as Node)[name];
    else return undefined;
  }
  return node;
}

export function listAt(record: CurationRecord, collection: string): Node[] {
  const found = record[collection];
  return Array.isArray(found) ? found : [];
}

export function isEmpty(value: Value): boolean {
  if (value === undefined || value === null || value === "") return true;
  return Array.isArray(value) && value.length === 0;
}

function replaced(node: unknown, names: string[], make: (old: unknown) => unknown): unknown {
  const [name, ...rest] = names;
  if (name === undefined) return make(node);
  if (Array.isArray(node)) return node.map((item) => (item?.id === name ? replaced(item, rest, make) : item));
  const held = (node ?? {}) as Node;
  const fresh = replaced(held[name], rest, make);
  if (fresh === undefined) {
    const { [name]: _gone, ...others } = held;
    return others;
  }
  return { ...held, [name]: fresh };
}

/** Give the record with one place replaced; what is not on the way stays the same object. */
export function put(record: CurationRecord, path: string, value: Value): CurationRecord {
  return replaced(record, parts(path), () => value) as CurationRecord;
}

/** Give the record with an entity put in, replacing the one with its id. */
export function putEntity(record: CurationRecord, path: string, node: Node): CurationRecord {
  const names = parts(path);
  if (names.length === 1) return put(record, path, node);
  const [collection = "", id] = names;
  const items = listAt(record, collection);
  const known = items.some((item) => item.id === id);
  const fresh = known ? items.map((item) => (item.id === id ? node : item)) : [...items, node];
  return { ...record, [collection]: fresh };
}

export function drop(record: CurationRecord, path: string): CurationRecord {
  const [collection = "", id] = parts(path);
  return { ...record, [collection]: listAt(record, collection).filter((item) => item.id !== id) };
}

export function inOrder(record: CurationRecord, collection: string, ids: string[]): CurationRecord {
  const items = new Map(listAt(record, collection).map((item) => [item.id, item]));
  const ordered = ids.map((id) => items.get(id)).filter((item): item is Node => item !== undefined);
  return { ...record, [collection]: ordered };
}

function inserted(items: Node[], node: Node, after: string | null | undefined): Node[] {
  if (after === null) return [node, ...items];
  const place = after === undefined || after === "*" ? -1 : items.findIndex((item) => item.id === after);
  return place < 0 ? [...items, node] : [...items.slice(0, place + 1), node, ...items.slice(place + 1)];
}

/** Give the record as it will be once the kernel has taken an edit: shown at once, replaced by what the kernel says. */
export function foreseen(record: CurationRecord, edit: Edit): CurationRecord {
  const holder = edit.path.slice(0, edit.path.lastIndexOf("/"));
  const id = edit.path.slice(edit.path.lastIndexOf("/") + 1);
  const list = (path: string): Node[] => (valueAt(record, path) as Node[] | undefined) ?? [];
  switch (edit.op) {
    case "set":
      return put(record, edit.path, edit.value);
    case "clear":
      return put(record, edit.path, undefined);
    case "add":
      if (!edit.id) return record;
      return put(record, edit.path, inserted(list(edit.path), { ...(edit.value as Node), id: edit.id }, edit.after));
    case "remove":
      return put(
        record,
        holder,
        list(holder).filter((item) => item.id !== id),
      );
    case "move": {
      const moved = list(holder).find((item) => item.id === id);
      if (!moved) return record;
      const others = list(holder).filter((item) => item.id !== id);
      return put(record, holder, inserted(others, moved, edit.after));
    }
    default:
      return record;
  }
}

function same(one: Value, other: Value): boolean {
  if (Object.is(one, other) || (isEmpty(one) && isEmpty(other))) return true;
  if (typeof one !== "object" || typeof other !== "object" || !one || !other) return false;
  const keys = new Set([...Object.keys(one), ...Object.keys(other)]);
  return [...keys].every((key) => same((one as Node)[key], (other as Node)[key]));
}

/** Whether a record already is as an edit would make it; what lies in a table the browser cannot tell. */
export function isSo(record: CurationRecord, edit: Edit): boolean {
  const [collection = ""] = parts(edit.path);
  if (collection === "files" || collection === "images") return false;
  if (edit.op === "set") return same(valueAt(record, edit.path), edit.value);
  if (edit.op === "clear") return isEmpty(valueAt(record, edit.path));
  if (edit.op === "add") return valueAt(record, `${edit.path}/${edit.id}`) !== undefined;
  return edit.op === "remove" && valueAt(record, edit.path) === undefined;
}

export function isPencil(mark: Mark | undefined): boolean {
  return mark?.confirmed === false;
}

const LETTERS = "23456789abcdefghjkmnpqrstuvwxyz";

/** Make a short id such as ``bs-7f3a9k2m``, of the letters the kernel uses. */
export function newId(prefix: string): string {
  const random = crypto.getRandomValues(new Uint8Array(8));
  return `${prefix}-${[...random].map((n) => LETTERS[n % LETTERS.length]).join("")}`;
}
