// The frame that all fields share: label, level, help, pencil or ink, where the value came from, findings, honest answers.

import type { ComponentChildren } from "preact";
import { useContext, useMemo } from "preact/hooks";
import { levelOf, useChosen, useFindings, useStore, useTargets, useText, useWay } from "../context.tsx";
import { Icon } from "../icons.tsx";
import { isEmpty, isPencil } from "../record.ts";
import type { State } from "../store.ts";
import type { FieldGuide, Finding, Level, Mark, Origin } from "../types.ts";
import { Absence, NotThere } from "./absence.tsx";
import { type Held, RowContext, useHeld } from "./held.tsx";
import { faultOf } from "./patterns.ts";
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
    "aria-required"?: "true";
    "aria-invalid"?: "true";
  };
}

let count = 0;

/** Give an id that no other part of the page has. */
export function useUnique(): string {
  const { prefix } = useWay();
  return useMemo(() => `${prefix}-${++count}`, [prefix]);
}

const TONE = { error: "error", warning: "warn", info: "info" } as const;
const SIGN = { error: "error", warning: "warning", info: "info" } as const;

export function Says({ finding }: { finding: Finding }) {
  const store = useStore();
  const { level, message, fix, fix_label: name, code, path } = finding;
  return (
    <p class={`rw-says is-${TONE[level]}`}>
      <Icon name={SIGN[level]} />
      <span>
        {message}{" "}
        {fix && name && (
          <button class="rw-plain" type="button" onClick={() => void store.ask("fix", { code, path })}>
            {name}
          </button>
        )}
      </span>
    </p>
  );
}

/** The sentence of a rule that answers in the browser, as a finding. */
function useOwnFault(field: FieldGuide, path: string, held: Held): Finding | undefined {
  const t = useText();
  const shown = useChosen((state) => state.checked || state.touched.has(path));
  const { value } = held;
  if (!shown || typeof value !== "string") return undefined;
  const fault = faultOf(field.pattern ?? field.kind, value);
  const least = field.min_length ?? 0;
  const said = (level: Finding["level"], message: string): Finding => {
    return { level, code: "", path, message, found: value, wanted: null, fix: false, fix_label: null, targets: [] };
  };
  if (fault) return said("error", t(`ui.form.fault.${fault}`, { found: value.trim() }));
  if (value.trim().length < least)
    return said("warning", t("ui.form.fault.short", { n: value.trim().length, wanted: least }));
  return undefined;
}

/** What the kernel found at a field is old news once the field was edited; until it looked again, the browser's own rules speak. */
function useSaid(field: FieldGuide, path: string, held: Held): Finding[] {
  const told = useFindings(path);
  const report = useChosen((state) => state.report);
  const own = useOwnFault(field, path, held);
  const box = useMemo(() => ({ value: held.value, stale: undefined as State["report"] | undefined }), [path]);
  if (!Object.is(box.value, held.value)) {
    box.value = held.value;
    box.stale = report ?? undefined;
  }
  const fresh = box.stale && box.stale === report ? [] : told;
  return fresh.length || !own ? fresh : [own];
}

function originText(t: ReturnType<typeof useText>, { kind, source, count: n, of }: Origin): string {
  if (n && of && n < of) return t("ui.form.read_some", { n, of });
  if (n) return t.n("ui.form.read_all", n);
  const key = `ui.form.from.${kind}`;
  const said = t(key, { source: source ?? "" });
  return said === key ? t("ui.form.from.file", { source: source ?? "" }) : said;
}

function Source({ mark, show }: { mark: Mark | undefined; show: () => void }) {
  const t = useText();
  const origin = mark?.origin;
  if (!origin || !(origin.source || origin.header || origin.count)) return null;
  const pencil = isPencil(mark);
  const whole = [origin.source, origin.header].filter(Boolean).join(" · ");
  return (
    <p class="rw-origin">
      <button class={pencil ? "rw-src is-pencil" : "rw-src"} type="button" title={whole} onClick={show}>
        <Icon name={pencil ? "pencil" : "file"} />
        <span>{originText(t, origin)}</span>
        {origin.header && <code>{origin.header}</code>}
      </button>
    </p>
  );
}

function classes(...names: (string | false | undefined)[]): string {
  return names.filter(Boolean).join(" ");
}

interface FrameProps extends FieldProps {
  /** Several controls under one name. */
  grouped: boolean;
  /** Whether "not applicable" can be said. */
  honest: boolean;
  /** Values a person has not confirmed that lie below this one, for a field of rows. */
  pencil?: boolean;
  children: (inner: InnerProps) => ComponentChildren;
}

