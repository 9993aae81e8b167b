// The doors into the app: what a person has in hand.

import { useText, useWay } from "../context.tsx";
import { Icon } from "../icons.tsx";

export type Door = "folder" | "study" | "ticket" | "demo";

const ICONS: Record<Door, string> = { folder: "folder", study: "page", ticket: "ticket", demo: "try" };

/** Four small cells as on a stage: a picture of what the app is about, drawn, so that nothing is fetched. */
function Strip() {
  const hues = [215, 150, 305, 190];
  return (
    <span class="rw-strip" aria-hidden="true">
      {hues.map((hue, n) => (
        <svg key={hue} viewBox="0 0 48 48" aria-hidden="true">
          <rect width="48" height="48" fill="#0a0d0c" />
          <g fill={`hsl(${hue} 75% 55% / .8)`} transform={`rotate(${n * 37} 24 24)`}>
            <ellipse cx="15" cy="16" rx="9" ry="6.5" />
            <ellipse cx="35" cy="31" rx="8" ry="5.5" transform="rotate(40 35 31)" />
            <ellipse cx="12" cy="40" rx="7" ry="5" transform="rotate(-30 12 40)" />
            <ellipse cx="40" cy="8" rx="6" ry="4.5" />
          </g>
        </svg>
      ))}
    </span>
  );
}

export function Doors({ doors, door, choose }: { doors: Door[]; door: Door; choose: (door: Door) => void }) {
  const t = useText();
  const { prefix } = useWay();
  return (
    <fieldset class="rw-step">
      <span class="n" aria-hidden="true">
        1
      </span>
      <div>
        <legend>{t("ui.start.have")}</legend>
        <div class={doors.length > 3 ? "rw-doors is-four" : "rw-doors is-few"}>
          {doors.map((name, place) => (
            <label class={place === 0 ? "rw-door is-first" : "rw-door"} key={name}>
              <input type="radio" name={`${prefix}-have`} checked={name === door} onChange={() => choose(name)} />
              <Icon name={ICONS[name]} big={place === 0} />
              <b>{t(`ui.door.${name}`)}</b>
              <span>{t(`ui.door.${name}.help`)}</span>
              {place === 0 && <Strip />}
            </label>
          ))}
        </div>
      </div>
    </fieldset>
  );
}
