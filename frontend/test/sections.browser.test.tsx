// Correlations, matched files, the lab's people, what is used again: done by hand and by keyboard, and looked at by axe.

import axe from "axe-core";
import { afterEach, describe, expect, test, vi } from "vitest";
import { page as screen, userEvent } from "vitest/browser";
import type { Preview } from "../src/special/matched.tsx";
import type { Message } from "../src/wire.ts";
import { named, nameOf, type Page, rest, show } from "./page.ts";

let page: Page | undefined;
afterEach(async () => {
  page?.leave();
  page = undefined;
  delete document.documentElement.dataset.theme;
});

const RECORD = {
  setup: { imaging: ["light", "correlative"], targets: ["bia"] },
  study: {},
  people: [],
  components: [{ id: "sc-1", title: "Cells" }],
  correlations: [{ id: "co-1", title: "CLEM" }],
  annotations: [{ id: "at-1", title: "Masks" }],
  specimens: [{ id: "sp-1", title: "Fixed", preparation_method: "PFA" }],
};
const ROWS = {
  images: [{ id: "im-1", component: "sc-1", path: "raw/a_1.tif" }],
  files: [{ id: "fl-1", path: "masks/a_1_mask.tif" }],
};
const PREVIEW: Preview = {
  targets: 4,
  sources: 3,
  count: 1,
  pairs: [["raw/a_1.tif", "masks/a_1_mask.tif"]],
  patterns: [{ source: "raw/{name}.tif", target: "masks/{name}_mask.tif", count: 1 }],
  lonely: { count: 2, items: ["masks/b.tif", "masks/c.tif"] },
  unused: { count: 1, items: ["raw/x.tif"] },
  ambiguous: { count: 1, items: [{ target: "masks/A01.tif", sources: ["raw/A01_w1.tif", "raw/A01_w2.tif"] }] },
  kinds: { segmentation_mask: 3 },
};
const FAULT = {
  level: "warning",
  code: "matrix_number",
  path: "/correlations",
  message: "A cell of the transformation matrix is not a number.",
  found: "x",
  wanted: null,
  fix: false,
  fix_label: null,
  targets: [],
};

function matrix({ cells, text, unit, name }: Message): object {
  if (name) return { known: false };
  const said = (cells as string[][] | undefined) ?? JSON.parse(String(text).replace(/ \D+$/, "")).slice(0, -1);
  const rows = said.map((row: unknown[]) => row.map(String));
  if (rows.flat().some((cell: string) => Number.isNaN(Number(cell)) || cell === ""))
    return { known: true, cells: rows, rows: null, text: null, findings: [FAULT] };
  const last = [...Array(rows[0].length - 1).fill("0"), "1"];
  const whole = [...rows, last];
  const written = `[${whole.map((row) => `[${row.join(", ")}]`).join(", ")}]${unit ? ` ${unit}` : ""}`;
  return { known: true, cells: rows, rows: whole, unit: unit ?? "", text: written, findings: [] };
}

const ANSWERS = {
  matrix,
  related: () => ({
    sides: {
      moving: { count: 1, entries: [{ entry: "raw/*.tif", count: 1, examples: ["raw/a_1.tif"] }] },
      fixed: { count: 0, entries: [{ entry: "gone.tif", count: 0, examples: [] }] },
    },
  }),
  match: ({ apply }: Message) => (apply ? { count: 1 } : PREVIEW),
  lab: () => ({
    people: [
      {
        key: "a",
        name: "Ada Lovelace",
        email: "ada@example.org",
        orcid: "",
        organisations: ["Institute"],
        known: null,
      },
      { key: "m", name: "Max D", email: "", orcid: "", organisations: [], known: "pe-1" },
    ],
    files: ["people.csv"],
    faults: [],
  }),
  "lab-add": () => ({ count: 1 }),
  library: () => ({ items: [{ id: "kp-1", title: "PFA", source: "Spindles", at: "2026-01-05T10:00:00+00:00" }] }),
  reuse: () => ({ ids: ["sp-9"] }),
  keep: () => ({ id: "kp-2" }),
  groups: () => ({ groups: [] }),
};

async function open(section: string, more: object = {}): Promise<Page> {
  page = await show({ section, record: structuredClone(RECORD) as never, rows: ROWS, answers: ANSWERS, ...more });
  await rest(60);
  return page;
}

function heard(at: Page, kind: string): Message[] {
  return at.model.kernel.heard.filter((message) => message.kind === kind);
}

