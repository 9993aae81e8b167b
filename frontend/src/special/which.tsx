// The files that an analysis, a set of annotations or a correlation made: how many, some of them, and how to say so.

import { useChosen, useStore, useText, useWay } from "../context.tsx";
import { useAnswer } from "../curator/ask.ts";
import { EntityForm } from "../form/body.tsx";
import type { SpecialProps } from "../form/special.ts";
import { Icon } from "../icons.tsx";
import type { Node } from "../types.ts";
import { useCount } from "./foldername.tsx";
import { Matching } from "./matching.tsx";

/** Files named. */
const NAMED = 8;

interface Page {
  matched: number;
  rows: Node[];
}

export function WithFiles({ section, path }: SpecialProps) {
  return (
    <>
      <EntityForm section={section} path={path} />
      <WhichFiles section={section.name} id={path.split("/")[2] ?? ""} />
      {section.name !== "correlation" && <Matching section={section.name} path={path} />}
    </>
  );
}

function WhichFiles({ section, id }: { section: string; id: string }) {
  const t = useText();
  const say = useCount();
  const way = useWay();
  const changed = useChosen((state) => state.tablesChanged);
  const files = useChosen((state) => state.tables.files);
  const content = { table: "files", where: { made_by: id }, sort: "path", limit: NAMED };
  const page = useAnswer<Page>("rows", content, `${id} ${changed}`, files > 0).data;
  if (!files) return null;
  const count = page?.matched ?? 0;
  const title = t("ui.special.which_files");
  return (
    <section class="rw-group" aria-label={title}>
      <div class="rw-grouphead">
        <div>
          <h2 class="rw-h2">{title}</h2>
          <p role="status">
            {page &&
              (count ? t.n("ui.special.made", count, { count: say(count) }) : t(`ui.special.made_none_${section}`))}
          </p>
        </div>
        {way.leads && (
          <button
            class="rw-btn"
            type="button"
            onClick={() => way.go({ section: "table", path: count ? `/files?made_by=${id}` : "/files" })}
          >
            {t(count ? "ui.special.open_table" : "ui.special.choose_files")}
          </button>
        )}
      </div>
      {count > 0 && (
        <ul class="rw-files">
          {page?.rows.map((row) => (
            <MadeFile key={row.id} row={row} />
          ))}
        </ul>
      )}
      {count > NAMED && (
        <p class="rw-small rw-two">{t.n("ui.special.more", count - NAMED, { count: say(count - NAMED) })}</p>
      )}
    </section>
  );
}

function MadeFile({ row }: { row: Node }) {
  const t = useText();
  const store = useStore();
  return (
    <li>
      <Icon name="file" />
      <div>
        <code>{String(row.path ?? row.id)}</code>
      </div>
      <button
        class="rw-btn is-small is-quiet"
        type="button"
        aria-label={t("ui.special.not_this", { file: String(row.path ?? row.id) })}
        onClick={() => void store.ask("fill", { table: "files", rows: [row.id], column: "made_by", value: null })}
      >
        {t("ui.form.remove")}
      </button>
    </li>
  );
}
