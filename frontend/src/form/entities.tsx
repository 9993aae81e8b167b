// The entities of a section as tabs, with what waits in each; few are drawn, however many there are.

import { useLayoutEffect, useMemo, useRef, useState } from "preact/hooks";
import { useChosen, useScope, useTargets, useText } from "../context.tsx";
import { useUnique } from "../fields/frame.tsx";
import { Icon } from "../icons.tsx";
import { isPencil } from "../record.ts";
import type { Node, SectionGuide } from "../types.ts";
import { Actions } from "./actions.tsx";
import { around, toDo } from "./folding.ts";
import { titleOf } from "./naming.ts";

/** Tabs drawn at most; the others are reached through a list that can be searched. */
export const MOST_TABS = 8;

interface Props {
  section: SectionGuide;
  items: Node[];
  chosen: Node | undefined;
  choose(id: string): void;
}

/** How an entity is called here; one without a title by its number. */
export function useTitles(section: SectionGuide, items: Node[]): (node: Node) => string {
  const t = useText();
  const lang = useChosen((state) => state.lang);
  const record = useChosen((state) => state.record);
  const guide = useChosen((state) => state.guide);
  return (node) =>
    titleOf(section, node, lang, record, guide) ||
    t("ui.form.untitled", { section: t(`guide.${section.name}.label`), n: items.indexOf(node) + 1 });
}

function State({ section, node }: { section: SectionGuide; node: Node }) {
  const t = useText();
  const targets = useTargets();
  const inScope = useScope();
  const marks = useChosen((state) => state.marks);
  const pencil = useMemo(() => {
    const start = `/${section.collection}/${node.id}/`;
    return Object.entries(marks).filter(([at, mark]) => isPencil(mark) && at.startsWith(start)).length;
  }, [marks, section.collection, node.id]);
  const left = toDo(section, node, targets, inScope);
  if (pencil > 0)
    return (
      <span class="rw-chip is-pencil">
        <Icon name="pencil" />
        {pencil}
        <span class="rw-hidden"> {t("ui.form.to_confirm")}</span>
      </span>
    );
  if (left > 0) return <span class="rw-chip">{t("ui.form.to_do", { n: left })}</span>;
  return (
    <span class="rw-complete">
      <Icon name="check" />
      <span class="rw-hidden">{t("ui.form.complete")}</span>
    </span>
  );
}

const STEPS: Record<string, (at: number, last: number) => number> = {
  ArrowRight: (at, last) => (at === last ? 0 : at + 1),
  ArrowLeft: (at, last) => (at === 0 ? last : at - 1),
  Home: () => 0,
  End: (_at, last) => last,
};

export function Entities(props: Props) {
  const { section, items, chosen, choose } = props;
  const t = useText();
  const prefix = useUnique();
  const title = useTitles(section, items);
  const place = chosen ? items.indexOf(chosen) : -1;
  const shown = around(items, place, MOST_TABS);
  const press = (event: KeyboardEvent) => {
    const step = STEPS[event.key];
    if (!step || event.altKey || event.ctrlKey || event.metaKey || place < 0) return;
    const next = items[step(place, items.length - 1)];
    if (!next) return;
    event.preventDefault();
    choose(String(next.id));
    const list = event.currentTarget as HTMLElement;
    setTimeout(() => list.querySelector<HTMLElement>("[aria-selected=true]")?.focus());
  };
  return (
    <div class="rw-entities">
      {items.length > 0 && (
        <div class="rw-tablist" role="tablist" aria-label={t(`guide.${section.name}.plural`)} onKeyDown={press}>
          {shown.map((node) => (
            <button
              key={node.id}
              class="rw-entity"
              type="button"
              role="tab"
              id={`${prefix}-${node.id}`}
              aria-selected={node === chosen}
              tabIndex={node === chosen ? 0 : -1}
              onClick={() => choose(String(node.id))}
            >
              <span class="rw-entityname">{title(node)}</span>
              <State section={section} node={node} />
            </button>
          ))}
        </div>
      )}
      {items.length > shown.length && <All {...props} title={title} />}
      <Actions {...props} title={title} />
    </div>
  );
}

/** All entities in a list that can be searched. */
function All({ section, items, chosen, choose, title }: Props & { title: (node: Node) => string }) {
  const t = useText();
  const id = useUnique();
  const [open, setOpen] = useState(false);
  const [wanted, setWanted] = useState("");
  const search = useRef<HTMLInputElement>(null);
  useLayoutEffect(() => search.current?.focus(), [open]);
  const words = wanted.toLocaleLowerCase();
  const found = open ? items.filter((node) => title(node).toLocaleLowerCase().includes(words)) : [];
  const close = () => {
    setOpen(false);
    setWanted("");
  };
  const keys = (event: KeyboardEvent) => {
    if (event.key !== "Escape" || !open) return;
    event.stopPropagation();
    close();
    document.getElementById(id)?.focus();
  };
  return (
    // biome-ignore lint/a11y/noStaticElementInteractions: it only hears what bubbles up from the controls inside it
    <div class="rw-all-list" onKeyDown={keys}>
      <button
        class="rw-btn is-quiet"
        type="button"
        id={id}
        aria-expanded={open}
        onClick={() => (open ? close() : setOpen(true))}
      >
        {t("ui.form.all", { n: items.length })}
        <Icon name="down" />
      </button>
      {open && (
        <div class="rw-menulist is-wide">
          <input
            class="rw-input"
            type="search"
            aria-label={t("ui.form.find_in", { section: t(`guide.${section.name}.plural`) })}
            placeholder={t("ui.form.find")}
            value={wanted}
            ref={search}
            onInput={(event) => setWanted(event.currentTarget.value)}
          />
          <ul>
            {found.slice(0, 50).map((node) => (
              <li key={node.id}>
                <button
                  type="button"
                  aria-current={node === chosen ? "true" : undefined}
                  onClick={() => {
                    close();
                    choose(String(node.id));
                  }}
                >
                  {title(node)}
                </button>
              </li>
            ))}
          </ul>
          <p class="rw-two rw-tiny" role="status">
            {t.n("ui.form.found", found.length)}
          </p>
        </div>
      )}
    </div>
  );
}
