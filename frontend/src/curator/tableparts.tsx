// Parts around a table's grid: filter, columns, pages, what an empty one says.

import { useEffect, useState } from "preact/hooks";
import { useChosen, useText, useWay } from "../context.tsx";
import { Icon } from "../icons.tsx";
import type { FieldGuide } from "../types.ts";
import { number } from "./ask.ts";
import type { TableName } from "./columns.ts";

/** Rows of a page. */
export const LIMIT = 100;
/** Milliseconds of rest after which typing in the filter asks the kernel. */
const REST_MS = 250;

/** The filter box: what is typed asks the kernel after a rest. */
export function Filter({ change }: { change: (text: string) => void }) {
  const t = useText();
  const { prefix } = useWay();
  const [text, setText] = useState("");
  useEffect(() => {
    const timer = setTimeout(() => change(text.trim()), REST_MS);
    return () => clearTimeout(timer);
  }, [text, change]);
  return (
    <>
      <label class="rw-hidden" for={`${prefix}-filter`}>
        {t("ui.table.filter")}
      </label>
      <input
        class="rw-input rw-filter"
        id={`${prefix}-filter`}
        type="search"
        placeholder={t("ui.table.filter")}
        value={text}
        onInput={(event) => setText(event.currentTarget.value)}
      />
    </>
  );
}

export function ColumnMenu(props: {
  fields: FieldGuide[];
  section: string;
  shown: Set<string>;
  turn: (name: string) => void;
}) {
  const t = useText();
  return (
    <details class="rw-menu">
      <summary class="rw-btn">
        {t("ui.table.columns")} <Icon name="down" />
      </summary>
      <fieldset>
        <legend class="rw-hidden">{t("ui.table.columns")}</legend>
        {props.fields.map((field) => (
          <label key={field.name}>
            <input type="checkbox" checked={props.shown.has(field.name)} onChange={() => props.turn(field.name)} />
            {t(`guide.${props.section}.${field.name}.label`)}
          </label>
        ))}
      </fieldset>
    </details>
  );
}

export function Pager(props: { offset: number; matched: number; shown: number; go: (offset: number) => void }) {
  const t = useText();
  const lang = useChosen((state) => state.lang);
  const { prefix } = useWay();
  const { offset, matched, shown } = props;
  const last = Math.max(0, Math.floor((matched - 1) / LIMIT) * LIMIT);
  const say = (n: number) => number(n, lang, 0);
  const jump = (event: Event) => {
    event.preventDefault();
    const input = (event.currentTarget as HTMLFormElement).querySelector("input");
    const row = Number.parseInt(input?.value ?? "", 10);
    if (row >= 1) props.go(Math.min(last, Math.floor((row - 1) / LIMIT) * LIMIT));
  };
  return (
    <form class="rw-bar rw-pager" onSubmit={jump} aria-label={t("ui.table.pages")}>
      <span class="rw-num" role="status">
        {t("ui.table.rows", { from: say(shown ? offset + 1 : 0), to: say(offset + shown), of: say(matched) })}
      </span>
      {matched > LIMIT && (
        <>
          <span class="rw-btns">
            <button
              class="rw-btn is-small"
              type="button"
              aria-disabled={offset === 0}
              onClick={() => props.go(Math.max(0, offset - LIMIT))}
            >
              {t("ui.table.previous")}
            </button>
            <button
              class="rw-btn is-small"
              type="button"
              aria-disabled={offset >= last}
              onClick={() => props.go(Math.min(last, offset + LIMIT))}
            >
              {t("ui.table.next")}
            </button>
          </span>
          <label for={`${prefix}-goto`}>{t("ui.table.goto")}</label>
          <input class="rw-input rw-goto" id={`${prefix}-goto`} type="text" inputMode="numeric" />
        </>
      )}
      <span class="rw-gap" />
      <span class="rw-two rw-keyhint">
        <kbd class="rw-kbd">{t("ui.key.space")}</kbd> {t("ui.table.key.select")}
      </span>
    </form>
  );
}

export function Empty({ filtered, clear }: { filtered: boolean; clear: () => void }) {
  const t = useText();
  return (
    <div class="rw-empty rw-wait rw-inset">
      <span class="rw-two">
        <Icon name={filtered ? "filter" : "folder"} big />
      </span>
      <h2 class="rw-h3">{t(filtered ? "ui.table.none_match" : "ui.table.none")}</h2>
      <p>{t(filtered ? "ui.table.none_match.help" : "ui.table.none.help")}</p>
      {filtered && (
        <button class="rw-btn" type="button" onClick={clear}>
          {t("ui.table.show_all")}
        </button>
      )}
    </div>
  );
}

export function TableSwitch({ table, choose }: { table: TableName; choose: (table: TableName) => void }) {
  const t = useText();
  return (
    // biome-ignore lint/a11y/useSemanticElements: no form, so no fieldset
    <span class="rw-lang" role="group" aria-label={t("ui.table.which")}>
      {(["images", "files"] as const).map((name) => (
        <button key={name} type="button" aria-pressed={name === table} onClick={() => choose(name)}>
          {t(`ui.table.${name}`)}
        </button>
      ))}
    </span>
  );
}
