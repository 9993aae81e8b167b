// Which fields a few words find: all of the words, anywhere in what is known of a field.

import type { FieldGuide, Guide, SectionGuide } from "../types.ts";

export interface Listed {
  section: SectionGuide;
  fields: FieldGuide[];
}

type Texts = Record<string, string>;

/** Give a text without case and accents: who writes ``etude`` finds ``Étude``. */
export function folded(text: string): string {
  return text.normalize("NFD").replace(/\p{M}/gu, "").toLocaleLowerCase();
}

function known(texts: Texts, section: SectionGuide, field: FieldGuide): string {
  const base = `guide.${section.name}`;
  const own = [`${base}.label`, `${base}.plural`, `${base}.${field.name}.label`, `${base}.${field.name}.help`];
  const told = own.map((key) => texts[key] ?? "");
  return folded([...told, field.name, field.isa, field.bia, field.omero, field.rembi].filter(Boolean).join(" "));
}

/** Give the sections, in the guide's order, with those of their fields that hold all the words. */
export function listing(guide: Guide, texts: Texts, words: string): Listed[] {
  const wanted = folded(words).split(/\s+/).filter(Boolean);
  return Object.values(guide.sections)
    .map((section) => ({
      section,
      fields: section.fields.filter((field) => {
        const held = wanted.length ? known(texts, section, field) : "";
        return wanted.every((word) => held.includes(word));
      }),
    }))
    .filter(({ fields }) => fields.length > 0);
}