export function useLevel(field: FieldGuide): Level {
  return levelOf(field, useTargets());
}

export function Frame(props: FrameProps) {
  const { section, field, path, bare, wide, grouped, honest, closed, children } = props;
  const t = useText();
  const way = useWay();
  const id = useUnique();
  const held = useHeld(path);
  const level = useLevel(field);
  const said = useSaid(field, path, held);
  const label = t(`guide.${section}.${field.name}.label`);
  const help = useGuideText(`guide.${section}.${field.name}.help`);
  const example = useGuideText(`guide.${section}.${field.name}.example`);
  const pencil = isPencil(held.mark) && !isEmpty(held.value);
  const fromFile = !pencil && !isEmpty(held.value) && Boolean(held.mark?.origin?.header);
  const readOnly = closed || field.readonly === true;
  const wrong = said.some((finding) => finding.level === "error");
  const note = useContext(RowContext)?.note?.(field.name);
  const described = [help && !bare && `${id}-help`, note && `${id}-note`, said.length > 0 && `${id}-says`]
    .filter(Boolean)
    .join(" ");
  const absent = isAbsent(held.value) ? held.value : undefined;
  const Label = grouped ? "span" : "label";
  const inner: InnerProps = {
    ...props,
    id,
    label,
    labelId: `${id}-label`,
    placeholder: example && !bare && !readOnly ? t("ui.form.example", { example }) : undefined,
    held,
    attrs: {
      id,
      ...(readOnly && { readOnly }),
      ...(described && { "aria-describedby": described }),
      ...(level === "required" && { "aria-required": "true" as const }),
      ...(wrong && { "aria-invalid": "true" as const }),
    },
  };
  const press = (event: KeyboardEvent) => {
    const asked = event.key === "Enter" && (event.ctrlKey || event.metaKey) && !event.shiftKey;
    if (!asked || !pencil) return;
    event.preventDefault();
    held.confirm();
  };
  return (
    // biome-ignore lint/a11y/noStaticElementInteractions: it only hears what bubbles up from the controls inside it
    // biome-ignore lint/a11y/useAriaPropsSupportedByRole: the name is there only together with the role
    <div
      class={classes("rw-field", wide && "rw-all", bare && "is-bare")}
      data-path={path}
      role={grouped || absent ? "group" : undefined}
      aria-labelledby={grouped || absent ? inner.labelId : undefined}
      onFocusIn={() => way.focus(section, field.name, path)}
      onKeyDown={press}
    >
      <div class={bare ? "rw-label is-quiet" : "rw-label"}>
        <Label id={inner.labelId} {...(grouped ? {} : { for: id })}>
          {label}
        </Label>
        {!bare && <span class="rw-level">{t(`guide.level.${level}`)}</span>}
      </div>
      {help && !bare && (
        <p class="rw-help" id={`${id}-help`}>
          {help}
        </p>
      )}
      {absent ? (
        <NotThere absent={absent} label={label} held={held} path={path} />
      ) : (
        <div class={pencil ? "rw-value is-pencil" : fromFile ? "rw-value" : "rw-ink"}>
          {children(inner)}
          {fromFile && !bare && (
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
              onClick={(event) => {
                focusField(event.currentTarget);
                held.confirm();
              }}
            >
              <Icon name="check" />
              {!bare && <span class="rw-confirmword">{t("ui.form.confirm")}</span>}
            </button>
          )}
        </div>
      )}
      {note && <div id={`${id}-note`}>{note}</div>}
      {!bare && <Source mark={held.mark} show={() => way.focus(section, field.name, path)} />}
      {said.length > 0 && (
        <div id={`${id}-says`}>
          {said.map((finding) => (
            <Says key={finding.code} finding={finding} />
          ))}
        </div>
      )}
      {honest && !bare && !readOnly && level !== "optional" && isEmpty(held.value) && (
        <Absence label={label} held={held} path={path} />
      )}
    </div>
  );
}

/** Give the focus to the control of the field around a button that is about to go. */
function focusField(button: HTMLElement): void {
  button
    .closest(".rw-field")
    ?.querySelector<HTMLElement>("input:not([tabindex='-1']), textarea, select, button")
    ?.focus();
}

/** A text of the guide that may be missing. */
export function useGuideText(key: string): string | undefined {
  return useChosen((state) => state.texts[key]);
}
