// The rail: what there is to look at, to describe and to finish, how far each is, and the next best step in words.

import { Fragment } from "preact";
import { useRef } from "preact/hooks";
import { type Place, useChosen, useScope, useTargets, useText, useWay } from "../context.tsx";
import { Icon, Light, Ring } from "../icons.tsx";
import type { Report } from "../types.ts";
import { useNext } from "./next.ts";
import { HOSTS, isOffered, placeOf, RAIL } from "./place.ts";

export interface State {
  done: number;
  of: number;
  to_do: number;
  pencil: number;
  unused: boolean;
}

/** Give how far a section is, with those that are asked on its form. */
export function stateOf(report: Report | null, section: string): State | undefined {
  const names = [section, ...Object.keys(HOSTS).filter((name) => HOSTS[name] === section)];
  const known = names.map((name) => report?.progress[name]).filter((state) => state !== undefined);
  const own = report?.progress[section];
  if (!own) return undefined;
  const sum = (key: "done" | "of" | "to_do" | "pencil") => known.reduce((all, state) => all + (state[key] ?? 0), 0);
  return {
    done: sum("done"),
    of: sum("of"),
    to_do: sum("to_do"),
    pencil: sum("pencil"),
    unused: own.state === "unused",
  };
}

/** Count the fields of a place to which people gave two values without knowing of each other. */
function useRivals(name: string): number {
  return useChosen(
    ({ conflicts, guide }) => conflicts.filter(({ path }) => placeOf(guide, path).section === name).length,
  );
}

function Says({ name, state }: { name: string; state: State | undefined }) {
  const t = useText();
  const rivals = useRivals(name);
  if (rivals)
    return (
      <span class="rw-chip is-warn">
        <Icon name="people" />
        {rivals}
        <span class="rw-hidden"> {t.n("ui.rail.rivals", rivals)}</span>
      </span>
    );
  if (!state) return <span />;
  if (state.unused) return <small>{t("ui.not_used")}</small>;
  if (state.pencil > 0)
    return (
      <span class="rw-chip is-pencil">
        <Icon name="pencil" />
        {state.pencil}
        <span class="rw-hidden"> {t("ui.to_confirm")}</span>
      </span>
    );
  if (state.to_do > 0) return <small class="is-todo">{t.n("ui.to_do", state.to_do)}</small>;
  return <small>{t("ui.of", { done: state.done, of: state.of })}</small>;
}

const ICONS: Record<string, string> = { gallery: "file", archive: "page", isatab: "copy" };

function Item({ name, now, choose }: { name: string; now: string; choose: (place: Place) => void }) {
  const t = useText();
  const report = useChosen((state) => state.report);
  const guided = useChosen((state) => state.guide.sections[name]);
  const images = useChosen((state) => state.tables.images);
  const state = guided ? stateOf(report, name) : undefined;
  const findings = useFindingsLeft();
  const current = name === now ? "page" : undefined;
  const label = guided ? t(`guide.${name}.label`) : t(`ui.place.${name}`);
  return (
    <li>
      <button
        type="button"
        class={state?.unused ? "rw-navitem is-folded" : "rw-navitem"}
        aria-current={current}
        onClick={() => choose({ section: name })}
      >
        {name === "findings" ? (
          <Light state={findings.state} />
        ) : guided ? (
          <Ring done={state?.done ?? 0} of={state?.of ?? 0} unused={state?.unused ?? true} />
        ) : (
          <span class="rw-two">
            <Icon name={ICONS[name] ?? "filter"} />
          </span>
        )}
        <span>{label}</span>
        {name === "gallery" ? (
          <small>{t.n("ui.images", images)}</small>
        ) : name === "findings" ? (
          <small class={findings.left ? "is-todo" : ""}>{findings.left ? t.n("ui.left", findings.left) : ""}</small>
        ) : (
          <Says name={name} state={state} />
        )}
        {state && !state.unused && state.of > 0 && (
          <span class="rw-hidden">{t("ui.answered", { done: state.done, of: state.of })}</span>
        )}
      </button>
    </li>
  );
}

