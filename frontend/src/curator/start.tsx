// The first screen: what a person has, which kind of imaging it is, where it should go; one button to begin.

import { useRef, useState } from "preact/hooks";
import { useChosen, useStore, useText, useWay } from "../context.tsx";
import { AppMark, Icon } from "../icons.tsx";
import { valueAt } from "../record.ts";
import { WORK_MS } from "./ask.ts";
import { type Door, Doors } from "./doors.tsx";
import { FolderField } from "./folders.tsx";
import { NO_STUDY, type Study, StudyField, startFrom } from "./study.tsx";
import { ThemeButton } from "./theme.tsx";
import { sendTicket, TicketField } from "./ticket.tsx";
import { LanguageSwitch, SaveState } from "./top.tsx";

export interface StartOptions {
  start?: boolean;
  demo?: boolean;
  folder?: string;
  page?: boolean;
}

const IMAGING = ["light", "electron", "xray", "correlative", "screen"];
const TARGETS = ["isatab", "bia", "idr", "omero"];

function Choices(props: {
  number: number;
  legend: string;
  names: string[];
  say: (name: string) => string;
  chosen: string[];
  choose: (names: string[]) => void;
  help: string;
}) {
  const id = `${useWay().prefix}-step${props.number}`;
  const turn = (name: string) =>
    props.choose(
      props.chosen.includes(name) ? props.chosen.filter((other) => other !== name) : [...props.chosen, name],
    );
  return (
    <fieldset class="rw-step" aria-describedby={`${id}-help`}>
      <span class="n" aria-hidden="true">
        {props.number}
      </span>
      <div>
        <legend>{props.legend}</legend>
        <div class="rw-choices">
          {props.names.map((name) => (
            <label class="rw-choice" key={name}>
              <input type="checkbox" checked={props.chosen.includes(name)} onChange={() => turn(name)} />
              {props.say(name)}
            </label>
          ))}
        </div>
        <p class="rw-help" id={`${id}-help`}>
          {props.help}
        </p>
      </div>
    </fieldset>
  );
}

function useListed(path: string, begin: string[]): [string[], (names: string[]) => void] {
  const known = useChosen((state) => valueAt(state.record, path));
  const [chosen, choose] = useState<string[] | undefined>();
  return [chosen ?? (Array.isArray(known) && known.length ? (known as string[]) : begin), choose];
}

/** What the one button does: which message, and what the person is told meanwhile. */
function useBegin(door: Door, ticket: File | undefined, folder: string, study: Study) {
  const store = useStore();
  const known = useChosen((state) => state.folder);
  return async (setup: { imaging: string[]; targets: string[] }): Promise<boolean> => {
    if (door === "ticket") return sendTicket(store, ticket, folder === known ? "" : folder);
    if (door === "study") return startFrom(store, study, { folder, ...setup });
    if (door === "demo") return (await store.ask("demo", setup, WORK_MS)) !== undefined;
    if (folder !== (known ?? "")) return (await store.ask("open", { folder, ...setup }, WORK_MS)) !== undefined;
    const { imaging, targets } = setup;
    const taken = await store.edit([
      imaging.length ? { op: "set", path: "/setup/imaging", value: imaging } : { op: "clear", path: "/setup/imaging" },
      { op: "set", path: "/setup/targets", value: targets },
    ]);
    if (taken && known) void store.ask("scan");
    return taken;
  };
}

function doorsFor(options: StartOptions, folder: string | null): Door[] {
  const doors: Door[] = options.start || folder ? ["folder", "ticket", "study"] : [];
  return options.demo ? [...doors, "demo"] : doors;
}

const VERBS: Record<Door, string> = {
  folder: "ui.start.read",
  study: "ui.study.start",
  ticket: "ui.start.restore",
  demo: "ui.start.demo",
};

