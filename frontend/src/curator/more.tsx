// All that an image's file says, and its full OME model: asked for when somebody wants to see it, shown in the tree.

import { useEffect, useState } from "preact/hooks";
import { useText } from "../context.tsx";
import { Icon } from "../icons.tsx";
import { useAnswer } from "./ask.ts";
import type { Leaf } from "./tree.ts";

/** Give the parts of a place in the model: ``images/0/pixels/size_x`` is ``images[0]``, ``pixels``, ``size x``. */
export function partsOf(place: string): string[] {
  const parts: string[] = [];
  for (const name of place.split("/")) {
    const last = parts.pop();
    if (/^\d+$/.test(name) && last !== undefined) parts.push(`${last}[${name}]`);
    else parts.push(...(last === undefined ? [] : [last]), name.replaceAll("_", " "));
  }
  return parts;
}

interface Source {
  kind: "ome" | "whole";
  /** Keys of the button, of what the values stand below, and of how many there are. */
  keys: { ask: string; title: string; shown: string; help?: string };
  parts: (place: string) => string[];
}

const SOURCES: Source[] = [
  {
    kind: "whole",
    keys: {
      ask: "ui.viewer.whole",
      title: "ui.viewer.whole_title",
      shown: "ui.viewer.whole_shown",
      help: "ui.viewer.whole_help",
    },
    parts: (place) => place.split("/"),
  },
  {
    kind: "ome",
    keys: { ask: "ui.viewer.model", title: "ui.viewer.model_title", shown: "ui.viewer.model_shown" },
    parts: partsOf,
  },
];

/** What else can be asked of a file, each with a button; what comes goes into the tree. */
export function More({ image, show }: { image: string; show: (kind: string, leaves: Leaf[]) => void }) {
  return (
    <>
      {SOURCES.map((source) => (
        <Asked key={source.kind} source={source} image={image} show={show} />
      ))}
    </>
  );
}

interface AskedProps {
  source: Source;
  image: string;
  show: (kind: string, leaves: Leaf[]) => void;
}

function Asked({ source: { kind, keys, parts }, image, show }: AskedProps) {
  const t = useText();
  const [wanted, want] = useState(false);
  const asked = useAnswer<{ values?: [string, string][] }>(kind, { image }, image, wanted);
  const values = asked.data?.values;
  const title = t(keys.title);
  useEffect(() => {
    if (values)
      show(
        kind,
        values.map(([place, value]) => [[title, ...parts(place)], value]),
      );
  }, [values, title]);
  return (
    <div class="rw-btns">
      <button
        class="rw-btn"
        type="button"
        disabled={values !== undefined || (wanted && asked.busy)}
        onClick={() => want(true)}
      >
        {t(keys.ask)}
      </button>
      {values && <span role="status">{t.n(keys.shown, values.length)}</span>}
      {!values && keys.help && <span class="rw-small rw-two">{t(keys.help)}</span>}
      {asked.fault !== undefined && (
        <p class="rw-says is-error" role="alert">
          <Icon name="error" />
          <span>{asked.fault || t("ui.no_answer")}</span>
        </p>
      )}
    </div>
  );
}
