// What a person without a mouse or without sight meets: names, required, invalid; no fault that axe-core knows of.

import axe from "axe-core";
import { afterEach, describe, expect, test, vi } from "vitest";
import { cdp, page as screen } from "vitest/browser";
import type { Mark } from "../src/types.ts";
import { named, nameOf, type Page, rest, show } from "./page.ts";

let page: Page | undefined;
afterEach(() => {
  page?.leave();
  page = undefined;
  delete document.documentElement.dataset.theme;
});

const pencil: Mark = { confirmed: false, origin: { kind: "header", source: "a.czi", header: "A/B", count: 3, of: 4 } };
const RECORD = {
  setup: { imaging: ["light"], targets: ["bia"] },
  study: { title: "Nuclei", keywords: ["actin", "lamin"], license: "CC0", release_date: "2027-03-01" },
  people: [{ id: "pe-1", first_name: "Ada", affiliations: ["or-1"] }, { id: "pe-2" }],
  organisations: [{ id: "or-1", title: "Institute", ror: "wrong" }],
  biosamples: [
    {
      id: "bs-1",
      title: "NIH 3T3",
      organism: [{ label: "Mus musculus", id: "NCBITaxon:10090" }, { label: "something else" }],
      intrinsic_variable: { absent: "not_recorded", reason: "lost" },
      experimental_variable: [{ id: "va-1", name: "dose" }],
    },
    { id: "bs-2" },
  ],
  specimens: [{ id: "sp-1", title: "fixed", preparation_method: "PFA 4 %" }],
  samples: [{ id: "sa-1", title: "s", biosample: "bs-1", labels: [{ id: "lb-1", content: { label: "EGFP" } }] }],
  acquisitions: [
    {
      id: "ac-1",
      title: "63x",
      objective_na: 1.4,
      objective_immersion: "Oil",
      temperature: { number: 37, unit: "°C" },
      channels: [{ id: "ch-1", name: "DAPI", colour: "#4080ff" }],
    },
  ],
  correlations: [{ id: "co-1", title: "c" }],
  analyses: [{ id: "an-1", title: "a" }],
  annotations: [{ id: "at-1", annotation_type: ["other"], authors: ["pe-1"] }],
  components: [{ id: "sc-1", title: "c", associations: [{ id: "as-1", sample: "sa-1", acquisition: "ac-1" }] }],
};
const MARKS = {
  "/biosamples/bs-1/title": pencil,
  "/acquisitions/ac-1/objective_na": pencil,
  "/acquisitions/ac-1/objective_immersion": pencil,
  "/study/keywords": pencil,
};
const SECTIONS = [
  "study",
  "biosample",
  "specimen",
  "acquisition",
  "image",
  "correlation",
  "analysis",
  "annotation",
  "component",
];
const rows = {
  images: [{ id: "im-1", component: "sc-1", path: "a/b.tif", size_x: 2048, qc_info: "good", pencil: ["size_x"] }],
  files: [{ id: "fl-1", path: "a/b.tif" }],
};

async function open(section: string, lang = "en"): Promise<Page> {
  page = await show({
    section,
    lang,
    record: structuredClone(RECORD) as never,
    marks: MARKS,
    rows: structuredClone(rows),
  });
  await rest(60);
  for (const fold of page.el.querySelectorAll("details")) fold.open = true;
  for (const card of page.el.querySelectorAll<HTMLElement>(".rw-rowtitle[aria-expanded=false]")) card.click();
  await rest(60);
  return page;
}

async function faults(at: Page): Promise<string[]> {
  const { violations } = await axe.run(at.el, { resultTypes: ["violations"] });
  return violations
    .filter(({ impact }) => impact === "serious" || impact === "critical")
    .map(({ id, nodes }) => `${id}: ${nodes.map(({ html }) => html).join(" ")}`);
}

