// Places, titles and header facts in words: pure functions of the curator.

import { expect, test } from "vitest";
import { bytes, clock, number } from "../src/curator/ask.ts";
import { cellWords, choiceWords, findingsByCell, linesOf } from "../src/curator/columns.ts";
import { channelsOf, factsOf, type Header, leavesOf, scaleOf } from "../src/curator/header.ts";
import { leadOfNext } from "../src/curator/next.ts";
import { isSetUp, placeOf, titleOf, wordsOf } from "../src/curator/place.ts";
import { leadOf } from "../src/curator/table.tsx";
import type { Leaf } from "../src/curator/tree.ts";
import type { FieldGuide, Finding, Guide, SectionGuide } from "../src/types.ts";

const field = (name: string, more: Partial<FieldGuide> = {}): FieldGuide => ({
  name,
  kind: "text",
  levels: {},
  ...more,
});
const section = (name: string, collection: string, kind: SectionGuide["kind"], fields: FieldGuide[]): SectionGuide => ({
  name,
  collection,
  kind,
  prefix: name.slice(0, 2),
  title: "title",
  groups: [],
  fields,
});
const guide: Guide = {
  targets: [],
  imaging: [],
  sections: {
    study: section("study", "study", "one", [field("title")]),
    person: { ...section("person", "people", "many", [field("orcid")]), title: "last_name" },
    sample: section("sample", "samples", "many", [field("labels", { kind: "rows", rows: "label" })]),
    label: section("label", "labels", "rows", [field("content")]),
    image: section("image", "images", "table", [field("qc_info"), field("group")]),
    file: section("file", "files", "table", [field("path")]),
  },
};
const record = {
  people: [{ id: "pe-1", last_name: "Curie" }],
  samples: [{ id: "sa-1", title: "HeLa" }],
  acquisitions: [{ id: "ac-1", title: "Confocal" }],
  components: [{ id: "sc-1", associations: [{ id: "as-1", sample: "sa-1", acquisition: "ac-1" }, { id: "as-2" }] }],
};
const t = (key: string) => key;

test.each([
  ["/study/title", { section: "study", path: "/study/title" }],
  ["/study", { section: "study", path: undefined }],
  ["/people/pe-1/orcid", { section: "study", path: "/people/pe-1/orcid" }],
  ["/samples/sa-1", { section: "sample", id: "sa-1", path: undefined }],
  ["/samples/sa-1/labels/lb-1/content", { section: "sample", id: "sa-1", path: "/samples/sa-1/labels/lb-1/content" }],
  ["/images/im-1/qc_info", { section: "table", path: "/images/im-1/qc_info" }],
  ["/setup/targets", { section: "start" }],
])("%s leads to its place", (path, place) => {
  expect(placeOf(guide, path)).toEqual(place);
});

test.each([
  ["/study/title", "guide.study.label, guide.study.title.label"],
  ["/people/pe-1/orcid", "guide.person.label Curie, guide.person.orcid.label"],
  [
    "/samples/sa-1/labels/lb-1/content",
    "guide.sample.label HeLa, guide.sample.labels.label, guide.label.content.label",
  ],
  ["/images/qc_info", "guide.image.label, guide.image.qc_info.label"],
  ["/nowhere/x", "/nowhere/x"],
])("%s in words", (path, words) => {
  expect(wordsOf(record, guide, path, t)).toBe(words);
});

test.each([
  ["/images/im-1/qc_info", { table: "images", rows: ["im-1"], column: "qc_info", where: {} }],
  ["/images/qc_info", { table: "images", rows: undefined, column: "qc_info", where: {} }],
  ["/images?group=a%20b", { table: "images", rows: undefined, column: undefined, where: { group: "a b" } }],
  [
    "/images?component=sc-1&association=",
    { table: "images", rows: undefined, column: undefined, where: { component: "sc-1", association: null } },
  ],
  ["/images?group=", { table: "images", rows: undefined, column: undefined, where: { group: null } }],
  ["/files/fl-1/path", { table: "files", rows: ["fl-1"], column: "path", where: {} }],
  [undefined, { table: "images", rows: undefined, column: undefined, where: {} }],
])("the table that %s leads to", (path, lead) => {
  expect(leadOf(guide, path)).toEqual(lead);
});

test("where nothing is there yet, the next step is to add one", () => {
  expect(leadOfNext(guide, { path: "/samples", field: "title" })).toBeUndefined();
  expect(leadOfNext(guide, { path: "/study", field: "title" })).toBe("/study/title");
  expect(leadOfNext(guide, { path: "/images", field: "qc_info" })).toBe("/images/qc_info");
});

