// What the names of folders say about their samples: shown before it is done, then done in one change.

import { useEffect, useRef, useState } from "preact/hooks";
import { useStore, useText } from "../context.tsx";
import { useUnique } from "../fields/frame.tsx";
import { Icon } from "../icons.tsx";
import { FolderName, useCount } from "./foldername.tsx";
import { useNames } from "./names.ts";
import type { Proposed, Told } from "./told.ts";

interface Props {
  component: string;
  told: Told;
  /** With what was done as a sentence; empty if it was given up. */
  done(said: string): void;
}

export function Proposal({ component, told, done }: Props) {
  const t = useText();
  const store = useStore();
  const id = useUnique();
  const samples = useNames("samples");
  const say = useCount();
  const title = useRef<HTMLHeadingElement>(null);
  const [left, setLeft] = useState<ReadonlySet<string>>(new Set());
  useEffect(() => title.current?.focus(), []);
  const taken = told.proposal.filter((item) => !left.has(item.folder));
  const count = taken.reduce((sum, item) => sum + item.count, 0);
  const rest = told.open - told.proposal.reduce((sum, item) => sum + item.count, 0);
  const accept = async () => {
    const items = taken.map(({ folder, below, sample }) => ({ folder, below, sample }));
    const answer = await store.ask("assign", { within: component, items, open: true });
    if (answer) done(t.n("ui.special.assigned", count, { count: say(count) }));
  };
  const turn = (item: Proposed) => {
    const fresh = new Set(left);
    if (!fresh.delete(item.folder)) fresh.add(item.folder);
    setLeft(fresh);
  };
  return (
    <section class="rw-card rw-proposal" aria-labelledby={id}>
      <h2 class="rw-h2" id={id} tabIndex={-1} ref={title}>
        {t(told.proposal.length ? "ui.special.proposal" : "ui.special.no_proposal")}
      </h2>
      <p class="rw-two rw-small">{t(why(told, samples.all.length))}</p>
      {told.proposal.length > 0 && (
        <ul class="rw-files">
          {told.proposal.map((item) => (
            <li key={item.folder}>
              <label class="rw-proposed">
                <input type="checkbox" checked={!left.has(item.folder)} onChange={() => turn(item)} />
                <FolderName folder={item.folder} below={item.below} count={item.count} />
              </label>
              <span class="rw-becomes">
                <Icon name="go" />
                <span>{samples.name(item.sample)}</span>
              </span>
            </li>
          ))}
        </ul>
      )}
      {told.proposal.length > 0 && rest > 0 && (
        <p class="rw-small">{t.n("ui.special.proposal_rest", rest, { count: say(rest) })}</p>
      )}
      <div class="rw-btns">
        {told.proposal.length > 0 && (
          <button class="rw-btn is-main" type="button" disabled={!count} onClick={() => void accept()}>
            {t.n("ui.special.assign_these", count, { count: say(count) })}
          </button>
        )}
        <button class="rw-btn is-quiet" type="button" onClick={() => done("")}>
          {t(told.proposal.length ? "ui.form.cancel" : "ui.form.close")}
        </button>
      </div>
    </section>
  );
}

function why(told: Told, samples: number): string {
  if (told.proposal.length) return samples === 1 ? "ui.special.proposal_only" : "ui.special.proposal_why";
  return samples ? "ui.special.no_proposal_why" : "ui.special.no_samples";
}
