// The full OME model of an image's file as a tree: asked for when somebody wants to see it, and searched as they type.

import { useMemo, useState } from "preact/hooks";
import { useText } from "../context.tsx";
import { Icon } from "../icons.tsx";
import { useAnswer } from "./ask.ts";

interface Branch {
  name: string;
  value?: string;
  inner: Map<string, Branch>;
}

/** Values drawn at once; searching finds the others. */
const DRAWN = 2000;

function treeOf(values: [string, string][]): Branch {
  const root: Branch = { name: "", inner: new Map() };
  for (const [place, value] of values) {
    let at = root;
    for (const name of place.split("/")) {
      const next = at.inner.get(name) ?? { name, inner: new Map() };
      at.inner.set(name, next);
      at = next;
    }
    at.value = value;
  }
  return root;
}

const plain = (name: string) => (/^\d+$/.test(name) ? String(Number(name) + 1) : name.replaceAll("_", " "));

function Twig({ branch, open }: { branch: Branch; open: boolean }) {
  if (!branch.inner.size)
    return (
      <li>
        <span class="rw-two">{plain(branch.name)}</span> {branch.value}
      </li>
    );
  return (
    <li>
      <details open={open}>
        <summary>{plain(branch.name)}</summary>
        <ul>
          {[...branch.inner.values()].map((inner) => (
            <Twig key={inner.name} branch={inner} open={open} />
          ))}
        </ul>
      </details>
    </li>
  );
}

export function OmeModel({ image, words }: { image: string; words: string[] }) {
  const t = useText();
  const [wanted, want] = useState(false);
  const asked = useAnswer<{ values?: [string, string][] }>("ome", { image }, image, wanted);
  const values = asked.data?.values;
  const found = useMemo(
    () => (values ?? []).filter((pair) => words.every((word) => pair.join(" ").toLowerCase().includes(word))),
    [values, words.join(" ")],
  );
  const tree = useMemo(() => treeOf(found.slice(0, DRAWN)), [found]);
  const searching = words.some(Boolean);
  return (
    <section class="rw-omemodel" aria-label={t("ui.viewer.model_title")}>
      {!values && (
        <button class="rw-btn" type="button" disabled={wanted && asked.busy} onClick={() => want(true)}>
          {t("ui.viewer.model")}
        </button>
      )}
      {asked.fault !== undefined && (
        <p class="rw-says is-error" role="alert">
          <Icon name="error" />
          <span>{asked.fault || t("ui.no_answer")}</span>
        </p>
      )}
      {values && (
        <>
          <h3 class="rw-subhead">{t("ui.viewer.model_title")}</h3>
          {found.length ? (
            <ul class="rw-ometree">
              {[...tree.inner.values()].map((branch) => (
                <Twig key={`${branch.name} ${searching}`} branch={branch} open={searching} />
              ))}
            </ul>
          ) : (
            <p role="status">{t("ui.viewer.model_none")}</p>
          )}
        </>
      )}
    </section>
  );
}
