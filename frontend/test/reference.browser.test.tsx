// The card of a field and the whole reference: by mouse and by keyboard, in both languages, light and dark, wide and slim.

import axe from "axe-core";
import { afterEach, expect, test, vi } from "vitest";
import { page as browser } from "vitest/browser";
import { button, curate, key, press, type } from "./curating.ts";
import { GUIDE, TEXTS } from "./guide.ts";
import { type Page, rest, show } from "./page.ts";

let page: Page | undefined;
afterEach(() => {
  page?.leave();
  page = undefined;
  delete document.documentElement.dataset.theme;
});

const dialog = (root: Element) => root.querySelector("dialog[open]") as HTMLDialogElement;
const said = (root: Element | null) => root?.textContent?.replace(/\s+/g, " ") ?? "";

async function biosample(lang = "en", options = {}): Promise<Page> {
  page = await show({ section: "biosample", lang, options, record: { biosamples: [{ id: "bs-1", title: "HeLa" }] } });
  return page;
}

function organism(el: Element): HTMLElement {
  return el.querySelector('[data-path="/biosamples/bs-1/organism"]') as HTMLElement;
}

test("the question mark at a label opens the card of its field, and Escape gives the focus back", async () => {
  const { el } = await biosample();
  const mark = button(organism(el), "What “Organism” means");
  mark.focus();
  mark.click();
  await rest(60);
  const card = said(dialog(el));
  for (const words of ["Mus musculus", "NCBI Taxonomy", "Characteristics[organism]", "Biosample → Organism"])
    expect(card).toContain(words);
  expect(card).toContain("Biosamples, Organism");
  expect([...dialog(el).querySelectorAll(".rw-needs div")].map(said)).toEqual([
    "ISA-Tabrequired",
    "BioImage Archiverequired",
    "Image Data Resource (IDR)required",
    "OMEROrecommended",
  ]);
  dialog(el).close();
  await rest(60);
  expect(dialog(el)).toBeNull();
  await vi.waitFor(() => expect(document.activeElement).toBe(mark));
});

test("F1 in a field opens its card, and Tab does not stop at the question mark", async () => {
  const { el } = await biosample();
  const input = organism(el).querySelector("input") as HTMLInputElement;
  input.focus();
  await key(input, "F1");
  expect(said(dialog(el).querySelector(".rw-cardname"))).toBe("Organism");
  expect(dialog(el).contains(document.activeElement)).toBe(true);
  dialog(el).close();
  await rest(60);
  await vi.waitFor(() => expect(document.activeElement).toBe(input));
  expect(organism(el).querySelector<HTMLElement>(".rw-meaning")?.tabIndex).toBe(-1);
});

test("from a card to all fields, searched, and to another card", async () => {
  const { el } = await biosample();
  button(organism(el), "What “Organism” means").click();
  await rest(60);
  await press(dialog(el), "All fields");
  const all = Object.values(GUIDE.sections).reduce((sum, { fields }) => sum + fields.length, 0);
  expect(dialog(el).querySelectorAll(".rw-reffield")).toHaveLength(all);
  const input = dialog(el).querySelector("input[type=search]") as HTMLInputElement;
  await vi.waitFor(() => expect(document.activeElement).toBe(input));
  type(input, "numerical aperture");
  await rest(60);
  expect(said(dialog(el).querySelector("[role=status]"))).toBe("1 field");
  await press(dialog(el), "Numerical aperture");
  expect(said(dialog(el).querySelector(".rw-cardname"))).toBe("Numerical aperture");
  await press(dialog(el), "All fields");
  expect((dialog(el).querySelector("input[type=search]") as HTMLInputElement).value).toBe("numerical aperture");
  type(dialog(el).querySelector("input[type=search]"), "qqq");
  await rest(60);
  expect(said(dialog(el).querySelector("[role=status]"))).toContain("No field has these words.");
});

test("the side panel shows the same card beside where the value was read", async () => {
  await browser.viewport(1440, 900);
  page = await curate();
  await press(page.el.querySelector(".rw-rail") as Element, "Image acquisition");
  (page.el.querySelector(".rw-main input[type=text]") as HTMLInputElement).focus();
  await rest(50);
  const panel = page.el.querySelector(".rw-side .rw-panel") as HTMLElement;
  for (const words of ["Image/@Name", "How far it is needed", "Study Protocol Name", "Image acquisitions, Title"])
    expect(said(panel)).toContain(words);
  await press(panel, "All fields");
  expect(dialog(panel).querySelectorAll(".rw-reffields").length).toBe(Object.keys(GUIDE.sections).length);
});

test("in French, every card of the guide has its texts", async () => {
  const { el } = await biosample("fr");
  button(organism(el), "Ce que veut dire « Organisme »").click();
  await rest(60);
  expect(said(dialog(el))).toContain("Qui le demande");
  expect(said(dialog(el))).toContain("Échantillons biologiques, Organisme");
  expect(said(dialog(el))).not.toMatch(/(guide|ui)\.[a-z]/);
  for (const { fields } of Object.values(GUIDE.sections))
    for (const { terms } of fields) if (terms) expect(TEXTS.fr).toHaveProperty([`ui.reference.terms.${terms}`]);
});

async function faults(el: Element): Promise<string[]> {
  await Promise.all(document.getAnimations().map((motion) => motion.finished.catch(() => undefined)));
  const { violations } = await axe.run(el as HTMLElement, { resultTypes: ["violations"] });
  return violations
    .filter(({ impact }) => impact === "serious" || impact === "critical")
    .map(({ id, nodes }) => `${id}: ${nodes.map((node) => node.html.slice(0, 140)).join(" | ")}`);
}

for (const theme of ["light", "dark"])
  for (const width of [1440, 390])
    test(`axe finds nothing in the card and the list, in ${theme} at ${width} px`, async () => {
      await browser.viewport(width, 900);
      const { el } = await biosample("en", { page: true });
      document.documentElement.dataset.theme = theme;
      expect(await faults(el)).toEqual([]);
      const mark = button(organism(el), "What “Organism” means");
      if (width === 390) expect(mark.getBoundingClientRect().height).toBeGreaterThanOrEqual(44);
      mark.click();
      await rest(80);
      expect(await faults(el)).toEqual([]);
      expect(dialog(el).getBoundingClientRect().right).toBeLessThanOrEqual(width);
      expect(dialog(el).scrollWidth).toBeLessThanOrEqual(dialog(el).clientWidth);
      await press(dialog(el), "All fields");
      expect(await faults(el)).toEqual([]);
      expect(dialog(el).getBoundingClientRect().bottom).toBeLessThanOrEqual(900);
    }, 60_000);
