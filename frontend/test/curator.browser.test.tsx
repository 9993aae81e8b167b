// The curator as a whole: first screen, rail, panel, findings, export, and what it says when the kernel is gone.

import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { page as browser } from "vitest/browser";
import { PATIENCE_MS } from "../src/wire.ts";
import { asked, button, curate, FINDINGS, key, press, RECORD } from "./curating.ts";
import { type Page, rest } from "./page.ts";

let page: Page | undefined;
const open = async (...given: Parameters<typeof curate>) => {
  page = await curate(...given);
  return page;
};

beforeEach(() => browser.viewport(1440, 900));
afterEach(() => {
  page?.leave();
  page = undefined;
  vi.useRealTimers();
});

const text = (root: Element, selector: string) => root.querySelector(selector)?.textContent ?? "";

test("the rail says how far each section is, and the next best step in words", async () => {
  const { el } = await open();
  const rail = el.querySelector(".rw-rail") as Element;
  expect(button(rail, "Study").textContent).toContain("1 to do");
  expect(button(rail, "Image acquisition").textContent).toContain("1 to confirm");
  expect(button(rail, "Annotation").className).toContain("is-folded");
  expect(text(rail, ".rw-next button")).toContain("Answer: Study, Description");
  expect(rail.querySelector(".rw-more")?.textContent).toContain("Image correlation");
  await press(rail, "Answer: Study");
  expect(text(el, ".rw-main h1")).toBe("Study");
});

test("a place that was opened gets the focus on its title, and loading again leads back to it", async () => {
  const { el } = await open();
  await press(el.querySelector(".rw-rail") as Element, "Findings");
  await rest(60);
  await vi.waitFor(() => expect(document.activeElement).toBe(el.querySelector(".rw-main h1")));
  expect(sessionStorage.getItem("rembi-place:/data/set")).toContain("findings");
  expect(button(el.querySelector(".rw-rail") as Element, "Findings").getAttribute("aria-current")).toBe("page");
});

test("a curation without a target asks first; the folder is filled in, and nothing is read before the button", async () => {
  const { el, model, edits } = await open({ record: { ...RECORD, setup: {} } });
  expect(text(el, "h1")).toContain("Describe your images once");
  expect((el.querySelector("[data-first]") as HTMLInputElement).value).toBe("/data/set");
  expect(asked({ model } as Page, "scan")).toHaveLength(0);
  await press(el, "Read this folder");
  expect(edits()[0]).toEqual([
    { op: "set", path: "/setup/imaging", value: ["light"] },
    { op: "set", path: "/setup/targets", value: ["isatab"] },
  ]);
  expect(asked({ model } as Page, "scan")).toHaveLength(1);
  await rest(60);
  await vi.waitFor(() => expect(document.activeElement === el.querySelector(".rw-main h1")).toBe(true));
});

test("without a folder the first screen opens the one that is named, with what was chosen", async () => {
  const { el, model } = await open({ record: { setup: {} }, folder: null, options: { start: true, folder: "/data" } });
  await press(el, "Read this folder");
  expect(el.querySelector("[data-first]")?.getAttribute("aria-invalid")).toBe("true");
  await vi.waitFor(() => expect(document.activeElement).toBe(el.querySelector("[data-first]")));
  for (const choice of el.querySelectorAll<HTMLInputElement>(".rw-choice input")) {
    if (choice.parentElement?.textContent?.match(/Electron|BioImage/)) choice.click();
    await rest(10);
  }
  await press(el, "Choose");
  const dialog = el.querySelector("dialog") as HTMLDialogElement;
  await press(dialog, "a");
  await press(dialog, "Take this folder");
  expect(el.querySelector("dialog")).toBeNull();
  await press(el, "Read this folder");
  const [message] = asked({ model } as Page, "open");
  expect(message).toMatchObject({ folder: "/data/a", imaging: ["light", "electron"], targets: ["isatab", "bia"] });
});

test("a ticket goes to the kernel; one that is too large is refused with both sizes", async () => {
  const { el, model } = await open({ record: { setup: {} }, folder: null, options: { start: true } });
  (el.querySelectorAll(".rw-door input")[1] as HTMLInputElement).click();
  await rest(30);
  const field = el.querySelector("input[type=file]") as HTMLInputElement;
  const give = (file: File) => {
    const held = new DataTransfer();
    held.items.add(file);
    field.files = held.files;
    field.dispatchEvent(new Event("change", { bubbles: true }));
    return rest(20);
  };
  await give(new File([new Uint8Array(10 * 1024 * 1024)], "t.zip"));
  await press(el, "Bring it back");
  expect(text(el, "[role=alert]")).toContain("Found: 10.5 MB. At most: 9.4 MB");
  await give(new File(["ticket"], "t.zip"));
  await press(el, "Bring it back");
  const [sent] = asked({ model } as Page, "restore");
  expect((sent as unknown as { buffers: ArrayBuffer[] }).buffers[0]?.byteLength).toBe(6);
});

