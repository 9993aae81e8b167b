// Merging and splitting groups in the gallery, and the notes below them: by name, by keyboard, and what the kernel is asked.

import axe from "axe-core";
import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { page as browser } from "vitest/browser";
import { asked, button, curate, key, press } from "./curating.ts";
import { named, type Page, rest } from "./page.ts";

let page: Page | undefined;

const group = (name: string, title: string, images: string[]) => ({
  key: name,
  title,
  count: images.length,
  folders: ["a"],
  formats: ["OME-TIFF"],
  chips: ["128 × 128"],
  sample_images: images,
  outliers: [],
  acquisition: "ac-1",
  pencil: 0,
});
const GROUPS = {
  groups: [group("g1", "Oil", ["im-1", "im-2"]), group("g2", "Air", ["im-3"]), group("", "Unknown", ["im-4"])],
  unreadable: [],
};
const NOTES = { notes: ["a: 1 of 3 images have another <b>pixel type</b>."], count: 1 };

const answers = {
  groups: () => GROUPS,
  inconsistencies: () => NOTES,
  duplicates: () => ({ sets: [["a/1.tif", "b/1.tif", "b/2.tif"]], count: 1 }),
  "merge-groups": () => ({ kind: "ack", seq: 0, count: 1, key: "g1" }),
  "split-group": () => ({ kind: "ack", seq: 0, count: 2, key: "g-new" }),
};

const open = async (given: Parameters<typeof curate>[0] = {}, place = "Gallery") => {
  page = await curate({ ...given, answers: { ...answers, ...given.answers } });
  await press(page.el.querySelector(".rw-rail") as Element, place);
  await rest(100);
  return page;
};

beforeEach(() => browser.viewport(1440, 900));
afterEach(() => {
  page?.leave();
  page = undefined;
  delete document.documentElement.dataset.theme;
});

/** Find the button of a picture by what the picture is called. */
function picture(el: Element, name: string): HTMLElement {
  const found = [...el.querySelectorAll<HTMLElement>(".rw-thumb")].find(
    (one) => (one.querySelector("img")?.alt ?? one.textContent) === name,
  );
  if (!found) throw new Error(`no picture is called ${name}`);
  return found;
}

async function choose(el: Element, name: string): Promise<void> {
  picture(el, name).click();
  await rest(30);
}

const off = (el: Element, name: string) => button(el, name).getAttribute("aria-disabled");

test("two groups are merged in the order of the gallery, and the focus stays on the bar", async () => {
  const { el } = await open();
  await press(el, "Change the groups");
  await vi.waitFor(() => expect(document.activeElement?.textContent).toBe("0 groups chosen, 0 images chosen"));
  named(el, "Choose the group Unknown").click();
  await rest(30);
  expect(off(el, "Merge groups")).toBe("true");
  await press(el, "Merge groups");
  expect(asked(page as Page, "merge-groups")).toHaveLength(0);
  named(el, "Choose the group Oil").click();
  await rest(30);
  expect(off(el, "Merge groups")).toBe("false");
  await press(el, "Merge groups");
  expect(asked(page as Page, "merge-groups").map(({ keys }) => keys)).toEqual([["g1", ""]]);
  expect(el.textContent).toContain("1 image was taken into the first group.");
  await vi.waitFor(() => expect(document.activeElement?.textContent).toBe("0 groups chosen, 0 images chosen"));
});

test("images are chosen by their pictures, which then show nothing, and become a group", async () => {
  const { el } = await open();
  await press(el, "Change the groups");
  expect(off(el, "Make a group of these")).toBe("true");
  const first = picture(el, "Choose image 1 of Oil");
  await choose(el, "Choose image 1 of Oil");
  await choose(el, "Choose image 1 of Air");
  expect(first.getAttribute("aria-pressed")).toBe("true");
  await choose(el, "Choose image 2 of Oil");
  await choose(el, "Choose image 2 of Oil");
  await press(el, "Make a group of these");
  expect(asked(page as Page, "split-group").map(({ rows }) => rows)).toEqual([["im-1", "im-3"]]);
  expect(first.getAttribute("aria-pressed")).toBe("false");
  expect(el.textContent).toContain("2 images are a group of their own now.");
});

