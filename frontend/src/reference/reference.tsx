// The whole field reference in a dialog: all fields by section, to be searched, each with its card.

import { useEffect, useMemo, useRef, useState } from "preact/hooks";
import { useChosen, useText, useWay } from "../context.tsx";
import { Dialog } from "../curator/dialog.tsx";
import { Icon } from "../icons.tsx";
import type { FieldGuide } from "../types.ts";
import { type Aim, Card } from "./card.tsx";
import { type Listed, listing } from "./listing.ts";

function useField({ section, field }: Aim): FieldGuide | undefined {
  const guided = useChosen((state) => state.guide.sections[section]);
  return guided?.fields.find(({ name }) => name === field);
}

function OneField({ aim, back }: { aim: Aim; back: () => void }) {
  const t = useText();
  const field = useField(aim);
  const box = useRef<HTMLElement>(null);
  useEffect(() => box.current?.focus(), [aim]);
  if (!field) return null;
  return (
    <>
      <section
        class="rw-panel rw-refcard"
        ref={box}
        aria-label={t(`guide.${aim.section}.${aim.field}.label`)}
        // biome-ignore lint/a11y/noNoninteractiveTabindex: a card that scrolls must be reachable by keyboard
        tabIndex={0}
      >
        <div>
          <p class="rw-small rw-two">{t(`guide.${aim.section}.label`)}</p>
          <h3 class="rw-cardname">{t(`guide.${aim.section}.${aim.field}.label`)}</h3>
          <p class="rw-gapabove-small">{t(`guide.${aim.section}.${aim.field}.help`)}</p>
        </div>
        <Card section={aim.section} field={field} />
      </section>
      <div>
        <button class="rw-btn" type="button" onClick={back}>
          <Icon name="left" />
          {t("ui.reference.open")}
        </button>
      </div>
    </>
  );
}

function SectionFields({ listed, show }: { listed: Listed; show: (aim: Aim) => void }) {
  const t = useText();
  const { name } = listed.section;
  return (
    <section class="rw-reffields">
      <h3>{t(`guide.${name}.label`)}</h3>
      <ul>
        {listed.fields.map((field) => (
          <li key={field.name}>
            <button type="button" class="rw-reffield" onClick={() => show({ section: name, field: field.name })}>
              <b>{t(`guide.${name}.${field.name}.label`)}</b>
              <span class="rw-small rw-two">{t(`guide.${name}.${field.name}.help`)}</span>
            </button>
          </li>
        ))}
      </ul>
    </section>
  );
}

function AllFields({ words, say, show }: { words: string; say: (words: string) => void; show: (aim: Aim) => void }) {
  const t = useText();
  const id = `${useWay().prefix}-reference`;
  const guide = useChosen((state) => state.guide);
  const texts = useChosen((state) => state.texts);
  const found = useMemo(() => listing(guide, texts, words), [guide, texts, words]);
  const count = found.reduce((sum, { fields }) => sum + fields.length, 0);
  const input = useRef<HTMLInputElement>(null);
  useEffect(() => input.current?.focus(), []);
  return (
    <>
      <p>{t("ui.reference.lead")}</p>
      <div>
        <label class="rw-label" for={id}>
          {t("ui.reference.search")}
        </label>
        <p class="rw-help" id={`${id}-help`}>
          {t("ui.reference.search.help")}
        </p>
        <input
          class="rw-input"
          type="search"
          ref={input}
          id={id}
          value={words}
          aria-describedby={`${id}-help ${id}-count`}
          onInput={(event) => say(event.currentTarget.value)}
        />
        <p class="rw-small rw-two" id={`${id}-count`} role="status">
          {count ? t.n("ui.reference.found", count) : `${t("ui.reference.none")} ${t("ui.reference.none.help")}`}
        </p>
      </div>
      <div class="rw-scrolls">
        {found.map((listed) => (
          <SectionFields key={listed.section.name} listed={listed} show={show} />
        ))}
      </div>
    </>
  );
}

/** The reference, opened at a field or at the list of all. */
export function Reference({ at, close }: { at?: Aim | undefined; close: () => void }) {
  const t = useText();
  const [aim, setAim] = useState(at);
  const [words, say] = useState("");
  return (
    <Dialog title={t("ui.reference")} close={close} wide>
      {aim ? (
        <OneField aim={aim} back={() => setAim(undefined)} />
      ) : (
        <AllFields words={words} say={say} show={setAim} />
      )}
    </Dialog>
  );
}

/** The way to all fields. */
export function AllFieldsButton() {
  const t = useText();
  const [open, setOpen] = useState(false);
  return (
    <div>
      <button class="rw-btn is-small" type="button" onClick={() => setOpen(true)}>
        <Icon name="page" />
        {t("ui.reference.open")}
      </button>
      {open && <Reference close={() => setOpen(false)} />}
    </div>
  );
}

/** The question mark beside a field's label; with the keyboard it is F1 in the field, so Tab does not stop here. */
export function Meaning({
  aim,
  label,
  open,
  ask,
}: {
  aim: Aim;
  label: string;
  open: boolean;
  ask: (on: boolean) => void;
}) {
  const t = useText();
  return (
    <>
      <button
        class="rw-meaning"
        type="button"
        tabIndex={-1}
        aria-label={t("ui.reference.to_field", { field: label })}
        aria-haspopup="dialog"
        onClick={() => ask(true)}
      >
        <span aria-hidden="true">?</span>
      </button>
      {open && <Reference at={aim} close={() => ask(false)} />}
    </>
  );
}
