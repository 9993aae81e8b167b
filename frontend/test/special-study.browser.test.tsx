// People, organisations and samples: chips, references that are made where they are needed, pairs made together.

import { afterEach, describe, expect, test, vi } from "vitest";
import { userEvent } from "vitest/browser";
import type { Edit } from "../src/types.ts";
import { named, type Page, show } from "./page.ts";

let page: Page | undefined;
afterEach(() => {
  page?.leave();
  page = undefined;
});

async function open(section: string, record: object): Promise<Page> {
  page = await show({ section, record: structuredClone(record) as never });
  return page;
}

async function changes(at: Page, n: number): Promise<Edit[][]> {
  await vi.waitFor(() => expect(at.edits().length).toBe(n));
  return at.edits();
}

const STUDY = {
  study: {},
  people: [
    {
      id: "pe-1",
      first_name: "Ada",
      last_name: "Example",
      orcid: "0000-0002-1825-0097",
      roles: [{ label: "investigation" }],
      affiliations: ["or-1"],
    },
    { id: "pe-2", last_name: "Beispiel" },
  ],
  organisations: [
    { id: "or-1", title: "Institute of Shape" },
    { id: "or-2", title: "Facility", ror: "https://ror.org/02catss52" },
  ],
};

async function person(at: Page, name: string): Promise<HTMLElement> {
  const card = [...at.el.querySelectorAll<HTMLElement>(".rw-rowcard")].find((one) => one.textContent?.includes(name));
  await userEvent.click(card?.querySelector(".rw-rowtitle") as HTMLElement);
  for (const fold of card?.querySelectorAll("details") ?? []) fold.open = true;
  await vi.waitFor(() => named(card as HTMLElement, "Add a role"));
  return card as HTMLElement;
}

describe("people", () => {
  test("a closed row says what is known", async () => {
    const at = await open("study", STUDY);
    const [first] = [...at.el.querySelectorAll(".rw-rowtitle")];
    expect(first?.textContent).toMatch(/Ada Example.*ORCID.*Institute of Shape · Investigation/);
  });

  test("roles are chips, added by their names in the person's language and taken away", async () => {
    const at = await open("study", STUDY);
    const card = await person(at, "Ada");
    await userEvent.fill(named(card, "Add a role"), "data cur");
    await userEvent.keyboard("{Enter}");
    const curation = { label: "data curation", ontology: "CRediT" };
    const [[set]] = (await changes(at, 1)) as [[Edit]];
    expect(set).toMatchObject({ op: "set", path: "/people/pe-1/roles", value: [{ label: "investigation" }, curation] });
    await userEvent.click(named(card, "Remove Investigation from Roles"));
    expect((await changes(at, 2))[1]).toMatchObject([{ path: "/people/pe-1/roles", value: [curation] }]);
  });

  test("a role in other words is kept", async () => {
    const at = await open("study", STUDY);
    const card = await person(at, "Beispiel");
    await userEvent.fill(named(card, "Add a role"), "mouse keeper");
    await userEvent.keyboard("{Enter}");
    expect(await changes(at, 1)).toMatchObject([[{ path: "/people/pe-2/roles", value: [{ label: "mouse keeper" }] }]]);
  });

  test("an organisation is chosen, or made and linked in one change", async () => {
    const at = await open("study", STUDY);
    const card = await person(at, "Beispiel");
    await userEvent.fill(named(card, "Add an affiliation"), "Fac");
    await userEvent.keyboard("{Enter}");
    expect((await changes(at, 1))[0]).toEqual([{ op: "set", path: "/people/pe-2/affiliations", value: ["or-2"] }]);
    await userEvent.fill(named(card, "Add an affiliation"), "New Lab");
    await userEvent.keyboard("{Enter}");
    const [add, set] = (await changes(at, 2))[1] as [Edit, Edit];
    expect(add).toMatchObject({ op: "add", path: "/organisations", value: { title: "New Lab" } });
    expect(set).toMatchObject({ path: "/people/pe-2/affiliations", value: ["or-2", add.id] });
  });

  test("a wrong digit of an ORCID is said at once", async () => {
    const at = await open("study", STUDY);
    const card = await person(at, "Beispiel");
    await userEvent.fill(named(card, "ORCID iD"), "0000-0002-1825-0098");
    await vi.waitFor(() => expect(card.textContent).toContain("This ORCID has a wrong digit"));
  });

  test("the order can be changed", async () => {
    const at = await open("study", STUDY);
    await userEvent.click(named(at.el, "More for Beispiel"));
    await userEvent.click(
      [...at.el.querySelectorAll<HTMLElement>("[role=menuitem]")].find(
        (one) => one.textContent === "Move up",
      ) as HTMLElement,
    );
    expect(await changes(at, 1)).toEqual([[{ op: "move", path: "/people/pe-2", after: null }]]);
  });

  test("empty lists say what belongs there", async () => {
    const at = await open("study", { study: {} });
    expect(at.el.textContent).toContain("Add a person");
    expect(at.el.querySelectorAll(".rw-cards ul")).toHaveLength(0);
  });
});

const SAMPLES = {
  biosamples: [
    { id: "bs-1", title: "HeLa" },
    { id: "bs-2", title: "3T3" },
  ],
  specimens: [{ id: "sp-1", title: "Fixed" }],
};

describe("samples", () => {
  test("all pairs that make sense are made in one change", async () => {
    const at = await open("sample", SAMPLES);
    expect(at.el.textContent).toContain("2 samples can be made. “HeLa” and “3T3” in your only preparation, “Fixed”.");
    await userEvent.click(named(at.el, "Make these 2 samples"));
    const [edits] = await changes(at, 1);
    expect(edits).toMatchObject([
      { op: "add", path: "/samples", value: { title: "HeLa", biosample: "bs-1", specimen: "sp-1" } },
      { op: "add", path: "/samples", value: { title: "3T3", biosample: "bs-2", specimen: "sp-1" } },
    ]);
    await vi.waitFor(() => expect(at.el.textContent).not.toContain("can be made"));
  });

  test("the head says the pair, and where it was imaged", async () => {
    const at = await open("sample", {
      ...SAMPLES,
      samples: [{ id: "sa-1", title: "s", biosample: "bs-1", specimen: "sp-1" }],
      components: [{ id: "sc-1", title: "Fixed cells", associations: [{ id: "as-1", sample: "sa-1" }] }],
    });
    expect(at.el.querySelector(".rw-pairhead")?.textContent).toMatch(
      /Biosample.*HeLa.*Specimen.*Fixed.*Imaged in Fixed cells\./,
    );
  });

  test("a half that is missing is named", async () => {
    const at = await open("sample", { ...SAMPLES, samples: [{ id: "sa-1", title: "s" }] });
    expect(at.el.querySelector(".rw-pairhead")?.textContent).toMatch(/Biosample.*none yet.*Specimen.*none yet/);
  });
});
