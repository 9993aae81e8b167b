// The card of a field: an example, how far each target needs it, where its terms come from, where it will appear.

import type { ComponentChildren } from "preact";
import { useChosen, useText } from "../context.tsx";
import { useChoiceName } from "../fields/choice.tsx";
import { Icon } from "../icons.tsx";
import type { FieldGuide, SectionGuide } from "../types.ts";

export interface Aim {
  section: string;
  field: string;
}

interface CardProps {
  section: string;
  field: FieldGuide;
}

/** Choices that are shown at once; of more, the rest is folded away. */
const FEW = 12;

export function Examples({ section, field }: CardProps) {
  const t = useText();
  const texts = useChosen((state) => state.texts);
  const base = `guide.${section}.${field.name}`;
  const good = texts[`${base}.example`];
  const bad = texts[`${base}.avoid`];
  if (!good && !bad) return null;
  return (
    <div class="rw-examples">
      {good && (
        <div class="rw-example is-good">
          <Icon name="check" />
          <div>
            <span class="rw-hidden">{t("ui.help.good")}: </span>
            <q>{good}</q>
          </div>
        </div>
      )}
      {bad && (
        <div class="rw-example is-bad">
          <Icon name="cross" />
          <div>
            <span class="rw-hidden">{t("ui.help.avoid")}: </span>
            <q>{bad}</q>
          </div>
        </div>
      )}
    </div>
  );
}

function Levels({ field }: { field: FieldGuide }) {
  const t = useText();
  return (
    <div>
      <h3>{t("ui.reference.levels")}</h3>
      <dl class="rw-needs">
        {Object.entries(field.levels).map(([target, level]) => (
          <div key={target}>
            <dt>{t(`guide.target.${target}`)}</dt>
            <dd class={level === "required" ? "is-required" : undefined}>{t(`guide.level.${level}`)}</dd>
          </div>
        ))}
      </dl>
    </div>
  );
}

function Choices({ field }: { field: FieldGuide }) {
  const t = useText();
  const name = useChoiceName(field);
  const names = (field.choices ?? []).map(name);
  const told = (some: string[]) => [...some, ...(field.free ? [t("ui.reference.free")] : [])].join("; ");
  if (names.length <= FEW) return <>{told(names)}</>;
  return (
    <details>
      <summary>{t("ui.reference.choices.all", { n: names.length })}</summary>
      {told(names)}
    </details>
  );
}

/** What the field takes: where its terms come from, units, choices, kinds of imaging, the attribute it is in REMBI. */
function Takes({ field }: { field: FieldGuide }) {
  const t = useText();
  const kinds = useChosen((state) => state.guide.imaging);
  const scope = field.scope ?? [];
  const rows: [string, ComponentChildren][] = [];
  if (field.terms) rows.push(["ui.reference.terms", t(`ui.reference.terms.${field.terms}`)]);
  if (field.units?.length) rows.push(["ui.reference.units", field.units.join(", ")]);
  if (field.choices?.length) rows.push(["ui.reference.choices", <Choices key="choices" field={field} />]);
  if (scope.length && scope.length < kinds.length)
    rows.push(["ui.reference.only_for", scope.map((kind) => t(`guide.imaging.${kind}`)).join(", ")]);
  if (field.rembi) rows.push(["ui.reference.attribute", field.rembi]);
  if (!rows.length) return null;
  return (
    <dl class="rw-where">
      {rows.map(([key, told]) => (
        <div key={key}>
          <dt>{t(key)}</dt>
          <dd>{told}</dd>
        </div>
      ))}
    </dl>
  );
}

/** The places of an export: ``Study Title; Comment[x]`` one a line. */
function Places({ said, code }: { said: string; code: boolean }) {
  const places = said.split("; ");
  return (
    <>
      {places.map((place) => (
        <dd key={place}>{code ? <code class="rw-tiny">{place}</code> : place.replace(", ", " → ")}</dd>
      ))}
    </>
  );
}

function useSheet(): (section: SectionGuide, field: FieldGuide) => string {
  const t = useText();
  return (section, field) =>
    t("ui.reference.workbook.place", {
      sheet: t(`guide.${section.name}.${section.kind === "one" ? "label" : "plural"}`),
      column: t(`guide.${section.name}.${field.name}.label`),
    });
}

function Appears({ section, field }: CardProps) {
  const t = useText();
  const guided = useChosen((state) => state.guide.sections[section]);
  const sheet = useSheet();
  if (!field.isa && !field.bia && !field.omero) return <p class="rw-small rw-two">{t("ui.reference.nowhere")}</p>;
  return (
    <div>
      <h3>{t("ui.help.appears")}</h3>
      <dl class="rw-where">
        {(["isa", "bia", "omero"] as const).map((key) => {
          const said = field[key];
          return said ? (
            <div key={key}>
              <dt>{t(`guide.target.${key === "isa" ? "isatab" : key}`)}</dt>
              <Places said={said} code={key === "isa"} />
            </div>
          ) : null;
        })}
        {guided && field.kind !== "rows" && (
          <div>
            <dt>{t("ui.reference.workbook")}</dt>
            <dd>{sheet(guided, field)}</dd>
          </div>
        )}
      </dl>
    </div>
  );
}

/** All that stands on a card below the field's name and meaning; ``children`` come after the examples. */
export function Card({ section, field, children }: CardProps & { children?: ComponentChildren }) {
  return (
    <>
      <Examples section={section} field={field} />
      {children}
      <Levels field={field} />
      <Takes field={field} />
      <Appears section={section} field={field} />
    </>
  );
}
