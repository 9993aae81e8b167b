// The screen of a section: its head, its entities as tabs, and the form of the chosen one.

import { useEffect, useMemo, useRef, useState } from "preact/hooks";
import { useList, useSection, useStore, useText, useWay } from "../context.tsx";
import { Icon } from "../icons.tsx";
import { newId } from "../record.ts";
import type { Node, SectionGuide } from "../types.ts";
import { AimProvider, useAiming } from "./aim.tsx";
import { EntityForm } from "./body.tsx";
import { Entities } from "./entities.tsx";
import { StudyLists } from "./lists.tsx";
import { Rows } from "./row.tsx";
import { ABOVE, SPECIAL } from "./special.ts";

export interface SectionProps {
  section: string;
  id?: string | undefined;
  /** The field to lead to. */
  path?: string | undefined;
  /** Changes whenever the person is led to the path anew. */
  at?: unknown;
  /** Without the head: a view in a notebook cell has a bar of its own. */
  headless?: boolean;
}

function idIn(path: string | undefined, collection: string): string | undefined {
  const [, first, id] = path?.split("/") ?? [];
  return first === collection ? id : undefined;
}

export function SectionScreen({ section: name, id, path, at, headless }: SectionProps) {
  const section = useSection(name);
  const t = useText();
  const root = useRef<HTMLDivElement>(null);
  const aim = useMemo(() => (path ? { path } : undefined), [path, at]);
  useAiming(root, aim);
  if (!section) return null;
  return (
    <AimProvider value={aim}>
      <div class="rw-sheet rw-formsheet" tabIndex={-1} ref={root}>
        {!headless && (
          <div class="rw-head">
            <h1>{t(`guide.${name}.label`)}</h1>
            <p>{t(`guide.${name}.help`)}</p>
          </div>
        )}
        {section.kind === "many" ? (
          <Many key={name} section={section} id={idIn(path, section.collection) ?? id} />
        ) : (
          <Body key={name} section={section} path={`/${section.collection}`} />
        )}
      </div>
    </AimProvider>
  );
}

export function Body({ section, path }: { section: SectionGuide; path: string }) {
  const Special = SPECIAL[section.name];
  if (Special) return <Special section={section} path={path} />;
  if (section.kind === "table") return <Rows section={section} path={path} />;
  return (
    <>
      <EntityForm section={section} path={path} />
      {section.name === "study" && <StudyLists />}
    </>
  );
}

/** Make an empty entity after another; gives its id. */
export function useAdd(section: SectionGuide): (value?: Node, after?: string) => string {
  const store = useStore();
  return (value = {}, after) => {
    const id = newId(section.prefix);
    const edit = { op: "add" as const, path: `/${section.collection}`, id, value };
    void store.edit([after ? { ...edit, after } : edit]);
    return id;
  };
}

function Many({ section, id }: { section: SectionGuide; id: string | undefined }) {
  const items = useList(section.collection);
  const way = useWay();
  const [own, setOwn] = useState(id);
  useEffect(() => setOwn(id), [id]);
  const chosen = items.find((item) => item.id === own) ?? items[0];
  const choose = (fresh: string) => {
    setOwn(fresh);
    way.go({ section: section.name, id: fresh });
  };
  const Above = ABOVE[section.name];
  return (
    <>
      {Above && <Above choose={choose} />}
      <Entities section={section} items={items} chosen={chosen} choose={choose} />
      {chosen ? (
        <Body key={chosen.id} section={section} path={`/${section.collection}/${chosen.id}`} />
      ) : (
        <Empty section={section} choose={choose} />
      )}
    </>
  );
}

function Empty({ section, choose }: { section: SectionGuide; choose: (id: string) => void }) {
  const t = useText();
  const add = useAdd(section);
  return (
    <div class="rw-card rw-empty">
      <span class="rw-two">
        <Icon name="plus" big />
      </span>
      <p>{t(`guide.${section.name}.empty`)}</p>
      <div class="rw-btns">
        <button class="rw-btn is-main" type="button" onClick={() => choose(add())}>
          {t(`guide.${section.name}.add`)}
        </button>
      </div>
    </div>
  );
}
