// What is wrong at a field: the kernel's findings, and the rules that answer in the browser.

import { useMemo } from "preact/hooks";
import { useChosen, useFindings, useStore, useText } from "../context.tsx";
import { Icon } from "../icons.tsx";
import type { State } from "../store.ts";
import type { FieldGuide, Finding, Value } from "../types.ts";
import { faultOf } from "./patterns.ts";

const TONE = { error: "error", warning: "warn", info: "info" } as const;

export function Says({ finding }: { finding: Finding }) {
  const store = useStore();
  const { level, message, fix, fix_label: name, code, path } = finding;
  return (
    <p class={`rw-says is-${TONE[level]}`}>
      <Icon name={level} />
      <span>
        {message}{" "}
        {fix && name && (
          <button class="rw-plain" type="button" onClick={() => void store.ask("fix", { code, path })}>
            {name}
          </button>
        )}
      </span>
    </p>
  );
}

/** The sentence of a rule that answers in the browser, as a finding. */
function useOwnFault(field: FieldGuide, path: string, value: Value): Finding | undefined {
  const t = useText();
  const shown = useChosen((state) => state.checked || state.touched.has(path));
  if (!shown || typeof value !== "string") return undefined;
  const found = value.trim();
  const least = field.min_length ?? 0;
  const fault = faultOf(field.pattern ?? field.kind, found);
  const said = (level: Finding["level"], message: string): Finding => {
    return { level, code: "", path, message, found, wanted: null, fix: false, fix_label: null, targets: [] };
  };
  if (fault) return said("error", t(`ui.form.fault.${fault}`, { found }));
  if (found.length >= least) return undefined;
  return said("warning", t("ui.form.fault.short", { n: found.length, wanted: least }));
}

/** What the kernel found at a field is old news once the field was edited; until it looked again, the browser's own rules speak. */
export function useSaid(field: FieldGuide, path: string, value: Value): Finding[] {
  const told = useFindings(path);
  const report = useChosen((state) => state.report);
  const own = useOwnFault(field, path, value);
  const seen = useMemo(() => ({ value, stale: undefined as State["report"] | undefined }), [path]);
  if (!Object.is(seen.value, value)) {
    seen.value = value;
    seen.stale = report ?? undefined;
  }
  const fresh = seen.stale && seen.stale === report ? [] : told;
  return fresh.length || !own ? fresh : [own];
}
