// A field of the guide, drawn by its kind.

import type { ComponentType } from "preact";
import type { Kind } from "../types.ts";
import { type FieldProps, Frame, type InnerProps } from "./frame.tsx";
import { DateInput, LongInput, QuantityInput, TextInput } from "./text.tsx";

interface Drawing {
  Input: ComponentType<InnerProps>;
  /** Several controls under one name. */
  grouped?: boolean;
  /** A value for which "not applicable" cannot be said. */
  plain?: boolean;
}

const KINDS: Partial<Record<Kind, Drawing>> = {
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
};

export function FieldOf(props: FieldProps) {
  const drawing: Drawing = KINDS[props.field.kind] ?? { Input: TextInput };
  const { Input, grouped = false, plain = false } = drawing;
  return (
    <Frame {...props} grouped={grouped} honest={!plain}>
      {(inner) => <Input {...inner} />}
    </Frame>
  );
}
