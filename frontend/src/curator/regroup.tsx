// Changing the groups of the gallery: which groups and images are chosen, and the bar that makes one group of them.

import { useEffect, useRef, useState } from "preact/hooks";
import { useStore, useText } from "../context.tsx";
import { Icon } from "../icons.tsx";
import { WORK_MS } from "./ask.ts";
import type { Group } from "./groups.ts";

export interface Regroup {
  groups: ReadonlySet<string>;
  images: ReadonlySet<string>;
  turnGroup(key: string): void;
  turnImage(image: string): void;
  clear(): void;
}

function turned(held: ReadonlySet<string>, one: string): ReadonlySet<string> {
  return held.has(one) ? new Set([...held].filter((other) => other !== one)) : new Set([...held, one]);
}

const NONE: ReadonlySet<string> = new Set();

/** Keep what is chosen; groups that are not there any more are not. */
export function useRegroup(there: Group[]): Regroup {
  const [groups, setGroups] = useState(NONE);
  const [images, setImages] = useState(NONE);
  const keys = new Set(there.map((group) => group.key));
  return {
    groups: new Set([...groups].filter((key) => keys.has(key))),
    images,
    turnGroup: (key) => setGroups((held) => turned(held, key)),
    turnImage: (image) => setImages((held) => turned(held, image)),
    clear: () => {
      setGroups(NONE);
      setImages(NONE);
    },
  };
}

/** The checkbox before a group's title. */
export function ChooseGroup({ group, regroup }: { group: Group; regroup: Regroup }) {
  const t = useText();
  return (
    <label class="rw-choosegroup">
      <input
        type="checkbox"
        checked={regroup.groups.has(group.key)}
        aria-label={t("ui.regroup.group", { title: group.title })}
        onChange={() => regroup.turnGroup(group.key)}
      />
      <span aria-hidden="true">{t("ui.regroup.group.short")}</span>
    </label>
  );
}

/** What is chosen, and what can be made of it. The focus stays on the bar's count when a button has done its work. */
export function RegroupBar(props: { regroup: Regroup; there: Group[]; done: () => void }) {
  const store = useStore();
  const t = useText();
  const { regroup, there } = props;
  const [busy, setBusy] = useState(false);
  const count = useRef<HTMLElement>(null);
  useEffect(() => count.current?.focus({ preventScroll: true }), []);
  const send = async (kind: string, content: object, told: string) => {
    if (busy) return;
    setBusy(true);
    const answer = await store.ask(kind, content, WORK_MS);
    setBusy(false);
    if (!answer) return;
    regroup.clear();
    count.current?.focus({ preventScroll: true });
    store.say(t.n(told, Number(answer.count ?? 0)));
  };
  const keys = there.map(({ key }) => key).filter((key) => regroup.groups.has(key));
  const merge = () => keys.length > 1 && send("merge-groups", { keys }, "ui.regroup.merged");
  const rows = [...regroup.images];
  const split = () => rows.length > 0 && send("split-group", { rows }, "ui.regroup.made");
  return (
    <section
      class="rw-bar rw-selbar rw-regroup"
      aria-label={t("ui.regroup.bar")}
      onKeyDown={(event) => event.key === "Escape" && props.done()}
    >
      <b class="rw-num" role="status" tabIndex={-1} ref={count}>
        {t.n("ui.regroup.groups", keys.length)}, {t.n("ui.regroup.images", rows.length)}
      </b>
      <button class="rw-btn" type="button" aria-disabled={busy || keys.length < 2} onClick={merge}>
        {t("ui.regroup.merge")}
      </button>
      <button class="rw-btn" type="button" aria-disabled={busy || !rows.length} onClick={split}>
        {t("ui.regroup.split")}
      </button>
      <span class="rw-gap" />
      <button class="rw-btn" type="button" onClick={props.done}>
        <Icon name="check" />
        {t("ui.regroup.done")}
      </button>
    </section>
  );
}
