// Which microscope: choosing one, what it would fill in, what does not fit, the tier; by keyboard and for screen readers.

import axe from "axe-core";
import { afterEach, describe, expect, test, vi } from "vitest";
import { page as screen, userEvent } from "vitest/browser";
import type { Message } from "../src/wire.ts";
import { named, type Page, rest, show } from "./page.ts";

let page: Page | undefined;
afterEach(async () => {
  page?.leave();
  page = undefined;
  delete document.documentElement.dataset.theme;
  await screen.viewport(1200, 900);
});

const SCOPES = [
  {
    key: "k1",
    name: "Spinning disk",
    source: "sd.yaml",
    note: "Nikon Ti2-E",
    objectives: ["A 60×", "B 20×"],
    warnings: [],
  },
  {
    key: "k2",
    name: "TESM",
    source: "tesm.json",
    note: "Olympus IX71",
    objectives: [],
    warnings: ["At /a stands “0”."],
  },
];
const TIER = { reached: 1, of: 3, next: "objective_correction", missing: ["objective_correction", "filters"] };
const TOLD = { microscopes: SCOPES, unreadable: [{ path: "x", message: "x.json is empty." }], chosen: null, key: null };
const PREVIEW = {
  fills: [
    { field: "instrument_model", value: "Ti2-E" },
    { field: "objective_working_distance", value: { number: 0.13, unit: "mm" } },
    ...[488, 561, 640, 405, 445, 785].map((number) => ({
      field: "light_sources",
      row: { kind: "Laser", model: `OBIS ${number}`, wavelength: { number, unit: "nm" } },
    })),
  ],
  objective: { state: "found", place: 0 },
  conflicts: [{ level: "warning", code: "objective_conflict", path: "/acquisitions/ac-1/x", message: "It is Water." }],
  others: 1,
  tier: { ...TIER, reached: 2 },
};
const RECORD = {
  setup: { imaging: ["light"], targets: ["bia"] },
  acquisitions: [
    { id: "ac-1", title: "Live", channels: [{ id: "ch-1", name: "DNA" }] },
    { id: "ac-2", title: "Fixed" },
  ],
};

type Answers = Record<string, (message: Message) => object>;

async function open(answers: Answers = {}, more: object = {}): Promise<Page> {
  const usual: Answers = {
    microscopes: () => ({ ...TOLD, tier: TIER }),
    "preview-microscope": () => PREVIEW,
    "use-microscope": () => ({ kind: "ack", count: 8 }),
  };
  page = await show({
    section: "acquisition",
    record: structuredClone(RECORD) as never,
    answers: { ...usual, ...answers },
    ...more,
  });
  return page;
}

async function panel(at: Page): Promise<HTMLElement> {
  await vi.waitFor(() => expect(at.el.querySelector(".rw-passport")).toBeTruthy());
  return at.el.querySelector(".rw-passport") as HTMLElement;
}

async function pick(at: Page, typed: string): Promise<HTMLElement> {
  const own = await panel(at);
  await userEvent.click(named(at.el, "Which microscope?"));
  await userEvent.keyboard(`${typed}{Enter}`);
  return own;
}

const heard = (at: Page, kind: string) => at.model.kernel.heard.filter((message) => message.kind === kind);

