// What the kernel tells of a submission: the page that the archive will make of it, and what each of its parts would say.

export interface Row {
  name: string;
  value: string;
  qualifiers: [string, string][];
  path: string;
}
export interface Part {
  kind: string;
  title: string;
  rows: Row[];
  below: Part[];
  path: string;
}
export interface Author extends Part {
  /** Numbers of the organisations, as they are listed. */
  organisations: number[];
}
export interface Listed {
  name: string;
  columns: string[];
  rows: string[][];
  paths: string[];
  count: number;
  bytes: number | null;
  images: string[];
}
export interface Component extends Part {
  parts: Part[];
  associations: { columns: string[]; rows: string[][]; paths: string[] };
  list: Listed | null;
}
export interface Annotation extends Part {
  list: Listed | null;
}
export interface ArchivePage {
  template: string;
  accession: string;
  doi: string | null;
  title: string;
  release_date: string;
  description: string;
  keywords: string[];
  licence: Row | null;
  rows: Row[];
  links: { url: string; rows: Row[]; path: string }[];
  authors: Author[];
  organisations: Part[];
  components: Component[];
  annotations: Annotation[];
  publications: Part[];
  grants: Part[];
  others: Part[];
}

export interface Said {
  level: "error" | "warning" | "info";
  code: string;
  message: string;
  path: string;
}
export interface Verdict {
  name: "form" | "server" | "ingest";
  passes: boolean;
  findings: Said[];
  count: number;
}
