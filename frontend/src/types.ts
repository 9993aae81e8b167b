// The shapes that come from the kernel: the record without its tables, marks, findings, the guide.

export interface Term {
  label: string;
  id?: string;
  ontology?: string;
  version?: string;
}
export interface Quantity {
  number?: number;
  unit?: string;
  text?: string;
}
export interface Absent {
  absent: "not_applicable" | "not_recorded";
  reason?: string;
}
export type Value = unknown;

export interface Node {
  id?: string;
  [field: string]: Value;
}
export type CurationRecord = Record<string, Node | Node[]>;

export interface Origin {
  kind?: string;
  source?: string;
  header?: string;
  count?: number;
  of?: number;
}
/** Keys that have their usual value are left out: a mark without ``confirmed`` is confirmed. */
export interface Mark {
  confirmed?: boolean;
  origin?: Origin;
}

export interface Edit {
  op: "set" | "clear" | "confirm" | "add" | "remove" | "move" | "fill";
  path: string;
  value?: Value;
  id?: string;
  after?: string | null;
  rows?: string[];
  /** Where the value came from, if a person did not type it. */
  origin?: Origin;
  /** What is known of the values of an entity that is added, by the rest of their paths. */
  marks?: Record<string, Mark>;
}

export interface Finding {
  level: "error" | "warning" | "info";
  code: string;
  path: string;
  message: string;
  found: string | null;
  wanted: string | null;
  fix: boolean;
  fix_label: string | null;
  targets: string[];
}
export interface Light {
  state: "ready" | "near" | "far";
  left: number;
  warnings: number;
}
export interface Progress {
  done: number;
  of: number;
  to_do: number;
  pencil: number;
  state: "empty" | "todo" | "done" | "unused";
  next?: { path: string; field?: string } | null;
}
export interface Report {
  targets: Record<string, Light>;
  findings: Finding[];
  count: number;
  progress: Record<string, Progress>;
}

export type Level = "required" | "recommended" | "optional";
export type Kind =
  | "text"
  | "long"
  | "number"
  | "quantity"
  | "date"
  | "choice"
  | "choices"
  | "flag"
  | "texts"
  | "term"
  | "terms"
  | "ref"
  | "refs"
  | "rows"
  | "url"
  | "email"
  | "orcid"
  | "ror"
  | "doi";

export interface FieldGuide {
  name: string;
  kind: Kind;
  levels: Record<string, Level>;
  rembi?: string | null;
  terms?: string | null;
  units?: string[];
  choices?: string[];
  free?: boolean;
  /** CURIE of a choice that is a term. */
  ids?: Record<string, string>;
  of?: string | null;
  /** Other collections that the reference may point to besides. */
  also?: string[];
  rows?: string | null;
  scope?: string[];
  pattern?: string | null;
  min_length?: number | null;
  isa?: string | null;
  bia?: string | null;
  omero?: string | null;
  readonly?: boolean;
  /** Fields of the same entity from which an export composes this one's text: any of them answers it. */
  composed_from?: string[];
}
export interface SectionGuide {
  name: string;
  collection: string;
  kind: "one" | "many" | "table" | "rows";
  module?: string;
  scope?: string[];
  use?: Record<string, string>;
  prefix: string;
  title: string;
  groups: { name: string; fields: string[] }[];
  fields: FieldGuide[];
}
export interface Guide {
  sections: Record<string, SectionGuide>;
  targets: string[];
  imaging: string[];
}

export interface Scan {
  state: "idle" | "running" | "done" | "failed";
  done?: number;
  of?: number;
  message?: string;
}

/** How far the comparison of files is, in bytes. */
export interface Comparing {
  done: number;
  of: number;
}

export type Status = "starting" | "ready" | "offline" | "failed";
