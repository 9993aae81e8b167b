// Where a component's images lie: its folders and groups with their samples, and folders it could take in.

import { useState } from "preact/hooks";
import { useStore, useText, useValue, useWay } from "../context.tsx";
import type { Asked } from "../curator/ask.ts";
import { itemsOf } from "../fields/values.ts";
import type { Named } from "../form/naming.ts";
import { Icon } from "../icons.tsx";
import type { Node } from "../types.ts";
import { Fault } from "./fault.tsx";
import { FolderName, useCount, useFolderName } from "./foldername.tsx";
import { MoveIn } from "./movein.tsx";
import { useNames } from "./names.ts";
import type { Part, Told } from "./told.ts";

/** Choices up to which each list is drawn at once; longer ones are drawn when somebody comes near. */
const FEW = 20;

interface Props {
  component: string;
  asked: Asked<Told>;
}

export function Files({ component, asked }: Props) {
  const t = useText();
  const say = useCount();
  const way = useWay();
  const [said, setSaid] = useState("");
  const told = asked.data;
  const title = t("ui.special.files");
  const open = () => way.go({ section: "table", path: `/images?component=${component}` });
  return (
    <section class="rw-group" aria-label={title}>
      <div class="rw-grouphead">
        <div>
          <h2 class="rw-h2">{title}</h2>
          {told && (
            <p class="rw-num">
              {told.count
                ? t.n("ui.special.files_count", told.count, {
                    count: say(told.count),
                    assigned: say(told.count - told.open),
                  })
                : t("ui.special.no_images")}
            </p>
          )}
        </div>
        {way.leads && told !== undefined && told.count > 0 && (
          <button class="rw-btn" type="button" onClick={open}>
            {t("ui.special.open_table")}
          </button>
        )}
      </div>
      {asked.fault !== undefined && <Fault fault={asked.fault} again={asked.again} />}
      {told && told.folders.length > 0 && <Folders component={component} told={told} tell={setSaid} />}
      {told && told.groups.length > 0 && <Groups component={component} told={told} tell={setSaid} />}
      <p class="rw-small rw-ok" role="status">
        {said}
      </p>
      {told && told.others.length > 0 && <MoveIn component={component} others={told.others} tell={setSaid} />}
    </section>
  );
}

interface ListProps {
  component: string;
  told: Told;
  tell(said: string): void;
}

function Folders({ component, told, tell }: ListProps) {
  const t = useText();
  const name = useFolderName();
  return (
    <ul class="rw-files" aria-label={t("ui.special.folders")}>
      {told.folders.map((part) => (
        <Row
          key={part.folder}
          component={component}
          part={part}
          which={{ folder: part.folder, below: part.below }}
          called={name(part.folder, part.below)}
          icon="folder"
          tell={tell}
        >
          <FolderName folder={part.folder} below={part.below} count={part.count} />
        </Row>
      ))}
    </ul>
  );
}

function Groups({ component, told, tell }: ListProps) {
  const t = useText();
  const say = useCount();
  return (
    <>
      <h3 class="rw-subhead">{t("ui.special.groups")}</h3>
      <ul class="rw-files" aria-label={t("ui.special.groups")}>
        {told.groups.map((part, n) => {
          const { looks } = part;
          const size = [looks.size_x, looks.size_y, looks.size_z].filter(Boolean).join(" × ");
          const words = [looks.instrument, looks.objective, looks.channel_names, size].filter(Boolean).join(" · ");
          const called = words || t("ui.special.group", { n: n + 1 });
          return (
            <Row
              key={part.group}
              component={component}
              part={part}
              which={{ group: part.group }}
              called={called}
              icon="file"
              tell={tell}
            >
              <span>
                {called}{" "}
                <span class="rw-two rw-num">{t.n("ui.special.images", part.count, { count: say(part.count) })}</span>
              </span>
            </Row>
          );
        })}
      </ul>
    </>
  );
}

interface RowProps {
  component: string;
  part: Part;
  which: object;
  called: string;
  icon: string;
  tell(said: string): void;
  children: preact.ComponentChildren;
}

function Row({ component, part, which, called, icon, tell, children }: RowProps) {
  return (
    <li class={part.open ? "is-open" : undefined}>
      <Icon name={icon} />
      <div>{children}</div>
      <Assign component={component} part={part} which={which} called={called} tell={tell} />
    </li>
  );
}

/** What a line is called where one must be chosen: its sample, and its acquisition where the sample does not tell. */
function useLineNames(component: string): { lines: { id: string; title: string; sample: unknown }[] } {
  const t = useText();
  const lines = itemsOf<Node>(useValue(`/components/${component}/associations`));
  const [samples, acquisitions] = [useNames("samples"), useNames("acquisitions")];
  const twice = (line: Node) => lines.some((other) => other !== line && other.sample === line.sample);
  return {
    lines: lines.map((line, n) => {
      const sample = samples.name(line.sample) ?? t("ui.special.line", { n: n + 1 });
      const taken = acquisitions.name(line.acquisition);
      return {
        id: String(line.id),
        title: taken && twice(line) ? `${sample} × ${taken}` : sample,
        sample: line.sample,
      };
    }),
  };
}

function asOption({ id, title }: Named) {
  return (
    <option key={id} value={`s${id}`}>
      {title}
    </option>
  );
}

function Assign({ component, part, which, called, tell }: Omit<RowProps, "icon" | "children">) {
  const t = useText();
  const store = useStore();
  const say = useCount();
  const { lines } = useLineNames(component);
  const samples = useNames("samples");
  const held = Object.keys(part.lines);
  const known = lines.filter((line) => samples.name(line.sample) !== undefined);
  const value = held.length === 1 && known.some((line) => line.id === held[0]) ? (held[0] ?? "") : "";
  const others = samples.all.filter(({ id }) => !lines.some((line) => line.sample === id));
  const few = known.length + others.length <= FEW;
  const [near, setNear] = useState(few);
  const choose = async (chosen: string) => {
    const [kind, id] = [chosen[0], chosen.slice(1)];
    if (!id) return;
    const named = kind === "l" ? lines.find((line) => line.id === id)?.title : samples.name(id);
    const given = kind === "l" ? { association: id } : { sample: id };
    const answer = await store.ask("assign", { ...which, ...given, within: component, component });
    const count = Number(answer?.count ?? 0);
    if (answer) tell(t.n("ui.special.shows", part.count || count, { count: say(part.count), sample: named ?? "" }));
  };
  if (!known.length && !others.length) return <span class="rw-two rw-small">{t("ui.special.no_line")}</span>;
  return (
    <select
      class="rw-input"
      aria-label={t.n("ui.special.sample_for", part.count, { count: say(part.count), folder: called })}
      value={value ? `l${value}` : ""}
      onFocus={() => setNear(true)}
      onPointerEnter={() => setNear(true)}
      onChange={(event) => void choose(event.currentTarget.value)}
    >
      {!value && <option value="">{t(held.length > 1 ? "ui.special.several" : "ui.special.choose_sample")}</option>}
      {known
        .filter((line) => near || line.id === value)
        .map((line) => (
          <option key={line.id} value={`l${line.id}`}>
            {line.title}
          </option>
        ))}
      {near && known.length > 0 && others.length > 0 ? (
        <optgroup label={t("ui.special.other_samples")}>{others.map(asOption)}</optgroup>
      ) : (
        near && others.map(asOption)
      )}
    </select>
  );
}
