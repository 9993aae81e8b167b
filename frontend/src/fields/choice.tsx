// One of a few, several of a few, yes or no.

import { useRef, useState } from "preact/hooks";
import { useStore, useText } from "../context.tsx";
import type { FieldGuide } from "../types.ts";
import { Combo, type Option } from "./combo.tsx";
import type { InnerProps } from "./frame.tsx";
import { itemsOf, slug } from "./values.ts";

/** How a choice is called in the person's language; one that the guide does not know is called by itself. */
export function useChoiceName(field: FieldGuide): (choice: string) => string {
  const t = useText();
  return (choice) => {
    const key = `guide.choice.${field.name}.${slug(choice)}`;
    const said = t(key);
    return said === key ? choice : said;
  };
}

export function ChoiceInput(inner: InnerProps) {
  return inner.field.free && !inner.attrs.readOnly ? <FreeChoice {...inner} /> : <FixedChoice {...inner} />;
}

function FixedChoice({ attrs, field, held }: InnerProps) {
  const t = useText();
  const name = useChoiceName(field);
  const value = typeof held.value === "string" ? held.value : "";
  const known = field.choices ?? [];
  const choices = value && !known.includes(value) ? [...known, value] : known;
  const { readOnly, ...others } = attrs;
  return (
    <select
      class="rw-input"
      {...others}
      disabled={readOnly}
      value={value}
      onChange={(event) => held.set(event.currentTarget.value || undefined)}
    >
      <option value="">{t("ui.form.choose")}</option>
      {choices.map((choice) => (
        <option key={choice} value={choice}>
          {name(choice)}
        </option>
      ))}
    </select>
  );
}

/** A choice that takes other words too. */
function FreeChoice({ attrs, field, held, label, path, placeholder }: InnerProps) {
  const store = useStore();
  const name = useChoiceName(field);
  const value = typeof held.value === "string" ? held.value : "";
  const [typed, setTyped] = useState<string>();
  const input = useRef<HTMLInputElement>(null);
  const shown = typed ?? name(value);
  const words = (typed ?? "").trim().toLocaleLowerCase();
  const options: Option[] = (field.choices ?? [])
    .map((choice) => ({ key: choice, name: name(choice) }))
    .filter((option) => !words || `${option.name} ${option.key}`.toLocaleLowerCase().includes(words));
  /** What a text means: a choice by its name in this language or its own, else itself. */
  const meant = (text: string) => {
    const wanted = text.trim().toLocaleLowerCase();
    const found = (field.choices ?? []).find((choice) =>
      [choice, name(choice)].some((known) => known.toLocaleLowerCase() === wanted),
    );
    return found ?? text.trim();
  };
  const put = (fresh: string) => {
    setTyped(undefined);
    if (fresh !== value) held.set(fresh || undefined);
    else store.draft(path, undefined);
  };
  return (
    <Combo
      attrs={{ ...attrs, "data-dirty": typed === undefined ? undefined : "" }}
      label={label}
      placeholder={placeholder}
      input={input}
      text={shown}
      options={options}
      preferred={words && options[0]?.name.toLocaleLowerCase().startsWith(words) ? 0 : -1}
      onText={(text) => {
        setTyped(text);
        store.draft(path, meant(text));
      }}
      onTake={(option) => put(option.key)}
      onEnter={() => typed !== undefined && put(meant(typed))}
      onLeave={(option) => typed !== undefined && put(option?.key ?? meant(typed))}
      onEscape={() => {
        if (typed === undefined) return false;
        setTyped(undefined);
        store.draft(path, undefined);
        return true;
      }}
    />
  );
}

export function ChoicesInput({ attrs, field, held }: InnerProps) {
  const name = useChoiceName(field);
  const chosen = itemsOf<string>(held.value);
  const known = field.choices ?? [];
  const all = [...known, ...chosen.filter((choice) => !known.includes(choice))];
  const toggle = (choice: string, on: boolean) =>
    held.set(all.filter((one) => (one === choice ? on : chosen.includes(one))));
  return (
    <div class="rw-choices">
      {all.map((choice, n) => (
        <label key={choice} class="rw-choice">
          <input
            type="checkbox"
            id={n === 0 ? attrs.id : undefined}
            aria-describedby={attrs["aria-describedby"]}
            disabled={attrs.readOnly}
            checked={chosen.includes(choice)}
            onChange={(event) => toggle(choice, event.currentTarget.checked)}
          />
          {name(choice)}
        </label>
      ))}
    </div>
  );
}

const ANSWERS = [
  { key: "yes", value: true },
  { key: "no", value: false },
  { key: "not_said", value: undefined },
] as const;

function asFlag(value: unknown): boolean | undefined {
  if (typeof value === "boolean") return value;
  return ({ true: true, yes: true, false: false, no: false } as Record<string, boolean>)[String(value).toLowerCase()];
}

export function FlagInput({ attrs, held, id }: InnerProps) {
  const t = useText();
  const now = asFlag(held.value);
  return (
    <div class="rw-choices">
      {ANSWERS.map(({ key, value }) => (
        <label key={key} class="rw-choice">
          <input
            type="radio"
            name={`${id}-flag`}
            disabled={attrs.readOnly}
            aria-describedby={attrs["aria-describedby"]}
            checked={now === value}
            onChange={() => held.set(value)}
          />
          {t(`ui.form.${key}`)}
        </label>
      ))}
    </div>
  );
}
