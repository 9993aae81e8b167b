// Which microscope: the facility's, what one would fill in, what does not fit, and the tier of NBO-Q that is reached.

import { useEffect, useRef, useState } from "preact/hooks";
import { useChosen, useScope, useStore, useText } from "../context.tsx";
import { type Asked, useAnswer } from "../curator/ask.ts";
import { useUnique } from "../fields/frame.tsx";
import { nodeAt } from "../form/naming.ts";
import { Icon } from "../icons.tsx";
import { MicroscopePick } from "./microscopepick.tsx";
import { Fills, Unfit } from "./microscopesays.tsx";
import { QcLink, type Tier, TierBadge, TierNext } from "./tier.tsx";

export interface Microscope {
  key: string;
  name: string;
  source: string;
  note: string;
  objectives: string[];
  warnings: string[];
}

interface Told {
  microscopes?: Microscope[];
  unreadable: { path: string; message: string }[];
  chosen: { name: string; id?: string; model_version?: string } | null;
  key: string | null;
  tier: Tier;
}

export interface Preview {
  fills: { field: string; value?: unknown; row?: Record<string, unknown> }[];
  objective: { state: "found" | "only" | "unknown" | "several" | "missing"; place: number | null };
  conflicts: { level: "error" | "warning" | "info"; code: string; path: string; message: string }[];
  others: number;
  tier: Tier;
}

/** Kinds of imaging with a light microscope: the others have no such files. */
const LIGHT = ["light", "correlative", "screen"];

/** A person may say which objective it was; one that the microscope does not have is for the findings. */
const UNSURE = new Set(["unknown", "several"]);

/** Count how often the acquisition became another: what is told of it is asked again then. */
function useTurns(path: string): number {
  const node = useChosen((state) => nodeAt(state.record, path));
  const seen = useRef({ node, turns: 0 });
  if (seen.current.node !== node) seen.current = { node, turns: seen.current.turns + 1 };
  return seen.current.turns;
}

export function MicroscopeOf({ path }: { path: string }) {
  const inScope = useScope();
  const lang = useChosen((state) => state.lang);
  const turns = useTurns(path);
  const [again, setAgain] = useState(0);
  const acquisition = path.split("/")[2] ?? "";
  const asked = useAnswer<Told>(
    "microscopes",
    { acquisition, again: again > 0 },
    `${path} ${turns} ${again} ${lang}`,
    inScope(LIGHT),
  );
  const told = asked.data;
  if (asked.fault) return <Fault fault={asked.fault} />;
  if (!told?.microscopes) return null;
  return (
    <Panel
      key={path}
      path={path}
      told={told}
      items={told.microscopes}
      turns={turns}
      again={() => setAgain(again + 1)}
      busy={asked.busy}
    />
  );
}

function Fault({ fault }: { fault: string }) {
  return (
    <p class="rw-says is-error" role="alert">
      <Icon name="error" />
      <span>{fault}</span>
    </p>
  );
}

interface PanelProps {
  path: string;
  told: Told;
  items: Microscope[];
  turns: number;
  busy: boolean;
  again(): void;
}

function Panel({ path, told, items, turns, busy, again }: PanelProps) {
  const t = useText();
  const id = useUnique();
  const [open, setOpen] = useState(items.length > 0 && !told.chosen);
  const [key, setKey] = useState<string | undefined>(told.key ?? undefined);
  const chosen = items.find((item) => item.key === key);
  return (
    <details class="rw-card rw-passport" open={open} onToggle={(event) => setOpen(event.currentTarget.open)}>
      <summary>
        <Icon name="right" />
        <h2 class="rw-h2">{t("ui.scope.title")}</h2>
        {told.chosen && <span class="rw-two rw-small">{told.chosen.name}</span>}
        <TierBadge tier={told.tier} />
      </summary>
      <div class="rw-passportbody">
        <p class="rw-two rw-small">{t(items.length ? "ui.scope.help" : "ui.scope.none")}</p>
        {items.length > 0 && <MicroscopePick items={items} chosen={chosen} pick={setKey} id={id} />}
        {chosen && (
          <Filling key={chosen.key} path={path} microscope={chosen} turns={turns} mine={told.key === chosen.key} />
        )}
        {told.chosen && <Chosen chosen={told.chosen} />}
        <TierNext path={path} tier={told.tier} />
        <QcLink path={path} />
        <Unreadable items={told.unreadable} />
        <div class="rw-btns">
          <button class="rw-btn is-small is-quiet" type="button" disabled={busy} onClick={again}>
            {t("ui.scope.again")}
          </button>
        </div>
      </div>
    </details>
  );
}

function Chosen({ chosen }: { chosen: NonNullable<Told["chosen"]> }) {
  const t = useText();
  return (
    <p class="rw-small">
      <Icon name="check" /> {t("ui.scope.chosen", { name: chosen.name })}{" "}
      {chosen.model_version && (
        <span class="rw-two">{t("ui.scope.version", { version: chosen.model_version, id: chosen.id ?? "-" })}</span>
      )}
    </p>
  );
}

