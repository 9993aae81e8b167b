// Seeking a term: what is typed or pasted, what is offered for it, and what it becomes.

import { useEffect, useLayoutEffect, useMemo, useRef, useState } from "preact/hooks";
import { useChosen, useText } from "../context.tsx";
import type { FieldGuide, Term } from "../types.ts";
import { around, arranged, FREE } from "./arranged.ts";
import { AskFor } from "./asked.tsx";
import { Combo, type Option } from "./combo.tsx";
import type { InnerProps } from "./frame.tsx";
import type { Way } from "./options.tsx";
import { recentTerms, remember } from "./recent.ts";
import { type Around, type Suggested, useAround, useOnline, useSuggestions } from "./search.ts";
import { type Used, usedTerms, vocabularyOf } from "./used.ts";

export interface SearchProps {
  inner: InnerProps;
  start: string;
  /** Terms that the field holds already. */
  held: Term[];
  /** Whether the focus comes here by itself. */
  focused: boolean;
  onTake(term: Term, left: boolean): void;
  /** Nothing was chosen. */
  onDrop(left: boolean): void;
  onDraft(text: string): void;
  /** Backspace where nothing is typed. */
  onBackward?(): boolean;
}

/** The term that a text means without a choice: one whose label it is, else free text. */
function meant(text: string, found: Suggested[]): Term {
  const exact = found.find(({ name }) => name.toLocaleLowerCase() === text.toLocaleLowerCase());
  return exact?.term ?? { label: text };
}

const IDENTIFIER = /^<?(https?:\/\/\S+|[a-z][a-z0-9]*[:_]\w+)>?$/i;
const COMBINED = /^(.+?)\s*\([^()]*\)$/;

/** Whether a pasted text says by itself which term is meant: an identifier, a label, ``label (common name)``. */
export function saysItAll(text: string, best: Suggested | undefined): boolean {
  if (!best?.confident) return false;
  if (IDENTIFIER.test(text)) return true;
  const label = best.name.toLocaleLowerCase();
  const said = text.toLocaleLowerCase();
  return said === label || COMBINED.exec(said)?.[1] === label;
}

const NOTHING: { used: Used[]; recent: Term[] } = { used: [], recent: [] };

/** What is offered from before; looked up when the list opens, not while it is closed. */
function useBefore(field: FieldGuide, active: boolean): { used: Used[]; recent: Term[] } {
  const record = useChosen((state) => (active ? state.record : undefined));
  const guide = useChosen((state) => state.guide);
  return useMemo(
    () => (record ? { used: usedTerms(record, guide, field), recent: recentTerms(vocabularyOf(field)) } : NOTHING),
    [record, guide, field],
  );
}

/** The steps up and down from a term, as long as nothing else is typed; or that there are none. */
function useWalk(field: FieldGuide) {
  const t = useText();
  const [walk, setWalk] = useState<Around>();
  const [dead, setDead] = useState<string>();
  const ask = useAround(field);
  const asked = useRef(0);
  const stop = () => {
    asked.current += 1;
    setWalk(undefined);
    setDead(undefined);
  };
  const step = async (option: Option, way: Way) => {
    if (!option.id) return;
    const mine = ++asked.current;
    const found = await ask(option, way);
    if (!found || mine !== asked.current) return;
    const leads = found.broader.length + found.narrower.length > 0;
    setDead(leads ? undefined : t("ui.terms.dead_end", { term: option.name }));
    if (leads) setWalk(found);
  };
  return { walk, dead, step, stop };
}

/** What is being typed, what is offered for it, and what it becomes. */
function useSeeking({ inner, start, held, focused, onTake, onDrop, onDraft }: SearchProps) {
  const t = useText();
  const [text, setText] = useState(start);
  const [open, setOpen] = useState(focused);
  const [waiting, setWaiting] = useState(false);
  const pasted = useRef(false);
  const typed = text.trim();
  const active = open || waiting || (typed !== "" && typed !== start);
  const { found, of } = useSuggestions(inner.field, text, active, pasted.current);
  const online = useOnline(inner.field, text, active && typed !== start);
  const { walk, dead, step, stop } = useWalk(inner.field);
  const before = useBefore(inner.field, active);
  const answered = of === typed;
  const list = arranged(t, { typed, answered, found, online, held, ...before });
  const told = walk ? around(t, walk) : list;
  const take = (option: Option | undefined, left = false) => {
    now.current.done = true;
    const term = option && option.key !== FREE ? (option as Suggested).term : undefined;
    if (term) remember(vocabularyOf(inner.field), term);
    if (term) onTake(term, left);
    else if (typed) onTake(option ? { label: typed } : meant(typed, found), left);
    else onDrop(left);
  };
  const now = useRef({ typed, take, done: false });
  now.current.typed = typed;
  now.current.take = take;

  useEffect(() => {
    if (!answered) return;
    const whole = pasted.current && saysItAll(typed, found[0]);
    pasted.current = false;
    if (!waiting && !whole) return;
    setWaiting(false);
    take(list.timid ? undefined : list.options[list.preferred]); // a guess is taken by those who saw it
  }, [waiting, answered, typed]);
  useEffect(
    () => () => {
      const open = now.current.typed && now.current.typed !== start && !now.current.done;
      if (open) now.current.take(undefined, true);
    },
    [],
  );
  const write = (fresh: string, fromElsewhere = false) => {
    now.current.done = false;
    pasted.current = fromElsewhere;
    stop();
    setText(fresh);
    onDraft(fresh);
  };
  const enter = () => {
    if (!typed) return;
    if (answered) take(undefined);
    else setWaiting(true); // the answer is on its way, and Enter means what it will bring
  };
  const leave = (option?: Option, chosen = false) => {
    stop();
    if (now.current.done) return;
    if ((option && chosen) || (typed && typed !== start)) take(option, true);
    else onDrop(true);
  };
  const giveUp = () => {
    if (!typed && !start) return false;
    write("");
    now.current.done = true;
    onDrop(false);
    return true;
  };
  const unsure = !walk && told.notice !== undefined;
  const notice = dead ?? told.notice;
  return {
    text,
    typed,
    told,
    notice,
    answered,
    unsure,
    walk,
    take,
    write,
    enter,
    leave,
    giveUp,
    step,
    stop,
    setOpen,
  };
}

export function TermSearch(props: SearchProps) {
  const { inner, focused, onBackward } = props;
  const seeking = useSeeking(props);
  const { told, typed, walk, unsure } = seeking;
  const input = useRef<HTMLInputElement>(null);
  useLayoutEffect(() => {
    if (!focused) return;
    input.current?.focus();
    input.current?.select();
  }, []);
  return (
    <Combo
      attrs={{ ...inner.attrs, "data-dirty": typed ? "" : undefined }}
      label={inner.label}
      labelledBy={inner.labelId}
      placeholder={inner.placeholder}
      input={input}
      text={seeking.text}
      options={told.options}
      preferred={told.preferred}
      notice={seeking.notice}
      foot={unsure && <AskFor field={inner.field} text={typed} inList />}
      timid={told.timid}
      pending={!seeking.answered && !walk}
      opened={focused}
      onText={seeking.write}
      onTake={(option) => seeking.take(option)}
      onEnter={seeking.enter}
      onLeave={seeking.leave}
      onEscape={seeking.giveUp}
      onOpen={seeking.setOpen}
      onEmpty={(key) => key === "Backspace" && onBackward?.() === true}
      step={(option, way) => void seeking.step(option, way)}
      back={walk && seeking.stop}
    />
  );
}
