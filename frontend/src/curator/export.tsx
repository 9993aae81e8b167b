// What leaves the app: an export as a zip, the curation as a ticket. Both are saved by the browser.

import { useState } from "preact/hooks";
import { Simulated } from "../archive/simulated.tsx";
import { useChosen, useStore, useTargets, useText, useWay } from "../context.tsx";
import { Icon } from "../icons.tsx";
import type { Store } from "../store.ts";
import type { Finding } from "../types.ts";
import { Refused } from "../wire.ts";
import { bytes, download, WORK_MS } from "./ask.ts";
import { BringButton } from "./fromfile.tsx";
import { takeTicket } from "./ticket.tsx";

/** The formats that can be written. */
const FORMATS = ["isatab", "bia"];
/** The formats that are offered whatever the targets: the others once their target is chosen. */
const ALWAYS = ["isatab"];

interface Done {
  name: string;
  size?: number;
  left: number;
}

async function takeExport(store: Store, format: string, profile = ""): Promise<Done | undefined> {
  try {
    const { content, buffers } = await store.wire.request(
      "export",
      profile ? { format, profile } : { format },
      [],
      WORK_MS,
    );
    const [data] = buffers;
    if (!data) return undefined;
    const findings = (content.findings ?? []) as Finding[];
    download(data, String(content.name));
    const left = findings.filter((finding) => finding.level === "error").length;
    return { name: String(content.name), size: data.byteLength, left };
  } catch (fault) {
    store.say(fault instanceof Refused ? fault.message : store.text("ui.no_answer"), "error");
    return undefined;
  }
}

/** The formats behind the disclosure, and the profiles of those that have some. */
const MORE = ["isajson", "xlsx", "rocrate", "rembi-yaml"];
const PROFILES = ["bioimaging", "isatools-default"];

/** Formats that are asked for less often, and for which reader of ISA-Tab an export is. */
function MoreFormats(props: {
  busy: string;
  profile: string;
  choose: (profile: string) => void;
  take: (format: string) => void;
}) {
  const t = useText();
  const id = `${useWay().prefix}-profile`;
  return (
    <details class="rw-fold rw-gapabove-small">
      <summary>{t("ui.export.more")}</summary>
      <div class="rw-btns rw-gapabove-small">
        {MORE.map((format) => (
          <button
            key={format}
            class="rw-btn"
            type="button"
            aria-disabled={props.busy !== ""}
            onClick={() => props.take(format)}
          >
            {props.busy === format ? <span class="rw-busy" aria-hidden="true" /> : <Icon name="out" />}
            {t(`ui.export.format.${format}`)}
          </button>
        ))}
      </div>
      <p class="rw-help rw-gapabove-small">{t("ui.export.xlsx.help")}</p>
      <div class="rw-field">
        <div class="rw-label">
          <label for={id}>{t("ui.profile")}</label>
        </div>
        <p class="rw-help" id={`${id}-help`}>
          {t("ui.export.profile.help")}
        </p>
        <select
          class="rw-input"
          id={id}
          aria-describedby={`${id}-help`}
          value={props.profile}
          onChange={(event) => props.choose(event.currentTarget.value)}
        >
          {PROFILES.map((name) => (
            <option key={name} value={name}>
              {t(`ui.profile.${name}`)}
            </option>
          ))}
        </select>
      </div>
    </details>
  );
}

/** The formats that have profiles. */
const PROFILED = ["isatab", "isajson"];

/** The formats that have a target whose own words are given below them. */
const SIMULATED = "bia";

export function ExportSection() {
  const store = useStore();
  const t = useText();
  const lang = useChosen((state) => state.lang);
  const targets = useTargets();
  const offered = FORMATS.filter((format) => ALWAYS.includes(format) || targets.includes(format));
  const way = useWay();
  const id = `${way.prefix}-export`;
  const [profile, setProfile] = useState("bioimaging");
  const [busy, setBusy] = useState("");
  const [done, setDone] = useState<Done | undefined>();
  const run = async (what: string, work: () => Promise<Done | undefined>) => {
    if (busy) return;
    setBusy(what);
    setDone(undefined);
    const made = await work();
    setBusy("");
    if (made) setDone(made);
  };
  const take = (format: string) =>
    run(format, () => takeExport(store, format, PROFILED.includes(format) && profile !== "bioimaging" ? profile : ""));
  const ticket = async () => {
    const name = await takeTicket(store);
    return name ? { name, left: 0 } : undefined;
  };
  return (
    <>
      <section class="rw-group" id={id} aria-labelledby={`${id}-title`}>
        <div class="rw-grouphead">
          <div>
            <h2 class="rw-h2" id={`${id}-title`} tabIndex={-1}>
              {t("ui.export")}
            </h2>
            <p>{t("ui.export.help")}</p>
          </div>
        </div>
        <div class="rw-btns">
          {offered.map((format, place) => (
            <button
              key={format}
              class={place === 0 ? "rw-btn is-main" : "rw-btn"}
              type="button"
              aria-disabled={busy !== ""}
              onClick={() => take(format)}
            >
              {busy === format ? <span class="rw-busy" aria-hidden="true" /> : <Icon name="out" />}
              {t("ui.export.format", { format: t(`guide.target.${format}`) })}
            </button>
          ))}
          <button class="rw-btn" type="button" aria-disabled={busy !== ""} onClick={() => run("ticket", ticket)}>
            {busy === "ticket" ? <span class="rw-busy" aria-hidden="true" /> : <Icon name="ticket" />}
            {t("ui.export.ticket")}
          </button>
        </div>
        {way.leads && (
          <div class="rw-btns rw-gapabove-small">
            <button class="rw-btn" type="button" onClick={() => way.go({ section: "isatab" })}>
              <Icon name="find" />
              {t("ui.export.look")}
            </button>
            <BringButton />
          </div>
        )}
        <p class="rw-help rw-gapabove-small">{t("ui.export.ticket.help")}</p>
        <MoreFormats busy={busy} profile={profile} choose={setProfile} take={take} />
        <div role="status">
          {busy && <p class="rw-small rw-two rw-gapabove-small">{t("ui.export.busy")}</p>}
          {done && (
            <div class="rw-banner is-ok rw-gapabove-small">
              <Icon name="check" />
              <div>
                <b>{t("ui.export.done", { name: done.name })}</b>{" "}
                {done.size !== undefined && <span class="rw-num">{bytes(done.size, lang)}. </span>}
                {done.left > 0 ? t.n("ui.export.left", done.left) : ""}
              </div>
            </div>
          )}
        </div>
      </section>
      {targets.includes(SIMULATED) && <Simulated />}
    </>
  );
}
