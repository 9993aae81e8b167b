// The frame: top bar, rail, the screen of a place, the panel beside it; and who leads a person from one to another.

import type { ComponentChildren } from "preact";
import { useCallback, useEffect, useMemo, useRef, useState } from "preact/hooks";
import { ArchiveScreen } from "../archive/page.tsx";
import { type Place, useChosen, useStore, useText, useWay, type Way, WayProvider } from "../context.tsx";
import { SectionScreen } from "../form/section.tsx";
import { BackBar } from "../isatab/back.tsx";
import { IsaScreen } from "../isatab/screen.tsx";
import { Banners, Toast } from "./banners.tsx";
import { GalleryScreen } from "./gallery.tsx";
import type { Focused } from "./help.tsx";
import { useKeys } from "./keys.ts";
import { keepPlace, lastPlace } from "./place.ts";
import { Drawer, Rail } from "./rail.tsx";
import { ReadyScreen } from "./ready.tsx";
import { Side, type Tab } from "./side.tsx";
import { type StartOptions, StartScreen } from "./start.tsx";
import { TableScreen } from "./table.tsx";
import { usePage } from "./theme.tsx";
import { TopBar } from "./top.tsx";

interface Been extends Place {
  tab?: Tab;
}

/** Where a person is; kept for the time the tab lives, so that loading the page again leads back. */
function usePlace(): [Been, (place: Been) => void] {
  const folder = useChosen((state) => state.folder);
  const [held, hold] = useState<{ of: string | null; place: Been } | undefined>();
  const place = held?.of === folder ? held.place : (lastPlace(folder) ?? { section: "gallery" });
  const go = useCallback(
    (next: Been) => {
      const { path: _path, ...kept } = next;
      keepPlace(folder, next.section === "table" ? next : kept);
      hold({ of: folder, place: next });
    },
    [folder],
  );
  return [place, go];
}

/** Show the top of a screen: of the part that scrolls, or, on a slim page, of the page. */
function scrollUp(root: HTMLElement | null): void {
  if (!root) return;
  root.scrollTo(0, 0);
  if (root.getBoundingClientRect().top < 0) root.scrollIntoView({ block: "start" });
}

/** Lead the focus to the title of a screen that was opened, unless it leads on to a field by itself. */
function useFocusLead(place: Been, turn: number, main: { current: HTMLElement | null }, prefix: string): void {
  useEffect(() => {
    if (turn === 0) return;
    const frame = requestAnimationFrame(() => {
      const root = main.current;
      const part = place.section === "findings" && place.id;
      const aim = part ? root?.querySelector<HTMLElement>(`#${prefix}-${place.id}-title`) : root?.querySelector("h1");
      if (!aim || (place.path && place.section !== "table")) return;
      if (!aim.hasAttribute("tabindex")) aim.tabIndex = -1;
      aim.focus({ preventScroll: true });
      if (part) aim.scrollIntoView({ block: "start" });
      else scrollUp(root);
    });
    return () => cancelAnimationFrame(frame);
  }, [turn]);
}

/** Screens that take the whole width: what they show scrolls inside them. */
const DESKS = new Set(["table", "isatab"]);

function Screen({
  place,
  turn,
  image,
  show,
}: {
  place: Been;
  turn: number;
  image: string | undefined;
  show: (image: string) => void;
}) {
  if (place.section === "gallery") return <GalleryScreen image={image} show={show} />;
  if (place.section === "table") return <TableScreen key={`${turn}`} path={place.path} />;
  if (place.section === "findings") return <ReadyScreen />;
  if (place.section === "archive") return <ArchiveScreen />;
  if (place.section === "isatab") return <IsaScreen path={place.path} />;
  return <SectionScreen section={place.section} id={place.id} path={place.path} at={turn} />;
}

function Skip({ main }: { main: { current: HTMLElement | null } }) {
  const t = useText();
  return (
    <button
      class="rw-skip"
      type="button"
      onClick={() => main.current?.querySelector<HTMLElement>("h1, [tabindex]")?.focus()}
    >
      {t("ui.skip")}
    </button>
  );
}

