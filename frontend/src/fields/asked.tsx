// "Ask for this term": the way to the editors of the ontology that lacks it. It opens outside, and only when pressed.

import { useText } from "../context.tsx";
import { Icon } from "../icons.tsx";
import type { FieldGuide } from "../types.ts";
import { placesToAsk } from "./ontologies.ts";

interface Props {
  field: FieldGuide;
  text: string;
  /** In the foot of a list, which closes when the focus leaves the input. */
  inList?: boolean;
}

export function AskFor({ field, text, inList = false }: Props) {
  const t = useText();
  const places = placesToAsk(field, text);
  if (!text || !places.length) return null;
  return (
    <span class={inList ? "rw-ask is-inlist" : "rw-ask"}>
      {t("ui.terms.ask")}{" "}
      {places.map(({ name, url }) => (
        <a
          key={name}
          class="rw-link"
          href={url}
          target="_blank"
          rel="noopener noreferrer"
          tabIndex={inList ? -1 : undefined}
          aria-label={t("ui.terms.ask_at", { term: text, name })}
        >
          {name}
          <Icon name="outside" />
        </a>
      ))}
    </span>
  );
}
