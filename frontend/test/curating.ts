// A curation to look at in tests of the curator: a record, a report, groups, a page of the tables, a picture.

import type { CurationRecord, Finding, Mark, Report } from "../src/types.ts";
import type { Message } from "../src/wire.ts";
import { ARCHIVE_PAGE, LOOKED, SIMULATION } from "./archiving.ts";
import type { Kernel } from "./model.ts";
import { type Page, rest, show } from "./page.ts";

export const RECORD: CurationRecord = {
  setup: { imaging: ["light"], targets: ["isatab"] },
  study: { title: "Nuclei" },
  biosamples: [{ id: "bs-1", title: "HeLa" }],
  specimens: [],
  samples: [{ id: "sa-1", title: "HeLa, control", biosample: "bs-1" }],
  acquisitions: [{ id: "ac-1", title: "Confocal, 63×" }],
  components: [
    { id: "sc-1", title: "Fixed cells", associations: [{ id: "as-1", sample: "sa-1", acquisition: "ac-1" }] },
  ],
};

export const MARKS: Record<string, Mark> = {
  "/acquisitions/ac-1/title": {
    confirmed: false,
    origin: { kind: "scan", source: "a.tiff", header: "Image/@Name", count: 9, of: 12 },
  },
};

const finding = (given: Partial<Finding>): Finding => ({
  level: "error",
  code: "empty",
  path: "/study/description",
  message: "Study: Description is empty. Found: nothing. Wanted: a summary.",
  found: "nothing",
  wanted: "a summary",
  fix: false,
  fix_label: null,
  targets: ["isatab"],
  ...given,
});

export const FINDINGS: Finding[] = [
  finding({}),
  finding({
    level: "warning",
    code: "orcid",
    path: "/people/pe-1/orcid",
    message: "A wrong digit.",
    fix: true,
    fix_label: "Use 0097",
  }),
  finding({
    level: "info",
    code: "size",
    path: "/images/im-2/size_x",
    message: "The width differs.",
    found: null,
    wanted: null,
  }),
];

export const REPORT: Report = {
  targets: { isatab: { state: "near", left: 1, warnings: 1 } },
  findings: FINDINGS,
  count: FINDINGS.length,
  progress: {
    study: { done: 1, of: 4, to_do: 1, pencil: 0, state: "todo", next: { path: "/study", field: "description" } },
    biosample: { done: 1, of: 3, to_do: 0, pencil: 0, state: "done", next: null },
    acquisition: { done: 2, of: 3, to_do: 0, pencil: 1, state: "done", next: null },
    annotation: { done: 0, of: 0, to_do: 0, pencil: 0, state: "unused", next: null },
  },
};

const GROUPS = {
  groups: [
    {
      key: "g1",
      title: "Confocal, 63×",
      count: 12,
      folders: ["01_confocal"],
      formats: ["OME-TIFF"],
      chips: ["128 × 128"],
      sample_images: ["im-1", "im-2", "im-3"],
      outliers: [{ field: "objective", value: "Plan 40x", count: 1, images: ["im-3"] }],
      acquisition: "ac-1",
      pencil: 1,
    },
  ],
  unreadable: [{ path: "<b>cut.tiff", message: "The file stops early." }],
};

const HEADER = {
  path: "01_confocal/a.tiff",
  values: [
    ["size_x", 128, "Image/Pixels/@SizeX"],
    ["size_y", 128, null],
    ["px_x_um", 0.2, null],
    ["acquired_at", "2026-03-12T10:41:00", null],
    ["channels", [{ name: "DNA", color_hex: "#3A6BFF" }, { name: "<img src=x>" }], null],
  ],
  raw: [["Image/@Name", "<script>alert(1)</script>"]],
  leaves: [
    [["Image", "Pixels", "@SizeX"], "128", ["Width"]],
    [["Image", "Pixels", "Channel[0]", "@Name"], "DNA"],
    [["Image", "Pixels", "Channel[1]", "@Name"], "<img src=x>"],
    [["", "format"], "OME-TIFF"],
    [["*", "Image", "@Name"], "<script>alert(1)</script>"],
  ],
  warnings: [],
};

