// The screen of a section: entities, folds, confirming together, being led to a field, going away and coming back.

import { afterEach, describe, expect, test, vi } from "vitest";
import { userEvent } from "vitest/browser";
import type { Edit, Mark, Node } from "../src/types.ts";
import { named, nameOf, type Page, rest, show } from "./page.ts";

let page: Page | undefined;
afterEach(() => {
  page?.leave();
  page = undefined;
  document.querySelector("dialog")?.remove();
});

const setup = { imaging: ["light"], targets: ["bia"] };

async function list(section: string, collection: string, items: Node[], more: object = {}): Promise<Page> {
  page = await show({ section, record: { setup, [collection]: items } as never, ...more });
  return page;
}

async function settled(at: Page, count = 1): Promise<Edit[][]> {
  await vi.waitFor(() => expect(at.edits()).toHaveLength(count));
  return at.edits();
}

const tabs = (at: Page) => [...at.el.querySelectorAll<HTMLElement>("[role=tab]")];
const chosen = (at: Page) => at.el.querySelector<HTMLElement>("[role=tab][aria-selected=true]");
const two = () => [
  { id: "bs-1", title: "NIH 3T3" },
  {
    id: "bs-2",
    title: "HeLa",
    organism: [{ label: "Homo sapiens", id: "NCBITaxon:9606" }],
    biological_entity: [{ label: "HeLa" }],
  },
];

async function menu(at: Page, name: string, title: string): Promise<void> {
  await userEvent.click(named(at.el, `More for ${title}`));
  await userEvent.click(named(at.el, name));
}

