// The contrast of one image: which share of the pixels becomes black and which becomes bright, by channel or for all.

import { useState } from "preact/hooks";
import { useText } from "../context.tsx";
import { useUnique } from "../fields/frame.tsx";
import type { ShownChannel } from "./header.ts";

export type Range = [number, number];
export type Contrasts = Record<string, Range>;

/** What the kernel does by itself. */
export const AUTO: Range = [1, 99.8];
const PRESETS: [string, Range][] = [
  ["auto", AUTO],
  ["full", [0, 100]],
  ["soft", [0.1, 99.9]],
  ["firm", [1, 99]],
  ["strong", [5, 99]],
];
const ALL = "all";

/** Give the percentiles of a channel, or of all. */
export function rangeOf(held: Contrasts, of: string): Range {
  return held[of] ?? held[ALL] ?? AUTO;
}

/** Set percentiles: those of all channels take the place of those of single ones. */
export function withRange(held: Contrasts, of: string, range: Range): Contrasts {
  return of === ALL ? { [ALL]: range } : { ...held, [of]: range };
}

/** Read what was typed; a decimal comma is a point. */
export function percentOf(said: string): number | undefined {
  const found = said.trim() ? Number(said.trim().replace(",", ".")) : Number.NaN;
  return found >= 0 && found <= 100 ? found : undefined;
}

const same = (one: Range, two: Range) => one[0] === two[0] && one[1] === two[1];

interface Props {
  channels: ShownChannel[];
  value: Contrasts;
  pick(contrast: Contrasts): void;
}

export function Contrast({ channels, value, pick }: Props) {
  const t = useText();
  const id = useUnique();
  const [of, setOf] = useState(ALL);
  const range = rangeOf(value, of);
  const preset = PRESETS.find(([, percent]) => same(percent, range))?.[0] ?? "own";
  const set = (fresh: Range) => pick(withRange(value, of, fresh));
  return (
    <fieldset class="rw-contrast">
      <legend>{t("ui.viewer.contrast")}</legend>
      {channels.length > 1 && (
        <span class="rw-contrastpart">
          <label for={`${id}-of`}>{t("ui.viewer.contrast_of")}</label>
          <select id={`${id}-of`} value={of} onChange={(event) => setOf(event.currentTarget.value)}>
            <option value={ALL}>{t("ui.viewer.contrast_all")}</option>
            {channels.map((channel, place) => (
              <option key={place} value={String(place)}>
                {channel.name}
              </option>
            ))}
          </select>
        </span>
      )}
      <span class="rw-contrastpart">
        <label for={`${id}-preset`}>{t("ui.viewer.contrast_preset")}</label>
        <select
          id={`${id}-preset`}
          value={preset}
          onChange={(event) => {
            const found = PRESETS.find(([name]) => name === event.currentTarget.value);
            if (found) set(found[1]);
          }}
        >
          {PRESETS.map(([name, [low, high]]) => (
            <option key={name} value={name}>
              {t(`ui.viewer.contrast_${name}`, { low, high })}
            </option>
          ))}
          {preset === "own" && <option value="own">{t("ui.viewer.contrast_own")}</option>}
        </select>
      </span>
      <Percents key={of} id={id} range={range} set={set} />
      <button class="rw-btn is-small" type="button" aria-disabled={!Object.keys(value).length} onClick={() => pick({})}>
        {t("ui.viewer.contrast_reset")}
      </button>
    </fieldset>
  );
}

/** Both ends, typed or stepped; what makes no range is said and not sent. */
function Percents({ id, range, set }: { id: string; range: Range; set(range: Range): void }) {
  const t = useText();
  // what is typed stands as long as it is what is set, or no range yet; a preset or a reset takes its place
  const [held, hold] = useState({ typed: range.map(String), at: range });
  const now = held.typed.map(percentOf);
  const stands = same(held.at, range) || (now[0] === range[0] && now[1] === range[1]);
  const typed = stands ? held.typed : range.map(String);
  const ends = typed.map(percentOf);
  const [low, high] = ends;
  const wrong = low === undefined || high === undefined || low >= high;
  const take = (at: number, said: string) => {
    const fresh = typed.map((old, place) => (place === at ? said : old));
    hold({ typed: fresh, at: range });
    const [from, to] = fresh.map(percentOf);
    if (from !== undefined && to !== undefined && from < to) set([from, to]);
  };
  return (
    <>
      {["low", "high"].map((end, at) => (
        <span class="rw-contrastpart" key={end}>
          <label for={`${id}-${end}`}>{t(`ui.viewer.contrast_${end}`)}</label>
          <input
            id={`${id}-${end}`}
            type="number"
            min={0}
            max={100}
            step={0.1}
            value={typed[at]}
            aria-invalid={wrong}
            aria-describedby={wrong ? `${id}-wrong` : undefined}
            onInput={(event) => take(at, event.currentTarget.value)}
          />
        </span>
      ))}
      {wrong && (
        <p class="rw-contrastwrong" id={`${id}-wrong`} role="alert">
          {t("ui.viewer.contrast_wrong")}
        </p>
      )}
    </>
  );
}
