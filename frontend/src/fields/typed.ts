// Text being typed: it becomes a change on blur, on Enter or after a rest; meanwhile it is a draft in the browser's storage.

import { useEffect, useMemo, useState } from "preact/hooks";
import { useStore } from "../context.tsx";
import { REST_MS } from "../store.ts";
import type { Value } from "../types.ts";
import { same } from "./values.ts";

export interface Typing {
  path: string;
  value: Value;
  /** How the value reads when nobody types. */
  shown: string;
  read(text: string): Value;
  set(value: Value): void;
  /** In several lines Enter begins another one. */
  lines?: boolean;
}

type Keys = KeyboardEvent;

export interface Typed {
  text: string;
  dirty: boolean;
  on: {
    /** What an open change hides: buttons that will be gone once the text is a change must not get the focus. */
    "data-dirty": "" | undefined;
    onInput(event: Event): void;
    onFocus(): void;
    onBlur(): void;
    onKeyDown(event: Keys): void;
    onCompositionStart(): void;
    onCompositionEnd(): void;
  };
}

/** Holds what is typed apart from the record, so that a patch from elsewhere never takes it away. */
class Pen {
  text: string | null = null;
  dirty = false;
  now!: Typing;
  private sent: Value;
  private atFocus: Value;
  private composing = false;
  private focused = false;
  private timer: ReturnType<typeof setTimeout> | undefined;

  constructor(
    private readonly draft: (path: string, value: Value) => void,
    private readonly draw: () => void,
    /** Whether somebody else changed a field; and that what is typed there stays all the same. */
    private readonly theirs: (path: string) => boolean = () => false,
    private readonly cross: (path: string, crossed: boolean) => void = () => undefined,
  ) {}

  /** Show the record again where it has changed since the typed text became part of it. */
  follow(now: Typing): string {
    this.now = now;
    if (this.text === null || this.dirty || same(now.value, this.sent)) return this.text ?? now.shown;
    if (this.focused && this.theirs(now.path)) this.cross(now.path, true);
    else this.text = null;
    return this.text ?? now.shown;
  }

  write(text: string): void {
    this.text = text;
    this.dirty = true;
    this.draft(this.now.path, this.now.read(text) ?? "");
    this.rest();
    this.draw();
  }

  compose(composing: boolean): void {
    this.composing = composing;
    if (!composing && this.dirty) this.rest();
  }

  private rest(): void {
    clearTimeout(this.timer);
    if (!this.composing) this.timer = setTimeout(() => this.commit(), REST_MS);
  }

  focus(): void {
    this.atFocus = this.now.value;
    this.focused = true;
  }

  commit(): void {
    clearTimeout(this.timer);
    if (!this.dirty || this.text === null) return;
    this.dirty = false;
    this.sent = this.now.read(this.text);
    if (same(this.sent, this.now.value)) this.draft(this.now.path, undefined);
    else this.now.set(this.sent);
    this.draw();
  }

  blur(): void {
    this.composing = false;
    this.focused = false;
    this.commit();
    this.text = null;
    this.cross(this.now.path, false);
    this.draw();
  }

  /** The field goes from the page. */
  leave(): void {
    this.commit();
    this.cross(this.now.path, false);
  }

  /** Give back what stood here when the field was entered; tells whether there was anything to give back. */
  restore(): boolean {
    const changed = this.dirty || (this.text !== null && !same(this.now.value, this.atFocus));
    clearTimeout(this.timer);
    if (this.dirty) this.draft(this.now.path, undefined);
    this.text = null;
    this.dirty = false;
    if (changed && !same(this.now.value, this.atFocus)) this.now.set(this.atFocus);
    this.draw();
    return changed;
  }

  press(event: Keys): void {
    if (event.isComposing || this.composing) return;
    const plain = !event.ctrlKey && !event.metaKey && !event.altKey;
    if (event.key === "Enter" && (!this.now.lines || !plain)) {
      if (this.dirty && !event.shiftKey) event.stopPropagation(); // a value just typed needs no confirming
      this.commit();
    }
    if (event.key === "Escape" && this.restore()) event.stopPropagation();
    if (event.key.toLowerCase() === "z" && (event.ctrlKey || event.metaKey) && this.dirty) event.stopPropagation();
  }
}

export function useTyped(typing: Typing): Typed {
  const store = useStore();
  const [, draw] = useState(0);
  const pen = useMemo(
    () =>
      new Pen(
        (path, value) => store.draft(path, value),
        () => draw((n) => n + 1),
        (path) => store.state.changed[path] !== undefined,
        (path, crossed) => queueMicrotask(() => store.cross(path, crossed)), // never while drawing
      ),
    [store],
  );
  const text = pen.follow(typing);
  useEffect(() => () => pen.leave(), [pen]);
  const heard = useMemo(
    () => ({
      onInput: (event: Event) => pen.write((event.currentTarget as HTMLInputElement).value),
      onFocus: () => pen.focus(),
      onBlur: () => pen.blur(),
      onKeyDown: (event: Keys) => pen.press(event),
      onCompositionStart: () => pen.compose(true),
      onCompositionEnd: () => pen.compose(false),
    }),
    [pen],
  );
  return { text, dirty: pen.dirty, on: { ...heard, "data-dirty": pen.dirty ? "" : undefined } };
}
