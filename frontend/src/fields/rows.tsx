// A field that holds rows: channels, labels, variables and the like.

import { useChosen } from "../context.tsx";
import { Cards } from "../form/cards.tsx";
import { SPECIAL } from "../form/special.ts";
import type { Node } from "../types.ts";
import type { InnerProps } from "./frame.tsx";
import { itemsOf } from "./values.ts";

export function RowsInput({ field, path, held, label }: InnerProps) {
  const section = useChosen((state) => state.guide.sections[field.rows ?? ""]);
  if (!section) return null;
  const Special = SPECIAL[section.name];
  if (Special) return <Special section={section} path={path} />;
  return <Cards section={section} path={path} items={itemsOf<Node>(held.value)} label={label} />;
}
