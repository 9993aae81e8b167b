// The tier of NBO-Q that an acquisition reaches, the field that leads to the next, and the link to quality control.

import { useEffect, useRef, useState } from "preact/hooks";
import { useChosen, useSection, useStore, useText, useValue, useWay } from "../context.tsx";
import { useUnique } from "../fields/frame.tsx";
import { sayValue } from "../fields/values.ts";
import { focusPath } from "../form/aim.tsx";
import { Icon } from "../icons.tsx";
import { valueAt } from "../record.ts";
import type { Node, Value } from "../types.ts";

export interface Tier {
  reached: number;
  of: number;
  next: string | null;
  missing: string[];
}

/** Where an acquisition says which data show how well its microscope worked. */
const QC = "x-qc_dataset";
const ROWS: Record<string, string> = {
  channels: "channel",
  light_sources: "light_source",
  detectors: "detector",
  filters: "filter",
};

/** Groups whose fields need the group's name: both have a manufacturer and a model. */
const SAID = new Set(["microscope", "objective"]);

export function TierBadge({ tier }: { tier: Tier }) {
  const t = useText();
  const said = tier.reached ? t("ui.scope.tier", { reached: tier.reached, of: tier.of }) : t("ui.scope.tier_none");
  return (
    <span class={`rw-chip ${tier.reached === tier.of ? "is-ok" : "is-info"}`} title={t("ui.scope.tier_help")}>
      {said}
    </span>
  );
}

/** The name of a field of the acquisition, or of one of a row: "Mode of DNA". */
function useFieldName(path: string) {
  const t = useText();
  const lang = useChosen((state) => state.lang);
  const record = useChosen((state) => state.record);
  const section = useSection("acquisition");
  return (next: string): string => {
    const [name = "", row, column] = next.split("/");
    if (name === QC) return t("ui.scope.qc");
    if (!row || !column) {
      const group = section?.groups.find(({ fields }) => fields.includes(name))?.name ?? "";
      const label = t(`guide.acquisition.${name}.label`);
      return SAID.has(group) ? `${t(`guide.acquisition.group.${group}`)} › ${label}` : label;
    }
    const node = valueAt(record, `${path}/${name}/${row}`) as Node | undefined;
    const title = ["name", "model", "description"].map((part) => sayValue(node?.[part] as Value, lang)).find(Boolean);
    const kind = ROWS[name] ?? name;
    return t("ui.scope.in_row", {
      field: t(`guide.${kind}.${column}.label`),
      row: title || t(`guide.${kind}.label`),
    });
  };
}

export function TierNext({ path, tier }: { path: string; tier: Tier }) {
  const t = useText();
  const way = useWay();
  const name = useFieldName(path);
  if (!tier.next) return <p class="rw-small rw-ok">{t("ui.scope.tier_full")}</p>;
  const next = `${path}/${tier.next}`;
  const go = (event: Event) => {
    const root = (event.currentTarget as HTMLElement).closest<HTMLElement>(".rw-formsheet, .rw");
    const link = tier.next === QC ? root?.querySelector<HTMLElement>(`[data-path="${CSS.escape(next)}"] input`) : null;
    if (link) link.focus();
    else if (way.leads) way.go({ section: "acquisition", id: path.split("/")[2], path: next });
    else if (root) focusPath(root, next);
  };
  return (
    <p class="rw-small">
      <button class="rw-plain" type="button" onClick={go}>
        {t("ui.scope.tier_next", { tier: tier.reached + 1, field: name(tier.next) })} <Icon name="go" />
      </button>
    </p>
  );
}

export function QcLink({ path }: { path: string }) {
  const t = useText();
  const store = useStore();
  const id = useUnique();
  const at = `${path}/${QC}`;
  const held = useValue(at);
  const kept = typeof held === "string" ? held : "";
  const [typed, setTyped] = useState(kept);
  const before = useRef(kept);
  useEffect(() => {
    if (before.current !== kept) setTyped(kept);
    before.current = kept;
  }, [kept]);
  const save = () => {
    if (typed.trim() !== kept) void store.set(at, typed.trim());
  };
  return (
    <div class="rw-field" data-path={at}>
      <div class="rw-label">
        <label for={id}>{t("ui.scope.qc")}</label>
      </div>
      <input
        class="rw-input"
        id={id}
        type="text"
        inputMode="url"
        autoComplete="off"
        spellcheck={false}
        aria-describedby={`${id}-help`}
        value={typed}
        onInput={(event) => setTyped(event.currentTarget.value)}
        onBlur={save}
        onKeyDown={(event) => event.key === "Enter" && save()}
      />
      <p class="rw-small rw-two" id={`${id}-help`}>
        {t("ui.scope.qc_help")}
      </p>
    </div>
  );
}
