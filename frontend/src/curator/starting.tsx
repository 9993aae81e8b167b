// Before the record is there: a sign that something happens, and words as soon as there are any.

import type { ComponentChildren } from "preact";
import { useChosen, useStore, useText } from "../context.tsx";
import { Icon } from "../icons.tsx";

export function Starting({ page = false }: { page?: boolean }) {
  const store = useStore();
  const t = useText();
  const status = useChosen((state) => state.status);
  const worded = useChosen((state) => "ui.save.starting" in state.texts);
  const said = useChosen((state) => state.said);
  const failed = status === "failed";
  const screen = (
    <div class="rw-empty rw-starting" role={failed ? "alert" : "status"} aria-busy={!failed}>
      {failed ? (
        <span class="rw-bad">
          <Icon name="error" big />
        </span>
      ) : (
        <span class="rw-busy" aria-hidden="true" />
      )}
      {worded && <h1 class="rw-h3">{t(`ui.starting.${status}`)}</h1>}
      {worded && status === "offline" && <p>{t("ui.starting.offline.help")}</p>}
      {failed && <p>{said?.text}</p>}
      {failed && worded && (
        <button class="rw-btn is-main" type="button" onClick={() => void store.start()}>
          {t("ui.show_again")}
        </button>
      )}
    </div>
  );
  return page ? <main>{screen}</main> : screen;
}

/** A view that stands alone waits for its record, then shows what it is for. */
export function Waiting({ children }: { children: ComponentChildren }) {
  const known = useChosen((state) => Object.keys(state.record).length > 0);
  return known ? children : <Starting />;
}