test("findings stand by level with what was found and wanted; a fix and a jump work", async () => {
  const { el, model } = await open();
  await press(el.querySelector(".rw-rail") as Element, "Findings");
  const main = el.querySelector(".rw-main") as Element;
  expect([...main.querySelectorAll(".rw-findgroup h2")].map((head) => head.textContent)).toEqual([
    "Would be refused 1",
    "A curator would send it back 1",
    "Worth a look 1",
  ]);
  expect(text(main, ".rw-finding h3")).toBe("Study: Description is empty.");
  expect(text(main, ".rw-finding .rw-versus")).toContain("Wanteda summary");
  await press(main, "Use 0097");
  const [fix] = asked({ model } as Page, "fix");
  expect(fix).toMatchObject({ code: "orcid", path: "/people/pe-1/orcid", target: "isatab" });
  await press(main, "Go to the field");
  expect(text(el, ".rw-main h1")).toBe("Study");
});

test("a finding about an image leads to the table, to that row", async () => {
  const { el, model } = await open();
  await press(el.querySelector(".rw-rail") as Element, "Findings");
  const [, , last] = el.querySelectorAll(".rw-main .rw-finding");
  await press(last as Element, "Go to the field");
  const message = asked({ model } as Page, "rows").at(-1);
  expect(message).toMatchObject({ table: "images", rows: ["im-2"] });
});

test("an export is saved by the browser under the name the kernel gave", async () => {
  const { el } = await open();
  const saved = vi.fn();
  const click = vi.spyOn(HTMLAnchorElement.prototype, "click").mockImplementation(function (this: HTMLAnchorElement) {
    saved(this.download, this.href.startsWith("blob:"));
  });
  await press(el, "Export");
  await rest(60);
  await vi.waitFor(() => expect(document.activeElement?.textContent).toBe("Export"));
  await press(el.querySelector(".rw-main") as Element, "Export ISA-Tab");
  expect(saved).toHaveBeenCalledWith("set-isatab.zip", true);
  expect(text(el, ".rw-main .rw-banner.is-ok")).toContain("One thing remains that would be refused.");
  await press(el.querySelector(".rw-main") as Element, "Download the ticket");
  expect(saved).toHaveBeenLastCalledWith("set.rembi-ticket.zip", true);
  click.mockRestore();
});

test("a submission to the archive is offered once it is a target", async () => {
  const { el, model } = await open();
  await press(el, "Export");
  await rest(60);
  const labels = () => [...el.querySelectorAll(".rw-main .rw-btns .rw-btn")].map((button) => button.textContent ?? "");
  expect(labels().some((label) => label.includes("BioImage Archive"))).toBe(false);
  await press(el.querySelector(".rw-rail") as Element, "Findings");
  await press(el.querySelector(".rw-targets") as Element, "BioImage Archive");
  await press(el.querySelector(".rw-main") as Element, "Check for BioImage Archive too");
  await press(el, "Export");
  await rest(60);
  expect(labels().some((label) => label.includes("BioImage Archive"))).toBe(true);
  await press(el.querySelector(".rw-main") as Element, "Export BioImage Archive");
  expect(asked({ model } as Page, "export").at(-1)).toMatchObject({ format: "bia" });
});

test("a target that was not chosen is one press away", async () => {
  const { el, edits } = await open();
  await press(el.querySelector(".rw-rail") as Element, "Findings");
  await press(el.querySelector(".rw-targets") as Element, "OMERO");
  await press(el.querySelector(".rw-main") as Element, "Check for OMERO too");
  expect(edits().at(-1)).toEqual([{ op: "set", path: "/setup/targets", value: ["isatab", "omero"] }]);
});

