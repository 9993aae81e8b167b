// What can be done with a list of entities, wherever it lies: add, copy, move, remove, and bring back what was removed.

import { useState } from "preact/hooks";
import { useStore, useText } from "../context.tsx";
import { newId } from "../record.ts";
import type { Edit, Node, SectionGuide } from "../types.ts";
import { copied, copiedMarks, marksBelow } from "./naming.ts";

/** An entity just removed, with the edit that brings it back. */
export interface Gone {
  name: string;
  edit: Edit;
  /** The edits made until then: the offer ends with the next one. */
  touched: ReadonlySet<string>;
}

export interface Listing {
  /** Each gives the id of what it made. */
  add(value?: Node): string;
  duplicate(node: Node): string;
  /** Move one by a step, to the left or up with -1. */
  move(node: Node, by: -1 | 1): void;
  remove(node: Node): void;
  isFirst(node: Node): boolean;
  isLast(node: Node): boolean;
  gone: Gone | undefined;
  forget(): void;
}

interface Given {
  section: SectionGuide;
  /** Path of the list. */
  path: string;
  items: Node[];
  title(node: Node): string;
}

export function useListing({ section, path, items, title }: Given): Listing {
  const t = useText();
  const store = useStore();
  const [gone, setGone] = useState<Gone>();
  const put = (edit: Partial<Edit>): string => {
    const id = newId(section.prefix);
    void store.edit([{ op: "add", path, id, value: {}, ...edit }]);
    return id;
  };
  const before = (node: Node, steps: number) => items[items.indexOf(node) - steps];
  const idOf = (node: Node | undefined) => (node ? String(node.id) : null);
  const duplicate = (node: Node) => {
    const { guide, marks } = store.state;
    const value = copied(section, node, guide);
    const known = copiedMarks(node, value, marksBelow(marks, `${path}/${node.id}`));
    const own = section.title;
    if (typeof value[own] === "string" && section.kind === "many") {
      value[own] = t("ui.form.copy_of", { title: value[own] });
      known[own] = {};
    }
    return put({ value, after: idOf(node), marks: known });
  };
  const move = (node: Node, by: -1 | 1) => {
    const after = by < 0 ? before(node, 2) : before(node, -1);
    void store.edit([{ op: "move", path: `${path}/${node.id}`, after: idOf(after) }]);
  };
  const remove = (node: Node) => {
    const { id, ...value } = node;
    const marks = marksBelow(store.state.marks, `${path}/${id}`);
    const edit: Edit = { op: "add", path, id: String(id), value, after: idOf(before(node, 1)), marks };
    const name = title(node);
    void store.edit([{ op: "remove", path: `${path}/${id}` }]);
    setGone({ name, edit, touched: store.state.touched });
  };
  return {
    add: (value = {}) => put({ value }),
    duplicate,
    move,
    remove,
    isFirst: (node) => node === items[0],
    isLast: (node) => node === items.at(-1),
    gone,
    forget: () => setGone(undefined),
  };
}
