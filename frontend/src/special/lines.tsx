// The lines of a component as a table: which sample was imaged by which acquisition, with some of its images.

import { useEffect, useRef, useState } from "preact/hooks";
import { useFindings, useList, useSection, useStore, useText, useValue } from "../context.tsx";
import { Says, useUnique } from "../fields/frame.tsx";
import { itemsOf } from "../fields/values.ts";
import { type Gone, Undo } from "../form/actions.tsx";
import { leadsTo, useAim } from "../form/aim.tsx";
import { marksBelow } from "../form/naming.ts";
import { Icon } from "../icons.tsx";
import { newId } from "../record.ts";
import type { Node } from "../types.ts";
import { useCount } from "./foldername.tsx";
import { Choose, Nothing, Pictures, RefCell, StatusName } from "./linecells.tsx";
import { LineEdit } from "./lineedit.tsx";
import { useNames } from "./names.ts";
import type { Told } from "./told.ts";

const MORE = ["correlation", "analysis"] as const;

interface Props {
  path: string;
  told: Told | undefined;
}

/** The columns that only some studies need: a reference that there is something to choose for. */
function useMore(lines: Node[]): readonly (typeof MORE)[number][] {
  const known = { correlation: useList("correlations").length, analysis: useList("analyses").length };
  return MORE.filter((name) => known[name] > 0 || lines.some((line) => line[name]));
}

/** What a new line begins with: what there is only one of, or what the other lines have in common. */
function useBeginning(lines: Node[]): () => Node {
  const [acquisitions, samples] = [useList("acquisitions"), useList("samples")];
  return () => {
    const taken = new Set(lines.map((line) => line.acquisition).filter(Boolean));
    const free = samples.filter((sample) => !lines.some((line) => line.sample === sample.id));
    const only = acquisitions.length === 1 ? acquisitions[0]?.id : taken.size === 1 ? [...taken][0] : undefined;
    return { ...(free.length === 1 ? { sample: free[0]?.id } : {}), ...(only ? { acquisition: only } : {}) };
  };
}

export function Lines({ path, told }: Props) {
  const t = useText();
  const store = useStore();
  const section = useSection("association");
  const lines = itemsOf<Node>(useValue(path));
  const more = useMore(lines);
  const begin = useBeginning(lines);
  const samples = useNames("samples");
  const [fresh, setFresh] = useState<string>();
  const [gone, setGone] = useState<Gone>();
  if (!section) return null;
  const title = t("guide.component.associations.label");
  const add = () => {
    const id = newId("as");
    void store.edit([{ op: "add", path, id, value: begin() }]);
    setFresh(id);
  };
  const remove = (line: Node, n: number) => {
    const { id, ...value } = line;
    const after = lines[n - 1]?.id;
    const marks = marksBelow(store.state.marks, `${path}/${id}`);
    void store.edit([{ op: "remove", path: `${path}/${id}` }]);
    const edit = { op: "add" as const, path, id: String(id), value, after: after ? String(after) : null, marks };
    const name = samples.name(line.sample) ?? t("ui.special.line", { n: n + 1 });
    setGone({ name, edit, touched: store.state.touched });
  };
  const heads = [t("guide.sample.biosample.label"), t("guide.sample.specimen.label"), t("ui.special.status")];
  for (const name of ["acquisition", ...more]) heads.push(t(`guide.association.${name}.label`));
  return (
    <section class="rw-group" aria-label={title} data-path={path} tabIndex={-1}>
      <div class="rw-grouphead">
        <div>
          <h2 class="rw-h2">{title}</h2>
          <p>{t(lines.length ? "ui.special.lines_help" : "guide.association.empty")}</p>
        </div>
        <button class="rw-btn" type="button" onClick={add}>
          <Icon name="plus" />
          {t("guide.association.add")}
        </button>
      </div>
      {lines.length > 0 && (
        <div class="rw-tablewrap rw-lines">
          <table class="rw-table is-cards" aria-label={title}>
            <thead>
              <tr>
                {heads.map((head) => (
                  <th key={head} scope="col">
                    {head}
                  </th>
                ))}
                <th scope="col">{t("guide.image.plural")}</th>
                <th scope="col" class="is-number">
                  {t("ui.special.count")}
                </th>
                <th scope="col">
                  <span class="rw-hidden">{t("ui.special.acts")}</span>
                </th>
              </tr>
            </thead>
            <tbody>
              {lines.map((line, n) => (
                <Line
                  key={line.id}
                  path={`${path}/${line.id}`}
                  line={line}
                  n={n}
                  more={more}
                  heads={heads}
                  part={told && (told.lines[String(line.id)] ?? { count: 0, images: [] })}
                  fresh={line.id === fresh}
                  remove={() => remove(line, n)}
                />
              ))}
            </tbody>
          </table>
        </div>
      )}
      <Undo gone={gone} done={() => setGone(undefined)} />
    </section>
  );
}

