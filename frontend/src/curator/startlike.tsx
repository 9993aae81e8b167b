// A study that begins like another one: which, whether its values come along, and its people only when asked.

import { useText, useWay } from "../context.tsx";
import { FolderField } from "./folders.tsx";

export interface Like {
  folder: string;
  values: "keep" | "clear";
  people: boolean;
}

export const UNLIKE: Like = { folder: "", values: "keep", people: false };

interface Props {
  like: Like;
  change(like: Like): void;
  root: string;
}

export function StartLike({ like, change, root }: Props) {
  const t = useText();
  const { prefix } = useWay();
  return (
    <details class="rw-unfold rw-startlike">
      <summary>{t("ui.sections.start_like")}</summary>
      <FolderFieldLike like={like} change={change} root={root} />
      <fieldset class="rw-likechoice">
        <legend class="rw-label">{t("ui.sections.like_values")}</legend>
        <div class="rw-choices">
          {(["keep", "clear"] as const).map((name) => (
            <label class="rw-choice" key={name}>
              <input
                type="radio"
                name={`${prefix}-like`}
                checked={like.values === name}
                onChange={() => change({ ...like, values: name })}
              />
              {t(`ui.sections.like_${name}`)}
            </label>
          ))}
          <label class="rw-choice">
            <input type="checkbox" checked={like.people} onChange={() => change({ ...like, people: !like.people })} />
            {t("ui.sections.like_people")}
          </label>
        </div>
      </fieldset>
    </details>
  );
}

function FolderFieldLike({ like, change, root }: Props) {
  const t = useText();
  return (
    <FolderField
      value={like.folder}
      change={(folder) => change({ ...like, folder })}
      root={root}
      id="like"
      label={t("ui.sections.like_folder")}
      help={t("ui.sections.like_folder.help")}
    />
  );
}
