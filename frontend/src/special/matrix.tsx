// A transformation matrix: typed as a small grid, pasted, or read from a file. The record keeps it as one line of text.

import { useEffect, useRef, useState } from "preact/hooks";
import { useStore, useText } from "../context.tsx";
import { useAnswer } from "../curator/ask.ts";
import { type InnerProps, useUnique } from "../fields/frame.tsx";
import { LongInput } from "../fields/text.tsx";
import { Icon } from "../icons.tsx";
import type { Finding } from "../types.ts";
import { Refused } from "../wire.ts";

const UNITS = ["px", "nm", "µm", "mm"];
const KINDS = ".txt,.csv,.tsv,.json,.xml,.tfm,.mat,.npy.txt,text/*,application/json";

/** What the kernel says of a text, of cells or of a file. */
interface Told {
  known?: boolean;
  cells?: string[][];
  /** All rows, the last one among them, of a matrix that can be used. */
  rows?: string[][] | null;
  unit?: string | null;
  text?: string | null;
  findings?: Finding[];
}

interface Grid {
  cells: string[][];
  unit: string;
}

/** The matrix that changes nothing: what one begins from. */
export function nothing(size: number): string[][] {
  return Array.from({ length: size }, (_, row) => Array.from({ length: size + 1 }, (_, n) => (n === row ? "1" : "0")));
}

/** Give cells for images or volumes: what is there is kept. */
export function resized(cells: string[][], size: number): string[][] {
  const old = cells.length;
  const at = (row: number, column: number) => {
    if (column === size) return cells[row]?.[old] ?? "0";
    return (row < old && column < old ? cells[row]?.[column] : undefined) ?? (row === column ? "1" : "0");
  };
  return nothing(size).map((line, row) => line.map((_, column) => at(row, column)));
}

function gridOf(told: Told | undefined): Grid | undefined {
  if (!told?.known) return undefined;
  const cells = told.rows ? told.rows.slice(0, -1) : told.cells;
  const width = cells?.[0]?.length;
  const fits = cells?.length && cells.length <= 4 && cells.every((row) => row.length === width && row.length <= 4);
  return cells && fits ? { cells, unit: told.unit ?? "" } : undefined;
}

export function MatrixInput(props: InnerProps) {
  const { held, attrs } = props;
  const t = useText();
  const value = typeof held.value === "string" ? held.value : "";
  const told = useAnswer<Told>("matrix", { text: value }, value, value !== "").data;
  const [grid, setGrid] = useState<Grid>();
  const [asText, setAsText] = useState(false);
  const asked = useAsking(value, held.set, setGrid);
  useEffect(() => {
    const fresh = value ? gridOf(told) : undefined;
    if (fresh) setGrid(fresh);
    else if (value && told && !told.known) setGrid(undefined);
  }, [told, value]);
  if (attrs.readOnly) return <LongInput {...props} attrs={{ ...attrs, "aria-labelledby": props.labelId }} />;
  const shown = grid && !asText;
  return (
    <div class="rw-matrixfield">
      {shown ? (
        <Cells {...props} grid={grid} change={setGrid} asked={asked} />
      ) : (
        <LongInput {...props} attrs={{ ...attrs, "aria-labelledby": props.labelId }} />
      )}
      <Faults findings={asked.findings ?? (told?.known && !told.text ? told.findings : undefined)} />
      <div class="rw-btns">
        {!shown && (
          <button
            class="rw-btn is-small"
            type="button"
            onClick={() => {
              setAsText(false);
              setGrid((old) => old ?? { cells: nothing(2), unit: "" });
            }}
          >
            {t("ui.sections.type_matrix")}
          </button>
        )}
        <FromFile asked={asked} done={() => setAsText(false)} />
        {shown && (
          <button class="rw-btn is-small is-quiet" type="button" onClick={() => setAsText(true)}>
            {t("ui.sections.as_text")}
          </button>
        )}
      </div>
    </div>
  );
}

interface Asking {
  findings: Finding[] | undefined;
  cells(grid: Grid): void;
  text(text: string): void;
  file(file: File): void;
}

/** Ask the kernel what cells, a text or a file say, and keep what can be used. */
function useAsking(value: string, set: (text: string) => void, show: (grid: Grid) => void): Asking {
  const store = useStore();
  const [findings, setFindings] = useState<Finding[]>();
  const take = (told: Told | undefined, draw: boolean) => {
    if (!told) return;
    const grid = gridOf(told);
    if (draw && grid) show(grid);
    setFindings(told.text ? undefined : told.findings);
    if (told.text && told.text !== value) set(told.text);
  };
  const ask = async (content: object, draw: boolean, buffers: ArrayBuffer[] = []) => {
    try {
      take((await store.wire.request("matrix", content, buffers)).content as Told, draw);
    } catch (fault) {
      store.say(fault instanceof Refused ? fault.message : store.text("ui.no_answer"), "error");
    }
  };
  return {
    findings,
    cells: ({ cells, unit }) => void ask({ cells, unit }, false),
    text: (text) => void ask({ text }, true),
    file: async (file) => void ask({ name: file.name }, true, [await file.arrayBuffer()]),
  };
}

