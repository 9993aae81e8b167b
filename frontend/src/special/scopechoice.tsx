// The choice of the images that a form speaks of: all, those of a component, those taken alike, or a selection.

import { useChosen, useText } from "../context.tsx";
import { useAnswer } from "../curator/ask.ts";
import { useUnique } from "../fields/frame.tsx";
import { useCount } from "./foldername.tsx";
import { useNames } from "./names.ts";
import { ALL, type Scope, sameScope } from "./scope.ts";

interface Props {
  scope: Scope;
  /** The scope that a place or a selection led to. */
  led: Scope | undefined;
  choose(scope: Scope): void;
  count: number | undefined;
}

interface Groups {
  groups: { key: string; title: string; count: number }[];
}

interface Choice {
  key: string;
  name: string;
  scope: Scope;
}

function selected(t: ReturnType<typeof useText>, { rows }: Scope): string {
  return rows ? t.n("ui.special.selection", rows.length) : t("ui.special.selection_where");
}

export function ScopeChoice({ scope, led, choose, count }: Props) {
  const t = useText();
  const say = useCount();
  const id = useUnique();
  const images = useChosen((state) => state.tables.images);
  const components = useNames("components");
  const asked = useAnswer<Groups>("groups", {}, `${images}`, images > 0).data?.groups ?? [];
  const groups: Choice[] = (asked.length > 1 ? asked : []).map((group) => ({
    key: `g${group.key}`,
    name: t("ui.special.group_of", { group: group.title, count: say(group.count) }),
    scope: { where: { group: group.key || null } },
  }));
  const parts: Choice[] = components.all.map((part) => ({
    key: `c${part.id}`,
    name: part.title,
    scope: { where: { component: part.id } },
  }));
  const all: Choice = { key: "all", name: t.n("ui.special.all_images", images, { count: say(images) }), scope: ALL };
  const known = [all, ...parts, ...groups];
  const other: Choice[] =
    led && !known.some((one) => sameScope(one.scope, led)) ? [{ key: "led", name: selected(t, led), scope: led }] : [];
  const choices = [...other, ...known];
  const now = choices.find((one) => sameScope(one.scope, scope)) ?? all;
  const option = ({ key, name }: Choice) => (
    <option key={key} value={key}>
      {name}
    </option>
  );
  return (
    <div class="rw-scope rw-waiting">
      <label class="rw-label" for={id}>
        {t("ui.special.scope")}
      </label>
      <select
        class="rw-input"
        id={id}
        value={now.key}
        onChange={(event) => {
          const next = choices.find((one) => one.key === event.currentTarget.value);
          if (next) choose(next.scope);
        }}
      >
        {other.map(option)}
        {option(all)}
        {parts.length > 0 && <optgroup label={t("guide.component.plural")}>{parts.map(option)}</optgroup>}
        {groups.length > 0 && <optgroup label={t("ui.special.groups")}>{groups.map(option)}</optgroup>}
      </select>
      <p class="rw-two rw-small" role="status">
        {count !== undefined && t.n("ui.special.in_scope", count, { count: say(count) })}
      </p>
    </div>
  );
}
