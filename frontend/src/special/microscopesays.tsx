// What a microscope would fill into an acquisition, field by field, and what does not fit.

import { useChosen, useSection, useText } from "../context.tsx";
import { sayValue } from "../fields/values.ts";
import { Icon } from "../icons.tsx";
import type { SectionGuide, Value } from "../types.ts";
import type { Preview } from "./microscope.tsx";

/** Letters of a value that are shown. */
const LONGEST = 160;
/** Parts of one kind that are listed. */
const LISTED = 5;
const ICONS = { error: "error", warning: "warning", info: "info" } as const;
const TONES = { error: "is-error", warning: "is-warn", info: "" } as const;

function short(text: string): string {
  return text.length > LONGEST ? `${text.slice(0, LONGEST - 1)}…` : text;
}

/** Give the rows and fields of the form that are filled, each with what it would say, in the form's order. */
function linesOf(fills: Preview["fills"], section: SectionGuide, lang: string): [string, string[]][] {
  const lines = new Map<string, string[]>(section.fields.map(({ name }) => [name, []]));
  for (const { field, value, row } of fills) {
    const name = field.split("/")[0] ?? "";
    const words = row
      ? ["manufacturer", "model", "wavelength", "description"].map((part) => sayValue(row[part] as Value, lang))
      : [sayValue(value as Value, lang)];
    lines.get(name)?.push(short(words.filter(Boolean).join(", ")));
  }
  return [...lines].filter(([, said]) => said.length > 0);
}

export function Fills({ fills }: { fills: Preview["fills"] }) {
  const t = useText();
  const lang = useChosen((state) => state.lang);
  const section = useSection("acquisition");
  if (!section) return null;
  if (!fills.length) return <p class="rw-small rw-two">{t("ui.scope.would_nothing")}</p>;
  return (
    <div>
      <p>{t.n("ui.scope.would", fills.length)}</p>
      <dl class="rw-passportlist">
        {linesOf(fills, section, lang).map(([name, said]) => (
          <div key={name}>
            <dt>{t(`guide.acquisition.${name}.label`)}</dt>
            <dd>
              {said.length === 1 ? (
                said[0]
              ) : (
                <ul>
                  {said.slice(0, LISTED).map((one, place) => (
                    <li key={place}>{one}</li>
                  ))}
                  {said.length > LISTED && (
                    <li class="rw-two">
                      {t.n("ui.special.more", said.length - LISTED, { count: said.length - LISTED })}
                    </li>
                  )}
                </ul>
              )}
            </dd>
          </div>
        ))}
      </dl>
      <p class="rw-small rw-two">{t("ui.scope.stays")}</p>
    </div>
  );
}

export function Unfit({ conflicts, warnings }: { conflicts: Preview["conflicts"]; warnings: string[] }) {
  const t = useText();
  return (
    <>
      {conflicts.length > 0 && (
        <section aria-label={t("ui.scope.conflicts")}>
          <h3 class="rw-subhead">{t("ui.scope.conflicts")}</h3>
          <ul class="rw-passportunfit">
            {conflicts.map((one) => (
              <li key={`${one.code} ${one.path}`} class={`rw-says ${TONES[one.level]}`}>
                <Icon name={ICONS[one.level]} />
                <span>{one.message}</span>
              </li>
            ))}
          </ul>
        </section>
      )}
      {warnings.length > 0 && (
        <details class="rw-small">
          <summary>{t("ui.scope.dropped")}</summary>
          <ul>
            {warnings.map((one, place) => (
              <li key={place}>{one}</li>
            ))}
          </ul>
        </details>
      )}
    </>
  );
}
