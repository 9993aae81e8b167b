// Copying entities from the curation of another folder: choose the folder, then what to bring.

import { useEffect, useRef, useState } from "preact/hooks";
import { useChosen, useStore, useText } from "../context.tsx";
import { useUnique } from "../fields/frame.tsx";
import { Icon } from "../icons.tsx";
import { newId } from "../record.ts";
import type { Edit, Node, SectionGuide } from "../types.ts";
import { brought, titleOf } from "./naming.ts";

interface Listing {
  path: string;
  parent: string | null;
  folders: { name: string; path: string }[];
}

interface Props {
  section: SectionGuide;
  close(): void;
  take(id: string): void;
}

/** Where one looks, what is there, what is wanted of it. */
function useCopying(section: SectionGuide) {
  const store = useStore();
  const [listing, setListing] = useState<Listing>();
  const [items, setItems] = useState<Node[]>();
  const [source, setSource] = useState("");
  const [wanted, setWanted] = useState<ReadonlySet<string>>(new Set());
  const look = async (path: string) => {
    const answer = await store.ask("list-folders", { path });
    if (answer) setListing(answer as unknown as Listing);
    setItems(undefined);
  };
  const open = async () => {
    const answer = await store.ask("copy", { folder: listing?.path ?? "", section: section.collection });
    const found = (answer?.items as Node[] | undefined) ?? [];
    setItems(found);
    setSource(String(answer?.source ?? listing?.path ?? ""));
    setWanted(new Set(found.map((item) => String(item.id))));
  };
  const toggle = (key: string) => {
    const fresh = new Set(wanted);
    if (!fresh.delete(key)) fresh.add(key);
    setWanted(fresh);
  };
  /** Copy what is wanted in one change; gives the id of the first. */
  const bring = (): string | undefined => {
    const edits = (items ?? [])
      .filter((item) => wanted.has(String(item.id)))
      .map((item): Edit => {
        const value = brought(section, item, store.state.guide);
        const origin = { kind: "copy", source };
        return { op: "add", path: `/${section.collection}`, id: newId(section.prefix), value, origin };
      });
    if (edits.length) void store.edit(edits);
    return edits[0]?.id;
  };
  return { listing, items, wanted, look, open, toggle, bring, back: () => setItems(undefined) };
}

export function CopyDialog({ section, close, take }: Props) {
  const t = useText();
  const id = useUnique();
  const dialog = useRef<HTMLDialogElement>(null);
  const copying = useCopying(section);
  const { listing, items, wanted } = copying;
  useEffect(() => {
    dialog.current?.showModal();
    void copying.look("");
  }, []);
  const bring = () => {
    const first = copying.bring();
    close();
    if (first) take(first);
  };
  return (
    <dialog class="rw-dialog" ref={dialog} aria-labelledby={id} onClose={close}>
      <h2 class="rw-h2" id={id}>
        {t("ui.form.copy_title", { section: t(`guide.${section.name}.plural`) })}
      </h2>
      {items ? (
        <Found section={section} items={items} wanted={wanted} toggle={copying.toggle} />
      ) : (
        <Folders listing={listing} look={copying.look} />
      )}
      <div class="rw-btns">
        {items ? (
          <>
            <button class="rw-btn is-main" type="button" disabled={!wanted.size} onClick={bring}>
              {t.n("ui.form.copy_these", wanted.size)}
            </button>
            <button class="rw-btn" type="button" onClick={copying.back}>
              {t("ui.form.other_folder")}
            </button>
          </>
        ) : (
          <button class="rw-btn is-main" type="button" disabled={!listing} onClick={() => void copying.open()}>
            {t("ui.form.copy_look")}
          </button>
        )}
        <button class="rw-btn is-quiet" type="button" onClick={() => dialog.current?.close()}>
          {t("ui.form.cancel")}
        </button>
      </div>
    </dialog>
  );
}

function Folders({ listing, look }: { listing: Listing | undefined; look: (path: string) => Promise<void> }) {
  const t = useText();
  if (!listing) return <span class="rw-busy" aria-hidden="true" />;
  const { parent } = listing;
  return (
    <>
      <p class="rw-small rw-two">{t("ui.form.copy_where")}</p>
      <p class="rw-mono rw-small rw-copyplace">{listing.path}</p>
      <ul class="rw-copyfolders">
        {parent !== null && (
          <li>
            <button class="rw-plain" type="button" onClick={() => void look(parent)}>
              <Icon name="up" /> {t("ui.form.folder_up")}
            </button>
          </li>
        )}
        {listing.folders.map((folder) => (
          <li key={folder.path}>
            <button class="rw-plain" type="button" onClick={() => void look(folder.path)}>
              <Icon name="folder" /> {folder.name}
            </button>
          </li>
        ))}
      </ul>
    </>
  );
}

interface FoundProps {
  section: SectionGuide;
  items: Node[];
  wanted: ReadonlySet<string>;
  toggle(id: string): void;
}

function Found({ section, items, wanted, toggle }: FoundProps) {
  const t = useText();
  const lang = useChosen((state) => state.lang);
  const guide = useChosen((state) => state.guide);
  const plural = t(`guide.${section.name}.plural`);
  if (!items.length) return <p>{t("ui.form.copy_none", { section: plural })}</p>;
  return (
    <fieldset class="rw-copyitems">
      <legend class="rw-small rw-two">{t("ui.form.copy_which")}</legend>
      {items.map((item, n) => (
        <label key={item.id} class="rw-choice">
          <input type="checkbox" checked={wanted.has(String(item.id))} onChange={() => toggle(String(item.id))} />
          {titleOf(section, item, lang, {}, guide) ||
            t("ui.form.untitled", { section: t(`guide.${section.name}.label`), n: n + 1 })}
        </label>
      ))}
    </fieldset>
  );
}
