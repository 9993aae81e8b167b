// Repeated values: each a piece that can be changed, moved and removed, and a line for the next.

import { useEffect, useRef, useState } from "preact/hooks";
import { useStore, useText } from "../context.tsx";
import { Icon } from "../icons.tsx";
import type { InnerProps } from "./frame.tsx";
import { itemsOf } from "./values.ts";

/** Give the pieces of pasted text: one a line, or between semicolons. */
export function piecesOf(text: string): string[] {
  return text
    .split(/[\r\n;\t]+/)
    .map((piece) => piece.trim())
    .filter(Boolean);
}

/** Give a list with one item moved by a step, the same list where it cannot move. */
export function moved<T>(items: T[], at: number, by: number): T[] {
  const to = at + by;
  const item = items[at];
  if (item === undefined || to < 0 || to >= items.length) return items;
  const others = items.filter((_, n) => n !== at);
  return [...others.slice(0, to), item, ...others.slice(to)];
}

const MOVES: Record<string, number> = { ArrowLeft: -1, ArrowUp: -1, ArrowRight: 1, ArrowDown: 1 };

export function TextsInput({ attrs, field, held, path, label, labelId, placeholder }: InnerProps) {
  const t = useText();
  const store = useStore();
  const own = useRef<HTMLDivElement>(null);
  const items = itemsOf<string>(held.value).map(String);
  const [text, setText] = useState("");
  const [place, setPlace] = useState<number>();
  const [focus, setFocus] = useState<number | "input">();
  const { readOnly } = attrs;
  useEffect(() => {
    if (focus === undefined) return;
    setFocus(undefined);
    const pieces = own.current?.querySelectorAll<HTMLElement>(".rw-piecetext");
    const wanted = focus === "input" ? undefined : pieces?.[Math.min(focus, pieces.length - 1)];
    (wanted ?? own.current?.querySelector<HTMLElement>("input"))?.focus();
  }, [focus]);

  const withText = (pieces: string[]) =>
    place === undefined ? [...items, ...pieces] : [...items.slice(0, place), ...pieces, ...items.slice(place + 1)];
  const write = (fresh: string) => {
    setText(fresh);
    store.draft(path, fresh.trim() ? withText([fresh.trim()]) : undefined);
  };
  const put = () => {
    const pieces = piecesOf(text).filter((piece, n, all) => all.indexOf(piece) === n);
    const fresh = pieces.filter((piece) => !items.some((item, n) => item === piece && n !== place));
    if (pieces.length || place !== undefined) {
      if (fresh.length || place !== undefined) held.set(withText(fresh));
    }
    store.draft(path, undefined);
    setText("");
    setPlace(undefined);
  };
  const remove = (n: number) => {
    held.set(items.filter((_, other) => other !== n));
    setFocus(items.length > 1 ? n : "input");
  };
  const change = (n: number) => {
    setPlace(n);
    setText(items[n] ?? "");
    setFocus("input");
  };
  const pressPiece = (event: KeyboardEvent, n: number) => {
    const by = MOVES[event.key];
    if (by && event.altKey) {
      const fresh = moved(items, n, by);
      if (fresh !== items) held.set(fresh);
      setFocus(Math.max(0, Math.min(n + by, items.length - 1)));
    } else if (by && !event.ctrlKey && !event.metaKey) setFocus(n + by >= items.length ? "input" : Math.max(0, n + by));
    else if (event.key === "Delete" || event.key === "Backspace") remove(n);
    else return;
    event.preventDefault();
  };
  const pressInput = (event: KeyboardEvent) => {
    if (event.isComposing || event.ctrlKey || event.metaKey) return;
    if (event.key === "Enter") {
      event.preventDefault();
      put();
    } else if (event.key === "Escape" && (text || place !== undefined)) {
      event.stopPropagation();
      write("");
      setPlace(undefined);
    } else if (event.key === "Backspace" && !text && items.length) {
      event.preventDefault();
      setFocus(items.length - 1);
    }
  };
  const paste = (event: ClipboardEvent) => {
    const pieces = piecesOf(event.clipboardData?.getData("text") ?? "");
    if (pieces.length < 2) return;
    event.preventDefault();
    held.set([...items, ...pieces.filter((piece) => !items.includes(piece))]);
  };
  return (
    <div class="rw-pieces" ref={own}>
      {items.length > 0 && (
        <ul class="rw-piecelist" aria-labelledby={labelId}>
          {items.map((item, n) => (
            <li key={item} class={n === place ? "rw-bit is-changing" : "rw-bit"}>
              <button
                class="rw-piecetext"
                type="button"
                disabled={readOnly}
                title={t("ui.form.piece_keys")}
                aria-label={t("ui.form.piece", { text: item, n: n + 1, of: items.length })}
                onClick={() => change(n)}
                onKeyDown={(event) => pressPiece(event, n)}
              >
                {item}
              </button>
              {!readOnly && (
                <button
                  class="rw-piecegone"
                  type="button"
                  aria-label={t("ui.form.remove_term", { field: label, term: item })}
                  onClick={() => remove(n)}
                >
                  <Icon name="cross" />
                </button>
              )}
            </li>
          ))}
        </ul>
      )}
      {!readOnly && (
        <input
          class="rw-input"
          type="text"
          autoComplete="off"
          {...attrs}
          aria-labelledby={labelId}
          data-dirty={text ? "" : undefined}
          placeholder={items.length ? t("ui.form.next_piece") : placeholder}
          value={text}
          onInput={(event) => write(event.currentTarget.value)}
          onKeyDown={pressInput}
          onPaste={paste}
          onBlur={put}
          data-kind={field.kind}
        />
      )}
    </div>
  );
}
