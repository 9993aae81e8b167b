// What other people do, as the store follows it: news, marks, conflicts, what a person had been shown.

import { afterEach, expect, test, vi } from "vitest";
import { changedWith, HERE_MS, newsWith } from "../src/others.ts";
import { RETRY_MS, Store } from "../src/store.ts";
import type { Edit } from "../src/types.ts";
import type { Message } from "../src/wire.ts";
import { initials } from "../src/writers/people.tsx";
import { FakeModel, type Kernel } from "./model.ts";

afterEach(() => vi.useRealTimers());

const texts = { en: {}, fr: {} };
const GRACE = { author: "Grace", me: false, paths: ["/study/title"], count: 1 };

async function open(kernel: Partial<Kernel> = {}) {
  const model = new FakeModel({ lang: "en" }, { texts, record: { study: { title: "a" } }, ...kernel });
  const store = new Store(model, undefined);
  await store.start();
  return { model, store };
}

/** Let somebody else set a field. */
function other(model: FakeModel, path: string, value: unknown, by: object = GRACE): void {
  const tell = model.tell.bind(model);
  model.tell = (message) => tell(message.kind === "patch" ? ({ ...message, by } as Message) : message);
  model.take([{ op: "set", path, value }]);
  model.tell = tell;
}

const sent = (model: FakeModel) =>
  model.kernel.heard
    .filter(({ kind }) => kind === "edits")
    .map(({ edits, since }) => [(edits as Edit[])[0]?.value, since]);

test("what somebody else changed is told, and its field marked until it was seen", async () => {
  const { store, model } = await open();
  other(model, "/study/title", "b");
  expect(store.state.news).toEqual([{ ...GRACE, id: 1 }]);
  expect(store.state.changed["/study/title"]).toMatchObject({ author: "Grace", crossed: false });
  store.seen("/study/title");
  store.told(1);
  expect(store.state.changed).toEqual({});
  expect(store.state.news).toEqual([]);
  store.close();
});

test("one's own change is no news", async () => {
  const { store } = await open();
  await store.set("/study/title", "mine");
  expect(store.state.news).toEqual([]);
  expect(store.state.changed).toEqual({});
  store.close();
});

test("an edit says which patch its person had been shown", async () => {
  const { store, model } = await open();
  await store.set("/study/description", "x");
  other(model, "/study/title", "b");
  await store.set("/study/title", "c");
  expect(sent(model)).toEqual([
    ["x", 0],
    ["c", 2],
  ]);
  store.close();
});

test("of typed text it is the patch that was shown when the typing began", async () => {
  const { store, model } = await open();
  store.draft("/study/title", "my ti");
  other(model, "/study/title", "theirs");
  expect(store.state.changed["/study/title"]?.crossed).toBe(true);
  store.draft("/study/title", "my title");
  await store.set("/study/title", "my title");
  await store.set("/study/title", "again");
  expect(sent(model)).toEqual([
    ["my title", 0],
    ["again", 2],
  ]);
  store.close();
});

test("text that stands in the field while somebody changed it is typed on without knowing of that", async () => {
  const { store, model } = await open();
  await store.set("/study/title", "my");
  other(model, "/study/title", "theirs");
  store.cross("/study/title");
  store.draft("/study/title", "my title");
  await store.set("/study/title", "my title");
  expect(sent(model).at(-1)).toEqual(["my title", 1]);
  store.cross("/study/title", false);
  expect(store.state.changed["/study/title"]?.crossed).toBe(false);
  store.cross("/study/nothing");
  expect(Object.keys(store.state.changed)).toEqual(["/study/title"]);
  store.close();
});

test("conflicts and people come with the snapshot and by messages", async () => {
  const conflict = { path: "/study/title", rows: 0, rivals: [] };
  const { store, model } = await open({ said: { conflicts: [conflict], people: [] } });
  expect(store.state.conflicts).toEqual([conflict]);
  model.tell({ kind: "conflicts", conflicts: [] });
  model.tell({ kind: "people", people: [{ writer: "w", author: "Grace", host: "lab", active: 1, me: false }] });
  expect(store.state.conflicts).toEqual([]);
  expect(store.state.people.map(({ author }) => author)).toEqual(["Grace"]);
  await store.settle("/study/title", "w-1");
  expect(model.kernel.heard.at(-1)).toMatchObject({ kind: "settle", path: "/study/title", change: "w-1" });
  store.close();
});

test("a page says that it is open while it is", async () => {
  vi.useFakeTimers();
  const { store, model } = await open();
  await vi.advanceTimersByTimeAsync(2 * HERE_MS + 10);
  const here = () => model.kernel.heard.filter(({ kind }) => kind === "here").length;
  expect(here()).toBe(3);
  store.close();
  await vi.advanceTimersByTimeAsync(5 * HERE_MS);
  expect(here()).toBe(3);
});

test("a form without a folder says nothing", async () => {
  vi.useFakeTimers();
  const { store, model } = await open({ folder: null });
  await vi.advanceTimersByTimeAsync(2 * HERE_MS);
  expect(model.kernel.heard.filter(({ kind }) => kind === "here")).toEqual([]);
  store.close();
});

test("what a full disk refused is kept, told once, and sent again until it is taken", async () => {
  vi.useFakeTimers();
  let full = true;
  const answers = { edits: () => (full ? { kind: "refused", message: "The disk is full.", again: true } : undefined) };
  const { store, model } = await open({ answers });
  const done = store.set("/study/title", "kept");
  await vi.advanceTimersByTimeAsync(10);
  const said = store.state.said;
  expect(said?.text).toBe("The disk is full.");
  expect(store.state.unsaved).toBe(1);
  expect(store.state.record.study).toEqual({ title: "kept" });
  await vi.advanceTimersByTimeAsync(2 * RETRY_MS);
  expect(store.state.said).toBe(said);
  full = false;
  await vi.advanceTimersByTimeAsync(RETRY_MS + 10);
  expect(await done).toBe(true);
  expect(store.state.said).toBeNull();
  expect(store.state.unsaved).toBe(0);
  expect(model.kernel.record.study).toEqual({ title: "kept" });
  store.close();
});

test("news of one person are told together", () => {
  const first = newsWith([], GRACE);
  const second = newsWith(first, { ...GRACE, paths: ["/study/title", "/study/description"], count: 2 });
  expect(second).toEqual([{ ...GRACE, paths: ["/study/title", "/study/description"], count: 2, id: 1 }]);
  const third = newsWith(second, { author: "Ada", me: false, paths: ["/images/qc_info"], count: 40 });
  expect(third.map(({ id, count }) => [id, count])).toEqual([
    [1, 2],
    [2, 40],
  ]);
});

test("a mark that crosses what is typed keeps the patch before the first of them", () => {
  const first = changedWith({}, GRACE, 4, () => true);
  const second = changedWith(first, GRACE, 7, () => false);
  expect(second["/study/title"]).toMatchObject({ since: 4, crossed: true });
});

test.each([
  ["Ada Lovelace", "AL"],
  ["grace", "G"],
  ["jean-pierre de la tour", "JT"],
  ["", "?"],
  ["𝒜lice b", "𝒜B"],
])("initials of %s", (name, said) => expect(initials(name)).toBe(said));
