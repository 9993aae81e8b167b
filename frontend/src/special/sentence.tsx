// "In a sentence": what the structure says, as a person would write it; it tells at a glance what is still missing.

import type { ComponentChildren } from "preact";
import { useChosen, useText, useValue } from "../context.tsx";
import { asQuantity, isAbsent, itemsOf, sayAmount, sayNumber, sayValue } from "../fields/values.ts";
import { nodeAt } from "../form/naming.ts";
import { isEmpty, listAt } from "../record.ts";
import type { CurationRecord, Node, Value } from "../types.ts";
import { useCount } from "./foldername.tsx";
import { listed } from "./names.ts";
import type { Told } from "./told.ts";

type Say = (key: string, values?: Record<string, unknown>) => string;

function Sentence({ children }: { children: ComponentChildren }) {
  const t = useText();
  return (
    <aside class="rw-card rw-sentence" aria-label={t("ui.special.sentence")}>
      <h3 class="rw-subhead">{t("ui.special.sentence")}</h3>
      <p>{children}</p>
    </aside>
  );
}

const given = (value: Value) => !isEmpty(value) && !isAbsent(value);

/** Give all labels of all samples by their ids. */
export function labelsOf(record: CurationRecord): Map<string, Node> {
  const rows = listAt(record, "samples").flatMap((sample) => (sample.labels as Node[] | undefined) ?? []);
  return new Map(rows.map((label) => [String(label.id), label]));
}

function objective(node: Node, t: Say, lang: string): string {
  const power = typeof node.objective_magnification === "number" ? node.objective_magnification : undefined;
  const na = typeof node.objective_na === "number" ? node.objective_na : undefined;
  const first = power === undefined ? "" : `${sayNumber(power, lang)}×`;
  const both = [first, na === undefined ? "" : sayNumber(na, lang)].filter(Boolean).join("/");
  const name = given(node.objective_model) ? sayValue(node.objective_model, lang) : "";
  const immersion = given(node.objective_immersion) ? sayValue(node.objective_immersion, lang).toLocaleLowerCase() : "";
  const words = [name || both, name ? "" : immersion].filter(Boolean).join(" ");
  return words ? t("ui.special.s_objective", { objective: words }) : "";
}

function nm(value: Value, lang: string): string {
  const quantity = asQuantity(value);
  return quantity ? [sayAmount(quantity, lang), quantity.unit].filter(Boolean).join(" ") : "";
}

export function channelWords(channel: Node, labels: Map<string, Node>, t: Say, lang: string): string {
  const label = labels.get(String(channel.label));
  const dye = sayValue(label?.content, lang) || sayValue(channel.fluorophore, lang) || sayValue(channel.name, lang);
  const target = sayValue(label?.biological_entity, lang);
  const [excitation, emission] = [nm(channel.excitation, lang), nm(channel.emission, lang)];
  const light = [
    excitation && t("ui.special.s_excited", { value: excitation }),
    emission && t("ui.special.s_detected", { value: emission }),
  ].filter(Boolean);
  const named = target ? t("ui.special.s_marks", { label: dye, target }) : dye;
  return light.length ? `${named} (${light.join(", ")})` : named;
}

export function acquisitionSentence(node: Node, labels: Map<string, Node>, t: Say, lang: string): string {
  const method = sayValue(node.imaging_method, lang);
  const maker = given(node.instrument_manufacturer) ? sayValue(node.instrument_manufacturer, lang) : "";
  const model = given(node.instrument_model) ? sayValue(node.instrument_model, lang) : "";
  const stand = model.toLocaleLowerCase().includes(maker.toLocaleLowerCase()) ? model : `${maker} ${model}`.trim();
  const first = [
    method || t("ui.special.s_imaging"),
    stand && t("ui.special.s_on", { instrument: stand }),
    objective(node, t, lang),
    given(node.accelerating_voltage) && t("ui.special.s_at", { value: nm(node.accelerating_voltage, lang) }),
    given(node.photon_energy) && t("ui.special.s_at", { value: nm(node.photon_energy, lang) }),
    given(node.temperature) && t("ui.special.s_at", { value: nm(node.temperature, lang) }),
    given(node.time_interval) && t("ui.special.s_every", { value: nm(node.time_interval, lang) }),
  ].filter(Boolean);
  const said = first.join(" ");
  const channels = itemsOf<Node>(node.channels).map((channel) => channelWords(channel, labels, t, lang));
  const named = channels.filter(Boolean);
  const sentence = `${said.charAt(0).toLocaleUpperCase()}${said.slice(1)}.`;
  return named.length ? `${sentence} ${t("ui.special.s_channels", { channels: listed(named, lang) })}` : sentence;
}

export function AcquisitionSentence({ path }: { path: string }) {
  const t = useText();
  const lang = useChosen((state) => state.lang);
  const node = useChosen((state) => nodeAt(state.record, path));
  const samples = useValue("/samples");
  const record = useChosen((state) => state.record);
  if (!node || !["imaging_method", "instrument_model", "channels"].some((name) => given(node[name]))) return null;
  return <Sentence>{acquisitionSentence(node, samples ? labelsOf(record) : new Map(), t, lang)}</Sentence>;
}

export function ComponentSentence({ path, told }: { path: string; told: Told | undefined }) {
  const t = useText();
  const say = useCount();
  const lang = useChosen((state) => state.lang);
  const lines = itemsOf<Node>(useValue(`${path}/associations`));
  const record = useChosen((state) => state.record);
  if (!lines.some((line) => line.sample)) return null;
  const samples = new Set(lines.map((line) => line.sample).filter(Boolean));
  const known = listAt(record, "samples").filter((sample) => samples.has(sample.id));
  const distinct = (name: string) => new Set(known.map((sample) => sample[name]).filter(Boolean)).size;
  const acquisitions = new Set(lines.map((line) => line.acquisition).filter(Boolean)).size;
  const parts = [
    told?.count ? t.n("ui.special.n_images", told.count, { count: say(told.count) }) : "",
    samples.size ? t.n("ui.special.n_samples", samples.size) : "",
    distinct("biosample") && distinct("biosample") !== samples.size
      ? t.n("ui.special.n_biosamples", distinct("biosample"))
      : "",
    distinct("specimen") ? t.n("ui.special.n_specimens", distinct("specimen")) : "",
    acquisitions ? t.n("ui.special.n_acquisitions", acquisitions) : "",
  ].filter(Boolean);
  return <Sentence>{t("ui.special.s_component", { parts: listed(parts, lang) })}</Sentence>;
}
