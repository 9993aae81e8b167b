// At a field that somebody else changed: a quiet mark until it was seen, and their value while one types there.

import { useEffect } from "preact/hooks";
import { useChosen, useStore, useText } from "../context.tsx";
import { Icon } from "../icons.tsx";
import type { Changed as Mark } from "../others.ts";
import { isEmpty, valueAt } from "../record.ts";
import { useWho, useWords } from "./words.ts";

/** Milliseconds that a mark stays once it was on the screen. */
export const SEEN_MS = 6000;

export function useChanged(path: string): Mark | undefined {
  return useChosen((state) => state.changed[path]);
}

export function Changed({ path, box }: { path: string; box: { current: HTMLElement | null } }) {
  const store = useStore();
  const t = useText();
  const who = useWho();
  const words = useWords();
  const mark = useChanged(path);
  const value = useChosen((state) => valueAt(state.record, path));
  const crossed = mark?.crossed === true;
  useEffect(() => {
    const field = box.current;
    if (!mark || crossed || !field) return;
    let timer: ReturnType<typeof setTimeout> | undefined;
    const watch = new IntersectionObserver(([entry]) => {
      if (entry?.isIntersecting) timer ??= setTimeout(() => store.seen(path), SEEN_MS);
    });
    watch.observe(field);
    return () => {
      watch.disconnect();
      clearTimeout(timer);
    };
  }, [store, path, mark, crossed, box]);
  if (!mark) return null;
  const author = who(mark);
  const said = isEmpty(value)
    ? t("ui.changed.crossed.empty", { author })
    : t("ui.changed.crossed", { author, value: words(path, value) });
  return (
    <p class="rw-says is-info rw-changednote">
      <Icon name="people" />
      <span>{crossed ? said : t("ui.changed", { author })}</span>
    </p>
  );
}
