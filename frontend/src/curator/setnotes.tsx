// Below the groups: what does not fit together in the dataset, and image files that are there twice.

import { useRef, useState } from "preact/hooks";
import { useChosen, useStore, useText } from "../context.tsx";
import { Icon } from "../icons.tsx";
import { bytes, useAnswer } from "./ask.ts";

/** Milliseconds that comparing the files of a large dataset may take. */
const COMPARING_MS = 12 * 3_600_000;

interface Notes {
  notes: string[];
  count: number;
}

interface Duplicates {
  sets: string[][];
  count: number;
  stopped?: boolean;
}

export function Inconsistencies() {
  const t = useText();
  const key = useChosen((state) => `${state.folder} ${state.lang} ${state.scan.state === "running"}`);
  const found = useAnswer<Notes>("inconsistencies", {}, key).data;
  if (!found?.count) return null;
  return (
    <section class="rw-group">
      <h2 class="rw-h2">{t.n("ui.notes", found.count)}</h2>
      <p class="rw-small rw-two rw-gapbelow-small">
        {t("ui.notes.help")}
        {found.count > found.notes.length && ` ${t("ui.notes.more", { n: found.notes.length })}`}
      </p>
      <ul class="rw-bad rw-setnotes">
        {found.notes.map((note) => (
          <li key={note}>
            <Icon name="warning" />
            <div class="rw-breaks">{note}</div>
          </li>
        ))}
      </ul>
    </section>
  );
}

function Sets({ found }: { found: Duplicates }) {
  const t = useText();
  return (
    <ul class="rw-bad rw-setnotes">
      {found.sets.map(([first = "", ...others]) => (
        <li key={first}>
          <Icon name="copy" />
          <div>
            <code>{first}</code>
            {others.map((path) => (
              <div key={path}>
                <span class="rw-two">{t("ui.duplicates.same")}</span> <code>{path}</code>
              </div>
            ))}
          </div>
        </li>
      ))}
    </ul>
  );
}

/** How far it is, and the button that ends it. */
function Progress() {
  const store = useStore();
  const t = useText();
  const lang = useChosen((state) => state.lang);
  const at = useChosen((state) => state.comparing);
  const [done, of] = [bytes(at?.done ?? 0, lang), bytes(at?.of ?? 0, lang)];
  const label = at ? t("ui.duplicates.progress", { done, of }) : t("ui.duplicates.busy");
  return (
    <div class="rw-progress">
      <p>
        <span class="rw-num">{label}</span>
        <button class="rw-plain" type="button" onClick={() => void store.ask("stop-comparing")}>
          {t("ui.duplicates.stop")}
        </button>
      </p>
      <progress max={at?.of ?? 1} value={at?.done} aria-label={label} />
    </div>
  );
}

export function DuplicateFiles() {
  const store = useStore();
  const t = useText();
  const [busy, setBusy] = useState(false);
  const [found, setFound] = useState<Duplicates | undefined>();
  const start = useRef<HTMLButtonElement>(null);
  const look = async () => {
    if (busy) return;
    setBusy(true);
    const answer = await store.ask("duplicates", {}, COMPARING_MS);
    const root = start.current?.getRootNode() as Document | ShadowRoot | undefined;
    const inside = root?.activeElement?.closest(".rw-duplicates");
    setBusy(false);
    if (inside) start.current?.focus({ preventScroll: true }); // the button that stops it is gone
    if (answer) setFound(answer as unknown as Duplicates);
  };
  const none = found?.count === 0 && !found.stopped ? t("ui.duplicates.none") : "";
  const said = found?.count ? t.n("ui.duplicates.found", found.count) : none;
  const stopped = found?.stopped ? `${t("ui.duplicates.stopped")} ` : "";
  const more = found && found.count > found.sets.length ? ` ${t("ui.notes.more", { n: found.sets.length })}` : "";
  return (
    <section class="rw-group rw-duplicates">
      <h2 class="rw-h2">{t("ui.duplicates")}</h2>
      <p class="rw-small rw-two rw-gapbelow-small">{t("ui.duplicates.help")}</p>
      <div class="rw-btns">
        <button class="rw-btn" type="button" aria-disabled={busy} onClick={look} ref={start}>
          <Icon name="find" />
          {found ? t("ui.duplicates.again") : t("ui.duplicates.look")}
        </button>
        <span role="status">{busy ? t("ui.duplicates.busy") : stopped + said + more}</span>
      </div>
      {busy && <Progress />}
      {found && !busy && <Sets found={found} />}
    </section>
  );
}
