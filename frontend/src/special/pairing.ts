// Samples as pairs: one biosample in one preparation. Found, completed or made, as the edits of one change.

import { isEmpty, listAt, newId } from "../record.ts";
import type { CurationRecord, Edit, Node } from "../types.ts";

export interface Pair {
  biosample?: string | undefined;
  specimen?: string | undefined;
}

const MADE: Record<string, string> = { biosamples: "bs", specimens: "sp", samples: "sa" };

function title(record: CurationRecord, collection: string, id: string | undefined): string {
  const found = listAt(record, collection).find((node) => node.id === id)?.title;
  return typeof found === "string" ? found : "";
}

/** Give the samples of a pair; several, if they differ in their status or place. */
export function samplesOf(record: CurationRecord, pair: Pair): Node[] {
  const same = (a: unknown, b: unknown) => (isEmpty(a) ? isEmpty(b) : a === b);
  return listAt(record, "samples").filter(
    (sample) => same(sample.biosample, pair.biosample) && same(sample.specimen, pair.specimen),
  );
}

/** Name a pair: by its biosample alone where all samples share one preparation, by both where they do not. */
export function pairTitle(record: CurationRecord, pair: Pair): string {
  const names = [title(record, "biosamples", pair.biosample)];
  if (listAt(record, "specimens").length > 1) names.push(title(record, "specimens", pair.specimen));
  return names.filter(Boolean).join(", ") || title(record, "specimens", pair.specimen);
}

function made(record: CurationRecord, pair: Pair): Node {
  const given = Object.entries({ title: pairTitle(record, pair), ...pair });
  return Object.fromEntries(given.filter(([, value]) => value));
}

/** Tell how many lines of all components name a sample. */
export function uses(record: CurationRecord, sample: string): number {
  const lines = listAt(record, "components").flatMap((part) => (part.associations as Node[] | undefined) ?? []);
  return lines.filter((line) => line.sample === sample).length;
}

/** What a line held so far may become the pair: a sample that lacks a half and that no other line names. */
function unfinished(record: CurationRecord, pair: Pair, current: Node | undefined): boolean {
  if (!current || uses(record, String(current.id)) > 1) return false;
  return (["biosample", "specimen"] as const).every((half) => isEmpty(current[half]) || current[half] === pair[half]);
}

/** Give the edits that have a line name the sample of a pair. */
export function pairEdits(record: CurationRecord, line: string, current: Node | undefined, pair: Pair): Edit[] {
  const [known] = samplesOf(record, pair);
  if (known && known.id === current?.id) return [];
  if (known) return [{ op: "set", path: `${line}/sample`, value: known.id }];
  if (current && unfinished(record, pair, current)) return completed(record, current, pair);
  const id = newId(MADE.samples ?? "");
  return [
    { op: "add", path: "/samples", id, value: made(record, pair) },
    { op: "set", path: `${line}/sample`, value: id },
  ];
}

function completed(record: CurationRecord, current: Node, pair: Pair): Edit[] {
  const path = `/samples/${current.id}`;
  const halves = (["biosample", "specimen"] as const).filter((half) => pair[half] && pair[half] !== current[half]);
  const edits: Edit[] = halves.map((half) => ({ op: "set", path: `${path}/${half}`, value: pair[half] }));
  const name = isEmpty(current.title) ? pairTitle(record, pair) : "";
  return name ? [...edits, { op: "set", path: `${path}/title`, value: name }] : edits;
}

/** Give the edit that makes a biosample or specimen of a name, and its id. */
export function namedEdit(collection: "biosamples" | "specimens", name: string): { id: string; edit: Edit } {
  const id = newId(MADE[collection] ?? "");
  return { id, edit: { op: "add", path: `/${collection}`, id, value: { title: name } } };
}

/**
 * Give the pairs that make sense and have no sample yet: each biosample in the only preparation, or the only biosample in
 * each preparation. With several of both, only a person knows.
 */
export function missingPairs(record: CurationRecord): Pair[] {
  const [biosamples, specimens] = ["biosamples", "specimens"].map((name) =>
    listAt(record, name).map((node) => String(node.id)),
  );
  if (!biosamples?.length || !specimens?.length || (biosamples.length > 1 && specimens.length > 1)) return [];
  const pairs = biosamples.flatMap((biosample) => specimens.map((specimen) => ({ biosample, specimen })));
  return pairs.filter((pair) => !samplesOf(record, pair).length);
}

export function pairsEdits(record: CurationRecord, pairs: Pair[]): Edit[] {
  return pairs.map((pair) => ({ op: "add", path: "/samples", id: newId("sa"), value: made(record, pair) }));
}
