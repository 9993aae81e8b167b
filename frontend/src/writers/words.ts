// Values, people and times in words.

import { type Say, useChosen, useText } from "../context.tsx";
import { clock, day } from "../curator/ask.ts";
import { sectionOf } from "../curator/place.ts";
import { isAbsent, itemsOf, sayValue, slug } from "../fields/values.ts";
import { isEmpty, parts, valueAt } from "../record.ts";
import type { FieldGuide, Guide, Node, Value } from "../types.ts";

/** Give the field of the guide that a path leads to. */
function fieldAt(guide: Guide, path: string): FieldGuide | undefined {
  const names = parts(path);
  const list = (names.length > 3 ? names[2] : names[0]) ?? "";
  return sectionOf(guide, list)?.fields.find(({ name }) => name === names.at(-1));
}

function one(
  value: Value,
  field: FieldGuide | undefined,
  called: (id: string) => string,
  t: Say,
  lang: string,
): string {
  if (typeof value === "boolean") return t(`two_values.${value ? "yes" : "no"}`);
  if (typeof value === "string" && field?.of) return called(value) || value;
  if (typeof value === "string" && field?.choices) {
    const key = `guide.choice.${field.name}.${slug(value)}`;
    const said = t(key);
    return said === key ? value : said;
  }
  const { title, name, label } = (value ?? {}) as Node;
  return sayValue(value, lang) || String(title ?? name ?? label ?? "…");
}

/** Say a value of a path as a person reads it: terms by their labels, references by names. */
export function useWords(): (path: string, value: Value) => string {
  const t = useText();
  const lang = useChosen((state) => state.lang);
  const guide = useChosen((state) => state.guide);
  const record = useChosen((state) => state.record);
  return (path, value) => {
    if (isEmpty(value)) return t("two_values.nothing");
    if (isAbsent(value)) return t(`two_values.${value.absent}`);
    const field = fieldAt(guide, path);
    const called = (id: string) => sayValue((valueAt(record, `/${field?.of}/${id}`) as Node | undefined)?.title, lang);
    return itemsOf<Value>(value)
      .map((item) => one(item, field, called, t, lang))
      .join(", ");
  };
}

/** Say whose something is. */
export function useWho(): (one: { author: string; me?: boolean }) => string {
  const t = useText();
  return ({ author, me }) => (me ? t("ui.you_elsewhere") : author || t("ui.somebody"));
}

/** Say when, as a time of today or a day. */
export function useWhen(): (at: string) => string {
  const lang = useChosen((state) => state.lang);
  return (said) => {
    const at = new Date(said);
    if (Number.isNaN(at.valueOf())) return "";
    const today = at.toDateString() === new Date().toDateString();
    return today ? clock(at, lang) : `${day(at, lang)}, ${clock(at, lang)}`;
  };
}
