// An input with a list of suggestions, after the ARIA combobox pattern. What is suggested and taken is its owner's affair.

import type { ComponentChildren, Ref } from "preact";
import { useEffect, useRef, useState } from "preact/hooks";
import { useText } from "../context.tsx";
import { useUnique } from "./frame.tsx";
import { Options, type Way } from "./options.tsx";

export interface Option {
  key: string;
  name: string;
  /** An identifier, and the vocabulary it belongs to. */
  id?: string | undefined;
  ids?: string | undefined;
  why?: string | undefined;
  /** A second line in the second voice. */
  note?: string | undefined;
  /** The heading it stands under, together with its neighbours of the same. */
  group?: string | undefined;
  /** Words to mark in its name and in the reason. */
  marks?: string | undefined;
  /** A scientific name, in italics. */
  latin?: boolean | undefined;
  /** How many stand one step above and below it. */
  broader?: number | undefined;
  narrower?: number | undefined;
}

interface Props {
  attrs: Record<string, unknown>;
  label: string;
  labelledBy?: string | undefined;
  placeholder?: string | undefined;
  input?: Ref<HTMLInputElement>;
  text: string;
  options: Option[];
  /** The option that Enter takes if no other was chosen; -1 for none. */
  preferred: number;
  /** What stands above the options. */
  notice?: string | undefined;
  /** What stands below them. */
  foot?: ComponentChildren;
  /** Whether the options are not yet those for the text: Enter then waits, unless one was chosen. */
  pending?: boolean;
  /** Whether Tab takes only what the arrows chose. */
  timid?: boolean | undefined;
  /** Whether the list is open from the start. */
  opened?: boolean;
  /** What stands there now, and whether it was pasted. */
  onText(text: string, pasted: boolean): void;
  onTake(option: Option): void;
  /** Enter without a list. */
  onEnter(): void;
  /** The focus left; with the option that Tab takes along, and whether the arrows chose it. */
  onLeave(option?: Option, chosen?: boolean): void;
  /** Escape without a list: give back what was there. */
  onEscape(): boolean;
  /** The list was opened or closed. */
  onOpen?(open: boolean): void;
  /** A key for an input without text, such as Backspace. */
  onEmpty?(key: string): boolean;
  /** One step up or down from an option. */
  step?: ((option: Option, way: Way) => void) | undefined;
  /** Back from the steps to what was there before. */
  back?: (() => void) | undefined;
}

const STEPS: Record<string, number> = { ArrowDown: 1, ArrowUp: -1 };
const PAGES: Record<string, Way> = { PageUp: -1, PageDown: 1 };
/** Options that a page has where there is no step up or down. */
const PAGE = 5;

/** Which option is highlighted: the one chosen with the arrows, wherever it stands now, else the preferred one. */
function useHighlight(options: Option[], preferred: number, text: string, walking: boolean) {
  const [moved, setMoved] = useState<string>();
  useEffect(() => setMoved(undefined), [text, walking]);
  const found = options.findIndex(({ key }) => key === moved);
  const at = found >= 0 ? found : Math.min(preferred, options.length - 1);
  const go = (place: number) => setMoved(options[place]?.key);
  const step = (by: number) => go(at < 0 && by < 0 ? options.length - 1 : (at + by + options.length) % options.length);
  const page = (by: number) => go(Math.max(0, Math.min(options.length - 1, at + by)));
  const forget = () => setMoved(undefined);
  return { at, step, page, go, forget, moved: found >= 0 };
}