const CELL = (row: number, column: number) => `Transformation matrix: row ${row}, column ${column}`;

async function typing(): Promise<Page> {
  const at = await open("correlation");
  await userEvent.click(named(at.el, "Type a matrix"));
  return at;
}

describe("a transformation matrix", () => {
  test("typed cell by cell, it is kept as one line of text", async () => {
    const at = await typing();
    await userEvent.fill(named(at.el, CELL(1, 3)), "12.5");
    named(at.el, CELL(2, 3)).focus();
    await vi.waitFor(() => expect(at.edits()).toHaveLength(1));
    const value = "[[1, 0, 12.5], [0, 1, 0], [0, 0, 1]]";
    expect(at.edits()[0]?.[0]).toMatchObject({ path: "/correlations/co-1/transformation_matrix", value });
    await userEvent.selectOptions(named(at.el, "Unit of the shift"), "µm");
    await vi.waitFor(() => expect(at.edits()[1]?.[0]).toMatchObject({ value: `${value} µm` }));
  });

  test("what is no number is said at once and kept on the page, not in the record", async () => {
    const at = await typing();
    await userEvent.fill(named(at.el, CELL(1, 1)), "x");
    named(at.el, CELL(1, 2)).focus();
    await vi.waitFor(() => expect(at.el.textContent).toContain(FAULT.message));
    expect(at.edits()).toHaveLength(0);
    expect((named(at.el, CELL(1, 1)) as HTMLInputElement).value).toBe("x");
  });

  test("arrows lead from row to row, and three dimensions give three rows", async () => {
    const at = await typing();
    named(at.el, CELL(1, 2)).focus();
    await userEvent.keyboard("{ArrowDown}");
    await vi.waitFor(() => expect(document.activeElement).toBe(named(at.el, CELL(2, 2))));
    await userEvent.keyboard("{ArrowUp}");
    await vi.waitFor(() => expect(document.activeElement).toBe(named(at.el, CELL(1, 2))));
    await userEvent.click(named(at.el, "Volumes (3D)"));
    await vi.waitFor(() => named(at.el, CELL(3, 4)));
  });

  test("a matrix that is there shows as cells, and as text when wanted", async () => {
    const record = structuredClone(RECORD);
    Object.assign(record.correlations[0] as object, { transformation_matrix: "[[2, 0, 5], [0, 2, 6], [0, 0, 1]]" });
    const at = await open("correlation", { record });
    await vi.waitFor(() => expect((named(at.el, CELL(2, 3)) as HTMLInputElement).value).toBe("6"));
    await userEvent.click(named(at.el, "As text"));
    expect(at.el.querySelector("textarea")).not.toBeNull();
    await userEvent.click(named(at.el, "Type a matrix"));
    expect((named(at.el, CELL(1, 1)) as HTMLInputElement).value).toBe("2");
  });

  test("a file is sent to the kernel", async () => {
    const at = await open("correlation");
    const input = at.el.querySelector<HTMLInputElement>(".rw-matrixfield input[type=file]");
    await userEvent.upload(input as HTMLElement, new File(["1 0 5\n0 1 6"], "t.txt"));
    await vi.waitFor(() => expect(heard(at, "matrix").at(-1)).toMatchObject({ name: "t.txt" }));
  });
});

describe("the images of a correlation", () => {
  test("are listed by side, added by what is typed or chosen, and taken away", async () => {
    const at = await open("correlation");
    for (const fold of at.el.querySelectorAll("details")) fold.open = true; // the field is optional for this archive
    await vi.waitFor(() => named(at.el, "Remove raw/*.tif from: Moved images"));
    expect(at.el.textContent).toContain("names no image");
    await userEvent.click(named(at.el, "Remove raw/*.tif from: Moved images"));
    expect(heard(at, "related").at(-1)).toMatchObject({ act: "remove", side: "moving", entry: "raw/*.tif" });
    await userEvent.fill(named(at.el, "Add images to: Reference images"), "sem/*.mrc");
    await userEvent.keyboard("{Enter}");
    await vi.waitFor(() =>
      expect(heard(at, "related").at(-1)).toMatchObject({ act: "add", side: "fixed", pattern: "sem/*.mrc" }),
    );
    await userEvent.fill(named(at.el, "Add images to: Moved images"), "Cells");
    await userEvent.keyboard("{Enter}");
    await vi.waitFor(() => expect(heard(at, "related").at(-1)).toMatchObject({ side: "moving", component: "sc-1" }));
  });
});

