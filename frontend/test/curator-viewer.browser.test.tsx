// Looking at one image: depth, time, channels, contrast, what is very large, and the full OME model.

import axe from "axe-core";
import { afterEach, describe, expect, test, vi } from "vitest";
import { page as browser, userEvent } from "vitest/browser";
import type { Message } from "../src/wire.ts";
import { named, type Page, rest, show } from "./page.ts";

let page: Page | undefined;
afterEach(() => {
  page?.leave();
  page = undefined;
});

const PNG = Uint8Array.from(
  atob("iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg=="),
  (letter) => letter.charCodeAt(0),
);
const picture = () => ({ type: "image/png", buffers: [new DataView(PNG.slice().buffer)] });
const HEADER = {
  path: "a/cells.ome.tiff",
  values: [
    ["size_x", 512, "Pixels/@SizeX"],
    ["size_y", 512, "Pixels/@SizeY"],
    ["size_z", 5, "Pixels/@SizeZ"],
    ["size_t", 3, "Pixels/@SizeT"],
    ["size_c", 2, "Pixels/@SizeC"],
    ["px_x_um", 0.1, "Pixels/@PhysicalSizeX"],
    ["channels", [{ name: "DNA", color_hex: "#4080FF" }, { name: "Actin" }], "Pixels/Channel"],
  ],
  raw: [],
  leaves: [
    [["Pixels", "@SizeX"], "512"],
    [["Pixels", "@SizeY"], "512"],
  ],
  warnings: [],
};
type Answers = Record<string, (message: Message) => object>;

async function open(answers: Answers = {}): Promise<Page> {
  page = await show({
    kind: "preview",
    options: { image: "im-1" },
    record: { study: { title: "Cells" } } as never,
    answers: { header: () => HEADER, thumb: picture, plane: picture, ...answers },
  });
  await vi.waitFor(() => expect(page?.el.querySelector(".rw-viewer")).toBeTruthy());
  return page;
}

const asked = (at: Page) => at.model.kernel.heard.filter(({ kind }) => kind === "plane");

async function slide(at: Page, name: string, keys: string): Promise<void> {
  named(at.el, name).focus();
  await userEvent.keyboard(keys);
}

