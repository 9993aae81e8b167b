// A dialog of the browser's own: it keeps the focus inside, closes with Escape, and gives the focus back.

import type { ComponentChildren } from "preact";
import { useEffect, useRef } from "preact/hooks";
import { useText } from "../context.tsx";
import { useUnique } from "../fields/frame.tsx";
import { Icon } from "../icons.tsx";

export function Dialog(props: { title: string; close: () => void; children: ComponentChildren; wide?: boolean }) {
  const t = useText();
  const box = useRef<HTMLDialogElement>(null);
  const before = useRef<Element | null>(null);
  const id = useUnique();
  useEffect(() => {
    const root = box.current?.getRootNode() as Document | ShadowRoot | undefined;
    before.current = root?.activeElement ?? null;
    box.current?.showModal();
    return () => (before.current as HTMLElement | null)?.focus?.();
  }, []);
  return (
    <dialog class={props.wide ? "rw-dialog is-wide" : "rw-dialog"} ref={box} aria-labelledby={id} onClose={props.close}>
      <div class="rw-dialoghead">
        <h2 class="rw-h2" id={id}>
          {props.title}
        </h2>
        <button class="rw-btn is-icon" type="button" aria-label={t("ui.close")} onClick={props.close}>
          <Icon name="cross" />
        </button>
      </div>
      {props.children}
    </dialog>
  );
}