describe("entities", () => {
  test("none yet: a designed page with one button", async () => {
    const at = await list("biosample", "biosamples", []);
    expect(at.el.querySelector(".rw-empty")?.textContent).toContain("No biosample yet");
    const [main] = [...at.el.querySelectorAll<HTMLElement>(".rw-btn.is-main")];
    await userEvent.click(main as HTMLElement);
    expect((await settled(at))[0]?.[0]).toMatchObject({ op: "add", path: "/biosamples", value: {} });
    await vi.waitFor(() => expect(named(at.el, "Title")).toBeTruthy());
  });

  test("each tab says what waits in it", async () => {
    const marks: Record<string, Mark> = { "/biosamples/bs-2/title": { confirmed: false } };
    const at = await list("biosample", "biosamples", two(), { marks });
    expect(tabs(at).map((tab) => tab.textContent)).toEqual(["NIH 3T32 to do", "HeLa1 to confirm"]);
    at.model.take([{ op: "confirm", path: "/biosamples/bs-2/title" }]);
    await vi.waitFor(() => expect(tabs(at)[1]?.textContent).toBe("HeLacomplete"));
  });

  test("arrows go from tab to tab", async () => {
    const at = await list("biosample", "biosamples", two());
    chosen(at)?.focus();
    await userEvent.keyboard("{ArrowRight}");
    await vi.waitFor(() => expect(document.activeElement?.textContent).toContain("HeLa"));
    expect((named(at.el, "Title") as HTMLInputElement).value).toBe("HeLa");
    await userEvent.keyboard("{ArrowRight}");
    await vi.waitFor(() => expect(document.activeElement?.textContent).toContain("NIH 3T3"));
  });

  test("a new one is made from the bar, chosen, and its title has the focus", async () => {
    const at = await list("biosample", "biosamples", two());
    await userEvent.click(named(at.el, "Add a biosample"));
    await settled(at);
    await vi.waitFor(() => expect(document.activeElement).toBe(named(at.el, "Title")));
    await userEvent.keyboard("third{Enter}");
    expect(chosen(at)?.textContent).toContain("third");
  });

  test("one is duplicated with its content, and its marks are not taken for confirmed work of rows", async () => {
    const at = await list("biosample", "biosamples", [
      { ...two()[0], id: "bs-1", experimental_variable: [{ id: "va-1", name: "dose" }] },
    ]);
    await menu(at, "Duplicate", "NIH 3T3");
    const [[copy]] = (await settled(at)) as [[Edit]];
    const value = copy.value as Node;
    expect(copy).toMatchObject({ op: "add", path: "/biosamples", after: "bs-1", value: { title: "NIH 3T3 (copy)" } });
    expect((value.experimental_variable as Node[])[0]).toMatchObject({ name: "dose" });
    expect((value.experimental_variable as Node[])[0]?.id).not.toBe("va-1");
    await vi.waitFor(() => expect(chosen(at)?.textContent).toContain("(copy)"));
  });

  test("rename leads to the title", async () => {
    const at = await list("biosample", "biosamples", two());
    await menu(at, "Rename", "NIH 3T3");
    await vi.waitFor(() => expect(document.activeElement).toBe(named(at.el, "Title")));
  });

  test("one is moved", async () => {
    const at = await list("biosample", "biosamples", two());
    await menu(at, "Move right", "NIH 3T3");
    expect((await settled(at))[0]).toEqual([{ op: "move", path: "/biosamples/bs-1", after: "bs-2" }]);
    await vi.waitFor(() => expect(tabs(at)[1]?.textContent).toContain("NIH 3T3"));
  });

  test("one is deleted, and brought back as it was, with what was unconfirmed", async () => {
    const marks: Record<string, Mark> = { "/biosamples/bs-2/title": { confirmed: false, origin: { kind: "folder" } } };
    const at = await list("biosample", "biosamples", two(), { marks });
    await userEvent.click(tabs(at)[1] as HTMLElement);
    await menu(at, "Delete", "HeLa");
    expect((await settled(at))[0]).toEqual([{ op: "remove", path: "/biosamples/bs-2" }]);
    await vi.waitFor(() => expect(at.el.querySelector(".rw-gone")?.textContent).toContain("HeLa is deleted."));
    expect(at.el.querySelector(".rw-gone")?.getAttribute("role")).toBe("status");
    await userEvent.keyboard("{Enter}");
    const back = (await settled(at, 2))[1]?.[0];
    expect(back).toMatchObject({ op: "add", path: "/biosamples", id: "bs-2", after: "bs-1" });
    expect(back?.marks).toEqual({ title: { confirmed: false, origin: { kind: "folder" } } });
    expect(back?.value).toMatchObject({ organism: [{ id: "NCBITaxon:9606" }] });
    await vi.waitFor(() => expect(chosen(at)?.textContent).toContain("HeLa"));
  });

  test("the offer to bring back ends with the next change", async () => {
    const at = await list("biosample", "biosamples", two());
    await menu(at, "Delete", "NIH 3T3");
    await vi.waitFor(() => named(at.el, "Bring back"));
    named(at.el, "Title").focus();
    await userEvent.keyboard("x{Enter}");
    await vi.waitFor(() => expect(at.el.querySelector(".rw-gone")).toBeNull());
  });

  test("the menu is left with Escape, and its button has the focus again", async () => {
    const at = await list("biosample", "biosamples", two());
    const button = named(at.el, "More for NIH 3T3");
    button.focus();
    await userEvent.keyboard("{ArrowDown}");
    await vi.waitFor(() => expect(document.activeElement?.getAttribute("role")).toBe("menuitem"));
    await userEvent.keyboard("{Escape}");
    await vi.waitFor(() => expect(document.activeElement).toBe(button));
  });

  test("copied from another folder: without what refers to it", async () => {
    const answers = {
      "list-folders": ({ path }: { path?: unknown }) => ({
        path: path || "/data",
        parent: null,
        folders: [{ name: "other", path: "/data/other" }],
      }),
      copy: () => ({
        items: [
          { id: "sa-7", title: "their sample", biosample: "bs-7" },
          { id: "sa-8", title: "another" },
        ],
      }),
    };
    const at = await list("sample", "samples", [], { answers });
    await userEvent.click(named(at.el, "More for Samples"));
    await userEvent.click(named(at.el, "Copy from another folder"));
    await vi.waitFor(() => named(at.el, "other"));
    await userEvent.click(named(at.el, "other"));
    await vi.waitFor(() => expect(at.el.querySelector(".rw-copyplace")?.textContent).toBe("/data/other"));
    await userEvent.click(named(at.el, "Look in this folder"));
    await vi.waitFor(() => named(at.el, "another"));
    await userEvent.click(named(at.el, "another"));
    await userEvent.click(named(at.el, "Copy this one"));
    expect(at.model.kernel.heard.find(({ kind }) => kind === "copy")).toMatchObject({
      folder: "/data/other",
      section: "samples",
    });
    const [edits] = await settled(at);
    expect(edits).toHaveLength(1);
    expect(edits?.[0]).toMatchObject({ op: "add", path: "/samples", value: { title: "their sample" } });
    expect(edits?.[0]?.value).not.toHaveProperty("biosample");
    expect(edits?.[0]?.id).not.toBe("sa-7");
  });
});