function Faults({ findings }: { findings: Finding[] | undefined }) {
  return (
    <div role="status">
      {(findings ?? []).map((finding) => (
        <p class="rw-says is-warn" key={finding.message}>
          <Icon name="warning" />
          <span>{finding.message}</span>
        </p>
      ))}
    </div>
  );
}

function FromFile({ asked, done }: { asked: Asking; done: () => void }) {
  const t = useText();
  const input = useRef<HTMLInputElement>(null);
  return (
    <>
      <button class="rw-btn is-small" type="button" onClick={() => input.current?.click()}>
        <Icon name="file" />
        {t("ui.sections.matrix_file")}
      </button>
      <input
        class="rw-hidden"
        type="file"
        tabIndex={-1}
        aria-hidden="true"
        accept={KINDS}
        ref={input}
        onChange={(event) => {
          const [file] = event.currentTarget.files ?? [];
          event.currentTarget.value = "";
          if (!file) return;
          done();
          asked.file(file);
        }}
      />
    </>
  );
}

interface CellsProps extends InnerProps {
  grid: Grid;
  change(grid: Grid): void;
  asked: Asking;
}

const STEPS: Record<string, number> = { ArrowDown: 1, ArrowUp: -1, Enter: 1 };

function Cells({ grid, change, asked, attrs, label }: CellsProps) {
  const t = useText();
  const unitId = useUnique();
  const own = useRef<HTMLDivElement>(null);
  const { cells, unit } = grid;
  const width = cells[0]?.length ?? 3;
  const put = (row: number, column: number, text: string) =>
    change({
      ...grid,
      cells: cells.map((line, n) => (n === row ? line.map((old, k) => (k === column ? text : old)) : line)),
    });
  const press = (event: KeyboardEvent, row: number, column: number) => {
    const step = STEPS[event.key];
    if (step === undefined) return;
    event.preventDefault();
    own.current?.querySelector<HTMLElement>(`[data-cell="${row + step}-${column}"]`)?.focus();
  };
  const paste = (event: ClipboardEvent) => {
    const text = event.clipboardData?.getData("text") ?? "";
    if ((text.match(/\d/g)?.length ?? 0) < 4 || !/[\s,;]/.test(text.trim())) return;
    event.preventDefault();
    asked.text(text);
  };
  const resize = (size: number) => {
    const fresh = { cells: resized(cells, size), unit };
    change(fresh);
    asked.cells(fresh);
  };
  const setUnit = (name: string) => {
    change({ ...grid, unit: name });
    asked.cells({ cells, unit: name });
  };
  return (
    <>
      <div class="rw-matrix" ref={own} style={{ "--rw-columns": width }}>
        {cells.flatMap((line, row) =>
          line.map((cell, column) => (
            <input
              class="rw-input rw-num"
              key={`${row}-${column}`}
              data-cell={`${row}-${column}`}
              {...(row === 0 && column === 0 ? attrs : {})}
              aria-label={t("ui.sections.cell", { row: row + 1, column: column + 1, field: label })}
              type="text"
              inputMode="decimal"
              autoComplete="off"
              value={cell}
              onInput={(event) => put(row, column, event.currentTarget.value)}
              onBlur={() => asked.cells(grid)}
              onKeyDown={(event) => press(event, row, column)}
              onPaste={paste}
            />
          )),
        )}
        {cells.length < width &&
          nothing(width - 1)[0]?.map((_, column) => (
            <span class="rw-num rw-two" key={column} aria-hidden="true">
              {column === width - 1 ? 1 : 0}
            </span>
          ))}
      </div>
      <div class="rw-matrixsays">
        <fieldset class="rw-seg">
          <legend class="rw-hidden">{t("ui.sections.dimensions")}</legend>
          {[2, 3].map((size) => (
            <button
              key={size}
              class="rw-btn is-small"
              type="button"
              aria-pressed={width === size + 1}
              onClick={() => width !== size + 1 && resize(size)}
            >
              {t(`ui.sections.dimensions_${size}`)}
            </button>
          ))}
        </fieldset>
        <label class="rw-small" for={unitId}>
          {t("ui.sections.matrix_unit")}
        </label>
        <select class="rw-input" id={unitId} value={unit} onChange={(event) => setUnit(event.currentTarget.value)}>
          <option value="">{t("ui.sections.no_unit")}</option>
          {UNITS.map((name) => (
            <option key={name} value={name}>
              {t(`ui.sections.unit_${name === "µm" ? "um" : name}`)}
            </option>
          ))}
        </select>
      </div>
    </>
  );
}
