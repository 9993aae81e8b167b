// Inputs that only channels have: a colour, and the label of a sample.

import { useChosen, useText } from "../context.tsx";
import type { InnerProps } from "../fields/frame.tsx";
import { TextInput } from "../fields/text.tsx";
import { isAbsent, itemsOf, sayValue } from "../fields/values.ts";
import { listAt } from "../record.ts";
import type { Node } from "../types.ts";
import { useNames } from "./names.ts";

const COLOUR = /^#[0-9a-f]{6}$/i;
/** What a browser's colour picker begins with where no colour is known: it cannot be empty. */
const GREY = "#808080";

/** A colour: a swatch that opens the browser's picker, and its six digits where there is room. */
export function ColourInput(inner: InnerProps) {
  const t = useText();
  const { held, label, bare, attrs } = inner;
  const value = typeof held.value === "string" && COLOUR.test(held.value.trim()) ? held.value.trim() : undefined;
  return (
    <span class="rw-colour">
      <input
        type="color"
        class={value ? "rw-swatchinput" : "rw-swatchinput is-none"}
        aria-label={value ? t("ui.special.colour_now", { label, value }) : t("ui.special.colour_none", { label })}
        title={value ?? label}
        {...(bare ? { id: attrs.id } : {})}
        disabled={attrs.readOnly}
        value={value?.toLowerCase() ?? GREY}
        onChange={(event) => held.set(event.currentTarget.value.toUpperCase())}
      />
      {!bare && <TextInput {...inner} />}
    </span>
  );
}

/** Say a label: what it is and what it marks. */
function useLabelWords(): (label: Node) => string {
  const t = useText();
  const lang = useChosen((state) => state.lang);
  const said = (part: unknown) => (isAbsent(part) ? "" : sayValue(part, lang));
  return (label) => {
    const [content, target] = [said(label.content), said(label.biological_entity)];
    return content && target ? t("ui.special.s_marks", { label: content, target }) : content || target || "?";
  };
}

/** The label of a sample that a channel shows, sample by sample. */
export function LabelInput({ attrs, held }: InnerProps) {
  const t = useText();
  const names = useNames("samples");
  const words = useLabelWords();
  const record = useChosen((state) => state.record);
  const samples = listAt(record, "samples").filter((sample) => itemsOf<Node>(sample.labels).length);
  const value = typeof held.value === "string" ? held.value : "";
  const known = samples.some((sample) => itemsOf<Node>(sample.labels).some((label) => label.id === value));
  const { readOnly, ...others } = attrs;
  return (
    <select
      class="rw-input"
      {...others}
      disabled={readOnly}
      value={value}
      onChange={(event) => held.set(event.currentTarget.value || undefined)}
    >
      <option value="">{t(samples.length ? "ui.form.choose" : "ui.special.no_labels")}</option>
      {value && !known && <option value={value}>{t("ui.form.gone", { id: value })}</option>}
      {samples.map((sample) => (
        <optgroup key={sample.id} label={names.name(sample.id) ?? ""}>
          {itemsOf<Node>(sample.labels).map((label) => (
            <option key={label.id} value={String(label.id)}>
              {words(label)}
            </option>
          ))}
        </optgroup>
      ))}
    </select>
  );
}