describe("many", () => {
  const many = (n: number) => Array.from({ length: n }, (_, k) => ({ id: `bs-${k}`, title: `sample ${k}` }));

  test("200 draw about as much as 10", async () => {
    const few = await list("biosample", "biosamples", many(10));
    const nodes = few.el.querySelectorAll("*").length;
    few.leave();
    const all = await list("biosample", "biosamples", many(200));
    expect(all.el.querySelectorAll("*").length).toBeLessThan(nodes * 1.1);
    expect(tabs(all)).toHaveLength(8);
  });

  test("any of them is found by its title", async () => {
    const at = await list("biosample", "biosamples", many(200));
    await userEvent.click(named(at.el, "All 200"));
    await userEvent.keyboard("sample 187");
    await vi.waitFor(() => named(at.el, "sample 187"));
    await userEvent.keyboard("{Tab}{Enter}");
    await vi.waitFor(() => expect((named(at.el, "Title") as HTMLInputElement).value).toBe("sample 187"));
    expect(chosen(at)?.textContent).toContain("sample 187");
  });

  test("arrows reach those without a tab", async () => {
    const at = await list("biosample", "biosamples", many(200));
    chosen(at)?.focus();
    await userEvent.keyboard("{End}");
    await vi.waitFor(() => expect(chosen(at)?.textContent).toContain("sample 199"));
  });
});

describe("folds", () => {
  test("what the target does not ask for is one click away", async () => {
    const at = await list("acquisition", "acquisitions", [{ id: "ac-1" }]);
    expect(at.el.querySelector('[data-path$="instrument_serial"]')).toBeNull();
    const fold = [...at.el.querySelectorAll("summary")].find((one) => one.textContent?.includes("4 more fields"));
    await userEvent.click(fold as HTMLElement);
    await vi.waitFor(() => expect(at.el.querySelector('[data-path$="instrument_serial"]')).not.toBeNull());
  });

  test("a fold with a value in it is open", async () => {
    const at = await list("acquisition", "acquisitions", [{ id: "ac-1", instrument_serial: "47" }]);
    expect((named(at.el, "Serial number") as HTMLInputElement).value).toBe("47");
  });

  test("what is for other kinds of imaging is not there", async () => {
    const at = await list("acquisition", "acquisitions", [{ id: "ac-1" }]);
    for (const fold of at.el.querySelectorAll("details")) fold.open = true;
    await rest(50);
    expect(at.el.querySelector('[data-path$="photon_energy"]')).toBeNull();
    at.model.take([{ op: "set", path: "/setup/imaging", value: ["xray"] }]);
    await vi.waitFor(() => expect(at.el.textContent).toContain("Photon energy"));
  });
});