interface LineProps {
  path: string;
  line: Node;
  n: number;
  more: readonly string[];
  heads: string[];
  part: { count: number; images: string[] } | undefined;
  fresh: boolean;
  remove(): void;
}

function Line({ path, line, n, more, heads, part, fresh, remove }: LineProps) {
  const t = useText();
  const aim = useAim();
  const id = useUnique();
  const say = useCount();
  const toggle = useRef<HTMLButtonElement>(null);
  const [open, setOpen] = useState(fresh || (aim !== undefined && leadsTo(aim.path, [path])));
  useEffect(() => {
    if (aim && leadsTo(aim.path, [path])) setOpen(true);
  }, [aim]);
  const sample = useList("samples").find((item) => item.id === line.sample);
  const biosamples = useNames("biosamples");
  const specimens = useNames("specimens");
  const samples = useNames("samples");
  const name = samples.name(line.sample);
  const called = name ?? t("ui.special.line", { n: n + 1 });
  const first = biosamples.name(sample?.biosample);
  const close = () => {
    setOpen(false);
    toggle.current?.focus();
  };
  return (
    <>
      <tr data-path={path} tabIndex={-1} class={open ? "is-open" : undefined}>
        <th scope="row">
          {first ?? name ?? <Choose open={() => setOpen(true)} what={called} />}
          {first && name && name !== first && (
            <>
              <br />
              <span class="rw-two rw-light">{name}</span>
            </>
          )}
        </th>
        <td data-is={heads[1]}>{specimens.name(sample?.specimen) ?? <Nothing />}</td>
        <td data-is={heads[2]}>
          <StatusName status={sample?.experimental_status} />
        </td>
        {["acquisition", ...more].map((field, at) => (
          <RefCell key={field} field={field} head={heads[3 + at] ?? ""} path={`${path}/${field}`} value={line[field]} />
        ))}
        <td data-is={t("guide.image.plural")}>
          <Pictures images={part?.images ?? []} of={called} />
        </td>
        <td data-is={t("ui.special.count")} class="is-number">
          {part ? say(part.count) : <span class="rw-busy" aria-hidden="true" />}
        </td>
        <td class="rw-lineacts">
          <button
            class="rw-btn is-small"
            type="button"
            ref={toggle}
            aria-expanded={open}
            aria-controls={open ? id : undefined}
            aria-label={t("ui.special.edit_line", { line: called })}
            onClick={() => setOpen(!open)}
          >
            {t("ui.special.edit")}
          </button>
          <button
            class="rw-btn is-icon is-small"
            type="button"
            aria-label={t("ui.special.remove_line", { line: called })}
            title={t("ui.form.remove")}
            onClick={remove}
          >
            <Icon name="trash" />
          </button>
        </td>
      </tr>
      {open && (
        <tr class="rw-editrow" id={id}>
          <td colSpan={heads.length + 3}>
            <LineEdit path={path} line={line} more={more} called={called} focused={fresh} close={close} />
          </td>
        </tr>
      )}
      <Faults path={path} open={open} span={heads.length + 3} />
    </>
  );
}

/** The findings of a closed line; an open one says them at its fields. */
function Faults({ path, open, span }: { path: string; open: boolean; span: number }) {
  const found = [useFindings(`${path}/sample`), useFindings(`${path}/acquisition`)].flat();
  if (open || !found.length) return null;
  return (
    <tr class="rw-faultrow">
      <td colSpan={span}>
        {found.map((finding) => (
          <Says key={`${finding.code} ${finding.path}`} finding={finding} />
        ))}
      </td>
    </tr>
  );
}
