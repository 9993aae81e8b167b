// The bar over a selection: how many rows, and what to do with them: set a value, assign images, confirm.

import { useState } from "preact/hooks";
import { useChosen, useStore, useText, useWay } from "../context.tsx";
import { Icon } from "../icons.tsx";
import { listAt } from "../record.ts";
import type { FieldGuide } from "../types.ts";
import { WORK_MS } from "./ask.ts";
import { choiceWords, linesOf, namesFor, settableOf, type TableName } from "./columns.ts";
import { titleOf } from "./place.ts";
import type { Selection } from "./selection.ts";

/** Stands for "assign to a component" among the fields. */
const ASSIGN = "";
const REGROUPED = "ui.regroup.made";

function AssignSelect(props: { id: string; value: string; change: (value: string) => void }) {
  const t = useText();
  const record = useChosen((state) => state.record);
  const guide = useChosen((state) => state.guide);
  const lines = linesOf(record, guide);
  return (
    <select
      class="rw-input"
      id={props.id}
      value={props.value}
      onChange={(event) => props.change(event.currentTarget.value)}
    >
      <option value="">{t("ui.assign.choose")}</option>
      {listAt(record, "components").map((component) => {
        const id = String(component.id);
        const title = titleOf(record, guide, "components", id) || t("guide.component.label");
        return (
          <optgroup label={title} key={id}>
            <option value={`${id}|`}>{t("ui.assign.component", { title })}</option>
            {lines
              .filter((line) => line.component === id)
              .map((line) => (
                <option value={`${id}|${line.id}`} key={line.id}>
                  {line.title}
                </option>
              ))}
          </optgroup>
        );
      })}
    </select>
  );
}

function ValueInput(props: { id: string; field: FieldGuide; value: string; change: (value: string) => void }) {
  const t = useText();
  const { field, id, value } = props;
  const record = useChosen((state) => state.record);
  const guide = useChosen((state) => state.guide);
  const change = (event: { currentTarget: HTMLInputElement | HTMLSelectElement }) =>
    props.change(event.currentTarget.value);
  const options = optionsOf(field, t, namesFor(record, guide, field));
  if (options && !field.free)
    return (
      <select class="rw-input" id={id} value={value} onChange={change}>
        <option value="">{t("ui.set.empty")}</option>
        {options.map(([said, name]) => (
          <option value={said} key={said}>
            {name}
          </option>
        ))}
      </select>
    );
  return (
    <>
      <input
        class="rw-input"
        id={id}
        type="text"
        inputMode={field.kind === "number" ? "decimal" : undefined}
        list={options ? `${id}-list` : undefined}
        value={value}
        onInput={change}
      />
      {options && (
        <datalist id={`${id}-list`}>
          {options.map(([said, name]) => (
            <option value={said} key={said}>
              {name}
            </option>
          ))}
        </datalist>
      )}
    </>
  );
}

function optionsOf(
  field: FieldGuide,
  t: (key: string) => string,
  names: Map<string, string>,
): [string, string][] | undefined {
  if (field.kind === "flag")
    return [
      ["true", t("ui.yes")],
      ["false", t("ui.no")],
    ];
  if (field.kind === "ref") return [...names];
  return field.choices?.map((choice): [string, string] => [choice, choiceWords(t, field.name, choice)]);
}

function valueFor(field: FieldGuide, said: string): unknown {
  if (said === "") return null;
  return field.kind === "flag" ? said === "true" : said;
}

export function SetBar(props: {
  table: TableName;
  selection: Selection;
  matched: number;
  /** Told which column was changed, so that it can be brought into view. */
  changed: (column: string) => void;
}) {
  const store = useStore();
  const t = useText();
  const { prefix } = useWay();
  const guide = useChosen((state) => state.guide);
  const fields = settableOf(guide, props.table);
  const assigns = props.table === "images";
  const [name, setName] = useState(assigns ? ASSIGN : (fields[0]?.name ?? ""));
  const [value, setValue] = useState("");
  const [busy, setBusy] = useState(false);
  const { count } = props.selection;
  const field = fields.find((known) => known.name === name);
  const send = async (kind: string, content: object, told: string) => {
    if (busy) return;
    setBusy(true);
    const answer = await store.ask(kind, { ...props.selection.query(), ...content }, WORK_MS);
    setBusy(false);
    if (answer && told === REGROUPED) props.changed("group");
    else if (answer && told !== "ui.confirm.done") props.changed(field?.name ?? "association");
    if (answer) store.say(t.n(told, Number(answer.count ?? 0)));
  };
  const set = (event: Event) => {
    event.preventDefault();
    if (field)
      void send("fill", { column: name, value: valueFor(field, value) }, value ? "ui.set.done" : "ui.set.cleared");
    else if (value) {
      const [component, association] = value.split("|");
      void send("assign", { component, association: association || null }, "ui.assign.done");
    }
  };
  const section = props.table === "images" ? "image" : "file";
  return (
    <form class="rw-bar rw-selbar" aria-label={t("ui.selection")} onSubmit={set}>
      <b class="rw-num" role="status">
        {t.n("ui.selected", count)}
      </b>
      <label for={`${prefix}-set-field`}>{t("ui.set")}</label>
      <select
        class="rw-input"
        id={`${prefix}-set-field`}
        value={name}
        onChange={(event) => {
          setName(event.currentTarget.value);
          setValue("");
        }}
      >
        {assigns && <option value={ASSIGN}>{t("ui.assign")}</option>}
        {fields.map((known) => (
          <option value={known.name} key={known.name}>
            {t(`guide.${section}.${known.name}.label`)}
          </option>
        ))}
      </select>
      <label for={`${prefix}-set-value`}>{t("ui.set.to")}</label>
      {field ? (
        <ValueInput id={`${prefix}-set-value`} field={field} value={value} change={setValue} />
      ) : (
        <AssignSelect id={`${prefix}-set-value`} value={value} change={setValue} />
      )}
      <button class="rw-btn" type="submit" aria-disabled={busy || (!field && !value)}>
        {!field ? t.n("ui.assign.do", count) : value ? t.n("ui.set.do", count) : t.n("ui.set.clear", count)}
      </button>
      <button
        class="rw-btn"
        type="button"
        aria-disabled={busy}
        onClick={() => send("fill", { confirm: true }, "ui.confirm.done")}
      >
        <Icon name="check" />
        {t("ui.confirm.values")}
      </button>
      {assigns && (
        <button class="rw-btn" type="button" aria-disabled={busy} onClick={() => send("split-group", {}, REGROUPED)}>
          {t("ui.regroup.split")}
        </button>
      )}
      <span class="rw-gap" />
      {count < props.matched && (
        <button class="rw-plain" type="button" onClick={() => props.selection.all(props.matched)}>
          {t("ui.select.all", { n: props.matched })}
        </button>
      )}
      <button class="rw-plain" type="button" onClick={props.selection.clear}>
        {t("ui.select.none")}
      </button>
    </form>
  );
}
