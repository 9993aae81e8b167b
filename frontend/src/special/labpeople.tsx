// People picked from the lab's own list: a file beside the datasets, in the settings, or chosen here.

import { useMemo, useState } from "preact/hooks";
import { useList, useStore, useText } from "../context.tsx";
import { useAnswer } from "../curator/ask.ts";
import { Dialog } from "../curator/dialog.tsx";
import { useUnique } from "../fields/frame.tsx";
import { Cards } from "../form/cards.tsx";
import type { SpecialProps } from "../form/special.ts";
import { Icon } from "../icons.tsx";
import { Refused } from "../wire.ts";

/** People drawn at once; typing finds the others. */
const DRAWN = 60;

interface LabPerson {
  key: string;
  name: string;
  email: string;
  orcid: string;
  organisations: string[];
  source: string;
  /** Id of the person in the study. */
  known: string | null;
}

interface Lab {
  people?: LabPerson[];
  files?: string[];
  faults?: string[];
}

export function PeopleList({ section, path }: SpecialProps) {
  const t = useText();
  const items = useList(section.collection);
  const [picking, pick] = useState(false);
  const [said, setSaid] = useState("");
  const close = (words = "") => {
    pick(false);
    setSaid(words);
  };
  return (
    <>
      <Cards section={section} path={path} items={items} label={t(`guide.${section.name}.plural`)} />
      <div class="rw-btns">
        <button class="rw-btn is-quiet rw-addrow" type="button" onClick={() => pick(true)}>
          <Icon name="people" />
          {t("ui.sections.from_lab")}
        </button>
      </div>
      <p class="rw-small rw-ok" role="status">
        {said}
      </p>
      {picking && <LabDialog close={close} />}
    </>
  );
}

function LabDialog({ close }: { close: (said?: string) => void }) {
  const t = useText();
  const store = useStore();
  const [turn, setTurn] = useState(0);
  const [own, setOwn] = useState<Lab>();
  const asked = useAnswer<Lab>("lab", {}, `${turn}`);
  const lab = own ?? asked.data;
  const [wanted, setWanted] = useState<ReadonlySet<string>>(new Set());
  const toggle = (key: string) => {
    const fresh = new Set(wanted);
    if (!fresh.delete(key)) fresh.add(key);
    setWanted(fresh);
  };
  const upload = async (file: File) => {
    try {
      const { content } = await store.wire.request("lab", { name: file.name }, [await file.arrayBuffer()]);
      setOwn(content as Lab);
      setTurn(turn + 1);
    } catch (fault) {
      setOwn({ ...lab, faults: [fault instanceof Refused ? fault.message : t("ui.no_answer")] });
    }
  };
  const add = async () => {
    const answer = await store.ask("lab-add", { keys: [...wanted] });
    const n = Number(answer?.count ?? 0);
    if (answer) close(t.n("ui.sections.people_added", n));
  };
  return (
    <Dialog title={t("ui.sections.lab_title")} close={() => close()} wide>
      {asked.busy && !lab && <span class="rw-busy" aria-hidden="true" />}
      {(lab?.faults ?? []).map((fault) => (
        <p class="rw-says is-error" role="alert" key={fault}>
          <Icon name="error" />
          <span>{fault}</span>
        </p>
      ))}
      {lab?.people?.length ? (
        <Listed people={lab.people} wanted={wanted} toggle={toggle} />
      ) : (
        lab && <p>{t("ui.sections.lab_none")}</p>
      )}
      <Upload files={lab?.files ?? []} upload={upload} />
      <div class="rw-btns">
        <button class="rw-btn is-main" type="button" disabled={!wanted.size} onClick={() => void add()}>
          {wanted.size ? t.n("ui.sections.add_people", wanted.size) : t("ui.sections.add_chosen")}
        </button>
        <button class="rw-btn is-quiet" type="button" onClick={() => close()}>
          {t("ui.cancel")}
        </button>
      </div>
    </Dialog>
  );
}

function Upload({ files, upload }: { files: string[]; upload: (file: File) => void }) {
  const t = useText();
  const id = useUnique();
  return (
    <div class="rw-field">
      <div class="rw-label">
        <label for={id}>{t("ui.sections.lab_file")}</label>
      </div>
      <p class="rw-help" id={`${id}-help`}>
        {files.length > 0 && `${t("ui.sections.lab_files", { files: files.join(", ") })} `}
        {t("ui.sections.lab_file.help")}
      </p>
      <input
        class="rw-input"
        id={id}
        type="file"
        accept=".csv,.tsv,.txt,.json,.yaml,.yml,.cff,.vcf"
        aria-describedby={`${id}-help`}
        onChange={(event) => {
          const [file] = event.currentTarget.files ?? [];
          if (file) upload(file);
        }}
      />
    </div>
  );
}

function fold(text: string): string {
  return text.normalize("NFKD").replace(/\p{M}/gu, "").toLowerCase();
}

interface ListedProps {
  people: LabPerson[];
  wanted: ReadonlySet<string>;
  toggle(key: string): void;
}

function Listed({ people, wanted, toggle }: ListedProps) {
  const t = useText();
  const id = useUnique();
  const [typed, type] = useState("");
  const found = useMemo(() => {
    const words = fold(typed).split(/\s+/).filter(Boolean);
    return people.filter((one) => {
      const said = fold(`${one.name} ${one.email} ${one.organisations.join(" ")}`);
      return words.every((word) => said.includes(word));
    });
  }, [people, typed]);
  return (
    <>
      {people.length > 8 && (
        <div class="rw-field">
          <div class="rw-label">
            <label for={id}>{t("ui.sections.lab_find")}</label>
          </div>
          <input
            class="rw-input"
            id={id}
            type="search"
            value={typed}
            onInput={(event) => type(event.currentTarget.value)}
          />
        </div>
      )}
      <p class="rw-hidden" role="status">
        {t.n("ui.sections.lab_found", found.length)}
      </p>
      <fieldset class="rw-lablist">
        <legend class="rw-hidden">{t("ui.sections.lab_title")}</legend>
        {found.slice(0, DRAWN).map((one) => (
          <label key={one.key} class="rw-labperson">
            <input type="checkbox" checked={wanted.has(one.key)} onChange={() => toggle(one.key)} />
            <span>
              <b>{one.name}</b>
              <span class="rw-two rw-small">
                {[one.organisations.join(", "), one.email, one.orcid].filter(Boolean).join(" · ")}
              </span>
            </span>
            {one.known && <span class="rw-chip">{t("ui.sections.in_study")}</span>}
          </label>
        ))}
      </fieldset>
      {found.length > DRAWN && (
        <p class="rw-small rw-two">{t.n("ui.special.more", found.length - DRAWN, { count: found.length - DRAWN })}</p>
      )}
    </>
  );
}
