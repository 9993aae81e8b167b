// The tree of a header in a browser: keys, search, copying, what it says to a screen reader, and axe.

import axe from "axe-core";
import { afterEach, expect, test, vi } from "vitest";
import { page as browser, userEvent } from "vitest/browser";
import { type Page, rest, show } from "./page.ts";

let page: Page | undefined;
afterEach(() => {
  page?.leave();
  page = undefined;
  delete document.documentElement.dataset.theme;
  vi.restoreAllMocks();
});

const PLANES = Array.from({ length: 250 }, (_, n) => [["Image", "Planes", `Plane[${n}]`], `${n} s`]);
const HEADER = {
  path: "a/cells.ome.tiff",
  values: [["size_x", 512, "Image/Pixels/@SizeX"]],
  raw: [],
  leaves: [
    [["Image", "Pixels", "@PhysicalSizeX"], "0.1 µm", ["Pixel size X"]],
    [["Image", "Pixels", "Channel[0]", "@Name"], "DAPI"],
    [["Image", "Pixels", "Channel[1]", "@Name"], "GFP <b>bold</b>"],
    ...PLANES,
    [["", "format"], "OME-TIFF"],
  ],
  warnings: [],
};

async function open(lang = "en"): Promise<HTMLElement> {
  const answers = { header: () => HEADER, thumb: () => ({ kind: "refused", message: "none" }) };
  page = await show({
    kind: "preview",
    options: { image: "im-1" },
    lang,
    record: { study: { title: "A" } } as never,
    answers,
  });
  const el = page.el;
  await vi.waitFor(() => expect(el.querySelector(".rw-facts")).toBeTruthy());
  const button = [...el.querySelectorAll("button")].find((one) => /254/.test(one.textContent ?? ""));
  await userEvent.click(button as HTMLElement);
  await vi.waitFor(() => expect(el.querySelector("[role=tree]")).toBeTruthy());
  return el.querySelector("dialog") as HTMLElement;
}

const items = (at: HTMLElement) => [...at.querySelectorAll<HTMLElement>("[role=treeitem]")];
const focused = () => document.activeElement as HTMLElement;
const name = (item: HTMLElement) =>
  document.getElementById(item.getAttribute("aria-labelledby") ?? "")?.textContent ?? item.textContent ?? "";
async function keyboard(keys: string): Promise<void> {
  for (const key of keys.match(/\{Shift>\}.*?\{\/Shift\}|\{Control>\}.*?\{\/Control\}|\{.*?\}|./g) ?? []) {
    await userEvent.keyboard(key);
    await rest(20);
  }
}
const status = (at: HTMLElement) => at.querySelector("[role=status]")?.textContent;
const box = (at: HTMLElement) => at.querySelector("input[type=search]") as HTMLInputElement;

test("is a tree as ARIA has it: levels, groups, what is open, and one stop for the tabulator key", async () => {
  const at = await open();
  const [image, pixels, size] = items(at);
  expect(image?.getAttribute("aria-level")).toBe("1");
  expect(image?.getAttribute("aria-expanded")).toBe("true");
  expect(pixels?.closest("[role=group]")?.id === image?.getAttribute("aria-owns")).toBe(true);
  expect(size?.getAttribute("aria-expanded")).toBeNull();
  expect(name(size as HTMLElement)).toBe("@PhysicalSizeX 0.1 µm used for Pixel size X");
  expect(size?.textContent).toContain("used for Pixel size X");
  expect(items(at).filter(({ tabIndex }) => tabIndex === 0)).toHaveLength(1);
  expect(at.querySelector("b")).toBeNull();
  expect(status(at)).toBe("254 values");
});

test("arrows, Home and End lead through it, open and close", async () => {
  const at = await open();
  box(at).focus();
  await keyboard("{ArrowDown}");
  expect(name(focused())).toBe("Image 253 values");
  await keyboard("{ArrowRight}{ArrowRight}");
  expect(name(focused())).toContain("@PhysicalSizeX");
  await keyboard("{ArrowLeft}{ArrowLeft}");
  expect(name(focused())).toBe("Pixels 3 values");
  expect(focused().getAttribute("aria-expanded")).toBe("false");
  await keyboard("{Enter}");
  expect(focused().getAttribute("aria-expanded")).toBe("true");
  await keyboard("{End}");
  expect(name(focused())).toBe("format OME-TIFF");
  await keyboard("{Home}{ArrowUp}");
  expect(name(focused())).toBe("Image 253 values");
});

