// One finding: what is so, where, found and wanted, a ready fix, and the way to the field.

import { useState } from "preact/hooks";
import { useChosen, useStore, useText, useWay } from "../context.tsx";
import { Icon } from "../icons.tsx";
import type { Finding } from "../types.ts";
import { Choices, useConflict } from "../writers/rivals.tsx";
import { placeOf, wordsOf } from "./place.ts";

export const LEVELS = ["error", "warning", "info"] as const;
export const TONES = { error: "is-error", warning: "is-warn", info: "is-info" } as const;

function Versus({ finding }: { finding: Finding }) {
  const t = useText();
  if (finding.found === null && finding.wanted === null) return null;
  return (
    <dl class="rw-versus">
      {finding.found !== null && (
        <>
          <dt>{t("ui.found")}</dt>
          <dd>{finding.found || t("ui.found.nothing")}</dd>
        </>
      )}
      {finding.wanted !== null && (
        <>
          <dt>{t("ui.wanted")}</dt>
          <dd>{finding.wanted}</dd>
        </>
      )}
    </dl>
  );
}

/** What was found and wanted; of values given apart, each with a button. */
function Two({ finding }: { finding: Finding }) {
  const conflict = useConflict(finding.code === "two_values" ? finding.path : "");
  const settled = (button: HTMLElement) =>
    button.closest(".rw-sheet, .rw-side")?.querySelector<HTMLElement>("h1, [tabindex]")?.focus();
  return conflict ? <Choices conflict={conflict} settled={settled} /> : <Versus finding={finding} />;
}

/** The words for the place a finding is about. */
export function useWhere(): (path: string) => string {
  const t = useText();
  const record = useChosen((state) => state.record);
  const guide = useChosen((state) => state.guide);
  return (path) => wordsOf(record, guide, path, t);
}

export function FindingButtons({ finding, small, alone }: { finding: Finding; small?: boolean; alone?: boolean }) {
  const store = useStore();
  const way = useWay();
  const t = useText();
  const where = useWhere();
  const [busy, setBusy] = useState(false);
  const size = small ? " is-small" : "";
  const fix = async () => {
    if (busy) return;
    setBusy(true);
    await store.ask("fix", { code: finding.code, path: finding.path, target: finding.targets[0] ?? "all" });
    setBusy(false);
  };
  return (
    <div class="rw-btns">
      {finding.fix && (
        <button class={`rw-btn${size}`} type="button" aria-disabled={busy} onClick={fix}>
          {finding.fix_label ?? t("ui.fix")}
          <span class="rw-hidden">: {finding.message}</span>
        </button>
      )}
      {!alone && (
        <button
          class={`rw-btn is-quiet${size}`}
          type="button"
          onClick={() => way.go(placeOf(store.state.guide, finding.path))}
        >
          {t("ui.go_to_field")}
          <span class="rw-hidden">: {where(finding.path)}</span> <Icon name="go" />
        </button>
      )}
    </div>
  );
}

/** A finding's sentence without what stands below it by itself: the value found and the value wanted. */
function headline(finding: Finding, found: string): string {
  if (finding.found === null) return finding.message;
  return finding.message.replace(new RegExp(`\\s+${found}\\s*:.*$`, "s"), "");
}

function One({ finding, alone }: { finding: Finding; alone: boolean }) {
  const t = useText();
  const where = useWhere();
  return (
    <li class="rw-finding">
      <div>
        <h3>{headline(finding, t("ui.found"))}</h3>
        <p class="at rw-two">{where(finding.path)}</p>
        <Two finding={finding} />
      </div>
      <FindingButtons finding={finding} alone={alone} />
    </li>
  );
}

/** Findings of a level that are drawn at first: a list of hundreds helps nobody. */
const SHOWN = 30;

export function FindingGroup({
  level,
  findings,
  alone,
}: {
  level: Finding["level"];
  findings: Finding[];
  alone: boolean;
}) {
  const t = useText();
  const [shown, setShown] = useState(SHOWN);
  if (!findings.length) return null;
  return (
    <section class={`rw-findgroup ${TONES[level]}`}>
      <h2>
        <Icon name={level} />
        {t(`ui.level.${level}`)} <span class="rw-num">{findings.length}</span>
      </h2>
      <ul>
        {findings.slice(0, shown).map((finding) => (
          <One key={`${finding.code} ${finding.path}`} finding={finding} alone={alone} />
        ))}
      </ul>
      {findings.length > shown && (
        <button class="rw-btn" type="button" onClick={() => setShown(findings.length)}>
          {t("ui.findings.all", { n: findings.length })}
        </button>
      )}
    </section>
  );
}

/** The findings of one section beside its form. */
export function PanelFindings({ findings }: { findings: Finding[] }) {
  const t = useText();
  const where = useWhere();
  if (!findings.length)
    return (
      <div class="rw-empty">
        <span class="rw-okay">
          <Icon name="check" big />
        </span>
        <h2>{t("ui.findings.none_here")}</h2>
        <p>{t("ui.findings.none_here.help")}</p>
      </div>
    );
  return (
    <>
      <h2>{t.n("ui.findings.here", findings.length)}</h2>
      {findings.slice(0, SHOWN).map((finding) => (
        <div class={`rw-example rw-found ${TONES[finding.level]}`} key={`${finding.code} ${finding.path}`}>
          <Icon name={finding.level} />
          <div>
            <span class="rw-hidden">{t(`ui.level.${finding.level}`)}: </span>
            <b>{headline(finding, t("ui.found"))}</b>
            <p class="rw-small rw-two">{where(finding.path)}</p>
            <Two finding={finding} />
            <FindingButtons finding={finding} small />
          </div>
        </div>
      ))}
    </>
  );
}
