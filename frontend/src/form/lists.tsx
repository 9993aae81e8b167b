// The lists that belong to the study: people, organisations, publications, grants, links.

import { useList, useSection, useText } from "../context.tsx";
import { Cards } from "./cards.tsx";
import { SPECIAL } from "./special.ts";

const LISTS = ["person", "organisation", "publication", "grant", "link"] as const;

export function StudyLists() {
  return (
    <>
      {LISTS.map((name) => (
        <StudyList key={name} name={name} />
      ))}
    </>
  );
}

function StudyList({ name }: { name: string }) {
  const t = useText();
  const section = useSection(name);
  const items = useList(section?.collection ?? "");
  if (!section) return null;
  const Special = SPECIAL[name];
  const path = `/${section.collection}`;
  const plural = t(`guide.${name}.plural`);
  return (
    <section class="rw-group" aria-label={plural} data-path={path}>
      <div class="rw-grouphead">
        <div>
          <h2 class="rw-h2">{plural}</h2>
          <p>{t(items.length ? `guide.${name}.help` : `guide.${name}.empty`)}</p>
        </div>
      </div>
      {Special ? (
        <Special section={section} path={path} />
      ) : (
        <Cards section={section} path={path} items={items} label={plural} />
      )}
    </section>
  );
}
