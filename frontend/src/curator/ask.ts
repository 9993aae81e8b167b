// Asking the kernel for what a screen shows, and handing files to the browser.

import { useEffect, useRef, useState } from "preact/hooks";
import { useStore } from "../context.tsx";
import { Refused } from "../wire.ts";

/** Milliseconds that work on files may take before the connection counts as lost. */
export const WORK_MS = 120_000;

export interface Asked<T> {
  data: T | undefined;
  /** Why there is no answer, as a sentence; empty while the connection is down. */
  fault: string | undefined;
  busy: boolean;
  again(): void;
}

/** Ask when ``key`` changes; what was shown before stays until the answer is there. */
export function useAnswer<T>(kind: string, content: object, key: string, wanted = true): Asked<T> {
  const store = useStore();
  const [state, setState] = useState<{ data?: T; fault?: string; of?: string }>({});
  const [turn, setTurn] = useState(0);
  const asked = `${kind} ${key} ${turn}`;
  const latest = useRef(asked);
  latest.current = asked;
  useEffect(() => {
    if (!wanted) return;
    store.wire.request(kind, content, [], WORK_MS).then(
      ({ content: data }) => latest.current === asked && setState({ data: data as unknown as T, of: asked }),
      (fault) =>
        latest.current === asked &&
        setState((old) => ({ ...old, of: asked, fault: fault instanceof Refused ? fault.message : "" })),
    );
  }, [store, asked, wanted]);
  return {
    data: state.data,
    fault: state.of === asked ? state.fault : undefined,
    busy: wanted && state.of !== asked,
    again: () => setTurn((n) => n + 1),
  };
}

/** Have the browser save a file that came over the widget's channel. */
export function download(data: DataView, name: string, type = "application/zip"): void {
  const url = URL.createObjectURL(new Blob([data as DataView<ArrayBuffer>], { type }));
  const link = document.createElement("a");
  link.href = url;
  link.download = name;
  document.body.append(link);
  link.click();
  link.remove();
  setTimeout(() => URL.revokeObjectURL(url), 60_000);
}

const UNITS = { en: ["B", "kB", "MB", "GB", "TB"], fr: ["o", "ko", "Mo", "Go", "To"] };

/** Give a number of bytes in words: ``86.1 MB``. */
export function bytes(count: number, lang: string): string {
  const step = count < 1000 ? 0 : Math.min(4, Math.floor(Math.log10(count) / 3));
  const units = lang === "fr" ? UNITS.fr : UNITS.en;
  const amount = count / 1000 ** step;
  return `${number(amount, lang, step && amount < 100 ? 1 : 0)} ${units[step]}`;
}

export function number(value: number, lang: string, digits = 3): string {
  return value.toLocaleString(lang === "fr" ? "fr" : "en", { maximumFractionDigits: digits });
}

/** Give a time of day as people write it: ``14:02``, ``14 h 02``. */
export function clock(at: Date, lang: string): string {
  const [hours, minutes] = [at.getHours(), at.getMinutes()].map((part) => String(part).padStart(2, "0"));
  return lang === "fr" ? `${hours} h ${minutes}` : `${hours}:${minutes}`;
}

export function day(at: Date, lang: string): string {
  return at.toLocaleDateString(lang === "fr" ? "fr" : "en-GB", { day: "numeric", month: "long", year: "numeric" });
}
