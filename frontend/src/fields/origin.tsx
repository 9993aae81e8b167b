// Where a value came from: how many files, which header path.

import { type Say, useText } from "../context.tsx";
import { Icon } from "../icons.tsx";
import { isPencil } from "../record.ts";
import type { Mark, Origin } from "../types.ts";

type Text = ReturnType<typeof useText>;

function known(t: Say, key: string, values: Record<string, unknown>): string | undefined {
  const said = t(key, values);
  return said === key ? undefined : said;
}

function words(t: Text, { kind, source = "", header, count: n, of }: Origin): string {
  if (n && !header) return t.n("ui.form.proposed", n);
  if (n && of && n < of) return t("ui.form.read_some", { n, of });
  if (n) return t.n("ui.form.read_all", n);
  return known(t, `ui.form.from.${kind}`, { source }) ?? t("ui.form.from.file", { source });
}

export function Source({ mark, show }: { mark: Mark | undefined; show: () => void }) {
  const t = useText();
  const origin = mark?.origin;
  if (!origin || !(origin.source || origin.header || origin.count)) return null;
  const pencil = isPencil(mark);
  const whole = [origin.source, origin.header].filter(Boolean).join(" · ");
  return (
    <p class="rw-origin">
      <button class={pencil ? "rw-src is-pencil" : "rw-src"} type="button" title={whole} onClick={show}>
        <Icon name={pencil ? "pencil" : "file"} />
        <span>{words(t, origin)}</span>
        {origin.header && <code>{origin.header}</code>}
      </button>
    </p>
  );
}
