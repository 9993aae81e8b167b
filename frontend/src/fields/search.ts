// Suggestions for a term while somebody types: asked for after a short rest, and only the last question counts.

import { useEffect, useRef, useState } from "preact/hooks";
import { useStore } from "../context.tsx";
import type { FieldGuide, Term } from "../types.ts";
import type { Option } from "./combo.tsx";

/** Milliseconds of rest after which suggestions are asked for. */
export const DEBOUNCE_MS = 120;
/** Letters from which on the vocabulary is asked. */
export const LEAST_LETTERS = 2;

export interface Suggested extends Option {
  term: Term;
  confident: boolean;
}

interface Match {
  id: string;
  label: string;
  ontology: string;
  why: string;
  confident: boolean;
}

function suggested({ id, label, ontology, why, confident }: Match): Suggested {
  return { key: id, name: label, id, ids: ontology, why, confident, term: { label, id, ontology } };
}

/** Give the choices of the guide itself that hold the words typed. */
export function own(field: FieldGuide, text: string): Suggested[] {
  const words = text.trim().toLocaleLowerCase();
  const found = (field.choices ?? []).filter((choice) => choice.toLocaleLowerCase().includes(words));
  return found.map((label) => {
    const id = field.ids?.[label];
    const term: Term = id ? { label, id, ontology: id.split(":")[0] ?? "" } : { label };
    const confident = words !== "" && label.toLocaleLowerCase().startsWith(words);
    return { key: label, name: label, id, ids: term.ontology, confident, term };
  });
}

/** Follow the suggestions for a text. ``of`` tells for which text they are: an older answer is no answer. */
export function useSuggestions(field: FieldGuide, text: string): { found: Suggested[]; of: string } {
  const store = useStore();
  const [answer, setAnswer] = useState<{ found: Suggested[]; of: string }>({ found: [], of: "" });
  const asked = useRef(0);
  const query = text.trim();
  useEffect(() => {
    const mine = ++asked.current;
    if (query.length < LEAST_LETTERS) {
      setAnswer({ found: [], of: query });
      return;
    }
    const take = (found: Suggested[]) => {
      if (mine === asked.current) setAnswer({ found, of: query });
    };
    const timer = setTimeout(() => {
      const request = store.wire.request("terms", { query, field: field.terms ?? field.name });
      request.then(
        ({ content }) => take(((content.items as Match[] | undefined) ?? []).map(suggested)),
        () => take([]),
      );
    }, DEBOUNCE_MS);
    return () => clearTimeout(timer);
  }, [store, query, field]);
  const choices = field.choices ? own(field, text) : [];
  const known = new Set(choices.map(({ name }) => name));
  return { found: [...choices, ...answer.found.filter(({ name }) => !known.has(name))], of: answer.of };
}
