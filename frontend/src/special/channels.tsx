// The channels of an acquisition as a table of inputs; in a narrow page each channel is a card.

import { useEffect, useRef, useState } from "preact/hooks";
import { useChosen, useScope, useStore, useText, useValue } from "../context.tsx";
import { FieldOf } from "../fields/field.tsx";
import { useUnique } from "../fields/frame.tsx";
import { itemsOf } from "../fields/values.ts";
import { Undo } from "../form/actions.tsx";
import { focusPath, leadsTo, useAim } from "../form/aim.tsx";
import { useTitles } from "../form/entities.tsx";
import { Fields } from "../form/group.tsx";
import { type Listing, useListing } from "../form/listing.ts";
import { type Item, Menu } from "../form/menu.tsx";
import type { SpecialProps } from "../form/special.ts";
import { Icon } from "../icons.tsx";
import { isEmpty } from "../record.ts";
import type { FieldGuide, Node, SectionGuide } from "../types.ts";

const CELLS = ["colour", "name", "label", "excitation", "emission"];

export function ChannelTable({ section, path }: SpecialProps) {
  const t = useText();
  const items = itemsOf<Node>(useValue(path));
  const title = useTitles(section, items);
  const listing = useListing({ section, path, items, title });
  const own = useRef<HTMLDivElement>(null);
  const [fresh, setFresh] = useState<string>();
  useEffect(() => {
    if (fresh && own.current) focusPath(own.current, `${path}/${fresh}/name`);
  }, [fresh]);
  return (
    <div class="rw-cards" ref={own}>
      {items.length > 0 && (
        <div class="rw-tablewrap rw-channels">
          <table class="rw-table is-cards" aria-label={t("guide.channel.plural")}>
            <Heads />
            <tbody>
              {items.map((node) => (
                <Channel
                  key={node.id}
                  section={section}
                  node={node}
                  path={`${path}/${node.id}`}
                  title={title(node)}
                  listing={listing}
                  copied={setFresh}
                />
              ))}
            </tbody>
          </table>
        </div>
      )}
      <button class="rw-btn is-quiet rw-addrow" type="button" onClick={() => setFresh(listing.add())}>
        <Icon name="plus" />
        {t("guide.channel.add")}
      </button>
      <Undo gone={listing.gone} done={listing.forget} />
    </div>
  );
}

function Heads() {
  const t = useText();
  return (
    <thead>
      <tr>
        {CELLS.map((name) => (
          <th key={name} scope="col">
            <span class={name === "colour" ? "rw-hidden" : undefined}>{t(`guide.channel.${name}.label`)}</span>
          </th>
        ))}
        <th scope="col">
          <span class="rw-hidden">{t("ui.special.acts")}</span>
        </th>
      </tr>
    </thead>
  );
}

interface ChannelProps {
  section: SectionGuide;
  node: Node;
  path: string;
  title: string;
  listing: Listing;
  /** With the id of a copy. */
  copied(id: string): void;
}

/** The fields without a cell: those asked for, and those that hold something. */
function useRest(section: SectionGuide, node: Node): FieldGuide[] {
  const inScope = useScope();
  return section.fields
    .filter(({ name }) => !CELLS.includes(name))
    .filter((field) => inScope(field.scope) || !isEmpty(node[field.name]));
}

function Channel(props: ChannelProps) {
  const { section, node, path } = props;
  const id = useUnique();
  const aim = useAim();
  const rest = useRest(section, node);
  const places = rest.map((field) => `${path}/${field.name}`);
  const led = aim !== undefined && leadsTo(aim.path, places);
  const [open, setOpen] = useState(led);
  useEffect(() => {
    if (led) setOpen(true);
  }, [aim]);
  return (
    <>
      <tr data-path={path} tabIndex={-1} aria-label={props.title}>
        <Cells {...props} />
        <td class="rw-lineacts">
          <Acts {...props} id={id} open={open} turn={() => setOpen(!open)} />
        </td>
      </tr>
      {open && (
        <tr class="rw-editrow" id={id}>
          <td colSpan={CELLS.length + 1}>
            <Fields section={section} fields={rest} path={path} />
          </td>
        </tr>
      )}
    </>
  );
}

function Cells({ section, path }: ChannelProps) {
  const fields = CELLS.flatMap((name) => section.fields.filter((field) => field.name === name));
  return (
    <>
      {fields.map((field) => (
        <td key={field.name} class={`is-${field.name}`}>
          <FieldOf section={section.name} field={field} path={`${path}/${field.name}`} bare />
        </td>
      ))}
    </>
  );
}

interface ActsProps extends ChannelProps {
  id: string;
  open: boolean;
  turn(): void;
}

function Acts({ node, path, title, listing, copied, id, open, turn }: ActsProps) {
  const t = useText();
  const items: Item[] = [
    { name: t("ui.form.duplicate"), act: () => copied(listing.duplicate(node)) },
    { name: t("ui.form.move_up"), act: () => listing.move(node, -1), off: listing.isFirst(node) },
    { name: t("ui.form.move_down"), act: () => listing.move(node, 1), off: listing.isLast(node) },
    { name: t("ui.form.remove"), act: () => listing.remove(node) },
  ];
  const name = t("ui.special.more_of", { channel: title });
  return (
    <>
      <ConfirmAll path={path} title={title} />
      <button
        class="rw-btn is-icon is-small"
        type="button"
        aria-expanded={open}
        aria-controls={open ? id : undefined}
        aria-label={name}
        title={name}
        onClick={turn}
      >
        <Icon name={open ? "up" : "down"} />
      </button>
      <Menu label={t("ui.form.more_for", { title })} items={items} />
    </>
  );
}

/** The values of a channel are confirmed together: a button in each cell would leave no room for them. */
function ConfirmAll({ path, title }: { path: string; title: string }) {
  const t = useText();
  const store = useStore();
  useChosen((state) => state.marks);
  const pencil = store.pencilBelow(path);
  if (!pencil.length) return null;
  const name = t.n("ui.special.confirm_channel", pencil.length, { channel: title });
  const confirm = (event: Event) => {
    (event.currentTarget as HTMLElement).closest<HTMLElement>("tr")?.focus(); // the button is about to go
    void store.confirm(pencil);
  };
  return (
    <button class="rw-confirm" type="button" aria-label={name} title={name} onClick={confirm}>
      <Icon name="check" />
    </button>
  );
}
