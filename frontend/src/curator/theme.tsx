// Light or dark on the app's own page: the person's choice stays, else the host's theme is followed.

import { useEffect } from "preact/hooks";
import { useText } from "../context.tsx";
import { Icon } from "../icons.tsx";

const KEY = "rembi-theme";

function kept(): string | null {
  try {
    return localStorage.getItem(KEY);
  } catch {
    return null;
  }
}

/** Show the page in the theme that was chosen before, and name its language for those who listen to it. */
export function usePage(page: boolean, lang: string): void {
  useEffect(() => {
    const theme = kept();
    if (page && theme) document.documentElement.dataset.theme = theme;
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
    try {
      localStorage.setItem(KEY, theme);
    } catch {
      // The choice then lasts as long as the page.
    }
  };
  return (
    <button class="rw-btn is-icon" type="button" aria-label={t("ui.theme")} title={t("ui.theme")} onClick={turn}>
      <Icon name="sun" />
    </button>
  );
}
