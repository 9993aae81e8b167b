// Several short values as chips, each with a way to take it away.

import { Icon } from "../icons.tsx";

export interface Chip {
  key: string;
  name: string;
  title?: string | undefined;
}

interface Props {
  chips: Chip[];
  labelledBy: string;
  /** How taking one away is called; undefined where nothing may be changed. */
  away: ((chip: Chip) => string) | undefined;
  remove(chip: Chip): void;
}

export function Chips({ chips, labelledBy, away, remove }: Props) {
  if (!chips.length) return null;
  return (
    <ul class="rw-piecelist" aria-labelledby={labelledBy}>
      {chips.map((chip) => (
        <li key={chip.key} class="rw-bit" title={chip.title}>
          <span class="rw-piecetext">{chip.name}</span>
          {away && (
            <button
              class="rw-piecegone"
              type="button"
              aria-label={away(chip)}
              onClick={(event) => {
                const field = event.currentTarget.closest(".rw-field");
                remove(chip);
                field?.querySelector<HTMLElement>("input[role=combobox]")?.focus();
              }}
            >
              <Icon name="cross" />
            </button>
          )}
        </li>
      ))}
    </ul>
  );
}
