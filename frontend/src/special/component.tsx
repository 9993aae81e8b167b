// A study component: its fields, which samples were imaged how, and where its images lie.

import { useMemo, useRef, useState } from "preact/hooks";
import { useStore, useText, useWay } from "../context.tsx";
import { number } from "../curator/ask.ts";
import { EntityForm } from "../form/body.tsx";
import type { SpecialProps } from "../form/special.ts";
import { Icon } from "../icons.tsx";
import { Files } from "./files.tsx";
import { Lines } from "./lines.tsx";
import { withoutGroups } from "./names.ts";
import { Proposal } from "./proposal.tsx";
import { ComponentSentence } from "./sentence.tsx";
import { type Told, useTold } from "./told.ts";

export function ComponentScreen({ section, path }: SpecialProps) {
  const id = path.split("/")[2] ?? "";
  const asked = useTold(id);
  const own = useMemo(() => withoutGroups(section, ["associations"]), [section]);
  return (
    <>
      {asked.data && <Waiting component={id} told={asked.data} />}
      <EntityForm section={own} path={path} />
      <Lines path={`${path}/associations`} told={asked.data} />
      <Files component={id} asked={asked} />
      <ComponentSentence path={path} told={asked.data} />
    </>
  );
}

/** How many images no sample is known of, and the ways to tell. */
function Waiting({ component, told }: { component: string; told: Told }) {
  const t = useText();
  const way = useWay();
  const { lang } = useStore().state;
  const [looking, look] = useState(false);
  const status = useRef<HTMLParagraphElement>(null);
  const [done, setDone] = useState("");
  const finish = (said: string) => {
    look(false);
    setDone(said);
    if (said) setTimeout(() => status.current?.focus());
  };
  return (
    <div class="rw-assigning">
      {told.open > 0 && (
        <div class="rw-banner is-warn">
          <Icon name="warning" />
          <div>
            <b>{t.n("ui.special.open", told.open, { count: number(told.open, lang, 0) })}</b> {t("ui.special.open_why")}
          </div>
          <div class="rw-btns">
            <button class="rw-btn" type="button" aria-expanded={looking} onClick={() => look(!looking)}>
              {t("ui.special.by_folder")}
            </button>
            {way.leads && (
              <button
                class="rw-btn is-quiet"
                type="button"
                onClick={() => way.go({ section: "table", path: `/images?component=${component}&sample=` })}
              >
                {t("ui.special.by_hand")}
              </button>
            )}
          </div>
        </div>
      )}
      {told.open > 0 && looking && <Proposal component={component} told={told} done={finish} />}
      <p class="rw-small" role="status" tabIndex={-1} ref={status}>
        {done}
      </p>
    </div>
  );
}
