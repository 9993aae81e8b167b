// Several people on one dataset, as one of them sees it: conflicts in fields, entities and tables, who is there, copies.

import axe from "axe-core";
import { afterEach, expect, test, vi } from "vitest";
import { page as browser } from "vitest/browser";
import type { Conflict } from "../src/others.ts";
import type { Message } from "../src/wire.ts";
import { asked, button, curate, FINDINGS, press, REPORT, rowsFor, type } from "./curating.ts";
import { named, type Page, rest } from "./page.ts";

let page: Page | undefined;
afterEach(() => {
  page?.leave();
  page = undefined;
  delete document.documentElement.dataset.theme;
});

const rival = (author: string, value: unknown, removed = false) => ({
  change: `${author}-1`,
  author,
  at: "2026-01-02T10:00:00+00:00",
  value,
  removed,
});
const TITLE: Conflict = { path: "/study/title", rows: 0, rivals: [rival("Ada", "Nuclei"), rival("Grace", "Kernels")] };
const SAMPLE: Conflict = {
  path: "/samples/sa-1/biosample",
  rows: 0,
  rivals: [rival("Ada", "bs-1"), rival("", { absent: "not_applicable" }), rival("Grace", null)],
};
const ENTITY: Conflict = {
  path: "/biosamples/bs-1",
  rows: 0,
  rivals: [rival("Ada", null, true), rival("Grace", "fixed")],
};
const ROWS: Conflict = {
  path: "/images/im-1/qc_info",
  rows: 12,
  rivals: [rival("Ada", "sharp"), rival("Grace", "dark")],
};
const PEOPLE = [
  { writer: "w-1", author: "Grace Hopper", host: "lab-7", active: 5, me: false },
  { writer: "w-2", author: "Ada", host: "", active: 400, me: true },
];
const answers = {
  rows: (message: Parameters<typeof rowsFor>[0]) => rowsFor({ ...message, limit: 6 }),
  "look-at-copy": () => ({ changes: 3, count: 1, conflicts: [TITLE], reports: ["One line was passed over."] }),
  merge: () => ({ changes: 3, count: 1 }),
};

function open(given: object = {}): Promise<Page> {
  const said = { conflicts: [TITLE, SAMPLE, ENTITY, ROWS], people: PEOPLE };
  return curate({ answers, said, options: { page: true }, ...given });
}

async function goTo(name: string): Promise<void> {
  const nav = page?.el.querySelector(window.innerWidth > 1179 ? ".rw-rail" : ".rw-drawer") as HTMLDetailsElement;
  if (window.innerWidth <= 1179) nav.open = true;
  await rest(20);
  await press(nav, name);
  await rest(120);
}

const fieldAt = (path: string) => page?.el.querySelector<HTMLElement>(`.rw-field[data-path="${path}"]`) as HTMLElement;

test("the rail tells where two values wait", async () => {
  await browser.viewport(1440, 900);
  page = await open();
  const says = (name: string) => {
    const items = [...(page?.el.querySelectorAll(".rw-rail .rw-navitem") ?? [])];
    return items.find((item) => item.textContent?.startsWith(name))?.querySelector(".rw-chip.is-warn")?.textContent;
  };
  expect(says("Study")).toBe("1 field with two values to choose from");
  expect(says("Biosample")).toBe("1 field with two values to choose from");
  expect(says("File table")).toBe("1 field with two values to choose from");
  expect(says("Specimen")).toBeUndefined();
  page.model.tell({ kind: "conflicts", conflicts: [TITLE, { ...TITLE, path: "/people/pe-1/email" }] });
  await rest(40);
  expect(says("Study")).toBe("2 fields with two values to choose from");
  expect(says("Biosample")).toBeUndefined();
});

test("a field shows both values with their people, and one is kept with the keyboard", async () => {
  await browser.viewport(1440, 900);
  page = await open();
  await goTo("Study");
  const panel = fieldAt("/study/title").querySelector("[role=group].rw-rivals") as HTMLElement;
  const label = document.getElementById(panel.getAttribute("aria-labelledby") ?? "");
  expect(label?.textContent).toContain("Two people gave this field different values");
  expect(panel.textContent).toMatch(/Nuclei.*Ada.*Kernels.*Grace.*in the record now/s);
  const keep = named(panel, "Keep this: “Nuclei”, Ada");
  keep.focus();
  keep.click();
  await rest(30);
  expect(asked(page, "settle")).toMatchObject([{ path: "/study/title", change: "Ada-1" }]);
  expect(fieldAt("/study/title").contains(document.activeElement)).toBe(true);
  await vi.waitFor(() => expect(document.activeElement).toBeInstanceOf(HTMLInputElement));
  page.model.tell({ kind: "conflicts", conflicts: [SAMPLE] });
  await rest(30);
  expect(fieldAt("/study/title").querySelector(".rw-rivals")).toBeNull();
});

