// The words that find a field of the reference.

import { expect, test } from "vitest";
import { folded, listing } from "../src/reference/listing.ts";
import type { FieldGuide, Guide, SectionGuide } from "../src/types.ts";

const field = (name: string, more: Partial<FieldGuide> = {}): FieldGuide => ({
  name,
  kind: "text",
  levels: {},
  ...more,
});
const section = (name: string, fields: FieldGuide[]): SectionGuide => ({
  name,
  collection: `${name}s`,
  kind: "many",
  prefix: "x",
  title: "title",
  groups: [],
  fields,
});
const GUIDE: Guide = {
  sections: {
    study: section("study", [field("title", { isa: "Study Title" }), field("license", { rembi: "General" })]),
    biosample: section("biosample", [field("organism", { bia: "Biosample, Organism" })]),
  },
  targets: [],
  imaging: [],
};
const TEXTS = {
  "guide.study.label": "Étude",
  "guide.study.title.label": "Titre",
  "guide.study.title.help": "Une ligne qui dit ce qui a été étudié.",
  "guide.study.license.label": "Licence",
  "guide.biosample.label": "Échantillon biologique",
  "guide.biosample.organism.label": "Organisme",
};
const found = (words: string) =>
  listing(GUIDE, TEXTS, words).map((one) => [one.section.name, ...one.fields.map(({ name }) => name)].join(" "));

test("without words every field is listed, by section", () => {
  expect(found("  ")).toEqual(["study title license", "biosample organism"]);
});

test.each([
  ["titre", ["study title"]],
  ["ETUDE", ["study title license"]],
  ["etudie ligne", ["study title"]],
  ["Study Title", ["study title"]],
  ["biosample, organism", ["biosample organism"]],
  ["general", ["study license"]],
  ["titre organisme", []],
])("%s finds what has all its words", (words, wanted) => {
  expect(found(words)).toEqual(wanted);
});

test("accents and case do not count", () => {
  expect(folded("Œuf Étudié ÇÀ")).toBe("œuf etudie ca");
});
