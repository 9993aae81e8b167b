// What a person did, as chips: roles of CRediT and of the archive, in the person's language, or words of one's own.

import { useText } from "../context.tsx";
import { useChoiceName } from "../fields/choice.tsx";
import type { InnerProps } from "../fields/frame.tsx";
import { itemsOf } from "../fields/values.ts";
import type { Term } from "../types.ts";
import { Chips } from "./chips.tsx";
import { Pick } from "./pick.tsx";

export function Roles({ field, held, label, labelId, attrs, id }: InnerProps) {
  const t = useText();
  const name = useChoiceName(field);
  const items = itemsOf<Term | string>(held.value).map(
    (item): Term => (typeof item === "string" ? { label: item } : item),
  );
  const taken = new Set(items.map((item) => item.label));
  const open = (field.choices ?? []).filter((choice) => !taken.has(choice));
  const term = (role: string): Term => {
    const known = field.ids?.[role];
    return known ? { label: role, id: known, ontology: "CRediT" } : { label: role };
  };
  const add = (role: string) => held.set([...items, term(role)]);
  return (
    <div class="rw-pieces">
      <Chips
        chips={items.map((item) => ({ key: item.label, name: name(item.label), title: item.id }))}
        labelledBy={labelId}
        away={attrs.readOnly ? undefined : (chip) => t("ui.form.remove_term", { field: label, term: chip.name })}
        remove={(chip) => held.set(items.filter((item) => item.label !== chip.key))}
      />
      {!attrs.readOnly && (
        <Pick
          label={t("ui.special.add_role")}
          id={id}
          describedBy={attrs["aria-describedby"]}
          placeholder={t("ui.special.add_role")}
          items={open.map((choice) => ({
            id: choice,
            title: name(choice),
            note: field.ids?.[choice] ? "CRediT" : undefined,
          }))}
          shown=""
          clears
          offer={(typed) => t("ui.special.own_role", { name: typed })}
          pick={add}
          make={add}
        />
      )}
    </div>
  );
}
