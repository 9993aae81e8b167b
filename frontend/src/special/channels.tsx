// The channels of an acquisition as a table of inputs; in a narrow page each channel is a card.

import { useEffect, useRef, useState } from "preact/hooks";
import { useChosen, useScope, useStore, useText, useValue } from "../context.tsx";
import { FieldOf } from "../fields/field.tsx";
import { type InnerProps, useUnique } from "../fields/frame.tsx";
import { TextInput } from "../fields/text.tsx";
import { isAbsent, itemsOf, sayValue } from "../fields/values.ts";
import { type Gone, Undo } from "../form/actions.tsx";
import { focusPath, leadsTo, useAim } from "../form/aim.tsx";
import { useTitles } from "../form/entities.tsx";
import { Fields } from "../form/group.tsx";
import { type Item, Menu } from "../form/menu.tsx";
import { copied, marksBelow } from "../form/naming.ts";
import type { SpecialProps } from "../form/special.ts";
import { Icon } from "../icons.tsx";
import { isEmpty, listAt, newId } from "../record.ts";
import type { Edit, Node, SectionGuide } from "../types.ts";
import { useNames } from "./names.ts";

const CELLS = ["colour", "name", "label", "excitation", "emission"] as const;
const COLOUR = /^#[0-9a-f]{6}$/i;
/** What a browser's colour picker begins with where no colour is known: it cannot be empty. */
const GREY = "#808080";

function fieldsOf(section: SectionGuide, wanted: (name: string) => boolean) {
  return section.fields.filter(({ name }) => wanted(name));
}

export function ChannelTable({ section, path }: SpecialProps) {
  const t = useText();
  const store = useStore();
  const items = itemsOf<Node>(useValue(path));
  const title = useTitles(section, items);
  const own = useRef<HTMLDivElement>(null);
  const [fresh, setFresh] = useState<string>();
  const [gone, setGone] = useState<Gone>();
  useEffect(() => {
    if (fresh && own.current) focusPath(own.current, `${path}/${fresh}/name`);
  }, [fresh]);
  const put = (value: Node, after?: string) => {
    const id = newId(section.prefix);
    const edit: Edit = { op: "add", path, id, value };
    void store.edit([after ? { ...edit, after } : edit]);
    setFresh(id);
  };
  const move = (node: Node, after: Node | undefined) =>
    void store.edit([{ op: "move", path: `${path}/${node.id}`, after: after ? String(after.id) : null }]);
  const remove = (node: Node) => {
    const { id, ...value } = node;
    const before = items[items.indexOf(node) - 1];
    const marks = marksBelow(store.state.marks, `${path}/${id}`);
    const edit: Edit = { op: "add", path, id: String(id), value, after: before ? String(before.id) : null, marks };
    void store.edit([{ op: "remove", path: `${path}/${id}` }]);
    setGone({ name: title(node), edit, touched: store.state.touched });
  };
  const acts = (node: Node, n: number): Item[] => [
    {
      name: t("ui.form.duplicate"),
      act: () => put(copied(section, node, store.state.guide), String(node.id)),
    },
    { name: t("ui.form.move_up"), act: () => move(node, items[n - 2]), off: n < 1 },
    { name: t("ui.form.move_down"), act: () => move(node, items[n + 1]), off: n >= items.length - 1 },
    { name: t("ui.form.remove"), act: () => remove(node) },
  ];
  return (
    <div class="rw-cards" ref={own}>
      {items.length > 0 && (
        <div class="rw-tablewrap rw-channels">
          <table class="rw-table is-cards" aria-label={t(`guide.${section.name}.plural`)}>
            <thead>
              <tr>
                {CELLS.map((name) => (
                  <th key={name} scope="col">
                    <span class={name === "colour" ? "rw-hidden" : undefined}>
                      {t(`guide.${section.name}.${name}.label`)}
                    </span>
                  </th>
                ))}
                <th scope="col">
                  <span class="rw-hidden">{t("ui.special.acts")}</span>
                </th>
              </tr>
            </thead>
            <tbody>
              {items.map((node, n) => (
                <Channel
                  key={node.id}
                  section={section}
                  node={node}
                  path={`${path}/${node.id}`}
                  title={title(node)}
                  acts={acts(node, n)}
                />
              ))}
            </tbody>
          </table>
        </div>
      )}
      <button class="rw-btn is-quiet rw-addrow" type="button" onClick={() => put({})}>
        <Icon name="plus" />
        {t(`guide.${section.name}.add`)}
      </button>
      <Undo gone={gone} done={() => setGone(undefined)} />
    </div>
  );
}

interface ChannelProps {
  section: SectionGuide;
  node: Node;
  path: string;
  title: string;
  acts: Item[];
}