describe.each(SECTIONS)("%s", (section) => {
  test.each(["light", "dark"])("axe finds nothing serious, %s", async (theme) => {
    document.documentElement.dataset.theme = theme;
    expect(await faults(await open(section))).toEqual([]);
  });

  test("every control has a name, and no id stands twice", async () => {
    const at = await open(section);
    const controls = [...at.el.querySelectorAll<HTMLElement>("input:not([aria-hidden]), textarea, select, button")];
    expect(controls.length).toBeGreaterThan(3);
    expect(controls.filter((control) => !nameOf(control)).map((control) => control.outerHTML)).toEqual([]);
    const ids = [...at.el.querySelectorAll("[id]")].map(({ id }) => id);
    expect(ids.filter((id, n) => ids.indexOf(id) !== n)).toEqual([]);
    const named = [...at.el.querySelectorAll("[aria-describedby], [aria-labelledby], [aria-controls]")];
    const pointed = named.flatMap((one) =>
      ["aria-describedby", "aria-labelledby", "aria-controls"].flatMap((key) =>
        (one.getAttribute(key) ?? "").split(" ").filter(Boolean),
      ),
    );
    expect(pointed.filter((id) => !document.getElementById(id))).toEqual([]);
  });

  test("no text is missing in either language", async () => {
    for (const lang of ["en", "fr"]) {
      const at = await open(section, lang);
      expect(at.el.textContent?.match(/\b(ui|guide)\.[a-z_.]+/g) ?? []).toEqual([]);
      const said = [...at.el.querySelectorAll("[aria-label], [title], [placeholder]")].map(
        (one) => `${one.getAttribute("aria-label")} ${one.getAttribute("title")} ${one.getAttribute("placeholder")}`,
      );
      expect(said.join(" ").match(/\b(ui|guide)\.[a-z_]+\.[a-z_.]+/g) ?? []).toEqual([]);
      at.leave();
    }
  });
});

interface AXNode {
  role?: { value?: string };
  name?: { value?: string };
  ignored?: boolean;
}
interface Frames {
  frame: { id: string; url: string };
  childFrames?: Frames[];
}

async function accessibleNames(role: string): Promise<(string | undefined)[]> {
  const session = cdp() as unknown as { send(method: string, params?: object): Promise<unknown> };
  const { frameTree } = (await session.send("Page.getFrameTree")) as { frameTree: Frames };
  const frame = frameTree.childFrames?.[0]?.frame.id ?? frameTree.frame.id;
  const { nodes } = (await session.send("Accessibility.getFullAXTree", { frameId: frame })) as { nodes: AXNode[] };
  return nodes.filter((node) => node.role?.value === role && !node.ignored).map((node) => node.name?.value);
}

test("the names stand in the browser's accessibility tree", async () => {
  await open("biosample");
  const boxes = [...(await accessibleNames("textbox")), ...(await accessibleNames("combobox"))];
  expect(boxes).toContain("Title");
  expect(boxes).toContain("Biological entity");
  expect(boxes).toContain("Reason for Intrinsic variable");
  expect(boxes.every(Boolean)).toBe(true);
});

test("required and wrong are said to assistive technology", async () => {
  const at = await open("biosample");
  expect(named(at.el, "Title").getAttribute("aria-required")).toBe("true");
  expect(named(at.el, "Description").hasAttribute("aria-required")).toBe(false);
  expect(named(at.el, "Title").getAttribute("aria-describedby")).toBeTruthy();
});

test("two displays of one form share no id, and follow each other", async () => {
  const one = await open("biosample");
  const host = document.createElement("div");
  document.body.append(host);
  const { render } = await import("../src/main.tsx");
  const leave = render({ model: one.model, el: host });
  await vi.waitFor(() => expect(host.querySelector(".rw-field")).not.toBeNull());
  const ids = [...document.querySelectorAll("[id]")].map(({ id }) => id);
  expect(ids.filter((id, n) => ids.indexOf(id) !== n)).toEqual([]);
  await rest(50);
  one.model.take([{ op: "set", path: "/biosamples/bs-1/title", value: "both" }]);
  await vi.waitFor(() => {
    expect((named(one.el, "Title") as HTMLInputElement).value).toBe("both");
    expect((named(host, "Title") as HTMLInputElement).value).toBe("both");
  });
  leave();
  host.remove();
});

test("on a narrow page nothing runs out of it, and every control is 44 px high", async () => {
  await screen.viewport(390, 800);
  for (const section of SECTIONS) {
    const at = await open(section);
    const wide = [...at.el.querySelectorAll<HTMLElement>("*")].filter(
      (one) => one.getBoundingClientRect().right > 391 && !one.closest(".rw-hidden"),
    );
    expect(wide.map((one) => one.outerHTML.slice(0, 120))).toEqual([]);
    const low = [
      ...at.el.querySelectorAll<HTMLElement>(
        ".rw-input, .rw-btn, .rw-confirm, .rw-plain, .rw-entity, .rw-rowtitle, .rw-choice, .rw-piecegone",
      ),
    ].filter((one) => one.getBoundingClientRect().height > 0 && one.getBoundingClientRect().height < 43.5);
    expect(low.map((one) => one.outerHTML.slice(0, 160))).toEqual([]);
    at.leave();
  }
  await screen.viewport(1200, 900);
});
