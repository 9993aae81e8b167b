// The field for terms on a page: the ARIA pattern, the keys, steps up and down, what was used, free text, many terms.

import axe from "axe-core";
import { afterEach, beforeEach, describe, expect, test, vi } from "vitest";
import { page as screen, userEvent } from "vitest/browser";
import type { Match } from "../src/fields/search.ts";
import type { Message } from "../src/wire.ts";
import { named, nameOf, type Page, rest, show } from "./page.ts";

let page: Page | undefined;
beforeEach(() => localStorage.removeItem("rembi:recent-terms"));
afterEach(async () => {
  page?.leave();
  page = undefined;
  delete document.documentElement.dataset.theme;
  await screen.viewport(1280, 800);
});

const hit = (id: string, label: string, more: Partial<Match> = {}): Match => {
  const ontology = id.split(/[:_]/)[0] ?? "";
  return { id, label, ontology, why: "it is a name", score: 1000, confident: true, ...more };
};
const CONFOCAL = hit("FBbi:00000251", "confocal microscopy", {
  broader: 1,
  narrower: 2,
  definition: "Out-of-focus light is kept out.",
});
const SPINNING = hit("FBbi:00000253", "spinning disk confocal microscopy", { broader: 1, score: 700 });
const FLUORESCENCE = hit("FBbi:00000246", "fluorescence microscopy", { narrower: 3 });
const HUMAN = hit("NCBITaxon:9606", "Homo sapiens");
const OFTEN = [hit("FBbi:00000243", "bright-field microscopy", { why: "" })];
const term = ({ id, label, ontology }: Match) => ({ label, id, ontology });

function terms({ query }: Message): object {
  const said = String(query);
  if (!said) return { items: OFTEN };
  if (/^conf/.test(said)) return { items: [CONFOCAL, SPINNING] };
  if (/9606|^Homo sap/.test(said)) return { items: [HUMAN] };
  if (/^some/.test(said)) return { items: [{ ...SPINNING, confident: false }] };
  return { items: [] };
}

function around({ id }: Message): object {
  if (id === CONFOCAL.id)
    return { items: [CONFOCAL], broader: [FLUORESCENCE], narrower: [SPINNING, hit("FBbi:1", "slit-scan")] };
  if (id === FLUORESCENCE.id) return { items: [FLUORESCENCE], broader: [], narrower: [CONFOCAL] };
  return { items: [], broader: [], narrower: [] };
}

interface Given {
  field?: string;
  multiple?: boolean;
  value?: unknown;
  lang?: string;
  label?: string;
}

async function alone({
  field = "imaging_method",
  multiple = false,
  value = null,
  lang = "en",
  label = "",
}: Given = {}) {
  page = await show({
    kind: "term",
    lang,
    value,
    options: { field, multiple, label },
    answers: { terms, "term-around": around },
  });
  return page;
}

async function form(record: object) {
  page = await show({
    section: "biosample",
    options: { single: true, path: "/biosamples/x-1" },
    record: { setup: { imaging: ["light"], targets: ["bia"] }, ...record } as never,
    answers: { terms, "term-around": around },
  });
  return page;
}

const box = (at: Page) => at.el.querySelector<HTMLInputElement>("[role=combobox]") as HTMLInputElement;
const options = (at: Page) => [...at.el.querySelectorAll<HTMLElement>("[role=option]")];
const active = (at: Page) => document.getElementById(box(at).getAttribute("aria-activedescendant") ?? "");
const groups = (at: Page) => [...at.el.querySelectorAll(".rw-listhead")].map((one) => one.textContent);
const said = (at: Page) => at.el.querySelector(".rw-term [role=status]")?.textContent ?? "";

async function type(at: Page, text: string): Promise<void> {
  await userEvent.click(box(at));
  await userEvent.keyboard(text);
  const asked = () => at.model.kernel.heard.filter(({ kind }) => kind === "terms").at(-1);
  await vi.waitFor(() => expect(asked()).toMatchObject({ query: text }));
  await rest(30);
}

