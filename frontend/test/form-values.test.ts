// Values as a person types and reads them, and the rules that answer in the browser.

import { describe, expect, test } from "vitest";
import { faultOf, readDate } from "../src/fields/patterns.ts";
import { own } from "../src/fields/search.ts";
import { moved, piecesOf } from "../src/fields/texts.tsx";
import { readNumber, readQuantity, same, sayNumber, sayValue, slug, unitIn } from "../src/fields/values.ts";
import type { FieldGuide } from "../src/types.ts";

describe("quantities", () => {
  test.each([
    ["63", ["nm"], "nm", { number: 63, unit: "nm" }],
    ["63 nm", ["nm"], undefined, { number: 63, unit: "nm" }],
    ["63nm", ["µm", "nm"], "µm", { number: 63, unit: "nm" }],
    ["0,5 um", ["mm", "µm"], "mm", { number: 0.5, unit: "µm" }],
    ["1.4e-3 μm", ["µm"], undefined, { number: 0.0014, unit: "µm" }],
    ["−20 C", ["°C", "K"], "K", { number: -20, unit: "°C" }],
    ["37", ["°C", "K"], "K", { number: 37, unit: "K" }],
    ["1 000 ms", ["ms", "s"], undefined, { number: 1000, unit: "ms" }],
    ["2 weeks", ["s", "h"], "s", { number: 2, unit: "weeks" }],
    ["410–470 nm", ["nm"], "nm", { text: "410–470", unit: "nm" }],
    ["410–470", ["nm"], "nm", { text: "410–470", unit: "nm" }],
    ["room temperature", ["°C"], "°C", { text: "room temperature", unit: "°C" }],
    ["5", [], undefined, { number: 5 }],
  ])("%s with %s is read", (typed, units, unit, wanted) => {
    expect(readQuantity(typed, units, unit)).toEqual(wanted);
  });

  test("nothing typed is no quantity", () => expect(readQuantity("  ", ["nm"], "nm")).toBeUndefined());

  test("a unit is known by the ways it is typed", () => {
    expect(unitIn(["µm", "°C"], "UM")).toBeUndefined();
    expect(unitIn(["µm", "°C"], "um")).toBe("µm");
    expect(unitIn(["µm", "°C"], "c")).toBeUndefined();
    expect(unitIn(["ms", "s"], "MS")).toBe("ms");
  });
});

test.each([
  ["1,4", 1.4],
  [".5", 0.5],
  ["1 000", 1000],
  ["1e3", 1000],
  ["-3", -3],
  ["63x", undefined],
  ["", undefined],
  ["1.2.3", undefined],
])("the number %s", (typed, wanted) => expect(readNumber(typed)).toBe(wanted));

test("a number reads as the language writes it, and comes back", () => {
  expect(sayNumber(1.4, "fr")).toBe("1,4");
  for (const lang of ["en", "fr"]) expect(readNumber(sayNumber(0.071, lang))).toBe(0.071);
});

test("values are said in a few words", () => {
  expect(sayValue([{ label: "HeLa" }, { label: "NIH 3T3" }], "en")).toBe("HeLa, NIH 3T3");
  expect(sayValue({ number: 488, unit: "nm" }, "en")).toBe("488 nm");
  expect(sayValue({ text: "410–470", unit: "nm" }, "en")).toBe("410–470 nm");
  expect(sayValue({ absent: "not_recorded" }, "en")).toBe("");
});

test("the order of keys and the kind of emptiness make no difference", () => {
  expect(same({ number: 1, unit: "nm" }, { unit: "nm", number: 1 })).toBe(true);
  expect(same({ label: "a", id: undefined }, { label: "a" })).toBe(true);
  expect(same("", undefined)).toBe(true);
  expect(same([], null)).toBe(true);
  expect(same(0, undefined)).toBe(false);
  expect(same(false, undefined)).toBe(false);
});

test("a choice's key", () => expect(slug("CC BY 4.0")).toBe("cc_by_4_0"));

describe("patterns", () => {
  test.each([
    ["orcid", "0000-0002-1825-0097", undefined],
    ["orcid", "https://orcid.org/0000-0002-1694-233X", undefined],
    ["orcid", "0000-0002-1825-0098", "orcid_check"],
    ["orcid", "0000000218250097", "orcid_form"],
    ["ror", "https://ror.org/02mhbdp94", undefined],
    ["ror", "https://ror.org/02catss52", undefined],
    ["ror", "02catss53", "ror_check"],
    ["ror", "ror.org/12345", "ror_form"],
    ["doi", "10.1038/s41592-021-01166-8", undefined],
    ["doi", "https://doi.org/10.1000/abc", undefined],
    ["doi", "10.1000-abc", "doi"],
    ["email", "ada@lab.example.org", undefined],
    ["email", "ada@lab", "email"],
    ["email", "ada lab@x.org", "email"],
    ["url", "https://lab.example.org/data?x=1", undefined],
    ["url", "lab.example.org", "url"],
    ["url", "javascript:alert(1)", "url"],
    ["date", "2024-02-29", undefined],
    ["date", "2023-02-29", "date_none"],
    ["date", "24.11.2026", "date"],
    ["year", "26", "year"],
    ["pubmed", "34021280", undefined],
    ["colour", "#40FFaa", undefined],
    ["colour", "green", "colour"],
    ["doi", "  ", undefined],
    [undefined, "anything", undefined],
  ])("%s %s", (pattern, text, wanted) => expect(faultOf(pattern, text)).toBe(wanted));

  test.each([
    ["2026-3-4", "2026-03-04"],
    ["20260304", "2026-03-04"],
    ["4.3.2026", "2026-03-04"],
    ["2026/03/04", "2026-03-04"],
    ["3/4/2026", "3/4/2026"],
    ["spring", "spring"],
  ])("the date %s", (typed, wanted) => expect(readDate(typed)).toBe(wanted));
});

describe("repeated values", () => {
  test("pasted lines are several values", () =>
    expect(piecesOf("actin\nlamin; DNA\n\n")).toEqual(["actin", "lamin", "DNA"]));
  test("a comma belongs to the value", () => expect(piecesOf("latrunculin A, 0.2 µM")).toHaveLength(1));
  test("one moves by a step and stops at the end", () => {
    expect(moved(["a", "b", "c"], 0, 1)).toEqual(["b", "a", "c"]);
    expect(moved(["a", "b"], 1, 1)).toEqual(["a", "b"]);
  });
});

test("choices of the guide that are terms are suggested with their ids", () => {
  const field = {
    name: "study_type",
    kind: "terms",
    levels: {},
    choices: ["histology", "time-lapse imaging"],
  } as FieldGuide;
  const [found] = own({ ...field, ids: { "time-lapse imaging": "OMIT:0027490" } }, "time");
  expect(found?.term).toEqual({ label: "time-lapse imaging", id: "OMIT:0027490", ontology: "OMIT" });
  expect(own(field, "hist")[0]?.term).toEqual({ label: "histology" });
});