test("values are said in words: names of references, honest answers, nothing; three people are counted", async () => {
  await browser.viewport(1440, 900);
  page = await open();
  await goTo("Sample");
  const panel = fieldAt("/samples/sa-1/biosample").querySelector(".rw-rivals") as HTMLElement;
  expect(panel.textContent).toContain("3 people gave this field different values");
  expect([...panel.querySelectorAll(".rw-rivalvalue")].map((one) => one.textContent)).toEqual([
    "HeLa",
    "not applicable",
    "nothing",
  ]);
  expect(panel.textContent).toContain("Somebody");
});

test("an entity that one removed while another wrote in it is kept or removed", async () => {
  await browser.viewport(1440, 900);
  page = await open();
  await goTo("Biosample");
  const panel = page.el.querySelector(".rw-formsheet .rw-rivals") as HTMLElement;
  expect(panel.textContent).toContain("Ada removed this while Grace wrote in it");
  await press(panel, "Keep it");
  await press(panel, "Remove it");
  expect(asked(page, "settle").map(({ change }) => change)).toEqual(["Grace-1", "Ada-1"]);
});

test("a table's column is kept for all its rows", async () => {
  await browser.viewport(1440, 900);
  page = await open();
  await goTo("File table");
  const panel = page.el.querySelector(".rw-desk .rw-rivals") as HTMLElement;
  expect(panel.textContent).toContain("people gave different values in 12 rows");
  await press(panel, "Keep Ada’s in all of them");
  expect(asked(page, "settle")).toMatchObject([{ path: ROWS.path, change: "Ada-1" }]);
});

test("among the findings a conflict has a button for each value", async () => {
  await browser.viewport(1440, 900);
  const [first] = FINDINGS;
  if (!first) throw new Error("no finding");
  const finding = {
    ...first,
    code: "two_values",
    path: TITLE.path,
    level: "warning" as const,
    found: "x",
    message: "Study, Title: two. Found: x.",
  };
  page = await open({ report: { ...REPORT, findings: [finding, ...FINDINGS], count: 4 } });
  await goTo("Findings");
  page.model.tell({ kind: "findings", seq: 0, ...REPORT, findings: [finding], count: 1 } as unknown as Message);
  await rest(60);
  const shown = page.el.querySelector(".rw-main .rw-finding") as HTMLElement;
  expect(shown.querySelector("h3")?.textContent).toBe("Study, Title: two.");
  named(shown, "Keep this: “Kernels”, Grace").click();
  await rest(30);
  expect(asked(page, "settle")).toMatchObject([{ path: TITLE.path, change: "Grace-1" }]);
});

test("who is there stands in the top bar, with names, hosts and times; nothing when one is alone", async () => {
  await browser.viewport(1440, 900);
  page = await open();
  const people = page.el.querySelector(".rw-people") as HTMLDetailsElement;
  const summary = people.querySelector("summary") as HTMLElement;
  expect(summary.textContent).toContain("2 other people or windows are here: Grace Hopper, You, in another window");
  summary.click();
  await rest(20);
  expect(people.textContent).toMatch(/Grace Hopper.*on lab-7, active \d+ s ago/s);
  expect(people.textContent).toMatch(/You, in another window.*active 7 min ago/s);
  page.model.tell({ kind: "people", people: [] });
  await rest(30);
  expect(page.el.querySelector(".rw-people")).toBeNull();
});

test("what somebody else changed is told once, leads to the field, and marks it", async () => {
  await browser.viewport(1440, 900);
  page = await open();
  await goTo("Biosample");
  const by = { author: "Grace", me: false, paths: ["/study/title", "/study/description"], count: 5 };
  page.model.kernel.record = { ...page.model.kernel.record, study: { title: "Kernels" } };
  const { tables } = page.model.kernel;
  const puts = [["/study", { title: "Kernels" }]];
  const rest_ = { drops: [], orders: [], marks: {}, undo: true, redo: false, saved: "now" };
  page.model.tell({
    kind: "patch",
    seq: 1,
    puts,
    tables: { ...tables, touched: [] },
    by,
    ...rest_,
  } as unknown as Message);
  await rest(60);
  const news = page.el.querySelector("[role=status] .rw-news") as HTMLElement;
  expect(news.textContent).toMatch(/Grace changed 5 things:.*Study, Title.*Study, Description.*and 3 more/s);
  await press(news, "Study, Title");
  await rest(120);
  expect(fieldAt("/study/title").classList.contains("is-changed")).toBe(true);
  expect(fieldAt("/study/title").textContent).toContain("Grace changed this just now");
  expect(named(fieldAt("/study/title"), "Title")).toHaveProperty("value", "Kernels");
  button(news, "Dismiss").click();
  await rest(30);
  expect(page.el.querySelector(".rw-news")).toBeNull();
});

