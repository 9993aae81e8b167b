// The form of one entity: what waits to be confirmed, then its groups of fields.

import { useContext } from "preact/hooks";
import { useChosen, useScope, useStore, useTargets, useText } from "../context.tsx";
import { RowContext } from "../fields/held.tsx";
import { Icon } from "../icons.tsx";
import type { Node, SectionGuide } from "../types.ts";
import { EntityRivals } from "../writers/rivals.tsx";
import { groupsOf } from "./folding.ts";
import { GroupOf } from "./group.tsx";
import { nodeAt } from "./naming.ts";

function PencilBanner({ path }: { path: string }) {
  const t = useText();
  const store = useStore();
  useChosen((state) => state.marks);
  const waiting = store.pencilBelow(path);
  if (!waiting.length) return null;
  const files = Math.max(0, ...waiting.map((at) => store.state.marks[at]?.origin?.of ?? 0));
  const confirm = (event: Event) => {
    (event.currentTarget as HTMLElement).closest<HTMLElement>(".rw-formsheet")?.focus(); // the button is about to go
    void store.confirm(waiting);
  };
  return (
    <div class="rw-banner is-pencil rw-waiting">
      <Icon name="pencil" />
      <div>
        <b>{t.n("ui.form.wait", waiting.length)}</b>{" "}
        {files > 1 ? t("ui.form.wait_files", { n: files }) : t("ui.form.wait_look")}
      </div>
      <div class="rw-btns">
        <button class="rw-btn is-main" type="button" onClick={confirm}>
          {t.n("ui.form.confirm_all", waiting.length)}
        </button>
      </div>
    </div>
  );
}

export function EntityForm({ section, path }: { section: SectionGuide; path: string }) {
  const row = useContext(RowContext);
  const kept = useChosen((state) => nodeAt(state.record, path));
  const targets = useTargets();
  const inScope = useScope();
  const node: Node | undefined = row?.values ?? kept;
  const groups = groupsOf(section, node, targets, inScope);
  return (
    <>
      {!row && <EntityRivals path={path} />}
      {!row && <PencilBanner path={path} />}
      {groups.map((group) => (
        <GroupOf
          key={group.name}
          section={section}
          group={group}
          path={path}
          node={node}
          alone={groups.length === 1 || group === groups[0]}
        />
      ))}
    </>
  );
}
