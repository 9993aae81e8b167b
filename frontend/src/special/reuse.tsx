// What a person keeps for other studies: preparations, acquisitions, analyses; brought into this one as one change.

import { useState } from "preact/hooks";
import { useChosen, useStore, useText } from "../context.tsx";
import { day, useAnswer } from "../curator/ask.ts";
import { Dialog } from "../curator/dialog.tsx";
import { Icon } from "../icons.tsx";
import type { Node, SectionGuide } from "../types.ts";

/** Collections whose entities are worth keeping. */
export const KEPT = new Set(["specimens", "acquisitions", "analyses", "annotations", "correlations"]);
/** Collections of which a part, the protocol, can go into an entity that is there. */
const INTO = new Set(["specimens", "acquisitions"]);

interface Thing {
  id: string;
  title: string;
  source: string;
  at: string;
}

/** Keep an entity for other studies; the person is told. */
export function useKeeping(): (section: SectionGuide, node: Node, title: string) => void {
  const t = useText();
  const store = useStore();
  return async (section, node, title) => {
    const answer = await store.ask("keep", { path: `/${section.collection}/${node.id}` });
    if (answer) store.say(t("ui.sections.kept", { title }));
  };
}

interface Props {
  section: SectionGuide;
  chosen: Node | undefined;
  called: string;
  close(): void;
  take(id: string): void;
}

export function ReuseDialog({ section, chosen, called, close, take }: Props) {
  const t = useText();
  const store = useStore();
  const [turn, setTurn] = useState(0);
  const asked = useAnswer<{ items?: Thing[] }>("library", { section: section.collection }, `${turn}`);
  const items = asked.data?.items;
  const [wanted, setWanted] = useState<ReadonlySet<string>>(new Set());
  const toggle = (id: string) => {
    const fresh = new Set(wanted);
    if (!fresh.delete(id)) fresh.add(id);
    setWanted(fresh);
  };
  const forget = async (id: string) => {
    await store.ask("forget", { section: section.collection, id });
    setWanted(new Set([...wanted].filter((other) => other !== id)));
    setTurn(turn + 1);
  };
  const use = async (into?: string) => {
    const content = { section: section.collection, ids: [...wanted], ...(into ? { into } : {}) };
    const answer = await store.ask("reuse", content);
    if (!answer) return;
    close();
    const [first] = (answer.ids as string[] | undefined) ?? [];
    if (first && !into) take(first);
  };
  const path = chosen ? `/${section.collection}/${chosen.id}` : undefined;
  return (
    <Dialog title={t("ui.sections.reuse_title", { section: t(`guide.${section.name}.plural`) })} close={close}>
      {asked.busy && !items && <span class="rw-busy" aria-hidden="true" />}
      {items && !items.length && <p>{t("ui.sections.reuse_none")}</p>}
      {items && items.length > 0 && <Things items={items} wanted={wanted} toggle={toggle} forget={forget} />}
      <div class="rw-btns">
        <button class="rw-btn is-main" type="button" disabled={!wanted.size} onClick={() => void use()}>
          {t.n("ui.sections.reuse_these", wanted.size)}
        </button>
        {path && INTO.has(section.collection) && (
          <button class="rw-btn" type="button" disabled={wanted.size !== 1} onClick={() => void use(path)}>
            {t("ui.sections.reuse_into", { title: called })}
          </button>
        )}
        <button class="rw-btn is-quiet" type="button" onClick={close}>
          {t("ui.cancel")}
        </button>
      </div>
    </Dialog>
  );
}

interface ThingsProps {
  items: Thing[];
  wanted: ReadonlySet<string>;
  toggle(id: string): void;
  forget(id: string): void;
}

function Things({ items, wanted, toggle, forget }: ThingsProps) {
  const t = useText();
  const lang = useChosen((state) => state.lang);
  const when = (at: string) => (Number.isNaN(Date.parse(at)) ? "" : day(new Date(at), lang));
  return (
    <ul class="rw-lablist">
      {items.map((item) => {
        const title = item.title || t("ui.sections.no_title");
        return (
          <li key={item.id}>
            <label class="rw-labperson">
              <input type="checkbox" checked={wanted.has(item.id)} onChange={() => toggle(item.id)} />
              <span>
                <b>{title}</b>
                <span class="rw-two rw-small">
                  {[item.source && t("ui.sections.kept_from", { source: item.source }), when(item.at)]
                    .filter(Boolean)
                    .join(" · ")}
                </span>
              </span>
            </label>
            <button
              class="rw-btn is-icon is-quiet"
              type="button"
              aria-label={t("ui.sections.forget", { title })}
              onClick={() => forget(item.id)}
            >
              <Icon name="trash" />
            </button>
          </li>
        );
      })}
    </ul>
  );
}
