// What the archive's form, server and reader would each say of the submission, each thing with the way to its field.

import { useState } from "preact/hooks";
import { useChosen, useStore, useText, useWay } from "../context.tsx";
import { useAnswer } from "../curator/ask.ts";
import { useWhere } from "../curator/findings.tsx";
import { placeOf } from "../curator/place.ts";
import { Icon, Light } from "../icons.tsx";
import { useTurn } from "./page.tsx";
import type { Said, Verdict } from "./types.ts";

/** Things of one part that are listed at first. */
const SHOWN = 4;

function One({ said }: { said: Said }) {
  const t = useText();
  const way = useWay();
  const store = useStore();
  const where = useWhere();
  return (
    <li class={`is-${said.level}`}>
      <Icon name={said.level} />
      <span>
        <span class="rw-hidden">{t(`ui.level.${said.level}`)}: </span>
        {said.message}
        <small>{where(said.path)}</small>
      </span>
      {way.leads && (
        <button
          class="rw-btn is-quiet is-small"
          type="button"
          onClick={() => way.go(placeOf(store.state.guide, said.path))}
        >
          {t("ui.go_to_field")}
          <span class="rw-hidden">: {said.message}</span> <Icon name="go" />
        </button>
      )}
    </li>
  );
}

function Part({ verdict }: { verdict: Verdict }) {
  const t = useText();
  const [whole, setWhole] = useState(false);
  const shown = whole ? verdict.findings : verdict.findings.slice(0, SHOWN);
  const name = t(`simulation.part.${verdict.name}`);
  return (
    <section class="rw-verdict">
      <h3>
        <Light state={verdict.passes ? "ready" : "far"} />
        {t(verdict.passes ? "simulation.passes" : "simulation.refuses", { part: name })}
      </h3>
      {shown.length > 0 && (
        <ul>
          {shown.map((said) => (
            <One key={`${said.code} ${said.message}`} said={said} />
          ))}
        </ul>
      )}
      {verdict.findings.length > shown.length && (
        <button class="rw-btn is-small" type="button" onClick={() => setWhole(true)}>
          {t("ui.findings.all", { n: verdict.findings.length })}
          <span class="rw-hidden">: {name}</span>
        </button>
      )}
    </section>
  );
}

export function Simulated() {
  const t = useText();
  const way = useWay();
  const id = `${way.prefix}-simulated`;
  const turn = useTurn();
  const ready = useChosen((state) => state.status === "ready");
  const asked = useAnswer<{ parts: Verdict[] }>("simulation", {}, `${turn}`, ready);
  return (
    <section class="rw-group" aria-labelledby={id}>
      <div class="rw-grouphead">
        <div>
          <h2 class="rw-h2" id={id}>
            {t("ui.archive.says")}
          </h2>
          <p>{t("ui.archive.says.help")}</p>
        </div>
        {way.leads && (
          <button class="rw-btn" type="button" onClick={() => way.go({ section: "archive" })}>
            <Icon name="page" />
            {t("ui.archive.title")}
          </button>
        )}
      </div>
      <div role="status" aria-busy={asked.busy}>
        {!asked.data && asked.busy && <p class="rw-two">{t("ui.archive.says.busy")}</p>}
        {asked.fault !== undefined && <p class="rw-two">{asked.fault || t("ui.no_answer")}</p>}
      </div>
      {asked.data?.parts && (
        <div class="rw-verdicts">
          {asked.data.parts.map((verdict) => (
            <Part key={verdict.name} verdict={verdict} />
          ))}
        </div>
      )}
    </section>
  );
}
