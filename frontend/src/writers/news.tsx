// What others changed, told once and quietly: whose it is, and the way to the fields.

import { useEffect, useRef, useState } from "preact/hooks";
import { useChosen, useStore, useText, useWay } from "../context.tsx";
import { useWhere } from "../curator/findings.tsx";
import { placeOf } from "../curator/place.ts";
import { Icon } from "../icons.tsx";
import type { News as Told } from "../others.ts";
import { useWho } from "./words.ts";

/** Milliseconds that it stays, unless a person is at it. */
const STAYS_MS = 10_000;
const NAMED = 3;

function One({ news }: { news: Told }) {
  const store = useStore();
  const t = useText();
  const way = useWay();
  const who = useWho();
  const where = useWhere();
  const box = useRef<HTMLDivElement>(null);
  const [held, hold] = useState(false);
  useEffect(() => {
    if (held) return;
    const timer = setTimeout(() => store.told(news.id), STAYS_MS);
    return () => clearTimeout(timer);
  }, [store, news, held]);
  const shown = news.paths.slice(0, NAMED);
  const leave = (event: FocusEvent) => {
    if (!box.current?.contains(event.relatedTarget as Element | null)) hold(false);
  };
  return (
    // biome-ignore lint/a11y/noStaticElementInteractions: while a person is at it, it does not go away
    <div
      class="rw-banner is-info rw-news"
      ref={box}
      onMouseEnter={() => hold(true)}
      onMouseLeave={() => hold(false)}
      onFocusIn={() => hold(true)}
      onFocusOut={leave}
    >
      <Icon name="people" />
      <div>
        {t.n("ui.news", news.count, { author: who(news) })}{" "}
        {shown.map((path, n) => (
          <span key={path}>
            {n > 0 && "; "}
            {way.leads ? (
              <button class="rw-plain" type="button" onClick={() => way.go(placeOf(store.state.guide, path))}>
                {where(path)}
              </button>
            ) : (
              where(path)
            )}
          </span>
        ))}
        {news.count > shown.length && <> {t("ui.news.more", { n: news.count - shown.length })}</>}
      </div>
      <button class="rw-btn is-icon" type="button" aria-label={t("ui.dismiss")} onClick={() => store.told(news.id)}>
        <Icon name="cross" />
      </button>
    </div>
  );
}

/** The conflicts that came while the page was open, in words for a screen reader. */
function useTold(): string {
  const t = useText();
  const where = useWhere();
  const conflicts = useChosen((state) => state.conflicts);
  const [known] = useState(() => new Set(conflicts.map(({ path }) => path)));
  const fresh = conflicts.filter(({ path }) => !known.has(path));
  return fresh.map(({ path }) => t("ui.rivals.told", { where: where(path) })).join(" ");
}

export function News() {
  const news = useChosen((state) => state.news);
  const told = useTold();
  return (
    <div role="status" class="rw-newslist">
      {news.map((one) => (
        <One key={one.id} news={one} />
      ))}
      <span class="rw-hidden">{told}</span>
    </div>
  );
}
