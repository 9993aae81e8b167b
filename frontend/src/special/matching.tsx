// Files matched to the images they were made from, by their names: what would be filled in is shown before it is.

import type { ComponentChildren } from "preact";
import { useRef, useState } from "preact/hooks";
import { useChosen, useStore, useText } from "../context.tsx";
import { useAnswer, WORK_MS } from "../curator/ask.ts";
import { useChoiceName } from "../fields/choice.tsx";
import { useUnique } from "../fields/frame.tsx";
import { Icon } from "../icons.tsx";
import type { FieldGuide } from "../types.ts";
import { useCount } from "./foldername.tsx";
import { useNames } from "./names.ts";

/** Pairs drawn at first. */
const DRAWN = 6;

interface Some {
  count: number;
  items: string[];
}

export interface Preview {
  targets: number;
  sources: number;
  count: number;
  pairs: [string, string][];
  patterns: { source: string; target: string; count: number }[];
  lonely: Some;
  unused: Some;
  ambiguous: { count: number; items: { target: string; sources: string[] }[] };
  kinds: Record<string, number>;
}

interface Wish {
  which: "guess" | "made" | "named";
  name: string;
  component: string;
  type: string;
  others: boolean;
  examples: [string, string][];
}

export function Matching({ section, path }: { section: string; path: string }) {
  const t = useText();
  const files = useChosen((state) => state.tables.files);
  const [open, setOpen] = useState(false);
  const [said, setSaid] = useState("");
  const button = useRef<HTMLButtonElement>(null);
  if (!files) return null;
  const title = t("ui.sections.match");
  const close = (words: string) => {
    setOpen(false);
    setSaid(words);
    setTimeout(() => button.current?.focus());
  };
  return (
    <section class="rw-group" aria-label={title}>
      <div class="rw-grouphead">
        <div>
          <h2 class="rw-h2">{title}</h2>
          <p>{t(`ui.sections.match_${section}`)}</p>
        </div>
        <button class="rw-btn" type="button" ref={button} aria-expanded={open} onClick={() => setOpen(!open)}>
          {t("ui.sections.match_by_name")}
        </button>
      </div>
      {open && <Panel section={section} path={path} close={close} />}
      <p class="rw-small rw-ok" role="status">
        {said}
      </p>
    </section>
  );
}

function Panel({ section, path, close }: { section: string; path: string; close: (said: string) => void }) {
  const t = useText();
  const say = useCount();
  const store = useStore();
  const changed = useChosen((state) => state.tablesChanged);
  const [busy, setBusy] = useState(false);
  const [wish, setWish] = useState<Wish>({
    which: "guess",
    name: "",
    component: "",
    type: section === "annotation" ? "auto" : "",
    others: section === "analysis",
    examples: [],
  });
  const content = { path, ...wish };
  const asked = useAnswer<Preview>("match", content, `${JSON.stringify(content)} ${changed}`);
  const change = (part: Partial<Wish>) => setWish((old) => ({ ...old, ...part }));
  const teach = (source: string, target: string) =>
    change({ examples: [...wish.examples.filter(([, other]) => other !== target), [source, target]] });
  const found = asked.data;
  const apply = async () => {
    setBusy(true);
    const answer = await store.ask("match", { ...content, apply: true }, WORK_MS);
    setBusy(false);
    const n = Number(answer?.count ?? 0);
    if (answer) close(t.n("ui.sections.matched", n, { count: say(n) }));
  };
  const filled = found ? (wish.others ? found.targets : found.count) : 0;
  return (
    <div class="rw-matching" aria-busy={asked.busy}>
      <Wishes section={section} wish={wish} change={change} kinds={found?.kinds ?? {}} />
      {asked.fault !== undefined && (
        <p class="rw-says is-error" role="alert">
          <Icon name="error" />
          {asked.fault || t("ui.no_answer")}
        </p>
      )}
      <p role="status">
        {found &&
          (found.targets
            ? t.n("ui.sections.found", found.targets, { count: say(found.targets), matched: say(found.count) })
            : t("ui.sections.found_none"))}
      </p>
      {found && found.targets > 0 && <Shown found={found} wish={wish} teach={teach} />}
      <div class="rw-btns">
        <button class="rw-btn is-main" type="button" disabled={!filled || busy} onClick={() => void apply()}>
          {t.n("ui.sections.fill_in", filled, { count: say(filled) })}
        </button>
        <button class="rw-btn is-quiet" type="button" onClick={() => close("")}>
          {t("ui.cancel")}
        </button>
      </div>
    </div>
  );
}

