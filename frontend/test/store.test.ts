import { afterEach, expect, test, vi } from "vitest";
import { Outbox } from "../src/outbox.ts";
import { REST_MS, RETRY_MS, Store } from "../src/store.ts";
import { PATIENCE_MS } from "../src/wire.ts";
import { FakeModel, type Kernel } from "./model.ts";

class MemoryStorage implements Storage {
  private held = new Map<string, string>();
  get length() {
    return this.held.size;
  }
  clear = () => this.held.clear();
  getItem = (key: string) => this.held.get(key) ?? null;
  key = (n: number) => [...this.held.keys()][n] ?? null;
  removeItem = (key: string) => void this.held.delete(key);
  setItem = (key: string, value: string) => void this.held.set(key, value);
}

const texts = { en: { hello: "Hello {name}" }, fr: { hello: "Bonjour {name}" } };

async function open(kernel: Partial<Kernel> = {}, keep: Storage = new MemoryStorage()) {
  const model = new FakeModel({ lang: "en" }, { texts, ...kernel });
  const store = new Store(model, keep);
  await store.start();
  return { model, store, keep };
}

afterEach(() => vi.useRealTimers());

test("a snapshot is shown, in the language of the view", async () => {
  const { store } = await open({ record: { study: { title: "Nuclei" } } });
  expect(store.state.status).toBe("ready");
  expect(store.state.record.study).toEqual({ title: "Nuclei" });
  expect(store.text("hello", { name: "you" })).toBe("Hello you");
});

test("an edit shows at once and stays once the kernel has taken it", async () => {
  const { store, model } = await open({ record: { study: {} } });
  const done = store.set("/study/title", "Nuclei");
  expect(store.state.record.study).toEqual({ title: "Nuclei" });
  expect(store.state.unsaved).toBe(1);
  expect(await done).toBe(true);
  expect(store.state.unsaved).toBe(0);
  expect(model.kernel.record.study).toEqual({ title: "Nuclei" });
});

test("a refused edit is taken back, and the kernel's sentence is told", async () => {
  const answers = { edits: () => ({ kind: "refused", message: "No such field." }) };
  const { store } = await open({ record: { study: { title: "old" } }, answers });
  expect(await store.set("/study/titel", "x")).toBe(false);
  expect(store.state.record.study).toEqual({ title: "old" });
  expect(store.state.said?.text).toBe("No such field.");
});

test("somebody else's change comes as a patch", async () => {
  const { store, model } = await open({ record: { biosamples: [{ id: "bs-1", title: "a" }] } });
  model.take([{ op: "set", path: "/biosamples/bs-1/title", value: "b" }]);
  model.take([{ op: "add", path: "/biosamples", id: "bs-2", value: { title: "c" } }]);
  model.take([{ op: "remove", path: "/biosamples/bs-1" }]);
  expect(store.state.record.biosamples).toEqual([{ id: "bs-2", title: "c" }]);
});

test("a gap in the numbers makes the view ask for everything again", async () => {
  const { store, model } = await open({ record: { study: { title: "a" } } });
  model.kernel.record = { study: { title: "z" } };
  model.kernel.seq = 7;
  model.take([]);
  await vi.waitFor(() => expect(store.state.record.study).toEqual({ title: "z" }));
});

test("a patch that comes while a snapshot is on its way is not lost", async () => {
  const model = new FakeModel({ lang: "en" }, { texts, record: { study: { title: "a" } } });
  model.kernel.answers.attach = () => {
    const data = { folder: null, title: "", record: { study: { title: "a" } }, marks: {}, tables: {}, report: [] };
    queueMicrotask(() => model.take([{ op: "set", path: "/study/title", value: "b" }]));
    return { kind: "snapshot", seq: 0, data };
  };
  const store = new Store(model, new MemoryStorage());
  await store.start();
  await vi.waitFor(() => expect(store.state.record.study).toEqual({ title: "b" }));
});

test("what a dead kernel did not take is kept, and sent when it is back", async () => {
  vi.useFakeTimers();
  const { store, model, keep } = await open({ record: { study: {} } });
  model.kernel.silent = true;
  const done = store.set("/study/title", "typed in the dark");
  await vi.advanceTimersByTimeAsync(PATIENCE_MS + 10);
  expect(await done).toBe(false);
  expect(store.state.status).toBe("offline");
  expect(keep.length).toBe(1);
  model.kernel.silent = false;
  await vi.advanceTimersByTimeAsync(RETRY_MS + 10);
  expect(store.state.status).toBe("ready");
  expect(model.kernel.record.study).toEqual({ title: "typed in the dark" });
  expect(keep.length).toBe(0);
});

test("a killed tab's unsaved edits and half-typed text come back on the next page", async () => {
  vi.useFakeTimers();
  const first = await open({ record: { study: {} } });
  first.model.kernel.silent = true;
  void first.store.set("/study/title", "kept");
  first.store.draft("/study/description", "half a sen");
  vi.advanceTimersByTime(10);
  first.store.close();
  const second = await open({ record: { study: {} } }, first.keep);
  await vi.advanceTimersByTimeAsync(REST_MS);
  expect(second.model.kernel.record.study).toEqual({ title: "kept", description: "half a sen" });
  expect(second.store.state.restored).toBe(2);
});

test("an open tab's unsaved edits are not taken by another tab", () => {
  const keep = new MemoryStorage();
  const mine = new Outbox("/data/set", keep);
  mine.add([{ op: "set", path: "/study/title", value: "x" }]);
  const other = new Outbox("/data/set", keep);
  expect(other.adopt()).toEqual([]);
  expect(other.adopt(Date.now() + 60_000)).toHaveLength(1);
  mine.close();
});

test("pencil paths below a place are found", async () => {
  const marks = {
    "/acquisitions/ac-1/objective_na": { confirmed: false },
    "/acquisitions/ac-1/title": {},
    "/acquisitions/ac-10/title": { confirmed: false },
  };
  const { store } = await open({ marks });
  expect(store.pencilBelow("/acquisitions/ac-1")).toEqual(["/acquisitions/ac-1/objective_na"]);
});
