// Which images a form over many speaks of: read from an address, written as one.

import { expect, test } from "vitest";
import { addressOf, askedIn, sameScope, scopeOf } from "../src/special/scope.ts";
import { acquisitionSentence, labelsOf } from "../src/special/sentence.tsx";
import type { FieldGuide } from "../src/types.ts";

const FIELDS: FieldGuide[] = [
  { name: "component", kind: "ref", levels: {} },
  { name: "size_x", kind: "number", levels: {} },
  { name: "contrast_inversion", kind: "flag", levels: {} },
  { name: "qc_info", kind: "long", levels: {} },
];

test.each([
  ["/images?component=sc-1", { where: { component: "sc-1" }, rows: undefined }],
  ["/images?component=sc-1&sample=", { where: { component: "sc-1", sample: null }, rows: undefined }],
  [
    "/images?size_x=2048&contrast_inversion=true",
    { where: { size_x: 2048, contrast_inversion: true }, rows: undefined },
  ],
  ["/images?rows=im-1,im-2", { where: {}, rows: ["im-1", "im-2"] }],
  ["/images/im-3/qc_info", { where: {}, rows: ["im-3"] }],
  ["/images/qc_info", undefined],
  ["/study/title", undefined],
  [undefined, undefined],
])("%s", (path, scope) => {
  expect(scopeOf(path, FIELDS)).toEqual(scope);
});

test("an address is read back as the scope it was written from", () => {
  const scope = { where: { component: "sc-1", size_x: 512 }, rows: ["im-1", "im-2"] };
  expect(askedIn(addressOf(scope), FIELDS)).toEqual(scope);
  expect(addressOf({ where: {} })).toBe("/images");
  expect(addressOf({ where: { component: "a" } }, { qc_info: "a & b = c" })).toBe(
    "/images?component=a&qc_info=a+%26+b+%3D+c",
  );
});

test("scopes are the same by what they say", () => {
  expect(sameScope({ where: { a: 1 } }, { where: { a: 1 }, rows: undefined })).toBe(true);
  expect(sameScope({ where: {} }, { where: {}, rows: ["im-1"] })).toBe(false);
});

const say = (key: string, values: Record<string, unknown> = {}) =>
  ({
    "ui.special.s_on": `on ${values.instrument}`,
    "ui.special.s_objective": `with a ${values.objective} objective`,
    "ui.special.s_at": `at ${values.value}`,
    "ui.special.s_marks": `${values.label} marks ${values.target}`,
    "ui.special.s_excited": `excited at ${values.value}`,
    "ui.special.s_detected": `detected at ${values.value}`,
    "ui.special.s_channels": `Channels: ${values.channels}.`,
    "ui.special.s_imaging": "imaging",
  })[key] ?? key;

test("an acquisition reads as a sentence, its channels by the labels of the samples", () => {
  const labels = labelsOf({
    samples: [
      { id: "sa-1", labels: [{ id: "lb-1", content: { label: "Hoechst" }, biological_entity: { label: "DNA" } }] },
    ],
  });
  const node = {
    imaging_method: [{ label: "confocal microscopy" }],
    instrument_manufacturer: "Zeiss",
    instrument_model: "LSM 980",
    objective_magnification: 63,
    objective_na: 1.4,
    objective_immersion: "Oil",
    temperature: { number: 37, unit: "°C" },
    channels: [
      { id: "ch-1", label: "lb-1", excitation: { number: 405, unit: "nm" } },
      { id: "ch-2", fluorophore: "Alexa 488", emission: { text: "495–560", unit: "nm" } },
    ],
  };
  expect(acquisitionSentence(node, labels, say, "en")).toBe(
    "Confocal microscopy on Zeiss LSM 980 with a 63×/1.4 oil objective at 37 °C. " +
      "Channels: Hoechst marks DNA (excited at 405 nm) and Alexa 488 (detected at 495–560 nm).",
  );
});

test("what is not known, or does not apply, is not said", () => {
  const node = {
    instrument_model: "Zeiss LSM",
    instrument_manufacturer: "Zeiss",
    temperature: { absent: "not_recorded" },
  };
  expect(acquisitionSentence(node, new Map(), say, "en")).toBe("Imaging on Zeiss LSM.");
});
