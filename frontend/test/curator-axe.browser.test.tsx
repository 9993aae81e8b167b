// axe-core inside our root: no serious or critical violation on any screen, light and dark, wide and slim.

import axe from "axe-core";
import { afterEach, expect, test } from "vitest";
import { page as browser } from "vitest/browser";
import { curate, press, rowsFor } from "./curating.ts";
import { type Page, rest } from "./page.ts";

let page: Page | undefined;
afterEach(() => {
  page?.leave();
  page = undefined;
  delete document.documentElement.dataset.theme;
});

async function faults(el: Element): Promise<string[]> {
  await Promise.all(document.getAnimations().map((motion) => motion.finished.catch(() => undefined)));
  const { violations } = await axe.run(el as HTMLElement, { resultTypes: ["violations"] });
  return violations
    .filter(({ impact }) => impact === "serious" || impact === "critical")
    .map(({ id, nodes }) => `${id}: ${nodes.map((node) => node.html.slice(0, 140)).join(" | ")}`);
}

/** A short page of the table: a rule looks at every cell. */
const answers = { rows: (message: Parameters<typeof rowsFor>[0]) => rowsFor({ ...message, limit: 6 }) };

const PLACES = ["Gallery", "File table", "Study", "Image acquisition", "Study component", "Findings"];

for (const theme of ["light", "dark"])
  for (const width of [1440, 390])
    test(`the curator in ${theme} at ${width} px`, async () => {
      await browser.viewport(width, 900);
      document.documentElement.dataset.theme = theme;
      page = await curate({ options: { page: true }, answers });
      document.documentElement.dataset.theme = theme;
      const found: Record<string, string[]> = {};
      for (const place of PLACES) {
        const nav = page.el.querySelector(width > 1179 ? ".rw-rail" : ".rw-drawer") as HTMLDetailsElement;
        if (width <= 1179) nav.open = true;
        await rest(20);
        await press(nav, place);
        await rest(150);
        if (place === "File table") page.el.querySelector<HTMLElement>("tbody input")?.click();
        await rest(50);
        found[place] = await faults(page.el);
        expect(document.documentElement.scrollWidth, place).toBeLessThanOrEqual(width);
      }
      expect(found).toEqual(Object.fromEntries(PLACES.map((place) => [place, []])));
    }, 60_000);

for (const theme of ["light", "dark"])
  test(`first screen, its dialog, a header's dialog and the views that stand alone, in ${theme}`, async () => {
    await browser.viewport(1440, 900);
    document.documentElement.dataset.theme = theme;
    page = await curate({ record: { setup: {} }, folder: null, options: { start: true, demo: true, page: true } });
    document.documentElement.dataset.theme = theme;
    expect(await faults(page.el)).toEqual([]);
    await press(page.el, "Choose");
    expect(await faults(page.el)).toEqual([]);
    page.leave();
    for (const kind of ["table", "findings", "preview"]) {
      page = await curate({ kind, answers });
      document.documentElement.dataset.theme = theme;
      await rest(150);
      if (kind === "preview") await press(page.el, "Show all");
      expect(await faults(page.el), kind).toEqual([]);
      page.leave();
    }
  }, 60_000);