describe("confirming together", () => {
  const read = (count: number): Mark => ({ confirmed: false, origin: { kind: "header", header: "x", count, of: 412 } });
  const marks = {
    "/acquisitions/ac-1/title": read(412),
    "/acquisitions/ac-1/objective_model": read(409),
    "/acquisitions/ac-1/objective_na": read(412),
    "/acquisitions/ac-1/channels/ch-1/excitation": read(412),
    "/acquisitions/ac-10/title": read(412),
  };
  const items = () => [
    {
      id: "ac-1",
      title: "a",
      objective_model: "63x",
      objective_na: 1.4,
      channels: [{ id: "ch-1", name: "DAPI", excitation: { number: 405, unit: "nm" } }],
    },
    { id: "ac-10", title: "b" },
  ];

  test("all of an entity, with a number", async () => {
    const at = await list("acquisition", "acquisitions", items(), { marks });
    expect(at.el.querySelector(".rw-banner.is-pencil")?.textContent).toContain("4 values wait for your eyes");
    await userEvent.click(named(at.el, "Confirm all 4"));
    const [edits] = await settled(at);
    expect(edits?.map(({ op, path }) => [op, path])).toEqual(
      Object.keys(marks)
        .slice(0, 4)
        .map((path) => ["confirm", path]),
    );
    await vi.waitFor(() => expect(document.activeElement).not.toBe(document.body));
  });

  test("a group, with its outliers named", async () => {
    const at = await list("acquisition", "acquisitions", items(), { marks });
    const group = named(at.el, "Confirm these 2").closest("section");
    expect(group?.textContent).toContain("The same in 409 of 412 headers. 3 differ: objective.");
    await userEvent.click(named(at.el, "Confirm these 2"));
    expect((await settled(at))[0]?.map(({ path }) => path)).toEqual([
      "/acquisitions/ac-1/objective_model",
      "/acquisitions/ac-1/objective_na",
    ]);
    await vi.waitFor(() => expect(document.activeElement).toBe(group));
  });
});

test("the list of a curation follows the kernel", async () => {
  const at = await list("biosample", "biosamples", two());
  at.model.take([{ op: "add", path: "/biosamples", id: "bs-3", value: { title: "from elsewhere" } }]);
  await vi.waitFor(() => expect(tabs(at)).toHaveLength(3));
  at.model.take([{ op: "remove", path: "/biosamples/bs-1" }]);
  await vi.waitFor(() => expect(chosen(at)?.textContent).toContain("HeLa"));
});

test("the study shows its people, organisations and the rest", async () => {
  page = await show({
    section: "study",
    options: { single: true, path: "/study" },
    record: { setup, study: {}, people: [{ id: "pe-1", first_name: "Ada", last_name: "Lovelace" }] } as never,
  });
  const at = page;
  expect(at.el.textContent).toContain("Ada Lovelace");
  await userEvent.click(named(at.el, "Add a grant"));
  expect((await settled(at))[0]?.[0]).toMatchObject({ op: "add", path: "/grants" });
});

test("undo and redo from the bar and with keys", async () => {
  const at = await list("biosample", "biosamples", two());
  at.model.take([{ op: "set", path: "/biosamples/bs-1/title", value: "z" }]);
  await vi.waitFor(() => expect((named(at.el, "Undo") as HTMLButtonElement).disabled).toBe(false));
  await userEvent.click(named(at.el, "Undo"));
  chosen(at)?.focus();
  await userEvent.keyboard("{Control>}z{/Control}{Control>}{Shift>}z{/Shift}{/Control}");
  await vi.waitFor(() =>
    expect(
      at.model.kernel.heard.filter(({ kind }) => kind === "undo" || kind === "redo").map(({ kind }) => kind),
    ).toEqual(["undo", "undo", "redo"]),
  );
});

describe("terms alone", () => {
  const heart = { id: "UBERON:0000948", label: "heart", ontology: "UBERON" };
  test("the trait goes both ways", async () => {
    page = await show({
      kind: "term",
      options: { field: "organism", multiple: true },
      value: [],
      answers: { terms: () => ({ items: [] }) },
    });
    const at = page;
    const input = at.el.querySelector("input") as HTMLInputElement;
    expect(nameOf(input)).toBe("Organism");
    input.focus();
    await userEvent.keyboard("yeast{Enter}");
    await vi.waitFor(() => expect(at.model.get("value")).toEqual([{ label: "yeast" }]));
    at.model.set("value", [heart]);
    at.model.happen("change:value");
    await vi.waitFor(() => expect(at.el.querySelector(".rw-taken")?.textContent).toContain("UBERON:0000948"));
  });
});
