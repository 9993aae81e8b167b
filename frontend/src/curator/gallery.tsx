// The gallery: images rolled up into acquisitions, each with what it shares and what in it differs.

import { useRef, useState } from "preact/hooks";
import { useChosen, useStore, useText, useWay } from "../context.tsx";
import { Icon } from "../icons.tsx";
import { useAnswer } from "./ask.ts";
import { GroupCard } from "./group.tsx";
import { type Group, type Groups, groupKey } from "./groups.ts";
import { RegroupBar, useRegroup } from "./regroup.tsx";
import { DuplicateFiles, Inconsistencies } from "./setnotes.tsx";

function Reading() {
  const store = useStore();
  const t = useText();
  const scan = useChosen((state) => state.scan);
  if (scan.state === "failed")
    return (
      <div class="rw-banner is-error rw-gapbelow" role="alert">
        <Icon name="error" />
        <div>
          <b>{t("ui.scan.failed")}</b> {scan.message}
        </div>
        <button class="rw-btn is-small" type="button" onClick={() => void store.ask("scan")}>
          {t("ui.try_again")}
        </button>
      </div>
    );
  if (scan.state !== "running") return null;
  const { done = 0, of = 0 } = scan;
  return (
    <div class="rw-progress rw-gapbelow">
      <p>
        <span>
          <b>{t("ui.scan.reading")}</b>
          {of > 0 ? t("ui.scan.count", { done, of }) : t("ui.scan.looking")}
        </span>
        <button class="rw-plain" type="button" onClick={() => void store.ask("scan-cancel")}>
          {t("ui.scan.stop")}
        </button>
      </p>
      <progress max={of || 1} value={of ? done : undefined} aria-label={t("ui.scan.label", { done, of })} />
    </div>
  );
}

/** Read aloud at the beginning and the end of a scan, and at each quarter between: not at every file. */
function ScanVoice() {
  const t = useText();
  const scan = useChosen((state) => state.scan);
  const said = useRef("");
  const images = useChosen((state) => state.tables.images);
  const quarter = Math.floor((4 * (scan.done ?? 0)) / (scan.of || 1)) / 4;
  const key = `${scan.state} ${quarter}`;
  const words = useRef("");
  if (key !== said.current) {
    said.current = key;
    if (scan.state === "running") words.current = t("ui.scan.label", { done: scan.done ?? 0, of: scan.of ?? 0 });
    if (scan.state === "done") words.current = t.n("ui.scan.done", images);
  }
  return (
    <p class="rw-hidden" role="status">
      {words.current}
    </p>
  );
}

function Unreadable({ files }: { files: Groups["unreadable"] }) {
  const t = useText();
  if (!files.length) return null;
  return (
    <section class="rw-group">
      <h2 class="rw-h2">{t.n("ui.unreadable", files.length)}</h2>
      <p class="rw-small rw-two rw-gapbelow-small">{t("ui.unreadable.help")}</p>
      <ul class="rw-bad">
        {files.map((file) => (
          <li key={file.path}>
            <Icon name="error" />
            <div>
              <code>{file.path}</code>
              <br />
              <span class="rw-two">{file.message}</span>
            </div>
          </li>
        ))}
      </ul>
    </section>
  );
}

function Nothing() {
  const store = useStore();
  const way = useWay();
  const t = useText();
  const running = useChosen((state) => state.scan.state === "running");
  const folder = useChosen((state) => state.folder);
  const files = useChosen((state) => state.tables.files);
  if (running)
    return (
      <div class="rw-empty rw-wait">
        <p>{t("ui.gallery.reading.help")}</p>
        <button class="rw-btn" type="button" onClick={() => way.go({ section: "study" })}>
          {t("ui.gallery.meanwhile")}
        </button>
      </div>
    );
  return (
    <div class="rw-empty rw-wait">
      <span class="rw-two">
        <Icon name="folder" big />
      </span>
      <h2 class="rw-h3">{t("ui.gallery.none")}</h2>
      <p>{files ? t.n("ui.gallery.none.files", files) : t("ui.gallery.none.help")}</p>
      <div class="rw-btns">
        {folder && (
          <button class="rw-btn is-main" type="button" onClick={() => void store.ask("scan")}>
            {t("ui.scan.again")}
          </button>
        )}
        <button class="rw-btn" type="button" onClick={() => way.go({ section: "start" })}>
          {t("ui.gallery.other")}
        </button>
      </div>
    </div>
  );
}

function title(t: ReturnType<typeof useText>, images: number, groups: Group[]): string {
  const acquisitions = new Set(groups.map((group) => group.acquisition ?? group.key)).size;
  if (!images) return t("ui.gallery.title.none");
  return t("ui.gallery.title", {
    images: t.n("ui.images", images),
    acquisitions: t.n("ui.acquisitions", acquisitions),
  });
}

export function GalleryScreen(props: { image: string | undefined; show: (image: string) => void }) {
  const store = useStore();
  const t = useText();
  const key = useChosen(groupKey);
  const images = useChosen((state) => state.tables.images);
  const running = useChosen((state) => state.scan.state === "running");
  const folder = useChosen((state) => state.folder);
  const answer = useAnswer<Groups>("groups", {}, key);
  const groups = answer.data?.groups ?? [];
  const regroup = useRegroup(groups);
  const [changing, setChanging] = useState(false);
  const door = useRef<HTMLButtonElement>(null);
  const leave = () => {
    regroup.clear();
    setChanging(false);
    door.current?.focus();
  };
  const first = groups.find((group) => group.pencil > 0)?.key;
  return (
    <div class="rw-sheet is-wide">
      <div class="rw-head rw-headrow">
        <div>
          <h1 tabIndex={-1}>{running && !images ? t("ui.gallery.title.reading") : title(t, images, groups)}</h1>
          <p>{t("ui.gallery.lead")}</p>
        </div>
        <div class="rw-btns">
          {groups.length > 0 && (
            <button
              class="rw-btn"
              type="button"
              aria-pressed={changing}
              ref={door}
              onClick={() => (changing ? leave() : setChanging(true))}
            >
              {t("ui.regroup")}
            </button>
          )}
          {folder && !running && images > 0 && (
            <button class="rw-btn" type="button" onClick={() => void store.ask("scan")}>
              {t("ui.scan.again")}
            </button>
          )}
        </div>
      </div>
      {changing && (
        <>
          <p class="rw-small rw-two rw-gapbelow-small">{t("ui.regroup.help")}</p>
          <RegroupBar regroup={regroup} there={groups} done={leave} />
        </>
      )}
      <Reading />
      <ScanVoice />
      {answer.fault !== undefined && (
        <div class="rw-banner is-error rw-gapbelow">
          <Icon name="error" />
          <div>{answer.fault || t("ui.no_answer")}</div>
          <button class="rw-btn is-small" type="button" onClick={answer.again}>
            {t("ui.try_again")}
          </button>
        </div>
      )}
      {images === 0 && (answer.data || answer.fault !== undefined) && <Nothing />}
      {images > 0 && !answer.data && answer.busy && (
        <div class="rw-empty rw-wait">
          <span class="rw-busy" aria-hidden="true" />
        </div>
      )}
      {groups.map((group) => (
        <GroupCard
          key={group.key}
          group={group}
          main={group.key === first}
          image={props.image}
          show={props.show}
          regroup={changing ? regroup : undefined}
        />
      ))}
      {images > 0 && <Inconsistencies />}
      {answer.data && <Unreadable files={answer.data.unreadable} />}
      {folder && images > 0 && answer.data && <DuplicateFiles key={folder} />}
    </div>
  );
}
