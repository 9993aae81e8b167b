// Honest answers: "not applicable" and "not recorded", each with a reason.

import { useLayoutEffect, useRef } from "preact/hooks";
import { useText } from "../context.tsx";
import type { Absent } from "../types.ts";
import type { Held } from "./held.tsx";
import { useTyped } from "./typed.ts";

const ANSWERS = ["not_applicable", "not_recorded"] as const;

/** The place where an answer was just given or taken back: focus goes there once it is drawn. */
let wanted: string | undefined;

export function Absence({ label, held, path }: { label: string; held: Held; path: string }) {
  const t = useText();
  const own = useRef<HTMLParagraphElement>(null);
  useLayoutEffect(() => {
    if (wanted !== path) return;
    wanted = undefined;
    const field = own.current?.closest(".rw-field");
    field?.querySelector<HTMLElement>("input, textarea, select, button:not([tabindex='-1'])")?.focus();
  });
  return (
    <p class="rw-btns rw-absence" ref={own}>
      {ANSWERS.map((absent) => (
        <button
          key={absent}
          class="rw-plain rw-small"
          type="button"
          aria-label={t(`ui.form.${absent}_for`, { field: label })}
          onClick={() => {
            wanted = path;
            held.set({ absent });
          }}
        >
          {t(`ui.form.${absent}`)}
        </button>
      ))}
    </p>
  );
}

export function NotThere(props: { absent: Absent; label: string; held: Held; path: string }) {
  const { absent, label, held, path } = props;
  const t = useText();
  const input = useRef<HTMLInputElement>(null);
  useLayoutEffect(() => {
    if (wanted !== path) return;
    wanted = undefined;
    input.current?.focus();
  });
  const typed = useTyped({
    path,
    value: absent,
    shown: absent.reason ?? "",
    read: (text) => (text.trim() ? { absent: absent.absent, reason: text.trim() } : { absent: absent.absent }),
    set: held.set,
  });
  return (
    <div class="rw-not">
      <b>{t(`ui.form.${absent.absent}`)}</b>
      <input
        class="rw-input"
        type="text"
        ref={input}
        aria-label={t("ui.form.reason_for", { field: label })}
        placeholder={t(`ui.form.${absent.absent}_why`)}
        value={typed.text}
        {...typed.on}
      />
      <button
        class="rw-btn is-small is-quiet"
        type="button"
        aria-label={t("ui.form.change_answer", { field: label })}
        onClick={() => {
          wanted = path;
          held.set(undefined);
        }}
      >
        {t("ui.form.change")}
      </button>
    </div>
  );
}
