// Image data of many images: what they share, one value for all, confirming; channels as a table; files of an analysis.

import { afterEach, describe, expect, test, vi } from "vitest";
import { userEvent } from "vitest/browser";
import type { Edit, Node } from "../src/types.ts";
import type { Message } from "../src/wire.ts";
import { named, type Page, show } from "./page.ts";

let page: Page | undefined;
afterEach(() => {
  page?.leave();
  page = undefined;
});

const heard = (at: Page, kind: string): Message[] => at.model.kernel.heard.filter((message) => message.kind === kind);
const text = (at: Page) => at.el.textContent ?? "";

function images(): Node[] {
  return Array.from({ length: 6 }, (_, n) => ({
    id: `im-${n}`,
    component: n < 4 ? "sc-1" : "sc-2",
    group: n < 4 ? "a" : "b",
    path: `f${n}.tif`,
    size_x: n === 5 ? 512 : 2048,
    pixel_size_x: 0.071,
    ...(n < 5 ? { qc_info: n < 3 ? "in focus" : "blurred" } : {}),
    pencil: ["size_x", "pixel_size_x"],
  }));
}
const RECORD = {
  components: [
    { id: "sc-1", title: "Fixed" },
    { id: "sc-2", title: "Live" },
  ],
  setup: { targets: ["isatab"] },
};

async function open(more: object = {}): Promise<Page> {
  page = await show({
    section: "image",
    record: structuredClone(RECORD) as never,
    rows: { images: images(), files: [] },
    ...more,
  });
  await vi.waitFor(() => expect(page?.el.querySelector(".rw-factlist")).toBeTruthy());
  for (const fold of page.el.querySelectorAll("details")) fold.open = true;
  return page;
}

const fact = (at: Page, name: string) =>
  [...at.el.querySelectorAll<HTMLElement>(".rw-fact")].find((one) => one.querySelector("dt")?.textContent === name);

describe("many images", () => {
  test("facts say what is shared, how they differ, and where they were read", async () => {
    const at = await open();
    expect(fact(at, "Pixel size x")?.textContent).toContain("0.071 µm");
    expect(fact(at, "Width")?.textContent).toContain("2048 (5), 512 (1).");
    expect(fact(at, "Width")?.querySelector("code")?.textContent).toBe("Image/@size_x");
  });

  test("a field that differs says in words how many images do, and sets all of them", async () => {
    const at = await open();
    expect(text(at)).toContain(
      "2 different values: in focus (3), blurred (2). 1 image has none. What you enter here is set for all 6.",
    );
    await userEvent.fill(named(at.el, "Quality control"), "seen by two people");
    await vi.waitFor(() => expect(heard(at, "fill")).toHaveLength(1));
    expect(heard(at, "fill")[0]).toMatchObject({
      table: "images",
      where: {},
      column: "qc_info",
      value: "seen by two people",
    });
    await vi.waitFor(() => expect(text(at)).toContain("Set for 6 images."));
    await vi.waitFor(() => expect(text(at)).not.toContain("different values: in focus"));
    expect(at.edits()).toEqual([]);
  });

  test("the images of one component are spoken of alone", async () => {
    const at = await open();
    await userEvent.selectOptions(named(at.el, "Which images"), "Fixed");
    await vi.waitFor(() => expect(text(at)).toContain("What you enter below is set for 4 images."));
    await vi.waitFor(() => expect(fact(at, "Width")?.textContent).not.toContain("512"));
    await userEvent.fill(named(at.el, "Quality control"), "good");
    await vi.waitFor(() => expect(heard(at, "fill")[0]).toMatchObject({ where: { component: "sc-1" }, value: "good" }));
  });

  test("an answer that is emptied is emptied for all", async () => {
    const rows = { images: images().map((image) => ({ ...image, qc_info: "same" })), files: [] };
    const at = await open({ rows });
    await userEvent.fill(named(at.el, "Quality control"), "");
    await vi.waitFor(() => expect(heard(at, "fill")[0]).toMatchObject({ column: "qc_info", value: null }));
  });

  test("one fact, these facts or all are confirmed for the scope", async () => {
    const at = await open();
    expect(text(at)).toContain("2 fields wait for your eyes in 6 images.");
    await userEvent.click(named(at.el, "Confirm Width"));
    await vi.waitFor(() =>
      expect(heard(at, "fill")[0]).toMatchObject({ confirm: true, columns: ["size_x"], where: {} }),
    );
    await vi.waitFor(() => expect(text(at)).toContain("1 field waits for your eyes"));
    await userEvent.click(named(at.el, "Confirm for these 6 images"));
    await vi.waitFor(() => expect(heard(at, "fill")[1]).toMatchObject({ confirm: true }));
    await vi.waitFor(() => expect(text(at)).not.toContain("for your eyes"));
    expect(text(at)).toContain("Confirmed for 6 images.");
  });

  test("a fact can be changed where the header is wrong", async () => {
    const at = await open();
    await userEvent.click(named(at.el, "Change Pixel size x"));
    await vi.waitFor(() => expect((named(at.el, "Pixel size x") as HTMLInputElement).value).toBe("0.071"));
    await userEvent.fill(named(at.el, "Pixel size x"), "0.1");
    await vi.waitFor(() => expect(heard(at, "fill")[0]).toMatchObject({ column: "pixel_size_x", value: 0.1 }));
  });

  test("never are all rows fetched", async () => {
    const at = await open();
    expect(heard(at, "rows")).toEqual([]);
  });

  test("without images it says what will stand here", async () => {
    page = await show({ section: "image", record: {} });
    expect(text(page)).toContain("No image was read yet.");
  });
});