async function faults(at: Page): Promise<string[]> {
  const { violations } = await axe.run(at.el, { resultTypes: ["violations"] });
  return violations.map(({ id, nodes }) => `${id}: ${nodes.map(({ html }) => html).join(" ")}`);
}

describe("the pattern", () => {
  test("the input tells whether a list is open, which, and what is active in it", async () => {
    const at = await alone();
    expect(box(at).getAttribute("aria-expanded")).toBe("false");
    expect(box(at).getAttribute("aria-autocomplete")).toBe("list");
    await type(at, "conf");
    expect(box(at).getAttribute("aria-expanded")).toBe("true");
    const list = document.getElementById(box(at).getAttribute("aria-controls") ?? "");
    expect(list?.getAttribute("role")).toBe("listbox");
    expect(active(at)?.getAttribute("aria-selected")).toBe("true");
    expect(options(at).filter((one) => one.getAttribute("aria-selected") === "true")).toHaveLength(1);
    await vi.waitFor(() => expect(document.activeElement).toBe(box(at)));
  });

  test("an option shows label, id, ontology, definition and the reason, with the words typed marked", async () => {
    const at = await alone();
    await type(at, "conf");
    const text = active(at)?.textContent ?? "";
    for (const part of ["confocal microscopy", "FBbi:00000251", "FBbi", "Out-of-focus light", "it is a name"])
      expect(text).toContain(part);
    expect([...(active(at)?.querySelectorAll("mark") ?? [])].map((one) => one.textContent)).toEqual(["conf"]);
  });

  test("hostile texts are text", async () => {
    const at = await alone();
    at.model.kernel.answers.terms = () => ({
      items: [hit("X:1", "<img src=x onerror=alert(1)>", { why: "<b>x</b>" })],
    });
    await type(at, "img");
    expect(at.el.querySelector(".rw-option img, .rw-option .why b b")).toBeNull();
    expect(active(at)?.textContent).toContain("<img src=x");
  });

  test("arrows go round; Home and End lead to the ends once an arrow led into the list", async () => {
    const at = await alone();
    await type(at, "conf");
    await userEvent.keyboard("{Home}");
    expect(box(at).selectionStart).toBe(0);
    expect(active(at)).toBe(options(at)[0]);
    await userEvent.keyboard("{ArrowUp}");
    expect(active(at)).toBe(options(at).at(-1));
    await userEvent.keyboard("{Home}");
    expect(active(at)).toBe(options(at)[0]);
    await userEvent.keyboard("{End}");
    expect(active(at)).toBe(options(at).at(-1));
    await userEvent.keyboard("{ArrowDown}");
    expect(active(at)).toBe(options(at)[0]);
  });

  test("Alt with arrows opens and closes the list, Escape closes it and keeps the text", async () => {
    const at = await alone();
    await type(at, "conf");
    await userEvent.keyboard("{Alt>}{ArrowUp}{/Alt}");
    expect(options(at)).toEqual([]);
    await userEvent.keyboard("{Alt>}{ArrowDown}{/Alt}");
    expect(options(at).length).toBeGreaterThan(1);
    await userEvent.keyboard("{Escape}");
    expect(options(at)).toEqual([]);
    expect(box(at).value).toBe("conf");
    await userEvent.keyboard("{Escape}");
    expect(box(at).value).toBe("");
  });

  test("the number of suggestions is told", async () => {
    const at = await alone();
    await type(at, "conf");
    expect(said(at)).toContain("3 suggestions");
  });

  test.each(["light", "dark"])("axe finds nothing, %s, with the list open, free text and steps", async (theme) => {
    document.documentElement.dataset.theme = theme;
    const at = await alone({ multiple: true, value: [term(CONFOCAL), { label: "my own" }] });
    expect(await faults(at)).toEqual([]);
    await userEvent.click(named(at.el, "Add another: Imaging method"));
    await type(at, "some");
    expect(at.el.querySelector(".rw-listnote")).not.toBeNull();
    expect(await faults(at)).toEqual([]);
    await userEvent.clear(box(at));
    await type(at, "conf");
    await userEvent.keyboard("{PageDown}");
    await vi.waitFor(() => expect(groups(at)).toContain("Narrower"));
    expect(await faults(at)).toEqual([]);
  });

  test("at 390 px nothing runs out of the page and what is pressed is large enough", async () => {
    await screen.viewport(390, 800);
    const at = await alone({ multiple: true, value: [term(CONFOCAL), { label: "a".repeat(90) }], lang: "fr" });
    await userEvent.click(named(at.el, "En ajouter un autre : Méthode d’imagerie"));
    await type(at, "some");
    expect(document.documentElement.scrollWidth).toBeLessThanOrEqual(390);
    const low = [...at.el.querySelectorAll<HTMLElement>(".rw-option, .rw-upordown, button, input")].filter(
      (one) => one.getBoundingClientRect().height < 43.5 && one.checkVisibility(),
    );
    expect(low.map((one) => one.outerHTML)).toEqual([]);
  });
});

