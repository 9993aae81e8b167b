// Each kind of field: what a person types becomes one edit with the right path and value, with the keyboard alone.

import { afterEach, describe, expect, test, vi } from "vitest";
import { userEvent } from "vitest/browser";
import { REST_MS } from "../src/store.ts";
import type { Edit } from "../src/types.ts";
import { named, nameOf, type Page, rest, show } from "./page.ts";

let page: Page | undefined;
afterEach(() => {
  page?.leave();
  page = undefined;
});

const everywhere = { imaging: ["light"], targets: ["isatab"] };

async function open(section: string, node: object = {}, more: object = {}): Promise<Page> {
  const [collection, path] = PLACES[section] ?? [];
  const record = {
    setup: everywhere,
    [collection ?? ""]: Array.isArray(node) ? node : collection === "study" ? node : [{ id: "x-1", ...node }],
  };
  page = await show({ section, options: { single: true, path }, record: record as never, ...more });
  return page;
}

const PLACES: Record<string, [string, string]> = {
  study: ["study", "/study"],
  biosample: ["biosamples", "/biosamples/x-1"],
  specimen: ["specimens", "/specimens/x-1"],
  acquisition: ["acquisitions", "/acquisitions/x-1"],
  annotation: ["annotations", "/annotations/x-1"],
  sample: ["samples", "/samples/x-1"],
};

/** Put the focus on a control and type. */
async function type(at: Page, name: string, keys: string): Promise<HTMLElement> {
  const control = named(at.el, name);
  control.focus();
  await userEvent.keyboard(keys);
  return control;
}

async function settled(at: Page, count = 1): Promise<Edit[][]> {
  await vi.waitFor(() => expect(at.edits()).toHaveLength(count));
  return at.edits();
}

function unfold(at: Page): Promise<void> {
  for (const fold of at.el.querySelectorAll("details")) fold.open = true;
  return rest(50);
}

