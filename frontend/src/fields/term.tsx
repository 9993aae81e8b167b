// Terms of an ontology: suggested while typing, taken with one key, or kept as free text and marked as such.

import { useEffect, useRef, useState } from "preact/hooks";
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

function TermSearch({ inner, start, focused, onTake, onDrop, onDraft }: SearchProps) {
  const t = useText();
  const [text, setText] = useState(start);
  const { found, of } = useSuggestions(inner.field, text);
  const [waiting, setWaiting] = useState(false);
  const input = useRef<HTMLInputElement>(null);
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
    const known = found.find(({ key }) => key === option?.key);
    if (known) onTake(known.term, left);
    else if (typed) onTake(option ? { label: typed } : meant(typed, found), left);
    else onDrop(left);
  };
  const now = useRef({ typed, take, done: false });
  now.current.typed = typed;
  now.current.take = take;

  useEffect(() => {
    if (focused) {
      input.current?.focus();
      input.current?.select();
    }
    return () => {
      if (now.current.typed && now.current.typed !== start && !now.current.done) now.current.take(undefined, true);
    };
  }, []);
  useEffect(() => {
    if (!waiting || !answered) return;
    setWaiting(false);
    now.current.done = true;
    take(options[preferred]);
  }, [waiting, answered]);
  const finish = (act: () => void) => {
    now.current.done = true;
    act();
  };
  return (
    <Combo
      attrs={{ ...inner.attrs, "data-dirty": typed ? "" : undefined }}
      label={inner.label}
      labelledBy={inner.labelId}
      placeholder={inner.placeholder}
      input={input}
      text={text}
      options={options}
      preferred={preferred}
      onText={(fresh) => {
        now.current.done = false;
        setText(fresh);
        onDraft(fresh);
      }}
      onTake={(option) => finish(() => take(option))}
      onEnter={() => {
        if (!typed) return;
        if (answered) finish(() => take(undefined));
        else setWaiting(true);
      }}
      onLeave={(option) => {
        if (now.current.done) return;
        finish(() => (typed && typed !== start ? take(option, true) : onDrop(true)));
      }}
      onEscape={() => {
        if (!typed && !start) return false;
        setText("");
        onDraft("");
        finish(() => onDrop(false));
        return true;
      }}
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
            aria-label={t("ui.form.change_term", said)}
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

/** Terms taken, and the search for another or instead of one. ``place`` is the one being sought: an index, or the next. */
export function TermList({ inner, items, many, put, draft }: TermListProps) {
  const t = useText();
  const own = useRef<HTMLDivElement>(null);
  const [place, setPlace] = useState<number>();
  const [focus, setFocus] = useState<"input" | "after">();
  const closed = inner.attrs.readOnly === true;
  const seeking = place ?? (items.length ? -1 : 0);
  useEffect(() => {
    if (!focus) return;
    setFocus(undefined);
    const found = own.current?.querySelector<HTMLElement>(
      focus === "input" ? "input" : ".rw-another, .rw-takenbtns button",
    );
    found?.focus();
  }, [focus]);
  const with_ = (term: Term) => [...items.slice(0, seeking), term, ...items.slice(seeking + 1)];
  const end = (left: boolean) => {
    setPlace(undefined);
    if (!left) setFocus(items.length || !left ? "after" : "input");
  };
  const search = (n: number) => (
    <TermSearch
      key={`seek-${n}`}
      inner={inner}
      start={items[n]?.label ?? ""}
      focused={place !== undefined}
      onTake={(term, left) => {
        put(with_(term));
        end(left);
      }}
      onDrop={(left) => {
        draft(undefined);
        if (place !== undefined) end(left);
      }}
      onDraft={(text) => draft(text.trim() ? with_({ label: text.trim() }) : undefined)}
    />
  );
  if (!items.length && closed) return <div class="rw-taken rw-two">{t("ui.form.nothing")}</div>;
  return (
    <div class="rw-terms" ref={own}>
      {items.map((term, n) =>
        n === seeking ? (
          search(n)
        ) : (
          <Taken
            key={`${term.id ?? ""} ${term.label}`}
            term={term}
            label={inner.label}
            closed={closed}
            change={() => setPlace(n)}
            remove={() => {
              put(items.filter((other) => other !== term));
              setFocus(items.length > 1 ? "after" : "input");
            }}
          />
        ),
      )}
      {seeking === items.length && search(items.length)}
      {many && !closed && items.length > 0 && seeking < items.length && (
        <button
          class="rw-plain rw-small rw-another"
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
