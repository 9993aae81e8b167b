// Light or dark on the app's own page: the person's choice stays, else the system's is followed; elsewhere the host's theme holds.

import { useEffect } from "preact/hooks";
import { useStore, useText } from "../context.tsx";
import { Icon } from "../icons.tsx";

const THEME = "rembi-theme";
const LANGUAGE = "rembi-language";

function kept(key: string): string | null {
  try {
    return localStorage.getItem(key);
  } catch {
    return null;
  }
}

function keep(key: string, value: string): void {
  try {
    localStorage.setItem(key, value);
  } catch {
    // The choice then lasts as long as the page.
  }
}

/** Remember the language a person chose, for the next visit. */
export function keepLanguage(lang: string): void {
  keep(LANGUAGE, lang);
}

/** Show the page as a person chose it before, and name its language for those who listen to it. */
export function usePage(page: boolean, lang: string): void {
  const store = useStore();
  useEffect(() => {
    if (!page) return;
    const language = kept(LANGUAGE);
    if (language && language !== store.state.lang) void store.speak(language).catch(() => undefined);
  }, [store, page]);
  useEffect(() => {
    if (!page) return;
    const dark = matchMedia("(prefers-color-scheme: dark)");
    const show = () => {
      document.documentElement.dataset.theme = kept(THEME) ?? (dark.matches ? "dark" : "light");
    };
    show();
    dark.addEventListener("change", show);
    return () => dark.removeEventListener("change", show);
  }, [page]);
  useEffect(() => {
    if (page) document.documentElement.lang = lang;
  }, [page, lang]);
}

export function ThemeButton() {
  const t = useText();
  const turn = (event: Event) => {
    const dark = getComputedStyle(event.currentTarget as Element).colorScheme === "dark";
    const theme = dark ? "light" : "dark";
    document.documentElement.dataset.theme = theme;
    keep(THEME, theme);
  };
  return (
    <button
      class="rw-btn is-icon rw-themebtn"
      type="button"
      aria-label={t("ui.theme")}
      title={t("ui.theme")}
      onClick={turn}
    >
      <Icon name="sun" />
    </button>
  );
}
