// Where a person is, and how a path of the record leads to a place: a section's form, a table, the first screen.

import type { Place } from "../context.tsx";
import { isEmpty, parts, valueAt } from "../record.ts";
import type { CurationRecord, Guide, Node, SectionGuide, Value } from "../types.ts";

/** Screens that are no form of a section. */
export type Screen = "start" | "gallery" | "table" | "findings" | "archive" | "isatab";

export interface RailGroup {
  name: string;
  items: string[];
}

export const RAIL: RailGroup[] = [
  { name: "look", items: ["gallery", "table"] },
  {
    name: "describe",
    items: [
      "study",
      "biosample",
      "specimen",
      "sample",
      "acquisition",
      "image",
      "analysis",
      "annotation",
      "correlation",
    ],
  },
  { name: "together", items: ["component"] },
  { name: "finish", items: ["findings", "isatab", "archive"] },
];

/** Sections whose questions are asked on another one's form. */
export const HOSTS: Record<string, string> = {
  person: "study",
  organisation: "study",
  publication: "study",
  grant: "study",
  link: "study",
};

/** Screens that only one target has. */
const OF_TARGET: Record<string, string> = { archive: "bia" };

/** Tell whether a place of the rail is offered for the chosen targets. */
export function isOffered(name: string, targets: string[]): boolean {
  const target = OF_TARGET[name];
  return !target || targets.includes(target);
}

const TABLES = new Set(["files", "images"]);

/** Give the section of the guide that a collection of the record belongs to. */
export function sectionOf(guide: Guide, collection: string): SectionGuide | undefined {
  return Object.values(guide.sections).find((section) => section.collection === collection);
}

/** Give the place where what stands at a path can be seen and changed. */
export function placeOf(guide: Guide, path: string): Place {
  const [collection = "", id, ...rest] = parts(path);
  if (TABLES.has(collection)) return { section: "table", path };
  if (collection === "setup") return { section: "start" };
  const name = sectionOf(guide, collection)?.name ?? "study";
  const host = HOSTS[name];
  if (host) return { section: host, path };
  if (name === "study") return { section: name, path: id ? path : undefined };
  return { section: name, id, path: rest.length ? path : undefined };
}

type Say = (key: string, values?: Record<string, unknown>) => string;

function plainWord(value: Value): string | undefined {
  if (typeof value === "string") return value;
  if (Array.isArray(value)) return plainWord(value[0]);
  const label = (value as { label?: unknown } | undefined)?.label;
  return typeof label === "string" ? label : undefined;
}

/** Give the words by which people know an entity: its title, or for a person or line what stands for one. */
export function titleOf(record: CurationRecord, guide: Guide, collection: string, id: string): string {
  const node = valueAt(record, `/${collection}/${id}`) as Node | undefined;
  if (!node) return "";
  const field = sectionOf(guide, collection)?.title ?? "title";
  const names = [field, "title", "last_name", "name", "funder", "url"];
  return names.map((name) => plainWord(node[name])).find((word) => word) ?? "";
}

function fieldWords(guide: Guide, section: SectionGuide, rest: string[], t: Say): string[] {
  const [field, , sub] = rest;
  if (!field) return [];
  const label = t(`guide.${section.name}.${field}.label`);
  const rows = section.fields.find((known) => known.name === field)?.rows;
  return sub && rows && guide.sections[rows] ? [label, t(`guide.${rows}.${sub}.label`)] : [label];
}

/** Give the place of a path in words: ``Biosample HeLa, Organism``. */
export function wordsOf(record: CurationRecord, guide: Guide, path: string, t: Say): string {
  const [collection = "", ...below] = parts(path);
  const section = sectionOf(guide, collection);
  if (!section) return path;
  const label = t(`guide.${section.name}.label`);
  if (section.kind === "one") return [label, ...fieldWords(guide, section, below, t)].join(", ");
  const [id = "", ...rest] = below;
  if (section.kind === "table" && !rest.length) return [label, ...fieldWords(guide, section, below, t)].join(", ");
  const title = titleOf(record, guide, collection, id);
  return [title ? `${label} ${title}` : label, ...fieldWords(guide, section, rest, t)].join(", ");
}

/** Tell whether a person has said where the record should go: without that the first screen asks. */
export function isSetUp(record: CurationRecord): boolean {
  return !isEmpty(valueAt(record, "/setup/targets"));
}

const KEY = "rembi-place:";

/** Give the place where a person was on this dataset before the page was loaded again. */
export function lastPlace(folder: string | null): Place | undefined {
  try {
    return JSON.parse(sessionStorage.getItem(KEY + folder) ?? "null") ?? undefined;
  } catch {
    return undefined;
  }
}

export function keepPlace(folder: string | null, place: Place): void {
  try {
    sessionStorage.setItem(KEY + folder, JSON.stringify(place));
  } catch {
    // Without storage the next visit begins at the gallery.
  }
}
