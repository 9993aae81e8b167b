// Which fields of a group stand open, which are folded, and which take half a line.

import { levelOf } from "../context.tsx";
import { isEmpty } from "../record.ts";
import type { FieldGuide, Kind, Node, SectionGuide } from "../types.ts";

export type InScope = (scope: string[] | undefined) => boolean;

export interface Group {
  name: string;
  /** Fields that the chosen targets ask for. */
  open: FieldGuide[];
  /** Fields that they do not ask for: one click away. */
  folded: FieldGuide[];
}

/** Give the groups of a section as they are shown: what is out of scope is left out unless it holds a value. */
export function groupsOf(section: SectionGuide, node: Node | undefined, targets: string[], inScope: InScope): Group[] {
  const byName = new Map(section.fields.map((field) => [field.name, field]));
  const groups = section.groups.map(({ name, fields }) => {
    const shown = fields
      .map((field) => byName.get(field))
      .filter((field): field is FieldGuide => field !== undefined)
      .filter((field) => inScope(field.scope) || !isEmpty(node?.[field.name]));
    const asked = (field: FieldGuide) => field.name === section.title || levelOf(field, targets) !== "optional";
    return { name, open: shown.filter(asked), folded: shown.filter((field) => !asked(field)) };
  });
  return groups.filter((group) => group.open.length + group.folded.length > 0);
}

/** Count the fields of an entity that a target refuses to do without and that nobody answered. */
export function toDo(section: SectionGuide, node: Node, targets: string[], inScope: InScope): number {
  return section.fields.filter(
    (field) =>
      inScope(field.scope) &&
      levelOf(field, targets) === "required" &&
      [field.name, ...(field.composed_from ?? [])].every((name) => isEmpty(node[name])),
  ).length;
}

const SHORT_KINDS: ReadonlySet<Kind> = new Set([
  "number",
  "quantity",
  "date",
  "choice",
  "flag",
  "ref",
  "orcid",
  "ror",
  "doi",
  "email",
]);

/** Text that is short by nature. */
const SHORT_NAMES: ReadonlySet<string> = new Set([
  "first_name",
  "last_name",
  "year",
  "pubmed_id",
  "grant_id",
  "funder",
  "version",
  "version_timestamp",
  "accession",
  "previous_version",
  "instrument_manufacturer",
  "instrument_model",
  "instrument_serial",
  "objective_manufacturer",
  "manufacturer",
  "model",
  "fluorophore",
  "colour",
  "name",
  "value",
  "tilt_range",
  "plate",
  "well",
  "field",
  "image_format",
  "compression",
  "scene_name",
  "acquired_at",
  "growth_medium",
  "confidence_level",
]);

export function isShort(field: FieldGuide): boolean {
  return SHORT_KINDS.has(field.kind) || (field.kind === "text" && SHORT_NAMES.has(field.name));
}

/** Give the tabs to show of many: a window of neighbours around the chosen one, never more than ``most``. */
export function around<T>(items: T[], chosen: number, most: number): T[] {
  if (items.length <= most) return items;
  const start = Math.max(0, Math.min(chosen - Math.floor(most / 2), items.length - most));
  return items.slice(start, start + most);
}
