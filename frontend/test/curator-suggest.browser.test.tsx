// Proposing terms for free text: the button is there only where free text is, asks once, and says what came of it.

import { afterEach, beforeEach, expect, test } from "vitest";
import { page as browser } from "vitest/browser";
import type { Finding, Report } from "../src/types.ts";
import { asked, button, curate, FINDINGS, press, REPORT } from "./curating.ts";
import { type Page, rest } from "./page.ts";

let page: Page | undefined;
const LABEL = "Propose terms for free text";
const free = { ...(FINDINGS[2] as Finding), code: "free_text_term", path: "/biosamples/bs-1/organism" };
const withFree: Report = { ...REPORT, findings: [...FINDINGS, free], count: FINDINGS.length + 1 };

const open = async (report: Report, answer: object = {}) => {
  const suggest = () => ({ kind: "ack", seq: 0, proposed: 0, kept: 0, left: 1, ...answer });
  page = await curate({ report, answers: { suggest } });
  await press(page.el.querySelector(".rw-rail") as Element, "Findings");
  await rest(60);
  return page;
};

const after = async (answer: object) => {
  const { el } = await open(withFree, answer);
  await press(el, LABEL);
  return el.textContent ?? "";
};

beforeEach(() => browser.viewport(1440, 900));
afterEach(() => {
  page?.leave();
  page = undefined;
});

test("without free text there is no such button", async () => {
  const { el } = await open(REPORT);
  expect(() => button(el, LABEL)).toThrow();
});

test("it asks once and tells how many terms are in pencil now", async () => {
  const said = await after({ proposed: 2 });
  expect(asked(page as Page, "suggest")).toHaveLength(1);
  expect(said).toContain("2 terms proposed in pencil");
});

test("text that a person wrote stays, and the sentence says where the term is offered", async () => {
  expect(await after({ kept: 1 })).toContain("The finding offers it; your words stay");
});

test("nothing sure is said plainly", async () => {
  expect(await after({})).toContain("No sure term for the free text");
});
