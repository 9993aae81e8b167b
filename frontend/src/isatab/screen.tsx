// The ISA-Tab as it will be written: a tab a file, the check of it, and below what the cell in focus leads to.

import { useEffect, useMemo, useRef, useState } from "preact/hooks";
import { useTurn } from "../archive/page.tsx";
import { useChosen, useText, useWay } from "../context.tsx";
import { useAnswer } from "../curator/ask.ts";
import { wordsOf } from "../curator/place.ts";
import { Icon } from "../icons.tsx";
import { useFollow } from "./cell.tsx";
import { Sections } from "./sections.tsx";
import { TableGrid } from "./table.tsx";
import { type At, byCell, type Isa, readAt, written } from "./types.ts";

interface Seen {
  at: At;
  label: string;
  words: string;
  paths: string[] | undefined;
}

const KINDS = ["node", "protocol_ref", "characteristic", "parameter_value", "factor_value", "comment", "unit", "term"];

function Files({ isa, now, choose }: { isa: Isa; now: string; choose: (file: string) => void }) {
  const t = useText();
  const { prefix } = useWay();
  const list = useRef<HTMLDivElement>(null);
  const files = [isa.file, ...isa.tables.map(({ file }) => file)];
  const move = (event: KeyboardEvent) => {
    const at = files.indexOf(now);
    const to = { ArrowRight: at + 1, ArrowLeft: at - 1, Home: 0, End: files.length - 1 }[event.key];
    if (to === undefined) return;
    event.preventDefault();
    const next = (to + files.length) % files.length;
    choose(files[next] ?? now);
    list.current?.querySelectorAll<HTMLElement>("[role=tab]")[next]?.focus();
  };
  return (
    <div class="rw-isafiles" role="tablist" tabIndex={-1} aria-label={t("ui.isa.files")} ref={list} onKeyDown={move}>
      {files.map((file) => (
        <button
          key={file}
          class="rw-tab"
          type="button"
          role="tab"
          id={`${prefix}-isa-tab-${files.indexOf(file)}`}
          aria-selected={file === now}
          aria-controls={file === now ? `${prefix}-isa-panel` : undefined}
          tabIndex={file === now ? 0 : -1}
          onClick={() => choose(file)}
        >
          {file}
          <span class="rw-num rw-two">{isa.tables.find((table) => table.file === file)?.rows ?? ""}</span>
        </button>
      ))}
    </div>
  );
}

function Findings({ isa, go }: { isa: Isa; go: (at: At) => void }) {
  const t = useText();
  const all = Object.values(isa.counts).reduce((sum, n) => sum + (n ?? 0), 0);
  if (!all)
    return (
      <p class="rw-small rw-isaok">
        <Icon name="check" /> {t("ui.isa.no_findings")}
      </p>
    );
  return (
    <details class="rw-fold rw-isafindings">
      <summary>{t.n("ui.isa.findings", all)}</summary>
      <ul class="rw-foundlist rw-small">
        {isa.findings.map((finding) => (
          <li key={`${written(finding)} ${finding.code}`}>
            <button class="rw-tofield" type="button" onClick={() => go({ file: finding.file, at: finding.at })}>
              <span class={`rw-isasign is-${finding.level}`}>
                <Icon name={finding.level} />
              </span>
              <span class="rw-hidden">{t(`ui.level.${finding.level}`)}: </span>
              {t("ui.isa.at", { ...finding, column: finding.place })}
            </button>
          </li>
        ))}
        {all > isa.findings.length && <li>…</li>}
      </ul>
    </details>
  );
}

/** What of the record these files do not hold, or not as it was given: each leads to its field. */
function Left({ isa }: { isa: Isa }) {
  const t = useText();
  const way = useWay();
  const follow = useFollow();
  if (!isa.told.length) return null;
  return (
    <details class="rw-fold rw-isafindings" open={isa.tables.every(({ rows }) => !rows)}>
      <summary>{t.n("ui.isa.left", isa.left)}</summary>
      <ul class="rw-foundlist rw-small">
        {isa.told.map((one) => (
          <li key={`${one.path} ${one.message}`}>
            <button
              class="rw-tofield"
              type="button"
              disabled={!way.leads}
              onClick={() => follow(one.path, { file: isa.file, at: [0, 0, 0] })}
            >
              <span class={`rw-isasign is-${one.level}`}>
                <Icon name={one.level} />
              </span>
              <span class="rw-hidden">{t(`ui.level.${one.level}`)}: </span>
              {one.message}
            </button>
          </li>
        ))}
        {isa.left > isa.told.length && <li>…</li>}
      </ul>
    </details>
  );
}