/** The page's one main part; in a notebook, where the host has its own, a region. */
function Main(props: {
  page: boolean;
  box: { current: HTMLElement | null };
  section: string;
  children: ComponentChildren;
}) {
  const t = useText();
  const desk = DESKS.has(props.section) ? "rw-main is-desk" : "rw-main";
  if (props.page)
    return (
      <main class={desk} ref={props.box}>
        {props.children}
      </main>
    );
  return (
    <section class={desk} ref={props.box} aria-label={t("ui.main")}>
      {props.children}
    </section>
  );
}

/** On a page of its own the keys work also while nothing has the focus. */
function usePageKeys(page: boolean, keys: (event: KeyboardEvent) => void): void {
  const latest = useRef(keys);
  latest.current = keys;
  useEffect(() => {
    if (!page) return;
    const press = (event: KeyboardEvent) => {
      if (event.target === document.body || event.target === document.documentElement) latest.current(event);
    };
    document.addEventListener("keydown", press);
    return () => document.removeEventListener("keydown", press);
  }, [page]);
}

interface FrameProps {
  options: StartOptions;
  restart: () => void;
  /** Whether the person comes from the first screen: then the focus goes to the title. */
  arrived?: boolean;
}

export function Frame({ options, restart, arrived }: FrameProps) {
  const store = useStore();
  const { prefix } = useWay();
  const lang = useChosen((state) => state.lang);
  const [place, setPlace] = usePlace();
  const [turn, setTurn] = useState(arrived ? 1 : 0);
  const [focused, focusOn] = useState<Focused | undefined>();
  const [image, setImage] = useState<string | undefined>();
  const main = useRef<HTMLElement>(null);
  const page = options.page === true;
  usePage(page, lang);
  const go = useCallback(
    (next: Place) => {
      if (next.section === "start") return restart();
      if (store.state.said?.tone === "info") store.hush();
      focusOn(undefined);
      setPlace({ ...next, tab: place.tab });
      // Another entity of the same section leaves the focus where it is: in its list.
      if (next.section !== place.section || next.path || next.id === "export") setTurn((n) => n + 1);
    },
    [store, setPlace, place.tab, place.section, restart],
  );
  const choose = (tab: Tab) => setPlace({ ...place, tab });
  const way: Way = useMemo(
    () => ({ prefix, go, leads: true, focus: (section, field, path) => focusOn({ section, field, path }) }),
    [prefix, go],
  );
  const show = (next: string) => {
    setImage(next);
    choose("image");
  };
  useFocusLead(place, turn, main, prefix);
  const keys = useKeys(place, go, () => choose("help"));
  usePageKeys(page, keys);
  const tab = place.tab ?? (place.section === "gallery" ? "image" : "help");
  const side = !DESKS.has(place.section);
  return (
    <WayProvider value={way}>
      {/* biome-ignore lint/a11y/noStaticElementInteractions: the keys work wherever in the app the focus is */}
      <div class={side ? "rw-app" : "rw-app no-side"} lang={lang} onKeyDown={keys}>
        <Skip main={main} />
        <TopBar page={page} />
        <Drawer now={place.section} />
        <Rail now={place.section} />
        <Main page={page} box={main} section={place.section}>
          <Banners />
          {place.back && <BackBar back={place.back} />}
          <Screen place={place} turn={turn} image={image} show={show} />
        </Main>
        {side && (
          <Side section={place.section} id={place.id} focused={focused} image={image} tab={tab} choose={choose} />
        )}
        <Toast />
      </div>
    </WayProvider>
  );
}

export function StartPage({ options, back }: { options: StartOptions; back?: (() => void) | undefined }) {
  const lang = useChosen((state) => state.lang);
  usePage(options.page === true, lang);
  const screen = (
    <>
      <Banners />
      <StartScreen options={options} back={back} />
      <Toast />
    </>
  );
  return options.page ? <main lang={lang}>{screen}</main> : <div lang={lang}>{screen}</div>;
}
