// Previews of images: asked for when they come into view, four at a time, kept, and given back to the browser's memory.

import { useEffect, useRef, useState } from "preact/hooks";
import { useStore, useText } from "../context.tsx";
import { Icon } from "../icons.tsx";
import type { Store } from "../store.ts";
import { Refused } from "../wire.ts";
import { WORK_MS } from "./ask.ts";

/** Requests under way at the same time: more would only wait in the kernel, in front of what is looked at next. */
export const AT_ONCE = 4;
/** Previews kept in the browser's memory; those on the page are never given back. */
const KEPT = 600;

export type Shown = { url: string } | { fault: string };

interface Wish {
  image: string;
  size: number;
  tell: (shown: Shown) => void;
}

export class Thumbs {
  private waiting: Wish[] = [];
  private running = 0;
  private kept = new Map<string, { shown: Shown; users: number }>();

  constructor(private readonly store: Store) {}

  /** Have a preview told, now or later; gives the function that ends the wish. */
  want(image: string, size: number, tell: (shown: Shown) => void): () => void {
    const key = `${image} ${size}`;
    const known = this.kept.get(key);
    const wish = { image, size, tell };
    if (known) tell(known.shown);
    else this.waiting.push(wish);
    if (known) known.users += 1;
    this.next();
    return () => {
      const place = this.waiting.indexOf(wish);
      if (place >= 0) this.waiting.splice(place, 1);
      const held = this.kept.get(key);
      if (held) held.users = Math.max(0, held.users - 1);
      wish.tell = () => undefined;
    };
  }

  private next(): void {
    while (this.running < AT_ONCE && this.waiting.length) {
      const wish = this.waiting.shift();
      if (wish) void this.fetch(wish);
    }
  }

  private async fetch(wish: Wish): Promise<void> {
    this.running += 1;
    const shown = await this.ask(wish);
    this.running -= 1;
    const key = `${wish.image} ${wish.size}`;
    const twins = this.waiting.filter((other) => `${other.image} ${other.size}` === key);
    this.waiting = this.waiting.filter((other) => !twins.includes(other));
    if (shown) {
      this.kept.set(key, { shown, users: 1 + twins.length });
      for (const each of [wish, ...twins]) each.tell(shown);
      this.tidy();
    }
    this.next();
  }

  private async ask({ image, size }: Wish): Promise<Shown | undefined> {
    try {
      const { content, buffers } = await this.store.wire.request("thumb", { image, size }, [], WORK_MS);
      const [data] = buffers;
      if (!data) return { fault: this.store.text("ui.image.none") };
      const type = String(content.type ?? "image/png");
      return { url: URL.createObjectURL(new Blob([data as DataView<ArrayBuffer>], { type })) };
    } catch (fault) {
      return fault instanceof Refused ? { fault: fault.message } : { fault: this.store.text("ui.no_answer") };
    }
  }

  private tidy(): void {
    for (const [key, { shown, users }] of this.kept) {
      if (this.kept.size <= KEPT) return;
      if (users > 0) continue;
      this.kept.delete(key);
      if ("url" in shown) URL.revokeObjectURL(shown.url);
    }
  }
}

const known = new WeakMap<Store, Thumbs>();

function thumbsOf(store: Store): Thumbs {
  const found = known.get(store) ?? new Thumbs(store);
  known.set(store, found);
  return found;
}

/** Follow the preview of an image once ``wanted``. */
export function useThumb(image: string | undefined, size: number, wanted = true): Shown | undefined {
  const store = useStore();
  const [shown, show] = useState<{ of: string; what: Shown } | undefined>();
  useEffect(() => {
    if (!image || !wanted) return;
    return thumbsOf(store).want(image, size, (what) => show({ of: image, what }));
  }, [store, image, size, wanted]);
  return shown?.of === image ? shown?.what : undefined;
}

/** Tell when an element first comes near the view. */
export function useSeen<T extends Element>(): [(node: T | null) => void, boolean] {
  const [seen, setSeen] = useState(false);
  const watch = useRef<IntersectionObserver | undefined>(undefined);
  useEffect(() => () => watch.current?.disconnect(), []);
  const ref = (node: T | null) => {
    if (!node || seen || watch.current) return;
    watch.current = new IntersectionObserver(
      (entries) => {
        if (!entries.some((entry) => entry.isIntersecting)) return;
        watch.current?.disconnect();
        setSeen(true);
      },
      { rootMargin: "200px" },
    );
    watch.current.observe(node);
  };
  return [ref, seen];
}

/** The picture of an image, or a sign that it is on its way or cannot be shown. */
export function Picture({ image, alt, size, seen }: { image: string; alt: string; size: number; seen: boolean }) {
  const t = useText();
  const shown = useThumb(image, size, seen);
  if (shown && "url" in shown) return <img src={shown.url} alt={alt} draggable={false} />;
  return (
    <span class="rw-nopicture" title={shown?.fault}>
      <span class="rw-hidden">{alt}</span>
      {shown ? (
        <>
          <Icon name="file" />
          <span class="rw-hidden">{t("ui.image.none")}</span>
        </>
      ) : (
        <span class="rw-busy" aria-hidden="true" />
      )}
    </span>
  );
}
