// A field for terms alone: its value is a trait that goes both ways, a term, none, or several.

import { useEffect, useMemo, useState } from "preact/hooks";
import { useChosen, useText } from "../context.tsx";
import { type InnerProps, useUnique } from "../fields/frame.tsx";
import { TermList } from "../fields/term.tsx";
import { isTerm, itemsOf, same } from "../fields/values.ts";
import type { FieldGuide, Term } from "../types.ts";
import type { Model } from "../wire.ts";

interface Options {
  field?: string;
  multiple?: boolean;
  label?: string;
}

/** The field of the guide whose vocabulary is used: its label and help serve where none was given. */
function useVocabulary(terms: string): { section: string; field: FieldGuide } | undefined {
  const guide = useChosen((state) => state.guide);
  return useMemo(() => {
    const all = Object.values(guide.sections).flatMap((section) =>
      section.fields.map((field) => ({ section: section.name, field })),
    );
    return all.find(({ field }) => field.terms === terms) ?? all.find(({ field }) => field.name === terms);
  }, [guide, terms]);
}

/** Follow the trait ``value`` of the model, and set it. */
function useTrait(model: Model, multiple: boolean): [Term[], (items: Term[]) => void] {
  const read = () => itemsOf<unknown>(model.get("value")).filter(isTerm);
  const [items, setItems] = useState(read);
  useEffect(() => {
    const follow = () => setItems((old) => (same(old, read()) ? old : read()));
    model.on("change:value", follow);
    follow();
    return () => model.off("change:value", follow);
  }, [model]);
  const put = (fresh: Term[]) => {
    setItems(fresh);
    model.set("value", multiple ? fresh : (fresh[0] ?? null));
    model.save_changes();
  };
  return [items, put];
}

export function TermView({ model }: { model: Model }) {
  const t = useText();
  const options = (model.get("options") ?? {}) as Options;
  const { field: terms = "", multiple = Array.isArray(model.get("value")), label: given = "" } = options;
  const known = useVocabulary(terms);
  const [items, put] = useTrait(model, multiple);
  const id = useUnique();
  const status = useChosen((state) => state.status);
  const texts = useChosen((state) => state.texts);
  const key = known && `guide.${known.section}.${known.field.name}`;
  const example = texts[`${key}.example`];
  const help = given ? undefined : texts[`${key}.help`];
  const label = given || texts[`${key}.label`] || terms;
  const field = useMemo<FieldGuide>(
    () => ({ ...known?.field, name: terms, kind: multiple ? "terms" : "term", levels: {}, terms }),
    [known, terms, multiple],
  );
  const labelId = `${id}-label`;
  const helpId = `${id}-help`;
  const inner: InnerProps = {
    section: "",
    field,
    path: "",
    id,
    label,
    labelId,
    placeholder: example && t("ui.form.example", { example }),
    held: { value: items, mark: undefined, set: () => undefined, confirm: () => undefined },
    attrs: { id, ...(help && { "aria-describedby": helpId }) },
  };
  if (status === "starting") return <div class="rw-view" aria-busy="true" />;
  return (
    <div class="rw-view">
      <fieldset class="rw-field" aria-labelledby={labelId}>
        <div class="rw-label">
          <span id={labelId}>{label}</span>
        </div>
        {help && (
          <p class="rw-help" id={helpId}>
            {help}
          </p>
        )}
        <TermList inner={inner} items={items} many={multiple} put={put} draft={() => undefined} />
      </fieldset>
      <p class="rw-hidden" role="status">
        {t.n("ui.form.terms", items.length)}
      </p>
    </div>
  );
}
