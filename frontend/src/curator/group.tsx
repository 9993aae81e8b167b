// One group of the gallery: title, what its images share, a strip of them, what in it differs, and "Keep this group".

import { useRef, useState } from "preact/hooks";
import { useChosen, useStore, useText, useWay } from "../context.tsx";
import { Icon } from "../icons.tsx";
import { isPencil } from "../record.ts";
import { WORK_MS } from "./ask.ts";
import type { Group, Outlier } from "./groups.ts";
import { ChooseGroup, type Regroup } from "./regroup.tsx";
import { Picture, useSeen } from "./thumbs.tsx";

/** Pixels of a preview in a strip. */
const SIZE = 256;

interface ThumbProps {
  image: string;
  name: string;
  pressed: boolean;
  odd: string;
  show: () => void;
  /** Whether a press chooses the image, and does not show it. */
  choosing?: boolean;
}

function Thumb(props: ThumbProps) {
  const t = useText();
  const [ref, seen] = useSeen<HTMLButtonElement>();
  return (
    <button class="rw-thumb" type="button" aria-pressed={props.pressed} onClick={props.show} ref={ref}>
      <Picture image={props.image} alt={props.name} size={SIZE} seen={seen} />
      {props.choosing && (
        <span class="chosen" aria-hidden="true">
          {props.pressed && <Icon name="check" />}
        </span>
      )}
      {props.odd && (
        <span class="odd">
          <Icon name="warning" />
          <span class="rw-hidden">{t("ui.group.odd", { what: props.odd })}</span>
        </span>
      )}
    </button>
  );
}

interface StripProps {
  group: Group;
  image: string | undefined;
  show: (image: string) => void;
  regroup: Regroup | undefined;
}

function Strip(props: StripProps) {
  const t = useText();
  const way = useWay();
  const { group, regroup } = props;
  const odd = new Map(group.outliers.flatMap((outlier) => outlier.images.map((image) => [image, outlier.value])));
  const few = group.count > group.sample_images.length || group.sample_images.length > 8 ? 7 : 8;
  const room = regroup ? group.sample_images.length : few;
  const shown = group.sample_images.slice(0, room);
  const more = group.count - shown.length;
  return (
    <div class="rw-thumbs">
      {shown.map((image, place) => (
        <Thumb
          key={image}
          image={image}
          name={t(regroup ? "ui.regroup.image" : "ui.group.image", { n: place + 1, title: group.title })}
          pressed={regroup ? regroup.images.has(image) : image === props.image}
          odd={odd.get(image) ?? ""}
          choosing={regroup !== undefined}
          show={() => (regroup ? regroup.turnImage(image) : props.show(image))}
        />
      ))}
      {more > 0 && (
        <button
          class="rw-thumb"
          type="button"
          onClick={() => way.go({ section: "table", path: `/images?group=${encodeURIComponent(group.key)}` })}
        >
          <span class="more">{t("ui.group.more", { n: more })}</span>
          <span class="rw-hidden"> {t("ui.group.more.of", { title: group.title })}</span>
        </button>
      )}
    </div>
  );
}

function Differs({ outlier, group, show }: { outlier: Outlier; group: Group; show: (image: string) => void }) {
  const t = useText();
  const [open, setOpen] = useState(false);
  const what = t(`guide.image.${outlier.field}.label`);
  return (
    <div class="rw-differs">
      <Icon name="warning" />
      <span>
        <b>{t.n("ui.differs", outlier.count, { of: group.count, what })}</b>{" "}
        {t.n("ui.differs.says", outlier.count, { value: outlier.value })}
      </span>
      <span class="rw-btns">
        <button class="rw-btn is-small" type="button" aria-expanded={open} onClick={() => setOpen(!open)}>
          {open ? t("ui.differs.hide") : t.n("ui.differs.show", outlier.count)}
        </button>
      </span>
      {open && (
        <div class="rw-thumbs rw-all">
          {outlier.images.map((image, place) => (
            <Thumb
              key={image}
              image={image}
              name={t("ui.group.image", { n: place + 1, title: outlier.value })}
              pressed={false}
              odd=""
              show={() => show(image)}
            />
          ))}
        </div>
      )}
    </div>
  );
}

/** Values in pencil below an acquisition, as they are now: the group itself may have been asked for earlier. */
function usePencilCount(acquisition: string | null): number {
  return useChosen((state) => {
    if (!acquisition) return 0;
    const start = `/acquisitions/${acquisition}/`;
    return Object.entries(state.marks).filter(([path, mark]) => path.startsWith(start) && isPencil(mark)).length;
  });
}

export function GroupCard(props: {
  group: Group;
  main: boolean;
  image: string | undefined;
  show: (image: string) => void;
  /** What is chosen while the groups are changed. */
  regroup?: Regroup | undefined;
}) {
  const store = useStore();
  const way = useWay();
  const t = useText();
  const { group } = props;
  const pencil = usePencilCount(group.acquisition);
  const [busy, setBusy] = useState(false);
  const head = useRef<HTMLHeadingElement>(null);
  const keep = async () => {
    if (busy) return;
    setBusy(true);
    const paths = group.acquisition ? store.pencilBelow(`/acquisitions/${group.acquisition}`) : [];
    const where = { group: group.key || null };
    const done = await store.ask("fill", { table: "images", where, confirm: true, paths }, WORK_MS);
    setBusy(false);
    head.current?.focus({ preventScroll: true });
    if (done) store.say(t.n("ui.group.kept", group.count, { title: group.title }));
  };
  return (
    <article class="rw-acq">
      <div class="rw-acqhead">
        <div>
          {props.regroup && <ChooseGroup group={group} regroup={props.regroup} />}
          <h2 tabIndex={-1} ref={head}>
            {group.title}
          </h2>
          <p>
            <span class="rw-num">{t.n("ui.images", group.count)}</span> {t("ui.group.in")}{" "}
            {group.folders.map((folder, place) => (
              <span key={folder}>
                {place > 0 && ", "}
                <code>{folder === "." ? "./" : `${folder}/`}</code>
              </span>
            ))}
            {group.formats.length > 0 && t("ui.group.formats", { formats: group.formats.join(", ") })}
          </p>
        </div>
        <div class="rw-btns">
          {pencil > 0 && (
            <button class={props.main ? "rw-btn is-main" : "rw-btn"} type="button" aria-disabled={busy} onClick={keep}>
              <Icon name="check" />
              {t("ui.group.keep")}
              <span class="rw-hidden">: {group.title}</span>
            </button>
          )}
          {group.acquisition && (
            <button
              class="rw-btn"
              type="button"
              onClick={() => way.go({ section: "acquisition", id: group.acquisition ?? "" })}
            >
              {t("ui.group.form")}
              <span class="rw-hidden">: {group.title}</span>
            </button>
          )}
        </div>
      </div>
      <div class="rw-btns">
        {group.chips.map((chip) => (
          <span class="rw-chip" key={chip}>
            {chip}
          </span>
        ))}
        {pencil > 0 ? (
          <span class="rw-chip is-pencil">
            <Icon name="pencil" />
            {t("ui.n_to_confirm", { n: pencil })}
          </span>
        ) : (
          group.acquisition && (
            <span class="rw-chip is-ok">
              <Icon name="check" />
              {t("ui.confirmed")}
            </span>
          )
        )}
      </div>
      <Strip group={group} image={props.image} show={props.show} regroup={props.regroup} />
      {group.outliers.map((outlier) => (
        <Differs key={`${outlier.field} ${outlier.value}`} outlier={outlier} group={group} show={props.show} />
      ))}
    </article>
  );
}
