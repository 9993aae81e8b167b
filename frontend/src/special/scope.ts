// Which images a form over many speaks of, as an address says it and as the kernel hears it.

import type { FieldGuide } from "../types.ts";

export interface Scope {
  where: Record<string, unknown>;
  rows?: string[] | undefined;
}

export const ALL: Scope = { where: {} };

/** Read what follows the question mark of an address: ``/images?component=sc-1&image_type=``, ``/images?rows=im-1,im-2``. */
export function askedIn(path: string | undefined, fields: FieldGuide[]): Scope {
  const [, asked = ""] = (path ?? "").split("?");
  const where: Record<string, unknown> = {};
  let rows: string[] | undefined;
  for (const [name, value] of new URLSearchParams(asked)) {
    if (name === "rows") rows = value.split(",").filter(Boolean);
    else
      where[name] = typed(
        value,
        fields.find((field) => field.name === name),
      );
  }
  return { where, rows };
}

function typed(value: string, field: FieldGuide | undefined): unknown {
  if (value === "") return null;
  if (field?.kind === "number") return Number(value);
  return field?.kind === "flag" ? value === "true" : value;
}

/** Give the scope a path leads to: of an address, or the one image of a finding's path. */
export function scopeOf(path: string | undefined, fields: FieldGuide[]): Scope | undefined {
  if (!path?.startsWith("/images")) return undefined;
  if (path.includes("?")) return askedIn(path, fields);
  const row = path.split("/")[2];
  return row && !fields.some((field) => field.name === row) ? { where: {}, rows: [row] } : undefined;
}

/** Write the address of a scope, narrowed to some value of a column. */
export function addressOf(scope: Scope, more: Record<string, unknown> = {}): string {
  const asked = new URLSearchParams();
  for (const [name, value] of Object.entries({ ...scope.where, ...more })) asked.set(name, String(value ?? ""));
  if (scope.rows) asked.set("rows", scope.rows.join(","));
  const written = asked.toString();
  return written ? `/images?${written}` : "/images";
}

export function sameScope(a: Scope, b: Scope): boolean {
  return JSON.stringify([a.where, a.rows ?? null]) === JSON.stringify([b.where, b.rows ?? null]);
}
