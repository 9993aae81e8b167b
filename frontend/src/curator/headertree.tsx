// The tree of a header: the pattern of ARIA's tree view, with a search that keeps the way to its hits open.

import { useLayoutEffect, useMemo, useRef, useState } from "preact/hooks";
import { useText } from "../context.tsx";
import { useUnique } from "../fields/frame.tsx";
import { Icon } from "../icons.tsx";
import { copy } from "./copying.ts";
import {
  type Branch,
  type Choices,
  drawn,
  type Leaf,
  LIMIT,
  marked,
  opened,
  revealing,
  search,
  type Twig,
  treeOf,
  wordsOf,
} from "./tree.ts";

const NOTHING: Choices = { open: new Map(), room: new Map() };

/** One place where the focus can be: a branch, or the "more" below one. */
interface Stop {
  id: string;
  branch: Branch;
  twig: Twig | undefined;
}

function stopsOf(twigs: readonly Twig[], more: number, parent: Branch): Stop[] {
  const stops = twigs.flatMap((twig) => [
    { id: String(twig.branch.id), branch: twig.branch, twig },
    ...(twig.open ? stopsOf(twig.inner, twig.more, twig.branch) : []),
  ]);
  return more ? [...stops, { id: `more-${parent.id}`, branch: parent, twig: undefined }] : stops;
}

interface TreeState {
  words: string[];
  counts: ReadonlyMap<Branch, number> | undefined;
  now: string;
  prefix: string;
  current: Branch | undefined;
  turn(branch: Branch, open: boolean): void;
  more(branch: Branch): void;
  take(branch: Branch): void;
  here(id: string): void;
}

function Marked({ text, words }: { text: string; words: readonly string[] }) {
  if (!words.length) return <>{text}</>;
  return <>{marked(text, words).map(([piece, hit], at) => (hit ? <mark key={at}>{piece}</mark> : piece))}</>;
}

/** What a branch is called: name, then its value or how many there are below, then the fields filled from it. */
function Called({ twig, state, hits, id }: { twig: Twig; state: TreeState; hits: number | undefined; id: string }) {
  const t = useText();
  const { name, value, used, count } = twig.branch;
  return (
    <span class="rw-twigcalled" id={id}>
      <span class="rw-twigname">
        <Marked text={name} words={state.words} />
      </span>{" "}
      {value === undefined ? (
        <span class="rw-two rw-tiny rw-num">
          {t.n(hits === undefined ? "ui.header.below" : "ui.header.hits_below", hits ?? count)}
        </span>
      ) : (
        <span class="rw-twigvalue">
          <Marked text={value} words={state.words} />
        </span>
      )}
      {used.length > 0 && " "}
      {used.length > 0 && (
        <span class="rw-chip is-pencil">
          <Icon name="pencil" />
          {t("ui.header.used", { what: used.join(", ") })}
        </span>
      )}
    </span>
  );
}

function Item({ twig, state }: { twig: Twig; state: TreeState }) {
  const t = useText();
  const { branch } = twig;
  const hits = state.counts?.get(branch);
  const id = String(branch.id);
  const folds =
    branch.inner.length > 0 && (hits === undefined || hits > (branch.value === undefined ? 0 : 1) || twig.open);
  return (
    <li role="none">
      {/* biome-ignore lint/a11y/useKeyWithClickEvents: the tree itself hears the keys */}
      <div
        class="rw-twig"
        role="treeitem"
        aria-labelledby={`${state.prefix}-${id}`}
        aria-level={twig.level}
        aria-setsize={twig.of}
        aria-posinset={twig.place}
        aria-expanded={folds ? twig.open : undefined}
        aria-owns={twig.open ? `${state.prefix}-${id}-in` : undefined}
        aria-current={state.current === branch ? "true" : undefined}
        tabIndex={state.now === id ? 0 : -1}
        data-stop={id}
        onClick={() => {
          state.here(id);
          if (folds) state.turn(branch, !twig.open);
        }}
      >
        <span class="rw-twigsign" aria-hidden="true">
          {folds && <Icon name={twig.open ? "down" : "right"} />}
        </span>
        <Called twig={twig} state={state} hits={hits} id={`${state.prefix}-${id}`} />
        {branch.value !== undefined && (
          <button
            class="rw-btn is-icon rw-twigcopy"
            type="button"
            tabIndex={-1}
            aria-label={t("ui.header.copy", { name: branch.name })}
            onClick={(event) => {
              event.stopPropagation();
              state.here(id);
              state.take(branch);
            }}
          >
            <Icon name="copy" />
          </button>
        )}
      </div>
      {twig.open && <Group twigs={twig.inner} more={twig.more} parent={branch} state={state} level={twig.level + 1} />}
    </li>
  );
}