const CHANNELS = {
  acquisitions: [
    {
      id: "ac-1",
      title: "63x",
      channels: [
        { id: "ch-1", name: "DNA", excitation: { number: 405, unit: "nm" } },
        { id: "ch-2", name: "actin" },
      ],
    },
  ],
  samples: [
    {
      id: "sa-1",
      title: "HeLa",
      labels: [{ id: "lb-1", content: { label: "Hoechst" }, biological_entity: { label: "DNA" } }],
    },
  ],
};
const PATH = "/acquisitions/ac-1/channels";

async function acquisition(marks = {}): Promise<Page> {
  page = await show({ section: "acquisition", record: structuredClone(CHANNELS) as never, marks });
  await vi.waitFor(() => expect(page?.el.querySelector(".rw-channels")).toBeTruthy());
  return page;
}
const channel = (at: Page, n: number) => at.el.querySelectorAll<HTMLElement>(".rw-channels tbody tr")[n] as HTMLElement;

describe("channels", () => {
  test("a label of a sample is chosen by what it is and marks", async () => {
    const at = await acquisition();
    const select = named(channel(at, 0), "Label") as HTMLSelectElement;
    expect(select.querySelector("optgroup")?.label).toBe("HeLa");
    await userEvent.selectOptions(select, "Hoechst marks DNA");
    await vi.waitFor(() => expect(at.edits()).toEqual([[{ op: "set", path: `${PATH}/ch-1/label`, value: "lb-1" }]]));
    await vi.waitFor(() =>
      expect(at.el.querySelector(".rw-sentence")?.textContent).toContain("Hoechst marks DNA (excited at 405 nm)"),
    );
  });

  test("wavelengths are typed in place", async () => {
    const at = await acquisition();
    await userEvent.fill(named(channel(at, 1), "Emission"), "525");
    const value = { number: 525, unit: "nm" };
    await vi.waitFor(() => expect(at.edits()).toEqual([[{ op: "set", path: `${PATH}/ch-2/emission`, value }]]));
  });

  test("a colour is picked as six digits", async () => {
    const at = await acquisition();
    const input = channel(at, 0).querySelector("input[type=color]") as HTMLInputElement;
    expect(input.getAttribute("aria-label")).toBe("Display colour: none yet");
    input.value = "#00ff00";
    input.dispatchEvent(new Event("change", { bubbles: true }));
    await vi.waitFor(() =>
      expect(at.edits()).toEqual([[{ op: "set", path: `${PATH}/ch-1/colour`, value: "#00FF00" }]]),
    );
  });

  test("the values of a channel are confirmed together, and its other fields open below", async () => {
    const pencil = { confirmed: false, origin: { kind: "scan", header: "x" } };
    const at = await acquisition({ [`${PATH}/ch-1/name`]: pencil, [`${PATH}/ch-1/excitation`]: pencil });
    await userEvent.click(named(channel(at, 0), "Confirm the 2 values of DNA"));
    await vi.waitFor(() =>
      expect((at.edits()[0] as Edit[]).map(({ op, path }) => [op, path])).toEqual([
        ["confirm", `${PATH}/ch-1/name`],
        ["confirm", `${PATH}/ch-1/excitation`],
      ]),
    );
    await userEvent.click(named(channel(at, 0), "More fields of DNA"));
    await vi.waitFor(() => expect(named(at.el, "Fluorophore")).toBeTruthy());
  });

  test("a channel is added, and taken away with a way back", async () => {
    const at = await acquisition();
    await userEvent.click(named(at.el, "Add a channel"));
    await vi.waitFor(() => expect(at.edits()[0]).toMatchObject([{ op: "add", path: PATH, value: {} }]));
    await userEvent.click(named(at.el, "More for actin"));
    await userEvent.keyboard("{End}{Enter}");
    await vi.waitFor(() => expect(at.edits()[1]).toEqual([{ op: "remove", path: `${PATH}/ch-2` }]));
    await vi.waitFor(() => expect(named(at.el, "Bring back")).toBeTruthy());
  });
});

test("an analysis names the files it made, and gives one back", async () => {
  const files = [
    { id: "fl-1", path: "masks/a.tif", made_by: "an-1" },
    { id: "fl-2", path: "masks/b.tif", made_by: "an-1" },
    { id: "fl-3", path: "raw.tif" },
  ];
  page = await show({
    section: "analysis",
    record: { analyses: [{ id: "an-1", title: "Masks" }] },
    rows: { images: [], files },
  });
  const at = page;
  await vi.waitFor(() => expect(text(at)).toContain("2 files were made by it."));
  expect(text(at)).not.toContain("raw.tif");
  await userEvent.click(named(at.el, "Remove masks/a.tif"));
  await vi.waitFor(() =>
    expect(heard(at, "fill")[0]).toMatchObject({ table: "files", rows: ["fl-1"], column: "made_by", value: null }),
  );
  await vi.waitFor(() => expect(text(at)).toContain("1 file was made by it."));
});
