// The frame that all fields share: label, level, help, pencil or ink, where the value came from, findings, honest answers.

import type { ComponentChildren } from "preact";
import { useContext, useMemo, useRef, useState } from "preact/hooks";
import { levelOf, useChosen, useTargets, useText, useWay } from "../context.tsx";
import { Icon } from "../icons.tsx";
import { isEmpty, isPencil } from "../record.ts";
import { Meaning } from "../reference/reference.tsx";
import type { FieldGuide, Finding, Level } from "../types.ts";
import { Changed, useChanged } from "../writers/changed.tsx";
import { FieldRivals } from "../writers/rivals.tsx";
import { Absence, NotThere } from "./absence.tsx";
import { type Held, RowContext, useHeld } from "./held.tsx";
import { Source } from "./origin.tsx";
import { Says, useSaid } from "./said.tsx";
import { isAbsent } from "./values.ts";

export interface FieldProps {
  section: string;
  field: FieldGuide;
  path: string;
  /** In a row of a table: the label is read aloud but not shown, and there is no help. */
  bare?: boolean | undefined;
  /** Whether the field takes the whole width of its group. */
  wide?: boolean | undefined;
  /** Never written by a person. */
  closed?: boolean | undefined;
}

/** What the frame gives to the input inside it. */
export interface InnerProps extends FieldProps {
  id: string;
  label: string;
  labelId: string;
  placeholder: string | undefined;
  held: Held;
  attrs: {
    id: string;
    readOnly?: boolean;
    "aria-describedby"?: string;
    "aria-labelledby"?: string;
    "aria-required"?: "true";
    "aria-invalid"?: "true";
  };
}

interface FrameProps extends FieldProps {
  /** Several controls under one name. */
  grouped: boolean;
  /** Whether "not applicable" can be said. */
  honest: boolean;
  children: (inner: InnerProps) => ComponentChildren;
}

let count = 0;

/** Give an id that no other part of the page has. */
export function useUnique(): string {
  const { prefix } = useWay();
  return useMemo(() => `${prefix}-${++count}`, [prefix]);
}

/** A text of the guide that may be missing. */
export function useGuideText(key: string): string | undefined {
  return useChosen((state) => state.texts[key]);
}

interface Framed {
  inner: InnerProps;
  level: Level;
  help: string | undefined;
  /** What there is to say of many values at once. */
  note: ComponentChildren;
  said: Finding[];
}

/** What a field is called, needs and says at the moment. */
function useFramed(props: FieldProps): Framed {
  const { section, field, path, bare, closed } = props;
  const t = useText();
  const id = useUnique();
  const held = useHeld(path);
  const level = levelOf(field, useTargets());
  const said = useSaid(field, path, held.value);
  const key = `guide.${section}.${field.name}`;
  const help = useGuideText(`${key}.help`);
  const example = useGuideText(`${key}.example`);
  const readOnly = closed || field.readonly === true;
  const shown = bare ? undefined : help;
  const note = useContext(RowContext)?.note?.(field.name);
  const described = [shown && `${id}-help`, note && `${id}-note`, said.length > 0 && `${id}-says`]
    .filter(Boolean)
    .join(" ");
  const inner: InnerProps = {
    ...props,
    id,
    label: t(`${key}.label`),
    labelId: `${id}-label`,
    placeholder: example && !bare && !readOnly ? t("ui.form.example", { example }) : undefined,
    held,
    attrs: {
      id,
      ...(readOnly && { readOnly }),
      ...(described && { "aria-describedby": described }),
      ...(level === "required" && { "aria-required": "true" as const }),
      ...(said.some((finding) => finding.level === "error") && { "aria-invalid": "true" as const }),
    },
  };
  return { inner, level, help: shown, note, said };
}

interface HeadProps extends Framed {
  grouped: boolean;
  asked: boolean;
  ask: (on: boolean) => void;
}

function Head({ inner, level, help, grouped, asked, ask }: HeadProps) {
  const t = useText();
  const { id, label, labelId, bare, section, field } = inner;
  const Label = grouped ? "span" : "label";
  return (
    <>
      <div class="rw-label">
        <Label id={labelId} {...(grouped ? {} : { for: id })}>
          {label}
        </Label>
        {!bare && <span class="rw-level">{t(`guide.level.${level}`)}</span>}
        {!bare && <Meaning aim={{ section, field: field.name }} label={label} open={asked} ask={ask} />}
      </div>
      {help && (
        <p class="rw-help" id={`${id}-help`}>
          {help}
        </p>
      )}
    </>
  );
}

