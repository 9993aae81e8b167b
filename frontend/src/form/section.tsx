// Placeholder of the forms' screen of a section.

import { useText } from "../context.tsx";

export function SectionScreen({ section }: { section: string; id?: string | undefined; path?: string | undefined }) {
  const t = useText();
  return (
    <div class="rw-sheet">
      <div class="rw-head">
        <h1 tabIndex={-1}>{t(`guide.${section}.label`)}</h1>
      </div>
    </div>
  );
}
