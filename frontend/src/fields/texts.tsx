// Repeated values: each a piece that can be changed, moved and removed, and a line for the next.

import { useLayoutEffect, useRef, useState } from "preact/hooks";
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

interface Pieces {
  items: string[];
  text: string;
  /** The piece that is being changed in the line. */
  place: number | undefined;
  held: InnerProps["held"];
  write(text: string): void;
  put(): void;
  remove(n: number): void;
  change(n: number): void;
  /** Step away from what stands in the line; tells whether there was anything. */
  drop(): boolean;
  focus(at: number | "input"): void;
}

/** Focus a piece or the line once they are drawn. */
function useFocus(own: { current: HTMLElement | null }): (at: number | "input") => void {
  const [wanted, setWanted] = useState<number | "input">();
  useLayoutEffect(() => {
    if (wanted === undefined) return;
    setWanted(undefined);
    const pieces = own.current?.querySelectorAll<HTMLElement>(".rw-piecetext");
    const piece = wanted === "input" ? undefined : pieces?.[Math.min(wanted, pieces.length - 1)];
    (piece ?? own.current?.querySelector<HTMLElement>("input"))?.focus();
  }, [wanted]);
  return setWanted;
}

function usePieces({ held, path }: InnerProps, own: { current: HTMLElement | null }): Pieces {
  const store = useStore();
  const items = itemsOf<string>(held.value).map(String);
  const [text, setText] = useState("");
  const [place, setPlace] = useState<number>();
  const focus = useFocus(own);
  const withText = (pieces: string[]) =>
    place === undefined ? [...items, ...pieces] : [...items.slice(0, place), ...pieces, ...items.slice(place + 1)];
  const write = (fresh: string) => {
    setText(fresh);
    store.draft(path, fresh.trim() ? withText([fresh.trim()]) : undefined);
  };
  const put = () => {
    const pieces = [...new Set(piecesOf(text))];
    const fresh = pieces.filter((piece) => !items.some((item, n) => item === piece && n !== place));
    if (fresh.length || place !== undefined) held.set(withText(fresh));
    else store.draft(path, undefined);
    setText("");
    setPlace(undefined);
  };
  const remove = (n: number) => {
    held.set(items.filter((_, other) => other !== n));
    focus(items.length > 1 ? n : "input");
  };
  const change = (n: number) => {
    setPlace(n);
    setText(items[n] ?? "");
    focus("input");
  };
  const drop = () => {
    if (!text && place === undefined) return false;
    write("");
    setPlace(undefined);
    return true;
  };
  return { items, text, place, held, write, put, remove, change, drop, focus };
}

function pressPiece(event: KeyboardEvent, n: number, { items, held, remove, focus }: Pieces): void {
  const by = MOVES[event.key];
  const last = items.length - 1;
  if (by && event.altKey) {
    const fresh = moved(items, n, by);
    if (fresh !== items) held.set(fresh);
    focus(Math.max(0, Math.min(n + by, last)));
  } else if (by && !event.ctrlKey && !event.metaKey) focus(n + by > last ? "input" : Math.max(0, n + by));
  else if (event.key === "Delete" || event.key === "Backspace") remove(n);
  else return;
  event.preventDefault();
}

function pressLine(event: KeyboardEvent, { items, text, put, drop, focus }: Pieces): void {
  if (event.isComposing || event.ctrlKey || event.metaKey) return;
  if (event.key === "Enter") {
    event.preventDefault();
    put();
  } else if (event.key === "Escape" && drop()) event.stopPropagation();
  else if (event.key === "Backspace" && !text && items.length) {
    event.preventDefault();
    focus(items.length - 1);
  }
}

function paste(event: ClipboardEvent, { items, held }: Pieces): void {
  const pieces = piecesOf(event.clipboardData?.getData("text") ?? "");
  if (pieces.length < 2) return;
  event.preventDefault();
  held.set([...items, ...pieces.filter((piece) => !items.includes(piece))]);
}

function Piece({ item, n, pieces, inner }: { item: string; n: number; pieces: Pieces; inner: InnerProps }) {
  const t = useText();
  const { readOnly } = inner.attrs;
  return (
    <li class={n === pieces.place ? "rw-bit is-changing" : "rw-bit"}>
      <button
        class="rw-piecetext"
        type="button"
        disabled={readOnly}
        title={t("ui.form.piece_keys")}
        aria-label={t("ui.form.piece", { text: item, n: n + 1, of: pieces.items.length })}
        onClick={() => pieces.change(n)}
        onKeyDown={(event) => pressPiece(event, n, pieces)}
      >
        {item}
      </button>
      {!readOnly && (
        <button
          class="rw-piecegone"
          type="button"
          aria-label={t("ui.form.remove_term", { field: inner.label, term: item })}
          onClick={() => pieces.remove(n)}
        >
          <Icon name="cross" />
        </button>
      )}
    </li>
  );
}

export function TextsInput(inner: InnerProps) {
  const t = useText();
  const own = useRef<HTMLDivElement>(null);
  const pieces = usePieces(inner, own);
  const { attrs, labelId, placeholder } = inner;
  const { items, text } = pieces;
  return (
    <div class="rw-pieces" ref={own}>
      {items.length > 0 && (
        <ul class="rw-piecelist" aria-labelledby={labelId}>
          {items.map((item, n) => (
            <Piece key={item} item={item} n={n} pieces={pieces} inner={inner} />
          ))}
        </ul>
      )}
      {!attrs.readOnly && (
        <input
          class="rw-input"
          type="text"
          autoComplete="off"
          {...attrs}
          aria-labelledby={labelId}
          data-dirty={text ? "" : undefined}
          placeholder={items.length ? t("ui.form.next_piece") : placeholder}
          value={text}
          onInput={(event) => pieces.write(event.currentTarget.value)}
          onKeyDown={(event) => pressLine(event, pieces)}
          onPaste={(event) => paste(event, pieces)}
          onBlur={pieces.put}
        />
      )}
    </div>
  );
}
