// A menu button after the ARIA pattern: arrows move, Enter and Space choose, Escape gives the focus back.

import { useLayoutEffect, useRef, useState } from "preact/hooks";
import { useUnique } from "../fields/frame.tsx";

export interface Item {
  name: string;
  act(): void;
  off?: boolean;
}

const STEPS: Record<string, (at: number, count: number) => number> = {
  ArrowDown: (at, count) => (at + 1) % count,
  ArrowUp: (at, count) => (at + count - 1) % count,
  Home: () => 0,
  End: (_at, count) => count - 1,
};

export function Menu({ label, items }: { label: string; items: Item[] }) {
  const id = useUnique();
  const [at, setAt] = useState(-1);
  const button = useRef<HTMLButtonElement>(null);
  const list = useRef<HTMLDivElement>(null);
  const open = at >= 0;
  useLayoutEffect(() => {
    if (open) list.current?.querySelectorAll<HTMLElement>("[role=menuitem]")[at]?.focus();
  }, [at, open]);
  const close = (back: boolean) => {
    setAt(-1);
    if (back) button.current?.focus();
  };
  const press = (event: KeyboardEvent) => {
    const step = STEPS[event.key];
    if (step) setAt(step(at, items.length));
    else if (event.key === "Escape") close(true);
    else if (event.key === "Tab") close(false);
    else return;
    if (event.key !== "Tab") event.preventDefault();
    event.stopPropagation();
  };
  const leave = (event: FocusEvent) => {
    if (!list.current?.contains(event.relatedTarget as Element | null)) setAt(-1);
  };
  return (
    <span class="rw-menu">
      <button
        class="rw-btn is-icon"
        type="button"
        ref={button}
        id={id}
        aria-haspopup="menu"
        aria-expanded={open}
        aria-label={label}
        title={label}
        onClick={() => setAt(open ? -1 : 0)}
        onKeyDown={(event) => {
          if (event.key !== "ArrowDown" && event.key !== "ArrowUp") return;
          event.preventDefault();
          setAt(event.key === "ArrowDown" ? 0 : items.length - 1);
        }}
      >
        <svg class="rw-i" viewBox="0 0 16 16" aria-hidden="true">
          <path d="M3.5 8h.1M8 8h.1M12.5 8h.1" stroke-width="2.4" />
        </svg>
      </button>
      {open && (
        <div class="rw-menulist" role="menu" aria-labelledby={id} ref={list} onKeyDown={press} onFocusOut={leave}>
          {items.map((item) => (
            <button
              key={item.name}
              type="button"
              role="menuitem"
              tabIndex={-1}
              aria-disabled={item.off ? "true" : undefined}
              onClick={() => {
                if (item.off) return;
                close(true);
                item.act();
              }}
            >
              {item.name}
            </button>
          ))}
        </div>
      )}
    </span>
  );
}