describe("which microscope", () => {
  test("is asked in an open panel while none is chosen, with the tier and the next field", async () => {
    const own = await panel(await open());
    expect(own.hasAttribute("open")).toBe(true);
    expect(own.querySelector(".rw-chip")?.textContent).toBe("Tier 1 of 3");
    expect(own.textContent).toContain("To reach tier 2, fill in next: Objective › Correction");
    expect(own.textContent).toContain("x.json is empty.");
  });

  test("is chosen by name with the keyboard, and shows what it would fill in and what does not fit", async () => {
    const at = await open();
    const own = await pick(at, "spinn");
    await vi.waitFor(() => expect(own.textContent).toContain("It would fill in 8 values"));
    expect(heard(at, "preview-microscope").at(-1)).toMatchObject({ acquisition: "ac-1", microscope: "k1" });
    expect(own.querySelector(".rw-passportlist")?.textContent).toMatch(/Ti2-E.*0\.13 mm.*OBIS 488, 488 nm.*1 more/);
    expect(own.querySelector(".rw-passportunfit .is-warn")?.textContent).toBe("It is Water.");
    expect(own.textContent).toContain("With this microscope: tier 2 of 3");
  });

  test("is found by its maker and file too; a name that is nobody's is said so", async () => {
    const at = await open();
    const own = await pick(at, "ix71");
    await vi.waitFor(() => expect(own.textContent).toContain("At /a stands"));
    const input = named(at.el, "Which microscope?") as HTMLInputElement;
    expect(input.value).toBe("TESM");
    await userEvent.clear(input);
    await userEvent.keyboard("zzz{Enter}");
    await vi.waitFor(() => expect(own.querySelector("[role=alert]")?.textContent).toContain("“zzz”"));
    expect(input.getAttribute("aria-invalid")).toBe("true");
    await userEvent.keyboard("{Escape}");
    expect(input.value).toBe("TESM");
  });

  test("fills one acquisition or all, says how many values wait, and keeps the focus", async () => {
    const at = await open();
    const own = await pick(at, "spinn");
    await vi.waitFor(() => named(at.el, "Fill in"));
    await userEvent.click(named(at.el, "Fill in"));
    await vi.waitFor(() => expect(own.textContent).toContain("8 values were filled in"));
    expect(heard(at, "use-microscope").at(-1)).toMatchObject({ acquisition: "ac-1", microscope: "k1", all: false });
    await vi.waitFor(() => expect(document.activeElement?.textContent).toContain("8 values were filled in"));
    await userEvent.click(named(at.el, "Fill in this and the other acquisition"));
    await vi.waitFor(() => expect(heard(at, "use-microscope").at(-1)).toMatchObject({ all: true }));
  });

  test("asks which objective only where images do not say", async () => {
    const at = await open({
      "preview-microscope": () => ({ ...PREVIEW, objective: { state: "unknown", place: null } }),
    });
    await pick(at, "spinn");
    await vi.waitFor(() => named(at.el, "Which objective?"));
    await userEvent.selectOptions(named(at.el, "Which objective?"), "B 20×");
    await vi.waitFor(() => expect(heard(at, "preview-microscope").at(-1)).toMatchObject({ objective: 1 }));
    await userEvent.click(named(at.el, "Fill in"));
    await vi.waitFor(() => expect(heard(at, "use-microscope").at(-1)).toMatchObject({ objective: 1 }));
  });

  test("is folded once it is chosen, with its name and version", async () => {
    const chosen = { name: "Spinning disk", id: "sd-204", model_version: "2026-03" };
    const full = { reached: 3, of: 3, next: null, missing: [] };
    const at = await open({
      microscopes: () => ({ ...TOLD, chosen, key: "k1", tier: full }),
      "preview-microscope": () => ({ ...PREVIEW, fills: [], conflicts: [], others: 0 }),
    });
    const own = await panel(at);
    expect(own.hasAttribute("open")).toBe(false);
    expect(own.querySelector("summary")?.textContent).toContain("Spinning disk");
    await userEvent.click(own.querySelector("summary") as HTMLElement);
    await vi.waitFor(() => expect(own.textContent).toContain("It adds nothing"));
    expect(own.textContent).toContain("Description 2026-03, id sd-204");
    expect(own.textContent).toContain("Everything that NBO-Q asks");
    expect(() => named(at.el, "Fill in")).toThrow();
  });

  test("says how to get a file where there is none", async () => {
    const own = await panel(await open({ microscopes: () => ({ ...TOLD, microscopes: [], tier: TIER }) }));
    expect(own.hasAttribute("open")).toBe(false);
    expect(own.textContent).toContain("No microscope file was found");
    await userEvent.click(own.querySelector("summary") as HTMLElement);
    await userEvent.click(named(own, "Look again"));
    await vi.waitFor(() => expect(heard(page as Page, "microscopes").at(-1)).toMatchObject({ again: true }));
  });

  test("is not asked of electron microscopes", async () => {
    const record = { ...structuredClone(RECORD), setup: { imaging: ["electron"], targets: ["bia"] } };
    const at = await open({}, { record });
    await rest(80);
    expect(heard(at, "microscopes")).toEqual([]);
    expect(at.el.querySelector(".rw-passport")).toBeNull();
  });

  test("tells a refusal", async () => {
    const at = await open({ "preview-microscope": () => ({ kind: "refused", message: "It is gone." }) });
    const own = await pick(at, "spinn");
    await vi.waitFor(() => expect(own.querySelector("[role=alert]")?.textContent).toBe("It is gone."));
  });
});

describe("the tier", () => {
  test("leads to the next field", async () => {
    const at = await open({ microscopes: () => ({ ...TOLD, tier: { ...TIER, next: "channels/ch-1/name" } }) });
    await panel(at);
    await userEvent.click(named(at.el, "To reach tier 2, fill in next: Name of DNA"));
    await vi.waitFor(() => expect((document.activeElement as HTMLInputElement).value).toBe("DNA"));
  });

  test("the quality-control dataset is a value of the acquisition", async () => {
    const at = await open({ microscopes: () => ({ ...TOLD, tier: { ...TIER, next: "x-qc_dataset" } }) });
    await panel(at);
    await userEvent.click(named(at.el, "To reach tier 2, fill in next: Quality-control dataset"));
    await userEvent.keyboard(" https://doi.org/10.5281/zenodo.1{Enter}");
    await vi.waitFor(() => expect(at.edits()).toHaveLength(1));
    const path = "/acquisitions/ac-1/x-qc_dataset";
    expect(at.edits()[0]).toEqual([{ op: "set", path, value: "https://doi.org/10.5281/zenodo.1" }]);
    const input = named(at.el, "Quality-control dataset");
    await userEvent.clear(input);
    await userEvent.tab();
    await vi.waitFor(() => expect(at.edits()[1]).toEqual([{ op: "clear", path }]));
  });
});

describe("for everybody", () => {
  for (const [theme, lang, width] of [
    ["light", "en", 1200],
    ["dark", "fr", 390],
  ] as const)
    test(`axe finds nothing: ${theme}, ${lang}, ${width}`, async () => {
      await screen.viewport(width, 900);
      document.documentElement.dataset.theme = theme;
      const unsure = { ...PREVIEW, objective: { state: "several", place: null } };
      const at = await open({ "preview-microscope": () => unsure }, { lang });
      const own = await panel(at);
      await userEvent.click(own.querySelector("[role=combobox]") as HTMLElement);
      await userEvent.keyboard("spinn{Enter}");
      await vi.waitFor(() => expect(own.querySelector(".rw-passportlist")).toBeTruthy());
      await rest(300);
      const found = await axe.run(own);
      expect(found.violations.map(({ id, nodes }) => `${id}: ${nodes[0]?.html}`)).toEqual([]);
      const ids = [...at.el.querySelectorAll("[id]")].map(({ id }) => id);
      expect(new Set(ids).size).toBe(ids.length);
      expect(own.scrollWidth).toBeLessThanOrEqual(own.clientWidth + 1);
      expect(own.textContent).not.toMatch(/ui\.scope|guide\./);
    });
});