describe("text", () => {
  test("becomes one change after a rest", async () => {
    const at = await open("biosample");
    await type(at, "Title", "NIH 3T3");
    expect(at.edits()).toEqual([]);
    expect(await settled(at)).toEqual([[{ op: "set", path: "/biosamples/x-1/title", value: "NIH 3T3" }]]);
    await rest(REST_MS + 100);
    expect(at.edits()).toHaveLength(1);
  });

  test("Enter makes the change at once, and leaving the field makes no second one", async () => {
    const at = await open("biosample");
    await type(at, "Title", "a{Enter}");
    expect(at.edits()).toHaveLength(1);
    await userEvent.keyboard("{Tab}");
    await rest(REST_MS + 100);
    expect(at.edits()).toHaveLength(1);
  });

  test("Escape gives back what stood there", async () => {
    const at = await open("biosample", { title: "old" });
    const input = (await type(at, "Title", "er{Escape}")) as HTMLInputElement;
    await rest(REST_MS + 100);
    expect(input.value).toBe("old");
    expect(at.edits()).toEqual([]);
  });

  test("Escape after the change makes the change back", async () => {
    const at = await open("biosample", { title: "old" });
    await type(at, "Title", "er{Enter}{Escape}");
    const [, back] = await settled(at, 2);
    expect(back).toEqual([{ op: "set", path: "/biosamples/x-1/title", value: "old" }]);
  });

  test("emptied text is cleared", async () => {
    const at = await open("biosample", { title: "a" });
    await type(at, "Title", "{Backspace}{Enter}");
    expect(await settled(at)).toEqual([[{ op: "clear", path: "/biosamples/x-1/title" }]]);
  });

  test("a change from elsewhere does not take away what is being typed", async () => {
    const at = await open("biosample", { title: "old" });
    const input = (await type(at, "Title", "er")) as HTMLInputElement;
    at.model.take([{ op: "set", path: "/biosamples/x-1/title", value: "theirs" }]);
    await rest(50);
    expect(input.value).toBe("older");
    await userEvent.keyboard("{Enter}");
    expect((await settled(at))[0]?.[0]?.value).toBe("older");
  });

  test("a change from elsewhere shows once nobody types", async () => {
    const at = await open("biosample", { title: "old" });
    const input = named(at.el, "Title") as HTMLInputElement;
    input.focus();
    at.model.take([{ op: "set", path: "/biosamples/x-1/title", value: "theirs" }]);
    await vi.waitFor(() => expect(input.value).toBe("theirs"));
    await vi.waitFor(() => expect(document.activeElement).toBe(input));
  });

  test("while a word is being composed nothing is sent", async () => {
    const at = await open("biosample");
    const input = named(at.el, "Title") as HTMLInputElement;
    input.focus();
    input.dispatchEvent(new CompositionEvent("compositionstart", { bubbles: true }));
    input.value = "か";
    input.dispatchEvent(new InputEvent("input", { bubbles: true, isComposing: true }));
    input.dispatchEvent(new KeyboardEvent("keydown", { key: "Enter", isComposing: true, bubbles: true }));
    await rest(REST_MS + 100);
    expect(at.edits()).toEqual([]);
    input.dispatchEvent(new CompositionEvent("compositionend", { bubbles: true }));
    expect((await settled(at))[0]?.[0]?.value).toBe("か");
  });

  test("undo in a field with open typing stays the browser's", async () => {
    const at = await open("biosample");
    await type(at, "Title", "ab{Control>}z{/Control}");
    expect(at.model.kernel.heard.some(({ kind }) => kind === "undo")).toBe(false);
    await userEvent.keyboard("{Enter}{Control>}z{/Control}");
    await vi.waitFor(() => expect(at.model.kernel.heard.some(({ kind }) => kind === "undo")).toBe(true));
  });

  test("going away with open typing saves it", async () => {
    const at = await open("biosample");
    await type(at, "Title", "kept");
    at.leave();
    expect(at.edits()).toEqual([[{ op: "set", path: "/biosamples/x-1/title", value: "kept" }]]);
    page = undefined;
  });

  test("in long text Enter is a line", async () => {
    const at = await open("biosample");
    await type(at, "Description", "one{Enter}two{Tab}");
    expect((await settled(at))[0]?.[0]?.value).toBe("one\ntwo");
  });
});

describe("numbers, quantities, dates", () => {
  test("a number with a comma", async () => {
    const at = await open("acquisition");
    await type(at, "Numerical aperture", "1,4{Enter}");
    expect(await settled(at)).toEqual([[{ op: "set", path: "/acquisitions/x-1/objective_na", value: 1.4 }]]);
  });

  test("a number half typed is not rewritten while it is being typed", async () => {
    const at = await open("acquisition");
    const input = (await type(at, "Numerical aperture", "1.")) as HTMLInputElement;
    await settled(at);
    await rest(50);
    expect(input.value).toBe("1.");
    await userEvent.keyboard("4{Tab}");
    const edits = await settled(at, 2);
    expect(edits[1]?.[0]?.value).toBe(1.4);
    expect(input.value).toBe("1.4");
  });

  test("a quantity typed with its unit", async () => {
    const at = await open("acquisition");
    await unfold(at);
    await type(at, "Temperature", "310 k{Enter}");
    expect((await settled(at))[0]?.[0]).toEqual({
      op: "set",
      path: "/acquisitions/x-1/temperature",
      value: { number: 310, unit: "K" },
    });
  });

  test("another unit keeps the number", async () => {
    const at = await open("acquisition", { temperature: { number: 37, unit: "°C" } });
    await unfold(at);
    const unit = named(at.el, "Unit of Temperature") as HTMLSelectElement;
    await userEvent.selectOptions(unit, "K");
    expect((await settled(at))[0]?.[0]?.value).toEqual({ number: 37, unit: "K" });
  });

  test("a date typed in a usual way is kept in ISO form", async () => {
    const at = await open("study");
    await type(at, "Release date", "4.3.2027{Enter}");
    expect((await settled(at))[0]?.[0]).toEqual({ op: "set", path: "/study/release_date", value: "2027-03-04" });
  });
});

