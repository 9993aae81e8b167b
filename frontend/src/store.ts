// What a page knows of a curation. A snapshot when it attaches, then numbered patches; a gap makes it ask again.
// Own edits show at once and are sent; until the kernel has taken them they stay in the outbox.

import { type By, type Conflict, changedWith, HERE_MS, newsWith, type Person, without } from "./others.ts";
import { Outbox, type Parcel } from "./outbox.ts";
import { drop, foreseen, inOrder, isEmpty, isPencil, isSo, putEntity } from "./record.ts";
import { type Patch, type Snapshot, START, type State } from "./state.ts";
import type { Comparing, CurationRecord, Edit, Guide, Report, Scan, Value } from "./types.ts";
import { type Message, type Model, Refused, Silent, Wire } from "./wire.ts";

/** Milliseconds of rest after which typed text becomes a change. */
export const REST_MS = 400;
/** Milliseconds after which an unreachable kernel is asked again. */
export const RETRY_MS = 3000;

export type { State } from "./state.ts";

function storage(): Storage | undefined {
  try {
    return globalThis.localStorage;
  } catch {
    return undefined;
  }
}

export class Store {
  state: State;
  readonly wire: Wire;
  private outbox = new Outbox("memory", undefined);
  private truth: CurationRecord = {};
  private seq = -1;
  private listeners = new Set<() => void>();
  private attaching: Promise<void> | undefined;
  /** Patches that came while a snapshot was on its way: told again once it is here. */
  private early: Patch[] | undefined;
  private retry: ReturnType<typeof setTimeout> | undefined;
  private says = 0;
  private beat: ReturnType<typeof setInterval> | undefined;
  /** Paths where something is being typed, and the number of the last patch that was shown when it was begun. */
  private begun = new Map<string, number>();
  private closed = false;
  private readonly leave = () => this.outbox.close();

  constructor(
    readonly model: Model,
    private readonly keep: Storage | undefined = storage(),
  ) {
    this.state = { ...START, lang: String(model.get("lang") ?? "en") };
    this.wire = new Wire(model);
    this.wire.listen((message) => this.hear(message));
    globalThis.addEventListener?.("pagehide", this.leave);
  }

  subscribe(listener: () => void): () => void {
    this.listeners.add(listener);
    return () => this.listeners.delete(listener);
  }

  private update(change: Partial<State>): void {
    this.state = { ...this.state, ...change };
    for (const listener of this.listeners) listener();
  }

  /** Fetch texts and the record; asked again, it does nothing while it is under way. */
  start(): Promise<void> {
    this.attaching ??= this.attach().finally(() => {
      this.attaching = undefined;
    });
    return this.attaching;
  }

  private async attach(): Promise<void> {
    this.early = [];
    try {
      if (!Object.keys(this.state.texts).length) await this.speak(this.state.lang);
      const answer = await this.wire.request("attach");
      const data = answer.content.data as Snapshot;
      this.seq = Number(answer.content.seq);
      this.truth = data.record;
      const early = this.early ?? [];
      this.early = undefined;
      this.openOutbox(data.folder);
      const { report, record: _record, ...rest } = data;
      this.update({ ...rest, notes: report, status: "ready", tablesChanged: this.state.tablesChanged + 1 });
      this.show();
      for (const patch of early) this.take(patch);
      this.resend();
      this.adopt();
      this.isHere(data.folder);
    } catch (fault) {
      this.early = undefined;
      if (fault instanceof Silent) this.lost();
      else this.update({ status: "failed", said: this.saying(String((fault as Error).message), "error") });
    }
  }

  /** Say again and again that this page is open: with the last one the kernel ends looking for what others write. */
  private isHere(folder: string | null): void {
    if (this.closed || this.beat || !folder) return;
    const say = () => void this.wire.request("here").catch(() => undefined);
    this.beat = setInterval(say, HERE_MS);
    say();
  }

  private openOutbox(folder: string | null): void {
    if (!folder || this.state.folder === folder) return;
    this.outbox.close();
    this.outbox = new Outbox(folder, this.keep);
    setTimeout(() => this.adopt(), 5000);
  }

  private adopt(): void {
    if (this.closed) return;
    const found = this.outbox.adopt().map((edits) => this.missing(edits));
    const lost = found.filter((edits) => edits.length > 0);
    for (const edits of lost) this.edit(edits);
    if (!lost.length) return;
    const paths = [...this.state.restoredPaths, ...lost.flat().map(({ path }) => path)];
    this.update({ restored: this.state.restored + lost.length, restoredPaths: [...new Set(paths)] });
  }

