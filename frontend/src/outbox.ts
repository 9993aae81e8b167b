// What was typed and is not yet acknowledged: kept in the browser's storage, so that a lost tab or kernel loses nothing.

import type { Edit } from "./types.ts";

export interface Parcel {
  id: string;
  edits: Edit[];
  /** The number of the last patch that the person had been shown when this was begun. */
  since?: number | undefined;
}

interface Kept {
  at: number;
  parcels: Parcel[];
  drafts: Record<string, unknown>;
}

/** Milliseconds after which another tab's leftovers count as abandoned. */
export const ABANDONED_MS = 4000;

const PREFIX = "rembi-outbox:";

export class Outbox {
  parcels: Parcel[] = [];
  private drafts = new Map<string, unknown>();
  private readonly key: string;
  private beat: ReturnType<typeof setInterval> | undefined;

  constructor(
    private readonly place: string,
    private readonly storage: Storage | undefined,
  ) {
    this.key = `${PREFIX}${place}:${Math.random().toString(36).slice(2)}`;
  }

  get count(): number {
    return this.parcels.length + this.drafts.size;
  }

  add(edits: Edit[], since?: number): Parcel {
    const parcel = { id: Math.random().toString(36).slice(2), edits, since };
    this.parcels.push(parcel);
    for (const edit of edits) this.drafts.delete(edit.path);
    this.save();
    return parcel;
  }

  done(parcel: Parcel): void {
    this.parcels = this.parcels.filter((other) => other !== parcel);
    this.save();
  }

  /** Keep what is being typed, before it becomes a change; undefined forgets it. */
  draft(path: string, value: unknown): void {
    if (value === undefined) this.drafts.delete(path);
    else this.drafts.set(path, value);
    this.save();
  }

  /** Take over what earlier pages on the same dataset left behind: their edits, oldest first. */
  adopt(now = Date.now()): Edit[][] {
    const found: Kept[] = [];
    for (const key of this.others()) {
      const kept = this.read(key);
      if (!kept || now - kept.at < ABANDONED_MS) continue;
      this.storage?.removeItem(key);
      found.push(kept);
    }
    found.sort((a, b) => a.at - b.at);
    return found.flatMap((kept) => [
      ...kept.parcels.map((parcel) => parcel.edits),
      ...Object.entries(kept.drafts).map(([path, value]): Edit[] => [{ op: "set", path, value }]),
    ]);
  }

  /** The page goes away: whoever comes next may take over at once. */
  close(): void {
    if (this.beat) clearInterval(this.beat);
    this.beat = undefined;
    this.save(0);
  }

  private others(): string[] {
    const keys: string[] = [];
    for (let n = 0; n < (this.storage?.length ?? 0); n++) {
      const key = this.storage?.key(n);
      if (key?.startsWith(`${PREFIX}${this.place}:`) && key !== this.key) keys.push(key);
    }
    return keys;
  }

  private read(key: string): Kept | undefined {
    try {
      return JSON.parse(this.storage?.getItem(key) ?? "") as Kept;
    } catch {
      return undefined;
    }
  }

  private save(at = Date.now()): void {
    if (!this.storage) return;
    if (this.beat && this.count === 0) {
      clearInterval(this.beat);
      this.beat = undefined;
    }
    try {
      if (this.count === 0) this.storage.removeItem(this.key);
      else {
        const kept: Kept = { at, parcels: this.parcels, drafts: Object.fromEntries(this.drafts) };
        this.storage.setItem(this.key, JSON.stringify(kept));
      }
    } catch {
      // A full or forbidden storage only means that there is no second safety: the kernel's journal is the save.
    }
    if (at > 0 && this.count > 0 && !this.beat) this.beat = setInterval(() => this.save(), ABANDONED_MS / 3);
  }
}
