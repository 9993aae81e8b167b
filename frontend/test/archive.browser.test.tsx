// The archive in the app: its page, what its parts would say, and starting from a published study.

import axe from "axe-core";
import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { page as browser } from "vitest/browser";
import { ARCHIVE_PAGE, HOSTILE, SIMULATION } from "./archiving.ts";
import { asked, button, curate, press, RECORD, REPORT, type } from "./curating.ts";
import { named, type Page, rest } from "./page.ts";

const BIA = {
  record: { ...RECORD, setup: { imaging: ["light"], targets: ["bia"] } },
  report: { ...REPORT, targets: { bia: { state: "far" as const, left: 12, warnings: 1 } } },
};

let page: Page | undefined;
const open = async (...given: Parameters<typeof curate>) => {
  page = await curate(...given);
  // on a busy machine the frame is drawn later than the record is there
  for (let n = 0; n < 100 && !page.el.querySelector(".rw-rail, .rw-steps"); n++) await rest(20);
  return page;
};
const rail = () => page?.el.querySelector(".rw-rail") as Element;
const main = () => page?.el.querySelector(".rw-main") as HTMLElement;

beforeEach(() => browser.viewport(1440, 900));
afterEach(() => {
  page?.leave();
  page = undefined;
  delete document.documentElement.dataset.theme;
});

async function faults(el: Element): Promise<string[]> {
  // pictures that are not in view yet wait with a sign that turns without end
  await rest(300);
  const { violations } = await axe.run(el as HTMLElement, { resultTypes: ["violations"] });
  return violations
    .filter(({ impact }) => impact === "serious" || impact === "critical")
    .map(({ id, nodes }) => `${id}: ${nodes.map((node) => node.html.slice(0, 140)).join(" | ")}`);
}

test("the page is offered only where the archive is a target", async () => {
  await open();
  expect(rail().textContent).not.toContain("Preview at the archive");
  page?.leave();
  await open(BIA);
  expect(button(rail(), "Preview at the archive").textContent).toContain("Preview");
});

test("the page shows what is sent, as text, and opens no address that is none", async () => {
  const { el, model } = await open(BIA);
  await press(rail(), "Preview at the archive");
  expect(asked({ model } as Page, "archive-page").length).toBeGreaterThan(0);
  await vi.waitFor(() => expect(document.activeElement).toBe(main().querySelector("h1")));
  const shown = main().querySelector(".rw-archive") as HTMLElement;
  expect(shown.textContent).toContain(HOSTILE);
  expect(el.querySelector("img[onerror]")).toBeNull();
  const addresses = [...shown.querySelectorAll("a")].map((a) => a.getAttribute("href"));
  expect(addresses.filter((href) => !href?.startsWith("https://"))).toEqual([]);
  expect(addresses).toContain("https://orcid.org/0000-0002-1825-0097");
  expect(shown.textContent).toContain("javascript:alert(1)");
  expect(shown.querySelector(".rw-listed tbody")?.textContent).toContain("a/b.tiff");
  expect(shown.textContent).toContain("11 more lines are in the list.");
  expect(shown.textContent).toContain("No description yet");
  expect([...shown.querySelectorAll(".rw-pictures li")]).toHaveLength(2);
});

test("each part leads back to its field", async () => {
  await open(BIA);
  await press(rail(), "Preview at the archive");
  await press(main(), "Organism");
  expect(main().querySelector("h1")?.textContent).toContain("Biosample");
  const aim = () => (document.activeElement?.closest("[data-path]") as HTMLElement | null)?.dataset.path;
  for (let n = 0; n < 100 && aim() === undefined; n++) await rest(20);
  expect(aim()).toBe("/biosamples/bs-1/organism");
});

test("what is missing says so where it would stand, and leads there", async () => {
  const bare = { ...ARCHIVE_PAGE, title: "", authors: [], organisations: [], keywords: [], licence: null };
  await open({ ...BIA, answers: { "archive-page": () => ({ page: { ...bare, components: [], annotations: [] } }) } });
  await press(rail(), "Preview at the archive");
  for (const words of ["No title yet", "No author yet", "No licence yet", "No keyword yet", "No study component yet"])
    expect(button(main(), words)).toBeTruthy();
  await press(main(), "No title yet");
  expect(main().querySelector("h1")?.textContent).toBe("Study");
});

test("the page is asked for again when the record changes, and a fault is said", async () => {
  const { model } = await open({ ...BIA, answers: { "archive-page": () => ({ kind: "refused", message: "No." }) } });
  await press(rail(), "Preview at the archive");
  expect(main().querySelector("[role=alert]")?.textContent).toContain("No.");
  const before = asked({ model } as Page, "archive-page").length;
  model.take([{ op: "set", path: "/study/title", value: "Nuclei, again" }]);
  await rest(60);
  expect(asked({ model } as Page, "archive-page").length).toBeGreaterThan(before);
});

