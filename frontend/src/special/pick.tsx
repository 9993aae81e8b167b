// Choosing one of many by its name, or making one of a new name.

import { useEffect, useRef, useState } from "preact/hooks";
import { useText } from "../context.tsx";
import { Combo, type Option } from "../fields/combo.tsx";
import { Icon } from "../icons.tsx";

const NEW = "\u0000new";
/** Names listed at once; typing finds the others. */
const LISTED = 12;

interface Props {
  label: string;
  labelledBy?: string;
  id?: string;
  describedBy?: string | undefined;
  placeholder?: string | undefined;
  items: { id: string; title: string; note?: string | undefined }[];
  /** The name of what is chosen. */
  shown: string;
  /** How making one of a name is offered. */
  offer(name: string): string;
  pick(id: string): void;
  make(name: string): void;
  /** Empty after each choice: for a list that grows. */
  clears?: boolean;
}

function fold(text: string): string {
  return text.trim().toLocaleLowerCase();
}

export function Pick(props: Props) {
  const { label, items, shown, pick, make, clears } = props;
  const t = useText();
  const [typed, setTyped] = useState<string>();
  const [left, setLeft] = useState(false);
  const input = useRef<HTMLInputElement>(null);
  const words = fold(typed ?? "");
  const exact = items.find((item) => fold(item.title) === words);
  const found = items.filter((item) => fold(item.title).includes(words)).slice(0, LISTED);
  const options: Option[] = found.map(({ id, title, note }) => ({ key: id, name: title, note }));
  if (words && !exact) options.push({ key: NEW, name: props.offer((typed ?? "").trim()) });
  const starting = found.findIndex((item) => fold(item.title).startsWith(words));
  const preferred = !words ? -1 : exact ? found.indexOf(exact) : starting >= 0 ? starting : options.length - 1;
  useEffect(() => setTyped(undefined), [shown]);
  const take = (option: Option | undefined) => {
    const name = (typed ?? "").trim();
    setTyped(undefined);
    setLeft(false);
    if (option && option.key !== NEW) pick(option.key);
    else if (exact) pick(exact.id);
    else if (name) make(name);
  };
  const unsettled = left && words !== "";
  return (
    <>
      <Combo
        attrs={{
          "aria-label": label,
          ...(props.id ? { id: props.id } : {}),
          ...(props.describedBy ? { "aria-describedby": props.describedBy } : {}),
          ...(unsettled ? { "aria-invalid": "true" } : {}),
        }}
        label={label}
        labelledBy={props.labelledBy}
        placeholder={props.placeholder}
        input={input}
        text={typed ?? (clears ? "" : shown)}
        options={options}
        preferred={preferred}
        onText={(text) => {
          setTyped(text);
          setLeft(false);
        }}
        onTake={take}
        onEnter={() => words && take(undefined)}
        onLeave={(option) => {
          if (typed === undefined || !words) return setTyped(undefined);
          if (option || exact) take(option);
          else setLeft(true);
        }}
        onEscape={() => {
          if (typed === undefined) return false;
          setTyped(undefined);
          setLeft(false);
          return true;
        }}
      />
      {unsettled && (
        <p class="rw-says is-warn" role="alert">
          <Icon name="warning" />
          <span>{t("ui.special.pick_or_add", { name: (typed ?? "").trim() })}</span>
        </p>
      )}
    </>
  );
}
