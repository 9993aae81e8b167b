// One image on its dark stage, with its channels, a scale bar and what its header says.

import { useMemo, useState } from "preact/hooks";
import { useChosen, useText } from "../context.tsx";
import { Icon } from "../icons.tsx";
import { useAnswer } from "./ask.ts";
import { Dialog } from "./dialog.tsx";
import { type Groups, groupKey } from "./groups.ts";
import { channelsOf, factsOf, type Header, leavesOf, scaleOf, shapeOf } from "./header.ts";
import { HeaderTree } from "./headertree.tsx";
import { OmeModel } from "./omemodel.tsx";
import { useThumb } from "./thumbs.tsx";
import type { Leaf } from "./tree.ts";
import { Controls, useViewer } from "./viewer.tsx";

/** Pixels of the preview's longer side on the stage. */
const STAGE = 512;

function Stage({ image, header, name }: { image: string; header: Header | undefined; name: string }) {
  const t = useText();
  const lang = useChosen((state) => state.lang);
  const thumb = useThumb(image, STAGE);
  const viewer = useViewer(image, thumb !== undefined && "fault" in thumb);
  const shown = viewer.shown ?? thumb;
  const channels = header ? channelsOf(header) : [];
  const scale = header && scaleOf(header, lang);
  const alt = channels.length
    ? t("ui.image.alt", { name, channels: channels.map((channel) => channel.name).join(", ") })
    : name;
  return (
    <figure class="rw-stage">
      <div class="rw-frame" style={{ aspectRatio: header && shapeOf(header) }}>
        {shown && "url" in shown ? (
          <img src={shown.url} alt={alt} />
        ) : (
          <span class="rw-nopicture">
            {shown ? (
              <span>
                <Icon name="file" big />
                <br />
                {shown.fault}
                {viewer.large && (
                  <>
                    <br />
                    <button class="rw-btn is-small" type="button" onClick={() => viewer.look({ anyway: true })}>
                      {t("ui.viewer.anyway")}
                    </button>
                  </>
                )}
              </span>
            ) : (
              <span class="rw-busy" aria-hidden="true" />
            )}
          </span>
        )}
        {scale && shown && "url" in shown && (
          <span class="rw-scalebar" style={{ width: `${scale.percent}%` }}>
            {scale.words}
          </span>
        )}
      </div>
      {header && <Controls header={header} channels={channels} viewer={viewer} />}
    </figure>
  );
}

interface AllProps {
  image: string;
  header: Header;
  name: string;
  close: () => void;
}

function AllValues({ image, header, name, close }: AllProps) {
  const t = useText();
  const [model, setModel] = useState<Leaf[]>([]);
  const leaves = useMemo(() => [...leavesOf(header, t), ...model], [header, model, t]);
  return (
    <Dialog title={t("ui.header.title", { name })} close={close} wide>
      <HeaderTree leaves={leaves} name={name} />
      <OmeModel image={image} show={setModel} />
    </Dialog>
  );
}

function split(path: string): [string, string] {
  const cut = path.lastIndexOf("/") + 1;
  return [path.slice(0, cut), path.slice(cut)];
}

export function ImageView({ image }: { image: string }) {
  const t = useText();
  const lang = useChosen((state) => state.lang);
  const header = useAnswer<Header>("header", { image }, `${image} ${lang}`);
  const [open, setOpen] = useState(false);
  const data = header.data;
  const [folder, name] = split(data?.path ?? "");
  return (
    <>
      <Stage key={image} image={image} header={data} name={name || t("ui.image.this")} />
      {header.fault !== undefined && (
        <div class="rw-banner is-error">
          <Icon name="error" />
          <div>{header.fault || t("ui.no_answer")}</div>
          <button class="rw-btn is-small" type="button" onClick={header.again}>
            {t("ui.try_again")}
          </button>
        </div>
      )}
      {data && (
        <>
          <div>
            <h2 class="rw-breaks">{name}</h2>
            {folder && (
              <p class="rw-two">
                <code class="rw-tiny rw-breaks">{folder}</code>
              </p>
            )}
          </div>
          <dl class="rw-facts">
            {factsOf(data, t, lang).map(([key, said]) => [
              <dt key={key}>{t(key)}</dt>,
              <dd class="rw-num" key={`${key}-said`}>
                {said}
              </dd>,
            ])}
          </dl>
          {data.warnings.map((warning) => (
            <p class="rw-says is-warn" key={warning}>
              <Icon name="warning" />
              <span>{warning}</span>
            </p>
          ))}
          <div class="rw-btns">
            <button class="rw-btn" type="button" onClick={() => setOpen(true)}>
              {t.n("ui.header.show", data.leaves.length)}
            </button>
          </div>
          {open && <AllValues image={image} header={data} name={name} close={() => setOpen(false)} />}
        </>
      )}
    </>
  );
}

/** The image that was chosen, else one of the acquisition in view, else the first there is. */
export function ImagePanel({ image, acquisition }: { image: string | undefined; acquisition: string | undefined }) {
  const t = useText();
  const key = useChosen(groupKey);
  const images = useChosen((state) => state.tables.images);
  const groups = useAnswer<Groups>("groups", {}, key, image === undefined && images > 0).data?.groups;
  const own = groups?.find((group) => group.acquisition !== null && group.acquisition === acquisition);
  const shown = image ?? own?.sample_images[0] ?? groups?.[0]?.sample_images[0];
  if (shown) return <ImageView image={shown} />;
  return (
    <div class="rw-empty">
      <span class="rw-two">
        <Icon name="file" big />
      </span>
      <h2>{t("ui.image.empty")}</h2>
      <p>{t("ui.image.empty.help")}</p>
    </div>
  );
}