interface WishesProps {
  section: string;
  wish: Wish;
  change(part: Partial<Wish>): void;
  kinds: Record<string, number>;
}

function Labelled({ label, children }: { label: string; children: (id: string) => ComponentChildren }) {
  const id = useUnique();
  return (
    <div class="rw-field">
      <div class="rw-label">
        <label for={id}>{label}</label>
      </div>
      {children(id)}
    </div>
  );
}

function Wishes({ section, wish, change, kinds }: WishesProps) {
  const t = useText();
  const components = useNames("components");
  return (
    <div class="rw-cols">
      <Labelled label={t("ui.sections.which")}>
        {(id) => (
          <select
            class="rw-input"
            id={id}
            value={wish.which}
            onChange={(event) => change({ which: event.currentTarget.value as Wish["which"], examples: [] })}
          >
            {["guess", "made", "named"].map((name) => (
              <option key={name} value={name}>
                {t(`ui.sections.which_${name}`)}
              </option>
            ))}
          </select>
        )}
      </Labelled>
      {wish.which === "named" && (
        <Labelled label={t("ui.sections.named")}>
          {(id) => (
            <input
              class="rw-input rw-mono"
              id={id}
              type="text"
              spellcheck={false}
              value={wish.name}
              onChange={(event) => change({ name: event.currentTarget.value, examples: [] })}
            />
          )}
        </Labelled>
      )}
      {components.all.length > 1 && (
        <Labelled label={t("ui.sections.images_of")}>
          {(id) => (
            <select
              class="rw-input"
              id={id}
              value={wish.component}
              onChange={(event) => change({ component: event.currentTarget.value })}
            >
              <option value="">{t("ui.sections.images_of_all")}</option>
              {components.all.map((part) => (
                <option key={part.id} value={part.id}>
                  {part.title}
                </option>
              ))}
            </select>
          )}
        </Labelled>
      )}
      {section === "annotation" && <KindChoice wish={wish} change={change} kinds={kinds} />}
      <label class="rw-choice rw-all">
        <input type="checkbox" checked={wish.others} onChange={() => change({ others: !wish.others })} />
        {t(`ui.sections.others_${section}`)}
      </label>
    </div>
  );
}

const NO_FIELD: FieldGuide = { name: "annotation_type", kind: "choice", levels: {} };

function KindChoice({ wish, change, kinds }: Omit<WishesProps, "section">) {
  const t = useText();
  const section = useChosen((state) => state.guide.sections.file);
  const field = section?.fields.find(({ name }) => name === "annotation_type") ?? NO_FIELD;
  const name = useChoiceName(field);
  const seen = Object.keys(kinds).map(name).join(", ");
  return (
    <Labelled label={t("guide.file.annotation_type.label")}>
      {(id) => (
        <select
          class="rw-input"
          id={id}
          value={wish.type}
          onChange={(event) => change({ type: event.currentTarget.value })}
        >
          <option value="auto">
            {seen ? t("ui.sections.kind_seen", { kinds: seen }) : t("ui.sections.kind_auto")}
          </option>
          <option value="">{t("ui.sections.kind_none")}</option>
          {(field.choices ?? []).map((choice) => (
            <option key={choice} value={choice}>
              {name(choice)}
            </option>
          ))}
        </select>
      )}
    </Labelled>
  );
}

interface ShownProps {
  found: Preview;
  wish: Wish;
  teach(source: string, target: string): void;
}

