// The ISA-Tab to look at, and a file brought into an open curation: keys, leads, findings, axe, wide and slim.

import axe from "axe-core";
import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { page as browser } from "vitest/browser";
import type { Isa } from "../src/isatab/types.ts";
import { asked, button, curate, key, press } from "./curating.ts";
import { type Page, rest } from "./page.ts";

const ROWS = 10_000;
const column = (header: string, kind: string, owner: number) => ({ header, kind, owner, width: 16 });

const ISA: Isa = {
  profile: "bioimaging",
  file: "i_investigation.txt",
  sections: [
    {
      heading: "STUDY",
      width: 1,
      rows: [
        { label: "Study Title", kind: "field", cells: ["Nuclei <b>bold</b>"], leads: [["/study/title"]] },
        { label: "Study File Name", kind: "field", cells: ["s_nuclei.txt"], leads: [[]] },
        { label: "Study Description", kind: "field", cells: [""], leads: [[]] },
      ],
    },
    {
      heading: "STUDY FACTORS",
      width: 0,
      rows: [{ label: "Study Factor Name", kind: "field", cells: [""], leads: [[]] }],
    },
  ],
  tables: [
    {
      file: "s_nuclei.txt",
      rows: ROWS,
      columns: [
        column("Source Name", "node", 0),
        column("Characteristics[organism]", "characteristic", 0),
        column("Term Source REF", "term", 0),
        column("Protocol REF", "protocol_ref", 3),
        column("Sample Name", "node", 4),
        column("Comment[REMBI ID]", "comment", 4),
      ],
    },
  ],
  findings: [
    {
      level: "warning",
      code: "a",
      message: "Odd <i>name</i>.",
      file: "s_nuclei.txt",
      line: 9000,
      place: 2,
      at: [8998, 1],
    },
    { level: "info", code: "b", message: "A title.", file: "i_investigation.txt", line: 2, place: 2, at: [0, 0, 0] },
  ],
  counts: { warning: 1, info: 1 },
  told: [{ level: "warning", message: "Images <b>left out</b>: 33.", path: "/images/im-1/association" }],
  left: 2,
};

const ANSWERS = {
  "isa-open": () => ISA,
  "isa-rows": ({ offset = 0, limit = 100 }: { offset?: number; limit?: number }) => ({
    rows: Array.from({ length: Math.min(limit, ROWS - offset) }, (_, n) =>
      ISA.tables[0]?.columns.map((_, place) => `${offset + n} ${place}`),
    ),
  }),
  "isa-lead": ({ column }: { column?: number }) => ({ paths: column === 3 ? [] : ["/biosamples/bs-1/title"] }),
};

let page: Page | undefined;
const open = async (answers: object = {}) => {
  page = await curate({ answers: { ...ANSWERS, ...answers } as never, options: { page: true } });
  const nav = page.el.querySelector(innerWidth > 1179 ? ".rw-rail" : ".rw-drawer") as HTMLDetailsElement;
  nav.open = true;
  await rest(20);
  await press(nav, "Look at the ISA-Tab");
  await rest(120);
  return page;
};
const table = async (answers: object = {}) => {
  const shown = await open(answers);
  await press(shown.el, "s_nuclei.txt");
  await rest(250);
  return shown;
};
const cell = (el: Element, at: string) => el.querySelector<HTMLElement>(`[data-cell="${at}"]`) as HTMLElement;
const text = (root: Element, selector: string) => root.querySelector(selector)?.textContent ?? "";

beforeEach(() => browser.viewport(1440, 900));
afterEach(() => {
  page?.leave();
  page = undefined;
  delete document.documentElement.dataset.theme;
});

test("the investigation is sections of labels and values, harmlessly; empty ones are named", async () => {
  const { el } = await open();
  expect(text(el, ".rw-isasection td")).toContain("Nuclei <b>bold</b>");
  expect(el.querySelector(".rw-isasection b")).toBeNull();
  expect(text(el, ".is-sections > p")).toBe("Nothing stands in: STUDY FACTORS.");
  expect(el.querySelectorAll(".rw-isasection tr").length).toBe(2);
  (el.querySelector(".rw-isatools input") as HTMLElement).click();
  await rest(40);
  expect(el.querySelectorAll(".rw-isasection tr").length).toBe(4);
});

