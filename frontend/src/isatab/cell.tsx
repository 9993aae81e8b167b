// What a cell bears besides its text: the sign of what was found there, and how it leads to its field.

import { useStore, useText, useWay } from "../context.tsx";
import { placeOf } from "../curator/place.ts";
import { Icon } from "../icons.tsx";
import { type At, type IsaFinding, worst, written } from "./types.ts";

export function Sign({ findings }: { findings: IsaFinding[] | undefined }) {
  const t = useText();
  const first = findings && worst(findings);
  if (!first) return null;
  return (
    <span class={`rw-isasign is-${first.level}`} title={findings.map(({ message }) => message).join("\n")}>
      <Icon name={first.level} />
      <span class="rw-hidden">{t(`ui.level.${first.level}`)}: </span>
    </span>
  );
}

/** Go to the field of a path; Escape there leads back to the cell. */
export function useFollow(): (path: string | undefined, from: At) => void {
  const way = useWay();
  const store = useStore();
  const t = useText();
  return (path, from) => {
    if (!path) return store.say(t("ui.isa.structure"), "info");
    if (!way.leads) return;
    way.go({ ...placeOf(store.state.guide, path), back: { section: "isatab", path: written(from) } });
  };
}