function Shown({ found, wish, teach }: ShownProps) {
  const t = useText();
  const say = useCount();
  const { pairs, patterns, lonely, unused, ambiguous } = found;
  const drawn = pairs.slice(0, DRAWN);
  return (
    <>
      {patterns.length > 0 && (
        <ul class="rw-patterns" aria-label={t("ui.sections.patterns")}>
          {patterns.map((one) => (
            <li key={`${one.source} ${one.target}`}>
              <code>{one.source}</code> <Icon name="go" /> <code>{one.target}</code>{" "}
              <span class="rw-two rw-num">{t.n("ui.sections.follow", one.count, { count: say(one.count) })}</span>
            </li>
          ))}
        </ul>
      )}
      {drawn.length > 0 && (
        <div class="rw-tablewrap">
          <table class="rw-table">
            <caption class="rw-hidden">{t("ui.sections.pairs")}</caption>
            <thead>
              <tr>
                <th scope="col">{t("ui.sections.file")}</th>
                <th scope="col">{t("guide.file.source_image.label")}</th>
              </tr>
            </thead>
            <tbody>
              {drawn.map(([source, target]) => (
                <tr key={target}>
                  <td>
                    <code>{target}</code>
                  </td>
                  <td>
                    <code>{source}</code>
                  </td>
                </tr>
              ))}
            </tbody>
          </table>
        </div>
      )}
      {found.count > drawn.length && (
        <p class="rw-small rw-two">
          {t.n("ui.special.more", found.count - drawn.length, { count: say(found.count - drawn.length) })}
        </p>
      )}
      {ambiguous.count > 0 && <Ambiguous ambiguous={ambiguous} teach={teach} />}
      <Names title={t.n("ui.sections.lonely", lonely.count, { count: say(lonely.count) })} some={lonely} warns />
      <Names title={t.n("ui.sections.unused", unused.count, { count: say(unused.count) })} some={unused} />
      {(lonely.count > 0 || wish.examples.length > 0) && unused.items.length > 0 && (
        <Example lonely={lonely.items} unused={unused.items} teach={teach} />
      )}
    </>
  );
}

function Ambiguous({ ambiguous, teach }: { ambiguous: Preview["ambiguous"]; teach: ShownProps["teach"] }) {
  const t = useText();
  const say = useCount();
  return (
    <div class="rw-ambiguous">
      <p class="rw-says is-warn">
        <Icon name="warning" />
        <span>{t.n("ui.sections.ambiguous", ambiguous.count, { count: say(ambiguous.count) })}</span>
      </p>
      <ul class="rw-files">
        {ambiguous.items.slice(0, DRAWN).map(({ target, sources }) => (
          <li key={target} class="is-open">
            <Icon name="file" />
            <code>{target}</code>
            <select
              class="rw-input"
              aria-label={t("ui.sections.image_of", { file: target })}
              value=""
              onChange={(event) => event.currentTarget.value && teach(event.currentTarget.value, target)}
            >
              <option value="">{t("ui.sections.choose_image")}</option>
              {sources.map((source) => (
                <option key={source} value={source}>
                  {source}
                </option>
              ))}
            </select>
          </li>
        ))}
      </ul>
    </div>
  );
}

function Names({ title, some, warns = false }: { title: string; some: Some; warns?: boolean }) {
  const t = useText();
  const say = useCount();
  if (!some.count) return null;
  const rest = some.count - some.items.length;
  return (
    <details class="rw-unfold">
      <summary>
        {warns && <Icon name="warning" />} {title}
      </summary>
      <ul class="rw-namelist">
        {some.items.map((name) => (
          <li key={name}>
            <code>{name}</code>
          </li>
        ))}
      </ul>
      {rest > 0 && <p class="rw-small rw-two">{t.n("ui.special.more", rest, { count: say(rest) })}</p>}
    </details>
  );
}

/** One pair that a person knows: all others that are like it follow. */
function Example({ lonely, unused, teach }: { lonely: string[]; unused: string[]; teach: ShownProps["teach"] }) {
  const t = useText();
  const [target, setTarget] = useState("");
  const [source, setSource] = useState("");
  const choice = (label: string, names: string[], value: string, set: (name: string) => void) => (
    <Labelled label={label}>
      {(id) => (
        <select class="rw-input" id={id} value={value} onChange={(event) => set(event.currentTarget.value)}>
          <option value="">{t("ui.sections.choose")}</option>
          {names.map((name) => (
            <option key={name} value={name}>
              {name}
            </option>
          ))}
        </select>
      )}
    </Labelled>
  );
  return (
    <fieldset class="rw-onepair">
      <legend class="rw-small">{t("ui.sections.example")}</legend>
      <div class="rw-cols">
        {choice(t("ui.sections.file"), lonely, target, setTarget)}
        {choice(t("guide.file.source_image.label"), unused, source, setSource)}
      </div>
      <button
        class="rw-btn is-small"
        type="button"
        disabled={!target || !source}
        onClick={() => {
          teach(source, target);
          setTarget("");
          setSource("");
        }}
      >
        {t("ui.sections.match_like_this")}
      </button>
    </fieldset>
  );
}
