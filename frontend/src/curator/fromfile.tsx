// Bring a file into the open curation: choose it, look what it brings, take it as one change.

import { useState } from "preact/hooks";
import { useChosen, useStore, useText, useWay } from "../context.tsx";
import { Icon } from "../icons.tsx";
import { WORK_MS } from "./ask.ts";
import { Dialog } from "./dialog.tsx";
import { PathField } from "./pathfield.tsx";
import { wordsOf } from "./place.ts";
import { Found, Left, type Looked, lookAt } from "./study.tsx";

interface ChangedCell {
  cell: string;
  path: string;
  was: string;
  now: string;
}

interface Brings extends Looked {
  edits: number;
  counts: Partial<Record<"error" | "warning" | "info", number>>;
  /** Of a workbook that comes back: the cells that somebody changed. */
  cells?: ChangedCell[];
  cells_count?: number;
}

function Cells({ brings }: { brings: Brings }) {
  const t = useText();
  const record = useChosen((state) => state.record);
  const guide = useChosen((state) => state.guide);
  const cells = brings.cells ?? [];
  const count = brings.cells_count ?? cells.length;
  if (!count) return <p>{t("ui.bring.nothing")}</p>;
  return (
    <>
      <h3 class="rw-h3">{t.n("ui.bring.cells", count)}</h3>
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls is reached by the keyboard too */}
      <section class="rw-tablewrap" tabIndex={0} aria-label={t.n("ui.bring.cells", count)}>
        <table class="rw-table">
          <thead>
            <tr>
              {["cell", "field", "was", "now"].map((name) => (
                <th key={name} scope="col">
                  {t(`ui.bring.${name}`)}
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            {cells.map((cell) => (
              <tr key={`${cell.cell} ${cell.path}`}>
                <th scope="row">{cell.cell}</th>
                <td>{wordsOf(record, guide, cell.path, t)}</td>
                <td>{cell.was || "–"}</td>
                <td>{cell.now || "–"}</td>
              </tr>
            ))}
          </tbody>
        </table>
      </section>
      {count > cells.length && <p class="rw-two">…</p>}
    </>
  );
}

function Says({ brings }: { brings: Brings }) {
  const t = useText();
  const { error = 0, warning = 0, info = 0 } = brings.counts;
  if (!error && !warning && !info) return null;
  return <p class="rw-small rw-two">{t("ui.bring.levels", { errors: error, warnings: warning, infos: info })}</p>;
}

function BringDialog({ close }: { close: () => void }) {
  const t = useText();
  const store = useStore();
  const id = `${useWay().prefix}-bring`;
  const [busy, setBusy] = useState(false);
  const [brings, setBrings] = useState<Brings | undefined>();
  const [fault, setFault] = useState("");
  const look = async (content: object, file?: File) => {
    setBusy(true);
    setBrings(undefined);
    setFault("");
    store.hush();
    const found = await lookAt<Brings>(store, content, file, "bring-look");
    setBusy(false);
    setBrings(found);
    if (!found) setFault(store.state.said?.text ?? t("ui.no_answer"));
  };
  const take = async () => {
    if (!brings || busy) return;
    setBusy(true);
    const done = await store.ask("bring-in", { token: brings.token }, WORK_MS);
    setBusy(false);
    if (!done) return setFault(store.state.said?.text ?? t("ui.no_answer"));
    const count = Number(done.count);
    const { name } = brings;
    store.say(count ? t.n("ui.bring.taken", count, { name }) : t("ui.bring.taken.none", { name }), "info");
    close();
  };
  const workbook = brings?.cells !== undefined;
  return (
    <Dialog title={t(workbook ? "ui.bring.workbook" : "ui.bring")} close={close} wide>
      <div class="rw-bring">
        <p class="rw-help" id={`${id}-help`}>
          {t("ui.bring.lead")}
        </p>
        <div class="rw-field">
          <div class="rw-label">
            <label for={id}>{t("ui.bring.file")}</label>
          </div>
          <input
            class="rw-input"
            id={id}
            type="file"
            aria-describedby={`${id}-help ${id}-says`}
            onChange={(event) => {
              const file = event.currentTarget.files?.[0];
              if (file) void look({ name: file.name }, file);
            }}
          />
        </div>
        <PathField id={`${id}-path`} busy={busy} look={(path) => void look({ path })} />
        <div role="status" aria-busy={busy} id={`${id}-says`}>
          {busy && <p class="rw-two">{t("ui.study.looking")}</p>}
          {brings && <p class="rw-hidden">{t("ui.study.looked", { name: brings.name })}</p>}
          {fault && (
            <p class="rw-says is-error">
              <Icon name="error" />
              {fault}
            </p>
          )}
        </div>
        {brings && (
          <section class="rw-card rw-looked" aria-label={t("ui.study.found")}>
            {workbook ? <Cells brings={brings} /> : <Found looked={brings} whole />}
            <Says brings={brings} />
            <Left looked={{ ...brings, left: brings.left ?? [], left_count: brings.left_count ?? 0 }} />
            {!workbook && <p class="rw-help">{t(brings.edits ? "ui.bring.pencil" : "ui.bring.nothing")}</p>}
          </section>
        )}
        <div class="rw-btns">
          <button
            class="rw-btn is-main"
            type="button"
            aria-disabled={!brings?.edits || busy}
            onClick={() => brings?.edits && void take()}
          >
            {t("ui.bring.take")}
          </button>
          <button class="rw-btn is-quiet" type="button" onClick={close}>
            {t("ui.cancel")}
          </button>
        </div>
      </div>
    </Dialog>
  );
}

export function BringButton() {
  const t = useText();
  const [open, setOpen] = useState(false);
  return (
    <>
      <button class="rw-btn" type="button" onClick={() => setOpen(true)}>
        <Icon name="page" />
        {t("ui.bring.open")}
      </button>
      {open && <BringDialog close={() => setOpen(false)} />}
    </>
  );
}
