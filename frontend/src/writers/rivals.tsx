// Two values for one field: both with their people and times, and a button for each.

import { useChosen, useStore, useText } from "../context.tsx";
import { useUnique } from "../fields/frame.tsx";
import { Icon } from "../icons.tsx";
import type { Conflict, Rival } from "../others.ts";
import { parts } from "../record.ts";
import { useWhen, useWho, useWords } from "./words.ts";

type Kind = "field" | "entity" | "rows";

function kindOf(conflict: Conflict): Kind {
  if (conflict.rows) return "rows";
  return conflict.rivals.some(({ removed }) => removed) ? "entity" : "field";
}

/** The conflict at a path, if there is one. */
export function useConflict(path: string): Conflict | undefined {
  return useChosen((state) => state.conflicts.find((conflict) => conflict.path === path));
}

/** What a button of a rival says, and, unseen, which of them it means. */
function useButton(conflict: Conflict): (rival: Rival) => { says: string; which?: string } {
  const t = useText();
  const who = useWho();
  const words = useWords();
  const kind = kindOf(conflict);
  return (rival) => {
    const author = who(rival);
    if (kind === "rows") return { says: t("ui.rivals.rows.keep", { author }) };
    if (kind === "entity") {
      const says = t(rival.removed ? "ui.rivals.entity.remove" : "ui.rivals.entity.keep");
      return { says, which: author };
    }
    const value = words(conflict.path, rival.value);
    return { says: t("ui.rivals.keep"), which: t("ui.rivals.whose", { value, author }) };
  };
}

/** The values of a conflict as a list, each with a button; choosing one is a change of one's own. */
export function Choices({ conflict, settled }: { conflict: Conflict; settled?: (button: HTMLElement) => void }) {
  const store = useStore();
  const t = useText();
  const who = useWho();
  const when = useWhen();
  const words = useWords();
  const button = useButton(conflict);
  const kind = kindOf(conflict);
  const last = conflict.rivals.at(-1);
  const keep = (rival: Rival, pressed: HTMLElement) => {
    settled?.(pressed); // the button is about to go
    void store.settle(conflict.path, rival.change);
  };
  const said = (rival: Rival) => {
    if (kind === "entity") return t(rival.removed ? "ui.rivals.removed" : "ui.rivals.wrote");
    return words(conflict.path, rival.value);
  };
  return (
    <ul class="rw-rivallist">
      {conflict.rivals.map((rival) => {
        const { says, which } = button(rival);
        return (
          <li key={rival.change}>
            <div>
              <b class="rw-rivalvalue">{said(rival)}</b>
              <span class="rw-two rw-small">
                {who(rival)}
                {rival.at && <>, {when(rival.at)}</>}
                {kind === "field" && rival === last && <>, {t("ui.rivals.now")}</>}
              </span>
            </div>
            <button class="rw-btn is-small" type="button" onClick={(event) => keep(rival, event.currentTarget)}>
              {says}
              {which && <span class="rw-hidden">: {which}</span>}
            </button>
          </li>
        );
      })}
    </ul>
  );
}

function Panel(props: { conflict: Conflict; title: string; settled?: (button: HTMLElement) => void }) {
  const id = useUnique();
  const { conflict, title, settled } = props;
  return (
    // biome-ignore lint/a11y/useSemanticElements: no form, so no fieldset
    <div class="rw-rivals" role="group" aria-labelledby={id}>
      <p class="rw-says is-warn" id={id}>
        <Icon name="people" />
        <span>{title}</span>
      </p>
      <Choices conflict={conflict} {...(settled && { settled })} />
    </div>
  );
}

/** In the field itself: two people gave it different values. */
export function FieldRivals({ path, settled }: { path: string; settled: (button: HTMLElement) => void }) {
  const t = useText();
  const conflict = useConflict(path);
  if (!conflict) return null;
  const n = conflict.rivals.length;
  return (
    <Panel conflict={conflict} title={n > 2 ? t("ui.rivals.more", { n }) : t("ui.rivals.title")} settled={settled} />
  );
}

/** Above the form of an entity: one removed it, or a part of it, while another wrote in it. */
export function EntityRivals({ path }: { path: string }) {
  const t = useText();
  const who = useWho();
  const conflicts = useChosen((state) => state.conflicts);
  const here = conflicts.filter((one) => kindOf(one) === "entity" && `${one.path}/`.startsWith(`${path}/`));
  const settled = (button: HTMLElement) => button.closest<HTMLElement>(".rw-formsheet")?.focus();
  return (
    <>
      {here.map((conflict) => {
        const [remover] = conflict.rivals.filter(({ removed }) => removed);
        const [editor] = conflict.rivals.filter(({ removed }) => !removed);
        const title = t("ui.rivals.entity", {
          remover: who(remover ?? { author: "" }),
          editor: who(editor ?? { author: "" }),
        });
        return <Panel key={conflict.path} conflict={conflict} title={title} settled={settled} />;
      })}
    </>
  );
}

/** Above a table: people gave one column different values. */
export function TableRivals({ table }: { table: string }) {
  const t = useText();
  const conflicts = useChosen((state) => state.conflicts);
  const here = conflicts.filter((one) => one.rows > 0 && parts(one.path)[0] === table);
  const settled = (button: HTMLElement) => button.closest(".rw-desk")?.querySelector<HTMLElement>("h1")?.focus();
  if (!here.length) return null;
  return (
    <div class="rw-inset">
      {here.map((conflict) => {
        const column = t(`guide.${table === "images" ? "image" : "file"}.${parts(conflict.path).at(-1)}.label`);
        const title = t.n("ui.rivals.rows", conflict.rows, { column });
        return <Panel key={conflict.path} conflict={conflict} title={title} settled={settled} />;
      })}
    </div>
  );
}
