// What a matching by name would do: the rules, some pairs, what is ambiguous, and what found no partner.

import type { ComponentChildren } from "preact";
import { useState } from "preact/hooks";
import { useText } from "../context.tsx";
import { useUnique } from "../fields/frame.tsx";
import { Icon } from "../icons.tsx";
import { useCount } from "./foldername.tsx";

/** Pairs drawn at first. */
const DRAWN = 6;

interface Some {
  count: number;
  items: string[];
}

export interface Preview {
  targets: number;
  sources: number;
  count: number;
  pairs: [string, string][];
  patterns: { source: string; target: string; count: number }[];
  lonely: Some;
  unused: Some;
  ambiguous: { count: number; items: { target: string; sources: string[] }[] };
  kinds: Record<string, number>;
}

export function Labelled({ label, children }: { label: string; children: (id: string) => ComponentChildren }) {
  const id = useUnique();
  return (
    <div class="rw-field">
      <div class="rw-label">
        <label for={id}>{label}</label>
      </div>
      {children(id)}
    </div>
  );
}

interface ShownProps {
  found: Preview;
  /** Whether a person has shown a pair already. */
  taught: boolean;
  teach(source: string, target: string): void;
}

export function Shown({ found, taught, teach }: ShownProps) {
  const t = useText();
  const say = useCount();
  const { pairs, patterns, lonely, unused, ambiguous } = found;
  const drawn = pairs.slice(0, DRAWN);
  return (
    <>
      {patterns.length > 0 && (
        <ul class="rw-patterns" aria-label={t("ui.sections.patterns")}>
          {patterns.map((one) => (
            <li key={`${one.source} ${one.target}`}>
              <code>{one.source}</code> <Icon name="go" /> <code>{one.target}</code>{" "}
              <span class="rw-two rw-num">{t.n("ui.sections.follow", one.count, { count: say(one.count) })}</span>
            </li>
          ))}
        </ul>
      )}
      {drawn.length > 0 && (
        <div class="rw-tablewrap">
          <table class="rw-table">
            <caption class="rw-hidden">{t("ui.sections.pairs")}</caption>
            <thead>
              <tr>
                <th scope="col">{t("ui.sections.file")}</th>
                <th scope="col">{t("guide.file.source_image.label")}</th>
              </tr>
            </thead>
            <tbody>
              {drawn.map(([source, target]) => (
                <tr key={target}>
                  <td>
                    <code>{target}</code>
                  </td>
                  <td>
                    <code>{source}</code>
                  </td>
                </tr>
              ))}
            </tbody>
          </table>
        </div>
      )}
      {found.count > drawn.length && (
        <p class="rw-small rw-two">
          {t.n("ui.special.more", found.count - drawn.length, { count: say(found.count - drawn.length) })}
        </p>
      )}
      {ambiguous.count > 0 && <Ambiguous ambiguous={ambiguous} teach={teach} />}
      <Names title={t.n("ui.sections.lonely", lonely.count, { count: say(lonely.count) })} some={lonely} warns />
      <Names title={t.n("ui.sections.unused", unused.count, { count: say(unused.count) })} some={unused} />
      {(lonely.count > 0 || taught) && unused.items.length > 0 && (
        <Example lonely={lonely.items} unused={unused.items} teach={teach} />
      )}
    </>
  );
}

function Ambiguous({ ambiguous, teach }: { ambiguous: Preview["ambiguous"]; teach: ShownProps["teach"] }) {
  const t = useText();
  const say = useCount();
  return (
    <div class="rw-ambiguous">
      <p class="rw-says is-warn">
        <Icon name="warning" />
        <span>{t.n("ui.sections.ambiguous", ambiguous.count, { count: say(ambiguous.count) })}</span>
      </p>
      <ul class="rw-files">
        {ambiguous.items.slice(0, DRAWN).map(({ target, sources }) => (
          <li key={target} class="is-open">
            <Icon name="file" />
            <code>{target}</code>
            <select
              class="rw-input"
              aria-label={t("ui.sections.image_of", { file: target })}
              value=""
              onChange={(event) => event.currentTarget.value && teach(event.currentTarget.value, target)}
            >
              <option value="">{t("ui.sections.choose_image")}</option>
              {sources.map((source) => (
                <option key={source} value={source}>
                  {source}
                </option>
              ))}
            </select>
          </li>
        ))}
      </ul>
    </div>
  );
}

function Names({ title, some, warns = false }: { title: string; some: Some; warns?: boolean }) {
  const t = useText();
  const say = useCount();
  if (!some.count) return null;
  const rest = some.count - some.items.length;
  return (
    <details class="rw-unfold">
      <summary>
        {warns && <Icon name="warning" />} {title}
      </summary>
      <ul class="rw-namelist">
        {some.items.map((name) => (
          <li key={name}>
            <code>{name}</code>
          </li>
        ))}
      </ul>
      {rest > 0 && <p class="rw-small rw-two">{t.n("ui.special.more", rest, { count: say(rest) })}</p>}
    </details>
  );
}

/** One pair that a person knows: all others that are like it follow. */
function Example({ lonely, unused, teach }: { lonely: string[]; unused: string[]; teach: ShownProps["teach"] }) {
  const t = useText();
  const [target, setTarget] = useState("");
  const [source, setSource] = useState("");
  const choice = (label: string, names: string[], value: string, set: (name: string) => void) => (
    <Labelled label={label}>
      {(id) => (
        <select class="rw-input" id={id} value={value} onChange={(event) => set(event.currentTarget.value)}>
          <option value="">{t("ui.sections.choose")}</option>
          {names.map((name) => (
            <option key={name} value={name}>
              {name}
            </option>
          ))}
        </select>
      )}
    </Labelled>
  );
  return (
    <fieldset class="rw-onepair">
      <legend class="rw-small">{t("ui.sections.example")}</legend>
      <div class="rw-cols">
        {choice(t("ui.sections.file"), lonely, target, setTarget)}
        {choice(t("guide.file.source_image.label"), unused, source, setSource)}
      </div>
      <button
        class="rw-btn is-small"
        type="button"
        disabled={!target || !source}
        onClick={() => {
          teach(source, target);
          setTarget("");
          setSource("");
        }}
      >
        {t("ui.sections.match_like_this")}
      </button>
    </fieldset>
  );
}
