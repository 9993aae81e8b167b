// Which component draws which kind of widget.

import type { ComponentType } from "preact";
import type { Model } from "../wire.ts";
import { FormView } from "./form.tsx";
import { TermView } from "./term.tsx";

export const VIEWS: Record<string, ComponentType<{ model: Model }>> = {
  form: FormView,
  term: TermView,
};
