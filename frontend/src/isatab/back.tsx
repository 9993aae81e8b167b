// The way back to where a person was led from: a button for all, Escape for the keyboard.

import { type Place, useText, useWay } from "../context.tsx";
import { Icon } from "../icons.tsx";

export function BackBar({ back }: { back: Place }) {
  const t = useText();
  const way = useWay();
  return (
    <div class="rw-backbar">
      <button class="rw-btn" type="button" onClick={() => way.go(back)}>
        <Icon name="left" />
        {t("ui.isa.back")}
      </button>
      <span class="rw-two is-wideonly">{t("ui.isa.back.help")}</span>
    </div>
  );
}
