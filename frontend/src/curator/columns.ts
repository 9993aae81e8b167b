// What the tables show and how: columns from the guide, cells in words.

import { listAt } from "../record.ts";
import type { CurationRecord, FieldGuide, Finding, Guide, Node } from "../types.ts";
import { number } from "./ask.ts";
import { sectionOf, titleOf } from "./place.ts";

export type TableName = "files" | "images";

export interface Row {
  id: string;
  /** Cells that no person has confirmed. */
  marks: Record<string, unknown>;
  [column: string]: unknown;
}

export interface Page {
  total: number;
  matched: number;
  rows: Row[];
  columns: string[];
  ids?: string[];
}

/** Columns that only the program needs. */
const HIDDEN = new Set(["path", "file", "group", "mtime", "sha256", "kind", "message"]);
/** Columns that are shown only when they are asked for. */
export const QUIET = new Set(["scene_index", "scene_name"]);

export function fieldsOf(guide: Guide, table: TableName): FieldGuide[] {
  return sectionOf(guide, table)?.fields ?? [];
}

/** Give the columns that can be shown beside the path: those of the guide, filled ones first to be chosen. */
export function columnsOf(guide: Guide, table: TableName): FieldGuide[] {
  return fieldsOf(guide, table).filter((field) => !HIDDEN.has(field.name));
}

export function settableOf(guide: Guide, table: TableName): FieldGuide[] {
  const apart = table === "images" ? ["component", "association"] : [];
  return columnsOf(guide, table).filter((field) => !field.readonly && !apart.includes(field.name));
}

export interface Line {
  id: string;
  component: string;
  title: string;
}

/** Give the lines of all components in words: which sample, taken how. */
export function linesOf(record: CurationRecord, guide: Guide): Line[] {
  return listAt(record, "components").flatMap((component) =>
    ((component.associations as Node[] | undefined) ?? []).map((line) => ({
      id: String(line.id),
      component: String(component.id),
      title: lineTitle(record, guide, line),
    })),
  );
}

function lineTitle(record: CurationRecord, guide: Guide, line: Node): string {
  const words = [
    line.sample && titleOf(record, guide, "samples", String(line.sample)),
    line.acquisition && titleOf(record, guide, "acquisitions", String(line.acquisition)),
  ].filter(Boolean);
  return words.join(" × ") || String(line.id);
}

/** Give the words for ids of a reference column. */
export function namesFor(record: CurationRecord, guide: Guide, field: FieldGuide): Map<string, string> {
  if (field.name === "association") return new Map(linesOf(record, guide).map((line) => [line.id, line.title]));
  const also = (field as { also?: string[] }).also ?? [];
  const places = [field.of, ...also].filter((of): of is string => typeof of === "string");
  return new Map(
    places.flatMap((of) =>
      listAt(record, of).map((node): [string, string] => {
        const id = String(node.id);
        return [id, titleOf(record, guide, of, id) || id];
      }),
    ),
  );
}

type Text = (key: string) => string;

export function slug(word: string): string {
  return word.toLowerCase().replace(/[^a-z0-9]+/g, "_");
}

/** Give a word of a closed list in the person's language; others as they are. */
export function choiceWords(t: Text, field: string, choice: string): string {
  const key = `guide.choice.${field}.${slug(choice)}`;
  const said = t(key);
  return said === key ? choice : said;
}

/** Give a cell in words. */
export function cellWords(
  value: unknown,
  field: FieldGuide,
  names: Map<string, string>,
  t: Text,
  lang: string,
): string {
  if (value === null || value === undefined) return "";
  if (typeof value === "number") return number(value, lang, 6);
  if (typeof value === "boolean") return t(value ? "ui.yes" : "ui.no");
  if (typeof value === "object") return objectWords(value as Record<string, unknown>, t);
  const said = String(value);
  if (names.has(said)) return names.get(said) ?? said;
  return field.choices?.includes(said) ? choiceWords(t, field.name, said) : said;
}

const ABSENT: Record<string, string> = { not_applicable: "ui.not_applicable", not_recorded: "ui.not_recorded" };

function objectWords(value: Record<string, unknown>, t: Text): string {
  if (typeof value.absent === "string") return t(ABSENT[value.absent] ?? "ui.not_recorded");
  if (typeof value.label === "string") return value.label;
  return Array.isArray(value) ? value.map((item) => objectWords({ label: String(item) }, t)).join(", ") : "";
}

/** Give the findings of a table by row and column; those about a whole column stand under ``*``. */
export function findingsByCell(findings: Finding[], table: TableName): Map<string, Finding> {
  const found = new Map<string, Finding>();
  for (const finding of findings) {
    const [name, row = "*", column = ""] = finding.path.split("/").slice(1);
    if (name !== table) continue;
    const key = `${row} ${column}`;
    if (!found.has(key)) found.set(key, finding);
  }
  return found;
}

export const isNumber = (field: FieldGuide) => field.kind === "number";
