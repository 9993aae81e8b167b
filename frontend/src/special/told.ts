// What the kernel tells of a component's images: how many each line has, where they lie, what could be assigned.

import { useChosen, useList, useValue } from "../context.tsx";
import { type Asked, useAnswer } from "../curator/ask.ts";
import { useTurn } from "./names.ts";

export interface Part {
  count: number;
  /** Images that no line gives a sample. */
  open: number;
  /** Images by line; under the empty name those without. */
  lines: Record<string, number>;
  images: string[];
}

export interface FolderPart extends Part {
  folder: string;
  /** Whether the folder stands for all below it. */
  below: boolean;
}

export interface GroupPart extends Part {
  group: string;
  looks: Record<string, string | number>;
}

export interface Other {
  folder: string;
  below: boolean;
  count: number;
  components: Record<string, number>;
}

export interface Proposed {
  folder: string;
  below: boolean;
  count: number;
  sample: string;
}

export interface Told {
  count: number;
  open: number;
  lines: Record<string, { count: number; images: string[] }>;
  folders: FolderPart[];
  groups: GroupPart[];
  others: Other[];
  proposal: Proposed[];
}

/** Follow what is told of a component; asked again when lines, samples or the images changed. */
export function useTold(component: string): Asked<Told> {
  const changed = useChosen((state) => state.tablesChanged);
  const ready = useChosen((state) => state.status !== "starting");
  const lines = useValue(`/components/${component}/associations`);
  const turn = useTurn(lines, useList("samples"), useList("biosamples"), useList("specimens"));
  return useAnswer<Told>("folders", { component }, `${component} ${changed} ${turn}`, ready);
}
