// Merging another copy: choose its folder, see what would come, take it in; what both say differently waits to be chosen.

import { useState } from "preact/hooks";
import { useStore, useText } from "../context.tsx";
import { WORK_MS } from "../curator/ask.ts";
import { Dialog } from "../curator/dialog.tsx";
import { useWhere } from "../curator/findings.tsx";
import { FolderField } from "../curator/folders.tsx";
import { Icon } from "../icons.tsx";
import type { Conflict } from "../others.ts";
import { useWhen, useWho, useWords } from "./words.ts";

interface Preview {
  changes: number;
  conflicts: Conflict[];
  count: number;
  reports: string[];
}

const SHOWN = 20;

function Both({ conflict }: { conflict: Conflict }) {
  const where = useWhere();
  const who = useWho();
  const when = useWhen();
  const words = useWords();
  const t = useText();
  return (
    <li>
      <b>{where(conflict.path)}</b>
      <dl class="rw-mergeboth">
        {conflict.rivals.map((rival) => (
          <div key={rival.change}>
            <dt>
              {who(rival)}
              {rival.at && <>, {when(rival.at)}</>}
            </dt>
            <dd>{rival.removed ? t("two_values.removed") : words(conflict.path, rival.value)}</dd>
          </div>
        ))}
      </dl>
    </li>
  );
}

function Coming({ preview }: { preview: Preview }) {
  const t = useText();
  const { changes, conflicts, count, reports } = preview;
  return (
    <div role="status">
      <p>
        {changes ? t.n("ui.merge.changes", changes) : t("ui.merge.nothing")}{" "}
        {changes > 0 && (count ? t.n("ui.merge.conflicts", count) : t("ui.merge.disjoint"))}
      </p>
      {reports.map((said) => (
        <p class="rw-says is-warn" key={said}>
          <Icon name="warning" />
          <span>{said}</span>
        </p>
      ))}
      {conflicts.length > 0 && (
        <ul class="rw-mergelist">
          {conflicts.slice(0, SHOWN).map((conflict) => (
            <Both key={conflict.path} conflict={conflict} />
          ))}
        </ul>
      )}
      {count > SHOWN && <p class="rw-two">{t("ui.merge.more", { n: count - SHOWN })}</p>}
    </div>
  );
}

function MergeDialog({ root, close, done }: { root: string; close: () => void; done: () => void }) {
  const store = useStore();
  const t = useText();
  const [folder, setFolder] = useState("");
  const [preview, setPreview] = useState<Preview>();
  const [fault, setFault] = useState("");
  const [busy, setBusy] = useState(false);
  const ask = async (kind: string) => {
    setBusy(true);
    setFault("");
    try {
      return (await store.wire.request(kind, { folder }, [], WORK_MS)).content;
    } catch (refused) {
      setFault((refused as Error).message || t("ui.no_answer"));
      return undefined;
    } finally {
      setBusy(false);
    }
  };
  const look = async () => setPreview((await ask("look-at-copy")) as Preview | undefined);
  const take = async () => {
    const answer = await ask("merge");
    if (!answer) return;
    const waiting = Number(answer.count);
    const said = t.n("ui.merge.done", Number(answer.changes));
    store.say(waiting ? `${said} ${t.n("ui.merge.waiting", waiting)}` : said);
    close();
    done();
  };
  const change = (path: string) => {
    setFolder(path);
    setPreview(undefined);
  };
  const press = (event: KeyboardEvent) => {
    if (event.key !== "Enter" || !(event.target instanceof HTMLInputElement) || busy || !folder.trim()) return;
    event.preventDefault();
    void look();
  };
  const coming = preview !== undefined && preview.changes > 0;
  return (
    <Dialog title={t("ui.merge.title")} close={close} wide>
      <p class="rw-two">{t("ui.merge.lead")}</p>
      {/* biome-ignore lint/a11y/noStaticElementInteractions: Enter in the input does what the button does */}
      <div onKeyDown={press}>
        <FolderField
          value={folder}
          change={change}
          root={root}
          label={t("ui.merge.folder")}
          help={t("ui.merge.folder.help")}
        />
      </div>
      <p class="rw-says is-error" role="alert">
        {fault && <Icon name="error" />}
        {fault}
      </p>
      {preview && <Coming preview={preview} />}
      <div class="rw-btns">
        {coming ? (
          <button class="rw-btn is-main" type="button" disabled={busy} onClick={() => void take()}>
            {t.n("ui.merge.take", preview.changes)}
          </button>
        ) : (
          <button class="rw-btn is-main" type="button" disabled={busy || !folder.trim()} onClick={() => void look()}>
            {t("ui.merge.look")}
          </button>
        )}
        <button class="rw-btn is-quiet" type="button" onClick={close}>
          {t("ui.cancel")}
        </button>
      </div>
    </Dialog>
  );
}

/** The button where folders are chosen, and its dialog. */
export function MergeButton({ root, done }: { root: string; done: () => void }) {
  const t = useText();
  const [open, setOpen] = useState(false);
  return (
    <>
      <button class="rw-btn is-quiet" type="button" onClick={() => setOpen(true)}>
        {t("ui.merge")}
      </button>
      {open && <MergeDialog root={root} close={() => setOpen(false)} done={done} />}
    </>
  );
}
