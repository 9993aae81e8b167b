// An input with a list of suggestions, after the ARIA combobox pattern. What is suggested and taken is its owner's affair.

import type { Ref } from "preact";
import { useEffect, useRef, useState } from "preact/hooks";
import { useText } from "../context.tsx";
import { useUnique } from "./frame.tsx";

export interface Option {
  key: string;
  name: string;
  /** An identifier, and the vocabulary it belongs to. */
  id?: string | undefined;
  ids?: string | undefined;
  why?: string | undefined;
  /** A second line in the second voice. */
  note?: string | undefined;
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
  onText(text: string): void;
  onTake(option: Option): void;
  /** Enter without a list. */
  onEnter(): void;
  /** The focus left; with the option that Tab takes along. */
  onLeave(option?: Option): void;
  /** Escape without a list: give back what was there. */
  onEscape(): boolean;
}

const STEPS: Record<string, number> = { ArrowDown: 1, ArrowUp: -1 };

/** Which option is highlighted: the one chosen with the arrows, else the preferred one. */
function useHighlight(options: Option[], preferred: number, text: string) {
  const [moved, setMoved] = useState<number>();
  useEffect(() => setMoved(undefined), [text, options.length]);
  const at = Math.min(moved ?? preferred, options.length - 1);
  const step = (by: number) =>
    setMoved(at < 0 && by < 0 ? options.length - 1 : (at + by + options.length) % options.length);
  return { at, step, moved: moved !== undefined };
}

/** What the keys do: arrows choose, Enter and Tab take, Escape closes. */
function useKeys(props: Props) {
  const { text, options, preferred } = props;
  const [open, setOpen] = useState(false);
  const highlight = useHighlight(options, preferred, text);
  const tabbed = useRef<Option | undefined>(undefined);
  const shown = open && options.length > 0;
  const active = shown ? options[highlight.at] : undefined;
  const take = (option: Option) => {
    setOpen(false);
    props.onTake(option);
  };
  const acts: Record<string, (event: KeyboardEvent) => void> = {
    Enter: (event) => {
      event.preventDefault();
      if (active) props.onTake(active);
      else props.onEnter();
      setOpen(false);
    },
    Tab: () => {
      tabbed.current = active;
    },
    Escape: (event) => {
      if (!shown && !props.onEscape()) return;
      setOpen(false);
      event.stopPropagation();
    },
  };
  const press = (event: KeyboardEvent) => {
    if (event.isComposing || event.ctrlKey || event.metaKey) return;
    const by = STEPS[event.key];
    if (!by) acts[event.key]?.(event);
    else {
      event.preventDefault();
      if (shown) highlight.step(by);
      else setOpen(true);
    }
  };
  const leave = () => {
    const along = tabbed.current;
    tabbed.current = undefined;
    setOpen(false);
    props.onLeave(along);
  };
  return { shown, at: highlight.at, active, take, press, leave, open: () => setOpen(true) };
}

export function Combo(props: Props) {
  const { attrs, label, labelledBy, placeholder, input, text, options } = props;
  const t = useText();
  const id = useUnique();
  const keys = useKeys(props);
  const { shown, at, active } = keys;
  const write = (event: InputEvent) => {
    keys.open();
    props.onText((event.currentTarget as HTMLInputElement).value);
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
        aria-expanded={shown}
        aria-autocomplete="list"
        aria-controls={shown ? id : undefined}
        aria-activedescendant={active ? `${id}-${at}` : undefined}
        onInput={write}
        onClick={keys.open}
        onKeyDown={keys.press}
        onBlur={keys.leave}
      />
      {shown && <Options id={id} label={label} options={options} at={at} take={keys.take} />}
      <span class="rw-hidden" role="status">
        {shown ? t.n("ui.form.suggestions", options.length) : ""}
      </span>
    </div>
  );
}

interface OptionsProps {
  id: string;
  label: string;
  options: Option[];
  /** Which one is highlighted. */
  at: number;
  take(option: Option): void;
}

function Options({ id, label, options, at, take }: OptionsProps) {
  const t = useText();
  return (
    <div class="rw-list">
      <div role="listbox" id={id} aria-label={t("ui.form.suggestions_for", { field: label })}>
        {options.map((option, n) => (
          // biome-ignore lint/a11y/useFocusableInteractive: the focus stays in the input, which names the active option
          // biome-ignore lint/a11y/useKeyWithClickEvents: the keys are heard by the input
          <div
            key={option.key}
            class="rw-option"
            role="option"
            id={`${id}-${n}`}
            aria-selected={n === at}
            onMouseDown={(event) => event.preventDefault()}
            onClick={() => take(option)}
          >
            <Described option={option} />
          </div>
        ))}
      </div>
      <Keys />
    </div>
  );
}

function Described({ option }: { option: Option }) {
  const t = useText();
  return (
    <>
      <span class="name">{option.name}</span>
      {(option.id || option.ids) && (
        <span class="ids">
          {option.id && <span class="rw-mono">{option.id}</span>} {option.ids}
        </span>
      )}
      {option.note && <span class="def">{option.note}</span>}
      {option.why && (
        <span class="why">
          <b>{t("ui.form.why")}</b> {option.why}
        </span>
      )}
    </>
  );
}

function Keys() {
  const t = useText();
  return (
    <div class="rw-keys" aria-hidden="true">
      <span>
        <kbd class="rw-kbd">↑</kbd> <kbd class="rw-kbd">↓</kbd> {t("ui.form.key_choose")}
      </span>
      <span>
        <kbd class="rw-kbd">{t("ui.form.key.enter")}</kbd> {t("ui.form.key_take")}
      </span>
      <span>
        <kbd class="rw-kbd">{t("ui.form.key.escape")}</kbd> {t("ui.form.key_keep")}
      </span>
    </div>
  );
}
