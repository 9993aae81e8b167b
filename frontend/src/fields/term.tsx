// Terms of an ontology: suggested while typing, taken with one key, or kept as free text and marked as such.

import { useLayoutEffect, useRef, useState } from "preact/hooks";
import { useStore, useText } from "../context.tsx";
import type { Term, Value } from "../types.ts";
import type { InnerProps } from "./frame.tsx";
import { Taken } from "./taken.tsx";
import { TermSearch } from "./termsearch.tsx";
import { itemsOf } from "./values.ts";

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
  const [focus, setFocus] = useState<"input" | "after" | "last">();
  useLayoutEffect(() => {
    if (!focus) return;
    setFocus(undefined);
    const find = (wanted: string) => [...(own.current?.querySelectorAll<HTMLElement>(wanted) ?? [])];
    const places = {
      input: find("input"),
      after: [...find(".rw-another"), ...find(".rw-takenbtns button")],
      last: find("[data-act=remove]").reverse(),
    };
    places[focus][0]?.focus();
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
  const withTerm = (term: Term) => {
    const list = [...items.slice(0, seeking), term, ...items.slice(seeking + 1)];
    return list.filter((other) => other === term || !term.id || other.id !== term.id); // no term twice
  };
  const remove = (term: Term) => {
    put(items.filter((other) => other !== term));
    setFocus(items.length > 1 ? "after" : "input");
  };
  const search = (n: number) => (
    <TermSearch
      key={`seek-${n}`}
      inner={inner}
      start={items[n]?.label ?? ""}
      held={items}
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
      onBackward={() => {
        if (n < items.length || !n) return false;
        setPlace(undefined);
        setFocus("last");
        return true;
      }}
    />
  );
  const taken = (term: Term, n: number) => {
    const key = `${term.id ?? ""} ${term.label}`;
    const acts = { change: () => setPlace(n), remove: () => remove(term) };
    return <Taken key={key} term={term} label={inner.label} field={inner.field} closed={closed} {...acts} />;
  };
  if (!items.length && closed) return <div class="rw-taken rw-two">{t("ui.form.nothing")}</div>;
  return (
    <div class={many ? "rw-terms is-many" : "rw-terms"} ref={own}>
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