describe("choices", () => {
  test("one of a fixed few", async () => {
    const at = await open("study");
    await userEvent.selectOptions(named(at.el, "Licence"), "CC0");
    expect(await settled(at)).toEqual([[{ op: "set", path: "/study/license", value: "CC0" }]]);
  });

  test("one of a few, or other words", async () => {
    const at = await open("acquisition");
    await type(at, "Immersion", "wat{Enter}");
    expect((await settled(at))[0]?.[0]?.value).toBe("Water");
    await userEvent.keyboard("{Control>}a{/Control}silicone{Tab}");
    expect((await settled(at, 2))[1]?.[0]?.value).toBe("silicone");
  });

  test("several", async () => {
    const at = await open("annotation");
    const [first, second] = at.el.querySelectorAll<HTMLInputElement>('[data-path$="annotation_type"] input');
    first?.focus();
    await userEvent.keyboard(" {Tab} ");
    const edits = await settled(at, 2);
    expect(edits[1]?.[0]?.path).toBe("/annotations/x-1/annotation_type");
    expect(edits[1]?.[0]?.value).toHaveLength(2);
    await vi.waitFor(() => expect(document.activeElement).toBe(second));
  });

  test("yes, no, not said", async () => {
    const rows = () => ({ rows: [{ id: "im-1", path: "raw/a.tif", contrast_inversion: true, marks: {} }], total: 1 });
    page = await show({ section: "image", options: { single: true, path: "/images/im-1" }, answers: { rows } });
    await vi.waitFor(() => named(page?.el as HTMLElement, "No"));
    expect(page.el.querySelector('[data-path$="/file"]')?.textContent).toContain("raw/a.tif");
    expect((named(page.el, "Yes") as HTMLInputElement).checked).toBe(true);
    await userEvent.click(named(page.el, "No"));
    expect((await settled(page))[0]).toEqual([{ op: "set", path: "/images/im-1/contrast_inversion", value: false }]);
    await userEvent.click(named(page.el, "Not said"));
    expect((await settled(page, 2))[1]).toEqual([{ op: "clear", path: "/images/im-1/contrast_inversion" }]);
  });
});

describe("repeated values", () => {
  const path = "/study/keywords";
  test("Enter adds, and the line is free for the next", async () => {
    const at = await open("study", { keywords: ["actin"] });
    const input = (await type(at, "Keywords", "lamin{Enter}")) as HTMLInputElement;
    expect(await settled(at)).toEqual([[{ op: "set", path, value: ["actin", "lamin"] }]]);
    expect(input.value).toBe("");
    await vi.waitFor(() => expect(document.activeElement).toBe(input));
  });

  test("what stands in the line when it is left is added", async () => {
    const at = await open("study");
    await type(at, "Keywords", "lamin{Tab}");
    expect((await settled(at))[0]?.[0]?.value).toEqual(["lamin"]);
  });

  test("Backspace goes to the last, Alt with an arrow moves it, Delete removes it", async () => {
    const at = await open("study", { keywords: ["actin", "lamin"] });
    await type(at, "Keywords", "{Backspace}{Alt>}{ArrowLeft}{/Alt}");
    expect((await settled(at))[0]?.[0]?.value).toEqual(["lamin", "actin"]);
    await vi.waitFor(() =>
      expect(document.activeElement && nameOf(document.activeElement as HTMLElement)).toBe("lamin, 1 of 2"),
    );
    await userEvent.keyboard("{Delete}");
    expect((await settled(at, 2))[1]?.[0]?.value).toEqual(["actin"]);
  });

  test("one is changed in the line", async () => {
    const at = await open("study", { keywords: ["actin", "lamin"] });
    await userEvent.click(named(at.el, "actin, 1 of 2"));
    await userEvent.keyboard("n{Enter}");
    expect((await settled(at))[0]?.[0]?.value).toEqual(["actinn", "lamin"]);
  });
});

