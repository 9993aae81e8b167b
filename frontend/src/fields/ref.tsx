// References to other entities, by their titles.

import { useContext } from "preact/hooks";
import { useChosen, useStore, useText } from "../context.tsx";
import { candidates, type Named, sectionOf } from "../form/naming.ts";
import { Icon } from "../icons.tsx";
import { newId } from "../record.ts";
import type { Edit, SectionGuide, Value } from "../types.ts";
import type { InnerProps } from "./frame.tsx";
import { RowContext } from "./held.tsx";
import { itemsOf } from "./values.ts";

interface Targets {
  section: SectionGuide | undefined;
  all: Named[];
  name(id: string): string;
}

/** What a field may refer to, each with a name a person knows. */
export function useReferable(collection: string, also: string[] = []): Targets {
  const t = useText();
  const lang = useChosen((state) => state.lang);
  const record = useChosen((state) => state.record);
  const guide = useChosen((state) => state.guide);
  const section = sectionOf(guide, collection);
  const label = section ? t(`guide.${section.name}.label`) : "";
  const found = [collection, ...also].flatMap((name) => candidates(name, lang, record, guide));
  const all = found.map(({ id, title }, n) => ({
    id,
    title: title || t("ui.form.untitled", { section: label, n: n + 1 }),
  }));
  return { section, all, name: (id) => all.find((item) => item.id === id)?.title ?? t("ui.form.gone", { id }) };
}

/** Make an entity and refer to it, in one change. */
function useAddOne(section: SectionGuide | undefined, path: string, withId: (id: string) => Value) {
  const store = useStore();
  if (section?.kind !== "many") return undefined;
  return () => {
    const id = newId(section.prefix);
    const edits: Edit[] = [
      { op: "add", path: `/${section.collection}`, id, value: {} },
      { op: "set", path, value: withId(id) },
    ];
    void store.edit(edits);
  };
}

function AddOne({ section, add, label }: { section: SectionGuide; add: () => void; label: string }) {
  const t = useText();
  const name = t(`guide.${section.name}.add`);
  return (
    <button class="rw-btn rw-addone" type="button" aria-label={`${name} (${label})`} title={name} onClick={add}>
      <Icon name="plus" />
    </button>
  );
}

export function RefInput({ attrs, field, held, path, label }: InnerProps) {
  const t = useText();
  const { section, all, name } = useReferable(field.of ?? "", field.also);
  const value = typeof held.value === "string" ? held.value : "";
  const add = useAddOne(section, path, (id) => id);
  const lost = value !== "" && !all.some((item) => item.id === value);
  const { readOnly, ...others } = attrs;
  const row = useContext(RowContext);
  if (readOnly || section?.kind === "table") {
    const file = field.of === "files" ? row?.values.path : undefined; // a row of images brings its file's path along
    return <div class="rw-taken rw-two">{String(file ?? "") || value || t("ui.form.nothing")}</div>;
  }
  return (
    <span class="rw-ref">
      <select
        class="rw-input"
        {...others}
        {...(lost ? { "aria-invalid": "true" as const } : {})}
        value={value}
        onChange={(event) => held.set(event.currentTarget.value || undefined)}
      >
        <option value="">{all.length ? t("ui.form.choose") : t("ui.form.none_yet")}</option>
        {lost && <option value={value}>{name(value)}</option>}
        {all.map((item) => (
          <option key={item.id} value={item.id}>
            {item.title}
          </option>
        ))}
      </select>
      {section && add && <AddOne section={section} add={add} label={label} />}
    </span>
  );
}

export function RefsInput({ attrs, field, held, path, label, labelId }: InnerProps) {
  const t = useText();
  const { section, all, name } = useReferable(field.of ?? "", field.also);
  const items = itemsOf<string>(held.value);
  const add = useAddOne(section, path, (id) => [...items, id]);
  const { readOnly, ...others } = attrs;
  const open = all.filter((item) => !items.includes(item.id));
  return (
    <div class="rw-pieces">
      {items.length > 0 && (
        <ul class="rw-piecelist" aria-labelledby={labelId}>
          {items.map((id) => (
            <li key={id} class="rw-bit">
              <span class="rw-piecetext">{name(id)}</span>
              {!readOnly && (
                <button
                  class="rw-piecegone"
                  type="button"
                  aria-label={t("ui.form.remove_term", { field: label, term: name(id) })}
                  onClick={() => held.set(items.filter((other) => other !== id))}
                >
                  <Icon name="cross" />
                </button>
              )}
            </li>
          ))}
        </ul>
      )}
      {!readOnly && (
        <span class="rw-ref">
          <select
            class="rw-input"
            {...others}
            aria-labelledby={labelId}
            value=""
            onChange={(event) => event.currentTarget.value && held.set([...items, event.currentTarget.value])}
          >
            <option value="">
              {t(open.length ? "ui.form.choose" : all.length ? "ui.form.none_left" : "ui.form.none_yet")}
            </option>
            {open.map((item) => (
              <option key={item.id} value={item.id}>
                {item.title}
              </option>
            ))}
          </select>
          {section && add && <AddOne section={section} add={add} label={label} />}
        </span>
      )}
    </div>
  );
}