test("what the files do not hold is told, and leads to its field", async () => {
  const { el } = await open();
  const told = [...el.querySelectorAll<HTMLDetailsElement>(".rw-isafindings")].at(-1) as HTMLDetailsElement;
  expect(told.querySelector("summary")?.textContent).toBe("2 things of the record are left out or written differently");
  expect(told.open).toBe(false);
  expect(text(told, "li")).toContain("Images <b>left out</b>: 33.");
  expect(told.querySelectorAll("li").length).toBe(2);
  told.open = true;
  (told.querySelector("li button") as HTMLElement).click();
  await rest(60);
  expect(text(el, "h1")).not.toBe("The ISA-Tab as it will be written");
});

test("where no row is written, what is left out stands open", async () => {
  const tables = ISA.tables.map((one) => ({ ...one, rows: 0 }));
  const { el } = await open({ "isa-open": () => ({ ...ISA, tables }) });
  expect([...el.querySelectorAll<HTMLDetailsElement>(".rw-isafindings")].at(-1)?.open).toBe(true);
});

test("a value leads to its field, a cell of structure stays", async () => {
  const { el } = await open();
  const [title, file] = [...el.querySelectorAll<HTMLElement>(".rw-isasection td")];
  file?.focus();
  await key(file ?? null, "Enter");
  expect(text(el, ".rw-isadetail")).toContain("No field stands behind it");
  expect(el.querySelector(".rw-isa")).not.toBeNull();
  title?.focus();
  await key(title ?? null, "Enter");
  await rest(120);
  expect(text(el, "h1")).toBe("Study");
});

test("arrow keys walk the sections, one cell is in the tab order", async () => {
  const { el } = await open();
  const [title, file] = [...el.querySelectorAll<HTMLElement>(".rw-isasection td")];
  title?.focus();
  await key(title ?? null, "ArrowDown");
  await vi.waitFor(() => expect(document.activeElement).toBe(file));
  expect([title?.tabIndex, file?.tabIndex]).toEqual([-1, 0]);
  await key(file ?? null, "Home");
  await vi.waitFor(() => expect(document.activeElement?.textContent).toBe("Study File Name"));
});

test("of ten thousand rows only those are drawn that are seen, and the others are asked for in slices", async () => {
  const { el } = await table();
  const grid = el.querySelector(".rw-isagrid") as HTMLTableElement;
  expect(grid.getAttribute("aria-rowcount")).toBe("10002");
  expect(grid.querySelectorAll("tbody:not([aria-hidden]) tr").length).toBeLessThan(80);
  const pane = el.querySelector(".rw-isapane") as HTMLElement;
  expect(pane.scrollHeight).toBeGreaterThan(ROWS * 29);
  pane.scrollTop = 5000 * 30;
  await rest(250);
  expect(cell(el, "5001 0").textContent).toBe("5001 0");
  expect(cell(el, "5001 0").parentElement?.getAttribute("aria-rowindex")).toBe("5004");
  expect(grid.querySelectorAll("tbody:not([aria-hidden]) tr").length).toBeLessThan(80);
  const offsets = asked({ el, model: (page as Page).model } as Page, "isa-rows").map(({ offset }) => offset);
  expect(offsets).toEqual([...new Set(offsets)]);
  expect(offsets).toContain(5000);
});

test("the keys lead through all rows; the header is one of them", async () => {
  const { el } = await table();
  cell(el, "0 0").focus();
  await key(document.activeElement, "ArrowRight");
  await key(document.activeElement, "ArrowDown");
  expect((document.activeElement as HTMLElement).dataset.cell).toBe("1 1");
  await key(document.activeElement, "End", { ctrlKey: true });
  await rest(250);
  expect((document.activeElement as HTMLElement).dataset.cell).toBe(`${ROWS - 1} 5`);
  await key(document.activeElement, "ArrowDown");
  expect((document.activeElement as HTMLElement).dataset.cell).toBe(`${ROWS - 1} 5`);
  await key(document.activeElement, "Home", { ctrlKey: true });
  await rest(150);
  await key(document.activeElement, "ArrowUp");
  await vi.waitFor(() => expect(document.activeElement?.tagName).toBe("TH"));
  expect(el.querySelectorAll('.rw-isagrid [tabindex="0"]').length).toBe(1);
});

