// The combobox of microscopes: by name, with maker, model and file to tell them apart.

import { useEffect, useState } from "preact/hooks";
import { useText } from "../context.tsx";
import { Combo, type Option } from "../fields/combo.tsx";
import { Icon } from "../icons.tsx";
import type { Microscope } from "./microscope.tsx";

/** Microscopes listed at once; typing finds the others. */
const LISTED = 12;

interface Props {
  items: Microscope[];
  chosen: Microscope | undefined;
  pick(key: string): void;
  id: string;
}

const fold = (text: string) => text.trim().toLocaleLowerCase();

export function MicroscopePick({ items, chosen, pick, id }: Props) {
  const t = useText();
  const [typed, setTyped] = useState<string>();
  const [left, setLeft] = useState(false);
  useEffect(() => setTyped(undefined), [chosen?.key]);
  const words = fold(typed ?? "");
  const found = items.filter((item) => fold(`${item.name} ${item.note} ${item.source}`).includes(words));
  const options: Option[] = found.slice(0, LISTED).map((item) => ({
    key: item.key,
    name: item.name,
    note: [item.note, item.source].filter(Boolean).join(" · "),
  }));
  const take = (option: Option | undefined) => {
    const exact = option ?? options.find(({ name }) => fold(name) === words);
    if (!exact) return setLeft(words !== "");
    setTyped(undefined);
    setLeft(false);
    pick(exact.key);
  };
  const lost = left && words !== "" && !options.length;
  const label = t("ui.scope.which");
  return (
    <div class="rw-field">
      <div class="rw-label">
        <label for={id}>{label}</label>
      </div>
      <Combo
        attrs={{
          id,
          ...(lost ? { "aria-invalid": "true", "aria-describedby": `${id}-lost` } : {}),
        }}
        label={label}
        placeholder={t("ui.scope.choose")}
        text={typed ?? chosen?.name ?? ""}
        options={options}
        preferred={words && options.length ? 0 : -1}
        onText={(text) => {
          setTyped(text);
          setLeft(false);
        }}
        onTake={take}
        onEnter={() => take(undefined)}
        onLeave={(option) => {
          if (option) take(option);
          else if (words && !options.length) setLeft(true);
          else setTyped(undefined);
        }}
        onEscape={() => {
          if (typed === undefined) return false;
          setTyped(undefined);
          setLeft(false);
          return true;
        }}
      />
      {lost && (
        <p class="rw-says is-warn" role="alert" id={`${id}-lost`}>
          <Icon name="warning" />
          <span>{t("ui.scope.nothing_like", { name: (typed ?? "").trim() })}</span>
        </p>
      )}
    </div>
  );
}
