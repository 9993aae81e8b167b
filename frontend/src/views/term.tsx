// A field for terms alone: its value is a trait that goes both ways, a list of terms.

import { useEffect, useMemo, useState } from "preact/hooks";
import { useChosen, useText } from "../context.tsx";
import { type InnerProps, useUnique } from "../fields/frame.tsx";
import { TermList } from "../fields/term.tsx";
import { same } from "../fields/values.ts";
import type { FieldGuide, Term } from "../types.ts";
import type { Model } from "../wire.ts";

interface Options {
  field?: string;
  many?: boolean;
  label?: string;
}

/** The field of the guide whose vocabulary is used: its label serves where none was given. */
function useVocabulary(terms: string): { section: string; field: FieldGuide } | undefined {
  const guide = useChosen((state) => state.guide);
  return useMemo(() => {
    for (const section of Object.values(guide.sections))
      for (const field of section.fields) if (field.terms === terms) return { section: section.name, field };
    return undefined;
  }, [guide, terms]);
}

/** Follow the trait ``value`` of the model, and set it. */
function useTrait(model: Model): [Term[], (items: Term[]) => void] {
  const read = () => (model.get("value") as Term[] | undefined) ?? [];
  const [items, setItems] = useState(read);
  useEffect(() => {
    const follow = () => setItems((old) => (same(old, read()) ? old : read()));
    model.on("change:value", follow);
    follow();
    return () => model.off("change:value", follow);
  }, [model]);
  const put = (fresh: Term[]) => {
    setItems(fresh);
    model.set("value", fresh);
    model.save_changes();
  };
  return [items, put];
}

export function TermView({ model }: { model: Model }) {
  const t = useText();
  const { field: terms = "", many = true, label: given = "" } = (model.get("options") ?? {}) as Options;
  const known = useVocabulary(terms);
  const [items, put] = useTrait(model);
  const id = useUnique();
  const status = useChosen((state) => state.status);
  const texts = useChosen((state) => state.texts);
  const guided = known && texts[`guide.${known.section}.${known.field.name}.label`];
  const label = given || guided || terms;
  const field: FieldGuide = { name: terms, kind: many ? "terms" : "term", levels: {}, terms };
  const labelId = `${id}-label`;
  const inner: InnerProps = {
    section: "",
    field,
    path: "",
    id,
    label,
    labelId,
    placeholder: undefined,
    held: { value: items, mark: undefined, set: () => undefined, confirm: () => undefined },
    attrs: { id },
  };
  if (status === "starting") return <div class="rw-view" aria-busy="true" />;
  return (
    <div class="rw-view">
      <fieldset class="rw-field" aria-labelledby={labelId}>
        <div class="rw-label">
          <span id={labelId}>{label}</span>
        </div>
        <TermList inner={inner} items={items} many={many} put={put} draft={() => undefined} />
      </fieldset>
      <p class="rw-hidden" role="status">
        {t.n("ui.form.terms", items.length)}
      </p>
    </div>
  );
}
