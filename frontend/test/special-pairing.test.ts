// Samples as pairs: found, completed or made; and which pairs are worth proposing.

import { expect, test } from "vitest";
import { foreseen } from "../src/record.ts";
import { missingPairs, pairEdits, pairsEdits, pairTitle, samplesOf } from "../src/special/pairing.ts";
import type { CurationRecord, Node } from "../src/types.ts";

const LINE = "/components/sc-1/associations/as-1";
const record = (more: CurationRecord = {}): CurationRecord => ({
  biosamples: [
    { id: "bs-1", title: "HeLa" },
    { id: "bs-2", title: "3T3" },
  ],
  specimens: [{ id: "sp-1", title: "Fixed" }],
  samples: [{ id: "sa-1", title: "HeLa", biosample: "bs-1", specimen: "sp-1" }],
  components: [{ id: "sc-1", associations: [{ id: "as-1" }] }],
  ...more,
});

test("a pair that has a sample is found", () => {
  const edits = pairEdits(record(), LINE, undefined, { biosample: "bs-1", specimen: "sp-1" });
  expect(edits).toEqual([{ op: "set", path: `${LINE}/sample`, value: "sa-1" }]);
});

test("a pair without one is made, named, and given to the line in one change", () => {
  const [add, set] = pairEdits(record(), LINE, undefined, { biosample: "bs-2", specimen: "sp-1" });
  expect(add).toMatchObject({
    op: "add",
    path: "/samples",
    value: { title: "3T3", biosample: "bs-2", specimen: "sp-1" },
  });
  expect(set).toEqual({ op: "set", path: `${LINE}/sample`, value: add?.id });
});

test("the pair a line has already makes no change", () => {
  const known = record();
  const [current] = known.samples as Node[];
  expect(pairEdits(known, LINE, current, { biosample: "bs-1", specimen: "sp-1" })).toEqual([]);
});

test("half a sample is completed in place, unless another line names it", () => {
  const half = { id: "sa-2", biosample: "bs-2" };
  const lines = [{ id: "as-1", sample: "sa-2" }];
  const known = record({ samples: [half], components: [{ id: "sc-1", associations: lines }] });
  const pair = { biosample: "bs-2", specimen: "sp-1" };
  expect(pairEdits(known, LINE, half, pair)).toEqual([
    { op: "set", path: "/samples/sa-2/specimen", value: "sp-1" },
    { op: "set", path: "/samples/sa-2/title", value: "3T3" },
  ]);
  const shared = { ...known, components: [{ id: "sc-1", associations: [...lines, { id: "as-2", sample: "sa-2" }] }] };
  expect(pairEdits(shared, LINE, half, pair)[0]).toMatchObject({ op: "add", path: "/samples" });
});

test("a whole sample is never turned into another one", () => {
  const known = record();
  const [current] = known.samples as Node[];
  const [add] = pairEdits(known, LINE, current, { biosample: "bs-2", specimen: "sp-1" });
  expect(add?.op).toBe("add");
});

test("with several preparations the name says which", () => {
  const two = record({
    specimens: [
      { id: "sp-1", title: "Fixed" },
      { id: "sp-2", title: "Live" },
    ],
  });
  expect(pairTitle(two, { biosample: "bs-1", specimen: "sp-2" })).toBe("HeLa, Live");
  expect(pairTitle(record(), { biosample: "bs-1", specimen: "sp-1" })).toBe("HeLa");
});

test("pairs are proposed where only one of the two varies", () => {
  expect(missingPairs(record())).toEqual([{ biosample: "bs-2", specimen: "sp-1" }]);
  const specimens = [{ id: "sp-1" }, { id: "sp-2" }];
  expect(missingPairs(record({ specimens }))).toEqual([]);
  expect(missingPairs(record({ specimens, biosamples: [{ id: "bs-1" }] }))).toEqual([
    { biosample: "bs-1", specimen: "sp-2" },
  ]);
  expect(missingPairs(record({ specimens: [] }))).toEqual([]);
});

test("made pairs are missing no more", () => {
  const known = record();
  const after = pairsEdits(known, missingPairs(known)).reduce(foreseen, known);
  expect(missingPairs(after)).toEqual([]);
  expect(samplesOf(after, { biosample: "bs-2", specimen: "sp-1" })).toHaveLength(1);
});