test("text under the fingers stays when somebody else changes the field", async () => {
  await browser.viewport(1440, 900);
  page = await open({ said: {} });
  await goTo("Study");
  const input = named(fieldAt("/study/title"), "Title") as HTMLInputElement;
  input.focus();
  input.value = "My ti";
  input.dispatchEvent(new InputEvent("input", { bubbles: true }));
  await rest(600);
  const { tables, seq } = page.model.kernel;
  const by = { author: "Grace", me: false, paths: ["/study/title"], count: 1 };
  const puts = [["/study", { title: "Theirs" }]];
  const more = { drops: [], orders: [], marks: {}, undo: true, redo: false, saved: "now" };
  page.model.kernel.seq += 1;
  page.model.tell({
    kind: "patch",
    seq: seq + 1,
    puts,
    tables: { ...tables, touched: [] },
    by,
    ...more,
  } as unknown as Message);
  await rest(60);
  expect(input.value).toBe("My ti");
  expect(fieldAt("/study/title").textContent).toContain("Grace wrote “Theirs” here meanwhile");
  input.value = "My title";
  input.dispatchEvent(new InputEvent("input", { bubbles: true }));
  await rest(600);
  expect(asked(page, "edits").at(-1)).toMatchObject({ edits: [{ value: "My title" }], since: seq });
  input.blur();
  await rest(60);
  expect(fieldAt("/study/title").textContent).not.toContain("meanwhile");
});

test("another copy is looked at before it is taken in", async () => {
  await browser.viewport(1440, 900);
  page = await open({ options: { page: true, folder: "/data" } });
  (page.el.querySelector(".rw-dataset") as HTMLElement).click();
  await rest(60);
  await press(page.el, "Merge another copy");
  const dialog = page.el.querySelector("dialog") as HTMLDialogElement;
  await type(named(dialog, "Folder of the other copy"), "/data/copy");
  await press(dialog, "See what would come");
  expect(dialog.querySelector("[role=status]:has(.rw-mergelist)")?.textContent).toMatch(
    /3 changes would come\. At 1 place both copies.*One line was passed over.*Study, Title.*Nuclei.*Kernels/s,
  );
  expect(asked(page, "merge")).toEqual([]);
  await press(dialog, "Take them in");
  expect(asked(page, "merge")).toMatchObject([{ folder: "/data/copy" }]);
  expect(page.el.querySelector("dialog")).toBeNull();
  expect(page.el.textContent).toContain("3 changes were taken in. 1 conflict waits among the findings.");
});

test("a copy that cannot be read is told in the dialog", async () => {
  await browser.viewport(1440, 900);
  const refused = { ...answers, "look-at-copy": () => ({ kind: "refused", message: "There is no curation." }) };
  page = await open({ answers: refused, lang: "fr" });
  (page.el.querySelector(".rw-dataset") as HTMLElement).click();
  await rest(60);
  await press(page.el, "Fusionner une autre copie");
  const dialog = page.el.querySelector("dialog") as HTMLDialogElement;
  await type(named(dialog, "Dossier de l’autre copie"), "/data/x");
  await press(dialog, "Voir ce qui arriverait");
  expect(dialog.querySelector("[role=alert]")?.textContent).toBe("There is no curation.");
  expect(new Set([...page.el.querySelectorAll("[id]")].map(({ id }) => id)).size).toBe(
    page.el.querySelectorAll("[id]").length,
  );
});

async function faults(el: Element): Promise<string[]> {
  const moving = document.getAnimations().filter((motion) => motion.effect?.getTiming().iterations !== Infinity);
  await Promise.race([rest(3000), Promise.all(moving.map((motion) => motion.finished.catch(() => undefined)))]);
  const { violations } = await axe.run(el as HTMLElement, { resultTypes: ["violations"] });
  return violations
    .filter(({ impact }) => impact === "serious" || impact === "critical")
    .map(({ id, nodes }) => `${id}: ${nodes.map((node) => node.html.slice(0, 140)).join(" | ")}`);
}

for (const theme of ["light", "dark"])
  for (const width of [1440, 390])
    test(`nothing bars anybody: ${theme}, ${width} px`, async () => {
      await browser.viewport(width, 900);
      document.documentElement.dataset.theme = theme;
      page = await open();
      document.documentElement.dataset.theme = theme;
      page.el.querySelector<HTMLElement>(".rw-people summary")?.click();
      page.model.tell({
        kind: "patch",
        seq: 1,
        puts: [["/study", { title: "Kernels" }]],
        drops: [],
        orders: [],
        marks: {},
        tables: { files: 12, images: 12, touched: [] },
        by: { author: "Grace", me: false, paths: ["/study/title"], count: 1 },
      } as unknown as Message);
      const found: Record<string, string[]> = {};
      for (const place of ["Study", "Biosample", "File table"]) {
        await goTo(place);
        found[place] = await faults(page.el);
        expect(document.documentElement.scrollWidth, place).toBeLessThanOrEqual(width);
      }
      expect(found).toEqual({ Study: [], Biosample: [], "File table": [] });
      (page.el.querySelector(".rw-dataset") as HTMLElement).click();
      await rest(60);
      await press(page.el, "Merge another copy");
      const dialog = page.el.querySelector("dialog") as HTMLDialogElement;
      await type(named(dialog, "Folder of the other copy"), "/data/copy");
      await press(dialog, "See what would come");
      expect(await faults(page.el)).toEqual([]);
    }, 60_000);
