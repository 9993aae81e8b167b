// The cells of a component's line: a status in words, a reference, some of its images.

import { usePencil, useSection, useStore, useText } from "../context.tsx";
import { Picture, useSeen } from "../curator/thumbs.tsx";
import { useChoiceName } from "../fields/choice.tsx";
import { Icon } from "../icons.tsx";
import { useNames } from "./names.ts";

const THUMB = 96;

export function Choose({ open, what }: { open: () => void; what: string }) {
  const t = useText();
  return (
    <button class="rw-plain" type="button" aria-label={t("ui.special.choose_for", { line: what })} onClick={open}>
      {t("ui.special.choose_sample")}
    </button>
  );
}

export function Nothing() {
  const t = useText();
  return <span class="rw-two">{t("ui.special.none")}</span>;
}

export function StatusName({ status }: { status: unknown }) {
  const field = useSection("sample")?.fields.find(({ name }) => name === "experimental_status");
  const name = useChoiceName(field ?? { name: "experimental_status", kind: "choice", levels: {} });
  return typeof status === "string" ? <>{name(status)}</> : <Nothing />;
}

const COLLECTIONS: Record<string, string> = {
  acquisition: "acquisitions",
  correlation: "correlations",
  analysis: "analyses",
};

export function RefCell({ field, head, path, value }: { field: string; head: string; path: string; value: unknown }) {
  const t = useText();
  const store = useStore();
  const names = useNames(COLLECTIONS[field] ?? "");
  const pencil = usePencil(path) && typeof value === "string";
  return (
    <td data-is={head} class={pencil ? "is-pencil" : undefined}>
      <span>
        {names.name(value) ?? <Nothing />}
        {pencil && (
          <button
            class="rw-confirm rw-cellconfirm"
            type="button"
            aria-label={t("ui.form.confirm_field", { field: `${head}, ${names.name(value)}` })}
            title={t("ui.form.confirm")}
            onClick={() => void store.confirm([path])}
          >
            <Icon name="check" />
          </button>
        )}
      </span>
    </td>
  );
}

export function Pictures({ images, of }: { images: string[]; of: string }) {
  const t = useText();
  const [ref, seen] = useSeen<HTMLSpanElement>();
  if (!images.length) return <Nothing />;
  return (
    <span class="rw-pair-of-thumbs" ref={ref}>
      {images.map((image, n) => (
        <span key={image} class="rw-minithumb">
          <Picture image={image} size={THUMB} seen={seen} alt={t("ui.special.image_of", { n: n + 1, line: of })} />
        </span>
      ))}
    </span>
  );
}