test("Enter leads to the field, Escape leads back to the cell", async () => {
  const { el } = await table();
  cell(el, "2 1").focus();
  await rest(150);
  expect(text(el, ".rw-isadetail")).toContain("Row 3, Characteristics[organism]: 2 1");
  expect(text(el, ".rw-isadetail .rw-plain")).toContain("Biosample HeLa");
  await key(cell(el, "2 1"), "Enter");
  await rest(200);
  expect(text(el, "h1")).toBe("Biosample");
  expect(button(el, "Back to the ISA-Tab")).toBeTruthy();
  await key(document.activeElement, "Escape");
  await rest(400);
  expect((document.activeElement as HTMLElement).dataset.cell).toBe("2 1");
  expect(el.querySelector(".rw-backbar")).toBeNull();
});

test("a click leads there too, and a cell of structure says what it is", async () => {
  const { el } = await table();
  cell(el, "1 3").click();
  await rest(150);
  expect(el.querySelector(".rw-isa")).not.toBeNull();
  cell(el, "1 0").click();
  await rest(200);
  expect(text(el, "h1")).toBe("Biosample");
});

test("a finding leads to its cell, however far down, and stands there", async () => {
  const { el } = await open();
  (el.querySelector(".rw-isafindings summary") as HTMLElement).click();
  await press(el, "A curator would send it back: s_nuclei.txt, line 9000");
  await rest(400);
  expect((document.activeElement as HTMLElement).dataset.cell).toBe("8998 1");
  await vi.waitFor(() => expect(document.activeElement?.classList.contains("is-warning")).toBe(true));
  expect(text(el, ".rw-isadetail .rw-says")).toContain("Odd <i>name</i>.");
  expect(el.querySelector(".rw-isadetail i")).toBeNull();
});

test("what the kernel refuses is said", async () => {
  const { el } = await open({ "isa-open": () => ({ kind: "refused", message: "There is no study." }) });
  expect(text(el, '.rw-isa [role="alert"]')).toBe("There is no study.");
});

async function faults(el: Element): Promise<string[]> {
  await Promise.all(document.getAnimations().map((motion) => motion.finished.catch(() => undefined)));
  const { violations } = await axe.run(el as HTMLElement, { resultTypes: ["violations"] });
  return violations
    .filter(({ impact }) => impact === "serious" || impact === "critical")
    .map(({ id, nodes }) => `${id}: ${nodes.map((node) => node.html.slice(0, 140)).join(" | ")}`);
}

const BROUGHT = {
  token: "t",
  name: "mice.zip",
  format: "isatab",
  title: "Livers of mice",
  accession: "mice",
  sections: [{ section: "biosample", count: 2, titles: ["mouse 1", "mouse 2"], people: false }],
  files: 2,
  left: [{ words: "s_mice.txt: Material Type", count: 1 }],
  left_count: 1,
  edits: 12,
  findings: [{ level: "warning", message: "A date that is none." }],
  counts: { warning: 1 },
};
const WORKBOOK = {
  token: "w",
  name: "rembi.xlsx",
  format: "xlsx",
  cells: [{ cell: "Study!B2", path: "/study/title", was: "Nuclei", now: "<b>Nuclei</b> of HeLa" }],
  cells_count: 1,
  edits: 1,
  findings: [],
  counts: {},
};

for (const theme of ["light", "dark"])
  for (const width of [1440, 390])
    test(`the ISA-Tab and the dialog for a file in ${theme} at ${width} px`, async () => {
      await browser.viewport(width, 900);
      document.documentElement.dataset.theme = theme;
      const { el } = await open({ "bring-look": () => WORKBOOK });
      document.documentElement.dataset.theme = theme;
      expect(await faults(el)).toEqual([]);
      (el.querySelector(".rw-isafindings summary") as HTMLElement).click();
      await press(el, "s_nuclei.txt");
      await rest(250);
      expect(await faults(el)).toEqual([]);
      expect(document.documentElement.scrollWidth).toBeLessThanOrEqual(width);
      await press(el, "Export");
      await rest(150);
      await press(el, "More formats");
      await press(el, "Bring in a file");
      const dialog = el.querySelector("dialog") as Element;
      await lookBy(dialog, "rembi.xlsx");
      expect(text(dialog, "h2")).toBe("Bring back a workbook");
      expect(await faults(el)).toEqual([]);
      expect(document.documentElement.scrollWidth).toBeLessThanOrEqual(width);
    }, 60_000);