describe("files matched by name", () => {
  async function matching(section = "annotation"): Promise<Page> {
    const at = await open(section);
    await userEvent.click(named(at.el, "Match by name"));
    await vi.waitFor(() => named(at.el, "Fill in 1 file"));
    return at;
  }

  test("what would be filled in is shown first, then done as one change", async () => {
    const at = await matching();
    const said = at.el.querySelector(".rw-matching")?.textContent ?? "";
    for (const words of ["4 files, 1 of them with their image", "2 files without an image", "1 image without a file"])
      expect(said).toContain(words);
    expect(heard(at, "match").every(({ apply }) => !apply)).toBe(true);
    await userEvent.click(named(at.el, "Fill in 1 file"));
    await vi.waitFor(() => expect(at.el.querySelector(".rw-matching")).toBeNull());
    expect(heard(at, "match").at(-1)).toMatchObject({ apply: true, path: "/annotations/at-1", type: "auto" });
    expect(at.el.textContent).toContain("1 file now names its image");
    await vi.waitFor(() => expect(document.activeElement).toBe(named(at.el, "Match by name")));
  });

  test("the image chosen for an ambiguous file becomes an example", async () => {
    const at = await matching();
    await userEvent.selectOptions(named(at.el, "Image of masks/A01.tif"), "raw/A01_w2.tif");
    await vi.waitFor(() =>
      expect(heard(at, "match").at(-1)).toMatchObject({ examples: [["raw/A01_w2.tif", "masks/A01.tif"]] }),
    );
  });

  test("a pair that a person shows teaches the rest", async () => {
    const at = await matching();
    await userEvent.selectOptions(named(at.el, "File"), "masks/c.tif");
    const [, source] = at.el.querySelectorAll<HTMLSelectElement>(".rw-onepair select");
    await userEvent.selectOptions(source as HTMLElement, "raw/x.tif");
    await userEvent.click(named(at.el, "Match like this"));
    await vi.waitFor(() =>
      expect(heard(at, "match").at(-1)).toMatchObject({ examples: [["raw/x.tif", "masks/c.tif"]] }),
    );
  });

  test("files by a name, typed", async () => {
    const at = await matching();
    await userEvent.selectOptions(named(at.el, "Files to match"), "named");
    await userEvent.fill(named(at.el, "Name or pattern, such as *_mask.png"), "*_mask.tif");
    await userEvent.keyboard("{Tab}");
    await vi.waitFor(() => expect(heard(at, "match").at(-1)).toMatchObject({ which: "named", name: "*_mask.tif" }));
  });

  test("an answer that arrives while a name is typed leaves what is typed", async () => {
    const at = await matching();
    await userEvent.selectOptions(named(at.el, "Files to match"), "named");
    const input = named(at.el, "Name or pattern, such as *_mask.png") as HTMLInputElement;
    input.focus();
    input.value = "*_ma";
    input.dispatchEvent(new InputEvent("input", { bubbles: true }));
    await rest(400);
    expect(heard(at, "match").at(-1)).toMatchObject({ which: "named", name: "" });
    expect(input.value).toBe("*_ma");
  });
});

describe("the lab's people", () => {
  test("are picked from a list and added together", async () => {
    const at = await open("study");
    await userEvent.click(named(at.el, "Add from the lab’s list"));
    const dialog = () => at.el.querySelector("dialog") as HTMLElement;
    await vi.waitFor(() => expect(dialog().textContent).toContain("Ada Lovelace"));
    expect(dialog().textContent).toContain("in this study");
    await userEvent.click(dialog().querySelector("input[type=checkbox]") as HTMLElement);
    await userEvent.click(named(dialog(), "Add 1 person"));
    await vi.waitFor(() => expect(at.el.querySelector("dialog")).toBeNull());
    expect(heard(at, "lab-add").at(-1)).toMatchObject({ keys: ["a"] });
    expect(at.el.textContent).toContain("1 person was added");
  });

  test("a list is chosen in the app", async () => {
    const at = await open("study");
    await userEvent.click(named(at.el, "Add from the lab’s list"));
    await vi.waitFor(() => named(at.el, "Choose a list"));
    await userEvent.upload(named(at.el, "Choose a list"), new File(["Name\nAda"], "lab.csv"));
    await vi.waitFor(() => expect(heard(at, "lab").some(({ name }) => name === "lab.csv")).toBe(true));
  });
});

