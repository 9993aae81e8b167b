// A file named by its path instead of being sent: Enter or the button looks into it.

import { useState } from "preact/hooks";
import { useText } from "../context.tsx";

export function PathField({ id, busy, look }: { id: string; busy: boolean; look: (path: string) => void }) {
  const t = useText();
  const [path, setPath] = useState("");
  const go = () => path.trim() && !busy && look(path.trim());
  return (
    <div class="rw-field">
      <div class="rw-label">
        <label for={id}>{t("ui.study.path")}</label>
      </div>
      <div class="rw-quantity">
        <input
          class="rw-input rw-mono"
          id={id}
          type="text"
          spellcheck={false}
          value={path}
          onInput={(event) => setPath(event.currentTarget.value)}
          onKeyDown={(event) => {
            if (event.key !== "Enter") return;
            event.preventDefault();
            go();
          }}
        />
        <button class="rw-btn rw-unit" type="button" aria-disabled={busy || !path.trim()} onClick={go}>
          {t("ui.study.look")}
        </button>
      </div>
    </div>
  );
}