function useFindingsLeft(): { left: number; state: "ready" | "near" | "far" | "off" } {
  const [target = "isatab"] = useTargets();
  const light = useChosen((state) => state.report?.targets[target]);
  const count = useChosen((state) => state.report?.count ?? 0);
  return { left: light ? Math.max(light.left, 0) || count : 0, state: light?.state ?? "off" };
}

/** Sections that are not asked for the chosen kinds of imaging lie in a fold at the end of their group. */
function useAsked(): (name: string) => boolean {
  const inScope = useScope();
  const sections = useChosen((state) => state.guide.sections);
  const report = useChosen((state) => state.report);
  return (name) => inScope(sections[name]?.scope) || (report?.progress[name]?.done ?? 0) > 0;
}

function Sections({ now, choose }: { now: string; choose: (place: Place) => void }) {
  const t = useText();
  const asked = useAsked();
  const targets = useTargets();
  return (
    <>
      {RAIL.map(({ name, items }) => {
        const offered = items.filter((item) => isOffered(item, targets));
        const open = offered.filter((item) => asked(item) || item === now);
        const folded = offered.filter((item) => !open.includes(item));
        return (
          <Fragment key={name}>
            <h2>{t(`ui.rail.${name}`)}</h2>
            <ul class="rw-nav">
              {open.map((item) => (
                <Item key={item} name={item} now={now} choose={choose} />
              ))}
            </ul>
            {folded.length > 0 && (
              <details class="rw-more">
                <summary>{t.n("ui.rail.more", folded.length)}</summary>
                <ul class="rw-nav">
                  {folded.map((item) => (
                    <Item key={item} name={item} now={now} choose={choose} />
                  ))}
                </ul>
              </details>
            )}
          </Fragment>
        );
      })}
    </>
  );
}

function NextStep() {
  const way = useWay();
  const t = useText();
  const next = useNext();
  if (!next) return null;
  return (
    // biome-ignore lint/a11y/useSemanticElements: a section would need a heading of its own
    <div class="rw-next" role="region" aria-label={t("ui.next")}>
      <p>{t("ui.next")}</p>
      <button class="rw-plain" type="button" onClick={() => way.go(next.place)}>
        {next.words} <Icon name="go" />
      </button>
    </div>
  );
}

export function Rail({ now }: { now: string }) {
  const way = useWay();
  const t = useText();
  return (
    <div class="rw-rail">
      <nav aria-label={t("ui.sections")}>
        <Sections now={now} choose={way.go} />
      </nav>
      <NextStep />
    </div>
  );
}

/** The rail of slim pages: one line that opens, and closes after a choice. */
export function Drawer({ now }: { now: string }) {
  const way = useWay();
  const t = useText();
  const box = useRef<HTMLDetailsElement>(null);
  const report = useChosen((state) => state.report);
  const guided = useChosen((state) => state.guide.sections[now]);
  const state = guided ? stateOf(report, now) : undefined;
  const close = () => {
    if (box.current) box.current.open = false;
  };
  const choose = (place: Place) => {
    close();
    way.go(place);
  };
  const leave = (event: KeyboardEvent) => {
    if (event.key !== "Escape" || !box.current?.open) return;
    close();
    box.current.querySelector("summary")?.focus();
  };
  return (
    <details class="rw-drawer" ref={box} onKeyDown={leave}>
      <summary>
        {guided && <Ring done={state?.done ?? 0} of={state?.of ?? 0} unused={state?.unused ?? false} />}
        <b>{guided ? t(`guide.${now}.label`) : t(`ui.place.${now}`)}</b>
        {guided && <Says name={now} state={state} />}
        <span class="rw-two">
          {t("ui.all_sections")} <Icon name="down" />
        </span>
      </summary>
      <nav aria-label={t("ui.sections_folded")}>
        <Sections now={now} choose={choose} />
        <NextStep />
      </nav>
    </details>
  );
}
