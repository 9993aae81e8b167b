// The image data of many images at once: choose which, read what they share, set or confirm a value for all of them.

import { useEffect, useMemo, useState } from "preact/hooks";
import { useChosen, useText, useWay } from "../context.tsx";
import { RowProvider } from "../fields/held.tsx";
import { useAim } from "../form/aim.tsx";
import { EntityForm } from "../form/body.tsx";
import type { SpecialProps } from "../form/special.ts";
import { Icon } from "../icons.tsx";
import type { SectionGuide } from "../types.ts";
import { Differ } from "./differ.tsx";
import { FACT_GROUPS, Facts } from "./facts.tsx";
import { Fault } from "./fault.tsx";
import { useCount } from "./foldername.tsx";
import { type Many, useMany } from "./many.ts";
import { ALL, addressOf, type Scope, scopeOf } from "./scope.ts";
import { ScopeChoice } from "./scopechoice.tsx";

/** Columns that say where an image belongs: told elsewhere. */
const PLACES = "place";

export function ImagesScreen({ section, path }: SpecialProps) {
  const t = useText();
  const way = useWay();
  const aim = useAim();
  const images = useChosen((state) => state.tables.images);
  const led = useMemo(() => scopeOf(aim?.path, section.fields), [aim, section]);
  const [scope, setScope] = useState<Scope>(led ?? ALL);
  useEffect(() => {
    if (led) setScope(led);
  }, [led]);
  const many = useMany(scope);
  if (!images && !many.count) return <NoImages />;
  return (
    <>
      <ScopeChoice scope={scope} led={led} choose={setScope} count={many.asked.data?.count} />
      {many.asked.fault !== undefined && <Fault again={many.asked.again} fault={many.asked.fault} />}
      {many.asked.data === undefined && many.asked.busy && <span class="rw-busy" aria-hidden="true" />}
      {many.count > 0 && <Form section={section} path={path} scope={scope} many={many} />}
      {many.asked.data !== undefined && !many.count && <p>{t("ui.special.none_in_scope")}</p>}
      <p class="rw-small rw-ok rw-saidlast" role="status">
        {many.said}
      </p>
      {way.leads && many.count > 0 && (
        <p class="rw-small">
          <button class="rw-plain" type="button" onClick={() => way.go({ section: "table", path: addressOf(scope) })}>
            {t("ui.special.one_by_one")} <Icon name="go" />
          </button>
        </p>
      )}
    </>
  );
}

function NoImages() {
  const t = useText();
  return (
    <div class="rw-card rw-empty">
      <span class="rw-two">
        <Icon name="file" big />
      </span>
      <p>{t("ui.special.no_images_at_all")}</p>
    </div>
  );
}

interface FormProps {
  section: SectionGuide;
  path: string;
  scope: Scope;
  many: Many;
}

/** Give the section without what is shown as facts: groups of places, and fields the files say, unless they are changed. */
function settable(section: SectionGuide, facts: ReadonlySet<string>): SectionGuide {
  const groups = section.groups
    .filter(({ name }) => name !== PLACES)
    .map((group) => ({ ...group, fields: group.fields.filter((field) => !facts.has(field)) }));
  return { ...section, groups: groups.filter((group) => group.fields.length > 0) };
}

function Form({ section, path, scope, many }: FormProps) {
  const { fields } = many;
  const [changing, change] = useState<ReadonlySet<string>>(new Set());
  const facts = useMemo(() => {
    const known = section.groups.filter(({ name }) => FACT_GROUPS.includes(name)).flatMap((group) => group.fields);
    return new Set(known.filter((name) => name in fields && !changing.has(name)));
  }, [section, fields, changing]);
  const own = useMemo(() => settable(section, facts), [section, facts]);
  const row = {
    values: many.values,
    marks: many.marks,
    set: many.set,
    confirm: (field: string) => many.confirm([field]),
    note: (field: string) =>
      fields[field]?.mixed && !(field in many.values) ? (
        <Differ field={field} shared={fields[field] ?? {}} scope={scope} count={many.count} sets />
      ) : undefined,
  };
  return (
    <>
      <Pencil many={many} />
      <Facts
        section={section}
        names={facts}
        scope={scope}
        many={many}
        change={(name) => change((old) => new Set(old).add(name))}
      />
      <RowProvider value={row}>
        <EntityForm section={own} path={path} />
      </RowProvider>
    </>
  );
}

function Pencil({ many }: { many: Many }) {
  const t = useText();
  const say = useCount();
  const waiting = Object.values(many.fields).filter((shared) => shared.pencil);
  if (!waiting.length) return null;
  const confirm = (event: Event) => {
    (event.currentTarget as HTMLElement).closest<HTMLElement>(".rw-formsheet")?.focus(); // the button is about to go
    many.confirm();
  };
  const n = waiting.length;
  return (
    <div class="rw-banner is-pencil rw-waiting">
      <Icon name="pencil" />
      <div>
        <b>{t.n("ui.special.fields_wait", n, { count: say(n) })}</b>{" "}
        {t.n("ui.special.in_images", many.count, { count: say(many.count) })}
      </div>
      <div class="rw-btns">
        <button class="rw-btn is-main" type="button" onClick={confirm}>
          {t.n("ui.special.confirm_for", many.count, { count: say(many.count) })}
        </button>
      </div>
    </div>
  );
}