test("beyond a limit it says how many more there are, and shows them when asked", async () => {
  const at = await open();
  const planes = items(at).find((item) => name(item) === "Planes 250 values") as HTMLElement;
  planes.focus();
  await keyboard("{ArrowRight}");
  await vi.waitFor(() => expect(items(planes.parentElement as HTMLElement)).toHaveLength(102));
  const more = items(planes.parentElement as HTMLElement).at(-1) as HTMLElement;
  expect(more.textContent).toBe("150 more");
  more.focus();
  await keyboard("{Enter}");
  await vi.waitFor(() => expect(name(focused())).toBe("Plane[100] 100 s"));
  expect(items(planes.parentElement as HTMLElement)).toHaveLength(202);
});

test("a search keeps the way to its hits open, marks them, and Enter goes from one to the next", async () => {
  const at = await open();
  await userEvent.fill(box(at), "plane 24");
  await vi.waitFor(() => expect(status(at)).toBe("13 of 254 values hold these words."));
  expect(items(at).map(name)).toContain("Plane[124] 124 s");
  expect([...at.querySelectorAll("mark")].map((one) => one.textContent)).toContain("Plane");
  box(at).focus();
  await keyboard("{Enter}{Enter}");
  await vi.waitFor(() => expect(status(at)).toContain("Hit 2 of 13: Plane[124], 124 s"));
  expect(focused()).toBe(box(at));
  expect(name(at.querySelector("[aria-current=true]") as HTMLElement)).toBe("Plane[124] 124 s");
  await keyboard("{Shift>}{Enter}{/Shift}{ArrowDown}");
  expect(name(focused())).toBe("Plane[24] 24 s");
  await keyboard("{Enter}");
  await vi.waitFor(() => expect(name(focused())).toBe("Plane[124] 124 s"));
  await keyboard("f");
  expect(focused()).toBe(box(at));
  await vi.waitFor(() => expect(status(at)).toContain("2 of 254 values hold"));
  await keyboard("{Escape}");
  await vi.waitFor(() => expect(box(at).value).toBe(""));
  expect(at.hasAttribute("open")).toBe(true);
});

test("nothing found is said", async () => {
  const at = await open();
  await userEvent.fill(box(at), "zzz");
  await vi.waitFor(() => expect(status(at)).toBe("No value holds these words."));
  await keyboard("{Enter}{ArrowDown}");
  expect(items(at)).toEqual([]);
});

test("a value is copied by its button and by keys", async () => {
  const written = vi.spyOn(navigator.clipboard, "writeText").mockResolvedValue();
  const at = await open();
  await userEvent.click(at.querySelector("[aria-label='Copy the value of @PhysicalSizeX']") as HTMLElement);
  await vi.waitFor(() => expect(status(at)).toContain("The value of @PhysicalSizeX is copied."));
  expect(written).toHaveBeenCalledWith("0.1 µm");
  expect(name(focused())).toContain("@PhysicalSizeX");
  await keyboard("{End}{Control>}c{/Control}");
  await vi.waitFor(() => expect(written).toHaveBeenLastCalledWith("OME-TIFF"));
});

for (const theme of ["light", "dark"])
  for (const width of [1280, 390])
    test(`axe finds nothing in ${theme} at ${width} px, and nothing is cut off`, async () => {
      await browser.viewport(width, 800);
      document.documentElement.dataset.theme = theme;
      const at = await open("fr");
      document.documentElement.dataset.theme = theme;
      await userEvent.fill(box(at), "pixel");
      await rest(50);
      const found = await axe.run(at);
      expect(found.violations.map(({ id, nodes }) => `${id}: ${nodes[0]?.html}`)).toEqual([]);
      expect(at.scrollWidth).toBeLessThanOrEqual(at.clientWidth + 1);
      expect(at.textContent).not.toMatch(/ui\.(header|viewer)/);
      expect(at.textContent).toContain("utilisé pour Pixel size X");
    });
