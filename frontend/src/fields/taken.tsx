// A term that was taken: its label, its identifier, or the mark that it is free text.

import { useText } from "../context.tsx";
import { Icon } from "../icons.tsx";
import type { FieldGuide, Term } from "../types.ts";
import { AskFor } from "./asked.tsx";

interface Props {
  term: Term;
  label: string;
  field: FieldGuide;
  closed: boolean;
  change(): void;
  remove(): void;
}

const MOVES: Record<string, number> = { ArrowLeft: -1, ArrowUp: -1, ArrowRight: 1, ArrowDown: 1 };

/** Give the focus to the same button of a neighbour. */
function toNeighbour(button: HTMLElement, by: number): void {
  const kind = button.dataset.act;
  const all = [...(button.closest(".rw-terms")?.querySelectorAll<HTMLElement>(`[data-act=${kind}]`) ?? [])];
  all[all.indexOf(button) + by]?.focus();
}

export function Taken({ term, label, field, closed, change, remove }: Props) {
  const t = useText();
  const latin = term.id?.startsWith("NCBITaxon:");
  const said = { field: label, term: term.label };
  const press = (event: KeyboardEvent) => {
    const by = MOVES[event.key];
    const gone = event.key === "Delete" || event.key === "Backspace";
    if ((!by && !gone) || event.altKey || event.ctrlKey || event.metaKey) return;
    event.preventDefault();
    if (by) toNeighbour(event.target as HTMLElement, by);
    else remove();
  };
  return (
    <div class={term.id ? "rw-taken" : "rw-taken is-free"}>
      {latin ? <i>{term.label}</i> : <span>{term.label}</span>}
      {term.id ? (
        <span class="rw-id">{term.id}</span>
      ) : (
        <span class="rw-chip is-warn">
          <Icon name="warning" />
          {t("ui.terms.free_text")}
        </span>
      )}
      {!closed && (
        // biome-ignore lint/a11y/noStaticElementInteractions: it only hears what bubbles up from the buttons inside it
        <span class="rw-takenbtns" onKeyDown={press}>
          <button
            class="rw-btn is-small is-quiet"
            type="button"
            data-act="change"
            aria-label={t(term.id ? "ui.form.change_term" : "ui.form.find_term_for", said)}
            onClick={change}
          >
            {t(term.id ? "ui.form.change" : "ui.form.find_term")}
          </button>
          <button
            class="rw-btn is-small is-quiet"
            type="button"
            data-act="remove"
            aria-label={t("ui.form.remove_term", said)}
            title={t("ui.form.remove")}
            onClick={remove}
          >
            <Icon name="cross" />
          </button>
        </span>
      )}
      {!term.id && !closed && <AskFor field={field} text={term.label} />}
    </div>
  );
}
