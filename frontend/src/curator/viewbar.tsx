// The bar of a view that stands alone in a cell: is it saved, undo and redo, language.

import { LanguageSwitch, SaveState, UndoRedo } from "./top.tsx";

export function ViewBar() {
  return (
    <div class="rw-viewbar">
      <SaveState />
      <span class="rw-gap" />
      <UndoRedo />
      <LanguageSwitch />
    </div>
  );
}
