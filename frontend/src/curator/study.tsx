// Start from a file or a published study: choose it, look what is in it, say what should be taken over.

import { useState } from "preact/hooks";
import { useChosen, useStore, useText, useWay } from "../context.tsx";
import { Icon } from "../icons.tsx";
import type { Store } from "../store.ts";
import { Refused } from "../wire.ts";
import { bytes, number, WORK_MS } from "./ask.ts";
import { PathField } from "./pathfield.tsx";
import { TICKET_LIMIT } from "./ticket.tsx";

export interface Looked {
  token: string;
  name: string;
  format: string;
  title: string;
  accession: string;
  sections: { section: string; count: number; titles: string[]; people: boolean }[];
  files: number;
  left: { words: string; count: number }[];
  left_count: number;
  findings: { level: "error" | "warning"; message: string }[];
}

export interface Study {
  looked?: Looked | undefined;
  values: "keep" | "clear" | "whole";
  people: boolean;
}
export const NO_STUDY: Study = { values: "keep", people: false };

/** Have the kernel read a file, uploaded or named by its path, and tell what is in it. */
export async function lookAt<T = Looked>(
  store: Store,
  content: object,
  file?: File,
  kind = "look",
): Promise<T | undefined> {
  if (file && file.size > TICKET_LIMIT) {
    const [found, wanted] = [file.size, TICKET_LIMIT].map((size) => bytes(size, store.state.lang));
    store.say(store.text("ui.study.too_large", { found, wanted }), "error");
    return undefined;
  }
  try {
    const buffers = file ? [await file.arrayBuffer()] : [];
    const answer = await store.wire.request(kind, content, buffers, WORK_MS);
    store.hush();
    return answer.content as unknown as T;
  } catch (fault) {
    store.say(fault instanceof Refused ? fault.message : store.text("ui.no_answer"), "error");
    return undefined;
  }
}

/** Put what was looked at into a dataset, with what the first screen asks besides. */
export async function startFrom(store: Store, study: Study, content: object): Promise<boolean> {
  if (!study.looked) return false;
  const { values, people } = study;
  const asked = { token: study.looked.token, values, people, ...content };
  return (await store.ask("start-from", asked, WORK_MS)) !== undefined;
}

export function Found({ looked, whole }: { looked: Looked; whole?: boolean }) {
  const t = useText();
  const lang = useChosen((state) => state.lang);
  return (
    <>
      <h3 class="rw-h3">{looked.title || looked.accession || looked.name}</h3>
      <p class="rw-two rw-small">
        {t("ui.study.read_as", { format: t(`ui.study.format.${looked.format}`) })}
        {looked.accession && `, ${looked.accession}`}
      </p>
      <ul class="rw-foundlist">
        {looked.sections.map((part) => (
          <li key={part.section}>
            <b class="rw-num">{number(part.count, lang)}</b>{" "}
            {t(`guide.${part.section}.${part.count > 1 ? "plural" : "label"}`)}
            {part.titles.length > 0 && (
              <span class="rw-two">
                : {part.titles.join(", ")}
                {part.count > part.titles.length ? ", …" : ""}
              </span>
            )}
          </li>
        ))}
        {looked.sections.length === 0 && <li>{t("ui.study.nothing")}</li>}
      </ul>
      {looked.files > 0 && (
        <p class="rw-small rw-two">
          {t.n(whole ? "ui.study.listed" : "ui.study.files", looked.files, { count: number(looked.files, lang) })}
        </p>
      )}
    </>
  );
}

export function Left({ looked }: { looked: Looked }) {
  const t = useText();
  if (!looked.left_count && !looked.findings.length) return null;
  return (
    <details class="rw-fold">
      <summary>{t.n("ui.study.left", looked.left_count + looked.findings.length)}</summary>
      <ul class="rw-foundlist rw-small">
        {looked.findings.map((one) => (
          <li key={one.message}>
            <Icon name={one.level} /> {one.message}
          </li>
        ))}
        {looked.left.map((one) => (
          <li key={one.words}>
            <code>{one.words}</code>
            {one.count > 1 && <span class="rw-num"> × {one.count}</span>}
          </li>
        ))}
        {looked.left_count > looked.left.length && <li>…</li>}
      </ul>
    </details>
  );
}

function Taking({ study, change }: { study: Study; change: (study: Study) => void }) {
  const t = useText();
  const { prefix } = useWay();
  return (
    <>
      <fieldset class="rw-taking">
        <legend>{t("ui.study.take")}</legend>
        {(["keep", "clear", "whole"] as const).map((values) => (
          <label key={values}>
            <input
              type="radio"
              name={`${prefix}-values`}
              checked={study.values === values}
              onChange={() => change({ ...study, values })}
            />
            <span>
              {t(`ui.study.${values}`)}
              <small>{t(`ui.study.${values}.help`)}</small>
            </span>
          </label>
        ))}
      </fieldset>
      {study.values !== "whole" && (
        <>
          <label class="rw-taking">
            <input
              type="checkbox"
              checked={study.people}
              onChange={(event) => change({ ...study, people: event.currentTarget.checked })}
            />
            <span>
              {t("ui.study.people")}
              <small>{t("ui.study.people.help")}</small>
            </span>
          </label>
          <p class="rw-help">{t("ui.study.never")}</p>
        </>
      )}
    </>
  );
}

export function StudyField({
  study,
  change,
  missing,
}: {
  study: Study;
  change: (study: Study) => void;
  missing: boolean;
}) {
  const t = useText();
  const store = useStore();
  const id = `${useWay().prefix}-study`;
  const [busy, setBusy] = useState(false);
  const look = async (content: object, file?: File) => {
    setBusy(true);
    change({ ...study, looked: undefined });
    const looked = await lookAt(store, content, file);
    setBusy(false);
    change({ ...study, looked });
  };
  return (
    <div class="rw-study">
      <div class="rw-field">
        <div class="rw-label">
          <label for={id}>{t("ui.study.file")}</label>
        </div>
        <p class="rw-help" id={`${id}-help`}>
          {t("ui.study.file.help")}
        </p>
        <input
          class="rw-input"
          id={id}
          data-first=""
          type="file"
          aria-invalid={missing ? true : undefined}
          aria-describedby={`${id}-help ${id}-says`}
          onChange={(event) => {
            const file = event.currentTarget.files?.[0];
            if (file) void look({ name: file.name }, file);
          }}
        />
        <p class="rw-says is-error" id={`${id}-says`} role="status">
          {missing && (
            <>
              <Icon name="error" />
              {t("ui.study.missing")}
            </>
          )}
        </p>
      </div>
      <PathField id={`${id}-path`} busy={busy} look={(path) => void look({ path })} />
      <div role="status" aria-busy={busy}>
        {busy && <p class="rw-two">{t("ui.study.looking")}</p>}
        {study.looked && <p class="rw-hidden">{t("ui.study.looked", { name: study.looked.name })}</p>}
      </div>
      {study.looked && (
        <section class="rw-card rw-looked" aria-label={t("ui.study.found")}>
          <Found looked={study.looked} whole={study.values === "whole"} />
          <Left looked={study.looked} />
          <Taking study={study} change={change} />
        </section>
      )}
    </div>
  );
}