/** What the keys do: arrows choose, Enter and Tab take, Page keys go up and down, Escape goes back or closes. */
function useKeys(props: Props) {
  const { text, options, preferred, pending, step, back } = props;
  const [open, setOpen] = useState(props.opened === true);
  const highlight = useHighlight(options, preferred, text, back !== undefined);
  const tabbed = useRef<Option | undefined>(undefined);
  const shown = open && (options.length > 0 || props.notice !== undefined);
  const active = shown ? options[highlight.at] : undefined;
  const meant = pending && !highlight.moved ? undefined : active;
  const show = (fresh: boolean) => {
    setOpen(fresh);
    if (fresh !== open) props.onOpen?.(fresh);
  };
  const take = (option: Option) => {
    show(false);
    props.onTake(option);
  };
  const walk = (option: Option, way: Way) => {
    highlight.forget();
    step?.(option, way);
  };
  const edge = (place: number) => (event: KeyboardEvent) => {
    if (!highlight.moved || event.shiftKey) return; // the ends of the text, until an arrow led into the list
    event.preventDefault();
    highlight.go(place);
  };
  const acts: Record<string, (event: KeyboardEvent) => void> = {
    Enter: (event) => {
      event.preventDefault();
      if (meant) props.onTake(meant);
      else props.onEnter();
      show(false);
    },
    Tab: () => {
      tabbed.current = props.timid && !highlight.moved ? undefined : meant;
    },
    Escape: (event) => {
      if (shown && back) back();
      else if (shown) show(false);
      else if (!props.onEscape()) return;
      event.stopPropagation();
    },
    Home: edge(0),
    End: edge(options.length - 1),
  };
  const turn = (event: KeyboardEvent, way: Way) => {
    if (!shown) return;
    event.preventDefault();
    if (!step) highlight.page(way * PAGE);
    else if (active) walk(active, way);
  };
  const arrow = (event: KeyboardEvent, by: number) => {
    event.preventDefault();
    if (event.altKey) show(by > 0);
    else if (shown) highlight.step(by);
    else show(true);
  };
  const press = (event: KeyboardEvent) => {
    if (event.isComposing || event.ctrlKey || event.metaKey) return;
    const by = STEPS[event.key];
    const way = PAGES[event.key];
    if (by) arrow(event, by);
    else if (way && !event.altKey) turn(event, way);
    else if (!text && props.onEmpty?.(event.key)) event.preventDefault();
    else acts[event.key]?.(event);
  };
  const leave = () => {
    const along = tabbed.current;
    tabbed.current = undefined;
    show(false);
    props.onLeave(along, highlight.moved);
  };
  return { shown, at: highlight.at, active, take, press, leave, walk, open: () => show(true) };
}

export function Combo(props: Props) {
  const { attrs, label, labelledBy, placeholder, input, text, options, notice } = props;
  const t = useText();
  const id = useUnique();
  const keys = useKeys(props);
  const { shown, at, active } = keys;
  const listed = shown && options.length > 0;
  const write = (event: InputEvent) => {
    keys.open();
    const pasted = event.inputType === "insertFromPaste" || event.inputType === "insertFromDrop";
    props.onText((event.currentTarget as HTMLInputElement).value, pasted);
  };
  return (
    <div class="rw-term">
      <input
        class="rw-input"
        type="text"
        role="combobox"
        autoComplete="off"
        spellcheck={false}
        placeholder={placeholder}
        ref={input}
        value={text}
        {...attrs}
        {...(labelledBy ? { "aria-labelledby": labelledBy } : {})}
        aria-expanded={listed}
        aria-autocomplete="list"
        aria-controls={listed ? id : undefined}
        aria-activedescendant={active ? `${id}-${at}` : undefined}
        onInput={write}
        onClick={keys.open}
        onKeyDown={keys.press}
        onBlur={keys.leave}
      />
      {shown && (
        <Options
          id={id}
          label={label}
          options={options}
          at={at}
          notice={notice}
          foot={props.foot}
          take={keys.take}
          step={props.step && keys.walk}
          back={props.back}
        />
      )}
      <span class="rw-hidden" role="status">
        {shown && [notice, t.n("ui.form.suggestions", options.length)].filter(Boolean).join(" ")}
      </span>
    </div>
  );
}