describe("up and down", () => {
  test("PageDown shows the narrower terms, Enter takes one", async () => {
    const at = await alone();
    await type(at, "conf");
    await userEvent.keyboard("{PageDown}");
    await vi.waitFor(() => expect(groups(at)).toEqual(["Broader", "This term", "Narrower"]));
    expect(active(at)?.textContent).toContain("spinning disk");
    expect(said(at)).toContain("1 broader term, 2 narrower terms");
    await userEvent.keyboard("{Enter}");
    expect(at.model.get("value")).toEqual(term(SPINNING));
  });

  test("PageUp twice climbs two steps; Escape goes back to what was found, then closes", async () => {
    const at = await alone();
    await type(at, "conf");
    await userEvent.keyboard("{PageUp}");
    await vi.waitFor(() => expect(active(at)?.textContent).toContain("fluorescence"));
    await userEvent.keyboard("{PageUp}");
    await vi.waitFor(() => expect(groups(at)).toEqual(["This term", "Narrower"]));
    expect(active(at)?.textContent).toContain("fluorescence");
    await userEvent.keyboard("{Escape}");
    expect(active(at)?.textContent).toContain("confocal");
    expect(groups(at)).toEqual([]);
    await userEvent.keyboard("{Escape}");
    expect(options(at)).toEqual([]);
    expect(box(at).value).toBe("conf");
  });

  test("where nothing is above or below, the list says so and stays", async () => {
    const at = await alone({ field: "organism" });
    await type(at, "9606");
    await userEvent.keyboard("{PageUp}");
    await vi.waitFor(() => expect(said(at)).toContain("No broader or narrower term than Homo sapiens is known here."));
    expect(active(at)?.textContent).toContain("Homo sapiens");
    await userEvent.keyboard("{Backspace}");
    await vi.waitFor(() => expect(said(at)).not.toContain("No broader"));
  });

  test("typing on leaves the steps", async () => {
    const at = await alone();
    await type(at, "conf");
    await userEvent.keyboard("{PageDown}");
    await vi.waitFor(() => expect(groups(at)).toContain("Narrower"));
    await userEvent.keyboard("o");
    await vi.waitFor(() => expect(groups(at)).toEqual([]));
  });

  test("a button below the list and a handle in the option do the same", async () => {
    const at = await alone();
    await type(at, "conf");
    await userEvent.click(named(at.el, "PgDn narrower than confocal microscopy"));
    await vi.waitFor(() => expect(groups(at)).toContain("Narrower"));
    await vi.waitFor(() => expect(document.activeElement).toBe(box(at)));
    await userEvent.click(named(at.el, "Back"));
    await vi.waitFor(() => expect(groups(at)).toEqual([]));
    await userEvent.click(options(at)[0]?.querySelector(".rw-upordown") as HTMLElement);
    await vi.waitFor(() => expect(groups(at)).toContain("Broader"));
    expect(at.model.get("value")).toBeNull();
  });

  test("an answer that comes after somebody typed on is dropped", async () => {
    const at = await alone();
    at.model.kernel.answers["term-around"] = () => undefined;
    at.model.kernel.silent = false;
    await type(at, "conf");
    at.model.kernel.silent = true;
    await userEvent.keyboard("{PageDown}");
    await vi.waitFor(() => expect(at.model.kernel.heard.at(-1)?.kind).toBe("term-around"));
    const asked = at.model.kernel.heard.at(-1) as Message;
    at.model.kernel.silent = false;
    await userEvent.keyboard("o");
    await rest(200);
    at.model.tell({ kind: "term-around", req: asked.req, ...around(asked) } as never);
    await rest(30);
    expect(groups(at)).toEqual([]);
  });
});