describe("terms", () => {
  const items = [
    { id: "NCBITaxon:10090", label: "Mus musculus", ontology: "NCBITaxon", why: "also called mouse", confident: true },
    { id: "NCBITaxon:10116", label: "Rattus norvegicus", ontology: "NCBITaxon", why: "label", confident: false },
  ];
  const mouse = { id: "NCBITaxon:10090", label: "Mus musculus", ontology: "NCBITaxon" };
  const path = "/biosamples/x-1/organism";
  const terms = (message: { query?: unknown }) => ({ items: String(message.query).startsWith("mou") ? items : [] });

  test("suggestions come while typing, Enter takes the first that fits well", async () => {
    const at = await open("biosample", {}, { answers: { terms } });
    const input = await type(at, "Organism", "mouse");
    await vi.waitFor(() => expect(at.el.querySelectorAll("[role=option]")).toHaveLength(3));
    expect(input.getAttribute("aria-expanded")).toBe("true");
    const active = document.getElementById(input.getAttribute("aria-activedescendant") ?? "");
    expect(active?.textContent).toContain("Mus musculus");
    expect(active?.textContent).toContain("NCBITaxon:10090");
    expect(active?.textContent).toContain("also called mouse");
    await userEvent.keyboard("{Enter}");
    expect(await settled(at)).toEqual([[{ op: "set", path, value: [mouse] }]]);
    await vi.waitFor(() => expect(at.el.querySelector(".rw-taken")?.textContent).toContain("Mus musculus"));
    expect(nameOf(document.activeElement as HTMLElement)).toBe("Add another: Organism");
  });

  test("one question is asked for a word, not one a letter", async () => {
    const at = await open("biosample", {}, { answers: { terms } });
    await type(at, "Organism", "mouse");
    await vi.waitFor(() => expect(at.el.querySelectorAll("[role=option]")).toHaveLength(3));
    const asked = at.model.kernel.heard.filter(({ kind }) => kind === "terms");
    expect(asked.map(({ query, field }) => [query, field])).toContainEqual(["mouse", "organism"]);
    expect(asked.length).toBeLessThan(4);
  });

  test("Enter before the answer waits for it", async () => {
    const at = await open("biosample", {}, { answers: { terms } });
    await type(at, "Organism", "mouse{Enter}");
    expect((await settled(at))[0]?.[0]?.value).toEqual([mouse]);
  });

  test("an arrow chooses another one", async () => {
    const at = await open("biosample", {}, { answers: { terms } });
    await type(at, "Organism", "mouse");
    await vi.waitFor(() => expect(at.el.querySelectorAll("[role=option]")).toHaveLength(3));
    await userEvent.keyboard("{ArrowDown}{Enter}");
    expect((await settled(at))[0]?.[0]?.value).toMatchObject([{ label: "Rattus norvegicus" }]);
  });

  test("Tab takes the highlighted one along and goes on to the next field", async () => {
    const at = await open("biosample", {}, { answers: { terms } });
    await type(at, "Organism", "mouse");
    await vi.waitFor(() => expect(at.el.querySelectorAll("[role=option]")).toHaveLength(3));
    await userEvent.keyboard("{Tab}");
    expect((await settled(at))[0]?.[0]?.value).toEqual([mouse]);
    await rest(50);
    expect(nameOf(document.activeElement as HTMLElement)).toBe("Biological entity");
  });

  test("Escape closes the list and keeps the text, which stays as free text, marked", async () => {
    const at = await open("biosample", {}, { answers: { terms } });
    const input = (await type(at, "Organism", "mouse")) as HTMLInputElement;
    await vi.waitFor(() => expect(at.el.querySelectorAll("[role=option]")).toHaveLength(3));
    await userEvent.keyboard("{Escape}");
    expect(at.el.querySelector("[role=listbox]")).toBeNull();
    expect(input.value).toBe("mouse");
    await userEvent.keyboard("{Tab}");
    expect((await settled(at))[0]?.[0]?.value).toEqual([{ label: "mouse" }]);
    await vi.waitFor(() => expect(at.el.querySelector(".rw-taken")?.textContent).toContain("free text"));
  });

  test("nothing found: free text can be taken at once", async () => {
    const at = await open("biosample", {}, { answers: { terms } });
    await type(at, "Organism", "green thing{Enter}");
    expect((await settled(at))[0]?.[0]?.value).toEqual([{ label: "green thing" }]);
  });

  test("with a dead kernel free text is still kept", async () => {
    const at = await open("biosample", {}, { answers: { terms } });
    at.model.kernel.silent = true;
    await type(at, "Organism", "mouse{Tab}");
    expect((await settled(at))[0]?.[0]?.value).toEqual([{ label: "mouse" }]);
  });

  test("an answer that comes too late is no answer", async () => {
    const at = await open(
      "biosample",
      {},
      { answers: { terms: (message: { query?: unknown }) => (message.query === "mouse" ? undefined : { items: [] }) } },
    );
    await type(at, "Organism", "mouse");
    await rest(200);
    const early = at.model.kernel.heard.find(({ query }) => query === "mouse");
    await userEvent.keyboard("x");
    await rest(300);
    at.model.tell({ kind: "terms", req: early?.req, items } as never);
    await rest(50);
    expect(at.el.textContent).not.toContain("Mus musculus");
  });

  test("a term is changed, another added, one removed", async () => {
    const at = await open("biosample", { organism: [mouse] }, { answers: { terms } });
    await userEvent.click(named(at.el, "Add another: Organism"));
    await userEvent.keyboard("yeast{Enter}");
    expect((await settled(at))[0]?.[0]?.value).toEqual([mouse, { label: "yeast" }]);
    await vi.waitFor(() => named(at.el, "Remove Mus musculus from Organism"));
    await userEvent.click(named(at.el, "Remove Mus musculus from Organism"));
    expect((await settled(at, 2))[1]?.[0]?.value).toEqual([{ label: "yeast" }]);
    await vi.waitFor(() => named(at.el, "Find a term for Organism, now yeast"));
    await userEvent.click(named(at.el, "Find a term for Organism, now yeast"));
    await userEvent.keyboard("mouse{Enter}");
    expect((await settled(at, 3))[2]?.[0]?.value).toEqual([mouse]);
  });
});

