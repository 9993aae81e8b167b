// Suggestions for a term while somebody types: asked for after a short rest, and only the last question counts.

import { useEffect, useRef, useState } from "preact/hooks";
import { useStore } from "../context.tsx";
import type { FieldGuide, Term } from "../types.ts";
import type { Option } from "./combo.tsx";
import { nameOfOntology } from "./ontologies.ts";
import { vocabularyOf } from "./used.ts";

/** Milliseconds of rest after which suggestions are asked for. */
export const DEBOUNCE_MS = 120;

export interface Suggested extends Option {
  term: Term;
  confident: boolean;
  /** Points of the search; good for comparing answers to one question. */
  score?: number | undefined;
  /** Whether one of its names begins with what is typed. */
  begins?: boolean | undefined;
}

/** A term as the kernel tells it. */
export interface Match {
  id: string;
  label: string;
  ontology: string;
  why?: string;
  confident?: boolean;
  score?: number;
  begins?: boolean;
  definition?: string;
  /** How many terms stand one step above and below it. */
  broader?: number;
  narrower?: number;
}

export function suggested(match: Match): Suggested {
  const { id, label, ontology, why, confident = false, score, begins, definition } = match;
  const { broader, narrower } = match;
  return { ...asOption({ label, id, ontology }), why, note: definition, broader, narrower, confident, score, begins };
}

/** A term as a suggestion, with no more known of it than itself. */
export function asOption(term: Term): Suggested {
  const latin = term.id?.startsWith("NCBITaxon:");
  const ids = nameOfOntology(term.ontology ?? term.id?.split(/[:_]/)[0]);
  return { key: term.id ?? `=${term.label}`, name: term.label, id: term.id, ids, latin, confident: false, term };
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

export interface Answered {
  found: Suggested[];
  /** The text that they are for: an answer to an older one is no answer. */
  of: string | undefined;
}

/**
 * Follow the suggestions for a text, as long as ``active``; for no text what is taken most. ``at_once`` asks without
 * a rest. The questions are numbered, and the answer to any but the last is dropped.
 */
export function useSuggestions(field: FieldGuide, text: string, active: boolean, atOnce: boolean): Answered {
  const store = useStore();
  const [answer, setAnswer] = useState<Answered>({ found: [], of: undefined });
  const asked = useRef(0);
  const query = text.trim();
  useEffect(() => {
    const mine = ++asked.current;
    if (!active) return;
    const take = (found: Suggested[]) => {
      if (mine === asked.current) setAnswer({ found, of: query });
    };
    const ask = () =>
      store.wire.request("terms", { query, field: vocabularyOf(field), seq: mine }).then(
        ({ content }) => take(((content.items as Match[] | undefined) ?? []).map(suggested)),
        () => take([]),
      );
    const timer = setTimeout(() => void ask(), atOnce ? 0 : DEBOUNCE_MS);
    return () => clearTimeout(timer);
  }, [store, query, field, active]);
  const choices = field.choices ? own(field, text) : [];
  const known = new Set(choices.map(({ name }) => name));
  return { found: [...choices, ...answer.found.filter(({ name }) => !known.has(name))], of: answer.of };
}

/** Milliseconds of rest after which the online service is asked, from so many letters on, and how many terms it adds. */
export const ONLINE_REST_MS = 400;
const ONLINE_LETTERS = 3;
const ONLINE_MOST = 6;
const ONLINE_PATIENCE_MS = 20_000;

/** Follow what the online service adds to the suggestions: it comes later, or never, and nothing waits for it. */
export function useOnline(field: FieldGuide, text: string, active: boolean): Suggested[] {
  const store = useStore();
  const [answer, setAnswer] = useState<Answered>({ found: [], of: undefined });
  const asked = useRef(0);
  const query = text.trim();
  useEffect(() => {
    const mine = ++asked.current;
    if (!active || [...query].length < ONLINE_LETTERS) return;
    const ask = () =>
      store.wire.request("terms-online", { query, field: vocabularyOf(field) }, [], ONLINE_PATIENCE_MS).then(
        ({ content }) => {
          const items = ((content.items as Match[] | undefined) ?? []).slice(0, ONLINE_MOST);
          if (mine === asked.current && content.query === query) setAnswer({ found: items.map(suggested), of: query });
        },
        () => undefined,
      );
    const timer = setTimeout(() => void ask(), ONLINE_REST_MS);
    return () => clearTimeout(timer);
  }, [store, query, field, active]);
  return answer.of === query ? answer.found : NONE;
}

const NONE: Suggested[] = [];

/** A term with what stands one step above and below it. */
export interface Around {
  of: Suggested;
  broader: Suggested[];
  narrower: Suggested[];
  /** The way that was asked for. */
  by: 1 | -1;
}

/** Ask what stands around a term; gives nothing if the kernel does not answer. */
export function useAround(field: FieldGuide): (option: Option, by: 1 | -1) => Promise<Around | undefined> {
  const store = useStore();
  const asked = useRef(0);
  return async (option, by) => {
    const mine = ++asked.current;
    const message = { id: option.id, field: vocabularyOf(field), seq: mine };
    const content = await store.wire.request("term-around", message).then(
      (answer) => answer.content,
      () => undefined,
    );
    if (!content || mine !== asked.current) return undefined;
    const list = (name: string) => ((content[name] as Match[] | undefined) ?? []).map(suggested);
    const [of = option as Suggested] = list("items");
    return { of, broader: list("broader"), narrower: list("narrower"), by };
  };
}
