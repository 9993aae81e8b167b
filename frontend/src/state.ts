// What a page knows of a curation, and the messages that tell it.

import type { By, Changed, Conflict, News, Person } from "./others.ts";
import type { Comparing, CurationRecord, Guide, Mark, Node, Report, Scan, Status } from "./types.ts";

export interface State {
  status: Status;
  lang: string;
  texts: Record<string, string>;
  guide: Guide;
  folder: string | null;
  title: string;
  record: CurationRecord;
  marks: Record<string, Mark>;
  tables: { files: number; images: number };
  tablesChanged: number;
  undo: boolean;
  redo: boolean;
  saved: string | null;
  unsaved: number;
  restored: number;
  /** The paths of what was restored. */
  restoredPaths: string[];
  /** Fields that people gave different values without knowing of each other. */
  conflicts: Conflict[];
  people: Person[];
  news: News[];
  /** Fields that somebody else changed, until they were seen. */
  changed: Record<string, Changed>;
  notes: string[];
  said: { id: number; text: string; tone: "info" | "error" } | null;
  report: Report | null;
  checked: boolean;
  touched: ReadonlySet<string>;
  scan: Scan;
  comparing: Comparing | undefined;
}

export const START: State = {
  status: "starting",
  lang: "en",
  texts: {},
  guide: { sections: {}, targets: [], imaging: [] },
  folder: null,
  title: "",
  record: {},
  marks: {},
  tables: { files: 0, images: 0 },
  tablesChanged: 0,
  undo: false,
  redo: false,
  saved: null,
  unsaved: 0,
  restored: 0,
  restoredPaths: [],
  conflicts: [],
  people: [],
  news: [],
  changed: {},
  notes: [],
  said: null,
  report: null,
  checked: false,
  touched: new Set(),
  scan: { state: "idle" },
  comparing: undefined,
};

export interface Snapshot {
  folder: string | null;
  title: string;
  record: CurationRecord;
  marks: Record<string, Mark>;
  tables: { files: number; images: number };
  report: string[];
  conflicts?: Conflict[];
  people?: Person[];
  undo: boolean;
  redo: boolean;
  saved: string | null;
}

export interface Patch {
  seq: number;
  puts: [string, Node][];
  drops: string[];
  orders: [string, string[]][];
  marks: Record<string, Mark | null>;
  tables: { files: number; images: number; touched: string[] };
  by?: By | null;
  undo: boolean;
  redo: boolean;
  saved: string | null;
}
