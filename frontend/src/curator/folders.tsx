// A folder by its path, or found by walking: the kernel lists folders, never above the root it was started with.

import { useEffect, useRef, useState } from "preact/hooks";
import { useText } from "../context.tsx";
import { useUnique } from "../fields/frame.tsx";
import { Icon } from "../icons.tsx";
import { useAnswer } from "./ask.ts";
import { Dialog } from "./dialog.tsx";

interface Listing {
  path: string;
  parent: string | null;
  folders: { name: string; path: string }[];
}

export function FolderField(props: {
  value: string;
  change: (path: string) => void;
  root: string;
  missing?: boolean;
  label?: string;
  help?: string;
  /** Tells this field from another one on the page. */
  id?: string;
}) {
  const t = useText();
  const id = useUnique();
  const [walking, setWalking] = useState(false);
  return (
    <div class="rw-field">
      <div class="rw-label">
        <label for={id}>{props.label ?? t("ui.folder")}</label>
      </div>
      <p class="rw-help" id={`${id}-help`}>
        {props.help ?? t("ui.folder.help")}
      </p>
      <div class="rw-quantity">
        <input
          class="rw-input rw-mono"
          id={id}
          data-first={props.label ? undefined : ""}
          type="text"
          spellcheck={false}
          value={props.value}
          aria-describedby={`${id}-help ${id}-says`}
          aria-invalid={props.missing ? true : undefined}
          aria-required={!props.label}
          onInput={(event) => props.change(event.currentTarget.value)}
        />
        <button class="rw-btn rw-unit" type="button" onClick={() => setWalking(true)}>
          {t("ui.folder.choose")}
        </button>
      </div>
      <p class="rw-says is-error" id={`${id}-says`} role="status">
        {props.missing && (
          <>
            <Icon name="error" />
            {t("ui.folder.missing")}
          </>
        )}
      </p>
      {walking && (
        <FolderDialog begin={props.value} root={props.root} choose={props.change} close={() => setWalking(false)} />
      )}
    </div>
  );
}

function FolderDialog(props: { begin: string; root: string; choose: (path: string) => void; close: () => void }) {
  const t = useText();
  const [path, setPath] = useState(props.begin || props.root);
  const listing = useAnswer<Listing>("list-folders", { path }, path);
  const list = useRef<HTMLUListElement>(null);
  const walked = useRef(false);
  const shown = listing.data;
  useEffect(() => {
    if (walked.current) list.current?.querySelector<HTMLElement>("button")?.focus();
  }, [shown?.path]);
  const walk = (to: string) => {
    walked.current = true;
    setPath(to);
  };
  const take = () => {
    if (shown) props.choose(shown.path);
    props.close();
  };
  return (
    <Dialog title={t("ui.folder.title")} close={props.close}>
      <p class="rw-two rw-small" role="status">
        {listing.fault !== undefined ? listing.fault || t("ui.no_answer") : t("ui.folder.here")}{" "}
        {shown && listing.fault === undefined && <code>{shown.path}</code>}
      </p>
      {listing.fault !== undefined && (
        <button class="rw-btn" type="button" onClick={() => walk(props.root)}>
          {t("ui.folder.from_top")}
        </button>
      )}
      <ul class="rw-folders" ref={list} aria-busy={listing.busy}>
        {shown?.parent && (
          <li>
            <button class="rw-navitem" type="button" onClick={() => walk(shown.parent ?? "")}>
              <Icon name="up" />
              <span>{t("ui.folder.up")}</span>
            </button>
          </li>
        )}
        {shown?.folders.map((folder) => (
          <li key={folder.path}>
            <button class="rw-navitem" type="button" onClick={() => walk(folder.path)}>
              <Icon name="folder" />
              <span>{folder.name}</span>
            </button>
          </li>
        ))}
        {shown && shown.folders.length === 0 && <li class="rw-two rw-small">{t("ui.folder.none")}</li>}
      </ul>
      <div class="rw-btns">
        <button class="rw-btn is-main" type="button" disabled={!shown || listing.fault !== undefined} onClick={take}>
          {t("ui.folder.take")}
        </button>
        <button class="rw-btn is-quiet" type="button" onClick={props.close}>
          {t("ui.cancel")}
        </button>
      </div>
    </Dialog>
  );
}
