// The gallery, the file table and the image: what they ask the kernel for, and how they are walked by keyboard.

import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { page as browser } from "vitest/browser";
import { AT_ONCE } from "../src/curator/thumbs.tsx";
import { asked, button, bytes, curate, key, press, REPORT, type } from "./curating.ts";
import { type Page, rest } from "./page.ts";

let page: Page | undefined;
const open = async (...given: Parameters<typeof curate>) => {
  page = await curate(...given);
  return page;
};
const table = async (...given: Parameters<typeof curate>) => {
  const shown = await open(...given);
  await press(shown.el.querySelector(".rw-rail") as Element, "File table");
  await rest(120);
  return shown;
};

beforeEach(() => browser.viewport(1440, 900));
afterEach(() => {
  page?.leave();
  page = undefined;
});

const text = (root: Element, selector: string) => root.querySelector(selector)?.textContent ?? "";
const cells = (el: Element) => el.querySelector("table") as HTMLTableElement;
const box = (el: Element, n: number) => cells(el).rows[n]?.querySelector("input") as HTMLInputElement;

test("the gallery shows groups, what differs, and files nobody could read, harmlessly", async () => {
  const { el } = await open();
  expect(text(el, "h1")).toBe("We found 12 images in 1 acquisition");
  expect(text(el, ".rw-differs")).toContain("1 of 12 differs: Objective.");
  expect(text(el, ".rw-bad")).toContain("<b>cut.tiff");
  expect(el.querySelector(".rw-bad b")).toBeNull();
});

test("keeping a group confirms its acquisition and its images in one message", async () => {
  const { el, model } = await open();
  await press(el, "Keep this group");
  const [message] = asked({ model } as Page, "fill");
  expect(message).toMatchObject({
    table: "images",
    where: { group: "g1" },
    confirm: true,
    paths: ["/acquisitions/ac-1/title"],
  });
});

test("an image that is chosen stands beside the gallery with its header", async () => {
  const { el } = await open();
  (el.querySelectorAll(".rw-thumb")[1] as HTMLElement).click();
  await rest(150);
  const side = el.querySelector(".rw-side") as Element;
  expect(text(side, "h2")).toBe("a.tiff");
  expect(text(side, ".rw-scalebar")).toBe("5 µm");
  expect(text(side, "figcaption")).toContain("DNA");
  button(side, "Show all").focus();
  await press(side, "Show all");
  const dialog = el.querySelector("dialog") as HTMLDialogElement;
  expect(dialog.textContent).toContain("<script>alert(1)</script>");
  await type(dialog.querySelector("input"), "sizex");
  expect(dialog.querySelector("[role=status]")?.textContent).toBe("1 of 5 values holds these words.");
  await press(dialog, "Close");
  await vi.waitFor(() => expect(document.activeElement === button(side, "Show all")).toBe(true));
});

test("no more previews are asked for at once than four", async () => {
  let running = 0;
  let most = 0;
  const thumb = () => {
    running += 1;
    most = Math.max(most, running);
    queueMicrotask(() => queueMicrotask(() => (running -= 1)));
    return { type: "image/png", buffers: [bytes()] };
  };
  const { model } = await table({ answers: { thumb } });
  await rest(200);
  expect(asked({ model } as Page, "thumb").length).toBeGreaterThan(AT_ONCE);
  expect(most).toBeLessThanOrEqual(AT_ONCE);
});

test("a scan shows how far it is and can be stopped; one that failed says why", async () => {
  const { el, model } = await open({ tables: { files: 0, images: 0 } });
  model.tell({ kind: "scan", state: "running", done: 3, of: 9 });
  await rest(30);
  expect(text(el, ".rw-progress")).toContain("Reading headers, 3 of 9 files");
  expect((el.querySelector("progress") as HTMLProgressElement).value).toBe(3);
  await press(el, "Stop reading");
  expect(asked({ model } as Page, "scan-cancel")).toHaveLength(1);
  model.tell({ kind: "scan", state: "failed", message: "The disk is gone." });
  await rest(30);
  expect(text(el, "[role=alert]")).toContain("The disk is gone.");
});

test("a folder without images says so and what to do", async () => {
  const { el, model } = await open({
    tables: { files: 3, images: 0 },
    answers: { groups: () => ({ groups: [], unreadable: [] }) },
  });
  expect(text(el, ".rw-main .rw-empty")).toContain("We looked at 3 files");
  await press(el.querySelector(".rw-main") as Element, "Read again");
  expect(asked({ model } as Page, "scan")).toHaveLength(1);
});

test("a page of the table, with words for ids, marks of pencil and findings, and its place among all rows", async () => {
  const { el } = await table();
  const grid = cells(el);
  expect(grid.getAttribute("aria-rowcount")).toBe("1001");
  expect(grid.rows[1]?.getAttribute("aria-rowindex")).toBe("2");
  expect(grid.rows[1]?.textContent).toContain("Fixed cells");
  expect(grid.rows[1]?.textContent).toContain("HeLa, control × Confocal, 63×");
  expect(grid.rows[1]?.querySelector(".is-pencil")?.textContent).toContain("128 (to confirm)");
  expect(grid.rows[2]?.querySelector(".rw-says")?.getAttribute("title")).toBe("The width differs.");
});

