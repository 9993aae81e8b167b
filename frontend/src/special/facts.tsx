// What the files say of many images: read, not asked; each with where it comes from, and a way to change it.

import { useRef } from "preact/hooks";
import { useText } from "../context.tsx";
import { Icon } from "../icons.tsx";
import type { FieldGuide, Origin, SectionGuide } from "../types.ts";
import { Differ, useSaid } from "./differ.tsx";
import type { Many, Shared } from "./many.ts";
import type { Scope } from "./scope.ts";

/** Groups of the section whose values are read from files. */
export const FACT_GROUPS = ["pixels", "size"];

interface Props {
  section: SectionGuide;
  /** The fields that are facts now. */
  names: ReadonlySet<string>;
  scope: Scope;
  many: Many;
  change(name: string): void;
}

export function Facts({ section, names, scope, many, change }: Props) {
  const t = useText();
  const own = useRef<HTMLElement>(null);
  const fields = section.fields.filter((field) => names.has(field.name));
  if (!fields.length) return null;
  const pencil = fields.filter((field) => many.fields[field.name]?.pencil).map((field) => field.name);
  const title = t("ui.special.facts");
  const confirm = () => {
    own.current?.focus(); // the button is about to go
    many.confirm(pencil);
  };
  return (
    <section class="rw-group" aria-label={title} tabIndex={-1} ref={own}>
      <div class="rw-grouphead">
        <div>
          <h2 class="rw-h2">{title}</h2>
          <p>{t("ui.special.facts_help")}</p>
        </div>
        {pencil.length > 1 && (
          <button class="rw-btn" type="button" onClick={confirm}>
            <Icon name="check" />
            {t("ui.form.confirm_these", { n: pencil.length })}
          </button>
        )}
      </div>
      <dl class="rw-factlist">
        {fields.map((field) => (
          <Fact
            key={field.name}
            field={field}
            label={t(`guide.image.${field.name}.label`)}
            shared={many.fields[field.name] ?? {}}
            scope={scope}
            count={many.count}
            confirm={() => many.confirm([field.name])}
            change={() => {
              change(field.name);
              const sheet = own.current?.closest(".rw-formsheet");
              const at = `[data-path="/images/${field.name}"]`;
              setTimeout(() => sheet?.querySelector<HTMLElement>(`${at} input, ${at} select`)?.focus(), 60);
            }}
          />
        ))}
      </dl>
    </section>
  );
}

interface FactProps {
  field: FieldGuide;
  label: string;
  shared: Shared;
  scope: Scope;
  count: number;
  confirm(): void;
  change(): void;
}

function Fact({ field, label, shared, scope, count, confirm, change }: FactProps) {
  const t = useText();
  const said = useSaid(field.name);
  const unit = field.units?.[0];
  const pencil = Boolean(shared.pencil);
  return (
    <div class={pencil ? "rw-fact is-pencil" : "rw-fact"} data-path={`/images/${field.name}`} tabIndex={-1}>
      <dt>{label}</dt>
      <dd class="rw-factvalue">
        {shared.mixed ? (
          <Differ field={field.name} shared={shared} scope={scope} count={count} unit={unit} />
        ) : (
          <span class="rw-num">{[said(shared.value), unit].filter(Boolean).join(" ")}</span>
        )}
      </dd>
      <dd class="rw-factorigin">
        <Where origin={shared.origin} pencil={pencil} />
      </dd>
      <dd class="rw-factacts">
        {pencil && (
          <button
            class="rw-confirm"
            type="button"
            aria-label={t("ui.form.confirm_field", { field: label })}
            title={t("ui.form.confirm")}
            onClick={(event) => {
              event.currentTarget.closest<HTMLElement>(".rw-fact")?.focus(); // the button is about to go
              confirm();
            }}
          >
            <Icon name="check" />
          </button>
        )}
        <button
          class="rw-btn is-small is-quiet"
          type="button"
          aria-label={t("ui.special.change_field", { field: label })}
          onClick={change}
        >
          {t("ui.form.change")}
        </button>
      </dd>
    </div>
  );
}

/** The end of a header's path: there its parts differ. */
function tail(header: string): string {
  return header.split("/").slice(-2).join("/");
}

function Where({ origin, pencil }: { origin: Origin | undefined; pencil: boolean }) {
  const t = useText();
  if (!origin?.header && !origin?.source) return null;
  return (
    <span
      class={pencil ? "rw-src is-pencil" : "rw-src"}
      title={[origin.source, origin.header].filter(Boolean).join(" · ")}
    >
      <Icon name={pencil ? "pencil" : "file"} />
      <span class="rw-hidden">{t("ui.special.read_from")} </span>
      <code>{tail(origin.header ?? origin.source ?? "")}</code>
    </span>
  );
}
