// Being led to a field: what is folded around it opens, and it has the focus; and what the screen reports back.

import { render as mount } from "preact";
import "../src/styles.css";
import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { userEvent } from "vitest/browser";
import { type Place, StoreProvider, WayProvider } from "../src/context.tsx";
import { SectionScreen } from "../src/form/section.tsx";
import { SPECIAL } from "../src/form/special.ts";
import { Store } from "../src/store.ts";
import { GUIDE, TEXTS } from "./guide.ts";
import { FakeModel } from "./model.ts";
import { named } from "./page.ts";

const record = {
  setup: { imaging: ["light"], targets: ["bia"] },
  study: {},
  people: [
    { id: "pe-1", last_name: "a" },
    { id: "pe-2", last_name: "b" },
  ],
  biosamples: [
    { id: "bs-1", title: "one" },
    { id: "bs-2", title: "two" },
  ],
  acquisitions: [
    {
      id: "ac-1",
      title: "a",
      channels: [
        { id: "ch-1", name: "DAPI" },
        { id: "ch-2", name: "GFP" },
      ],
    },
  ],
};

let el: HTMLElement;
let store: Store;
const went: Place[] = [];
const looked: string[] = [];

beforeEach(async () => {
  el = document.createElement("div");
  el.className = "rw";
  document.body.append(el);
  went.length = looked.length = 0;
  const kernel = { folder: null, guide: GUIDE, texts: TEXTS, record: structuredClone(record) as never };
  store = new Store(new FakeModel({ lang: "en" }, kernel));
  await store.start();
});
afterEach(() => {
  mount(null, el);
  el.remove();
  store.close();
});

function lead(section: string, path?: string, at = 0): void {
  const way = {
    prefix: "t",
    go: (place: Place) => went.push(place),
    focus: (...said: string[]) => looked.push(said.join(" ")),
  };
  mount(
    <StoreProvider value={store}>
      <WayProvider value={way}>
        <SectionScreen section={section} path={path} at={at} />
      </WayProvider>
    </StoreProvider>,
    el,
  );
}

const focused = () => document.activeElement?.closest("[data-path]")?.getAttribute("data-path");

test.each([
  ["study", "/study/description"],
  ["study", "/study/ethics_statement"],
  ["study", "/study/version"],
  ["study", "/people/pe-2/email"],
  ["biosample", "/biosamples/bs-2/organism"],
  ["acquisition", "/acquisitions/ac-1/instrument_serial"],
  ["acquisition", "/acquisitions/ac-1/channels/ch-2/excitation"],
  ["acquisition", "/acquisitions/ac-1/channels/ch-2/pinhole"],
])("%s: led to %s", async (section, path) => {
  lead(section, path);
  await vi.waitFor(() => expect(focused()).toBe(path));
});

test("led to the same field twice, it has the focus again", async () => {
  lead("biosample", "/biosamples/bs-1/title", 1);
  await vi.waitFor(() => expect(focused()).toBe("/biosamples/bs-1/title"));
  named(el, "Description").focus();
  lead("biosample", "/biosamples/bs-1/title", 2);
  await vi.waitFor(() => expect(focused()).toBe("/biosamples/bs-1/title"));
});

test("an entity without its field leads to the entity's form", async () => {
  lead("biosample", "/biosamples/bs-2");
  await vi.waitFor(() => expect((named(el, "Title") as HTMLInputElement).value).toBe("two"));
});

test("another section begins afresh", async () => {
  lead("biosample", "/biosamples/bs-2/title");
  await vi.waitFor(() => expect(focused()).toBe("/biosamples/bs-2/title"));
  lead("acquisition");
  await vi.waitFor(() => expect(el.querySelector("h1")?.textContent).toBe("Image acquisition"));
  expect((named(el, "Title") as HTMLInputElement).value).toBe("a");
});

test("the screen tells which field has the focus and which entity is chosen", async () => {
  lead("biosample");
  named(el, "Organism").focus();
  expect(looked.at(-1)).toBe("biosample organism /biosamples/bs-1/organism");
  await userEvent.click(el.querySelectorAll("[role=tab]")[1] as HTMLElement);
  expect(went).toEqual([{ section: "biosample", id: "bs-2" }]);
});

test("a screen of its own can draw the body of a section", async () => {
  SPECIAL.biosample = ({ path }) => <p class="rw-own">{path}</p>;
  try {
    lead("biosample");
    await vi.waitFor(() => expect(el.querySelector(".rw-own")?.textContent).toBe("/biosamples/bs-1"));
    expect(el.querySelectorAll("[role=tab]")).toHaveLength(2);
  } finally {
    delete SPECIAL.biosample;
  }
});
