// One line of a component being edited: its pair of biosample and specimen, how it was imaged, what came of it.

import { useEffect, useRef } from "preact/hooks";
import { useChosen, useSection, useStore, useText, useWay } from "../context.tsx";
import { FieldOf } from "../fields/field.tsx";
import { Frame, type InnerProps, useUnique } from "../fields/frame.tsx";
import { Icon } from "../icons.tsx";
import { listAt } from "../record.ts";
import type { Node } from "../types.ts";
import { useNames } from "./names.ts";
import { namedEdit, type Pair, pairEdits, samplesOf } from "./pairing.ts";
import { Pick } from "./pick.tsx";

interface Props {
  path: string;
  line: Node;
  more: readonly string[];
  called: string;
  focused: boolean;
  close(): void;
}

export function LineEdit({ path, line, more, called, focused, close }: Props) {
  const t = useText();
  const section = useSection("association");
  const own = useRef<HTMLDivElement>(null);
  useEffect(() => {
    if (focused) own.current?.querySelector<HTMLElement>("input")?.focus();
  }, []);
  const press = (event: KeyboardEvent) => {
    if (event.key !== "Escape" || event.defaultPrevented) return;
    event.stopPropagation();
    close();
  };
  const field = (name: string) => section?.fields.find((one) => one.name === name);
  const sample = field("sample");
  return (
    // biome-ignore lint/a11y/useSemanticElements: a fieldset would draw a frame of its own in the table
    <div class="rw-lineedit" role="group" aria-label={called} ref={own} onKeyDown={press}>
      {sample && (
        <Frame section="association" field={sample} path={`${path}/sample`} grouped honest={false} wide>
          {(inner) => <PairInput {...inner} line={line} linePath={path} />}
        </Frame>
      )}
      <div class="rw-cols">
        {["acquisition", ...more].map((name) => {
          const one = field(name);
          return one && <FieldOf key={name} section="association" field={one} path={`${path}/${name}`} wide />;
        })}
      </div>
      <div class="rw-btns">
        <SampleLink sample={line.sample} />
        <span class="rw-gap" />
        <button class="rw-btn" type="button" onClick={close}>
          {t("ui.special.done")}
        </button>
      </div>
    </div>
  );
}

function SampleLink({ sample }: { sample: unknown }) {
  const t = useText();
  const way = useWay();
  const known = useNames("samples").name(sample);
  if (!way.leads || !known) return null;
  return (
    <button class="rw-plain" type="button" onClick={() => way.go({ section: "sample", id: String(sample) })}>
      {t("ui.special.open_sample", { sample: known })} <Icon name="go" />
    </button>
  );
}

type Half = "biosample" | "specimen";
const HALVES: Record<Half, "biosamples" | "specimens"> = { biosample: "biosamples", specimen: "specimens" };

function PairInput({ line, linePath, attrs }: InnerProps & { line: Node; linePath: string }) {
  const store = useStore();
  const record = useChosen((state) => state.record);
  const current = listAt(record, "samples").find((sample) => sample.id === line.sample);
  const pair = { biosample: idOf(current?.biosample), specimen: idOf(current?.specimen) };
  const put = (half: Half, id: string) => {
    const fresh: Pair = { ...pair, [half]: id };
    const specimens = listAt(store.state.record, "specimens");
    // The only preparation goes without saying.
    if (!fresh.specimen && specimens.length === 1) fresh.specimen = String(specimens[0]?.id);
    return pairEdits(store.state.record, linePath, current, fresh);
  };
  const pick = (half: Half, id: string) => {
    const edits = put(half, id);
    if (edits.length) void store.edit(edits);
  };
  const make = (half: Half, name: string) => {
    const { id, edit } = namedEdit(HALVES[half], name);
    const seen = { ...store.state.record };
    const collection = HALVES[half];
    seen[collection] = [...listAt(seen, collection), { id, title: name }];
    const fresh: Pair = { ...pair, [half]: id };
    const specimens = listAt(seen, "specimens");
    if (!fresh.specimen && specimens.length === 1) fresh.specimen = String(specimens[0]?.id);
    void store.edit([edit, ...pairEdits(seen, linePath, current, fresh)]);
  };
  return (
    <div class="rw-pairinput">
      <HalfInput
        half="biosample"
        value={pair.biosample}
        pick={pick}
        make={make}
        described={attrs["aria-describedby"]}
      />
      <span class="rw-times" aria-hidden="true">
        ×
      </span>
      <HalfInput half="specimen" value={pair.specimen} pick={pick} make={make} described={attrs["aria-describedby"]} />
      <Several pair={pair} current={current} linePath={linePath} />
    </div>
  );
}

function idOf(value: unknown): string | undefined {
  return typeof value === "string" && value ? value : undefined;
}

interface HalfProps {
  half: Half;
  value: string | undefined;
  pick(half: Half, id: string): void;
  make(half: Half, name: string): void;
  described: string | undefined;
}

function HalfInput({ half, value, pick, make, described }: HalfProps) {
  const t = useText();
  const names = useNames(HALVES[half]);
  const label = t(`guide.${half}.label`);
  return (
    <div class="rw-half">
      <span class="rw-halflabel" aria-hidden="true">
        {label}
      </span>
      <Pick
        label={label}
        items={names.all}
        shown={names.name(value) ?? ""}
        placeholder={t(`ui.special.which_${half}`)}
        describedBy={described}
        offer={(name) => t(`ui.special.add_${half}`, { name })}
        pick={(id) => pick(half, id)}
        make={(name) => make(half, name)}
      />
    </div>
  );
}

/** Several samples of one pair differ in their status or place: which of them it is. */
function Several({ pair, current, linePath }: { pair: Pair; current: Node | undefined; linePath: string }) {
  const t = useText();
  const store = useStore();
  const id = useUnique();
  const names = useNames("samples");
  const record = useChosen((state) => state.record);
  const several = current ? samplesOf(record, pair) : [];
  if (several.length < 2) return null;
  return (
    <div class="rw-half rw-which">
      <label class="rw-halflabel" for={id}>
        {t("ui.special.which_of", { n: several.length })}
      </label>
      <select
        class="rw-input"
        id={id}
        value={String(current?.id)}
        onChange={(event) => void store.set(`${linePath}/sample`, event.currentTarget.value)}
      >
        {several.map((sample) => (
          <option key={sample.id} value={String(sample.id)}>
            {names.name(sample.id)}
          </option>
        ))}
      </select>
    </div>
  );
}
