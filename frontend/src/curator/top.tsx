// The top bar: whose data, is it saved, undo and redo, language, the first target's light, export.

import { useChosen, useStore, useTargets, useText, useWay } from "../context.tsx";
import { AppMark, Icon, Light } from "../icons.tsx";
import { People } from "../writers/people.tsx";
import { clock, day } from "./ask.ts";
import { keepLanguage, ThemeButton } from "./theme.tsx";

/** Whether everything is on the disk, in words; read aloud when it changes. */
export function SaveState() {
  const t = useText();
  const lang = useChosen((state) => state.lang);
  const status = useChosen((state) => state.status);
  const unsaved = useChosen((state) => state.unsaved);
  const saved = useChosen((state) => state.saved);
  let shown = { tone: "", icon: "check", words: t("ui.save.nothing"), wide: "" };
  if (status === "failed") shown = { tone: "is-error", icon: "error", words: t("ui.save.failed"), wide: "" };
  else if (status === "starting") shown = { tone: "", icon: "", words: t("ui.save.starting"), wide: "" };
  else if (status === "offline") {
    const words = unsaved ? t.n("ui.save.offline", unsaved) : t("ui.save.offline.none");
    shown = { tone: "is-warn", icon: "offline", words, wide: "" };
  } else if (unsaved) shown = { tone: "", icon: "", words: t.n("ui.save.saving", unsaved), wide: "" };
  else if (saved) {
    const at = new Date(saved);
    const today = at.toDateString() === new Date().toDateString();
    const when = today ? t("ui.save.at", { time: clock(at, lang) }) : t("ui.save.on", { day: day(at, lang) });
    shown = { tone: "", icon: "check", words: t("ui.save.saved"), wide: Number.isNaN(at.valueOf()) ? "" : when };
  }
  return (
    <p class={`rw-save ${shown.tone}`} role="status">
      {shown.icon ? <Icon name={shown.icon} /> : <span class="rw-busy" aria-hidden="true" />}
      <span>
        {shown.words}
        {shown.wide && <span class="is-wideonly"> {shown.wide}</span>}
      </span>
    </p>
  );
}

export function UndoRedo() {
  const store = useStore();
  const t = useText();
  const undo = useChosen((state) => state.undo);
  const redo = useChosen((state) => state.redo);
  return (
    <>
      <HistoryButton name="undo" can={undo} label={t(undo ? "ui.undo" : "ui.undo.none")} act={() => store.undo()} />
      <HistoryButton name="redo" can={redo} label={t(redo ? "ui.redo" : "ui.redo.none")} act={() => store.redo()} />
    </>
  );
}

/** A button that stays reachable when there is nothing to do, so that focus is not lost under a person's hands. */
function HistoryButton(props: { name: string; can: boolean; label: string; act: () => unknown }) {
  return (
    <button
      class="rw-btn is-icon"
      type="button"
      aria-label={props.label}
      title={props.label}
      aria-disabled={!props.can}
      onClick={() => props.can && props.act()}
    >
      <Icon name={props.name} />
    </button>
  );
}

const LANGUAGES = [
  { lang: "en", short: "EN", name: "EN, English" },
  { lang: "fr", short: "FR", name: "FR, français" },
];

export function LanguageSwitch() {
  const store = useStore();
  const t = useText();
  const now = useChosen((state) => state.lang);
  return (
    // biome-ignore lint/a11y/useSemanticElements: no form, so no fieldset
    <span class="rw-lang" role="group" aria-label={t("ui.language")}>
      {LANGUAGES.map(({ lang, short, name }) => (
        <button
          key={lang}
          type="button"
          aria-pressed={lang === now}
          lang={lang}
          aria-label={name}
          onClick={() => {
            keepLanguage(lang);
            store.hush();
            void store.speak(lang).catch(() => undefined);
          }}
        >
          {short}
        </button>
      ))}
    </span>
  );
}

/** Words for a light: they carry the meaning, its shape only repeats it. */
export function useLightWords() {
  const t = useText();
  return (state: "ready" | "near" | "far" | "off") => t(`ui.light.${state}`);
}

function TargetButton() {
  const way = useWay();
  const t = useText();
  const words = useLightWords();
  const [target = "isatab"] = useTargets();
  const light = useChosen((state) => state.report?.targets[target]);
  const state = light?.state ?? "off";
  const name = t(`guide.target.${target}`);
  const left = light ? t.n("ui.left", light.left) : t("ui.light.unknown");
  return (
    <button
      class="rw-btn"
      type="button"
      aria-label={`${light ? words(state) : t("ui.light.unknown")}: ${name}, ${left}`}
      onClick={() => way.go({ section: "findings" })}
    >
      <Light state={state} />
      <span>
        <span class="is-wideonly">{name}, </span>
        <span class="rw-num">{light && light.left === 0 ? t("ui.light.ready") : left}</span>
      </span>
    </button>
  );
}

export function TopBar({ page }: { page: boolean }) {
  const way = useWay();
  const t = useText();
  const title = useChosen((state) => state.title) || t("ui.untitled");
  return (
    <header class="rw-top">
      <AppMark />
      <button
        class="rw-dataset"
        type="button"
        title={t("ui.change_start")}
        aria-label={`${title}: ${t("ui.change_start")}`}
        onClick={() => way.go({ section: "start" })}
      >
        <span>{title}</span>
      </button>
      <SaveState />
      <span class="rw-gap" />
      <People />
      <UndoRedo />
      {page && <ThemeButton />}
      <LanguageSwitch />
      <TargetButton />
      <button class="rw-btn" type="button" onClick={() => way.go({ section: "findings", id: "export" })}>
        <Icon name="out" />
        {t("ui.export")}
      </button>
    </header>
  );
}
