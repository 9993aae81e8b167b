// The way back: what is shown of a submission leads to the field it comes from, where there is a form around the view.

import type { ComponentChildren } from "preact";
import { useStore, useText, useWay } from "../context.tsx";
import { placeOf } from "../curator/place.ts";

export function Lead({ path, children }: { path: string; children: ComponentChildren }) {
  const way = useWay();
  const store = useStore();
  const t = useText();
  if (!way.leads || !path) return <>{children}</>;
  return (
    <button class="rw-tofield" type="button" onClick={() => way.go(placeOf(store.state.guide, path))}>
      {children}
      <span class="rw-hidden">: {t("ui.go_to_field")}</span>
    </button>
  );
}

/** What is not there yet, with the way to where it is answered. */
export function Missing({ path, words }: { path: string; words: string }) {
  return (
    <span class="rw-missing">
      <Lead path={path}>{words}</Lead>
    </span>
  );
}
