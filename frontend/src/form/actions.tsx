// What can be done with the entities of a section: add, duplicate, rename, move, delete with undo, copy from elsewhere.

import { useEffect, useLayoutEffect, useRef, useState } from "preact/hooks";
import { useChosen, useStore, useText } from "../context.tsx";
import { Icon } from "../icons.tsx";
import { KEPT, ReuseDialog, useKeeping } from "../special/reuse.tsx";
import type { Node, SectionGuide } from "../types.ts";
import { focusPath } from "./aim.tsx";
import { CopyDialog } from "./copy.tsx";
import { type Gone, type Listing, useListing } from "./listing.ts";
import { type Item, Menu } from "./menu.tsx";

interface Props {
  section: SectionGuide;
  items: Node[];
  chosen: Node | undefined;
  choose(id: string): void;
  title(node: Node): string;
}

/** Lead to the title of an entity, once its form is drawn. */
function useToTitle(section: SectionGuide, own: { current: HTMLElement | null }): (id: unknown) => void {
  return (id) => {
    const sheet = own.current?.closest<HTMLElement>(".rw-formsheet");
    setTimeout(() => sheet && focusPath(sheet, `/${section.collection}/${id}/${section.title}`), 60);
  };
}

function useItems({ items, chosen, choose }: Props, listing: Listing, toTitle: (id: unknown) => void): Item[] {
  const t = useText();
  if (!chosen) return [];
  const duplicate = () => {
    const id = listing.duplicate(chosen);
    choose(id);
    toTitle(id);
  };
  const remove = () => {
    const place = items.indexOf(chosen);
    const next = items[place + 1] ?? items[place - 1];
    listing.remove(chosen);
    if (next) choose(String(next.id));
  };
  return [
    { name: t("ui.form.duplicate"), act: duplicate },
    { name: t("ui.form.rename"), act: () => toTitle(chosen.id) },
    { name: t("ui.form.move_left"), act: () => listing.move(chosen, -1), off: listing.isFirst(chosen) },
    { name: t("ui.form.move_right"), act: () => listing.move(chosen, 1), off: listing.isLast(chosen) },
    { name: t("ui.form.delete"), act: remove },
  ];
}

export function Actions(props: Props) {
  const { section, items, chosen, choose, title } = props;
  const t = useText();
  const own = useRef<HTMLSpanElement>(null);
  const [copying, setCopying] = useState(false);
  const [reusing, setReusing] = useState(false);
  const keep = useKeeping();
  const listing = useListing({ section, path: `/${section.collection}`, items, title });
  const toTitle = useToTitle(section, own);
  const acts = useItems(props, listing, toTitle);
  const add = () => {
    const id = listing.add();
    choose(id);
    toTitle(id);
  };
  const name = chosen ? title(chosen) : t(`guide.${section.name}.plural`);
  const copy: Item[] = [{ name: t("ui.form.copy_from"), act: () => setCopying(true) }];
  if (KEPT.has(section.collection)) {
    copy.push({ name: t("ui.sections.reuse"), act: () => setReusing(true) });
    if (chosen) copy.push({ name: t("ui.sections.keep"), act: () => keep(section, chosen, name) });
  }
  return (
    <>
      <span class="rw-entityacts" ref={own}>
        <button class="rw-btn is-quiet" type="button" onClick={add}>
          <Icon name="plus" />
          {t(`guide.${section.name}.add`)}
        </button>
        <Menu label={t("ui.form.more_for", { title: name })} items={[...acts, ...copy]} />
      </span>
      <Undo gone={listing.gone} done={listing.forget} choose={choose} />
      {copying && <CopyDialog section={section} close={() => setCopying(false)} take={choose} />}
      {reusing && (
        <ReuseDialog section={section} chosen={chosen} called={name} close={() => setReusing(false)} take={choose} />
      )}
    </>
  );
}

/** Offers to take a deletion back, until something else is done. */
export function Undo(props: { gone: Gone | undefined; done: () => void; choose?: (id: string) => void }) {
  const { gone, done, choose } = props;
  const t = useText();
  const store = useStore();
  const touched = useChosen((state) => state.touched);
  const button = useRef<HTMLButtonElement>(null);
  useLayoutEffect(() => button.current?.focus(), [gone]);
  useEffect(() => {
    if (gone && gone.touched !== touched) done();
  }, [touched, gone]);
  const back = () => {
    if (!gone) return;
    void store.edit([gone.edit]);
    choose?.(String(gone.edit.id));
    done();
  };
  return (
    <div class={gone ? "rw-gone" : undefined} role="status">
      {gone && (
        <>
          <span>{t("ui.form.deleted", { title: gone.name })}</span>{" "}
          <button class="rw-btn is-small" type="button" ref={button} onClick={back}>
            <Icon name="undo" />
            {t("ui.form.bring_back")}
          </button>
        </>
      )}
    </div>
  );
}
