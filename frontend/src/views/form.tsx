// A form alone: in a notebook cell, one entity of its own or the list of a curation.

import { useMemo } from "preact/hooks";
import { useChosen, useSection, useStore, useText } from "../context.tsx";
import { AloneRow } from "../form/row.tsx";
import { Body, SectionScreen } from "../form/section.tsx";
import { Icon } from "../icons.tsx";
import type { Model } from "../wire.ts";
import { News } from "../writers/news.tsx";

interface Options {
  single?: boolean;
  path?: string;
}

const SAVE: Record<string, { tone: string; icon: string }> = {
  offline: { tone: "is-warn", icon: "offline" },
  saved: { tone: "", icon: "check" },
};

/** Whether the work is safe, in words. */
function SaveState() {
  const t = useText();
  const status = useChosen((state) => state.status);
  const unsaved = useChosen((state) => state.unsaved);
  const saved = useChosen((state) => state.saved);
  const lang = useChosen((state) => state.lang);
  const said = useMemo(() => {
    if (status === "offline") return t.n("ui.form.kept", unsaved);
    if (unsaved > 0) return t("ui.form.saving");
    const at = saved ? new Date(saved) : undefined;
    if (!at || Number.isNaN(at.getTime())) return "";
    const time = at.toLocaleTimeString(lang, { hour: "2-digit", minute: "2-digit" });
    return t("ui.form.saved_at", { time: lang === "fr" ? time.replace(":", " h ") : time });
  }, [t, status, unsaved, saved, lang]);
  const { tone, icon } = SAVE[status] ?? { tone: "", icon: "check" };
  return (
    <p class={`rw-save ${tone}`} role="status">
      {said &&
        (status !== "offline" && unsaved > 0 ? <span class="rw-busy" aria-hidden="true" /> : <Icon name={icon} />)}
      {said}
    </p>
  );
}

function Bar({ title }: { title: string }) {
  const t = useText();
  const store = useStore();
  const undo = useChosen((state) => state.undo);
  const redo = useChosen((state) => state.redo);
  return (
    <div class="rw-viewbar">
      <h2>{title}</h2>
      <SaveState />
      <span class="rw-gap" />
      <button
        class="rw-btn is-icon"
        type="button"
        aria-label={t("ui.form.undo")}
        title={t("ui.form.undo")}
        disabled={!undo}
        onClick={() => void store.undo()}
      >
        <Icon name="undo" />
      </button>
      <button
        class="rw-btn is-icon"
        type="button"
        aria-label={t("ui.form.redo")}
        title={t("ui.form.redo")}
        disabled={!redo}
        onClick={() => void store.redo()}
      >
        <Icon name="redo" />
      </button>
    </div>
  );
}

function Said() {
  const store = useStore();
  const t = useText();
  const said = useChosen((state) => state.said);
  return (
    <div role="status">
      {said && (
        <div class={`rw-banner is-${said.tone} rw-waiting`}>
          <Icon name={said.tone} />
          <div>{said.text}</div>
          <div class="rw-btns">
            <button class="rw-btn is-small" type="button" onClick={() => store.hush()}>
              {t("ui.form.close")}
            </button>
          </div>
        </div>
      )}
    </div>
  );
}

export function FormView({ model }: { model: Model }) {
  const name = String(model.get("section"));
  const { single = false, path = "" } = (model.get("options") ?? {}) as Options;
  const section = useSection(name);
  const status = useChosen((state) => state.status);
  const t = useText();
  const store = useStore();
  const press = (event: KeyboardEvent) => {
    if (event.key.toLowerCase() !== "z" || !(event.ctrlKey || event.metaKey) || event.altKey) return;
    event.preventDefault();
    void (event.shiftKey ? store.redo() : store.undo());
  };
  if (!section || status === "starting") return <div class="rw-view" aria-busy="true" />;
  const rows = section.kind === "table";
  return (
    // biome-ignore lint/a11y/noStaticElementInteractions: it only hears what bubbles up from the controls inside it
    <div class="rw-view" onKeyDown={press}>
      <Bar title={t(`guide.${name}.${single || section.kind === "one" ? "label" : "plural"}`)} />
      <Said />
      <News />
      {!single ? (
        <SectionScreen section={name} headless />
      ) : (
        <div class="rw-formsheet" tabIndex={-1}>
          {rows ? <AloneRow section={section} path={path} /> : <Body section={section} path={path} />}
        </div>
      )}
    </div>
  );
}