describe("from before", () => {
  const used = (n: number) => ({ id: `o-${n}`, organism: [term(HUMAN)] });

  test("what the study uses comes first, then what is often used; a click opens the list", async () => {
    const at = await form({ biosamples: [{ id: "x-1" }, used(1), used(2)] });
    await userEvent.click(named(at.el, "Organism"));
    await vi.waitFor(() => expect(groups(at)).toEqual(["Used in this study", "Often used"]));
    expect(options(at)[0]?.textContent).toContain("2 times in this study");
    expect(active(at)).toBeNull();
    await userEvent.keyboard("{ArrowDown}{Enter}");
    await vi.waitFor(() => expect(at.edits()[0]?.[0]?.value).toEqual([term(HUMAN)]));
  });

  test("two hundred biosamples open and answer as one does", async () => {
    const many = Array.from({ length: 200 }, (_, n) => used(n));
    const at = await form({ biosamples: [{ id: "x-1" }, ...many] });
    await userEvent.click(named(at.el, "Organism"));
    await vi.waitFor(() => expect(options(at)[0]?.textContent).toContain("200 times in this study"));
  });

  test("what was taken lately is there after a reload", async () => {
    const first = await alone();
    await type(first, "conf");
    await userEvent.keyboard("{Enter}");
    first.leave();
    const at = await alone();
    await userEvent.click(box(at));
    await vi.waitFor(() => expect(groups(at)).toEqual(["Recent", "Often used"]));
    expect(options(at)[0]?.textContent).toContain("confocal microscopy");
  });

  test("with nothing typed and nothing chosen, leaving takes nothing", async () => {
    const at = await alone();
    await userEvent.click(box(at));
    await vi.waitFor(() => expect(options(at).length).toBeGreaterThan(0));
    await userEvent.keyboard("{Tab}");
    await rest(30);
    expect(at.model.get("value")).toBeNull();
  });
});

describe("half a word", () => {
  test("Enter takes what alone begins so, Tab keeps what was typed", async () => {
    const half = {
      items: [
        { ...CONFOCAL, confident: false, begins: true },
        { ...SPINNING, confident: false },
      ],
    };
    const first = await alone();
    first.model.kernel.answers.terms = () => half;
    await type(first, "conf");
    expect(first.el.querySelector(".rw-listnote")).toBeNull();
    await userEvent.keyboard("{Enter}");
    expect(first.model.get("value")).toEqual(term(CONFOCAL));
    first.leave();
    const at = await alone();
    at.model.kernel.answers.terms = () => half;
    await type(at, "conf");
    await userEvent.keyboard("{Tab}");
    await rest(30);
    expect(at.model.get("value")).toEqual({ label: "conf" });
  });
});

test("Enter before the answer takes no guess that nobody saw", async () => {
  const at = await alone();
  at.model.kernel.answers.terms = () => ({ items: [{ ...CONFOCAL, confident: false, begins: true }] });
  await userEvent.click(box(at));
  await userEvent.keyboard("conf{Enter}");
  await vi.waitFor(() => expect(at.model.get("value")).toEqual({ label: "conf" }));
});

