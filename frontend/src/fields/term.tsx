// Terms of an ontology: suggested while typing, taken with one key, or kept as free text and marked as such.

import { useEffect, useLayoutEffect, useRef, useState } from "preact/hooks";
import { useStore, useText } from "../context.tsx";
import { Icon } from "../icons.tsx";
import type { Term, Value } from "../types.ts";
import { Combo, type Option } from "./combo.tsx";
import type { InnerProps } from "./frame.tsx";
import { type Suggested, useSuggestions } from "./search.ts";
import { itemsOf } from "./values.ts";

const FREE = "\u0000free";

interface SearchProps {
  inner: InnerProps;
  start: string;
  /** Whether the focus comes here by itself. */
  focused: boolean;
  onTake(term: Term, left: boolean): void;
  /** Nothing was chosen. */
  onDrop(left: boolean): void;
  onDraft(text: string): void;
}

/** The term that a text means without a choice: one whose label it is, else free text. */
function meant(text: string, found: Suggested[]): Term {
  const exact = found.find(({ name }) => name.toLocaleLowerCase() === text.toLocaleLowerCase());
  return exact?.term ?? { label: text };
}

/** What is being typed, what is suggested for it, and what it becomes. */
function useSeeking({ inner, start, onTake, onDrop, onDraft }: SearchProps) {
  const t = useText();
  const [text, setText] = useState(start);
  const [waiting, setWaiting] = useState(false);
  const { found, of } = useSuggestions(inner.field, text);
  const typed = text.trim();
  const answered = of === typed;
  const free: Option = {
    key: FREE,
    name: t("ui.form.keep_free", { text: typed }),
    ids: t("ui.form.no_id"),
    note: t("ui.form.keep_free_note"),
  };
  const options: Option[] = typed && answered ? [...found, free] : found;
  const preferred = !typed ? -1 : found[0]?.confident ? 0 : options.length - 1;
  const take = (option: Option | undefined, left = false) => {
    now.current.done = true;
    const known = found.find(({ key }) => key === option?.key);
    if (known) onTake(known.term, left);
    else if (typed) onTake(option ? { label: typed } : meant(typed, found), left);
    else onDrop(left);
  };
  const now = useRef({ typed, take, done: false });
  now.current.typed = typed;
  now.current.take = take;

  useEffect(() => {
    if (!waiting || !answered) return;
    setWaiting(false);
    take(options[preferred]);
  }, [waiting, answered]);
  useEffect(
    () => () => {
      const open = now.current.typed && now.current.typed !== start && !now.current.done;
      if (open) now.current.take(undefined, true);
    },
    [],
  );
  const write = (fresh: string) => {
    now.current.done = false;
    setText(fresh);
    onDraft(fresh);
  };
  const enter = () => {
    if (!typed) return;
    if (answered) take(undefined);
    else setWaiting(true); // the answer is on its way, and Enter means what it will bring
  };
  const leave = (option?: Option) => {
    if (now.current.done) return;
    if (typed && typed !== start) take(option, true);
    else onDrop(true);
  };
  const giveUp = () => {
    if (!typed && !start) return false;
    write("");
    now.current.done = true;
    onDrop(false);
    return true;
  };
  return { text, typed, options, preferred, take, write, enter, leave, giveUp };
}

function TermSearch(props: SearchProps) {
  const { inner, focused } = props;
  const seeking = useSeeking(props);
  const input = useRef<HTMLInputElement>(null);
  useLayoutEffect(() => {
    if (!focused) return;
    input.current?.focus();
    input.current?.select();
  }, []);
  return (
    <Combo
      attrs={{ ...inner.attrs, "data-dirty": seeking.typed ? "" : undefined }}
      label={inner.label}
      labelledBy={inner.labelId}
      placeholder={inner.placeholder}
      input={input}
      text={seeking.text}
      options={seeking.options}
      preferred={seeking.preferred}
      onText={seeking.write}
      onTake={(option) => seeking.take(option)}
      onEnter={seeking.enter}
      onLeave={seeking.leave}
      onEscape={seeking.giveUp}
    />
  );
}

interface TakenProps {
  term: Term;
  label: string;
  closed: boolean;
  change(): void;
  remove(): void;
}

