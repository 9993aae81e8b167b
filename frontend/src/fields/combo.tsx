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

export function Combo(props: Props) {
  const { attrs, label, labelledBy, placeholder, input, text, options, preferred } = props;
  const t = useText();
  const id = useUnique();
  const [open, setOpen] = useState(false);
  const highlight = useHighlight(options, preferred, text);
  const shown = open && options.length > 0;
  const active = shown ? options[highlight.at] : undefined;
  const tabbed = useRef<Option | undefined>(undefined);

  const take = (option: Option) => {
    setOpen(false);
    props.onTake(option);
  };
  const enter = () => {
    if (active) take(active);
    else props.onEnter();
    setOpen(false);
  };
  const press = (event: KeyboardEvent) => {
    if (event.isComposing || event.ctrlKey || event.metaKey) return;
    const by = STEPS[event.key];
    if (by) {
      event.preventDefault();
      if (shown) highlight.step(by);
      else setOpen(true);
    } else if (event.key === "Enter") {
      event.preventDefault();
      enter();
    } else if (event.key === "Tab") tabbed.current = active;
    else if (event.key === "Escape") {
      if (!shown && !props.onEscape()) return;
      setOpen(false);
      event.stopPropagation();
    }
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
        aria-activedescendant={active ? `${id}-${highlight.at}` : undefined}
        onInput={(event) => {
          setOpen(true);
          props.onText(event.currentTarget.value);
        }}
        onClick={() => setOpen(true)}
        onKeyDown={press}
        onBlur={() => {
          setOpen(false);
          const along = tabbed.current;
          tabbed.current = undefined;
          props.onLeave(along);
        }}
      />
      {shown && (
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
                aria-selected={n === highlight.at}
                onMouseDown={(event) => event.preventDefault()}
                onClick={() => take(option)}
              >
                <Described option={option} />
              </div>
            ))}
          </div>
          <Keys />
        </div>
      )}
      <span class="rw-hidden" role="status">
        {shown ? t.n("ui.form.suggestions", options.length) : ""}
      </span>
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
        <kbd class="rw-kbd">Enter</kbd> {t("ui.form.key_take")}
      </span>
      <span>
        <kbd class="rw-kbd">Esc</kbd> {t("ui.form.key_keep")}
      </span>
    </div>
  );
}
