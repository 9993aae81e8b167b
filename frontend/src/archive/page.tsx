// The page that the archive will make of the submission: read from the document as it would be sent, so that what is
// shown is what is sent. Our own layout; each part leads to its field.

import { useEffect, useRef } from "preact/hooks";
import { useChosen, useText, useWay } from "../context.tsx";
import { useAnswer } from "../curator/ask.ts";
import { Icon } from "../icons.tsx";
import { FileListPart } from "./files.tsx";
import { ArchiveHead } from "./head.tsx";
import { Lead, Missing } from "./lead.tsx";
import { PartList, PartTable } from "./parts.tsx";
import type { ArchivePage, Component } from "./types.ts";

/** Count the states of the record that the kernel has told: what is shown is asked for again when one is new. */
export function useTurn(): number {
  const record = useChosen((state) => state.record);
  const tables = useChosen((state) => state.tablesChanged);
  const turn = useRef({ n: 0, record, tables });
  if (turn.current.record !== record || turn.current.tables !== tables)
    turn.current = { n: turn.current.n + 1, record, tables };
  return turn.current.n;
}

function Associations({ told, of }: { told: Component["associations"]; of: string }) {
  const t = useText();
  if (!told.rows.length)
    return (
      <p>
        <Missing path={of} words={t("ui.archive.no_association")} />
      </p>
    );
  return (
    <div class="rw-tablewrap">
      <table class="rw-table rw-told">
        <caption>{t("ui.archive.associations")}</caption>
        <thead>
          <tr>
            {told.columns.map((name) => (
              <th key={name} scope="col">
                {name}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {told.rows.map((row, line) => (
            <tr key={`${told.paths[line]}`}>
              {row.map((cell, place) => (
                <td key={told.columns[place]}>
                  {place === 0 ? <Lead path={told.paths[line] ?? ""}>{cell || "–"}</Lead> : cell || "–"}
                </td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}

function ComponentPart({ part }: { part: Component }) {
  const t = useText();
  const said = part.rows.find((row) => row.name.toLowerCase() === "description");
  const others = part.rows.filter((row) => !/^(name|title|description|file list)$/i.test(row.name));
  return (
    <section class="rw-group rw-component">
      <h2 class="rw-h2">
        <span class="rw-two rw-small">{t("ui.archive.component")}</span>{" "}
        <Lead path={part.path}>{part.title || t("ui.archive.untitled")}</Lead>
      </h2>
      <p class="rw-said">
        {said ? (
          <Lead path={said.path}>{said.value}</Lead>
        ) : (
          <Missing path={`${part.path}/description`} words={t("ui.archive.no_description")} />
        )}
      </p>
      <div class="rw-toldlist">
        {others.length > 0 && <PartTable part={{ ...part, rows: others, below: [] }} />}
        {part.parts.map((one, place) => (
          <PartTable key={`${place} ${one.title}`} part={one} />
        ))}
        <Associations told={part.associations} of={`${part.path}/associations`} />
        <FileListPart list={part.list} of={part.title} path={part.path} />
      </div>
    </section>
  );
}

function Whole({ page }: { page: ArchivePage }) {
  const t = useText();
  return (
    <article class="rw-archive rw-card">
      <ArchiveHead page={page} />
      {page.components.map((part) => (
        <ComponentPart key={part.path} part={part} />
      ))}
      {page.components.length === 0 && page.annotations.length === 0 && (
        <p class="rw-group">
          <Missing path="/components" words={t("ui.archive.no_component")} />
        </p>
      )}
      {page.annotations.map((part) => (
        <section class="rw-group rw-component" key={part.path}>
          <h2 class="rw-h2">
            <span class="rw-two rw-small">{t("ui.archive.annotation")}</span>{" "}
            <Lead path={part.path}>{part.title || t("ui.archive.untitled")}</Lead>
          </h2>
          <div class="rw-toldlist">
            <PartTable part={part} />
            <FileListPart list={part.list} of={part.title} path={part.path} />
          </div>
        </section>
      ))}
      <PartList title={t("ui.archive.publications")} parts={page.publications} />
      <PartList title={t("ui.archive.grants")} parts={page.grants} />
      <PartList title={t("ui.archive.others")} parts={page.others} />
    </article>
  );
}

export function ArchiveScreen() {
  const t = useText();
  const way = useWay();
  const turn = useTurn();
  const asked = useAnswer<{ page: ArchivePage }>("archive-page", {}, `${turn}`);
  const box = useRef<HTMLHeadingElement>(null);
  useEffect(() => box.current?.setAttribute("tabindex", "-1"), []);
  return (
    <div class="rw-sheet is-wide">
      <div class="rw-head rw-headrow">
        <div>
          <h1 ref={box}>{t("ui.archive.title")}</h1>
          <p>{t("ui.archive.lead")}</p>
        </div>
        {way.leads && (
          <button class="rw-btn" type="button" onClick={() => way.go({ section: "findings", id: "export" })}>
            <Icon name="out" />
            {t("ui.archive.to_export")}
          </button>
        )}
      </div>
      {asked.fault !== undefined && (
        <div class="rw-banner is-error" role="alert">
          <Icon name="error" />
          <p>{asked.fault || t("ui.no_answer")}</p>
        </div>
      )}
      <div role="status" aria-busy={asked.busy}>
        {!asked.data && asked.busy && <p class="rw-two">{t("ui.archive.busy")}</p>}
      </div>
      {asked.data?.page && <Whole page={asked.data.page} />}
    </div>
  );
}
