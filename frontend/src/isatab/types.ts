// The ISA-Tab as the kernel tells it: sections whole, tables by their columns, findings with the cells they are about.

export interface IsaRow {
  label: string;
  kind: "field" | "comment";
  cells: string[];
  /** Paths of the values that each cell says; none for a cell of structure. */
  leads: string[][];
}
export interface IsaSection {
  heading: string;
  width: number;
  rows: IsaRow[];
}
export interface IsaColumn {
  header: string;
  kind: string;
  /** Place of the node or protocol that the column belongs to. */
  owner: number;
  /** Letters that its cells take. */
  width: number;
}
export interface IsaTable {
  file: string;
  rows: number;
  columns: IsaColumn[];
}
export interface IsaFinding {
  level: "error" | "warning" | "info";
  code: string;
  message: string;
  file: string;
  line: number;
  place: number;
  /** Row (-1: the header) and column of a table; section, row and place of the investigation file. */
  at: number[];
}
export interface Isa {
  profile: string;
  file: string;
  sections: IsaSection[];
  tables: IsaTable[];
  findings: IsaFinding[];
  counts: Partial<Record<"error" | "warning" | "info", number>>;
  /** What the writer left out or wrote otherwise, images first; `left` counts them all. */
  told: { level: "error" | "warning" | "info"; message: string; path: string }[];
  left: number;
}

/** A cell of one of the files: a table's by row and column, the investigation's by section, row and place. */
export interface At {
  file: string;
  at: number[];
}

export function written({ file, at }: At): string {
  return `${at.join(",")} ${file}`;
}

export function readAt(path: string | undefined): At | undefined {
  const [, places = "", file = ""] = path?.match(/^([-\d,]*) (.+)$/) ?? [];
  return file ? { file, at: places.split(",").map(Number) } : undefined;
}

/** Findings by the cell they are about. */
export function byCell(findings: IsaFinding[]): Map<string, IsaFinding[]> {
  const found = new Map<string, IsaFinding[]>();
  for (const finding of findings) {
    const key = written(finding);
    found.set(key, [...(found.get(key) ?? []), finding]);
  }
  return found;
}

const RANK = { error: 0, warning: 1, info: 2 };

export function worst(findings: IsaFinding[]): IsaFinding | undefined {
  return [...findings].sort((a, b) => RANK[a.level] - RANK[b.level])[0];
}