test("rows are chosen by click, with shift, by space, or all that match", async () => {
  const { el } = await table();
  box(el, 2).click();
  await rest(30);
  box(el, 5).dispatchEvent(new MouseEvent("click", { bubbles: true, shiftKey: true }));
  await rest(60);
  expect(text(el, ".rw-selbar b")).toBe("4 chosen");
  expect(cells(el).rows[4]?.getAttribute("aria-selected")).toBe("true");
  box(el, 8).closest<HTMLElement>("th")?.focus();
  await rest(20);
  await key(document.activeElement, " ");
  expect(text(el, ".rw-selbar b")).toBe("5 chosen");
  await press(el, "Select all 1000");
  expect(text(el, ".rw-selbar b")).toBe("1000 chosen");
  await press(el.querySelector(".rw-selbar") as Element, "Clear");
  expect(el.querySelector(".rw-selbar")).toBeNull();
});

test("a value is set for the chosen rows, by their ids", async () => {
  const { el, model } = await table();
  for (const n of [1, 2, 3]) {
    box(el, n).click();
    await rest(20);
  }
  await type(el.querySelector(".rw-selbar select"), "qc_info");
  await type(el.querySelector(".rw-selbar input"), "sharp");
  await press(el, "Set value for 3 rows");
  const [message] = asked({ model } as Page, "fill");
  expect(message).toMatchObject({ table: "images", rows: ["im-1", "im-2", "im-3"], column: "qc_info", value: "sharp" });
  expect(text(el, ".rw-toast")).toContain("The value is set for 3 rows.");
});

test("all rows that match a filter are meant by the filter, not by half a million ids", async () => {
  const { el, model } = await table();
  await type(el.querySelector(".rw-filter"), "im-99");
  await rest(400);
  box(el, 1).click();
  await rest(20);
  await press(el, "Select all 11");
  await type(el.querySelector(".rw-selbar select"), "contrast_inversion");
  await type(el.querySelectorAll(".rw-selbar select")[1] as Element, "true");
  await press(el, "Set value for 11");
  const [message] = asked({ model } as Page, "fill");
  expect(message).toMatchObject({ filter: "im-99", value: true });
  expect(message).not.toHaveProperty("rows");
});

test("images are assigned to a component and its line, and confirmed", async () => {
  const { el, model } = await table();
  box(el, 1).click();
  await rest(20);
  await type(el.querySelectorAll(".rw-selbar select")[1] as Element, "sc-1|as-1");
  await press(el, "Assign 1 image");
  expect(asked({ model } as Page, "assign")[0]).toMatchObject({
    rows: ["im-1"],
    component: "sc-1",
    association: "as-1",
  });
  await press(el, "Confirm their values");
  expect(asked({ model } as Page, "fill")[0]).toMatchObject({ rows: ["im-1"], confirm: true });
});

test("the grid is walked with the arrow keys, and one cell is in the tab order", async () => {
  const { el } = await table();
  const inOrder = () => cells(el).querySelectorAll('[tabindex="0"]');
  expect(inOrder()).toHaveLength(1);
  (inOrder()[0] as HTMLElement).focus();
  await key(document.activeElement, "ArrowRight");
  await key(document.activeElement, "ArrowDown");
  await vi.waitFor(() => expect(document.activeElement === cells(el).rows[2]?.cells[1]).toBe(true));
  await key(document.activeElement, "End");
  expect((document.activeElement as HTMLTableCellElement).cellIndex).toBe((cells(el).rows[0]?.cells.length ?? 0) - 1);
  await key(document.activeElement, "PageDown");
  await rest(150);
  expect(cells(el).rows[1]?.getAttribute("aria-rowindex")).toBe("102");
  expect(cells(el).contains(document.activeElement)).toBe(true);
  expect(inOrder()).toHaveLength(1);
});

test("a header sorts, first up, then down, and says so", async () => {
  const { el, model } = await table();
  const head = () => el.querySelector('[data-column="size_x"]') as HTMLElement;
  head().querySelector("button")?.click();
  await rest(100);
  expect(asked({ model } as Page, "rows").at(-1)).toMatchObject({ sort: "size_x" });
  expect(head().getAttribute("aria-sort")).toBe("ascending");
  head().querySelector("button")?.click();
  await rest(100);
  expect(asked({ model } as Page, "rows").at(-1)).toMatchObject({ sort: "-size_x" });
});

test("a table that nothing matches offers the way out; one that failed can be asked again", async () => {
  let fails = false;
  const rows = () =>
    fails ? { kind: "refused", message: "Not now." } : { total: 9, matched: 0, rows: [], columns: [] };
  const { el } = await table({ answers: { rows } });
  expect(text(el, ".rw-main .rw-empty")).toContain("No rows yet");
  fails = true;
  await type(el.querySelector(".rw-filter"), "zzz");
  await rest(400);
  expect(text(el, ".rw-main .rw-banner")).toContain("Not now.");
  fails = false;
  await press(el.querySelector(".rw-main") as Element, "Try again");
  expect(text(el, ".rw-main .rw-empty")).toContain("No row matches");
});

test("the table and an image stand alone in a cell", async () => {
  const alone = await open({ kind: "table" });
  await rest(100);
  expect(cells(alone.el).rows.length).toBe(101);
  alone.leave();
  page = await curate({ kind: "preview", options: { image: "im-2" } });
  await rest(150);
  expect(asked(page, "header")[0]).toMatchObject({ image: "im-2" });
  expect(text(page.el, "h2")).toBe("a.tiff");
});

test("a report of nothing left turns the screen to ready", async () => {
  const ready = {
    ...REPORT,
    targets: { isatab: { state: "ready" as const, left: 0, warnings: 0 } },
    findings: [],
    count: 0,
  };
  const { el } = await open({ report: ready });
  await press(el.querySelector(".rw-rail") as Element, "Findings");
  expect(text(el, ".rw-main h1")).toBe("Ready");
  expect(text(el, ".rw-main .is-ok")).toContain("Ready for ISA-Tab.");
  vi.restoreAllMocks();
});
