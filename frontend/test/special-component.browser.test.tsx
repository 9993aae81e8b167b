// A study component: lines that join a sample to an acquisition, images by folder, what is proposed from names.

import { afterEach, describe, expect, test, vi } from "vitest";
import { userEvent } from "vitest/browser";
import type { Edit, Node } from "../src/types.ts";
import type { Message } from "../src/wire.ts";
import { named, type Page, rest, show } from "./page.ts";

let page: Page | undefined;
afterEach(() => {
  page?.leave();
  page = undefined;
});

const LIST = "/components/sc-1/associations";
const RECORD = {
  biosamples: [
    { id: "bs-1", title: "HeLa" },
    { id: "bs-2", title: "3T3" },
  ],
  specimens: [{ id: "sp-1", title: "Fixed" }],
  samples: [
    { id: "sa-1", title: "HeLa control", biosample: "bs-1", specimen: "sp-1", experimental_status: "control" },
    { id: "sa-2", title: "HeLa latA", biosample: "bs-1", specimen: "sp-1", experimental_status: "test" },
  ],
  acquisitions: [{ id: "ac-1", title: "Confocal" }],
  components: [
    {
      id: "sc-1",
      title: "Fixed cells",
      associations: [
        { id: "as-1", sample: "sa-1", acquisition: "ac-1" },
        { id: "as-2", acquisition: "ac-1" },
      ],
    },
    { id: "sc-2", title: "Live" },
  ],
};

function images(): Node[] {
  const of = (folder: string, n: number, more: Node) =>
    Array.from({ length: n }, (_, at) => ({ id: `im-${folder}-${at}`, path: `${folder}/f${at}.tif`, ...more }));
  return [
    ...of("c/control", 3, { component: "sc-1", group: "a" }),
    ...of("c/test", 2, { component: "sc-1", group: "a" }),
    ...of("live", 4, { component: "sc-2", group: "b" }),
  ];
}

async function open(more: object = {}): Promise<Page> {
  const record = structuredClone({ ...RECORD, ...more }) as never;
  page = await show({ section: "component", record, rows: { images: images(), files: [] } });
  await vi.waitFor(() => expect(page?.el.querySelector(".rw-files")).toBeTruthy());
  return page;
}

const heard = (at: Page, kind: string): Message[] => at.model.kernel.heard.filter((message) => message.kind === kind);
const text = (at: Page) => at.el.textContent ?? "";

async function changes(at: Page, n: number): Promise<Edit[][]> {
  await vi.waitFor(() => expect(at.edits().length).toBe(n));
  return at.edits();
}

describe("lines", () => {
  test("each says its biosample, specimen, status, acquisition and number of images", async () => {
    const at = await open();
    const [first, second] = [...at.el.querySelectorAll(".rw-lines tbody tr")];
    expect(first?.textContent).toMatch(/HeLa.*HeLa control.*Fixed.*Control.*Confocal/);
    expect(second?.textContent).toContain("Choose a sample");
    await vi.waitFor(() =>
      expect([...at.el.querySelectorAll("td.is-number")].map((td) => td.textContent)).toEqual(["0", "0"]),
    );
  });

  test("a new line begins with the only acquisition, opens, and takes the focus", async () => {
    const at = await open();
    await userEvent.click(named(at.el, "Add a line"));
    const [[add]] = (await changes(at, 1)) as [[Edit]];
    expect(add).toMatchObject({ op: "add", path: LIST, value: { acquisition: "ac-1", sample: "sa-2" } });
    await vi.waitFor(() => expect(document.activeElement?.getAttribute("aria-label")).toBe("Biosample"));
  });

  test("choosing a biosample finds or makes the sample, in one change", async () => {
    const at = await open();
    await userEvent.click(named(at.el, "Choose a sample for line 2"));
    await userEvent.fill(named(at.el, "Biosample"), "3T");
    await userEvent.keyboard("{Enter}");
    const [[add, set]] = (await changes(at, 1)) as [[Edit, Edit]];
    expect(add).toMatchObject({
      op: "add",
      path: "/samples",
      value: { title: "3T3", biosample: "bs-2", specimen: "sp-1" },
    });
    expect(set).toEqual({ op: "set", path: `${LIST}/as-2/sample`, value: add.id });
  });

  test("a biosample nobody has named yet is made with its sample, in the same change", async () => {
    const at = await open();
    await userEvent.click(named(at.el, "Choose a sample for line 2"));
    await userEvent.fill(named(at.el, "Biosample"), "U2OS");
    await userEvent.keyboard("{Enter}");
    const [[biosample, sample, line]] = (await changes(at, 1)) as [[Edit, Edit, Edit]];
    expect(biosample).toMatchObject({ op: "add", path: "/biosamples", value: { title: "U2OS" } });
    expect(sample).toMatchObject({
      path: "/samples",
      value: { biosample: biosample.id, specimen: "sp-1", title: "U2OS" },
    });
    expect(line.value).toBe(sample.id);
  });

  test("a name that is left without a choice stays, and says what to do", async () => {
    const at = await open();
    await userEvent.click(named(at.el, "Choose a sample for line 2"));
    const input = named(at.el, "Biosample") as HTMLInputElement;
    await userEvent.fill(input, "zebra");
    input.blur();
    await vi.waitFor(() => expect(text(at)).toContain("There is no “zebra” yet."));
    expect(input.value).toBe("zebra");
    expect(input.getAttribute("aria-invalid")).toBe("true");
    expect(at.edits()).toEqual([]);
  });

  test("several samples of one pair: a person says which", async () => {
    const at = await open();
    await userEvent.click(named(at.el, "Edit HeLa control"));
    await userEvent.selectOptions(named(at.el, "Which of its 2 samples"), "sa-2");
    expect(await changes(at, 1)).toEqual([[{ op: "set", path: `${LIST}/as-1/sample`, value: "sa-2" }]]);
  });

  test("a line goes, and comes back where it was", async () => {
    const at = await open();
    await userEvent.click(named(at.el, "Remove HeLa control"));
    expect((await changes(at, 1))[0]).toEqual([{ op: "remove", path: `${LIST}/as-1` }]);
    await userEvent.keyboard("{Enter}"); // the focus is on "Bring back"
    expect((await changes(at, 2))[1]).toMatchObject([
      { op: "add", path: LIST, id: "as-1", after: null, value: { sample: "sa-1", acquisition: "ac-1" } },
    ]);
  });

  test("Escape closes a line being edited and gives the focus back", async () => {
    const at = await open();
    const edit = named(at.el, "Edit HeLa control");
    await userEvent.click(edit);
    named(at.el, "Biosample").focus();
    await userEvent.keyboard("{Escape}");
    await vi.waitFor(() => expect(at.el.querySelector(".rw-lineedit")).toBeNull());
    await vi.waitFor(() => expect(document.activeElement).toBe(edit));
  });
});

