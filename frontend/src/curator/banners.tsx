// What a person should know before going on: what was restored, what opening found, what could not be done.

import { useEffect } from "preact/hooks";
import { useChosen, useStore, useText } from "../context.tsx";
import { Icon } from "../icons.tsx";
import { News } from "../writers/news.tsx";
import { useWhere } from "./findings.tsx";

/** Places named of what was restored. */
const NAMED = 5;

function Restored() {
  const t = useText();
  const where = useWhere();
  const paths = useChosen((state) => state.restoredPaths);
  const places = [...new Set(paths.map(where))].slice(0, NAMED);
  return places.length ? <>{t("ui.welcome.what", { what: places.join("; ") })}</> : null;
}

export function Banners() {
  const store = useStore();
  const t = useText();
  const restored = useChosen((state) => state.restored);
  const notes = useChosen((state) => state.notes);
  if (!restored && !notes.length) return null;
  return (
    <div class="rw-banners" role="status">
      {restored > 0 && (
        <div class="rw-banner is-info">
          <Icon name="info" />
          <div>
            <b>{t("ui.welcome")}</b> {t.n("ui.welcome.restored", restored)} <Restored />
          </div>
          <button class="rw-btn is-small" type="button" onClick={() => store.welcomed()}>
            {t("ui.understood")}
          </button>
        </div>
      )}
      {notes.length > 0 && (
        <div class="rw-banner is-warn">
          <Icon name="warning" />
          <div>
            <b>{t.n("ui.opened_with", notes.length)}</b>
            <ul>
              {notes.map((note) => (
                <li key={note}>{note}</li>
              ))}
            </ul>
          </div>
          {restored === 0 && (
            <button class="rw-btn is-small" type="button" onClick={() => store.welcomed()}>
              {t("ui.understood")}
            </button>
          )}
        </div>
      )}
    </div>
  );
}

/** Milliseconds that a message which asks for nothing stays. */
const STAYS_MS = 8000;

/** The last thing said; a fault stays until it is dismissed. Both regions are there from the start, so that they are read. */
export function Toast() {
  const store = useStore();
  const t = useText();
  const said = useChosen((state) => state.said);
  useEffect(() => {
    if (said?.tone !== "info") return;
    const timer = setTimeout(() => store.hush(), STAYS_MS);
    return () => clearTimeout(timer);
  }, [store, said]);
  const card = said && (
    <div class={`rw-banner ${said.tone === "error" ? "is-error" : "is-info"}`} key={said.id}>
      <Icon name={said.tone} />
      <div>{said.text}</div>
      <button class="rw-btn is-icon" type="button" aria-label={t("ui.dismiss")} onClick={() => store.hush()}>
        <Icon name="cross" />
      </button>
    </div>
  );
  return (
    <div class="rw-toast">
      <div role="alert">{said?.tone === "error" && card}</div>
      <div role="status">{said?.tone === "info" && card}</div>
      <News />
    </div>
  );
}
