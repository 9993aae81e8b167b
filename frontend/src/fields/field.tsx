// A field of the guide, drawn by its kind.

import type { ComponentType } from "preact";
import { INPUTS } from "../form/special.ts";
import type { Kind } from "../types.ts";
import { ChoiceInput, ChoicesInput, FlagInput } from "./choice.tsx";
import { type FieldProps, Frame, type InnerProps } from "./frame.tsx";
import { RefInput, RefsInput } from "./ref.tsx";
import { RowsInput } from "./rows.tsx";
import { TermInput } from "./term.tsx";
import { DateInput, LongInput, QuantityInput, TextInput } from "./text.tsx";
import { TextsInput } from "./texts.tsx";

export interface Drawing {
  Input: ComponentType<InnerProps>;
  /** Several controls under one name. */
  grouped?: boolean;
  /** A value for which "not applicable" cannot be said. */
  plain?: boolean;
}

const KINDS: Record<Kind, Drawing> = {
  text: { Input: TextInput },
  long: { Input: LongInput },
  number: { Input: TextInput },
  quantity: { Input: QuantityInput },
  date: { Input: DateInput },
  url: { Input: TextInput },
  email: { Input: TextInput },
  orcid: { Input: TextInput },
  ror: { Input: TextInput },
  doi: { Input: TextInput },
  choice: { Input: ChoiceInput },
  choices: { Input: ChoicesInput, grouped: true },
  flag: { Input: FlagInput, grouped: true },
  texts: { Input: TextsInput, grouped: true },
  term: { Input: TermInput, grouped: true },
  terms: { Input: TermInput, grouped: true },
  ref: { Input: RefInput, plain: true },
  refs: { Input: RefsInput, grouped: true },
  rows: { Input: RowsInput, grouped: true, plain: true },
};

export function FieldOf(props: FieldProps) {
  const drawing: Drawing = INPUTS[`${props.section}.${props.field.name}`] ??
    KINDS[props.field.kind] ?? { Input: TextInput };
  const { Input, grouped = false, plain = false } = drawing;
  return (
    <Frame {...props} grouped={grouped} honest={!plain}>
      {(inner) => <Input {...inner} />}
    </Frame>
  );
}