/** What the cell in focus says, what was found there, and the fields it leads to. */
function Detail({ seen, isa }: { seen: Seen | undefined; isa: Isa }) {
  const t = useText();
  const follow = useFollow();
  const record = useChosen((state) => state.record);
  const guide = useChosen((state) => state.guide);
  const way = useWay();
  if (!seen) return <div class="rw-isadetail rw-two rw-small">{t("ui.isa.keys")}</div>;
  const found = isa.findings.filter((finding) => written(finding) === written(seen.at));
  return (
    // biome-ignore lint/a11y/useSemanticElements: no form, so no fieldset
    <div class="rw-isadetail" role="group" aria-label={t("ui.isa.cell")}>
      <p class="rw-small">
        <b>{seen.label}</b>
        {seen.words && <span>: {seen.words}</span>}
      </p>
      {found.map((finding) => (
        <p class={`rw-small rw-says is-${finding.level}`} key={finding.code}>
          <Icon name={finding.level} />
          {finding.message}
        </p>
      ))}
      {seen.paths && seen.words && (
        <p class="rw-small">
          {seen.paths.length > 0 && <span class="rw-two">{t("ui.isa.leads")} </span>}
          {seen.paths.slice(0, 4).map((path) => (
            <button
              key={path}
              class="rw-plain"
              type="button"
              disabled={!way.leads}
              onClick={() => follow(path, seen.at)}
            >
              {wordsOf(record, guide, path, t)}
            </button>
          ))}
          {seen.paths.length === 0 && <span class="rw-two">{t("ui.isa.structure")}</span>}
        </p>
      )}
    </div>
  );
}

function Legend() {
  const t = useText();
  return (
    <ul class="rw-isalegend" aria-label={t("ui.isa.kinds")}>
      {KINDS.map((kind) => (
        <li key={kind}>
          <i class={`is-${kind}`} aria-hidden="true" />
          {t(`ui.isa.kind.${kind}`)}
        </li>
      ))}
    </ul>
  );
}

export function IsaScreen({ path }: { path?: string | undefined }) {
  const t = useText();
  const { prefix } = useWay();
  const lang = useChosen((state) => state.lang);
  const turn = useTurn();
  const [profile, setProfile] = useState("bioimaging");
  const answer = useAnswer<Isa>("isa-open", { profile }, `${turn} ${profile} ${lang}`);
  const [aim, setAim] = useState<At | undefined>(() => readAt(path));
  const [file, setFile] = useState(aim?.file ?? "");
  const [all, setAll] = useState(false);
  const [seen, setSeen] = useState<Seen | undefined>();
  useEffect(() => {
    const next = readAt(path);
    if (!next) return;
    setFile(next.file);
    setAim(next);
  }, [path]);
  const isa = answer.data;
  const marks = useMemo(() => byCell(isa?.findings ?? []), [isa]);
  const now = isa && [isa.file, ...isa.tables.map((table) => table.file)].includes(file) ? file : (isa?.file ?? "");
  const table = isa?.tables.find((one) => one.file === now);
  const choose = (next: string) => {
    setFile(next);
    setAim(undefined);
    setSeen(undefined);
  };
  const lead = (at: At) => {
    setFile(at.file);
    setAim({ ...at });
  };
  return (
    <div class="rw-desk rw-isa">
      <div class="rw-isatop">
        <div class="rw-head rw-headrow">
          <div>
            <h1 tabIndex={-1}>{t("ui.isa.title")}</h1>
            <p>{t("ui.isa.lead")}</p>
          </div>
          <label class="rw-isaprofile">
            <span>{t("ui.profile")}</span>
            <select class="rw-input" value={profile} onChange={(event) => setProfile(event.currentTarget.value)}>
              {["bioimaging", "isatools-default"].map((name) => (
                <option key={name} value={name}>
                  {t(`ui.profile.${name}`)}
                </option>
              ))}
            </select>
          </label>
        </div>
        {isa && <Findings isa={isa} go={lead} />}
        {isa && <Left isa={isa} />}
      </div>
      {answer.fault !== undefined && (
        <p class="rw-says is-error" role="alert">
          <Icon name="error" />
          {answer.fault || t("ui.no_answer")}
        </p>
      )}
      {!isa && answer.fault === undefined && (
        <div class="rw-empty rw-wait" role="status">
          <span class="rw-busy" aria-hidden="true" />
          <p>{t("ui.isa.writing")}</p>
        </div>
      )}
      {isa && (
        <>
          <Files isa={isa} now={now} choose={choose} />
          <div class="rw-isatools">
            {table ? (
              <Legend />
            ) : (
              <label class="rw-small">
                <input type="checkbox" checked={all} onChange={(event) => setAll(event.currentTarget.checked)} />{" "}
                {t("ui.isa.all")}
              </label>
            )}
          </div>
          <div
            class="rw-isapanel"
            role="tabpanel"
            id={`${prefix}-isa-panel`}
            aria-labelledby={`${prefix}-isa-tab-${table ? isa.tables.indexOf(table) + 1 : 0}`}
          >
            {table ? (
              <TableGrid
                key={table.file}
                isa={isa}
                table={table}
                version={`${turn} ${isa.profile}`}
                marks={marks}
                aim={aim}
                seen={(at, paths, words) => {
                  const [row = 0, column = 0] = at.at;
                  const header = table.columns[column]?.header ?? "";
                  const label = row < 0 ? t("ui.isa.header") : t("ui.isa.row", { row: row + 1, header });
                  setSeen({ at, paths, words, label });
                }}
              />
            ) : (
              <Sections
                isa={isa}
                all={all}
                marks={marks}
                aim={aim}
                seen={(at, paths) => {
                  const [number = 0, row = 0, place = 0] = at.at;
                  const held = isa.sections[number]?.rows[row];
                  setSeen({ at, paths, words: held?.cells[place] ?? "", label: held?.label ?? "" });
                }}
              />
            )}
          </div>
          <Detail seen={seen} isa={isa} />
        </>
      )}
    </div>
  );
}
