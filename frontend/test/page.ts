/// <reference types="vite/client" />
// A view on a page with a small kernel behind it, in the real texts and styles.

import "../src/styles.css";
import { render } from "../src/main.tsx";
import type { Edit } from "../src/types.ts";
import { GUIDE, TEXTS } from "./guide.ts";
import { FakeModel, type Kernel } from "./model.ts";

export interface Page {
  model: FakeModel;
  el: HTMLElement;
  leave(): void;
  /** The edits that the view sent, one list a change. */
  edits(): Edit[][];
}

interface Given extends Partial<Kernel> {
  kind?: string;
  section?: string;
  options?: object;
  lang?: string;
  value?: unknown;
}

/** Show a view and wait until it is drawn. */
export async function show({
  kind = "form",
  section = "",
  options = {},
  lang = "en",
  value,
  ...kernel
}: Given): Promise<Page> {
  const el = document.createElement("div");
  document.body.append(el);
  const model = new FakeModel(
    { kind, section, options, lang, value },
    { folder: null, guide: GUIDE, texts: TEXTS, ...kernel, marks: { ...kernel.marks } },
  );
  const leave = render({ model, el });
  for (let n = 0; n < 200 && !el.querySelector(".rw-field, .rw-empty"); n++) await rest(10);
  return {
    model,
    el,
    leave: () => {
      leave();
      el.remove();
    },
    edits: () =>
      model.kernel.heard.filter(({ kind: said }) => said === "edits").map((message) => message.edits as Edit[]),
  };
}

export function rest(ms: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, ms));
}

/** Find a control by its name, as a screen reader does. */
export function named(el: HTMLElement, name: string): HTMLElement {
  const found = [...el.querySelectorAll<HTMLElement>("input, textarea, select, button, [role=tab]")].find(
    (control) => nameOf(control) === name,
  );
  if (!found) throw new Error(`no control is called ${name}`);
  return found;
}

export function nameOf(control: HTMLElement): string {
  const ids = control.getAttribute("aria-labelledby");
  if (ids)
    return ids
      .split(" ")
      .map((id) => document.getElementById(id)?.textContent ?? "")
      .join(" ")
      .trim();
  const own = control.getAttribute("aria-label");
  if (own) return own;
  const labels = (control as HTMLInputElement).labels;
  if (labels?.length)
    return [...labels]
      .map((label) => label.textContent ?? "")
      .join(" ")
      .trim();
  return (control.textContent ?? "").trim();
}