describe("references", () => {
  const samples = { biosamples: [{ id: "bs-1", title: "HeLa" }], specimens: [] };
  async function sample(more: object = {}) {
    page = await show({
      section: "sample",
      options: { single: true, path: "/samples/x-1" },
      record: { setup: everywhere, samples: [{ id: "x-1", ...more }], ...samples } as never,
    });
    return page;
  }

  test("an entity is chosen by its title", async () => {
    const at = await sample();
    await userEvent.selectOptions(named(at.el, "Biosample"), "HeLa");
    expect(await settled(at)).toEqual([[{ op: "set", path: "/samples/x-1/biosample", value: "bs-1" }]]);
  });

  test("one is made and linked in one change", async () => {
    const at = await sample();
    const add = [...at.el.querySelectorAll<HTMLElement>(".rw-addone")].find((button) =>
      nameOf(button).includes("specimen"),
    );
    await userEvent.click(add as HTMLElement);
    const [edits] = await settled(at);
    expect(edits?.map(({ op, path }) => [op, path])).toEqual([
      ["add", "/specimens"],
      ["set", "/samples/x-1/specimen"],
    ]);
    expect(edits?.[1]?.value).toBe(edits?.[0]?.id);
  });

  test("what leads nowhere says so", async () => {
    const at = await sample({ biosample: "bs-gone" });
    const select = named(at.el, "Biosample") as HTMLSelectElement;
    expect(select.getAttribute("aria-invalid")).toBe("true");
    expect(select.selectedOptions[0]?.textContent).toContain("bs-gone");
  });
});