describe("looking at one image", () => {
  test("begins with the preview; nothing else is asked until somebody wants another plane", async () => {
    const at = await open();
    await rest(100);
    expect(asked(at)).toEqual([]);
    expect((named(at.el, "Depth") as HTMLInputElement).getAttribute("aria-valuetext")).toBe("3 of 5");
    expect(at.el.querySelector(".rw-scalebar")?.textContent).toBe("10 µm");
  });

  test("depth and time are slid by keyboard, and say where they are", async () => {
    const at = await open();
    await slide(at, "Depth", "{ArrowRight}");
    await slide(at, "Time", "{ArrowLeft}");
    await vi.waitFor(() => expect(asked(at).at(-1)).toMatchObject({ image: "im-1", z: 3, t: 0 }));
    expect(named(at.el, "Depth").getAttribute("aria-valuetext")).toBe("4 of 5");
  });

  test("channels, colours and contrast are chosen", async () => {
    const at = await open();
    await userEvent.click(named(at.el, "Actin"));
    await vi.waitFor(() => expect(asked(at).at(-1)).toMatchObject({ channels: [0] }));
    await userEvent.click(named(at.el, "in colour"));
    await userEvent.selectOptions(named(at.el, "Preset"), "strong");
    await vi.waitFor(() =>
      expect(asked(at).at(-1)).toMatchObject({ channels: [0], coloured: false, contrast: { all: [5, 99] } }),
    );
    expect(asked(at).at(-1)).not.toHaveProperty("hidden");
  });

  test("percentiles are typed for one channel, kept while another plane is looked at, and reset", async () => {
    const at = await open();
    await userEvent.selectOptions(named(at.el, "For"), "Actin");
    await userEvent.fill(named(at.el, "Black up to, in %"), "12.5");
    await vi.waitFor(() => expect(asked(at).at(-1)).toMatchObject({ contrast: { 1: [12.5, 99.8] } }));
    named(at.el, "Bright from, in %").focus();
    await userEvent.keyboard("{ArrowDown}");
    await vi.waitFor(() => expect(asked(at).at(-1)?.contrast).toEqual({ 1: [12.5, 99.7] }));
    expect((named(at.el, "Preset") as HTMLSelectElement).selectedOptions[0]?.textContent).toBe("as set below");
    await slide(at, "Depth", "{ArrowRight}");
    await vi.waitFor(() => expect(asked(at).at(-1)).toMatchObject({ z: 3, contrast: { 1: [12.5, 99.7] } }));
    await userEvent.selectOptions(named(at.el, "For"), "all channels");
    expect((named(at.el, "Black up to, in %") as HTMLInputElement).value).toBe("1");
    await userEvent.click(named(at.el, "Reset the contrast"));
    await vi.waitFor(() => expect(asked(at).at(-1)).toMatchObject({ z: 3, contrast: {} }));
  });

  test("percentiles that make no range are said and not sent", async () => {
    const at = await open();
    await userEvent.fill(named(at.el, "Bright from, in %"), "0.5");
    await vi.waitFor(() => expect(at.el.querySelector(".rw-contrastwrong")?.textContent).toMatch(/must be below/));
    expect(named(at.el, "Bright from, in %").getAttribute("aria-invalid")).toBe("true");
    await userEvent.clear(named(at.el, "Bright from, in %"));
    await rest(50);
    expect(asked(at)).toEqual([]);
    await userEvent.fill(named(at.el, "Bright from, in %"), "99");
    await vi.waitFor(() => expect(asked(at).at(-1)?.contrast).toEqual({ all: [1, 99] }));
    expect(at.el.querySelector(".rw-contrastwrong")).toBe(null);
    await userEvent.clear(named(at.el, "Bright from, in %"));
    await userEvent.type(named(at.el, "Bright from, in %"), "97.5");
    await vi.waitFor(() => expect(asked(at).at(-1)?.contrast).toEqual({ all: [1, 97.5] }));
    expect(document.activeElement).toBe(named(at.el, "Bright from, in %"));
    await userEvent.selectOptions(named(at.el, "Preset"), "full");
    await vi.waitFor(() => expect((named(at.el, "Bright from, in %") as HTMLInputElement).value).toBe("100"));
  });

  test("of many wishes only the first and the newest are asked for", async () => {
    const at = await open();
    await rest(50);
    at.model.kernel.silent = true;
    await slide(at, "Depth", "{Home}");
    await vi.waitFor(() => expect(asked(at)).toHaveLength(1));
    await slide(at, "Depth", "{ArrowRight}{ArrowRight}{ArrowRight}{ArrowRight}");
    await rest(60);
    expect(asked(at)).toHaveLength(1);
    const { buffers, ...answer } = picture();
    at.model.tell({ kind: "plane", req: asked(at)[0]?.req as string, ...answer }, buffers);
    await vi.waitFor(() => expect(asked(at)).toHaveLength(2));
    expect(asked(at).at(-1)).toMatchObject({ z: 4 });
  });

  test("what is very large is shown when somebody asks for it", async () => {
    const at = await open({
      thumb: () => ({ kind: "refused", message: "Too large." }),
      plane: (message) => (message.anyway ? picture() : { large: "It would take 900 MB." }),
    });
    await vi.waitFor(() =>
      expect(at.el.querySelector(".rw-nopicture")?.textContent).toContain("It would take 900 MB."),
    );
    await userEvent.click(named(at.el, "Show it all the same"));
    await vi.waitFor(() => expect(at.el.querySelector(".rw-frame img")).toBeTruthy());
    expect(asked(at).at(-1)).toMatchObject({ anyway: true });
  });

  test("the full OME model is asked for on demand, and searched with the header", async () => {
    const values = [
      ["images/0/pixels/size_x", "512"],
      ["instruments/0/lasers/0/model", "OBIS"],
    ];
    const at = await open({ ome: () => ({ values }) });
    await userEvent.click(
      [...at.el.querySelectorAll("button")].find((one) => /Show all/.test(one.textContent ?? "")) as HTMLElement,
    );
    expect(at.model.kernel.heard.some(({ kind }) => kind === "ome")).toBe(false);
    await userEvent.click(named(at.el, "Show the full OME model"));
    await vi.waitFor(() => expect(at.el.querySelector(".rw-tree")?.textContent).toContain("The OME model"));
    expect(at.el.querySelector("dialog")?.textContent).toContain("2 values of the OME model are in the tree.");
    await userEvent.fill(at.el.querySelector("input[type=search]") as HTMLElement, "obis");
    await vi.waitFor(() => expect(at.el.querySelector(".rw-tree")?.textContent).not.toContain("size x"));
    expect(at.el.querySelector(".rw-tree")?.textContent).toContain("lasers[0]");
  });

  for (const theme of ["light", "dark"])
    for (const width of [1280, 390])
      test(`axe finds nothing in ${theme} at ${width} px`, async () => {
        await browser.viewport(width, 900);
        document.documentElement.dataset.theme = theme;
        const at = await open();
        document.documentElement.dataset.theme = theme;
        await userEvent.fill(named(at.el, "Bright from, in %"), "0.5");
        const found = await axe.run(at.el);
        expect(found.violations.map(({ id, nodes }) => `${id}: ${nodes[0]?.html}`)).toEqual([]);
        expect(at.el.textContent).not.toMatch(/ui\.viewer/);
        expect(document.documentElement.scrollWidth).toBeLessThanOrEqual(width);
        delete document.documentElement.dataset.theme;
      });
});
