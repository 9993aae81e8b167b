// The list below an input: options under headings, what stands above and below them, and the keys that choose.

import type { ComponentChildren } from "preact";
import { useLayoutEffect, useRef } from "preact/hooks";
import { useText } from "../context.tsx";
import { Icon } from "../icons.tsx";
import type { Option } from "./combo.tsx";
import { pieces } from "./fold.ts";

/** Up to the broader terms, down to the narrower ones. */
export type Way = -1 | 1;

interface Props {
  id: string;
  label: string;
  options: Option[];
  /** Which one is highlighted. */
  at: number;
  notice?: string | undefined;
  foot?: ComponentChildren;
  take(option: Option): void;
  step?: ((option: Option, way: Way) => void) | undefined;
  back?: (() => void) | undefined;
}

/** Keep the highlighted option in sight without moving the page more than needed. */
function useInSight(active: string) {
  const box = useRef<HTMLDivElement>(null);
  useLayoutEffect(() => {
    const list = box.current;
    const option = list && document.getElementById(active);
    if (!list || !option) return;
    const above = option.offsetTop - list.offsetTop;
    const heading = option.previousElementSibling?.getAttribute("role") === "presentation";
    const from = heading ? above - (option.previousElementSibling as HTMLElement).offsetHeight : above;
    if (from < list.scrollTop) list.scrollTop = from;
    else if (above + option.offsetHeight > list.scrollTop + list.clientHeight)
      list.scrollTop = above + option.offsetHeight - list.clientHeight;
  });
  return box;
}

export function Options(props: Props) {
  const { id, label, options, at, notice, foot, take, step, back } = props;
  const t = useText();
  const box = useInSight(`${id}-${at}`);
  const groups: { name: string | undefined; from: number; options: Option[] }[] = [];
  for (const [n, option] of options.entries()) {
    const last = groups.at(-1);
    if (last && last.name === option.group) last.options.push(option);
    else groups.push({ name: option.group, from: n, options: [option] });
  }
  const draw = (option: Option, n: number) => (
    <OptionRow key={option.key} id={`${id}-${n}`} option={option} chosen={n === at} take={take} step={step} />
  );
  return (
    // biome-ignore lint/a11y/noStaticElementInteractions: it only keeps the focus where it is
    <div class="rw-list" onMouseDown={stay}>
      {notice && (
        <p class="rw-listnote">
          {back ? (
            <button class="rw-btn is-small is-quiet" type="button" tabIndex={-1} onClick={back}>
              <Icon name="left" />
              {t("ui.terms.back")}
            </button>
          ) : (
            <Icon name="info" />
          )}
          <span>{notice}</span>
        </p>
      )}
      {options.length > 0 && (
        <div
          class="rw-listbox"
          role="listbox"
          id={id}
          ref={box}
          aria-label={t("ui.form.suggestions_for", { field: label })}
        >
          {groups.map(({ name, from, options: own }) =>
            name ? (
              // biome-ignore lint/a11y/useSemanticElements: a list box owns groups of options, no fieldset
              <div key={name} role="group" aria-labelledby={`${id}-h${from}`}>
                <div class="rw-listhead" role="presentation" id={`${id}-h${from}`}>
                  {name}
                </div>
                {own.map((option, n) => draw(option, from + n))}
              </div>
            ) : (
              own.map((option, n) => draw(option, from + n))
            ),
          )}
        </div>
      )}
      {foot}
      <Keys active={options[at]} step={step} walking={back !== undefined} />
    </div>
  );
}

/** The focus stays in the input, whatever is pressed, the bar that scrolls among it. */
function stay(event: Event): void {
  event.preventDefault();
}

interface RowProps {
  id: string;
  option: Option;
  chosen: boolean;
  take(option: Option): void;
  step?: ((option: Option, way: Way) => void) | undefined;
}