describe("used again", () => {
  test("kept from the menu, brought in from the list, or into what is there", async () => {
    const at = await open("specimen");
    await userEvent.click(named(at.el, "More for Fixed"));
    await userEvent.click(named(at.el, "Keep for other studies"));
    await vi.waitFor(() => expect(heard(at, "keep").at(-1)).toMatchObject({ path: "/specimens/sp-1" }));
    await userEvent.click(named(at.el, "More for Fixed"));
    await userEvent.click(named(at.el, "Use again…"));
    await vi.waitFor(() => expect(at.el.querySelector("dialog")?.textContent).toContain("from Spindles"));
    await userEvent.click(at.el.querySelector("dialog input[type=checkbox]") as HTMLElement);
    await userEvent.click(named(at.el, "Use its protocol for “Fixed”"));
    await vi.waitFor(() =>
      expect(heard(at, "reuse").at(-1)).toMatchObject({ section: "specimens", ids: ["kp-1"], into: "/specimens/sp-1" }),
    );
    await vi.waitFor(() => expect(at.el.querySelector("dialog")).toBeNull());
  });
});

test("a study starts like another one", async () => {
  page = await show({
    kind: "curator",
    options: { start: true, page: true },
    record: { setup: {} } as never,
    folder: null,
    answers: { like: () => ({ kind: "ack" }) },
  });
  const at = page;
  await vi.waitFor(() => named(at.el, "Folder"));
  await userEvent.fill(named(at.el, "Folder"), "/data/new");
  await userEvent.click(at.el.querySelector(".rw-startlike summary") as HTMLElement);
  await userEvent.fill(named(at.el, "Folder of the other study"), "/data/old");
  await userEvent.click(named(at.el, "only the entries and their titles"));
  await userEvent.click(named(at.el, "people too"));
  await userEvent.click(at.el.querySelector("button[type=submit]") as HTMLElement);
  await vi.waitFor(() =>
    expect(heard(at, "like").at(-1)).toMatchObject({
      folder: "/data/new",
      like: "/data/old",
      values: "clear",
      people: true,
    }),
  );
});

const OPENED: Record<string, (at: Page) => Promise<void>> = {
  correlation: async (at) => userEvent.click(named(at.el, "Type a matrix")),
  annotation: async (at) => userEvent.click(named(at.el, "Match by name")),
  study: async (at) => userEvent.click(named(at.el, "Add from the lab’s list")),
};

describe.each(Object.keys(OPENED))("%s", (section) => {
  async function opened(): Promise<Page> {
    const at = await open(section);
    await OPENED[section]?.(at);
    await rest(80);
    for (const fold of at.el.querySelectorAll("details")) fold.open = true;
    await rest(30);
    const ending = document.getAnimations().filter((one) => one.effect?.getComputedTiming().iterations !== Infinity);
    await Promise.allSettled(ending.map(({ finished }) => finished)); // a button that just became active is still fading
    return at;
  }

  test.each(["light", "dark"])("axe finds nothing serious, %s", async (theme) => {
    document.documentElement.dataset.theme = theme;
    const { violations } = await axe.run((await opened()).el, { resultTypes: ["violations"] });
    const grave = violations.filter(({ impact }) => impact === "serious" || impact === "critical");
    expect(grave.map(({ id, nodes }) => `${id}: ${nodes.map(({ html }) => html).join(" ")}`)).toEqual([]);
  });

  test("every control has a name, and no id stands twice", async () => {
    const at = await opened();
    const controls = [...at.el.querySelectorAll<HTMLElement>("input:not([aria-hidden]), textarea, select, button")];
    expect(controls.filter((control) => !nameOf(control)).map((control) => control.outerHTML)).toEqual([]);
    const ids = [...at.el.querySelectorAll("[id]")].map(({ id }) => id);
    expect(ids.filter((id, n) => ids.indexOf(id) !== n)).toEqual([]);
  });

  test("nothing overflows a narrow page, and what can be pressed is large enough", async () => {
    await screen.viewport(390, 900);
    const at = await opened();
    expect(at.el.scrollWidth).toBeLessThanOrEqual(390);
    const small = [
      ...at.el.querySelectorAll<HTMLElement>("button, select, input:not([type=checkbox]):not([type=date])"),
    ]
      .filter((control) => control.offsetParent && !control.matches(".rw-plain, .rw-src, .rw-hidden"))
      .filter((control) => control.getBoundingClientRect().height < 43.5);
    expect(small.map((control) => control.outerHTML.slice(0, 140))).toEqual([]);
    await screen.viewport(1200, 900);
  });
});
