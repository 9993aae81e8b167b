// Who else is there: initials in the top bar, and in a list names, hosts and when they last did something.

import { useEffect, useState } from "preact/hooks";
import { useChosen, useText } from "../context.tsx";
import type { Person } from "../others.ts";
import { useWho } from "./words.ts";

const SHOWN = 3;
const TICK_MS = 5000;

export function initials(name: string): string {
  const words = name.split(/[\s._-]+/u).filter(Boolean);
  const letters = words.length > 1 ? [words[0], words.at(-1)] : [words[0]];
  return letters.map((word) => Array.from(word ?? "?")[0]?.toLocaleUpperCase()).join("");
}

/** Seconds that have gone by since a list was told. */
function useSince(people: Person[]): number {
  const [, draw] = useState(0);
  const [told, tell] = useState({ people, at: Date.now() });
  if (told.people !== people) tell({ people, at: Date.now() });
  useEffect(() => {
    if (!people.length) return;
    const timer = setInterval(() => draw((n) => n + 1), TICK_MS);
    return () => clearInterval(timer);
  }, [people.length]);
  return told.people === people ? (Date.now() - told.at) / 1000 : 0;
}

function useActive(): (seconds: number) => string {
  const t = useText();
  return (seconds) => {
    if (seconds < 3) return t("ui.people.now");
    if (seconds < 90) return t("ui.people.s", { n: Math.round(seconds) });
    if (seconds < 5400) return t("ui.people.min", { n: Math.round(seconds / 60) });
    return t("ui.people.h", { n: Math.round(seconds / 3600) });
  };
}

export function People() {
  const t = useText();
  const who = useWho();
  const people = useChosen((state) => state.people);
  const since = useSince(people);
  const active = useActive();
  if (!people.length) return null;
  const names = people.map((one) => who(one)).join(", ");
  return (
    <details class="rw-people">
      <summary title={names}>
        <span class="rw-hidden">
          {t.n("ui.people", people.length)}: {names}
        </span>
        {people.slice(0, SHOWN).map((one) => (
          <span class={one.me ? "rw-avatar is-me" : "rw-avatar"} key={one.writer} aria-hidden="true">
            {initials(one.author)}
          </span>
        ))}
        {people.length > SHOWN && (
          <span class="rw-avatar is-more" aria-hidden="true">
            +{people.length - SHOWN}
          </span>
        )}
      </summary>
      <ul class="rw-peoplelist">
        {people.map((one) => (
          <li key={one.writer}>
            <b>{who(one)}</b>
            <span class="rw-two rw-small">
              {one.host && <>{t("ui.people.on", { host: one.host })}, </>}
              {active(one.active + since)}
            </span>
          </li>
        ))}
      </ul>
    </details>
  );
}
