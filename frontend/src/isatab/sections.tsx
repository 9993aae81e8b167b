// The investigation file: each section a grid of labels and values, walked by the arrow keys.

import { useEffect, useRef } from "preact/hooks";
import { useText, useWay } from "../context.tsx";
import { Sign, useFollow } from "./cell.tsx";
import type { At, Isa, IsaFinding, IsaSection } from "./types.ts";
import { written } from "./types.ts";

const STEPS: Record<string, [number, number]> = {
  ArrowDown: [1, 0],
  ArrowUp: [-1, 0],
  ArrowRight: [0, 1],
  ArrowLeft: [0, -1],
};

/** Let one cell of a table be in the tab order: the last that had the focus. */
function enter(cell: HTMLElement): void {
  for (const other of cell.closest("table")?.querySelectorAll<HTMLElement>('[tabindex="0"]') ?? []) other.tabIndex = -1;
  cell.tabIndex = 0;
  cell.focus();
  cell.scrollIntoView({ block: "nearest", inline: "nearest" });
}

function walk(event: KeyboardEvent): void {
  const cell = (event.target as HTMLElement).closest<HTMLTableCellElement>("td, th");
  const row = cell?.parentElement as HTMLTableRowElement | undefined;
  const table = row?.closest("table");
  if (!cell || !row || !table) return;
  const step = STEPS[event.key];
  const ends: Record<string, number> = { Home: 0, End: row.cells.length - 1 };
  const to = step
    ? table.rows[row.rowIndex + step[0]]?.cells[cell.cellIndex + step[1]]
    : row.cells[ends[event.key] ?? Number.NaN];
  if (!step && !(event.key in ends)) return;
  event.preventDefault();
  if (to) enter(to);
}

interface SectionProps {
  isa: Isa;
  number: number;
  section: IsaSection;
  all: boolean;
  marks: Map<string, IsaFinding[]>;
  seen: (at: At, paths: string[]) => void;
}

function SectionGrid({ isa, number, section, all, marks, seen }: SectionProps) {
  const follow = useFollow();
  const { prefix } = useWay();
  const title = `${prefix}-isa-${number}`;
  const rows = section.rows
    .map((row, place) => ({ row, place }))
    .filter(({ row }) => all || row.cells.some((cell) => cell));
  let first = true;
  return (
    <>
      <h2 class="rw-isahead" id={title}>
        {section.heading}
      </h2>
      <div class="rw-isawrap">
        <table
          class="rw-isasection"
          // biome-ignore lint/a11y/noNoninteractiveElementToInteractiveRole: the grid pattern of ARIA, with its keys
          role="grid"
          aria-labelledby={title}
          aria-readonly="true"
          onKeyDown={walk}
        >
          <tbody>
            {rows.map(({ row, place }) => (
              <tr key={row.label}>
                <th scope="row" tabIndex={-1} class={`is-${row.kind}`}>
                  {row.label}
                </th>
                {row.cells.map((cell, column) => {
                  const at = { file: isa.file, at: [number, place, column] };
                  const paths = row.leads[column] ?? [];
                  const found = marks.get(written(at));
                  const go = () => follow(paths[0], at);
                  const tab = first ? 0 : -1;
                  first = false;
                  return (
                    <td
                      key={`${place} ${column}`}
                      tabIndex={tab}
                      data-at={at.at.join(",")}
                      class={`${paths.length ? "leads" : ""} ${found ? `is-${found[0]?.level}` : ""}`}
                      onClick={() => paths.length && go()}
                      onKeyDown={(event) => event.key === "Enter" && go()}
                      onFocus={() => seen(at, paths)}
                    >
                      <Sign findings={found} />
                      {cell}
                    </td>
                  );
                })}
              </tr>
            ))}
          </tbody>
        </table>
      </div>
    </>
  );
}

export function Sections(props: {
  isa: Isa;
  all: boolean;
  marks: Map<string, IsaFinding[]>;
  aim: At | undefined;
  seen: (at: At, paths: string[]) => void;
}) {
  const t = useText();
  const box = useRef<HTMLDivElement>(null);
  useEffect(() => {
    if (!props.aim) return;
    const cell = box.current?.querySelector<HTMLElement>(`[data-at="${props.aim.at.join(",")}"]`);
    if (cell) enter(cell);
  }, [props.aim]);
  const filled = (section: IsaSection) => section.rows.some((row) => row.cells.some((cell) => cell));
  const held = props.isa.sections.map((section, number) => ({ section, number }));
  const empty = held.filter(({ section }) => !props.all && !filled(section));
  return (
    <div class="rw-isapane is-sections" ref={box}>
      {held.map(
        ({ section, number }) =>
          (props.all || filled(section)) && (
            <SectionGrid key={section.heading} {...props} number={number} section={section} />
          ),
      )}
      {empty.length > 0 && (
        <p class="rw-two rw-small">
          {t("ui.isa.empty", { names: empty.map(({ section }) => section.heading).join(", ") })}
        </p>
      )}
    </div>
  );
}
