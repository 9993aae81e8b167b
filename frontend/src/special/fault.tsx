// What could not be asked, and the button that asks again.

import { useText } from "../context.tsx";
import { Icon } from "../icons.tsx";

export function Fault({ fault, again }: { fault: string; again: () => void }) {
  const t = useText();
  return (
    <div class="rw-banner is-error rw-waiting" role="alert">
      <Icon name="error" />
      <div>{fault || t("ui.no_answer")}</div>
      <div class="rw-btns">
        <button class="rw-btn is-small" type="button" onClick={again}>
          {t("ui.try_again")}
        </button>
      </div>
    </div>
  );
}