test("without the kernel the bar says how much is kept here, and the change stays", async () => {
  const { el, model } = await open();
  vi.useFakeTimers();
  model.kernel.silent = true;
  await press0(el, "Study");
  const field = el.querySelector(".rw-main input[type=text], .rw-main textarea") as HTMLInputElement;
  field.value = "Other";
  field.dispatchEvent(new InputEvent("input", { bubbles: true }));
  field.dispatchEvent(new FocusEvent("blur"));
  field.dispatchEvent(new FocusEvent("focusout", { bubbles: true }));
  await vi.advanceTimersByTimeAsync(PATIENCE_MS + 1000);
  expect(text(el, ".rw-save")).toContain("No connection. 1 change is kept in this browser");
  expect(localStorage.length).toBeGreaterThan(0);
});

async function press0(el: Element, name: string): Promise<void> {
  button(el.querySelector(".rw-rail") as Element, name).click();
  await vi.advanceTimersByTimeAsync(100);
}

test("what was restored and what opening found is said until it is understood", async () => {
  const { el } = await open({ said: { report: ["One line could not be read."] } });
  expect(text(el, ".rw-banners")).toContain("One line could not be read.");
  await press(el.querySelector(".rw-banners") as Element, "Understood");
  expect(el.querySelector(".rw-banners")).toBeNull();
});

test("a refusal is an alert that stays until it is dismissed", async () => {
  const { el } = await open({
    answers: { undo: () => ({ kind: "refused", message: "Not now." }) },
    said: { undo: true },
  });
  await press(el, "Undo");
  expect(text(el, "[role=alert]")).toBe("Not now.");
  await press(el, "Dismiss");
  expect(text(el, "[role=alert]")).toBe("");
});

test("the keys lead to the next finding, field and section, and undo outside of text", async () => {
  const { el, model } = await open({ said: { undo: true } });
  await key(el.querySelector(".rw-main h1"), "F9");
  expect(text(el, ".rw-main h1")).toBe("Study");
  await key(el.querySelector(".rw-main h1"), "PageDown", { altKey: true });
  expect(text(el, ".rw-main h1")).toBe("Biosample");
  await key(el.querySelector(".rw-main h1"), "F8");
  expect(text(el, ".rw-main h1")).toBe("Study");
  await key(el.querySelector(".rw-main h1"), "z", { ctrlKey: true });
  expect(asked({ model } as Page, "undo")).toHaveLength(1);
  await key(el.querySelector(".rw-main input[type=text]"), "z", { ctrlKey: true });
  expect(asked({ model } as Page, "undo")).toHaveLength(1);
});

test("the panel: help of the focused field with its origin, findings of the section, tabs by arrow keys", async () => {
  const { el } = await open();
  await press(el.querySelector(".rw-rail") as Element, "Image acquisition");
  (el.querySelector(".rw-main input[type=text]") as HTMLInputElement).focus();
  await rest(50);
  const side = el.querySelector(".rw-side") as Element;
  expect(text(side, ".rw-panel")).toContain("Image/@Name");
  expect(text(side, ".rw-panel")).toContain("9 of 12 files");
  expect(text(side, ".rw-panel")).toContain("Where it will appear");
  await key(side.querySelector("[role=tab]"), "ArrowRight");
  await vi.waitFor(() => expect(document.activeElement?.textContent).toContain("Findings"));
  await press(el.querySelector(".rw-rail") as Element, "Study");
  expect(side.querySelectorAll(".rw-found")).toHaveLength(2);
  await press(side, "Use 0097");
});

test("the drawer of a slim page closes after a choice and with Escape", async () => {
  await browser.viewport(900, 800);
  const { el } = await open();
  const drawer = el.querySelector(".rw-drawer") as HTMLDetailsElement;
  drawer.open = true;
  await rest(20);
  await press(drawer, "Study");
  expect(drawer.open).toBe(false);
  expect(text(el, ".rw-main h1")).toBe("Study");
  drawer.open = true;
  await key(drawer.querySelector("button"), "Escape");
  expect(drawer.open).toBe(false);
  await vi.waitFor(() => expect(document.activeElement).toBe(drawer.querySelector("summary")));
});

test("French is one press away and the page then speaks it", async () => {
  const { el } = await open();
  await press(el, "FR");
  await rest(50);
  expect(text(el, ".rw-rail h2")).toBe("Regarder");
  expect(el.querySelector(".rw-app")?.getAttribute("lang")).toBe("fr");
});

test("findings alone in a cell: fixes and exports, no way to a field", async () => {
  const { el } = await open({ kind: "findings" });
  expect(text(el, ".rw-findgroup")).toContain(String(FINDINGS[0]?.message.split(" Found")[0]));
  expect(el.textContent).not.toContain("Go to the field");
  expect(button(el, "Export ISA-Tab")).toBeTruthy();
});
