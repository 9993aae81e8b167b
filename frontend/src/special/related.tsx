// The images a correlation brings together, both sides: whole components, those taken alike, one by one, or by a pattern.

import { useState } from "preact/hooks";
import { useChosen, useStore, useText } from "../context.tsx";
import { useAnswer, WORK_MS } from "../curator/ask.ts";
import { type InnerProps, useUnique } from "../fields/frame.tsx";
import { LongInput } from "../fields/text.tsx";
import { Icon } from "../icons.tsx";
import type { Node } from "../types.ts";
import { useCount } from "./foldername.tsx";
import { useNames } from "./names.ts";
import { Pick } from "./pick.tsx";

const SIDES = ["moving", "fixed"] as const;
/** Images offered by name; others are found by typing a pattern. */
const OFFERED = 200;

interface Entry {
  entry: string;
  count: number;
  examples: string[];
}

interface Told {
  note?: string;
  sides?: Record<string, { count: number; entries: Entry[] }>;
}

export function RelatedInput(props: InnerProps) {
  const { held, path, attrs } = props;
  const t = useText();
  const store = useStore();
  const id = path.split("/")[2] ?? "";
  const value = typeof held.value === "string" ? held.value : "";
  const files = useChosen((state) => state.tables.files);
  const changed = useChosen((state) => state.tablesChanged);
  const wanted = files > 0 && !attrs.readOnly;
  const told = useAnswer<Told>("related", { id }, `${id} ${value} ${changed}`, wanted).data;
  const act = (content: object) => void store.ask("related", { id, ...content }, WORK_MS);
  const words = <LongInput {...props} attrs={{ ...attrs, "aria-labelledby": props.labelId }} />;
  if (!wanted || !told?.sides) return words;
  const chosen = SIDES.some((side) => told.sides?.[side]?.entries.length);
  return (
    <div class="rw-related">
      <div class="rw-cols">
        {SIDES.map((side) => (
          <Side key={side} side={side} entries={told.sides?.[side]?.entries ?? []} act={act} />
        ))}
      </div>
      {chosen && (
        <div class="rw-btns">
          <button class="rw-btn is-small is-quiet" type="button" onClick={() => act({ act: "swap" })}>
            {t("ui.sections.swap")}
          </button>
        </div>
      )}
      <details class="rw-unfold" open={!chosen && value !== ""}>
        <summary>{t("ui.sections.in_words")}</summary>
        {words}
      </details>
    </div>
  );
}

function useOffered() {
  const t = useText();
  const say = useCount();
  const images = useChosen((state) => state.tables.images);
  const components = useNames("components");
  const groups = useAnswer<{ groups?: { key: string; title: string; count: number }[] }>(
    "groups",
    {},
    `${images}`,
  ).data;
  const content = { table: "images", sort: "path", limit: OFFERED };
  const rows = useAnswer<{ rows?: Node[] }>("rows", content, `${images}`, images > 0).data?.rows ?? [];
  const alike = (groups?.groups ?? []).filter((group) => group.key);
  return [
    ...components.all.map((part) => ({ id: `c${part.id}`, title: part.title, note: t("guide.component.label") })),
    ...alike.map((group) => ({
      id: `g${group.key}`,
      title: group.title,
      note: t.n("ui.special.images", group.count, { count: say(group.count) }),
    })),
    ...rows.filter((row) => row.path).map((row) => ({ id: `r${row.id}`, title: String(row.path) })),
  ];
}

/** Read what was typed as a pattern: a part of a path stands for all paths that have it. */
export function patternOf(typed: string): string {
  return typed.includes("*") ? typed : `**${typed}**`;
}

const GIVEN: Record<string, (id: string) => object> = {
  c: (id) => ({ component: id }),
  g: (id) => ({ group: id }),
  r: (id) => ({ rows: [id] }),
};

function Side({ side, entries, act }: { side: string; entries: Entry[]; act: (content: object) => void }) {
  const t = useText();
  const say = useCount();
  const id = useUnique();
  const offered = useOffered();
  const [turn, setTurn] = useState(0);
  const add = (given: object) => {
    act({ act: "add", side, ...given });
    setTurn(turn + 1);
  };
  return (
    <fieldset class="rw-relside" aria-describedby={`${id}-help`}>
      <legend class="rw-h3">{t(`ui.sections.side_${side}`)}</legend>
      <p class="rw-help" id={`${id}-help`}>
        {t(`ui.sections.side_${side}.help`)}
      </p>
      {entries.length > 0 && (
        <ul class="rw-files">
          {entries.map((one) => (
            <li key={one.entry} class={one.count ? undefined : "is-open"} title={one.examples.join("\n")}>
              <Icon name={one.count ? "file" : "warning"} />
              <div>
                <code>{one.entry}</code>{" "}
                <span class={one.count ? "rw-two" : "rw-warned"}>
                  {one.count === 0
                    ? t("ui.sections.names_nothing")
                    : one.entry.includes("*") && t.n("ui.special.images", one.count, { count: say(one.count) })}
                </span>
              </div>
              <button
                class="rw-btn is-small is-quiet"
                type="button"
                aria-label={t("ui.sections.take_away", { entry: one.entry, side: t(`ui.sections.side_${side}`) })}
                onClick={() => act({ act: "remove", side, entry: one.entry })}
              >
                {t("ui.form.remove")}
              </button>
            </li>
          ))}
        </ul>
      )}
      <Pick
        key={turn}
        label={t("ui.sections.add_images", { side: t(`ui.sections.side_${side}`) })}
        placeholder={t("ui.sections.add_images_here")}
        items={offered}
        shown=""
        clears
        offer={(typed) => t("ui.sections.all_like", { pattern: patternOf(typed) })}
        pick={(item) => add(GIVEN[item[0] ?? ""]?.(item.slice(1)) ?? {})}
        make={(typed) => add({ pattern: patternOf(typed) })}
      />
    </fieldset>
  );
}
