// Icons of 16 px and one line weight, the lights and rings of completeness, and the mark of the app.

const PATHS: Record<string, string> = {
  check: "M3 8.5 6.5 12 13 4.5",
  cross: "m4 4 8 8M12 4l-8 8",
  error: "M5.3 1.8h5.4l3.5 3.5v5.4l-3.5 3.5H5.3l-3.5-3.5V5.3zM8 4.8v3.6M8 11v.1",
  warning: "M8 2 1.6 13.5h12.8zM8 6.4v3.2M8 11.6v.1",
  info: "M1.8 8a6.2 6.2 0 1 0 12.4 0a6.2 6.2 0 1 0-12.4 0M8 7.3v3.6M8 5v.1",
  pencil: "m2.5 13.5.8-3.2 7.9-7.9a1.4 1.4 0 0 1 2 0l.4.4a1.4 1.4 0 0 1 0 2l-7.9 7.9zM9.8 3.8l2.4 2.4",
  undo: "M5.5 2.5 2.5 5.5l3 3M2.8 5.5h6.4a4 4 0 0 1 0 8H5",
  redo: "m10.5 2.5 3 3-3 3M13.2 5.5H6.8a4 4 0 0 0 0 8H11",
  outside: "M9 2.5h4.5V7M13.2 2.8 7.5 8.5M11.5 9.5v4h-9v-9h4",
  out: "M8 2v8M4.8 7 8 10.2 11.2 7M2.5 11v2.5h11V11",
  folder: "M1.8 13V3.2h4.4l1.6 2h6.4V13z",
  ticket: "M1.8 4h12.4v2.6a1.5 1.5 0 0 0 0 2.8V12H1.8V9.4a1.5 1.5 0 0 0 0-2.8zM10 4v1.4M10 7.3v1.4M10 10.6V12",
  page: "M3.2 1.8h6l3.6 3.6v8.8H3.2zM9 2v3.6h3.6M5.6 8.5h4.8M5.6 11h4.8",
  try: "M6 1.8h4M6.7 2v4.2l-3.9 6.4a1 1 0 0 0 .9 1.6h8.6a1 1 0 0 0 .9-1.6L9.3 6.2V2M4.8 10h6.4",
  down: "m4 6 4 4 4-4",
  up: "m4 10 4-4 4 4",
  left: "m10 4-4 4 4 4",
  right: "m6 4 4 4-4 4",
  go: "M2.5 8h10.5M9 4l4 4-4 4",
  plus: "M8 3v10M3 8h10",
  copy: "M5.5 5.5h8v8h-8zM10.5 5.3V2.5h-8v8h2.8",
  find: "M2.5 7a4.5 4.5 0 1 0 9 0a4.5 4.5 0 1 0-9 0m7.9 3.4 3.3 3.3",
  file: "M3.2 1.8h6l3.6 3.6v8.8H3.2zM5.8 9.4a2.2 2.2 0 1 0 4.4 0a2.2 2.2 0 1 0-4.4 0",
  offline: "M1.8 6.2a9.2 9.2 0 0 1 12.4 0M4 8.8a6 6 0 0 1 8 0M6.3 11.2a2.6 2.6 0 0 1 3.4 0M2.5 14 13.5 2",
  people:
    "M3.3 5.4a2.3 2.3 0 1 0 4.6 0a2.3 2.3 0 1 0-4.6 0M1.6 13.4c0-2.6 1.7-4.3 4-4.3s4 1.7 4 4.3M10.2 3.4a2.2 2.2 0 0 1 0 4.2M11.6 9.4c1.8.5 2.8 2 2.8 4",
  filter: "M2 3.5h12L9.5 8.6v4.9l-3-1.6V8.6z",
  trash: "M2.5 4.5h11M6 4.3V2.5h4v1.8M4 4.5l.7 9h6.6l.7-9M6.8 7v4M9.2 7v4",
  sun: "M2.5 8a5.5 5.5 0 1 0 11 0a5.5 5.5 0 1 0-11 0M8 2.5v11",
};

export function Icon({ name, big }: { name: keyof typeof PATHS | string; big?: boolean }) {
  return (
    <svg class={big ? "rw-i is-big" : "rw-i"} viewBox="0 0 16 16" aria-hidden="true">
      <path d={PATHS[name] ?? ""} />
    </svg>
  );
}

export function Light({ state }: { state: "ready" | "near" | "far" | "off" }) {
  const ring = { cx: 9, cy: 9, r: 7.1, fill: "none", stroke: "currentColor" };
  return (
    <svg class={`rw-light is-${state}`} viewBox="0 0 18 18" aria-hidden="true">
      {state === "ready" ? (
        <>
          <circle cx="9" cy="9" r="8" fill="currentColor" />
          <path
            d="m5.2 9.4 2.6 2.6 5-5.4"
            fill="none"
            stroke="var(--rw-surface)"
            stroke-width="1.8"
            stroke-linecap="round"
            stroke-linejoin="round"
          />
        </>
      ) : (
        <circle
          {...ring}
          stroke-width={state === "off" ? 1.5 : 1.8}
          stroke-dasharray={state === "off" ? "2.4 2.6" : ""}
        />
      )}
      {state === "near" && <path d="M9 2a7 7 0 0 1 0 14z" fill="currentColor" />}
      {state === "far" && <path d="M5.6 9h6.8" stroke="currentColor" stroke-width="1.8" stroke-linecap="round" />}
    </svg>
  );
}

/** How much of a section is answered: a ring that fills, a disc with a tick, a dotted ring for one not used. */
export function Ring({ done, of, unused }: { done: number; of: number; unused?: boolean }) {
  const full = !unused && of > 0 && done >= of;
  return (
    <svg class={full ? "rw-ring is-done" : "rw-ring"} viewBox="0 0 20 20" aria-hidden="true">
      {full ? (
        <>
          <circle class="d" cx="10" cy="10" r="9" />
          <path class="k" d="m6 10.4 2.8 2.8 5.2-6" fill="none" stroke-linecap="round" stroke-linejoin="round" />
        </>
      ) : (
        <circle class="t" cx="10" cy="10" r="7.5" stroke-dasharray={unused ? "2.2 2.5" : undefined} />
      )}
      {!full && !unused && done > 0 && (
        <circle class="v" cx="10" cy="10" r="7.5" pathLength={100} stroke-dasharray={`${(100 * done) / of} 100`} />
      )}
    </svg>
  );
}

export function AppMark() {
  return (
    <span class="rw-mark">
      <svg viewBox="0 0 28 28" role="img" aria-label="rembi widgets">
        <circle cx="14" cy="14" r="12.2" fill="none" stroke="currentColor" stroke-width="1.8" />
        <ellipse cx="10.6" cy="11.2" rx="3.9" ry="2.9" transform="rotate(-28 10.6 11.2)" fill="currentColor" />
        <ellipse
          cx="18.2"
          cy="17.2"
          rx="3.1"
          ry="4.1"
          transform="rotate(-34 18.2 17.2)"
          fill="none"
          stroke="currentColor"
          stroke-width="1.8"
          stroke-dasharray="2 1.7"
        />
        <circle cx="9.6" cy="19.4" r="1.5" fill="currentColor" />
      </svg>
    </span>
  );
}
