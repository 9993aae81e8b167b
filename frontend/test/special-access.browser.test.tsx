// The special screens without a mouse or without sight: axe-core in both themes, names, ids; and many of everything.

import axe from "axe-core";
import { afterEach, describe, expect, test, vi } from "vitest";
import { page as screen, userEvent } from "vitest/browser";
import type { Node } from "../src/types.ts";
import { named, nameOf, type Page, rest, show } from "./page.ts";

let page: Page | undefined;
afterEach(() => {
  page?.leave();
  page = undefined;
  delete document.documentElement.dataset.theme;
});

const pencil = { confirmed: false, origin: { kind: "scan", header: "a/b", count: 3, of: 3 } };
const RECORD = {
  setup: { imaging: ["light"], targets: ["bia"] },
  biosamples: [
    { id: "bs-1", title: "HeLa" },
    { id: "bs-2", title: "3T3" },
  ],
  specimens: [{ id: "sp-1", title: "Fixed" }],
  samples: [
    {
      id: "sa-1",
      title: "HeLa control",
      biosample: "bs-1",
      specimen: "sp-1",
      experimental_status: "control",
      labels: [{ id: "lb-1", content: { label: "Hoechst" } }],
    },
  ],
  acquisitions: [{ id: "ac-1", title: "Confocal", channels: [{ id: "ch-1", name: "DNA", colour: "#4080FF" }] }],
  components: [{ id: "sc-1", title: "Fixed", associations: [{ id: "as-1", acquisition: "ac-1" }] }],
  analyses: [{ id: "an-1", title: "Masks" }],
};
const MARKS = {
  "/components/sc-1/associations/as-1/acquisition": pencil,
  "/acquisitions/ac-1/channels/ch-1/colour": pencil,
  "/acquisitions/ac-1/channels/ch-1/name": pencil,
};
const ROWS = {
  images: ["control", "misc"].flatMap((folder) =>
    [0, 1].map(
      (n): Node => ({
        id: `im-${folder}${n}`,
        component: folder === "misc" && n ? undefined : "sc-1",
        path: `${folder}/${n}.tif`,
        size_x: 512 * (n + 1),
        qc_info: `q${n}`,
        pencil: ["size_x", "qc_info"],
      }),
    ),
  ),
  files: [{ id: "fl-1", path: "masks/a.tif", made_by: "an-1" }],
};

const OPENED: Record<string, (at: Page) => Promise<void>> = {
  component: async (at) => {
    await userEvent.click(named(at.el, "Assign by folder"));
    await userEvent.click(named(at.el, "Edit line 1"));
  },
  sample: async () => undefined,
  image: async () => undefined,
  acquisition: async (at) => userEvent.click(named(at.el, "More fields of DNA")),
  analysis: async () => undefined,
};

async function open(section: string): Promise<Page> {
  page = await show({
    section,
    record: structuredClone(RECORD) as never,
    marks: structuredClone(MARKS),
    rows: structuredClone(ROWS),
  });
  await rest(80);
  for (const fold of page.el.querySelectorAll("details")) fold.open = true;
  await OPENED[section]?.(page);
  await rest(60);
  return page;
}

async function faults(at: Page): Promise<string[]> {
  const { violations } = await axe.run(at.el, { resultTypes: ["violations"] });
  return violations
    .filter(({ impact }) => impact === "serious" || impact === "critical")
    .map(({ id, nodes }) => `${id}: ${nodes.map(({ html }) => html).join(" ")}`);
}

describe.each(Object.keys(OPENED))("%s", (section) => {
  test.each(["light", "dark"])("axe finds nothing serious, %s", async (theme) => {
    document.documentElement.dataset.theme = theme;
    expect(await faults(await open(section))).toEqual([]);
  });

  test("every control has a name, no id stands twice, and what is pointed to is there", async () => {
    const at = await open(section);
    const controls = [...at.el.querySelectorAll<HTMLElement>("input:not([aria-hidden]), textarea, select, button")];
    expect(controls.filter((control) => !nameOf(control)).map((control) => control.outerHTML)).toEqual([]);
    const ids = [...at.el.querySelectorAll("[id]")].map(({ id }) => id);
    expect(ids.filter((id, n) => ids.indexOf(id) !== n)).toEqual([]);
    const pointing = [...at.el.querySelectorAll("[aria-describedby], [aria-labelledby], [aria-controls]")];
    const pointed = pointing.flatMap((one) =>
      ["aria-describedby", "aria-labelledby", "aria-controls"].flatMap((key) =>
        (one.getAttribute(key) ?? "").split(" ").filter(Boolean),
      ),
    );
    expect(pointed.filter((id) => !document.getElementById(id))).toEqual([]);
  });

  test("nothing overflows a narrow page, and what can be pressed is large enough", async () => {
    await screen.viewport(390, 900);
    const at = await open(section);
    expect(at.el.scrollWidth).toBeLessThanOrEqual(390);
    const small = [
      ...at.el.querySelectorAll<HTMLElement>("button, select, input:not([type=checkbox]):not([type=date])"),
    ]
      .filter((control) => control.offsetParent && !control.matches(".rw-plain, .rw-src"))
      .filter((control) => control.getBoundingClientRect().height < 43.5);
    expect(small.map((control) => control.outerHTML.slice(0, 120))).toEqual([]);
    await screen.viewport(1200, 900);
  });
});

test("two hundred lines open as quickly as a few", async () => {
  const count = 200;
  const many = (make: (n: number) => Node) => Array.from({ length: count }, (_, n) => make(n));
  const record = {
    biosamples: many((n) => ({ id: `bs-${n}`, title: `Cell ${n}` })),
    specimens: [{ id: "sp-1", title: "Fixed" }],
    samples: many((n) => ({ id: `sa-${n}`, title: `Cell ${n}`, biosample: `bs-${n}`, specimen: "sp-1" })),
    acquisitions: [{ id: "ac-1", title: "Confocal" }],
    components: [
      {
        id: "sc-1",
        title: "Many",
        associations: many((n) => ({ id: `as-${n}`, sample: `sa-${n}`, acquisition: "ac-1" })),
      },
    ],
  };
  page = await show({ section: "component", record: record as never });
  const at = page;
  await vi.waitFor(() => expect(at.el.querySelectorAll(".rw-lines tbody tr")).toHaveLength(40));
  await userEvent.click(named(at.el, "Show all 200 lines"));
  await vi.waitFor(() => expect(at.el.querySelectorAll(".rw-lines tbody tr")).toHaveLength(count));
  await userEvent.click(named(at.el, "Edit Cell 150"));
  await vi.waitFor(() => expect((named(at.el, "Biosample") as HTMLInputElement).value).toBe("Cell 150"));
  await userEvent.fill(named(at.el, "Biosample"), "Cell 19");
  await vi.waitFor(() => expect(at.el.querySelectorAll("[role=option]").length).toBeGreaterThan(1));
  expect(at.el.querySelectorAll("[role=option]").length).toBeLessThanOrEqual(13);
});