/** Give the focus to the control of the field around a button that is about to go. */
function focusField(button: HTMLElement): void {
  const control = "input:not([tabindex='-1']), textarea, select, button:not([tabindex='-1'])";
  button.closest(".rw-field")?.querySelector<HTMLElement>(control)?.focus();
}

/** Pencil: dashed, with a button. Ink that came from a file: with a tick. The input inside stays the same in all. */
function Ink({ inner, pencil, children }: { inner: InnerProps; pencil: boolean; children: ComponentChildren }) {
  const t = useText();
  const { held, label, bare } = inner;
  const ticked = !pencil && !isEmpty(held.value) && Boolean(held.mark?.origin?.header);
  const confirm = (event: Event) => {
    focusField(event.currentTarget as HTMLElement);
    held.confirm();
  };
  return (
    <div class={pencil ? "rw-value is-pencil" : ticked ? "rw-value" : "rw-ink"}>
      {children}
      {ticked && !bare && (
        <span class="rw-tick">
          <Icon name="check" />
          <span class="rw-tickword">{t("ui.form.confirmed")}</span>
        </span>
      )}
      {pencil && (
        <button
          class="rw-confirm"
          type="button"
          aria-label={t("ui.form.confirm_field", { field: label })}
          onClick={confirm}
        >
          <Icon name="check" />
          {!bare && <span class="rw-confirmword">{t("ui.form.confirm")}</span>}
        </button>
      )}
    </div>
  );
}

function classes(...names: (string | false | undefined)[]): string {
  return names.filter(Boolean).join(" ");
}

export function Frame({ grouped: several, honest, children, ...props }: FrameProps) {
  const { section, field, path, bare, wide } = props;
  const way = useWay();
  const framed = useFramed(props);
  const { inner, said, note, level } = framed;
  const { held, label, id, labelId, attrs } = inner;
  const absent = isAbsent(held.value) ? held.value : undefined;
  const grouped = several || absent !== undefined;
  const pencil = isPencil(held.mark) && !isEmpty(held.value);
  const [asked, ask] = useState(false);
  const box = useRef<HTMLDivElement>(null);
  const changed = useChanged(path) !== undefined;
  const show = () => way.focus(section, field.name, path);
  const press = (event: KeyboardEvent) => {
    if (event.key === "F1" && !bare) {
      event.preventDefault();
      ask(true);
    }
    const asked = event.key === "Enter" && (event.ctrlKey || event.metaKey) && !event.shiftKey;
    if (!asked || !pencil) return;
    event.preventDefault();
    held.confirm();
  };
  return (
    // biome-ignore lint/a11y/noStaticElementInteractions: it only hears what bubbles up from the controls inside it
    // biome-ignore lint/a11y/useAriaPropsSupportedByRole: the name is there only together with the role
    <div
      class={classes("rw-field", wide && "rw-all", bare && "is-bare", changed && "is-changed")}
      ref={box}
      data-path={path}
      role={grouped ? "group" : undefined}
      aria-labelledby={grouped ? labelId : undefined}
      onFocusIn={show}
      onKeyDown={press}
    >
      <Head {...framed} grouped={grouped} asked={asked} ask={ask} />
      {absent ? (
        <NotThere absent={absent} label={label} held={held} path={path} />
      ) : (
        <Ink inner={inner} pencil={pencil}>
          {children(inner)}
        </Ink>
      )}
      <Changed path={path} box={box} />
      <FieldRivals path={path} settled={focusField} />
      {note && <div id={`${id}-note`}>{note}</div>}
      {!bare && <Source mark={held.mark} show={show} />}
      {said.length > 0 && (
        <div id={`${id}-says`}>
          {said.map((finding) => (
            <Says key={finding.code} finding={finding} />
          ))}
        </div>
      )}
      {honest && !bare && !attrs.readOnly && level !== "optional" && isEmpty(held.value) && (
        <Absence label={label} held={held} path={path} />
      )}
    </div>
  );
}
