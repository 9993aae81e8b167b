// Which component draws which kind of widget.

import type { ComponentType } from "preact";
import type { Model } from "../wire.ts";
import { CuratorView } from "./curator.tsx";
import { FindingsView } from "./findings.tsx";
import { FormView } from "./form.tsx";
import { PreviewView } from "./preview.tsx";
import { TableView } from "./table.tsx";
import { TermView } from "./term.tsx";

export const VIEWS: Record<string, ComponentType<{ model: Model }>> = {
  curator: CuratorView,
  findings: FindingsView,
  form: FormView,
  preview: PreviewView,
  table: TableView,
  term: TermView,
};