  /** Send again what the kernel has not acknowledged, without what it has taken all the same. */
  private resend(): void {
    for (const parcel of this.outbox.parcels) {
      if (this.missing(parcel.edits).length) void this.post(parcel);
      else this.outbox.done(parcel);
    }
  }

  private missing(edits: Edit[]): Edit[] {
    return edits.filter((edit) => !isSo(this.truth, edit));
  }

  private lost(): void {
    if (this.closed) return;
    this.update({ status: "offline" });
    this.retry ??= setTimeout(() => {
      this.retry = undefined;
      void this.start();
    }, RETRY_MS);
  }

  /** Fetch the texts of a language and show the page in it. */
  async speak(lang: string): Promise<void> {
    const { content } = await this.wire.request("strings", { lang });
    this.update({ lang, texts: content.texts as Record<string, string>, guide: content.guide as Guide });
    if (this.seq >= 0) void this.wire.request("check").catch(() => undefined);
  }

  private hear(message: Message): void {
    const { kind } = message;
    if (kind === "patch") {
      if (this.early) this.early.push(message as unknown as Patch);
      else this.take(message as unknown as Patch);
    } else if (kind === "findings") this.update({ report: message as unknown as Report });
    else if (kind === "conflicts") this.update({ conflicts: message.conflicts as Conflict[] });
    else if (kind === "people") this.update({ people: message.people as Person[] });
    else if (kind === "renew") void this.start();
    else if (kind === "scan") this.update({ scan: message as unknown as Scan });
    else if (kind === "comparing")
      this.update({ comparing: message.of ? (message as unknown as Comparing) : undefined });
  }

  private take(patch: Patch): void {
    if (this.seq < 0 || patch.seq <= this.seq) return;
    if (patch.seq > this.seq + 1) {
      setTimeout(() => void this.start()); // behind an attach that is just ending
      return;
    }
    this.seq = patch.seq;
    let record = this.truth;
    for (const path of patch.drops) record = drop(record, path);
    for (const [path, node] of patch.puts) record = putEntity(record, path, node);
    for (const [path, ids] of patch.orders) record = inOrder(record, path.slice(1), ids);
    this.truth = record;
    const marks = { ...this.state.marks };
    for (const [path, mark] of Object.entries(patch.marks)) {
      if (mark) marks[path] = mark;
      else delete marks[path];
    }
    const { touched, ...tables } = patch.tables;
    const tablesChanged = this.state.tablesChanged + (touched.length ? 1 : 0);
    this.update({ marks, tables, tablesChanged, undo: patch.undo, redo: patch.redo, saved: patch.saved });
    if (patch.by) this.theirs(patch.by, patch.seq - 1);
    this.show();
  }

  /** Somebody else made a change: it is told, and its fields are marked until they were seen. */
  private theirs(by: By, since: number): void {
    const changed = changedWith(this.state.changed, by, since, (path) => this.begun.has(path));
    this.update({ news: newsWith(this.state.news, by), changed });
  }

  /** A field keeps what is being typed there although somebody else changed it, or shows the record again. */
  cross(path: string, crossed = true): void {
    const known = this.state.changed[path];
    if (known && known.crossed !== crossed)
      this.update({ changed: { ...this.state.changed, [path]: { ...known, crossed } } });
  }

  /** What somebody else changed was seen. */
  seen(path: string): void {
    if (this.state.changed[path]) this.update({ changed: without(this.state.changed, path) });
  }

  told(id: number): void {
    this.update({ news: this.state.news.filter((one) => one.id !== id) });
  }

  /** Keep one of the values of a conflict. */
  settle(path: string, change: string): Promise<Message | undefined> {
    return this.ask("settle", { path, change });
  }

  /** Show the kernel's record with what it has not taken yet laid over it. */
  private show(): void {
    let record = this.truth;
    for (const parcel of this.outbox.parcels) for (const edit of parcel.edits) record = foreseen(record, edit);
    this.update({ record, unsaved: this.outbox.count });
  }

  /** Make one change; it shows at once. Resolves to whether the kernel took it. */
  edit(edits: Edit[]): Promise<boolean> {
    const touched = new Set(this.state.touched);
    for (const edit of edits) touched.add(edit.path);
    const parcel = this.outbox.add(edits, this.sinceOf(edits));
    this.update({ touched });
    this.show();
    return this.post(parcel);
  }

