// A group of fields: asked ones open, the others in a fold; what a machine proposed is confirmed together.

import { useContext, useMemo, useRef } from "preact/hooks";
import { useChosen, useStore, useText } from "../context.tsx";
import { FieldOf } from "../fields/field.tsx";
import { RowContext } from "../fields/held.tsx";
import { Icon } from "../icons.tsx";
import { isEmpty, isPencil } from "../record.ts";
import type { FieldGuide, Mark, Node, SectionGuide } from "../types.ts";
import { leadsTo, useOpen } from "./aim.tsx";
import { type Group, isShort } from "./folding.ts";

interface FieldsProps {
  section: SectionGuide;
  fields: FieldGuide[];
  path: string;
}

export function Fields({ section, fields, path }: FieldsProps) {
  return (
    <div class="rw-cols">
      {fields.map((field) => (
        <FieldOf
          key={field.name}
          section={section.name}
          field={field}
          path={`${path}/${field.name}`}
          wide={!isShort(field)}
        />
      ))}
    </div>
  );
}

function usePencil(places: string[]): [string, Mark][] {
  const marks = useChosen((state) => state.marks);
  const key = places.join("\n");
  return useMemo(
    () => Object.entries(marks).filter(([at, mark]) => isPencil(mark) && leadsTo(at, places)),
    [marks, key],
  );
}

function Outliers({ section, pencil }: { section: SectionGuide; pencil: [string, Mark][] }) {
  const t = useText();
  const counted = pencil.map(([at, { origin }]) => ({
    at,
    header: origin?.header,
    n: origin?.count ?? 0,
    of: origin?.of ?? 0,
  }));
  const partly = counted.filter(({ n, of, header }) => header && n > 0 && of > 0);
  if (!partly.length) return null;
  const least = partly.reduce((a, b) => (b.of - b.n > a.of - a.n ? b : a));
  const differ = least.of - least.n;
  const field = least.at.split("/").find((part) => section.fields.some(({ name }) => name === part)) ?? "";
  const name = t(`guide.${section.name}.${field}.label`).toLocaleLowerCase();
  return (
    <p>
      {differ > 0 ? t("ui.form.same_in", { n: least.n, of: least.of }) : t.n("ui.form.same_all", least.of)}
      {differ > 0 && <> {t.n("ui.form.differ", differ, { field: name })}</>}
    </p>
  );
}

export function Folded({
  section,
  fields,
  path,
  node,
  title,
}: FieldsProps & { node: Node | undefined; title?: string }) {
  const t = useText();
  const places = fields.map((field) => `${path}/${field.name}`);
  const found = useChosen((state) => {
    if (!state.checked && !state.touched.size) return false;
    return state.report?.findings.some(
      (finding) => leadsTo(finding.path, places) && (state.checked || state.touched.has(finding.path)),
    );
  });
  const row = useContext(RowContext);
  const holds = fields.some((field) => !isEmpty(node?.[field.name]) || row?.note?.(field.name));
  const [open, set] = useOpen(places, Boolean(found) || holds);
  const count = t.n(title ? "ui.form.fields" : "ui.form.more", fields.length);
  return (
    <details class="rw-fold" open={open} onToggle={(event) => set(event.currentTarget.open)}>
      <summary>
        <Icon name="right" />
        {title ? (
          <>
            <span class="rw-foldname">{title}</span> <span class="rw-two">{count}</span>
          </>
        ) : (
          count
        )}
      </summary>
      {open && <Fields section={section} fields={fields} path={path} />}
    </details>
  );
}

interface GroupProps {
  section: SectionGuide;
  group: Group;
  path: string;
  node: Node | undefined;
  /** The only group of its section needs no title. */
  alone: boolean;
}

export function GroupOf({ section, group, path, node, alone }: GroupProps) {
  const t = useText();
  const store = useStore();
  const fields = [...group.open, ...group.folded];
  const pencil = usePencil(fields.map((field) => `${path}/${field.name}`));
  const title = t(`guide.${section.name}.group.${group.name}`);
  const [first] = group.open;
  const single = first !== undefined && fields.length === 1 && t(`guide.${section.name}.${first.name}.label`) === title;
  const own = useRef<HTMLElement>(null);
  const confirm = () => {
    own.current?.focus(); // the button is about to go
    void store.confirm(pencil.map(([at]) => at));
  };
  const press = (event: KeyboardEvent) => {
    if (event.key !== "Enter" || !event.shiftKey || !(event.ctrlKey || event.metaKey) || !pencil.length) return;
    event.preventDefault();
    confirm();
  };
  if (!group.open.length)
    return <Folded section={section} fields={group.folded} path={path} node={node} title={title} />;
  return (
    <section
      class={single ? "rw-group is-single" : "rw-group"}
      aria-label={title}
      tabIndex={-1}
      ref={own}
      onKeyDown={press}
    >
      {(!alone || pencil.length > 1) && (
        <div class="rw-grouphead">
          <div>
            {!alone && <h2 class="rw-h2">{title}</h2>}
            <Outliers section={section} pencil={pencil} />
          </div>
          {pencil.length > 1 && (
            <button class="rw-btn" type="button" onClick={confirm}>
              <Icon name="check" />
              {t("ui.form.confirm_these", { n: pencil.length })}
            </button>
          )}
        </div>
      )}
      <Fields section={section} fields={group.open} path={path} />
      {group.folded.length > 0 && <Folded section={section} fields={group.folded} path={path} node={node} />}
    </section>
  );
}
