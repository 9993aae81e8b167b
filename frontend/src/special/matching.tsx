// Files matched to the images they were made from, by their names: what would be filled in is shown before it is.

import { useRef, useState } from "preact/hooks";
import { useChosen, useStore, useText } from "../context.tsx";
import { useAnswer, WORK_MS } from "../curator/ask.ts";
import { useChoiceName } from "../fields/choice.tsx";
import { Icon } from "../icons.tsx";
import type { FieldGuide } from "../types.ts";
import { useCount } from "./foldername.tsx";
import { Labelled, type Preview, Shown } from "./matched.tsx";
import { useNames } from "./names.ts";

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
      {found && found.targets > 0 && <Shown found={found} taught={wish.examples.length > 0} teach={teach} />}
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
          {(id) => <NameInput id={id} name={wish.name} change={(name) => change({ name, examples: [] })} />}
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

/** What is typed is held here until it is left: an answer that arrives meanwhile draws the panel anew. */
function NameInput({ id, name, change }: { id: string; name: string; change: (name: string) => void }) {
  const [typed, setTyped] = useState(name);
  return (
    <input
      class="rw-input rw-mono"
      id={id}
      type="text"
      spellcheck={false}
      value={typed}
      onInput={(event) => setTyped(event.currentTarget.value)}
      onChange={(event) => change(event.currentTarget.value)}
    />
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
