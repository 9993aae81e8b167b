// A stand-in for a widget's model with a small kernel behind it: it answers as the session in Python does.

import { foreseen, valueAt } from "../src/record.ts";
import type { CurationRecord, Edit, Guide, Mark, Node } from "../src/types.ts";
import type { Message, Model } from "../src/wire.ts";
import { CHANGES, type Tables, tableAnswer } from "./tables.ts";

type Callback = (...args: unknown[]) => void;

export interface Kernel {
  record: CurationRecord;
  marks: Record<string, Mark>;
  guide: Guide;
  texts: Record<string, Record<string, string>>;
  folder: string | null;
  /** What the view asked, in order. */
  heard: Message[];
  /** Answers of kinds that a test wants to give itself. */
  answers: Record<string, (message: Message) => object | undefined>;
  /** A silent kernel answers nothing: it died, or the line is cut. */
  silent: boolean;
  seq: number;
  tables: { files: number; images: number };
  rows: Tables;
  /** What a snapshot says besides. */
  said: object;
}

export class FakeModel implements Model {
  readonly kernel: Kernel;
  private readonly callbacks = new Map<string, Set<Callback>>();

  constructor(
    private readonly traits: Record<string, unknown>,
    kernel: Partial<Kernel> = {},
  ) {
    this.kernel = {
      record: {},
      marks: {},
      guide: { sections: {}, targets: ["isatab", "bia", "idr", "omero"], imaging: [] },
      texts: { en: {}, fr: {} },
      folder: "/data/set",
      heard: [],
      answers: {},
      silent: false,
      seq: 0,
      tables: { files: 0, images: 0 },
      said: {},
      rows: { images: [], files: [] },
      ...kernel,
    };
    const { images, files } = this.kernel.rows;
    if (images.length || files.length) this.kernel.tables = { images: images.length, files: files.length };
  }

  get(key: string): unknown {
    return this.traits[key];
  }
  set(key: string, value: unknown): void {
    this.traits[key] = value;
  }
  save_changes(): void {}
  /** Let something happen to the model, such as the change of a trait. */
  happen(event: string): void {
    for (const callback of this.callbacks.get(event) ?? []) callback();
  }
  on(event: string, callback: Callback): void {
    const known = this.callbacks.get(event) ?? new Set();
    this.callbacks.set(event, known.add(callback));
  }
  off(event: string, callback?: Callback | null): void {
    if (callback) this.callbacks.get(event)?.delete(callback);
    else this.callbacks.delete(event);
  }
  send(content: object, _callbacks?: unknown, buffers: ArrayBuffer[] = []): void {
    const message = (buffers.length ? { ...content, buffers } : content) as Message;
    this.kernel.heard.push(message);
    if (!this.kernel.silent) queueMicrotask(() => this.answer(message));
  }

  /** Say something to the view, as the session does. */
  tell(message: Message, buffers: DataView[] = []): void {
    for (const callback of this.callbacks.get("msg:custom") ?? []) callback(message, buffers);
  }

  private answer(message: Message): void {
    const given = this.kernel.answers[message.kind]?.(message) ?? this.usual(message);
    if (!given) return;
    const { buffers = [], ...content } = given as { buffers?: DataView[] };
    this.tell({ kind: message.kind, ...content, req: message.req } as Message, buffers);
  }

  private usual(message: Message): object | undefined {
    const { kernel } = this;
    if (message.kind === "strings") {
      const lang = String(message.lang);
      return { lang, texts: kernel.texts[lang] ?? {}, guide: kernel.guide };
    }
    if (message.kind === "attach") return { kind: "snapshot", seq: kernel.seq, data: this.snapshot() };
    if (message.kind === "edits") {
      this.take(message.edits as Edit[]);
      return { kind: "ack", seq: kernel.seq };
    }
    const told = tableAnswer(kernel, message);
    if (CHANGES.has(message.kind)) this.tellTables();
    return told ?? { kind: "ack", seq: kernel.seq };
  }

  /** Say that rows of the tables are other than before. */
  private tellTables(): void {
    this.kernel.seq += 1;
    const tables = { ...this.kernel.tables, touched: ["images", "files"] };
    const { seq } = this.kernel;
    const rest = { puts: [], drops: [], orders: [], marks: {}, undo: true, redo: false, saved: "now" };
    this.tell({ kind: "patch", seq, tables, ...rest });
  }

  private snapshot(): object {
    const { folder, record, marks, tables } = this.kernel;
    return {
      folder,
      title: "set",
      record,
      marks,
      tables,
      report: [],
      undo: false,
      redo: false,
      saved: null,
      ...this.kernel.said,
    };
  }

  /** Take edits, whoever made them, and tell the view the patch. */
  take(edits: Edit[]): void {
    const { kernel } = this;
    const marks: Record<string, Mark | null> = {};
    for (const edit of edits) {
      kernel.record = foreseen(kernel.record, edit);
      if (edit.op === "confirm" || edit.op === "set") {
        marks[edit.path] = { confirmed: true };
        kernel.marks[edit.path] = { confirmed: true };
      }
    }
    kernel.seq += 1;
    const owners = new Set(edits.map((edit) => ownerOf(edit)));
    const puts: [string, Node][] = [];
    const drops: string[] = [];
    for (const owner of owners) {
      const node = valueAt(kernel.record, owner) as Node | undefined;
      if (node) puts.push([owner, node]);
      else drops.push(owner);
    }
    const tables = { ...kernel.tables, touched: [] };
    this.tell({
      kind: "patch",
      seq: kernel.seq,
      puts,
      drops,
      orders: this.orders(edits),
      marks,
      tables,
      undo: true,
      redo: false,
      saved: "now",
    });
  }

  private orders(edits: Edit[]): [string, string[]][] {
    const lists = new Set(edits.filter(({ op }) => op !== "set").map(({ path }) => path.split("/")[1] ?? ""));
    const held = [...lists].map((list) => [list, this.kernel.record[list]] as const);
    return held.flatMap(([list, items]) =>
      Array.isArray(items) ? [[`/${list}`, items.map(({ id }) => String(id))]] : [],
    );
  }
}

function ownerOf(edit: Edit): string {
  const names = edit.path.split("/").slice(1);
  if (names.length === 1 && edit.id) return `/${names[0]}/${edit.id}`;
  return `/${names.slice(0, names[0] === "study" || names[0] === "setup" ? 1 : 2).join("/")}`;
}
