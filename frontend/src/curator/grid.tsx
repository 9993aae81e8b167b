// The grid of a table's page: rows to select, cells to walk through with the arrow keys, marks of pencil and findings.

import { useEffect, useMemo, useRef } from "preact/hooks";
import { useChosen, useText } from "../context.tsx";
import { Icon } from "../icons.tsx";
import type { FieldGuide, Finding } from "../types.ts";
import { cellWords, findingsByCell, isNumber, namesFor, type Row, type TableName } from "./columns.ts";
import { useWhere } from "./findings.tsx";
import type { Selection } from "./selection.ts";
import { Picture, useSeen } from "./thumbs.tsx";
import { useWalk } from "./walk.ts";

const MINI = 64;

export interface GridProps {
  table: TableName;
  rows: Row[];
  fields: FieldGuide[];
  offset: number;
  matched: number;
  sort: string;
  setSort: (sort: string) => void;
  selection: Selection;
  turnPage: (step: number) => void;
  busy: boolean;
  /** The column to bring into view, and when that was asked. */
  aim?: { column: string; at: number } | undefined;
}

function Mini({ image }: { image: string }) {
  const [ref, seen] = useSeen<HTMLSpanElement>();
  return (
    <span class="rw-mini" ref={ref}>
      <Picture image={image} alt="" size={MINI} seen={seen} />
    </span>
  );
}

function Mark({ finding }: { finding: Finding | undefined }) {
  if (!finding) return null;
  const tone = finding.level === "warning" ? "is-warn" : finding.level === "error" ? "is-error" : "";
  return (
    <span class={`rw-says ${tone}`} title={finding.message}>
      <Icon name={finding.level} />
      <span class="rw-hidden">{finding.message}</span>
    </span>
  );
}

function HeadCell(props: {
  field: FieldGuide | undefined;
  label: string;
  sort: string;
  setSort: GridProps["setSort"];
}) {
  const { field, sort, setSort } = props;
  const name = field?.name ?? "path";
  const down = sort === `-${name}`;
  const up = sort === name;
  const unit = field?.units?.[0];
  return (
    <th
      scope="col"
      class={field && isNumber(field) ? "is-number" : ""}
      data-column={name}
      aria-sort={up ? "ascending" : down ? "descending" : "none"}
    >
      <button type="button" class="rw-sort" tabIndex={-1} onClick={() => setSort(up ? `-${name}` : down ? "" : name)}>
        {props.label}
        {unit && <small>{unit}</small>}
        {(up || down) && <Icon name={up ? "up" : "down"} />}
      </button>
    </th>
  );
}

export function Grid(props: GridProps) {
  const t = useText();
  const lang = useChosen((state) => state.lang);
  const record = useChosen((state) => state.record);
  const guide = useChosen((state) => state.guide);
  const findings = useChosen((state) => state.report?.findings);
  const where = useWhere();
  const marks = useMemo(() => findingsByCell(findings ?? [], props.table), [findings, props.table]);
  const names = useMemo(
    () => new Map(props.fields.map((field) => [field.name, namesFor(record, guide, field)])),
    [record, guide, props.fields],
  );
  const box = useRef<HTMLTableElement>(null);
  const walk = useWalk(props, box);
  const shown = props.fields.some((field) => field.name === props.aim?.column);
  useEffect(() => {
    const head = box.current?.querySelector<HTMLElement>(`[data-column="${props.aim?.column}"]`);
    const wrap = box.current?.parentElement;
    if (head && wrap) wrap.scrollLeft = head.offsetLeft + head.offsetWidth / 2 - wrap.clientWidth / 2;
  }, [props.aim, shown]);
  const images = props.table === "images";
  const ids = props.rows.map((row) => row.id);
  const allOn = ids.length > 0 && ids.every((id) => props.selection.has(id));
  return (
    <table
      class="rw-grid"
      ref={box}
      // biome-ignore lint/a11y/noNoninteractiveElementToInteractiveRole: the grid pattern of ARIA, with its keys
      role="grid"
      aria-label={t(`ui.table.${props.table}`)}
      aria-rowcount={props.matched + 1}
      aria-colcount={props.fields.length + (images ? 2 : 1)}
      aria-multiselectable="true"
      aria-busy={props.busy}
      onKeyDown={walk.key}
      onFocusIn={walk.focused}
    >
      <thead>
        <tr aria-rowindex={1}>
          <th
            scope="col"
            aria-sort={props.sort === "path" ? "ascending" : props.sort === "-path" ? "descending" : "none"}
          >
            <span class="rw-cell">
              <input
                type="checkbox"
                tabIndex={-1}
                checked={allOn}
                aria-label={t("ui.table.select_page")}
                onChange={(event) => props.selection.setPage(ids, event.currentTarget.checked)}
              />
              <button
                type="button"
                class="rw-sort"
                tabIndex={-1}
                onClick={() => props.setSort(props.sort === "path" ? "-path" : props.sort === "-path" ? "" : "path")}
              >
                {t("guide.file.path.label")}
                {props.sort.endsWith("path") && <Icon name={props.sort === "path" ? "up" : "down"} />}
              </button>
            </span>
          </th>
          {images && (
            <th scope="col" tabIndex={-1}>
              {t("ui.table.image")}
            </th>
          )}
          {props.fields.map((field) => (
            <HeadCell
              key={field.name}
              field={field}
              label={t(`guide.${images ? "image" : "file"}.${field.name}.label`)}
              sort={props.sort}
              setSort={props.setSort}
            />
          ))}
        </tr>
      </thead>
      <tbody>
        {props.rows.map((row, place) => {
          const at = props.offset + place;
          const chosen = props.selection.has(row.id);
          const path = String(row.path ?? row.id);
          return (
            <tr key={row.id} aria-rowindex={at + 2} aria-selected={chosen} data-row={row.id}>
              <th scope="row" tabIndex={-1}>
                <div class="rw-cell">
                  <label class="rw-check">
                    <input
                      type="checkbox"
                      tabIndex={-1}
                      checked={chosen}
                      onClick={(event) =>
                        props.selection.toggle(row.id, at, event.shiftKey, { ids, offset: props.offset })
                      }
                    />
                    <span title={path}>{path}</span>
                  </label>
                  <Mark
                    finding={marks.get(`${row.id} `) ?? marks.get(`${row.id} path`) ?? marks.get(`${row.id} file`)}
                  />
                </div>
              </th>
              {images && (
                <td tabIndex={-1}>
                  <Mini image={row.id} />
                </td>
              )}
              {props.fields.map((field) => {
                const finding = marks.get(`${row.id} ${field.name}`);
                const pencil = field.name in row.marks;
                const tone = finding?.level === "error" ? " is-error" : pencil ? " is-pencil" : "";
                const said = cellWords(row[field.name], field, names.get(field.name) ?? new Map(), t, lang);
                return (
                  <td
                    key={field.name}
                    tabIndex={-1}
                    class={`${isNumber(field) ? "is-number" : ""}${tone}`}
                    title={finding ? `${where(finding.path)}: ${finding.message}` : said.length > 30 ? said : undefined}
                  >
                    <Mark finding={finding} />
                    <span class="rw-said">{said}</span>
                    {pencil && <span class="rw-hidden"> ({t("ui.to_confirm")})</span>}
                  </td>
                );
              })}
            </tr>
          );
        })}
      </tbody>
    </table>
  );
}
