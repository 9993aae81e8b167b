// Samples that are missing: every biosample in the only preparation, made with one click.

import { useChosen, useStore, useText } from "../context.tsx";
import { Icon } from "../icons.tsx";
import { useCount } from "./foldername.tsx";
import { listed, useNames } from "./names.ts";
import { missingPairs, pairsEdits } from "./pairing.ts";

/** Names said before "and so many more". */
const SAID = 4;

export function PairsBanner({ choose }: { choose(id: string): void }) {
  const t = useText();
  const store = useStore();
  const say = useCount();
  const record = useChosen((state) => state.record);
  const lang = useChosen((state) => state.lang);
  const [biosamples, specimens] = [useNames("biosamples"), useNames("specimens")];
  const pairs = missingPairs(record);
  if (!pairs.length) return null;
  const only = specimens.all.length === 1;
  const names = pairs
    .map(({ biosample, specimen }) => (only ? biosamples.name(biosample) : specimens.name(specimen)))
    .filter((name) => name !== undefined)
    .map((name) => t("ui.special.quoted", { name }));
  const more = names.length - SAID;
  const shown = more > 0 ? [...names.slice(0, SAID), t.n("ui.special.more", more, { count: say(more) })] : names;
  const make = (event: Event) => {
    (event.currentTarget as HTMLElement).closest<HTMLElement>(".rw-formsheet")?.focus(); // the button is about to go
    const edits = pairsEdits(record, pairs);
    void store.edit(edits);
    choose(String(edits[0]?.id));
  };
  return (
    <div class="rw-banner is-info rw-waiting">
      <Icon name="info" />
      <div>
        <b>{t.n("ui.special.pairs", pairs.length, { count: say(pairs.length) })}</b>{" "}
        {t(only ? "ui.special.pairs_specimen" : "ui.special.pairs_biosample", {
          names: listed(shown, lang),
          one: t("ui.special.quoted", { name: (only ? specimens.all[0]?.title : biosamples.all[0]?.title) ?? "" }),
        })}
      </div>
      <div class="rw-btns">
        <button class="rw-btn" type="button" onClick={make}>
          {t.n("ui.special.make_pairs", pairs.length, { count: say(pairs.length) })}
        </button>
      </div>
    </div>
  );
}
