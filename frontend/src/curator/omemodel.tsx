// The full OME model of an image's file: asked for when somebody wants to see it, shown in the tree of its header.

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

export function OmeModel({ image, show }: { image: string; show: (leaves: Leaf[]) => void }) {
  const t = useText();
  const [wanted, want] = useState(false);
  const asked = useAnswer<{ values?: [string, string][] }>("ome", { image }, image, wanted);
  const values = asked.data?.values;
  const title = t("ui.viewer.model_title");
  useEffect(() => {
    if (values) show(values.map(([place, value]) => [[title, ...partsOf(place)], value]));
  }, [values, title]);
  return (
    <div class="rw-btns">
      <button
        class="rw-btn"
        type="button"
        disabled={values !== undefined || (wanted && asked.busy)}
        onClick={() => want(true)}
      >
        {t("ui.viewer.model")}
      </button>
      {values && <span role="status">{t.n("ui.viewer.model_shown", values.length)}</span>}
      {asked.fault !== undefined && (
        <p class="rw-says is-error" role="alert">
          <Icon name="error" />
          <span>{asked.fault || t("ui.no_answer")}</span>
        </p>
      )}
    </div>
  );
}