function Unreadable({ items }: { items: Told["unreadable"] }) {
  const t = useText();
  if (!items.length) return null;
  return (
    <details class="rw-small">
      <summary>{t("ui.scope.unreadable")}</summary>
      <ul>
        {items.map((item) => (
          <li key={item.path}>{item.message}</li>
        ))}
      </ul>
    </details>
  );
}

interface FillingProps {
  path: string;
  microscope: Microscope;
  turns: number;
  /** Whether the acquisition has it already. */
  mine: boolean;
}

function Filling({ path, microscope, turns, mine }: FillingProps) {
  const t = useText();
  const store = useStore();
  const head = useRef<HTMLParagraphElement>(null);
  const [objective, setObjective] = useState<number>();
  const [said, setSaid] = useState("");
  const acquisition = path.split("/")[2] ?? "";
  const content = { acquisition, microscope: microscope.key, ...(objective === undefined ? {} : { objective }) };
  const asked = useAnswer<Preview>("preview-microscope", content, `${microscope.key} ${objective} ${turns}`);
  useEffect(() => setSaid(""), [objective]);
  useEffect(() => {
    if (said) head.current?.focus(); // the button is about to go
  }, [said]);
  const fill = async (all: boolean) => {
    const answer = await store.ask("use-microscope", { ...content, all });
    if (!answer) return;
    const count = Number(answer.count ?? 0);
    setSaid(count ? t.n("ui.scope.filled", count) : t("ui.scope.filled_none"));
  };
  return (
    <div class="rw-passportfill">
      <Shown asked={asked} microscope={microscope} objective={objective} choose={setObjective} />
      <Acts asked={asked} mine={mine} fill={(all) => void fill(all)} />
      <p class="rw-small rw-ok rw-saidlast" role="status" tabIndex={-1} ref={head}>
        {said}
      </p>
    </div>
  );
}

interface ShownProps {
  asked: Asked<Preview>;
  microscope: Microscope;
  objective: number | undefined;
  choose(place: number | undefined): void;
}

function Shown({ asked, microscope, objective, choose }: ShownProps) {
  const t = useText();
  const told = asked.data;
  if (asked.fault !== undefined) return <Fault fault={asked.fault || t("ui.no_answer")} />;
  if (!told?.fills) return <span class="rw-busy" aria-hidden="true" />;
  const open = objective !== undefined || UNSURE.has(told.objective.state);
  return (
    <>
      {open && microscope.objectives.length > 0 && (
        <WhichObjective items={microscope.objectives} state={told.objective.state} chosen={objective} choose={choose} />
      )}
      <Unfit conflicts={told.conflicts} warnings={microscope.warnings} />
      <Fills fills={told.fills} />
      {told.fills.length > 0 && told.tier.reached > 0 && (
        <p class="rw-small rw-two">{t("ui.scope.tier_after", { reached: told.tier.reached, of: told.tier.of })}</p>
      )}
    </>
  );
}

interface WhichProps {
  items: string[];
  state: Preview["objective"]["state"];
  chosen: number | undefined;
  choose(place: number | undefined): void;
}

function WhichObjective({ items, state, chosen, choose }: WhichProps) {
  const t = useText();
  const id = useUnique();
  const why = UNSURE.has(state) ? t(`ui.scope.objective_${state}`) : "";
  return (
    <div class="rw-field">
      <div class="rw-label">
        <label for={id}>{t("ui.scope.objective")}</label>
      </div>
      <select
        class="rw-input"
        id={id}
        aria-describedby={why ? `${id}-why` : undefined}
        value={chosen === undefined ? "" : String(chosen)}
        onChange={(event) => {
          const { value } = event.currentTarget;
          choose(value === "" ? undefined : Number(value));
        }}
      >
        <option value="">{t("ui.scope.objective_none")}</option>
        {items.map((item, place) => (
          <option key={place} value={String(place)}>
            {item}
          </option>
        ))}
      </select>
      {why && (
        <p class="rw-small rw-two" id={`${id}-why`}>
          {why}
        </p>
      )}
    </div>
  );
}

function Acts({ asked, mine, fill }: { asked: Asked<Preview>; mine: boolean; fill(all: boolean): void }) {
  const t = useText();
  const told = asked.data;
  if (!told?.fills || (mine && !told.fills.length && !told.others)) return null;
  return (
    <div class="rw-btns">
      {(!mine || told.fills.length > 0) && (
        <button class="rw-btn is-main" type="button" disabled={asked.busy} onClick={() => fill(false)}>
          {t("ui.scope.fill")}
        </button>
      )}
      {told.others > 0 && (
        <button class="rw-btn" type="button" disabled={asked.busy} onClick={() => fill(true)}>
          {t.n("ui.scope.fill_all", told.others)}
        </button>
      )}
    </div>
  );
}
