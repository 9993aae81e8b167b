// Looking at one image: depth, time, channels, colours and contrast. The newest wish is asked for first.

import { useEffect, useRef, useState } from "preact/hooks";
import { useStore, useText } from "../context.tsx";
import { useUnique } from "../fields/frame.tsx";
import type { Store } from "../store.ts";
import { Refused } from "../wire.ts";
import { WORK_MS } from "./ask.ts";
import { Contrast, type Contrasts } from "./contrast.tsx";
import { type Header, type ShownChannel, sizeOf } from "./header.ts";
import type { Shown } from "./thumbs.tsx";

/** Pixels of the picture's longer side. */
const SIZE = 1024;
/** Channels that are laid over one another; the others are not shown. */
const CHANNELS = 6;

interface Look {
  z?: number;
  t?: number;
  /** Channels that are left out. */
  hidden?: number[];
  channels?: number[];
  coloured?: boolean;
  /** Percentiles that become black and bright: of a channel by its number, and of "all" others. */
  contrast?: Contrasts;
  anyway?: boolean;
}

type Seen = Shown & { large?: boolean };

export interface Viewer {
  shown: Seen | undefined;
  /** Whether the picture is so large that it is only made when somebody asks for it. */
  large: boolean;
  busy: boolean;
  now: Look;
  look(change: Look): void;
}

/** Ask for planes one after the other; of those that wait only the newest is asked for. */
class Planes {
  private running = false;
  private waiting: (() => Promise<void>) | undefined;

  async want(job: () => Promise<void>): Promise<void> {
    this.waiting = job;
    if (this.running) return;
    this.running = true;
    while (this.waiting) {
      const next = this.waiting;
      this.waiting = undefined;
      await next();
    }
    this.running = false;
  }
}

async function ask(store: Store, image: string, { hidden: _hidden, ...look }: Look): Promise<Seen> {
  try {
    const { content, buffers } = await store.wire.request("plane", { image, size: SIZE, ...look }, [], WORK_MS);
    if (content.large) return { fault: String(content.large), large: true };
    const [data] = buffers;
    if (!data) return { fault: store.text("ui.image.none") };
    return { url: URL.createObjectURL(new Blob([data as DataView<ArrayBuffer>], { type: "image/png" })) };
  } catch (fault) {
    return { fault: fault instanceof Refused ? fault.message : store.text("ui.no_answer") };
  }
}

/** Follow what a person looks at; nothing is asked until they change something, or the preview could not be made. */
export function useViewer(image: string, failed: boolean): Viewer {
  const store = useStore();
  const planes = useRef(new Planes());
  const [now, setNow] = useState<Look>({});
  const [shown, show] = useState<Seen>();
  const [busy, setBusy] = useState(false);
  const wanted = failed || Object.keys(now).length > 0;
  const gone = useRef(false);
  useEffect(
    () => () => {
      gone.current = true;
    },
    [],
  );
  useEffect(() => {
    if (!wanted) return;
    setBusy(true);
    void planes.current.want(async () => {
      const seen = await ask(store, image, now);
      if (gone.current) return;
      show(seen);
      setBusy(false);
    });
  }, [store, image, now, wanted]);
  useEffect(() => {
    const url = shown && "url" in shown ? shown.url : undefined;
    return () => url && URL.revokeObjectURL(url);
  }, [shown]);
  return {
    shown,
    large: shown?.large === true,
    busy,
    now,
    look: (change) => setNow((old) => ({ ...old, ...change })),
  };
}

interface Props {
  header: Header;
  channels: ShownChannel[];
  viewer: Viewer;
}

export function Controls({ header, channels, viewer }: Props) {
  const t = useText();
  const [depth, times] = [sizeOf(header, "z"), sizeOf(header, "t")];
  const photo = channels.length < 2 && sizeOf(header, "c") > 2; // red, green and blue are shown as they are
  return (
    <figcaption class="rw-viewer" aria-busy={viewer.busy}>
      {channels.length > 0 && <Channels channels={channels} viewer={viewer} />}
      {depth > 1 && (
        <Slider label={t("ui.viewer.z")} count={depth} value={viewer.now.z} pick={(z) => viewer.look({ z })} />
      )}
      {times > 1 && (
        <Slider label={t("ui.viewer.t")} count={times} value={viewer.now.t} pick={(at) => viewer.look({ t: at })} />
      )}
      {!photo && (
        <Contrast
          channels={channels.slice(0, CHANNELS)}
          value={viewer.now.contrast ?? {}}
          pick={(contrast) => viewer.look({ contrast })}
        />
      )}
    </figcaption>
  );
}

function Channels({ channels, viewer }: Omit<Props, "header">) {
  const t = useText();
  const hidden = viewer.now.hidden ?? [];
  const shown = channels.slice(0, CHANNELS);
  if (shown.length === 1)
    return (
      <span>
        <Swatch channel={shown[0]} />
        {shown[0]?.name}
      </span>
    );
  const turn = (place: number) => {
    const fresh = hidden.includes(place) ? hidden.filter((one) => one !== place) : [...hidden, place];
    viewer.look({ hidden: fresh, channels: shown.map((_, at) => at).filter((at) => !fresh.includes(at)) });
  };
  return (
    <fieldset class="rw-viewchannels">
      <legend class="rw-hidden">{t("ui.viewer.channels")}</legend>
      {shown.map((channel, place) => (
        <label key={place}>
          <input type="checkbox" checked={!hidden.includes(place)} onChange={() => turn(place)} />
          <Swatch channel={channel} />
          {channel.name}
        </label>
      ))}
      <label>
        <input
          type="checkbox"
          checked={viewer.now.coloured !== false}
          onChange={(event) => viewer.look({ coloured: event.currentTarget.checked })}
        />
        {t("ui.viewer.colours")}
      </label>
    </fieldset>
  );
}

function Swatch({ channel }: { channel: ShownChannel | undefined }) {
  return channel?.colour ? <span class="rw-swatch" style={{ background: channel.colour }} /> : null;
}

interface SliderProps {
  label: string;
  count: number;
  /** From 0; the middle until somebody moves it. */
  value: number | undefined;
  pick(place: number): void;
}

function Slider({ label, count, value, pick }: SliderProps) {
  const t = useText();
  const id = useUnique();
  const at = (value ?? Math.floor(count / 2)) + 1;
  return (
    <span class="rw-viewslider">
      <label for={id}>{label}</label>
      <input
        id={id}
        type="range"
        min={1}
        max={count}
        value={at}
        aria-valuetext={t("ui.viewer.of", { n: at, of: count })}
        onInput={(event) => pick(Number(event.currentTarget.value) - 1)}
      />
      <span class="rw-num" aria-hidden="true">
        {t("ui.viewer.of", { n: at, of: count })}
      </span>
    </span>
  );
}