function Channel({ section, node, path, title, acts }: ChannelProps) {
  const t = useText();
  const id = useUnique();
  const aim = useAim();
  const inScope = useScope();
  const cells = CELLS.flatMap((name) => fieldsOf(section, (other) => other === name));
  const rest = fieldsOf(section, (name) => !(CELLS as readonly string[]).includes(name)).filter(
    (field) => inScope(field.scope) || !isEmpty(node[field.name]),
  );
  const led =
    aim !== undefined &&
    leadsTo(
      aim.path,
      rest.map((field) => `${path}/${field.name}`),
    );
  const [open, setOpen] = useState(led);
  const store = useStore();
  useChosen((state) => state.marks);
  const pencil = store.pencilBelow(path);
  useEffect(() => {
    if (led) setOpen(true);
  }, [aim]);
  return (
    <>
      <tr data-path={path} tabIndex={-1} aria-label={title}>
        {cells.map((field) => (
          <td key={field.name} data-is={t(`guide.${section.name}.${field.name}.label`)} class={`is-${field.name}`}>
            <FieldOf section={section.name} field={field} path={`${path}/${field.name}`} bare />
          </td>
        ))}
        <td class="rw-lineacts">
          {pencil.length > 0 && (
            <button
              class="rw-confirm"
              type="button"
              aria-label={t("ui.special.confirm_channel", { n: pencil.length, channel: title })}
              title={t("ui.special.confirm_channel", { n: pencil.length, channel: title })}
              onClick={(event) => {
                event.currentTarget.closest<HTMLElement>("tr")?.focus(); // the button is about to go
                void store.confirm(pencil);
              }}
            >
              <Icon name="check" />
            </button>
          )}
          <button
            class="rw-btn is-icon is-small"
            type="button"
            aria-expanded={open}
            aria-controls={open ? id : undefined}
            aria-label={t("ui.special.more_of", { channel: title })}
            title={t("ui.special.more_of", { channel: title })}
            onClick={() => setOpen(!open)}
          >
            <Icon name={open ? "up" : "down"} />
          </button>
          <Menu label={t("ui.form.more_for", { title })} items={acts} />
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

/** A colour: a swatch that opens the browser's picker, and its six digits where there is room. */
export function ColourInput(inner: InnerProps) {
  const t = useText();
  const { held, label, bare, attrs } = inner;
  const value = typeof held.value === "string" && COLOUR.test(held.value.trim()) ? held.value.trim() : undefined;
  return (
    <span class="rw-colour">
      <input
        type="color"
        class={value ? "rw-swatchinput" : "rw-swatchinput is-none"}
        aria-label={value ? t("ui.special.colour_now", { label, value }) : t("ui.special.colour_none", { label })}
        title={value ?? label}
        {...(bare ? { id: attrs.id } : {})}
        disabled={attrs.readOnly}
        value={value?.toLowerCase() ?? GREY}
        onChange={(event) => held.set(event.currentTarget.value.toUpperCase())}
      />
      {!bare && <TextInput {...inner} />}
    </span>
  );
}

/** The label of a sample that a channel shows: what makes it bright and what it marks, sample by sample. */
export function LabelInput({ attrs, held }: InnerProps) {
  const t = useText();
  const lang = useChosen((state) => state.lang);
  const names = useNames("samples");
  const record = useChosen((state) => state.record);
  const samples = listAt(record, "samples").filter((sample) => itemsOf<Node>(sample.labels).length);
  const value = typeof held.value === "string" ? held.value : "";
  const known = samples.some((sample) => itemsOf<Node>(sample.labels).some((label) => label.id === value));
  const words = (label: Node) => {
    const said = (part: unknown) => (isAbsent(part) ? "" : sayValue(part, lang));
    const [content, target] = [said(label.content), said(label.biological_entity)];
    return content && target ? t("ui.special.s_marks", { label: content, target }) : content || target || "?";
  };
  const { readOnly, ...others } = attrs;
  return (
    <select
      class="rw-input"
      {...others}
      disabled={readOnly}
      value={value}
      onChange={(event) => held.set(event.currentTarget.value || undefined)}
    >
      <option value="">{t(samples.length ? "ui.form.choose" : "ui.special.no_labels")}</option>
      {value && !known && <option value={value}>{t("ui.form.gone", { id: value })}</option>}
      {samples.map((sample) => (
        <optgroup key={sample.id} label={names.name(sample.id) ?? ""}>
          {itemsOf<Node>(sample.labels).map((label) => (
            <option key={label.id} value={String(label.id)}>
              {words(label)}
            </option>
          ))}
        </optgroup>
      ))}
    </select>
  );
}
