// Entities that lie within others: lines of a few cells, or cards that open. Add, duplicate, move, remove with undo.

import type { ComponentChildren } from "preact";
import { useEffect, useMemo, useRef, useState } from "preact/hooks";
import { useChosen, useScope, useStore, useTargets, useText } from "../context.tsx";
import { FieldOf } from "../fields/field.tsx";
import { useUnique } from "../fields/frame.tsx";
import { sayValue } from "../fields/values.ts";
import { Icon } from "../icons.tsx";
import { isEmpty } from "../record.ts";
import type { Node, SectionGuide } from "../types.ts";
import { Undo } from "./actions.tsx";
import { focusPath, leadsTo, useAim } from "./aim.tsx";
import { useTitles } from "./entities.tsx";
import { groupsOf, isShort } from "./folding.ts";
import { Fields, Folded } from "./group.tsx";
import { type Listing, useListing } from "./listing.ts";
import { type Item, Menu } from "./menu.tsx";
import { titleFields } from "./naming.ts";
import { SUMMARIES } from "./special.ts";

/** Fields up to which an entity is a line of cells rather than a card. */
const MOST_CELLS = 3;
/** Values that a closed card shows beside its title. */
const SUMMED = 3;

interface Props {
  section: SectionGuide;
  /** Path of the list. */
  path: string;
  items: Node[];
  label: string;
}

function useItems(listing: Listing, opened: (id: string) => void): (node: Node) => Item[] {
  const t = useText();
  return (node) => [
    { name: t("ui.form.duplicate"), act: () => opened(listing.duplicate(node)) },
    { name: t("ui.form.move_up"), act: () => listing.move(node, -1), off: listing.isFirst(node) },
    { name: t("ui.form.move_down"), act: () => listing.move(node, 1), off: listing.isLast(node) },
    { name: t("ui.form.remove"), act: () => listing.remove(node) },
  ];
}

export function Cards(props: Props) {
  const { section, path, items, label } = props;
  const t = useText();
  const inScope = useScope();
  const title = useTitles(section, items);
  const listing = useListing({ section, path, items, title });
  /** The one just added: it opens and takes the focus. */
  const [fresh, setFresh] = useState<string>();
  const acts = useItems(listing, setFresh);
  const own = useRef<HTMLDivElement>(null);
  const fields = section.fields.filter((field) => inScope(field.scope));
  const lines = fields.length <= MOST_CELLS;
  useEffect(() => {
    if (fresh && own.current) focusPath(own.current, `${path}/${fresh}/${fields[0]?.name}`);
  }, [fresh]);
  const Item = lines ? Line : Card;
  return (
    <div class="rw-cards" ref={own}>
      {lines && items.length > 0 && (
        <div class="rw-rowline rw-linehead" aria-hidden="true">
          {fields.map((field) => (
            <span key={field.name}>{t(`guide.${section.name}.${field.name}.label`)}</span>
          ))}
          <span />
        </div>
      )}
      {items.length > 0 && (
        <ul aria-label={label}>
          {items.map((node) => (
            <Item
              key={node.id}
              section={section}
              node={node}
              path={`${path}/${node.id}`}
              title={title(node)}
              fresh={node.id === fresh || items.length === 1}
              menu={<Menu label={t("ui.form.more_for", { title: title(node) })} items={acts(node)} />}
            />
          ))}
        </ul>
      )}
      <button class="rw-btn is-quiet rw-addrow" type="button" onClick={() => setFresh(listing.add())}>
        <Icon name="plus" />
        {t(`guide.${section.name}.add`)}
      </button>
      <Undo gone={listing.gone} done={listing.forget} />
    </div>
  );
}

interface ItemProps {
  section: SectionGuide;
  node: Node;
  path: string;
  title: string;
  fresh: boolean;
  menu: ComponentChildren;
}

function Line({ section, path, title, menu }: ItemProps) {
  const inScope = useScope();
  const fields = section.fields.filter((field) => inScope(field.scope));
  return (
    <li class="rw-rowline" data-path={path}>
      <fieldset>
        <legend class="rw-hidden">{title}</legend>
        {fields.map((field) => (
          <FieldOf key={field.name} section={section.name} field={field} path={`${path}/${field.name}`} bare />
        ))}
      </fieldset>
      {menu}
    </li>
  );
}

const COLOUR = /^#[0-9a-f]{6}$/i;

function Summary({ section, node }: { section: SectionGuide; node: Node }) {
  const Special = SUMMARIES[section.name];
  return Special ? <Special node={node} /> : <UsualSummary section={section} node={node} />;
}

function UsualSummary({ section, node }: { section: SectionGuide; node: Node }) {
  const lang = useChosen((state) => state.lang);
  const titles = titleFields(section);
  const said = section.fields
    .filter((field) => !titles.includes(field.name) && field.name !== "colour" && field.kind !== "ref")
    .filter((field) => isShort(field) && !isEmpty(node[field.name]))
    .slice(0, SUMMED)
    .map((field) => sayValue(node[field.name], lang));
  return <span class="rw-two rw-small">{said.filter(Boolean).join(" · ")}</span>;
}

function Card({ section, node, path, title, fresh, menu }: ItemProps) {
  const t = useText();
  const store = useStore();
  const id = useUnique();
  const aim = useAim();
  const targets = useTargets();
  const inScope = useScope();
  useChosen((state) => state.marks);
  const [open, setOpen] = useState(fresh || (aim !== undefined && leadsTo(aim.path, [path])));
  useEffect(() => {
    if (aim && leadsTo(aim.path, [path])) setOpen(true);
  }, [aim]);
  const pencil = store.pencilBelow(path).length;
  const colour = typeof node.colour === "string" && COLOUR.test(node.colour) ? node.colour : undefined;
  const groups = useMemo(() => groupsOf(section, node, targets, inScope), [section, node, targets, inScope]);
  const asked = groups.flatMap((group) => group.open);
  const others = groups.flatMap((group) => group.folded);
  return (
    <li class="rw-rowcard" data-path={path}>
      <div class="rw-rowhead">
        <button
          class="rw-rowtitle"
          type="button"
          aria-expanded={open}
          aria-controls={id}
          onClick={() => setOpen(!open)}
        >
          <Icon name="right" />
          {colour && <span class="rw-swatch" style={{ background: colour }} />}
          <b>{title}</b>
          {!open && <Summary section={section} node={node} />}
          {pencil > 0 && (
            <span class="rw-chip is-pencil">
              <Icon name="pencil" />
              {pencil}
              <span class="rw-hidden"> {t("ui.form.to_confirm")}</span>
            </span>
          )}
        </button>
        {menu}
      </div>
      <fieldset id={id} class="rw-rowbody" hidden={!open} aria-label={title}>
        {open && (
          <>
            <Fields section={section} fields={asked} path={path} />
            {others.length > 0 && <Folded section={section} fields={others} path={path} node={node} />}
          </>
        )}
      </fieldset>
    </li>
  );
}