interface GroupProps {
  twigs: readonly Twig[];
  more: number;
  parent: Branch;
  state: TreeState;
  level: number;
}

function Items({ twigs, more, parent, state, level }: GroupProps) {
  const t = useText();
  const id = `more-${parent.id}`;
  return (
    <>
      {twigs.map((twig) => (
        <Item key={twig.branch.id} twig={twig} state={state} />
      ))}
      {more > 0 && (
        <li role="none">
          {/* biome-ignore lint/a11y/useKeyWithClickEvents: the tree itself hears the keys */}
          <div
            class="rw-twig is-more"
            role="treeitem"
            aria-level={level}
            tabIndex={state.now === id ? 0 : -1}
            data-stop={id}
            onClick={() => state.more(parent)}
          >
            <span class="rw-twigsign" aria-hidden="true">
              <Icon name="plus" />
            </span>
            {t.n("ui.header.more", more)}
          </div>
        </li>
      )}
    </>
  );
}

function Group(props: GroupProps) {
  return (
    // biome-ignore lint/a11y/useSemanticElements: the group of a tree, which HTML has no element for
    <ul role="group" id={`${props.state.prefix}-${props.parent.id}-in`}>
      <Items {...props} />
    </ul>
  );
}

/** What is open, found and focused in a tree. */
function useTree(leaves: readonly Leaf[], wanted: string) {
  const root = useMemo(() => treeOf(leaves), [leaves]);
  const words = useMemo(() => wordsOf(wanted), [wanted]);
  const found = useMemo(() => search(root, words), [root, words]);
  const auto = useMemo(() => opened(root, found), [root, found]);
  const of = `${root.count} ${words.join(" ")}`;
  const [held, hold] = useState({ of, choices: NOTHING, hit: -1 });
  const { choices, hit } = held.of === of ? held : { choices: NOTHING, hit: -1 };
  const twigs = useMemo(() => drawn(root, found, auto, choices), [root, found, auto, choices]);
  const all = found ? root.inner.filter((one) => found.counts.has(one)).length : root.inner.length;
  const more = Math.max(0, all - twigs.length);
  return {
    root,
    words,
    found,
    twigs,
    more,
    hit,
    stops: useMemo(() => stopsOf(twigs, more, root), [twigs, more, root]),
    choose: (fresh: Choices, at = hit) => hold({ of, choices: fresh, hit: at }),
    choices,
  };
}

/** Give the stop that a key leads to, or what it does to the branch. */
function moved(key: string, at: number, stops: readonly Stop[]): Stop | "open" | "close" | undefined {
  const stop = stops[at];
  const parent = stop?.twig ? stop.branch.parent : stop?.branch;
  if (key === "ArrowDown") return stops[at + 1];
  if (key === "ArrowUp") return stops[at - 1];
  if (key === "Home") return stops[0];
  if (key === "End") return stops.at(-1);
  if (key === "ArrowRight" && stop?.twig) return stop.twig.open ? stops[at + 1] : "open";
  if (key === "ArrowLeft") return stop?.twig?.open ? "close" : stops.find((one) => one.twig?.branch === parent);
  return undefined;
}