test("three short lists say what the archive would, each thing leading to its field", async () => {
  await open(BIA);
  await press(rail(), "Findings");
  await rest(60);
  const lists = [...main().querySelectorAll(".rw-verdict")];
  expect(lists.map((list) => list.querySelector("h3")?.textContent)).toEqual([
    "The form would refuse.",
    "The server would pass.",
    "The archive’s reader would pass.",
  ]);
  const first = lists[0] as Element;
  expect(first.querySelectorAll("li")).toHaveLength(4);
  await press(first, "Show all 6");
  expect(first.querySelectorAll("li")).toHaveLength(6);
  expect(first.querySelector("small")?.textContent).toBe("Biosample HeLa, Organism");
  await press(first, "Go to the field");
  expect(main().querySelector("h1")?.textContent).toContain("Biosample");
});

test("without the archive as a target nothing is simulated", async () => {
  const { model } = await open();
  await press(rail(), "Findings");
  await rest(60);
  expect(asked({ model } as Page, "simulation")).toEqual([]);
  expect(SIMULATION.parts).toHaveLength(3);
});

const START = { record: { setup: {} }, folder: null, options: { start: true, folder: "/data" } };

async function give(el: Element, file: File): Promise<void> {
  const field = el.querySelector("input[type=file]") as HTMLInputElement;
  const held = new DataTransfer();
  held.items.add(file);
  field.files = held.files;
  field.dispatchEvent(new Event("change", { bubbles: true }));
  await rest(80);
}

async function door(el: HTMLElement): Promise<void> {
  const found = [...el.querySelectorAll<HTMLElement>(".rw-door")].find((one) =>
    one.textContent?.startsWith("Start from a file"),
  );
  found?.querySelector("input")?.click();
  await rest(40);
}

test("a published study is looked at before anything is taken from it", async () => {
  const { el, model } = await open(START);
  await door(el);
  await press(el, "Start from it");
  expect(named(el, "File of the study").getAttribute("aria-invalid")).toBe("true");
  await give(el, new File(["{}"], "S-BIAD0.json"));
  const [sent] = asked({ model } as Page, "look") as unknown as { name: string; buffers: ArrayBuffer[] }[];
  expect(sent?.name).toBe("S-BIAD0.json");
  expect(sent?.buffers[0]?.byteLength).toBe(2);
  const shown = el.querySelector(".rw-looked") as HTMLElement;
  expect(shown.textContent).toContain(HOSTILE);
  expect(shown.textContent).toContain("3 People");
  expect(shown.textContent).toContain("HeLa, U2OS");
  expect(shown.textContent).toContain("S-BIAD0.json: Study/Table × 2");
  expect(
    (named(shown, "Structure and valuesEverything is in pencil until you confirm it.") as HTMLInputElement).checked,
  ).toBe(true);
  await press(el, "Start from it");
  expect(asked({ model } as Page, "start-from")).toEqual([]);
  await type(named(el, "Folder of your new images"), "/data/mine");
  await press(el, "Start from it");
  expect(asked({ model } as Page, "start-from")[0]).toMatchObject({
    token: "t1",
    values: "keep",
    people: false,
    folder: "/data/mine",
    targets: ["isatab"],
  });
});

test("values can stay behind, and people come only when they are asked for", async () => {
  const { el, model } = await open(START);
  await door(el);
  await type(named(el, "Or where it lies on this computer"), "old/submission.json");
  await press(el, "Look");
  expect(asked({ model } as Page, "look")[0]).toMatchObject({ path: "old/submission.json" });
  const [, clear, , people] = el.querySelectorAll<HTMLInputElement>(".rw-looked input");
  clear?.click();
  await rest(20);
  people?.click();
  await type(named(el, "Folder of your new images"), "/data/mine");
  await press(el, "Start from it");
  expect(asked({ model } as Page, "start-from")[0]).toMatchObject({ values: "clear", people: true });
});

test("a file that is too large is not sent; its path is asked for instead", async () => {
  const { el, model } = await open(START);
  await door(el);
  await give(el, new File([new Uint8Array(10 * 1024 * 1024)], "big.zip"));
  expect(el.textContent).toContain("Found: 10.5 MB. At most: 9.4 MB. Name where it lies instead.");
  expect(asked({ model } as Page, "look")).toEqual([]);
});

for (const theme of ["light", "dark"])
  for (const width of [1440, 390])
    test(`axe finds nothing serious, and nothing runs out of the page, ${theme} at ${width} px`, async () => {
      await browser.viewport(width, 900);
      await open({ ...BIA, options: { page: true }, lang: width === 390 ? "fr" : "en" });
      document.documentElement.dataset.theme = theme;
      const nav = page?.el.querySelector(width > 1179 ? ".rw-rail" : ".rw-drawer") as HTMLDetailsElement;
      for (const place of width === 390 ? ["Aperçu", "Constats"] : ["Preview", "Findings"]) {
        if (width <= 1179) nav.open = true;
        await rest(20);
        await press(nav, place);
        await rest(150);
        expect(await faults(page?.el as Element), place).toEqual([]);
        expect(document.documentElement.scrollWidth, place).toBeLessThanOrEqual(width);
      }
      page?.leave();
      await open({ ...START, options: { ...START.options, page: true, demo: true } as object });
      document.documentElement.dataset.theme = theme;
      await door(page?.el as HTMLElement);
      await give(page?.el as HTMLElement, new File(["{}"], "a.json"));
      expect(await faults(page?.el as Element), "start").toEqual([]);
      expect(document.documentElement.scrollWidth, "start").toBeLessThanOrEqual(width);
    }, 60_000);
