// Beside the form: help for the field, the findings of the section, the image it is about.

import { useMemo, useRef } from "preact/hooks";
import { useChosen, useText, useWay } from "../context.tsx";
import type { Finding } from "../types.ts";
import { PanelFindings } from "./findings.tsx";
import { type Focused, Help } from "./help.tsx";
import { ImagePanel } from "./image.tsx";
import { placeOf } from "./place.ts";

export const TABS = ["help", "findings", "image"] as const;
export type Tab = (typeof TABS)[number];

/** Findings of a place; on a screen that is no section, all of them. */
function useHere(section: string): Finding[] {
  const findings = useChosen((state) => state.report?.findings);
  const guide = useChosen((state) => state.guide);
  return useMemo(() => {
    const all = findings ?? [];
    if (!guide.sections[section]) return all;
    return all.filter((finding) => {
      const place = placeOf(guide, finding.path);
      return place.section === section || (section === "image" && finding.path.startsWith("/images"));
    });
  }, [findings, guide, section]);
}

export function Side(props: {
  section: string;
  id: string | undefined;
  focused: Focused | undefined;
  image: string | undefined;
  tab: Tab;
  choose: (tab: Tab) => void;
}) {
  const t = useText();
  const { prefix } = useWay();
  const list = useRef<HTMLDivElement>(null);
  const here = useHere(props.section);
  const move = (event: KeyboardEvent) => {
    const step = { ArrowRight: 1, ArrowLeft: -1, Home: -9, End: 9 }[event.key];
    if (!step) return;
    event.preventDefault();
    const now = TABS.indexOf(props.tab);
    const next = Math.abs(step) > 1 ? (step < 0 ? 0 : TABS.length - 1) : (now + step + TABS.length) % TABS.length;
    props.choose(TABS[next] ?? "help");
    list.current?.querySelectorAll<HTMLElement>("[role=tab]")[next]?.focus();
  };
  return (
    <aside class="rw-side" aria-label={t("ui.side")}>
      <div class="rw-tabs" role="tablist" tabIndex={-1} aria-label={t("ui.side")} ref={list} onKeyDown={move}>
        {TABS.map((tab) => (
          <button
            key={tab}
            class="rw-tab"
            type="button"
            role="tab"
            id={`${prefix}-tab-${tab}`}
            aria-selected={tab === props.tab}
            aria-controls={tab === props.tab ? `${prefix}-panel` : undefined}
            tabIndex={tab === props.tab ? 0 : -1}
            onClick={() => props.choose(tab)}
          >
            {t(`ui.tab.${tab}`)}
            {tab === "findings" && here.length > 0 && <span class="rw-num">{here.length}</span>}
          </button>
        ))}
      </div>
      <div
        class="rw-panel"
        role="tabpanel"
        id={`${prefix}-panel`}
        aria-labelledby={`${prefix}-tab-${props.tab}`}
        // biome-ignore lint/a11y/noNoninteractiveTabindex: a panel that scrolls must be reachable by keyboard
        tabIndex={0}
      >
        {props.tab === "help" && <Help section={props.section} focused={props.focused} />}
        {props.tab === "findings" && <PanelFindings findings={here} />}
        {props.tab === "image" && <ImagePanel image={props.image} acquisition={props.id} />}
      </div>
    </aside>
  );
}
