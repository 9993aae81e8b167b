// What an entity is called on a page, and how a copy of one is made.

import { sayValue } from "../fields/values.ts";
import { listAt, newId, valueAt } from "../record.ts";
import type { CurationRecord, Guide, Mark, Node, SectionGuide } from "../types.ts";

export interface Named {
  id: string;
  title: string;
}

/** Give the names of the fields that make the title of a section's entities. */
export function titleFields(section: SectionGuide): string[] {
  return section.name === "person" ? ["first_name", "last_name"] : [section.title];
}

/** Give the title of an entity, empty if it has none yet. */
export function titleOf(section: SectionGuide, node: Node, lang: string, record: CurationRecord, guide: Guide): string {
  const said = titleFields(section).map((name) => {
    const field = section.fields.find((other) => other.name === name);
    const value = node[name];
    const refers = field?.kind === "ref" && typeof value === "string";
    return refers ? named(field.of ?? "", value, lang, record, guide) : sayValue(value, lang);
  });
  return said.filter(Boolean).join(" ");
}

function named(collection: string, id: string, lang: string, record: CurationRecord, guide: Guide): string {
  return candidates(collection, lang, record, guide).find((item) => item.id === id)?.title ?? "";
}

export function sectionOf(guide: Guide, collection: string): SectionGuide | undefined {
  return Object.values(guide.sections).find((section) => section.collection === collection);
}

/** Give all entities, or rows of entities, that a reference to a collection may name. */
export function candidates(collection: string, lang: string, record: CurationRecord, guide: Guide): Named[] {
  const section = sectionOf(guide, collection);
  if (!section) return [];
  const nodes = section.kind === "rows" ? rowsOf(collection, record, guide) : listAt(record, collection);
  return nodes.map((node) => ({
    id: String(node.id),
    title: titleOf(section, node, lang, record, guide),
  }));
}

function rowsOf(collection: string, record: CurationRecord, guide: Guide): Node[] {
  const holders = Object.values(guide.sections).filter(
    (section) => section.kind === "many" && section.fields.some((field) => field.name === collection),
  );
  return holders.flatMap((section) =>
    listAt(record, section.collection).flatMap((node) => (node[collection] as Node[] | undefined) ?? []),
  );
}

/** Give the content of an entity for another one: rows get ids of their own. */
export function copied(section: SectionGuide, node: Node, guide: Guide): Node {
  const { id: _id, ...content } = node;
  for (const field of section.fields) {
    const rows = content[field.name];
    const inner = field.rows ? guide.sections[field.rows] : undefined;
    if (!inner || !Array.isArray(rows)) continue;
    content[field.name] = rows.map((row: Node) => ({ ...row, id: newId(inner.prefix) }));
  }
  return content;
}

function leaves(value: unknown, path: string): string[] {
  const items =
    Array.isArray(value) &&
    value.every((item) => item && typeof item === "object" && "id" in item && !("label" in item));
  if (!items || !(value as Node[]).length) return [path];
  return (value as Node[]).flatMap(({ id, ...row }) => Object.keys(row).map((name) => `${path}/${id}/${name}`));
}

/** Give what is known of the values of a copy: what waits for confirmation in the original waits in the copy. */
export function copiedMarks(node: Node, copy: Node, marks: Record<string, Mark>): Record<string, Mark> {
  const known: Record<string, Mark> = {};
  for (const name of Object.keys(copy)) {
    const fresh = leaves(copy[name], name);
    const old = leaves(node[name], name);
    for (const [n, path] of fresh.entries()) known[path] = marks[old[n] ?? ""] ?? {};
  }
  return known;
}

/** Give what an entity of another dataset brings: nothing that refers to that dataset's other entities. */
export function brought(section: SectionGuide, node: Node, guide: Guide): Node {
  const content = copied(section, node, guide);
  for (const field of section.fields) if (field.kind === "ref" || field.kind === "refs") delete content[field.name];
  return content;
}

/** Give the marks below an entity by the rest of their paths, as an edit that puts it back takes them. */
export function marksBelow(marks: Record<string, Mark>, path: string): Record<string, Mark> {
  const start = `${path}/`;
  const below = Object.entries(marks).filter(([at]) => at.startsWith(start));
  return Object.fromEntries(below.map(([at, mark]) => [at.slice(start.length), mark]));
}

export function nodeAt(record: CurationRecord, path: string): Node | undefined {
  return valueAt(record, path) as Node | undefined;
}
