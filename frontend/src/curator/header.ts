// What the header of an image says, as the kernel read it, and the few facts shown beside the picture.

import { bytes, clock, day, number } from "./ask.ts";
import type { Leaf } from "./tree.ts";

export interface Header {
  path: string;
  /** Field, value, and the place in the header it was read from. */
  values: [string, unknown, string | null][];
  raw: [string, string][];
  /** All of it, with the parts of each place and the fields that were filled from it. */
  leaves: Leaf[];
  warnings: string[];
}

type Text = (key: string, values?: Record<string, unknown>) => string;
type Named = Record<string, unknown>;

function valuesOf(header: Header): Named {
  return Object.fromEntries(header.values.map(([name, value]) => [name, value]));
}

function words(value: unknown, ...names: string[]): string {
  const held = (value ?? {}) as Named;
  return names
    .map((name) => held[name])
    .filter((part) => part)
    .join(" ");
}

function sizes(parts: unknown[], lang: string, digits: number): string {
  const known = parts.filter((part): part is number => typeof part === "number");
  return known.map((part) => number(part, lang, digits)).join(" × ");
}

function pixels(values: Named, t: Text, lang: string): string {
  const { size_x, size_y, size_z, size_c, size_t } = values;
  const planes = Number(size_z) > 1 ? size_z : undefined;
  const all = [sizes([size_x, size_y, planes], lang, 0)];
  if (Number(size_c) > 1) all.push(t("ui.image.channels", { n: size_c }));
  if (Number(size_t) > 1) all.push(t("ui.image.times", { n: size_t }));
  return all.filter(Boolean).join(", ");
}

function field(values: Named, lang: string): string {
  const axes = ["x", "y", "z"].map((axis) => {
    const [count, size] = [values[`size_${axis}`], values[`px_${axis}_um`]];
    const flat = axis === "z" && Number(count) <= 1;
    return typeof count === "number" && typeof size === "number" && !flat ? count * size : undefined;
  });
  const said = sizes(axes, lang, 1);
  return said && `${said} µm`;
}

/** Give what is worth showing at a glance: label key and words; what the header does not say is left out. */
export function factsOf(header: Header, t: Text, lang: string): [string, string][] {
  const values = valuesOf(header);
  const at = typeof values.acquired_at === "string" ? new Date(values.acquired_at) : undefined;
  const taken = at && !Number.isNaN(at.valueOf()) ? `${day(at, lang)}, ${clock(at, lang)}` : "";
  const pixel = sizes([values.px_x_um, values.px_y_um, values.px_z_um], lang, 3);
  const file = typeof values.size_bytes === "number" ? bytes(values.size_bytes, lang) : "";
  const facts: [string, string][] = [
    ["ui.image.taken", taken],
    ["ui.image.instrument", words(values.instrument, "manufacturer", "model")],
    ["ui.image.objective", words(values.objective, "model")],
    ["ui.image.pixels", pixels(values, t, lang)],
    ["ui.image.pixel_size", pixel && `${pixel} µm`],
    ["ui.image.field", field(values, lang)],
    ["ui.image.file", [file, values.pixel_type, values.format].filter(Boolean).join(", ")],
  ];
  return facts.filter(([, said]) => said);
}

/** Give how many planes an image has along an axis, as its header says; 1 if it does not. */
export function sizeOf(header: Header, axis: "z" | "t" | "c"): number {
  const size = valuesOf(header)[`size_${axis}`];
  return typeof size === "number" && size > 0 ? size : 1;
}

export interface ShownChannel {
  name: string;
  colour: string | undefined;
}

export function channelsOf(header: Header): ShownChannel[] {
  const channels = valuesOf(header).channels;
  if (!Array.isArray(channels)) return [];
  return channels.map((channel: Named, place) => {
    const colour = typeof channel.color_hex === "string" && /^#[0-9a-f]{6}$/i.test(channel.color_hex);
    const name = String(channel.name ?? channel.fluor ?? place + 1);
    return { name, colour: colour ? String(channel.color_hex) : undefined };
  });
}

const STEPS = [1, 2, 5];

/** Give a scale bar of a round length that takes about a quarter of the width: words and per cent of it. */
export function scaleOf(header: Header, lang: string): { words: string; percent: number } | undefined {
  const { size_x, px_x_um } = valuesOf(header);
  if (typeof size_x !== "number" || typeof px_x_um !== "number") return undefined;
  const width = size_x * px_x_um;
  if (!(width > 0)) return undefined;
  const wanted = width / 4;
  const power = 10 ** Math.floor(Math.log10(wanted));
  const length = Math.max(...STEPS.map((step) => step * power).filter((candidate) => candidate <= wanted));
  const said = length >= 1000 ? `${number(length / 1000, lang)} mm` : length >= 1 ? `${number(length, lang)} µm` : "";
  return { words: said || `${number(length * 1000, lang)} nm`, percent: (100 * length) / width };
}

export function shapeOf(header: Header): string | undefined {
  const { size_x, size_y } = valuesOf(header);
  return typeof size_x === "number" && typeof size_y === "number" ? `${size_x} / ${size_y}` : undefined;
}

/** Give all that the header says as leaves; the first parts that stand for something else are named in words. */
export function leavesOf(header: Header, t: Text): Leaf[] {
  const named: Record<string, string> = { "": t("ui.header.file"), "*": t("ui.header.rest") };
  return header.leaves.map(([[first = "", ...others], value, used]) => [
    [named[first] ?? first, ...others],
    value,
    used,
  ]);
}