describe("rows", () => {
  test("a line is added, filled, moved and removed, and the removal taken back", async () => {
    const at = await open("biosample", { experimental_variable: [{ id: "va-1", name: "dose" }] });
    const list = "/biosamples/x-1/experimental_variable";
    await userEvent.click(named(at.el, "Add a variable"));
    const [[add]] = (await settled(at)) as [[Edit]];
    expect(add).toMatchObject({ op: "add", path: list, value: {} });
    await vi.waitFor(() =>
      expect(document.activeElement?.closest("[data-path]")?.getAttribute("data-path")).toBe(`${list}/${add.id}/name`),
    );
    await userEvent.keyboard("time{Enter}");
    expect((await settled(at, 2))[1]).toEqual([{ op: "set", path: `${list}/${add.id}/name`, value: "time" }]);
    await userEvent.click(named(at.el, "More for time"));
    await userEvent.keyboard("{ArrowDown}{Enter}");
    expect((await settled(at, 3))[2]).toEqual([{ op: "move", path: `${list}/${add.id}`, after: null }]);
    await userEvent.click(named(at.el, "More for time"));
    await userEvent.keyboard("{End}{Enter}");
    expect((await settled(at, 4))[3]).toEqual([{ op: "remove", path: `${list}/${add.id}` }]);
    await vi.waitFor(() => expect(nameOf(document.activeElement as HTMLElement)).toBe("Bring back"));
    await userEvent.keyboard("{Enter}");
    expect((await settled(at, 5))[4]?.[0]).toMatchObject({
      op: "add",
      path: list,
      id: add.id,
      value: { name: "time" },
    });
  });

  test("a card opens, and a copy has an id of its own", async () => {
    const at = await open("acquisition", {
      light_sources: [
        { id: "ls-1", kind: "DPSS", wavelength: { number: 405, unit: "nm" } },
        { id: "ls-2", kind: "Arc" },
      ],
    });
    const card = [...at.el.querySelectorAll<HTMLElement>(".rw-rowtitle")][0] as HTMLElement;
    expect(card.textContent).toContain("405 nm");
    card.focus();
    await userEvent.keyboard("{Enter}");
    await vi.waitFor(() =>
      expect((named(card.closest("li") as HTMLElement, "Type") as HTMLInputElement).value).toBe("DPSS"),
    );
    await userEvent.click(named(at.el, "More for DPSS"));
    await userEvent.keyboard("{Enter}");
    const [[copy]] = (await settled(at)) as [[Edit]];
    expect(copy).toMatchObject({
      op: "add",
      path: "/acquisitions/x-1/light_sources",
      after: "ls-1",
      value: { kind: "DPSS" },
    });
    expect(copy.id).not.toBe("ls-1");
  });
});

describe("honest answers", () => {
  test("not recorded, with a reason, and taken back", async () => {
    const at = await open("biosample");
    await userEvent.click(named(at.el, "Not recorded: Organism"));
    const path = "/biosamples/x-1/organism";
    expect(await settled(at)).toEqual([[{ op: "set", path, value: { absent: "not_recorded" } }]]);
    await vi.waitFor(() => expect(nameOf(document.activeElement as HTMLElement)).toBe("Reason for Organism"));
    await userEvent.keyboard("lost log{Enter}");
    expect((await settled(at, 2))[1]?.[0]?.value).toEqual({ absent: "not_recorded", reason: "lost log" });
    await userEvent.click(named(at.el, "Change the answer for Organism"));
    expect((await settled(at, 3))[2]).toEqual([{ op: "clear", path }]);
    await vi.waitFor(() => expect(nameOf(document.activeElement as HTMLElement)).toBe("Organism"));
  });
});