function OptionRow({ id, option, chosen, take, step }: RowProps) {
  return (
    // biome-ignore lint/a11y/useFocusableInteractive: the focus stays in the input, which names the active option
    // biome-ignore lint/a11y/useKeyWithClickEvents: the keys are heard by the input
    <div class="rw-option" role="option" id={id} aria-selected={chosen} onMouseDown={stay} onClick={() => take(option)}>
      <Described option={option} />
      {step && <Steps option={option} step={step} />}
    </div>
  );
}

export function Marked({ text, words }: { text: string; words?: string | undefined }) {
  if (!words) return <>{text}</>;
  return <>{pieces(text, words).map((piece) => (piece.marked ? <mark>{piece.text}</mark> : piece.text))}</>;
}

function Described({ option }: { option: Option }) {
  const t = useText();
  const { name, id, ids, note, why, latin, marks } = option;
  return (
    <>
      <span class={latin ? "name is-latin" : "name"}>
        <Marked text={name} words={marks} />
      </span>
      {(id || ids) && (
        <span class="ids">
          {id && <span class="rw-mono">{id}</span>} {ids}
        </span>
      )}
      {note && <span class="def">{note}</span>}
      {why && (
        <span class="why">
          <b>{t("ui.form.why")}</b> <Marked text={why} words={marks} />
        </span>
      )}
    </>
  );
}

/** Handles for a finger or a mouse; the keys and the buttons below the list do the same. */
function Steps({ option, step }: { option: Option; step: (option: Option, way: Way) => void }) {
  const t = useText();
  const go = (way: Way) => (event: Event) => {
    event.stopPropagation();
    step(option, way);
  };
  const { broader = 0, narrower = 0 } = option;
  if (!broader && !narrower) return null;
  return (
    <span class="rw-updown" aria-hidden="true">
      {broader > 0 && (
        // biome-ignore lint/a11y/noStaticElementInteractions: an option holds no buttons; PageUp does this
        // biome-ignore lint/a11y/useKeyWithClickEvents: PageUp does this
        <span class="rw-upordown" title={t("ui.terms.step.broader")} onClick={go(-1)}>
          <Icon name="up" />
        </span>
      )}
      {narrower > 0 && (
        // biome-ignore lint/a11y/noStaticElementInteractions: an option holds no buttons; PageDown does this
        // biome-ignore lint/a11y/useKeyWithClickEvents: PageDown does this
        <span class="rw-upordown" title={t("ui.terms.step.narrower")} onClick={go(1)}>
          <Icon name="down" />
        </span>
      )}
    </span>
  );
}

interface KeysProps {
  active: Option | undefined;
  walking: boolean;
  step?: ((option: Option, way: Way) => void) | undefined;
}

const WAYS = [
  { way: -1, name: "broader", key: "ui.terms.key.page_up" },
  { way: 1, name: "narrower", key: "ui.terms.key.page_down" },
] as const;

function Keys({ active, step, walking }: KeysProps) {
  const t = useText();
  return (
    <div class="rw-keys">
      <span aria-hidden="true">
        <kbd class="rw-kbd">↑</kbd> <kbd class="rw-kbd">↓</kbd> {t("ui.form.key_choose")}
      </span>
      <span aria-hidden="true">
        <kbd class="rw-kbd">{t("ui.form.key.enter")}</kbd> {t("ui.form.key_take")}
      </span>
      {step &&
        active &&
        WAYS.filter(({ name }) => active[name]).map(({ way, name, key }) => (
          <button key={name} class="rw-keybtn" type="button" tabIndex={-1} onClick={() => step(active, way)}>
            <kbd class="rw-kbd">{t(key)}</kbd> {t(`ui.terms.step.${name}`)}{" "}
            <span class="rw-hidden">{t("ui.terms.than", { term: active.name })}</span>
          </button>
        ))}
      <span aria-hidden="true">
        <kbd class="rw-kbd">{t("ui.form.key.escape")}</kbd> {t(walking ? "ui.terms.key_back" : "ui.form.key_keep")}
      </span>
    </div>
  );
}
