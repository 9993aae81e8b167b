// A ticket, the whole curation as one small file: brought back from the browser, or sent to it.

import { useText, useWay } from "../context.tsx";
import { Icon } from "../icons.tsx";
import type { Store } from "../store.ts";
import { Refused } from "../wire.ts";
import { bytes, download, WORK_MS } from "./ask.ts";
import { FolderField } from "./folders.tsx";

/** A message to the kernel must stay below 10 MiB, the limit of a notebook server as it comes. */
export const TICKET_LIMIT = 9 * 1024 * 1024;

export async function sendTicket(store: Store, ticket: File | undefined, folder: string): Promise<boolean> {
  if (!ticket) return false;
  if (ticket.size > TICKET_LIMIT) {
    const [found, wanted] = [ticket.size, TICKET_LIMIT].map((size) => bytes(size, store.state.lang));
    store.say(store.text("ui.ticket.too_large", { found, wanted }), "error");
    return false;
  }
  try {
    await store.wire.request("restore", folder ? { folder } : {}, [await ticket.arrayBuffer()], WORK_MS);
    return true;
  } catch (fault) {
    store.say(fault instanceof Refused ? fault.message : store.text("ui.no_answer"), "error");
    return false;
  }
}

export async function takeTicket(store: Store): Promise<string | undefined> {
  try {
    const { content, buffers } = await store.wire.request("ticket", {}, [], WORK_MS);
    const [data] = buffers;
    if (!data) return undefined;
    download(data, String(content.name));
    return String(content.name);
  } catch (fault) {
    store.say(fault instanceof Refused ? fault.message : store.text("ui.no_answer"), "error");
    return undefined;
  }
}

export function TicketField(props: {
  ticket: File | undefined;
  choose: (ticket: File | undefined) => void;
  folder: string;
  change: (folder: string) => void;
  missing: boolean;
}) {
  const t = useText();
  const id = `${useWay().prefix}-ticket`;
  return (
    <>
      <div class="rw-field">
        <div class="rw-label">
          <label for={id}>{t("ui.ticket")}</label>
        </div>
        <p class="rw-help" id={`${id}-help`}>
          {t("ui.ticket.help")}
        </p>
        <input
          class="rw-input"
          id={id}
          data-first=""
          type="file"
          accept=".zip,application/zip"
          required
          aria-invalid={props.missing ? true : undefined}
          aria-describedby={`${id}-help ${id}-says`}
          onChange={(event) => props.choose(event.currentTarget.files?.[0])}
        />
        <p class="rw-says is-error" id={`${id}-says`} role="status">
          {props.missing && (
            <>
              <Icon name="error" />
              {t("ui.ticket.missing")}
            </>
          )}
        </p>
      </div>
      <FolderField
        value={props.folder}
        change={props.change}
        root=""
        label={t("ui.ticket.folder")}
        help={t("ui.ticket.folder.help")}
      />
    </>
  );
}
