// What can be done with the entities of a section: add, duplicate, rename, move, delete with undo, copy from elsewhere.

import { useEffect, useRef, useState } from "preact/hooks";
import { useChosen, useStore, useText } from "../context.tsx";
import { Icon } from "../icons.tsx";
import { newId } from "../record.ts";
import type { Edit, Node, SectionGuide } from "../types.ts";
import { focusPath } from "./aim.tsx";
import { CopyDialog } from "./copy.tsx";
import { type Item, Menu } from "./menu.tsx";
import { copied, marksBelow } from "./naming.ts";

interface Props {
  section: SectionGuide;
  items: Node[];
  chosen: Node | undefined;
  choose(id: string): void;
  title(node: Node): string;
}

export interface Gone {
  name: string;
  edit: Edit;
  /** The edits made until then: the offer ends with the next one. */
  touched: ReadonlySet<string>;
}

export function Actions({ section, items, chosen, choose, title }: Props) {
  const t = useText();
  const store = useStore();
  const own = useRef<HTMLSpanElement>(null);
  const [gone, setGone] = useState<Gone>();
  const [copying, setCopying] = useState(false);
  const list = `/${section.collection}`;
  const place = chosen ? items.indexOf(chosen) : -1;
  const path = `${list}/${chosen?.id}`;

  const put = (value: Node, after?: unknown, marks?: Edit["marks"]) => {
    const id = newId(section.prefix);
    const edit: Edit = { op: "add", path: list, id, value };
    void store.edit([{ ...edit, ...(after ? { after: String(after) } : {}), ...(marks ? { marks } : {}) }]);
    choose(id);
    toTitle(id);
  };
  const toTitle = (id: unknown) => {
    const sheet = own.current?.closest<HTMLElement>(".rw-formsheet");
    setTimeout(() => sheet && focusPath(sheet, `${list}/${id}/${section.title}`), 60);
  };
  const duplicate = () => {
    if (!chosen) return;
    const value = copied(section, chosen, store.state.guide);
    const name = section.title;
    if (name && typeof value[name] === "string") value[name] = t("ui.form.copy_of", { title: value[name] });
    put(value, chosen.id);
  };
  const move = (after: Node | null | undefined) =>
    void store.edit([{ op: "move", path, after: after ? String(after.id) : null }]);
  const remove = () => {
    if (!chosen) return;
    const { id, ...value } = chosen;
    const before = items[place - 1];
    const marks = marksBelow(store.state.marks, path);
    const edit: Edit = {
      op: "add",
      path: list,
      id: String(id),
      value,
      after: before ? String(before.id) : null,
      marks,
    };
    void store.edit([{ op: "remove", path }]);
    setGone({ name: title(chosen), edit, touched: store.state.touched });
    const next = items[place + 1] ?? before;
    if (next) choose(String(next.id));
  };

  const many: Item[] = [
    { name: t("ui.form.duplicate"), act: duplicate },
    { name: t("ui.form.rename"), act: () => toTitle(chosen?.id) },
    { name: t("ui.form.move_left"), act: () => move(items[place - 2] ?? null), off: place < 1 },
    { name: t("ui.form.move_right"), act: () => move(items[place + 1]), off: place >= items.length - 1 },
    { name: t("ui.form.delete"), act: remove },
  ];
  const copy: Item = { name: t("ui.form.copy_from"), act: () => setCopying(true) };
  return (
    <>
      <span class="rw-entityacts" ref={own}>
        <button class="rw-btn is-quiet" type="button" onClick={() => put({})}>
          <Icon name="plus" />
          {t(`guide.${section.name}.add`)}
        </button>

        <Menu
          label={t("ui.form.more_for", { title: chosen ? title(chosen) : t(`guide.${section.name}.plural`) })}
          items={chosen ? [...many, copy] : [copy]}
        />
      </span>
      <Undo gone={gone} done={() => setGone(undefined)} choose={choose} />
      {copying && <CopyDialog section={section} close={() => setCopying(false)} take={choose} />}
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
  useEffect(() => button.current?.focus(), [gone]);
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
