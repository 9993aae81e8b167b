// A folder of images as these screens write it, with how many there are.

import { useChosen, useText } from "../context.tsx";
import { number } from "../curator/ask.ts";

/** Write counts with the spaces or commas of the person's language. */
export function useCount(): (n: number) => string {
  const lang = useChosen((state) => state.lang);
  return (n) => number(n, lang, 0);
}

export function useFolderName(): (folder: string, below?: boolean) => string {
  const t = useText();
  return (folder, below) => (folder ? `${folder}/${below ? "…" : ""}` : t("ui.special.dataset_folder"));
}

export function FolderName({ folder, below, count }: { folder: string; below: boolean; count: number }) {
  const t = useText();
  const say = useCount();
  const name = useFolderName();
  return (
    <span>
      <code>{name(folder, below)}</code>{" "}
      <span class="rw-two rw-num">{t.n("ui.special.images", count, { count: say(count) })}</span>
    </span>
  );
}
