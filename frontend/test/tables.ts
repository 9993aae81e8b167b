// The tables of the stand-in kernel: rows found, summed up, filled and assigned as the session in Python does.

import { listAt } from "../src/record.ts";
import type { CurationRecord, Node } from "../src/types.ts";
import type { Message } from "../src/wire.ts";

/** Rows with their cells; of an image, also the path of its file. ``pencil`` names the cells nobody confirmed. */
export interface Tables {
  images: Node[];
  files: Node[];
}

export interface Held {
  record: CurationRecord;
  rows: Tables;
}

type Line = Node & { sample?: string };

export function linesOf(record: CurationRecord, component: string): Line[] {
  const part = listAt(record, "components").find(({ id }) => id === component);
  return (part?.associations as Line[] | undefined) ?? [];
}

function lineOf(record: CurationRecord, image: Node): Line | undefined {
  const lines = linesOf(record, String(image.component));
  return lines.find(({ id }) => id === image.association) ?? (lines.length === 1 ? lines[0] : undefined);
}

const folderOf = (image: Node) => String(image.path ?? "").replace(/\/?[^/]*$/, "");

function inFolder(image: Node, folder: string, below: boolean): boolean {
  const own = folderOf(image);
  return own === folder || (below && (folder === "" || own.startsWith(`${folder}/`)));
}

export function find({ rows }: Held, message: Message): Node[] {
  const where = Object.entries((message.where as Node | undefined) ?? {});
  const wanted = message.rows as string[] | undefined;
  const words = String(message.filter ?? "").toLowerCase();
  return rows[message.table === "files" ? "files" : "images"]
    .filter((row) => !wanted || wanted.includes(String(row.id)))
    .filter((row) => where.every(([name, value]) => (row[name] ?? null) === value))
    .filter((row) => !words || JSON.stringify(row).toLowerCase().includes(words));
}

function page(held: Held, message: Message): object {
  const found = find(held, message);
  const shown = found.slice(0, Number(message.limit ?? 100)).map((row) => ({ marks: {}, ...row }));
  return { rows: shown, total: found.length, matched: found.length, columns: Object.keys(found[0] ?? {}) };
}

function shared(rows: Node[], name: string): object | undefined {
  const counts = new Map<unknown, number>();
  for (const row of rows) counts.set(row[name] ?? null, (counts.get(row[name] ?? null) ?? 0) + 1);
  const empty = counts.get(null) ?? 0;
  counts.delete(null);
  if (!counts.size) return undefined;
  const waiting = rows.filter((row) => (row.pencil as string[] | undefined)?.includes(name)).length;
  const origin = { kind: "scan", header: `Image/@${name}` };
  const said = waiting ? { pencil: waiting, origin } : {};
  const ranked = [...counts].sort((a, b) => b[1] - a[1]);
  if (ranked.length === 1 && !empty) return { ...said, value: ranked[0]?.[0] };
  const first = ranked.slice(0, 3);
  const [examples, numbers] = [first.map(([value]) => value), first.map(([, count]) => count)];
  return { ...said, mixed: ranked.length + (empty ? 1 : 0), examples, counts: numbers, empty };
}

function summary(held: Held, message: Message): object {
  const rows = find(held, message);
  const names = new Set(rows.flatMap((row) => Object.keys(row)).filter((name) => !["id", "pencil"].includes(name)));
  const fields = [...names].map((name) => [name, shared(rows, name)]).filter(([, said]) => said);
  return { count: rows.length, fields: Object.fromEntries(fields) };
}

function fill(held: Held, message: Message): object {
  const rows = find(held, message);
  for (const row of rows) {
    const columns = (message.columns as string[] | undefined) ?? Object.keys(row);
    const done = message.confirm ? columns : [String(message.column)];
    if (!message.confirm) row[String(message.column)] = message.value;
    row.pencil = ((row.pencil as string[] | undefined) ?? []).filter((name) => !done.includes(name));
  }
  return { kind: "ack", count: rows.length };
}

function part(record: CurationRecord, images: Node[]) {
  const lines: Record<string, number> = {};
  for (const image of images) {
    const name = String(lineOf(record, image)?.id ?? "");
    lines[name] = (lines[name] ?? 0) + 1;
  }
  const open = images.filter((image) => !lineOf(record, image)?.sample).length;
  return { count: images.length, open, lines, images: images.slice(0, 2).map(({ id }) => id) };
}

function grouped(images: Node[], by: (image: Node) => string): [string, Node[]][] {
  const held = new Map<string, Node[]>();
  for (const image of images) held.set(by(image), [...(held.get(by(image)) ?? []), image]);
  return [...held].sort(([a], [b]) => (a < b ? -1 : 1));
}

function folders({ record, rows }: Held, message: Message): object {
  const inside = rows.images.filter((image) => image.component === message.component);
  const outside = rows.images.filter((image) => image.component !== message.component);
  const whole = part(record, inside);
  const byLine = grouped(inside, (image) => String(lineOf(record, image)?.id ?? ""));
  const listed = grouped(inside, folderOf).map(([folder, images]) => ({
    folder,
    below: false,
    ...part(record, images),
  }));
  const groups = grouped(inside, (image) => String(image.group ?? ""));
  return {
    count: whole.count,
    open: whole.open,
    lines: Object.fromEntries(
      byLine.map(([line, images]) => [line, { count: images.length, images: part(record, images).images }]),
    ),
    folders: listed,
    groups: groups.length > 1 ? groups.map(([group, images]) => ({ group, looks: {}, ...part(record, images) })) : [],
    others: grouped(outside, folderOf).map(([folder, images]) => ({
      folder,
      below: false,
      count: images.length,
      components: Object.fromEntries(
        grouped(images, (one) => String(one.component ?? "")).map(([id, of]) => [id, of.length]),
      ),
    })),
    proposal: listed.flatMap(({ folder, below, open }) => {
      const spoken = listAt(record, "samples").find((sample) => folder.includes(String(sample.experimental_status)));
      return open && spoken ? [{ folder, below, count: open, sample: spoken.id }] : [];
    }),
  };
}

function assign(held: Held, message: Message): object {
  const items = (message.items as Node[] | undefined) ?? [message as unknown as Node];
  const home = String(message.within ?? message.component);
  let count = 0;
  for (const item of items) {
    const named = item.sample
      ? linesOf(held.record, home).find((line) => line.sample === item.sample)?.id
      : item.association;
    for (const image of held.rows.images) {
      const inPlace =
        item.folder === undefined
          ? image.group === item.group
          : inFolder(image, String(item.folder), item.below !== false);
      if (!inPlace || (message.within && image.component !== message.within)) continue;
      count += 1;
      image.component = home;
      image.association = named;
    }
  }
  return { kind: "ack", count };
}

const ANSWERS: Record<string, (held: Held, message: Message) => object> = {
  rows: page,
  summary,
  fill,
  folders,
  assign,
  groups: ({ rows }) => ({
    groups: grouped(rows.images, (image) => String(image.group ?? "")).map(([key, images]) => ({
      key,
      title: key || "other",
      count: images.length,
    })),
    unreadable: [],
  }),
  thumb: () => ({ kind: "refused", message: "No picture." }),
};

/** Kinds after which the tables are other than before. */
export const CHANGES: ReadonlySet<string> = new Set(["fill", "assign"]);

export function tableAnswer(held: Held, message: Message): object | undefined {
  return ANSWERS[message.kind]?.(held, message);
}
