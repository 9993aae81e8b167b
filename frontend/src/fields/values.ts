// Values as they lie in the record, and how a person reads and types them.

import { isEmpty } from "../record.ts";
import type { Absent, Quantity, Term, Value } from "../types.ts";

export function isAbsent(value: Value): value is Absent {
  return typeof value === "object" && value !== null && "absent" in value;
}

export function isTerm(value: Value): value is Term {
  return typeof value === "object" && value !== null && "label" in value;
}

/** Give the items of a value that may hold several. */
export function itemsOf<T>(value: Value): T[] {
  if (isEmpty(value) || isAbsent(value)) return [];
  return (Array.isArray(value) ? value : [value]) as T[];
}

function steady(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(steady);
  if (value && typeof value === "object") {
    const given = Object.entries(value).filter(([, held]) => held !== undefined && held !== null);
    return Object.fromEntries(given.sort(([a], [b]) => (a < b ? -1 : 1)).map(([key, held]) => [key, steady(held)]));
  }
  return value;
}

/** Tell whether two values mean the same: empty ones do, whatever their kind, and the order of keys does not count. */
export function same(a: Value, b: Value): boolean {
  if (isEmpty(a) || isEmpty(b)) return isEmpty(a) && isEmpty(b);
  return JSON.stringify(steady(a)) === JSON.stringify(steady(b));
}

/** Write a number as the person's language does; the French comma is read back as well. */
export function sayNumber(number: number, lang: string): string {
  const plain = String(number);
  return lang === "fr" ? plain.replace(".", ",") : plain;
}

const NUMBER = /^[-+−]?(\d[\d\u00a0\u202f ]*)?([.,]\d*)?(e[-+]?\d+)?$/i;

/** Read a number typed with a point or a comma, with spaces between thousands; undefined if it is none. */
export function readNumber(text: string): number | undefined {
  const trimmed = text.trim();
  if (!/\d/.test(trimmed) || !NUMBER.test(trimmed)) return undefined;
  const number = Number(
    trimmed
      .replace(/[\s\u00a0\u202f]/g, "")
      .replace("−", "-")
      .replace(",", "."),
  );
  return Number.isFinite(number) ? number : undefined;
}

/** Give a unit as its symbol in a list: ``um`` and ``μm`` are ``µm``; undefined if the list lacks it. */
export function unitIn(units: readonly string[], typed: string): string | undefined {
  const wanted = typed.trim().replace(/μ/g, "µ");
  const spoken = [wanted, wanted.replace(/^u/, "µ"), `°${wanted}`];
  return (
    units.find((unit) => spoken.includes(unit)) ?? units.find((unit) => unit.toLowerCase() === wanted.toLowerCase())
  );
}

const UNIT = /^[a-zµμΩ°%Å]/i;

/** Read a quantity: ``63 nm``, ``0,5``, ``410–470 nm``. What is no number is kept as text, with its unit if known. */
export function readQuantity(text: string, units: readonly string[], unit: string | undefined): Quantity | undefined {
  const trimmed = text.trim();
  if (!trimmed) return undefined;
  const [, amount = "", rest = ""] = /^([-+−]?[\d.,\s\u00a0\u202f]*\d(?:e[-+]?\d+)?[.,]?)\s*(.*)$/i.exec(trimmed) ?? [];
  const number = readNumber(amount);
  if (number !== undefined && (rest === "" || UNIT.test(rest))) {
    return withUnit({ number }, rest ? (unitIn(units, rest) ?? rest) : unit);
  }
  const [, words = "", last = ""] = /^(.*\S)\s+(\S+)$/.exec(trimmed) ?? [];
  const known = last ? unitIn(units, last) : undefined;
  return known ? withUnit({ text: words }, known) : withUnit({ text: trimmed }, unit);
}

function withUnit(quantity: Quantity, unit: string | undefined): Quantity {
  return unit ? { ...quantity, unit } : quantity;
}

export function asQuantity(value: Value): Quantity | undefined {
  if (isEmpty(value) || isAbsent(value)) return undefined;
  if (typeof value === "number") return { number: value };
  return typeof value === "object" ? (value as Quantity) : { text: String(value) };
}

export function sayAmount(quantity: Quantity | undefined, lang: string): string {
  if (typeof quantity?.number === "number") return sayNumber(quantity.number, lang);
  return quantity?.text ?? "";
}

/** Say any value in a few words, as a title or a summary shows it. */
export function sayValue(value: Value, lang: string): string {
  if (isEmpty(value) || isAbsent(value)) return "";
  if (Array.isArray(value))
    return value
      .map((item) => sayValue(item, lang))
      .filter(Boolean)
      .join(", ");
  if (typeof value === "number") return sayNumber(value, lang);
  if (isTerm(value)) return value.label;
  if (typeof value === "object") {
    const quantity = asQuantity(value);
    return [sayAmount(quantity, lang), quantity?.unit].filter(Boolean).join(" ");
  }
  return String(value);
}

/** Give the part of a key that stands for a choice: lower case, every run of other characters within one underscore. */
export function slug(choice: string): string {
  return choice
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, "_")
    .replace(/^_|_$/g, "");
}
