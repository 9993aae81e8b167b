// The whole guided curation: first screen or frame, whichever the record calls for.

import { useCallback, useEffect, useRef, useState } from "preact/hooks";
import { useChosen } from "../context.tsx";
import { Frame, StartPage } from "../curator/frame.tsx";
import { isSetUp } from "../curator/place.ts";
import type { StartOptions } from "../curator/start.tsx";
import { Starting } from "../curator/starting.tsx";
import type { Model } from "../wire.ts";

export function CuratorView({ model }: { model: Model }) {
  const options = (model.get("options") ?? {}) as StartOptions;
  const known = useChosen((state) => Object.keys(state.record).length > 0);
  const folder = useChosen((state) => state.folder);
  const setUp = useChosen((state) => isSetUp(state.record));
  const [asking, ask] = useState(false);
  const restart = useCallback(() => ask(true), []);
  useEffect(() => ask(false), [folder]);
  const arrived = useRef(false);
  if (!known) return <Starting page={options.page === true} />;
  const needs = !setUp || (options.start === true && !folder);
  if (needs || asking) {
    arrived.current = true;
    return <StartPage options={options} back={needs ? undefined : () => ask(false)} />;
  }
  return <Frame options={options} restart={restart} arrived={arrived.current} />;
}
