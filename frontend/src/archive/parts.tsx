// Sections of a submission as tables: an attribute a line, each name leading to its field.

import { useText } from "../context.tsx";
import { Lead } from "./lead.tsx";
import type { Part, Row } from "./types.ts";
import { Value } from "./value.tsx";

const TITLES = new Set(["title", "name"]);

function Lines({ rows, above = "" }: { rows: Row[]; above?: string }) {
  return (
    <>
      {rows.map((row, place) => (
        <tr key={`${place} ${row.name}`}>
          <th scope="row">
            <Lead path={row.path}>{above ? `${above}, ${row.name}` : row.name}</Lead>
          </th>
          <td>
            <Value row={row} />
          </td>
        </tr>
      ))}
    </>
  );
}

export function RowsTable({ rows, caption }: { rows: Row[]; caption: string }) {
  if (!rows.length) return null;
  return (
    <div class="rw-tablewrap">
      <table class="rw-table rw-told">
        <caption class="rw-hidden">{caption}</caption>
        <tbody>
          <Lines rows={rows} />
        </tbody>
      </table>
    </div>
  );
}

/** One section: its title above, then all it says, with what stands below it. */
export function PartTable({ part }: { part: Part }) {
  const t = useText();
  const rows = part.rows.filter((row) => !TITLES.has(row.name.toLowerCase()));
  return (
    <div class="rw-tablewrap">
      <table class="rw-table rw-told">
        <caption>
          <span class="rw-two">{part.kind}</span>{" "}
          <Lead path={part.path}>
            <b>{part.title || t("ui.archive.untitled")}</b>
          </Lead>
        </caption>
        <tbody>
          <Lines rows={rows} />
          {part.below.map((child, place) => (
            <Lines key={`${place} ${child.kind}`} rows={child.rows} above={child.title || child.kind} />
          ))}
          {rows.length === 0 && part.below.length === 0 && (
            <tr>
              <td class="rw-two">{t("ui.archive.nothing")}</td>
            </tr>
          )}
        </tbody>
      </table>
    </div>
  );
}

export function PartList({ title, parts }: { title: string; parts: Part[] }) {
  if (!parts.length) return null;
  return (
    <section class="rw-group">
      <h2 class="rw-h2">{title}</h2>
      <div class="rw-toldlist">
        {parts.map((part, place) => (
          <PartTable key={`${place} ${part.title}`} part={part} />
        ))}
      </div>
    </section>
  );
}