describe("the online service", () => {
  const online = ({ query, req }: Message) => ({
    kind: "terms-online",
    query,
    req,
    items: [{ id: "FBbi:00000777", label: "conf online", ontology: "FBbi", definition: "From afar." }],
  });

  test("adds below what is here, later, and moves nothing that was chosen", async () => {
    const at = await alone();
    at.model.kernel.answers["terms-online"] = (message) => online(message);
    await type(at, "conf");
    await userEvent.keyboard("{ArrowDown}");
    const chosen = active(at)?.textContent;
    await vi.waitFor(() =>
      expect(groups(at)).toEqual(["Found", "From the online lookup service (OLS)", "Your own words"]),
    );
    expect(active(at)?.textContent).toBe(chosen);
    await userEvent.keyboard("{ArrowDown}{Enter}");
    expect(at.model.get("value")).toEqual({ label: "conf online", id: "FBbi:00000777", ontology: "FBbi" });
  });

  test("is asked once somebody rests, from three letters on, and not at all where nothing is typed", async () => {
    const at = await alone();
    await type(at, "co");
    await rest(500);
    await userEvent.keyboard("nf");
    await rest(600);
    const asked = at.model.kernel.heard.filter(({ kind }) => kind === "terms-online");
    expect(asked.map(({ query }) => query)).toEqual(["conf"]);
  });

  test("an answer for an older text is dropped", async () => {
    const at = await alone();
    at.model.kernel.answers["terms-online"] = (message) => ({ ...online(message), query: "older" });
    await type(at, "conf");
    await rest(600);
    expect(groups(at)).toEqual([]);
  });
});

describe("free text", () => {
  test("without a confident match the list says so, and Enter keeps what was typed, marked", async () => {
    const at = await alone();
    await type(at, "some thing");
    expect(at.el.querySelector(".rw-listnote")?.textContent).toContain("No confident match for “some thing”");
    expect(said(at)).toContain("No confident match");
    expect(active(at)?.textContent).toContain("Keep “some thing” as free text");
    expect(groups(at)).toEqual(["Perhaps one of these"]);
    await userEvent.keyboard("{Enter}");
    expect(at.model.get("value")).toEqual({ label: "some thing" });
    await vi.waitFor(() => expect(at.el.querySelector(".rw-taken")?.textContent).toContain("free text, no identifier"));
  });

  test("the term can be asked for where the editors are, outside and only when pressed", async () => {
    const at = await alone({ value: { label: "lattice & light" } });
    const [link] = at.el.querySelectorAll<HTMLAnchorElement>(".rw-ask a");
    expect(link?.href).toBe("https://github.com/foundingGIDE/fbbi/issues/new?title=lattice%20%26%20light");
    expect(link?.rel).toContain("noopener");
    expect(link?.target).toBe("_blank");
    expect(link?.getAttribute("aria-label")).toContain("opens outside");
  });

  test("two letters are too few to say that nothing fits", async () => {
    const at = await alone();
    await type(at, "xq");
    expect(at.el.querySelector(".rw-listnote")).toBeNull();
    expect(options(at)).toHaveLength(1);
  });

  test("a term nobody knows is shown as given and kept beside others", async () => {
    const odd = { label: "light-sheet", id: "FBbi_00000999", ontology: "FBbi", version: "old" };
    const at = await alone({ multiple: true, value: [odd] });
    expect(at.el.querySelector(".rw-taken")?.textContent).toContain("FBbi_00000999");
    await userEvent.click(named(at.el, "Add another: Imaging method"));
    await type(at, "conf");
    await userEvent.keyboard("{Enter}");
    expect(at.model.get("value")).toEqual([odd, term(CONFOCAL)]);
  });
});

describe("paste", () => {
  async function paste(at: Page, text: string): Promise<void> {
    await userEvent.click(box(at));
    const carried = document.createElement("textarea");
    document.body.append(carried);
    carried.value = text;
    carried.select();
    await userEvent.copy();
    carried.remove();
    box(at).focus();
    await userEvent.paste();
  }

  test.each([
    "NCBITaxon:9606",
    "NCBITaxon_9606",
    "http://purl.obolibrary.org/obo/NCBITaxon_9606",
    "Homo sapiens (human)",
  ])("%s becomes the term at once", async (text) => {
    const at = await alone({ field: "organism" });
    await paste(at, text);
    await vi.waitFor(() => expect(at.model.get("value")).toEqual(term(HUMAN)));
    await vi.waitFor(() => expect(at.el.querySelector(".rw-taken")?.textContent).toContain("NCBITaxon:9606"));
  });

  test("other words are only looked for", async () => {
    const at = await alone();
    await paste(at, "confocal");
    await vi.waitFor(() => expect(options(at)).toHaveLength(3));
    expect(at.model.get("value")).toBeNull();
  });
});