/** A table of a thousand rows, of which a page is given. */
export function rowsFor(message: Message): object {
  const {
    offset = 0,
    limit = 100,
    ids = false,
    filter = "",
  } = message as { offset?: number; limit?: number; ids?: boolean; filter?: string };
  const all = Array.from({ length: 1000 }, (_, n) => `im-${n + 1}`).filter((id) => !filter || id.includes(filter));
  const rows = all.slice(offset, offset + limit).map((id) => ({
    id,
    path: `01_confocal/${id}.tiff`,
    component: "sc-1",
    association: "as-1",
    size_x: 128,
    qc_info: id === "im-1" ? "blurred" : undefined,
    marks: { size_x: {} },
  }));
  const columns = ["file", "path", "component", "association", "size_x", "qc_info"];
  return { total: 1000, matched: all.length, rows, columns, ...(ids ? { ids: all } : {}) };
}

const PNG = Uint8Array.from(
  atob("iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg=="),
  (letter) => letter.charCodeAt(0),
);
export const bytes = () => new DataView(PNG.buffer);

export const ANSWERS: Kernel["answers"] = {
  groups: () => GROUPS,
  header: () => HEADER,
  rows: rowsFor,
  thumb: () => ({ type: "image/png", buffers: [bytes()] }),
  export: () => ({ name: "set-isatab.zip", findings: [FINDINGS[0]], buffers: [bytes()] }),
  simulation: () => SIMULATION,
  "archive-page": () => ({ page: ARCHIVE_PAGE }),
  look: () => LOOKED,
  "start-from": () => ({ kind: "ack", count: 4 }),
  ticket: () => ({ name: "set.rembi-ticket.zip", buffers: [bytes()] }),
  folders: () => ({ count: 0, open: 0, lines: {}, folders: [], groups: [], others: [], proposal: [] }),
  summary: () => ({ count: 12, fields: {} }),
  fill: () => ({ kind: "ack", count: 3 }),
  assign: () => ({ kind: "ack", count: 3 }),
  "list-folders": ({ path }) => ({
    path: path || "/data",
    parent: path === "/data/a" ? "/data" : null,
    folders: path === "/data/a" ? [] : [{ name: "a", path: "/data/a" }],
  }),
};

interface Given extends Partial<Kernel> {
  kind?: string;
  options?: object;
  lang?: string;
  report?: Report | null;
}

/** Show a view of the curator on the curation above. */
export async function curate({ kind = "curator", report = REPORT, answers = {}, ...given }: Given = {}): Promise<Page> {
  sessionStorage.clear();
  localStorage.clear();
  const page = await show({
    kind,
    record: RECORD,
    marks: MARKS,
    folder: "/data/set",
    tables: { files: 12, images: 12 },
    answers: { ...ANSWERS, ...answers },
    ...given,
  });
  if (report) page.model.tell({ kind: "findings", seq: 0, ...report } as unknown as Message);
  await rest(60);
  return page;
}

export function asked(page: Page, kind: string): Message[] {
  return page.model.kernel.heard.filter((message) => message.kind === kind);
}

/** Find a button whose name begins with these words, as it stands in a part of the page. */
export function button(root: Element, name: string): HTMLElement {
  const found = [...root.querySelectorAll<HTMLElement>("button, summary")].find((one) => {
    const said = (one.getAttribute("aria-label") ?? one.textContent ?? "").trim();
    return said.startsWith(name) && one.offsetParent !== null;
  });
  if (!found) throw new Error(`no button says ${name}`);
  return found;
}

export async function press(root: Element, name: string): Promise<void> {
  button(root, name).click();
  await rest(80);
}

export function key(target: Element | null, name: string, more: KeyboardEventInit = {}): Promise<void> {
  target?.dispatchEvent(new KeyboardEvent("keydown", { key: name, bubbles: true, cancelable: true, ...more }));
  return rest(60);
}

export function type(input: Element | null, text: string): Promise<void> {
  const field = input as HTMLInputElement;
  field.value = text;
  field.dispatchEvent(new InputEvent("input", { bubbles: true }));
  field.dispatchEvent(new Event("change", { bubbles: true }));
  return rest(30);
}