test("a curation is set up once it has a target", () => {
  expect(isSetUp({ setup: {} })).toBe(false);
  expect(isSetUp({ setup: { targets: ["bia"] } })).toBe(true);
});

test("an entity without a title has no words, a line is named by its sample and acquisition", () => {
  expect(titleOf(record, guide, "people", "pe-1")).toBe("Curie");
  expect(titleOf(record, guide, "samples", "sa-9")).toBe("");
  expect(linesOf(record, guide).map((line) => line.title)).toEqual(["HeLa × Confocal", "as-2"]);
});

test.each([
  [undefined, ""],
  [0.1234567, "0.123457"],
  [true, "ui.yes"],
  [{ absent: "not_applicable", reason: "x" }, "ui.not_applicable"],
  [{ label: "raw", id: "X:1" }, "raw"],
  ["sa-1", "HeLa"],
])("a cell with %j reads %s", (value, words) => {
  expect(cellWords(value, field("x"), new Map([["sa-1", "HeLa"]]), t, "en")).toBe(words);
});

test("a word of a list that the catalogue does not know stays as it is", () => {
  expect(choiceWords(t, "format", "OME-TIFF")).toBe("OME-TIFF");
  expect(choiceWords((key) => (key === "guide.choice.format.ome_tiff" ? "said" : key), "format", "OME-TIFF")).toBe(
    "said",
  );
});

test("findings of a table by cell; the first, the worst, is shown", () => {
  const at = (path: string, code: string) => ({ path, code }) as Finding;
  const found = findingsByCell(
    [at("/images/im-1/x", "a"), at("/images/im-1/x", "b"), at("/files/fl-1", "c")],
    "images",
  );
  expect([...found].map(([key, finding]) => [key, finding.code])).toEqual([["im-1 x", "a"]]);
});

const header = (values: Header["values"]): Header => ({
  path: "a.tiff",
  values,
  raw: [["k", "v"]],
  leaves: [],
  warnings: [],
});

test.each([
  [1000, 0.2, "50 µm", 25],
  [100, 0.001, "20 nm", 20],
  [10000, 1, "2 mm", 20],
])("%d pixels of %d µm have a round scale bar", (size_x, pixel, words, percent) => {
  const scale = scaleOf(
    header([
      ["size_x", size_x, null],
      ["px_x_um", pixel, null],
    ]),
    "en",
  );
  expect(scale?.words).toBe(words);
  expect(scale?.percent).toBeCloseTo(percent, 6);
});

test("without a pixel size there is no scale bar, and no fact is made up", () => {
  const bare = header([
    ["size_x", 10, null],
    ["size_y", 10, null],
    ["acquired_at", "yesterday", null],
  ]);
  expect(scaleOf(bare, "en")).toBeUndefined();
  expect(factsOf(bare, t, "en")).toEqual([["ui.image.pixels", "10 × 10"]]);
});

test("a colour that is none is not handed to a style", () => {
  const channels = [{ name: "DNA", color_hex: "url(x)" }, { fluor: "GFP", color_hex: "#00ff00" }, {}];
  expect(channelsOf(header([["channels", channels, null]]))).toEqual([
    { name: "DNA", colour: undefined },
    { name: "GFP", colour: "#00ff00" },
    { name: "3", colour: undefined },
  ]);
});

test("all that a header says is a tree; what the file tells and what has no place are named in words", () => {
  const leaves: Leaf[] = [
    [["Objective", "model"], "Plan", ["Objective model"]],
    [["", "format"], "CZI"],
    [["*", "k"], "v"],
  ];
  expect(leavesOf({ ...header([]), leaves }, t)).toEqual([
    leaves[0],
    [["ui.header.file", "format"], "CZI", undefined],
    [["ui.header.rest", "k"], "v", undefined],
  ]);
});

test("numbers, sizes and times as each language writes them", () => {
  expect(bytes(999, "en")).toBe("999 B");
  expect(bytes(1500, "en")).toBe("1.5 kB");
  expect(bytes(86_100_000, "fr")).toBe("86,1 Mo");
  expect(number(1234567, "en", 0)).toBe("1,234,567");
  const at = new Date(2026, 2, 12, 9, 5);
  expect([clock(at, "en"), clock(at, "fr")]).toEqual(["09:05", "09 h 05"]);
});
