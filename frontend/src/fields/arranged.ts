// What a list of suggestions shows, in which order and under which headings.

import type { Say } from "../context.tsx";
import type { Term } from "../types.ts";
import type { Option } from "./combo.tsx";
import { fold } from "./fold.ts";
import { type Around, asOption, type Suggested } from "./search.ts";
import { keyOf, type Used } from "./used.ts";

export const FREE = "\u0000free";
/** Used and recent terms shown, with nothing typed and beside what was found. */
const OPENED = 5;
const BESIDE = 3;
/** Points by which what is known from before may be behind the best and still be meant rather. */
const HEAD_START = 150;
/** Letters below which nobody has said yet what they mean: that nothing fits is no news then. */
const TOO_FEW = 3;

export interface Told {
  options: Option[];
  /** The option that Enter takes if no other was chosen; -1 for none. */
  preferred: number;
  /** Whether Tab goes on without taking what is preferred: it is a guess. */
  timid?: boolean;
  /** What stands above the options. */
  notice?: string | undefined;
}

export interface Given {
  typed: string;
  /** Whether ``found`` is what was found for ``typed``. */
  answered: boolean;
  found: Suggested[];
  used: Used[];
  recent: Term[];
  /** What the online service adds. */
  online: Suggested[];
  /** Terms that the field holds already. */
  held: Term[];
}

type Text = Say & { n: (key: string, n: number, values?: Record<string, unknown>) => string };

function hasWords(term: Term, typed: string): boolean {
  const words = fold(typed).split(/\s+/);
  const said = ` ${fold(`${term.label} ${term.id ?? ""}`)}`;
  return words.every((word) => said.includes(` ${word}`));
}

/** Terms known from before that fit what is typed, with all that the search found out about them. */
function known(terms: Term[], { typed, found, held }: Given, out: Set<string>): Suggested[] {
  const taken = new Set(held.map(keyOf));
  const fitting = terms.flatMap((term) => {
    const key = keyOf(term);
    const same = found.find((option) => keyOf(option.term) === key);
    if (taken.has(key) || out.has(key) || !(same || !typed || hasWords(term, typed))) return [];
    return same ?? asOption(term);
  });
  const chosen = fitting.slice(0, typed ? BESIDE : OPENED);
  for (const option of chosen) out.add(keyOf(option.term));
  return chosen;
}

function kept(t: Text, typed: string, group: string | undefined): Option {
  const note = t("ui.form.keep_free_note");
  return { key: FREE, name: t("ui.form.keep_free", { text: typed }), ids: t("ui.form.no_id"), note, group };
}

/** Put in order what is known and what was found: what the study uses, what was taken lately, the rest. */
export function arranged(t: Text, given: Given): Told {
  const { typed, answered, found } = given;
  const sure = found[0]?.confident === true;
  const under = (options: Suggested[], name: string): Option[] =>
    options.map((option) => ({ ...option, marks: typed, group: t(`ui.terms.group.${name}`) }));
  const out = new Set<string>();
  const terms = given.used.map(({ term }) => term);
  const used = under(known(terms, given, out), "used").map((option) => counted(t, option, given.used));
  const recent = under(known(given.recent, given, out), "recent");
  const others = found.filter((option) => !out.has(keyOf(option.term)));
  const begun = found.filter(({ begins }) => begins);
  const rest = under(others, !typed ? "often" : sure || begun.length ? "found" : "perhaps");
  const here = new Set(found.map(({ term }) => keyOf(term)));
  const added = given.online.filter(({ term }) => !here.has(keyOf(term)) && !out.has(keyOf(term)));
  const options = [...used, ...recent, ...rest, ...under(added, "online")];
  const only = !sure && begun.length === 1 ? begun[0] : undefined;
  const meant = sure ? preferredOf([...used, ...recent] as Suggested[], found[0]) : only;
  const best = (list: Option[]) => (typed && meant ? list.findIndex(({ key }) => key === meant.key) : -1);
  if (!typed || !answered) return { options, preferred: best(options), timid: !sure };
  if (!sure && !begun.length && [...typed].length >= TOO_FEW) {
    const notice = t(options.length ? "ui.terms.unsure" : "ui.terms.nothing", { text: typed });
    return { options: [kept(t, typed, undefined), ...options], preferred: 0, notice };
  }
  if (rest.length < options.length)
    return { options: [...options, kept(t, typed, t("ui.terms.group.own"))], preferred: best(options), timid: !sure };
  const plain = rest.map((option) => ({ ...option, group: undefined })); // of one kind all, they need no heading
  return { options: [...plain, kept(t, typed, undefined)], preferred: best(plain), timid: !sure };
}

/** The option that is meant: the best, unless one known from before is about as good. */
function preferredOf(known: Suggested[], best: Suggested | undefined): Suggested | undefined {
  const enough = (best?.score ?? Number.POSITIVE_INFINITY) - HEAD_START;
  return known.find(({ confident, score = 0 }) => confident && score >= enough) ?? best;
}

/** Say how often a term stands in the study, where the search gave no reason of its own. */
function counted(t: Text, option: Option, used: Used[]): Option {
  if (option.why) return option;
  const held = used.find(({ term }) => (term.id ?? `=${term.label}`) === option.key);
  return held ? { ...option, why: t.n("ui.terms.used", held.count) } : option;
}

/** What stands around a term: the broader ones, itself, the narrower ones. */
export function around(t: Text, { of, broader, narrower, by }: Around): Told {
  const group = (options: Suggested[], name: string): Option[] =>
    options.map((option) => ({ ...option, group: t(`ui.terms.group.${name}`) }));
  const options = [...group(broader, "broader"), ...group([of], "here"), ...group(narrower, "narrower")];
  // the highlight goes the way that was asked for, or stays where there is nothing that way
  const preferred = by < 0 ? 0 : broader.length + (narrower.length ? 1 : 0);
  const counts = [t.n("ui.terms.broader", broader.length), t.n("ui.terms.narrower", narrower.length)];
  return { options, preferred, notice: t("ui.terms.around", { term: of.name, counts: counts.join(", ") }) };
}
