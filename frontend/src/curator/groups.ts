// The groups of images as the kernel gives them.

import type { State } from "../store.ts";

export interface Outlier {
  field: string;
  value: string;
  count: number;
  images: string[];
}

export interface Group {
  key: string;
  title: string;
  count: number;
  folders: string[];
  formats: string[];
  chips: string[];
  sample_images: string[];
  outliers: Outlier[];
  acquisition: string | null;
  pencil: number;
}

export interface Groups {
  groups: Group[];
  unreadable: { path: string; message: string }[];
}

/** Groups change with the tables, with what is known of acquisitions, and with the language. */
export function groupKey(state: State): string {
  const acquisitions = state.record.acquisitions;
  const count = Array.isArray(acquisitions) ? acquisitions.length : 0;
  return `${state.folder} ${state.tablesChanged} ${state.lang} ${count}`;
}