test("what the kernel refuses is said, and the choice stays", async () => {
  const refused = () => ({ kind: "refused", message: "They are a group already." });
  const { el } = await open({ answers: { "split-group": refused } });
  await press(el, "Change the groups");
  await choose(el, "Choose image 1 of Oil");
  await press(el, "Make a group of these");
  expect(el.textContent).toContain("They are a group already.");
  expect(picture(el, "Choose image 1 of Oil").getAttribute("aria-pressed")).toBe("true");
});

test("Escape and Done end it, forget the choice and give the focus back", async () => {
  const { el } = await open();
  for (const leave of [() => key(document.activeElement, "Escape"), () => press(el, "Done")]) {
    await press(el, "Change the groups");
    await choose(el, "Choose image 1 of Oil");
    (el.querySelector(".rw-regroup b") as HTMLElement).focus();
    await leave();
    expect(el.querySelector(".rw-regroup")).toBeNull();
    await vi.waitFor(() => expect(document.activeElement).toBe(button(el, "Change the groups")));
    expect(() => picture(el, "Choose image 1 of Oil")).toThrow();
  }
});

test("rows of the file table become a group", async () => {
  const { el } = await open({}, "File table");
  el.querySelector<HTMLElement>("tbody input")?.click();
  await rest(60);
  await press(el, "Make a group of these");
  expect(asked(page as Page, "split-group")[0]?.rows).toEqual(["im-1"]);
});

test("notes stand below the groups as text, and there is no heading without any", async () => {
  const { el } = await open();
  expect(el.textContent).toContain("1 thing does not fit together");
  expect(el.querySelector(".rw-setnotes")?.textContent).toContain("another <b>pixel type</b>.");
  page?.leave();
  await open({ answers: { inconsistencies: () => ({ notes: [], count: 0 }) } });
  expect(page?.el.textContent).not.toContain("fit together");
});

test("equal files are looked for on request", async () => {
  const { el } = await open();
  expect(asked(page as Page, "duplicates")).toHaveLength(0);
  await press(el, "Look for duplicate files");
  expect(el.textContent).toContain("1 set of files with the same content");
  expect([...el.querySelectorAll(".rw-setnotes code")].map((one) => one.textContent)).toEqual([
    "a/1.tif",
    "b/1.tif",
    "b/2.tif",
  ]);
  page?.leave();
  await open({ answers: { duplicates: () => ({ sets: [], count: 0 }) } });
  await press(page?.el as Element, "Look for duplicate files");
  expect(page?.el.textContent).toContain("No two image files have the same content.");
});

test("a comparison says how far it is, and can be stopped", async () => {
  const { el, model } = await open({ answers: { duplicates: () => undefined } });
  model.kernel.silent = true;
  await press(el, "Look for duplicate files");
  model.tell({ kind: "comparing", done: 5_000_000, of: 20_000_000 });
  await rest(50);
  const bar = el.querySelector(".rw-duplicates progress") as HTMLProgressElement;
  expect(bar.getAttribute("aria-label")).toBe("5 MB of 20 MB compared");
  expect(bar.position).toBe(0.25);
  button(el, "Stop comparing").focus();
  await press(el, "Stop comparing");
  const wish = asked(page as Page, "duplicates").at(-1);
  expect(asked(page as Page, "stop-comparing")).toHaveLength(1);
  model.tell({ kind: "comparing" });
  model.tell({ kind: "duplicates", req: wish?.req as string, sets: [], count: 0, stopped: true });
  await rest(50);
  expect(el.querySelector(".rw-duplicates progress")).toBeNull();
  expect(el.querySelector(".rw-duplicates [role=status]")?.textContent).toContain("Stopped before all files");
  expect(document.activeElement?.textContent).toContain("Look again");
});

for (const theme of ["light", "dark"])
  for (const width of [1440, 390])
    test(`no fault that axe finds, in ${theme} at ${width} px`, async () => {
      const { el } = await open({ options: { page: true } });
      await browser.viewport(width, 900);
      document.documentElement.dataset.theme = theme;
      await press(el, "Change the groups");
      await choose(el, "Choose image 1 of Oil");
      await press(el, "Look for duplicate files");
      await Promise.all(document.getAnimations().map((motion) => motion.finished.catch(() => undefined)));
      const { violations } = await axe.run(el, { resultTypes: ["violations"] });
      const bad = violations.filter(({ impact }) => impact === "serious" || impact === "critical");
      expect(bad.map(({ id, nodes }) => `${id}: ${nodes.map((node) => node.html).join()}`)).toEqual([]);
      expect(document.documentElement.scrollWidth).toBeLessThanOrEqual(width);
    }, 60_000);
