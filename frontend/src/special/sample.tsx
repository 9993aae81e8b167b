// A sample: which biosample in which preparation, and where it was imaged; then its fields and labels.

import { useChosen, useText, useWay } from "../context.tsx";
import { EntityForm } from "../form/body.tsx";
import { nodeAt } from "../form/naming.ts";
import type { SpecialProps } from "../form/special.ts";
import { Icon } from "../icons.tsx";
import { listAt } from "../record.ts";
import type { Node } from "../types.ts";
import { listed, useNames } from "./names.ts";

export function SampleScreen({ section, path }: SpecialProps) {
  const node = useChosen((state) => nodeAt(state.record, path));
  return (
    <>
      {node && <Head node={node} />}
      <EntityForm section={section} path={path} />
    </>
  );
}

function Head({ node }: { node: Node }) {
  return (
    <div class="rw-pairhead">
      <Half section="biosample" collection="biosamples" id={node.biosample} />
      <span class="rw-times" aria-hidden="true">
        ×
      </span>
      <Half section="specimen" collection="specimens" id={node.specimen} />
      <Used sample={String(node.id)} />
    </div>
  );
}

function Half({ section, collection, id }: { section: string; collection: string; id: unknown }) {
  const t = useText();
  const way = useWay();
  const name = useNames(collection).name(id);
  return (
    <div class="rw-pairhalf">
      <span class="rw-two rw-tiny">{t(`guide.${section}.label`)}</span>
      {name === undefined ? (
        <span class="rw-two">{t(`ui.special.no_${section}`)}</span>
      ) : way.leads ? (
        <button class="rw-plain" type="button" onClick={() => way.go({ section, id: String(id) })}>
          {name}
        </button>
      ) : (
        <b>{name}</b>
      )}
    </div>
  );
}

/** The components that have images of the sample, or that there is none yet. */
function Used({ sample }: { sample: string }) {
  const t = useText();
  const way = useWay();
  const lang = useChosen((state) => state.lang);
  const components = useChosen((state) => state.record.components);
  const record = useChosen((state) => state.record);
  const names = useNames("components");
  if (!components || !listAt(record, "components").length) return null;
  const parts = listAt(record, "components").filter((part) =>
    ((part.associations as Node[] | undefined) ?? []).some((line) => line.sample === sample),
  );
  const said = parts.map(({ id }) => names.name(id) ?? "");
  return (
    <p class="rw-small rw-two rw-used">
      {parts.length ? t("ui.special.used_in", { names: listed(said, lang) }) : t("ui.special.unused")}
      {way.leads && parts.length !== 1 ? null : way.leads ? (
        <button
          class="rw-plain"
          type="button"
          onClick={() => way.go({ section: "component", id: String(parts[0]?.id) })}
        >
          {t("ui.special.show")} <Icon name="go" />
        </button>
      ) : null}
    </p>
  );
}