function Taken({ term, label, closed, change, remove }: TakenProps) {
  const t = useText();
  const latin = term.id?.startsWith("NCBITaxon:");
  const said = { field: label, term: term.label };
  return (
    <div class="rw-taken">
      {latin ? <i>{term.label}</i> : <span>{term.label}</span>}
      {term.id ? (
        <span class="rw-id">{term.id}</span>
      ) : (
        <span class="rw-chip is-warn">
          <Icon name="warning" />
          {t("ui.form.free_text")}
        </span>
      )}
      {!closed && (
        <span class="rw-takenbtns">
          <button
            class="rw-btn is-small is-quiet"
            type="button"
            aria-label={t(term.id ? "ui.form.change_term" : "ui.form.find_term_for", said)}
            onClick={change}
          >
            {t(term.id ? "ui.form.change" : "ui.form.find_term")}
          </button>
          <button
            class="rw-btn is-small is-quiet"
            type="button"
            aria-label={t("ui.form.remove_term", said)}
            title={t("ui.form.remove")}
            onClick={remove}
          >
            <Icon name="cross" />
          </button>
        </span>
      )}
    </div>
  );
}

export interface TermListProps {
  inner: InnerProps;
  items: Term[];
  many: boolean;
  put(items: Term[]): void;
  draft(items: Term[] | undefined): void;
}

/** Which term is sought: an index, the next one, or -1; and where the focus goes after it. */
function usePlace(count: number, own: { current: HTMLElement | null }) {
  const [place, setPlace] = useState<number>();
  const [focus, setFocus] = useState<"input" | "after">();
  useLayoutEffect(() => {
    if (!focus) return;
    setFocus(undefined);
    const find = (wanted: string) => own.current?.querySelector<HTMLElement>(wanted);
    const after = find(".rw-another") ?? find(".rw-takenbtns button");
    (focus === "input" ? find("input") : after)?.focus();
  }, [focus]);
  const end = (left: boolean) => {
    setPlace(undefined);
    if (!left) setFocus("after");
  };
  return { place, setPlace, setFocus, end, seeking: place ?? (count ? -1 : 0) };
}

/** Terms taken, and the search for another or instead of one. */
export function TermList({ inner, items, many, put, draft }: TermListProps) {
  const t = useText();
  const own = useRef<HTMLDivElement>(null);
  const { place, setPlace, setFocus, end, seeking } = usePlace(items.length, own);
  const closed = inner.attrs.readOnly === true;
  const withTerm = (term: Term) => [...items.slice(0, seeking), term, ...items.slice(seeking + 1)];
  const remove = (term: Term) => {
    put(items.filter((other) => other !== term));
    setFocus(items.length > 1 ? "after" : "input");
  };
  const search = (n: number) => (
    <TermSearch
      key={`seek-${n}`}
      inner={inner}
      start={items[n]?.label ?? ""}
      focused={place !== undefined}
      onTake={(term, left) => {
        put(withTerm(term));
        end(left);
      }}
      onDrop={(left) => {
        draft(undefined);
        if (place !== undefined) end(left);
      }}
      onDraft={(text) => draft(text.trim() ? withTerm({ label: text.trim() }) : undefined)}
    />
  );
  const taken = (term: Term, n: number) => {
    const key = `${term.id ?? ""} ${term.label}`;
    const acts = { change: () => setPlace(n), remove: () => remove(term) };
    return <Taken key={key} term={term} label={inner.label} closed={closed} {...acts} />;
  };
  if (!items.length && closed) return <div class="rw-taken rw-two">{t("ui.form.nothing")}</div>;
  return (
    <div class="rw-terms" ref={own}>
      {items.map((term, n) => (n === seeking ? search(n) : taken(term, n)))}
      {seeking === items.length && search(items.length)}
      {many && !closed && items.length > 0 && seeking < items.length && (
        <button
          class="rw-plain rw-another"
          type="button"
          aria-label={t("ui.form.another_for", { field: inner.label })}
          onClick={() => setPlace(items.length)}
        >
          {t("ui.form.another")}
        </button>
      )}
    </div>
  );
}

function asTerm(item: Value): Term {
  return typeof item === "string" ? { label: item } : (item as Term);
}

export function TermInput(inner: InnerProps) {
  const store = useStore();
  const { field, held, path } = inner;
  const many = field.kind === "terms";
  const shape = (items: Term[]): Value => (many ? items : items[0]);
  return (
    <TermList
      inner={inner}
      items={itemsOf<Value>(held.value).map(asTerm)}
      many={many}
      put={(items) => held.set(shape(items))}
      draft={(items) => store.draft(path, items && shape(items))}
    />
  );
}
