// The screen of findings: a light for each target, what is left by level, and the export.

import { useEffect, useMemo, useState } from "preact/hooks";
import { useChosen, useStore, useTargets, useText } from "../context.tsx";
import { Icon, Light } from "../icons.tsx";
import type { Finding, Light as LightState } from "../types.ts";
import { ExportSection } from "./export.tsx";
import { FindingGroup, LEVELS } from "./findings.tsx";
import { SuggestTerms } from "./suggest.tsx";
import { useLightWords } from "./top.tsx";

const ALL = ["isatab", "bia", "idr", "omero"];

function TargetLight(props: { target: string; light: LightState | undefined; pressed: boolean; press: () => void }) {
  const t = useText();
  const words = useLightWords();
  const state = props.light?.state ?? "off";
  const says = !props.light
    ? t("ui.light.off")
    : props.light.left
      ? t.n("ui.things_left", props.light.left)
      : t("ui.nothing_left");
  return (
    <button class="rw-target" type="button" aria-pressed={props.pressed} onClick={props.press}>
      <Light state={state} />
      {props.light && <span class="rw-hidden">{words(state)}: </span>}
      <b>{t(`guide.target.${props.target}`)}</b>
      <span>{says}</span>
    </button>
  );
}

function NotChosen({ target }: { target: string }) {
  const store = useStore();
  const t = useText();
  const chosen = useTargets();
  const name = t(`guide.target.${target}`);
  const add = () => void store.set("/setup/targets", [...chosen, target]);
  return (
    <div class="rw-empty rw-card">
      <h2 class="rw-h3">{t("ui.not_chosen", { target: name })}</h2>
      <p>{t("ui.not_chosen.help")}</p>
      <button class="rw-btn" type="button" onClick={add}>
        {t("ui.not_chosen.add", { target: name })}
      </button>
    </div>
  );
}

function lead(t: ReturnType<typeof useText>, target: string, light: LightState | undefined, findings: Finding[]) {
  if (!light) return t("ui.findings.lead.off");
  const name = t(`guide.target.${target}`);
  const fixes = findings.filter((finding) => finding.fix).length;
  const first = light.left
    ? t.n("ui.findings.lead", light.left, { target: name })
    : t("ui.findings.lead.none", { target: name });
  return fixes ? `${first} ${t.n("ui.findings.fixes", fixes)}` : first;
}

export function ReadyScreen({ alone = false }: { alone?: boolean }) {
  const store = useStore();
  const t = useText();
  const chosen = useTargets();
  const [picked, pick] = useState<string | undefined>();
  const target = picked ?? chosen[0] ?? "isatab";
  const report = useChosen((state) => state.report);
  const status = useChosen((state) => state.status);
  useEffect(() => {
    if (status === "ready") store.check();
  }, [store, status]);
  const findings = useMemo(
    () => (report?.findings ?? []).filter((finding) => finding.targets.includes(target)),
    [report, target],
  );
  const light = report?.targets[target];
  const more = report ? report.count - report.findings.length : 0;
  return (
    <div class="rw-sheet is-wide">
      <div class="rw-head rw-headrow">
        <div>
          <h1 tabIndex={-1}>{t(light?.state === "ready" ? "ui.findings.title.ready" : "ui.findings.title")}</h1>
          <p role="status">{report ? lead(t, target, light, findings) : t("ui.findings.checking")}</p>
        </div>
        <div class="rw-btns">
          <SuggestTerms />
          <button class="rw-btn" type="button" onClick={() => store.check()}>
            {t("ui.check_again")}
          </button>
        </div>
      </div>
      {/* biome-ignore lint/a11y/useSemanticElements: no form, so no fieldset */}
      <div class="rw-targets" role="group" aria-label={t("ui.targets")}>
        {ALL.map((name) => (
          <TargetLight
            key={name}
            target={name}
            light={report?.targets[name]}
            pressed={name === target}
            press={() => pick(name)}
          />
        ))}
      </div>
      {report && !light && <NotChosen target={target} />}
      {!report && (
        <div class="rw-empty rw-wait">
          <span class="rw-busy" aria-hidden="true" />
          <p>{t("ui.findings.checking")}</p>
        </div>
      )}
      {light && findings.length === 0 && (
        <div class="rw-banner is-ok rw-gapabove">
          <Icon name="check" />
          <div>
            <b>{t("ui.findings.ready", { target: t(`guide.target.${target}`) })}</b> {t("ui.findings.ready.help")}
          </div>
        </div>
      )}
      {light &&
        LEVELS.map((level) => (
          <FindingGroup
            key={`${target} ${level}`}
            level={level}
            findings={findings.filter((finding) => finding.level === level)}
            alone={alone}
          />
        ))}
      {more > 0 && <p class="rw-two rw-gapabove">{t.n("ui.findings.more", more)}</p>}
      <ExportSection />
    </div>
  );
}
