// Where a person works: organisations of the study, found by their names or made and linked in one change.

import { useList, useStore, useText } from "../context.tsx";
import type { InnerProps } from "../fields/frame.tsx";
import { itemsOf } from "../fields/values.ts";
import { newId } from "../record.ts";
import { Chips } from "./chips.tsx";
import { useNames } from "./names.ts";
import { Pick } from "./pick.tsx";

export function Affiliations({ held, label, labelId, path, attrs, id }: InnerProps) {
  const t = useText();
  const store = useStore();
  const names = useNames("organisations");
  const known = useList("organisations");
  const items = itemsOf<string>(held.value);
  const make = (title: string) => {
    const made = newId("or");
    void store.edit([
      { op: "add", path: "/organisations", id: made, value: { title } },
      { op: "set", path, value: [...items, made] },
    ]);
  };
  const open = names.all.filter((one) => !items.includes(one.id));
  const ror = (one: string) => known.find((node) => node.id === one)?.ror;
  return (
    <div class="rw-pieces">
      <Chips
        chips={items.map((one) => ({ key: one, name: names.name(one) ?? t("ui.form.gone", { id: one }) }))}
        labelledBy={labelId}
        away={attrs.readOnly ? undefined : (chip) => t("ui.form.remove_term", { field: label, term: chip.name })}
        remove={(chip) => held.set(items.filter((one) => one !== chip.key))}
      />
      {!attrs.readOnly && (
        <Pick
          label={t("ui.special.add_affiliation")}
          id={id}
          describedBy={attrs["aria-describedby"]}
          placeholder={t("ui.special.add_affiliation")}
          items={open.map((one) => {
            const note = ror(one.id);
            return { ...one, note: typeof note === "string" ? note : undefined };
          })}
          shown=""
          clears
          offer={(name) => t("ui.special.add_organisation", { name })}
          pick={(one) => held.set([...items, one])}
          make={make}
        />
      )}
    </div>
  );
}
