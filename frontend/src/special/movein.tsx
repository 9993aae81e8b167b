// Folders with images of other components, or of none: they can be moved into this one.

import { useChosen, useStore, useText } from "../context.tsx";
import { useOpen } from "../form/aim.tsx";
import { Icon } from "../icons.tsx";
import { FolderName, useCount, useFolderName } from "./foldername.tsx";
import { useNames } from "./names.ts";
import type { Other } from "./told.ts";

interface Props {
  component: string;
  others: Other[];
  tell(said: string): void;
}

export function MoveIn({ component, others, tell }: Props) {
  const t = useText();
  const store = useStore();
  const say = useCount();
  const name = useFolderName();
  const names = useNames("components");
  const lone = useChosen((state) => (state.record.components as unknown[] | undefined)?.length === 1);
  const [open, setOpen] = useOpen([], others.some((other) => other.components[""]) && lone);
  const move = async (other: Other) => {
    const answer = await store.ask("assign", { component, folder: other.folder, below: other.below });
    const count = Number(answer?.count ?? 0);
    if (answer) tell(t.n("ui.special.moved", count, { count: say(count) }));
  };
  const where = ({ components }: Other) =>
    Object.keys(components)
      .map((id) => (id ? (names.name(id) ?? id) : t("ui.special.nowhere")))
      .join(", ");
  return (
    <details class="rw-fold" open={open} onToggle={(event) => setOpen(event.currentTarget.open)}>
      <summary>
        <Icon name="right" />
        {t("ui.special.take_more")}
      </summary>
      <ul class="rw-files" aria-label={t("ui.special.take_more")}>
        {others.map((other) => (
          <li key={other.folder}>
            <Icon name="folder" />
            <div>
              <FolderName folder={other.folder} below={other.below} count={other.count} />
              <br />
              <span class="rw-two">{t("ui.special.now_in", { component: where(other) })}</span>
            </div>
            <button
              class="rw-btn is-small"
              type="button"
              aria-label={t("ui.special.move_here_from", { folder: name(other.folder, other.below) })}
              onClick={() => void move(other)}
            >
              {t("ui.special.move_here")}
            </button>
          </li>
        ))}
      </ul>
    </details>
  );
}
