// The lines of a component as a table: which sample was imaged by which acquisition, with some of its images.

import { useEffect, useState } from "preact/hooks";
import { useList, useSection, useText, useValue } from "../context.tsx";
import { itemsOf } from "../fields/values.ts";
import { Undo } from "../form/actions.tsx";
import { leadsTo, useAim } from "../form/aim.tsx";
import { useListing } from "../form/listing.ts";
import { Icon } from "../icons.tsx";
import type { Node, SectionGuide } from "../types.ts";
import { Line } from "./line.tsx";
import { useNames } from "./names.ts";
import type { Told } from "./told.ts";

const MORE = ["correlation", "analysis"] as const;

interface Props {
  path: string;
  told: Told | undefined;
}

/** The columns that only some studies need: a reference that there is something to choose for. */
function useMore(lines: Node[]): readonly string[] {
  const known = { correlation: useList("correlations").length, analysis: useList("analyses").length };
  return MORE.filter((name) => known[name] > 0 || lines.some((line) => line[name]));
}

/** What a new line begins with: what there is only one of, or what the other lines have in common. */
function useBeginning(lines: Node[]): Node {
  const [acquisitions, samples] = [useList("acquisitions"), useList("samples")];
  const taken = new Set(lines.map((line) => line.acquisition).filter(Boolean));
  const free = samples.filter((sample) => !lines.some((line) => line.sample === sample.id));
  const only = acquisitions.length === 1 ? acquisitions[0]?.id : taken.size === 1 ? [...taken][0] : undefined;
  return { ...(free.length === 1 ? { sample: free[0]?.id } : {}), ...(only ? { acquisition: only } : {}) };
}

/** How lines are called: by their samples, else by their numbers. */
function useLineName(lines: Node[]): (line: Node) => string {
  const t = useText();
  const samples = useNames("samples");
  return (line) => samples.name(line.sample) ?? t("ui.special.line", { n: lines.indexOf(line) + 1 });
}

export function Lines(props: Props) {
  const section = useSection("association");
  return section ? <Known {...props} section={section} /> : null;
}

function Known({ path, told, section }: Props & { section: SectionGuide }) {
  const t = useText();
  const lines = itemsOf<Node>(useValue(path));
  const beginning = useBeginning(lines);
  const called = useLineName(lines);
  const listing = useListing({ section, path, items: lines, title: called });
  const [fresh, setFresh] = useState<string>();
  const [shown, showAll] = useShown(path, lines, fresh);
  const title = t("guide.component.associations.label");
  return (
    <section class="rw-group" aria-label={title} data-path={path} tabIndex={-1}>
      <div class="rw-grouphead">
        <div>
          <h2 class="rw-h2">{title}</h2>
          <p>{t(lines.length ? "ui.special.lines_help" : "guide.association.empty")}</p>
        </div>
        <button class="rw-btn" type="button" onClick={() => setFresh(listing.add(beginning))}>
          <Icon name="plus" />
          {t("guide.association.add")}
        </button>
      </div>
      {lines.length > 0 && (
        <LineTable path={path} lines={shown} told={told} fresh={fresh} called={called} remove={listing.remove} />
      )}
      {shown.length < lines.length && (
        <button class="rw-btn rw-morelines" type="button" onClick={showAll}>
          {t("ui.special.all_lines", { count: lines.length })}
        </button>
      )}
      <Undo gone={listing.gone} done={listing.forget} />
    </section>
  );
}

/** Lines drawn at first: a component may have hundreds, and most of them wait for nobody. */
const FIRST = 40;

/** The lines to draw: the first ones, or all once they were asked for, one was added, or somebody is led to one. */
function useShown(path: string, lines: Node[], fresh: string | undefined): [Node[], () => void] {
  const aim = useAim();
  const [all, setAll] = useState(false);
  const hidden = lines.slice(FIRST);
  const led = hidden.some((line) => line.id === fresh || (aim && leadsTo(aim.path, [`${path}/${line.id}`])));
  useEffect(() => {
    if (led) setAll(true);
  }, [led]);
  return [all || led || hidden.length <= FIRST / 4 ? lines : lines.slice(0, FIRST), () => setAll(true)];
}

interface TableProps extends Props {
  lines: Node[];
  /** The one just added. */
  fresh: string | undefined;
  called(line: Node): string;
  remove(line: Node): void;
}

function LineTable({ path, lines, told, fresh, called, remove }: TableProps) {
  const t = useText();
  const more = useMore(lines);
  const heads = [t("guide.sample.biosample.label"), t("guide.sample.specimen.label"), t("ui.special.status")];
  for (const name of ["acquisition", ...more]) heads.push(t(`guide.association.${name}.label`));
  return (
    <div class="rw-tablewrap rw-lines">
      <table class="rw-table is-cards" aria-label={t("guide.component.associations.label")}>
        <thead>
          <tr>
            {[...heads, t("guide.image.plural")].map((head) => (
              <th key={head} scope="col">
                {head}
              </th>
            ))}
            <th scope="col" class="is-number">
              {t("ui.special.count")}
            </th>
            <th scope="col">
              <span class="rw-hidden">{t("ui.special.acts")}</span>
            </th>
          </tr>
        </thead>
        <tbody>
          {lines.map((line) => (
            <Line
              key={line.id}
              path={`${path}/${line.id}`}
              line={line}
              called={called(line)}
              more={more}
              heads={heads}
              part={told && (told.lines[String(line.id)] ?? { count: 0, images: [] })}
              fresh={line.id === fresh}
              remove={() => remove(line)}
            />
          ))}
        </tbody>
      </table>
    </div>
  );
}