describe("pencil and ink", () => {
  const path = "/biosamples/x-1/title";
  const marks = {
    [path]: { confirmed: false, origin: { kind: "header", source: "a.czi", header: "Image/Name", count: 3, of: 4 } },
  };

  test("a proposal is confirmed with its button, and the focus stays in the field", async () => {
    const at = await open("biosample", { title: "HeLa" }, { marks });
    expect(at.el.querySelector(".rw-src")?.textContent).toContain("read from 3 of 4 files");
    named(at.el, "Confirm Title").focus();
    await userEvent.keyboard("{Enter}");
    expect(await settled(at)).toEqual([[{ op: "confirm", path }]]);
    await vi.waitFor(() => expect(at.el.querySelector(".is-pencil")).toBeNull());
    expect(nameOf(document.activeElement as HTMLElement)).toBe("Title");
  });

  test("Control and Enter confirm from within the field", async () => {
    const at = await open("biosample", { title: "HeLa" }, { marks });
    await type(at, "Title", "{Control>}{Enter}{/Control}");
    expect(await settled(at)).toEqual([[{ op: "confirm", path }]]);
  });

  test("typing over a proposal keeps the field under the fingers", async () => {
    const at = await open("biosample", { title: "HeLa" }, { marks });
    const input = await type(at, "Title", " S3{Enter}");
    await settled(at);
    await rest(50);
    await vi.waitFor(() => expect(document.activeElement).toBe(input));
    expect(at.el.querySelector(".is-pencil")).toBeNull();
  });
});

describe("findings", () => {
  const found = (message: string) => ({
    kind: "findings",
    targets: {},
    count: 1,
    progress: {},
    findings: [
      {
        level: "error",
        code: "x.y",
        path: "/study/title",
        message,
        found: "a",
        wanted: "b",
        fix: true,
        fix_label: "Mend it",
        targets: [],
      },
    ],
  });

  test("an untouched field says nothing; a touched one does, until it is edited anew", async () => {
    const at = await open("study", { title: "a" });
    at.model.tell(found("Too short.") as never);
    await rest(50);
    expect(at.el.textContent).not.toContain("Too short.");
    const input = await type(at, "Title", "b{Enter}");
    at.model.tell(found("Still too short.") as never);
    await vi.waitFor(() => expect(at.el.textContent).toContain("Still too short."));
    expect(input.getAttribute("aria-invalid")).toBe("true");
    const described = (input.getAttribute("aria-describedby") ?? "")
      .split(" ")
      .map((id) => document.getElementById(id)?.textContent);
    expect(described.join(" ")).toContain("Still too short.");
    await userEvent.keyboard("c{Enter}");
    await vi.waitFor(() => expect(at.el.textContent).not.toContain("Still too short."));
  });

  test("a fix is asked for", async () => {
    const at = await open("study", { title: "a" });
    await type(at, "Title", "b{Enter}");
    at.model.tell(found("Too short.") as never);
    await vi.waitFor(() => named(at.el, "Mend it"));
    await userEvent.click(named(at.el, "Mend it"));
    expect(at.model.kernel.heard.find(({ kind }) => kind === "fix")).toMatchObject({
      code: "x.y",
      path: "/study/title",
    });
  });

  test("a wrong identifier is told in the browser at once", async () => {
    page = await show({
      section: "study",
      options: { single: true, path: "/study" },
      record: { setup: everywhere, study: {}, people: [{ id: "pe-1" }] } as never,
    });
    const at = page;
    const input = await type(at, "ORCID iD", "0000-0002-1825-0098{Enter}");
    at.model.kernel.silent = true;
    await vi.waitFor(() => expect(at.el.textContent).toContain("check digit"));
    expect(input.getAttribute("aria-invalid")).toBe("true");
  });
});

test("hostile text is shown as text", async () => {
  const evil = '<img src=x onerror="globalThis.hit=1"><script>globalThis.hit=1</script>';
  const node = {
    title: evil,
    organism: [{ label: evil, id: evil }],
    intrinsic_variable: [evil],
    experimental_variable: [{ id: "va-1", name: evil }],
  };
  const marks = {
    "/biosamples/x-1/title": { confirmed: false, origin: { kind: "header", source: evil, header: evil } },
  };
  const at = await open("biosample", node, { marks });
  await rest(100);
  expect(at.el.querySelector("img, script")).toBeNull();
  expect((globalThis as { hit?: number }).hit).toBeUndefined();
});