export function HeaderTree({ leaves, name }: { leaves: readonly Leaf[]; name: string }) {
  const t = useText();
  const id = useUnique();
  const [wanted, want] = useState("");
  const tree = useTree(leaves, wanted);
  const [chosen, choose] = useState("");
  const [told, tell] = useState("");
  const box = useRef<HTMLUListElement>(null);
  const input = useRef<HTMLInputElement>(null);
  const going = useRef<{ id: string; focus: boolean } | undefined>(undefined);
  const { stops, found } = tree;
  const hits = found?.hits ?? [];
  const now = stops.some((stop) => stop.id === chosen) ? chosen : (stops[0]?.id ?? "");
  const current = hits[tree.hit];
  useLayoutEffect(() => {
    const wish = going.current;
    if (wish) reach(wish.id, wish.focus);
  });
  const reach = (stop: string, focus: boolean) => {
    const item = box.current?.querySelector<HTMLElement>(`[data-stop="${stop}"]`);
    going.current = item ? undefined : { id: stop, focus };
    if (focus) item?.focus({ preventScroll: true });
    item?.scrollIntoView({ block: "nearest" });
  };
  const go = (stop: string, focus = true) => {
    reach(stop, focus); // now, if it is drawn, else once it is
    choose(stop);
  };
  const turn = (branch: Branch, open: boolean) =>
    tree.choose({ ...tree.choices, open: new Map(tree.choices.open).set(branch, open) });
  const more = (branch: Branch) => {
    const had = tree.choices.room.get(branch) ?? LIMIT;
    const next = (found ? branch.inner.filter((one) => found.counts.has(one)) : branch.inner)[had];
    tree.choose({ ...tree.choices, room: new Map(tree.choices.room).set(branch, had + LIMIT) });
    if (next) go(String(next.id));
  };
  const take = async (branch: Branch) => {
    const done = await copy(branch.value ?? "", box.current);
    tell(t(done ? "ui.header.copied" : "ui.header.not_copied", { name: branch.name }));
  };
  const nextHit = (step: number, focus: boolean) => {
    if (!hits.length) return;
    const place = tree.hit < 0 && step < 0 ? hits.length - 1 : (tree.hit + step + hits.length) % hits.length;
    const branch = hits[place];
    if (!branch) return;
    tree.choose(revealing(branch, found, tree.choices), place);
    tell(t("ui.header.hit", { n: place + 1, of: hits.length, name: branch.name, value: branch.value ?? "" }));
    go(String(branch.id), focus);
  };
  const act = (stop: Stop, event: KeyboardEvent) => {
    if (!stop.twig) return more(stop.branch);
    if (event.key === "Enter" && found && stop.branch.value !== undefined)
      return nextHit(event.shiftKey ? -1 : 1, true);
    if (stop.branch.inner.length) turn(stop.branch, !stop.twig.open);
  };
  const keys = (event: KeyboardEvent) => {
    const at = stops.findIndex((stop) => stop.id === now);
    const stop = stops[at];
    if (!stop || event.altKey) return;
    if (event.ctrlKey || event.metaKey) {
      const none = document.getSelection()?.isCollapsed !== false;
      if (event.key !== "c" || stop.branch.value === undefined || !stop.twig || !none) return;
      event.preventDefault();
      void take(stop.branch);
      return;
    }
    if (event.key === "Enter" || event.key === " ") {
      event.preventDefault();
      act(stop, event);
      return;
    }
    const to = moved(event.key, at, stops);
    if (/^(Arrow|Home|End)/.test(event.key)) event.preventDefault();
    if (to === "open" || to === "close") {
      if (to === "close" || stop.branch.inner.length) turn(stop.branch, to === "open");
    } else if (to) go(to.id);
    else if (event.key.length === 1) {
      input.current?.focus(); // the letter is typed there
      input.current?.select();
    }
  };
  const searchKeys = (event: KeyboardEvent) => {
    if (event.key === "Enter") {
      event.preventDefault();
      nextHit(event.shiftKey ? -1 : 1, false);
    } else if (event.key === "ArrowDown" && now) {
      event.preventDefault();
      go(now);
    } else if (event.key === "Escape" && wanted) {
      event.preventDefault();
      event.stopPropagation();
      want("");
      tell("");
    }
  };
  const state: TreeState = {
    words: tree.words,
    counts: found?.counts,
    now,
    prefix: id,
    current,
    turn,
    more,
    take: (branch) => void take(branch),
    here: (stop) => go(stop),
  };
  const count = found
    ? hits.length
      ? t.n("ui.header.found", hits.length, { of: tree.root.count })
      : t("ui.header.none")
    : t.n("ui.header.all", tree.root.count);
  return (
    <div class="rw-headertree">
      <div class="rw-field">
        <label class="rw-label" for={id}>
          {t("ui.header.filter")}
        </label>
        <input
          class="rw-input"
          id={id}
          ref={input}
          type="search"
          value={wanted}
          aria-describedby={`${id}-help`}
          onInput={(event) => {
            want(event.currentTarget.value);
            tell("");
          }}
          onKeyDown={searchKeys}
        />
        <p class="rw-help" id={`${id}-help`}>
          {t("ui.header.filter.help")}
        </p>
      </div>
      <p class="rw-small rw-two rw-num" role="status">
        {count}
        {told && ` ${told}`}
      </p>
      <ul
        class="rw-tree"
        // biome-ignore lint/a11y/noNoninteractiveElementToInteractiveRole: a tree view is a list with this role
        role="tree"
        aria-label={t("ui.header.title", { name })}
        ref={box}
        onKeyDown={keys}
        onFocusIn={(event) => {
          const stop = (event.target as HTMLElement).closest<HTMLElement>("[data-stop]")?.dataset.stop;
          if (stop && stop !== now) choose(stop);
        }}
      >
        <Items twigs={tree.twigs} more={tree.more} parent={tree.root} state={state} level={1} />
      </ul>
    </div>
  );
}
