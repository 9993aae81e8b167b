// How the values of many images differ, in words: the most frequent with their counts, and how many have none.

import { useChosen, useText, useWay } from "../context.tsx";
import { isAbsent, sayValue, slug } from "../fields/values.ts";
import { Icon } from "../icons.tsx";
import type { Value } from "../types.ts";
import { useCount } from "./foldername.tsx";
import type { Shared } from "./many.ts";
import { addressOf, type Scope } from "./scope.ts";

/** Say a value of a column as a person reads it. */
export function useSaid(field: string): (value: Value) => string {
  const t = useText();
  const lang = useChosen((state) => state.lang);
  return (value) => {
    if (isAbsent(value)) return t(`ui.form.${value.absent}`);
    if (typeof value === "boolean") return t(value ? "ui.form.yes" : "ui.form.no");
    const key = `guide.choice.${field}.${slug(String(value))}`;
    const said = typeof value === "string" ? t(key) : key;
    return said === key ? sayValue(value, lang) : said;
  };
}

interface Props {
  field: string;
  shared: Shared;
  scope: Scope;
  count: number;
  /** Whether a value can be entered here. */
  sets?: boolean;
  unit?: string | undefined;
}

export function Differ({ field, shared, scope, count, sets, unit }: Props) {
  const t = useText();
  const say = useCount();
  const words = useSaid(field);
  const { examples = [], counts = [], mixed = 0, empty = 0 } = shared;
  const others = mixed - examples.length - (empty > 0 ? 1 : 0);
  const distinct = mixed - (empty > 0 ? 1 : 0);
  return (
    <p class={sets ? "rw-says is-info rw-differ" : "rw-differ"}>
      {sets && <Icon name="info" />}
      <span>
        {sets && distinct > 1 && <>{t("ui.special.different", { n: say(distinct) })} </>}
        {examples.map((value, n) => (
          <Example
            key={JSON.stringify(value)}
            words={t("ui.special.example", {
              value: [words(value), unit].filter(Boolean).join(" "),
              count: say(counts[n] ?? 0),
            })}
            address={addressOf(scope, { [field]: value })}
            plain={typeof value === "object"}
            last={n === examples.length - 1}
          />
        ))}
        {others > 0 && <> {t.n("ui.special.other_values", others, { count: say(others) })}</>}
        {empty > 0 && <> {t.n("ui.special.have_none", empty, { count: say(empty) })}</>}
        {sets && <> {t.n("ui.special.sets_all", count, { count: say(count) })}</>}
      </span>
    </p>
  );
}

function Example({ words, address, plain, last }: { words: string; address: string; plain: boolean; last: boolean }) {
  const way = useWay();
  const end = last ? "." : ", ";
  if (!way.leads || plain) return <>{`${words}${end}`}</>;
  return (
    <>
      <button class="rw-plain" type="button" onClick={() => way.go({ section: "table", path: address })}>
        {words}
      </button>
      {end}
    </>
  );
}