async function lookBy(dialog: Element, path: string): Promise<void> {
  const input = dialog.querySelector<HTMLInputElement>("input[type=text]") as HTMLInputElement;
  input.value = path;
  input.dispatchEvent(new InputEvent("input", { bubbles: true }));
  await rest(30);
  await key(input, "Enter");
  await rest(120);
}

const bring = async (answers: object) => {
  page = await curate({ answers: answers as never });
  await press(page.el, "Export");
  await rest(150);
  await press(page.el, "Bring in a file");
  return page.el.querySelector("dialog") as Element;
};

test("a file is looked at, then taken as one change", async () => {
  const dialog = await bring({ "bring-look": () => BROUGHT, "bring-in": () => ({ kind: "ack", count: 12 }) });
  expect(button(dialog, "Take it").getAttribute("aria-disabled")).toBe("true");
  await press(dialog, "Take it");
  expect(asked(page as Page, "bring-in")).toEqual([]);
  await lookBy(dialog, "mice");
  expect(asked(page as Page, "bring-look")[0]).toMatchObject({ path: "mice" });
  expect(text(dialog, ".rw-looked")).toContain("Livers of mice");
  expect(text(dialog, ".rw-looked")).toContain("0 would be refused, 1 worth a second look, 0 notes.");
  await press(dialog, "Take it");
  await rest(80);
  expect(asked(page as Page, "bring-in")[0]).toMatchObject({ token: "t" });
  expect(page?.el.querySelector("dialog")).toBeNull();
  expect(text(page?.el as Element, ".rw-toast")).toContain("12 values and parts. One undo takes it back.");
});

test("a workbook shows each changed cell before it is taken", async () => {
  const dialog = await bring({ "bring-look": () => WORKBOOK });
  await lookBy(dialog, "rembi.xlsx");
  const cells = [...dialog.querySelectorAll("tbody tr > *")].map((one) => one.textContent);
  expect(cells).toEqual(["Study!B2", "Study, Title", "Nuclei", "<b>Nuclei</b> of HeLa"]);
  expect(dialog.querySelector("tbody b")).toBeNull();
});

test("a file that nobody can read is said in the dialog, and nothing is to take", async () => {
  const dialog = await bring({
    "bring-look": () => ({ kind: "refused", message: "There is nothing that is ISA-Tab." }),
  });
  await lookBy(dialog, "odd");
  expect(text(dialog, "[role=status]")).toContain("There is nothing that is ISA-Tab.");
  expect(button(dialog, "Take it").getAttribute("aria-disabled")).toBe("true");
});

test("more formats are exported, ISA in the profile that was chosen", async () => {
  page = await curate();
  await press(page.el, "Export");
  await rest(150);
  await press(page.el, "More formats");
  const profile = page.el.querySelector<HTMLSelectElement>("details select") as HTMLSelectElement;
  profile.value = "isatools-default";
  profile.dispatchEvent(new Event("change", { bubbles: true }));
  await rest(30);
  await press(page.el, "ISA-JSON");
  await press(page.el, "Workbook");
  const heard = asked(page, "export").map(({ format, profile }) => [format, profile]);
  expect(heard).toEqual([
    ["isajson", "isatools-default"],
    ["xlsx", undefined],
  ]);
});

test("the view speaks French", async () => {
  page = await curate({ answers: ANSWERS as never, lang: "fr" });
  await press(page.el.querySelector(".rw-rail") as Element, "Voir l’ISA-Tab");
  await rest(120);
  expect(text(page.el, "h1")).toBe("L’ISA-Tab tel qu’il sera écrit");
  expect(text(page.el, ".rw-isa")).not.toMatch(/ui\./);
});