describe("several terms", () => {
  const value = [term(CONFOCAL), term(SPINNING)];

  test("Delete on a term removes it, arrows go from one to the next", async () => {
    const at = await alone({ multiple: true, value });
    named(at.el, "Remove confocal microscopy from Imaging method").focus();
    await userEvent.keyboard("{ArrowRight}");
    expect(nameOf(document.activeElement as HTMLElement)).toBe(
      "Remove spinning disk confocal microscopy from Imaging method",
    );
    await userEvent.keyboard("{ArrowLeft}{Delete}");
    expect(at.model.get("value")).toEqual([term(SPINNING)]);
    await vi.waitFor(() => expect(at.el.contains(document.activeElement)).toBe(true));
  });

  test("Backspace in an empty input leads to the last term", async () => {
    const at = await alone({ multiple: true, value });
    await userEvent.click(named(at.el, "Add another: Imaging method"));
    await userEvent.keyboard("{Backspace}");
    await vi.waitFor(() =>
      expect(nameOf(document.activeElement as HTMLElement)).toBe(
        "Remove spinning disk confocal microscopy from Imaging method",
      ),
    );
    expect(at.model.get("value")).toEqual(value);
  });

  test("no term stands twice", async () => {
    const at = await alone({ multiple: true, value });
    await userEvent.click(named(at.el, "Add another: Imaging method"));
    await type(at, "conf");
    await userEvent.keyboard("{Enter}");
    expect(at.model.get("value")).toEqual([term(SPINNING), term(CONFOCAL)]);
  });

  test("one alone gives a term, and none gives null", async () => {
    const at = await alone({ value: term(CONFOCAL) });
    await userEvent.click(named(at.el, "Remove confocal microscopy from Imaging method"));
    expect(at.model.get("value")).toBeNull();
    at.model.set("value", term(SPINNING));
    at.model.happen("change:value");
    await vi.waitFor(() => expect(at.el.querySelector(".rw-taken")?.textContent).toContain("spinning disk"));
  });
});

describe("typing", () => {
  test("is never held up: a kernel that does not answer costs no letter, and the text is kept", async () => {
    const at = await alone();
    at.model.kernel.silent = true;
    await userEvent.click(box(at));
    await userEvent.keyboard("confocal something");
    expect(box(at).value).toBe("confocal something");
    await userEvent.keyboard("{Tab}");
    await rest(30);
    expect(at.model.get("value")).toEqual({ label: "confocal something" });
  });

  test("questions are numbered, and only the answer to the last counts", async () => {
    const at = await alone();
    await type(at, "conf");
    const seqs = at.model.kernel.heard.filter(({ kind }) => kind === "terms").map(({ seq }) => Number(seq));
    expect(seqs).toEqual([...seqs].sort((a, b) => a - b));
    expect(new Set(seqs).size).toBe(seqs.length);
  });

  test("who seeks a term for what stands there sees the list at once, and leaving takes nothing", async () => {
    const at = await alone({ value: { label: "conf" } });
    await userEvent.click(named(at.el, "Find a term for Imaging method, now conf"));
    await vi.waitFor(() => expect(options(at)).toHaveLength(3));
    await userEvent.keyboard("{Tab}");
    await rest(30);
    expect(at.model.get("value")).toEqual({ label: "conf" });
  });

  test("in French the list speaks French", async () => {
    const at = await alone({ lang: "fr" });
    await type(at, "some");
    expect(at.el.querySelector(".rw-listnote")?.textContent).toContain("Aucun résultat sûr");
    expect(at.el.textContent?.match(/\bui\.[a-z_.]+/g)).toBeNull();
  });
});
