// The guide card of the field a person is in: what it asks, examples, where its value was read, where it will appear.

import { useChosen, useMark, useText } from "../context.tsx";
import { Light } from "../icons.tsx";
import { Card } from "../reference/card.tsx";
import { AllFieldsButton } from "../reference/reference.tsx";
import type { FieldGuide, Mark } from "../types.ts";
import { useLightWords } from "./top.tsx";

export interface Focused {
  section: string;
  field: string;
  path: string;
}

/** Keys of a mark's origin that say more than we name, such as what else was found. */
interface Read {
  kind?: string;
  source?: string;
  header?: string;
  count?: number;
  of?: number;
  also?: unknown;
}

function Origin({ mark }: { mark: Mark | undefined }) {
  const t = useText();
  const origin = mark?.origin as Read | undefined;
  if (!origin || (!origin.source && !origin.header && !origin.of)) return null;
  const also = Array.isArray(origin.also) ? origin.also.map(String) : [];
  return (
    <div>
      <h3>{t("ui.help.read")}</h3>
      <dl class="rw-where">
        {origin.of !== undefined && (
          <div>
            <dt>{t("ui.help.said_by")}</dt>
            <dd class="rw-num">{t("ui.help.count", { count: origin.count ?? origin.of, of: origin.of })}</dd>
          </div>
        )}
        {origin.source && (
          <div>
            <dt>{t("ui.help.source")}</dt>
            <dd>
              <code class="rw-tiny">{origin.source}</code>
            </dd>
          </div>
        )}
        {origin.header && (
          <div>
            <dt>{t("ui.help.header")}</dt>
            <dd>
              <code class="rw-tiny">{origin.header}</code>
            </dd>
          </div>
        )}
        {also.length > 0 && (
          <div>
            <dt>{t("ui.help.also")}</dt>
            <dd>{also.join(", ")}</dd>
          </div>
        )}
      </dl>
      {mark?.confirmed === false && <p class="rw-small rw-two">{t("ui.help.pencil")}</p>}
    </div>
  );
}

function FieldHelp({ focused, field }: { focused: Focused; field: FieldGuide }) {
  const t = useText();
  const mark = useMark(focused.path);
  const base = `guide.${focused.section}.${focused.field}`;
  return (
    <>
      <div>
        <h2>{t(`${base}.label`)}</h2>
        <p class="rw-gapabove-small">{t(`${base}.help`)}</p>
      </div>
      <Card section={focused.section} field={field}>
        <Origin mark={mark} />
      </Card>
      <AllFieldsButton />
    </>
  );
}

const KEYS: [string, string[]][] = [
  ["ui.keys.next_field", ["F9"]],
  ["ui.keys.next_finding", ["F8"]],
  ["ui.keys.next_section", ["Alt", "PgDn"]],
  ["ui.keys.section_before", ["Alt", "PgUp"]],
  ["ui.keys.undo", ["Ctrl", "Z"]],
  ["ui.keys.redo", ["Ctrl", "Shift", "Z"]],
  ["ui.keys.help", ["F1"]],
];

function Keys() {
  const t = useText();
  return (
    <div>
      <h3>{t("ui.keys")}</h3>
      <dl class="rw-shortcuts">
        {KEYS.map(([key, names]) => (
          <div key={key}>
            <dt>{t(key)}</dt>
            <dd>
              {names.map((name) => (
                <kbd class="rw-kbd" key={name}>
                  {name}
                </kbd>
              ))}
            </dd>
          </div>
        ))}
      </dl>
    </div>
  );
}

const LIGHTS = ["ready", "near", "far", "off"] as const;

function LightsHelp() {
  const t = useText();
  const words = useLightWords();
  return (
    <>
      <h2>{t("ui.help.lights")}</h2>
      <dl class="rw-where">
        {LIGHTS.map((state) => (
          <div key={state}>
            <dt class="rw-lightname">
              <Light state={state} /> <b>{words(state)}</b>
            </dt>
            <dd class="rw-two rw-small">{t(`ui.light.${state}.help`)}</dd>
          </div>
        ))}
      </dl>
    </>
  );
}

/** Help for a place: of its focused field, else of the section or screen. */
export function Help({ section, focused }: { section: string; focused: Focused | undefined }) {
  const t = useText();
  const guide = useChosen((state) => state.guide.sections);
  const field = guide[focused?.section ?? ""]?.fields.find((known) => known.name === focused?.field);
  if (focused && field) return <FieldHelp focused={focused} field={field} />;
  const guided = guide[section];
  return (
    <>
      {section === "findings" ? (
        <LightsHelp />
      ) : (
        <div>
          <h2>{guided ? t(`guide.${section}.label`) : t(`ui.help.${section}`)}</h2>
          <p class="rw-gapabove-small">{guided ? t(`guide.${section}.help`) : t(`ui.help.${section}.text`)}</p>
        </div>
      )}
      <AllFieldsButton />
      <Keys />
    </>
  );
}