describe("images", () => {
  test("those without a sample are counted, and what could be assigned is shown before it is done", async () => {
    const at = await open();
    expect(text(at)).toContain("5 images are not assigned yet.");
    await userEvent.click(named(at.el, "Assign by folder"));
    const proposal = at.el.querySelector(".rw-proposal") as HTMLElement;
    expect(proposal.textContent).toMatch(/c\/control\/.*3 images.*HeLa control.*c\/test\/.*2 images.*HeLa latA/);
    expect(heard(at, "assign")).toEqual([]);
    await userEvent.click(named(at.el, "Assign these 5 images"));
    await vi.waitFor(() => expect(heard(at, "assign")).toHaveLength(1));
    expect(heard(at, "assign")[0]).toMatchObject({
      within: "sc-1",
      open: true,
      items: [
        { folder: "c/control", below: false, sample: "sa-1" },
        { folder: "c/test", below: false, sample: "sa-2" },
      ],
    });
    await vi.waitFor(() => expect(document.activeElement?.textContent).toBe("5 images now have a sample."));
  });

  test("a folder can be left out of what is proposed", async () => {
    const at = await open();
    await userEvent.click(named(at.el, "Assign by folder"));
    await userEvent.click(at.el.querySelectorAll(".rw-proposal input")[1] as HTMLElement);
    await userEvent.click(named(at.el, "Assign these 3 images"));
    await vi.waitFor(() => expect(heard(at, "assign")[0]?.items).toHaveLength(1));
  });

  test("a folder gets a line or another sample", async () => {
    const at = await open();
    const select = named(at.el, "Sample for the 3 images of c/control/") as HTMLSelectElement;
    expect([...select.options].map((option) => option.text)).toEqual(["Choose a sample", "HeLa control", "HeLa latA"]);
    await userEvent.selectOptions(select, "HeLa control");
    await vi.waitFor(() => expect(heard(at, "assign")).toHaveLength(1));
    expect(heard(at, "assign")[0]).toMatchObject({
      within: "sc-1",
      folder: "c/control",
      below: false,
      association: "as-1",
    });
    await vi.waitFor(() => expect(text(at)).toContain("3 images now show HeLa control."));
    await vi.waitFor(() => expect(text(at)).toContain("2 images are not assigned yet."));
    await userEvent.selectOptions(named(at.el, "Sample for the 2 images of c/test/"), "HeLa latA");
    await vi.waitFor(() => expect(heard(at, "assign")[1]).toMatchObject({ folder: "c/test", sample: "sa-2" }));
  });

  test("a folder of another component moves in", async () => {
    const at = await open();
    await userEvent.click(at.el.querySelector("details.rw-fold:last-of-type summary") as HTMLElement);
    expect(text(at)).toContain("now in: Live");
    await userEvent.click(named(at.el, "Move here the images of live/"));
    await vi.waitFor(() => expect(text(at)).toContain("4 images are now in this component."));
    expect(heard(at, "assign")[0]).toMatchObject({ component: "sc-1", folder: "live", below: false });
    await vi.waitFor(() => expect(at.el.querySelector("[aria-label='Taken in the same way']")).toBeTruthy());
  });

  test("a component without images says so", async () => {
    page = await show({ section: "component", record: structuredClone(RECORD) as never });
    await vi.waitFor(() => expect(text(page as Page)).toContain("No image is in this component yet."));
    expect(text(page)).not.toContain("not assigned yet");
  });

  test("when the kernel cannot count, it says why and can be asked again", async () => {
    let asked = 0;
    const folders = () => (++asked === 1 ? { kind: "refused", message: "The disk is away." } : undefined);
    page = await show({ section: "component", record: structuredClone(RECORD) as never, answers: { folders } });
    await vi.waitFor(() => expect(text(page as Page)).toContain("The disk is away."));
    await userEvent.click(named(page.el, "Try again"));
    await vi.waitFor(() => expect(text(page as Page)).not.toContain("The disk is away."));
  });
});

test("the component reads as a sentence", async () => {
  const at = await open();
  await rest(20);
  expect(at.el.querySelector(".rw-sentence p")?.textContent).toBe(
    "This component joins 5 images, 1 sample, 1 preparation, and 1 acquisition.",
  );
});