  /** Give the number of the last patch that was shown when the first of some edits was begun. */
  private sinceOf(edits: Edit[]): number {
    const begun = edits.map(({ path }) => this.begun.get(path) ?? this.seq);
    for (const { path } of edits) this.begun.delete(path);
    return Math.min(this.seq, ...begun);
  }

  private async post(parcel: Parcel): Promise<boolean> {
    try {
      const { edits, since } = parcel;
      await this.wire.request("edits", since === undefined ? { edits } : { edits, since });
    } catch (fault) {
      if (!(fault instanceof Refused)) {
        this.lost();
        return false;
      }
      if (this.state.said?.text !== fault.message) this.say(fault.message, "error");
      if (fault.again) return this.later(parcel, fault.message);
      this.outbox.done(parcel);
      this.show();
      return false;
    }
    this.outbox.done(parcel);
    this.show();
    return true;
  }

  /** The disk refused: what was typed stays here and is sent again; once it is taken, the complaint goes. */
  private async later(parcel: Parcel, complaint: string): Promise<boolean> {
    await new Promise((resolve) => setTimeout(resolve, RETRY_MS));
    if (this.closed || !this.outbox.parcels.includes(parcel)) return false;
    const taken = await this.post(parcel);
    if (taken && this.state.said?.text === complaint) this.hush();
    return taken;
  }

  /** Set a field; an empty value clears it. A value that is there already makes no change. */
  set(path: string, value: Value): Promise<boolean> {
    return this.edit([isEmpty(value) ? { op: "clear", path } : { op: "set", path, value }]);
  }

  /** Keep what is being typed in the browser's storage until it becomes a change. */
  draft(path: string, value: Value): void {
    const crossed = this.state.changed[path];
    if (value === undefined) this.begun.delete(path);
    else if (!this.begun.has(path)) this.begun.set(path, crossed?.crossed ? crossed.since : this.seq);
    this.outbox.draft(path, value);
  }

  confirm(paths: string[]): Promise<boolean> {
    return this.edit(paths.map((path) => ({ op: "confirm", path })));
  }

  /** Give the paths below one place whose values a person has not confirmed. */
  pencilBelow(path: string): string[] {
    const start = `${path}/`;
    return Object.entries(this.state.marks)
      .filter(([at, mark]) => isPencil(mark) && (at === path || at.startsWith(start)))
      .map(([at]) => at);
  }

  touch(path: string): void {
    if (this.state.touched.has(path)) return;
    this.update({ touched: new Set(this.state.touched).add(path) });
  }

  /** The person asked for a check: from now on findings show at every field. */
  check(): void {
    this.update({ checked: true });
    void this.wire.request("check").catch(() => undefined);
  }

  async undo(): Promise<void> {
    const left = (await this.ask("undo"))?.left as string[] | undefined;
    if (left?.length) this.say(this.text("ui.undo_left", { paths: left.join(", ") }), "info");
  }

  async redo(): Promise<void> {
    await this.ask("redo");
  }

  /** Ask the kernel; a refusal is told to the person and gives undefined. */
  async ask(kind: string, content: object = {}, patience?: number): Promise<Message | undefined> {
    try {
      return (await this.wire.request(kind, content, [], patience)).content;
    } catch (fault) {
      if (fault instanceof Refused) this.say(fault.message, "error");
      else this.lost();
      return undefined;
    }
  }

  say(text: string, tone: "info" | "error" = "info"): void {
    this.update({ said: this.saying(text, tone) });
  }

  hush(): void {
    this.update({ said: null });
  }

  welcomed(): void {
    this.update({ restored: 0, restoredPaths: [], notes: [] });
  }

  private saying(text: string, tone: "info" | "error"): State["said"] {
    return { id: ++this.says, text, tone };
  }

  /** Give a text of the catalogue with its placeholders filled; a missing key shows itself. */
  text(key: string, values: Record<string, unknown> = {}): string {
    const found = this.state.texts[key];
    if (found === undefined) return key;
    return found.replace(/\{(\w+)\}/g, (whole, name) => (name in values ? String(values[name]) : whole));
  }

  close(): void {
    this.closed = true;
    if (this.retry) clearTimeout(this.retry);
    if (this.beat) clearInterval(this.beat);
    globalThis.removeEventListener?.("pagehide", this.leave);
    this.outbox.close();
    this.wire.close();
    this.listeners.clear();
  }
}
