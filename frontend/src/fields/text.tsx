// Fields of one line or several: text, numbers, quantities, dates, addresses and identifiers.

import { useEffect, useRef, useState } from "preact/hooks";
import { useChosen, useText } from "../context.tsx";
import { Icon } from "../icons.tsx";
import type { Value } from "../types.ts";
import type { InnerProps } from "./frame.tsx";
import { readDate } from "./patterns.ts";
import { useTyped } from "./typed.ts";
import { asQuantity, readNumber, readQuantity, sayAmount, sayValue } from "./values.ts";

const MODES: Record<string, "decimal" | "email" | "url" | "numeric"> = {
  number: "decimal",
  email: "email",
  url: "url",
};

function read(kind: string, text: string): Value {
  const trimmed = text.trim();
  if (!trimmed) return undefined;
  if (kind === "number") return readNumber(trimmed) ?? trimmed;
  return kind === "date" ? readDate(trimmed) : trimmed;
}

export function TextInput({ attrs, field, path, held, placeholder }: InnerProps) {
  const lang = useChosen((state) => state.lang);
  const { kind } = field;
  const shown = sayValue(held.value, lang);
  const typed = useTyped({ path, value: held.value, shown, read: (text) => read(kind, text), set: held.set });
  const [unit] = field.units ?? [];
  const input = (
    <input
      class="rw-input"
      type="text"
      inputMode={MODES[kind]}
      autoComplete="off"
      spellcheck={kind === "text"}
      placeholder={placeholder}
      value={typed.text}
      {...attrs}
      {...typed.on}
    />
  );
  if (!unit) return input;
  return (
    <span class="rw-quantity">
      {input}
      <span class="rw-suffix">{unit}</span>
    </span>
  );
}

/** Make a text area as high as its text, where the browser's style sheet cannot. */
function useHeight(text: string) {
  const area = useRef<HTMLTextAreaElement>(null);
  useEffect(() => {
    const drawn = area.current;
    if (!drawn || CSS.supports("field-sizing", "content")) return;
    drawn.style.height = "auto";
    drawn.style.height = `${drawn.scrollHeight + 2}px`;
  }, [text]);
  return area;
}

export function LongInput({ attrs, path, held, placeholder }: InnerProps) {
  const shown = typeof held.value === "string" ? held.value : "";
  const reading = (text: string) => (text.trim() ? text : undefined);
  const typed = useTyped({ path, value: held.value, shown, read: reading, set: held.set, lines: true });
  const area = useHeight(typed.text);
  return (
    <textarea
      class="rw-input"
      rows={2}
      ref={area}
      placeholder={placeholder}
      value={typed.text}
      {...attrs}
      {...typed.on}
    />
  );
}

export function QuantityInput({ attrs, field, path, held, label, placeholder }: InnerProps) {
  const t = useText();
  const lang = useChosen((state) => state.lang);
  const quantity = asQuantity(held.value);
  const known = field.units ?? [];
  const [chosen, choose] = useState<string>();
  const unit = quantity?.unit ?? chosen ?? known[0];
  const units = unit && !known.includes(unit) ? [...known, unit] : known;
  const shown = sayAmount(quantity, lang);
  const reading = (text: string) => readQuantity(text, known, unit);
  const typed = useTyped({ path, value: held.value, shown, read: reading, set: held.set });
  const change = (name: string) => {
    choose(name);
    if (quantity) held.set({ ...quantity, unit: name });
  };
  return (
    <span class="rw-quantity">
      <input
        class="rw-input"
        type="text"
        inputMode="decimal"
        autoComplete="off"
        placeholder={placeholder}
        value={typed.text}
        {...attrs}
        {...typed.on}
      />
      {units.length > 1 ? (
        <select
          class="rw-input rw-unit"
          aria-label={t("ui.form.unit_of", { field: label })}
          disabled={attrs.readOnly}
          value={unit}
          onChange={(event) => change(event.currentTarget.value)}
        >
          {units.map((name) => (
            <option key={name} value={name}>
              {name}
            </option>
          ))}
        </select>
      ) : (
        unit && <span class="rw-suffix">{unit}</span>
      )}
    </span>
  );
}

export function DateInput(props: InnerProps) {
  const { held, label, attrs } = props;
  const t = useText();
  const native = useRef<HTMLInputElement>(null);
  const iso = typeof held.value === "string" ? held.value.slice(0, 10) : "";
  return (
    <span class="rw-date">
      <TextInput {...props} placeholder={props.placeholder ?? "2026-11-24"} />
      {!attrs.readOnly && (
        <>
          <input
            class="rw-datepick"
            type="date"
            tabIndex={-1}
            aria-hidden="true"
            ref={native}
            value={iso}
            onChange={(event) => held.set(event.currentTarget.value || undefined)}
          />
          <button
            class="rw-btn is-icon"
            type="button"
            aria-label={t("ui.form.choose_date", { field: label })}
            onClick={() => native.current?.showPicker()}
          >
            <Icon name="down" />
          </button>
        </>
      )}
    </span>
  );
}