/** Give the first thing that is still missing behind a door. */
function lacking(door: Door, held: Record<string, unknown>): string {
  const needs: Record<Door, string[]> = {
    folder: ["folder"],
    study: ["study", "folder"],
    ticket: ["ticket"],
    demo: [],
  };
  return needs[door].find((name) => !held[name]) ?? "";
}

export function StartScreen({ options, back }: { options: StartOptions; back?: (() => void) | undefined }) {
  const t = useText();
  const store = useStore();
  const known = useChosen((state) => state.folder);
  const doors = doorsFor(options, known);
  const [door, setDoor] = useState<Door>("folder");
  const [folder, setFolder] = useState(known ?? "");
  const [ticket, setTicket] = useState<File | undefined>();
  const [study, setStudy] = useState<Study>(NO_STUDY);
  const [imaging, setImaging] = useListed("/setup/imaging", ["light"]);
  const [targets, setTargets] = useListed("/setup/targets", ["isatab"]);
  const [busy, setBusy] = useState(false);
  const [missing, setMissing] = useState("");
  const form = useRef<HTMLFormElement>(null);
  const begin = useBegin(door, ticket, folder, study);
  const submit = async (event: Event) => {
    event.preventDefault();
    const lacks = lacking(door, { folder: doors.length === 0 || folder, ticket, study: study.looked });
    setMissing(lacks);
    if (lacks) form.current?.querySelector<HTMLElement>("[data-first]")?.focus();
    if (lacks || busy) return;
    setBusy(true);
    store.hush();
    const done = await begin({ imaging, targets: targets.length ? targets : ["isatab"] });
    setBusy(false);
    if (done) back?.();
  };
  return (
    <div class="rw-start">
      <div class="rw-headrow rw-starthead">
        <AppMark />
        <SaveState />
        <span class="rw-gap" />
        {options.page && <ThemeButton />}
        <LanguageSwitch />
      </div>
      <div class="rw-lead">
        <h1 tabIndex={-1}>{t("ui.start.title")}</h1>
        <p>{t("ui.start.lead")}</p>
      </div>
      <form class="rw-steps" ref={form} onSubmit={submit} noValidate>
        {doors.length > 0 && <Doors doors={doors} door={door} choose={setDoor} />}
        {door !== "ticket" && (
          <>
            <Choices
              number={2}
              legend={t("ui.start.imaging")}
              names={IMAGING}
              say={(name) => t(`guide.imaging.${name}`)}
              chosen={imaging}
              choose={setImaging}
              help={t("ui.start.imaging.help")}
            />
            <Choices
              number={3}
              legend={t("ui.start.targets")}
              names={TARGETS}
              say={(name) => t(`guide.target.${name}`)}
              chosen={targets}
              choose={setTargets}
              help={t(targets.length ? "ui.start.targets.help" : "ui.start.targets.none")}
            />
          </>
        )}
        <div class="rw-go">
          {door === "study" && <StudyField study={study} change={setStudy} missing={missing === "study"} />}
          {(door === "folder" || door === "study") && doors.length > 0 && (
            <FolderField
              value={folder}
              change={setFolder}
              root={options.folder ?? ""}
              missing={missing === "folder"}
              {...(door === "study" ? { label: t("ui.study.folder"), help: t("ui.study.folder.help") } : {})}
            />
          )}
          {door === "ticket" && (
            <TicketField
              ticket={ticket}
              choose={setTicket}
              folder={folder}
              change={setFolder}
              missing={missing === "ticket"}
            />
          )}
          <button class="rw-btn is-main" type="submit" aria-disabled={busy}>
            {busy && <span class="rw-busy" aria-hidden="true" />}
            {busy ? t("ui.start.busy") : t(doors.length ? VERBS[door] : "ui.start.begin")}
            {!busy && <Icon name="go" />}
          </button>
          {back && (
            <button class="rw-btn is-quiet" type="button" onClick={back}>
              {t("ui.start.back")}
            </button>
          )}
        </div>
      </form>
    </div>
  );
}
