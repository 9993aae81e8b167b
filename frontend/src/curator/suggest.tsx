// A button that proposes terms for free text: one change in pencil, told in a sentence.

import { useState } from "preact/hooks";
import { useChosen, useStore, useText } from "../context.tsx";
import type { Message } from "../wire.ts";

/** What became of the free text, in words. */
function outcome(t: ReturnType<typeof useText>, answer: Message): string {
  const proposed = Number(answer.proposed ?? 0);
  const kept = Number(answer.kept ?? 0);
  if (proposed) return t.n("ui.suggest.done", proposed);
  return kept ? t.n("ui.suggest.kept", kept) : t("ui.suggest.none");
}

/** Shown only where the report knows of free text. */
export function SuggestTerms() {
  const store = useStore();
  const t = useText();
  const free = useChosen((state) => state.report?.findings.some((finding) => finding.code.startsWith("free_text")));
  const [busy, setBusy] = useState(false);
  if (!free) return null;
  const suggest = async () => {
    if (busy) return;
    setBusy(true);
    const answer = await store.ask("suggest", {}, PATIENCE_MS);
    setBusy(false);
    if (answer) store.say(outcome(t, answer));
  };
  return (
    <button class="rw-btn" type="button" aria-disabled={busy} onClick={suggest}>
      {t("ui.suggest")}
    </button>
  );
}

/** Many texts are looked up one by one. */
const PATIENCE_MS = 60_000;
